# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import datetime, timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .common import OfficeCase


class TestTimeLimit(OfficeCase):
    """Numbers of days are records: found by code, a company's own before a common."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Limit = cls.env["office.time.limit"]
        cls.other = cls.env["res.company"].create({"name": "Other District"})
        cls.limit = cls.make_limit(5)

    @classmethod
    def make_limit(cls, amount, **vals):
        return cls.Limit.create(
            {"name": "Answer", "code": "answer", "amount": amount, **vals}
        )

    def test_own_limit_goes_before_a_common_one(self):
        self.assertEqual(self.Limit._get("answer", self.other), self.limit)
        own = self.make_limit(3, company_id=self.other.id)
        self.assertEqual(self.Limit._get("answer", self.other), own)
        self.assertEqual(self.Limit._get("answer", self.company), self.limit)
        own.active = False
        self.assertEqual(self.Limit._get("answer", self.other), self.limit)
        own.unlink()
        self.assertEqual(self.Limit._get("answer", self.other), self.limit)

    def test_changed_amount_counts_at_once(self):
        self.limit.amount = 7
        self.assertEqual(self.Limit._get("answer", self.company).amount, 7)

    def test_changed_time_zone_counts_at_once(self):
        start = fields.Datetime.now()
        here = self.limit._get_due(start, self.company)
        self.company.resource_calendar_id.tz = "Asia/Tokyo"
        self.assertEqual(
            self.limit._get_due(start, self.company), here - timedelta(hours=1)
        )

    def test_what_began_before_is_over_in_every_unit(self):
        second = timedelta(seconds=1)
        for unit, amount in (
            ("calendar_days", 30),
            ("working_days", 5),
            ("hours", 36),
            ("working_hours", 12),
            ("working_hours", 0),
            ("calendar_days", 0),
        ):
            self.limit.write({"unit": unit, "amount": amount})
            for moment in (
                datetime(2026, 3, 10, 2, 0),
                datetime(2026, 3, 15, 17, 30),  # a Sunday night
                datetime(2026, 10, 9, 7, 59, 59),  # after the National Day holidays
            ):
                with self.subTest(unit=unit, amount=amount, moment=moment):
                    begin = self.limit._get_begin(moment, self.company)
                    over, runs = (
                        self.limit._get_due(start, self.company)
                        for start in (begin - second, begin)
                    )
                    self.assertLess(over, moment)
                    self.assertGreaterEqual(runs, moment)

    def test_looking_back_no_end_moves_on_from_a_day_off(self):
        self.limit.write({"unit": "calendar_days", "amount": 5})
        monday = datetime(2026, 3, 16, 2, 0)
        for rolls, begin in (
            (True, datetime(2026, 3, 8, 16)),
            (False, datetime(2026, 3, 10, 16)),
        ):
            with self.subTest(rolls=rolls):
                found = self.limit._get_begin(monday, self.company, rolls=rolls)
                self.assertEqual(found, begin)

    def test_missing_limit_names_its_code_and_its_place(self):
        with self.assertRaises(UserError) as caught:
            self.Limit._get("nowhere", self.company)
        self.assertSays(caught.exception, "nowhere", "Time Limits")

    def test_a_code_stands_for_one_limit(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.make_limit(9)

    def test_no_negative_limit(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.limit.amount = -1
            self.limit.flush_recordset()

    def test_name_says_how_long(self):
        self.assertEqual(self.limit.display_name, "Answer (5 Working Days)")

    def test_who_sets_limits(self):
        self.limit.with_user(self.users["admin"]).amount = 6
        for role in ("director", "leader", "clerk", "staff"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.limit.with_user(self.users[role]).amount = 60
