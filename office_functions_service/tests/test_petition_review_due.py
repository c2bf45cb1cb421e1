# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import TODAY, OfficeCase
from odoo.addons.office_functions.tools.transition import permit

from .petition_fixture import PetitionFixture
from .petition_secret_case import SecretFixture


@tagged("office_service")
class TestPetitionReviewDue(SecretFixture, PetitionFixture, OfficeCase):
    """No review of ours is late unseen; what it revoked is handled again (R-PET-7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.users["petition_officer"]
        cls.reviewer = cls.make_user(
            "test_reviewer", "office_functions.group_office_petition"
        )

    def ask(self, reviewer=None, officer=None, **vals):
        """Return a petition that is under our review, and the review."""
        officer = officer or self.officer
        petition = self.register(
            officer,
            handler_id=self.users["staff"].id,
            our_level="2",
            petition_class="claim",
            route="petition",
            **vals,
        )
        for state in ("replied", "review"):
            with permit(petition.sudo(), state):
                petition.sudo().write(
                    {
                        "state": state,
                        "state_since": fields.Datetime.now(),
                        "date_opinion_delivered": TODAY,
                    }
                )
        review = (
            self.env["office.petition.review"]
            .with_user(officer)
            .create(
                {
                    "petition_id": petition.id,
                    "level": "review",
                    "reviewer_id": reviewer and reviewer.id,
                }
            )
        )
        return petition, review

    def remind(self):
        self.env["office.petition"].sudo()._cron_remind_reviews()
        self.env.flush_all()

    def get_told(self, petition):
        return petition.sudo().activity_ids.user_id

    def revoke(self, review):
        review.with_user(self.reviewer).decide("revoked", "It is wrong", "Article 35")

    def test_none_is_late_unseen(self):
        petition, review = self.ask(self.reviewer)
        Petition = self.env["office.petition"]
        late = Petition._get_late_review_domain
        for day, told, is_late in (
            (24, self.env["res.users"], False),
            (25, self.reviewer, False),
            (30, self.reviewer, False),
            (31, self.reviewer | self.users["director"], True),
        ):
            with self.subTest(day=day):
                self.to_day(day)
                self.remind()
                self.assertEqual(bool(Petition.search(late())), is_late)
                self.assertLessEqual(told, self.get_told(petition))
                self.assertLessEqual(
                    self.get_told(petition),
                    told
                    | told.search(
                        [
                            (
                                "all_group_ids",
                                "in",
                                self.env.ref(
                                    "office_functions.group_office_director"
                                ).ids,
                            )
                        ]
                    ),
                )
        self.remind()
        number = len(petition.sudo().activity_ids)
        self.remind()
        self.assertEqual(len(petition.sudo().activity_ids), number)
        review.with_user(self.reviewer).decide("upheld", "It is right", "35")
        self.assertFalse(Petition.search(late()))

    def test_omission_and_figure(self):
        petition, _review = self.ask(self.reviewer)
        self.to_day(40)
        Omission = self.env["office.omission"]
        check = next(
            row
            for row in Omission._get_omissions()
            if row.code == "petition_review_late"
        )
        found = Omission._check(check, fields.Date.context_today(petition))
        self.assertIn(petition.id, found.mapped("res_id"))
        figures = (
            self.env["office.workbench"].with_user(self.officer)._get_service_figures()
        )
        figure = next(row for row in figures if row["label"] == "Reviews to Decide")
        self.assertEqual(
            self.env["office.petition"].search(figure["domain"]), petition.sudo(False)
        )

    def test_director_complained_of_gets_no_number_of_omissions(self):
        director = self.users["director"]
        accused, _review = self.ask(
            accused_ids=[Command.create({"user_id": director.id})]
        )
        self.to_day(40)
        self.env["office.omission"]._cron_check()
        Message = self.env["mail.message"].sudo()
        about = [
            ("subject", "like", "Omissions found"),
            ("partner_ids", "in", director.partner_id.ids),
        ]
        self.assertFalse(Message.search(about))
        found = self.env["office.omission"].search([("res_id", "=", accused.id)])
        self.assertIn("petition_review_late", found.mapped("code"))
        self.ask()
        self.to_day(80)
        self.env["office.omission"]._cron_check()
        self.assertEqual(len(Message.search(about)), 1)

    def test_nobody_hears_of_a_report_they_are_not_admitted_to(self):
        report, _review = self.ask(officer=self.keeper, is_report=True)
        accused, _review = self.ask(
            accused_ids=[Command.create({"user_id": self.users["director"].id})]
        )
        self.to_day(40)
        self.remind()
        self.assertEqual(self.get_told(report), self.keeper)
        self.assertNotIn(self.users["director"], self.get_told(accused))
        late = self.env["office.petition"]._get_late_review_domain()
        self.assertNotIn(report, self.env["office.petition"].search(late))

    def test_revoked_goes_back_to_another_handler(self):
        petition, review = self.ask(self.reviewer)
        officer = petition.with_user(self.officer)
        with self.assertRaisesRegex(UserError, "did not revoke"):
            officer.do_transition("handle_again")
        self.revoke(review)
        for role in ("staff", "leader"):
            with self.assertRaises(UserError):
                petition.with_user(self.users[role]).do_transition("handle_again")
        officer.do_transition("handle_again")
        self.assertEqual(petition.state, "handling")
        self.assertFalse(petition.handler_id)
        self.assertEqual(petition.date_deadline, TODAY + timedelta(days=60))
        with self.assertRaises(ValidationError):
            officer.handler_id = self.users["staff"]
        officer.handler_id = self.users["liaison"]

    def test_who_handled_it_ever_never_handles_it_again(self):
        petition, review = self.ask(self.reviewer)
        officer = petition.with_user(self.officer)
        self.revoke(review)
        officer.do_transition("handle_again")
        officer.handler_id = self.users["liaison"]
        with permit(petition.sudo(), "review"):
            petition.sudo().state = "review"
        other = self.make_user(
            "test_reviewer2", "office_functions.group_office_petition"
        )
        second = review.with_user(self.officer).create(
            {
                "petition_id": petition.id,
                "level": "review",
                "reviewer_id": other.id,
            }
        )
        second.with_user(other).decide("revoked", "It is wrong", "Article 35")
        officer.do_transition("handle_again")
        self.assertEqual(petition.sudo().first_handler_id, self.users["staff"])
        for role in ("staff", "liaison"):
            with self.subTest(role=role), self.assertRaises(ValidationError):
                officer.handler_id = self.users[role]
            self.assertTrue(petition.with_user(self.users[role])._explain_second_look())
        officer.handler_id = self.users["clerk"]

    def test_joined_petitions_go_back_with_their_leading_one(self):
        lead, review = self.ask(self.reviewer)
        joined, other = (
            self.ask(self.reviewer, lead_petition_id=lead.id)[0] for _two in range(2)
        )
        text = "The timetable is changed."
        for one, said in ((lead, text), (joined, text), (other, "By itself")):
            with permit(one.sudo()):
                one.sudo().opinion = said
        joined.sudo()._make_notices("opinion", False)
        self.revoke(review)
        lead.with_user(self.officer).do_transition("handle_again")
        self.assertEqual(
            [one.state for one in (lead, joined, other)],
            ["handling", "merged", "review"],
        )
        self.assertFalse(joined.handler_id)
        self.assertEqual(joined.date_deadline, TODAY + timedelta(days=60))
        self.assertTrue(joined.sudo().review_ids.is_past)
        opinions = joined.sudo().notice_ids.filtered(lambda one: one.kind == "opinion")
        self.assertTrue(all(opinions.mapped("is_superseded")))
        self.assertFalse(joined.date_opinion_delivered)

    def test_r_pet_7_closed_joined_ones_are_handled_again_only_when_an_officer_says(
        self,
    ):
        lead, review = self.ask(self.reviewer)
        closed, other, withdrawn = (
            self.ask(self.reviewer, lead_petition_id=lead.id)[0] for _three in range(3)
        )
        text = "The timetable is changed."
        for one, said in ((lead, text), (closed, text), (other, "By itself")):
            one.sudo()._set(opinion=said)
        withdrawn.sudo()._set(opinion=text, date_opinion_delivered=False)
        with permit((closed | other | withdrawn).sudo(), "closed"):
            (closed | other | withdrawn).sudo().write({"state": "closed"})
        officer = closed.with_user(self.officer)
        with self.assertRaisesRegex(UserError, "No review revoked"):
            officer.do_transition("handle_again_closed", "Not yet")
        self.revoke(review)
        lead.with_user(self.officer).do_transition("handle_again")
        self.assertEqual(set((closed | other | withdrawn).mapped("state")), {"closed"})
        told = closed.sudo().activity_ids.filtered(
            lambda one: "same opinion" in one.summary
        )
        self.assertIn(self.officer, told.user_id)
        self.assertFalse((other | withdrawn).sudo().activity_ids & told)
        with self.assertRaisesRegex(UserError, "No review revoked"):
            other.with_user(self.officer).do_transition("handle_again_closed", "No")
        officer.do_transition("handle_again_closed", "The text was wrong for all")
        self.assertEqual(closed.state, "handling")
        self.assertFalse(closed.handler_id)
        self.assertTrue(closed.sudo().review_ids.is_past)
        self.assertEqual(closed.date_deadline, TODAY + timedelta(days=60))
        self.assertFalse(closed.is_revoked_elsewhere)

    def test_revoked_opinion_does_not_count_as_delivered(self):
        petition = self.judge(self.register())
        self.demand(petition, "The bus comes on time")
        self.bring_to_reply(petition)
        self.do(petition, "staff", "reply")
        self.deliver(petition.sudo())
        self.assertEqual(petition.date_opinion_delivered, TODAY)
        petition = petition.with_user(self.officer)
        review = {"petition_id": petition.id, "level": "review"}
        self.env["office.petition.review"].with_user(self.officer).create(review)
        petition.do_transition("ask_review")
        self.prepare_revoked(petition.sudo())
        petition.do_transition("handle_again")
        opinion = petition.notice_ids.filtered(lambda one: one.kind == "opinion")
        self.assertTrue(opinion.is_superseded)
        self.assertFalse(petition.date_opinion_delivered)
        self.to_day(90)
        self.assertFalse(
            petition.search_count(
                petition._get_lapsed_domain() & Domain("id", "=", petition.id)
            )
        )

    def test_new_opinion_may_be_reviewed_again(self):
        petition, review = self.ask(self.reviewer)
        self.revoke(review)
        petition.with_user(self.officer).do_transition("handle_again")
        self.assertTrue(review.is_past)
        with permit(petition.sudo(), "replied"):
            petition.sudo().write({"state": "replied", "date_opinion_delivered": TODAY})
        again = review.with_user(self.officer).create(
            {"petition_id": petition.id, "level": "review"}
        )
        petition.with_user(self.officer).do_transition("ask_review")
        self.assertEqual(petition._get_review("review"), again)
        self.assertEqual(len(petition.review_ids), 2)

    def test_revoked_neither_lapses_nor_becomes_final(self):
        petition, review = self.ask(self.reviewer)
        self.revoke(review)
        review.date_delivered = TODAY
        upheld, other = self.ask(self.reviewer)
        other.with_user(self.reviewer).decide("upheld", "It is right", "35")
        other.date_delivered = TODAY
        for day, state in ((30, "review"), (31, "closed")):
            self.to_day(day)
            with self.without_commits():
                self.env["office.petition"].sudo()._cron_lapse()
            self.assertEqual((petition.state, upheld.state), ("review", state))
        rows = (
            self.env["office.petition.review"]
            .with_user(self.officer)
            .create(
                {
                    "petition_id": petition.id,
                    "level": "rereview",
                    "organ": "City Government",
                    "document_number": "No. 8",
                    "outcome": "revoked",
                    "text": "It is wrong",
                    "date_decided": fields.Date.context_today(petition),
                }
            )
        )
        with permit(petition.sudo(), "rereview"):
            petition.sudo().state = "rereview"
        with self.assertRaisesRegex(UserError, "handled again"):
            petition.with_user(self.officer).do_transition("finalise")
        self.assertTrue(rows)

    def test_lapse_asks_once_however_many_wait(self):
        Petition = self.env["office.petition"].sudo()

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            with self.without_commits():
                Petition._cron_lapse()
            return self.cr.sql_log_count - before

        self.ask()
        count()
        few = count()
        for _nth in range(5):
            self.ask(self.reviewer)
        self.assertEqual(count(), few)

    def test_whose_it_is_and_by_when_is_not_written(self):
        petition, review = self.ask(self.reviewer)
        for vals in (
            {"date_due": "2030-01-01"},
            {"is_ours": False},
            {"is_past": True},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                review.write(vals)
        forged = review.with_context(default_is_past=True).create(
            {
                "petition_id": petition.id,
                "level": "rereview",
                "is_ours": True,
                "date_due": "2030-01-01",
            }
        )
        self.assertRecordValues(
            forged,
            [
                {
                    "is_past": False,
                    "is_ours": False,
                    "date_due": TODAY + timedelta(days=30),
                }
            ],
        )
        with self.assertRaises(AccessError):
            review.with_user(self.users["staff"]).date_asked = TODAY
