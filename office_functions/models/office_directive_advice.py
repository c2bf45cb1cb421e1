# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeDirective(models.Model):
    """Staff advice works out what the leader has in mind (细化方案)."""

    _inherit = "office.directive"

    advice_ids = fields.One2many("office.advice", "directive_id", readonly=True)

    def _prepare_advice_vals(self):
        return super()._prepare_advice_vals() | {
            "kind": "plan",
            "initiative": "asked",
            "directive_id": self.id,
            "leader_id": self.leader_id.id,
        }
