# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class BenchRow(models.Model):
    _name = "bench.row"
    _description = "Row"

    name = fields.Char()
    text = fields.Text()
