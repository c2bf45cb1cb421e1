# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from odoo.addons.office_functions.tools.indicator import Indicator


class OfficeIndicator(models.AbstractModel):
    """K15 to K18: carried out, on time, right at once, and still holding."""

    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        common = {"function": "supervision", "model": "office.supervision.ticket"}
        return [
            *super()._get_indicators(),
            Indicator(
                "K15",
                label=self.env._("Implementation Rate"),
                method="_measure_implemented",
                domain="_get_due_domain",
                **common,
            ),
            Indicator(
                "K16",
                label=self.env._("On-time Rate of Tickets"),
                method="_measure_on_time",
                domain="_get_due_domain",
                **common,
            ),
            Indicator(
                "K16-original",
                label=self.env._("On-time Rate of Tickets by the Original Deadline"),
                method="_measure_on_time_original",
                domain="_get_due_domain",
                better="",
                **common,
            ),
            Indicator(
                "K17",
                label=self.env._("First-pass Rate of Verifications"),
                method="_measure_first_pass",
                domain="_get_checked_domain",
                **common,
            ),
            Indicator(
                "K18",
                label=self.env._("Holding Rate at the Look-back"),
                method="_measure_held",
                domain="_get_looked_back_domain",
                **common,
            ),
        ]
