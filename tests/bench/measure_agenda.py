# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Measure leaders' diaries: the clash check among all events beside Odoo's own look at
busy attendees and plain SQL, and reminders beside plain alarms of Odoo.

    measure_agenda.py BENCH DATABASE ROWS RESULTS ROUNDS

ROWS events are put into the database at first, half of them of diaries. A twentieth of
ROWS is reminded of in one run of Odoo's job: as many of diaries, and as many plain.
"""

import sys

from common import open_registry
from measure import Case, run
from screens import get_views, specification

from odoo import SUPERUSER_ID, api, fields
from odoo.fields import Command
from odoo.tools import SQL

DIRECTOR = "agenda_director"
LEADERS, ROOMS, VEHICLES, SCHOOLS = 20, 20, 8, 100
"""As many members of staff as leaders have the plain events."""
MARK = "Bench event"
REMINDED = 20
NOW = SQL("now()")


def main(bench, database, rows, results, rounds):
    registry = open_registry(bench, database)
    with registry.cursor() as cr:
        load(api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True}), rows)
    with registry.cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE calendar_event, calendar_attendee")
    for name, cases in SUITE.items():
        run(registry, results, rows, name, cases(rows), rounds)


def load(env, rows):
    """Write events by SQL over four years, two of them ahead, once.

    Each takes one person for half an hour to an hour and a half of a working day, every
    second one a room, every tenth a vehicle, every tenth a school.
    """
    if env["res.users"].search_count([("login", "=", DIRECTOR)]):
        return
    make_users(env, [DIRECTOR], "director")
    leaders, secretaries, staff = (
        make_users(env, [f"agenda_{name}_{nth}" for nth in range(LEADERS)], group)
        for name, group in (
            ("leader", "leader"),
            ("secretary", "clerk"),
            ("staff", "staff"),
        )
    )
    for leader, secretary in zip(leaders, secretaries, strict=True):
        diary = env["office.agenda"]._get_diaries(leader)
        diary.secretary_ids = secretary
    rooms, vehicles = (
        env["resource.resource"].create(
            [
                {
                    "name": f"{kind} {index}",
                    "resource_type": "material",
                    "office_resource_kind": kind,
                }
                for index in range(number)
            ]
        )
        for kind, number in (("room", ROOMS), ("vehicle", VEHICLES))
    )
    schools = env["hr.department"].create(
        [{"name": f"School {i}", "unit_kind": "school"} for i in range(SCHOOLS)]
    )
    env.flush_all()
    env.cr.execute("SELECT setseed(0.5)")
    env.cr.execute(
        """CREATE TEMPORARY TABLE drawn ON COMMIT DROP AS
           SELECT n, nextval('calendar_event_id_seq') AS id,
                  date_trunc('day', now() AT TIME ZONE 'UTC')
                  + floor(random() * 1460 - 730) * INTERVAL '1 day'
                  + floor(random() * 18) * INTERVAL '30 minutes' AS start,
                  floor(random() * 3 + 1) * INTERVAL '30 minutes' AS length,
                  floor(random() * %(people)s + 1)::int AS who,
                  floor(random() * %(rooms)s + 1)::int AS room,
                  floor(random() * %(vehicles)s + 1)::int AS vehicle,
                  floor(random() * %(schools)s + 1)::int AS school
             FROM generate_series(1, %(rows)s) AS n""",
        {
            "rows": rows,
            "people": LEADERS,
            "rooms": ROOMS * 2,
            "vehicles": VEHICLES * 10,
            "schools": SCHOOLS * 10,
        },
    )
    users = [person.id for pair in zip(leaders, staff, strict=True) for person in pair]
    env.cr.execute(
        """INSERT INTO calendar_event
                  (id, name, start, stop, active, show_as, allday, office_leader_id,
                   office_moment, office_outcome, user_id, office_room_id,
                   date_office_set)
           SELECT id, %(mark)s || ' ' || n, start, start + length, TRUE, 'busy', FALSE,
                  CASE WHEN n %% 2 = 0 THEN (%(users)s)[2 * who - 1] END,
                  CASE WHEN n %% 2 = 0 THEN start END,
                  'open', (%(users)s)[2 * who - 1 + n %% 2], (%(rooms)s)[room],
                  start - INTERVAL '9 days'
             FROM drawn""",
        {"mark": MARK, "users": users, "rooms": rooms.ids},
    )
    env.cr.execute(
        """INSERT INTO calendar_attendee (event_id, partner_id, state)
           SELECT event.id, person.partner_id, 'accepted'
             FROM drawn
             JOIN calendar_event event USING (id)
             JOIN res_users person ON person.id = event.user_id"""
    )
    env.cr.execute(
        """INSERT INTO calendar_event_res_partner_rel
                  (calendar_event_id, res_partner_id)
           SELECT event_id, partner_id
             FROM calendar_attendee JOIN drawn ON drawn.id = event_id"""
    )
    for table, column, thing, ids in (
        ("calendar_event_office_vehicle_rel", "resource_id", "vehicle", vehicles.ids),
        ("calendar_event_office_school_rel", "department_id", "school", schools.ids),
    ):
        env.execute_query(
            SQL(
                """INSERT INTO %(table)s (event_id, %(column)s)
                   SELECT id, (%(ids)s)[%(thing)s] FROM drawn
                    WHERE %(thing)s <= cardinality(%(ids)s) RETURNING 1""",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                thing=SQL.identifier(thing),
                ids=ids,
            )
        )


def make_users(env, logins, group):
    """Create users without a password, who cannot sign in."""
    groups = env.ref(f"office_functions.group_office_{group}")
    return env["res.users"].create(
        [
            {
                "name": login,
                "login": login,
                "email": f"{login}@example.com",
                "group_ids": [Command.link(groups.id)],
            }
            for login in logins
        ]
    )


# Clashes ------------------------------------------------------------------------------


def clash(_rows):
    """Type one event, list all clashes ahead, count those of a quarter."""
    return [
        Case(who, DIRECTOR, prepare)
        for who, prepare in (
            ("clash alert", lambda env: type_event(env, "clash_alert")),
            (
                "Odoo's busy attendees",
                lambda env: type_event(env, "unavailable_partner_ids"),
            ),
            ("clash alert SQL", ask_typed),
            ("all ahead", list_ahead),
            ("all ahead SQL", lambda env: ask_taken(env, NOW, SQL("'infinity'"))),
            ("a quarter", count_quarter),
            (
                "a quarter SQL",
                lambda env: ask_taken(env, SQL("now() - INTERVAL '90 days'"), NOW),
            ),
        )
    ]


def draft(env):
    """Return an event at the time of another, with its leader, room, car and school."""
    now = fields.Datetime.now()
    other = (
        env["calendar.event"]
        .sudo()
        .search(
            [
                ("office_leader_id", "!=", False),
                ("office_room_id", "!=", False),
                ("office_vehicle_ids", "!=", False),
                ("office_school_ids", "!=", False),
                ("start", ">", now),
            ],
            order="start",
            limit=1,
        )
    )
    return env["calendar.event"].new(
        {
            "name": "Reception",
            "start": other.start,
            "stop": other.stop,
            "partner_ids": [Command.set(other.partner_ids.ids)],
            "office_room_id": other.office_room_id.id,
            "office_vehicle_ids": [Command.set(other.office_vehicle_ids.ids)],
            "office_school_ids": [Command.set(other.office_school_ids.ids)],
        }
    )


def type_event(env, name):
    event = draft(env)
    return lambda: event[name]


def ask_typed(env):
    """Ask the same by hand: what overlaps and takes one of the same."""
    event = draft(env)
    query = SQL(
        """SELECT event.id, event.name, event.start FROM calendar_event event
            WHERE event.active AND event.start < %(stop)s AND event.stop > %(start)s
              AND (event.office_room_id = %(room)s
                   OR EXISTS (SELECT FROM calendar_attendee seat
                               WHERE seat.event_id = event.id
                                 AND seat.partner_id = %(partner)s)
                   OR EXISTS (SELECT FROM calendar_event_office_vehicle_rel rel
                               WHERE rel.event_id = event.id
                                 AND rel.resource_id = %(car)s))
               OR event.active AND event.start::date = %(start)s::date
              AND EXISTS (SELECT FROM calendar_event_office_school_rel rel
                           WHERE rel.event_id = event.id
                             AND rel.department_id = %(school)s)""",
        start=event.start,
        stop=event.stop,
        room=event.office_room_id._origin.id,
        partner=event.partner_ids._origin.id,
        car=event.office_vehicle_ids._origin.id,
        school=event.office_school_ids._origin.id,
    )
    return lambda: env.execute_query(query)


def list_ahead(env):
    spec = specification(get_views(env, "office.clash", "list"), "list", "office.clash")
    return lambda: env["office.clash"].web_search_read([], spec, limit=80)


def count_quarter(env):
    Event = env["calendar.event"]
    today = fields.Date.today()
    since = fields.Date.subtract(today, days=90)
    return lambda: Event.search_count(Event._get_clashing_domain(since, today))


def ask_taken(env, since, until):
    """Ask by hand what is taken while it is taken already, in one pass by time."""
    leaders = env["calendar.event"]._get_leader_partners()
    query = SQL(
        """WITH event AS (
               SELECT id, start, stop, office_room_id FROM calendar_event
                WHERE active AND start >= %(since)s AND start < %(until)s),
           booking AS (
               SELECT 'leader' AS kind, partner_id AS thing, start, stop
                 FROM calendar_attendee seat JOIN event ON event.id = seat.event_id
                WHERE partner_id IN %(leaders)s
            UNION ALL
               SELECT 'room', office_room_id, start, stop FROM event
                WHERE office_room_id IS NOT NULL
            UNION ALL
               SELECT 'vehicle', resource_id, start, stop
                 FROM calendar_event_office_vehicle_rel rel
                 JOIN event ON event.id = rel.event_id
            UNION ALL
               SELECT 'school', department_id, start::date, start::date + 1
                 FROM calendar_event_office_school_rel rel
                 JOIN event ON event.id = rel.event_id)
           SELECT kind, count(*)
             FROM (SELECT kind, start, max(stop) OVER (
                              PARTITION BY kind, thing ORDER BY start
                              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS held
                     FROM booking) AS line
            WHERE start < held GROUP BY kind""",
        leaders=tuple(leaders.ids),
        since=since,
        until=until,
    )
    return lambda: env.execute_query(query)


# Reminders ----------------------------------------------------------------------------


def reminders(rows):
    """Remind of many events at once: of diaries, and plain ones of Odoo."""
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
            alarm = env.ref("office_functions_service.calendar_alarm_email_minutes")
            env.cr.execute(
                """UPDATE calendar_event
                      SET start = now() AT TIME ZONE 'UTC' + INTERVAL '25 minutes',
                          stop = now() AT TIME ZONE 'UTC' + INTERVAL '2 hours',
                          office_moment = CASE WHEN office_leader_id IS NOT NULL
                          THEN now() AT TIME ZONE 'UTC' + INTERVAL '25 minutes' END
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
        Case(who, DIRECTOR, prepare(of_diary), amount)
        for who, of_diary in (("of a diary", True), ("plain", False))
    ]


SUITE = {"clash": clash, "reminders": reminders}

if __name__ == "__main__":
    path, db, number_of_rows, file, turns = sys.argv[1:]
    main(path, db, int(number_of_rows), file, int(turns))
