# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    repair_unit_id = fields.Many2one(
        "hr.department",
        "Unit That Repairs",
        help="Gets what is reported broken, unless another unit is named.",
    )
    repair_close_days = fields.Integer(
        "Repairs Closed After (days)",
        default=7,
        help="Days from the acceptance of a repair until it is closed, rated or not.",
    )
    repair_cost_limit_percent = fields.Integer(
        "Repair Cost Limit (%)",
        default=50,
        help="Share of the price from which replacement is proposed. 0: never.",
    )
    equipment_age_limit_years = fields.Integer(
        "Age Limit of Equipment (years)",
        default=6,
        help="Age from which replacement is proposed, where the category says nothing "
        "else. 0: never.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    repair_unit_id = fields.Many2one(
        related="company_id.repair_unit_id", readonly=False
    )
    repair_close_days = fields.Integer(
        related="company_id.repair_close_days", readonly=False
    )
    repair_cost_limit_percent = fields.Integer(
        related="company_id.repair_cost_limit_percent", readonly=False
    )
    equipment_age_limit_years = fields.Integer(
        related="company_id.equipment_age_limit_years", readonly=False
    )
