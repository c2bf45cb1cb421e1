# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The demo's matters that were put under supervision by the button of their form."""

import base64

from odoo.fields import Command


class ReachStory:
    """Reads the tables reach_tickets, reach_tasks, reach_proof and reach_events; part of
    SupervisionStory.
    """

    def plan_reach(self):
        """Put these tickets, their proof and what happens to them on the timeline."""
        tasks = {}
        for row in self.read_table("reach_tasks"):
            tasks.setdefault(row["ticket"], []).append(row)
        for row in self.read_table("reach_tickets"):
            self.plan_ticket(row, tasks[row["key"]])
        for row in self.read_table("reach_proof"):
            self.timeline.at(row["day"], self.hand_in_proof, row)
        for row in self.read_table("reach_events"):
            self.timeline.at(row["day"], self.happen, row)

    def supervise_matter(self, row):
        """Let somebody press the button on the form of a matter.

        :return: the ticket
        """
        matter = self.ref(row["matter"]).with_user(self.user(row["opener"]))
        action = matter.action_supervise()
        return self.env["office.supervision.ticket"].browse(action["res_id"])

    def hand_in_proof(self, row):
        """Let the handler of a task report on it, with a file as proof."""
        task = self.ref(row["task"]).with_env(self.env)
        file = (
            self.env["ir.attachment"]
            .with_user(task.handler_id)
            .create(
                {
                    "name": row["file"],
                    "datas": base64.b64encode(row["content"].encode()),
                    "mimetype": "text/csv",
                    "res_model": "office.supervision.feedback",
                }
            )
        )
        feedback = self.create_as(
            task.handler_id,
            "office.supervision.feedback",
            {
                "task_id": task.id,
                "kind": row["kind"],
                "progress": int(row["percent"]),
                "text": row["text"],
                "attachment_ids": [Command.link(file.id)],
            },
        )
        feedback.with_user(task.handler_id).do_transition("submit")
