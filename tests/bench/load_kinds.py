# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Fill a database with documents, information, advice, petitions and a full calendar.

    load_kinds.py BENCH DATABASE ROWS KINDS

As load.py does for tickets: a hundred rows of each kind go their way as people would
lead them (all that is done for 0 rows); the others are SQL copies of these with all that
hangs on them: readers, receipts, options, countersignatures, seals, points, log,
deadlines, urgings, links, the directive that an instruction became.
"""

import random
import sys
from datetime import timedelta

from common import CLOSED, KINDS, MAINT, STAFF, TASK, UNITS, open_registry
from load import (
    CORE,
    DEADLINE,
    SAMPLES,
    copy_all,
    copy_peers,
    drawn,
    make_peers,
    make_people,
    pass_as,
)

from odoo import SUPERUSER_ID, api, fields
from odoo.fields import Command

PER_KIND = 100
"""Rows of each kind that the ORM makes and leads through the office."""

STATES = {
    "incoming": "received 2 registered 2 screened 2 proposed 3 instructed 3 handling 12 "
    "replied 2 circulating 4 closed 5 archived 65",
    "outgoing": "drafting 5 reviewing 5 countersigning 3 signing 4 verified 2 "
    "registered 2 printing 1 sealing 3 issued 15 archived 60",
    "information": "draft 3 requested 4 submitted 6 screened 4 verified 3 edited 3 "
    "presented 7 adopted 10 unused 10 archived 50",
    "advice": "draft 3 submitted 8 screened 4 presented 10 adopted 3 implementing 2 "
    "rejected 20 closed 50",
    "petition": "registered 4 judged 4 accepted 4 handling 10 replied 8 forwarded 10 "
    "closed 60",
}
"""Kind → state and percent of the records in it: about 30 percent are open."""

LAG = f"CASE WHEN t.state IN {{closed}} THEN {drawn(3, 1500)} ELSE {drawn(3, 60)} END"
"""Days by which a copy lies before its sample: old, if closed."""
STEP_DUE = f"""CASE WHEN t.step_due IS NOT NULL THEN now()
    + CASE WHEN {drawn(5, 100)} < 30 THEN -1 - {drawn(6, 20)}
      ELSE 1 + {drawn(6, 5)} END * interval '1 day' END"""
"""Of the steps with a clock, three in ten lie too long."""
EVENT_SHIFT = f"({drawn(7, 1400)} - 1000)"
"""Days by which a copy of an event lies off its sample: three years back, one ahead."""
ROOMS = 30


def main(bench, database, rows, kinds):
    registry = open_registry(bench, database)
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True})
        if not rows:
            make_all(env, kinds)
        cr.commit()
        if rows:
            copiers = [kind_copier(registry, kind) for kind in kinds]
            copy_all(cr, rows // PER_KIND - 1, *copiers)
            copy_all(cr, rows // SAMPLES - 1, copy_events, copy_peer_rows)
    with registry.cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE")


def make_all(env, kinds):
    """Create the people and the samples of some kinds."""
    people = make_people(env)
    set_up_office(env, people)
    for kind in kinds:
        make_samples(env, people, kind)
    make_events(env, people)
    make_peers(env, people)


def set_up_office(env, people):
    """Name those by whom the office works, and what its papers stand on."""
    for login, group in (("clerk", "clerk"), ("officer", "petition")):
        people[login] = env["res.users"].create(
            {
                "name": login,
                "login": login,
                "tz": "Asia/Shanghai",
                "group_ids": [Command.set(env.ref(CORE + group).ids)],
            }
        )
    env.company.write(
        {
            "office_document_clerk_id": people["clerk"].id,
            "office_information_editor_id": people["clerk"].id,
            "office_principal_leader_id": people["leader"].id,
        }
    )


# The samples --------------------------------------------------------------------------


def make_samples(env, people, kind):
    """Create the samples of a kind and lead each to its state, as people would."""
    words = STATES[kind].split()
    shares = zip(words[::2], map(int, words[1::2]), strict=True)
    states = [state for state, share in shares for _n in range(share)]
    chance = random.Random(kind)
    chance.shuffle(states)
    for index, state in enumerate(states):
        places = chance.sample(range(UNITS), 3)
        scene = {
            "people": people,
            "state": state,
            "units": people["units"].browse(people["units"].ids[p] for p in places),
            "head": people[f"head_{places[0]}"],
            "doer": people[f"staff_{places[0]}_{chance.randint(1, STAFF)}"],
            "other": people[f"staff_{places[1]}_{chance.randint(1, STAFF)}"],
            "heads": [people[f"head_{place}"] for place in places],
            "index": index,
        }
        record = WAYS[kind](env, scene)
        if record.state != state:
            raise AssertionError(f"{kind}: {record.state} in place of {state}")
        if record.open_deadline and index % 5 == 0:
            urger = people["officer" if kind == "petition" else "clerk"]
            record.with_user(urger).urge("Please report by tomorrow.")
        env.flush_all()
        env.invalidate_all()


def common_vals(env, scene):
    return {
        "name": f"Places in primary schools {scene['index']}",
        "lead_unit_id": scene["units"][0].id,
        "handler_id": scene["doer"].id,
    }


def go(record, scene, *steps):
    """Make steps in turn until the wanted state is reached.

    :param steps: ``(state reached, who, transition[, note])``
    """
    people = scene["people"]
    for reached, who, name, *note in steps:
        if record.state == scene["state"]:
            break
        user = people.get(who) or scene[who]
        pass_as(record, user, name, *note)
        if record.state != reached:
            raise AssertionError(f"{name}: {record.state} in place of {reached}")
    return record


def make_incoming(env, scene):
    """Lead a paper for action, or one for reading round its readers."""
    people, index = scene["people"], scene["index"]
    is_reading = scene["state"] in ("circulating", "closed") or index % 8 == 0
    is_reading &= scene["state"] not in ("proposed", "instructed", "handling")
    is_reading &= scene["state"] != "replied"
    record = (
        env[KINDS["incoming"]]
        .with_user(people["clerk"])
        .create(
            {
                **common_vals(env, scene),
                "sender": f"District Government {index % 12}",
                "sender_number": f"府发〔2026〕{index}号",
                "urgency": "urgent" if index % 6 == 0 else "ordinary",
                "date_deadline": fields.Date.today() + timedelta(days=20),
                "kind": "reading" if is_reading else "action",
                "leader_id": people["leader"].id,
                "screening": "submit",
                "screening_reason": "Needs a decision.",
                "proposal": "The section should count the places.",
                "retention": "30",
                "no_reply_needed": True,
                "text_content": "Count the free places in all primary schools.",
                "circulation_ids": [
                    Command.create({"user_id": user.id, "sequence": nth})
                    for nth, user in enumerate([scene["doer"], scene["other"]])
                ]
                if is_reading
                else [],
            }
        )
    )
    arriving = (
        ("registered", "clerk", "register"),
        ("screened", "clerk", "screen"),
    )
    if is_reading:
        go(record, scene, *arriving, ("circulating", "clerk", "circulate"))
        if record.state == "circulating":
            pass_as(record, scene["doer"], "read")
            if scene["state"] != "circulating":
                pass_as(record, scene["other"], "read")
        if scene["state"] == "closed":
            return go(record, scene, ("closed", "clerk", "close", "Read"))
        return go(record, scene, ("archived", "clerk", "archive_read"))
    return go(
        record,
        scene,
        *arriving,
        ("proposed", "clerk", "propose"),
        ("instructed", "leader", "instruct", "Publish them."),
        ("handling", "clerk", "assign"),
        ("replied", "doer", "reply"),
        ("archived", "clerk", "archive"),
    )


def make_outgoing(env, scene):
    """Lead a document from its draft over review, signature and seal to the archive."""
    people, units = scene["people"], scene["units"]
    asks = scene["index"] % 4 == 0 or scene["state"] == "countersigning"
    record = (
        env[KINDS["outgoing"]]
        .with_user(scene["doer"])
        .create(
            {
                **common_vals(env, scene),
                "body": "<p>Publish the number of free places.</p>",
                "disclosure": "active",
                "policy_basis_ids": [Command.set(people["law"].ids)],
                "reviewer_id": people["clerk"].id,
                "signer_id": people["leader"].id,
                "main_unit_ids": [Command.set(units.ids)],
                "countersign_unit_ids": [Command.set(units[1:2].ids if asks else [])],
                "print_copies": 20,
                "proofreader_id": scene["doer"].id,
                "seal_copies": 20,
                "retention": "30",
            }
        )
    )
    scene["countersigner"] = scene["heads"][1]
    review = (("signing", "clerk", "pass_review"),)
    if asks:
        review = (
            ("countersigning", "clerk", "ask_countersign"),
            ("countersigning", "countersigner", "agree"),
            ("signing", "clerk", "send_to_sign"),
        )
    return go(
        record,
        scene,
        ("reviewing", "head", "submit"),
        *review,
        ("verified", "leader", "sign", "Agreed."),
        ("registered", "clerk", "register"),
        ("printing", "clerk", "print"),
        ("sealing", "clerk", "ask_seal"),
        *(
            [
                ("sealing", "leader", "approve_seal"),
                ("sealing", "clerk", "seal"),
                ("issued", "clerk", "issue"),
                ("archived", "clerk", "archive"),
            ]
            if scene["state"] in ("issued", "archived")
            else []
        ),
    )


def make_information(env, scene):
    """Lead a report from the fact to its use; one in four goes down, with receipts."""
    people, index = scene["people"], scene["index"]
    is_down = index % 4 == 0
    record = (
        env[KINDS["information"]]
        .with_user(people["clerk"] if scene["state"] == "requested" else scene["doer"])
        .create(
            {
                **common_vals(env, scene),
                "direction": "down" if is_down else "up",
                "kind": ("situation", "problem", "conflict")[index % 3],
                "nature": ("good", "bad", "neutral")[index % 3],
                "moment_event": fields.Datetime.now(),
                "place": "Western district",
                "source": "Registration lists",
                "text": "Two hundred pupils, one hundred and fifty places.",
                "verified_by": "The headmaster",
                "request_text": "Figures of the western district",
                "date_deadline": fields.Date.today() + timedelta(days=20),
                "editor_id": people["clerk"].id,
                "leader_id": people["leader"].id,
                "addressee_unit_ids": [Command.set(scene["units"].ids)],
                "figure_ids": [
                    Command.create({"name": "Pupils without a place", "value": 50})
                ]
                if scene["state"] == "draft"
                else [],
            }
        )
    )
    if scene["state"] == "requested":
        return go(record, scene, ("requested", "clerk", "request"))
    used = ("unused", "director", "leave_unused", "Known already.")
    if scene["state"] != "unused":
        used = ("adopted", "clerk", "adopt")
    return go(
        record,
        scene,
        ("submitted", "doer", "submit"),
        ("screened", "clerk", "screen"),
        ("verified", "clerk", "verify"),
        ("edited", "clerk", "edit"),
        ("presented", "clerk", "present"),
        used,
        ("archived", "clerk", "archive"),
    )


def make_advice(env, scene):
    """Lead a proposal with two options to the leader's decision and its effect."""
    people, state = scene["people"], scene["state"]
    record = (
        env[KINDS["advice"]]
        .with_user(scene["doer"])
        .create(
            {
                **common_vals(env, scene),
                "text": "Rooms stand empty in the afternoon.",
                "initiative": ("self", "asked")[scene["index"] % 2],
                "drafter_id": scene["doer"].id,
                "leader_id": people["leader"].id,
                "policy_basis_ids": [Command.set(people["law"].ids)],
                "option_ids": [
                    Command.create({"name": "Share", "is_recommended": True}),
                    Command.create({"name": "Build"}),
                ],
            }
        )
    )
    go(record, scene, ("submitted", "doer", "submit"))
    if state not in ("draft", "submitted"):
        pass_as(record, people["director"], "check")
        record.with_user(people["director"]).level = "agency"
    go(
        record,
        scene,
        ("screened", "director", "screen"),
        ("presented", "clerk", "present"),
    )
    if record.state != state:
        ratings = {
            "rating_heard": 4,
            "rating_accurate": 4,
            "rating_high": 3,
            "relevance": 4,
        }
        decision = "reject" if state == "rejected" else "adopt"
        record.with_user(people["leader"]).decide(decision, ratings, reason="Seen.")
    go(record, scene, ("implementing", "clerk", "implement"))
    if record.state != state:
        record.sudo().write({"effect": "good", "effect_text": "It helped."})
    return go(
        record,
        scene,
        ("evaluated", "director", "evaluate"),
        ("closed", "clerk", "close"),
    )


