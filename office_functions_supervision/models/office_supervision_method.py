# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeSupervisionMethod(models.Model):
    """A way in which facts are inspected (政府督查工作条例 第12条)."""

    _name = "office.supervision.method"
    _description = "Inspection Method"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    is_on_site = fields.Boolean(
        "At the Unit",
        help="Counts as a visit, of which a unit has to bear only so many a month.",
    )
    active = fields.Boolean(default=True)
