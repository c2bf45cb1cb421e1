# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    office_cleaning_pass_mark = fields.Integer(
        related="company_id.office_cleaning_pass_mark", readonly=False
    )
