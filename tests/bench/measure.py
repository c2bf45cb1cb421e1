# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Measure what the screens and jobs of four models ask, side by side.

    measure.py BENCH DATABASE ROWS RESULTS ROUNDS [NAMES]

Every call has an environment of its own, as a call of the web client has, and is
rolled back. The calls of one measurement alternate round by round; a first round warms
the caches and is not counted.
"""

import json
import statistics
import sys
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from changes import measure_changes
from common import (
    HELPDESK,
    MAINT,
    PEERS,
    TASK,
    TICKET,
    client_env,
    measure,
    open_registry,
)
from figures import ranking, rates
from ledger import measure_ledger
from screens import (
    card_limit,
    count_limit,
    get_views,
    order_of,
    progress_bar,
    searched,
    specification,
)
from stall import TASK as SUPERVISION_TASK
from stall import stalled
from urging import measure_urging

from odoo import fields
from odoo.fields import Command
from odoo.tools import SQL

OPEN = {
    TICKET: [("state", "not in", ("closed", "terminated"))],
    TASK: [("is_closed", "=", False)],
    MAINT: [("stage_id.done", "=", False)],
    HELPDESK: [("stage_id.closed", "=", False)],
}
"""What each screen opens on."""

MONTHS = {
    TICKET: ["date_deadline:month", "state"],
    TASK: ["date_deadline:month", "stage_id"],
    MAINT: ["schedule_date:month", "stage_id"],
    HELPDESK: ["create_date:month", "stage_id"],
}
READERS = ("head_4", "staff_5_1", "director")
"""Who see 18, 4.5 and 100 percent of the tickets; the peers' user sees a tenth."""


@dataclass(frozen=True)
class Scope:
    """What one run measures: ours (name in the tables → model), beside which peers."""

    ours: dict
    peers: dict
    readers: tuple = READERS


TICKETS = Scope({"": TICKET}, PEERS)


@dataclass
class Case:
    """One call to measure.

    :param str who: column of the table
    :param str login: who calls
    :param prepare: function of the environment; returns the function that is measured
    :param int amount: how many records the call handles
    """

    who: str
    login: str
    prepare: object
    amount: int = 1


def main(bench, database, rows, results, rounds, names=""):
    registry = open_registry(bench, database)
    wanted = set(filter(None, names.split(",")))
    for name in SUITE:
        if not wanted or name.split(" ")[0] in wanted:
            cases = SUITE[name](TICKETS)
            run(registry, results, rows, name, cases, rounds)
    if not wanted or "urging" in wanted:
        for figures in measure_urging(registry):
            keep(results, {"rows": rows, "measure": "urging", **figures})
    for name, measured in (("changes", measure_changes), ("ledger", measure_ledger)):
        if not wanted or name in wanted:
            for figures in measured(registry):
                keep(results, {"rows": rows, "measure": name, **figures})


def run(registry, results, rows, name, cases, rounds):
    """Measure some calls in turn, and keep the medians."""
    once = max(case.amount for case in cases) >= 1000
    samples, amounts = {case.who: [] for case in cases}, {}
    for turn in range(1 if once else rounds + 1):
        for case in cases:
            with client_env(registry, case.login) as env:
                work = case.prepare(env)
                env.flush_all()
                env.invalidate_all()
                sample = measure(env, work)
                amounts[case.who] = getattr(work, "amount", case.amount)
            if turn or once:
                samples[case.who].append(sample)
    for case in cases:
        taken = samples[case.who]
        figures = {
            "rows": rows,
            "measure": name,
            "who": case.who,
            "amount": amounts[case.who],
            "ms": statistics.median(sample.ms for sample in taken),
            "cpu_ms": statistics.median(sample.cpu_ms for sample in taken),
            "queries": statistics.median(sample.queries for sample in taken),
            "peak_mb": max(sample.peak_mb for sample in taken),
            "rounds": len(taken),
        }
        keep(results, figures)


def keep(results, figures):
    """Append figures to the file of results (JSON lines), and show them."""
    with Path(results).open("a") as file:
        file.write(json.dumps(figures) + "\n")
    print(
        f"    {figures['measure']:22} {figures['who']:14} {figures['ms']:10.1f} ms"
        f" {figures['queries']:8.1f} queries {figures['peak_mb']:6.0f} MB",
        file=sys.stderr,
        flush=True,
    )


