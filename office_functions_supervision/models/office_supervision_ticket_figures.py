# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

COUNTS = (
    "due",
    "done",
    "on_time",
    "on_time_original",
    "checked",
    "first_pass",
    "looked_back",
    "held",
)
"""What is counted of a unit; each rate is made of two of them."""

RATES = {
    "rate_implemented": ("done", "due"),
    "rate_on_time": ("on_time", "due"),
    "rate_on_time_original": ("on_time_original", "due"),
    "rate_first_pass": ("first_pass", "checked"),
    "rate_held": ("held", "looked_back"),
}
"""Rate → numerator and denominator (K15, K16 by both deadlines, K17, K18)."""


class OfficeSupervisionTicket(models.Model):
    """What units are measured by: K15 to K18, and the ranking made of them.

    A ticket is due in the period of its present deadline: pauses and extensions that
    were granted move it. It is not due while it is suspended, nor while a report that
    came in time waits to be verified; nobody is blamed for the time of others. A ticket
    that was terminated is of no account. Archived ones count: no figure gets better by
    putting a ticket away.
    """

    _inherit = "office.supervision.ticket"

    @api.model
    def _get_due_domain(self, date_from, date_to):
        """Return the tickets that were due in a period: done, or late.

        :param date date_from: first day
        :param date date_to: last day
        :rtype: Domain
        """
        return (
            Domain("active", "in", (True, False))
            & Domain("date_deadline", ">=", date_from)
            & Domain("date_deadline", "<=", date_to)
            & Domain("clock_start", "!=", False)
            & Domain("state", "!=", "terminated")
            & (Domain("date_done", "!=", False) | Domain("fast", "=", "no"))
        )

    @api.model
    def _get_checked_domain(self, date_from, date_to):
        """Return the tickets that were verified for the first time in a period.

        :rtype: Domain
        """
        return (
            Domain("active", "in", (True, False))
            & Domain("date_first_check", ">=", date_from)
            & Domain("date_first_check", "<=", date_to)
        )

    @api.model
    def _get_looked_back_domain(self, date_from, date_to):
        """Return the tickets that somebody looked back at in a period.

        :rtype: Domain
        """
        looked_back = (
            Domain("kind", "=", "look_back")
            & Domain("state", "=", "concluded")
            & Domain("date", ">=", date_from)
            & Domain("date", "<=", date_to)
        )
        return Domain("active", "in", (True, False)) & Domain(
            "verification_ids", "any", looked_back
        )

    @api.model
    def _get_counts_sql(self, date_from, date_to, keys, company=None):
        """Return the query of the counts of a period.

        :param tuple keys: columns of the ticket to count by
        :param res.company company: only its tickets; ``None``: of all companies
        :return: a query of the keys and :data:`COUNTS`
        :rtype: SQL
        """
        self.env.flush_all()
        own = Domain("company_id", "=", company.id) if company else Domain.TRUE
        tickets = self.sudo().with_context(active_test=False)
        due = tickets._search(self._get_due_domain(date_from, date_to) & own)
        checked = tickets._search(self._get_checked_domain(date_from, date_to) & own)
        columns = SQL(", ").join(SQL.identifier(self._table, key) for key in keys)
        names = SQL(", ").join(SQL.identifier(key) for key in keys)
        places = SQL(", ").join(SQL("%s", SQL(str(n + 1))) for n in range(len(keys)))
        return SQL(
            """
            SELECT %(names)s, sum(due)::int AS due, sum(done)::int AS done,
                   sum(on_time)::int AS on_time,
                   sum(on_time_original)::int AS on_time_original,
                   sum(checked)::int AS checked, sum(first_pass)::int AS first_pass,
                   sum(looked_back)::int AS looked_back, sum(held)::int AS held
              FROM (
                (%(due)s)
             UNION ALL
                (%(checked)s)
             UNION ALL
                SELECT %(columns)s, 0, 0, 0, 0, 0, 0,
                       count(*), count(*) FILTER (WHERE look.result = 'pass')
                  FROM office_supervision_verification look
                  JOIN office_supervision_ticket
                    ON office_supervision_ticket.id = look.ticket_id
                 WHERE look.kind = 'look_back' AND look.state = 'concluded'
                       AND look.date BETWEEN %(begin)s AND %(end)s
                       AND (%(company)s::int IS NULL
                            OR office_supervision_ticket.company_id = %(company)s)
              GROUP BY %(columns)s
              ) part
          GROUP BY %(places)s""",
            names=names,
            columns=columns,
            places=places,
            company=company.id if company else None,
            begin=date_from,
            end=date_to,
            due=self._group_sql(
                due,
                columns,
                SQL(
                    """count(*) AS due,
                       count(*) FILTER (WHERE date_done IS NOT NULL) AS done,
                       count(*) FILTER (WHERE is_on_time) AS on_time,
                       count(*) FILTER (WHERE is_on_time_original)
                           AS on_time_original,
                       0 AS checked, 0 AS first_pass, 0 AS looked_back, 0 AS held"""
                ),
            ),
            checked=self._group_sql(
                checked,
                columns,
                SQL(
                    """0, 0, 0, 0, count(*),
                       count(*) FILTER (WHERE accurate = 'yes'), 0, 0"""
                ),
            ),
        )

    def _group_sql(self, query, columns, counts):
        """Return a query of counts by some columns, from one of tickets."""
        query.groupby = columns
        query.order = None
        return query.select(columns, counts)

    @api.model
    def _rank_units(self, date_from, date_to, company=None):
        """Rank the units that had tickets due, or verified, in a period.

        The points are the mean of those of K15 (carried out), K16 (on time), K17 (first
        verification passed) and K18 (held) that could be measured. Equal points share a
        place; a unit of which nothing was due has none.

        Internal: it knows all tickets, whoever asks. Callers check who may see it.

        :param date date_from: first day
        :param date date_to: last day
        :param res.company company: whose tickets; the current one by default
        :return: a dict for each unit with ``unit_id``, ``name``, the counts
            (``due, done, on_time, on_time_original, checked, first_pass, looked_back,
            held``), ``rate_implemented``, ``rate_on_time``, ``rate_on_time_original``,
            ``rate_first_pass``, ``rate_held`` (percent, or ``None`` where nothing was
            there to measure), ``points`` and ``rank`` (or ``None``), best first
        :rtype: list[dict]
        """
        counts = self._get_counts_sql(
            date_from, date_to, ("lead_unit_id",), company or self.env.company
        )
        rates = SQL(", ").join(
            SQL(
                "100.0 * %s / NULLIF(%s, 0) AS %s",
                SQL.identifier(numerator),
                SQL.identifier(denominator),
                SQL.identifier(name),
            )
            for name, (numerator, denominator) in RATES.items()
        )
        rows = self.env.execute_query_dict(
            SQL(
                """
                WITH figure AS (SELECT *, %(rates)s FROM (%(counts)s) counted
                                 WHERE lead_unit_id IS NOT NULL),
                     pointed AS (
                         SELECT figure.*,
                                CASE WHEN due > 0 THEN (
                                    SELECT round(avg(rate), 2)
                                      FROM unnest(ARRAY[
                                          rate_implemented, rate_on_time,
                                          rate_first_pass, rate_held]) rate
                                ) END AS points
                           FROM figure)
                SELECT *, CASE WHEN points IS NOT NULL
                               THEN rank() OVER (ORDER BY points DESC NULLS LAST)
                          END AS rank
                  FROM pointed
              ORDER BY points DESC NULLS LAST, due DESC, lead_unit_id""",
                rates=rates,
                counts=counts,
            )
        )
        units = self.env["hr.department"].sudo()
        units = units.browse(row["lead_unit_id"] for row in rows)
        names = {unit.id: unit.name for unit in units}
        return [self._show_rank(row, names) for row in rows]

    @api.model
    def _show_rank(self, row, names):
        """Return a row of the ranking query as :meth:`_rank_units` does."""
        unit_id = row["lead_unit_id"]
        rounded = {
            name: None if row[name] is None else round(float(row[name]), 1)
            for name in (*RATES, "points")
        }
        return {
            "unit_id": unit_id,
            "name": names[unit_id],
            **{name: row[name] for name in COUNTS},
            **rounded,
            "rank": row["rank"],
        }

    # Indicators -----------------------------------------------------------------------

    @api.model
    def _measure_rate(self, date_from, date_to, rate):
        """Return the rows of one rate, by unit and person.

        :param str rate: a key of :data:`RATES`
        :rtype: list[tuple]
        """
        keys = ("lead_unit_id", "handler_id")
        numerator, denominator = RATES[rate]
        rows = self.env.execute_query_dict(
            self._get_counts_sql(date_from, date_to, keys)
        )
        return [
            (*(row[key] for key in keys), row[numerator], row[denominator])
            for row in rows
            if row[denominator]
        ]

    @api.model
    def _measure_implemented(self, date_from, date_to):
        return self._measure_rate(date_from, date_to, "rate_implemented")

    @api.model
    def _measure_on_time(self, date_from, date_to):
        return self._measure_rate(date_from, date_to, "rate_on_time")

    @api.model
    def _measure_on_time_original(self, date_from, date_to):
        return self._measure_rate(date_from, date_to, "rate_on_time_original")

    @api.model
    def _measure_first_pass(self, date_from, date_to):
        return self._measure_rate(date_from, date_to, "rate_first_pass")

    @api.model
    def _measure_held(self, date_from, date_to):
        return self._measure_rate(date_from, date_to, "rate_held")
