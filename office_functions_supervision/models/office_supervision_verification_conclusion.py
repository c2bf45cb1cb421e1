# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition


class OfficeSupervisionVerification(models.Model):
    """A verification is a conclusion about the units of its ticket.

    Annulled, it leaves the ticket as it was before it.
    """

    _name = "office.supervision.verification"
    _inherit = [
        "office.supervision.verification",
        "office.supervision.conclusion.mixin",
    ]

    date_concluded = fields.Date("Concluded On", readonly=True, copy=False)
    state = fields.Selection(
        selection_add=[("annulled", "Annulled")],
        ondelete={"annulled": "set default"},
    )

    @api.model
    def _get_transitions(self):
        return [
            *super()._get_transitions(),
            Transition(
                "annul",
                label=self.env._("Annul"),
                sources=("concluded",),
                target="annulled",
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_concluded"}

    @api.depends("date", "result")
    def _compute_display_name(self):
        results = dict(self._fields["result"]._description_selection(self.env))
        for verification in self:
            date = fields.Date.to_string(verification.date) or ""
            result = results.get(verification.result, "")
            verification.display_name = f"{date} {result}".strip()

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        if row.name == "conclude":
            vals["date_concluded"] = fields.Date.context_today(self)
        return vals

    def _get_doers(self):
        """Let nobody verify again whose earlier conclusion was found wrong."""
        annulled = self.ticket_id.verification_ids.filtered(
            lambda other: other.state == "annulled" and other != self
        )
        return super()._get_doers() | annulled.verifier_id

    def _get_conclusion_date(self):
        return self.state == "concluded" and (self.date_concluded or self.date)

    def _after_conclude(self, note):
        self._keep_conclusion_makers()
        return super()._after_conclude(note)

    def _get_conclusion_makers(self):
        """Add the leader who struck the ticket off on the strength of it."""
        ticket = self.ticket_id
        leader = ticket.leader_id if ticket.state == "closed" else ticket.leader_id[:0]
        return super()._get_conclusion_makers() | leader

    def _find_conclusion_makers(self):
        ticket = self.ticket_id
        makers = self.verifier_id | ticket.supervisor_id | self.env.user
        return makers | ticket._get_workers()

    def _concludes_about(self, unit):
        return f"d{unit.id}" in (self.ticket_id.office_parties or ())

    def _get_conclusion_ticket(self):
        return self.ticket_id

    def _annul_conclusions(self, note):
        """Put each ticket whose latest verification this is back before it."""
        lines = ["task_ids", "feedback_ids", "verification_ids"]
        self.ticket_id.fetch([*lines, "legal_basis_ids", "policy_basis_ids"])
        latest = self.filtered(
            lambda one: one == one.ticket_id._get_latest_verification()
        )
        self._pass_by_system("annul", note)
        latest._undo_conclusions(note)

    def _undo_conclusions(self, note):
        """Take back what followed from these, each the latest of its ticket."""
        passed = self.filtered(lambda one: one.result == "pass").ticket_id
        passed._pass_by_system("reopen", note)
        passed.task_ids._pass_by_system("unverify", note)
        self._get_opened_rectifications()._pass_by_system("cancel", note)
        self.ticket_id._sync_with_tasks()
        self.ticket_id._settle_date_reported()

    def _get_opened_rectifications(self):
        """Return the rectifications that these opened in their own tickets.

        :rtype: office.supervision.task
        """
        return self.task_id.filtered(lambda task: task.ticket_id in self.ticket_id)
