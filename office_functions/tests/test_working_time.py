# Part of Office Functions. See LICENSE file for full copyright and licensing details.
import csv
import random
from dataclasses import FrozenInstanceError
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import chinese_calendar

from odoo.tests import BaseCase, tagged

from odoo.addons.office_functions.tools.working_time import (
    MAX_DAYS,
    Count,
    DayMark,
    Pause,
    Step,
    WorkCalendar,
    count,
    coverage_gap,
    working_days_between,
)

PACK = Path(__file__).parents[1] / "data" / "office.calendar.day.csv"
ONE_DAY = timedelta(days=1)
DAY_UNITS = ("calendar_days", "working_days")
HOUR_UNITS = ("hours", "working_hours")


def pack_rows():
    """Return the rows of the shipped holiday data as dicts."""
    with PACK.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pack_calendar():
    """Return the calendar that the shipped holiday data makes."""
    return WorkCalendar(
        {
            date.fromisoformat(row["date"]): DayMark(
                row["kind"], row["name"], row["source"]
            )
            for row in pack_rows()
        }
    )


def reference_calendar():
    """Return the calendar that chinese_calendar's dates of 2004–2026 make."""
    marks = {day: DayMark("holiday", name) for day, name in reference_days("holidays")}
    marks.update(
        (day, DayMark("workday", name)) for day, name in reference_days("workdays")
    )
    return WorkCalendar(marks)


def reference_days(kind):
    """Return (date, name) pairs of chinese_calendar's holidays or workdays."""
    return getattr(chinese_calendar, kind).items()


def days_between(first, last):
    """Yield the dates from first to last, both included."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def random_pauses(rng, around, amount=4):
    """Return closed pauses of up to 12 days, which may be empty or overlap."""
    starts = [around + timedelta(days=rng.randint(-5, 40)) for _n in range(amount)]
    return [
        Pause(start, start + timedelta(days=rng.randint(0, 12)), f"reason {number}")
        for number, start in enumerate(starts)
    ]


def is_paused(day, pauses):
    return any(pause.start <= day < pause.end for pause in pauses)


@tagged("office_working_time")
class WorkingTimeCase(BaseCase):
    """The shipped calendar, and short ways to write an expected explanation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = pack_calendar()
        cls.notice = {int(row["date"][:4]): row["source"] for row in pack_rows()}

    def assertSteps(self, result, expected):
        """Compare the steps with (kind, "first", "last"[, name[, source]]) rows."""
        parse = type(result.start).fromisoformat
        self.assertEqual(
            result.steps,
            tuple(
                Step(kind, parse(first), last and parse(last), *words)
                for kind, first, last, *words in expected
            ),
        )


class TestHolidayData(WorkingTimeCase):
    def test_every_day_agrees_with_second_source(self):
        for day in days_between(date(2025, 1, 1), date(2026, 12, 31)):
            with self.subTest(day=day):
                self.assertEqual(
                    self.calendar.is_working_day(day),
                    chinese_calendar.is_workday(day),
                )

    def test_marked_days_are_exactly_those_of_the_notices(self):
        for kind in ("holiday", "workday"):
            self.assertEqual(
                {row["date"] for row in pack_rows() if row["kind"] == kind},
                {
                    str(day)
                    for day, _name in reference_days(f"{kind}s")
                    if day.year in (2025, 2026)
                },
            )

    def test_makeup_workdays_fall_on_weekends(self):
        for row in pack_rows():
            if row["kind"] == "workday":
                day = date.fromisoformat(row["date"])
                self.assertEqual(self.calendar.classify(day), "makeup", day)
                self.assertTrue(row["name"].endswith("调休上班"), day)

    def test_rows_are_loadable_and_sorted(self):
        rows = pack_rows()
        self.assertEqual(list(rows[0]), ["id", "date", "kind", "name", "source"])
        self.assertEqual(
            [row["id"] for row in rows],
            [f"calendar_day_{row['date'].replace('-', '_')}" for row in rows],
        )
        dates = [row["date"] for row in rows]
        self.assertEqual(dates, sorted(set(dates)))
        self.assertNotIn(b"\r", PACK.read_bytes())
        for row in rows:
            self.assertTrue(row["name"], row["id"])
            self.assertIn(f"关于{row['date'][:4]}年部分节假日安排的通知", row["source"])


