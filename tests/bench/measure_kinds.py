# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Measure documents, information, advice and petitions beside tasks and maintenance requests.

    measure_kinds.py BENCH DATABASE ROWS RESULTS ROUNDS NAMES KINDS

Screens are measured as those of tickets are (see measure.py); beside them what these
kinds alone have: backlog, receipts, indicators, the dispatch board, clashes.
"""

import sys

from common import CLOSED, KINDS, MAINT, TASK, open_registry
from dateutil.relativedelta import relativedelta
from measure import (
    OPEN,
    VALUES,
    Case,
    Scope,
    ask,
    create,
    form,
    kanban,
    lights,
    list_of_80,
    months,
    moving,
    named,
    number,
    own_readers,
    panel,
    peer_cases,
    readers,
    run,
    title,
    workbench,
)
from screens import count_limit, get_views, order_of, specification

from odoo import fields
from odoo.fields import Command
from odoo.tools import SQL

OPEN.update({KINDS[kind]: [("state", "not in", CLOSED[kind])] for kind in KINDS})
READERS = ("head_10", "staff_10_3", "director")
"""Who have a part in some records of each kind; the director sees everything."""
IDLE = [("is_idle", "=", True)]
UNREAD = [("receipt_ids", "any", [("date_read", "=", False)])]
STEPPED = tuple(kind for kind in KINDS if kind != "petition")
"""The kinds whose steps have a time of their own."""
BEARERS = ("outgoing", "information")
"""The kinds that are sent to units, who confirm that they have read them."""


def main(bench, database, rows, results, rounds, names, kinds):
    registry = open_registry(bench, database)
    wanted = set(filter(None, names.split(",")))
    scope = Scope(
        {kind: KINDS[kind] for kind in kinds.split(",")},
        {"task": TASK, "maint": MAINT},
        READERS,
    )
    for name, suite in SUITE.items():
        if not wanted or name.split(" ")[0] in wanted:
            cases = suite(scope)
            if cases:
                run(registry, results, rows, name, cases, rounds)


# Screens ------------------------------------------------------------------------------


def own_list(domain, kinds=tuple(KINDS)):
    """Return the suite that opens a list which only our kinds have."""

    def suite(scope):
        def prepare(env, model):
            views = get_views(env, model, "list")
            return lambda: env[model].web_search_read(
                domain,
                specification(views, "list", model),
                limit=80,
                order=order_of(views, "list"),
                count_limit=count_limit(views),
            )

        ours = {kind: model for kind, model in scope.ours.items() if kind in kinds}
        return own_readers(Scope(ours, {}, scope.readers), prepare)

    return suite


def states(scope):
    """Count by state; a peer counts by stage."""

    def prepare(env, model):
        group = "stage_id" if model in scope.peers.values() else "state"
        return lambda: env[model].formatted_read_group([], [group], ["__count"])

    return readers(scope, prepare)


def of_petitions(prepare):
    """Return the suite of what only petitions have; the officer registers them."""

    def suite(scope):
        model = scope.ours.get("petition")
        readers = ("officer", *scope.readers) if model else ()
        return [
            Case(
                named("petition", login.split("_")[0]),
                login,
                lambda env: prepare(env, env[model]),
            )
            for login in readers
        ]

    return suite


def similar(env, Petition):
    """Type the subject of a letter: what is on the same matter?"""
    vals = {"name": "南湖校车每天早上都晚点小学"}
    # Made in the call: nothing is cached at its beginning, not even what is typed.
    return lambda: Petition.new(vals)._find_similar()


def known(env, Petition):
    """Type the phone of a petitioner who has come before: what came of it?"""
    phone = env["office.petition.identity"].sudo().search([], offset=70, limit=1).phone
    vals = {"name": "", "person_phone": phone}
    return lambda: Petition.new(vals)._find_same_person_typed()


def words(env, Petition):
    """Search for words that stand in a few of the letters' subjects."""
    views = get_views(env, Petition._name, "list")
    domain = [("name", "ilike", "南湖教师体罚学生小学77")]
    return lambda: Petition.web_search_read(
        domain,
        specification(views, "list", Petition._name),
        limit=80,
        count_limit=count_limit(views),
    )


def pivot(env, Petition):
    """Count by class, and month of receipt."""
    groups = ["petition_class", "date_received:month"]
    return lambda: Petition.formatted_read_group([], groups, ["__count"])


def follow(env, Petition):
    """Look up a petition by its code and the end of a phone, as a stranger does."""
    found = Petition.sudo().search([("query_code", "!=", False)], offset=70, limit=1)
    tail = found.identity_ids[:1].sudo().phone[-4:]
    return lambda: Petition._as_public()._find_public(found.query_code, tail)


