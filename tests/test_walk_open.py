# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A request for information from receipt to partial release."""

from base64 import b64encode

from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase

TITLE = "新建体育馆竣工决算"
REGISTER = "office-information-requests"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkOpen(WalkCase):
    def test_request_from_receipt_to_partial_release(self):
        self.walk(REGISTER, "office_clerk_receives_request", "clerk")
        Request = self.env["office.info.request"]
        record = Request.search([("name", "=", TITLE)])
        self.assertEqual(record.identity_ids.person, "刘建国")
        self.walk(REGISTER, "office_staff_asks_third_party", "staff")
        self.assertTrue(record.is_paused)
        staff = self.people["staff"]
        record.opinion_ids.with_user(staff).write(
            {"answer": "agree", "reason": "除单价外同意公开"}
        )
        self.walk(REGISTER, "office_staff_drafts_partial_reply", "staff")
        self.assertEqual(
            (record.reply_kind, record.withheld_ground, record.reply_author_id),
            ("partial", "third_party", staff),
        )
        files = self.env["office.open.file"].with_user(staff)
        common = {"request_id": record.id, "content": b64encode("总造价".encode())}
        files.create({**common, "name": "决算报告原件.txt"})
        copy = files.create(
            {
                **common,
                "name": "决算报告删减.txt",
                "visibility": "public",
                "is_redacted": True,
            }
        )
        # The original stays in the house, and is reviewed by nobody.
        self.walk(REGISTER, "office_director_signs_partial_reply", "director")
        self.assertEqual(record._get_released_files(), copy.sudo())
        found = Request._find_public(record.query_code, "0001")
        self.assertIn("删减处理", found._get_public_page()["answer"])
        self.assertLog(
            record,
            ("receive", "赵文员"),
            ("consult", "张科员"),
            ("collect", "张科员"),
            ("reply", "陈主任"),
        )
