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
                            WHERE date BETWEEN %s AND %s) touched
                          ON touched.duty_item_id = item.id
                    WHERE item.active AND item.company_id = ANY(%s)
                 GROUP BY 1, 2""",
                date_from,
                date_to,
                self.env.companies.ids,
            )
        )
