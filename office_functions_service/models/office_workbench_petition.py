# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

TO_DECIDE = [("state", "in", ("registered", "judged"))]
OVERDUE = [("light", "=", "red")]
GRAVE = [("is_grave", "=", True), ("date_done", "=", False)]


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_service_figures(self):
        return super()._get_service_figures() + self._make_figures(
            "office.petition",
            "office_functions_service.office_petition_action",
            [
                (self.env._("Petitions to Decide On"), TO_DECIDE, "warning"),
                (self.env._("Petitions Overdue"), OVERDUE, "danger"),
                (self.env._("Grave Petitions"), GRAVE, "danger"),
            ],
        )
