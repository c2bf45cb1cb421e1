# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date, format_time

from ..tools.counting import count_each


class OfficeDispatch(models.AbstractModel):
    """The dispatch board (总调度台, S2.1): the office's whole day on one page.

    Section by section what is overdue, due today and due this week; today's meetings;
    who is on duty; what lies too long on which desk. One read-only call.
    """

    _name = "office.dispatch"
    _description = "Dispatch Board"

    @api.model
    @api.readonly
    def get_board(self):
        """Return what the board shows the current user.

        :return: ``today``; ``columns``: ``{key, label, tone, domain}``; ``units``:
            ``{id, name, counts: {column: number}}``; ``meetings``; ``duty``; ``idle``:
            ``{model, label, number}``
        :rtype: dict
        """
        today = fields.Date.context_today(self)
        columns = self._get_columns(today)
        return {
            "today": format_date(self.env, today, date_format="full"),
            "columns": [
                {"key": key, "label": str(label), "tone": tone, "domain": list(domain)}
                for key, label, tone, domain in columns
            ],
            "units": self._get_units(columns),
            "meetings": self._get_meetings(),
            "duty": self._get_duty(),
            "idle": self._get_idle(),
        }

    @api.model
    def _get_columns(self, today):
        week = today + relativedelta(days=7)
        running = Domain("open_deadline", "!=", False)
        ahead = Domain("open_deadline", ">", today) & Domain(
            "open_deadline", "<=", week
        )
        return [
            (
                "overdue",
                self.env._("Overdue"),
                "danger",
                Domain("open_deadline", "<", today),
            ),
            (
                "today",
                self.env._("Due Today"),
                "warning",
                Domain("open_deadline", "=", today),
            ),
            ("week", self.env._("Due in Seven Days"), "", ahead),
            ("running", self.env._("Running"), "", running),
        ]

    @api.model
    def _get_units(self, columns):
        """Return the counts of each unit, the most pressed first."""
        Overview = self.env["office.matter.overview"]
        query, numbers = count_each(Overview, [column[-1] for column in columns])
        unit_sql = Overview._field_to_sql(query.table, "lead_unit_id", query)
        query.groupby = unit_sql
        keys = [key for key, *_rest in columns]
        counts = {
            unit_id: dict(zip(keys, row, strict=True))
            for unit_id, *row in self.env.execute_query(
                query.select(unit_sql, *numbers)
            )
        }
        names = self.env["hr.department"].sudo().browse(filter(None, counts))
        names = {unit.id: unit.name for unit in names}
        units = [
            {
                "id": unit_id or False,
                "name": names.get(unit_id) or self.env._("No unit yet"),
                "counts": row,
            }
            for unit_id, row in counts.items()
        ]
        return sorted(
            units,
            key=lambda unit: (
                [-number for number in unit["counts"].values()],
                unit["name"],
            ),
        )

    @api.model
    def _get_meetings(self):
        """Return today's meetings that the user may see."""
        events = self.env["calendar.event"].search_fetch(
            [("start", ">=", "today"), ("start", "<", "today +1d")],
            ["name", "start", "location", "allday"],
            order="start",
            limit=40,
        )
        return [
            {
                "id": event.id,
                "name": event.display_name,
                "time": self.env._("All day")
                if event.allday
                else format_time(self.env, event.start, time_format="short"),
                "place": event.location or "",
            }
            for event in events
        ]

    @api.model
    def _get_duty(self):
        """Return who is on duty now: ``{id, model, who, leader, until}`` for each."""
        Shift = self.env["office.duty.shift"]
        if not Shift.has_access("read"):
            return []
        return [
            {
                "id": shift.id,
                "model": shift._name,
                "who": shift.user_id.sudo().name,
                "leader": shift.leader_id.sudo().name,
                "until": format_time(self.env, shift.date_end, time_format="short"),
            }
            for shift in Shift.search([("state", "=", "on_duty")], limit=5)
        ]

    @api.model
    def _get_idle(self):
        """Return how many matters of each kind lie too long on a desk."""
        names = [
            name
            for name in self.env.registry.descendants(["office.step.mixin"], "_inherit")
            if not self.env[name]._abstract and self.env[name].has_access("read")
        ]
        numbers = dict(
            self.env.execute_query(
                SQL(" UNION ALL ").join(map(self._get_idle_query, names))
            )
            if names
            else ()
        )
        label = self.env["ir.model"]._get_office_label
        return [
            {"model": name, "label": label(name), "number": numbers[name]}
            for name in names
        ]

    @api.model
    def _get_idle_query(self, name, limit=1001):
        """Return the query that counts what idles of one kind of matter.

        :param str name: the kind
        :param int limit: up to which number it is counted
        :return: query of one row: ``name, number``
        :rtype: SQL
        """
        query = self.env[name]._search([("is_idle", "=", True)], limit=limit)
        query.order = None
        return SQL(
            "SELECT %s, (SELECT count(*) FROM (%s) AS idle)",
            name,
            query.select(SQL("1")),
        )
