# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A school's question, answered by a section and found again by another school."""

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase

SCHOOL = "office_functions.group_office_school"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkSchools(WalkCase):
    def make_school(self, name, login):
        """Return the login of a new school."""
        user = new_test_user(self.env, login, SCHOOL, name=f"{name}老师", lang="zh_CN")
        self.env["hr.department"].create(
            {
                "name": name,
                "unit_kind": "school",
                "office_user_ids": [Command.set(user.ids)],
            }
        )
        return login

    def visit(self, page, tour, login):
        """Let a school make a tour on the portal."""
        self.start_tour(f"/my/office/{page}", tour, login=login, timeout=120)
        self.env.invalidate_all()

    def test_a_question_answered_and_found_again_by_another(self):
        self.env["office.service.topic"].create(
            {
                "name": "招生入学",
                "lead_unit_id": self.unit.id,
                "handler_id": self.people["staff"].id,
            }
        )
        asking = self.make_school("实验小学", "walk_school_one")
        other = self.make_school("育才小学", "walk_school_two")
        self.visit("consultation/new", "office_school_asks", asking)
        question = self.env["office.consultation"].search([], order="id desc", limit=1)
        self.assertTrue(question.number)
        self.walk("office-consultations", "office_section_answers", "staff")
        self.assertEqual(question.regulation_ids, self.policy)
        self.visit(f"consultation/{question.id}", "office_school_rates", asking)
        self.assertEqual((question.state, question.score), ("rated", 5))
        self.walk("office-guidance", "office_director_approves_guidance", "director")
        self.assertEqual(question.state, "published")
        self.visit("consultation/new", "office_other_school_finds_it", other)
        self.visit("guidance", "office_other_school_is_helped", other)
        guidance = question.guidance_ids
        self.assertEqual(
            (guidance.use_count, guidance.use_ids.user_id.login), (1, other)
        )
