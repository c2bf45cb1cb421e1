# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.office_functions.tests.common import (
    TODAY,
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.matter_tests import MatterTests
from odoo.addons.office_functions.tests.race_tests import MatterRaceTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests

from .answered_fixture import AnsweredFixture


class ConsultationFixture(AnsweredFixture):
    model_name = "office.consultation"
    relations = {
        "handler": "staff",
        "unit_head": "section_head",
        "liaison": "",
        "answer_author": "clerk",
    }

    @classmethod
    def sample_vals(cls):
        return super().sample_vals() | {"no_rule_reason": "The house decides it."}


@tagged("office_service")
class TestConsultation(ConsultationFixture, MatterTests, OfficeCase):
    """A consultation passes the generic tests, and its answer cites policy."""

    def take(self, record, **vals):
        """Take a question on, and draft its answer."""
        record = record.sudo()
        self.do(record, "staff", "accept")
        record.with_user(self.users["staff"]).write(
            {"answer_draft": "Within the first week.", **vals}
        )
        return record

    def make_cited(self, user=None):
        record = self.take(self.ask(user), regulation_ids=self.law.ids)
        self.do(record, "staff", "answer")
        return record

    def test_r_ogi_6_consultation_is_answered_in_five_working_days(self):
        record = self.ask().sudo()
        # Tuesday 10 March 2026; a weekend lies between.
        self.assertEqual(record.date_deadline, TODAY + timedelta(days=7))
        self.assertEqual(record.time_limit_id.unit, "working_days")

    def test_s4_12_school_asks_and_the_answer_cites_policy(self):
        mine = self.ask()
        record = self.take(mine)
        with self.assertRaisesRegex(UserError, "stands on, or why no rule"):
            self.do(record, "staff", "answer")
        record.with_user(self.users["staff"]).no_rule_reason = "  "
        with self.assertRaisesRegex(UserError, "stands on, or why no rule"):
            self.do(record, "staff", "answer")
        record.with_user(self.users["staff"]).regulation_ids = self.law
        self.do(record, "staff", "answer")
        mine.invalidate_recordset()
        page = mine._get_portal_page()
        self.assertEqual(page["cited"], [self.law.display_name])
        self.assertEqual(page["person"], self.users["staff"].name)

    def test_what_a_section_thinks_of_citing_stays_inside(self):
        mine = self.ask()
        self.take(mine, no_rule_reason="Perhaps none", regulation_ids=self.law.ids)
        for name in ("no_rule_reason", "regulation_ids", "guidance_id", "approver_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                mine.read([name])
        self.assertFalse(mine._get_portal_page()["cited"])

    def test_s4_12_no_rule_exists_with_reason(self):
        mine = self.ask()
        record = self.take(mine, no_rule_reason="Each school decides")
        self.do(record, "staff", "answer")
        self.assertSays(mine._get_portal_page()["cited"], "Each school decides")

    def test_s4_12_useful_answers_go_to_the_library(self):
        record = self.make_cited()
        action = record.with_user(self.users["staff"]).action_make_guidance()
        guidance = self.env["office.guidance"].browse(action["res_id"])
        self.assertEqual(guidance.drafter_id, self.users["staff"])
        self.assertEqual(guidance.regulation_ids, self.law)
        again = record.with_user(self.users["staff"]).action_make_guidance()
        self.assertEqual(again["res_id"], guidance.id)
        guidance.with_user(self.users["staff"]).do_transition("propose")
        guidance.with_user(self.users["director"]).do_transition("publish")
        self.assertEqual(record.state, "published")
        self.assertEqual(guidance.approver_id, self.users["director"])
        _school, other = self.make_school("second")
        found = self.env["office.guidance"].with_user(other).search_guidance("pupils")
        self.assertEqual(found, guidance)
        with self.assertRaises(AccessError):
            found.read(["consultation_id"])
        self.assertFalse(record.with_user(other).has_access("read"))

    def test_m14_no_guidance_before_the_answer(self):
        with self.assertRaisesRegex(UserError, "has been answered"):
            self.make("accepted").action_make_guidance()

    def test_m14_a_petition_is_pointed_to_its_channel(self):
        mine = self.ask()
        record = mine.sudo()
        with self.assertRaises(UserError) as refusal:
            self.do(record, "staff", "guide")
        self.assertSays(refusal.exception, "Right Channel", "write down the reason")
        record.guide_channel = "petition"
        self.do(record, "staff", "guide", "Please write to the petition office.")
        page = mine._get_portal_page()
        self.assertEqual(page["state"], "Guided Elsewhere")
        self.assertSays(page["lines"], "Please write to the petition office.")
        self.assertFalse(page["may_rate"])

    def test_m14_head_approves_when_the_topic_asks_it(self):
        self.topic.needs_approval = True
        record = self.take(self.ask(), regulation_ids=self.law.ids)
        with self.assertRaisesRegex(UserError, "approve the answer"):
            self.do(record, "staff", "answer")
        self.do(record, "section_head", "approve")
        self.assertEqual(record.approver_id, self.users["section_head"])
        record.with_user(self.users["staff"]).answer_draft = "Something else"
        self.assertFalse(record.approver_id)
        record.answer_draft = "Mine"
        self.do(record, "section_head", "approve")
        record.with_user(self.users["staff"]).regulation_ids = False
        self.assertFalse(record.approver_id)
        record.no_rule_reason = "None"
        self.do(record, "section_head", "approve")
        self.do(record, "staff", "answer")
        self.assertEqual(record.answer, "Mine")

    def test_a2_who_wrote_the_answer_does_not_approve_it(self):
        record = self.take(self.ask(), regulation_ids=self.law.ids)
        head = self.users["section_head"]
        record.with_user(head).answer_draft = "By the head"
        self.assertEqual(record.answer_author_id, head)
        with self.assertRaisesRegex(UserError, "had a part in this"):
            record.with_user(head).do_transition("approve")
        self.do(record, "director", "approve")

    def test_m14_a_citizen_asks_and_sees_only_their_own(self):
        citizen = self.users["citizen"]
        mine = self.ask(citizen)
        self.assertEqual(mine.sudo().service_target, "public")
        self.assertFalse(mine.sudo().school_id)
        other = self.make_user("test_citizen2", "base.group_portal")
        self.assertFalse(mine.with_user(other).has_access("read"))
        self.assertFalse(self.ask().with_user(citizen).has_access("read"))
        record = self.take(mine, regulation_ids=self.law.ids)
        self.do(record, "staff", "answer")
        mine.rate(5)
        self.assertEqual(record.state, "rated")
        with self.assertRaises(AccessError):
            self.env["office.school.request"].with_user(citizen).search([])
        self.topic.is_public = False
        with self.assertRaisesRegex(UserError, "Choose from the list"):
            self.ask(citizen)
        with self.assertRaises(AccessError):
            self.model.with_user(citizen).create(
                {
                    "name": "In another's name",
                    "text": "Forged",
                    "topic_id": self.topic.id,
                    "school_id": self.school.id,
                }
            )

    def test_answer_taken_over_from_the_library(self):
        guidance = self.env["office.guidance"].create(
            {
                "name": "How are pupils moved?",
                "answer": "By the register.",
                "topic_id": self.topic.id,
                "regulation_ids": self.law.ids,
            }
        )
        guidance._apply_transition(guidance._get_transition("publish"))
        record = self.take(self.ask(), answer_draft=False)
        with Form(record.with_user(self.users["staff"])) as form:
            form.guidance_id = guidance
        self.assertEqual(record.answer_draft, "By the register.")
        self.assertEqual(record.regulation_ids, self.law)
        self.do(record, "staff", "answer")
        self.assertEqual(guidance.use_ids.consultation_id, record)
        self.assertEqual(guidance.use_count, 1)

    def test_k25_answer_time_and_reuse(self):
        record = self.take(self.ask(), regulation_ids=self.law.ids)
        self.to_day(2)
        self.do(record, "staff", "answer")
        record.with_user(self.asking_user).rate(4)
        guidance = self.env["office.guidance"].create(
            {"name": "Moving", "answer": "So.", "topic_id": self.topic.id}
        )
        guidance._apply_transition(guidance._get_transition("publish"))
        for user in (self.asking_user, self.users["school"]):
            guidance.with_user(user).mark_useful()
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        period = (TODAY, TODAY + timedelta(days=5))
        staff, unit = self.users["staff"].id, self.unit.id
        for code, expected in (
            ("K25-days", [(unit, staff, 2.0, 1)]),
            ("K25-consultations", [(unit, staff, 4, 1)]),
            ("K25-reuse", [(unit, None, 2, 2), (unit, None, 0, 1)]),
        ):
            rows = Indicator._measure(Indicator._get_indicator(code), *period)
            self.assertEqual(rows, expected, code)
            found = Indicator.open_records(code, *map(str, period))
            self.assertTrue(
                self.env[found["res_model"]].search_count(found["domain"]), code
            )

    def test_every_state_has_a_public_word(self):
        states = set(self.model._fields["state"].get_values(self.env))
        self.assertEqual(states - set(self.model._get_public_states()), {"draft"})


@tagged("post_install", "-at_install")
class TestConsultationRpc(ConsultationFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a consultation."""


@tagged("post_install", "-at_install")
class TestConsultationRace(ConsultationFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on consultations at the same moment."""
