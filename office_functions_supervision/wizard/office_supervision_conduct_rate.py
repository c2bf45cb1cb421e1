# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models

from ..models.office_supervision_conduct import RATINGS


class OfficeSupervisionConductRate(models.TransientModel):
    """Asks a supervised unit how its supervisor conducted themselves."""

    _name = "office.supervision.conduct.rate"
    _inherit = ["office.readable.mixin"]
    _description = "Rate the Supervisor's Conduct"
    _must_read = ("ticket_id",)

    ticket_id = fields.Many2one("office.supervision.ticket", required=True)
    rating = fields.Selection(
        [("0", "Not Rated"), *RATINGS], "Conduct", required=True, default="0"
    )
    comment = fields.Text(
        help="Read by leaders and directors, never by the supervisor."
    )

    def action_apply(self):
        """Give the rating.

        :return: closes the dialog
        :rtype: dict
        """
        self.ensure_one()
        self.ticket_id.rate_conduct(self.rating, self.comment or "")
        return {"type": "ir.actions.act_window_close"}
