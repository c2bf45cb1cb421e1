# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The demo's outgoing documents, from the draft to the archive."""

from markupsafe import Markup

from odoo import fields

MODEL = "office.document.outgoing"


class OutgoingStory:
    """Reads the tables outgoing_documents and outgoing_events; part of OfficeStory."""

    # Column of the table → who makes that step.
    outgoing_steps = {
        "submit": "@unit_head",
        "return_draft": "@reviewer",
        "resubmit": "@handler",
        "ask_countersign": "@reviewer",
        "agree": "@countersigner",
        "send_to_sign": "@reviewer",
        "pass_review": "@reviewer",
        "sign": "@signer",
        "register": "clerk",
        "print": "clerk",
        "ask_seal": "clerk",
        "approve_seal": "@signer",
        "seal_day": "clerk",
        "issue": "clerk",
        "issue_unsealed": "clerk",
        "archive": "clerk",
    }

    def plan_outgoing(self):
        """Put the documents and what happens to them on the timeline."""
        for row in self.read_table("outgoing_documents"):
            self.timeline.at(row["drafted"], self.draft_document, row)
            for step, who in self.outgoing_steps.items():
                if row[step]:
                    self.timeline.at(row[step], self.pass_outgoing, row, step, who)
            day = row["issue"] or row["issue_unsealed"]
            for reader in row["readers"].split():
                event = {"matter": row["key"], "who": reader, "verb": "read"}
                self.timeline.at(int(day) + 1, self.happen, {**event, "text": ""})
        for row in self.read_table("outgoing_events"):
            self.timeline.at(row["day"], self.happen, row)

    def draft_document(self, row):
        """Let somebody of a section draft a document."""
        contact, _space, phone = row["contact"].partition(" ")
        vals = {
            "name": row["name"],
            "document_type": row["type"],
            "urgency": row["urgency"],
            "body": Markup("").join(
                Markup("<p>%s</p>") % text for text in row["body"].split("|")
            ),
            "disclosure": row["disclosure"],
            "disclosure_reason": row["reason"],
            "policy_basis_ids": self.refs(row["basis"]),
            "lead_unit_id": self.ref(row["unit"]).id,
            "handler_id": self.user(row["drafter"]).id,
            "reviewer_id": self.user(row["reviewer"]).id,
            "signer_id": self.user(row["signer"]).id,
            "countersign_unit_ids": self.refs(row["countersigners"]),
            "main_unit_ids": self.refs(row["main_units"]),
            "main_organs": row["main_organs"],
            "copy_organs": row["copy_organs"],
            "annex_names": row["annexes"].replace("|", "\n"),
            "with_seal": bool(row["seal"]),
            "is_single_matter": row["type"] == "request",
            "contact_name": contact,
            "contact_phone": phone,
            "note_text": "此件公开发布" if row["disclosure"] == "active" else "",
        }
        if row["main_text"]:
            vals["main_text"] = row["main_text"]
        if row["due"]:
            vals |= {
                "date_deadline": self.timeline.day(row["due"]),
                "time_limit_id": False,
            }
        self.create_as(self.user(row["drafter"]), MODEL, vals, row["key"])

    def pass_outgoing(self, row, step, who):
        """Let somebody make the next step, with what it needs."""
        document = self.ref(row["key"])
        user = self.user(who, document)
        prepare = getattr(self, f"prepare_{step}", None)
        if prepare:
            prepare(document, row)
        name = "seal" if step == "seal_day" else step
        note = row["opinion"] if step == "sign" else False
        document.with_user(user).do_transition(name, note)

    def prepare_return_draft(self, document, row):
        """Let the reviewer write down what is wrong."""
        findings = self.env["office.document.finding"].with_user(document.reviewer_id)
        findings.create(
            [
                {"document_id": document.id, "kind": kind, "name": name}
                for kind, _colon, name in (
                    text.partition(":") for text in row["finding"].split("|")
                )
            ]
        )

    def prepare_resubmit(self, document, row):
        """Let the drafter resolve what was found."""
        findings = document.finding_ids.with_user(document.handler_id)
        findings.write({"is_resolved": True})

    def prepare_register(self, document, row):
        """Let the clerk say how many copies are printed."""
        document.with_user(self.user("clerk")).print_copies = 30

    def prepare_ask_seal(self, document, row):
        """Let the clerk name who has proofread it."""
        document.with_user(self.user("clerk")).proofreader_id = self.user("clerk2")

    prepare_issue_unsealed = prepare_ask_seal

    def prepare_seal_day(self, document, row):
        """Let the clerk count the copies that are sealed."""
        document.with_user(self.user("clerk")).seal_copies = 30

    def prepare_archive(self, document, row):
        """Let the clerk say how long it is kept."""
        document.with_user(self.user("clerk")).retention = "30"

    def act_read(self, document, _text, _value):
        """Confirm that one has read a document."""
        document.action_confirm_receipt()

    def act_remind(self, document, _text, _value):
        """Remind who has not read it, and tell them the same hour."""
        document.action_remind_unread()
        document.sudo().receipt_ids.write({"date_notified": fields.Datetime.now()})