def readers(scope, prepare):
    """Return the calls of our readers, then of the peers' user.

    :param prepare: function of the environment and the model
    """
    return own_readers(scope, prepare) + [
        Case(who, "peer", lambda env, model=model: prepare(env, model))
        for who, model in scope.peers.items()
    ]


def own_readers(scope, prepare):
    """Return the calls of our readers alone."""
    return [
        Case(
            named(kind, login.split("_")[0]),
            login,
            lambda env, model=model: prepare(env, model),
        )
        for kind, model in scope.ours.items()
        for login in scope.readers
    ]


def named(*words):
    """Return the name of a column: the kind, where there are several, and who."""
    return " ".join(filter(None, words))


# Screens ------------------------------------------------------------------------------


def list_of_80(domains):
    def suite(scope):
        def prepare(env, model):
            views = get_views(env, model, "list")
            return lambda: env[model].web_search_read(
                domains.get(model, []),
                specification(views, "list", model),
                limit=80,
                order=order_of(views, "list"),
                count_limit=count_limit(views),
            )

        return readers(scope, prepare)

    return suite


def kanban(scope):
    def prepare(env, model):
        views = get_views(env, model, "kanban")
        group = "stage_id" if model in PEERS.values() else "state"
        bar = progress_bar(views)

        def work():
            env[model].web_read_group(
                OPEN[model],
                [group],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=specification(views, "kanban", model),
                unfold_read_default_limit=card_limit(views),
            )
            if bar:
                env[model].read_progress_bar(OPEN[model], group, bar)

        return work

    return readers(scope, prepare) + twins(scope, kanban_twin)


def lights(scope):
    """Count by light; a peer counts what is overdue (OCA's has no deadline: open)."""
    overdue = {
        TASK: [("date_deadline", "<", "now"), ("is_closed", "=", False)],
        MAINT: [("schedule_date", "<", "now"), ("stage_id.done", "=", False)],
        HELPDESK: OPEN[HELPDESK],
    }

    def prepare(env, model):
        if model not in overdue:
            return lambda: env[model].formatted_read_group(
                [("open_deadline", "!=", False)], ["light"], ["__count"]
            )
        return lambda: env[model].search_count(overdue[model])

    return readers(scope, prepare) + twins(scope, lights_twin)


def months(scope):
    def prepare(env, model):
        return lambda: env[model].formatted_read_group(
            OPEN[model], MONTHS.get(model, MONTHS[TICKET]), ["__count"]
        )

    return readers(scope, prepare) + twins(scope, months_twin)


def number(scope):
    """Type a number (the peers' tasks and requests have none: a name) and search."""
    return readers(scope, lambda env, model: type_and_search(env, model, "number"))


def title(scope):
    """Type the title and search."""
    return readers(scope, lambda env, model: type_and_search(env, model, "name"))


def type_and_search(env, model, wanted):
    """Return the search for what a record far down the list is called.

    :param str wanted: ``number`` or ``name``
    """
    views = get_views(env, model, "list")
    if wanted not in env[model]:
        wanted = "name"
    named_so = [(wanted, "!=", False)]
    text = env[model].search(named_so, order="id", offset=70, limit=1)[wanted]
    if model not in PEERS.values():
        domain = searched(env, model, text)
    else:
        domain = [(wanted, "ilike", text)]
    return lambda: env[model].web_search_read(
        domain,
        specification(views, "list", model),
        limit=80,
        count_limit=count_limit(views),
    )


def form(scope):
    """Open a form: the call by which the client fills all its pages."""

    def prepare(env, model):
        views = get_views(env, model, "form")
        record_id = pick(env, model)
        spec = specification(views, "form", model)
        return lambda: env[model].browse(record_id).web_read(spec)

    return readers(scope, prepare)


def panel(scope):
    """Turn to the page “Progress” of our form, which is filled only then."""

    def prepare(env, model):
        record_id = pick(env, model)
        return lambda: env[model].browse(record_id).get_matter_panel()

    return own_readers(scope, prepare)


