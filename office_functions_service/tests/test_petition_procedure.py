# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""No step, figure or clock of a petition is got round."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import TODAY, OfficeCase
from odoo.addons.office_functions.tools.transition import permit

from .test_petition_reply import RepliedFixture

OFFICER = "office_functions.group_office_petition"


class ProcedureFixture(RepliedFixture):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.users["petition_officer"]
        cls.other_officer = cls.make_user("test_officer_two", OFFICER)

    def ask(self, petition, level="review", **vals):
        return (
            self.env["office.petition.review"]
            .with_user(self.officer)
            .create({"petition_id": petition.id, "level": level, **vals})
        )

    def accuse(self, petition, user):
        petition.with_user(self.officer).accused_ids = [
            Command.create({"user_id": user.id})
        ]


@tagged("office_service")
class TestPetitionReviewRight(ProcedureFixture, OfficeCase):
    """The right to a review is not lost by a step of ours (第35条)."""

    def test_closed_early_a_review_is_still_asked_for(self):
        for days, may in ((30, True), (31, False)):
            self.to_day(0)
            petition = self.make_replied()
            self.do(petition, "petition_officer", "close")
            self.to_day(days)
            self.ask(petition)
            with self.subTest(days=days):
                if may:
                    self.do(petition, "petition_officer", "ask_review")
                    self.assertEqual(petition.state, "review")
                else:
                    with self.assertRaisesRegex(UserError, "had to be asked for"):
                        self.do(petition, "petition_officer", "ask_review")

    def test_what_was_closed_without_an_opinion_is_not_reviewed(self):
        petition = self.judge(self.register())
        self.do(petition, "petition_officer", "withdraw", "Moved away")
        self.do(petition, "petition_officer", "close")
        self.ask(petition)
        with self.assertRaisesRegex(UserError, "not delivered yet"):
            self.do(petition, "petition_officer", "ask_review")

    def test_after_a_second_look_the_second_opinion_counts(self):
        petition = self.make_replied()
        self.to_day(10)
        petition._rate_publicly(1, False, "")
        self.assertFalse(petition.date_opinion_delivered)
        petition.handler_id = self.users["section_head"]
        self.to_day(20)
        self.do(petition, "section_head", "reply")
        self.assertFalse(petition.date_opinion_delivered)
        self.assertFalse(petition._get_public_answer())
        self.to_day(25)
        self.deliver(petition)
        self.assertEqual(petition.date_opinion_delivered, self.day(25))
        self.to_day(50)
        self.ask(petition)
        self.do(petition, "petition_officer", "ask_review")

    def test_only_the_petition_procedure_is_reviewed(self):
        petition = self.judge(
            self.register(),
            route="enforcement",
            date_way_due=self.day(90),
            way_basis="行政处罚法第六十条",
        )
        self.demand(petition, "The bus comes on time")
        self.bring_to_reply(petition)
        self.do(petition, "staff", "reply")
        self.deliver(petition)
        self.ask(petition)
        with self.assertRaisesRegex(UserError, "petition procedure are reviewed"):
            self.do(petition, "petition_officer", "ask_review")
        answer = petition._get_public_answer()
        self.assertSays(answer, "行政处罚法第六十条")
        self.assertNotIn("for a review", answer)

    def test_the_hall_tells_how_to_contest_it(self):
        self.company.petition_review_organ = "区人民政府"
        answer = self.make_replied()._get_public_answer()
        self.assertSays(answer, "区人民政府", "第三十五条")
        self.assertSays(answer, "04/09/2026")


