# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The supervision ledger (F2) of a hundred thousand rows, beside plain SQL.

The twin's query is written by hand and knows no rights; its file is the rows as they
come, by the same library, without words, colours, filters or print setup.
"""

import tempfile

import xlsxwriter
from common import client_env, measure_pairs

from odoo.tools import SQL

ROWS, ROUNDS, BATCH = 100_000, 3, 2000

UNITS = """
 LEFT JOIN LATERAL (
               SELECT string_agg(other.name->>'zh_CN', '、' ORDER BY other.id) AS names
                 FROM hr_department_office_supervision_{0}_rel link
                 JOIN hr_department other ON other.id = link.hr_department_id
                WHERE link.office_supervision_{0}_id = {0}.id
           ) {0}_units ON TRUE"""
PLAIN = f"""
    SELECT ticket.number, ticket.date_filed, ticket.source_type, ticket.name,
           ticket.basis_reference, ticket.date_closed, ticket.state, halt.note,
           meeting.meeting, meeting.date, directive.number, directive.date,
           leader_partner.name, task.name, task.item_number, task.kind,
           task.is_long_running, task.state, unit.name->>'zh_CN', handler_partner.name,
           COALESCE(task_units.names, ticket_units.names),
           COALESCE(task.date_deadline_original, ticket.date_deadline_original),
           COALESCE(task.date_deadline, ticket.date_deadline),
           COALESCE(task.extension_count, ticket.extension_count),
           COALESCE(task.date_done, ticket.date_done),
           COALESCE(task.is_on_time, ticket.is_on_time),
           COALESCE(task.open_deadline, ticket.open_deadline),
           COALESCE(task.date_warn, ticket.date_warn),
           COALESCE(ticket.urging_count, 0) + COALESCE(task.urging_count, 0),
           feedback.text, feedback.progress, feedback.state, feedback.date,
           feedback.problem, feedback.next_step, ticket.accurate, ticket.solid,
           verification.result
      FROM office_supervision_ticket ticket
 LEFT JOIN office_supervision_task task ON task.ticket_id = ticket.id
 LEFT JOIN hr_department unit
        ON unit.id = COALESCE(task.lead_unit_id, ticket.lead_unit_id)
 LEFT JOIN res_users handler ON handler.id = COALESCE(task.handler_id, ticket.handler_id)
 LEFT JOIN res_partner handler_partner ON handler_partner.id = handler.partner_id
 LEFT JOIN res_users leader ON leader.id = ticket.leader_id
 LEFT JOIN res_partner leader_partner ON leader_partner.id = leader.partner_id
 LEFT JOIN office_meeting_decision meeting ON meeting.id = ticket.decision_id
 LEFT JOIN office_directive directive ON directive.id = ticket.directive_id
 LEFT JOIN office_supervision_feedback feedback ON feedback.id = task.last_feedback_id
{UNITS.format("ticket")}
{UNITS.format("task")}
 LEFT JOIN LATERAL (
               SELECT result FROM office_supervision_verification
                WHERE ticket_id = ticket.id AND state = 'concluded'
             ORDER BY id DESC LIMIT 1
           ) verification ON TRUE
 LEFT JOIN LATERAL (
               SELECT note FROM office_transition
                WHERE res_model = 'office.supervision.ticket' AND res_id = ticket.id
                      AND state_to = ticket.state
             ORDER BY id DESC LIMIT 1
           ) halt ON ticket.state IN ('suspended', 'terminated')
     WHERE ticket.active AND ticket.id <= %(last)s
  ORDER BY ticket.date_filed NULLS LAST, ticket.id, task.sequence, task.id"""


def measure_ledger(registry):
    """Yield what the rows and the whole file take, and their twins.

    :rtype: Iterator[dict]
    """
    with client_env(registry, "director") as env:
        last, rows = find_last(env)
        domain = [("id", "<=", last)]
        ledger = env["office.supervision.ledger"]
        calls = {
            "F2, its rows": (
                lambda: drain(ledger._read_rows(domain)),
                lambda: drain(read_plain(env, last)),
            ),
            "F2, the whole file": (
                lambda: write(lambda file: ledger._write_xlsx(file, domain)),
                lambda: write(lambda file: write_plain(file, read_plain(env, last))),
            ),
        }
        for figures in measure_pairs(env, calls, ROUNDS):
            yield {**figures, "lines": rows}


def find_last(env):
    """Return the id of the ticket with which a ledger is as long as wished, and how
    many rows it has then."""
    env.cr.execute(
        """SELECT id, rows FROM (
                  SELECT ticket.id, sum(greatest(count(task.id), 1))
                             OVER (ORDER BY ticket.id) AS rows
                    FROM office_supervision_ticket ticket
               LEFT JOIN office_supervision_task task ON task.ticket_id = ticket.id
                GROUP BY ticket.id) counted
            WHERE rows <= %s ORDER BY rows DESC LIMIT 1""",
        [ROWS],
    )
    last, rows = env.cr.fetchone()
    return last, int(rows)


def read_plain(env, last):
    """Yield the rows of the query written by hand, in batches."""
    cr = env.cr
    cr.execute(f"DECLARE plain CURSOR FOR {PLAIN}", {"last": last})
    while True:
        cr.execute(SQL("FETCH %s FROM plain", BATCH))
        batch = cr.fetchall()
        if not batch:
            break
        yield from batch
    cr.execute("CLOSE plain")


def drain(rows):
    """Take all rows, and keep none."""
    for _row in rows:
        pass


def write(writer):
    """Let somebody write a file, and throw it away."""
    with tempfile.TemporaryFile() as file:
        writer(file)


def write_plain(file, rows):
    """Write rows as they come."""
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write_string(n, place, str(value))
