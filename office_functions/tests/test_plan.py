# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TODAY, MatterFixture, OfficeCase, OfficeHttpCase
from .rpc_tests import RpcTests
from .workflow_tests import WorkflowTests


class PlanFixture(MatterFixture):
    model_name = "office.plan"
    creator_role = "section_head"
    relations = {"unit_head": "section_head"}

    @classmethod
    def sample_vals(cls):
        return {"kind": "week", "day": TODAY, "lead_unit_id": cls.unit.id}

    def prepare(self, record, row):
        """A unit hands in one plan for each period, of some lines."""
        if row.name == "submit" and not record.line_ids:
            last = self.model.search([], order="date_from desc", limit=1)
            record.day = last.date_from + timedelta(days=7)
            self.add_line(record)
        if row.name == "close":
            record.summary = "The hall was taken"

    def add_line(self, plan, **vals):
        return self.env["office.plan.line"].create(
            {"plan_id": plan.id, "name": "Visit the schools", **vals}
        )


class TestPlan(PlanFixture, WorkflowTests, OfficeCase):
    """Sections plan, the office merges, progress is entered."""

    def make_plan(self, state="draft", lines=(), **vals):
        plan = self.make(**vals)
        for line in lines:
            self.add_line(plan, **line)
        self.lead_to(plan, {state})
        return plan

    def test_period(self):
        for kind, first, last in (
            ("week", date(2026, 3, 9), date(2026, 3, 15)),
            ("month", date(2026, 3, 1), date(2026, 3, 31)),
            ("year", date(2026, 1, 1), date(2026, 12, 31)),
        ):
            plan = self.make(kind=kind)
            self.assertEqual((plan.date_from, plan.date_to), (first, last))
        self.assertEqual(self.make().name, "Test Section 2026, week 11")

    def test_s2_24_sections_enter_the_week_plan_and_the_office_merges_and_prints(self):
        head = self.users["section_head"]
        mine = self.make_plan("draft", [{"name": "Visit the schools"}])
        mine.with_user(head).do_transition("submit")
        theirs = self.make_plan(
            "draft", [{"name": "Pay the bills"}], lead_unit_id=self.other_unit.id
        )
        clerk = self.users["clerk"]
        theirs.with_user(clerk).do_transition("submit")
        with self.assertRaises(UserError):
            mine.with_user(head).do_transition("merge")
        mine.with_user(clerk).do_transition("merge")
        self.assertEqual(mine._get_agency_lines().mapped("name"), ["Visit the schools"])
        theirs.with_user(clerk).do_transition("merge")
        lines = mine.with_user(self.users["staff"])._get_agency_lines()
        self.assertEqual(lines.mapped("name"), ["Visit the schools", "Pay the bills"])
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "office_functions.report_agency_plan", mine.ids
        )
        self.assertSays(
            html.decode(), "Visit the schools", "Pay the bills", "工作计划表"
        )

    def test_s2_24_plan_done_percent(self):
        plan = self.make_plan("merged", [{"progress": 100}, {"progress": 30}])
        self.assertEqual(plan.done_percent, 50)
        figure = self.env["office.indicator"].measure(
            ["S2.24"], TODAY - timedelta(days=9), TODAY + timedelta(days=9)
        )[0]
        [of_unit] = [u for u in figure["units"] if u["id"] == self.unit.id]
        self.assertEqual((of_unit["numerator"], of_unit["denominator"]), (1, 2))

    def test_handed_in_once(self):
        self.make_plan("submitted", [{}])
        twin = self.make()
        with self.assertRaises(UserError) as caught:
            twin.with_user(self.users["section_head"]).do_transition("submit")
        self.assertSays(caught.exception, "line by line", "handed in a plan for these")

    def test_undone_work_is_explained(self):
        plan = self.make_plan("merged", [{"name": "Paint the hall"}])
        clerk = plan.with_user(self.users["clerk"])
        with self.assertRaisesRegex(UserError, "Paint the hall"):
            clerk.do_transition("close")
        plan.summary = "No paint"
        clerk.do_transition("close")

    def test_what_was_handed_in_is_settled_but_for_progress(self):
        staff = self.users["staff"]
        plan = self.make_plan("merged", [{"handler_id": staff.id}])
        line = plan.line_ids.with_user(staff)
        line.write({"progress": 40, "note": "Half of them"})
        for vals in ({"name": "Forged"}, {"date_to": TODAY}, {"handler_id": False}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                line.write(vals)
        with self.assertRaises(ValidationError):
            self.add_line(plan)
        with self.assertRaises(ValidationError):
            plan.line_ids.unlink()
        other = self.make_plan("merged", [{}], lead_unit_id=self.other_unit.id)
        with self.assertRaises(AccessError):
            other.line_ids.with_user(staff).progress = 10

    def test_bad_lines(self):
        plan = self.make()
        for vals in ({"progress": 101}, {"progress": -1}):
            with self.subTest(vals=vals), mute_logger("odoo.sql_db"):
                with self.assertRaises(IntegrityError), self.cr.savepoint():
                    self.add_line(plan, **vals)
        with self.assertRaisesRegex(ValidationError, "outside the days"):
            self.add_line(plan, date_from="2026-04-01", date_to="2026-04-02")

    def test_drafts_are_the_units_own(self):
        plan = self.make_plan("draft", [{}], lead_unit_id=self.other_unit.id)
        for role, sees in (
            ("section_head", False),
            ("staff", False),
            ("clerk", True),
            ("leader", True),
        ):
            user = self.users[role]
            with self.subTest(role=role):
                self.assertEqual(plan.with_user(user).has_access("read"), sees)
                self.assertEqual(plan.line_ids.with_user(user).has_access("read"), sees)

    # S2.4 -----------------------------------------------------------------------------

    def test_s2_4_leader_sees_all_key_works_late_ones_first(self):
        year = self.make_plan(
            "merged",
            [
                {"name": "Done", "is_key_work": True, "progress": 100},
                {"name": "Ahead", "is_key_work": True, "date_to": "2026-11-30"},
                {"name": "Late", "is_key_work": True, "date_to": "2026-02-28"},
                {"name": "Routine"},
            ],
            kind="year",
        )
        keys = self.env["office.plan.line"].with_user(self.users["leader"])
        action = self.env.ref("office_functions.office_plan_line_action_keys")
        found = keys.search([("is_key_work", "=", True), ("plan_id", "=", year.id)])
        self.assertIn("is_key_work", action.domain)
        self.assertEqual(found.mapped("name"), ["Late", "Ahead", "Done"])
        self.assertEqual(found.mapped("is_late"), [True, False, False])
        self.assertEqual(
            keys.search([("is_late", "=", True), ("plan_id", "=", year.id)]), found[0]
        )

    def test_s2_4_months_of_sections_give_the_progress_of_key_work(self):
        year = self.make_plan("merged", [{"is_key_work": True}], kind="year")
        key = year.line_ids
        month = self.make_plan(
            "merged",
            [{"key_work_id": key.id}, {"key_work_id": key.id}],
            kind="month",
            lead_unit_id=self.other_unit.id,
        )
        month.line_ids[0].progress = 80
        self.assertEqual((key.progress, key.is_done), (40, False))
        month.line_ids.write({"progress": 100})
        self.assertTrue(key.is_done)
        figure = self.env["office.indicator"].measure(["S2.4"], TODAY, TODAY)[0]
        [of_unit] = [u for u in figure["units"] if u["id"] == self.unit.id]
        self.assertEqual(of_unit["value"], 100)
        key.plan_id.with_user(self.users["clerk"]).do_transition("send_back", "More")
        with self.assertRaisesRegex(ValidationError, "serve itself"):
            key.key_work_id = key


@tagged("post_install", "-at_install")
class TestPlanRpc(PlanFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a plan."""
