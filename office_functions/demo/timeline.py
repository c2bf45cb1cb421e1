# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A past to live through: events on days counted from today, and a clock for them."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tools import groupby

DAY_BEGINS = time(0, 40)
"""The first event of a day, in UTC: 8:40 in China."""
WORKDAY = timedelta(hours=9)

_moment = ContextVar("office_demo_moment", default=None)


def find_day(today, offset):
    """Return a day near today that is no weekend: the past before, the future after.

    :param date today: where counting starts
    :param int offset: calendar days, negative for the past
    :return: that day; a weekend gives way to the Friday before it in the past, to the
        Monday after it in the future, so that the order of days is kept
    :rtype: date
    """
    day = today + timedelta(days=offset)
    weekend = day.weekday() - 4
    if offset < 0 and weekend > 0:
        day -= timedelta(days=weekend)
    elif offset > 0 and weekend > 0:
        day += timedelta(days=3 - weekend)
    return day


@contextmanager
def movable_clock():
    """Let the ORM's clock stand at ``_moment``, for this thread of execution alone.

    What the suite calls "now" and "today" is asked of these two functions. Other
    threads of the server go on in the present, and so do the server's own log and
    its sessions; a frozen process would not.
    """
    now, context_today = fields.Datetime.now, fields.Date.context_today

    def get_now(*_args):
        return _moment.get() or now()

    def get_today(record, timestamp=None):
        return context_today(record, timestamp or _moment.get())

    with (
        patch.object(fields.Datetime, "now", staticmethod(get_now)),
        patch.object(fields.Date, "context_today", staticmethod(get_today)),
    ):
        yield


def wait(**span):
    """Let some time pass within an event, for what takes minutes or hours.

    :param span: as for ``timedelta``: ``minutes=20``
    """
    go_to(_moment.get() + timedelta(**span))


def go_to(moment):
    """Let the clock stand at a moment until the event under way is over.

    :param datetime moment: naive UTC
    """
    _moment.set(moment)


class Timeline:
    """Events that wait to happen, each on a day of the past.

    :param date today: the day from which all are counted
    """

    def __init__(self, today):
        self.today = today
        self._events = []

    def day(self, offset):
        """Return the day of an offset, see :func:`find_day`.

        :param offset: ``int`` or digits
        :rtype: date
        """
        return find_day(self.today, int(offset))

    def next_day(self, month, day):
        """Return the next such day of a year, today at the earliest.

        :rtype: date
        """
        found = self.today.replace(month=month, day=day)
        return found if found >= self.today else found.replace(year=found.year + 1)

    def at(self, offset, act, *args):
        """Let something happen on a day; on the same day, in the order of the calls.

        :param offset: negative number of days (``int`` or digits)
        :param act: what to call then, with ``args``
        :raise ValueError: for a day that has not passed
        """
        offset = int(offset)
        if offset >= 0:
            raise ValueError(f"The demo happens before today, not on day {offset}")
        self._events.append((offset, len(self._events), act, args))

    def run(self):
        """Let everything happen, in order, each at its own hour of a workday."""
        self._events.sort(key=lambda event: event[:2])
        with movable_clock():
            for day, events in groupby(self._events, lambda event: self.day(event[0])):
                self._live(day, events)
        self._events.clear()

    def _live(self, day, events):
        begin = datetime.combine(day, DAY_BEGINS)
        for nth, (_offset, _index, act, args) in enumerate(events):
            minutes = WORKDAY * nth // len(events) // timedelta(minutes=1)
            token = _moment.set(begin + timedelta(minutes=minutes))
            try:
                act(*args)
            finally:
                _moment.reset(token)
