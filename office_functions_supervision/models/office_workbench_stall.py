# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_supervision_panel(self):
        panel = super()._get_supervision_panel()
        views = "office_functions_supervision"
        panel["figures"] += self._make_figures(
            "office.supervision.bottleneck",
            f"{views}.office_supervision_bottleneck_action",
            [
                (
                    self.env._("Bottlenecks to Recognize"),
                    [("state", "=", "proposed")],
                    "warning",
                ),
                (
                    self.env._("Bottlenecks Being Removed"),
                    [("state", "in", ("confirmed", "handling", "reported"))],
                    "",
                ),
            ],
        )
        panel["figures"] += self._make_figures(
            "office.supervision.talk",
            f"{views}.office_supervision_talk_action",
            [
                (
                    self.env._("Talks to Approve"),
                    [("state", "=", "asked")],
                    "warning",
                )
            ],
        )
        panel["figures"] += self._make_figures(
            "office.supervision.accountability",
            f"{views}.office_supervision_accountability_action",
            [
                (
                    self.env._("Accountability Proposals to Decide"),
                    [("state", "=", "proposed")],
                    "warning",
                )
            ],
        )
        return panel
