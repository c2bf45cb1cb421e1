# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeAssessment(models.Model):
    _inherit = "office.assessment"

    @api.model
    def _get_points(self, date_from, date_to):
        """Take a point off for each ticket that was not carried out (减分·零落实)."""
        zero = self.env["office.supervision.ticket"].sudo()
        return [
            *super()._get_points(date_from, date_to),
            *(
                (unit_id, -number, self.env._("Not Carried Out"))
                for unit_id, number in zero._count_zero(date_from, date_to).items()
            ),
        ]
