# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import TODAY, OfficeCase
from odoo.addons.office_functions.tools.transition import permit

from .petition_fixture import PetitionFixture


@tagged("office_service")
class TestPetitionSteps(PetitionFixture, OfficeCase):
    """Judged, decided on, handled, postponed: each with its clock and its notice."""

    # Judging --------------------------------------------------------------------------

    def test_r_pet_5_a_claim_takes_one_of_six_ways(self):
        petition = self.register(petition_class="claim")
        with self.assertRaisesRegex(UserError, "one of six ways"):
            petition.do_transition("judge")
        petition.petition_class = "suggestion"
        petition.do_transition("judge")
        self.assertEqual(petition.state, "judged")

    def test_r_pet_5_only_our_ways_are_accepted(self):
        petition = self.judge(self.register(), route="arbitration")
        with self.assertRaisesRegex(UserError, "This way is not ours"):
            self.do(petition, "petition_officer", "accept")
        with self.assertRaisesRegex(UserError, "Statutory Way"):
            self.do(petition, "petition_officer", "guide")
        petition.statutory_way = "区劳动人事争议仲裁委员会"
        self.do(petition, "petition_officer", "guide")
        self.assertEqual(petition.state, "guided")
        notice = petition.notice_ids
        self.assertEqual(
            (notice.kind, notice.organ), ("guidance", petition.statutory_way)
        )

    def test_r_pet_5_our_own_way_is_not_led_elsewhere(self):
        petition = self.judge(self.register(), statutory_way="The court")
        with self.assertRaisesRegex(UserError, "which is our own"):
            self.do(petition, "petition_officer", "guide")
        other = self.judge(
            self.register(), petition_class="suggestion", statutory_way="The court"
        )
        with self.assertRaisesRegex(UserError, "Only claims"):
            self.do(other, "petition_officer", "guide")

    # Clocks ---------------------------------------------------------------------------

    def test_r_pet_6_sixty_days_from_acceptance_for_our_own_way_only(self):
        ours = self.judge(self.register())
        other = self.judge(self.register(), route="enforcement")
        idea = self.judge(self.register(), petition_class="suggestion", route=False)
        self.to_day(6)
        with self.assertRaisesRegex(UserError, "law of that procedure"):
            self.do(other, "petition_officer", "accept")
        other.write({"date_way_due": self.day(90), "way_basis": "行政处罚法第六十条"})
        for petition in (ours, other, idea):
            self.do(petition, "petition_officer", "accept")
        self.assertEqual(ours.date_deadline, self.day(66))
        self.assertEqual(ours.time_limit_id.code, "petition_handling")
        self.assertSays(ours.time_limit_id.legal_basis, "第三十四条")
        self.assertEqual(other.date_deadline, self.day(90))
        self.assertFalse(other.time_limit_id)
        self.assertEqual(idea.time_limit_id.code, "petition_house")
        for petition in (ours, other, idea):
            self.assertEqual(petition.date_reply_due, petition.date_deadline)
            self.assertEqual(petition.clock_start, self.day(6))

    def test_r_pet_2_the_date_of_notice_stays_provable(self):
        petition = self.judge(self.register())
        self.to_day(9)
        self.do(petition, "petition_officer", "accept")
        self.assertEqual(petition.date_notice_due, self.day(15))
        self.assertEqual(petition.date_deadline_original, self.day(15))
        self.assertFalse(petition.date_notified)
        notice = petition.notice_ids
        self.assertEqual((notice.kind, notice.date), ("acceptance", self.day(9)))
        self.to_day(10)
        self.deliver(petition)
        self.assertEqual(petition.date_notified, self.day(10))
        self.to_day(40)
        self.assertEqual(petition.date_notified, self.day(10))

    def test_r_pet_3_objection_in_five_working_days(self):
        late = self.register(source_organ="市信访局")
        petition = self.register(source_organ="市信访局")
        self.assertEqual(petition.date_objection_due, self.day(7))
        self.assertEqual(petition.date_notice_due, self.day(15))
        self.assertFalse(self.register().date_objection_due)
        self.to_day(7)
        with self.assertRaisesRegex(UserError, "write down the reason"):
            self.do(petition, "petition_officer", "object")
        self.do(petition, "petition_officer", "object", "It belongs to traffic.")
        self.assertEqual(petition.state, "objected")
        self.assertEqual(petition.notice_ids.kind, "objection")
        self.assertEqual(petition.notice_ids.organ, "市信访局")
        self.to_day(8)
        with self.assertRaisesRegex(UserError, "possible until 2026-03-17"):
            self.do(late, "petition_officer", "object", "It belongs to traffic.")

    def test_r_pet_16_simple_handling(self):
        petition = self.judge(self.register(), is_simple=True)
        self.assertEqual(petition.date_accept_due, self.day(3))
        self.to_day(2)
        self.do(petition, "petition_officer", "accept")
        self.assertEqual(petition.time_limit_id.code, "petition_simple")
        self.assertEqual(petition.date_deadline, self.day(16), "Ten working days")

    def test_r_pet_16_simple_is_for_what_is_new_clear_and_small(self):
        self.register()
        petition = self.judge(
            self.register(person_count=3),
            is_simple=True,
            petition_class="report",
            route=False,
        )
        with self.assertRaises(UserError) as refusal:
            self.do(petition, "petition_officer", "accept")
        self.assertSays(
            refusal.exception,
            "Reports and accusations are never",
            "comes first time",
            "small matters of one person",
        )

    def bring_to_handling(self):
        petition = self.judge(self.register())
        self.demand(petition, "The bus comes on time")
        self.do(petition, "petition_officer", "accept")
        self.do(petition, "staff", "start")
        return petition

    def test_r_pet_6_postponed_once_by_the_head_of_the_organ(self):
        petition = self.bring_to_handling()
        due = petition.date_deadline
        petition.date_postponed = due + timedelta(days=45)
        for role in ("petition_officer", "director", "staff"):
            with (
                self.subTest(role=role),
                self.assertRaisesRegex(UserError, "not yours"),
            ):
                self.do(petition, role, "postpone", "It is complex.")
        with self.assertRaises(UserError) as refusal:
            self.do(petition, "leader", "postpone")
        self.assertSays(refusal.exception, "until 2026-06-08", "down the reason")
        petition.date_postponed = due + timedelta(days=30)
        self.do(petition, "leader", "postpone", "It is complex.")
        self.assertEqual(petition.date_deadline, due + timedelta(days=30))
        self.assertEqual(petition.date_reply_due, due + timedelta(days=30))
        notice = petition.notice_ids.filtered(lambda one: one.kind == "postponement")
        self.assertEqual(
            (notice.reason, notice.date_due), ("It is complex.", petition.date_deadline)
        )
        petition.date_postponed = due + timedelta(days=50)
        with self.assertRaisesRegex(UserError, "postponed once"):
            self.do(petition, "leader", "postpone", "It is very complex.")

    def test_r_pet_6_no_postponement_of_other_clocks_or_after_the_day(self):
        simple = self.judge(self.register(), is_simple=True)
        self.do(simple, "petition_officer", "accept")
        self.do(simple, "staff", "start")
        simple.date_postponed = simple.date_deadline + timedelta(days=5)
        with self.assertRaisesRegex(UserError, "own deadline is postponed"):
            self.do(simple, "leader", "postpone", "Too little time")
        petition = self.bring_to_handling()
        petition.date_postponed = petition.date_deadline + timedelta(days=5)
        self.to_day(70)
        with self.assertRaisesRegex(UserError, "has passed already"):
            self.do(petition, "leader", "postpone", "Too little time")

    # Decisions, and wrong ones --------------------------------------------------------

    def test_not_accepted_names_reason_and_proper_organ(self):
        petition = self.judge(self.register())
        with self.assertRaises(UserError) as refusal:
            self.do(petition, "petition_officer", "refuse")
        self.assertSays(
            refusal.exception, "Ground of Non-Acceptance", "write down the reason"
        )
        petition.refusal_ground = "power"
        with self.assertRaisesRegex(UserError, "name the proper organ"):
            self.do(petition, "petition_officer", "refuse", "Public buses are theirs.")
        petition.proper_organ = "区交通局"
        self.do(petition, "petition_officer", "refuse", "Public buses are theirs.")
        notice = petition.notice_ids
        self.assertEqual(
            (notice.kind, notice.organ, notice.reason),
            ("refusal", "区交通局", "Public buses are theirs."),
        )
        self.assertEqual(petition.date_done, TODAY)

    def test_assigned_to_a_unit_of_ours(self):
        petition = self.judge(self.register())
        self.do(petition, "director", "assign")
        self.assertEqual(petition.state, "assigned")
        self.assertEqual(petition.notice_ids.kind, "assignment")
        self.assertEqual(petition.date_deadline, self.day(60))

    def test_no_report_goes_to_the_unit_it_complains_of(self):
        petition = self.judge(
            self.register(complained_unit_ids=[(6, 0, self.unit.ids)]),
            petition_class="report",
            route=False,
        )
        self.assertNotEqual(petition.lead_unit_id, self.unit)
        for name in ("accept", "assign"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "Lead Unit"):
                self.do(petition, "petition_officer", name)

    def test_a_wrong_decision_is_corrected_and_the_old_one_kept(self):
        petition = self.judge(self.register())
        self.do(petition, "petition_officer", "accept")
        first = petition.notice_ids
        self.to_day(4)
        with self.assertRaisesRegex(UserError, "not yours"):
            self.do(petition, "section_head", "correct", "Not ours")
        with self.assertRaisesRegex(UserError, "write down the reason"):
            self.do(petition, "director", "correct")
        self.do(petition, "director", "correct", "Public buses are not ours.")
        self.assertRecordValues(
            first,
            [
                {
                    "is_superseded": True,
                    "superseded_reason": "Public buses are not ours.",
                    "superseded_by_id": self.users["director"].id,
                    "kind": "acceptance",
                }
            ],
        )
        self.assertEqual(petition.state, "judged")
        self.assertFalse(petition.date_accepted)
        self.assertEqual(petition.date_deadline, self.day(15), "The day of the law")
        petition.write({"proper_organ": "区交通局"})
        self.do(petition, "petition_officer", "forward")
        self.assertEqual(
            petition.notice_ids.mapped("kind"), ["forwarding", "acceptance"]
        )
        with self.assertRaisesRegex(ValidationError, "was superseded"):
            first.write({"date_delivered": self.day(4), "delivery_way": "hand"})

    def test_who_decided_does_not_correct_it(self):
        petition = self.judge(self.register())
        self.do(petition, "director", "accept")
        with self.assertRaisesRegex(UserError, "had a part in this"):
            self.do(petition, "director", "correct", "Wrong")
        self.do(petition, "leader", "correct", "Wrong")

    # Notices --------------------------------------------------------------------------

    def test_a_notice_is_changed_by_nobody(self):
        petition = self.judge(self.register())
        self.do(petition, "petition_officer", "accept")
        notice = petition.notice_ids
        for role in ("petition_officer", "staff", "director", "leader", "admin"):
            mine = notice.with_user(self.users[role])
            for vals in (
                {"reason": "Other"},
                {"is_superseded": True},
                {"number": "1"},
                {"date": "2026-01-01"},
                {"is_exempt": True},
            ):
                with self.subTest(role=role, vals=vals), self.assertRaises(UserError):
                    mine.write(vals)
            with self.subTest(role=role), self.assertRaises(UserError):
                mine.unlink()
            with self.subTest(role=role), self.assertRaises(UserError):
                mine.create({"petition_id": petition.id, "kind": "acceptance"})
        with self.assertRaises(UserError):
            petition.sudo().notice_ids = [(0, 0, {"kind": "opinion"})]
        with self.assertRaises(ValidationError):
            notice.sudo().is_superseded = True
        with self.assertRaises(AccessError):
            notice.with_user(self.users["staff"]).write(
                {"date_delivered": TODAY, "delivery_way": "hand"}
            )

    def test_delivery_has_a_day_and_a_way(self):
        petition = self.judge(self.register())
        self.do(petition, "petition_officer", "accept")
        notice = petition.notice_ids
        for vals in (
            {"date_delivered": TODAY},
            {"delivery_way": "hand"},
            {"date_delivered": self.day(1), "delivery_way": "hand"},
            {"date_delivered": self.day(-1), "delivery_way": "hand"},
        ):
            with self.subTest(vals), self.assertRaises(ValidationError):
                notice.write(vals)
        notice.write({"date_delivered": TODAY, "delivery_way": "post"})

    def test_no_delivery_where_name_or_address_is_unclear(self):
        for vals in (
            {"person": False},
            {"person_phone": False, "person_address": False},
        ):
            petition = self.judge(self.register(proper_organ="区交通局", **vals))
            self.do(petition, "petition_officer", "forward")
            with self.subTest(vals):
                self.assertTrue(petition.notice_ids.is_exempt)
                self.do(petition, "petition_officer", "close")

    def test_nothing_is_closed_that_was_not_delivered(self):
        petition = self.judge(self.register(proper_organ="区交通局"))
        self.do(petition, "petition_officer", "forward")
        with self.assertRaises(UserError) as refusal:
            self.do(petition, "petition_officer", "close")
        self.assertSays(refusal.exception, petition.notice_ids.number)
        self.deliver(petition)
        self.do(petition, "petition_officer", "close")

    def test_notices_are_numbered_without_gaps(self):
        petitions = self.model.union(
            *(self.judge(self.register(proper_organ="区交通局")) for _nth in range(3))
        )
        self.do(petitions, "petition_officer", "forward")
        numbers = petitions.notice_ids.mapped("number")
        self.assertEqual(len(set(numbers)), 3)
        for number in numbers:
            self.assertRegex(number, r"^信告〔2026〕1\d{4}号$")
        counter = self.env["office.number.counter"].search(
            [("series_id.code", "=", "petition_notice")]
        )
        self.assertEqual(counter.last, 3)

    # Demands --------------------------------------------------------------------------

    def test_r_pet_11_no_reply_while_a_demand_is_unanswered(self):
        petition = self.judge(self.register())
        one, two, three = self.demand(
            petition, "Come on time", "A shelter", "Money back"
        )
        self.assertEqual((one | two | three).mapped("number"), [1, 2, 3])
        self.bring_to_reply(petition, answer=False)
        mine = (one | two | three).with_user(self.users["staff"])
        mine[0].write({"outcome": "supported", "facts": "It was late.", "basis": "§3"})
        mine[1].write({"outcome": "explained", "facts": "No room there."})
        with self.assertRaises(UserError) as refusal:
            self.do(petition, "staff", "reply")
        self.assertSays(
            refusal.exception,
            "demand 2 lacks: Legal Basis of the Outcome.",
            "demand 3 lacks: Outcome of the Demand, Facts and Reasons, Legal Basis",
        )
        self.assertNotIn("demand 1", str(refusal.exception))
        mine[1].basis = "§4"
        mine[2].write(
            {"outcome": "not_supported", "facts": "Not in the rules", "basis": "§5"}
        )
        self.do(petition, "staff", "reply")
        self.assertEqual(petition.state, "replied")
        self.assertEqual(petition.date_replied, TODAY)

    def test_r_pet_11_no_reply_without_demands_and_opinion(self):
        petition = self.judge(self.register())
        self.bring_to_reply(petition)
        petition.with_user(self.users["staff"]).opinion = "  "
        petition.opinion = False
        with self.assertRaisesRegex(UserError, "Opinion on Handling, Demands"):
            self.do(petition, "staff", "reply")

    def test_r_pet_11_suggestions_are_adopted_wholly_or_partly(self):
        petition = self.judge(self.register(), petition_class="suggestion", route=False)
        demand = self.demand(petition, "Put up a shelter")
        self.bring_to_reply(petition, answer=False)
        mine = demand.with_user(self.users["staff"])
        with self.assertRaisesRegex(ValidationError, "A suggestion is adopted"):
            mine.outcome = "supported"
        mine.write({"outcome": "partly", "facts": "At two of three stops."})
        self.do(petition, "staff", "reply")
        claim = self.judge(self.register())
        with self.assertRaisesRegex(ValidationError, "Only suggestions"):
            self.demand(claim, "Money back").outcome = "adopted"

    def test_demands_are_settled_with_the_steps(self):
        petition = self.judge(self.register())
        demand = self.demand(petition, "Come on time")
        self.bring_to_reply(petition)
        officer = demand.with_user(self.users["petition_officer"])
        for call in (
            lambda: officer.write({"text": "Other"}),
            lambda: officer.write({"number": 7}),
            lambda: officer.write({"petition_id": self.register().id}),
            officer.unlink,
        ):
            with self.assertRaises(ValidationError):
                call()
        self.do(petition, "staff", "reply")
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            officer.outcome = "explained"
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            self.demand(petition, "One more")
        with self.assertRaises(AccessError):
            demand.with_user(self.users["canteen"]).read(["text"])

    # Mediation ------------------------------------------------------------------------

    def test_r_pet_13_mediation_with_consent_of_both(self):
        petition = self.bring_to_handling()
        mine = petition.with_user(self.users["staff"])
        mine.petitioner_consents = True
        with self.assertRaises(UserError) as refusal:
            mine.do_transition("mediate")
        self.assertSays(
            refusal.exception, "Other Party, Text of the Agreement", "consent of both"
        )
        mine.write({"other_party": "Bus Company", "agreement": "At seven."})
        with self.assertRaisesRegex(UserError, "consent of both"):
            mine.do_transition("mediate")
        mine.other_consents = True
        mine.do_transition("mediate")
        self.assertEqual(petition.state, "mediated")
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            petition.agreement = "At eight."

    # Given rise to --------------------------------------------------------------------

    def test_a_petition_gives_rise_to_a_directive(self):
        petition = self.judge(self.register())
        action = petition.with_user(self.users["director"]).action_make_directive()
        directive = self.env["office.directive"].browse(action["res_id"])
        self.assertEqual(directive.source, petition.number)
        self.assertNotIn("张", f"{directive.name}{directive.text}")
        self.assertEqual(petition.with_user(self.users["director"]).link_count, 1)
        with self.assertRaises(AccessError):
            petition.with_user(self.users["petition_officer"]).action_make_directive()
        report = self.judge(self.register(), petition_class="report", route=False)
        director = self.users["director"]
        with self.assertRaisesRegex(UserError, "does not exist"):
            report.with_user(director).action_make_directive()
        report.sudo()._name_person("granted", director, "In charge")
        with self.assertRaisesRegex(UserError, "does not become"):
            report.with_user(director).action_make_directive()

    def test_what_follows_names_neither_petitioner_nor_number(self):
        petition = self.judge(
            self.register(name="张 三丰（１３８-1234 5678）：校车不停站")
        ).with_user(self.users["director"])
        for vals in (
            petition._prepare_directive_vals(),
            petition._prepare_advice_vals(),
        ):
            with self.subTest(vals=vals):
                self.assertIn("████（████）：校车不停站", vals["name"])
                self.assertNotIn("5678", str(vals))

    def test_batch_of_decisions_keeps_each_clock(self):
        early = self.judge(self.register(date_received=self.day(-1)))
        late = self.judge(self.register(), petition_class="suggestion", route=False)
        self.do(early | late, "petition_officer", "accept")
        self.assertEqual(
            (early | late).mapped("time_limit_id.code"),
            ["petition_handling", "petition_house"],
        )
        with permit(early):
            early.date_notice_due = self.day(13)
        self.do(early | late, "director", "correct", "Both wrong")
        self.assertEqual(
            (early | late).mapped("date_deadline"), [self.day(13), self.day(15)]
        )
