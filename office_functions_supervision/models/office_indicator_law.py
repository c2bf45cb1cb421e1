# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from odoo.addons.office_functions.tools.indicator import Indicator


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        function = "supervision"
        ticket = "office.supervision.ticket"
        return [
            *super()._get_indicators(),
            Indicator(
                "S3.6",
                self.env._("Tickets with a legal or policy basis"),
                function,
                ticket,
                "_measure_basis",
                "_get_filed_domain",
            ),
            Indicator(
                "S3.7",
                self.env._("Findings corrected or transferred"),
                function,
                "office.supervision.finding",
                "_measure_settled",
                "_get_found_domain",
            ),
            Indicator(
                "S3.9",
                self.env._("Changes on supervised matters"),
                function,
                "office.supervision.change.ledger",
                "_measure_changes",
                "_get_changed_domain",
                unit="count",
                better="low",
            ),
            Indicator(
                "S3.10",
                self.env._("Tickets with a leader's authority"),
                function,
                ticket,
                "_measure_authority",
                "_get_filed_domain",
            ),
            Indicator(
                "S3.11-objections",
                self.env._("Objections upheld"),
                function,
                "office.supervision.objection",
                "_measure_upheld",
                "_get_decided_domain",
                better="",
            ),
            Indicator(
                "S3.11-conduct",
                self.env._("Conduct of supervisors"),
                function,
                "office.supervision.conduct",
                "_measure_conduct",
                "_get_rated_domain",
                unit="mean",
            ),
        ]
