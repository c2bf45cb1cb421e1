# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import SQL


class OfficeDutyItem(models.Model):
    """Duties know what touched them, and how many of them were touched (K20)."""

    _inherit = "office.duty.item"

    touch_ids = fields.One2many(
        "office.duty.touch",
        "duty_item_id",
        "Touched By",
        domain=[("date", "!=", False)],
        readonly=True,
        copy=False,
    )

    @api.model
    def _measure_coverage(self, date_from, date_to):
        """Return the rows of K20 覆盖率: duties touched in the period, all duties.

        Of those that had been entered by its last day, and were not archived in it.

        :param date date_from: first day
        :param date date_to: last day
        :return: ``(unit id, owner id, touched, all)``
        :rtype: list[tuple]
        """
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT item.lead_unit_id, item.owner_id, count(touched.duty_item_id),
                          count(*)
                     FROM office_duty_item item
                LEFT JOIN (SELECT DISTINCT duty_item_id FROM office_duty_touch
                            WHERE date <= %(date_to)s AND date <= %(today)s
                              AND COALESCE(date_end, %(today)s) >= %(date_from)s
                          ) touched
                          ON touched.duty_item_id = item.id
                    WHERE item.company_id = ANY(%(companies)s)
                      AND %(created)s::date <= %(date_to)s
                      AND (item.active OR %(archived)s::date > %(date_to)s)
                 GROUP BY 1, 2""",
                **self._get_span_sql(),
                date_from=date_from,
                date_to=date_to,
                today=fields.Date.context_today(self),
                companies=self.env.companies.ids,
            )
        )

    @api.model
    def _get_span_sql(self):
        """Return when a duty ``item`` was entered and, not active, archived.

        :return: ``created`` and ``archived``, local times
        :rtype: dict[str, SQL]
        """
        zone = self.env.user.tz or "Asia/Shanghai"
        return {
            name: SQL(
                "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)",
                SQL.identifier("item", column),
                zone,
            )
            for name, column in (("created", "create_date"), ("archived", "write_date"))
        }