def of_the_house(suite):
    """Return a suite whose screen is one for all kinds."""
    one = {"": KINDS["incoming"]}
    return lambda scope: suite(Scope(one, scope.peers, scope.readers))


def dispatch(scope):
    """Open the dispatch board."""
    return own_readers(scope, lambda env, _model: env["office.dispatch"].get_board)


# Indicators ---------------------------------------------------------------------------


def period(env):
    """Return the last full quarter of a year."""
    today = fields.Date.context_today(env["res.users"])
    return today - relativedelta(days=90), today


BY_PERSON = "GROUP BY lead_unit_id, {person}"
TWINS = {
    "K01": """SELECT lead_unit_id, drafter_id,
                     count(*) FILTER (WHERE decision IN ('adopted', 'partly')), count(*)
                FROM office_advice
               WHERE active AND (date_decided BETWEEN %(since)s AND %(until)s
                     OR date_submitted < %(until)s::date - 10 AND state <> 'draft'
                        AND (date_decided IS NULL OR date_decided > %(until)s))
            GROUP BY 1, 2""",
    "K02": """SELECT lead_unit_id, drafter_id,
                     count(*) FILTER (WHERE initiative = 'self'), count(*)
                FROM office_advice
               WHERE active AND date_submitted BETWEEN %(since)s AND %(until)s
            GROUP BY 1, 2""",
    "K03": """SELECT lead_unit_id, drafter_id, sum(days_early), count(*)
                FROM office_advice
               WHERE active AND date_submitted BETWEEN %(since)s AND %(until)s
                 AND is_dated
            GROUP BY 1, 2""",
    "K04": """SELECT lead_unit_id, handler_id, count(*) FILTER (WHERE return_count = 0),
                     count(*)
                FROM office_document_outgoing
               WHERE date_reviewed BETWEEN %(since)s AND %(until)s GROUP BY 1, 2""",
    "K04E": """SELECT lead_unit_id, handler_id, sum(found.number), count(*)
                 FROM office_document_outgoing document
            LEFT JOIN (SELECT document_id, count(*) AS number
                         FROM office_document_finding GROUP BY 1) found
                      ON found.document_id = document.id
                WHERE date_reviewed BETWEEN %(since)s AND %(until)s GROUP BY 1, 2""",
    "K05": """SELECT clerk_id, count(*) FILTER (WHERE date_opened <= opening_due),
                     count(*)
                FROM office_document_incoming
               WHERE active AND date_received >= %(since)s
                 AND date_received < %(until)s::date + 1 AND leader_id IS NOT NULL
                 AND (date_opened IS NOT NULL OR opening_due < now()) GROUP BY 1""",
    "K06": """SELECT lead_unit_id, handler_id, count(*) FILTER (WHERE nature = 'bad'),
                     count(*)
                FROM office_information
               WHERE active AND direction = 'up'
                 AND date_submitted BETWEEN %(since)s AND %(until)s GROUP BY 1, 2""",
    "K07": """SELECT lead_unit_id, handler_id,
                     count(*) FILTER (WHERE verification = 'true'), count(*)
                FROM office_information
               WHERE active AND verification <> 'none'
                 AND date_verified BETWEEN %(since)s AND %(until)s GROUP BY 1, 2""",
    "K09": """SELECT holder_id, count(*) FROM office_document_incoming
               WHERE active AND (step_due < now() OR open_deadline < CURRENT_DATE)
            GROUP BY 1""",
    "S1.24": """SELECT receipt.department_id, count(receipt.date_read), count(*)
                  FROM office_information report
                  JOIN office_receipt receipt
                       ON receipt.res_model = 'office.information'
                      AND receipt.res_id = report.id
                 WHERE report.active AND report.direction <> 'up'
                   AND report.date_submitted BETWEEN %(since)s AND %(until)s
              GROUP BY 1""",
    "S1.35": """SELECT lead_unit_id, handler_id, count(*) FILTER (WHERE is_adopted),
                       count(*)
                  FROM office_information
                 WHERE active AND direction = 'up'
                   AND date_submitted BETWEEN %(since)s AND %(until)s GROUP BY 1, 2""",
    "K13": """SELECT count(*) FROM (
              SELECT DISTINCT mine.id, other.id AS other
                FROM calendar_event mine
                JOIN calendar_event other
                     ON other.id > mine.id AND other.active
                    AND other.start < mine.stop AND mine.start < other.stop
               WHERE mine.active AND mine.start BETWEEN %(since)s AND %(until)s
                 AND other.start BETWEEN %(since)s AND %(until)s
                 AND other.office_room_id = mine.office_room_id) pair""",
}
"""Indicator → the same question as one would write it, over one quarter."""


