# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Staff advice in the demo: ideas and what became of them, research, focus, foresight.

The tables begin with ``advice_``; their days are counted from today.
"""

from odoo import fields
from odoo.fields import Command

QUIET = {"mail_create_nolog": True}
"""Names of models have no Chinese yet while the demo is made."""
RATINGS = ("rating_heard", "rating_accurate", "rating_high", "relevance")


class AdviceStory:
    """Puts the advice of the demo on the timeline of a story.

    :param OfficeStory story: reads the tables and knows the people
    """

    def __init__(self, story):
        self.story = story
        self.env = story.env

    def plan(self):
        """Put the rows of the tables on the timeline."""
        for row in self.read_rows("events"):
            self.foresee(row)
        at = self.story.timeline.at
        for row in self.read_rows("focus"):
            at(row["born"], self.list_focus, row)
        for row in self.read_rows("topics"):
            at(row["born"], self.plan_topic, row)
        for row in self.read_rows("visits"):
            at(row["day"], self.visit, row)
        for row in self.read_rows("studies"):
            at(row["day"], self.study, row)
        for row in self.read_rows("proposals"):
            at(row["born"], self.draft, row)
        for row in self.read_rows("steps"):
            at(row["day"], self.happen, row)

    def close(self):
        """Let the office look ahead from today, as its job does every morning."""
        self.env["office.foreseen.event"]._plan_ahead()

    def read_rows(self, table):
        """Return the rows of one table of the advice."""
        return self.story.read_table(f"advice_{table}")

    def id(self, name):
        """Return the id of an external id, or ``False`` without one."""
        return bool(name) and self.story.ref(name).id

    # What begins ----------------------------------------------------------------------

    def foresee(self, row):
        """Note an event that is sure to come."""
        vals = {
            "name": row["name"],
            "kind": row["kind"],
            "date": self.find_date(row["day"]),
            "owner_id": self.story.user(row["owner"]).id,
            "department_id": self.id(row["unit"]),
            "note": row["note"],
        }
        events = self.env["office.foreseen.event"].with_context(**QUIET)
        event = events.create(vals)
        self.env["ir.model.data"]._update_xmlids(
            [
                {
                    "xml_id": f"{self.story.addon}.{row['key']}",
                    "record": event,
                    "noupdate": True,
                }
            ]
        )

    def find_date(self, day):
        """Return the date of an event: ``06-07`` each year, or days from today.

        :rtype: date
        """
        month, dash, day_of_month = day.partition("-")
        if dash and month:
            return self.story.timeline.next_day(int(month), int(day_of_month))
        return self.story.timeline.day(day)

    def list_focus(self, row):
        """Let the clerk list what a leader has on their mind."""
        self.story.create_as(
            self.story.user("clerk"),
            "office.focus",
            {
                "name": row["name"],
                "type": row["type"],
                "leader_id": self.story.user(row["leader"]).id,
                "lead_unit_id": self.id(row["unit"]),
                "handler_id": self.story.user(row["handler"]).id,
                "text": row["text"],
            },
            row["key"],
        )

    def plan_topic(self, row):
        """Let somebody plan a research topic."""
        self.story.create_as(
            self.story.user(row["handler"]),
            "office.research",
            {
                "name": row["name"],
                "text": row["text"],
                "plan": row["plan"],
                "lead_unit_id": self.id(row["unit"]),
                "handler_id": self.story.user(row["handler"]).id,
                "member_ids": self.users(row["members"]),
                "demand_ids": [Command.set(self.find_demands(row["demands"]).ids)],
                "category_id": self.id(row["category"]),
                "date_deadline": self.story.timeline.day(row["due"]),
            },
            row["key"],
        )

    def users(self, names):
        """Return the command that sets the users of logins parted by spaces."""
        return [Command.set([self.story.user(name).id for name in names.split()])]

    def find_demands(self, names):
        """Return the regional demands of some names, made where they are missing."""
        Demand = self.env["office.research.demand"]
        names = names.split()
        found = Demand.search([("name", "in", names)])
        missing = set(names) - set(found.mapped("name"))
        return found | Demand.create([{"name": name} for name in sorted(missing)])

    def visit(self, row):
        """Record a visit to a school."""
        people = row["people"].split()
        visits = self.env["office.research.visit"].with_context(**QUIET)
        visits.with_user(self.story.user(people[0])).create(
            {
                "name": row["name"],
                "date": self.story.timeline.day(row["day"]),
                "school_id": self.id(row["school"]),
                "user_ids": self.users(row["people"]),
                "research_id": self.id(row["topic"]),
                "findings": row["findings"],
            }
        )

    def study(self, row):
        """Record that somebody has studied a policy."""
        user = self.story.user(row["who"])
        self.env["office.study.record"].with_user(user).create(
            {
                "regulation_id": self.id(row["regulation"]),
                "date": self.story.timeline.day(row["day"]),
                "note": row["note"],
            }
        )

    def draft(self, row):
        """Let somebody draft an advice, or a school send one in."""
        user = self.story.user(row["drafter"])
        if user.share:
            Advice = self.env["office.advice"].with_user(user)
            advice = Advice.submit_from_portal(
                {"name": row["name"], "text": row["text"]}
            )
            self.story.enter(advice.with_env(self.env), row["key"])
            return
        # What a kind of advice asks for stands in the columns after these.
        advice = self.story.create_as(
            user, "office.advice", self.prepare_advice(row, user), row["key"]
        )
        advice.env["office.advice.option"].create(
            [
                {
                    "advice_id": advice.id,
                    "name": option["name"],
                    "pros": option["pros"],
                    "cons": option["cons"],
                    "cost": option["cost"],
                    "is_recommended": bool(option["recommended"]),
                }
                for option in self.read_rows("options")
                if option["advice"] == row["key"]
            ]
        )

    def prepare_advice(self, row, user):
        """Return the values of a draft."""
        texts = "goal steps schedule cost risk repaired_rule likelihood warning_sign"
        links = {
            "research_id": "topic",
            "focus_id": "focus",
            "foreseen_event_id": "event",
            "directive_id": "directive",
        }
        return {
            "name": row["name"],
            "text": row["text"],
            "kind": row["kind"],
            "initiative": row["initiative"],
            "trigger": row["trigger"] or "none",
            "is_innovative": bool(row["innovative"]),
            "leader_id": self.story.user(row["leader"]).id,
            "lead_unit_id": self.id(row["unit"]),
            "handler_id": user.id,
            "policy_basis_ids": self.story.refs(row["basis"]),
            "plan_unit_ids": self.story.refs(row["units"]),
            "counter_measure": row["counter_measure"],
            **{name: row[name] for name in texts.split()},
            **{name: self.id(row[column]) for name, column in links.items()},
        }

    # What happens ---------------------------------------------------------------------

    def happen(self, event):
        """Let somebody do something: an act of this class, else of the story."""
        act = getattr(self, f"act_{event['verb']}", None)
        if not act:
            self.story.happen(event)
            return
        matter = self.story.ref(event["matter"])
        user = self.story.user(event["who"], matter)
        act(matter.with_user(user), event["text"], event["value"])

    def act_screen(self, advice, _text, level):
        """Sign the check, say how high the advice aims, and pass it."""
        advice.do_transition("check")
        advice.level = level
        advice.do_transition("screen")

    def decide(self, name, advice, text, value):
        """Decide with ratings, and perhaps an option by its place or a day."""
        stars, *more = value.split()
        choice = int(more[0]) if more else 0
        advice.decide(
            name,
            dict(zip(RATINGS, map(int, stars), strict=True)),
            text or False,
            advice.option_ids[choice - 1].id if choice and name != "defer" else False,
            self.story.timeline.day(choice) if name == "defer" else False,
        )

    def act_adopt(self, *args):
        """Adopt as it stands."""
        self.decide("adopt", *args)

    def act_adopt_partly(self, *args):
        """Adopt in part."""
        self.decide("adopt_partly", *args)

    def act_reject(self, *args):
        """Do not adopt."""
        self.decide("reject", *args)

    def act_defer(self, *args):
        """Put off until a day."""
        self.decide("defer", *args)

    def act_send_back(self, *args):
        """Return what misses the point."""
        self.decide("send_back", *args)

    def act_make_directive(self, advice, _text, name):
        """Let adopted advice become a directive."""
        action = advice.action_make_directive()
        directive = self.env[action["res_model"]].browse(action["res_id"])
        self.story.enter(directive, name)

    def act_evaluate(self, advice, text, effect):
        """Say what effect it had."""
        advice.write({"effect": effect, "effect_text": text})
        advice.do_transition("evaluate")

    def act_report(self, topic, text, _value):
        """Report what research has found."""
        topic.report = text
        topic.do_transition("report")

    def act_close_bare(self, topic, text, _value):
        """Close a topic that gave no advice, and say why."""
        topic.no_advice_reason = text
        topic.do_transition("close")

    def act_act(self, focus, text, directive):
        """Do something about a difficulty, told or untold."""
        focus.env["office.focus.action"].create(
            {
                "focus_id": focus.id,
                "name": text,
                "date": fields.Date.context_today(focus),
                "directive_id": self.id(directive),
            }
        )

    def act_address(self, advice, _text, leader):
        """Say which leader is to decide."""
        advice.leader_id = self.story.user(leader)

    def act_answer(self, advice, text, _value):
        """Answer a school in words that it reads on the portal."""
        advice.public_answer = text