def make_petition(env, scene):
    """Lead a letter to its written opinion; one in ten complains of a unit."""
    index = scene["index"]
    record = (
        env[KINDS["petition"]]
        .with_user(scene["people"]["officer"])
        .create(
            {
                **common_vals(env, scene),
                "text": "Children wait in the rain every morning.",
                "channel": ("letter", "visit", "call", "online")[index % 4],
                "person": f"张三{index}",
                "person_phone": f"1380000{index:04d}",
                "petition_class": "claim",
                "route": "petition",
                "proper_organ": "Traffic Bureau",
                "opinion": "The timetable is changed.",
                "accused_ids": [Command.create({"unit_id": scene["units"][2].id})]
                if index % 10 == 0
                else [],
                "demand_ids": [
                    Command.create(
                        {
                            "text": "The bus comes on time",
                            "outcome": "supported",
                            "facts": "It was late on ten days.",
                            "basis": "Rules of School Buses, art. 3",
                        }
                    )
                ],
            }
        )
    )
    go(record, scene, ("judged", "officer", "judge"))
    if scene["state"] == "forwarded":
        return go(record, scene, ("forwarded", "officer", "forward"))
    go(
        record,
        scene,
        ("accepted", "officer", "accept"),
        ("handling", "doer", "start"),
        ("replied", "doer", "reply"),
    )
    record.notice_ids.sudo().write(
        {"date_delivered": fields.Date.context_today(record), "delivery_way": "hand"}
    )
    return go(record, scene, ("closed", "officer", "close"))