def indicators(scope):
    """Measure each indicator over a quarter, and ask the same in plain SQL."""

    def measure(code):
        return lambda env: lambda: env["office.indicator"].measure([code], *period(env))

    def twin(code):
        def prepare(env):
            since, until = period(env)
            return ask(env, SQL(TWINS[code], since=since, until=until))

        return prepare

    return [
        Case(named(code, who), "director", prepare(code))
        for code in TWINS
        for who, prepare in (("", measure), ("SQL", twin))
    ]


# Clashes ------------------------------------------------------------------------------


def clashes(scope):
    """Look for clashes among all events: the list, a quarter, one event's form."""

    def ahead(env):
        views = get_views(env, "office.clash", "list")
        spec = specification(views, "list", "office.clash")
        return lambda: env["office.clash"].web_search_read([], spec, limit=80)

    def quarter(env):
        Event = env["calendar.event"]
        since, until = period(env)
        return lambda: Event.search_count(Event._get_clashing_domain(since, until))

    def one(env):
        event = env["calendar.event"].search([("start", ">", "today")], limit=1)
        return lambda: event.read(["clash_alert"])

    return [
        Case(name, "director", prepare)
        for name, prepare in (
            ("all ahead", ahead),
            ("a quarter", quarter),
            ("one event", one),
        )
    ]


# Writing ------------------------------------------------------------------------------


def kind_values(kind):
    """Return the function that gives the values of a new record, as one enters it."""

    def values(env, serial):
        sample = env[KINDS[kind]].sudo().search([], limit=1)
        common = {
            "name": f"New places {serial}",
            "lead_unit_id": sample.lead_unit_id.id,
            "handler_id": env.uid,
        }
        return common | ENTERED[kind](env, sample, serial)

    return values


ENTERED = {
    "incoming": lambda env, sample, serial: {
        "sender": "District Government",
        "sender_number": f"府发〔2027〕{serial}号",
        "leader_id": sample.leader_id.id,
        "circulation_ids": [
            Command.create({"user_id": env.uid}),
            Command.create({"user_id": sample.leader_id.id}),
        ],
    },
    "outgoing": lambda env, sample, serial: {
        "body": "<p>Publish the number of free places.</p>",
        "disclosure": "active",
        "reviewer_id": sample.reviewer_id.id,
        "signer_id": sample.signer_id.id,
        "main_unit_ids": [Command.set(sample.main_unit_ids.ids)],
    },
    "information": lambda env, sample, serial: {
        "moment_event": fields.Datetime.now(),
        "place": "Western district",
        "source": "Registration lists",
        "text": "Two hundred pupils, one hundred and fifty places.",
        "verified_by": "The headmaster",
    },
    "petition": lambda env, sample, serial: {
        "text": "Children wait in the rain every morning.",
        "channel": "call",
        "person": "张三丰",
        "person_phone": f"137{serial:08d}",
    },
    "advice": lambda env, sample, serial: {
        "text": "Rooms stand empty in the afternoon.",
        "initiative": "self",
        "leader_id": sample.leader_id.id,
        "option_ids": [
            Command.create({"name": "Share", "is_recommended": True}),
            Command.create({"name": "Build"}),
        ],
    },
}
"""Kind → what else is entered."""

VALUES.update({model: kind_values(kind) for kind, model in KINDS.items()})


CREATORS = dict.fromkeys(KINDS, "staff_5_1") | {
    "incoming": "clerk",
    "petition": "officer",
}

