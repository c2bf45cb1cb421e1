# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ..tools.indicator import Indicator


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        information, report = "office.information", "office.emergency.report"
        submitted = "_get_submitted_domain"
        return [
            *super()._get_indicators(),
            Indicator(
                "K06",
                label=self.env._("Share of Bad News"),
                function="advice",
                model=information,
                method="_measure_bad_news",
                person="handler_id",
                domain=submitted,
                better="",
            ),
            Indicator(
                "K07",
                label=self.env._("Share Found True"),
                function="advice",
                model=information,
                method="_measure_truth",
                person="handler_id",
                domain="_get_verified_domain",
            ),
            Indicator(
                "S1.35",
                label=self.env._("Adoption Rate of Information"),
                function="advice",
                model=information,
                method="_measure_adoption",
                person="handler_id",
                domain=submitted,
            ),
            Indicator(
                "S1.24",
                label=self.env._("Read Rate of What Was Sent"),
                function="advice",
                model=information,
                method="_measure_reading",
                domain="_get_sent_domain",
            ),
            Indicator(
                "S1.31",
                label=self.env._("Emergency Reports in Time"),
                function="advice",
                model=report,
                method="_measure_punctuality",
                domain="_get_due_domain",
            ),
            Indicator(
                "S2.2",
                label=self.env._("Shifts Handed Over"),
                function="coordination",
                model="office.duty.shift",
                method="_measure_handovers",
                domain="_get_ended_domain",
            ),
        ]
