# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from odoo.addons.office_functions.tools.indicator import Indicator


class OfficeIndicatorCoverage(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        return [
            *super()._get_indicators(),
            Indicator(
                "K20",
                self.env._("Coverage of Duties"),
                "supervision",
                "office.supervision.coverage",
                "_measure_coverage",
                "_get_blank_domain",
            ),
        ]
