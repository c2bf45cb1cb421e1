# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    office_direction = fields.Selection(
        [
            ("up", "Superior Body"),
            ("down", "Subordinate Body"),
            ("section", "Section"),
            ("peer", "Sister Body"),
        ],
        "Direction of Contact",
        index="btree_not_null",
        help="Where this contact stands in the office's links: up, down, left, right.",
    )
    office_matters = fields.Char(
        "Asked About",
        index="trigram",
        help="The matters this contact is asked about, by spaces.",
    )
