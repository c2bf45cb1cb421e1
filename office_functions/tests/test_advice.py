# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..tools.transition import permit
from .common import TODAY, ClockFixture, OfficeCase, OfficeHttpCase, OfficeRaceCase
from .matter_tests import MatterTests
from .race_tests import MatterRaceTests
from .rpc_tests import RpcTests
from .step_tests import StepTests

RATINGS = {
    "rating_heard": 4,
    "rating_accurate": 5,
    "rating_high": 3,
    "relevance": 4,
}


class AdviceFixture(ClockFixture):
    model_name = "office.advice"
    creator_role = "staff"
    deadline_owner_role = "leader"
    admitted_role = "liaison"
    relations = {
        "leader": "leader",
        "handler": "staff",
        "unit_head": "section_head",
        "drafter": "staff",
    }

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.policy = cls.env["office.regulation"].create(
            {"name": "On Fewer Exercises", "kind": "policy", "number": "No. 40"}
        )
        return result

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Let teachers share rooms in the library",
            "text": "Rooms stand empty in the afternoon.",
            "initiative": "self",
            "drafter_id": cls.users["staff"].id,
            "leader_id": cls.users["leader"].id,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "policy_basis_ids": [Command.set(cls.policy.ids)],
        }

    def prepare(self, record, row):
        if row.name == "screen":
            record.level = "agency"
            if not record.date_checked:
                director = record.with_user(self.users["director"])
                director.do_transition("check")
        elif row.name == "evaluate":
            record.write({"effect": "good", "effect_text": "It helped."})

    def decide(self, record, name="adopt", user="leader", **values):
        """Decide on an advice as one of the roles."""
        ratings = values.pop("ratings", RATINGS)
        return record.with_user(self.users[user]).decide(name, ratings, **values)


