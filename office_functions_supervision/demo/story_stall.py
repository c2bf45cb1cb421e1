# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What stalls in the demo: bottlenecks, and one matter driven up the ladder."""

from datetime import datetime, timedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.office_functions.demo.timeline import DAY_BEGINS

WEEK = timedelta(days=7)
TASK = "office.supervision.task"
TICKET = "office.supervision.ticket"
STEPS = (
    ("recognize", "@supervisor", ""),
    ("start", "@supervisor", ""),
    ("report", "@handler", "report_note"),
    ("send_back", "@supervisor", "check_note"),
    ("close", "@supervisor", "check_note"),
    ("dismiss", "@supervisor", "check_note"),
)
"""Column of a bottleneck's row → who makes that step, and where their words stand."""


class StallStory:
    """Reads bottlenecks, talks, proposals and what else happened to them."""

    def plan_stall(self):
        """Put the rows of these tables on the timeline."""
        for row in self.read_table("stall_bottlenecks"):
            self.timeline.at(row["day"], self.record_bottleneck, row)
            for step, who, text in STEPS:
                if row[step]:
                    event = {
                        "matter": row["key"],
                        "who": who,
                        "verb": "step",
                        "text": row.get(text, ""),
                        "value": step,
                    }
                    self.timeline.at(row[step], self.happen, event)
        for row in self.read_table("stall_talks"):
            self.timeline.at(row["day"], self.propose_talk, row)
        for row in self.read_table("stall_proposals"):
            self.timeline.at(row["day"], self.propose_accountability, row)
        for row in self.read_table("stall_events"):
            self.timeline.at(row["day"], self.happen, row)

    def record_bottleneck(self, row):
        """Let a supervisor record a bottleneck by hand, with what they know of it."""
        held_up = self.ref(row["held_up"])
        is_task = held_up._name == TASK
        bottleneck = self.create_as(
            self.user(row["by"]),
            "office.supervision.bottleneck",
            {
                "name": row["name"],
                "ticket_id": held_up.ticket_id.id if is_task else held_up.id,
                "task_id": held_up.id if is_task else False,
                "kind": row["kind"],
                "level": row["level"],
                "problem": row["problem"],
                "cause": row["cause"],
                "measure": row["measure"],
                "date_deadline": row["due"] and self.timeline.day(row["due"]),
            },
            row["key"],
        )
        if row["handler"]:
            bottleneck.write(
                {
                    "lead_unit_id": self.ref(row["unit"]).id,
                    "handler_id": self.user(row["handler"]).id,
                }
            )

    def propose_talk(self, row):
        """Let a supervisor prepare a talk; its steps are events of their own."""
        moment = datetime.combine(self.timeline.day(row["moment"]), DAY_BEGINS)
        self.create_as(
            self.user(row["by"]),
            "office.supervision.talk",
            {
                "ticket_id": self.ref(row["ticket"]).id,
                "user_ids": [Command.set([self.user(row["person"]).id])],
                "host_id": self.user(row["host"]).id,
                "moment": moment,
                "place": row["place"],
                "reason": row["reason"],
            },
            row["key"],
        )

    def propose_accountability(self, row):
        """Let somebody write a proposal; its steps are events of their own."""
        decision = row["decision"] and self.ref(row["decision"]).id
        person = row["person"] and self.user(row["person"]).ids
        self.create_as(
            self.user(row["by"]),
            "office.supervision.accountability",
            {
                "ticket_id": self.ref(row["ticket"]).id,
                "lead_unit_id": row["unit"] and self.ref(row["unit"]).id,
                "user_ids": [Command.set(person or [])],
                "facts": row["facts"],
                "proposal": row["proposal"],
                "body_kind": row["body_kind"],
                "body": row["body"],
                "is_duty_crime": row["body_kind"] == "supervisory",
                "is_major": bool(decision),
                "collective_decision_id": decision,
            },
            row["key"],
        )

    # What the table of events calls ---------------------------------------------------

    def act_step(self, record, text, name):
        """Make a declared transition, whatever other verbs are called like it."""
        record.do_transition(name, text or False)

    def act_look(self, bottleneck, _text, _value):
        """Let the nightly job look for what stalls."""
        Bottleneck = bottleneck.with_env(self.env).browse()
        for kind in (TASK, TICKET):
            found = Bottleneck._find_stalled(kind, 100)
            for proposal in Bottleneck._propose(kind, found):
                self.enter(proposal)

    def act_put_on_record(self, talk, text, value):
        """Hold a talk.

        :param str text: what was said and what was promised, parted by a bar
        :param str value: the day promised
        """
        record, promise = text.split("|")
        talk.write(
            {
                "record": record,
                "promise": promise,
                "date_promised": self.timeline.day(value),
            }
        )
        talk.do_transition("hold")

    def act_criticise(self, ticket, text, name):
        """Draft a bulletin of criticism, as the ladder offers it."""
        Bulletin = self.env["office.supervision.bulletin"]
        action = ticket.action_propose_bulletin()
        bulletin = Bulletin.browse(action["res_id"])
        self.enter(bulletin, name)
        mine = bulletin.with_user(ticket.env.user)
        mine.write(
            {
                "name": f"关于{ticket.name}的督查通报",
                "overview": text,
                "date_deadline": fields.Date.context_today(ticket) + WEEK,
            }
        )
        mine.line_ids.reason = text
        mine.do_transition("submit")

    def act_tell(self, proposal, _text, _value):
        """Tell those who are named in a proposal."""
        proposal.action_notify()

    def act_send_off(self, proposal, text, _value):
        """Send a proposal to the competent body."""
        proposal.transfer_reference = text
        proposal.do_transition("transfer")

    def act_answer(self, proposal, text, offset):
        """Put on record what the competent body decided."""
        proposal.write({"decision": text, "date_decided": self.timeline.day(offset)})
        proposal.do_transition("record_decision")

    def act_decide_together(self, ticket, text, name):
        """Record that a meeting decided on a measure, which needs no ticket."""
        decision = self.create_as(
            self.user("clerk"),
            "office.meeting.decision",
            {
                "meeting": "第九次主任办公会",
                "date": fields.Date.context_today(ticket),
                "name": text,
                "text": text,
                "leader_id": ticket.sudo().leader_id.id,
                "lead_unit_id": self.ref("unit_office").id,
                "handler_id": self.user("clerk").id,
            },
            name,
        )
        director = decision.with_user(self.user("director"))
        director.do_transition("dismiss", "会议已就问责建议作出集体决定，另行移送。")

    def act_special(self, bottleneck, text, name):
        """Begin a special supervision of a bottleneck, with authority and a plan.

        :param str text: the only task of its plan
        :param str name: the ticket's name, its directive, its basis and its due day
        """
        key, directive, basis, due = name.split()
        user = bottleneck.env.user
        action = bottleneck.action_begin_special()
        ticket = self.env[TICKET].browse(action["res_id"])
        self.enter(ticket, key)
        day = self.timeline.day(due)
        ticket.with_user(user).write(
            {
                "directive_id": self.ref(directive).id,
                "policy_basis_ids": self.refs(basis),
                "date_deadline": day,
            }
        )
        task = ticket.task_ids
        task.with_user(user).write({"name": text, "date_deadline": day})
        self.enter(task, f"{key}_1")
