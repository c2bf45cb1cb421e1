# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.tools import babel_locale_parse, get_lang

from .calendar_event_agenda import TIMES


class CalendarEvent(models.Model):
    """When an item of a diary is, by the leader's own clock and in few words.

    Odoo keeps a whole day as 08:00 to 18:00 of no time zone at all; here it begins when
    the leader's working day does.
    """

    _inherit = "calendar.event"

    office_moment = fields.Datetime(
        "Reminded From",
        compute="_compute_office_moment",
        store=True,
        copy=False,
        help="The moment before which the reminders of a diary item are sent.",
    )
    office_when = fields.Char("When", compute="_compute_office_when")
    office_hours = fields.Char(
        "At What Time",
        compute="_compute_office_when",
        help="The hours of an item of today; with the date, of another day.",
    )

    @api.depends("office_leader_id.tz", *TIMES - {"duration"})
    def _compute_office_moment(self):
        for event in self:
            begin = event.start
            if event.office_leader_id and event._is_office_whole_day():
                begin = event._get_whole_day_moment()
            event.office_moment = event.office_leader_id and begin

    def _is_office_whole_day(self):
        return bool(self.allday and self.start_date)

    def _get_whole_day_moment(self):
        """Return when the working day begins on which a whole-day item begins.

        On a day off, when an ordinary one would.

        :return: naive UTC
        :rtype: datetime
        """
        self.ensure_one()
        company = self.sudo().office_leader_id.company_id
        calendar = self.env["office.calendar.day"]._get_work_calendar(company)
        spans = calendar.hours_of(self.start_date)
        spans = spans or calendar.hours[min(calendar.weekdays)]
        zone = self._get_diary_zone()
        midnight = datetime.combine(self.start_date, time())
        begin = (midnight + timedelta(hours=spans[0][0])).replace(tzinfo=zone)
        return begin.astimezone(UTC).replace(tzinfo=None)

    def _get_diary_zone(self):
        """Return the time zone of the leader, else of the leader's company.

        :rtype: ZoneInfo
        """
        leader = self.sudo().office_leader_id
        company = leader.company_id or self.env.company
        own = self.with_company(company)._get_office_zone()
        return ZoneInfo(leader.tz or own)

    # In words -------------------------------------------------------------------------

    @api.depends("office_leader_id.tz", *TIMES - {"duration"})
    @api.depends_context("lang")
    def _compute_office_when(self):
        now = fields.Datetime.now().replace(tzinfo=UTC)
        for event in self:
            zone = event._get_diary_zone()
            event.office_when = event._format_when(zone)
            today = now.astimezone(zone).date()
            event.office_hours = event._format_when(zone, today)

    def _say_when(self):
        """Return when an item is, in words of the office's own time.

        :rtype: str
        """
        self.ensure_one()
        return self._format_when(ZoneInfo(self._get_office_zone()))

    def _format_when(self, zone, today=None):
        """Return when an event is, by a clock.

        :param ZoneInfo zone: whose clock
        :param date today: a day that needs not be named
        :return: e.g. ``Thu, Mar 12 09:00–11:00``; empty without a time
        :rtype: str
        """
        if not (self.start and self.stop):
            return ""
        whole = self._is_office_whole_day()
        if whole:
            days = [self.start_date, self.stop_date or self.start_date]
            hours = [self.env._("Whole Day")]
        else:
            moments = [
                moment.replace(tzinfo=UTC).astimezone(zone)
                for moment in (self.start, self.stop)
            ]
            days = [moment.date() for moment in moments]
            hours = [f"{moment:%H:%M}" for moment in moments]
        locale = babel_locale_parse(get_lang(self.env).code)
        names = [format_skeleton("MMMEd", day, locale=locale) for day in days]
        if days[0] == days[1]:
            named = [] if days[0] == today else names[:1]
            return " ".join([*named, "–".join(hours)])
        if whole:
            return " ".join([" – ".join(names), *hours])
        return " – ".join(map(" ".join, zip(names, hours, strict=True)))
