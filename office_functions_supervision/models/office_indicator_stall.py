# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain

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
                "S3.17-urgings",
                self.env._("Urging notices on supervised matters"),
                "supervision",
                "office.urging",
                "_measure_pressed",
                "_get_pressed_domain",
                unit="count",
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
                "S3.17-bulletins",
                self.env._("Criticism in bulletins"),
                "supervision",
                "office.supervision.bulletin",
                "_measure_criticised",
                "_get_criticised_domain",
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

    @api.model
    def _get_unit_domain(self, indicator, unit_id):
        """A bulletin counts for the units it criticises, not for who drafted it."""
        if indicator.code == "S3.17-bulletins":
            criticism = Domain("verdict", "=", "criticism")
            criticism &= Domain("department_id", "=", unit_id)
            return Domain("line_ids", "any", criticism)
        return super()._get_unit_domain(indicator, unit_id)
