# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from bisect import bisect_left
from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from ..tools.working_time import count


class OfficeTimeLimit(models.Model):
    """A number of days or hours, with the rule it comes from."""

    _name = "office.time.limit"
    _inherit = ["office.cached.mixin"]
    _description = "Time Limit"
    _order = "sequence, code"
    _rec_names_search = ["name", "code"]

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The name by which programs find it.")
    amount = fields.Float(required=True, aggregator=None)
    unit = fields.Selection(
        [
            ("calendar_days", "Calendar Days"),
            ("working_days", "Working Days"),
            ("hours", "Hours"),
            ("working_hours", "Working Hours"),
        ],
        required=True,
        default="working_days",
    )
    warn_days = fields.Integer(
        "Warn Before (days)",
        default=3,
        aggregator=None,
        help="Calendar days before the deadline from which the light is yellow.",
    )
    legal_basis = fields.Char(
        translate=True, help="Regulation and article; empty for a rule of the house."
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: for all companies. A company's own limit goes before it.",
    )

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0)) WHERE active", "This code is taken already."
    )
    _amount_positive = models.Constraint(
        "CHECK(amount >= 0)", "A time limit cannot be negative."
    )

    @api.model
    @ormcache("code", "company_id")
    def _find_id(self, code, company_id):
        limits = self.sudo().search(
            [("code", "=", code), ("company_id", "in", (company_id, False))]
        )
        return limits.sorted(lambda limit: not limit.company_id)[:1].id

    @api.model
    def _get(self, code, company):
        """Return the time limit of a company, else the common one.

        :param str code: e.g. ``"supervision_accept"``
        :param res.company company: whose
        :raise UserError: when nobody has set up such a limit
        :rtype: office.time.limit
        """
        limit = self.browse(self._find_id(code, company.id)).sudo()
        if not limit:
            raise UserError(
                self.env._(
                    "The time limit “%(code)s” is missing. An administrator adds it "
                    "under Office / Configuration / Time Limits.",
                    code=code,
                )
            )
        return limit

    def _count(self, start, company, pauses=(), restart=None):
        """Count this limit from a day or a moment, with its explanation.

        :param start: ``date`` for limits in days, naive local ``datetime`` for hours
        :param res.company company: whose holidays and hours
        :param pauses: list of :class:`..tools.working_time.Pause`
        :param restart: the day or moment from which the clock ran anew
        :rtype: ..tools.working_time.Count
        """
        self.ensure_one()
        calendar = self.env["office.calendar.day"]._get_work_calendar(company)
        amount, unit = self._get_amount(self.id)
        return count(start, amount, unit, calendar, pauses, restart)

    @api.model
    @ormcache("limit_id")
    def _get_amount(self, limit_id):
        limit = self.sudo().browse(limit_id)
        return limit.amount, limit.unit

    def _get_due(self, start, company, pauses=()):
        """Return the moment at which this limit runs out.

        A limit in days runs out with the last second of its last day, by the clock of
        the company's working calendar.

        :param datetime start: the moment it begins, naive UTC
        :param res.company company: whose holidays, hours and time zone
        :param pauses: list of :class:`..tools.working_time.Pause`
        :return: naive UTC
        :rtype: datetime
        """
        zone = self.env["office.calendar.day"]._get_zone(company)
        begin = start.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
        if self._is_in_hours():
            due = self._count(begin, company, pauses).deadline
        else:
            last = self._count(begin.date(), company, pauses).deadline
            due = datetime.combine(last, time(23, 59, 59))
        return due.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)

    def _is_in_hours(self):
        _amount, unit = self._get_amount(self.id)
        return unit in ("hours", "working_hours")

    def _get_begin(self, moment, company, rolls=True):
        """Return the earliest moment from which this limit still runs at a given one.

        What began before it is over: ``_get_due(start) < moment`` exactly if ``start``
        lies before it, so that a search finds by one comparison what has waited too
        long.

        :param datetime moment: naive UTC
        :param res.company company: whose holidays, hours and time zone
        :param bool rolls: whether an end on a day off moves on (民法典 第203条); not
            so where one only looks back over so many days
        :return: naive UTC; the midnight that begins a day for limits in days
        :rtype: datetime
        """
        zone = self.env["office.calendar.day"]._get_zone(company)
        local = moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
        in_hours = self._is_in_hours()
        step = timedelta(seconds=1) if in_hours else timedelta(days=1)
        now = local if in_hours else local.date()

        amount, unit = self._get_amount(self.id)
        calendar = self.env["office.calendar.day"]._get_work_calendar(company)

        def is_over(number):
            if unit == "calendar_days" and not rolls:
                return number > amount
            start = now - number * step
            return count(start, amount, unit, calendar).deadline < now

        high = 1
        while not is_over(high):
            high *= 2
        last = bisect_left(range(high), True, key=is_over) - 1
        begin = now - last * step
        if not in_hours:
            begin = datetime.combine(begin, time())
        return begin.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)

    @api.model
    def _count_from(self, start, amount, unit, company):
        """Return the day some days after a day, by a company's calendar.

        :param date start: the day that is not counted
        :param int amount: how many days
        :param str unit: ``calendar_days`` or ``working_days``
        :param res.company company: whose holidays
        :rtype: date
        """
        calendar = self.env["office.calendar.day"]._get_work_calendar(company)
        return count(start, amount, unit, calendar).deadline

    @api.depends("name", "amount", "unit")
    def _compute_display_name(self):
        units = dict(self._fields["unit"]._description_selection(self.env))
        for limit in self:
            limit.display_name = (
                f"{limit.name} ({limit.amount:g} {units[limit.unit]})"
                if limit.unit
                else limit.name
            )
