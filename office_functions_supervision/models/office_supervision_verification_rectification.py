# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import permit

SINGLE = (
    "rectification",
    "rectification_unit_id",
    "rectification_user_id",
    "date_rectification",
)
ASKED = ("lead_unit_id", "handler_id", "date_deadline")


class OfficeSupervisionVerificationRectification(models.Model):
    """One verification may ask for several rectifications, and looks at earlier ones.

    The ticket waits for all of them. A re-check finds them put right, or names those
    that are not and opens the next (政府督查工作条例 第18条, by analogy).
    """

    _inherit = "office.supervision.verification"

    rectification_ids = fields.One2many(
        "office.supervision.task",
        "verification_id",
        "Rectifications Asked For",
        help="What is to be put right, each by its own person and date.",
    )
    failed_rectification_ids = fields.Many2many(
        "office.supervision.task",
        "office_supervision_failed_rectification_rel",
        string="Not Put Right",
        domain="[('ticket_id', '=', ticket_id), ('kind', '=', 'rectification'), "
        "('state', '=', 'reported')]",
        help="Earlier rectifications that were reported as done and are not.",
    )

    @api.model
    def _get_frozen_fields(self):
        names = (*SINGLE, "rectification_ids", "failed_rectification_ids")
        return super()._get_frozen_fields() | dict.fromkeys(names, ("draft",))

    @api.model
    def _get_transition_lines(self, row):
        lines = [*super()._get_transition_lines(row)]
        if row.name == "conclude":
            lines += ["rectification_ids", "failed_rectification_ids"]
        return lines

    def _guard_conclude(self, row, note):
        reasons = super()._guard_conclude(row, note)
        if self.result == "pass" and (
            self.rectification_ids or self.failed_rectification_ids
        ):
            reasons.append(
                self.env._("What passed leaves nothing to be put right: take it out.")
            )
        waiting = self.ticket_id.task_ids.filtered(
            lambda task: task.kind == "rectification" and task.state == "reported"
        )
        if self.failed_rectification_ids - waiting:
            reasons.append(
                self.env._(
                    "Only rectifications of this ticket that were reported are "
                    "checked again."
                )
            )
        return reasons

    def _explain_rectification_gaps(self):
        """Ask for unit, person and date of every line; the lines stand for the only
        one, of which the fields above speak.
        """
        lines = self.rectification_ids
        if not lines or any(self[name] for name in SINGLE):
            return super()._explain_rectification_gaps()
        labels = lines.fields_get(ASKED, ["string"])
        gaps = {
            name: lines.filtered(lambda line, n=name: not line[n]) for name in ASKED
        }
        return [
            self.env._(
                "Without %(what)s: %(tasks)s.",
                what=labels[name]["string"],
                tasks=", ".join(tasks.mapped("display_name")),
            )
            for name, tasks in gaps.items()
            if tasks
        ]

    def _after_conclude(self, note):
        for verification in self:
            verification._note_recheck()
        result = super()._after_conclude(note)
        for verification in self:
            if verification.result == "pass":
                unasked = verification.ticket_id.task_ids.filtered(
                    lambda task: task.kind == "rectification" and task.state == "draft"
                )
                unasked._pass_by_system("cancel")
        return result

    def _note_recheck(self):
        """Write down with each rectification that waited what was found."""
        waiting = self.ticket_id.task_ids.filtered(
            lambda task: task.kind == "rectification" and task.state == "reported"
        )
        failed = self.failed_rectification_ids
        for tasks, result in ((waiting - failed, "pass"), (failed, "fail")):
            with permit(tasks):
                for task in tasks.with_context(tracking_disable=True):
                    task.write(
                        {
                            "recheck_id": self.id,
                            "recheck_result": result,
                            "failed_rechecks": task.failed_rechecks
                            + (result == "fail"),
                        }
                    )

    def _open_rectification(self):
        """Assign every rectification that was asked for; the ticket waits for them."""
        result = None
        lines = self.rectification_ids
        if not lines or any(self[name] for name in SINGLE):
            result = super()._open_rectification()
            with permit(self.task_id):
                self.task_id.with_context(tracking_disable=True).verification_id = self
        lines.filtered(lambda task: task.state == "draft")._pass_by_system("assign")
        self._keep_task(self.task_id or lines[:1])
        return result

    def _get_opened_rectifications(self):
        tasks = self.ticket_id.task_ids
        lines = tasks.filtered(lambda task: task.verification_id in self)
        return super()._get_opened_rectifications() | lines

    def _annul_conclusions(self, note):
        result = super()._annul_conclusions(note)
        self._renew_rechecks()
        return result

    def _renew_rechecks(self):
        """Let rectifications tell of the re-checks that stand, once these do not."""
        for task in self.ticket_id.task_ids.filtered("recheck_id"):
            found = task.verification_id.id
            checks = task.ticket_id.verification_ids.filtered(
                lambda one, first=found: (
                    one.kind == "check" and one.state == "concluded" and one.id > first
                )
            ).sorted("id")
            failed = checks.filtered(
                lambda one, task=task: task in one.failed_rectification_ids
            )
            last = checks[-1:]
            result = "fail" if last in failed else "pass"
            with permit(task):
                task.with_context(tracking_disable=True).write(
                    {
                        "recheck_id": last.id,
                        "recheck_result": last and result,
                        "failed_rechecks": len(failed),
                    }
                )
