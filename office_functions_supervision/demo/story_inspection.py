# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The demo's inspections, the duties that matters touch, and a blank spot filled."""

from odoo.fields import Command

from .story import SupervisionStory


class InspectionStory(SupervisionStory):
    """Reads the tables ``inspections*.csv`` and ``duties.csv``."""

    steps = (
        ("submit", "@handler"),
        ("approve", ""),
        ("start", "@handler"),
        ("conclude", "@handler"),
        ("feed_back", "@handler"),
        ("close", "@handler"),
    )

    def tell(self):
        """Put inspections and the proposal on the timeline, and run it."""
        for row in self.read_table("inspections"):
            self.timeline.at(row["plan"], self.plan_inspection, row)
            for step, who in self.steps:
                if row[step]:
                    event = {
                        "matter": row["key"],
                        "who": who or row["leader"],
                        "verb": step,
                        "text": "",
                    }
                    if step == "conclude":
                        self.timeline.at(row[step], self.write_results, row)
                    self.timeline.at(row[step], self.happen, event)
        for row in self.read_table("inspections_events"):
            self.timeline.at(row["day"], self.happen, row)
        for row in self.read_table("proposals"):
            self.timeline.at(row["propose"], self.propose_on_blank_spot, row)
            self.timeline.at(row["approve"], self.approve_proposal, row)
        self.timeline.run()
        for row in self.read_table("duties"):
            for name in row["matters"].split():
                matter = self.ref(name)
                matter.duty_item_ids |= self.ref(row["duty"])

    # Inspections ----------------------------------------------------------------------

    def plan_inspection(self, row):
        """Let the head of an inspection plan it."""
        head = self.user(row["head"])
        units = [self.ref(name).id for name in row["objects"].split()]
        self.create_as(
            head,
            "office.supervision.inspection",
            {
                "name": row["name"],
                "kind": row["kind"],
                "ticket_id": row["ticket"] and self.ref(row["ticket"]).id,
                "directive_id": row["directive"] and self.ref(row["directive"]).id,
                "method_ids": self.refs(row["methods"]),
                "lead_unit_id": self.ref("unit_office").id,
                "handler_id": head.id,
                "member_ids": [
                    Command.set([self.user(name).id for name in row["team"].split()])
                ],
                "is_unannounced": bool(row["unannounced"]),
                "date_from": self.timeline.day(row["from"]),
                "date_to": self.timeline.day(row["to"]),
                "date_deadline": self.timeline.day(row["due"]),
                "scope": row["scope"],
                "duty_item_ids": self.refs(row["duties"]),
                "object_ids": [Command.create({"unit_id": unit}) for unit in units],
            },
            row["key"],
        )

    def write_results(self, row):
        """Let the head of an inspection write down what was found, unit by unit."""
        inspection = self.ref(row["key"])
        for result in self.read_table("inspections_results"):
            if result["inspection"] == row["key"]:
                unit, due = self.ref(result["unit"]), result["due"]
                line = inspection.object_ids.filtered_domain(
                    [("unit_id", "=", unit.id)]
                )
                line.with_user(inspection.handler_id).write(
                    {
                        "date_visited": self.timeline.day(row["from"]),
                        "facts": result["facts"],
                        "evidence": result["evidence"],
                        "conclusion": result["conclusion"],
                        "rectification": result["rectification"],
                        "date_rectification": due and self.timeline.day(due),
                    }
                )

    def act_approve(self, inspection, _text, _value):
        """Approve the plan of an inspection."""
        inspection.do_transition("approve")

    def act_put_right(self, inspection, text, _value):
        """Verify that what was demanded was put right."""
        demanded = inspection.object_ids.filtered("rectification")
        demanded.write({"rectification_result": "done", "rectification_note": text})

    def act_put_off(self, inspection, text, _value):
        """Stop the clock, as the leader whose date it is."""
        inspection.change_deadline("pause", text)

    # A blank spot ---------------------------------------------------------------------

    def propose_on_blank_spot(self, row):
        """Let a supervisor propose to supervise a duty that nobody touched."""
        supervisor = self.user(row["supervisor"])
        dialog = (
            self.env["office.supervision.proposal"]
            .with_user(supervisor)
            .create(
                {
                    "duty_item_ids": self.refs(row["duty"]),
                    "leader_id": self.user(row["leader"]).id,
                    "date_deadline": self.timeline.day(row["due"]),
                    "reason": row["requirement"],
                }
            )
        )
        dialog.action_propose()
        ticket = self.env["office.supervision.ticket"].search(
            [("duty_item_ids", "in", dialog.duty_item_ids.ids)], limit=1
        )
        ticket.with_user(supervisor).write({"name": row["name"], "scope": row["scope"]})
        self.enter(ticket, row["key"])
        self.create_as(
            supervisor,
            "office.supervision.task",
            {
                "ticket_id": ticket.id,
                "item_number": "1.",
                "name": row["task"],
                "lead_unit_id": ticket.lead_unit_id.id,
                "handler_id": ticket.handler_id.id,
                "weight": 100,
                "date_deadline": ticket.date_deadline,
            },
            f"{row['key']}_1",
        )

    def approve_proposal(self, row):
        """Let the leader approve it, which gives it a directive; then it is assigned."""
        ticket = self.ref(row["key"])
        ticket.with_user(self.user(row["leader"])).approve_proposal()
        self.enter(ticket.directive_id, row["key"].replace("ticket_", "directive_"))
        ticket.with_user(self.user(row["supervisor"])).do_transition("assign")
