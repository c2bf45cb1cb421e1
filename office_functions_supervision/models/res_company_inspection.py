# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    office_visit_cap = fields.Integer(
        "Visits a Month",
        default=1,
        help="The most on-site inspections of one unit in a month (政府督查工作条例 "
        "第15条). Zero: no cap.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    office_visit_cap = fields.Integer(
        related="company_id.office_visit_cap", readonly=False
    )
