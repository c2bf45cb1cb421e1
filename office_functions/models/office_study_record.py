# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OfficeStudyRecord(models.Model):
    """A policy somebody has studied (学习记录), and what they took from it."""

    _name = "office.study.record"
    _description = "Study Record"
    _order = "date desc, id desc"
    _rec_name = "regulation_id"

    regulation_id = fields.Many2one(
        "office.regulation", "Policy Studied", required=True, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Studied By",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        index=True,
        default=lambda self: self.env.user.employee_id.department_id,
    )
    date = fields.Date("Studied On", required=True, default=fields.Date.context_today)
    note = fields.Text("What I Take From It", required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _once = models.UniqueIndex(
        "(regulation_id, user_id)", "You have a study record for this policy already."
    )

    @api.constrains("note")
    def _check_note(self):
        if any(not (record.note or "").strip() for record in self):
            raise ValidationError(
                self.env._("Please write down what you take from this policy.")
            )
