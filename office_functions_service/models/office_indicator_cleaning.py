# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from odoo.addons.office_functions.tools.indicator import Indicator


class OfficeIndicatorCleaning(models.AbstractModel):
    """Indicators of cleaning and of the service desk (K24)."""

    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        return [
            *super()._get_indicators(),
            Indicator(
                "K24",
                self.env._("Inspections Passed at Once"),
                "service",
                "office.cleaning.inspection",
                "_measure_passed",
                "_get_inspected_domain",
            ),
            Indicator(
                "K24.1",
                self.env._("Hours until the Service Desk Accepts"),
                "service",
                "office.service.request",
                "_measure_response",
                "_get_accepted_domain",
                "mean",
                "low",
            ),
            Indicator(
                "K24.2",
                self.env._("Stars for the Service Desk"),
                "service",
                "office.service.request",
                "_measure_rating",
                "_get_done_domain",
                "mean",
            ),
        ]
