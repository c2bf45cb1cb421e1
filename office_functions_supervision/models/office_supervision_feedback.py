# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import Transition, permit


class OfficeSupervisionFeedback(models.Model):
    """What a unit reports on its task: progress, or the result with its proof."""

    _name = "office.supervision.feedback"
    _inherit = ["office.supervision.child.mixin"]
    _description = "Supervision Feedback"
    _rec_name = "text"

    task_id = fields.Many2one(
        "office.supervision.task",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    ticket_id = fields.Many2one(
        related="task_id.ticket_id", store=True, precompute=True
    )
    kind = fields.Selection(
        [("stage", "Progress"), ("final", "Result")], required=True, default="stage"
    )
    text = fields.Text("Progress Made")
    progress = fields.Integer("Progress %", aggregator=None)
    problem = fields.Text("Problems and Bottlenecks")
    next_step = fields.Text("Next Steps")
    # Without the bypass the ORM looks through all attachments there are.
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Proof", bypass_search_access=True
    )
    proof = fields.Char(
        "Where the Proof Is", help="For proof that is not a file: a place, a page."
    )
    author_id = fields.Many2one(
        "res.users",
        "Reported By",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    date = fields.Date("Reported On", readonly=True, copy=False)
    date_due = fields.Date("Due", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Submitted"), ("returned", "Sent Back")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    _progress_range = models.Constraint(
        "CHECK(progress >= 0 AND progress <= 100)",
        "Progress lies between 0 and 100 percent.",
    )

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "submit",
                self.env._("Submit"),
                sources=("draft", "returned"),
                target="submitted",
                by=("reporter",),
                needs=("text",),
                guard="_guard_submit",
                style="primary",
            ),
            Transition(
                "send_back",
                self.env._("Send Back"),
                sources=("submitted",),
                target="returned",
                by=("supervisor", "office_functions.group_office_director"),
                note=True,
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        editable = ("draft", "returned")
        names = ("text", "kind", "progress", "problem", "next_step", "proof")
        return super()._get_frozen_fields() | dict.fromkeys(
            (*names, "attachment_ids", "task_id", "author_id"), editable
        )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date"}

    @api.model
    def _get_need_to_know_domain(self, operation):
        domain = super()._get_need_to_know_domain(operation)
        if operation != "read":
            domain &= Domain("author_id", "=", self.env.uid)
        return domain

    @api.constrains("author_id", "task_id")
    def _check_author(self):
        for feedback in self.sudo():
            if feedback.author_id not in feedback._relation_reporter():
                raise ValidationError(
                    self.env._("Feedback is given by who handles the task.")
                )

    def _relation_reporter(self):
        task = self.task_id
        return task.handler_id | task._relation_unit_head()

    def _guard_submit(self, row, note):
        task = self.task_id
        reasons = []
        if task.state != "accepted":
            reasons.append(self.env._("The task is not in hand: sign for it first."))
        if self.kind == "final" and not self.sudo().attachment_ids and not self.proof:
            reasons.append(
                self.env._("A result needs its proof: a file, or where it is found.")
            )
        return reasons

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        if row.name == "submit":
            vals["date"] = fields.Date.context_today(self)
        return vals

    def _after_submit(self, note):
        for feedback in self:
            task = feedback.task_id
            with permit(task):
                task.with_context(tracking_disable=True).write(
                    {"last_feedback_id": feedback.id}
                )
            task._cycle_reported()
            task.ticket_id._cycle_reported()
            if feedback.kind == "final":
                task._pass_by_system("report")
            else:
                task.ticket_id._sync_with_tasks()

    def _after_send_back(self, note):
        self.task_id._pass_by_system("send_back", note)
        self.ticket_id._pass_by_system("send_back", note)
