# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

WAITING = [("state", "in", ("submitted", "forwarded"))]
RED = [("light", "=", "red")]


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_service_figures(self):
        addon = "office_functions_service"
        return (
            super()._get_service_figures()
            + self._make_figures(
                "office.school.request",
                f"{addon}.office_school_request_action",
                [
                    (self.env._("School Requests Waiting"), WAITING, "warning"),
                    (self.env._("School Requests Overdue"), RED, "danger"),
                ],
            )
            + self._make_figures(
                "office.consultation",
                f"{addon}.office_consultation_action",
                [
                    (self.env._("Consultations Waiting"), WAITING, "warning"),
                    (self.env._("Consultations Overdue"), RED, "danger"),
                ],
            )
        )