class TestWorkCalendar(WorkingTimeCase):
    def test_classify(self):
        for day, expected in (
            (date(2026, 2, 13), "workday"),
            (date(2026, 2, 14), "makeup"),
            (date(2026, 2, 15), "holiday"),
            (date(2026, 2, 16), "holiday"),
            (date(2026, 3, 1), "weekend"),
        ):
            self.assertEqual(self.calendar.classify(day), expected, day)

    def test_mark_that_confirms_the_week(self):
        monday, saturday = date(2026, 3, 2), date(2026, 3, 7)
        calendar = WorkCalendar(
            {monday: DayMark("workday"), saturday: DayMark("holiday")}
        )
        self.assertEqual(calendar.classify(monday), "workday")
        self.assertEqual(calendar.classify(saturday), "holiday")

    def test_hours(self):
        office = ((9.0, 12.0), (13.0, 17.0))
        self.assertEqual(self.calendar.hours_of(date(2026, 3, 6)), office)
        self.assertEqual(self.calendar.hours_of(date(2026, 2, 14)), office)
        self.assertEqual(self.calendar.hours_of(date(2026, 3, 7)), ())
        self.assertEqual(self.calendar.hours_of(date(2026, 10, 1)), ())

    def test_makeup_day_has_hours_of_first_worked_weekday(self):
        tuesday, friday = ((8.0, 11.5),), ((14.0, 24.0),)
        saturday = date(2026, 2, 14)
        calendar = WorkCalendar(
            {saturday: DayMark("workday")},
            weekdays=frozenset({1, 4}),
            hours={1: tuesday, 4: friday, 5: ((0.0, 1.0),)},
        )
        self.assertEqual(calendar.hours_of(saturday), tuesday)
        self.assertEqual(calendar.hours_of(date(2026, 2, 13)), friday)
        self.assertEqual(calendar.hours_of(date(2026, 2, 12)), ())

    def test_other_week(self):
        hours = {weekday: ((8.0, 12.0),) for weekday in range(1, 6)}
        calendar = WorkCalendar({}, frozenset(hours), hours)
        self.assertEqual(calendar.classify(date(2026, 3, 2)), "weekend")
        self.assertEqual(calendar.classify(date(2026, 3, 7)), "workday")

    def test_refusals(self):
        monday = {0: ((9.0, 17.0),)}
        for weekdays, hours in (
            (frozenset(), monday),
            (frozenset({7}), {7: ((9.0, 17.0),)}),
            (frozenset({-1}), {-1: ((9.0, 17.0),)}),
            (frozenset({0, 1}), monday),
            (frozenset({0}), {0: ()}),
            (frozenset({0}), {0: ((9.0, 9.0),)}),
            (frozenset({0}), {0: ((12.0, 9.0),)}),
            (frozenset({0}), {0: ((9.0, 12.0), (11.0, 17.0))}),
            (frozenset({0}), {0: ((13.0, 17.0), (9.0, 12.0))}),
            (frozenset({0}), {0: ((-1.0, 9.0),)}),
            (frozenset({0}), {0: ((9.0, 24.5),)}),
        ):
            with self.subTest(weekdays=weekdays, hours=hours):
                with self.assertRaises(ValueError):
                    WorkCalendar({}, weekdays, hours)
        with self.assertRaises(ValueError):
            DayMark("makeup")
        with self.assertRaises(TypeError):
            WorkCalendar({datetime(2026, 1, 1): DayMark("holiday")})
        for method in ("classify", "is_working_day", "hours_of"):
            with self.assertRaises(TypeError):
                getattr(self.calendar, method)(datetime(2026, 1, 1))

    def test_values_are_frozen(self):
        for value, attribute in (
            (self.calendar, "marks"),
            (DayMark("holiday"), "kind"),
            (Pause(date(2026, 1, 1), None), "end"),
            (Step("start", date(2026, 1, 1), date(2026, 1, 1)), "last"),
            (count(date(2026, 1, 1), 0, "calendar_days", self.calendar), "deadline"),
        ):
            with self.assertRaises(FrozenInstanceError):
                setattr(value, attribute, None)


class TestCalendarDays(WorkingTimeCase):
    def test_first_day_is_not_counted(self):
        result = count(date(2026, 3, 2), 3, "calendar_days", self.calendar)
        self.assertEqual(result.deadline, date(2026, 3, 5))
        self.assertSteps(
            result,
            [
                ("start", "2026-03-02", "2026-03-02"),
                ("counted", "2026-03-03", "2026-03-05"),
            ],
        )

    def test_sixty_days_of_acceptance_end_in_national_day(self):
        """信访工作条例 第34条: 60 days from acceptance."""
        result = count(date(2025, 8, 5), 60, "calendar_days", self.calendar)
        self.assertEqual(result.deadline, date(2025, 10, 9))
        self.assertSteps(
            result,
            [
                ("start", "2025-08-05", "2025-08-05"),
                ("counted", "2025-08-06", "2025-10-04"),
                (
                    "rolled",
                    "2025-10-05",
                    "2025-10-09",
                    "国庆节、中秋节",
                    self.notice[2025],
                ),
            ],
        )

    def test_fifteen_days_of_notice(self):
        """信访工作条例 第23条: notice in 15 days."""
        for start, deadline in (
            # A plain Tuesday.
            (date(2026, 1, 19), date(2026, 2, 3)),
            # A Saturday that is worked: the end stays.
            (date(2026, 1, 30), date(2026, 2, 14)),
            # The first day of the Spring Festival.
            (date(2026, 1, 31), date(2026, 2, 24)),
            # A plain Sunday.
            (date(2026, 2, 28), date(2026, 3, 16)),
        ):
            result = count(start, 15, "calendar_days", self.calendar)
            self.assertEqual(result.deadline, deadline, start)

    def test_end_on_weekend_rolls_without_name(self):
        result = count(date(2026, 3, 4), 3, "calendar_days", self.calendar)
        self.assertEqual(result.deadline, date(2026, 3, 9))
        self.assertSteps(
            result,
            [
                ("start", "2026-03-04", "2026-03-04"),
                ("counted", "2026-03-05", "2026-03-07"),
                ("rolled", "2026-03-08", "2026-03-09"),
            ],
        )

    def test_end_rolls_onto_makeup_workday(self):
        """The Saturday before a worked Sunday."""
        result = count(date(2025, 1, 20), 5, "calendar_days", self.calendar)
        self.assertEqual(result.deadline, date(2025, 1, 26))

    def test_zero_is_the_start_even_on_a_day_off(self):
        day = date(2026, 10, 1)
        pause = Pause(day, None)
        for unit in DAY_UNITS:
            result = count(day, 0, unit, self.calendar, [pause])
            step = Step("start", day, day)
            self.assertEqual(result, Count(day, 0, unit, day, (step,)))

    def test_leap_day_counts(self):
        result = count(date(2028, 2, 28), 2, "calendar_days", self.calendar)
        self.assertEqual(result.deadline, date(2028, 3, 1))


