# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_service_figures(self):
        if not self.env.user._get_kept_leader_ids():
            return super()._get_service_figures()
        kept = [("office_kept", "=", True)]
        Event = self.env["calendar.event"]
        waiting = [("is_ready", "=", False), ("event_start", ">=", "today")]
        today = "office_functions_service.office_agenda_today_action"
        return [
            *super()._get_service_figures(),
            *self._make_figures(
                "calendar.event",
                today,
                [
                    (
                        self.env._("Diary Items Today"),
                        [*kept, ("start", ">=", "today"), ("start", "<", "today +1d")],
                        "",
                    ),
                    (
                        self.env._("Diary Items Not Marked"),
                        [*kept, *Event._get_unmarked_domain()],
                        "danger",
                    ),
                ],
            ),
            *self._make_figures(
                "office.agenda.material",
                "office_functions_service.office_agenda_material_action",
                [(self.env._("Diary Papers Not Ready"), waiting, "warning")],
            ),
        ]
