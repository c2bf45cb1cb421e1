# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Periods of days, as moments. No Odoo here."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def get_span(date_from: date, date_to: date, zone: str) -> tuple[datetime, datetime]:
    """Return when a period of days begins, and when it is over.

    >>> get_span(date(2026, 3, 10), date(2026, 3, 10), "Asia/Shanghai")
    (datetime.datetime(2026, 3, 9, 16, 0), datetime.datetime(2026, 3, 10, 16, 0))

    :param date date_from: its first day
    :param date date_to: its last day
    :param str zone: the time zone whose days they are
    :return: naive UTC; the second moment does not belong to it
    """

    def to_utc(day):
        midnight = datetime.combine(day, time(), ZoneInfo(zone))
        return midnight.astimezone(UTC).replace(tzinfo=None)

    return to_utc(date_from), to_utc(date_to + timedelta(days=1))