class TestWorkingDays(WorkingTimeCase):
    def test_five_days_across_spring_festival_with_saturday(self):
        result = count(date(2026, 2, 12), 5, "working_days", self.calendar)
        self.assertEqual(result.deadline, date(2026, 2, 26))
        notice = self.notice[2026]
        self.assertSteps(
            result,
            [
                ("start", "2026-02-12", "2026-02-12"),
                ("counted", "2026-02-13", "2026-02-13"),
                ("makeup", "2026-02-14", "2026-02-14", "春节调休上班", notice),
                ("holiday", "2026-02-15", "2026-02-23", "春节", notice),
                ("counted", "2026-02-24", "2026-02-26"),
            ],
        )

    def test_six_days_across_spring_festival_with_sunday_and_saturday(self):
        result = count(date(2025, 1, 24), 6, "working_days", self.calendar)
        self.assertEqual(result.deadline, date(2025, 2, 8))
        notice = self.notice[2025]
        self.assertSteps(
            result,
            [
                ("start", "2025-01-24", "2025-01-24"),
                ("weekend", "2025-01-25", "2025-01-25"),
                ("makeup", "2025-01-26", "2025-01-26", "春节调休上班", notice),
                ("counted", "2025-01-27", "2025-01-27"),
                ("holiday", "2025-01-28", "2025-02-04", "春节", notice),
                ("counted", "2025-02-05", "2025-02-07"),
                ("makeup", "2025-02-08", "2025-02-08", "春节调休上班", notice),
            ],
        )

    def test_adjacent_holidays_keep_their_names(self):
        marks = {
            date(2026, 3, 3): DayMark("holiday", "first"),
            date(2026, 3, 4): DayMark("holiday", "second"),
        }
        result = count(date(2026, 3, 2), 1, "working_days", WorkCalendar(marks))
        self.assertSteps(
            result,
            [
                ("start", "2026-03-02", "2026-03-02"),
                ("holiday", "2026-03-03", "2026-03-03", "first"),
                ("holiday", "2026-03-04", "2026-03-04", "second"),
                ("counted", "2026-03-05", "2026-03-05"),
            ],
        )

    def test_start_on_day_off(self):
        result = count(date(2026, 10, 3), 1, "working_days", self.calendar)
        self.assertEqual(result.deadline, date(2026, 10, 8))

    def test_random_periods_against_second_source(self):
        rng = random.Random(20040101)
        calendar = reference_calendar()
        span = (date(2026, 5, 31) - date(2004, 1, 1)).days
        for _round in range(400):
            start = date(2004, 1, 1) + timedelta(days=rng.randint(0, span))
            amount = rng.randint(1, 120)
            day, left = start, amount
            while left:
                day += ONE_DAY
                left -= chinese_calendar.is_workday(day)
            with self.subTest(start=start, amount=amount):
                result = count(start, amount, "working_days", calendar)
                self.assertEqual(result.deadline, day)
                self.assertEqual(working_days_between(start, day, calendar), amount)
                self.assertEqual(working_days_between(day, start, calendar), -amount)