HANDLER = "handler_id.login"
HEAD = "lead_unit_id.manager_id.user_id.login"
STEPS = {
    "incoming": (
        ("register", "clerk", "received"),
        ("screen", "clerk", "registered"),
        ("propose", "clerk", "screened", ("kind", "=", "action")),
        ("instruct", "leader", "proposed"),
        ("assign", "clerk", "instructed"),
        ("reply", HANDLER, "handling"),
        ("archive", "clerk", "replied"),
        ("read", "circulation_ids.user_id.login", "circulating"),
    ),
    "outgoing": (
        ("submit", HEAD, "drafting"),
        ("pass_review", "clerk", "reviewing", ("countersign_unit_ids", "=", False)),
        (
            "ask_countersign",
            "clerk",
            "reviewing",
            ("countersign_unit_ids", "!=", False),
        ),
        ("sign", "leader", "signing"),
        ("register", "clerk", "verified"),
        ("print", "clerk", "registered"),
        ("ask_seal", "clerk", "printing"),
        ("approve_seal", "leader", "sealing"),
        ("seal", "clerk", "sealing"),
        ("issue", "clerk", "sealing"),
        ("archive", "clerk", "issued"),
    ),
    "information": (
        ("submit", HANDLER, "requested"),
        ("screen", "clerk", "submitted"),
        ("verify", "clerk", "screened"),
        ("edit", "clerk", "verified"),
        ("present", "clerk", "edited"),
        ("adopt", "clerk", "presented"),
        ("archive", "clerk", "adopted"),
    ),
    "advice": (
        ("submit", HANDLER, "draft"),
        ("check", "director", "submitted"),
        ("screen", "director", "submitted"),
        ("present", "clerk", "screened"),
        ("adopt", "leader", "presented"),
        ("implement", "clerk", "adopted"),
        ("evaluate", "director", "implementing"),
    ),
    "petition": (
        ("judge", "officer", "registered"),
        ("accept", "officer", "judged"),
        ("start", HANDLER, "accepted"),
        ("reply", HANDLER, "handling"),
    ),
}
"""Kind → the main road: step, who makes it (a login, or where it stands), from where."""
BEFORE = {
    ("outgoing", "seal"): (("leader", "approve_seal"),),
    ("outgoing", "issue"): (("leader", "approve_seal"), ("clerk", "seal")),
    ("advice", "screen"): (("director", "check"),),
}
"""Step → steps made before, outside the measurement."""
RATINGS = {
    "rating_heard": 4,
    "rating_accurate": 4,
    "rating_high": 3,
    "relevance": 4,
}


def sign_again(documents):
    """Let copies have been signed under the titles that they have."""
    # Known once the registry is loaded.
    from odoo.addons.office_functions.tools.document_text import digest
    from odoo.addons.office_functions.tools.transition import permit

    with permit(documents):
        for document in documents:
            document.signed_digest = digest(document.name, document.body)


def change_state(amount, times=1):
    """Return the suite that makes each step of the main roads, some times."""

    def suite(scope):
        def act(env, login):
            user = env["res.users"].sudo().search([("login", "=", login)])
            return env(
                user=user.id,
                context={
                    **env.context,
                    "uid": user.id,
                    "allowed_company_ids": user.company_ids.ids,
                },
            )

        def ours(env, model, kind, name, who, state, *more):
            domain = [("state", "=", state), *more]
            Matter = env[model].sudo()
            if "." in who:
                path, who = who, Matter.search(domain, limit=1).mapped(who)[-1]
                domain.append((path, "=", who))
            records = Matter.search(domain, limit=amount * times)
            if name in ("screen", "evaluate") and kind == "advice":
                filled = {"level": "agency"}
                if name == "evaluate":
                    filled = {"effect": "good", "effect_text": "It helped."}
                records.write(filled)
            if (kind, name) == ("outgoing", "register"):
                sign_again(records)
            for login, step in BEFORE.get((kind, name), ()):
                records.with_env(act(env, login)).do_transition(step)
            records = records.with_env(act(env, who))
            if name == "adopt" and kind == "advice":
                return moving(
                    records.env, records, 1, lambda one: one.decide(name, RATINGS)
                )
            return moving(
                records.env,
                records,
                amount,
                lambda them: them.do_transition(name, "Because"),
            )

        return [
            Case(
                named(kind, step[0]),
                "director",
                lambda env, model=model, kind=kind, step=step: ours(
                    env, model, kind, *step
                ),
                amount * times,
            )
            for kind, model in scope.ours.items()
            for step in STEPS[kind]
        ] + peer_cases(scope, amount, times)

    return suite


SUITE = {
    "list": list_of_80(OPEN),
    "list all": list_of_80({}),
    "kanban": kanban,
    "lights": lights,
    "states": states,
    "months": months,
    "number": number,
    "title": title,
    "form": form,
    "panel": panel,
    "idle": own_list(IDLE, STEPPED),
    "unread": own_list(UNREAD, BEARERS),
    "indicators": indicators,
    "similar": of_petitions(similar),
    "known": of_petitions(known),
    "words": of_petitions(words),
    "pivot": of_petitions(pivot),
    "follow": of_petitions(follow),
    "dispatch": of_the_house(dispatch),
    "workbench": of_the_house(workbench),
    "clashes": clashes,
    "state one by one": change_state(1, times=20),
    "state batch": change_state(100),
    "create one by one": create(1, times=10, creators=CREATORS),
    "create 100": create(100, creators=CREATORS),
    "create 1000": create(1000, creators=CREATORS),
}


if __name__ == "__main__":
    bench, database, rows, results, rounds, names, kinds = sys.argv[1:]
    main(bench, database, int(rows), results, int(rounds), names, kinds)
