# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ..tools.indicator import Indicator


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        common = {
            "function": "coordination",
            "model": "office.matter.overview",
            "domain": "_get_due_domain",
        }
        return [
            *super()._get_indicators(),
            Indicator(
                code="on_time",
                label=self.env._("Done on Time"),
                method="_measure_on_time",
                **common,
            ),
            Indicator(
                code="on_time_original",
                label=self.env._("Done on Time by the Original Deadline"),
                method="_measure_on_time_original",
                **common,
            ),
        ]
