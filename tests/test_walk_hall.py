# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A citizen asks on a phone, without an account, and follows it to the answer."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase
from odoo.addons.office_functions_service.models import office_public_form


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
        self.publish_answer("双胞胎能否同校")
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
        path = f"/office/consultation/track#{question.query_code}"
        self.start_tour(path, "office_citizen_follows")
        self.env.invalidate_all()
        self.assertRecordValues(
            question, [{"state": "rated", "score": 5, "solved": "yes"}]
        )

    def publish_answer(self, name):
        """Let an answer stand in the hall that is offered while somebody types."""
        guidance = self.env["office.guidance"].create(
            {
                "name": name,
                "answer": "可以捆绑派位。",
                "topic_id": self.env["office.service.topic"].search([], limit=1).id,
                "audience": "public",
            }
        )
        guidance._apply_transition(guidance._get_transition("publish"))
