# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_panels(self):
        return [*super()._get_panels(), self._get_supervision_panel()]

    @api.model
    def _get_supervision_panel(self):
        _ = self.env._
        ticket = "office_functions_supervision.office_supervision_ticket_action"
        return {
            "key": "supervision",
            "title": _("Supervision"),
            "icon": "fa-eye",
            "figures": self._make_light_figures(
                "office.supervision.ticket", ticket, _("Tickets Running")
            )
            + self._make_figures(
                "office.supervision.ticket",
                ticket,
                [
                    (_("To Be Filed"), [("state", "=", "proposed")], "warning"),
                    (
                        _("To Be Verified"),
                        [("state", "in", ("feedback", "verifying"))],
                        "warning",
                    ),
                    (_("To Be Struck Off"), [("state", "=", "completed")], "warning"),
                ],
            )
            + self._make_figures(
                "office.supervision.task",
                "office_functions_supervision.office_supervision_task_action_mine",
                [
                    (
                        _("My Open Tasks"),
                        [
                            ("handler_id", "=", self.env.uid),
                            ("state", "in", ("assigned", "accepted")),
                        ],
                        "",
                    )
                ],
            ),
        }