class TestRandomPeriods(WorkingTimeCase):
    """Periods with pauses, counted again here in the most simple-minded way."""

    def test_calendar_days_against_second_source(self):
        rng = random.Random(20190515)
        calendar = reference_calendar()
        span = (date(2026, 5, 31) - date(2004, 1, 1)).days
        for _round in range(300):
            start = date(2004, 1, 1) + timedelta(days=rng.randint(0, span))
            pauses = random_pauses(rng, start)
            amount = rng.randint(1, 90)
            day, left = start, amount
            while (
                left > 0 or is_paused(day, pauses) or chinese_calendar.is_holiday(day)
            ):
                day += ONE_DAY
                left -= not is_paused(day, pauses)
            with self.subTest(start=start, amount=amount, pauses=pauses):
                result = count(start, amount, "calendar_days", calendar, pauses)
                self.assertEqual(result.deadline, day)

    def test_working_days_with_pauses_against_second_source(self):
        rng = random.Random(20220501)
        calendar = reference_calendar()
        span = (date(2026, 5, 31) - date(2004, 1, 1)).days
        for _round in range(300):
            start = date(2004, 1, 1) + timedelta(days=rng.randint(0, span))
            pauses = random_pauses(rng, start)
            amount = rng.randint(1, 40)
            day, left = start, amount
            while left:
                day += ONE_DAY
                left -= chinese_calendar.is_workday(day) and not is_paused(day, pauses)
            with self.subTest(start=start, amount=amount, pauses=pauses):
                result = count(start, amount, "working_days", calendar, pauses)
                self.assertEqual(result.deadline, day)

    def test_working_hours_against_quarters_of_an_hour(self):
        rng = random.Random(20260101)
        calendar = reference_calendar()
        quarter = timedelta(minutes=15)
        for _round in range(100):
            start = datetime(2025, 12, 20) + quarter * rng.randint(0, 96 * 70)
            pauses = random_pauses(rng, start.date(), amount=1)
            amount = rng.randint(1, 120)
            moment, left = start, amount
            while left:
                hour = moment.hour + moment.minute / 60
                left -= (
                    chinese_calendar.is_workday(moment)
                    and not is_paused(moment.date(), pauses)
                    and (9 <= hour < 12 or 13 <= hour < 17)
                )
                moment += quarter
            with self.subTest(start=start, amount=amount, pauses=pauses):
                result = count(start, amount / 4, "working_hours", calendar, pauses)
                self.assertEqual(result.deadline, moment)

    def test_hours_against_days_left_out(self):
        rng = random.Random(20241101)
        for _round in range(100):
            start = datetime(2026, 1, 1) + timedelta(minutes=rng.randint(0, 500_000))
            pauses = random_pauses(rng, start.date())
            amount = rng.randint(1, 400)
            moment, left = start, timedelta(hours=amount)
            while left:
                midnight = datetime.combine(
                    moment.date() + ONE_DAY, datetime.min.time()
                )
                if not is_paused(moment.date(), pauses):
                    midnight = min(midnight, moment + left)
                    left -= midnight - moment
                moment = midnight
            with self.subTest(start=start, amount=amount, pauses=pauses):
                result = count(start, amount, "hours", self.calendar, pauses)
                self.assertEqual(result.deadline, moment)


