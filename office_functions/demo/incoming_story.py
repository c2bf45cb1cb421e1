# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The demo's incoming documents, from the mail room to the archive."""

from odoo import fields
from odoo.fields import Command

MODEL = "office.document.incoming"


class IncomingStory:
    """Reads the tables incoming_documents and incoming_events; part of OfficeStory."""

    # Column of the table → who makes that step.
    incoming_steps = {
        "register": "@clerk",
        "screen": "@clerk",
        "propose": "@clerk",
        "instruct": "@leader",
        "transfer": "director",
        "assign": "@clerk",
        "circulate": "@clerk",
        "reply": "@handler",
        "archive": "@clerk",
        "archive_read": "@clerk",
    }

    def plan_incoming(self):
        """Put the documents and what happens to them on the timeline."""
        for row in self.read_table("incoming_documents"):
            self.timeline.at(row["received"], self.receive_document, row)
            for step, who in self.incoming_steps.items():
                if row[step]:
                    self.timeline.at(row[step], self.pass_document, row, step, who)
            days, readers = row["reads"].split(), row["readers"].split()
            for day, reader in zip(days, readers, strict=False):
                self.timeline.at(day, self.pass_document, row, "read", reader)
        for row in self.read_table("incoming_events"):
            self.timeline.at(row["day"], self.happen, row)
        self.timeline.at(-1, self.env[MODEL]._cron_check_omissions)

    def receive_document(self, row):
        """Let the clerk sign for a document."""
        name = row["key"]
        due = row["due"]
        self.create_as(
            self.user(row["clerk"]),
            MODEL,
            {
                "name": row["name"],
                "sender": row["sender"],
                "sender_number": row["number"].format(
                    year=self.timeline.day(row["received"]).year
                ),
                "direction": row["direction"],
                "urgency": row["urgency"],
                "kind": row["kind"],
                "date_received": fields.Datetime.now(),
                "date_document": self.timeline.day(int(row["received"]) - 2),
                "page_count": int(row["pages"]),
                "leader_id": row["leader"] and self.user(row["leader"]).id,
                "screening": row["screening"],
                "screening_reason": row["reason"],
                "proposal": row["proposal"],
                "text_content": row["text"],
                "lead_unit_id": row["unit"] and self.ref(row["unit"]).id,
                "assisting_unit_ids": self.refs(row["assisting"]),
                "handler_id": row["handler"] and self.user(row["handler"]).id,
                "date_deadline": due and self.timeline.day(due),
                "retention": row["retention"],
                "circulation_mode": row["mode"] or "ordered",
                "circulation_ids": [
                    Command.create({"user_id": self.user(user).id, "sequence": nth})
                    for nth, user in enumerate(row["readers"].split(), 1)
                ],
            },
            name,
        )

    def pass_document(self, row, step, who):
        """Let somebody make the next step of a document."""
        document = self.ref(row["key"])
        who = row["clerk"] if who == "@clerk" else who
        user = self.user(who, document)
        if step == "reply":
            document.with_user(user).write(
                {
                    "result": row["result"],
                    "reply_text": row["answer"],
                    "no_reply_needed": not row["answer"],
                }
            )
        note = row["words"] if step == "instruct" else False
        document.with_user(user).do_transition(step, note)
        self.follow_up(document, row, step)

    def follow_up(self, document, row, step):
        """Let the directive that an instruction became go the way of its document."""
        directive = document.directive_id
        if step == "instruct":
            self.enter(directive, row["key"].replace("incoming_", "directive_in_"))
        elif step == "assign":
            directive.with_user(self.user(row["clerk"])).do_transition("issue")
        elif step == "reply" and directive:
            handler = directive.with_user(self.user(row["handler"]))
            handler.do_transition("accept")
            handler.do_transition("start")
            handler.do_transition("report", row["result"])
            directive.with_user(directive.leader_id).do_transition("confirm")

    def act_merge_document(self, matter, _text, name):
        """Merge a document with another one."""
        matter.merged_into_id = self.ref(name)
        matter.do_transition("merge")

    def act_return_document(self, matter, text, reason):
        """Return a document to its sender."""
        matter.return_reason = reason
        matter.do_transition("send_back", text)

    def act_mark_secret(self, matter, place, level):
        """Enter in the register that a paper is a state secret since last year."""
        matter.write(
            {
                "secrecy_level": level,
                "secrecy_start": self.timeline.day(-340),
                "original_location": place,
                "copies": 2,
            }
        )

    def act_let_know(self, matter, text, value):
        """Hand out a copy of a secret paper."""
        name, number = value.split()
        matter.let_know(self.user(name), text, number)

    def act_sign_copy(self, matter, _text, _value):
        """Sign for the copy one has in hand."""
        matter.secrecy_reader_ids.filtered(
            lambda line: line.copy_number and line.user_id == matter.env.user
        ).action_sign()

    def act_take_back(self, matter, _text, number):
        """Take a copy back."""
        lines = matter.secrecy_reader_ids
        lines.filtered(lambda line: line.copy_number == number).action_take_back()
