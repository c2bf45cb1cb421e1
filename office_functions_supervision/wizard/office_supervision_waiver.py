# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeSupervisionWaiver(models.TransientModel):
    """Asks why directives need no supervision."""

    _name = "office.supervision.waiver"
    _description = "Needs No Supervision"

    directive_ids = fields.Many2many("office.directive", required=True)
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Put the reason on record.

        :raise UserError: when it may not be done, with all the reasons
        :rtype: dict
        """
        self.ensure_one()
        self.directive_ids.waive_supervision(self.reason)
        return {"type": "ir.actions.act_window_close"}
