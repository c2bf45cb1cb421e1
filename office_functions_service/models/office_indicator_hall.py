# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.office_functions.tools.indicator import Indicator

PUBLIC = Domain("service_target", "=", "public")


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        consultation = "office.consultation"
        return [
            *super()._get_indicators(),
            Indicator(
                "K26",
                self.env._("Citizens' questions answered on time"),
                "service",
                consultation,
                "_measure_public_on_time",
                "_get_public_due_domain",
            ),
            Indicator(
                "K26-days",
                self.env._("Days to the answer to a citizen"),
                "service",
                consultation,
                "_measure_public_days",
                "_get_public_answered_domain",
                unit="mean",
                better="low",
            ),
            Indicator(
                "K26-served",
                self.env._("Hot questions answered without asking"),
                "service",
                "office.guidance.use",
                "_measure_self_served",
                "_get_self_served_domain",
            ),
        ]


class OfficeConsultation(models.Model):
    _inherit = "office.consultation"

    @api.model
    def _get_public_due_domain(self, date_from, date_to):
        return self._get_due_domain(date_from, date_to) & PUBLIC

    @api.model
    def _measure_public_on_time(self, date_from, date_to):
        """Return citizens answered in time ÷ to be answered in a period (K26)."""
        return self._measure_on_time_of(self._get_public_due_domain(date_from, date_to))

    @api.model
    def _get_public_answered_domain(self, date_from, date_to):
        return self._get_answered_domain(date_from, date_to) & PUBLIC

    @api.model
    def _measure_public_days(self, date_from, date_to):
        """Return days used and number of answers to citizens in a period (K26)."""
        return self._measure_days_of(
            self._get_public_answered_domain(date_from, date_to)
        )
