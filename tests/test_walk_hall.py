# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A citizen asks on a phone, without an account, and follows it to the answer."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase
from odoo.addons.office_functions_service.models import office_public_form

CODE = "ABCDEFGH2345"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkHall(WalkCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_a_citizen_asks_on_a_phone_and_follows_it_to_the_answer(self):
        self.env["office.service.topic"].create(
            {
                "name": "招生入学",
                "is_public": True,
                "lead_unit_id": self.unit.id,
                "handler_id": self.people["staff"].id,
            }
        )
        with patch.object(office_public_form, "LEAST_SECONDS", 0):
            self.start_tour("/office", "office_citizen_asks", timeout=120)
        self.env.invalidate_all()
        question = self.env["office.consultation"].search([], order="id desc", limit=1)
        self.assertEqual(question.state, "submitted")
        self.assertEqual(question.first_contact_id, self.people["staff"])
        staff = question.with_user(self.people["staff"])
        staff.do_transition("accept")
        staff.write(
            {"answer_draft": "可以捆绑派位。", "regulation_ids": self.policy.ids}
        )
        staff.do_transition("answer")
        question._set_public(query_code=CODE)
        self.start_tour("/office/consultation/track", "office_citizen_follows")
        self.env.invalidate_all()
        self.assertRecordValues(
            question, [{"state": "rated", "score": 5, "solved": "yes"}]
        )
