# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeSupervisionReopening(models.TransientModel):
    """Asks the leader who opens a ticket again what is to be put right, and by whom."""

    _name = "office.supervision.reopening"
    _description = "Reopening of a Ticket"

    ticket_id = fields.Many2one(
        "office.supervision.ticket",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    reason = fields.Text(required=True)
    rectification = fields.Text("To Be Put Right", required=True)
    unit_id = fields.Many2one("hr.department", "By Unit", required=True)
    user_id = fields.Many2one("res.users", "By Person", required=True)
    date = fields.Date("Put Right Until", required=True)

    def action_reopen(self):
        """Open the ticket again.

        :raise UserError: when it may not be done, with all the reasons
        :rtype: dict
        """
        self.ensure_one()
        self.ticket_id.reopen(
            self.reason,
            self.rectification,
            self.unit_id.id,
            self.user_id.id,
            self.date,
        )
        return {"type": "ir.actions.act_window_close"}
