# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Fill a database: some rows of each model through the ORM, the rest as SQL copies.

    load.py BENCH DATABASE ROWS

A copy has its own name, number and dates, and what hangs on it: parties, tasks (for
two tickets in five), feedback, log, deadline changes, links, directive; a peer's copy
its assignees, followers and message, as its ORM makes them.
"""

import random
import sys
from datetime import timedelta

from common import (
    HELPDESK,
    MAINT,
    STAFF,
    TASK,
    TICKET,
    UNITS,
    open_registry,
)

from odoo import SUPERUSER_ID, api, fields
from odoo.fields import Command
from odoo.tools import SQL

SAMPLES = 200
"""Rows of each model that the ORM makes."""

STATES = {
    "proposed": 2,
    "filed": 1,
    "assigned": 3,
    "accepted": 4,
    "handling": 13,
    "feedback": 2,
    "verifying": 1,
    "completed": 2,
    "suspended": 2,
    "terminated": 5,
    "closed": 65,
}
"""State → percent of the tickets in it: 30 percent are open, 20 have a clock running."""

CORE = "office_functions.group_office_"
SUPERVISOR = "office_functions_supervision.group_office_supervisor"
PEER_GROUPS = "project.group_project_user helpdesk_mgmt.group_helpdesk_user_own"
CHIEF_GROUPS = (
    "project.group_project_manager maintenance.group_equipment_manager "
    "helpdesk_mgmt.group_helpdesk_manager"
)


def drawn(seed, sides):
    """Return the SQL of a number below ``sides``, drawn by lot for each copy ``n``."""
    return f"((hashint8extended(n, {seed}) & 65535) % {sides})::int"


# Of the running tickets half are overdue, and three in twenty are due soon.
DEADLINE = f"""CURRENT_DATE + CASE
    WHEN {drawn(1, 100)} < 50 THEN -1 - {drawn(2, 60)}
    WHEN {drawn(1, 100)} < 65 THEN {drawn(2, 4)}
    ELSE 4 + {drawn(2, 150)} END"""
SHIFT = f"""CASE WHEN t.state IN ('closed', 'terminated', 'confirmed', 'withdrawn',
    'verified', 'cancelled') THEN {drawn(3, 1500)} ELSE {drawn(3, 90)} END"""
"""Days by which a copy whose clock stands lies before its sample: old, if closed."""
PEER_DEADLINE = f"now() + ({drawn(2, 200)} - 60) * interval '1 day'"


def main(bench, database, rows):
    registry = open_registry(bench, database)
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True})
        people = make_people(env)
        make_tickets(env, people)
        make_peers(env, people)
        cr.commit()
        copies = rows // SAMPLES - 1
        if copies > 0:
            copy_all(cr, copies, copy_tickets, copy_peers)
    with registry.cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE")


# People -------------------------------------------------------------------------------


def make_people(env):
    """Create the office: units with heads and staff, and those who stand above.

    :return: login → ``res.users``; and ``units``
    :rtype: dict
    """

    def user(login, *groups):
        ids = [env.ref(group).id for group in groups]
        return env["res.users"].create(
            {
                "name": login,
                "login": login,
                "tz": "Asia/Shanghai",
                "group_ids": [Command.set(ids)],
            }
        )

    people = {
        "leader": user("leader", CORE + "leader"),
        "director": user("director", CORE + "director"),
        "supervisor": user("supervisor", SUPERVISOR),
        "verifier": user("verifier", SUPERVISOR),
        "peer": user("peer", "base.group_user", *PEER_GROUPS.split()),
        "other": user("other", "base.group_user", *PEER_GROUPS.split()),
        "chief": user("chief", *CHIEF_GROUPS.split()),
    }
    units = env["hr.department"].create(
        [{"name": f"Unit {index}"} for index in range(UNITS)]
    )
    for index, unit in enumerate(units):
        for place in range(STAFF + 1):
            login = f"staff_{index}_{place}" if place else f"head_{index}"
            role = "staff" if place else "section_head"
            people[login] = user(login, CORE + role)
            employee = env["hr.employee"].create(
                {
                    "name": login,
                    "user_id": people[login].id,
                    "department_id": unit.id,
                }
            )
            if not place:
                unit.manager_id = employee
    people["units"] = units
    people["law"] = env["office.regulation"].create(
        {"name": "Education Act", "kind": "law", "number": "No. 45"}
    )
    env.flush_all()
    return people


# Our tickets --------------------------------------------------------------------------


def make_tickets(env, people):
    """Create the sample tickets and lead each to its state, as people would."""
    states = [state for state, share in STATES.items() for _n in range(share)] * 2
    chance = random.Random(7)
    chance.shuffle(states)
    for index, state in enumerate(states):
        ticket = make_ticket(env, people, index, chance)
        lead_to(ticket, state, people)
        env.flush_all()
        env.invalidate_all()


def make_ticket(env, people, index, chance):
    """Create one proposed ticket with its directive and two tasks."""
    places = [chance.randrange(UNITS) for _n in range(3)]
    units = [people["units"][place] for place in places]
    doers = [people[f"staff_{place}_{chance.randint(1, STAFF)}"] for place in places]
    today = fields.Date.context_today(env["res.users"])
    name = f"Places in primary schools {index}"
    common = {
        "name": name,
        "lead_unit_id": units[0].id,
        "handler_id": doers[0].id,
        "date_deadline": today + timedelta(days=20),
    }
    directive = (
        env["office.directive"]
        .with_user(people["director"])
        .create({**common, "leader_id": people["leader"].id, "text": "Publish them."})
    )
    directive.do_transition("issue")
    ticket = (
        env[TICKET]
        .with_user(people["supervisor"])
        .create(ticket_vals(people, name, directive, units, doers[0], today))
    )
    ticket.task_ids.create(
        [
            {
                **common,
                "ticket_id": ticket.id,
                "name": f"{name}, part {part}",
                "lead_unit_id": units[part].id,
                "handler_id": doers[part].id,
                "date_deadline": today + timedelta(days=10 + part),
                "weight": 50,
            }
            for part in range(2)
        ]
    )
    return ticket


def ticket_vals(people, name, directive, units, handler, today):
    """Return the values of a ticket as a supervisor enters it.

    :param units: the lead unit, then the assisting ones
    :rtype: dict
    """
    return {
        "name": name,
        "directive_id": directive.id,
        "legal_basis_ids": [Command.set(people["law"].ids)],
        "scope": "The district's primary schools",
        "requirement": "Publish the number of free places.",
        "lead_unit_id": units[0].id,
        "assisting_unit_ids": [Command.set([unit.id for unit in units[1:]])],
        "handler_id": handler.id,
        "date_deadline": today + timedelta(days=20),
    }


def lead_to(ticket, state, people):
    """Lead a ticket to a state as the persons in charge would."""
    for reached, step in (
        ("proposed", lambda: None),
        ("filed", lambda: pass_as(ticket, people["director"], "file")),
        ("assigned", lambda: pass_as(ticket, people["supervisor"], "assign")),
        ("accepted", lambda: accept(ticket)),
        ("handling", lambda: report(ticket, "stage")),
        ("feedback", lambda: report(ticket, "final")),
        ("verifying", lambda: pass_as(ticket, people["supervisor"], "verify")),
        ("completed", lambda: verify(ticket, people["verifier"])),
        ("closed", lambda: pass_as(ticket, people["leader"], "close")),
    ):
        if reached == "feedback" and state in ("suspended", "terminated"):
            name = {"suspended": "suspend", "terminated": "terminate"}[state]
            pass_as(ticket, people["leader"], name, "Waiting")
            break
        step()
        if reached == state:
            break
    if ticket.state != state:
        raise AssertionError(f"{ticket.state} in place of {state}")


def pass_as(record, user, name, note=False):
    record.with_user(user).do_transition(name, note)


def accept(ticket):
    for task in ticket.task_ids:
        pass_as(task, task.sudo().handler_id, "accept")


def report(ticket, kind):
    for task in ticket.sudo().task_ids:
        feedback = (
            task.env["office.supervision.feedback"]
            .with_user(task.handler_id)
            .create(
                {
                    "task_id": task.id,
                    "kind": kind,
                    "text": "Published on the notice board.",
                    "proof": "Page 3",
                }
            )
        )
        feedback.do_transition("submit")


def verify(ticket, verifier):
    verification = (
        ticket.env["office.supervision.verification"]
        .with_user(verifier)
        .create({"ticket_id": ticket.id, "findings": "Seen.", "result": "pass"})
    )
    verification.do_transition("conclude")


# The peers' rows ----------------------------------------------------------------------


def make_peers(env, people):
    """Create the samples of the other three; a tenth of each concerns ``peer``."""
    peer, other = people["peer"], people["other"]
    stages = env["project.task.type"].create(
        [{"name": f"Stage {n}", "sequence": n, "fold": n == 5} for n in range(6)]
    )
    projects = env["project.project"].create(
        [
            {
                "name": f"Project {index}",
                "privacy_visibility": "followers",
                "type_ids": [Command.set(stages.ids)],
            }
            for index in range(UNITS)
        ]
    )
    maint_stages = env["maintenance.stage"].search([])
    helpdesk_stages = env["helpdesk.ticket.stage"].search([])
    for project in projects[:: UNITS // 2]:
        project.message_subscribe(peer.partner_id.ids)
    team = env["helpdesk.ticket.team"].create(
        {"name": "Team", "user_ids": [Command.set((peer | other).ids)]}
    )
    owner = env(user=other, su=True)
    for index in range(SAMPLES):
        mine = peer if index % 10 == 0 else other
        done = index % 100 >= 30
        day = fields.Datetime.now() + timedelta(days=index % 40 - 20)
        task = owner[TASK].create(
            {
                "name": f"Places in primary schools {index}",
                "project_id": projects[index % UNITS].id,
                "user_ids": [Command.set(mine.ids)],
                "date_deadline": day,
                "stage_id": stages[index % 5].id,
            }
        )
        if done:
            task.write({"state": "1_done", "stage_id": stages[5].id})
        owner[MAINT].create(
            {
                "name": f"Places in primary schools {index}",
                "user_id": mine.id,
                "owner_user_id": other.id,
                "schedule_date": day,
                "stage_id": (
                    maint_stages.filtered("done")[0]
                    if done
                    else maint_stages.filtered(lambda stage: not stage.done)[index % 2]
                ).id,
            }
        )
        owner[HELPDESK].create(
            {
                "name": f"Places in primary schools {index}",
                "description": "Publish the number of free places.",
                "user_id": mine.id,
                "team_id": team.id,
                "stage_id": (
                    helpdesk_stages.filtered("closed")[0]
                    if done
                    else helpdesk_stages.filtered(lambda stage: not stage.closed)[
                        index % 3
                    ]
                ).id,
            }
        )
    env.flush_all()


# SQL copies ---------------------------------------------------------------------------


def copy_all(cr, copies, *ways):
    """Copy the samples of all models and what hangs on them.

    :param int copies: how many of each sample
    :param ways: functions of a :class:`Copier`; each has a transaction of its own
    """
    cr.execute("SET session_replication_role = replica")
    cr.execute("SET maintenance_work_mem = '1GB'")
    for copy in ways:
        copy(Copier(cr, copies))
        cr.commit()
    cr.execute("SET session_replication_role = DEFAULT")
    cr.commit()


class Copier:
    """Copies rows of tables a number of times, references among the copies kept.

    Of a table whose rows are referred to, :meth:`follow` makes the map of the samples
    first. In an override ``n`` is the number of the copy's row, unlike in all others.
    """

    def __init__(self, cr, copies):
        self.cr = cr
        self.copies = copies
        self.followed = set()

    def follow(self, table, where="TRUE"):
        """Number the samples of a table, so that their copies' ids are known."""
        self.cr.execute(
            f"""CREATE TEMP TABLE map_{table} ON COMMIT DROP AS
                SELECT id AS old, row_number() OVER (ORDER BY id) AS rank,
                       (SELECT max(id) FROM {table}) AS base, count(*) OVER () AS amount
                  FROM {table} t WHERE {where}"""
        )
        self.followed.add(table)

    def forget(self, table):
        """Drop the map of a table's samples, so that others can be followed."""
        self.cr.execute(f"DROP TABLE map_{table}")
        self.followed.remove(table)

    def copy(self, table, refs, where="TRUE", **overrides):
        """Copy the rows of a table that refer to rows followed.

        :param str table: SQL name
        :param dict refs: column → table it refers to (its own: ``id``)
        :param str where: which of them, in SQL, of the row ``t``
        :param overrides: column → SQL expression of ``t`` and ``n``
        """
        cr = self.cr
        cr.execute(
            """SELECT column_name FROM information_schema.columns
                WHERE table_name = %s AND is_generated = 'NEVER'""",
            [table],
        )
        columns = [name for (name,) in cr.fetchall()]
        values, joins = {}, []
        for place, (column, of) in enumerate(refs.items()):
            m = f"m{place}"
            kind = "JOIN" if not place else "LEFT JOIN"
            joins.append(f"{kind} map_{of} {m} ON {m}.old = t.{column}")
            values[column] = f"{m}.base + (k - 1) * {m}.amount + {m}.rank"
        if "id" in columns and "id" not in refs:
            values["id"] = f"nextval('{table}_id_seq')"
        values.update(overrides)
        expressions = [values.get(name, f"t.{name}") for name in columns]
        number = "(k - 1) * m0.amount + m0.rank"
        with self.without_indexes(table):
            cr.execute(
                f"""INSERT INTO {table} ({", ".join(f'"{c}"' for c in columns)})
                    SELECT {", ".join(expressions)}
                      FROM {table} t {" ".join(joins)}
                     CROSS JOIN generate_series(1, {self.copies}) k
                     CROSS JOIN LATERAL (SELECT {number} AS n) numbers
                     WHERE {where}"""
            )
            print(f"    {table}: {cr.rowcount}", file=sys.stderr, flush=True)
        if "id" in columns:
            cr.execute(
                SQL(
                    "SELECT setval(%s, (SELECT max(id) FROM %s))",
                    f"{table}_id_seq",
                    SQL.identifier(table),
                )
            )

    def without_indexes(self, table):
        """Return a block during which a table has only its primary key."""
        return WithoutIndexes(self.cr, table)


