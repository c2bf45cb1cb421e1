# Part of Office Functions. See LICENSE file for full copyright and licensing details.

# Two people are two transactions, and each must end.
# pylint: disable=invalid-commit

from contextlib import contextmanager
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.office_functions.tests.common import (
    TODAY,
    ClockFixture,
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.matter_tests import MatterTests
from odoo.addons.office_functions.tests.race_tests import Hand, MatterRaceTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests


class CleaningFixture(ClockFixture):
    model_name = "office.cleaning.inspection"
    creator_role = "logistics"
    relations = {"handler": "staff"}
    readers = "leader director section_head staff logistics"
    admitted_role = "clerk"

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.contractor = cls.env["res.partner"].create(
            {"name": "Clean House Ltd", "email": "clean@example.com"}
        )
        cls.area = cls.make_area("Stairs")
        cls.env.flush_all()
        return result

    @classmethod
    def make_area(cls, name, **vals):
        return cls.env["office.cleaning.area"].create(
            {
                "name": name,
                "place": "Third floor",
                "unit_id": cls.unit.id,
                "contractor_id": cls.contractor.id,
                "responsible_id": cls.users["section_head"].id,
                "inspector_id": cls.users["staff"].id,
                "date_next": "2026-12-01",
                "item_ids": [
                    Command.create(
                        {"name": "Floor", "standard": "Dry, no litter", "weight": 30}
                    ),
                    Command.create(
                        {"name": "Windows", "standard": "No stains", "weight": 10}
                    ),
                ],
                **vals,
            }
        )

    @classmethod
    def sample_vals(cls):
        return {
            "name": "The stairs on Tuesday",
            "area_id": cls.area.id,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
        }

    def make(self, state=None, **vals):
        company_id = vals.get("company_id", self.company.id)
        if company_id != self.company.id:
            # Another company has areas of its own.
            vals["area_id"] = self.make_area(
                f"Area {self.env['office.cleaning.area'].search_count([])}",
                company_id=company_id,
            ).id
        return super().make(state, **vals)

    def prepare(self, record, row):
        if row.name in ("pass", "fail"):
            good = row.name == "pass"
            record.line_ids.write(
                {"score": 90 if good else 70, "problem": "" if good else "Wet"}
            )

    def run_job(self, name):
        """Run a job as the scheduler does."""
        with self.enter_registry_test_mode():
            self.env.ref(f"office_functions_service.{name}").method_direct_trigger()
        self.env.invalidate_all()

    def run_nights(self):
        self.run_job("ir_cron_plan_cleaning")

    def make_failed(self, **vals):
        """Return an inspection that has failed."""
        return self.make("rectify", **vals)


@tagged("office_service", "office_cleaning")
class TestCleaning(CleaningFixture, MatterTests, OfficeCase):
    """Cleaning inspections: scored, failed, put right, re-checked, closed."""

    # Whoever takes it over may be one from whom a petition behind it is kept. A
    # correction and its number come with it, and the contractor may be told.
    dear_steps = {"start": 13, "fail": 24}

    def test_s4_8_an_area_scored_70_is_corrected_and_passes_its_re_check(self):
        staff, head = self.users["staff"], self.users["section_head"]
        inspection = self.make()
        mine = inspection.with_user(staff)
        mine.do_transition("start")
        self.assertEqual(
            mine.line_ids.mapped("standard"), ["Dry, no litter", "No stains"]
        )
        floor, windows = mine.line_ids
        floor.write({"score": 70, "problem": "Wet in front of the lift"})
        windows.write({"score": 70, "problem": "Stains"})
        self.assertEqual(mine.score, 70)
        mine.do_transition("fail")
        self.assertEqual(inspection.state, "rectify")
        correction = inspection.correction_id
        self.assertRecordValues(
            correction,
            [
                {
                    "kind": "cleaning",
                    "state": "open",
                    "handler_id": head.id,
                    "lead_unit_id": self.unit.id,
                    "res_id": inspection.id,
                    "date_deadline": TODAY.replace(day=13),
                }
            ],
        )
        self.assertSays(correction.problem, "Wet in front of the lift", "Windows: 70")
        correction.with_user(head).measure = "Mopped, windows cleaned"
        correction.with_user(head).do_transition("report")
        with self.assertRaisesRegex(UserError, "had a part"):
            correction.with_user(head).do_transition("close")
        correction.with_user(staff).do_transition("fail", "Stains still")
        self.assertEqual(inspection.state, "rectify")
        correction.with_user(head).do_transition("report")
        correction.with_user(staff).do_transition("close")
        self.assertEqual(inspection.state, "rechecked")
        self.run_nights()
        self.assertEqual(inspection.state, "closed")
        self.assertTrue(inspection.is_on_time)

    def test_total_is_weighted(self):
        inspection = self.make("inspecting")
        floor, windows = inspection.line_ids
        self.assertEqual(inspection.score, 0)
        floor.score = 100
        windows.score = 60
        self.assertEqual(inspection.score, 90)
        floor.score = 0
        self.assertEqual(inspection.score, 15)
        self.assertTrue(floor.is_scored, "A score of zero was given too")

    def test_the_score_decides_which_way_it_goes(self):
        inspection = self.make("inspecting")
        staff = inspection.with_user(self.users["staff"])
        with self.assertRaises(UserError) as caught:
            staff.do_transition("pass")
        self.assertSays(caught.exception, "Not scored yet", "Floor", "Windows", "80")
        inspection.line_ids.score = 79
        with self.assertRaises(UserError) as caught:
            staff.do_transition("pass")
        self.assertSays(
            caught.exception, "say what is wrong with", "Floor", "79 points"
        )
        inspection.line_ids.write({"score": 80})
        with self.assertRaisesRegex(UserError, "with 80 an area passes"):
            staff.do_transition("fail")
        self.company.office_cleaning_pass_mark = 90
        inspection.line_ids.problem = "Dull"
        with self.assertRaisesRegex(UserError, "90 are needed"):
            staff.do_transition("pass")
        staff.do_transition("fail")
        self.assertEqual(inspection.state, "rectify")

    @contextmanager
    def assertOutOfRange(self):
        """Assert that the database refuses what the block writes."""
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            yield

    def test_pass_mark_is_sane(self):
        for mark in (0, 101, -5):
            with self.subTest(mark=mark), self.assertOutOfRange():
                self.company.office_cleaning_pass_mark = mark
                self.env.flush_all()

    def test_start_tells_what_the_area_lacks(self):
        area = self.make_area("Bare", item_ids=[], responsible_id=False)
        inspection = self.make(area_id=area.id)
        with self.assertRaises(UserError) as caught:
            inspection.with_user(self.users["staff"]).do_transition("start")
        self.assertSays(caught.exception, "no items yet", "name who sees to")
        area.write(
            {
                "item_ids": [Command.create({"name": "Floor"})],
                "responsible_id": self.users["section_head"].id,
            }
        )
        inspection.handler_id = self.users["section_head"]
        with self.assertRaisesRegex(UserError, "does not inspect"):
            inspection.with_user(self.users["director"]).do_transition("start")
        with self.assertRaisesRegex(ValidationError, "does not inspect"):
            area.inspector_id = area.responsible_id

    # Lines ----------------------------------------------------------------------------

    def test_lines_are_scored_while_the_inspection_lasts_and_by_inspectors_only(self):
        inspection = self.make("inspecting")
        line = inspection.line_ids[0]
        line.with_user(self.users["staff"]).action_full_marks()
        self.assertEqual((line.score, line.is_scored), (100, True))
        line.with_user(self.users["logistics"]).score = 90
        with self.assertRaises(AccessError):
            line.with_user(self.users["section_head"]).score = 50
        for role in ("clerk", "leader", "outsider", "canteen"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                line.with_user(self.users[role]).score = 50
        for vals in ({"weight": 1}, {"name": "Other"}, {"inspection_id": 1}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                line.with_user(self.users["staff"]).write(vals)
        with self.assertRaisesRegex(ValidationError, "come from the area"):
            line.create({"inspection_id": inspection.id, "name": "Forged"})
        with self.assertRaisesRegex(ValidationError, "come from the area"):
            inspection.line_ids = [Command.create({"name": "Forged"})]
        with self.assertRaisesRegex(ValidationError, "is kept"):
            line.unlink()
        with self.assertOutOfRange():
            line.score = 101
            self.env.flush_all()
        inspection.line_ids.write({"score": 100})
        inspection.with_user(self.users["staff"]).do_transition("pass")
        for user in (self.users["staff"], self.users["logistics"], self.env.user):
            with self.subTest(user=user.login):
                with self.assertRaisesRegex(ValidationError, "while the inspection"):
                    line.with_user(user).score = 10

    def test_the_standard_stays_as_it_was_that_day(self):
        inspection = self.make("inspecting")
        self.area.item_ids[0].write({"standard": "Spotless", "weight": 90})
        self.assertEqual(inspection.line_ids[0].standard, "Dry, no litter")
        self.assertEqual(inspection.line_ids[0].weight, 30)

    # Unfounded ------------------------------------------------------------------------

    def test_an_unfounded_failure_closes_and_does_not_count(self):
        inspection = self.make_failed()
        director = self.users["director"]
        inspection.correction_id.with_user(director).do_transition("drop", "It rained")
        self.assertEqual(inspection.state, "rechecked")
        self.assertTrue(inspection.is_unfounded)
        self.make_failed()
        self.assertFalse(self.env["office.cleaning.notice"].search([]))
        inspection.with_user(self.users["logistics"]).do_transition("close")
        self.assertEqual(inspection.state, "closed")

    # Figures --------------------------------------------------------------------------

    def test_k24_inspections_passed_at_once(self):
        self.make("passed")
        self.make("passed")
        self.make_failed()
        self.make("inspecting")
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        (figure,) = Indicator.measure(["K24"], TODAY, TODAY)
        self.assertEqual((figure["numerator"], figure["denominator"]), (2, 3))
        action = Indicator.open_records("K24", TODAY, TODAY)
        self.assertEqual(self.model.search_count(action["domain"]), 3)


@tagged("post_install", "-at_install")
class TestCleaningRpc(CleaningFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to an inspection."""


@tagged("post_install", "-at_install")
class TestCleaningRace(CleaningFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on inspections at the same moment."""


@tagged("office_service", "office_cleaning")
class TestCleaningPlan(CleaningFixture, OfficeCase):
    """The nights plan what is due, once."""

    @property
    def planned(self):
        return self.model.search([("is_from_plan", "=", True)])

    def test_planned_by_the_interval_and_once(self):
        area = self.make_area("Hall", date_next=TODAY, interval_days=7)
        self.run_nights()
        self.run_nights()
        self.assertRecordValues(
            self.planned,
            [
                {
                    "area_id": area.id,
                    "state": "planned",
                    "date_planned": TODAY,
                    "date_deadline": TODAY.replace(day=12),
                    "handler_id": self.users["staff"].id,
                    "lead_unit_id": self.unit.id,
                }
            ],
        )
        self.assertEqual(area.date_next, TODAY.replace(day=17))
        first = self.planned
        self.to_day(7)
        self.run_nights()
        self.assertEqual(self.planned, first, "The first is not even begun")
        first.with_user(self.users["staff"]).do_transition("start")
        self.run_nights()
        self.assertEqual(
            self.planned.mapped("date_planned"),
            [
                TODAY.replace(day=10),
                TODAY.replace(day=17),
            ],
        )

    def test_missed_days_are_not_made_up_for(self):
        area = self.make_area("Hall", date_next="2026-02-01", interval_days=7)
        self.run_nights()
        self.assertEqual(len(self.planned), 1)
        self.assertEqual(area.date_next, TODAY.replace(day=15))

    def test_no_plan_for_an_area_without_interval_or_out_of_use(self):
        self.make_area("Hall", date_next=TODAY, interval_days=0)
        self.make_area("Yard", date_next=TODAY, active=False)
        self.run_nights()
        self.assertFalse(self.planned)

    def test_a_holiday_is_skipped(self):
        self.env["office.calendar.day"].create(
            {"date": TODAY, "kind": "holiday", "name": "Holiday"}
        )
        self.make_area("Hall", date_next=TODAY)
        self.run_nights()
        self.assertEqual(self.planned.date_planned, TODAY.replace(day=11))

    def test_many_areas_take_few_queries(self):
        for n in range(40):
            self.make_area(f"Area {n}", date_next=TODAY)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        planned = self.model._plan_due(500)
        self.env.flush_all()
        self.assertEqual(len(planned), 40)
        self.assertLess(self.cr.sql_log_count - before, 60)

    def test_by_hand_beside_the_plan(self):
        action = self.area.with_user(self.users["logistics"]).action_plan_inspection()
        self.assertEqual(self.model.browse(action["res_id"]).area_id, self.area)
        with self.assertRaises(AccessError):
            self.area.with_user(self.users["canteen"]).action_plan_inspection()

    def test_who_changes_areas(self):
        for role, may in (
            ("logistics", True),
            ("director", True),
            ("clerk", False),
            ("staff", False),
            ("leader", False),
        ):
            area = self.area.with_user(self.users[role])
            with self.subTest(role=role):
                self.assertTrue(area.has_access("read"))
                self.assertEqual(area.has_access("write"), may)
                self.assertEqual(area.item_ids.has_access("write"), may)
        self.assertFalse(
            self.area.with_user(self.users["outsider"]).browse().has_access("read")
        )

    def test_areas_of_another_company_are_out_of_sight(self):
        other = self.env["res.company"].create({"name": "Other District"})
        area = self.make_area("Theirs", company_id=other.id, unit_id=False)
        self.assertFalse(area.with_user(self.users["director"]).has_access("read"))
        self.assertFalse(
            area.item_ids.with_user(self.users["director"]).has_access("read")
        )


@tagged("office_service", "office_cleaning")
class TestCleaningNotice(CleaningFixture, OfficeCase):
    """Two failures in thirty days: the contractor hears of it, once."""

    @property
    def notices(self):
        return self.env["office.cleaning.notice"].search([])

    def test_m13_two_failures_in_30_days_notify_the_contractor_once(self):
        director = self.users["director"]
        self.company.office_director_id = director
        first = self.make_failed()
        self.assertFalse(self.notices)
        self.to_day(30)
        second = self.make_failed()
        notice = self.notices
        self.assertEqual(notice.inspection_ids, first | second)
        self.assertEqual(notice.contractor_id, self.contractor)
        self.assertTrue(notice.number)
        self.assertEqual(notice.activity_ids.user_id, director)
        notice._send_after(first | second)
        self.assertEqual(self.notices, notice)
        self.to_day(31)
        self.make_failed()
        self.assertEqual(self.notices, notice, "A third failure alone says nothing new")
        self.make_failed()
        self.assertEqual(len(self.notices), 2)

    def test_failures_too_far_apart_or_of_others_do_not_count(self):
        self.make_failed()
        self.to_day(31)
        self.make_failed()
        self.assertFalse(self.notices)
        other = self.make_area("Hall")
        self.make_failed(area_id=other.id)
        self.assertFalse(self.notices, "Another area")
        own = self.make_area("Own", contractor_id=False)
        self.make_failed(area_id=own.id)
        self.make_failed(area_id=own.id)
        self.assertFalse(self.notices, "Nobody to tell")
        self.area.contractor_id = self.contractor.copy()
        self.make_failed()
        self.assertFalse(self.notices, "Another firm cleans by now")

    def test_the_limit_is_a_record(self):
        self.env["office.time.limit"].create(
            {
                "name": "Ours",
                "code": "cleaning_notice",
                "amount": 5,
                "unit": "calendar_days",
                "company_id": self.company.id,
            }
        )
        self.make_failed()
        self.to_day(6)
        self.make_failed()
        self.assertFalse(self.notices)

    def test_the_limit_counts_by_its_own_unit(self):
        limit = self.env.ref("office_functions_service.time_limit_cleaning_notice")
        limit.write({"amount": 5, "unit": "working_days"})
        self.make_failed()
        self.to_day(7)  # a weekend later: the fifth working day
        self.make_failed()
        self.assertEqual(len(self.notices), 1)
        self.make_failed()
        self.to_day(16)
        self.make_failed()
        self.assertEqual(len(self.notices), 1)
        limit.write({"amount": 48, "unit": "hours"})
        self.to_day(17)
        self.make_failed()
        self.assertEqual(len(self.notices), 2)

    def test_mailed_once_with_its_print(self):
        self.make_failed()
        self.make_failed()
        notice = self.notices
        Report = self.env.registry["ir.actions.report"]
        with patch.object(
            Report, "_render_qweb_pdf", lambda *args, **kwargs: (b"%PDF-1.4", "pdf")
        ):
            self.run_job("ir_cron_send_cleaning_notices")
            self.run_job("ir_cron_send_cleaning_notices")
        self.assertTrue(notice.date_sent)
        mail = self.env["mail.mail"].search(
            [("model", "=", notice._name), ("res_id", "=", notice.id)]
        )
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.recipient_ids, self.contractor)
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(len(mail.attachment_ids), 1)
        self.assertSays(mail.subject, notice.number)

    def test_without_a_mail_address_it_is_handed_over(self):
        self.contractor.email = False
        self.make_failed()
        self.make_failed()
        notice = self.notices
        self.run_job("ir_cron_send_cleaning_notices")
        self.assertFalse(notice.date_sent)
        with self.assertRaisesRegex(UserError, "Logistics or the director"):
            notice.with_user(self.users["leader"]).action_handed_over()
        notice.with_user(self.users["logistics"]).action_handed_over()
        self.assertTrue(notice.date_sent and notice.is_handed_over)
        with self.assertRaisesRegex(UserError, "out already"):
            notice.with_user(self.users["director"]).action_handed_over()

    def test_a_notice_is_neither_made_nor_changed_by_hand(self):
        self.make_failed()
        self.make_failed()
        notice = self.notices
        for user in (self.users["director"], self.users["logistics"], self.env.user):
            mine = notice.with_user(user)
            with self.subTest(user=user.login):
                for vals in (
                    {"number": "X"},
                    {"date_sent": "2026-01-01"},
                    {"inspection_ids": [Command.clear()]},
                ):
                    with self.assertRaises(UserError):
                        mine.write(vals)
                with self.assertRaises(UserError):
                    mine.create(
                        {
                            "area_id": self.area.id,
                            "contractor_id": self.contractor.id,
                            "company_id": self.company.id,
                        }
                    )
                with self.assertRaises(UserError):
                    mine.unlink()
        for role in ("staff", "clerk", "outsider"):
            mine = notice.with_user(self.users[role])
            self.assertEqual(mine.has_access("read"), False, role)


@tagged("post_install", "-at_install")
class TestCleaningNoticeRace(CleaningFixture, OfficeRaceCase):
    """Two inspectors fail an area at the same moment, two nights plan at once."""

    def setUp(self):
        super().setUp()
        self.env.cr.rollback()
        self.env.invalidate_all()

    def act(self, work):
        hands = [Hand(self.registry, self.users["staff"].id, w) for w in work]
        for hand in hands:
            hand.end()

    def test_two_failures_at_once_bring_one_notice(self):
        rows = self.make("inspecting") | self.make("inspecting")
        rows.line_ids.write({"score": 50, "problem": "Wet"})
        self.env.cr.commit()
        ids = rows.ids
        self.act(
            [
                lambda env, i=i: env[self.model_name].browse(i).do_transition("fail")
                for i in ids
            ]
        )
        self.env.cr.rollback()
        self.env.invalidate_all()
        notices = self.env["office.cleaning.notice"].search(
            [("area_id", "=", self.area.id)]
        )
        self.assertEqual(len(notices), 1)
        self.assertEqual(set(notices.inspection_ids.ids), set(ids))

    def test_two_nights_plan_once(self):
        area = self.make_area("Night")
        area.date_next = "2020-01-01"
        self.env.cr.commit()
        self.act([lambda env: env[self.model_name].sudo()._plan_due(10)] * 2)
        self.env.cr.rollback()
        self.assertEqual(self.model.search_count([("area_id", "=", area.id)]), 1)
