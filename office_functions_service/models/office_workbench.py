# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_panels(self):
        return [*super()._get_panels(), self._get_service_panel()]

    @api.model
    def _get_service_panel(self):
        return {
            "key": "service",
            "title": self.env._("Service"),
            "icon": "fa-wrench",
            "figures": self._get_service_figures(),
        }

    @api.model
    def _get_service_figures(self):
        """Return the figures of the panel of the fourth function; each kind adds its own."""
        return self._make_figures(
            "office.service.correction",
            "office_functions_service.office_service_correction_action",
            [
                (
                    self.env._("Awaiting Correction"),
                    [("state", "=", "open")],
                    "warning",
                ),
                (
                    self.env._("To Be Re-Checked"),
                    [("state", "=", "reported")],
                    "warning",
                ),
            ],
        )
