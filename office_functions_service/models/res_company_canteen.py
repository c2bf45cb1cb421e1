# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompanyCanteen(models.Model):
    _inherit = "res.company"

    office_sample_grams = fields.Integer(
        "Food Sample (g)",
        default=125,
        required=True,
        help="The least weight of the sample of a dish (留样). 餐饮服务食品安全操作规范 "
        "2018: 125 g; some places demand 200 g.",
    )
    office_chief_diners = fields.Integer(
        "Chief Food Safety Officer from (Diners)",
        default=1001,
        required=True,
        help="From so many diners on a canteen names one. 市场监管总局令第60号: more "
        "than 1000.",
    )
    office_chief_diners_school = fields.Integer(
        "Chief Food Safety Officer from (School Diners)",
        default=500,
        required=True,
        help="From so many diners on the canteen of a school names one. "
        "市场监管总局令第60号: 500.",
    )

    _office_sample_grams_positive = models.Constraint(
        "CHECK(office_sample_grams > 0)", "A food sample weighs something."
    )


class ResConfigSettingsCanteen(models.TransientModel):
    _inherit = "res.config.settings"

    office_sample_grams = fields.Integer(
        related="company_id.office_sample_grams", readonly=False
    )
    office_chief_diners = fields.Integer(
        related="company_id.office_chief_diners", readonly=False
    )
    office_chief_diners_school = fields.Integer(
        related="company_id.office_chief_diners_school", readonly=False
    )
