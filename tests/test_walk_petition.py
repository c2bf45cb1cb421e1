# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A citizen petitions on a phone, follows it to the opinion, and is not content."""

from unittest.mock import patch

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase
from odoo.addons.office_functions_service.models import office_public_form

FOLLOW = "/office/petition/track"
PHONE, DESK = "390x844", "1366x768"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkPetition(WalkCase):
    more_people = {"officer": ("吴信访", "office_functions.group_office_petition")}
    touch_enabled = True

    def walk_outside(self, path, tour):
        """Let a stranger make a tour on a phone."""
        self.browser_size = PHONE
        self.start_tour(path, tour, timeout=120, cookies={"frontend_lang": "zh_CN"})
        self.env.invalidate_all()

    def test_a_citizen_petitions_on_a_phone_and_follows_it_to_the_opinion(self):
        with patch.object(office_public_form, "LEAST_SECONDS", 0):
            self.walk_outside("/office", "office_citizen_petitions")
        petition = self.env["office.petition"].search([], order="id desc", limit=1)
        self.assertEqual((petition.state, petition.channel), ("registered", "online"))
        photo = petition.public_file_ids
        self.assertEqual(photo.mimetype, "image/jpeg")
        self.assertNotIn(b"CAMERA", photo.raw)
        self.browser_size = DESK
        self.walk("office-petitions", "office_officer_accepts", "officer")
        self.assertEqual(petition.state, "accepted")
        self.assertEqual(petition.demand_ids.mapped("text"), ["疏通排水沟"])
        letter = self.env["office.petition"].search([], order="id desc", limit=1)
        self.assertTrue(letter.number and letter.query_code and letter.identity_ids)
        staff = petition.with_user(self.people["staff"])
        self.assertTrue(staff.has_access("read"))
        staff.do_transition("start")
        page = petition.with_context(lang="zh_CN")._get_public_page()
        self.assertSays(page, "基础教育科", "信访工作条例")
        self.assertTrue(page["since"] and page["deadline"] and page["explanation"])
        self.assertFalse(page["answer"])
        self.reply(petition)
        self.walk_outside(
            f"{FOLLOW}#{petition.query_code}", "office_citizen_reads_opinion"
        )
        self.assertRecordValues(
            petition,
            [
                {
                    "state": "handling",
                    "score": 2,
                    "is_solved": False,
                    "first_handler_id": self.people["staff"].id,
                    "handler_id": False,
                }
            ],
        )
        with self.assertRaises(ValidationError):
            petition.handler_id = self.people["staff"]
        petition.handler_id = self.people["head"]

    def reply(self, petition):
        """Let the handler reply, and the officer deliver all notices."""
        staff = petition.with_user(self.people["staff"])
        staff.opinion = "排水沟已疏通，今后雨前检查。"
        staff.demand_ids.write(
            {
                "outcome": "supported",
                "facts": "淤泥堵塞。",
                "basis": "《条例》第三十二条",
            }
        )
        staff.do_transition("reply")
        petition.with_user(self.people["officer"]).notice_ids.write(
            {
                "date_delivered": fields.Date.context_today(staff),
                "delivery_way": "hand",
            }
        )

    def assertSays(self, page, *words):
        for word in words:
            self.assertIn(word, str(page))
