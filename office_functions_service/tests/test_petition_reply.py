# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import TODAY, OfficeCase
from odoo.addons.office_functions.tools.transition import permit

from .petition_fixture import PetitionFixture


class RepliedFixture(PetitionFixture):
    def make_replied(self, deliver=True, **vals):
        """Register, judge, handle and reply to a petition.

        :return: as superuser
        """
        petition = self.judge(self.register(**vals))
        self.demand(petition, "The bus comes on time")
        self.bring_to_reply(petition)
        self.do(petition, "staff", "reply")
        if deliver:
            self.deliver(petition)
        return petition.with_env(self.env)


@tagged("office_service")
class TestPetitionJoining(RepliedFixture, OfficeCase):
    """One text for several petitioners, each with what is their own."""

    def make_joined(self):
        """Return a leading petition in hand, and one judged and joined to it."""
        lead = self.judge(self.register())
        self.demand(lead, "The bus comes on time")
        self.to_day(3)
        other = self.judge(
            self.register(name="孩子等校车", person="李四", person_phone="13900001111")
        )
        self.demand(other, "The bus waits for my child")
        self.bring_to_reply(lead)
        self.to_day(5)
        other.lead_petition_id = lead
        self.do(other, "petition_officer", "join")
        return lead, other

    def test_joined_petitioners_keep_number_clock_reply_and_privacy(self):
        lead, other = self.make_joined()
        number, deadline = other.number, other.date_deadline
        self.assertNotEqual(number, lead.number)
        self.assertEqual(deadline, self.day(65), "Sixty days from its own acceptance")
        self.assertEqual(lead.date_deadline, self.day(63))
        self.assertTrue(other.open_deadline, "Its clock runs on")
        self.assertEqual(other.notice_ids.kind, "joining")
        follower = self.users["clerk"].partner_id
        other.message_subscribe(follower.ids)
        other.message_post(body="Only of the second petitioner")
        self.assertNotIn(follower, lead.message_partner_ids)
        self.assertNotIn("second petitioner", str(lead.message_ids.mapped("body")))
        other.demand_ids.write(
            {"outcome": "explained", "facts": "The stop is marked.", "basis": "§4"}
        )
        self.do(lead, "staff", "reply")
        self.assertEqual((lead | other).mapped("state"), ["replied", "replied"])
        self.assertEqual(other.opinion, lead.opinion)
        own = other.notice_ids.filtered(lambda notice: notice.kind == "opinion")
        his = lead.notice_ids.filtered(lambda notice: notice.kind == "opinion")
        self.assertNotEqual(own.number, his.number)
        self.assertEqual((other.number, other.date_done), (number, self.day(5)))
        self.deliver(other)
        self.assertTrue(other._get_public_answer())
        self.assertFalse(lead._get_public_answer(), "Each opinion is delivered apart")
        self.assertNotIn("The bus waits", "\n".join(lead._get_opinion_lines()))
        self.assertNotIn(other.sudo().identity_ids, lead.sudo().identity_ids)

    def test_no_reply_while_a_joined_demand_is_unanswered(self):
        lead, other = self.make_joined()
        with self.assertRaises(UserError) as refusal:
            self.do(lead, "staff", "reply")
        self.assertSays(refusal.exception, f"{other.number}, demand 1 lacks")

    def test_none_goes_that_others_wait_for(self):
        lead, other = self.make_joined()
        with self.assertRaises(UserError) as refusal:
            self.do(lead, "petition_officer", "withdraw", "Has moved away")
        self.assertSays(refusal.exception, other.number)
        self.do(other, "petition_officer", "separate", "Another matter after all")
        self.assertEqual(other.state, "handling")
        self.assertFalse(other.lead_petition_id)
        self.assertEqual(other.date_deadline, self.day(65))
        self.do(lead, "petition_officer", "withdraw", "Has moved away")

    def test_what_may_be_joined(self):
        lead, other = self.make_joined()
        third = self.judge(self.register(), petition_class="suggestion", route=False)
        third.lead_petition_id = other
        with self.assertRaises(UserError) as refusal:
            self.do(third, "petition_officer", "join")
        self.assertSays(refusal.exception, "joined itself", "one class")
        third.lead_petition_id = third
        with self.assertRaisesRegex(UserError, "to itself"):
            self.do(third, "petition_officer", "join")
        lead.lead_petition_id = self.judge(self.register())
        with self.assertRaisesRegex(UserError, "wait for its answer"):
            self.do(lead, "petition_officer", "join")
        for role in ("staff", "section_head", "director"):
            with self.subTest(role=role), self.assertRaises(UserError):
                self.do(lead, role, "join")

    def test_who_may_not_see_the_other_does_not_join_to_it(self):
        hidden = self.judge(self.register())
        hidden.with_user(self.users["director"]).restrict()
        petition = self.judge(self.register())
        with self.assertRaises(AccessError):
            petition.write({"lead_petition_id": hidden.id})
        with self.assertRaises(AccessError):
            self.register(lead_petition_id=hidden.id)


