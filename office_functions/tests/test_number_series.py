# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from itertools import pairwise
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .common import OfficeCase


class TestNumberSeries(OfficeCase):
    """What a number may look like, and how a register counts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Series = cls.env["office.number.series"]
        cls.series = cls.Series.create(
            {"name": "Letters", "code": "letters", "prefix": "教函"}
        )

    def take(self, year=2026, amount=1, company=None):
        return self.Series._take("letters", company or self.company, year, amount)

    def test_numbers_in_a_row(self):
        self.assertEqual(self.take(), ["教函〔2026〕1号"])
        self.assertEqual(self.take(amount=2), ["教函〔2026〕2号", "教函〔2026〕3号"])
        self.assertEqual(self.take(2027), ["教函〔2027〕1号"])
        self.assertEqual(self.take(), ["教函〔2026〕4号"])

    def test_without_the_year_the_numbers_go_on(self):
        self.series.pattern = "{prefix}{number:04d}"
        self.assertEqual(self.take(2026), ["教函0001"])
        self.assertEqual(self.take(2027), ["教函0002"])

    def test_scattered_numbers_tell_neither_order_nor_gap(self):
        with patch.object(
            self.registry["office.number.series"],
            "_get_scattered_codes",
            lambda self: frozenset({"letters"}),
        ):
            taken = [
                int(number[8:-1])
                for _nth in range(2)
                for number in self.take(amount=40)
            ]
        counter = self.series.counter_ids
        self.assertEqual(counter.last, 80, "It is counted without gaps")
        self.assertEqual(len({*taken}), 80)
        self.assertTrue(all(10_000 <= number < 20_000 for number in taken))
        steps = [after - before for before, after in pairwise(sorted(taken))]
        self.assertGreater(max(steps), 2)
        self.assertNotIn(taken, (sorted(taken), sorted(taken, reverse=True)))
        with self.assertRaises(AccessError):
            counter.with_user(self.users["admin"]).read(["key"])
        other = self.Series.create({"name": "Others", "code": "others"})
        with patch.object(
            self.registry["office.number.series"],
            "_get_scattered_codes",
            lambda self: frozenset({"others"}),
        ):
            self.Series._take("others", self.company, 2026, 1)
        self.assertNotEqual(other.counter_ids.key, counter.key)

    def test_no_scattered_number_comes_twice(self):
        for block in (0, 3):
            running = range(max(1, block * 10_000), (block + 1) * 10_000)
            written = {self.Series._scatter(number, "key") for number in running}
            self.assertEqual(len(written), len(running))
            self.assertEqual({number // 10_000 for number in written}, {block + 1})

    def test_patterns(self):
        for pattern in (
            "{number}",
            "No. {number}/{year}",
            "{{{number}}}",
            "{number:03}",
        ):
            with self.subTest(pattern=pattern):
                self.series.pattern = pattern
        for pattern in (
            "",
            "{year}",
            "{number}{number}",
            "{number}{month}",
            "{number",
            "{}{number}",
            "{0}{number}",
            "{number}{prefix.__class__}",
            "{number:zz}",
            "{prefix:d}{number}",
        ):
            with self.subTest(pattern=pattern), self.assertRaises(ValidationError):
                self.series.pattern = pattern

    def test_missing_series_names_its_code_and_its_place(self):
        with self.assertRaises(UserError) as caught:
            self.Series._take("nowhere", self.company, 2026, 1)
        self.assertSays(caught.exception, "nowhere", "Number Series")

    def test_a_series_in_use_stays(self):
        self.take()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.series.unlink()

    def test_nobody_turns_the_counter(self):
        self.take()
        counter = self.series.counter_ids
        self.assertEqual(counter.last, 1)
        for role in ("admin", "director", "clerk"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                counter.with_user(self.users[role]).last = 99
