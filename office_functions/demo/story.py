# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The demo's matters, acted out as the people concerned.

The tables in ``tables/`` say who did what on which day, counted from today. States are
reached by the declared transitions and on no other road, so the demo breaks when a
rule of the suite does.
"""

import csv
from datetime import datetime, time, timedelta
from pathlib import Path

from odoo import fields
from odoo.fields import Command, Domain

from ..tools.transition import permit
from .advice_story import AdviceStory
from .coordination_story import CoordinationStory
from .incoming_story import IncomingStory
from .outgoing_story import OutgoingStory
from .timeline import Timeline

CORE = "office_functions"
CHINA_AHEAD = timedelta(hours=8)


class OfficeStory(CoordinationStory, IncomingStory, OutgoingStory):
    """Reads the tables of one addon, and lets them happen.

    Names in the tables are external ids without their addon. ``@handler``,
    ``@leader`` … stand for whoever has that part in the matter.
    """

    addon = CORE
    folder = Path(__file__).parent / "tables"
    directive_steps = ("issue", "accept", "start", "report", "confirm")

    def __init__(self, env):
        self.env = env(context=dict(env.context, lang="zh_CN", tz="Asia/Shanghai"))
        self.timeline = Timeline(fields.Date.context_today(self.env["res.company"]))

    def is_told(self, model):
        """Tell whether this addon's demo holds matters of a kind already."""
        return bool(
            self.env["ir.model.data"].search_count(
                [("module", "=", self.addon), ("model", "=", model)], limit=1
            )
        )

    def hide_host_demo(self):
        """Archive the units and employees of Odoo's own demo, and silence OdooBot."""
        for model in ("hr.employee", "hr.department"):
            strangers = self.env["ir.model.data"].search(
                [
                    ("module", "=", "hr"),
                    ("model", "=", model),
                    ("name", "!=", "employee_admin"),
                ]
            )
            records = self.env[model].browse(strangers.mapped("res_id")).exists()
            records.write({"active": False})
        users = self.env["res.users"].search([("share", "=", False)])
        if "odoobot_state" in users._fields:
            # Its greeting covers the whole screen of a phone.
            users.write({"odoobot_state": "disabled"})

    def forget_loading(self):
        """Leave no note that a record came from a file: it would speak English."""
        loaded = self.env["ir.model.data"].search([("module", "=", self.addon)])
        notes = Domain.OR(
            Domain("model", "=", model) & Domain("res_id", "in", data.mapped("res_id"))
            for model, data in loaded.grouped("model").items()
            if "message_ids" in self.env[model]
        )
        kind = Domain("message_type", "=", "notification")
        self.env["mail.message"].search(kind & notes).unlink()

    def tell(self):
        """Put the rows of all tables on the timeline, and run it."""
        for row in self.read_table("decisions"):
            self.plan_decision(row)
        for row in self.read_table("directives"):
            self.timeline.at(row["given"], self.record_directive, row)
            self.plan_directive(row)
        self.plan_incoming()
        self.plan_outgoing()
        for row in self.read_table("events"):
            self.timeline.at(row["day"], self.happen, row)
        self.plan_coordination()
        advice = AdviceStory(self)
        advice.plan()
        self.timeline.run()
        advice.close()
        for row in self.read_table("meetings"):
            self.call_meeting(row)

    def urge_late_answers(self):
        """Urge whoever has not put right yet what a late answer made known itself."""
        errors = self.env["office.error"].search([("origin_key", "!=", False)])
        director = self.user("director")
        for error in errors.filtered(
            lambda error: error.light == "red" and not error.urging_ids
        ):
            self.act_urge(
                error.with_user(director),
                "请说明逾期答复的原因，一周内提出整改措施。",
                "1",
            )

    # Reading --------------------------------------------------------------------------

    def read_table(self, table):
        """Return the rows of a table.

        :rtype: list[dict[str, str]]
        """
        path = self.folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def ref(self, name):
        """Return the record of an external id of this addon, or of the core.

        :raise ValueError: when there is none
        """
        own = self.env.ref(f"{self.addon}.{name}", raise_if_not_found=False)
        return own or self.env.ref(f"{CORE}.{name}")

    def refs(self, names):
        """Return the command that sets the records of names parted by spaces."""
        return [Command.set([self.ref(name).id for name in names.split()])]

    def user(self, name, matter=None):
        """Return a user by login, or by the part they have in a matter."""
        if name.startswith("@"):
            return matter.sudo()._get_relation_users(name[1:])[:1]
        return self.ref(f"user_{name}")

    def create_as(self, user, model, vals, name=None):
        """Create a record as somebody, at the moment where the clock stands.

        :rtype: recordset in superuser mode
        """
        quiet = self.env[model].with_user(user).with_context(mail_create_nolog=True)
        record = quiet.create(vals).with_env(self.env)
        self.enter(record, name)
        return record

    def enter(self, record, name=None):
        """Let a matter that has just come about begin now, and give it its name.

        The database's own clock, and the defaults of fields, know only the present.
        """
        with permit(record):
            record.with_context(tracking_disable=True).write(
                {"state_since": fields.Datetime.now()}
            )
        if name:
            self.env["ir.model.data"]._update_xmlids(
                [{"xml_id": f"{self.addon}.{name}", "record": record, "noupdate": True}]
            )

    # Directives and decisions ---------------------------------------------------------

    def record_directive(self, row):
        """Let the clerk record a directive."""
        self.create_as(
            self.user("clerk"),
            "office.directive",
            {
                "name": row["name"],
                "kind": row["kind"],
                "leader_id": self.user(row["leader"]).id,
                "date": self.timeline.day(row["given"]),
                "text": row["text"],
                "source": row["source"],
                "lead_unit_id": self.ref(row["unit"]).id,
                "assisting_unit_ids": self.refs(row["assisting"]),
                "handler_id": self.user(row["handler"]).id,
                "date_deadline": self.timeline.day(row["due"]),
                "warn_days": int(row["warn"] or 3),
            },
            row["key"],
        )

    def plan_directive(self, row):
        """Put the steps of a directive on the timeline: a column each, with its day."""
        actors = {"issue": "clerk", "confirm": "@leader"}
        for step in self.directive_steps:
            if row[step]:
                event = {
                    "matter": row["key"],
                    "who": actors.get(step, "@handler"),
                    "verb": step,
                    "text": row["note"] if step == "report" else "",
                }
                self.timeline.at(row[step], self.happen, event)

    def plan_decision(self, row):
        """Put a meeting's decision, and what became of it, on the timeline."""
        self.timeline.at(row["held"], self.record_decision, row)
        if row["dismiss"]:
            event = {"matter": row["key"], "who": "director", "verb": "dismiss"}
            self.timeline.at(
                row["dismiss"], self.happen, {**event, "text": row["note"]}
            )
        if row["make_directive"]:
            name = row["key"].replace("decision_", "directive_")
            self.timeline.at(row["make_directive"], self.make_directive, row, name)
            self.plan_directive({**row, "key": name})

    def record_decision(self, row):
        """Let the clerk record what a meeting decided."""
        self.create_as(
            self.user("clerk"),
            "office.meeting.decision",
            {
                "meeting": row["meeting"],
                "sequence": int(row["sequence"]),
                "date": self.timeline.day(row["held"]),
                "name": row["name"],
                "text": row["text"],
                "leader_id": self.user(row["leader"]).id,
                "lead_unit_id": self.ref(row["unit"]).id,
                "handler_id": self.user(row["handler"]).id,
                "date_deadline": self.timeline.day(row["due"]),
            },
            row["key"],
        )

    def make_directive(self, row, name):
        """Let a decision become a directive."""
        decision = self.ref(row["key"])
        decision.with_user(self.user("clerk")).do_transition("make_directive")
        self.enter(decision.directive_id, name)

    def call_meeting(self, row):
        """Put a meeting of the coming days into the diaries."""
        day = self.timeline.day(row["day"])
        start = datetime.combine(day, time(int(row["hour"]))) - CHINA_AHEAD
        host = self.user(row["host"])
        people = [self.user(name).partner_id.id for name in row["people"].split()]
        self.env["calendar.event"].with_user(host).with_context(
            dont_notify=True, no_mail_to_attendees=True
        ).create(
            {
                "name": row["name"],
                "location": row["place"],
                "start": start,
                "stop": start + timedelta(hours=int(row["hours"])),
                "partner_ids": [Command.set([host.partner_id.id, *people])],
            }
        )

    # Whatever else happens ------------------------------------------------------------

    def happen(self, event):
        """Let somebody do something to a matter.

        :param dict event: ``matter``, ``who``, ``verb`` (a method ``act_…`` of this
            class, else a declared transition), and perhaps ``text`` and ``value``
        """
        matter = self.ref(event["matter"])
        matter = matter.with_user(self.user(event["who"], matter))
        act = getattr(self, f"act_{event['verb']}", None)
        if act:
            act(matter, event["text"], event.get("value"))
        else:
            matter.do_transition(event["verb"], event["text"] or False)

    def act_urge(self, matter, text, level):
        """Send an urging notice of a level, and tell its addressees the same hour."""
        notice = matter.urge(text, level or "1")
        addressees = notice.sudo().addressee_ids
        addressees.write({"date_notified": fields.Datetime.now()})

    def act_reply(self, matter, text, _value):
        """Answer the oldest notice that waits for an answer."""
        waiting = matter.urging_ids.filtered(lambda notice: not notice.date_replied)
        waiting.sorted("id")[0].send_reply(text)

    def act_extend(self, matter, text, offset):
        """Move the deadline to a later day."""
        matter.change_deadline("extend", text, self.timeline.day(offset))

    def act_pause(self, matter, text, _value):
        """Stop the clock."""
        matter.change_deadline("pause", text)

    def act_recuse(self, matter, text, _value):
        """Step aside from a matter."""
        matter.recuse(reason=text)

    def act_appoint(self, matter, _text, name):
        """Give a matter to another handler."""
        matter.handler_id = self.user(name)

    def act_restrict(self, matter, text, names):
        """Close a matter to all but some persons."""
        matter.restrict()
        for name in names.split():
            matter.admit(self.user(name), text)

    def act_confirm_text(self, matter, _text, _value):
        """Confirm the wording of an oral instruction."""
        matter.action_confirm_text()
