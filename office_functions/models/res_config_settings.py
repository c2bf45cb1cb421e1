# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    office_urging_cap = fields.Integer(
        related="company_id.office_urging_cap", readonly=False
    )
    office_principal_leader_id = fields.Many2one(
        related="company_id.office_principal_leader_id", readonly=False
    )
