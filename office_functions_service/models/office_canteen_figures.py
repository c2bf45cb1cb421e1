# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.indicator import Indicator


class OfficeCanteenCorrection(models.Model):
    _inherit = "office.service.correction"

    kind = fields.Selection(
        selection_add=[("canteen", "Canteen")], ondelete={"canteen": "set default"}
    )


class OfficeIndicatorCanteen(models.AbstractModel):
    """Indicators of the canteen (K22)."""

    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        return [
            *super()._get_indicators(),
            Indicator(
                "K22",
                self.env._("Satisfaction with the Canteen"),
                "service",
                "office.canteen.meal",
                "_measure_satisfaction",
                "_get_served_domain",
                "mean",
            ),
            Indicator(
                "K22C",
                self.env._("Canteen Days with All Checks"),
                "service",
                "office.canteen.check",
                "_measure_completeness",
                "_get_day_domain",
            ),
        ]


class OfficeWorkbenchCanteen(models.AbstractModel):
    """The canteen's figures of the day."""

    _inherit = "office.workbench"

    @api.model
    def _get_service_figures(self):
        today = fields.Date.to_string(fields.Date.context_today(self))
        return [
            *super()._get_service_figures(),
            *self._make_figures(
                "office.canteen.check",
                "office_functions_service.office_canteen_check_action",
                [
                    (
                        self.env._("Meal Checklists Open"),
                        [
                            ("date", "<=", today),
                            ("state", "not in", ("recorded", "called_off")),
                        ],
                        "warning",
                    )
                ],
            ),
            *self._make_figures(
                "office.canteen.sample",
                "office_functions_service.office_canteen_sample_action",
                [
                    (
                        self.env._("Samples to Dispose Of"),
                        [("state", "=", "disposable")],
                        "warning",
                    )
                ],
            ),
        ]
