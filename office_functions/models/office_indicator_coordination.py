# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ..tools.indicator import Indicator


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        function = "coordination"
        return [
            *super()._get_indicators(),
            Indicator(
                "K08",
                self.env._("Leaders' assignments overdue"),
                function,
                "office.directive",
                "_measure_overdue",
                "_get_overdue_domain",
                unit="count",
                better="low",
            ),
            Indicator(
                "K10",
                self.env._("Errors"),
                function,
                "office.error",
                "_measure_found",
                "_get_found_domain",
                unit="count",
                better="low",
                person="handler_id",
            ),
            Indicator(
                "K11",
                self.env._("Errors that hurt the image"),
                function,
                "office.error",
                "_measure_image",
                "_get_image_domain",
                unit="count",
                better="low",
                person="handler_id",
            ),
            Indicator(
                "K12",
                self.env._("Sections without contact"),
                function,
                "hr.department",
                "_measure_silent",
                "_get_silent_domain",
                unit="count",
                better="low",
            ),
            Indicator(
                "K13-returns",
                self.env._("Groundless returns"),
                function,
                "office.transition",
                "_measure_groundless",
                "_get_groundless_domain",
                unit="count",
                better="low",
                person="user_id",
            ),
            Indicator(
                "S2.7",
                self.env._("Coordination settled"),
                function,
                "office.coordination",
                "_measure_resolved",
                "_get_raised_domain",
            ),
            Indicator(
                "S2.8",
                self.env._("Satisfaction of the parties"),
                function,
                "office.coordination",
                "_measure_satisfaction",
                "_get_rated_domain",
                unit="mean",
            ),
            Indicator(
                "S2.11",
                self.env._("Days to the reply to a help request"),
                function,
                "office.help.request",
                "_measure_reply_days",
                "_get_replied_domain",
                unit="mean",
                better="low",
            ),
            Indicator(
                "S2.13",
                self.env._("Quick coordination"),
                function,
                "office.coordination",
                "_measure_quick",
                "_get_quick_domain",
                unit="count",
                better="",
            ),
        ]
