# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficePetitionIdentity(models.Model):
    """Who petitions; one of several at a joint visit."""

    _name = "office.petition.identity"
    _inherit = ["office.identity.mixin"]
    _description = "Petitioner"
    _whole = "petition_id"

    petition_id = fields.Many2one(
        "office.petition", required=True, index=True, ondelete="cascade"
    )
