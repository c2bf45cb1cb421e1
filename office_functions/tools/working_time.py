# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Count statutory periods and explain, day by day, how the end was reached.

Plain Python on plain values: the caller reads holidays, weekdays, hours and pauses
from its records and hands them over. Dates and datetimes are **local wall-clock**
(converting from and to UTC is the caller's business); nothing here knows a time zone.

The rules of law (中华人民共和国民法典, Civil Code):

* Art. 201: in a period of days the first day is not counted; a period of hours runs
  from its very moment.
* Art. 203: a period whose last day is a day off ends on the day after the days off.
  That last day runs until 24:00, or until the office closes.
* 全国年节及纪念日放假办法 with the yearly notice of the State Council's General Office:
  which weekdays are off, and which weekend days are worked instead (调休).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from types import MappingProxyType
from typing import Literal

DayClass = Literal["workday", "weekend", "holiday", "makeup"]
MarkKind = Literal["holiday", "workday"]
StepKind = Literal[
    "start",
    "counted",
    "weekend",
    "holiday",
    "makeup",
    "paused",
    "restarted",
    "rolled",
]
Unit = Literal["calendar_days", "working_days", "hours", "working_hours"]
Intervals = tuple[tuple[float, float], ...]

OFFICE_WEEKDAYS = frozenset(range(5))
OFFICE_HOURS: Mapping[int, Intervals] = MappingProxyType(
    {weekday: ((9.0, 12.0), (13.0, 17.0)) for weekday in OFFICE_WEEKDAYS}
)
MAX_DAYS = 36525
"""A period must end within this many days (100 years) of its first day."""

_DAY_UNITS = ("calendar_days", "working_days")
_WORKING_UNITS = ("working_days", "working_hours")
_LARGEST_AMOUNT = {
    "calendar_days": MAX_DAYS,
    "working_days": MAX_DAYS,
    "hours": 24 * MAX_DAYS,
    "working_hours": 24 * MAX_DAYS,
}
_WHOLE_DAY: Intervals = ((0.0, 24.0),)

# What became of a day: the kind, name and source of the step it belongs to.
_Label = tuple[StepKind, str, str]


@dataclass(frozen=True)
class DayMark:
    """What a notice says of one date.

    :ivar kind: ``"holiday"`` (a day off) or ``"workday"`` (worked, whatever weekday)
    :ivar name: what people call it, such as ``春节`` or ``春节调休上班``
    :ivar source: the notice that says so
    :raise ValueError: unknown kind
    """

    kind: MarkKind
    name: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if self.kind not in ("holiday", "workday"):
            raise ValueError(f"A day is marked holiday or workday, not {self.kind!r}.")


@dataclass(frozen=True)
class WorkCalendar:
    """Which days and hours are worked.

    :ivar marks: the dates that depart from the week's pattern, or confirm it
    :ivar weekdays: the weekdays normally worked, 0 = Monday … 6 = Sunday
    :ivar hours: weekday → worked intervals, in hours since local midnight (13.5 is
        13:30), in order and apart from each other; needed for each worked weekday
    :raise TypeError: a marked date is not a plain ``date``
    :raise ValueError: no worked weekday, an unknown one or one without hours, or an
        interval that is empty, out of order or outside 0–24
    """

    marks: Mapping[date, DayMark]
    weekdays: frozenset[int] = OFFICE_WEEKDAYS
    hours: Mapping[int, Intervals] = field(default_factory=lambda: OFFICE_HOURS)

    def __post_init__(self) -> None:
        for day in self.marks:
            _check_date(day, "a marked date")
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError("The worked weekdays are one or more of 0 … 6.")
        for weekday in self.weekdays:
            if not self.hours.get(weekday):
                raise ValueError(f"Weekday {weekday} is worked but has no hours.")
        for intervals in self.hours.values():
            _check_intervals(intervals)

    def classify(self, day: date) -> DayClass:
        """Say what kind of day a date is.

        A mark goes before the weekday. A workday mark on a weekday that is worked
        anyway only confirms it: ``"workday"``, not ``"makeup"``.

        :param day: a plain local date
        :return: ``"workday"``, ``"weekend"`` (an unmarked day off), ``"holiday"`` or
            ``"makeup"`` (a day off by its weekday, worked by its mark, 调休)
        :raise TypeError: not a plain date
        """
        _check_date(day, "the day")
        usual = day.weekday() in self.weekdays
        mark = self.marks.get(day)
        if mark is None:
            return "workday" if usual else "weekend"
        if mark.kind == "holiday":
            return "holiday"
        return "workday" if usual else "makeup"

    def is_working_day(self, day: date) -> bool:
        """Tell whether a date is worked, make-up workdays included.

        :param day: a plain local date
        :raise TypeError: not a plain date
        """
        return self.classify(day) in ("workday", "makeup")

    def hours_of(self, day: date) -> Intervals:
        """Return the intervals worked on a date, in hours since local midnight.

        A make-up workday has the hours of the first worked weekday of the week.

        :param day: a plain local date
        :return: intervals as in :attr:`hours`; empty on a day off
        :raise TypeError: not a plain date
        """
        kind = self.classify(day)
        if kind == "workday":
            return self.hours[day.weekday()]
        if kind == "makeup":
            return self.hours[min(self.weekdays)]
        return ()


@dataclass(frozen=True)
class Pause:
    """A stretch of whole days on which a clock stands (中止、征求意见、听证 …).

    :ivar start: the first day not counted
    :ivar end: the first day counted again; None while the pause is open. With
        ``end == start`` nothing is left out.
    :ivar reason: why, in words for the reader of the explanation
    :ivar basis: the legal basis
    :raise TypeError: start or end is not a plain ``date``
    :raise ValueError: the end lies before the start
    """

    start: date
    end: date | None
    reason: str = ""
    basis: str = ""

    def __post_init__(self) -> None:
        _check_date(self.start, "the start of a pause")
        if self.end is None:
            return
        _check_date(self.end, "the end of a pause")
        if self.end < self.start:
            raise ValueError(
                f"A pause from {self.start} cannot end before, on {self.end}."
            )

    def covers(self, day: date) -> bool:
        """Tell whether the clock stands on a date (a plain local date)."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Step:
    """A run of equal days in the explanation of a period.

    Kinds:

    * ``start``: the first day, not counted (day units only; Art. 201)
    * ``restarted``: what had run before the clock began anew. In day units its last
      day is the day of the restart itself, the new first day, not counted either.
    * ``counted``: days or hours that count
    * ``makeup``: make-up workdays, which count (working units)
    * ``weekend``, ``holiday``: days off, which do not (working units)
    * ``paused``: the clock stands
    * ``rolled``: the days by which the end moved on from a day off (calendar days;
      Art. 203); name and source are those of the day it moved from

    :ivar first: the first day (a date), or the moment it begins (a datetime)
    :ivar last: day units: the last day, included. Hour units: the moment it ends,
        which is the ``first`` of the next step. None in the ``paused`` step of an
        open pause.
    :ivar name: name of the holiday or make-up workday, or reason of the pause
    :ivar source: the notice, or the legal basis of the pause
    """

    kind: StepKind
    first: date | datetime
    last: date | datetime | None
    name: str = ""
    source: str = ""


@dataclass(frozen=True)
class Count:
    """A counted period and its explanation.

    :ivar start: as given: the day or moment the period was triggered
    :ivar amount: as given
    :ivar unit: as given
    :ivar deadline: the last day (day units) or the moment of expiry (hour units);
        None when an open pause is reached first: the clock stands
    :ivar steps: runs of equal days from ``start`` to ``deadline`` without gap or
        overlap, see :class:`Step`. Hour units: empty if the deadline is the start.
    """

    start: date | datetime
    amount: float
    unit: Unit
    deadline: date | datetime | None
    steps: tuple[Step, ...]


def count(
    start: date | datetime,
    amount: float,
    unit: Unit,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    restart: date | datetime | None = None,
) -> Count:
    """Count a period from its start to its deadline.

    * ``calendar_days`` 日: every day counts after the first; an end on a day off moves
      to the next working day (民法典 第201、203条).
    * ``working_days`` 工作日: working days count after the first.
    * ``hours``: by the clock from the very moment, day and night; an end on a day off
      stays there, since only periods of days move (第201条第2款).
    * ``working_hours``: the hours worked on working days, from the very moment. Steps
      run over whole days, nights and lunch breaks included.

    A paused day never counts and is never the last day: an end that would fall or
    move there waits until the pause is over. Of pauses that overlap, the earlier one
    is named. A pause that is open on the day of a restart still stands.

    An amount of zero ends at once: on the start (or the restart), even if that is a
    day off or paused.

    :param start: day units: the local date of the trigger, which is not counted. Hour
        units: the local wall-clock moment, a datetime without time zone.
    :param amount: how many, 0 or more; whole in day units (for half a working day
        use ``working_hours``)
    :param unit: see above
    :param calendar: which days and hours are worked
    :param pauses: stretches of days on which the clock stands, in any order
    :param restart: the day or moment (as ``start``) from which the whole amount is
        counted anew, such as the receipt of a corrected request 补正
        (政府信息公开条例 第30条)
    :return: the deadline, of the same type as ``start``, with its explanation
    :raise TypeError: start or restart is not a plain date (day units) or not a
        datetime (hour units)
    :raise ValueError: unknown unit; amount negative, not finite, too large, or
        fractional in a day unit; a datetime with a time zone; a restart before the
        start; no end within 100 years
    """
    _check_amount(amount, unit)
    _check_moment(start, unit, "the start")
    origin = start
    if restart is not None:
        _check_moment(restart, unit, "the restart")
        if restart < start:
            raise ValueError(f"A clock from {start} cannot restart at {restart}.")
        origin = restart
    walk = _Walk(unit, calendar, pauses)
    if unit in _DAY_UNITS:
        deadline = _end_day(walk, origin, int(amount))
        steps = _day_head(start, origin) + _day_steps(walk)
    else:
        deadline = _end_moment(walk, origin, timedelta(hours=amount))
        steps = _hour_head(start, origin) + _hour_steps(walk, origin, deadline)
    return Count(start, amount, unit, deadline, tuple(steps))


def working_days_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """Count the working days after ``start`` up to and including ``end``.

    The inverse of :func:`count` in working days without pauses.

    :param start: a plain local date, not counted
    :param end: a plain local date
    :return: the number, 0 on equal dates; if ``end`` lies before ``start``, the
        working days after ``end`` up to and including ``start``, negative
    :raise TypeError: start or end is not a plain date
    :raise ValueError: more than 100 years apart
    """
    _check_date(start, "the start")
    _check_date(end, "the end")
    if end < start:
        return -working_days_between(end, start, calendar)
    span = (end - start).days
    if span > MAX_DAYS:
        raise ValueError(f"{start} and {end} are more than {MAX_DAYS} days apart.")
    days = (start + timedelta(days=number) for number in range(1, span + 1))
    return sum(map(calendar.is_working_day, days))


def coverage_gap(start: date, end: date, calendar: WorkCalendar) -> list[int]:
    """List the years of a span of which the calendar marks no day at all.

    Their holidays are not yet imported, and a period counted there is provisional.

    :param start: first day of the span (a datetime will do: only its year is read)
    :param end: last day of the span, likewise
    :return: the years in order, empty when all are covered
    :raise ValueError: the end's year lies before the start's
    """
    if end.year < start.year:
        raise ValueError(f"A span from {start} cannot end before, on {end}.")
    marked = {day.year for day in calendar.marks}
    return [year for year in range(start.year, end.year + 1) if year not in marked]


class _Walk:
    """The days a clock passes, as runs of equal days: [label, first day, last day]."""

    def __init__(
        self, unit: Unit, calendar: WorkCalendar, pauses: Sequence[Pause]
    ) -> None:
        self.calendar = calendar
        self.working = unit in _WORKING_UNITS
        self.runs: list[list] = []
        self._pauses = sorted(pauses, key=attrgetter("start"))

    def running_days(self, first: int) -> Iterator[date]:
        """Yield the days that are not paused; the consumer labels each of them.

        Paused days are labelled here. An open pause ends the walk: its run has None
        for a last day.

        :param first: ordinal of the first day
        :raise ValueError: the consumer wants more than 100 years, or time ends
        """
        for ordinal in range(first, min(first + MAX_DAYS, date.max.toordinal())):
            day = date.fromordinal(ordinal)
            pause = next((p for p in self._pauses if p.covers(day)), None)
            if pause is None:
                yield day
                continue
            self.label(day, ("paused", pause.reason, pause.basis))
            if pause.end is None:
                self.runs[-1][2] = None
                return
        raise ValueError(f"The period does not end within {MAX_DAYS} days.")

    def label(self, day: date, label: _Label) -> None:
        """Note what became of a day; days come in order."""
        if self.runs and self.runs[-1][0] == label:
            self.runs[-1][2] = day
        else:
            self.runs.append([label, day, day])

    def label_running(self, day: date) -> bool:
        """Label a day that is not paused, and tell whether it counts."""
        kind = self.calendar.classify(day) if self.working else "workday"
        if kind == "workday":
            self.label(day, ("counted", "", ""))
        else:
            self.label(day, (kind, *self.words(day)))
        return kind in ("workday", "makeup")

    def words(self, day: date) -> tuple[str, str]:
        """Return the name and source of a day's mark, empty without one."""
        mark = self.calendar.marks.get(day)
        return (mark.name, mark.source) if mark else ("", "")


def _end_day(walk: _Walk, origin: date, amount: int) -> date | None:
    """Count whole days after ``origin``; None if an open pause is reached first."""
    if not amount:
        return origin
    days = walk.running_days(origin.toordinal() + 1)
    for day in days:
        amount -= walk.label_running(day)
        if not amount:
            return _roll(walk, day, days)
    return None


def _roll(walk: _Walk, end: date, days: Iterator[date]) -> date | None:
    """Move an end on a day off to the next working day among ``days`` (Art. 203)."""
    if walk.calendar.is_working_day(end):
        return end
    words = walk.words(end)
    for day in days:
        walk.label(day, ("rolled", *words))
        if walk.calendar.is_working_day(day):
            return day
    return None


def _end_moment(walk: _Walk, origin: datetime, amount: timedelta) -> datetime | None:
    """Count hours from ``origin``; None if an open pause is reached first."""
    if not amount:
        return origin
    for day in walk.running_days(origin.toordinal()):
        walk.label_running(day)
        intervals = walk.calendar.hours_of(day) if walk.working else _WHOLE_DAY
        for opening, closing in intervals:
            begin = max(_moment(day, opening), origin)
            length = max(_moment(day, closing) - begin, timedelta())
            if amount <= length:
                return begin + amount
            amount -= length
    return None


def _day_head(start: date, origin: date) -> list[Step]:
    """Explain the days before the first that can count."""
    head = [Step("start", start, start)]
    if origin > start:
        head.append(Step("restarted", start + timedelta(days=1), origin))
    return head


def _day_steps(walk: _Walk) -> list[Step]:
    """Turn the days walked into steps of dates."""
    return [
        Step(kind, first, last, name, source)
        for (kind, name, source), first, last in walk.runs
    ]


def _hour_head(start: datetime, origin: datetime) -> list[Step]:
    """Explain the time before the moment that counts."""
    return [Step("restarted", start, origin)] if origin > start else []


def _hour_steps(walk: _Walk, origin: datetime, deadline: datetime | None) -> list[Step]:
    """Turn the days walked into steps of datetimes, cut at both ends."""
    steps = []
    for (kind, name, source), first, last in walk.runs:
        begin = max(_moment(first), origin)
        end = None if last is None else _moment(last, 24.0)
        if deadline is not None:
            end = min(end, deadline)
        steps.append(Step(kind, begin, end, name, source))
    return steps


def _moment(day: date, hours: float = 0.0) -> datetime:
    """Return the moment that many hours after a day's local midnight."""
    return datetime.combine(day, time.min) + timedelta(hours=hours)


def _check_date(value: date, what: str) -> None:
    """Refuse all but plain dates: a datetime never equals a date, nor sorts with it."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"A plain date is needed for {what}, not {value!r}.")


def _check_moment(value: date | datetime, unit: Unit, what: str) -> None:
    """Refuse what does not fit the unit: dates for days, naive datetimes for hours."""
    if unit in _DAY_UNITS:
        _check_date(value, what)
        return
    if not isinstance(value, datetime):
        raise TypeError(f"A datetime is needed for {what}, not {value!r}.")
    if value.tzinfo is not None:
        raise ValueError(f"Local time without time zone is needed for {what}.")


def _check_amount(amount: float, unit: Unit) -> None:
    """Refuse an unknown unit and an amount that cannot be counted in it."""
    if unit not in _LARGEST_AMOUNT:
        raise ValueError(f"Unknown unit {unit!r}.")
    if not math.isfinite(amount) or amount < 0:
        raise ValueError(f"An amount is 0 or more, not {amount}.")
    if amount > _LARGEST_AMOUNT[unit]:
        raise ValueError(f"{amount} {unit} is longer than 100 years.")
    if unit in _DAY_UNITS and amount != int(amount):
        raise ValueError(f"{unit} are whole, not {amount}; count working_hours.")


def _check_intervals(intervals: Intervals) -> None:
    """Refuse intervals that are empty, overlap, go back or leave the day."""
    previous = 0.0
    for begin, end in intervals:
        if not previous <= begin < end <= 24.0:
            raise ValueError(
                f"Hours from {begin} to {end} are empty, out of order or past the day."
            )
        previous = end
