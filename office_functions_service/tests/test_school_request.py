# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

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


class SchoolRequestFixture(AnsweredFixture):
    model_name = "office.school.request"
    relations = {"handler": "staff", "unit_head": "section_head", "liaison": ""}


@tagged("office_service")
class TestSchoolRequest(SchoolRequestFixture, MatterTests, OfficeCase):
    """A school's request passes the generic tests, and is answered and rated."""

    def answer(self, record):
        record = record.sudo()
        self.do(record, "staff", "accept")
        record.with_user(self.users["staff"]).answer_draft = "Come on Tuesday."
        self.do(record, "staff", "answer")
        return record

    def test_s4_10_school_files_gets_number_and_answer_and_rates_it(self):
        request = self.ask()
        office = request.sudo()
        self.assertEqual(office.state, "submitted")
        self.assertIn("〕", office.number)
        self.assertEqual(office.lead_unit_id, self.unit)
        self.assertEqual(office.handler_id, self.users["staff"])
        self.assertEqual(office.date_deadline, TODAY + timedelta(days=7))
        self.assertEqual(office.service_target, "school")
        page = request._get_portal_page()
        self.assertEqual(page["number"], office.number)
        self.assertEqual(page["section"], self.unit.name)
        self.assertFalse(page["may_rate"])
        with self.assertRaisesRegex(UserError, "has been answered"):
            request.rate(5)
        self.answer(request)
        request.invalidate_recordset()
        page = request._get_portal_page()
        self.assertIn("Come on Tuesday.", [text for _label, text in page["lines"]])
        self.assertEqual(page["person"], self.users["staff"].name)
        self.assertTrue(page["may_rate"])
        request.rate(5, "Quick")
        self.assertEqual((office.state, office.score), ("rated", 5))
        with self.assertRaisesRegex(UserError, "rated it already"):
            request.rate(1)
        self.assertFalse(request._get_portal_page()["may_rate"])
        self.do(office, "staff", "close")
        self.assertEqual(office.state, "closed")

    def test_topic_gives_section_person_and_deadline(self):
        limit = self.env["office.time.limit"].create(
            {"name": "Quick", "code": "quick", "amount": 1, "unit": "working_days"}
        )
        self.topic.write(
            {
                "lead_unit_id": self.other_unit.id,
                "handler_id": False,
                "time_limit_id": limit.id,
            }
        )
        request = self.ask().sudo()
        self.assertEqual(request.lead_unit_id, self.other_unit)
        self.assertFalse(request.handler_id)
        self.assertEqual(request.date_deadline, TODAY + timedelta(days=1))

    def test_the_agency_owns_the_date_of_what_a_school_asks(self):
        request = self.ask().sudo()
        self.assertEqual(request.deadline_owner_id, self.users["section_head"])
        with self.assertRaises(UserError):
            request.with_user(self.asking_user).change_deadline(
                "extend", "More time", TODAY + timedelta(days=30)
            )

    def test_the_draft_of_an_answer_stays_inside(self):
        request = self.ask()
        request.sudo().answer_draft = "Not yet said"
        for name in ("answer_draft", "answer_author_id", "forward_unit_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                request.read([name])
        with self.assertRaises(AccessError):
            request.search([("answer_draft", "ilike", "said")])
        self.assertNotIn("Not yet said", str(request._get_portal_page()))
        self.assertFalse(request.transition_ids)

    def test_a_school_sees_its_own_only(self):
        request = self.ask()
        _other, stranger = self.make_school("other")
        for user in (stranger, self.users["citizen"], self.users["school"]):
            with self.subTest(user=user.login):
                self.assertFalse(request.with_user(user).has_access("read"))
        colleague = self.make_user(
            "test_colleague2", "office_functions.group_office_school"
        )
        self.asking_school.office_user_ids |= colleague
        self.assertTrue(request.with_user(colleague).has_access("read"))

    def test_a_school_forges_nothing(self):
        Request = self.model.with_user(self.asking_user)
        vals = {
            "name": "Forged",
            "text": "Forged",
            "topic_id": self.topic.id,
            "school_id": self.asking_school.id,
        }
        for forged in (
            {"school_id": self.school.id},
            {"school_id": False},
            {"handler_id": self.users["leader"].id},
            {"lead_unit_id": self.other_unit.id},
            {"date_deadline": TODAY},
            {"answer_draft": "Yes"},
        ):
            with self.subTest(forged=forged), self.assertRaises(AccessError):
                Request.create({**vals, **forged})
        request = self.ask()
        with self.assertRaises(UserError):
            request.write({"text": "Another one"})
        for step in ("accept", "answer", "close", "guide", "forward"):
            with self.subTest(step=step), self.assertRaises(UserError):
                request.do_transition(step, "Why")

    def test_all_that_is_missing_is_told(self):
        with self.assertRaises(UserError) as refusal:
            self.ask(name=" ", text="", topic_id="")
        self.assertSays(refusal.exception, "What is it about?", "What Is Needed")
        for topic in ("0", "x", str(10**12)):
            with self.assertRaisesRegex(UserError, "Choose from the list"):
                self.ask(topic_id=topic)
        request = self.make(school_id=False)
        with self.assertRaisesRegex(UserError, "which school"):
            self.do(request, "clerk", "submit")
        request.school_id = self.unit
        with self.assertRaisesRegex(UserError, "is no school"):
            self.do(request, "clerk", "submit")

    def test_liaison_files_for_the_school_which_rates(self):
        liaison = self.users["liaison"]
        vals = {**self.sample_vals(), "school_id": self.school.id}
        request = self.model.with_user(liaison).create(vals)
        request.do_transition("submit")
        self.answer(request)
        with self.assertRaisesRegex(UserError, "Only whom it was done for"):
            request.rate(5)
        request.with_user(self.users["school"]).rate(4)
        self.assertEqual(request.sudo().score, 4)

    def test_school_without_login_is_rated_for_by_who_filed(self):
        self.school.office_user_ids -= self.users["school"]
        vals = {**self.sample_vals(), "school_id": self.school.id}
        request = self.model.with_user(self.users["liaison"]).create(vals)
        request.do_transition("submit")
        self.answer(request)
        request.rate(3)
        self.assertEqual(request.sudo().state, "rated")

    def test_passed_on_with_a_note_and_the_time_is_the_same(self):
        request = self.make("accepted")
        deadline = request.date_deadline
        with self.assertRaises(UserError) as refusal:
            self.do(request, "staff", "forward")
        self.assertSays(refusal.exception, "Pass On To", "write down the reason")
        for unit, words in ((self.unit, "already"), (self.school, "not a school")):
            request.forward_unit_id = unit
            with self.assertRaisesRegex(UserError, words):
                self.do(request, "staff", "forward", "Theirs")
        request.forward_unit_id = self.other_unit
        self.do(request, "staff", "forward", "Theirs")
        self.assertEqual(request.state, "forwarded")
        self.assertEqual(request.lead_unit_id, self.other_unit)
        self.assertFalse(request.handler_id)
        self.assertFalse(request.forward_unit_id)
        self.assertEqual(request.date_deadline, deadline)
        self.assertEqual(request.transition_ids[0].note, "Theirs")
        with self.assertRaisesRegex(UserError, "Handler"):
            self.do(request, "clerk", "accept")

    def test_low_rating_opens_a_correction(self):
        request = self.ask()
        self.answer(request)
        request.rate(1, "It was the wrong form")
        correction = self.env["office.service.correction"].search(
            [("res_model", "=", self.model_name), ("res_id", "=", request.id)]
        )
        self.assertEqual((correction.kind, correction.state), ("answer", "open"))
        self.assertEqual(correction.lead_unit_id, self.unit)
        self.assertSays(correction.problem, "1 of 5", "It was the wrong form")

    def find_image_errors(self, request):
        key = f"{self.model_name},{request.id},%"
        return self.env["office.error"].search([("origin_key", "=like", key)])

    def test_s2_18_complaint_upheld_opens_an_image_record(self):
        upheld, unfounded = self.ask(), self.ask()
        for request in (upheld, unfounded):
            self.answer(request)
            request.rate(1, "It was the wrong form")
        self.assertFalse(self.find_image_errors(upheld), "a low rating alone is none")
        corrections = self.env["office.service.correction"].search(
            [("res_model", "=", self.model_name)]
        )
        found = {correction.res_id: correction for correction in corrections}
        self.do(found[unfounded.id], "director", "drop", "It was the right one")
        found[upheld.id].measure = "Sent the right form"
        self.do(found[upheld.id], "staff", "report")
        self.do(found[upheld.id], "director", "close")
        error = self.find_image_errors(upheld)
        self.assertRecordValues(
            error,
            [
                {
                    "kind": "image",
                    "state": "registered",
                    "text": "Sent the right form",
                    "lead_unit_id": self.unit.id,
                }
            ],
        )
        self.assertSays(error.name, upheld.number)
        self.assertFalse(self.find_image_errors(unfounded))

    def test_s2_18_late_answer_opens_an_image_record(self):
        late, in_time = self.ask(), self.ask()
        self.answer(in_time)
        self.to_day(late.date_deadline + timedelta(days=1))
        self.answer(late)
        self.assertFalse(self.find_image_errors(in_time))
        self.assertSays(self.find_image_errors(late).name, late.number)

    def test_bad_ratings(self):
        request = self.ask()
        self.answer(request)
        for score in (0, 6, True, "5", None, 2.5):
            with self.subTest(score=score), self.assertRaises(UserError):
                request.rate(score)
        with self.assertRaises(UserError):
            request.with_user(self.users["staff"]).rate(5)

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "office_functions_service.ir_cron_close_answered"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def test_closed_when_the_days_to_rate_are_over(self):
        request = self.answer(self.ask())
        with self.assertRaisesRegex(UserError, "may still be rated"):
            self.do(request, "staff", "close")
        self.run_job()
        self.assertEqual(request.state, "answered")
        self.to_day(20)
        self.run_job()
        self.assertEqual(request.state, "closed")
        with self.assertRaises(UserError):
            request.with_user(self.asking_user).rate(5)

    def test_visits_to_the_school(self):
        self.env["office.research.visit"].create(
            {
                "name": "Gate",
                "school_id": self.asking_school.id,
                "date": TODAY,
                "user_ids": self.users["clerk"].ids,
            }
        )
        request = self.make().with_user(self.users["clerk"])
        self.assertEqual(request.visit_count, 1)
        action = request.action_open_visits()
        self.assertEqual(
            self.env[action["res_model"]].search_count(action["domain"]), 1
        )

    def test_every_state_has_a_public_word(self):
        states = set(self.model._fields["state"].get_values(self.env))
        self.assertEqual(states - set(self.model._get_public_states()), {"draft"})

    def test_k25_on_time_and_satisfaction(self):
        good = self.ask()
        self.answer(good)
        good.rate(5)
        late = self.make("accepted")
        self.make("guided")
        self.to_day(9)
        # Nobody is blamed for what is not due yet.
        self.make("accepted")
        self.do(late, "staff", "answer")
        late.with_user(self.asking_user).rate(2)
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        period = (TODAY, TODAY + timedelta(days=20))
        key = (self.unit.id, self.users["staff"].id)
        for code, row in (("K25", (1, 2)), ("K25-satisfaction", (7, 2))):
            rows = Indicator._measure(Indicator._get_indicator(code), *period)
            self.assertEqual(rows, [(*key, *row)], code)
            found = Indicator.open_records(code, *map(str, period))
            self.assertEqual(self.model.search(found["domain"]), late | good.sudo())


@tagged("post_install", "-at_install")
class TestSchoolRequestRpc(SchoolRequestFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a school's request."""


@tagged("post_install", "-at_install")
class TestSchoolRequestRace(SchoolRequestFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on requests at the same moment."""