class TestPauses(WorkingTimeCase):
    def test_third_party_opinion_stops_the_clock(self):
        """政府信息公开条例 第32、33条: 15 working days are not counted."""
        start = date(2025, 6, 9)
        plain = count(start, 20, "working_days", self.calendar)
        self.assertEqual(plain.deadline, date(2025, 7, 7))
        asked, answered = date(2025, 6, 16), date(2025, 7, 7)
        self.assertEqual(
            working_days_between(asked - ONE_DAY, answered - ONE_DAY, self.calendar),
            15,
        )
        pause = Pause(asked, answered, "征求第三方意见", "政府信息公开条例 第32条")
        result = count(start, 20, "working_days", self.calendar, [pause])
        self.assertEqual(result.deadline, date(2025, 7, 28))
        self.assertEqual(
            working_days_between(plain.deadline, result.deadline, self.calendar), 15
        )
        self.assertSteps(
            result,
            [
                ("start", "2025-06-09", "2025-06-09"),
                ("counted", "2025-06-10", "2025-06-13"),
                ("weekend", "2025-06-14", "2025-06-15"),
                ("paused", "2025-06-16", "2025-07-06", pause.reason, pause.basis),
                ("counted", "2025-07-07", "2025-07-11"),
                ("weekend", "2025-07-12", "2025-07-13"),
                ("counted", "2025-07-14", "2025-07-18"),
                ("weekend", "2025-07-19", "2025-07-20"),
                ("counted", "2025-07-21", "2025-07-25"),
                ("weekend", "2025-07-26", "2025-07-27"),
                ("counted", "2025-07-28", "2025-07-28"),
            ],
        )

    def test_open_pause_leaves_no_deadline(self):
        pause = Pause(date(2026, 3, 4), None, "中止", "basis")
        for unit in DAY_UNITS:
            result = count(date(2026, 3, 2), 5, unit, self.calendar, [pause])
            self.assertIsNone(result.deadline)
            self.assertSteps(
                result,
                [
                    ("start", "2026-03-02", "2026-03-02"),
                    ("counted", "2026-03-03", "2026-03-03"),
                    ("paused", "2026-03-04", None, "中止", "basis"),
                ],
            )

    def test_open_pause_in_hours(self):
        pause = Pause(date(2026, 3, 4), None, "中止")
        for unit in HOUR_UNITS:
            result = count(datetime(2026, 3, 3, 10), 24, unit, self.calendar, [pause])
            self.assertIsNone(result.deadline)
            self.assertSteps(
                result,
                [
                    ("counted", "2026-03-03T10:00", "2026-03-04T00:00"),
                    ("paused", "2026-03-04T00:00", None, "中止"),
                ],
            )

    def test_open_pause_from_the_first_day(self):
        pause = Pause(date(2026, 2, 1), None)
        result = count(date(2026, 3, 2), 5, "working_days", self.calendar, [pause])
        self.assertIsNone(result.deadline)
        self.assertSteps(
            result,
            [("start", "2026-03-02", "2026-03-02"), ("paused", "2026-03-03", None)],
        )

    def test_pause_after_the_end_changes_nothing(self):
        plain = count(date(2026, 3, 2), 3, "working_days", self.calendar)
        for pause in (
            Pause(date(2026, 3, 6), None),
            Pause(date(2026, 2, 1), date(2026, 3, 3)),
            Pause(date(2026, 3, 4), date(2026, 3, 4)),
        ):
            result = count(date(2026, 3, 2), 3, "working_days", self.calendar, [pause])
            self.assertEqual(result, plain)

    def test_end_rolls_past_a_pause(self):
        """Saturday the 7th moves to Monday; Monday and Tuesday are paused."""
        pause = Pause(date(2026, 3, 9), date(2026, 3, 11), "听证")
        result = count(date(2026, 3, 4), 3, "calendar_days", self.calendar, [pause])
        self.assertEqual(result.deadline, date(2026, 3, 11))
        self.assertSteps(
            result,
            [
                ("start", "2026-03-04", "2026-03-04"),
                ("counted", "2026-03-05", "2026-03-07"),
                ("rolled", "2026-03-08", "2026-03-08"),
                ("paused", "2026-03-09", "2026-03-10", "听证"),
                ("rolled", "2026-03-11", "2026-03-11"),
            ],
        )

    def test_end_that_rolls_into_an_open_pause_waits(self):
        pause = Pause(date(2026, 3, 8), None)
        result = count(date(2026, 3, 4), 3, "calendar_days", self.calendar, [pause])
        self.assertIsNone(result.deadline)
        self.assertEqual(result.steps[-1], Step("paused", date(2026, 3, 8), None))

    def test_overlapping_pauses_count_once(self):
        hearing = Pause(date(2026, 3, 3), date(2026, 3, 6), "听证")
        opinion = Pause(date(2026, 3, 5), date(2026, 3, 10), "征求意见")
        expected = [
            ("start", "2026-03-02", "2026-03-02"),
            ("paused", "2026-03-03", "2026-03-05", "听证"),
            ("paused", "2026-03-06", "2026-03-09", "征求意见"),
            ("counted", "2026-03-10", "2026-03-10"),
        ]
        for pauses in ([hearing, opinion], [opinion, hearing]):
            result = count(date(2026, 3, 2), 1, "working_days", self.calendar, pauses)
            self.assertSteps(result, expected)

    def test_closed_pause_before_an_open_one(self):
        pauses = [
            Pause(date(2026, 3, 5), None, "中止"),
            Pause(date(2026, 3, 3), date(2026, 3, 6), "中止"),
        ]
        result = count(date(2026, 3, 2), 1, "working_days", self.calendar, pauses)
        self.assertIsNone(result.deadline)
        self.assertSteps(
            result,
            [
                ("start", "2026-03-02", "2026-03-02"),
                ("paused", "2026-03-03", None, "中止"),
            ],
        )

    def test_refusals(self):
        with self.assertRaises(ValueError):
            Pause(date(2026, 3, 5), date(2026, 3, 4))
        with self.assertRaises(TypeError):
            Pause(datetime(2026, 3, 5), date(2026, 3, 6))
        with self.assertRaisesRegex(TypeError, "end of a pause"):
            Pause(date(2026, 3, 5), datetime(2026, 3, 6))


class TestRestart(WorkingTimeCase):
    def test_corrected_request_starts_the_clock_anew(self):
        """政府信息公开条例 第30条: counted from the receipt of the correction 补正."""
        result = count(
            date(2026, 3, 2),
            20,
            "working_days",
            self.calendar,
            restart=date(2026, 3, 12),
        )
        anew = count(date(2026, 3, 12), 20, "working_days", self.calendar)
        self.assertEqual(result.deadline, anew.deadline)
        self.assertEqual(result.start, date(2026, 3, 2))
        self.assertSteps(
            Count(result.start, 20, result.unit, None, result.steps[:3]),
            [
                ("start", "2026-03-02", "2026-03-02"),
                ("restarted", "2026-03-03", "2026-03-12"),
                ("counted", "2026-03-13", "2026-03-13"),
            ],
        )
        self.assertEqual(result.steps[2:], anew.steps[1:])

    def test_restart_on_the_start_changes_nothing(self):
        for unit, start in (
            ("calendar_days", date(2026, 3, 2)),
            ("working_days", date(2026, 3, 2)),
            ("hours", datetime(2026, 3, 2, 10)),
            ("working_hours", datetime(2026, 3, 2, 10)),
        ):
            self.assertEqual(
                count(start, 5, unit, self.calendar, restart=start),
                count(start, 5, unit, self.calendar),
            )

    def test_restart_in_hours(self):
        result = count(
            datetime(2026, 3, 2, 10),
            2,
            "working_hours",
            self.calendar,
            restart=datetime(2026, 3, 3, 16, 30),
        )
        self.assertEqual(result.deadline, datetime(2026, 3, 4, 10, 30))
        self.assertSteps(
            result,
            [
                ("restarted", "2026-03-02T10:00", "2026-03-03T16:30"),
                ("counted", "2026-03-03T16:30", "2026-03-04T10:30"),
            ],
        )

    def test_zero_ends_at_the_restart(self):
        result = count(
            date(2026, 3, 2), 0, "calendar_days", self.calendar, (), date(2026, 3, 7)
        )
        self.assertEqual(result.deadline, date(2026, 3, 7))
        self.assertEqual(
            result.steps[-1], Step("restarted", date(2026, 3, 3), date(2026, 3, 7))
        )

    def test_pause_before_the_restart_is_forgotten_an_open_one_stands(self):
        start, restart = date(2026, 3, 2), date(2026, 3, 10)
        closed = Pause(date(2026, 3, 4), date(2026, 3, 10))
        result = count(start, 3, "working_days", self.calendar, [closed], restart)
        self.assertEqual(result.deadline, date(2026, 3, 13))
        still_open = Pause(date(2026, 3, 4), None)
        result = count(start, 3, "working_days", self.calendar, [still_open], restart)
        self.assertIsNone(result.deadline)

    def test_restart_before_the_start_is_refused(self):
        with self.assertRaises(ValueError):
            count(
                date(2026, 3, 2),
                5,
                "working_days",
                self.calendar,
                restart=date(2026, 3, 1),
            )


