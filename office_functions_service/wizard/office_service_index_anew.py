# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeServiceIndexAnew(models.TransientModel):
    """Asks why a month is measured again."""

    _name = "office.service.index.anew"
    _description = "Measure a Month Anew"

    index_id = fields.Many2one(
        "office.service.index",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    reason = fields.Char(required=True)

    def measure(self):
        """Measure the month again and show the new version.

        :rtype: dict
        """
        self.ensure_one()
        new = self.index_id.action_measure_anew(self.reason)
        return {
            "type": "ir.actions.act_window",
            "res_model": new._name,
            "res_id": new.id,
            "views": [(False, "form")],
            "target": "current",
        }
