# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A document from its arrival to the archive, each step by who makes it."""

from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase

TITLE = "关于做好汛期校园安全工作的通知"
LEDGER = "office-incoming"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkIncoming(WalkCase):
    def test_document_for_action_through_five_people(self):
        self.walk(LEDGER, "office_incoming_clerk_registers", "clerk")
        document = self.env["office.document.incoming"].search([("name", "=", TITLE)])
        self.assertEqual(document.state, "screened")
        self.walk(LEDGER, "office_incoming_director_proposes", "director")
        self.assertEqual(document.holder_id, self.people["leader"])
        self.walk(LEDGER, "office_incoming_leader_instructs", "leader")
        directive = document.directive_id
        self.assertEqual(directive.text, document.instruction)
        self.assertEqual(directive.leader_id, self.people["leader"])
        self.assertEqual(directive.create_uid, self.people["clerk"])
        self.assertEqual(directive.date_deadline, document.date_deadline)
        self.walk(LEDGER, "office_incoming_clerk_hands_on", "clerk")
        self.assertEqual(document.holder_id, self.people["head"])
        self.walk(LEDGER, "office_incoming_head_names_handler", "head")
        self.assertEqual(document.holder_id, self.people["staff"])
        self.walk(LEDGER, "office_incoming_staff_replies", "staff")
        self.walk("office-directives", "office_incoming_head_reports", "head")
        self.walk("office-directives", "office_incoming_leader_confirms", "leader")
        self.walk(LEDGER, "office_incoming_clerk_archives", "clerk")
        self.assertEqual(document.state, "archived")
        self.assertTrue(document.archive_number)
        self.assertTrue(document.is_on_time)
        self.assertLog(
            document,
            ("register", "赵文员"),
            ("screen", "赵文员"),
            ("propose", "陈主任"),
            ("instruct", "李主任"),
            ("assign", "赵文员"),
            ("reply", "张科员"),
            ("archive", "赵文员"),
        )
        self.assertLog(
            directive,
            ("issue", "赵文员"),
            ("accept", "周科长"),
            ("report", "周科长"),
            ("confirm", "李主任"),
        )

    def test_document_for_reading_is_scanned_and_signed_by_each_reader(self):
        self.walk(LEDGER, "office_incoming_clerk_scans", "clerk")
        document = self.env["office.document.incoming"].search(
            [("name", "=", "汛期值守工作简报")]
        )
        self.assertEqual(document.sender, "市防汛办")
        self.assertIn("Flood watch bulletin", document.text_content)
        self.assertEqual(document.holder_id, self.people["leader"])
        self.walk(LEDGER, "office_incoming_first_reads", "leader")
        self.assertEqual(document.holder_id, self.people["head"])
        self.walk(LEDGER, "office_incoming_second_remarks", "head")
        self.assertFalse(document.unread_names)
        self.walk(LEDGER, "office_incoming_clerk_files", "clerk")
        self.assertEqual(document.state, "archived")
        self.assertRecordValues(
            document.circulation_ids,
            [
                {"user_id": self.people["leader"].id, "note": False},
                {"user_id": self.people["head"].id, "note": "建议各校照此值守。"},
            ],
        )
        self.assertTrue(all(document.circulation_ids.mapped("date_read")))
        self.assertLog(
            document,
            ("register", "赵文员"),
            ("screen", "赵文员"),
            ("circulate", "赵文员"),
            ("read", "李主任"),
            ("remark", "周科长"),
            ("archive_read", "赵文员"),
        )