class TestHours(WorkingTimeCase):
    def test_hours_run_over_midnight_and_days_off(self):
        """民法典 第201条第2款: from the moment, and only days move off a day off."""
        result = count(datetime(2026, 9, 30, 22, 45), 2.5, "hours", self.calendar)
        self.assertEqual(result.deadline, datetime(2026, 10, 1, 1, 15))
        self.assertSteps(result, [("counted", "2026-09-30T22:45", "2026-10-01T01:15")])

    def test_hours_end_at_midnight(self):
        result = count(datetime(2026, 3, 2, 20), 4, "hours", self.calendar)
        self.assertEqual(result.deadline, datetime(2026, 3, 3))
        self.assertSteps(result, [("counted", "2026-03-02T20:00", "2026-03-03T00:00")])

    def test_hours_stand_on_paused_days(self):
        pause = Pause(date(2026, 3, 3), date(2026, 3, 5), "中止", "basis")
        result = count(datetime(2026, 3, 2, 20), 5, "hours", self.calendar, [pause])
        self.assertEqual(result.deadline, datetime(2026, 3, 5, 1))
        self.assertSteps(
            result,
            [
                ("counted", "2026-03-02T20:00", "2026-03-03T00:00"),
                ("paused", "2026-03-03T00:00", "2026-03-05T00:00", "中止", "basis"),
                ("counted", "2026-03-05T00:00", "2026-03-05T01:00"),
            ],
        )

    def test_start_on_a_paused_day(self):
        pause = Pause(date(2026, 3, 2), date(2026, 3, 3))
        result = count(datetime(2026, 3, 2, 20), 1, "hours", self.calendar, [pause])
        self.assertSteps(
            result,
            [
                ("paused", "2026-03-02T20:00", "2026-03-03T00:00"),
                ("counted", "2026-03-03T00:00", "2026-03-03T01:00"),
            ],
        )

    def test_working_hours_over_a_weekend(self):
        result = count(datetime(2026, 3, 6, 15), 4, "working_hours", self.calendar)
        self.assertEqual(result.deadline, datetime(2026, 3, 9, 11))
        self.assertSteps(
            result,
            [
                ("counted", "2026-03-06T15:00", "2026-03-07T00:00"),
                ("weekend", "2026-03-07T00:00", "2026-03-09T00:00"),
                ("counted", "2026-03-09T00:00", "2026-03-09T11:00"),
            ],
        )

    def test_working_hours_over_makeup_day_and_holiday(self):
        result = count(datetime(2026, 2, 13, 16), 10, "working_hours", self.calendar)
        self.assertEqual(result.deadline, datetime(2026, 2, 24, 11))
        notice = self.notice[2026]
        self.assertSteps(
            result,
            [
                ("counted", "2026-02-13T16:00", "2026-02-14T00:00"),
                (
                    "makeup",
                    "2026-02-14T00:00",
                    "2026-02-15T00:00",
                    "春节调休上班",
                    notice,
                ),
                ("holiday", "2026-02-15T00:00", "2026-02-24T00:00", "春节", notice),
                ("counted", "2026-02-24T00:00", "2026-02-24T11:00"),
            ],
        )

    def test_working_hours_by_time_of_day(self):
        for start, amount, deadline in (
            ("2026-03-02T09:00", 3, "2026-03-02T12:00"),
            ("2026-03-02T09:00", 3.5, "2026-03-02T13:30"),
            ("2026-03-02T09:00", 7, "2026-03-02T17:00"),
            ("2026-03-02T12:30", 0.5, "2026-03-02T13:30"),
            ("2026-03-02T06:00", 1, "2026-03-02T10:00"),
            ("2026-03-02T17:00", 1, "2026-03-03T10:00"),
            ("2026-03-02T23:59", 1, "2026-03-03T10:00"),
            ("2026-03-02T11:59:30", 0.1, "2026-03-02T13:05:30"),
        ):
            result = count(
                datetime.fromisoformat(start), amount, "working_hours", self.calendar
            )
            expected = datetime.fromisoformat(deadline)
            self.assertEqual(result.deadline, expected, (start, amount))

    def test_half_a_working_day_is_working_hours(self):
        result = count(datetime(2026, 3, 6, 14), 3.5, "working_hours", self.calendar)
        self.assertEqual(result.deadline, datetime(2026, 3, 9, 9, 30))

    def test_zero_hours_end_at_once(self):
        start = datetime(2026, 10, 1, 3)
        for unit in HOUR_UNITS:
            result = count(start, 0, unit, self.calendar)
            self.assertEqual(result, Count(start, 0, unit, start, ()))


