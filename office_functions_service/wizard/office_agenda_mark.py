# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeAgendaMark(models.TransientModel):
    """Asks who stands in for a leader, or why an item of the diary is dropped."""

    _name = "office.agenda.mark"
    _description = "Mark a Diary Item"

    event_id = fields.Many2one("calendar.event", "Diary Item", required=True)
    kind = fields.Selection(
        [("delegate", "Delegate It"), ("call_off", "Call It Off")],
        "What Becomes of It",
        required=True,
        default="delegate",
    )
    user_id = fields.Many2one(
        "res.users", "Attends Instead", domain=[("share", "=", False)]
    )
    note = fields.Char("What They Are to Know")

    def action_apply(self):
        """Mark the item.

        :raise UserError: with all that stands against it
        """
        self.ensure_one()
        if self.kind == "delegate":
            self.event_id.delegate_to(self.user_id, self.note or "")
        else:
            self.event_id.call_off(self.note or "")
        return {"type": "ir.actions.act_window_close"}
