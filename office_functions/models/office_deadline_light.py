# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# In the order in which lists sort them: what needs somebody comes first.
LIGHTS = ("red", "yellow", "green", "paused", "late", "done")


class OfficeDeadlineLight(models.AbstractModel):
    """The traffic light of a deadline: filtered, grouped and sorted in SQL.

    It is not stored and nothing recomputes it at night: it follows from four stored
    dates and today.
    """

    _inherit = "office.deadline.mixin"

    light = fields.Selection(
        [
            ("red", "Overdue"),
            ("yellow", "Due Soon"),
            ("green", "On Schedule"),
            ("paused", "Paused"),
            ("late", "Done Late"),
            ("done", "Done in Time"),
        ],
        compute="_compute_light",
        search="_search_light",
    )

    @api.depends("open_deadline", "date_warn", "date_done", "is_paused", "is_on_time")
    def _compute_light(self):
        today = fields.Date.context_today(self)
        for record in self:
            if record.date_done:
                record.light = "done" if record.is_on_time else "late"
            elif record.is_paused:
                record.light = "paused"
            elif not record.open_deadline:
                record.light = False
            elif record.open_deadline < today:
                record.light = "red"
            else:
                record.light = "yellow" if record.date_warn <= today else "green"

    def _search_light(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        ahead = Domain("open_deadline", ">=", today)
        running = Domain("date_done", "=", False) & Domain("is_paused", "=", False)
        domains = {
            "red": Domain("open_deadline", "<", today),
            "yellow": ahead & Domain("date_warn", "<=", today),
            "green": ahead & Domain("date_warn", ">", today),
            "paused": Domain("is_paused", "=", True) & Domain("date_done", "=", False),
            "late": Domain("date_done", "!=", False) & Domain("is_on_time", "=", False),
            "done": Domain("date_done", "!=", False) & Domain("is_on_time", "=", True),
            False: running & Domain("open_deadline", "=", False),
        }
        return Domain.OR(domains[light] for light in value if light in domains)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "light":
            return super()._field_to_sql(alias, field_expr, query)
        today = fields.Date.context_today(self)
        return SQL(
            """CASE WHEN %(done)s IS NOT NULL
                    THEN CASE WHEN %(on_time)s THEN 'done' ELSE 'late' END
                    WHEN %(paused)s THEN 'paused'
                    WHEN %(open)s < %(today)s THEN 'red'
                    WHEN %(open)s IS NULL THEN NULL
                    WHEN %(warn)s <= %(today)s THEN 'yellow'
                    ELSE 'green' END""",
            done=self._field_to_sql(alias, "date_done", query),
            on_time=self._field_to_sql(alias, "is_on_time", query),
            paused=self._field_to_sql(alias, "is_paused", query),
            open=self._field_to_sql(alias, "open_deadline", query),
            warn=self._field_to_sql(alias, "date_warn", query),
            today=today,
        )

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name != "light":
            return super()._order_field_to_sql(
                alias, field_name, direction, nulls, query
            )
        light = self._field_to_sql(alias, field_name, query)
        query._order_groupby.append(light)
        return SQL(
            "array_position(%s, %s) %s %s", list(LIGHTS), light, direction, nulls
        )
