# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain

from .office_supervision_ticket import OPEN_STATES

OPEN = Domain("state", "in", OPEN_STATES)


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_panels(self):
        return [*super()._get_panels(), self._get_supervision_panel()]

    @api.model
    def _get_supervision_panel(self):
        ticket = "office_functions_supervision.office_supervision_ticket_action"
        return {
            "key": "supervision",
            "title": self.env._("Supervision"),
            "icon": "fa-eye",
            "figures": self._make_light_figures(
                "office.supervision.ticket",
                ticket,
                self.env._("Tickets Running"),
                within=OPEN,
            )
            + self._make_figures(
                "office.supervision.ticket",
                ticket,
                [
                    (
                        self.env._("To Be Filed"),
                        [("state", "=", "proposed")],
                        "warning",
                    ),
                    (
                        self.env._("To Be Verified"),
                        [("state", "in", ("feedback", "verifying"))],
                        "warning",
                    ),
                    (
                        self.env._("To Be Struck Off"),
                        [("state", "=", "completed")],
                        "warning",
                    ),
                ],
                within=OPEN,
            )
            + self._make_figures(
                "office.supervision.task",
                "office_functions_supervision.office_supervision_task_action_mine",
                [
                    (
                        self.env._("My Open Tasks"),
                        [
                            ("handler_id", "=", self.env.uid),
                            ("state", "in", ("assigned", "accepted")),
                        ],
                        "",
                    )
                ],
            ),
        }
