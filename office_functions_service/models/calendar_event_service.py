# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .office_service_mixin_desk import KINDS, RECORD_COLUMNS


class CalendarEvent(models.Model):
    """What is in a leader's diary is service for the leaders (S4.2, S4.3)."""

    _inherit = "calendar.event"

    @api.model
    def _get_record_sql(self):
        """Return the diaries' part of the record of service, as kinds of service do.

        An item is service that is done once somebody attended it. What was called off
        is none, and what of the diary is hidden from the user (A11) is not counted.

        :rtype: SQL or None
        """
        query = self._search(
            Domain("office_leader_id", "!=", False)
            & Domain("office_outcome", "!=", "cancelled"),
            order="id",
        )
        if query.is_empty():
            return None
        query.order = None
        row_id = SQL.identifier(self._table, "id")
        leader = self._field_to_sql(self._table, "office_leader_id", query)
        given = {
            # The kinds of service are counted from the other end.
            "id": SQL("%s * %s + %s", row_id, KINDS, KINDS - 1),
            "res_model": SQL("%s", self._name),
            "res_id": row_id,
            "target": SQL("'leader'"),
            "date": self._field_to_sql(self._table, "create_date", query),
            "date_done": SQL(
                "CASE WHEN %s IN ('attended', 'delegated') THEN %s END",
                self._field_to_sql(self._table, "office_outcome", query),
                self._field_to_sql(self._table, "stop", query),
            ),
            "company_id": SQL(
                "(SELECT company_id FROM res_users WHERE id = %s)", leader
            ),
        }
        return query.select(
            *(
                SQL(
                    "(%s)::%s AS %s",
                    given.get(name, SQL("NULL")),
                    SQL(kind),
                    SQL.identifier(name),
                )
                for name, kind in RECORD_COLUMNS.items()
            )
        )