class WithoutIndexes:
    """Drops the indexes of a table that no constraint needs, and makes them again."""

    def __init__(self, cr, table):
        self.cr = cr
        self.table = table

    def __enter__(self):
        self.cr.execute(
            """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
                 FROM pg_index
                WHERE indrelid = %s::regclass
                  AND NOT EXISTS (SELECT FROM pg_constraint
                                   WHERE conindid = indexrelid)""",
            [self.table],
        )
        self.indexes = self.cr.fetchall()
        for name, _definition in self.indexes:
            self.cr.execute(f"DROP INDEX {name}")

    def __exit__(self, *error):
        if error[0] is None:
            for _name, definition in self.indexes:
                self.cr.execute(definition)


def copy_tickets(copier):
    """Copy our tickets with their directives, tasks, logs and links."""
    ticket, task = "office_supervision_ticket", "office_supervision_task"
    copier.follow("office_directive")
    copier.follow(ticket)
    copier.follow(
        task,
        f"(SELECT rank FROM map_{ticket} WHERE old = t.ticket_id) % 5 < 2",
    )
    running = "t.open_deadline IS NOT NULL"
    named = {
        "name": "regexp_replace(t.name, '\\d+', n::text)",
        "create_date": f"t.create_date - {SHIFT} * interval '1 day'",
    }
    moved = {
        **named,
        "number": "CASE WHEN t.number IS NOT NULL THEN '督〔' || 2016 + n % 10 "
        "|| '〕' || n || '号' END",
        **{
            name: f"CASE WHEN {running} THEN {DEADLINE} ELSE t.{name} - {SHIFT} END"
            for name in ("date_deadline", "date_deadline_original")
        },
        "open_deadline": f"CASE WHEN {running} THEN {DEADLINE} END",
        "date_warn": f"CASE WHEN {running} THEN {DEADLINE} ELSE t.date_deadline - "
        f"{SHIFT} END - t.warn_days",
        "next_urging": f"CASE WHEN {running} THEN CASE WHEN {DEADLINE} < CURRENT_DATE "
        f"THEN CURRENT_DATE ELSE GREATEST({DEADLINE} - 3, CURRENT_DATE + 1) END END",
        "clock_start": f"CASE WHEN {running} THEN {DEADLINE} - 60 "
        f"ELSE t.clock_start - {SHIFT} END",
        "date_done": f"t.date_done - {SHIFT} + (n % 5 = 0)::int * 30",
        "is_on_time": "t.is_on_time AND n % 5 > 0",
    }
    checked = {"date_first_check": f"t.date_first_check - {SHIFT}"}
    copier.copy("office_directive", {"id": "office_directive"}, **moved)
    copier.copy(
        ticket, {"id": ticket, "directive_id": "office_directive"}, **moved, **checked
    )
    copier.copy(task, {"id": task, "ticket_id": ticket}, **{**moved, "number": "NULL"})
    for relation in (
        "office_supervision_ticket_law_rel",
        "hr_department_office_supervision_ticket_rel",
    ):
        copier.copy(relation, {"office_supervision_ticket_id": ticket})
    copier.copy("office_supervision_feedback", {"task_id": task, "ticket_id": ticket})
    for model in (ticket, "office_directive", task):
        name = model.replace("_", ".")
        for table in ("office_transition", "office_deadline_event"):
            copier.copy(table, {"res_id": model}, f"t.res_model = '{name}'")
    copier.copy(
        "office_matter_link",
        {"res_id": "office_directive", "target_id": ticket},
        "t.res_model = 'office.directive'",
    )


def copy_peers(copier, models=(TASK, MAINT, HELPDESK)):
    """Copy the peers' rows with assignees, followers and messages."""
    named = "regexp_replace(t.name, '\\d+', n::text)"
    moved = {"create_date": f"t.create_date - {drawn(3, 1500)} * interval '1 day'"}
    for model, extra in (
        (TASK, {"date_deadline": PEER_DEADLINE}),
        (MAINT, {"schedule_date": PEER_DEADLINE}),
        (HELPDESK, {"number": "'HT' || lpad(n::text, 7, '0')", **moved}),
    ):
        if model not in models:
            continue
        table = model.replace(".", "_")
        copier.follow(table, "project_id IS NOT NULL" if model == TASK else "TRUE")
        copier.copy(table, {"id": table}, name=named, **extra)
        of_model = f"t.%s = '{model}'"
        copier.copy("mail_followers", {"res_id": table}, of_model % "res_model")
        copier.copy(
            "mail_message",
            {"res_id": table},
            of_model % "model",
            message_id="'<bench-' || gen_random_uuid() || '>'",
        )
        if model == TASK:
            copier.copy("project_task_user_rel", {"task_id": table})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
