# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.office_functions.tools.counting import count_each

RUNNING_TICKETS = (
    "assigned",
    "accepted",
    "handling",
    "feedback",
    "verifying",
    "completed",
    "suspended",
)
IN_HAND = Domain("state", "in", ("draft", "assigned", "accepted", "returned"))
VERIFIED = Domain("state", "=", "verified")


class OfficeSupervisionMatrix(models.AbstractModel):
    """The decomposition matrix 分解矩阵 (S3.14): unit × person × state of their tasks.

    Of one ticket, or of all that run. Everybody sees the tasks they may read: leaders,
    director and supervisors all of them, heads those of their units.
    """

    _name = "office.supervision.matrix"
    _description = "Decomposition Matrix"

    @api.model
    @api.readonly
    def get_matrix(self, ticket_id=False):
        """Return how far every unit and every person has come.

        :param int ticket_id: a ticket; ``False``: all tickets that run
        :return: ``ticket`` (its name, or ``""``), ``domain`` of all tasks counted,
            ``columns``: ``{key, label, tone, domain}``, ``total`` and ``units``, these
            with ``persons``: ``{id, name, counts: {column: number}, number, rate,
            progress}``; ``rate`` is the percentage verified, ``progress`` the mean of
            what was reported
        :rtype: dict
        :raise AccessError: for who may not read the ticket, or no tasks at all
        """
        scope, name = self._get_scope(ticket_id)
        columns = self._get_columns()
        rows = self._count(scope, columns)
        return {
            "ticket": name,
            "domain": list(scope),
            "columns": [
                {"key": key, "label": str(label), "tone": tone, "domain": list(domain)}
                for key, label, tone, domain in columns
            ],
            "total": self._sum_up(rows, columns),
            "units": self._get_units(rows, columns),
        }

    @api.model
    def _get_scope(self, ticket_id):
        """Return the domain of the tasks that count, and the name of the ticket."""
        living = Domain("state", "!=", "cancelled")
        if not ticket_id:
            return living & Domain("ticket_id.state", "in", RUNNING_TICKETS), ""
        if not isinstance(ticket_id, int):
            raise UserError(self.env._("There is no such ticket."))
        ticket = self.env["office.supervision.ticket"].browse(ticket_id).exists()
        if not ticket:
            raise UserError(self.env._("There is no such ticket."))
        ticket.check_access("read")
        return living & Domain("ticket_id", "=", ticket.id), ticket.display_name

    @api.model
    def _get_columns(self):
        """Return the states a task may be in, each task in one of them."""
        light = {name: Domain("light", "=", name) for name in ("red", "yellow", "late")}
        calm = IN_HAND & ~light["red"] & ~light["yellow"]
        return [
            ("overdue", self.env._("Overdue"), "danger", IN_HAND & light["red"]),
            ("soon", self.env._("Due Soon"), "warning", IN_HAND & light["yellow"]),
            ("running", self.env._("In Hand"), "info", calm),
            (
                "reported",
                self.env._("To Be Verified"),
                "primary",
                Domain("state", "=", "reported"),
            ),
            (
                "late",
                self.env._("Done Late"),
                "secondary",
                VERIFIED & light["late"],
            ),
            (
                "done",
                self.env._("Done in Time"),
                "success",
                VERIFIED & ~light["late"],
            ),
        ]

    @api.model
    def _count(self, scope, columns):
        """Return the rows of the matrix: ``(unit, person, counts …, progress)``."""
        Task = self.env["office.supervision.task"]
        query, numbers = count_each(Task, [scope & column[-1] for column in columns])
        feedback = query.left_join(
            query.table,
            "last_feedback_id",
            "office_supervision_feedback",
            "id",
            "last_feedback_id",
        )
        keys = [
            Task._field_to_sql(query.table, name, query)
            for name in ("lead_unit_id", "handler_id", "state")
        ]
        query.groupby = SQL(", ").join(keys[:2])
        progress = SQL(
            "sum(CASE WHEN %s = 'verified' THEN 100 ELSE COALESCE(%s, 0) END)",
            keys[2],
            SQL.identifier(feedback, "progress"),
        )
        self.env["office.supervision.feedback"].flush_model(["progress"])
        return self.env.execute_query(query.select(*keys[:2], *numbers, progress))

    @api.model
    def _sum_up(self, rows, columns):
        """Return the figures of some rows together."""
        sums = [
            sum(numbers) for numbers in zip(*(row[2:] for row in rows), strict=True)
        ]
        *counts, progress = sums or [0] * (len(columns) + 1)
        counts = {
            column[0]: number for column, number in zip(columns, counts, strict=True)
        }
        number = sum(counts.values())
        verified = counts["late"] + counts["done"]
        return {
            "counts": counts,
            "number": number,
            "rate": round(100 * verified / number) if number else 0,
            "progress": round(progress / number) if number else 0,
        }

    @api.model
    def _get_units(self, rows, columns):
        """Return the units and their persons, the most pressed first."""
        units = self.env["hr.department"].sudo()
        units = units.browse({row[0] for row in rows if row[0]})
        users = self.env["res.users"].sudo()
        users = users.browse({row[1] for row in rows if row[1]})
        unit_names = {unit.id: unit.name for unit in units}
        user_names = {user.id: user.name for user in users}
        of_unit = {}
        for row in rows:
            of_unit.setdefault(row[0], []).append(row)
        result = [
            {
                "id": unit_id or False,
                "name": unit_names.get(unit_id) or self.env._("No unit yet"),
                **self._sum_up(unit_rows, columns),
                "persons": self._sort(
                    {
                        "id": row[1] or False,
                        "name": user_names.get(row[1]) or self.env._("Nobody yet"),
                        **self._sum_up([row], columns),
                    }
                    for row in unit_rows
                ),
            }
            for unit_id, unit_rows in of_unit.items()
        ]
        return self._sort(result)

    @api.model
    def _sort(self, lines):
        return sorted(
            lines,
            key=lambda line: (
                -line["counts"]["overdue"],
                -line["counts"]["soon"],
                line["rate"],
                line["name"],
            ),
        )
