# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..tools.transition import is_permitted, permit
from ..tools.working_time import Pause

# In the order in which lists sort them: what needs somebody comes first.
LIGHTS = ("red", "yellow", "green", "paused", "late", "done")


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
    date_done = fields.Date("Done On", readonly=True, copy=False)
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
    light = fields.Selection(
        [
            ("red", "Overdue"),
            ("yellow", "Due Soon"),
            ("green", "On Schedule"),
            ("paused", "Paused"),
            ("late", "Done Late"),
            ("done", "Done in Time"),
        ],
        compute="_compute_light",
        search="_search_light",
    )
    deadline_event_ids = fields.One2many(
        "office.deadline.event",
        "res_id",
        "Deadline Changes",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )
    deadline_explanation = fields.Html(
        "Explanation of the Deadline", compute="_compute_deadline_explanation"
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

    # The light ------------------------------------------------------------------------

    @api.depends("open_deadline", "date_warn", "date_done", "is_paused", "is_on_time")
    def _compute_light(self):
        today = fields.Date.context_today(self)
        for record in self:
            if record.date_done:
                record.light = "done" if record.is_on_time else "late"
            elif record.is_paused:
                record.light = "paused"
            elif not record.open_deadline:
                record.light = False
            elif record.open_deadline < today:
                record.light = "red"
            else:
                record.light = "yellow" if record.date_warn <= today else "green"

    def _search_light(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        ahead = Domain("open_deadline", ">=", today)
        running = Domain("date_done", "=", False) & Domain("is_paused", "=", False)
        domains = {
            "red": Domain("open_deadline", "<", today),
            "yellow": ahead & Domain("date_warn", "<=", today),
            "green": ahead & Domain("date_warn", ">", today),
            "paused": Domain("is_paused", "=", True) & Domain("date_done", "=", False),
            "late": Domain("date_done", "!=", False) & Domain("is_on_time", "=", False),
            "done": Domain("date_done", "!=", False) & Domain("is_on_time", "=", True),
            False: running & Domain("open_deadline", "=", False),
        }
        return Domain.OR(domains[light] for light in value if light in domains)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "light":
            return super()._field_to_sql(alias, field_expr, query)
        today = fields.Date.context_today(self)
        return SQL(
            """CASE WHEN %(done)s IS NOT NULL
                    THEN CASE WHEN %(on_time)s THEN 'done' ELSE 'late' END
                    WHEN %(paused)s THEN 'paused'
                    WHEN %(open)s < %(today)s THEN 'red'
                    WHEN %(open)s IS NULL THEN NULL
                    WHEN %(warn)s <= %(today)s THEN 'yellow'
                    ELSE 'green' END""",
            done=self._field_to_sql(alias, "date_done", query),
            on_time=self._field_to_sql(alias, "is_on_time", query),
            paused=self._field_to_sql(alias, "is_paused", query),
            open=self._field_to_sql(alias, "open_deadline", query),
            warn=self._field_to_sql(alias, "date_warn", query),
            today=today,
        )

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name != "light":
            return super()._order_field_to_sql(
                alias, field_name, direction, nulls, query
            )
        light = self._field_to_sql(alias, field_name, query)
        query._order_groupby.append(light)
        return SQL(
            "array_position(%s, %s) %s %s", list(LIGHTS), light, direction, nulls
        )

    # Starting and stopping ------------------------------------------------------------

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "clock_start",
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
        """Start the clock today; a time limit gives the date where none is set."""
        today = fields.Date.context_today(self)
        for record in self:
            limit = record.time_limit_id
            vals = {
                "clock_start": today,
                "deadline_owner_id": record._get_deadline_owner().id,
            }
            if limit:
                vals["warn_days"] = limit.warn_days
                if not record.date_deadline:
                    counted = limit._count(today, record._get_deadline_company())
                    vals["date_deadline"] = counted.deadline
            vals["date_deadline_original"] = (
                vals.get("date_deadline") or record.date_deadline
            )
            with permit(record):
                record.with_context(tracking_disable=True).write(vals)
        self._log_deadline("start", today, {record.id: False for record in self})

    def _get_deadline_owner(self):
        """Return who answers for the date and alone (with those above) moves it.

        :rtype: res.users
        """
        return self.env.user

    def _get_deadline_company(self):
        """Return the company whose holidays count for this record."""
        return self.company_id if "company_id" in self else self.env.company

    # Changing a running deadline ------------------------------------------------------

    def _may_change_deadline(self):
        """Tell whether the user set this deadline or stands above who set it.

        :rtype: bool
        """
        self.ensure_one()
        user, owner = self.env.user, self.sudo().deadline_owner_id
        if user == owner or user.has_group("office_functions.group_office_leader"):
            return True
        return user.has_group("office_functions.group_office_director") and not (
            owner.has_group("office_functions.group_office_leader")
        )

    def _explain_deadline_refusal(self, kind):
        """Return why this user may not change the running clock this way.

        :param str kind: ``extend``, ``pause``, ``resume`` or ``restart``
        :rtype: list[str]
        """
        self.ensure_one()
        if not self.clock_start or self.date_done:
            return [self.env._("The clock of this matter is not running.")]
        reasons = []
        if not self._may_change_deadline():
            reasons.append(
                self.env._(
                    "Only %(owner)s, who set this deadline, or a superior changes it.",
                    owner=self.sudo().deadline_owner_id.name,
                )
            )
        if kind == "extend" and self.is_paused:
            reasons.append(
                self.env._("The clock is paused. Resume it before extending.")
            )
        if kind == "extend" and self.extension_count >= self._max_extensions:
            reasons.append(
                self.env._(
                    "The deadline was extended %(count)s times, which is the most.",
                    count=self.extension_count,
                )
            )
        if kind == "pause" and self.is_paused:
            reasons.append(self.env._("The clock is paused already."))
        if kind == "resume" and not self.is_paused:
            reasons.append(self.env._("The clock is not paused."))
        return reasons

    def change_deadline(self, kind, reason, new_date=False, legal_basis=False):
        """Extend, pause, resume or restart the running clock of one matter.

        :param str kind: ``extend``, ``pause``, ``resume`` or ``restart``
        :param str reason: why, kept in the record of changes
        :param new_date: for ``extend``: the new deadline (date or ISO string)
        :param str legal_basis: regulation and article
        :raise UserError: with all the reasons, when it may not be done
        """
        self.ensure_one()
        self.check_access("read")
        if kind not in ("extend", "pause", "resume", "restart"):
            raise UserError(self.env._("There is no such change of a deadline."))
        try:
            new_date = fields.Date.to_date(new_date)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("The new deadline is no date.")) from error
        problems = self._explain_deadline_refusal(kind)
        if not isinstance(reason, str) or not reason.strip():
            problems.append(self.env._("Please write down the reason."))
        if kind == "extend" and not new_date:
            problems.append(self.env._("Please give the new deadline."))
        elif kind == "extend" and self.date_deadline and new_date <= self.date_deadline:
            problems.append(self.env._("An extension ends after the present deadline."))
        if problems:
            raise UserError("\n".join(problems))
        self.sudo()._move_deadline(kind, reason, new_date, legal_basis)

    def _move_deadline(self, kind, reason, new_date=False, legal_basis=False):
        """Do what :meth:`change_deadline` describes, after its checks."""
        today = fields.Date.context_today(self)
        before = self.date_deadline
        vals = {}
        if kind == "extend":
            vals = {
                "date_deadline": new_date,
                "extension_count": self.extension_count + 1,
            }
        elif kind == "pause":
            vals = {"is_paused": True}
        elif kind == "resume":
            vals = {"is_paused": False, "date_deadline": self._count_resumed(today)}
        elif kind == "restart":
            vals = {"is_paused": False, "clock_start": today}
            if self.time_limit_id:
                limit = self.time_limit_id
                vals["date_deadline"] = limit._count(
                    today, self._get_deadline_company()
                ).deadline
        if not self.date_deadline_original and vals.get("date_deadline"):
            vals["date_deadline_original"] = vals["date_deadline"]
        with permit(self):
            self.with_context(tracking_disable=True).write(vals)
        self._log_deadline(kind, today, {self.id: before}, reason, legal_basis)

    def _count_resumed(self, today):
        """Return the deadline after a pause: the time that stood is added.

        A deadline that its time limit gave is counted anew, the pauses left out; one
        that somebody set or extended moves by the calendar days of the pause.
        """
        pauses = self._get_pauses(until=today)
        if self._is_counted() and "extend" not in self._get_run().mapped("kind"):
            return self._count_limit(pauses).deadline
        return self.date_deadline and (
            self.date_deadline + (pauses[-1].end - pauses[-1].start)
        )

    def _count_limit(self, pauses=()):
        """Count the time limit from the start of the clock."""
        company = self._get_deadline_company()
        return self.time_limit_id._count(self.clock_start, company, pauses)

    def _is_counted(self):
        """Tell whether the time limit gave the deadline, not somebody's hand."""
        given = self._get_run()[:1].deadline_after
        return bool(self.time_limit_id) and given == self._count_limit().deadline

    def _get_run(self):
        """Return the changes since the clock (re)started, that one first."""
        events = self.deadline_event_ids.sorted("id")
        starts = events.filtered(lambda event: event.kind in ("start", "restart"))
        return events.filtered(lambda event: event.id >= starts[-1:].id)

    def _get_pauses(self, until=None):
        """Return the pauses since the clock (re)started, oldest first.

        :param date until: the end given to a pause that is still open
        :rtype: list[Pause]
        """
        pauses = []
        for event in self._get_run():
            if event.kind == "pause":
                pauses.append(
                    Pause(event.date, until, event.reason, event.legal_basis or "")
                )
            elif event.kind == "resume":
                last = pauses.pop()
                pauses.append(Pause(last.start, event.date, last.reason, last.basis))
        return pauses

    def _log_deadline(self, kind, date, before, reason=False, legal_basis=False):
        """Write one line of the record of deadline changes for each record."""
        self.env["office.deadline.event"].sudo().create(
            [
                {
                    "res_model": self._name,
                    "res_id": record.id,
                    "kind": kind,
                    "date": date,
                    "deadline_before": before[record.id],
                    "deadline_after": record.date_deadline,
                    "reason": reason,
                    "legal_basis": legal_basis or record.time_limit_id.legal_basis,
                    "user_id": self.env.uid,
                    "company_id": record._get_deadline_company().id,
                }
                for record in self
            ]
        )
        self.invalidate_recordset(["deadline_event_ids", "deadline_explanation"])

    def action_change_deadline(self):
        """Open the dialog that extends, pauses, resumes or restarts the clock.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_deadline_change_action"
        )
        action["context"] = {
            "default_res_model": self._name,
            "default_res_id": self.id,
        }
        return action

    # 期限依据 -------------------------------------------------------------------------

    def explain_deadline(self):
        """Return how the present deadline came about, line by line.

        The same lines serve staff and citizens: rule, start, each run of days
        skipped or made up, pauses, extensions, result.

        :rtype: list[str]
        """
        self.ensure_one()
        self.check_access("read")
        return self.sudo()._get_explanation_lines()

    def _get_explanation_lines(self):
        if not self.clock_start:
            return [self.env._("The clock has not started.")]
        limit = self.time_limit_id
        events = self.deadline_event_ids.sorted("id")
        lines = [self.env._("Clock started: %s.", self._show_date(self.clock_start))]
        if self._is_counted():
            lines.append(
                self.env._(
                    "Rule: %(rule)s. Basis: %(basis)s.",
                    rule=limit.display_name,
                    basis=limit.legal_basis or self.env._("rule of the house"),
                )
            )
            lines += self._explain_count()
        else:
            lines.append(
                self.env._(
                    "First deadline %(date)s, set by %(who)s.",
                    date=self._show_date(self.date_deadline_original),
                    who=self.deadline_owner_id.name,
                )
            )
        kinds = dict(events._fields["kind"]._description_selection(self.env))
        for event in events.filtered(lambda event: event.kind != "start"):
            lines.append(
                self.env._(
                    "%(date)s %(kind)s (%(who)s): %(reason)s %(basis)s %(before)s → "
                    "%(after)s",
                    date=self._show_date(event.date),
                    kind=kinds[event.kind],
                    who=event.user_id.name,
                    reason=event.reason or "",
                    basis=event.legal_basis or "",
                    before=self._show_date(event.deadline_before),
                    after=self._show_date(event.deadline_after),
                )
            )
        if self.is_paused:
            lines.append(self.env._("The clock stands still until it is resumed."))
        else:
            lines.append(
                self.env._(
                    "Result: %s.",
                    self._show_date(self.date_deadline) or self.env._("none"),
                )
            )
        return lines

    def _explain_count(self):
        """Return the lines on days that were skipped, made up or moved."""
        says = {
            "weekend": self.env._("weekend, not counted"),
            "holiday": self.env._("holiday, not counted"),
            "makeup": self.env._("make-up workday, counted"),
            "paused": self.env._("clock stood still"),
            "rolled": self.env._("last day off, moved to the next working day"),
        }
        lines = []
        for step in self._count_limit(self._get_pauses()).steps:
            if step.kind in says:
                span = self._show_date(step.first)
                if step.last != step.first:
                    span += "–" + self._show_date(step.last)
                extra = " ".join(filter(None, [step.name, step.source]))
                lines.append(f"{span}: {says[step.kind]} {extra}".rstrip())
        return lines

    def _show_date(self, date):
        return format_date(self.env, date) if date else ""

    @api.depends("date_deadline", "clock_start", "is_paused")
    @api.depends_context("lang")
    def _compute_deadline_explanation(self):
        for record in self:
            record.deadline_explanation = Markup("<br/>").join(
                record.sudo()._get_explanation_lines()
            )
