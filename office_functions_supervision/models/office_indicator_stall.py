# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from odoo.addons.office_functions.tools.indicator import Indicator


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        bottleneck = "office.supervision.bottleneck"
        return [
            *super()._get_indicators(),
            Indicator(
                "K19",
                self.env._("Bottlenecks removed"),
                "supervision",
                bottleneck,
                "_measure_removed",
                "_get_recognized_domain",
            ),
            Indicator(
                "K19-days",
                self.env._("Days to remove a bottleneck"),
                "supervision",
                bottleneck,
                "_measure_days",
                "_get_removed_domain",
                unit="mean",
                better="low",
            ),
            Indicator(
                "S3.17-talks",
                self.env._("Admonitory talks held"),
                "supervision",
                "office.supervision.talk",
                "_measure_held",
                "_get_held_domain",
                unit="count",
                better="low",
            ),
            Indicator(
                "S3.17-accountability",
                self.env._("Accountability proposals approved"),
                "supervision",
                "office.supervision.accountability",
                "_measure_approved",
                "_get_approved_domain",
                unit="count",
                better="low",
            ),
        ]
