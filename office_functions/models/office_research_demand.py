# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeResearchDemand(models.Model):
    """What the region's development asks of education (区域发展要求): a tag."""

    _name = "office.research.demand"
    _description = "Regional Demand"
    _order = "sequence, name"

    sequence = fields.Integer(default=10, aggregator=None)
    name = fields.Char(required=True, translate=True)
    color = fields.Integer(aggregator=None)
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex("(name)", "There is such a demand already.")
