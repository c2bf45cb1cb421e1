# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The demo's supervised matters, from the directive to the striking off."""

from pathlib import Path

from odoo import fields

from odoo.addons.office_functions.demo.story import OfficeStory

from .story_figures import FiguresActs
from .story_law import LawStory
from .story_reach import ReachStory
from .story_stall import StallStory


class SupervisionStory(LawStory, FiguresActs, StallStory, ReachStory, OfficeStory):
    """Reads tickets, tasks, feedback and events.

    The tasks of a ticket are named after it: ``ticket_enrol_1``, ``ticket_enrol_2`` …
    """

    addon = "office_functions_supervision"
    folder = Path(__file__).parent / "tables"

    def tell(self):
        """Put the rows of all tables on the timeline, and run it."""
        tasks = {}
        for row in self.read_table("tasks"):
            tasks.setdefault(row["ticket"], []).append(row)
        for row in self.read_table("tickets"):
            self.plan_ticket(row, tasks[row["key"]])
        for row in self.read_table("feedback"):
            self.timeline.at(row["day"], self.give_feedback, row["task"], row)
        for row in self.read_table("events"):
            self.timeline.at(row["day"], self.happen, row)
        self.plan_law()
        self.plan_figures()
        self.plan_stall()
        self.plan_reach()
        self.timeline.run()

    # Tickets --------------------------------------------------------------------------

    def plan_ticket(self, row, tasks):
        """Put a ticket's steps on the timeline: a column each, with its day."""
        self.timeline.at(row["propose"], self.propose, row, tasks)
        self.plan_step(row, "file", "director")
        self.plan_step(row, "assign", "@supervisor")
        for number, task in enumerate(tasks, 1):
            self.plan_task(f"{row['key']}_{number}", task, row["assign"])
        self.plan_step(row, "verify", "@supervisor")
        self.plan_step(row, "conclude", "@supervisor", "pass", row["method"])
        self.plan_step(row, "close", "@leader")

    def plan_step(self, row, column, who, verb=None, value=None):
        """Put one step of a ticket on the timeline, if its column holds a day."""
        if row[column]:
            event = {
                "matter": row["key"],
                "who": who,
                "verb": verb or column,
                "text": row["findings"] if verb else "",
                "value": value,
            }
            self.timeline.at(row[column], self.happen, event)

    def plan_task(self, name, row, assigned):
        """Put signing for a task, its progress and its result on the timeline."""
        if assigned and row["accept"] != "no":
            event = {"matter": name, "who": "@handler", "verb": "accept", "text": ""}
            self.timeline.at(row["accept"] or int(assigned) + 1, self.happen, event)
        if row["stage"]:
            self.timeline.at(row["stage"], self.give_feedback, name, row)
        if row["final"]:
            result = {"kind": "final", "progress": row["result"], "proof": row["proof"]}
            self.timeline.at(row["final"], self.give_feedback, name, result)

    def propose(self, row, tasks):
        """Let a ticket come about, and its supervisor divide it into tasks."""
        supervisor = self.user(row["supervisor"])
        ticket = self.find_new_ticket(row)
        if ticket:
            # The director names who carries it.
            ticket.with_user(self.user("director")).supervisor_id = supervisor
            ticket.with_user(supervisor).write(self.prepare_ticket(row))
        else:
            ticket = self.create_as(
                supervisor, "office.supervision.ticket", self.prepare_ticket(row)
            )
        self.enter(ticket, row["key"])
        for number, task in enumerate(tasks, 1):
            vals = self.prepare_task(task, ticket, number)
            name = f"{row['key']}_{number}"
            self.create_as(supervisor, "office.supervision.task", vals, name)

    def find_new_ticket(self, row):
        """Return the ticket that a decision or a directive becomes, if it can yet."""
        if row.get("matter"):
            return self.supervise_matter(row)
        if row["decision"]:
            source, who, verb = self.ref(row["decision"]), "clerk", "make_ticket"
        else:
            source, who, verb = self.ref(row["directive"]), "director", "escalate"
        if source.ticket_ids:
            return source.ticket_ids.browse()
        source.with_user(self.user(who)).do_transition(verb)
        return source.ticket_ids

    def prepare_ticket(self, row):
        """Return the values of a ticket's row.

        :rtype: dict
        """
        decision = self.ref(row["decision"]) if row["decision"] else None
        directive = decision.directive_id if decision else self.ref(row["directive"])
        return {
            "name": row["name"],
            "directive_id": directive.id,
            "decision_id": decision and decision.id,
            "source_type": row["source_type"],
            "mode": row["mode"],
            "lead_unit_id": self.ref(row["unit"]).id,
            "assisting_unit_ids": self.refs(row["assisting"]),
            "handler_id": self.user(row["handler"]).id,
            "supervisor_id": self.user(row["supervisor"]).id,
            "legal_basis_ids": self.refs(row["laws"]),
            "policy_basis_ids": self.refs(row["policies"]),
            "basis_reference": row["reference"],
            "scope": row["scope"],
            "requirement": row["requirement"],
            "report_cycle": row["cycle"] or False,
            "warn_days": int(row["warn"] or 3),
            "date_deadline": self.timeline.day(row["due"]),
        }

    def prepare_task(self, row, ticket, number):
        """Return the values of a task's row.

        :rtype: dict
        """
        return {
            "ticket_id": ticket.id,
            "sequence": number * 10,
            "item_number": f"{number}.",
            "name": row["name"],
            "lead_unit_id": self.ref(row["unit"]).id,
            "handler_id": self.user(row["handler"]).id,
            "weight": float(row["weight"]),
            "date_deadline": self.timeline.day(row["due"]),
            "report_cycle": row["cycle"] or False,
            "is_long_running": bool(row["cycle"]),
            "warn_days": ticket.warn_days,
        }

    def give_feedback(self, task, row):
        """Let the handler of a task report on it.

        :param task: the task, or its external id
        """
        if isinstance(task, str):
            task = self.ref(task)
        task = task.with_env(self.env)
        final = row.get("kind") == "final"
        feedback = self.create_as(
            task.handler_id,
            "office.supervision.feedback",
            {
                "task_id": task.id,
                "kind": row.get("kind") or "stage",
                "progress": 100 if final else int(row["percent"]),
                "text": row["progress"],
                "problem": row.get("problem"),
                "next_step": row.get("next_step"),
                "proof": row.get("proof"),
            },
        )
        feedback.with_user(task.handler_id).do_transition("submit")

    # What the table of events calls ---------------------------------------------------

    def act_progress(self, task, text, problem):
        """Report progress, and a problem."""
        row = {"percent": 50, "progress": text, "problem": problem}
        self.give_feedback(task, row)

    def act_result(self, task, text, proof):
        """Report the result of a task, with where its proof is."""
        row = {"kind": "final", "progress": text, "proof": proof}
        self.give_feedback(task, row)

    def act_return(self, task, text, _value):
        """Send the latest feedback on a task back to who gave it."""
        feedback = task.last_feedback_id.with_user(task.env.user)
        feedback.do_transition("send_back", text)

    def act_cycle(self, task, _text, _value):
        """Let the periodic report come due."""
        task._open_cycle_report()
        for draft in task.feedback_ids.filtered(lambda f: f.state == "draft"):
            self.enter(draft.with_env(self.env))

    def act_check(self, ticket, text, method):
        """Begin a verification, and leave it open."""
        return self.create_as(
            ticket.env.user,
            "office.supervision.verification",
            {
                "ticket_id": ticket.id,
                "method": method,
                "date": fields.Date.context_today(ticket),
                "findings": text,
            },
        )

    def act_pass(self, ticket, text, method):
        """Verify that the work is done."""
        check = self.act_check(ticket, text, method).with_user(ticket.env.user)
        check.result = "pass"
        check.do_transition("conclude")

    def act_fail(self, ticket, text, value):
        """Verify that it is not: what is to be put right, and by whom.

        :param str value: unit, person, day and the name of the rectification
        """
        unit, person, day, name = value.split()
        [row] = (
            r for r in self.read_table("tickets") if f"{r['key']}_rectification" == name
        )
        check = self.act_check(ticket, row["findings"], row["method"])
        check.write(
            {
                "result": "fail",
                "rectification": text,
                "rectification_unit_id": self.ref(unit).id,
                "rectification_user_id": self.user(person).id,
                "date_rectification": self.timeline.day(day),
            }
        )
        check.with_user(ticket.env.user).do_transition("conclude")
        self.enter(check.task_id, name)

    def act_draft(self, clock, text, value):
        """Write a request for a later deadline, and keep it for oneself.

        :param str value: its external id and the day asked for
        """
        name, day = value.split()
        is_task = clock._name == "office.supervision.task"
        return self.create_as(
            clock.env.user,
            "office.supervision.extension",
            {
                "ticket_id": clock.ticket_id.id if is_task else clock.id,
                "task_id": is_task and clock.id,
                "date_to": self.timeline.day(day),
                "reason": text,
            },
            name,
        )

    def act_ask(self, clock, text, value):
        """Ask for a later deadline."""
        extension = self.act_draft(clock, text, value)
        extension.with_user(clock.env.user).do_transition("ask")

    def act_approve(self, matter, text, name):
        """Grant what was asked for: of a clock, a later deadline by its name."""
        self.get_asked(matter, name).do_transition("approve", text)

    def act_refuse(self, matter, text, name):
        """Refuse what was asked for: of a clock, a later deadline by its name."""
        self.get_asked(matter, name).do_transition("refuse", text)

    def get_asked(self, matter, name):
        """Return what somebody decides on: the named record, or the matter itself."""
        return self.ref(name).with_user(matter.env.user) if name else matter

    def act_reassign(self, task, text, value):
        """Give a task to other people.

        :param str value: unit and person
        """
        unit, person = value.split()
        task.do_transition("reassign", text)
        supervisor = task.with_user(task.sudo().supervisor_id)
        supervisor.write(
            {"lead_unit_id": self.ref(unit).id, "handler_id": self.user(person).id}
        )
        supervisor.do_transition("assign_later")
