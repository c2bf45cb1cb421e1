# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResourceResource(models.Model):
    _inherit = "resource.resource"

    office_resource_kind = fields.Selection(
        [("room", "Room"), ("vehicle", "Vehicle")],
        "Taken For",
        index="btree_not_null",
        help="What the office books of it: a room for meetings, or a vehicle.",
    )
