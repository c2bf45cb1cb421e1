# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.office_functions.tools.transition import Transition, permit

SUPERVISOR = "office_functions_supervision.group_office_supervisor"
DIRECTOR = "office_functions.group_office_director"
ENDED = ("closed", "dismissed")


class OfficeSupervisionBottleneck(models.Model):
    """What blocks, delays or misleads the work of a ticket (梗阻点).

    The system only suspects, from facts that it names; a supervisor or the director
    recognizes it or not. It ends with a measure whose effect was checked by somebody
    who did not have to remove it, and on no shorter road (发现问题、分析原因、
    有针对性措施).
    """

    _name = "office.supervision.bottleneck"
    _inherit = [
        "office.matter.mixin",
        "office.part.mixin",
        "office.supervision.impartial.mixin",
    ]
    _description = "Bottleneck"
    _whole = "ticket_id"
    _clock_start_states = ("handling",)
    _clock_stop_states = ENDED
    _clock_waiting_states = ("reported",)
    _see_all_groups = (
        "office_functions.group_office_clerk",
        DIRECTOR,
        "office_functions.group_office_leader",
        SUPERVISOR,
    )
    _urging_groups = (DIRECTOR, "office_functions.group_office_leader", SUPERVISOR)
    _party_user_fields = ("supervisor_id",)
    _matter_list_fields = ("ticket_id", "kind", "level")
    _matter_list_looks = {
        "number": {"column_invisible": "1"},
        "ticket_id": {"width": "150px"},
    }
    _matter_group_fields = ("ticket_id", "kind", "level", "supervisor_id")

    ticket_id = fields.Many2one(
        "office.supervision.ticket",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    task_id = fields.Many2one(
        "office.supervision.task",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('ticket_id', '=', ticket_id)]",
        check_company=True,
        help="Empty: it holds up the whole ticket.",
    )
    supervisor_id = fields.Many2one(
        related="ticket_id.supervisor_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    company_id = fields.Many2one(
        related="ticket_id.company_id", store=True, precompute=True, default=None
    )
    kind = fields.Selection(
        [("block", "Blocks"), ("delay", "Delays"), ("mislead", "Misleads")],
        "What It Does",
        required=True,
        default="delay",
        index=True,
    )
    level = fields.Selection(
        [
            ("section", "In the Section"),
            ("office", "Between Sections"),
            ("leader", "With the Leaders"),
            ("upper", "Above the Agency"),
        ],
        "Where It Can Be Removed",
        required=True,
        default="section",
    )
    problem = fields.Text("What Is Held Up")
    cause = fields.Text()
    measure = fields.Text()
    lead_unit_id = fields.Many2one(
        string="Owner Unit",
        compute="_compute_lead_unit_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Has to remove the bottleneck. Empty: the supervisor has to.",
    )
    handler_id = fields.Many2one(
        string="Bottleneck Owner",
        compute="_compute_handler_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Who has to remove the bottleneck.",
    )
    time_limit_id = fields.Many2one(default=lambda self: self._default_time_limit_id())
    fact_ids = fields.One2many(
        "office.supervision.bottleneck.fact", "bottleneck_id", "Facts", readonly=True
    )
    facts = fields.Text(
        "Stalling Facts",
        compute="_compute_facts",
        help="What the system suspects it from.",
    )
    date_recognized = fields.Date("Recognized On", readonly=True, copy=False)
    # The check of the effect
    checker_id = fields.Many2one(
        "res.users", "Effect Checked By", readonly=True, copy=False
    )
    date_checked = fields.Date("Effect Checked On", readonly=True, copy=False)
    check_result = fields.Selection(
        [("effective", "The Measure Worked"), ("ineffective", "It Did Not Work")],
        "Effect",
        readonly=True,
        copy=False,
    )
    check_findings = fields.Text("What the Check Found", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("proposed", "Suspected"),
            ("confirmed", "Recognized"),
            ("handling", "Being Removed"),
            ("reported", "Removal Reported"),
            ("closed", "Bottleneck Removed"),
            ("dismissed", "No Bottleneck"),
        ],
        default="proposed",
        required=True,
        readonly=True,
        copy=False,
    )

    _recognized_idx = models.Index(
        "(date_recognized) WHERE date_recognized IS NOT NULL"
    )

    @api.model
    def _default_time_limit_id(self):
        return self.env["office.time.limit"]._get(
            "supervision_bottleneck", self.env.company
        )

    # Each by itself: who gives the one keeps it when the other is found.
    @api.depends("ticket_id", "task_id")
    def _compute_lead_unit_id(self):
        for bottleneck in self:
            held_up = bottleneck._get_held_up()
            waits = held_up._waits_for_supervision()
            bottleneck.lead_unit_id = not waits and held_up.lead_unit_id

    @api.depends("ticket_id", "task_id")
    def _compute_handler_id(self):
        for bottleneck in self:
            held_up = bottleneck._get_held_up()
            waits = held_up._waits_for_supervision()
            bottleneck.handler_id = (
                held_up.supervisor_id if waits else held_up.handler_id
            )

    def _get_held_up(self):
        """Return the task, or else the ticket, that is held up."""
        return self.sudo().task_id or self.sudo().ticket_id

    @api.depends("fact_ids")
    @api.depends_context("lang")
    def _compute_facts(self):
        for bottleneck in self:
            lines = bottleneck.fact_ids.mapped("display_name")
            bottleneck.facts = "\n".join(lines) or False

    # The table ------------------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        office = ("supervisor", DIRECTOR)
        owners = ("handler", "unit_head")
        return [
            Transition(
                "recognize",
                self.env._("Recognize"),
                sources=("proposed",),
                target="confirmed",
                by=office,
                needs=("cause",),
                style="primary",
            ),
            Transition(
                "start",
                self.env._("Set to Work"),
                sources=("confirmed",),
                target="handling",
                by=office,
                needs=("cause", "measure", "handler_id"),
                guard="_guard_start",
                style="primary",
            ),
            Transition(
                "report",
                self.env._("Report as Removed"),
                sources=("handling",),
                target="reported",
                by=owners,
                note=True,
                style="primary",
            ),
            Transition(
                "close",
                self.env._("The Measure Worked"),
                sources=("reported",),
                target="closed",
                by=office,
                never=(*owners, "reporter"),
                needs=("cause", "measure"),
                note=True,
                style="primary",
            ),
            Transition(
                "send_back",
                self.env._("It Did Not Work"),
                sources=("reported",),
                target="handling",
                by=office,
                never=(*owners, "reporter"),
                note=True,
            ),
            Transition(
                "dismiss",
                self.env._("Not a Bottleneck"),
                sources=("proposed", "confirmed"),
                target="dismissed",
                by=office,
                note=True,
                style="danger",
            ),
            Transition(
                "lapse",
                self.env._("Ended with Its Ticket"),
                sources=("proposed", "confirmed", "handling", "reported"),
                target="dismissed",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        frozen = super()._get_frozen_fields()
        # It is the ticket's, in every state.
        del frozen["company_id"]
        frozen |= dict.fromkeys(("ticket_id", "task_id"), ("proposed",))
        frozen |= dict.fromkeys(("name", "kind", "problem"), ("proposed", "confirmed"))
        return frozen | dict.fromkeys(
            ("cause", "measure", "level", "lead_unit_id", "handler_id"),
            ("proposed", "confirmed", "handling"),
        )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "date_recognized",
            "checker_id",
            "date_checked",
            "check_result",
            "check_findings",
        }

    def _guard_start(self, row, note):
        if not self.date_deadline and not self.time_limit_id:
            return [self.env._("Say until when it is to be removed.")]
        return []

    def _relation_supervisor(self):
        return self.supervisor_id

    def _relation_reporter(self):
        """Return who reported it as removed, whoever owns it by now."""
        reported = self.transition_ids.filtered(lambda line: line.name == "report")
        return reported.user_id | reported.principal_id

    # What follows from a transition ---------------------------------------------------

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        if row.name == "recognize":
            vals["date_recognized"] = fields.Date.context_today(self)
        return vals

    def _after_close(self, note):
        self._record_check("effective", note)

    def _after_send_back(self, note):
        self._record_check("ineffective", note)

    def _record_check(self, result, findings):
        """Put on record who checked the effect of the measure, and what they found."""
        with permit(self):
            self.with_context(tracking_disable=True).write(
                {
                    "checker_id": self.env.uid,
                    "date_checked": fields.Date.context_today(self),
                    "check_result": result,
                    "check_findings": findings,
                }
            )

    @api.constrains("task_id", "ticket_id")
    def _check_task(self):
        for bottleneck in self.sudo():
            if bottleneck.task_id and bottleneck.task_id.ticket_id != (
                bottleneck.ticket_id
            ):
                raise UserError(self.env._("The task is not part of this ticket."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_found(self):
        if self.sudo().fact_ids:
            raise UserError(
                self.env._(
                    "The system found this from facts: dismiss it with the reason."
                )
            )

    # Special and tracking supervision -------------------------------------------------

    def action_begin_special(self):
        """Propose a special supervision of this bottleneck (转专项督办).

        :return: the action that opens the proposed ticket
        :raise UserError: for who does not supervise, or before it is recognized
        :rtype: dict
        """
        return self._begin_supervision("special")

    def action_begin_tracking(self):
        """Propose a tracking supervision of this bottleneck (转跟踪督办).

        :return: the action that opens the proposed ticket
        :raise UserError: for who does not supervise, or before it is recognized
        :rtype: dict
        """
        return self._begin_supervision("tracking")

    def _begin_supervision(self, mode):
        self.ensure_one()
        self.check_access("read")
        if self.state not in ("confirmed", "handling", "reported"):
            raise UserError(
                self.env._("Recognize the bottleneck first, then supervise it.")
            )
        Ticket = self.env["office.supervision.ticket"]
        Ticket.check_access("create")
        key = f"{self._name},{self.id},{mode}"
        known = Ticket.sudo().search(
            [
                ("supervised_key", "=", key),
                ("state", "not in", ("closed", "terminated")),
            ]
        )
        if known:
            if not known.with_env(self.env).has_access("read"):
                raise UserError(self.env._("This matter is under supervision already."))
            return known._get_form_action()
        action = self._begin_result(Ticket._name, self._prepare_ticket_vals(mode))
        ticket = Ticket.sudo().browse(action["res_id"])
        with permit(ticket):
            ticket.with_context(tracking_disable=True).supervised_key = key
        for source in (self.sudo(), self.sudo().ticket_id):
            source._keep_close(ticket)
        return action

    def _prepare_ticket_vals(self, mode):
        """Return the values of a ticket of its own, which has no authority yet.

        It is a proposal like any other: a leader's directive and a basis come first
        (政府督查工作条例 第11条, by analogy). What is held up is its scope, the measure
        what it requires, and the day of the bottleneck its deadline.

        :param str mode: ``special`` or ``tracking``
        :rtype: dict
        """
        origin = self.sudo().ticket_id
        return {
            "name": self.name,
            "mode": mode,
            "source_type": origin.source_type,
            "basis_reference": origin.number,
            "scope": self.problem or self.facts or self.name,
            "date_deadline": self.date_deadline,
            "requirement": self.measure,
            "lead_unit_id": self.lead_unit_id.id,
            "handler_id": self.handler_id.id,
            "company_id": self.company_id.id,
            "task_ids": [Command.create(self._prepare_task_vals())],
        }

    def _prepare_task_vals(self):
        """Return the values of the only task in the plan of a ticket of its own (S3.18).

        Unit, person and day are those of the bottleneck; the supervisor divides it
        further before the ticket is assigned.

        :rtype: dict
        """
        return {
            "name": (self.measure or self.name).splitlines()[0],
            "text": self.measure,
            "lead_unit_id": self.lead_unit_id.id,
            "handler_id": self.handler_id.id,
            "date_deadline": self.date_deadline,
            "weight": 100,
        }

    # Who sees it ----------------------------------------------------------------------

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Close it with its ticket, to who may not know of that."""
        domain = super()._get_need_to_know_domain(operation)
        Access = self.env["office.matter.access"]
        ticket = "office.supervision.ticket"
        admitted = Access._get_named_ids(self.env.uid, ticket, "granted")
        recused = Access._get_named_ids(self.env.uid, ticket, "recused")
        open_to_all = Domain("is_restricted", "=", False)
        domain &= Domain(
            "ticket_id", "any!", open_to_all | Domain("id", "in", admitted)
        )
        if recused:
            domain &= Domain("ticket_id", "not in", recused)
        return domain

    @api.model
    def _get_linked_domain(self, operation):
        """Let who sees the ticket see what holds it up."""
        return super()._get_linked_domain(operation) | self._get_part_domain()

    @api.model
    def _get_visibility_fields(self):
        return [*super()._get_visibility_fields(), "ticket_id"]

    # Figures --------------------------------------------------------------------------

    @api.model
    def _get_recognized_domain(self, date_from, date_to):
        """Return the bottlenecks that were recognized in a period."""
        return (
            Domain("date_recognized", ">=", date_from)
            & Domain("date_recognized", "<=", date_to)
            & Domain("state", "!=", "dismissed")
        )

    @api.model
    def _get_removed_domain(self, date_from, date_to):
        """Return the bottlenecks that were removed in a period."""
        return (
            Domain("state", "=", "closed")
            & Domain("date_done", ">=", date_from)
            & Domain("date_done", "<=", date_to)
        )