@tagged("office_service")
class TestPetitionRating(RepliedFixture, OfficeCase):
    """What the petitioner thinks of it, and the second look."""

    def test_r_pet_1_the_petitioner_rates_once(self):
        petition = self.make_replied()
        rating = petition._rate_publicly(5, True, " Thank you ")
        self.assertEqual((rating.rating, rating.feedback), (5, "Thank you"))
        self.assertRecordValues(
            petition,
            [
                {
                    "score": 5,
                    "is_solved": True,
                    "first_solved": "yes",
                    "state": "replied",
                }
            ],
        )
        with self.assertRaisesRegex(UserError, "rated already"):
            petition._rate_publicly(1, False, "")

    def test_rated_when_the_opinion_has_been_delivered(self):
        petition = self.make_replied(deliver=False)
        with self.assertRaises(UserError) as refusal:
            petition._rate_publicly(0, "no", ["x"])
        self.assertSays(
            refusal.exception,
            "opinion has been delivered",
            "one to five stars",
            "whether it is solved",
            "a text",
        )
        with self.assertRaisesRegex(UserError, "one to five stars"):
            petition._rate_publicly(True, True, "")
        self.assertFalse(
            self.env["rating.rating"].search_count(
                [("res_model", "=", petition._name), ("res_id", "=", petition.id)]
            )
        )

    def test_nobody_inside_rates_as_a_user(self):
        petition = self.make_replied()
        for role in ("petition_officer", "director", "staff"):
            with self.subTest(role=role), self.assertRaises(UserError):
                petition.with_user(self.users[role]).rate(5)
        with self.assertRaises(ValidationError):
            petition.with_user(self.users["petition_officer"]).score = 5

    def test_officer_records_a_rating_by_telephone(self):
        petition = self.make_replied()
        officer = self.users["petition_officer"]
        wizard = (
            self.env["office.petition.rate"]
            .with_user(officer)
            .with_context(active_id=petition.id)
            .create({"stars": "4", "solved": "yes"})
        )
        wizard.rate()
        self.assertEqual((petition.score, petition.rating_way), (4, "phone"))
        other = self.make_replied()
        for role in ("staff", "director"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                other.with_user(self.users[role]).rate_by_phone(5, True)
        with self.assertRaises(ValidationError):
            other.handler_id = officer
        with permit(other):
            other.handler_id = officer
        with self.assertRaisesRegex(UserError, "Who handled it"):
            other.with_user(officer).rate_by_phone(5, True)

    def test_not_solved_opens_a_second_look_by_somebody_else(self):
        petition = self.make_replied()
        replied, due = petition.date_replied, petition.date_reply_due
        self.to_day(10)
        petition._rate_publicly(1, False, "The bus is late again")
        self.assertEqual(petition.state, "handling")
        self.assertFalse(petition.handler_id)
        self.assertEqual(petition.first_handler_id, self.users["staff"])
        # The thirtieth day is a Sunday.
        self.assertEqual(petition.date_deadline, self.day(41))
        self.assertEqual(
            (petition.date_replied, petition.date_reply_due), (replied, due)
        )
        told = petition.activity_ids.user_id
        for role in ("staff", "section_head", "director"):
            self.assertIn(self.users[role], told, "Reaches handler and supervisor")
        with self.assertRaisesRegex(ValidationError, "somebody else's"):
            petition.handler_id = self.users["staff"]
        colleague = self.make_user("test_second", "office_functions.group_office_staff")
        petition.handler_id = colleague
        mine = petition.with_user(colleague)
        mine.opinion = "Another bus company from May on."
        mine.do_transition("reply")
        opinions = petition.notice_ids.filtered(lambda one: one.kind == "opinion")
        self.assertEqual(len(opinions), 2, "The first opinion stays")
        self.deliver(petition)
        petition._rate_publicly(2, False, "Still late")
        self.assertEqual(petition.state, "replied", "After that there is the review")
        self.assertEqual(petition.first_solved, "no")

    def test_the_first_handler_does_not_reply_as_head(self):
        petition = self.make_replied()
        with permit(petition):
            petition.handler_id = self.users["section_head"]
        petition._rate_publicly(1, False, "Late")
        petition.handler_id = self.users["staff"]
        with self.assertRaisesRegex(UserError, "somebody else's"):
            self.do(petition, "section_head", "reply")

    def test_second_look_at_what_is_closed(self):
        petition = self.make_replied()
        self.do(petition, "petition_officer", "close")
        petition._rate_publicly(1, False, "Late")
        self.assertEqual(petition.state, "handling")
        self.assertFalse(petition.date_done)


@tagged("office_service")
class TestPetitionPublic(RepliedFixture, OfficeCase):
    """What the petitioner sees by the code, and nothing internal."""

    def test_every_state_has_a_public_word(self):
        states = set(self.model._fields["state"].get_values(self.env))
        self.assertEqual(states, set(self.model._get_public_states()))

    def test_a9_who_has_it_since_when_under_which_article_by_when(self):
        petition = self.judge(self.register())
        page = petition._get_public_page()
        self.assertEqual(page["state"], "Already Registered")
        self.assertSays(page["article"], "第二十三条")
        self.assertEqual(page["deadline"], self.day(15))
        self.do(petition, "petition_officer", "accept")
        page = petition._get_public_page()
        self.assertEqual(
            (page["state"], page["holder"]), ("Being Worked On", self.unit.name)
        )
        self.assertSays(page["article"], "第三十四条")
        self.assertSays("\n".join(page["explanation"]), "Petition: opinion on handling")
        self.assertFalse(page["answer"])

    def test_a9_nothing_internal_is_shown(self):
        petition = self.judge(self.register())
        self.do(petition, "petition_officer", "accept")
        self.do(petition, "director", "correct", "SECRET thought of the house")
        self.do(petition, "petition_officer", "accept")
        self.do(petition, "staff", "start")
        petition.date_postponed = petition.date_deadline + timedelta(days=9)
        self.do(petition, "leader", "postpone", "It is complex.")
        petition.message_post(body="SECRET message")
        petition.opinion = "SECRET draft"
        petition.identity_ids.invalidate_recordset()
        shown = str(petition._get_public_page())
        self.assertIn("It is complex.", shown)
        for word in ("SECRET", "张三丰", "13812345678", *self.users.values()):
            self.assertNotIn(getattr(word, "name", word), shown)

    def test_only_the_delivered_opinion_is_shown(self):
        petition = self.make_replied(deliver=False)
        self.assertEqual(petition._get_public_answer(), "")
        self.deliver(petition)
        self.assertSays(
            petition._get_public_answer(),
            "1. The bus comes on time",
            "Supported：It was late on ten days.",
            "The timetable is changed.",
        )
        petition._rate_publicly(1, False, "")
        petition.opinion = "SECRET draft of a second opinion"
        self.assertEqual(petition._get_public_answer(), "")

    def test_told_why_it_is_not_accepted_once_the_notice_is_delivered(self):
        petition = self.judge(
            self.register(), refusal_ground="power", proper_organ="City Bus Office"
        )
        self.do(petition, "petition_officer", "refuse", "Buses are run by the city.")
        self.assertEqual(petition._get_public_answer(), "")
        self.assertFalse(petition._get_public_page()["is_told"])
        self.deliver(petition)
        page = petition._get_public_page()
        self.assertTrue(page["is_told"])
        told = ("Not in Our Power", "run by the city", "turn to: City Bus Office")
        self.assertSays(page["answer"], *told)
        self.do(petition, "petition_officer", "close")
        self.assertSays(petition._get_public_answer(), *told)

    def test_told_nothing_of_a_decision_that_was_corrected(self):
        petition = self.judge(
            self.register(), refusal_ground="power", proper_organ="City Bus Office"
        )
        self.do(petition, "petition_officer", "refuse", "Buses are run by the city.")
        self.deliver(petition)
        self.do(petition, "director", "correct", "They are ours.")
        self.assertEqual(petition._get_public_answer(), "")

    def test_forwarded_and_guided_say_where_to(self):
        for step, vals, words, article in (
            (
                "forward",
                {"proper_organ": "City Bus Office"},
                "passed on to: City Bus",
                "第二十三条",
            ),
            ("guide", {"statutory_way": "The court"}, "names: The court", "第三十一条"),
        ):
            with self.subTest(step):
                route = {"route": "litigation"} if step == "guide" else {}
                petition = self.judge(self.register(), **vals, **route)
                self.do(petition, "petition_officer", step)
                self.deliver(petition)
                self.assertSays(petition._get_public_answer(), words)
                self.assertSays(petition._get_public_page()["article"], article)

    def test_defaults_of_the_house_are_no_matter_of_the_public(self):
        petition = self.judge(self.register(), petition_class="suggestion", route=False)
        self.do(petition, "director", "assign")
        self.assertIn("默认值", petition.time_limit_id.legal_basis)
        page = petition._get_public_page()
        self.assertEqual(page["article"], "本机关信访工作规定")
        self.assertNotIn("默认值", str(page))

    def test_deadline_of_another_law_is_explained_by_that_law(self):
        petition = self.judge(
            self.register(),
            route="enforcement",
            date_way_due=self.day(90),
            way_basis="行政处罚法第六十条",
        )
        self.do(petition, "petition_officer", "accept")
        page = petition._get_public_page()
        self.assertEqual(page["article"], "行政处罚法第六十条")
        self.assertEqual(page["deadline"], self.day(90))


@tagged("office_service")
class TestPetitionFigures(RepliedFixture, OfficeCase):
    """K27, counted in one query each; what is restricted counts, and is not shown."""

    def measure(self, code, first=0, last=120):
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        rows = Indicator._measure(
            Indicator._get_indicator(code), self.day(first), self.day(last)
        )
        return sorted(rows, key=str)

    def test_k27_timely_acceptance(self):
        kept, late, open_ = (self.judge(self.register()) for _nth in range(3))
        self.do(kept, "petition_officer", "accept")
        self.deliver(kept)
        self.to_day(14)
        self.assertEqual(
            self.measure("K27"), [(self.unit.id, self.users["staff"].id, 1, 1)]
        )
        self.to_day(16)
        self.do(late, "petition_officer", "accept")
        self.deliver(late)
        self.assertEqual(
            self.measure("K27"), [(self.unit.id, self.users["staff"].id, 1, 3)]
        )
        self.assertEqual(open_.light, "red")

    def test_k27_replied_in_time(self):
        self.make_replied()
        late = self.judge(self.register())
        self.do(late, "petition_officer", "accept")
        self.to_day(80)
        self.assertEqual(
            self.measure("K27-reply"), [(self.unit.id, self.users["staff"].id, 1, 2)]
        )

    def test_k27_satisfaction_and_solved_at_first(self):
        good, bad = self.make_replied(), self.make_replied()
        good._rate_publicly(5, True, "")
        bad._rate_publicly(2, False, "")
        self.assertEqual(
            self.measure("K27-satisfaction"),
            [(self.unit.id, self.users["staff"].id, 7, 2)],
        )
        self.assertEqual(
            self.measure("K27-solved"),
            [(self.unit.id, self.users["staff"].id, 1, 2)],
        )

    def test_k27_repeated_share(self):
        self.register()
        self.register()
        self.assertEqual(self.measure("K27-repeated"), [(None, None, 1, 2)])

    def test_k27_restricted_ones_count_and_are_not_drilled(self):
        petition = self.register(lead_unit_id=self.unit.id)
        petition.with_user(self.users["leader"]).restrict()
        self.assertEqual(self.measure("K27-repeated"), [(self.unit.id, None, 0, 1)])
        for role in ("director", "petition_officer"):
            Indicator = self.env["office.indicator"].with_user(self.users[role])
            action = Indicator.open_records(
                "K27-repeated", str(TODAY), str(self.day(30))
            )
            found = self.model.with_user(self.users[role]).search(action["domain"])
            self.assertFalse(found)

    def test_workbench_counts_what_the_user_may_see(self):
        self.register()
        figures = str(
            self.env["office.workbench"]
            .with_user(self.users["petition_officer"])
            ._get_service_figures()
        )
        self.assertIn("Petitions to Decide On", figures)
