# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import SQL


class OfficeSupervisionBottleneck(models.Model):
    """K19: how many of the bottlenecks recognized were removed, and in how many days."""

    _inherit = "office.supervision.bottleneck"

    @api.model
    def _measure_removed(self, date_from, date_to):
        """Return the rows of K19: removed of those recognized in the period."""
        return self._measure_sql(
            SQL("count(*) FILTER (WHERE state = 'closed'), count(*)"),
            SQL(
                "date_recognized BETWEEN %s AND %s AND state <> 'dismissed'",
                date_from,
                date_to,
            ),
        )

    @api.model
    def _measure_days(self, date_from, date_to):
        """Return the rows of the days from recognition to removal."""
        return self._measure_sql(
            SQL("sum(date_done - date_recognized), count(*)"),
            SQL("state = 'closed' AND date_done BETWEEN %s AND %s", date_from, date_to),
        )

    @api.model
    def _measure_sql(self, numbers, condition):
        """Return sums by owner unit and owner."""
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT lead_unit_id, handler_id, %s
                     FROM office_supervision_bottleneck
                    WHERE active AND company_id IN %s AND %s
                 GROUP BY 1, 2 ORDER BY 1, 2""",
                numbers,
                tuple(self.env.companies.ids),
                condition,
            )
        )
