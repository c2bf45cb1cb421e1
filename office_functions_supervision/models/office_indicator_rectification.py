# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from odoo.addons.office_functions.tools.indicator import Indicator


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        return [
            *super()._get_indicators(),
            Indicator(
                "S3.15",
                self.env._("Rectifications done in time"),
                "supervision",
                "office.supervision.task",
                "_measure_rectifications",
                "_get_rectification_domain",
            ),
        ]
