# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.office_functions.tests.common import TODAY
from odoo.addons.office_functions.tools.decision_text import extract_text
from odoo.addons.office_functions.tools.transition import permit

from .petition_secret_case import SecretCase


@tagged("office_service")
class TestPetitionReview(SecretCase):
    """Three levels, then it is final (R-PET-7; 信访工作条例 第35、36条)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.users["petition_officer"]
        cls.reviewer = cls.make_user(
            "test_reviewer", "office_functions.group_office_petition"
        )

    def reply(self, **vals):
        """Return a petition whose opinion reached the petitioner today."""
        petition = self.register(
            **{
                "handler_id": self.users["staff"].id,
                "our_level": "2",
                "petition_class": "claim",
                "route": "petition",
            }
            | vals
        )
        self.bring(petition, "replied")
        return petition

    def bring(self, petition, state):
        vals = {"state": state, "state_since": fields.Datetime.now()}
        if "date_opinion_delivered" in petition._fields:
            vals["date_opinion_delivered"] = TODAY
        with permit(petition.sudo(), state):
            petition.sudo().write(vals)

    def ask(self, petition, level="review", **vals):
        return (
            self.env["office.petition.review"]
            .with_user(self.officer)
            .create({"petition_id": petition.id, "level": level, **vals})
        )

    def test_r_pet_7_review_is_asked_for_within_thirty_days(self):
        for days, may in ((0, True), (30, True), (31, False)):
            with self.subTest(days=days):
                self.to_day(0)
                petition = self.reply()
                self.to_day(days)
                with self.assertRaises(UserError):
                    petition.do_transition("ask_review")
                self.ask(petition)
                if may:
                    petition.do_transition("ask_review")
                    self.assertEqual(petition.state, "review")
                else:
                    with self.assertRaises(UserError) as caught:
                        petition.do_transition("ask_review")
                    self.assertSays(caught.exception, "2026-04-09")

    def test_r_pet_7_decided_within_thirty_days_without_the_hearing(self):
        review = self.ask(self.reply())
        self.assertEqual(review.date_due, TODAY + timedelta(days=30))
        review.write({"hearing_from": date(2026, 3, 12), "hearing_to": "2026-03-14"})
        self.assertEqual(review.date_due, TODAY + timedelta(days=33))

    def test_three_levels_then_final(self):
        petition = self.reply()
        review = self.ask(petition, reviewer_id=self.reviewer.id)
        petition.do_transition("ask_review")
        again = self.ask(petition, "rereview", organ="City Government")
        with self.assertRaises(UserError):
            petition.do_transition("ask_rereview")
        review.with_user(self.reviewer).decide("upheld", "It is right", "Article 35")
        with self.assertRaises(UserError):
            petition.do_transition("ask_rereview")
        review.date_delivered = TODAY
        petition.do_transition("ask_rereview")
        with self.assertRaises(UserError):
            petition.do_transition("finalise")
        with self.assertRaises(ValidationError) as caught:
            again.write({"date_decided": TODAY, "outcome": "upheld"})
        self.assertSays(caught.exception, "Facts and Decision", "Number of Its")
        again.write(
            {
                "date_decided": TODAY,
                "outcome": "upheld",
                "text": "It stands",
                "document_number": "市复核〔2026〕3号",
            }
        )
        petition.do_transition("finalise")
        self.assertEqual(petition.state, "finalised")

    def test_same_facts_and_reasons_are_not_accepted_after_that(self):
        final = self.reply()
        self.bring(final, "finalised")
        again = self.register(same_as_id=final.id)
        self.bring(again, "judged")
        accepting = [
            row for row in again._get_transitions() if row.target == "accepted"
        ] or [
            again._get_transition("judge").but(target="accepted", sources=("judged",))
        ]
        for row in accepting:
            reasons = again._explain_closed(row)
            self.assertSays(reasons, final.number or final.id)
        self.assertFalse(again._explain_closed(again._get_transition("ask_review")))

    def test_without_a_request_it_is_closed_after_thirty_days(self):
        petition = self.reply()
        asked = self.reply()
        self.ask(asked)
        asked.do_transition("ask_review")
        for day, state in ((30, "replied"), (31, "closed"), (31, "closed")):
            self.to_day(day)
            with self.without_commits():
                self.env["office.petition"]._cron_lapse()
            self.assertEqual(petition.state, state)
        self.assertEqual(asked.state, "review")

    def test_a2_reviewer_had_no_part_in_the_handling(self):
        petition = self.reply()
        for user in (self.users["staff"],):
            with self.assertRaises(ValidationError):
                self.ask(petition, reviewer_id=user.id)
        review = self.ask(petition, reviewer_id=self.reviewer.id)
        with self.assertRaises(ValidationError):
            self.ask(petition, "rereview", reviewer_id=self.reviewer.id)
        with self.assertRaises(UserError):
            review.with_user(self.officer).decide("upheld", "It is right", "35")

    def test_who_has_no_other_part_reads_what_they_review(self):
        other = self.make_user("test_other", "office_functions.group_office_staff")
        petition = self.reply()
        self.assertFalse(petition.with_user(other).has_access("read"))
        review = self.ask(petition, reviewer_id=other.id)
        self.assertTrue(petition.with_user(other).has_access("read"))
        review.with_user(other).decide("upheld", "It is right", "Article 35")
        self.assertEqual(review.outcome, "upheld")

    def test_reviewer_decides_on_the_screen(self):
        """The button is the reviewer's, and so is what it leads to."""
        review = self.ask(self.reply(), reviewer_id=self.reviewer.id)
        for user in (self.officer, self.reviewer):
            action = review.with_user(user).action_decide()
            dialog = Form(
                self.env[action["res_model"]]
                .with_user(user)
                .with_context(**action["context"])
            )
            dialog.outcome = "upheld"
            dialog.text = "It is right"
            dialog.legal_basis = "Article 35"
            if user == self.officer:
                with self.assertRaises(UserError):
                    dialog.save().decide()
                self.assertFalse(review.date_decided)
            else:
                dialog.save().decide()
        self.assertEqual(review.outcome, "upheld")
        self.assertEqual(review.date_decided, TODAY)

    def test_accused_reviews_nothing(self):
        petition = self.reply(
            accused_ids=[Command.create({"user_id": self.reviewer.id})]
        )
        with self.assertRaises(ValidationError) as caught:
            self.ask(petition, reviewer_id=self.reviewer.id)
        self.assertNotIn(petition.name, str(caught.exception))

    def test_decision_is_never_changed(self):
        review = self.ask(self.reply(), reviewer_id=self.reviewer.id)
        decided = review.with_user(self.reviewer)
        with self.assertRaises(ValidationError):
            decided.decide("upheld", "", "35")
        decided.decide("upheld", "It is right", "35")
        with self.assertRaises(UserError):
            decided.decide("revoked", "It is wrong", "35")
        for vals in (
            {"outcome": "revoked"},
            {"text": "No"},
            {"date_decided": False},
            {"reviewer_id": self.officer.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                review.write(vals)
        review.date_delivered = TODAY
        with self.assertRaises(ValidationError):
            review.date_delivered = False
        with self.assertRaises(UserError):
            review.unlink()

    def test_bad_days(self):
        petition = self.reply()
        with self.assertRaises(ValidationError):
            self.ask(petition, date_asked=TODAY + timedelta(days=1))

    def test_staff_and_strangers_record_no_review(self):
        petition = self.reply()
        for role in ("staff", "leader", "citizen"):
            with self.assertRaises(AccessError):
                self.env["office.petition.review"].with_user(self.users[role]).create(
                    {"petition_id": petition.id, "level": "review"}
                )

    def bring_to_rereview(self, **vals):
        """Let another organ review it, and the re-review be asked of ours."""
        petition = self.reply(our_level="3", **vals)
        review = self.ask(petition, organ="区政府", document_number="复查1号")
        petition.do_transition("ask_review")
        review.write({"date_decided": TODAY, "outcome": "upheld", "text": "属实"})
        review.date_delivered = TODAY
        return petition

    def test_r_pet_7_rereview_is_asked_for_within_thirty_days(self):
        for days, may in ((30, True), (31, False)):
            self.to_day(0)
            petition = self.bring_to_rereview()
            self.to_day(days)
            self.ask(petition, "rereview")
            with self.subTest(days=days):
                if may:
                    petition.do_transition("ask_rereview")
                    self.assertEqual(petition.state, "rereview")
                else:
                    with self.assertRaisesRegex(UserError, "2026-04-09"):
                        petition.do_transition("ask_rereview")

    def test_r_pet_7_rereview_of_ours_is_final(self):
        petition = self.bring_to_rereview()
        self.assertFalse(petition._get_review("review").is_ours)
        again = self.ask(petition, "rereview", reviewer_id=self.reviewer.id)
        self.assertTrue(again.is_ours)
        petition.do_transition("ask_rereview")
        with self.assertRaisesRegex(UserError, "not decided"):
            petition.do_transition("finalise")
        with self.assertRaisesRegex(UserError, "Only the reviewer"):
            again.with_user(self.officer).decide("upheld", "属实", "第36条")
        again.with_user(self.reviewer).decide("upheld", "属实", "第36条")
        petition.do_transition("finalise")
        self.assertEqual(petition.state, "finalised")

    def print_review(self, review):
        """Return what the printed opinion of a review says.

        :rtype: str
        """
        report = self.env["ir.actions.report"].with_user(self.officer)
        pdf, _kind = report._render_qweb_pdf(
            "office_functions_service.report_f10_petition_review", review.ids
        )
        return "".join(extract_text(pdf, "a.pdf").split())

    def test_f10_of_a_review_names_the_right_to_a_rereview(self):
        review = self.ask(self.reply(), reviewer_id=self.reviewer.id)
        review.with_user(self.reviewer).decide("upheld", "It is right", "第35条")
        text = self.print_review(review)
        self.assertSays(text, "复查意见书", "张三丰", "30日内", "维持原意见")
        self.assertNotIn("本复核意见为信访终结意见", text)

    def test_f10_of_a_rereview_names_its_finality(self):
        petition = self.bring_to_rereview()
        again = self.ask(petition, "rereview", reviewer_id=self.reviewer.id)
        petition.do_transition("ask_rereview")
        again.with_user(self.reviewer).decide("changed", "查明部分不实", "第36条")
        text = self.print_review(again)
        self.assertSays(
            text,
            "信访事项复核意见书",
            "变更原意见",
            "本复核意见为信访终结意见",
            "不再受理",
        )
        self.assertNotIn("30日内", text, "There is no further level to ask")
