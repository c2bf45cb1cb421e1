# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeRepairRating(models.TransientModel):
    _name = "office.repair.rating"
    _description = "Rate a Repair"

    request_id = fields.Many2one("maintenance.request", required=True)
    score = fields.Selection(
        [
            ("0", "Not Rated"),
            ("1", "Very Dissatisfied"),
            ("2", "Dissatisfied"),
            ("3", "Fair"),
            ("4", "Satisfied"),
            ("5", "Very Satisfied"),
        ],
        "Satisfaction",
        default="0",
    )
    comment = fields.Text()

    def action_apply(self):
        """Rate the repair as filled in.

        :raise UserError: with all the reasons against it
        """
        self.ensure_one()
        self.request_id.rate(int(self.score or 0), self.comment or "")


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
