# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

from odoo.addons.office_functions.tools.transition import Transition

DIRECTOR = "office_functions.group_office_director"
LEADER = "office_functions.group_office_leader"
SUPERVISOR = "office_functions_supervision.group_office_supervisor"
SETTLED = ("approved", "issued", "revoked")
APPROVALS = ("approve_and_issue", "approve")


class OfficeSupervisionBulletin(models.Model):
    """A bulletin of praise or criticism (督查通报, F4): drafted, approved, issued.

    Praise and criticism need the approval of a leader (政府督查工作条例 第21条, by
    analogy), never of who drafted it. What is said of a unit stands on tickets, or on
    figures that still hold when the leader approves; from then on they are frozen.
    The leader's approval sends it out (S3.17), or leaves the day to the office.
    """

    _name = "office.supervision.bulletin"
    _inherit = ["office.supervision.collective.mixin", "office.receipt.mixin"]
    _description = "Supervision Bulletin"
    _number_series = "supervision_bulletin"
    _number_states = ("approved", "issued")
    _collective_transitions = APPROVALS
    _clock_start_states = ("submitted",)
    _clock_stop_states = ("issued", "revoked")
    _see_all_groups = (
        "office_functions.group_office_clerk",
        DIRECTOR,
        LEADER,
        SUPERVISOR,
    )
    _urging_groups = (DIRECTOR, LEADER, SUPERVISOR)
    _matter_list_fields = ("kind", "date_from", "date_to")
    _matter_list_looks = {
        "number": {"width": "165px"},
        "date_from": {"optional": "hide"},
    }
    _matter_group_fields = ("kind",)

    lead_unit_id = fields.Many2one(string="Drafting Unit")
    handler_id = fields.Many2one(
        string="Drafted By", default=lambda self: self.env.user
    )
    kind = fields.Selection(
        [
            ("general", "General"),
            ("praise", "Praise"),
            ("criticism", "Criticism"),
        ],
        required=True,
        default="general",
    )
    date_from = fields.Date("Period From")
    date_to = fields.Date("Period Until")
    overview = fields.Text(
        "Overall Situation", help="Figures of the period are added when it is printed."
    )
    problems = fields.Text("Problems Found")
    next_steps = fields.Text("What Is Asked Next")
    ticket_ids = fields.Many2many(
        "office.supervision.ticket",
        "office_supervision_bulletin_ticket_rel",
        "bulletin_id",
        "ticket_id",
        string="Tickets",
        check_company=True,
        help="The facts that praise or criticism stands on.",
    )
    line_ids = fields.One2many(
        "office.supervision.bulletin.line", "bulletin_id", "Units"
    )
    audience_unit_ids = fields.Many2many(
        "hr.department",
        "office_supervision_bulletin_audience_rel",
        string="Sent to Units",
        help="Who is praised or criticised in it is always told.",
    )
    date_issued = fields.Date("Sent Out On", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("issued", "Sent Out"),
            ("revoked", "Revoked"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )

    _period = models.Constraint(
        "CHECK(date_from <= date_to)", "A period ends after it begins."
    )

    # The table ------------------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        drafters = ("creator", "handler")
        return [
            Transition(
                "submit",
                self.env._("Submit"),
                sources=("draft",),
                target="submitted",
                by=drafters,
                needs=("overview",),
                guard="_guard_submit",
                style="primary",
            ),
            Transition(
                "approve_and_issue",
                self.env._("Approve and Send Out"),
                sources=("submitted",),
                target="issued",
                by=(LEADER,),
                never=("author",),
                guard="_guard_approve_and_issue",
                style="primary",
            ),
            Transition(
                "approve",
                self.env._("Approve, Send Out Later"),
                sources=("submitted",),
                target="approved",
                by=(LEADER,),
                never=("author",),
                guard="_guard_approve",
            ),
            Transition(
                "send_back",
                self.env._("Back to Drafting"),
                sources=("submitted",),
                target="draft",
                by=(LEADER,),
                note=True,
                style="danger",
            ),
            Transition(
                "issue",
                self.env._("Send Out"),
                sources=("approved",),
                target="issued",
                by=(*drafters, DIRECTOR, LEADER),
                guard="_guard_issue",
                style="primary",
            ),
            Transition(
                "revoke",
                self.env._("Revoke"),
                sources=("approved", "issued"),
                target="revoked",
                by=(LEADER,),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        texts = (
            "name",
            "kind",
            "date_from",
            "date_to",
            "overview",
            "problems",
            "next_steps",
            "ticket_ids",
        )
        return (
            super()._get_frozen_fields()
            | dict.fromkeys(texts, ("draft",))
            | {"audience_unit_ids": ("draft", "submitted", "approved")}
        )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_issued"}

    @api.model
    def _get_transition_lines(self, row):
        lines = [*super()._get_transition_lines(row)]
        if row.name in ("submit", "issue", *APPROVALS):
            lines += ["line_ids", "ticket_ids"]
        if row.target == "issued":
            lines += ["audience_unit_ids"]
        return lines

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Whoever reads all changes only what is theirs; the director changes all."""
        domain = super()._get_need_to_know_domain(operation)
        if operation in ("write", "unlink") and not self.env.user.has_group(DIRECTOR):
            uid = self.env.uid
            domain &= Domain("create_uid", "=", uid) | Domain("handler_id", "=", uid)
        return domain

    def _get_deadline_owner(self):
        """Who began it set its date; whoever hands it in does not move it."""
        return self.create_uid

    def _relation_author(self):
        """Return who drafted it or handed it in, whoever carries it by now."""
        handed_in = self.transition_ids.filtered(lambda line: line.name == "submit")
        return self.create_uid | self.handler_id | handed_in.user_id

    def _get_barred_users(self, row):
        """Nor does anybody approve what is said of a unit they are related to (A6)."""
        barred = super()._get_barred_users(row)
        user = self.env.user
        if row.name in APPROVALS and not user._get_kin_unit_ids().isdisjoint(
            self.sudo().line_ids.filtered("verdict").department_id.ids
        ):
            barred |= user
        return barred

    # Guards ---------------------------------------------------------------------------

    def _guard_submit(self, row, note):
        """Return what is missing to what is said of units."""
        named = self.line_ids.filtered("verdict")
        reasons = []
        if self.kind != "general" and self.kind not in named.mapped("verdict"):
            reasons.append(
                self.env._("Name the units that are praised or criticised in it.")
            )
        bare = named.filtered(lambda line: not (line.reason or "").strip())
        if bare:
            reasons.append(
                self.env._(
                    "Write down for what they are praised or criticised: %(units)s.",
                    units=", ".join(bare.department_id.mapped("name")),
                )
            )
        return reasons + self._explain_no_facts()

    def _explain_no_facts(self):
        """Return of whom something is said that nothing proves, or not yet.

        :return: sentences in the user's language
        :rtype: list[str]
        """
        reasons = []
        named = self.sudo().line_ids.filtered("verdict")
        baseless = named.filtered(lambda line: not line._has_facts())
        blamed = baseless.filtered(lambda line: line.verdict == "criticism")
        praised = baseless - blamed
        if praised:
            reasons.append(
                self.env._(
                    "Praise stands on facts: name a ticket of the unit, or take the "
                    "figures of the period. Without: %(units)s.",
                    units=", ".join(praised.department_id.mapped("name")),
                )
            )
        if blamed:
            reasons.append(
                self.env._(
                    "Criticism stands on facts: a ticket of the unit that is late, did "
                    "not pass or was urged in vain, or a figure that is not full. "
                    "Without: %(units)s.",
                    units=", ".join(blamed.department_id.mapped("name")),
                )
            )
        contested = self.sudo().ticket_ids.filtered("is_under_review")
        if contested:
            reasons.append(
                self.env._(
                    "An objection is under review (督查复核), so nothing is said of it "
                    "yet: %(tickets)s.",
                    tickets=", ".join(contested.mapped("display_name")),
                )
            )
        return reasons

    def _guard_approve(self, row, note):
        return self._guard_submit(row, note)

    def _guard_issue(self, row, note):
        return self._explain_no_facts() + self._explain_no_addressees()

    def _guard_approve_and_issue(self, row, note):
        return self._guard_approve(row, note) + self._explain_no_addressees()

    def _explain_no_addressees(self):
        if self._get_addressees():
            return []
        return [self.env._("Choose the units it is sent to.")]

    def _get_addressees(self):
        """Return the units it is sent to, those named in it among them.

        :rtype: hr.department
        """
        named = self.sudo().line_ids.filtered("verdict").department_id
        return self.sudo().audience_unit_ids | named

    # What follows from a transition ---------------------------------------------------

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        if row.target == "issued":
            vals["date_issued"] = fields.Date.context_today(self)
        return vals

    def _after_approve(self, note):
        """Hook: what was said of units is settled from now on."""

    def _after_issue(self, note):
        groups = self.grouped(lambda bulletin: bulletin._get_addressees())
        for units, bulletins in groups.items():
            bulletins._send_receipts(units)

    def _after_approve_and_issue(self, note):
        self._after_approve(note)
        self._after_issue(note)

    def _after_revoke(self, note):
        """Let whoever was sent it know that it does not hold any more."""
        self._ask_receipts_again()

    def _get_receipt_message(self):
        if self.state != "revoked":
            return super()._get_receipt_message()
        return (
            self.env._("Revoked: %s", self.display_name),
            self.env._("This bulletin was revoked. Please confirm that you know it."),
        )

    # How it begins --------------------------------------------------------------------

    @api.model
    def _begin_for_ticket(self, ticket, kind, reason, units=None):
        """Return a draft about units of a ticket, in the name of the user.

        The two are linked. Submitting, approving and issuing it come after, each by
        whom the table of transitions names.

        :param ticket: one ``office.supervision.ticket``
        :param str kind: ``praise``, ``criticism`` or ``general``
        :param str reason: what is said of the units
        :param hr.department units: who it names; nobody given: the lead unit
        :raise AccessError: for who may not read the ticket, or draft bulletins
        :raise ValidationError: for a ticket without a lead unit
        :rtype: office.supervision.bulletin
        """
        ticket.ensure_one()
        ticket.check_access("read")
        units = units or ticket.sudo().lead_unit_id
        if not units:
            raise ValidationError(
                self.env._("The ticket has no lead unit that a bulletin could name.")
            )
        verdict = kind if kind != "general" else False
        lines = [
            Command.create(
                {"department_id": unit.id, "verdict": verdict, "reason": reason}
            )
            for unit in units
        ]
        bulletin = self.create(
            {
                "name": self.env._("Bulletin on “%(ticket)s”", ticket=ticket.name),
                "kind": kind,
                "lead_unit_id": self.env.user.sudo().employee_id.department_id.id,
                "handler_id": self.env.uid,
                "overview": reason,
                "ticket_ids": [Command.set(ticket.ids)],
                "line_ids": lines,
                "company_id": ticket.sudo().company_id.id,
            }
        )
        self.env["office.matter.link"].sudo()._link(ticket.sudo(), bulletin.sudo())
        return bulletin
