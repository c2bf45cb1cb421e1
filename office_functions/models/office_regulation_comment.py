# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class OfficeRegulationComment(models.Model):
    """What a section says about a rule that is being made, and what became of it."""

    _name = "office.regulation.comment"
    _description = "Comment on a Regulation"
    _order = "id"
    _rec_name = "department_id"

    regulation_id = fields.Many2one(
        "office.regulation", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", "Author", readonly=True, default=lambda self: self.env.user
    )
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        readonly=True,
        default=lambda self: self.env.user.employee_id.department_id,
    )
    text = fields.Text("Comment", required=True)
    answer = fields.Selection(
        [("taken", "Taken Up"), ("partly", "Partly Taken Up"), ("not", "Not Taken Up")]
    )
    answer_note = fields.Text("Why")

    _reason_given = models.Constraint(
        "CHECK(answer IS NULL OR answer = 'taken' OR answer_note <> '')",
        "Say why a comment was not, or not wholly, taken up.",
    )

    @api.depends("department_id", "user_id")
    def _compute_display_name(self):
        for comment in self:
            comment.display_name = comment.department_id.name or comment.user_id.name

    @api.model_create_multi
    def create(self, vals_list):
        """Record comments in the author's own name, while comments are asked for.

        :raise UserError: when the rule is not out for comments
        """
        for vals in vals_list:
            for name in ("user_id", "department_id", "answer", "answer_note"):
                vals.pop(name, None)
        comments = super().create(vals_list)
        comments._check_open()
        return comments

    def write(self, vals):
        """Let authors change their words and those who draft answer them."""
        if {"user_id", "department_id", "regulation_id"} & vals.keys():
            raise UserError(self.env._("A comment stays with who wrote it."))
        self._check_open()
        if "text" in vals and any(c.user_id != self.env.user for c in self):
            raise AccessError(self.env._("Only the author changes a comment."))
        if {"answer", "answer_note"} & vals.keys():
            self._check_may_answer()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        if any(
            comment.answer or comment.regulation_id.state != "consulting"
            for comment in self
        ):
            raise UserError(self.env._("A comment that was answered stays."))

    def _check_open(self):
        if any(
            regulation.state != "consulting" for regulation in self.sudo().regulation_id
        ):
            raise UserError(
                self.env._("Comments are given while the rule is out for comments.")
            )

    def _check_may_answer(self):
        """Refuse answers by anybody but the drafter and the office.

        :raise AccessError: for others
        """
        if self.env.user.has_group("office_functions.group_office_clerk"):
            return
        if any(
            regulation.handler_id != self.env.user
            for regulation in self.sudo().regulation_id
        ):
            raise AccessError(self.env._("The drafter and the office answer comments."))
