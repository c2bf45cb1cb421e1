# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date

from ..tools.working_time import coverage_gap


class OfficeDeadlineExplanation(models.AbstractModel):
    """期限依据: how a date came about, the same text for staff and citizens."""

    _inherit = "office.deadline.mixin"

    deadline_explanation = fields.Html(
        "Explanation of the Deadline", compute="_compute_deadline_explanation"
    )

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
                    who=event._describe_actor(),
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
        return lines + self._explain_missing_holidays()

    def _explain_missing_holidays(self):
        """Return a warning for years whose holidays nobody has imported yet."""
        if not self.date_deadline or self.time_limit_id.unit == "hours":
            return []
        calendar = self.env["office.calendar.day"]._get_work_calendar(
            self._get_deadline_company()
        )
        years = coverage_gap(self.clock_start, self.date_deadline, calendar)
        if not years:
            return []
        return [
            self.env._(
                "The holidays of %(years)s are not recorded yet: only weekends were "
                "left out there.",
                years=", ".join(str(year) for year in years),
            )
        ]

    def _show_date(self, date):
        return format_date(self.env, date) if date else ""

    @api.depends("date_deadline", "clock_start", "is_paused")
    @api.depends_context("lang")
    def _compute_deadline_explanation(self):
        for record in self:
            record.deadline_explanation = Markup("<br/>").join(
                record.sudo()._get_explanation_lines()
            )
