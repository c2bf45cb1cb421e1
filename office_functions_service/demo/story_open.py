# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What the office of the demo opens, and what it is asked for."""

from base64 import b64encode
from pathlib import Path

from odoo.addons.office_functions.demo.story import OfficeStory

WITHHOLDING = ("partial", "refused")
ARTICLES = {
    "third_party": "《政府信息公开条例》第十五条",
    "internal": "《政府信息公开条例》第十六条",
}


class OpenStory(OfficeStory):
    """Reads entries of the catalogue, requests, and what happened to them."""

    addon = "office_functions_service"
    folder = Path(__file__).parent / "tables"

    def tell(self):
        """Put the rows of these tables on the timeline, and run it."""
        self.env["office.open.category"].search([("kind", "=", "group")]).write(
            {"lead_unit_id": self.ref("unit_office").id}
        )
        for row in self.read_table("open_entries"):
            self.timeline.at(row["day"], self.enter_info, row)
        for row in self.read_table("open_requests"):
            self.timeline.at(row["day"], self.take_request, row)
        for table in ("open_events", "open_request_events"):
            for row in self.read_table(table):
                self.timeline.at(row["day"], self.happen, row)
        self.timeline.run()
        self.begin_report()

    def enter_info(self, row):
        """Let somebody begin an entry of the catalogue."""
        formed = self.timeline.day(row["formed"])
        vals = {
            "name": row["name"],
            "document_number": row["number"].replace("〔〕", f"〔{formed.year}〕"),
            "lead_unit_id": self.ref(row["unit"]).id,
            "handler_id": self.user(row["handler"]).id,
            "category_id": self.ref(f"open_category_{row['category']}").id,
            "subject_id": self.ref(f"open_subject_{row['subject']}").id,
            "date_formed": formed,
            "summary": row["summary"],
            "disclosure": row["disclosure"] or False,
            "withheld_ground": row["ground"] or False,
            "withheld_article": row["article"],
            "withheld_reason": row["reason"],
        }
        if row["valid"]:
            vals["date_valid_until"] = self.timeline.day(row["valid"])
        if row["due"]:
            vals["date_deadline"] = self.timeline.day(row["due"])
        self.create_as(self.user(row["who"]), "office.open.info", vals, row["key"])

    def take_request(self, row):
        """Let the clerk write down what somebody asks for."""
        vals = {
            "name": row["name"],
            "text": row["text"],
            "channel": row["channel"],
            "requester_kind": row["kind"],
            "lead_unit_id": self.ref(row["unit"]).id,
            "handler_id": self.user("staff").id,
            "date_received": self.timeline.day(row["received"]),
            "person": row["person"],
            "person_phone": row["phone"],
        }
        if row["due"]:
            vals["date_deadline"] = self.timeline.day(row["due"])
        self.create_as(self.user("clerk"), "office.info.request", vals, row["key"])

    def begin_report(self):
        """Let the clerk begin the annual report of last year."""
        self.env["office.open.report"].with_user(self.user("clerk")).create(
            {
                "general": "坚持以公开为常态、不公开为例外，围绕招生入学、教育收费和学生资助"
                "主动公开信息，依法办理公开申请。",
                "problems": "部分栏目更新不够及时，下一步按月检查并通报。",
            }
        )

    # What happens ---------------------------------------------------------------------

    def act_file(self, matter, text, name):
        """Put a file in that is to be opened."""
        field = "info_id" if matter._name == "office.open.info" else "request_id"
        self.env["office.open.file"].with_user(matter.env.user).create(
            {
                field: matter.id,
                "name": name,
                "content": b64encode(text.encode()),
                "visibility": "public",
                "is_redacted": field == "request_id",
            }
        )

    def act_review(self, matter, _text, _value):
        """Pass the files as reviewed."""
        matter.file_ids.action_review()

    def act_version(self, matter, name, key):
        """Begin a newer version under a name of its own."""
        newer = matter.browse(matter.action_new_version()["res_id"])
        newer.write({"name": name, "date_formed": self.timeline.day(-31)})
        self.enter(newer.with_env(self.env), key)

    def act_fee(self, matter, _text, pages):
        """Ask for the fee of very many pages."""
        matter.write({"fee_basis": "pages", "page_count": int(pages)})
        matter.do_transition("ask_fee")

    def act_opinion(self, matter, name, kind):
        """Name whose opinion is to be asked for."""
        matter.env["office.info.request.opinion"].create(
            {"request_id": matter.id, "name": name, "kind": kind}
        )

    def act_opined(self, matter, text, answer):
        """Write down the opinion that came."""
        matter.opinion_ids.write({"answer": answer, "reason": text})

    def act_draft(self, matter, text, value):
        """Draft the reply."""
        kind, _colon, more = value.partition(":")
        vals = {"reply_kind": kind, "reply_text": text}
        if kind in WITHHOLDING:
            vals |= {
                "withheld_ground": more,
                "withheld_article": ARTICLES[more],
                "withheld_reason": text,
            }
        elif more:
            vals["reply_where"] = more
        matter.write(vals)

    def act_reply(self, matter, _text, _value):
        """Sign the reply."""
        matter.do_transition("reply")

    def act_redirect(self, matter, text, channel):
        """Point to the right channel."""
        matter.sudo().redirect_channel = channel
        matter.do_transition("redirect", text)
