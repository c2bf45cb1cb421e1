# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The demo's rules, plans and meetings, and what a delegate took over."""

from datetime import datetime, time, timedelta

from odoo.fields import Command

from .story import CHINA_AHEAD, OfficeStory


class RulesStory(OfficeStory):
    """Reads the tables ``rules_*.csv``, and lets them happen."""

    def __init__(self, env):
        super().__init__(env)
        self.env = self.env(context=dict(self.env.context, mail_create_nolog=True))

    def tell(self):
        """Put rules, plans and meetings on the timeline, and run it."""
        for row in self.read_table("rules_regulations"):
            self.timeline.at(row["day"], self.plan_regulation, row)
        for row in self.read_table("rules_plans"):
            self.timeline.at(row["day"], self.draw_up_plan, row)
        for row in self.read_table("rules_meetings"):
            self.timeline.at(row["day"], self.propose_meeting, row)
        for row in self.read_table("rules_events"):
            self.timeline.at(row["day"], self.happen, row)
        self.timeline.run()
        self.env["office.delegation"]._cron_hand_over()
        self.env["office.omission"]._cron_check()

    # Rules of the house ---------------------------------------------------------------

    def plan_regulation(self, row):
        """Let the director put a rule on the list of those to be made."""
        effective = row["effective"] and self.timeline.day(row["effective"])
        self.create_as(
            self.user("director"),
            "office.regulation",
            {
                "name": row["name"],
                "kind": "internal",
                "issuer": self.env.company.name,
                "number": row["number"],
                "summary": row["summary"],
                "full_text": f"<p>{row['text']}</p>",
                "lead_unit_id": self.ref(row["unit"]).id,
                "handler_id": self.user(row["drafter"]).id,
                "audience_unit_ids": self.refs(row["audience"]),
                "date_planned": self.timeline.day(row["planned"]),
                "date_comments_due": self.timeline.day(row["planned"]),
                "date_effective": effective,
                "company_id": self.env.company.id,
            },
            row["key"],
        )

    def act_comment(self, rule, text, _value):
        """Comment on a rule that is out for comments."""
        self.env["office.regulation.comment"].with_user(rule.env.user).create(
            {"regulation_id": rule.id, "text": text}
        )

    def act_answer(self, rule, text, answer):
        """Answer the comments that wait for it."""
        waiting = rule.comment_ids.filtered(lambda comment: not comment.answer)
        waiting.write({"answer": answer, "answer_note": text})

    def act_acknowledge(self, rule, _text, _value):
        """Confirm, for one's unit, that a rule was read."""
        rule.action_confirm_receipt()

    def act_name_successor(self, rule, text, name):
        """Give the version that comes after a rule its own title and name."""
        successor = rule.sudo().next_ids
        self.enter(successor, name)
        successor.name = text

    # Plans ----------------------------------------------------------------------------

    def draw_up_plan(self, row):
        """Let a unit draw up a plan, line by line."""
        unit = self.ref(row["unit"])
        plan = self.create_as(
            unit.manager_id.user_id,
            "office.plan",
            {
                "kind": row["kind"],
                "day": self.timeline.day(row["of"]),
                "lead_unit_id": unit.id,
            },
            row["key"],
        )
        lines = [
            line
            for line in self.read_table("rules_plan_lines")
            if line["plan"] == row["key"]
        ]
        for line in lines:
            self.plan_work(plan, line)

    def plan_work(self, plan, row):
        """Enter one line of a plan; its days are cut to those of the plan."""
        first, last = plan.date_from, plan.date_to
        if row["end"]:
            last = min(max(self.timeline.day(row["end"]), first), last)
        person = self.user(row["handler"])
        line = self.env["office.plan.line"].create(
            {
                "plan_id": plan.id,
                "name": row["name"],
                "handler_id": person.id,
                "lead_unit_id": person.employee_ids.department_id[:1].id,
                "date_from": first,
                "date_to": last,
                "is_key_work": bool(row["is_key"]),
                "key_work_id": row["serves"] and self.ref(row["serves"]).id,
                "progress": float(row["progress"] or 0),
                "note": row["note"],
            }
        )
        if row["key"]:
            self.env["ir.model.data"]._update_xmlids(
                [
                    {
                        "xml_id": f"{self.addon}.{row['key']}",
                        "record": line,
                        "noupdate": True,
                    }
                ]
            )

    def act_explain(self, plan, text, _value):
        """Write down why planned work was not done."""
        plan.summary = text

    # Meetings -------------------------------------------------------------------------

    def propose_meeting(self, row):
        """Let the office propose a meeting."""
        day = self.timeline.day(row["on"])
        start = datetime.combine(day, time(int(row["hour"]))) - CHINA_AHEAD
        host = self.user(row["host"])
        people = [self.user(name).partner_id.id for name in row["people"].split()]
        self.create_as(
            self.user("clerk"),
            "office.meeting",
            {
                "name": row["name"],
                "start": start,
                "stop": start + timedelta(hours=int(row["hours"])),
                "host_id": host.id,
                "stand_in_id": row["stand_in"] and self.user(row["stand_in"]).id,
                "office_room_id": row["room"] and self.ref(row["room"]).id,
                "location": row["place"],
                "lead_unit_id": self.ref(row["unit"]).id,
                "contact_id": self.user("clerk").id,
                "agenda": row["agenda"],
                "materials": row["materials"],
                "requirement": row["requirement"],
                "partner_ids": [Command.set([host.partner_id.id, *people])],
                "office_school_ids": self.refs(row["schools"]),
                "privacy": "public",
            },
            row["key"],
        )

    def act_write_minutes(self, meeting, text, absentees):
        """Write the minutes of a meeting."""
        meeting.write({"minutes": f"<p>{text}</p>", "absentees": absentees})

    def act_decide(self, meeting, text, name):
        """Record what a meeting decided."""
        key, _sep, rest = name.partition(" ")
        unit, handler = rest.split()
        self.create_as(
            meeting.env.user,
            "office.meeting.decision",
            {
                "meeting_id": meeting.id,
                "sequence": len(meeting.decision_ids) + 1,
                "name": text,
                "lead_unit_id": self.ref(unit).id,
                "handler_id": self.user(handler).id,
                "date_deadline": self.timeline.day(21),
            },
            key,
        )

    def act_become_directive(self, decision, _text, name):
        """Let a decision become a directive."""
        decision.do_transition("make_directive")
        self.enter(decision.sudo().directive_id, name)