class TestSteps(WorkingTimeCase):
    """Whatever is counted, the explanation covers the span exactly once."""

    def random_counts(self, unit, seed):
        rng = random.Random(seed)
        in_hours = unit in HOUR_UNITS
        for _round in range(200):
            start = date(2025, 1, 1) + timedelta(days=rng.randint(0, 700))
            restart = start + timedelta(days=rng.choice([0, 1, 2, 9]))
            pauses = random_pauses(rng, start, amount=rng.randint(0, 4))
            if rng.random() < 0.3:
                pauses.append(Pause(start + timedelta(days=rng.randint(-3, 30)), None))
            if in_hours:
                start, restart = (
                    datetime.combine(day, datetime.min.time())
                    + timedelta(minutes=rng.randint(720 * late, 720 * late + 719))
                    for late, day in enumerate((start, restart))
                )
            restart = rng.choice([None, restart])
            amount = rng.randint(0, 200 if in_hours else 40)
            yield count(start, amount, unit, self.calendar, pauses, restart)

    def check_no_equal_neighbours(self, steps):
        """Equal neighbours would have been one run."""
        for step, following in pairwise(steps):
            self.assertNotEqual(
                (step.kind, step.name, step.source),
                (following.kind, following.name, following.source),
            )

    def check_end(self, result):
        """The last step ends on the deadline, or is an open pause."""
        last = result.steps[-1]
        self.assertEqual(last.last, result.deadline)
        if result.deadline is None:
            self.assertEqual(last.kind, "paused")

    def test_day_steps_tile_the_span(self):
        for unit in DAY_UNITS:
            standing = 0
            for result in self.random_counts(unit, 135):
                with self.subTest(result=result):
                    standing += result.deadline is None
                    self.assertEqual(result.steps[0].first, result.start)
                    for step, following in pairwise(result.steps):
                        self.assertLessEqual(step.first, step.last)
                        self.assertEqual(step.last + ONE_DAY, following.first)
                    self.check_no_equal_neighbours(result.steps)
                    self.check_end(result)
                    self.check_kinds(result)
            self.assertTrue(0 < standing < 200)

    def test_hour_steps_tile_the_span(self):
        for unit in HOUR_UNITS:
            standing = 0
            for result in self.random_counts(unit, 246):
                with self.subTest(result=result):
                    if result.deadline == result.start:
                        self.assertEqual(result.steps, ())
                        continue
                    standing += result.deadline is None
                    self.assertEqual(result.steps[0].first, result.start)
                    for step, following in pairwise(result.steps):
                        self.assertLess(step.first, step.last)
                        self.assertEqual(step.last, following.first)
                    self.check_no_equal_neighbours(result.steps)
                    self.check_end(result)
            self.assertTrue(0 < standing < 200)

    def check_kinds(self, result):
        """Each day is of the step's kind, and the counted days make the amount."""
        kinds = {
            "counted": "workday",
            "makeup": "makeup",
            "holiday": "holiday",
            "weekend": "weekend",
        }
        counted = 0
        for step in result.steps:
            if step.kind in ("counted", "makeup"):
                counted += (step.last - step.first).days + 1
            if result.unit == "calendar_days" or step.kind not in kinds:
                continue
            for day in days_between(step.first, step.last):
                self.assertEqual(self.calendar.classify(day), kinds[step.kind])
        if result.deadline is not None:
            self.assertEqual(counted, result.amount)


