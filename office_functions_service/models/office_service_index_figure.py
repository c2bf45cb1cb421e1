# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeServiceIndexFigure(models.Model):
    """What one indicator came to in a month, and what it counted for."""

    _name = "office.service.index.figure"
    _inherit = ["office.service.index.line"]
    _description = "Figure of a Month's Index"

    part = fields.Char(readonly=True)
    value = fields.Float(readonly=True, aggregator="avg")
    value_text = fields.Char("Figure", readonly=True)
    basis = fields.Char("Made Of", readonly=True)
    points = fields.Float("Score", readonly=True, digits=(16, 1), aggregator="avg")
    is_counted = fields.Boolean("Counts", readonly=True)

    def action_open_records(self):
        """Open the records behind a figure, as far as the user may read them.

        :rtype: dict
        """
        self.ensure_one()
        last = fields.Date.end_of(self.month, "month")
        return self.env["office.indicator"].open_records(self.code, self.month, last)