WAYS = {
    "incoming": make_incoming,
    "outgoing": make_outgoing,
    "information": make_information,
    "advice": make_advice,
    "petition": make_petition,
}


def make_events(env, people):
    """Create the sample events: rooms, a vehicle, a school or a leader taken by each."""
    chance = random.Random(3)
    rooms = env["resource.resource"].create(
        [
            {
                "name": f"Room {index}",
                "resource_type": "material",
                "office_resource_kind": "room" if index < ROOMS - 4 else "vehicle",
            }
            for index in range(ROOMS)
        ]
    )
    schools = env["hr.department"].create(
        [{"name": f"School {index}", "unit_kind": "school"} for index in range(100)]
    )
    today = fields.Datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
    silent = env["calendar.event"].with_context(
        no_mail_to_attendees=True, tracking_disable=True
    )
    events = []
    for index in range(SAMPLES):
        start = today + timedelta(hours=chance.randint(0, 9))
        staff = people[f"staff_{index % UNITS}_1"].partner_id.id
        leader = people["leader"].partner_id.id
        events.append(
            {
                "name": f"Meeting {index}",
                "start": start,
                "stop": start + timedelta(minutes=chance.choice((30, 60, 90))),
                "partner_ids": [
                    Command.set([staff, leader] if index % 20 == 0 else [staff])
                ],
                "office_room_id": chance.choice(rooms[:-4]).id,
                "office_vehicle_ids": [
                    Command.set(rooms[-4:].ids[index % 4 : index % 4 + 1])
                ]
                if index % 10 == 0
                else [],
                "office_school_ids": [Command.set(chance.choice(schools).ids)]
                if index % 10 == 5
                else [],
            }
        )
    silent.create(events)
    env.flush_all()


