# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import SUPERUSER_ID, api, models

from odoo.addons.office_functions.tools.indicator import Indicator
from odoo.addons.office_functions.tools.omission import Omission

PETITION = "office.petition"


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        return [
            *super()._get_indicators(),
            Indicator(
                "K27",
                self.env._("Petitioners told in time"),
                "service",
                PETITION,
                "_measure_timely_acceptance",
                "_get_decision_due_domain",
            ),
            Indicator(
                "K27-reply",
                self.env._("Petitions replied to in time"),
                "service",
                PETITION,
                "_measure_timely_reply",
                "_get_reply_due_domain",
            ),
            Indicator(
                "K27-satisfaction",
                self.env._("Satisfaction of petitioners"),
                "service",
                PETITION,
                "_measure_petitioners",
                "_get_petition_rated_domain",
                unit="mean",
            ),
            Indicator(
                "K27-repeated",
                self.env._("Share of repeated petitions"),
                "service",
                PETITION,
                "_measure_repeated",
                "_get_came_domain",
                better="low",
            ),
            Indicator(
                "K27-solved",
                self.env._("Petitions solved at first"),
                "service",
                PETITION,
                "_measure_solved_at_first",
                "_get_petition_rated_domain",
            ),
        ]

    @api.model
    def _measure(self, indicator, date_from, date_to):
        """Measure what many will read as the system, of petitions: for none of them.

        Whoever has a summary or the index measured is not its only reader.
        """
        if self.env.su and indicator.model == PETITION:
            zone = self.env.context.get("tz") or self.env.user.tz
            self = self.with_user(SUPERUSER_ID).with_context(tz=zone)
        return super()._measure(indicator, date_from, date_to)


class OfficeOmission(models.Model):
    _inherit = "office.omission"

    @api.model
    def _get_omissions(self):
        return [
            *super()._get_omissions(),
            Omission(
                "petition_simple_waiting",
                self.env._("Simple petition not accepted in time"),
                PETITION,
                "_get_simple_waiting_domain",
            ),
        ]
