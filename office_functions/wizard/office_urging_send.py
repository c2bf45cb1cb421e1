# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeUrgingSend(models.TransientModel):
    _name = "office.urging.send"
    _description = "Send an Urging Notice"

    res_model = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    level = fields.Selection(
        [
            ("1", "Level 1: handler"),
            ("2", "Level 2: and head of the unit"),
            ("3", "Level 3: and who set the deadline"),
        ],
        required=True,
        default="1",
    )
    addressee_ids = fields.Many2many(
        "res.users", string="Will Be Sent To", compute="_compute_addressee_ids"
    )
    text = fields.Text("Urging Opinion", required=True)
    reply_days = fields.Integer("Reply Within (days)", required=True, default=2)
    problems = fields.Text("Why It Cannot Be Sent", compute="_compute_problems")

    def _get_matter(self):
        return self.env[self.res_model].browse(self.res_id)

    @api.depends("res_model", "res_id", "level")
    def _compute_addressee_ids(self):
        for wizard in self:
            matter = wizard._get_matter()
            matter.check_access("read")
            wizard.addressee_ids = matter._get_urging_addressees(wizard.level or "1")

    @api.depends("res_model", "res_id")
    def _compute_problems(self):
        for wizard in self:
            wizard.problems = "\n".join(wizard._get_matter()._explain_urging_refusal())

    def action_send(self):
        """Send the notice to the addressees shown.

        :raise UserError: with all the reasons, when it may not be sent
        """
        self.ensure_one()
        self._get_matter().urge(self.text, self.level, self.reply_days)
        return {"type": "ir.actions.act_window_close"}
