# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..tools.transition import permit
from .common import TODAY, ClockFixture, OfficeCase, OfficeHttpCase, OfficeRaceCase
from .matter_tests import MatterTests
from .race_tests import MatterRaceTests
from .receipt_tests import ReceiptTests
from .rpc_tests import RpcTests
from .step_tests import StepTests


class CoordinationFixture(ClockFixture):
    model_name = "office.coordination"
    relations = {
        "handler": "staff",
        "unit_head": "section_head",
        "leader": "leader",
        "party_head": "section_head",
    }

    @classmethod
    def sample_vals(cls):
        return {
            "name": "One gate for two schools",
            "text": "Both schools use the same gate at the same hour.",
            "basis": "Rules of the house, art. 3",
            "method": "onsite",
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "leader_id": cls.users["leader"].id,
            "date": TODAY,
            "date_deadline": TODAY.replace(day=20),
            "party_ids": [
                Command.create(
                    {
                        "department_id": cls.other_unit.id,
                        "task": "Draw up the timetable",
                        "date_due": "2026-03-16",
                    }
                ),
                Command.create(
                    {
                        "outside": "Traffic Police",
                        "direction": "right",
                        "task": "Post an officer",
                        "date_due": "2026-03-18",
                    }
                ),
            ],
        }

    def prepare(self, record, row):
        parties = record.party_ids
        now = fields.Datetime.now()
        with permit(record), permit(parties):
            if row.name == "agree":
                parties.write({"agreement": "agreed"})
            elif row.name in ("confirm", "close"):
                parties.write({"date_confirmed": now})
            elif row.name == "escalate":
                record.write({"level": "clerk"})
            elif row.name == "appeal":
                record.write({"ruling": "Left", "appeal": False})
            elif row.name in ("rule_again", "execute"):
                record.write({"is_appeal_open": row.name == "rule_again"})

    @classmethod
    def make_school(cls, name):
        """Return a school with a login of its own."""
        user = cls.make_user(f"test_{name}", "office_functions.group_office_school")
        school = cls.env["hr.department"].create(
            {
                "name": name,
                "company_id": False,
                "unit_kind": "school",
                "office_user_ids": [Command.set(user.ids)],
            }
        )
        return school, user

    @classmethod
    def party_vals(cls, unit, direction="left"):
        return {
            "department_id": unit.id,
            "direction": direction,
            "task": f"Part of {unit.name}",
            "date_due": "2026-03-16",
        }


