# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ..tools.indicator import Indicator


class OfficeIndicatorRules(models.AbstractModel):
    """Indicators of duties, rules, plans, meetings and delegated decisions."""

    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        return [
            *super()._get_indicators(),
            Indicator(
                "K13",
                self.env._("Clashes"),
                "coordination",
                "calendar.event",
                "_measure_clashes",
                "_get_clashing_domain",
                "count",
                "low",
                person="user_id",
            ),
            Indicator(
                "K14",
                self.env._("Duties with a Valid Rule"),
                "coordination",
                "office.duty.item",
                "_measure_rules",
                "_get_without_rule_domain",
                standing=True,
            ),
            Indicator(
                "S2.4",
                self.env._("Progress of Key Work"),
                "coordination",
                "office.plan.line",
                "_measure_key_works",
                "_get_key_domain",
                "mean",
            ),
            Indicator(
                "S2.19",
                self.env._("Settled without the Leader"),
                "coordination",
                "office.transition",
                "_measure_settled",
                "_get_settled_domain",
            ),
            Indicator(
                "S2.20",
                self.env._("Rules Revised"),
                "coordination",
                "office.regulation",
                "_measure_revised",
                "_get_revised_domain",
                "count",
            ),
            Indicator(
                "S2.21",
                self.env._("Duties without One Owner"),
                "coordination",
                "office.duty.item",
                "_measure_flagged",
                "_get_flagged_domain",
                "count",
                "low",
            ),
            Indicator(
                "S2.24",
                self.env._("Planned Work Done"),
                "coordination",
                "office.plan.line",
                "_measure_done",
                "_get_planned_domain",
            ),
            Indicator(
                "S2.26",
                self.env._("Omissions"),
                "coordination",
                "office.omission",
                "_measure_found",
                "_get_found_domain",
                "count",
                "low",
            ),
        ]
