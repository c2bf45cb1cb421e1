# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What leaders ask of the tickets: rates by unit and month, and the ranking of units."""

from common import TICKET

from odoo import fields
from odoo.tools import SQL

RATE = "office.supervision.rate"
RATES = (
    "rate_implemented",
    "rate_on_time",
    "rate_on_time_original",
    "rate_first_pass",
    "rate_held",
)

FACTS = SQL(
    """SELECT lead_unit_id, date_deadline AS date, 1 AS due,
              (date_done IS NOT NULL)::int AS done, is_on_time::int AS on_time,
              is_on_time_original::int AS original, 0 AS checked, 0 AS passed,
              0 AS looked_back, 0 AS held
         FROM office_supervision_ticket
        WHERE clock_start IS NOT NULL AND state <> 'terminated'
              AND date_deadline < CURRENT_DATE
              AND (date_done IS NOT NULL OR open_deadline < CURRENT_DATE
                   OR open_deadline IS NULL AND is_paused IS NOT TRUE
                      AND date_reported > date_deadline)
    UNION ALL
       SELECT lead_unit_id, date_first_check, 0, 0, 0, 0, 1, (accurate = 'yes')::int,
              0, 0
         FROM office_supervision_ticket WHERE date_first_check IS NOT NULL
    UNION ALL
       SELECT lead_unit_id, look.date, 0, 0, 0, 0, 0, 0, 1, (result = 'pass')::int
         FROM office_supervision_verification look
         JOIN office_supervision_ticket ticket ON ticket.id = look.ticket_id
        WHERE look.kind = 'look_back' AND look.state = 'concluded'"""
)
SUMS = SQL(
    """sum(due) AS due, 100.0 * sum(done) / NULLIF(sum(due), 0) AS implemented,
       100.0 * sum(on_time) / NULLIF(sum(due), 0) AS on_time,
       100.0 * sum(original) / NULLIF(sum(due), 0) AS original,
       100.0 * sum(passed) / NULLIF(sum(checked), 0) AS first_pass,
       100.0 * sum(held) / NULLIF(sum(looked_back), 0) AS held"""
)


def rates():
    """Return ours and its twin: rates by unit and month, as the pivot asks for them."""

    def ours(env):
        aggregates = ["due:sum", *(f"{name}:avg" for name in RATES)]
        return lambda: env[RATE].formatted_read_group(
            [], ["lead_unit_id", "date:month"], aggregates
        )

    def twin(env):
        query = SQL(
            """SELECT lead_unit_id, date_trunc('month', date), %s FROM (%s) fact
             GROUP BY 1, 2 ORDER BY 1, 2""",
            SUMS,
            FACTS,
        )
        return lambda: env.execute_query(query)

    return ours, twin


def ranking():
    """Return ours and its twin: the ranking of a year, as a bulletin takes it."""

    def get_year(env):
        today = fields.Date.context_today(env["res.users"])
        return fields.Date.subtract(today, years=1), today

    def ours(env):
        return lambda: env[TICKET]._rank_units(*get_year(env))

    def twin(env):
        query = SQL(
            """SELECT *, rank() OVER (ORDER BY points DESC NULLS LAST) FROM (
                   SELECT unit.name->>'en_US', rated.*, (
                              SELECT avg(rate) FROM unnest(
                                  ARRAY[implemented, on_time, first_pass, held]) rate
                          ) AS points
                     FROM (SELECT lead_unit_id, %s FROM (%s) fact
                            WHERE date BETWEEN %s AND %s GROUP BY 1) rated
                     JOIN hr_department unit ON unit.id = lead_unit_id) pointed
             ORDER BY points DESC NULLS LAST""",
            SUMS,
            FACTS,
            *get_year(env),
        )
        return lambda: env.execute_query(query)

    return ours, twin
