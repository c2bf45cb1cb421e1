# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from odoo.addons.office_functions.tools.indicator import Indicator


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        request, consultation = "office.school.request", "office.consultation"
        return [
            *super()._get_indicators(),
            Indicator(
                "K25",
                self.env._("School requests answered on time"),
                "service",
                request,
                "_measure_on_time",
                "_get_due_domain",
            ),
            Indicator(
                "K25-satisfaction",
                self.env._("Satisfaction with school requests"),
                "service",
                request,
                "_measure_satisfaction",
                "_get_rated_domain",
                unit="mean",
            ),
            Indicator(
                "K25-consultations",
                self.env._("Satisfaction with consultations"),
                "service",
                consultation,
                "_measure_satisfaction",
                "_get_rated_domain",
                unit="mean",
            ),
            Indicator(
                "K25-days",
                self.env._("Days to the answer to a consultation"),
                "service",
                consultation,
                "_measure_days",
                "_get_answered_domain",
                unit="mean",
                better="low",
            ),
            Indicator(
                "K25-reuse",
                self.env._("Questions answered by the library"),
                "service",
                "office.guidance.use",
                "_measure_reuse",
                "_get_used_domain",
            ),
        ]
