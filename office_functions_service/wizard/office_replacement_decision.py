# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeReplacementDecision(models.TransientModel):
    _name = "office.replacement.decision"
    _description = "Decide on a Replacement"

    equipment_ids = fields.Many2many(
        "maintenance.equipment",
        string="Equipment to Decide On",
        required=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    note = fields.Text("Note of the Decision")

    def action_approve(self):
        """Approve the replacements.

        :raise UserError: with all the reasons against it
        """
        self.equipment_ids.decide_replacement(True, self.note or "")

    def action_decline(self):
        """Decline the replacements, with the reason.

        :raise UserError: with all the reasons against it
        """
        self.equipment_ids.decide_replacement(False, self.note or "")