class TestRefusals(WorkingTimeCase):
    def test_amounts(self):
        for unit in DAY_UNITS + HOUR_UNITS:
            start = date(2026, 3, 2) if unit in DAY_UNITS else datetime(2026, 3, 2)
            largest = MAX_DAYS if unit in DAY_UNITS else 24 * MAX_DAYS
            for amount, message in (
                (-1, "0 or more"),
                (-0.5, "0 or more"),
                (float("nan"), "0 or more"),
                (float("inf"), "0 or more"),
                (largest + 1, "longer than 100 years"),
            ):
                with self.subTest(unit=unit, amount=amount):
                    with self.assertRaisesRegex(ValueError, message):
                        count(start, amount, unit, self.calendar)

    def test_fraction_of_a_day(self):
        for unit in DAY_UNITS:
            with self.assertRaisesRegex(ValueError, "working_hours"):
                count(date(2026, 3, 2), 0.5, unit, self.calendar)
            self.assertEqual(
                count(date(2026, 3, 2), 2.0, unit, self.calendar).deadline,
                date(2026, 3, 4),
            )

    def test_unit(self):
        with self.assertRaises(ValueError):
            count(date(2026, 3, 2), 1, "months", self.calendar)

    def test_dates_for_days_and_datetimes_for_hours(self):
        day, moment = date(2026, 3, 2), datetime(2026, 3, 2, 9)
        for unit in DAY_UNITS:
            with self.assertRaises(TypeError):
                count(moment, 1, unit, self.calendar)
            with self.assertRaises(TypeError):
                count(day, 1, unit, self.calendar, restart=moment)
        for unit in HOUR_UNITS:
            with self.assertRaises(TypeError):
                count(day, 1, unit, self.calendar)
            with self.assertRaises(TypeError):
                count(moment, 1, unit, self.calendar, restart=day)

    def test_time_zone(self):
        moment = datetime(2026, 3, 2, 9)
        for unit in HOUR_UNITS:
            with self.assertRaises(ValueError):
                count(moment.replace(tzinfo=timezone.utc), 1, unit, self.calendar)
            with self.assertRaises(ValueError):
                count(
                    moment,
                    1,
                    unit,
                    self.calendar,
                    restart=moment.replace(tzinfo=timezone.utc),
                )

    def test_longest_period(self):
        """It ends within 100 years of its first day, moved end and pauses included."""
        calendar = WorkCalendar({})
        start = date(2026, 3, 2)
        end = start + timedelta(days=MAX_DAYS)
        self.assertEqual(end.weekday(), 6)
        friday = count(start, MAX_DAYS - 2, "calendar_days", calendar)
        self.assertEqual(friday.deadline, end - 2 * ONE_DAY)
        with self.assertRaises(ValueError):
            count(start, MAX_DAYS, "calendar_days", calendar)
        with self.assertRaises(ValueError):
            count(start, MAX_DAYS - 2, "working_days", calendar)
        with self.assertRaises(ValueError):
            count(
                start,
                1,
                "working_days",
                calendar,
                [Pause(start, end + ONE_DAY)],
            )

    def test_no_working_day_ahead(self):
        marks = {
            day: DayMark("holiday")
            for day in days_between(date(2026, 3, 2), date(2130, 1, 1))
        }
        calendar = WorkCalendar(marks)
        with self.assertRaises(ValueError):
            count(date(2026, 3, 2), 1, "working_days", calendar)
        with self.assertRaises(ValueError):
            count(date(2026, 3, 2), 1, "calendar_days", calendar)
        with self.assertRaises(ValueError):
            count(datetime(2026, 3, 2), 1, "working_hours", calendar)

    def test_end_of_time(self):
        for start in (date.max, date.max - ONE_DAY):
            with self.assertRaises(ValueError):
                count(start, 1, "calendar_days", self.calendar)
        for unit in HOUR_UNITS:
            with self.assertRaises(ValueError):
                count(datetime(9999, 12, 31, 9), 1, unit, self.calendar)


class TestSpans(WorkingTimeCase):
    def test_working_days_between(self):
        for start, end, expected in (
            (date(2026, 3, 2), date(2026, 3, 2), 0),
            (date(2026, 3, 2), date(2026, 3, 3), 1),
            (date(2026, 3, 6), date(2026, 3, 8), 0),
            (date(2026, 3, 7), date(2026, 3, 9), 1),
            (date(2026, 2, 12), date(2026, 2, 26), 5),
            (date(2026, 2, 26), date(2026, 2, 12), -5),
            (date(2025, 12, 31), date(2026, 12, 31), 248),
        ):
            with self.subTest(start=start, end=end):
                self.assertEqual(
                    working_days_between(start, end, self.calendar), expected
                )

    def test_working_days_between_refusals(self):
        start = date(2026, 3, 2)
        far = start + timedelta(days=MAX_DAYS)
        self.assertGreater(working_days_between(start, far, self.calendar), 0)
        for first, last in ((start, far + ONE_DAY), (far + ONE_DAY, start)):
            with self.assertRaises(ValueError):
                working_days_between(first, last, self.calendar)
        with self.assertRaises(TypeError):
            working_days_between(datetime(2026, 3, 2), start, self.calendar)
        with self.assertRaises(TypeError):
            working_days_between(start, datetime(2026, 3, 2), self.calendar)

    def test_coverage_gap(self):
        for start, end, expected in (
            (date(2025, 1, 1), date(2026, 12, 31), []),
            (date(2026, 12, 1), date(2027, 1, 4), [2027]),
            (date(2024, 12, 31), date(2028, 1, 1), [2024, 2027, 2028]),
            (datetime(2026, 12, 1), datetime(2027, 1, 4), [2027]),
        ):
            self.assertEqual(coverage_gap(start, end, self.calendar), expected)
        self.assertEqual(
            coverage_gap(date(2026, 1, 1), date(2026, 1, 1), WorkCalendar({})), [2026]
        )
        with self.assertRaises(ValueError):
            coverage_gap(date(2027, 1, 1), date(2026, 1, 1), self.calendar)
