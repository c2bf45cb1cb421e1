# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What every model of ``office.report.cycle.mixin`` must prove."""

from datetime import date
from unittest.mock import patch

from .common import ClockFixture


class ReportCycleTests(ClockFixture):
    """The next report opens by itself, counted from the last one really made."""

    def run_report_cron(self):
        """Run the job; return the records whose report it opened."""
        opened = []
        Model = self.registry[self.model_name]
        original = Model._open_cycle_report

        def note_and_open(records):
            opened.extend(records.ids)
            return original(records)

        with (
            self.enter_registry_test_mode(),
            patch.object(Model, "_open_cycle_report", note_and_open),
        ):
            self.env.ref(
                "office_functions.ir_cron_report_cycles"
            ).method_direct_trigger()
        return self.model.browse(opened)

    def test_next_report_date(self):
        self.assertFalse(self.make(report_cycle="month").date_next_report)
        for cycle, expected in (
            ("week", date(2026, 3, 17)),
            ("month", date(2026, 4, 10)),
            ("quarter", date(2026, 6, 10)),
            (False, False),
        ):
            with self.subTest(cycle=cycle):
                record = self.make_running(days=200, report_cycle=cycle)
                self.assertEqual(record.date_next_report, expected)

    def test_report_opens_when_due(self):
        weekly = self.make_running(days=200, report_cycle="week")
        monthly = self.make_running(days=200, report_cycle="month")
        self.to_day(6)
        self.assertFalse(self.run_report_cron() & (weekly | monthly))
        self.to_day(7)
        self.assertEqual(self.run_report_cron() & (weekly | monthly), weekly)

    def test_next_report_is_counted_from_the_last_one_made(self):
        record = self.make_running(days=200, report_cycle="week")
        self.to_day(5)
        record._cycle_reported()
        self.assertEqual(record.date_next_report, date(2026, 3, 22))
        self.to_day(7)
        self.assertNotIn(record, self.run_report_cron())
        self.to_day(12)
        self.assertIn(record, self.run_report_cron())

    def test_no_report_while_paused_or_done(self):
        paused = self.make_running(days=200, report_cycle="week")
        paused._move_deadline("pause", "Hearing")
        done = self.make_running(days=200, report_cycle="week")
        self.to_day(8)
        self.finish(done)
        self.to_day(8)
        self.assertFalse(self.run_report_cron() & (paused | done))
        paused._move_deadline("resume", "Heard")
        self.assertIn(paused, self.run_report_cron())

    def test_opening_twice_is_harmless(self):
        record = self.make_running(days=200, report_cycle="week")
        self.to_day(8)
        self.assertIn(record, self.run_report_cron())
        activities = record.activity_ids
        self.assertIn(record, self.run_report_cron(), "Due until somebody reports")
        self.assertEqual(record.activity_ids, activities)
