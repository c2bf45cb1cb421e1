# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A document of this organ from its draft to those who read it."""

from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase

TITLE = "关于开展课后服务规范检查的通知"
LEDGER = "office-documents-outgoing"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkOutgoing(WalkCase):
    def test_document_from_draft_to_its_readers(self):
        self.walk(LEDGER, "office_outgoing_staff_drafts", "staff")
        document = self.env["office.document.outgoing"].search([("name", "=", TITLE)])
        self.assertEqual(document.lead_unit_id, self.unit)
        self.walk(LEDGER, "office_outgoing_head_approves", "head")
        self.walk(LEDGER, "office_outgoing_clerk_finds", "clerk")
        self.assertEqual(document.return_count, 1)
        self.walk(LEDGER, "office_outgoing_staff_mends", "staff")
        self.assertIn("6月1日至5日", document.body)
        self.walk(LEDGER, "office_outgoing_clerk_asks_countersign", "clerk")
        self.assertEqual(document.holder_id, self.people["other_head"])
        self.walk(LEDGER, "office_outgoing_other_head_agrees", "other_head")
        self.walk(LEDGER, "office_outgoing_clerk_sends_to_sign", "clerk")
        self.assertFalse(document.number)
        self.walk(LEDGER, "office_outgoing_leader_signs", "leader")
        self.walk(LEDGER, "office_outgoing_clerk_registers", "clerk")
        self.walk(LEDGER, "office_outgoing_leader_approves_seal", "leader")
        self.walk(LEDGER, "office_outgoing_clerk_issues", "clerk")
        self.assertRecordValues(
            document.seal_use_ids,
            [
                {
                    "copies": 60,
                    "user_id": self.people["clerk"].id,
                    "approver_id": self.people["leader"].id,
                }
            ],
        )
        self.walk(LEDGER, "office_outgoing_reader_confirms", "other_head")
        self.assertFalse(document.unread_names)
        self.assertEqual(document.receipt_ids.reader_id, self.people["other_head"])
        self.assertLog(
            document,
            ("submit", "周科长"),
            ("return_draft", "赵文员"),
            ("resubmit", "张科员"),
            ("ask_countersign", "赵文员"),
            ("agree", "钱科长"),
            ("send_to_sign", "赵文员"),
            ("sign", "李主任"),
            ("register", "赵文员"),
            ("print", "赵文员"),
            ("ask_seal", "赵文员"),
            ("approve_seal", "李主任"),
            ("seal", "赵文员"),
            ("issue", "赵文员"),
        )
