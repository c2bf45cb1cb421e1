# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare

from odoo.addons.office_functions.tools.transition import Transition

OPEN_STATES = (
    "proposed",
    "filed",
    "assigned",
    "accepted",
    "handling",
    "feedback",
    "verifying",
    "completed",
    "suspended",
)


class OfficeSupervisionTicket(models.Model):
    """A supervised matter (督办件), from its proposal to its striking off.

    Nobody supervises on their own authority: past the proposal a ticket stands on a
    leader's directive and on a law or policy (政府督查工作条例 第11条, by analogy).
    The work counts as done on the day of the last feedback that the verification
    found true, not on the day somebody found time to verify it.
    """

    _name = "office.supervision.ticket"
    _inherit = ["office.matter.mixin", "office.report.cycle.mixin"]
    _description = "Supervision Ticket"
    _number_series = "supervision"
    _number_states = ("filed",)
    _clock_start_states = ("assigned",)
    _clock_stop_states = ("completed", "closed", "terminated")
    _clock_waiting_states = ("feedback", "verifying")
    _see_all_groups = (
        "office_functions.group_office_clerk",
        "office_functions.group_office_director",
        "office_functions.group_office_leader",
        "office_functions_supervision.group_office_supervisor",
    )
    _urging_groups = (
        "office_functions.group_office_director",
        "office_functions.group_office_leader",
        "office_functions_supervision.group_office_supervisor",
    )
    _party_unit_fields = (
        "lead_unit_id",
        "assisting_unit_ids",
        "task_ids.lead_unit_id",
        "task_ids.assisting_unit_ids",
    )
    _party_user_fields = (
        "supervisor_id",
        "leader_id",
        "task_ids.handler_id",
    )

    source_type = fields.Selection(
        [
            ("upper_document", "Document from Above"),
            ("upper_directive", "Directive from Above"),
            ("own_meeting", "Own Meeting"),
            ("own_directive", "Own Directive"),
            ("key_work", "Key Work"),
            ("petition", "Petition"),
            ("media", "Media"),
            ("self_check", "Self-check (blank spot)"),
        ],
        "Source",
        required=True,
        default="own_directive",
        index=True,
    )
    mode = fields.Selection(
        [
            ("daily", "Daily Supervision"),
            ("special", "Special Supervision"),
            ("tracking", "Tracking Supervision"),
            ("comprehensive", "Comprehensive Inspection"),
        ],
        required=True,
        default="daily",
    )
    # Authority and basis
    directive_id = fields.Many2one(
        "office.directive",
        "Authorising Directive",
        index="btree_not_null",
        check_company=True,
        help="Supervision stands on a leader's directive. Without it no ticket is "
        "filed.",
    )
    leader_id = fields.Many2one(
        related="directive_id.leader_id",
        string="Authorising Leader",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    decision_id = fields.Many2one(
        "office.meeting.decision",
        "Meeting Decision",
        index="btree_not_null",
        check_company=True,
    )
    legal_basis_ids = fields.Many2many(
        "office.regulation",
        "office_supervision_ticket_law_rel",
        domain="[('kind', '=', 'law'), ('in_force', '=', True)]",
    )
    policy_basis_ids = fields.Many2many(
        "office.regulation",
        "office_supervision_ticket_policy_rel",
        domain="[('kind', '!=', 'law'), ('in_force', '=', True)]",
    )
    basis_reference = fields.Char(
        "Reference", help="Number or name of the document, meeting or instruction."
    )
    scope = fields.Text(help="What is supervised, and what is not.")
    requirement = fields.Text("Requirements")
    supervisor_id = fields.Many2one(
        "res.users",
        index=True,
        default=lambda self: self._default_supervisor_id(),
    )
    # Work
    task_ids = fields.One2many("office.supervision.task", "ticket_id", "Tasks")
    task_count = fields.Integer(compute="_compute_task_figures")
    weight_total = fields.Float("Sum of Weights", compute="_compute_task_figures")
    progress = fields.Float(
        "Verified %", compute="_compute_task_figures", aggregator=None
    )
    feedback_ids = fields.One2many("office.supervision.feedback", "ticket_id")
    verification_ids = fields.One2many("office.supervision.verification", "ticket_id")
    extension_ids = fields.One2many("office.supervision.extension", "ticket_id")
    date_filed = fields.Date("Filed On", readonly=True, copy=False)
    date_closed = fields.Date("Struck Off On", readonly=True, copy=False)

    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("filed", "Filed"),
            ("assigned", "Assigned"),
            ("accepted", "Signed For"),
            ("handling", "In Hand"),
            ("feedback", "Reported"),
            ("verifying", "Being Verified"),
            ("completed", "Completed"),
            ("closed", "Struck Off"),
            ("suspended", "Suspended"),
            ("terminated", "Terminated"),
        ],
        default="proposed",
        required=True,
        readonly=True,
        copy=False,
    )

    @api.model
    def _default_supervisor_id(self):
        supervisor = "office_functions_supervision.group_office_supervisor"
        user = self.env.user
        return user if user.has_group(supervisor) else user.browse()

    # The table ------------------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        director = "office_functions.group_office_director"
        running = ("assigned", "accepted", "handling", "feedback")
        return [
            Transition(
                "file",
                self.env._("File"),
                sources=("proposed",),
                target="filed",
                by=(director, "office_functions.group_office_leader"),
                needs=("supervisor_id", "scope", "requirement"),
                guard="_guard_file",
                style="primary",
            ),
            Transition(
                "assign",
                self.env._("Assign"),
                sources=("filed",),
                target="assigned",
                by=("supervisor", director),
                needs=("lead_unit_id", "date_deadline"),
                guard="_guard_assign",
                style="primary",
            ),
            Transition("accept", self.env._("Sign For"), ("assigned",), "accepted"),
            Transition(
                "start", self.env._("Start"), ("assigned", "accepted"), "handling"
            ),
            Transition("report", self.env._("Report"), ("handling",), "feedback"),
            Transition(
                "send_back",
                self.env._("Send Feedback Back"),
                sources=("feedback", "verifying"),
                target="handling",
                by=("supervisor", director),
                note=True,
            ),
            Transition(
                "verify",
                self.env._("Verify"),
                sources=("feedback",),
                target="verifying",
                by=("supervisor", director),
                style="primary",
            ),
            Transition("complete", self.env._("Complete"), ("verifying",), "completed"),
            Transition(
                "rework", self.env._("Back to Work"), ("verifying",), "handling"
            ),
            Transition(
                "close",
                self.env._("Strike Off"),
                sources=("completed",),
                target="closed",
                by=("leader",),
                style="primary",
            ),
            Transition(
                "reopen",
                self.env._("Reopen"),
                sources=("completed", "closed"),
                target="handling",
                by=("leader",),
                wizard="office_functions_supervision.office_supervision_reopening_action",
            ),
            Transition(
                "suspend",
                self.env._("Suspend"),
                running,
                "suspended",
                by=("leader",),
                note=True,
            ),
            Transition(
                "resume",
                self.env._("Resume"),
                sources=("suspended",),
                target="handling",
                by=("leader",),
                style="primary",
            ),
            Transition(
                "terminate",
                self.env._("Terminate"),
                sources=("proposed", "filed", *running, "suspended"),
                target="terminated",
                by=("leader",),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        frozen = super()._get_frozen_fields()
        authority = (
            "directive_id",
            "decision_id",
            "legal_basis_ids",
            "policy_basis_ids",
            "scope",
            "source_type",
        )
        frozen |= dict.fromkeys(authority, ("proposed",))
        frozen |= dict.fromkeys(("requirement", "name"), ("proposed", "filed"))
        return frozen

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_filed", "date_closed"}

    @api.model
    def _get_transition_lines(self, row):
        lines = [*super()._get_transition_lines(row)]
        lines += ["legal_basis_ids", "policy_basis_ids"]
        if row.name in ("assign", "suspend", "resume", "terminate"):
            lines += ["task_ids", "feedback_ids"]
        return lines

    # Guards ---------------------------------------------------------------------------

    def _guard_file(self, row, note):
        """Return what is missing of authority and basis (R-SUP-2, S3.6, S3.10)."""
        reasons = self._explain_no_authority()
        if not self.legal_basis_ids and not self.policy_basis_ids:
            reasons.append(
                self.env._("Choose a legal or policy basis (缺法律法规或政策依据).")
            )
        bases = self.sudo().legal_basis_ids | self.sudo().policy_basis_ids
        lapsed = bases.filtered(lambda basis: not basis.in_force)
        if lapsed:
            reasons.append(
                self.env._(
                    "These bases are not in force: %(names)s.",
                    names=", ".join(lapsed.mapped("display_name")),
                )
            )
        if self._find_open_twins():
            reasons.append(
                self.env._(
                    "The same matter is under supervision already on this directive."
                )
            )
        return reasons

    def _find_open_twins(self):
        """Return the open tickets on the same directive with the same subject."""
        ticket = self.sudo()
        return ticket.directive_id.ticket_ids.filtered(
            lambda other: (
                other != ticket
                and other.name == ticket.name
                and other.state in OPEN_STATES
                and other.state != "proposed"
            )
        )

    def _guard_assign(self, row, note):
        """Return what is missing of the tasks (S3.13): unit, person, date, weight."""
        if not self.task_ids:
            return [self.env._("Divide the matter into tasks first.")]
        reasons = []
        incomplete = [
            (self.env._("lead unit"), lambda task: not task.lead_unit_id),
            (self.env._("person"), lambda task: not task.handler_id),
            (self.env._("deadline"), lambda task: not task.date_deadline),
            (
                self.env._("deadline within the ticket's"),
                lambda task: (
                    task.date_deadline
                    and self.date_deadline
                    and task.date_deadline > self.date_deadline
                ),
            ),
        ]
        for what, is_missing in incomplete:
            tasks = self.task_ids.filtered(is_missing)
            if tasks:
                reasons.append(
                    self.env._(
                        "Without %(what)s: %(tasks)s.",
                        what=what,
                        tasks=", ".join(tasks.mapped("display_name")),
                    )
                )
        return reasons + self._explain_weights()

    def _explain_weights(self):
        """Return why the weights of the tasks do not divide the whole (S3.13).

        :rtype: list[str]
        """
        total = sum(
            task.weight for task in self.sudo().task_ids if task.state != "cancelled"
        )
        if not float_compare(total, 100, precision_digits=2):
            return []
        return [
            self.env._(
                "The weights of the tasks add up to %(total)g, not to 100.",
                total=total,
            )
        ]

    @api.constrains("state", "directive_id", "legal_basis_ids", "policy_basis_ids")
    def _check_authority(self):
        """No ticket goes past the proposal without authority and basis (A3)."""
        for ticket in self.sudo():
            if ticket.state in ("proposed", "terminated"):
                continue
            if not ticket.directive_id or not (
                ticket.legal_basis_ids or ticket.policy_basis_ids
            ):
                raise ValidationError(
                    self.env._(
                        "A supervision ticket stands on an authorising directive and "
                        "on a legal or policy basis."
                    )
                )

    # Relations ------------------------------------------------------------------------

    def _relation_leader(self):
        return self.leader_id

    def _relation_supervisor(self):
        return self.supervisor_id

    def _get_deadline_owner(self):
        """The date stands on the leader's authority; no supervisor relaxes it."""
        return self.leader_id

    # What follows from a transition ---------------------------------------------------

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        today = fields.Date.context_today(self)
        if row.name == "file":
            vals["date_filed"] = today
        if row.name == "close":
            vals["date_closed"] = today
        elif row.name == "reopen":
            vals["date_closed"] = False
        return vals

    def _after_file(self, note):
        directives = self.env["office.directive"].browse(
            ticket.directive_id.id for ticket in self
        )
        self.env["office.matter.link"]._link(directives, self)
        self.directive_id._pass_by_system("escalate")

    def _after_assign(self, note):
        self.task_ids.filtered(lambda task: task.state == "draft")._pass_by_system(
            "assign"
        )

    def _after_suspend(self, note):
        self.filtered(lambda ticket: not ticket.is_paused)._move_deadline("pause", note)
        running = self.task_ids.filtered("open_deadline")
        running._move_deadline("pause", note)

    def _after_resume(self, note):
        for records in (self, self.task_ids):
            records.filtered("is_paused")._move_deadline("resume", note or "")

    def _after_close(self, note):
        """Confirm the directives all of whose tickets have come to their end."""
        self.directive_id.filtered(
            lambda directive: (
                set(directive.ticket_ids.mapped("state")) <= {"closed", "terminated"}
            )
        )._pass_by_system("confirm_by_ticket")

    def _after_reopen(self, note):
        self.directive_id._pass_by_system("reopen_by_ticket", note)

    def _after_terminate(self, note):
        self.task_ids._pass_by_system("cancel", note)

    def _sync_with_tasks(self):
        """Let the ticket follow its tasks: signed for, in hand, all reported."""
        for ticket in self.sudo():
            tasks = ticket.task_ids.filtered(lambda task: task.state != "cancelled")
            states = set(tasks.mapped("state"))
            if not states & {"draft", "assigned", "returned"}:
                ticket._pass_by_system("accept")
            begun = ticket.feedback_ids.filtered(lambda f: f.state != "draft").task_id
            if tasks & begun:
                ticket._pass_by_system("start")
            if states and states <= {"reported", "verified"}:
                ticket._pass_by_system("report")

    # Figures --------------------------------------------------------------------------

    @api.depends("task_ids.weight", "task_ids.state")
    def _compute_task_figures(self):
        groups = (
            self.env["office.supervision.task"]
            .sudo()
            ._read_group(
                [("ticket_id", "in", self.ids), ("state", "!=", "cancelled")],
                ["ticket_id", "state"],
                ["__count", "weight:sum"],
            )
        )
        figures = {ticket_id: [0, 0, 0] for ticket_id in self.ids}
        for ticket, state, number, weight in groups:
            sums = figures[ticket.id]
            sums[0] += number
            sums[1] += weight
            sums[2] += weight if state == "verified" else 0
        for ticket in self:
            ticket.task_count, ticket.weight_total, ticket.progress = figures.get(
                ticket.id, (0, 0, 0)
            )

    def action_spread_weights(self):
        """Give the tasks equal weights that add up to 100."""
        for ticket in self:
            tasks = ticket.task_ids.filtered(lambda t: t.kind == "task")
            share = round(100 / len(tasks), 2) if tasks else 0
            for task in tasks[:-1]:
                task.weight = share
            tasks[-1:].weight = 100 - share * (len(tasks) - 1)

    def action_open_tasks(self):
        """Open the tasks of this ticket.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions_supervision.office_supervision_task_action"
        )
        action["domain"] = [("ticket_id", "=", self.id)]
        action["context"] = {"default_ticket_id": self.id}
        return action

    def action_record_verification(self):
        """Open the dialog in which a verification is recorded and concluded.

        :rtype: dict
        """
        self.ensure_one()
        return self._get_dialog_action(
            "office.supervision.verification", self.env._("Verification")
        )

    def action_ask_extension(self):
        """Open the dialog that asks for a later deadline.

        :rtype: dict
        """
        self.ensure_one()
        return self._get_dialog_action(
            "office.supervision.extension", self.env._("Ask for an Extension")
        )

    def _get_dialog_action(self, model, title, **defaults):
        """Return the action that opens a new part of this ticket in a dialog."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id, **defaults},
        }

    # Report cycle ---------------------------------------------------------------------

    def _open_cycle_report(self):
        self.task_ids._open_cycle_report()
