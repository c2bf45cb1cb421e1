# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OfficeResearchVisit(models.Model):
    """A visit to the grassroots (调研走访): which school, who, what was found."""

    _name = "office.research.visit"
    _inherit = ["mail.thread"]
    _description = "Field Visit"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char("Purpose", required=True)
    date = fields.Date("Visited On", required=True, default=fields.Date.context_today)
    school_id = fields.Many2one(
        "hr.department",
        required=True,
        index=True,
        check_company=True,
        domain="[('unit_kind', '=', 'school')]",
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Visitors",
        default=lambda self: self.env.user,
    )
    research_id = fields.Many2one(
        "office.research", "Research Topic", index="btree_not_null", check_company=True
    )
    findings = fields.Text()
    photo_ids = fields.Many2many("ir.attachment", string="Photos")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    @api.constrains("user_ids", "school_id")
    def _check_visit(self):
        for visit in self:
            if not visit.user_ids:
                raise ValidationError(self.env._("Somebody has been there: name them."))
            if visit.school_id.sudo().unit_kind != "school":
                raise ValidationError(
                    self.env._(
                        "%(unit)s is no school. A field visit leads to the grassroots.",
                        unit=visit.school_id.name,
                    )
                )

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        if any(visit.date > today for visit in self):
            raise ValidationError(self.env._("A visit is recorded after it was made."))