class TestAdvice(AdviceFixture, MatterTests, StepTests, OfficeCase):
    """An advice passes what every kind of matter must, and its own rules."""

    # Boards ---------------------------------------------------------------------------

    def test_states_follow_each_other_as_the_work_does(self):
        for state in ("closed", "presented", "draft", "submitted"):
            self.make(state)
        for groupby in (["state"], ["lead_unit_id", "state"]):
            groups = self.model._read_group(
                [("lead_unit_id", "=", self.unit.id)], groupby
            )
            states = [group[-1] for group in groups]
            self.assertEqual(states, ["draft", "submitted", "presented", "closed"])
        groups = self.model._read_group([], ["state"], order="state desc")
        self.assertEqual(groups[-1], ("draft",))

    # Handing in -----------------------------------------------------------------------

    def test_s1_1_a_matter_gives_rise_to_an_advice(self):
        directive = self.env["office.directive"].create(
            {
                "name": "More room for reading",
                "text": "Find room.",
                "leader_id": self.users["leader"].id,
                "handler_id": self.users["staff"].id,
            }
        )
        action = directive.with_user(self.users["staff"]).action_make_advice()
        advice = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(advice.drafter_id, self.users["staff"])
        links = self.env["office.matter.link"]._get_links(advice)
        self.assertEqual(
            (links.res_model, links.res_id), (directive._name, directive.id)
        )

    def test_s1_2_the_reviewer_alone_sets_the_height(self):
        record = self.make(level="strategic")
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            record.with_user(self.users["staff"]).level = "strategic"
        self.lead_to(record, {"submitted"})
        self.assertFalse(record.level, "the drafter's own view does not count")
        with self.assertRaises(AccessError):
            record.with_user(self.users["staff"]).level = "strategic"
        record.with_user(self.users["director"]).level = "agency"
        groups = self.model.formatted_read_group(
            [("id", "=", record.id)], ["date_submitted:quarter", "level"], ["__count"]
        )
        self.assertEqual([group["level"] for group in groups], ["agency"])
        chart = self.env.ref("office_functions.office_advice_view_graph_level").arch
        self.assertSays(
            chart, 'name="date_submitted" interval="quarter"', 'name="level"'
        )

    def test_s1_3_screening_needs_the_signed_check(self):
        record = self.make("submitted")
        record.level = "section"
        director = record.with_user(self.users["director"])
        with self.assertRaisesRegex(UserError, "Political and Policy Check Signed"):
            director.do_transition("screen")
        with self.assertRaises(ValidationError):
            record.write({"date_checked": fields.Datetime.now()})
        director.do_transition("check")
        self.assertEqual(record.checker_id, self.users["director"])
        line = record.transition_ids[0]
        self.assertEqual(line.name, "check")
        self.assertEqual(line.user_id, self.users["director"])
        self.assertEqual(line.date, record.date_checked)
        director.do_transition("screen")
        self.assertEqual(record.state, "screened")

    def test_s1_3_the_drafter_screens_nothing(self):
        record = self.make("submitted", drafter_id=self.users["director"].id)
        record.level = "section"
        for name in ("check", "screen"):
            with self.assertRaisesRegex(UserError, "You had a part in this"):
                record.with_user(self.users["director"]).do_transition(name)

    def test_s1_3_the_check_is_void_once_returned(self):
        record = self.make("screened")
        self.assertTrue(record.date_checked)
        mine = record.with_user(self.users["director"])
        mine.do_transition("return_draft", "Say what it costs")
        self.assertFalse(record.date_checked)
        self.assertFalse(record.checker_id)
        self.assertEqual(record.light, "paused", "the office does not wait")
        with self.assertRaisesRegex(UserError, "never submitted"):
            record.unlink()
        record.with_user(self.users["staff"]).do_transition("submit")
        self.assertEqual(record.light, "green")

    def test_s1_4_initiative_is_required(self):
        record = self.make(initiative=False)
        with self.assertRaisesRegex(UserError, "Initiative"):
            record.with_user(self.users["staff"]).do_transition("submit")
        search = self.model.get_view(view_type="search")["arch"]
        self.assertRegex(search, r"""group_by['"]?: ?['"]initiative""")

    def test_s1_6_a_gap_names_what_it_repairs(self):
        record = self.make(kind="gap", policy_basis_ids=False)
        mine = record.with_user(self.users["staff"])
        with self.assertRaisesRegex(UserError, "Process or Rule It Repairs"):
            mine.do_transition("submit")
        mine.repaired_rule = "Lending of rooms"
        mine.do_transition("submit")
        self.assertIn(
            'name="repaired_rule"', self.model.get_view(view_type="list")["arch"]
        )
        search = self.model.get_view(view_type="search")["arch"]
        self.assertIn("[('kind', '=', 'gap')]", search.replace("&#39;", "'"))

    def test_s1_10_decision_advice_needs_a_policy_basis(self):
        record = self.make(policy_basis_ids=False)
        with self.assertRaisesRegex(UserError, "Policy Basis"):
            record.with_user(self.users["staff"]).do_transition("submit")

    def test_s1_14_a_directive_is_worked_out(self):
        directive = self.env["office.directive"].create(
            {
                "name": "More room for reading",
                "text": "Find room.",
                "leader_id": self.users["leader"].id,
                "handler_id": self.users["staff"].id,
            }
        )
        action = directive.with_user(self.users["staff"]).action_make_advice()
        advice = self.model.browse(action["res_id"])
        self.assertRecordValues(
            advice,
            [
                {
                    "kind": "plan",
                    "initiative": "asked",
                    "directive_id": directive.id,
                    "leader_id": self.users["leader"].id,
                    "lead_unit_id": self.unit.id,
                    "state": "draft",
                }
            ],
        )
        self.assertEqual(directive.advice_ids, advice)

    def test_s1_15_a_scheme_lists_all_that_is_missing(self):
        record = self.make(kind="plan", policy_basis_ids=False, steps="One, two")
        with self.assertRaises(UserError) as refusal:
            record.with_user(self.users["staff"]).do_transition("submit")
        self.assertSays(
            refusal.exception,
            *("Scheme: Goal", "Units to Carry It Out", "Scheme: Schedule"),
            *("Cost and Funding", "Risk", "Policy Basis"),
        )
        self.assertNotIn("Scheme: Steps", str(refusal.exception))

    def test_s1_19_a_forecast_names_sign_and_measure(self):
        record = self.make(kind="risk", risk="The roof leaks")
        with self.assertRaises(UserError) as refusal:
            record.with_user(self.users["staff"]).do_transition("submit")
        self.assertSays(
            refusal.exception, "Likelihood", "Warning Sign", "Counter-measure"
        )

    def test_s1_19_what_was_foretold_is_marked(self):
        forecast, other = self.make("submitted"), self.make("submitted")
        forecast.sudo().write({"forecast_result": "open"})
        risk = self.make(
            kind="risk",
            risk="The roof leaks",
            likelihood="high",
            warning_sign="Wet walls",
            counter_measure="Mend it",
        )
        event = self.make()
        (risk | other)._mark_foretold(event)
        self.assertEqual(risk.forecast_result, "came")
        self.assertEqual(other.forecast_result, "open", "it foretold nothing")
        links = self.env["office.matter.link"]._get_links(event)
        self.assertEqual(links.mapped("res_id"), risk.ids)

    # Options --------------------------------------------------------------------------

    def make_options(self, record):
        return self.env["office.advice.option"].create(
            [
                {"advice_id": record.id, "name": "Open at noon", "pros": "Cheap"},
                {
                    "advice_id": record.id,
                    "name": "Open all day",
                    "cons": "Needs a guard",
                    "is_recommended": True,
                },
            ]
        )

    def test_s1_7_the_leader_picks_an_option(self):
        record = self.make()
        first, second = self.make_options(record)
        self.lead_to(record, {"presented"})
        stranger = self.make_options(self.make())[0]
        with self.assertRaisesRegex(UserError, "belongs to other advice"):
            self.decide(record, option_id=stranger.id)
        self.decide(record, option_id=second.id)
        self.assertEqual(record.chosen_option_id, second)
        self.assertNotEqual(record.chosen_option_id, first)

    def test_s1_7_options_stay_once_handed_in(self):
        record = self.make()
        options = self.make_options(record)
        mine = options.with_user(self.users["staff"])
        mine[0].pros = "Very cheap"
        with self.assertRaises(AccessError):
            options.with_user(self.users["outsider"]).read(["name"])
        with self.assertRaises(AccessError):
            options.with_user(self.users["leader"]).write({"name": "Forged"})
        mine[0].is_recommended = True
        self.assertEqual(options.mapped("is_recommended"), [True, False])
        self.lead_to(record, {"submitted"})
        for change in (
            lambda: options[0].write({"name": "Forged"}),
            lambda: options.unlink(),
            lambda: self.make_options(record),
            lambda: record.write(
                {"option_ids": [Command.update(options[0].id, {"name": "F"})]}
            ),
        ):
            with self.assertRaises(UserError):
                change()

    # Decision -------------------------------------------------------------------------

    def test_s1_8_three_ratings_are_required(self):
        record = self.make("presented")
        for ratings in (
            {},
            None,
            {**RATINGS, "rating_high": 0},
            {**RATINGS, "rating_high": 6},
            {**RATINGS, "rating_high": "high"},
        ):
            with self.subTest(ratings=ratings):
                with self.assertRaisesRegex(UserError, "rate from 1 to 5: .*High"):
                    self.decide(record, ratings=ratings)
        with self.assertRaises(ValidationError):
            record.write({"rating_high": 5})

    def test_s1_8_the_drafter_sees_the_averages(self):
        for high in (3, 4):
            self.decide(
                self.make("presented"), ratings={**RATINGS, "rating_high": high}
            )
        record = self.make().with_user(self.users["staff"])
        self.assertSays(record.drafter_averages, "4.0", "5.0", "3.5")

    def test_s1_16_a_second_person_cannot_decide(self):
        other = self.make_user("test_leader2", "office_functions.group_office_leader")
        record = self.make("presented")
        for user in (other, self.users["director"], self.users["section_head"]):
            with self.subTest(user=user.login):
                with self.assertRaisesRegex(UserError, self.users["leader"].name):
                    record.with_user(user).decide("adopt", RATINGS)
        with self.assertRaises(AccessError):
            record.with_user(self.users["outsider"]).decide("adopt", RATINGS)
        self.decide(record)
        self.assertEqual((record.state, record.decision), ("adopted", "adopted"))
        self.assertEqual(record.date_decided, TODAY)
        with self.assertRaisesRegex(UserError, "does not start from"):
            self.decide(record, "reject", reason="Changed my mind")

    def test_s1_16_a_delegate_decides_but_never_the_drafter(self):
        record = self.make("presented")
        for role in ("director", "staff"):
            self.env["office.delegation"].create(
                {
                    "principal_id": self.users["leader"].id,
                    "delegate_id": self.users[role].id,
                    "date_from": TODAY,
                    "date_to": TODAY + timedelta(days=5),
                }
            )
        with self.assertRaisesRegex(UserError, "You had a part in this"):
            self.decide(record, user="staff")
        self.decide(record, user="director")
        self.assertEqual(record.transition_ids[0].principal_id, self.users["leader"])

    def test_s1_16_reasons_where_it_is_not_adopted_as_it_stands(self):
        for name in ("adopt_partly", "reject"):
            record = self.make("presented")
            for reason in (False, " "):
                with self.assertRaisesRegex(UserError, "write down the reason"):
                    self.decide(record, name, reason=reason)
            self.decide(record, name, reason="Too dear")
            self.assertEqual(record.decision_reason, "Too dear")
            self.assertEqual(record.transition_ids[0].note, "Too dear")
        with self.assertRaisesRegex(UserError, "no decision"):
            self.decide(self.make("submitted"), "screen")

    def test_s1_16_the_dialog_decides(self):
        record = self.make("presented")
        leader = self.users["leader"]
        action = record.with_user(leader).do_transition("adopt")
        Dialog = self.env[action["res_model"]].with_user(leader)
        dialog = Dialog.with_context(**action["context"]).create({})
        self.assertEqual((dialog.advice_id, dialog.transition), (record, "adopt"))
        with self.assertRaisesRegex(UserError, "rate from 1 to 5"):
            dialog.action_decide()
        dialog.write({name: str(stars) for name, stars in RATINGS.items()})
        dialog.action_decide()
        self.assertEqual(record.state, "adopted")
        with self.assertRaisesRegex(ValidationError, "one advice at a time"):
            Dialog.with_context(active_ids=[1, 2]).create({})

    def test_s1_23_off_the_point_returns_to_the_drafter(self):
        record = self.make("presented")
        off = {**RATINGS, "relevance": 2}
        with self.assertRaisesRegex(UserError, "goes back to who drafted it"):
            self.decide(record, ratings=off)
        with self.assertRaisesRegex(UserError, "Only advice that misses the point"):
            self.decide(record, "send_back", reason="Another question was asked")
        with self.assertRaisesRegex(UserError, "write down the reason"):
            self.decide(record, "send_back", ratings=off)
        self.decide(record, "send_back", ratings=off, reason="Another question")
        self.assertEqual(record.state, "draft")
        self.assertEqual(record.holder_id, self.users["staff"])
        self.assertEqual((record.relevance, record.decision), (2, False))
        self.assertEqual(record.transition_ids[0].note, "Another question")

    def test_deferred_comes_back_on_its_day(self):
        record = self.make("presented")
        for day in (False, TODAY, TODAY - timedelta(days=1)):
            with self.assertRaisesRegex(UserError, "the coming day"):
                self.decide(record, "defer", date_deferred=day)
        with self.assertRaisesRegex(UserError, "no date"):
            self.decide(record, "defer", date_deferred="soon")
        self.decide(record, "defer", date_deferred="2026-03-20")
        self.assertEqual((record.state, record.light), ("deferred", "paused"))
        self.to_day(9)
        self.run_job("ir_cron_advice_resume")
        self.assertEqual(record.state, "deferred")
        self.to_day(10)
        self.run_job("ir_cron_advice_resume")
        self.assertEqual((record.state, record.decision), ("presented", False))
        self.assertFalse(record.date_decided)
        self.assertEqual(record.light, "green")

    def run_job(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f"office_functions.{name}").method_direct_trigger()
        self.env.invalidate_all()

    # Results --------------------------------------------------------------------------

    def test_adopted_advice_becomes_a_directive(self):
        record = self.make("presented")
        with self.assertRaisesRegex(UserError, "Only adopted advice"):
            record.with_user(self.users["clerk"]).action_make_directive()
        self.decide(record, reason="Begin in May")
        with self.assertRaisesRegex(UserError, "The office, or the leader"):
            record.with_user(self.users["section_head"]).action_make_directive()
        action = record.with_user(self.users["leader"]).action_make_directive()
        directive = self.env["office.directive"].browse(action["res_id"])
        self.assertRecordValues(
            directive,
            [
                {
                    "leader_id": self.users["leader"].id,
                    "lead_unit_id": self.unit.id,
                    "handler_id": self.users["staff"].id,
                    "state": "recorded",
                }
            ],
        )
        self.assertIn("Begin in May", directive.text)
        # It lies with the office, which laid the advice before the leader.
        log = record.transition_ids.filtered(lambda line: line.name == "present")
        self.assertEqual(directive.create_uid, log.user_id)
        links = self.env["office.matter.link"]._get_links(record)
        self.assertEqual(links.mapped("target_id"), directive.ids)
        self.assertEqual(record.state, "implementing")

    def test_adopted_advice_becomes_a_rule_or_a_document(self):
        record = self.make("adopted")
        clerk = record.with_user(self.users["clerk"])
        action = clerk.action_make_regulation()
        rule = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((rule.name, rule.kind), (record.name, "internal"))
        self.assertTrue(clerk.get_matter_panel()["results"])
        if "office.document.outgoing" in self.env:
            action = clerk.action_make_document()
            document = self.env[action["res_model"]].browse(action["res_id"])
            self.assertEqual(document.name, record.name)
            # Neither clerk nor leader is its drafter: they review and sign it.
            self.assertEqual(document._relation_drafter(), self.users["staff"])
        else:
            self.assertFalse(clerk.can_make_document)
            with self.assertRaisesRegex(UserError, "not installed"):
                clerk.action_make_document()

    def test_effect_is_evaluated_by_somebody_else(self):
        record = self.make("implementing")
        director = record.with_user(self.users["director"])
        with self.assertRaisesRegex(UserError, "Evaluation of the Effect"):
            director.do_transition("evaluate")
        director.write({"effect": "fair", "effect_text": "Half the rooms are used."})
        director.do_transition("evaluate")
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            director.effect = "good"
        director.do_transition("close")
        self.assertEqual(record.state, "closed")

    # Figures --------------------------------------------------------------------------

    def measure(self, code, date_from=TODAY, date_to=TODAY, role="director"):
        indicator = self.env["office.indicator"].with_user(self.users[role])
        return indicator.measure([code], date_from, date_to)[0]

    def test_s1_16_adoption_rate(self):
        for name in ("adopt", "adopt", "adopt_partly", "reject", "reject"):
            self.decide(self.make("presented"), name, reason="Because")
        found = self.measure("K01")
        self.assertEqual((found["numerator"], found["denominator"]), (3, 5))
        self.assertEqual(found["value"], 60)
        self.assertEqual(found["units"][0]["id"], self.unit.id)
        self.assertEqual(self.measure("K01W")["value"], 50)
        self.assertEqual(self.measure("K01", role="section_head")["value"], 60)
        action = self.env["office.indicator"].open_records("K01", TODAY, TODAY)
        self.assertEqual(self.model.search_count(action["domain"]), 5)

    def test_k01_by_person(self):
        for name, role in (("adopt", "staff"), ("adopt", "staff"), ("reject", "clerk")):
            record = self.make("presented")
            with permit(record):
                record.drafter_id = self.users[role]
            self.decide(record, name, reason="Because")
        (unit,) = self.measure("K01")["units"]
        persons = {row["id"]: row for row in unit["persons"]}
        numbers = {
            role: (row["numerator"], row["denominator"], row["value"])
            for role in ("staff", "clerk")
            for row in [persons[self.users[role].id]]
        }
        self.assertEqual(numbers, {"staff": (2, 2, 100), "clerk": (0, 1, 0)})
        Indicator = self.env["office.indicator"]
        person = self.users["staff"].id
        action = Indicator.open_records("K01", TODAY, TODAY, self.unit.id, person)
        found = self.model.search(action["domain"])
        self.assertEqual((len(found), found.drafter_id.id), (2, person))

    def test_units_and_persons_are_named_by_as_many_queries_however_many(self):
        def decide(role, unit):
            record = self.make("presented")
            with permit(record):
                record.write({"drafter_id": self.users[role].id, "lead_unit_id": unit})
            self.decide(record)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.measure("K01")
            persons = sum(len(unit["persons"]) for unit in found["units"])
            return persons, self.env.cr.sql_log_count - before

        decide("staff", self.unit.id)
        count()
        (few, queries) = count()
        for role, unit in (
            ("clerk", self.unit),
            ("liaison", self.other_unit),
            ("section_head", self.other_unit),
        ):
            decide(role, unit.id)
        self.assertEqual(few, 1)
        self.assertEqual(count(), (4, queries))

    def test_s1_16_what_lies_undecided_counts_against_it(self):
        self.decide(self.make("presented"))
        waiting = self.make("presented")
        self.make()
        for days, denominator in ((0, 1), (30, 1), (31, 2)):
            self.to_day(days)
            found = self.measure("K01", TODAY, TODAY + timedelta(days=days))
            with self.subTest(days=days):
                self.assertEqual(found["denominator"], denominator)
        self.decide(waiting)
        found = self.measure("K01", TODAY, TODAY + timedelta(days=31))
        self.assertEqual((found["numerator"], found["denominator"]), (2, 2))
        then = TODAY + timedelta(days=30)
        self.to_day(40)
        found = self.measure("K01", then, then)
        self.assertFalse(found["denominator"])

    def test_s1_20_own_initiative(self):
        self.make("submitted")
        self.make("submitted", initiative="asked")
        self.make()
        found = self.measure("K02")
        self.assertEqual((found["numerator"], found["denominator"]), (1, 2))
        rows = self.model._measure_initiative(TODAY, TODAY)
        self.assertEqual(rows, [(self.unit.id, self.users["staff"].id, 1, 2)])
        view = self.env.ref("office_functions.office_advice_view_graph_initiative")
        self.assertSays(
            view.arch, 'name="date_submitted" interval="month"', 'name="initiative"'
        )

    def make_event(self, days, **vals):
        return self.env["office.foreseen.event"].create(
            {
                "name": "Enrolment",
                "kind": "enrolment",
                "date": TODAY + timedelta(days=days),
                "owner_id": self.users["staff"].id,
                **vals,
            }
        )

    def test_s1_18_advice_before_the_event_is_early(self):
        record = self.make("submitted", foreseen_event_id=self.make_event(45).id)
        self.assertEqual(record.days_early, 45)
        self.assertEqual(record.early_text, "45 days early")
        directive = self.env["office.directive"].create(
            {
                "name": "Prepare the enrolment",
                "text": "Prepare it.",
                "leader_id": self.users["leader"].id,
                "date": TODAY + timedelta(days=12),
            }
        )
        record.directive_id = directive
        self.assertEqual(record.early_text, "12 days early")
        late = self.make("submitted", foreseen_date=TODAY - timedelta(days=2))
        self.assertEqual(late.early_text, "2 days late")
        self.make("submitted")
        found = self.measure("K03")
        self.assertEqual((found["numerator"], found["denominator"]), (10, 2))
        self.assertEqual(found["value"], 5)

    def test_figures_of_other_companies_stay_there(self):
        other = self.env["res.company"].create({"name": "Other District"})
        self.make("submitted", company_id=other.id)
        self.assertFalse(self.measure("K02")["denominator"])


@tagged("post_install", "-at_install")
class TestAdviceRpc(AdviceFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to an advice."""


@tagged("post_install", "-at_install")
class TestAdviceRace(AdviceFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on advice at the same moment."""
