# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeDelegationItem(models.Model):
    """What a delegate took over of an open matter, and when it was given back."""

    _name = "office.delegation.item"
    _inherit = ["office.annex.mixin"]
    _description = "Matter under a Delegation"
    _order = "id desc"

    delegation_id = fields.Many2one(
        "office.delegation", required=True, readonly=True, index=True
    )
    kind = fields.Selection(
        [
            ("taken", "Taken Over"),
            ("recused", "Not Taken Over: Recused"),
            ("part", "Not Taken Over: Had a Part in It"),
            ("restricted", "Not Taken Over: Restricted"),
            ("returned", "Given Back"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    access_id = fields.Many2one(
        "office.matter.access",
        readonly=True,
        help="The admission by name that lasts as long as the delegation.",
    )
