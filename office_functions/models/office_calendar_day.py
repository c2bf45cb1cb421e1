# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import ormcache

from ..tools.working_time import DayMark, WorkCalendar


class OfficeCalendarDay(models.Model):
    """A statutory holiday or a make-up workday (调休上班日).

    Odoo's working calendars know weekdays and subtract leaves; they cannot hold a
    Sunday that is worked. These small records can, and the one counter of the suite
    reads them together with the company's calendar.
    """

    _name = "office.calendar.day"
    _inherit = ["office.cached.mixin"]
    _description = "Holiday or Make-up Workday"
    _order = "date desc, id desc"

    date = fields.Date(required=True, index=True)
    kind = fields.Selection(
        [("holiday", "Holiday"), ("workday", "Make-up Workday")],
        required=True,
        default="holiday",
    )
    name = fields.Char(required=True)
    source = fields.Char("Notice", help="The notice that ordered it.")
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: for all companies. A company's own day goes before it.",
    )

    _date_uniq = models.UniqueIndex(
        "(date, COALESCE(company_id, 0))", "This day is in the calendar already."
    )

    @api.model
    def _get_work_calendar(self, company):
        """Return the working calendar of a company: hours, holidays, make-up days.

        :param res.company company: whose days and hours
        :rtype: WorkCalendar
        """
        return self._make_work_calendar(company.id)

    @api.model
    @ormcache("company_id")
    def _make_work_calendar(self, company_id):
        return WorkCalendar(
            marks=self._get_marks(company_id),
            **self._get_week(self._get_calendar_id(company_id)),
        )

    @api.model
    def _get_zone(self, company):
        """Return the time zone of a company's working calendar.

        :param res.company company: whose
        :rtype: ZoneInfo
        """
        return ZoneInfo(self._get_zone_name(self._get_calendar_id(company.id)))

    @api.model
    @ormcache("calendar_id")
    def _get_zone_name(self, calendar_id):
        """Return by which clock a working calendar lives.

        :rtype: str
        """
        return self.env["resource.calendar"].sudo().browse(calendar_id).tz or "UTC"

    @api.model
    @ormcache("company_id")
    def _get_calendar_id(self, company_id):
        company = self.env["res.company"].sudo().browse(company_id)
        return company.resource_calendar_id.id

    @api.model
    @ormcache("company_id")
    def _get_marks(self, company_id):
        days = self.sudo().search(
            [("company_id", "in", (company_id, False))], order="company_id DESC, id"
        )
        # Sorted NULL first: the company's own day, read later, replaces a common one.
        return {day.date: DayMark(day.kind, day.name, day.source or "") for day in days}

    @api.model
    @ormcache("calendar_id")
    def _get_week(self, calendar_id):
        hours = {}
        for line in self.env["resource.calendar"].browse(calendar_id).attendance_ids:
            if line.day_period != "lunch":
                span = (line.hour_from, line.hour_to)
                hours.setdefault(int(line.dayofweek), set()).add(span)
        if not hours:
            return {}
        return {
            "weekdays": frozenset(hours),
            "hours": {day: tuple(sorted(spans)) for day, spans in hours.items()},
        }