# SQL copies ---------------------------------------------------------------------------

PARTS = {
    "incoming": {"office_document_circulation": "document_id"},
    "outgoing": {"office_document_finding": "document_id"},
    "information": {"office_information_figure": "information_id"},
    "advice": {},
    "petition": {
        "office_petition_identity": "petition_id",
        "office_petition_accused": "petition_id",
        "office_petition_demand": "petition_id",
        "office_petition_notice": "petition_id",
    },
}
MOVED_PARTS = {
    "office_petition_identity": {
        "phone": "'139' || lpad((n % 100000000)::text, 8, '0')",
        "phone_hash": "md5(t.phone_hash || n)",
    }
}
"""Table of lines → column of which each copy has a value of its own, in SQL."""
SUBJECTS = (
    "校车每天早上晚点",
    "食堂饭菜分量不足",
    "学区划分不合理",
    "转学手续办理太慢",
    "课后服务收费过高",
    "操场跑道气味刺鼻",
    "教师体罚学生",
    "幼儿园入园名额不足",
    "校门口交通拥堵",
    "教室空调无法使用",
)
PLACES = (
    "东关",
    "西街",
    "南湖",
    "北苑",
    "江北",
    "城西",
    "河东",
    "新区",
    "高桥",
    "柳巷",
)
"""What letters are about, and of which schools they speak."""
"""Kind → tables of lines, and the column by which they hang on it."""
NUMBERS = {
    "incoming": "收",
    "outgoing": "教发",
    "information": "信",
    "advice": "参",
    "petition": "访",
}


def kind_copier(registry, kind):
    """Return the function that copies the samples of a kind and all that hangs on them."""
    model = registry[KINDS[kind]]

    def copy(copier):
        table = model._table
        copier.follow(table)
        refs = {"id": table}
        moved = move(model, CLOSED[kind], NUMBERS[kind])
        if kind == "incoming":
            copier.follow("office_directive")
            directive = registry["office.directive"]
            copier.copy(
                "office_directive",
                {"id": "office_directive"},
                **move(directive, ("confirmed", "withdrawn"), "批"),
            )
            copy_annexes(copier, registry, directive)
            refs["directive_id"] = "office_directive"
        elif kind == "advice":
            copier.follow("office_advice_option")
            refs["chosen_option_id"] = "office_advice_option"
        copier.copy(table, refs, **moved)
        if kind == "advice":
            copier.copy(
                "office_advice_option",
                {"id": "office_advice_option", "advice_id": table},
            )
        for part, column in PARTS[kind].items():
            copier.copy(part, {column: table}, **MOVED_PARTS.get(part, {}))
        for field in model._fields.values():
            if field.type == "many2many" and field.store and field.relation:
                copier.copy(field.relation, {field.column1: table})
        copy_annexes(copier, registry, model)

    return copy