@tagged("office_service")
class TestPetitionReviewDecision(ProcedureFixture, OfficeCase):
    """A review of ours is decided by its reviewer, today, and by nobody else."""

    def make_review(self, **vals):
        petition = self.make_replied(our_level="2")
        reviewer = self.other_officer.id
        return self.ask(petition, reviewer_id=reviewer, **vals)

    def test_only_the_reviewer_writes_the_decision(self):
        review = self.make_review()
        decision = {
            "outcome": "upheld",
            "text": "It is right",
            "legal_basis": "第35条",
            "date_decided": TODAY,
        }
        for vals in (decision, {"outcome": "upheld"}, {"text": "It is right"}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                review.write(vals)
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                review.sudo().write(vals)
        with self.assertRaises(ValidationError):
            review.with_user(self.other_officer).write(
                {**decision, "date_decided": self.day(-1)}
            )
        review.with_user(self.other_officer).write(decision)
        with self.assertRaises(ValidationError):
            self.make_review(**decision)

    def test_when_it_was_asked_for_is_settled(self):
        review = self.make_review()
        self.do(review.petition_id, "petition_officer", "ask_review")
        self.to_day(5)
        for vals in ({"date_asked": self.day(5)}, {"level": "rereview"}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                review.write(vals)
        other = self.make_replied()
        with self.assertRaises(ValidationError):
            review.petition_id = other

    def test_a_hearing_gains_no_more_than_its_days(self):
        review = self.make_review()
        for first, last in ((-1, 2), (31, 32), (3, 60), (3, False)):
            with (
                self.subTest(first=first, last=last),
                self.assertRaises(ValidationError),
            ):
                review.write(
                    {
                        "hearing_from": self.day(first),
                        "hearing_to": last and self.day(last),
                    }
                )
        self.to_day(31)
        with self.assertRaisesRegex(ValidationError, "run out"):
            review.write({"hearing_from": self.day(3), "hearing_to": self.day(9)})

    def test_our_level_is_settled_with_the_judging(self):
        petition = self.make_replied()
        with self.assertRaises(ValidationError):
            petition.with_user(self.officer).our_level = "2"


@tagged("office_service")
class TestPetitionFinality(ProcedureFixture, OfficeCase):
    """What is final is not taken on again by any step (第36条第3款)."""

    def make_final(self):
        final = self.make_replied()
        with permit(final, "finalised"):
            final.state = "finalised"
        return final

    def test_neither_accepted_nor_assigned_nor_joined(self):
        final = self.make_final()
        again = self.judge(self.register(same_as_id=final.id))
        again.lead_petition_id = self.judge(self.register())
        for name in ("accept", "assign", "join"):
            with self.subTest(name), self.assertRaisesRegex(UserError, final.number):
                self.do(again, "petition_officer", name)

    def test_what_it_is_the_same_as_is_settled(self):
        petition = self.judge(self.register())
        self.do(petition, "petition_officer", "accept")
        with self.assertRaises(ValidationError):
            petition.with_user(self.officer).same_as_id = self.make_final()
        with self.assertRaises(AccessError):
            petition.with_user(self.users["staff"]).same_as_id = False

    def test_nobody_learns_of_a_petition_by_calling_it_the_same(self):
        hidden = self.judge(self.register())
        hidden.with_user(self.users["director"]).restrict()
        with self.assertRaises(AccessError):
            self.register(same_as_id=hidden.id)
        petition = self.register()
        with self.assertRaises(AccessError):
            petition.same_as_id = hidden


@tagged("office_service")
class TestPetitionJoinAccused(ProcedureFixture, OfficeCase):
    """Who is accused answers nothing by way of joining."""

    def make_pair(self):
        """Return two petitions whose handlers differ, judged; the first is in hand."""
        lead = self.judge(self.register())
        self.demand(lead, "The bus comes on time")
        self.bring_to_reply(lead)
        other = self.judge(
            self.register(name="李四的孩子等校车"),
            lead_unit_id=self.other_unit.id,
            handler_id=False,
        )
        other.with_user(self.officer).lead_petition_id = lead
        return lead, other

    def join(self, petition):
        self.do(petition, "petition_officer", "join")

    def test_not_joined_to_what_the_accused_handles(self):
        lead, other = self.make_pair()
        self.accuse(other, self.users["staff"])
        with self.assertRaisesRegex(UserError, "by one text") as refusal:
            self.join(other)
        self.assertNotIn(self.users["staff"].name, str(refusal.exception))

    def test_not_joined_by_whom_the_lead_accuses(self):
        lead, other = self.make_pair()
        someone = self.make_user("test_someone", "office_functions.group_office_staff")
        other.with_user(self.officer).handler_id = someone
        self.accuse(lead, someone)
        with self.assertRaisesRegex(UserError, "by one text"):
            self.join(other)

    def test_not_joined_to_the_unit_that_is_accused(self):
        lead, other = self.make_pair()
        other.with_user(self.officer).complained_unit_ids = self.unit
        with self.assertRaisesRegex(UserError, "by one text"):
            self.join(other)

    def test_a_report_is_joined_to_reports_only(self):
        lead, other = self.make_pair()
        other.with_user(self.officer).is_report = True
        with self.assertRaisesRegex(UserError, "one class"):
            self.join(other)

    def test_joined_it_is_accepted_by_the_same_rules(self):
        _lead, other = self.make_pair()
        other.with_user(self.officer).route = "arbitration"
        with self.assertRaisesRegex(UserError, "way is not ours"):
            self.join(other)

    def test_looked_at_again_when_the_handler_changes(self):
        lead, other = self.make_pair()
        someone = self.make_user("test_someone", "office_functions.group_office_staff")
        self.accuse(other, someone)
        self.join(other)
        with self.assertRaisesRegex(ValidationError, "by one text"):
            lead.with_user(self.officer).handler_id = someone
        lead.with_user(self.officer).handler_id = self.users["section_head"]

    def test_looked_at_again_before_the_reply(self):
        lead, other = self.make_pair()
        self.demand(other, "The bus waits")
        self.join(other)
        self.accuse(other, self.users["staff"])
        with self.assertRaisesRegex(UserError, "by one text") as refusal:
            self.do(lead, "staff", "reply")
        self.assertNotIn(other.number, str(refusal.exception))
        self.assertEqual(lead.state, "handling")


@tagged("office_service")
class TestPetitionOfficersOnly(ProcedureFixture, OfficeCase):
    """A handler takes nobody off a petition."""

    def test_a_handler_erases_no_petitioner(self):
        petition = self.register(
            person_count=2, representatives="李四 13900001111\n王五 13900002222"
        )
        self.judge(petition)
        self.do(petition, "petition_officer", "accept")
        mine = petition.with_user(self.users["staff"])
        for vals in (
            {"representatives": False},
            {"our_level": "3"},
            {"same_as_id": False},
            {"words_to_erase": "李四"},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                mine.write(vals)
        with self.assertRaises(ValidationError):
            petition.with_user(self.officer).representatives = False
        self.assertEqual(len(petition.sudo().identity_ids), 3)
        petition.with_user(self.officer).words_to_erase = "李四"


@tagged("office_service")
class TestPetitionRatingWay(ProcedureFixture, OfficeCase):
    """The petitioner's own word goes before what was heard on the phone."""

    def test_online_takes_the_place_of_a_rating_by_phone(self):
        petition = self.make_replied()
        petition.with_user(self.other_officer).rate_by_phone(5, True)
        self.assertSays(petition._get_public_stars(), "telephone", "5 of", "2026")
        self.assertTrue(petition._may_be_rated_publicly())
        with self.assertRaisesRegex(UserError, "rated already"):
            petition.with_user(self.other_officer).rate_by_phone(4, True)
        petition._rate_publicly(1, False, "Nobody called me")
        self.assertRecordValues(
            petition,
            [
                {
                    "score": 1,
                    "first_score": 1,
                    "first_solved": "no",
                    "rating_way": "online",
                    "times_rated": 1,
                    "second_looks": 1,
                    "state": "handling",
                }
            ],
        )

    def test_not_by_phone_what_was_rated_online(self):
        petition = self.make_replied()
        petition._rate_publicly(2, True, "")
        with self.assertRaisesRegex(UserError, "rated already"):
            petition.with_user(self.other_officer).rate_by_phone(5, True)

    def test_rated_by_phone_when_the_standing_opinion_is_delivered(self):
        petition = self.make_replied()
        petition._rate_publicly(2, False, "")
        petition.handler_id = self.users["section_head"]
        self.do(petition, "section_head", "reply")
        with self.assertRaisesRegex(UserError, "has been delivered"):
            petition.with_user(self.other_officer).rate_by_phone(5, True)
        self.deliver(petition)
        petition.with_user(self.other_officer).rate_by_phone(5, True)
        self.assertEqual((petition.score, petition.first_score), (5, 2))
        self.assertEqual(petition.rated_handler_id, self.users["staff"])
        rows = self.model._measure_petitioners(TODAY, self.day(30))
        self.assertEqual(rows, [(self.unit.id, self.users["staff"].id, 2, 1)])


@tagged("office_service")
class TestPetitionDelivery(ProcedureFixture, OfficeCase):
    """A delivery is a fact that nobody puts right for themselves."""

    def test_a_delivery_is_put_down_once(self):
        petition = self.judge(self.register())
        self.do(petition, "petition_officer", "accept")
        self.to_day(20)
        notice = petition.notice_ids.with_user(self.officer)
        notice.write({"date_delivered": self.day(20), "delivery_way": "hand"})
        for vals in (
            {"date_delivered": TODAY},
            {"date_delivered": TODAY, "delivery_reason": "A slip"},
            {"date_delivered": False, "delivery_way": False},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                notice.write(vals)
        notice.delivery_note = "Signed by the daughter"
        theirs = notice.with_user(self.other_officer)
        with self.assertRaises(ValidationError):
            theirs.write({"date_delivered": self.day(18)})
        theirs.write({"date_delivered": self.day(18), "delivery_reason": "Receipt"})
        self.assertEqual(petition.date_notified, self.day(18))
        self.assertEqual(notice.delivered_by_id, self.other_officer)
        said = str(petition.message_ids.mapped("body"))
        self.assertSays(said, notice.number, "2026-03-30", "2026-03-28", "Receipt")

    def test_nobody_is_made_unknown(self):
        petition = self.register()
        mine = petition.with_user(self.officer)
        for vals in (
            {"person": False},
            {"person": "  "},
            {"person_phone": False, "person_address": False},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                mine.write(vals)
            mine.invalidate_recordset()
        mine.write({"person": "李四", "person_address": False})
        anonymous = self.register(person=False, person_phone=False)
        anonymous.with_user(self.officer).person_address = False

    def test_k27_counts_who_was_told_in_time(self):
        told, late, exempt = (
            self.judge(self.register(**vals)) for vals in ({}, {}, {"person": False})
        )
        for petition in (told, late, exempt):
            self.do(petition, "petition_officer", "accept")
        self.to_day(15)
        self.deliver(told)
        self.to_day(16)
        self.deliver(late)
        self.assertEqual(
            self.model._measure_timely_acceptance(TODAY, self.day(30)),
            [(self.unit.id, self.users["staff"].id, 2, 3)],
        )


@tagged("office_service")
class TestPetitionWaysOut(ProcedureFixture, OfficeCase):
    """Nothing gets out of a figure or a clock by being taken back."""

    def measure(self, name):
        rows = getattr(self.model, name)(TODAY, self.day(120))
        return [row[2:] for row in rows]

    def test_withdrawn_when_overdue_stays_overdue(self):
        early, late = self.judge(self.register()), self.judge(self.register())
        self.do(early, "petition_officer", "withdraw", "Moved away")
        self.to_day(16)
        self.do(late, "petition_officer", "withdraw", "Moved away")
        self.assertEqual(self.measure("_measure_timely_acceptance"), [(0, 1)])

    def test_mediated_when_overdue_stays_overdue(self):
        early, late = self.judge(self.register()), self.judge(self.register())
        for petition, day in ((early, 60), (late, 61)):
            self.to_day(0)
            self.do(petition, "petition_officer", "accept")
            petition.sudo().write(
                {
                    "other_party": "Bus Company",
                    "agreement": "At seven.",
                    "petitioner_consents": True,
                    "other_consents": True,
                }
            )
            self.to_day(day)
            self.do(petition, "staff", "mediate")
        self.assertEqual(self.measure("_measure_timely_reply"), [(0, 1)])

    def test_corrected_and_accepted_again_on_the_first_day(self):
        petition = self.judge(self.register())
        self.do(petition, "petition_officer", "accept")
        self.to_day(10)
        self.do(petition, "director", "correct", "The wrong unit")
        self.assertFalse(petition.date_accepted)
        self.to_day(12)
        self.do(petition, "petition_officer", "accept")
        self.assertEqual(petition.date_accepted, TODAY)
        self.assertEqual(petition.date_deadline, self.day(60))
        self.assertEqual(petition.date_reply_due, self.day(60))

    def test_sent_to_us_is_objected_to_by_a_day_however_late_it_is_known(self):
        petition = self.register()
        self.to_day(8)
        petition.with_user(self.officer).source_organ = "市信访局"
        self.assertEqual(petition.date_objection_due, self.day(7))
        with self.assertRaisesRegex(UserError, "possible until"):
            self.do(petition, "petition_officer", "object", "It belongs to traffic.")
        petition.with_user(self.officer).source_organ = False
        self.assertFalse(petition.date_objection_due)

    def test_simple_handling_that_waits_is_an_omission(self):
        petition = self.judge(self.register())
        petition.with_user(self.officer).is_simple = True
        self.assertEqual(petition.date_accept_due, self.day(3))
        Omission = self.env["office.omission"]
        for day, found in ((3, 0), (4, 1)):
            self.to_day(day)
            Omission._cron_check()
            with self.subTest(day=day):
                self.assertEqual(
                    Omission.search_count(
                        [
                            ("code", "=", "petition_simple_waiting"),
                            ("res_id", "=", petition.id),
                        ]
                    ),
                    found,
                )


@tagged("office_service")
class TestPetitionRefusal(ProcedureFixture, OfficeCase):
    """A notice of non-acceptance names its ground, and an organ where there is one."""

    def test_the_organ_where_the_ground_needs_it(self):
        petition = self.judge(self.register(), refusal_ground="in_hand")
        self.do(petition, "petition_officer", "refuse", "See the notice of May.")
        notice = petition.notice_ids
        self.assertEqual((notice.ground, notice.organ), ("in_hand", False))
        other = self.judge(self.register(), refusal_ground="power")
        with self.assertRaisesRegex(UserError, "name the proper organ"):
            self.do(other, "petition_officer", "refuse", "Public buses are theirs.")
