# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeDutyRota(models.Model):
    """The turn in which leaders and staff keep watch; shifts are planned from it."""

    _name = "office.duty.rota"
    _description = "Duty Rota"
    _order = "sequence, id"
    _rec_name = "user_id"

    sequence = fields.Integer(default=10)
    leader_id = fields.Many2one("res.users", "Leader in Charge", required=True)
    user_id = fields.Many2one("res.users", "Person on Duty", required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
