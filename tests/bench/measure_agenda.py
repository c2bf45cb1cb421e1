# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Measure leaders' diaries: the clash check among all events beside Odoo's own look at
busy attendees, and reminders beside plain alarms of Odoo.

    measure_agenda.py BENCH DATABASE ROWS RESULTS ROUNDS [NAMES]

As many events as there are rows are put into the database at first; a twentieth of
them, as many plain and as many of a diary, is reminded of.
"""

import sys

from common import open_registry
from measure import Case, run

from odoo import SUPERUSER_ID, api, fields
from odoo.fields import Command
from odoo.tests import new_test_user

LEADER, SECRETARY = "agenda_leader", "agenda_clerk"
MARK = "Bench event"
REMINDED = 20


def main(bench, database, rows, results, rounds, names=""):
    registry = open_registry(bench, database)
    with registry.cursor() as cr:
        load(api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True}), rows)
    with registry.cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE calendar_event, calendar_attendee")
    wanted = set(filter(None, names.split(",")))
    for name, cases in SUITE.items():
        if not wanted or name.split(" ")[0] in wanted:
            run(registry, results, rows, name, cases(rows), rounds)


def load(env, rows):
    """Write events by SQL, spread over four years around today, once."""
    if env["res.users"].search_count([("login", "=", LEADER)]):
        return
    leader = new_test_user(env, LEADER, "office_functions.group_office_leader")
    new_test_user(env, SECRETARY, "office_functions.group_office_clerk")
    env["office.agenda"]._get_diaries(leader)
    env.flush_all()
    env.cr.execute(
        """WITH event AS (
               INSERT INTO calendar_event
                      (name, start, stop, active, show_as, allday, office_leader_id,
                       office_outcome, user_id, date_office_set)
               SELECT %(mark)s || ' ' || n, moment, moment + INTERVAL '1 hour', TRUE,
                      'busy', FALSE, CASE WHEN n %% 2 = 0 THEN %(leader)s END,
                      'open', %(leader)s, moment - INTERVAL '9 days'
                 FROM generate_series(1, %(rows)s) AS n
           CROSS JOIN LATERAL (
                      SELECT date_trunc('hour', now() AT TIME ZONE 'UTC')
                             + (n %% 35040 - 17520) * INTERVAL '1 hour' AS moment) span
            RETURNING id),
           seat AS (
               INSERT INTO calendar_attendee (event_id, partner_id, state)
               SELECT id, %(partner)s, 'accepted' FROM event RETURNING event_id)
           INSERT INTO calendar_event_res_partner_rel (calendar_event_id, res_partner_id)
           SELECT event_id, %(partner)s FROM seat""",
        {
            "mark": MARK,
            "rows": rows,
            "leader": leader.id,
            "partner": leader.partner_id.id,
        },
    )


# Clashes ------------------------------------------------------------------------------


def clash(_rows):
    """Type one event: what it takes twice, and who is busy as Odoo sees it."""

    def draft(env):
        leader = env["res.users"].sudo().search([("login", "=", LEADER)])
        now = fields.Datetime.now().replace(minute=30, second=0, microsecond=0)
        return env["calendar.event"].new(
            {
                "name": "Reception",
                "start": now,
                "stop": fields.Datetime.add(now, hours=1),
                "partner_ids": [Command.set(leader.partner_id.ids)],
            }
        )

    return [
        Case(who, SECRETARY, lambda env, name=name: lambda: draft(env)[name])
        for who, name in (
            ("clash alert", "clash_alert"),
            ("Odoo's busy attendees", "unavailable_partner_ids"),
        )
    ]


# Reminders ----------------------------------------------------------------------------


def reminders(rows):
    """Remind of many events at once: of a diary, and plain ones of Odoo."""
    amount = max(1, rows // REMINDED)

    def prepare(of_diary):
        def set_up(env):
            env = env(su=True)
            operator = "!=" if of_diary else "="
            events = env["calendar.event"].search(
                [("name", "like", MARK), ("office_leader_id", operator, False)],
                limit=amount,
                order="id",
            )
            leader = env["res.users"].search([("login", "=", LEADER)])
            secretary = env["res.users"].search([("login", "=", SECRETARY)])
            env["office.agenda"]._get_diaries(leader).secretary_ids = secretary
            alarm = env.ref("office_functions_service.calendar_alarm_email_minutes")
            env.cr.execute(
                """UPDATE calendar_event
                      SET start = now() AT TIME ZONE 'UTC' + INTERVAL '25 minutes',
                          stop = now() AT TIME ZONE 'UTC' + INTERVAL '2 hours'
                    WHERE id = ANY(%s)""",
                [events.ids],
            )
            env.cr.execute(
                """INSERT INTO calendar_alarm_calendar_event_rel
                          (calendar_event_id, calendar_alarm_id)
                   SELECT unnest(%s), %s ON CONFLICT DO NOTHING""",
                [events.ids, alarm.id],
            )
            last = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
            manager = env["calendar.alarm_manager"].with_context(lastcall=last)
            work = manager._send_reminder
            return lambda: work()

        return set_up

    return [
        Case(who, SECRETARY, prepare(of_diary), amount)
        for who, of_diary in (("of a diary", True), ("plain", False))
    ]


SUITE = {"clash": clash, "reminders": reminders}

if __name__ == "__main__":
    path, db, number_of_rows, file, turns, *only = sys.argv[1:]
    main(path, db, int(number_of_rows), file, int(turns), *only)
