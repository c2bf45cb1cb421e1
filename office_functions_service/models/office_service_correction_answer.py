# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeServiceCorrection(models.Model):
    _inherit = "office.service.correction"

    kind = fields.Selection(
        selection_add=[("answer", "Answers to Schools and Citizens")],
        ondelete={"answer": "set default"},
    )
