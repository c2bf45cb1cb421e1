# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What citizens looked for and asked in the service hall of the demo."""

from pathlib import Path

from odoo.addons.office_functions.demo.story import OfficeStory


class HallStory(OfficeStory):
    """Reads the hot questions, what was filed without an account, and its answers."""

    addon = "office_functions_service"
    folder = Path(__file__).parent / "tables"

    def tell(self):
        """Put the rows of these tables on the timeline, and run it."""
        self.env.company.write(
            {
                "hall_place": "区政务服务中心一层三号窗口（人民路18号）",
                "hall_phone": "010-83120018",
                "hall_hours": "工作日9:00—11:30，14:00—17:00",
                "open_review_organ": "区人民政府",
            }
        )
        for row in self.read_table("hall_questions"):
            self.timeline.at(row["day"], self.publish, row)
        for row in self.read_table("hall_filings"):
            self.timeline.at(row["day"], self.file, row)
        for row in self.read_table("hall_events"):
            self.timeline.at(row["day"], self.happen, row)
        self.timeline.run()

    def publish(self, row):
        """Let a hot question be drafted, approved and found by visitors."""
        guidance = self.create_as(
            self.user(row["who"]),
            "office.guidance",
            {
                "name": row["name"],
                "answer": row["answer"],
                "keywords": row["keywords"],
                "topic_id": self.ref(row["topic"]).id,
                "audience": "public",
                "is_hot": True,
            },
            row["key"],
        )
        guidance.with_user(self.user(row["who"])).do_transition("propose")
        guidance.with_user(self.user("director")).do_transition("publish")
        for number in range(int(row["visitors"])):
            guidance._count_visitor(f"{row['key']}-{number}")

    def file(self, row):
        """Let a citizen ask in the hall."""
        record = self.env["office.consultation"].file_publicly(
            {
                "topic_id": str(self.ref(row["topic"]).id),
                "name": row["name"],
                "text": row["text"],
            },
            {"person": row["person"], "person_phone": row["phone"]},
        )
        self.enter(record.with_env(self.env), row["key"])

    def act_accept(self, matter, text, value):
        """Let the handler take it on, and answer."""
        handler = matter.with_user(matter.handler_id)
        handler.do_transition("accept")

    def act_answer(self, matter, text, value):
        """Let the handler answer."""
        handler = matter.with_user(matter.handler_id)
        handler.write({"answer_draft": text, "no_rule_reason": value})
        handler.do_transition("answer")

    def act_rate(self, matter, text, value):
        """Let the citizen rate it."""
        matter.rate_publicly(int(value), "yes", text)
