# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeCleaningItem(models.Model):
    """What is looked at in an area, what is asked of it, and how much it counts."""

    _name = "office.cleaning.item"
    _description = "Cleaning Item"
    _order = "area_id, sequence, id"

    area_id = fields.Many2one(
        "office.cleaning.area",
        "Cleaning Area",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="area_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Item", required=True)
    standard = fields.Text("Cleaning Standard", help="What it is to look like.")
    weight = fields.Float(
        default=10, required=True, aggregator=None, help="How much it counts."
    )

    _weight_positive = models.Constraint(
        "CHECK(weight > 0)", "An item that counts for nothing is none."
    )
