# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import date, timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import TODAY, MatterFixture, OfficeCase, OfficeHttpCase
from .rpc_tests import RpcTests
from .workflow_tests import WorkflowTests


class SummaryFixture(MatterFixture):
    model_name = "office.summary"
    creator_role = "section_head"
    relations = {"unit_head": "section_head"}
    readers = "leader director clerk section_head"

    @classmethod
    def sample_vals(cls):
        return {
            "department_id": cls.unit.id,
            "period": "month",
            "date_from": date(2026, 1, 1),
            "achievements": "All places were published",
            "problems": "None",
            "plans": "Go on",
        }

    def prepare(self, record, row):
        """Let other records be of another time: a unit sums a month up once."""
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE office_summary
                  SET date_from = CASE id WHEN %s THEN %s ELSE DATE '2001-01-01' END""",
            [record.id, self.model.default_get(["date_from"])["date_from"]],
        )
        self.env.invalidate_all()


class TestSummary(SummaryFixture, WorkflowTests, OfficeCase):
    """A summary is filled in with figures, and locked when it is submitted."""

    def test_s0_6_figures_are_filled_in_and_locked(self):
        head = self.users["section_head"]
        summary = (
            self.env["office.summary"]
            .with_user(head)
            .create(
                {"department_id": self.unit.id, "achievements": "A", "problems": "B"}
            )
        )
        self.assertEqual(
            (summary.date_from, summary.date_to),
            (date(2025, 10, 1), date(2025, 12, 31)),
        )
        self.assertIn("2025年第4季度", summary.name)
        codes = {figure["code"] for figure in summary.figures}
        declared = self.env["office.indicator"]._get_indicators()
        self.assertEqual(codes, {row.code for row in declared})
        self.assertIn("Done on Time", summary.figure_lines)
        with self.assertRaisesRegex(UserError, "Next Steps"):
            summary.do_transition("submit")
        summary.plans = "C"
        summary.do_transition("submit")
        before = summary.figures
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            summary.achievements = "Better"
        with self.assertRaises(ValidationError):
            summary.figures = []
        summary.action_measure()
        self.assertEqual(summary.figures, before)

    def test_period_must_be_over_and_begin_at_its_beginning(self):
        summary = self.make(date_from=TODAY.replace(day=1))
        with self.assertRaisesRegex(UserError, "not over yet"):
            summary.with_user(self.users["section_head"]).do_transition("submit")
        with self.assertRaisesRegex(ValidationError, "first day of its period"):
            self.make(date_from=date(2025, 6, 2))
        with self.assertRaisesRegex(ValidationError, "first day of its period"):
            self.make(period="quarter", date_from=date(2025, 6, 1))

    def test_handed_in_once(self):
        head = self.users["section_head"]
        first, second = self.make(), self.make()
        first.with_user(head).do_transition("submit")
        with self.assertRaisesRegex(UserError, "handed in a summary of this period"):
            second.with_user(head).do_transition("submit")

    def test_late_is_shown_and_found(self):
        summary = self.make(date_from=date(2026, 2, 1))
        self.assertEqual(summary.date_due, date(2026, 3, 6))
        found = self.env["office.summary"].search([("is_late", "=", True)])
        self.assertIn(summary, found)
        self.assertTrue(summary.is_late)
        self.to_day(date(2026, 3, 6))
        summary.with_user(self.users["section_head"]).do_transition("submit")
        self.to_day(30)
        self.assertFalse(summary.is_late)
        found = self.env["office.summary"].search([("is_late", "=", True)])
        self.assertNotIn(summary, found)

    def test_who_reads(self):
        summary = self.make()
        for role, user in self.users.items():
            with self.subTest(role=role):
                self.assertEqual(
                    summary.with_user(user).has_access("read"),
                    role in self.readers.split(),
                )

    def test_figures_of_a_unit_hold_those_below_it(self):
        clerk = self.users["clerk"]
        directive = (
            self.env["office.directive"]
            .with_user(clerk)
            .create(
                {
                    "name": "For the group",
                    "leader_id": self.users["leader"].id,
                    "text": "Do it",
                    "lead_unit_id": self.subunit.id,
                    "handler_id": self.users["staff"].id,
                    "date_deadline": TODAY,
                }
            )
        )
        directive.do_transition("issue")
        self.to_day(5)
        summary = self.make(date_from=TODAY.replace(day=1))
        [figure] = [f for f in summary.figures if f["code"] == "on_time"]
        self.assertEqual((figure["numerator"], figure["denominator"]), (0, 1))

    def test_days_of_the_due_date_are_working_days(self):
        summary = self.make(date_from=date(2025, 9, 1))
        # 国庆节 1 to 8 October 2025, make-up Saturday 11 October.
        self.assertEqual(summary.date_due, date(2025, 10, 14))
        self.assertGreater(summary.date_due - summary.date_to, timedelta(days=5))


@tagged("post_install", "-at_install")
class TestSummaryRpc(SummaryFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a summary."""
