# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.transition import is_permitted, permit


class OfficeDeadlineMixin(models.AbstractModel):
    """A deadline that is kept honest: first date, changes, light, explanation.

    The clock starts when the matter enters one of ``_clock_start_states`` and stops
    in ``_clock_stop_states``. While it runs, the date moves by recorded extensions,
    pauses and restarts only; the first date never does.
    """

    _name = "office.deadline.mixin"
    _inherit = ["office.workflow.mixin"]
    _description = "Deadline"
    _clock_start_states = ()
    _clock_stop_states = ()
    # The report is in and waits for somebody else: the handler is not late meanwhile.
    _clock_waiting_states = ()
    _max_extensions = 2

    date_deadline = fields.Date("Deadline", copy=False, index="btree_not_null")
    date_deadline_original = fields.Date(
        "Original Deadline",
        readonly=True,
        copy=False,
        help="The date set when the clock started. It never changes.",
    )
    time_limit_id = fields.Many2one(
        "office.time.limit",
        help="The rule that gives the deadline when the clock starts.",
    )
    deadline_owner_id = fields.Many2one(
        "res.users", "Deadline Set By", readonly=True, copy=False
    )
    warn_days = fields.Integer("Warn Before (days)", default=3, aggregator=None)
    date_warn = fields.Date(
        "Warn From", compute="_compute_date_warn", store=True, precompute=True
    )
    clock_start = fields.Date("Clock Started", readonly=True, copy=False)
    date_reported = fields.Date(
        "Reported On",
        readonly=True,
        copy=False,
        help="When the work was reported; it counts as done that day once confirmed.",
    )
    date_done = fields.Date(
        "Done On", readonly=True, copy=False, index="btree_not_null"
    )
    is_paused = fields.Boolean("Clock Paused", readonly=True, copy=False)
    extension_count = fields.Integer(
        "Extensions", readonly=True, copy=False, aggregator=None
    )
    open_deadline = fields.Date(
        compute="_compute_open_deadline",
        store=True,
        precompute=True,
        copy=False,
        help="The deadline while the clock runs, empty otherwise.",
    )
    is_on_time = fields.Boolean(
        "On Time",
        compute="_compute_is_on_time",
        store=True,
        precompute=True,
        copy=False,
    )
    is_on_time_original = fields.Boolean(
        "On Time by the Original Deadline",
        compute="_compute_is_on_time",
        store=True,
        precompute=True,
        copy=False,
    )
    deadline_event_ids = fields.One2many(
        "office.deadline.event",
        "res_id",
        "Deadline Changes",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )
    # Dates ----------------------------------------------------------------------------

    @api.depends("date_deadline", "warn_days")
    def _compute_date_warn(self):
        for record in self:
            record.date_warn = record.date_deadline and (
                record.date_deadline - relativedelta(days=record.warn_days)
            )

    @api.depends("state", "date_deadline", "clock_start", "date_done", "is_paused")
    def _compute_open_deadline(self):
        for record in self:
            running = (
                record.clock_start
                and not record.date_done
                and not record.is_paused
                and record.state not in self._clock_waiting_states
            )
            record.open_deadline = running and record.date_deadline

    @api.depends("date_deadline", "date_deadline_original", "date_done")
    def _compute_is_on_time(self):
        for record in self:
            done = record.date_done
            record.is_on_time = bool(done) and (
                not record.date_deadline or done <= record.date_deadline
            )
            record.is_on_time_original = bool(done) and (
                not record.date_deadline_original
                or done <= record.date_deadline_original
            )

    # Starting and stopping ------------------------------------------------------------

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "clock_start",
            "date_deadline_original",
            "date_done",
            "date_reported",
            "deadline_owner_id",
            "extension_count",
            "is_paused",
        }

    def write(self, vals):
        if {"date_deadline", "time_limit_id"} & vals.keys():
            running = self.filtered("clock_start")
            if (
                running
                and any(running._is_moved_by(vals))
                and not is_permitted(running, vals)
            ):
                raise UserError(
                    self.env._(
                        "The clock is running: the deadline changes by an extension, "
                        "a pause or a restart only. Please use “Change Deadline”."
                    )
                )
        return super().write(vals)

    def _is_moved_by(self, vals):
        """Yield for each record whether ``vals`` would change its deadline."""
        for record in self:
            for name in ("date_deadline", "time_limit_id"):
                if name in vals:
                    field = self._fields[name]
                    new = field.convert_to_cache(vals[name], record, validate=False)
                    yield field.convert_to_cache(record[name], record) != new

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        today = fields.Date.context_today(self)
        stop, waiting = self._clock_stop_states, self._clock_waiting_states
        if row.target in stop:
            if not set(row.sources) <= set(stop):
                vals["date_done"] = today
        elif row.target in waiting:
            if not set(row.sources) & set(waiting):
                vals["date_reported"] = today
        else:
            vals.update(date_done=False, date_reported=False)
        return vals

    def _after_transition(self, row, note):
        if row.target in self._clock_start_states:
            self.filtered(lambda record: not record.clock_start)._start_clock()
        if row.target in self._clock_stop_states:
            self._settle_date_done()
        return super()._after_transition(row, note)

    def _settle_date_done(self):
        """Count work as done on the day it was reported, once that was found true.

        A slow check blames nobody.
        """
        for date, records in self.grouped("date_reported").items():
            if date:
                with permit(records):
                    records.with_context(tracking_disable=True).write(
                        {"date_done": date}
                    )

    def _start_clock(self):
        """Start the clock; a time limit gives the date where none is set."""
        today = fields.Date.context_today(self)
        counted_ids = set()
        for record in self:
            limit = record.time_limit_id
            start = record._get_clock_start(today)
            vals = {
                "clock_start": start,
                "deadline_owner_id": record._get_deadline_owner().id,
            }
            if limit:
                vals["warn_days"] = limit.warn_days
                if not record.date_deadline:
                    counted = limit._count(start, record._get_deadline_company())
                    vals["date_deadline"] = counted.deadline
                    counted_ids.add(record.id)
            vals["date_deadline_original"] = (
                vals.get("date_deadline") or record.date_deadline
            )
            with permit(record):
                record.with_context(tracking_disable=True).write(vals)
        before = dict.fromkeys(self.ids, False)
        self._log_deadline("start", today, before, counted_ids=counted_ids)

    def _get_clock_start(self, today):
        """Return the day from which the time limit counts, where that is not today.

        :param date today: on which the clock starts
        :rtype: date
        """
        return today

    def _get_deadline_owner(self):
        """Return who answers for the date and alone (with those above) moves it.

        :rtype: res.users
        """
        return self.env.user

    def _get_deadline_company(self):
        """Return the company whose holidays count for this record."""
        return self.company_id if "company_id" in self else self.env.company