class TestCoordination(
    CoordinationFixture, MatterTests, ReceiptTests, StepTests, OfficeCase
):
    """A coordination passes the generic tests, and M8 with its rules."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.north, cls.north_user = cls.make_school("north")
        cls.south, cls.south_user = cls.make_school("south")

    def make_dispute(self, state=None, **vals):
        """Return a dispute of two schools, led by the section."""
        return self.make(
            state,
            kind="schools",
            party_ids=[
                Command.create(self.party_vals(self.north, "down")),
                Command.create(self.party_vals(self.south, "down")),
            ],
            **vals,
        )

    def party(self, record, unit):
        return record.party_ids.filtered(lambda party: party.department_id == unit)

    def say(self, record, user, unit, *args, **kwargs):
        self.party(record, unit).with_user(user).answer(*args, **kwargs)

    def do(self, record, role, name, note=False):
        return record.with_user(self.users[role]).do_transition(name, note)

    # One lead, tasks and dates --------------------------------------------------------

    def test_s2_9_two_parties_but_no_lead_refused(self):
        record = self.make_dispute(lead_unit_id=False, handler_id=False)
        with self.assertRaises(UserError) as caught:
            self.do(record, "clerk", "lead")
        self.assertSays(caught.exception, "Please fill in", "Lead Unit", "Handler")
        self.assertEqual(record.state, "raised")

    def test_s2_9_one_party_is_no_coordination(self):
        record = self.make(party_ids=[])
        with self.assertRaisesRegex(UserError, "two or more"):
            self.do(record, "clerk", "lead")

    def test_s2_9_each_party_has_task_and_date(self):
        record = self.make_dispute("led")
        self.party(record, self.north).write({"task": False})
        self.party(record, self.south).write({"date_due": False})
        with self.assertRaisesRegex(UserError, "task and date of: north、south"):
            self.do(record, "clerk", "consult", "One gate each")
        lead = self.party(record, self.unit)
        self.assertTrue(lead.task)
        self.assertEqual(lead.date_due, record.date_deadline)
        self.assertEqual(record.assisting_unit_ids, self.north | self.south)

    def test_between_schools_takes_two_schools(self):
        record = self.make(kind="schools")
        with self.assertRaisesRegex(UserError, "two schools or more"):
            self.do(record, "clerk", "lead")

    # Agreement and confirmation -------------------------------------------------------

    def test_parties_are_told_by_the_queue(self):
        record = self.make_dispute("led")
        self.do(record, "clerk", "consult", "One gate each")
        self.assertEqual(
            record.receipt_ids.department_id, self.north | self.south | self.unit
        )
        self.assertFalse(any(record.receipt_ids.mapped("date_notified")))

    def test_last_agreement_goes_on_by_itself(self):
        record = self.make_dispute("led")
        self.do(record, "staff", "consult", "One gate each")
        self.assertEqual(self.party(record, self.unit).agreement, "agreed")
        self.say(record, self.north_user, self.north, "agree")
        self.assertEqual(record.state, "consulting")
        with self.assertRaisesRegex(UserError, "have not agreed: south"):
            self.do(record, "staff", "agree")
        self.say(record, self.south_user, self.south, "agree")
        self.assertEqual(record.state, "agreed")
        self.assertEqual(record.transition_ids[0].user_id, self.south_user)

    def test_another_text_needs_another_answer(self):
        record = self.make_dispute("consulting")
        self.say(record, self.north_user, self.north, "agree")
        self.do(record, "staff", "propose", "Two hours each")
        self.assertEqual(record.proposal, "Two hours each")
        self.assertEqual(self.party(record, self.north).agreement, "pending")
        self.say(record, self.north_user, self.north, "agree")
        party = self.party(record, self.north).with_user(self.users["clerk"])
        party.task = "Another task"
        self.assertEqual(party.agreement, "pending")

    def test_dissent_needs_a_reason_and_answers_are_the_partys(self):
        record = self.make_dispute("consulting")
        with self.assertRaisesRegex(UserError, "write down the reason"):
            self.say(record, self.north_user, self.north, "dissent", " ")
        with self.assertRaisesRegex(UserError, "do not answer for south"):
            self.say(record, self.north_user, self.south, "agree")
        for role in ("clerk", "director", "leader", "staff"):
            with self.subTest(role=role), self.assertRaisesRegex(UserError, "south"):
                self.say(record, self.users[role], self.south, "agree")
        with self.assertRaisesRegex(UserError, "no such answer"):
            self.say(record, self.north_user, self.north, "nonsense")
        with self.assertRaisesRegex(UserError, "not asked at the present step"):
            self.say(record, self.north_user, self.north, "confirm")
        self.say(record, self.north_user, self.north, "dissent", "Our gate is older")
        self.assertEqual(self.party(record, self.north).agreement, "dissent")

    def test_office_answers_for_an_outside_body_and_says_how(self):
        record = self.make("consulting")
        police = record.party_ids.filtered("outside")
        with self.assertRaisesRegex(UserError, "do not answer for Traffic Police"):
            police.with_user(self.users["section_head"]).answer("agree", "By phone")
        mine = police.with_user(self.users["clerk"])
        with self.assertRaisesRegex(UserError, "how and when"):
            mine.answer("agree")
        mine.answer("agree", "By phone, 10 March")
        self.assertEqual(police.own_statement, "By phone, 10 March")

    def test_s2_5_closing_with_one_party_unconfirmed_names_it(self):
        record = self.make_dispute("executing")
        self.say(record, self.north_user, self.north, "confirm")
        self.say(record, self.users["staff"], self.unit, "confirm")
        with self.assertRaisesRegex(UserError, "not confirmed yet: south"):
            self.do(record, "clerk", "close")
        self.assertEqual((record.state, record.confirmed_share), ("executing", 66))
        self.say(record, self.south_user, self.south, "confirm")
        self.assertEqual((record.state, record.confirmed_share), ("confirmed", 100))
        with self.assertRaisesRegex(UserError, "confirmed already|not asked"):
            self.say(record, self.south_user, self.south, "confirm")
        self.do(record, "clerk", "close")
        self.assertEqual(record.state, "closed")

    def test_s2_6_no_basis_no_closing(self):
        record = self.make("confirmed", basis=False, method=False)
        with self.assertRaises(UserError) as caught:
            self.do(record, "clerk", "close")
        self.assertSays(caught.exception, "Please fill in", "Basis", "Way of")
        record.with_user(self.users["clerk"]).write({"basis": "R", "method": "phone"})
        self.do(record, "clerk", "close")

    def test_s2_6_experience_is_searchable(self):
        record = self.make("closed", experience="Walk the route together first")
        self.make("closed", name="Another")
        action = self.env.ref("office_functions.office_coordination_action_cases")
        cases = fields.Domain(eval(action.domain))  # pylint: disable=eval-used
        words = fields.Domain("experience", "ilike", "the route together")
        mine = self.model.with_user(self.users["section_head"])
        self.assertEqual(mine.search(cases & words), record)
        self.assertIn('name="experience"', mine.get_view(view_type="search")["arch"])

    # Kinds, quick ones, satisfaction --------------------------------------------------

    def test_s2_7_report_counts_the_kinds(self):
        kinds = ["inform", "relations", "conflict", "problem"]
        records = self.model.union(*(self.make("closed", kind=kind) for kind in kinds))
        records |= self.make("led", kind="conflict")
        groups = self.model.formatted_read_group(
            [("id", "in", records.ids)], ["kind"], ["__count"]
        )
        counts = {group["kind"]: group["__count"] for group in groups}
        self.assertEqual(counts, dict.fromkeys(kinds, 1) | {"conflict": 2})
        pivot = self.model.get_view(view_type="pivot")["arch"]
        self.assertIn('<field name="kind" type="row"', pivot)

    def test_s2_7_resolved_rate(self):
        self.make_quick()
        for state in ("closed", "confirmed", "led"):
            record = self.make("led")
            self.lead_to(record, {state})
        figure = self.read_figure("S2.7")
        self.assertEqual((figure["numerator"], figure["denominator"]), (1, 3))

    def read_figure(self, code):
        user = self.users["director"]
        Indicator = self.env["office.indicator"].with_user(user)
        first = TODAY.replace(day=1)
        rows = Indicator._measure(Indicator._get_indicator(code), first, TODAY)
        numerator = sum(row[2] or 0 for row in rows)
        return {"numerator": numerator, "denominator": sum(r[3] or 0 for r in rows)}

    def make_quick(self):
        record = self.make(party_ids=[], method="phone", basis=False)
        self.do(record, "clerk", "close_quickly", "Settled by phone with both")
        return record

    def test_s2_13_quick_coordination_closed_by_a_note(self):
        record = self.make_quick()
        self.assertTrue(record.is_quick)
        self.assertEqual(record.state, "closed")
        self.assertEqual(record.transition_ids.note, "Settled by phone with both")
        self.assertEqual(self.read_figure("S2.13")["numerator"], 1)
        self.assertEqual(self.read_figure("S2.7")["denominator"], 0)
        for vals in ({"importance": "major"}, {"method": "meeting"}):
            other = self.make(**vals)
            with self.assertRaisesRegex(UserError, "closed by a note"):
                self.do(other, "clerk", "close_quickly", "Settled")
        with self.assertRaisesRegex(UserError, "not yours to make"):
            self.do(self.make(), "section_head", "close_quickly", "Settled")

    def test_s2_8_each_party_rates_four_averages(self):
        units = self.north | self.south
        heads = {self.north: self.north_user, self.south: self.south_user}
        record = self.make_dispute("executing")
        self.say(record, heads[self.north], self.north, "confirm", rating="5")
        self.say(record, heads[self.south], self.south, "rate", rating="2")
        self.say(record, self.users["section_head"], self.unit, "rate", rating="4")
        self.assertEqual(record.satisfaction_down, 3.5)
        self.assertEqual(record.satisfaction_left, 4.0)
        self.assertEqual((record.satisfaction_up, record.rating_count), (0, 3))
        figure = self.read_figure("S2.8")
        self.assertEqual((figure["numerator"], figure["denominator"]), (11, 3))
        for unit in units:
            with self.subTest(unit=unit.name):
                with self.assertRaisesRegex(UserError, "rated already"):
                    self.say(record, heads[unit], unit, "rate", rating="1")
        with self.assertRaisesRegex(UserError, "one to five"):
            self.say(record, self.users["staff"], self.unit, "rate", rating="9")

    def test_s2_8_each_of_four_directions_has_its_average(self):
        outside = {"up": "市教委", "right": "区财政局"}
        stars = {"up": "5", "right": "3", "left": "4", "down": "2"}
        record = self.make(
            "executing",
            party_ids=[
                Command.create(self.party_vals(self.north, "down")),
                *(
                    Command.create({"outside": name, "direction": way, "task": "Helps"})
                    for way, name in outside.items()
                ),
            ],
        )
        for way in outside:
            party = record.party_ids.filtered(lambda party, w=way: party.direction == w)
            party.with_user(self.users["clerk"]).answer("rate", rating=stars[way])
        self.say(record, self.north_user, self.north, "rate", rating=stars["down"])
        self.say(record, self.users["section_head"], self.unit, "rate", rating="4")
        self.assertEqual(
            {way: record[f"satisfaction_{way}"] for way in stars},
            {way: float(star) for way, star in stars.items()},
        )

    # Escalation and ruling ------------------------------------------------------------

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "office_functions.ir_cron_escalate_coordination"
            ).method_direct_trigger()

    def test_s2_14_undecided_rises_by_itself(self):
        record = self.make("consulting")
        self.to_day(7)
        self.run_job()
        self.assertEqual((record.level, record.holder_id.name), ("clerk", "Test Staff"))
        self.to_day(8)
        self.run_job()
        self.assertEqual(record.level, "director")
        self.assertEqual(record.director_id, self.users["director"])
        self.assertEqual(record.holder_id, self.users["director"])
        self.run_job()
        self.assertEqual(record.level, "director", "the next level has its days too")
        self.to_day(16)
        self.run_job()
        self.assertEqual(record.level, "leader")
        self.assertEqual(record.holder_id, self.users["leader"])
        steps = record.transition_ids.filtered(lambda line: line.name == "escalate")
        self.assertEqual(len(steps), 2)
        self.to_day(30)
        self.run_job()
        self.assertEqual(record.transition_ids[0], steps[0], "no level above")

    def test_s2_14_agreed_in_time_does_not_rise(self):
        record = self.make("agreed")
        self.to_day(20)
        self.run_job()
        self.assertEqual((record.state, record.level), ("agreed", "clerk"))

    def test_s2_14_major_matter_is_the_directors_at_once(self):
        record = self.make("consulting", importance="major")
        self.assertEqual(record.level, "director")

    def test_s2_14_ruling_binds_all_and_locks(self):
        record = self.make_dispute("consulting")
        self.say(record, self.north_user, self.north, "dissent", "No")
        for role in ("clerk", "director", "staff"):
            with self.subTest(role=role), self.assertRaises(UserError):
                self.do(record, role, "rule", "The left gate")
        self.do(record, "leader", "rule", "The left gate is for the north")
        self.assertEqual(record.ruling, "The left gate is for the north")
        clerk = self.users["clerk"]
        for values in ({"name": "Forged"}, {"text": "Forged"}, {"leader_id": False}):
            with self.assertRaises(ValidationError):
                record.with_user(clerk).write(values)
        party = self.party(record, self.north)
        with self.assertRaisesRegex(ValidationError, "settled by an earlier step"):
            party.with_user(clerk).task = "Forged"
        with self.assertRaisesRegex(ValidationError, "settled by an earlier step"):
            record.with_user(clerk).party_ids = [
                Command.create(self.party_vals(self.school))
            ]
        with self.assertRaisesRegex(ValidationError, "settled by an earlier step"):
            party.with_user(clerk).unlink()
        with self.assertRaisesRegex(UserError, "not asked"):
            self.say(record, self.north_user, self.north, "dissent", "Still no")

    def test_m8_ruling_is_appealed_once(self):
        record = self.make_dispute("ruled")
        for user in (self.users["staff"], self.users["clerk"]):
            with self.assertRaisesRegex(UserError, "not yours to make"):
                record.with_user(user).do_transition("appeal", "Unfair")
        record.with_user(self.north_user).do_transition("appeal", "We were not heard")
        self.assertEqual(record.appellant_id, self.north_user)
        self.assertEqual(record.holder_id, self.users["leader"])
        with self.assertRaisesRegex(UserError, "not decided on the appeal"):
            self.do(record, "staff", "execute")
        other = self.make_user("test_leader2", "office_functions.group_office_leader")
        with self.assertRaisesRegex(UserError, self.users["leader"].name):
            record.with_user(other).do_transition("rule_again", "Right")
        self.do(record, "leader", "rule_again", "Each has its own hour")
        self.assertEqual(record.ruling, "Each has its own hour")
        with self.assertRaisesRegex(UserError, "appealed once"):
            record.with_user(self.south_user).do_transition("appeal", "And we?")
        with self.assertRaisesRegex(UserError, "No appeal waits"):
            self.do(record, "leader", "rule_again", "Again")
        self.do(record, "staff", "execute")
        agreed = self.make_dispute("agreed")
        self.do(agreed, "staff", "execute")
        with self.assertRaisesRegex(UserError, "no ruling"):
            agreed.with_user(self.north_user).do_transition("appeal", "But")

    # A10 ------------------------------------------------------------------------------

    def test_a10_schools_do_not_read_each_others_statement(self):
        record = self.make_dispute("consulting")
        self.say(record, self.north_user, self.north, "dissent", "Our own reasons")
        party = self.party(record, self.north)
        south = party.with_user(self.south_user)
        self.assertEqual(south.coordination_id.text, record.text)
        self.assertEqual(south.agreement, "dissent")
        self.assertFalse(south.statement)
        self.assertFalse(south.read(["statement"])[0]["statement"])
        for error, call in (
            (AccessError, lambda: south.read(["own_statement"])),
            (AccessError, lambda: south.search([("own_statement", "ilike", "own")])),
            (UserError, lambda: south.export_data(["own_statement"])),
            (AccessError, lambda: south._read_group([], ["own_statement"])),
            (ValueError, lambda: south.search([("statement", "ilike", "own")])),
        ):
            with self.assertRaises(error):
                call()
        for message in record.with_user(self.south_user).message_ids:
            self.assertNotIn("Our own reasons", message.body or "")
        readers = ("clerk", "director", "leader", "staff", "section_head")
        for user in [self.north_user, *map(self.users.get, readers)]:
            with self.subTest(user=user.login):
                self.assertEqual(party.with_user(user).statement, "Our own reasons")
        record.sudo().party_ids.invalidate_recordset()
        for user in (self.users["school"], self.users["outsider"]):
            with self.assertRaises(AccessError):
                party.with_user(user).read(["statement"])

    def test_a10_a_school_that_leads_reads_no_other_school(self):
        head = self.make_user("test_head", "office_functions.group_office_section_head")
        self.north.manager_id = self.env["hr.employee"].create(
            {"name": head.name, "user_id": head.id}
        )
        record = self.make_dispute("consulting", lead_unit_id=self.north.id)
        self.say(record, self.south_user, self.south, "dissent", "Our own reasons")
        party = self.party(record, self.south)
        self.assertFalse(party.with_user(head).statement)
        self.assertFalse(party.with_user(record.handler_id).statement)

    # The closed roads to a party's words ----------------------------------------------

    def test_answers_are_entered_by_no_other_road(self):
        record = self.make_dispute("led")
        party = self.party(record, self.north)
        for name in party._get_guarded_fields() - {"company_id"}:
            value = {"agreement": "agreed", "rating": "5"}.get(name, "2026-03-10")
            if name.endswith("_id"):
                value = self.env.uid
            vals = {**self.party_vals(self.school), name: value}
            with self.subTest(field=name):
                for user in (self.users["clerk"], self.users["director"]):
                    with self.assertRaises(ValidationError):
                        party.with_user(user).write({name: value})
                    with self.assertRaises(ValidationError):
                        record.with_user(user).party_ids = [Command.create(vals)]
                    with self.assertRaises(ValidationError):
                        record.with_user(user).party_ids = [
                            Command.update(party.id, {name: value})
                        ]
        forged = party.with_user(self.users["clerk"]).with_context(
            default_agreement="agreed", default_date_confirmed="2026-03-10"
        )
        twin = forged.create(
            {"coordination_id": record.id, **self.party_vals(self.school)}
        )
        self.assertEqual((twin.agreement, twin.date_confirmed), ("pending", False))

    def test_who_changes_the_parties(self):
        theirs = self.make_dispute()
        head = self.users["section_head"]
        with self.assertRaises(AccessError):
            self.party(theirs, self.north).with_user(head).task = "Forged"
        mine = self.model.with_user(head).create(self.sample_vals())
        mine.party_ids[0].task = "Another"
        for role in ("leader", "staff", "school"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                mine.party_ids[0].with_user(self.users[role]).task = "Forged"

    def test_party_is_a_unit_or_an_outside_body(self):
        record = self.make()
        for vals in ({}, {"department_id": self.north.id, "outside": "Police"}):
            with self.subTest(vals=vals), mute_logger("odoo.sql_db"):
                with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                    record.party_ids.create({"coordination_id": record.id, **vals})

    def test_dialog(self):
        record = self.make_dispute("executing")
        party = self.party(record, self.unit).with_user(self.users["staff"])
        self.assertTrue(party.may_answer)
        action = party.action_answer()
        dialog = Form(
            self.env[action["res_model"]]
            .with_user(self.users["staff"])
            .with_context(**action["context"])
        )
        self.assertEqual(dialog.kind, "confirm")
        dialog.rating = "4"
        dialog.save().action_send()
        self.assertEqual((party.rating, bool(party.date_confirmed)), ("4", True))


@tagged("post_install", "-at_install")
class TestCoordinationRpc(CoordinationFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a coordination."""


@tagged("post_install", "-at_install")
class TestCoordinationRace(CoordinationFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on coordinations at the same moment."""

    def test_last_two_parties_answer_at_once(self):
        """Neither misses that the other has answered: the matter goes on."""
        director = self.users["director"]
        self.other_unit.manager_id = self.env["hr.employee"].create(
            {"name": "Other", "user_id": director.id}
        )
        record = self.make_committed("consulting", date_deadline="2999-12-31")
        unit, police = record.party_ids.filtered(
            lambda party: party.department_id != record.lead_unit_id
        )

        def say(party):
            return lambda env: (
                env[party._name].browse(party.id).answer("agree", "By phone")
            )

        self.race(say(police), say(unit), uid=director.id)
        self.assertEqual(self.reread(record).state, "agreed")
