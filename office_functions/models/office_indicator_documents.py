# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain

from ..tools.indicator import Indicator


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        model = "office.document.incoming"
        return [
            *super()._get_indicators(),
            Indicator(
                "K05",
                label=self.env._("Documents Opened by the Leader in Time"),
                function="advice",
                model=model,
                method="_measure_opening",
                domain="_get_opened_domain",
            ),
            Indicator(
                "K05M",
                label=self.env._("Hours until a Leader Opened, Median"),
                function="advice",
                model=model,
                method="_measure_opening_hours",
                domain="_get_opening_hours_domain",
                unit="median",
                better="low",
            ),
            Indicator(
                "K09",
                label=self.env._("Document Backlog"),
                function="coordination",
                model=model,
                method="_measure_backlog",
                domain="_get_backlog_domain",
                unit="count",
                better="low",
            ),
        ]

    @api.model
    def _get_unit_domain(self, indicator, unit_id):
        """What idles counts for the unit of who holds it."""
        if indicator.code == "K09":
            return Domain("holder_id.employee_ids.department_id", "=", unit_id)
        return super()._get_unit_domain(indicator, unit_id)
