# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What schools and citizens asked in the demo, and what grew into guidance."""

from pathlib import Path

from odoo.addons.office_functions.demo.story import OfficeStory

KINDS = {"request": "office.school.request", "consultation": "office.consultation"}


class SchoolsStory(OfficeStory):
    """Reads topics, questions, guidance and what happened to them."""

    addon = "office_functions_service"
    folder = Path(__file__).parent / "tables"

    def tell(self):
        """Put the rows of these tables on the timeline, and run it."""
        for row in self.read_table("schools_topics"):
            self.name_topic(row)
        for row in self.read_table("schools_items"):
            self.timeline.at(row["day"], self.ask, row)
        for row in self.read_table("schools_guidance"):
            self.timeline.at(row["day"], self.draft_guidance, row)
            if row["publish"]:
                self.timeline.at(row["publish"], self.publish_guidance, row)
        for row in self.read_table("schools_events"):
            self.timeline.at(row["day"], self.happen, row)
        self.timeline.run()

    def name_topic(self, row):
        """Let the clerk name a topic."""
        topic = self.env["office.service.topic"].create(
            {
                "name": row["name"],
                "kind": row["kind"],
                "is_public": bool(row["public"]),
                "lead_unit_id": self.ref(row["unit"]).id,
                "handler_id": self.user(row["handler"]).id,
                "needs_approval": bool(row["approval"]),
            }
        )
        self.env["ir.model.data"]._update_xmlids(
            [
                {
                    "xml_id": f"{self.addon}.{row['key']}",
                    "record": topic,
                    "noupdate": True,
                }
            ]
        )

    def ask(self, row):
        """Let somebody from outside ask on the portal, or a liaison begin for a school."""
        user = self.user(row["who"])
        model = KINDS[row["kind"]]
        topic = self.ref(row["topic"])
        texts = {"name": row["name"], "text": row["text"]}
        if user.share:
            record = (
                self.env[model]
                .with_user(user)
                .submit_from_portal({**texts, "topic_id": str(topic.id)})
            )
            self.enter(record.with_env(self.env), row["key"])
            return
        texts |= {"topic_id": topic.id, "school_id": self.ref(row["school"]).id}
        if row["due"]:
            texts["date_deadline"] = self.timeline.day(row["due"])
        self.create_as(user, model, texts, row["key"])

    def draft_guidance(self, row):
        """Let somebody draft guidance, of a consultation or on their own."""
        source = row["source"] and self.ref(row["source"])
        self.create_as(
            self.user(row["who"]),
            "office.guidance",
            {
                "name": row["name"],
                "answer": row["answer"],
                "topic_id": self.ref(row["topic"]).id,
                "audience": row["audience"],
                "regulation_ids": self.refs(row["regulations"]),
                "consultation_id": source and source.id,
            },
            row["key"],
        )

    def publish_guidance(self, row):
        """Let it be put up and approved, and help those who look for it."""
        guidance = self.ref(row["key"])
        guidance.with_user(self.user(row["who"])).do_transition("propose")
        guidance.with_user(self.user("director")).do_transition("publish")
        for name in row["helped"].split():
            guidance.with_user(self.user(name)).mark_useful()

    def act_draft(self, matter, text, value):
        """Write the draft of an answer, and what it stands on."""
        vals = {"answer_draft": text}
        if value.startswith("-"):
            vals["no_rule_reason"] = value[1:]
        elif value:
            vals["regulation_ids"] = self.refs(value)
        matter.write(vals)

    def act_answer(self, matter, text, value):
        """Draft the answer and give it."""
        self.act_draft(matter, text, value)
        matter.do_transition("answer")

    def act_reply(self, matter, _text, _value):
        """Give the answer that was drafted and approved."""
        matter.do_transition("answer")

    def act_forward(self, matter, text, unit):
        """Pass it on to another section."""
        matter.forward_unit_id = self.ref(unit)
        matter.do_transition("forward", text)

    def act_guide(self, matter, text, channel):
        """Point to the right channel."""
        matter.guide_channel = channel
        matter.do_transition("guide", text)

    def act_rate(self, matter, text, stars):
        """Give stars for the answer."""
        matter.rate(int(stars), text)
