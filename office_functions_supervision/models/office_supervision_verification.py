# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.office_functions.tools.transition import Transition, permit


class OfficeSupervisionVerification(models.Model):
    """A check of the facts by somebody who did not do the work (核查)."""

    _name = "office.supervision.verification"
    _inherit = ["office.supervision.child.mixin"]
    _description = "Verification"
    _rec_name = "date"

    method = fields.Selection(
        [
            ("material", "Papers"),
            ("on_site", "On Site"),
            ("random", "Random Sample"),
            ("call_back", "Call-back"),
        ],
        required=True,
        default="material",
    )
    verifier_id = fields.Many2one(
        "res.users",
        "Verified By",
        required=True,
        index=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    findings = fields.Text("Facts Found")
    result = fields.Selection([("pass", "Passed"), ("fail", "Failed")])
    rectification = fields.Text("To Be Put Right")
    rectification_unit_id = fields.Many2one("hr.department", "By Unit")
    rectification_user_id = fields.Many2one("res.users", "By Person")
    date_rectification = fields.Date("Put Right Until")
    task_id = fields.Many2one(
        "office.supervision.task", "Rectification", readonly=True, copy=False
    )
    state = fields.Selection(
        [("draft", "Draft"), ("concluded", "Concluded")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "conclude",
                self.env._("Conclude"),
                sources=("draft",),
                target="concluded",
                by=("verifier",),
                needs=("findings", "result"),
                guard="_guard_conclude",
                style="primary",
            )
        ]

    @api.model
    def _get_frozen_fields(self):
        names = ("method", "verifier_id", "date", "findings", "result", "ticket_id")
        return super()._get_frozen_fields() | dict.fromkeys(names, ("draft",))

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"task_id"}

    def _relation_verifier(self):
        return self.verifier_id

    @api.constrains("verifier_id", "ticket_id")
    def _check_verifier(self):
        """Who handles a matter never verifies it (A2)."""
        for verification in self.sudo():
            if verification.verifier_id in verification._get_doers():
                raise ValidationError(
                    self.env._(
                        "%(who)s handled this matter and cannot verify it.",
                        who=verification.verifier_id.name,
                    )
                )

    def _get_doers(self):
        """Return everybody who worked on the ticket or reported on it."""
        ticket = self.ticket_id
        return (
            ticket.handler_id
            | ticket.task_ids.handler_id
            | ticket.feedback_ids.author_id
        )

    def _guard_conclude(self, row, note):
        reasons = []
        if self.verifier_id in self.sudo()._get_doers():
            reasons.append(self.env._("Who handled the matter cannot verify it."))
        reasons += self._explain_ticket_state() + self._explain_date()
        if self.result == "fail":
            reasons += self._explain_rectification_gaps()
        return reasons

    def _explain_ticket_state(self):
        """Return why the ticket cannot be verified in the state it is in.

        :rtype: list[str]
        """
        if self.ticket_id.state != "verifying":
            return [self.env._("The ticket is not being verified now.")]
        return []

    def _explain_date(self):
        """Return why nobody can have verified this on the date that is given.

        :rtype: list[str]
        """
        if self.date > fields.Date.context_today(self):
            return [self.env._("A verification is not dated in the future.")]
        first = self._get_first_date()
        if first and self.date < first:
            return [
                self.env._(
                    "The verification is dated before %(date)s, when the work was "
                    "reported or the ticket struck off.",
                    date=first,
                )
            ]
        return []

    def _get_first_date(self):
        """Return the first day on which this can have been verified.

        :rtype: date
        """
        return self.ticket_id.date_reported

    def _explain_rectification_gaps(self):
        """Return what is missing of the rectification that a failed one opens.

        :rtype: list[str]
        """
        asked = (
            "rectification",
            "rectification_unit_id",
            "rectification_user_id",
            "date_rectification",
        )
        missing = [name for name in asked if not self[name]]
        if not missing:
            return []
        labels = self.fields_get(missing, ["string"])
        return [
            self.env._(
                "A failed verification opens a rectification; fill in: %(fields)s.",
                fields=", ".join(labels[name]["string"] for name in missing),
            )
        ]

    def _after_conclude(self, note):
        for verification in self:
            ticket = verification.ticket_id
            reported = ticket.task_ids.filtered(lambda task: task.state == "reported")
            if verification.result == "pass":
                for task in reported:
                    task._pass_by_system("verify")
                ticket._pass_by_system("complete")
            else:
                ticket._pass_by_system("rework", verification.findings)
                verification._open_rectification()

    def _open_rectification(self):
        """Open the task of putting right what was found; the ticket waits for it."""
        task = self.env["office.supervision.task"].create(
            {
                "ticket_id": self.ticket_id.id,
                "kind": "rectification",
                "name": (self.rectification or "").split("\n")[0][:80],
                "text": self.rectification,
                "lead_unit_id": self.rectification_unit_id.id,
                "handler_id": self.rectification_user_id.id,
                "date_deadline": self.date_rectification,
            }
        )
        self._keep_task(task)
        task._pass_by_system("assign")

    def _keep_task(self, task):
        """Keep which rectification it opened."""
        with permit(self):
            self.with_context(tracking_disable=True).task_id = task
