# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeSecrecyReaderMake(models.TransientModel):
    """Let a person know of a secret paper, with or without a copy."""

    _name = "office.secrecy.reader.make"
    _description = "Let Somebody Know"

    res_model = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    user_id = fields.Many2one("res.users", "Person", domain=[("share", "=", False)])
    outsider = fields.Char(
        "Person from Outside",
        help="Name and organization of somebody who has no account here.",
    )
    reason = fields.Char(required=True)
    copy_number = fields.Char(help="Number of the copy handed out.")

    def action_apply(self):
        """Put the person down.

        :raise UserError: with all the reasons, when it may not be done
        """
        self.ensure_one()
        self.env[self.res_model].browse(self.res_id).let_know(
            self.user_id, self.reason, self.copy_number, self.outsider
        )
        return {"type": "ir.actions.act_window_close"}
