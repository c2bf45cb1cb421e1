# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The change ledger of a hundred thousand lines, beside the plain SQL that does the same."""

from common import client_env, measure_pairs

from odoo.tools import SQL

LINES = 100_000
ROUNDS = 5

MADE = (
    """INSERT INTO office_deadline_event
              (res_model, res_id, kind, date, deadline_before, deadline_after, reason,
               user_id, company_id)
       SELECT 'office.supervision.ticket', ticket.id,
              CASE WHEN n %% 10 = 0 THEN 'pause' ELSE 'extend' END,
              CURRENT_DATE - n %% 700, CURRENT_DATE - n %% 700,
              CURRENT_DATE - n %% 700 + 1 + n %% 30, 'The data came late',
              ticket.supervisor_id, ticket.company_id
         FROM generate_series(1, %(lines)s * 6 / 10) n
         JOIN (SELECT *, row_number() OVER () AS nth FROM office_supervision_ticket
               LIMIT 5000) ticket ON ticket.nth = 1 + n %% %(tickets)s""",
    """INSERT INTO office_supervision_extension
              (ticket_id, company_id, date_to, reason, asker_id, state)
       SELECT res_id, company_id, deadline_after, reason, user_id, 'approved'
         FROM office_deadline_event
        WHERE reason = 'The data came late' AND kind = 'extend' AND id %% 2 = 0""",
    """INSERT INTO office_supervision_change
              (res_model, res_id, ticket_id, kind, date, value_from, value_to, user_id)
       SELECT 'office.supervision.ticket', ticket.id, ticket.id, 'supervisor',
              CURRENT_DATE - n %% 700, 'One', 'Another', ticket.supervisor_id
         FROM generate_series(1, %(lines)s * 4 / 10) n
         JOIN (SELECT *, row_number() OVER () AS nth FROM office_supervision_ticket
               LIMIT 5000) ticket ON ticket.nth = 1 + n %% %(tickets)s""",
)

PLAIN = """
    SELECT %(columns)s
      FROM (SELECT event.date, event.kind, event.res_id AS ticket_id, event.reason,
                   COALESCE(extension.asker_id, event.user_id) AS asker_id,
                   event.user_id AS approver_id,
                   event.deadline_before::text AS value_from,
                   event.deadline_after::text AS value_to,
                   event.deadline_after - event.deadline_before AS days
              FROM office_deadline_event event
         LEFT JOIN (SELECT DISTINCT ON (ticket_id, date_to) *
                      FROM office_supervision_extension
                     WHERE state = 'approved' AND task_id IS NULL
                  ORDER BY ticket_id, date_to, id DESC) extension
                ON extension.ticket_id = event.res_id
               AND extension.date_to = event.deadline_after AND event.kind = 'extend'
             WHERE event.res_model = 'office.supervision.ticket'
               AND event.kind <> 'start'
         UNION ALL
            SELECT date, kind, ticket_id, reason, user_id, user_id, value_from,
                   value_to, NULL
              FROM office_supervision_change) line
      JOIN office_supervision_ticket ticket ON ticket.id = line.ticket_id
     WHERE line.date >= CURRENT_DATE - 365 AND NOT COALESCE(ticket.is_restricted, FALSE)
    """
BY_BOTH = "line.approver_id, ticket.lead_unit_id, sum(line.days), count(*)"
LIST = "line.*, ticket.lead_unit_id, ticket.supervisor_id"


def measure_changes(registry):
    """Yield what the ledger's screens take, and their twins in plain SQL.

    :rtype: Iterator[dict]
    """
    with client_env(registry, "director") as env:
        env.cr.execute("SELECT least(count(*), 5000) FROM office_supervision_ticket")
        [tickets] = env.cr.fetchone()
        for statement in MADE:
            env.cr.execute(statement, {"lines": LINES, "tickets": tickets})
        for table in ("office_deadline_event", "office_supervision_change"):
            env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
        env.cr.execute("ANALYZE office_supervision_extension")
        ledger = env["office.supervision.change.ledger"]
        names = [name for name, field in ledger._fields.items() if field.store]
        year = [("date", ">=", "-365d")]
        calls = {
            "relaxed by approver × unit": (
                lambda: ledger._read_group(
                    year, ["approver_id", "lead_unit_id"], ["days:sum", "__count"]
                ),
                plain(env, BY_BOTH, "GROUP BY 1, 2"),
            ),
            "list of 80": (
                lambda: ledger.search_fetch(year, names, limit=80),
                plain(env, LIST, "ORDER BY line.date DESC LIMIT 80"),
            ),
        }
        for figures in measure_pairs(env, calls, ROUNDS):
            yield {**figures, "lines": LINES}


def plain(env, columns, end):
    """Return the call that asks plain SQL for the lines of a year."""
    query = PLAIN.replace("%(columns)s", columns) + end

    def call():
        env.cr.execute(query)
        return env.cr.fetchall()

    return call
