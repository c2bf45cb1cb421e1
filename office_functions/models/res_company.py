# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    office_urging_cap = fields.Integer(
        "Urging Notices a Day",
        default=2,
        help="The most urging notices one matter gets in one day.",
    )
