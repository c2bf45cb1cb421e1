# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_advice_panel(self):
        panel = super()._get_advice_panel()
        waiting = ("submitted", "screened", "verified", "edited", "presented")
        panel["figures"] += self._make_figures(
            "office.information",
            "office_functions.office_information_action",
            [
                (
                    self.env._("Information Today"),
                    [("date_submitted", "=", "today")],
                    "",
                ),
                (
                    self.env._("Information Under Way"),
                    [("state", "in", waiting)],
                    "",
                ),
            ],
        )
        return panel

    @api.model
    def _get_coordination_panel(self):
        panel = super()._get_coordination_panel()
        panel["figures"] += self._make_figures(
            "office.emergency",
            "office_functions.office_emergency_action",
            [
                (
                    self.env._("Emergencies Running"),
                    [("state", "!=", "closed")],
                    "warning",
                ),
                (
                    self.env._("Report Overdue"),
                    [("is_report_overdue", "=", True)],
                    "danger",
                ),
            ],
        )
        panel["figures"] += self._make_figures(
            "office.duty.shift",
            "office_functions.office_duty_shift_action",
            [
                (
                    self.env._("Handover Missing"),
                    [("is_handover_missing", "=", True)],
                    "danger",
                )
            ],
        )
        return panel
