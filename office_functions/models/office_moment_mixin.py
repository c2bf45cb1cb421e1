# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_datetime

from ..tools.transition import permit


class OfficeMomentMixin(models.AbstractModel):
    """Something due by the clock, within minutes or hours, not by the day.

    A time limit gives the moment from when the clock was started
    (:meth:`_start_moment`). It is done on entering one of ``_moment_done_states``; what
    is done late needs its reason, on every road. In a state of ``_moment_void_states``
    nothing is due any more.
    """

    _name = "office.moment.mixin"
    _inherit = ["office.workflow.mixin"]
    _description = "Moment Clock"
    _moment_done_states = ()
    _moment_void_states = ()

    moment_start = fields.Datetime("Clock Started At", readonly=True, copy=False)
    moment_limit = fields.Char("Time Limit Code", readonly=True, copy=False)
    moment_due = fields.Datetime(
        "Due At",
        compute="_compute_moment_due",
        store=True,
        precompute=True,
        copy=False,
        help="The moment by which it has to be done.",
    )
    moment_done = fields.Datetime(
        "Done At",
        copy=False,
        help="When it was really done; empty: the moment it is noted here.",
    )
    moment_open = fields.Datetime(
        "Open Until",
        compute="_compute_moment_open",
        store=True,
        precompute=True,
        copy=False,
        help="The moment it is due while it is not done, empty otherwise.",
    )
    is_late = fields.Boolean(
        "Done Late",
        compute="_compute_is_late",
        store=True,
        precompute=True,
        copy=False,
    )
    late_reason = fields.Text("Reason for the Delay", copy=False)
    moment_light = fields.Selection(
        [
            ("red", "Overdue"),
            ("green", "On Schedule"),
            ("late", "Done Late"),
            ("done", "Done in Time"),
        ],
        "Clock",
        compute="_compute_moment_light",
        search="_search_moment_light",
    )

    _moment_open_idx = models.Index("(moment_open, id) WHERE moment_open IS NOT NULL")

    @api.depends("moment_start", "moment_limit")
    def _compute_moment_due(self):
        for record in self:
            record.moment_due = record.moment_start and record._count_moment_due(
                record.moment_limit, record.moment_start
            )

    def _count_moment_due(self, code, start):
        """Return when a limit that begins at a moment runs out, naive UTC."""
        company = self.company_id if "company_id" in self else self.env.company
        company = company or self.env.company
        limit = self.env["office.time.limit"]._get(code, company)
        return limit._get_due(start, company)

    @api.depends("state", "moment_due")
    def _compute_moment_open(self):
        over = (*self._moment_done_states, *self._moment_void_states)
        for record in self:
            record.moment_open = record.state not in over and record.moment_due

    @api.depends("moment_due", "moment_done")
    def _compute_is_late(self):
        for record in self:
            due, done = record.moment_due, record.moment_done
            record.is_late = bool(due and done) and done > due

    @api.depends("state", "moment_due", "moment_done", "is_late")
    def _compute_moment_light(self):
        now = fields.Datetime.now()
        for record in self:
            if record.state in self._moment_done_states:
                record.moment_light = "late" if record.is_late else "done"
            elif record.moment_open:
                record.moment_light = "red" if record.moment_open < now else "green"
            else:
                record.moment_light = False

    def _search_moment_light(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        done = Domain("state", "in", self._moment_done_states)
        lights = {
            "red": Domain("moment_open", "<", now),
            "green": Domain("moment_open", ">=", now),
            "late": done & Domain("is_late", "=", True),
            "done": done & Domain("is_late", "=", False),
            False: ~done & Domain("moment_open", "=", False),
        }
        return Domain.OR(lights[light] for light in value if light in lights)

    def _start_moment(self, code, start=None):
        """Start the clock of a limit; started again, it runs from the new moment.

        :param str code: code of the time limit
        :param datetime start: naive UTC; ``None``: now
        """
        vals = {"moment_start": start or fields.Datetime.now(), "moment_limit": code}
        with permit(self):
            self.with_context(tracking_disable=True).write(vals)

    @api.constrains("moment_done", "late_reason")
    def _check_moment(self):
        now = fields.Datetime.now()
        for record in self.filtered("moment_done"):
            if record.moment_done > now:
                raise ValidationError(
                    self.env._("What was done cannot lie in the future.")
                )
            if record.moment_start and record.moment_done < record.moment_start:
                raise ValidationError(
                    self.env._("It cannot have been done before its clock started.")
                )
            gaps = record._explain_delay(record.moment_done)
            if gaps:
                raise ValidationError("\n".join(gaps))

    def _explain_delay(self, done):
        """Return what is missing if it is done at a moment: the reason, when late."""
        due = self.moment_due
        if not due or done <= due or (self.late_reason or "").strip():
            return []
        return [
            self.env._(
                "It was due at %(due)s and was done at %(done)s: please fill in "
                "“%(field)s”.",
                field=self.fields_get(["late_reason"])["late_reason"]["string"],
                due=format_datetime(self.env, due, dt_format="short"),
                done=format_datetime(self.env, done, dt_format="short"),
            )
        ]

    def _explain_gaps(self, row, note):
        gaps = super()._explain_gaps(row, note)
        if row.target in self._moment_done_states:
            gaps += self._explain_delay(self.moment_done or fields.Datetime.now())
        return gaps

    def _after_transition(self, row, note):
        result = super()._after_transition(row, note)
        if row.target in self._moment_done_states:
            undated = self.filtered(lambda record: not record.moment_done)
            with permit(undated):
                undated.write({"moment_done": fields.Datetime.now()})
        return result

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"moment_start", "moment_limit"}

    @api.model
    def _get_frozen_fields(self):
        over = (*self._moment_done_states, *self._moment_void_states)
        states = self._fields["state"].get_values(self.env)
        running = tuple(state for state in states if state not in over)
        return super()._get_frozen_fields() | dict.fromkeys(
            ("moment_done", "late_reason"), running
        )