def copy_annexes(copier, registry, model):
    """Copy log, deadlines, urgings, receipts, seals and links of some matters."""
    table, own = model._table, f"t.res_model = '{model._name}'"
    lag = f"- {drawn(3, 1500)} * interval '1 day'"
    for name in registry.descendants(["office.annex.mixin"], "_inherit"):
        annex = registry[name]
        if annex._abstract or not annex._auto:
            continue
        refs = {"res_id": table}
        if name == "office.urging":
            copier.follow("office_urging", own)
            refs["id"] = "office_urging"
        elif name == "office.urging.addressee":
            continue
        elif name == "office.matter.link":
            own_links = f"{own} AND t.target_model = 'office.directive'"
            if "office_directive" in copier.followed:
                copier.copy(
                    annex._table, {**refs, "target_id": "office_directive"}, own_links
                )
            continue
        late = {"date": f"t.date {lag}"} if name == "office.transition" else {}
        copier.copy(annex._table, refs, own, **late)
    copier.copy(
        "office_urging_addressee", {"res_id": table, "urging_id": "office_urging"}, own
    )
    copier.forget("office_urging")


def move(model, closed, prefix):
    """Return what a copy of a matter has of its own: name, number, dates.

    Half the running ones are overdue; what is closed lies up to four years back.
    """
    lag = LAG.format(closed=closed)
    running = "t.open_deadline IS NOT NULL"
    moved = {
        field.name: f"t.{field.name} - {lag}"
        + (" * interval '1 day'" if field.type == "datetime" else "")
        for field in model._fields.values()
        if field.store and field.type in ("date", "datetime")
    }
    moved["name"] = "regexp_replace(t.name, '\\d+', n::text)"
    moved["number"] = (
        f"CASE WHEN t.number IS NOT NULL THEN '{prefix}〔' || 2016 + n % 10 "
        "|| '〕' || n || '号' END"
    )
    for name in ("date_deadline", "date_deadline_original"):
        moved[name] = f"CASE WHEN {running} THEN {DEADLINE} ELSE t.{name} - {lag} END"
    moved["open_deadline"] = f"CASE WHEN {running} THEN {DEADLINE} END"
    moved["date_warn"] = f"{moved['date_deadline']} - t.warn_days"
    moved["next_urging"] = f"CASE WHEN {running} THEN CURRENT_DATE + 1 END"
    if "query_code" in model._fields:
        moved["query_code"] = "translate(upper(lpad(to_hex(n), 12, 'z')), '01', 'XY')"
    if "petition_class" in model._fields:
        place, subject = pick(PLACES, 8), pick(SUBJECTS, 9)
        moved["name"] = f"{place} || {subject} || '小学' || {drawn(10, 1000)}"
    if "step_due" in model._fields:
        moved["step_due"] = STEP_DUE
    if "sender_number" in model._fields:
        moved["sender_number"] = "'府发〔2026〕' || n || '号'"
        moved["duplicate_key"] = "t.duplicate_key || n"
    if "archive_number" in model._fields:
        moved["archive_number"] = (
            "CASE WHEN t.archive_number IS NOT NULL THEN '档' || n END"
        )
    return moved


def pick(words, seed):
    """Return the SQL of one of some words, drawn by lot for each copy."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"(ARRAY[{listed}])[1 + {drawn(seed, len(words))}]"


def copy_events(copier):
    """Copy the sample events over four years, with all that they take."""
    event = "calendar_event"
    copier.follow(event)
    days = f"{EVENT_SHIFT} * interval '1 day'"
    copier.copy(
        event,
        {"id": event},
        name="regexp_replace(t.name, '\\d+', n::text)",
        start=f"t.start + {days}",
        stop=f"t.stop + {days}",
    )
    copier.copy("calendar_attendee", {"event_id": event}, access_token="NULL")
    for relation, column in (
        ("calendar_event_res_partner_rel", "calendar_event_id"),
        ("calendar_event_office_vehicle_rel", "event_id"),
        ("calendar_event_office_school_rel", "event_id"),
    ):
        copier.copy(relation, {column: event})


def copy_peer_rows(copier):
    copy_peers(copier, (TASK, MAINT))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:])
