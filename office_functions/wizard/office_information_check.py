# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeInformationCheck(models.TransientModel):
    _name = "office.information.check"
    _description = "Check a Quoted Figure"

    figure_id = fields.Many2one("office.information.figure", required=True)
    value = fields.Float("Figure Reported", related="figure_id.value")
    unit = fields.Char(related="figure_id.unit")
    actual = fields.Float("Found by the Check", required=True)

    def action_check(self):
        """Compare the figure with what was found.

        :raise UserError: for whoever may not check it
        """
        self.ensure_one()
        self.figure_id.check_figure(self.actual)
        return {"type": "ir.actions.act_window_close"}
