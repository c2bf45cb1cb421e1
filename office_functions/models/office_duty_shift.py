# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.period import get_span
from ..tools.transition import Transition, permit
from .office_duty_call import OFFICE

DIRECTOR = "office_functions.group_office_director"
GRACE = timedelta(hours=1)
"""A shift that nobody took over this long after its end shows red."""


class OfficeDutyShift(models.Model):
    """Twenty-four hours of duty (值班), from the plan to the handover face to face.

    A leader is in charge; calls and visits are noted; every day is reported, and be it
    that nothing happened (零报告). Nothing open is left behind: it is done, or named as
    handed over (R-EMG-5).
    """

    _name = "office.duty.shift"
    _inherit = ["office.workflow.mixin"]
    _description = "Duty Shift"
    _order = "date_start desc, id desc"

    name = fields.Char(
        compute="_compute_name", store=True, precompute=True, readonly=False
    )
    date_start = fields.Datetime("Begins", required=True, index=True)
    date_end = fields.Datetime("Ends", required=True)
    leader_id = fields.Many2one("res.users", "Leader in Charge", required=True)
    user_id = fields.Many2one("res.users", "Person on Duty", required=True, index=True)
    weather = fields.Char()
    day_kind = fields.Char(
        "Kind of Day",
        compute="_compute_day_kind",
        help="Workday, weekend, or the name of the holiday.",
    )
    call_ids = fields.One2many("office.duty.call", "shift_id", "Calls and Visits")
    held_call_ids = fields.One2many("office.duty.call", "holder_shift_id", "To See To")
    open_count = fields.Integer("Open Things", compute="_compute_open_count")
    instructions = fields.Text("Leader's Instructions and What Was Done")
    zero_report = fields.Selection(
        [
            ("pending", "Not Yet Reported"),
            ("zero", "Zero Report"),
            ("events", "Reported with Events"),
        ],
        "Daily Report",
        required=True,
        default="pending",
        readonly=True,
        copy=False,
    )
    zero_report_date = fields.Datetime("Reported At", readonly=True, copy=False)
    handover_text = fields.Text("Handed Over", help="What the next shift must know.")
    date_given = fields.Datetime("Signed by Who Gave", readonly=True, copy=False)
    giver_id = fields.Many2one("res.users", "Handed Over By", readonly=True, copy=False)
    date_taken = fields.Datetime("Signed by Who Took", readonly=True, copy=False)
    taker_id = fields.Many2one("res.users", "Taken Over By", readonly=True, copy=False)
    is_handover_missing = fields.Boolean(
        "Handover Missing",
        compute="_compute_is_handover_missing",
        search="_search_is_handover_missing",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        [
            ("planned", "Shift Planned"),
            ("on_duty", "On Duty"),
            ("handing_over", "Being Handed Over"),
            ("handed_over", "Taken Over"),
        ],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
    )

    _start_uniq = models.UniqueIndex(
        "(company_id, date_start)", "There is a shift that begins then already."
    )
    _order_of_dates = models.Constraint(
        "CHECK(date_end > date_start)", "A shift ends after it begins."
    )
    _unended_idx = models.Index("(date_end) WHERE state <> 'handed_over'")

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "start",
                label=self.env._("Begin Duty"),
                sources=("planned",),
                target="on_duty",
                by=("person", OFFICE),
                guard="_guard_start",
                style="primary",
            ),
            Transition(
                "hand_over",
                label=self.env._("Hand Over"),
                sources=("on_duty",),
                target="handing_over",
                by=("person", "leader"),
                guard="_guard_hand_over",
                style="primary",
            ),
            Transition(
                "resume",
                label=self.env._("Back to Duty"),
                sources=("handing_over",),
                target="on_duty",
                by=("person", "successor"),
                note=True,
            ),
            Transition(
                "take_over",
                label=self.env._("Take Over"),
                sources=("handing_over",),
                target="handed_over",
                by=("successor",),
                never=("person",),
                style="primary",
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "date_given",
            "date_taken",
            "giver_id",
            "taker_id",
            "zero_report",
            "zero_report_date",
        }

    @api.model
    def _get_frozen_fields(self):
        watch = ("planned", "on_duty")
        return (
            super()._get_frozen_fields()
            | dict.fromkeys(("weather", "instructions", "handover_text"), watch)
            | dict.fromkeys(
                ("date_start", "date_end", "user_id", "leader_id"), ("planned",)
            )
        )

    # Shown ----------------------------------------------------------------------------

    @api.depends("date_start")
    def _compute_name(self):
        # What is computed late is computed in no language.
        spoken = self.with_context(lang=self.env.lang or self.env.user.lang)
        for shift in spoken:
            day = shift.date_start and fields.Datetime.context_timestamp(
                shift, shift.date_start
            )
            shift.name = day and spoken.env._(
                "Duty of %(day)s",
                day=format_date(spoken.env, day.date(), date_format="full"),
            )

    @api.depends("name", "user_id.name")
    def _compute_display_name(self):
        for shift in self:
            shift.display_name = (
                f"{shift.user_id.name or ''} {shift.name or ''}".strip()
            )

    @api.depends("date_start")
    @api.depends_context("lang", "tz")
    def _compute_day_kind(self):
        words = {
            "workday": self.env._("Workday"),
            "makeup": self.env._("Make-up Workday"),
            "weekend": self.env._("Weekend"),
            "holiday": self.env._("Holiday"),
        }
        for company, shifts in self.grouped("company_id").items():
            calendar = self.env["office.calendar.day"]._get_work_calendar(company)
            for shift in shifts:
                if not shift.date_start:
                    shift.day_kind = False
                    continue
                moment = fields.Datetime.context_timestamp(shift, shift.date_start)
                mark = calendar.marks.get(moment.date())
                kind = words[calendar.classify(moment.date())]
                shift.day_kind = (mark and mark.name) or kind

    @api.depends("held_call_ids.disposition")
    def _compute_open_count(self):
        counts = dict(
            self.env["office.duty.call"]
            .sudo()
            ._read_group(
                [("holder_shift_id", "in", self.ids), ("disposition", "=", "open")],
                ["holder_shift_id"],
                ["__count"],
            )
        )
        for shift in self:
            shift.open_count = counts.get(shift._origin, 0)

    @api.depends("date_end", "state")
    def _compute_is_handover_missing(self):
        limit = fields.Datetime.now() - GRACE
        for shift in self:
            shift.is_handover_missing = (
                shift.state != "handed_over"
                and bool(shift.date_end)
                and shift.date_end < limit
            )

    def _search_is_handover_missing(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "!=", "handed_over") & Domain(
            "date_end", "<", fields.Datetime.now() - GRACE
        )

    def copy_data(self, default=None):
        """Copy a shift to the time after the last one that is planned."""
        vals_list = super().copy_data(default)
        for shift, vals in zip(self, vals_list, strict=True):
            last = self.sudo().search(
                [("company_id", "=", shift.company_id.id)],
                order="date_end desc",
                limit=1,
            )
            length = shift.date_end - shift.date_start
            begin = vals["date_start"] = last.date_end
            vals.update(date_end=begin + length, name=False)
        return vals_list

    # Who ------------------------------------------------------------------------------

    def _relation_person(self):
        return self.user_id

    def _relation_leader(self):
        return self.leader_id

    def _relation_successor(self):
        return self._get_next().user_id

    @api.model
    def _get_on_duty(self, company):
        """Return who is on duty now.

        :param res.company company: whose duty
        :rtype: res.users
        """
        shifts = self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", "on_duty")]
        )
        return shifts.user_id.sudo(False)

    def _get_next(self):
        """Return the shift that follows this one.

        :rtype: office.duty.shift
        """
        self.ensure_one()
        return self.sudo().search(
            [
                ("company_id", "=", self.company_id.id),
                ("date_start", ">", self.date_start),
            ],
            order="date_start",
            limit=1,
        )

    # Guards and hooks -----------------------------------------------------------------

    def _guard_start(self, row, note):
        if self.date_start <= fields.Datetime.now() + GRACE:
            return []
        return [self.env._("This shift has not come yet.")]

    def _guard_hand_over(self, row, note):
        reasons = []
        if self.zero_report == "pending":
            reasons.append(
                self.env._(
                    "The daily report is missing: report what happened, or that "
                    "nothing did."
                )
            )
        open_calls = self.sudo().held_call_ids.filtered(
            lambda call: call.disposition == "open"
        )
        if open_calls:
            reasons.append(
                self.env._(
                    "These are open: finish them, or mark them to be handed over: "
                    "%(names)s.",
                    names="；".join(open_calls.mapped("text")),
                )
            )
        if not self._get_next():
            reasons.append(self.env._("No shift follows that could take over."))
        return reasons

    def _after_hand_over(self, note):
        self._sign(giver_id=self.env.uid, date_given=fields.Datetime.now())

    def _after_resume(self, note):
        self._sign(giver_id=False, date_given=False)

    def _after_take_over(self, note):
        """Sign for the things handed over, and begin the next shift with them."""
        self._sign(taker_id=self.env.uid, date_taken=fields.Datetime.now())
        for shift in self:
            successor = shift._get_next()
            handed = shift.held_call_ids.filtered(
                lambda call: call.disposition == "handed"
            )
            handed._carry_over(successor)
            successor._pass_by_system("start")

    def _sign(self, **vals):
        with permit(self):
            self.with_context(tracking_disable=True).write(vals)

    def action_report_zero(self):
        """Report that nothing happened today.

        :raise UserError: when there were events, when it was reported, or without the
            right
        """
        self._report("zero")

    def action_report_events(self):
        """Report the day with its events.

        :raise UserError: when it was reported, or without the right
        """
        self._report("events")

    def _report(self, kind):
        self.check_access("read")
        for shift in self:
            if self.env.user not in shift.user_id | shift.leader_id:
                raise UserError(self.env._("Who is on duty makes the daily report."))
            if shift.state != "on_duty" or shift.zero_report != "pending":
                raise UserError(self.env._("A shift on duty reports once."))
            if kind == "zero" and shift._get_events():
                raise UserError(
                    self.env._("There were events: this is no day for a zero report.")
                )
        self.sudo()._sign(zero_report=kind, zero_report_date=fields.Datetime.now())

    def _get_events(self):
        """Return the emergencies received during this shift.

        :rtype: office.emergency
        """
        return (
            self.env["office.emergency"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("moment_received", ">=", self.date_start),
                    ("moment_received", "<", self.date_end),
                ]
            )
        )

    # Figures --------------------------------------------------------------------------

    @api.model
    def _get_ended_domain(self, date_from, date_to):
        """Return the shifts that ended in a period, up to now."""
        zone = self.env.company.sudo().resource_calendar_id.tz or "UTC"
        begin, end = get_span(date_from, date_to, zone)
        return Domain("date_end", ">=", begin) & Domain(
            "date_end", "<", min(end, fields.Datetime.now())
        )

    @api.model
    def _measure_handovers(self, date_from, date_to):
        domain = self._get_ended_domain(date_from, date_to)
        sums = {}
        for user, state, count in self._read_group(
            domain, ["user_id", "state"], ["__count"]
        ):
            row = sums.setdefault(user.id, [0, 0])
            row[0] += count if state == "handed_over" else 0
            row[1] += count
        return [(None, user, *row) for user, row in sums.items()]
