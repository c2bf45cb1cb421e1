# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .common import TODAY, OfficeCase


class TestCalendarDay(OfficeCase):
    """Holidays, make-up workdays and hours, and that each change counts at once."""

    def count(self, company=None, amount=3, unit="working_days"):
        """Return the day three working days after Tuesday, 10 March."""
        return self.env["office.time.limit"]._count_from(
            TODAY, amount, unit, company or self.company
        )

    def make_day(self, day, kind="holiday", **vals):
        return self.env["office.calendar.day"].create(
            {"date": day, "kind": kind, "name": "Test Day", **vals}
        )

    def test_days_count_as_soon_as_they_are_known(self):
        self.assertEqual(self.count(), date(2026, 3, 13))
        holiday = self.make_day("2026-03-12")
        self.assertEqual(self.count(), date(2026, 3, 16))
        made_up = self.make_day("2026-03-14", "workday")
        self.assertEqual(self.count(), date(2026, 3, 14))
        holiday.date = "2026-04-30"
        self.assertEqual(self.count(), date(2026, 3, 13))
        holiday.date = "2026-03-13"
        made_up.unlink()
        self.assertEqual(self.count(), date(2026, 3, 16))

    def test_calendar_days_end_on_a_working_day(self):
        self.assertEqual(self.count(amount=4, unit="calendar_days"), date(2026, 3, 16))

    def test_own_day_goes_before_a_common_one(self):
        other = self.env["res.company"].create({"name": "Other District"})
        self.make_day("2026-03-12")
        self.make_day("2026-03-12", "workday", company_id=other.id)
        self.make_day("2026-03-11", company_id=other.id)
        self.assertEqual(self.count(), date(2026, 3, 16))
        self.assertEqual(self.count(other), date(2026, 3, 16))
        self.assertEqual(self.count(other, amount=1), date(2026, 3, 12))

    def test_a_change_of_the_working_week_counts_at_once(self):
        self.assertEqual(self.count(), date(2026, 3, 13))
        calendar = self.company.resource_calendar_id
        friday = calendar.attendance_ids.filtered(lambda line: line.dayofweek == "4")
        friday.unlink()
        self.assertEqual(self.count(), date(2026, 3, 16))
        self.env["resource.calendar.attendance"].create(
            {
                "name": "Saturday",
                "calendar_id": calendar.id,
                "dayofweek": "5",
                "hour_from": 9,
                "hour_to": 12,
            }
        )
        self.assertEqual(self.count(), date(2026, 3, 14))

    def test_a_day_is_known_once(self):
        self.make_day("2026-03-12")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.make_day("2026-03-12", "workday")

    def test_who_keeps_the_calendar(self):
        day = self.make_day("2026-03-12")
        for role, allowed in (("admin", True), ("director", False), ("staff", False)):
            with self.subTest(role=role), self.undone():
                mine = day.with_user(self.users[role])
                self.assertTrue(mine.name)
                if allowed:
                    mine.name = "Renamed"
                else:
                    with self.assertRaises(AccessError):
                        mine.name = "Renamed"
