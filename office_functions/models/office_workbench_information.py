# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_advice_panel(self):
        panel = super()._get_advice_panel()
        waiting = ("submitted", "screened", "verified", "edited", "presented")
        today = [("date_submitted", "=", "today")]
        under_way = [("state", "in", waiting)]
        panel["figures"] += self._make_figures(
            "office.information",
            "office_functions.office_information_action",
            [
                (self.env._("Information Today"), today, ""),
                (self.env._("Information Under Way"), under_way, ""),
            ],
        )
        return panel

    @api.model
    def _get_coordination_panel(self):
        panel = super()._get_coordination_panel()
        running = [("state", "!=", "closed")]
        overdue = [("is_report_overdue", "=", True)]
        missing = [("is_handover_missing", "=", True)]
        panel["figures"] += self._make_figures(
            "office.emergency",
            "office_functions.office_emergency_action",
            [
                (self.env._("Emergencies Running"), running, "warning"),
                (self.env._("Report Overdue"), overdue, "danger"),
            ],
        )
        panel["figures"] += self._make_figures(
            "office.duty.shift",
            "office_functions.office_duty_shift_action",
            [(self.env._("Handover Missing"), missing, "danger")],
        )
        return panel
