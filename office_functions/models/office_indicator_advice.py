# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ..tools.indicator import Indicator


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        def advice(code, label, method, domain, **unit):
            unit["person"] = "drafter_id"
            return Indicator(
                code, label, "advice", "office.advice", method, domain, **unit
            )

        return [
            *super()._get_indicators(),
            advice(
                "K01",
                self.env._("Adoption Rate"),
                "_measure_adoption",
                "_get_adoption_domain",
            ),
            advice(
                "K01W",
                self.env._("Adoption Rate, Weighted"),
                "_measure_adoption_weighted",
                "_get_adoption_domain",
            ),
            advice(
                "K02",
                self.env._("Share on Own Initiative"),
                "_measure_initiative",
                "_get_submitted_domain",
            ),
            advice(
                "K03",
                self.env._("Days Early on Average"),
                "_measure_days_early",
                "_get_dated_domain",
                unit="mean",
            ),
        ]
