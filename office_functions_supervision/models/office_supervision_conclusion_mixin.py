# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition, permit


class OfficeSupervisionConclusionMixin(models.AbstractModel):
    """A conclusion about a unit, to which that unit may object (异议).

    A kind of conclusion says when it was made, by whom, about which units, and what
    follows when an objection to it is upheld. The objection's field that points to it
    stands in ``_get_conclusion_fields`` of ``office.supervision.objection``.
    """

    _name = "office.supervision.conclusion.mixin"
    _inherit = ["office.workflow.mixin"]
    _description = "Conclusion about a Unit"

    conclusion_makers = fields.Json(
        "Who Took Part",
        readonly=True,
        copy=False,
        help="Ids of the users who took part in the conclusion.",
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"conclusion_makers"}

    def _keep_conclusion_makers(self):
        """Keep who took part, at the step that makes it a conclusion."""
        for conclusion in self:
            makers = conclusion._find_conclusion_makers()
            with permit(conclusion):
                conclusion.with_context(tracking_disable=True).write(
                    {"conclusion_makers": makers.ids}
                )

    def _get_conclusion_makers(self):
        """Return everybody who took part in it: they decide no objection to it.

        :rtype: res.users
        """
        makers = self.env["res.users"].browse(self.conclusion_makers or ())
        return makers or self._find_conclusion_makers()

    def _find_conclusion_makers(self):
        """Return who takes part in it, for :meth:`_keep_conclusion_makers`.

        :rtype: res.users
        """
        raise NotImplementedError

    def _get_conclusion_date(self):
        """Return when the units came to know it; nothing while it is none yet.

        :rtype: date
        """
        raise NotImplementedError

    def _concludes_about(self, unit):
        """Tell whether it is about a unit.

        :param hr.department unit: who objects
        :rtype: bool
        """
        raise NotImplementedError

    def _get_conclusion_ticket(self):
        """Return the ticket it belongs to, if to any.

        :rtype: office.supervision.ticket
        """
        raise NotImplementedError

    def _annul_conclusions(self, note):
        """Correct them all, since objections to them were upheld.

        :param str note: the reason of the decision
        """
        raise NotImplementedError


class OfficeSupervisionVerification(models.Model):
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
        """Let nobody verify again whose conclusion was found wrong."""
        annulled = self.ticket_id.verification_ids.filtered(
            lambda other: other.state == "annulled"
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
        self.ticket_id.task_ids.fetch(["state"])
        latest = self.filtered(
            lambda one: one == one.ticket_id._get_latest_verification()
        )
        self._pass_by_system("annul", note)
        passed = latest.filtered(lambda one: one.result == "pass").ticket_id
        passed._pass_by_system("reopen", note)
        passed.task_ids._pass_by_system("unverify", note)
        latest.task_id._pass_by_system("cancel", note)
        latest.ticket_id._sync_with_tasks()
        latest.ticket_id._settle_date_reported()


class OfficeSupervisionTicket(models.Model):
    _inherit = "office.supervision.ticket"

    def _get_workers(self):
        """Return everybody who worked on this ticket or reported on it.

        :rtype: res.users
        """
        return self.handler_id | self.task_ids.handler_id | self.feedback_ids.author_id

    def _get_latest_verification(self):
        """Return the verification that stands, the last of those concluded.

        :rtype: office.supervision.verification
        """
        return self.verification_ids.filtered(
            lambda one: one.state == "concluded"
        ).sorted("id")[-1:]

    def _settle_date_reported(self):
        """Count what is reported anew by no fault of the unit from its first report."""
        for ticket in self.filtered(lambda one: one.state == "feedback"):
            tasks = ticket.task_ids.filtered(lambda task: task.state != "cancelled")
            dates = [task.date_reported for task in tasks if task.date_reported]
            with permit(ticket):
                ticket.with_context(tracking_disable=True).write(
                    {"date_reported": max(dates, default=ticket.date_reported)}
                )


class OfficeSupervisionTask(models.Model):
    _inherit = "office.supervision.task"

    @api.model
    def _get_transitions(self):
        return [
            *super()._get_transitions(),
            Transition(
                "unverify",
                label=self.env._("Verification Annulled"),
                sources=("verified",),
                target="reported",
            ),
        ]

    def _prepare_transition_vals(self, row):
        """Leave the report its date when it waits for another verification."""
        vals = super()._prepare_transition_vals(row)
        if row.name == "unverify":
            vals.pop("date_reported", None)
            vals["date_done"] = False
        return vals