def pick(env, model):
    """Return the id of a record in work that the user sees."""
    running = [("open_deadline", "!=", False)]
    domain = running if model == TICKET else OPEN[model]
    found = env[model].search(domain, order="id", limit=100)
    found = found or env[model].search([], order="id", limit=100)
    return found[len(found) // 2].id


def workbench(scope):
    boards = {
        TASK: ("project.project", "project.view_project_kanban"),
        MAINT: ("maintenance.team", "maintenance.maintenance_team_kanban"),
        HELPDESK: (
            "helpdesk.ticket.team",
            "helpdesk_mgmt.helpdesk_ticket_kanban_view",
        ),
    }

    def prepare(env, model):
        if model not in boards:
            return lambda: env["office.workbench"].get_workbench()
        board, view = boards[model]
        views = get_views(env, board, "kanban", view)
        return lambda: env[board].web_search_read(
            [], specification(views, "kanban", board), limit=40
        )

    return readers(scope, prepare)


def beside(ours, twin):
    """Return a call of the director's, and the same question in plain SQL."""
    return [
        Case("director", "director", ours),
        Case("director SQL", "director", twin),
    ]


# The same questions in plain SQL ------------------------------------------------------


def twins(scope, prepare):
    """Return the calls that ask our readers' questions in plain SQL."""
    return [
        Case(
            named(kind, login.split("_")[0], "SQL"),
            login,
            lambda env, model=model: prepare(env, model),
        )
        for kind, model in scope.ours.items()
        for login in scope.readers
        if not login.startswith("staff")
    ]


def seen(env, model):
    """Return the condition of the rows that the user sees, as one would write it."""
    sees_all = env[model]._sees_all("read")
    tokens = () if sees_all else env.user._get_office_tokens()
    concerned = SQL(" OR ").join(
        SQL("office_parties @> %s::jsonb", f'["{token}"]') for token in tokens
    )
    return SQL(
        "active AND company_id = %s AND is_restricted IS NOT TRUE AND (%s)",
        env.company.id,
        concerned or SQL("TRUE"),
    )


LIGHT = SQL(
    """CASE WHEN date_done IS NOT NULL THEN CASE WHEN is_on_time
                 THEN 'done' ELSE 'late' END
            WHEN is_paused THEN 'paused'
            WHEN open_deadline < CURRENT_DATE THEN 'red'
            WHEN open_deadline IS NULL THEN NULL
            WHEN date_warn <= CURRENT_DATE THEN 'yellow' ELSE 'green' END"""
)


def running(model):
    """Return the condition of what is to be done still."""
    [(_field, _operator, closed)] = OPEN[model]
    return SQL("state NOT IN %s", closed)


def ask(env, *queries):
    return lambda: [env.execute_query(query) for query in queries]


def lights_twin(env, model):
    return ask(
        env,
        SQL(
            """SELECT %s, count(*) FROM %s
                WHERE %s AND open_deadline IS NOT NULL GROUP BY 1""",
            LIGHT,
            SQL.identifier(env[model]._table),
            seen(env, model),
        ),
    )


def months_twin(env, model):
    return ask(
        env,
        SQL(
            """SELECT date_trunc('month', date_deadline), state, count(*)
                 FROM %s WHERE %s AND %s GROUP BY 1, 2 ORDER BY 1, 2""",
            SQL.identifier(env[model]._table),
            seen(env, model),
            running(model),
        ),
    )


def kanban_twin(env, model):
    states = [state for state, _label in env[model]._fields["state"].selection]
    table = SQL.identifier(env[model]._table)
    where = SQL("%s AND %s", seen(env, model), running(model))
    return ask(
        env,
        SQL("SELECT state, count(*) FROM %s WHERE %s GROUP BY 1", table, where),
        SQL(
            """SELECT card.* FROM unnest(%s) AS wanted(value)
           CROSS JOIN LATERAL (
                      SELECT id, name, number, lead_unit_id, date_deadline, handler_id
                        FROM %s WHERE %s AND state = wanted.value
                    ORDER BY open_deadline, id LIMIT 20) card""",
            states,
            table,
            where,
        ),
        SQL(
            "SELECT state, %s, count(*) FROM %s WHERE %s GROUP BY 1, 2",
            LIGHT,
            table,
            where,
        ),
    )


# Writing ------------------------------------------------------------------------------


def create(amount, times=1, creators=None):
    """Return the suite that creates ``amount`` records in one call, some times.

    :param dict creators: which of ours → the login that creates it; else the supervisor
    """

    def suite(scope):
        def prepare(env, model):
            values = [VALUES[model](env, next(SERIAL)) for _n in range(amount * times)]

            def work():
                for start in range(0, len(values), amount):
                    env[model].create(values[start : start + amount])
                    env.flush_all()
                    env.invalidate_all()

            return work

        logins = dict.fromkeys(scope.ours, "supervisor") | (creators or {})
        return [
            Case(
                who or "ours",
                logins.get(who, "chief"),
                lambda env, model=model: prepare(env, model),
                amount * times,
            )
            for who, model in {**scope.ours, **scope.peers}.items()
        ]

    return suite


SERIAL = count(1)


def ticket_values(env, serial):
    sample = env[TICKET].search([("state", "=", "proposed")], limit=1)
    today = fields.Date.context_today(sample)
    return {
        "name": f"New places {serial}",
        "directive_id": sample.directive_id.id,
        "legal_basis_ids": [Command.set(sample.legal_basis_ids.ids)],
        "scope": "The district's primary schools",
        "requirement": "Publish the number of free places.",
        "lead_unit_id": sample.lead_unit_id.id,
        "assisting_unit_ids": [Command.set(sample.assisting_unit_ids.ids)],
        "handler_id": sample.handler_id.id,
        "date_deadline": fields.Date.add(today, days=20),
    }


def peer_values(model, **fixed):
    """Return the function that gives values of a peer's record for somebody else."""

    def values(env, serial):
        other = env["res.users"].sudo().search([("login", "=", "other")]).id
        given = {"name": f"New places {serial}", **fixed}
        if model == TASK:
            project = env["project.project"].search([], limit=1)
            return {**given, "project_id": project.id, "user_ids": [other]}
        return {**given, "user_id": other}

    return values


VALUES = {
    TICKET: ticket_values,
    TASK: peer_values(TASK),
    MAINT: peer_values(MAINT),
    HELPDESK: peer_values(HELPDESK, description="Publish them."),
}


def moving(env, records, amount, move):
    """Return the function that moves records, ``amount`` in one call."""

    def work():
        for start in range(0, len(records), amount):
            move(records[start : start + amount])
            env.flush_all()
            env.invalidate_all()

    work.amount = len(records)
    return work


def peer_moving(env, model, amount, times):
    """Return the function that brings a peer's open records to another stage."""
    records = env[model].search(OPEN[model], limit=amount * times)
    stages = records.stage_id
    stage = stages.search([("id", "not in", stages.ids)], limit=1)
    stage = stage or stages[-1:]
    return moving(env, records, amount, lambda them: them.write({"stage_id": stage.id}))


def peer_cases(scope, amount, times):
    """Return the cases in which the peers move ``amount`` records in one call."""
    return [
        Case(
            who,
            "peer",
            lambda env, model=model: peer_moving(env, model, amount, times),
            amount * times,
        )
        for who, model in scope.peers.items()
    ]


def change_state(amount, times=1):
    """Return the suite that moves ``amount`` records in one call, some times."""

    def suite(scope):
        def ours(env, name, state):
            wanted = [("state", "=", state)]
            if name == "assign":
                wanted.append(("task_ids", "!=", False))
            tickets = env[TICKET].search(wanted, limit=amount * times)
            for ticket in tickets if name == "assign" else ():
                ticket.sudo().task_ids.date_deadline = ticket.date_deadline
            return moving(env, tickets, amount, lambda them: them.do_transition(name))

        steps = {
            "file": ("director", "proposed"),
            "assign": ("supervisor", "filed"),
            "verify": ("supervisor", "feedback"),
            "close": ("leader", "completed"),
        }
        return [
            Case(
                name,
                login,
                lambda env, name=name, state=state: ours(env, name, state),
                amount * times,
            )
            for name, (login, state) in steps.items()
            if times > 1 or name != "assign"
        ] + peer_cases(scope, amount, times)

    return suite


SUITE = {
    "list": list_of_80(OPEN),
    "list all": list_of_80(dict.fromkeys(OPEN, [])),
    "kanban": kanban,
    "lights": lights,
    "months": months,
    "number": number,
    "form": form,
    "panel": panel,
    "workbench": workbench,
    "rates": lambda scope: beside(*rates()),
    "ranking": lambda scope: beside(*ranking()),
    "stalled tasks": lambda scope: beside(*stalled(SUPERVISION_TASK)),
    "stalled tickets": lambda scope: beside(*stalled(TICKET)),
    "state one by one": change_state(1, times=20),
    "state batch": change_state(100),
    "create one by one": create(1, times=10),
    "create 100": create(100),
    "create 1000": create(1000),
}


if __name__ == "__main__":
    bench, database, rows, results, rounds, *names = sys.argv[1:]
    main(bench, database, int(rows), results, int(rounds), *names)
