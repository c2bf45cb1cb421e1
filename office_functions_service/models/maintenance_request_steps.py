# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import UTC, timedelta

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition

from .maintenance_request import DONE
from .maintenance_request_rights import DISPATCH

TECHNICIANS = "office_functions.group_office_logistics"


class MaintenanceRequestSteps(models.Model):
    """The steps of a repair, from the report to its acceptance and rating (M11)."""

    _inherit = "maintenance.request"

    @api.model
    def _get_transitions(self):
        return [
            *super()._get_transitions(),
            Transition(
                "accept",
                label=self.env._("Take On the Repair"),
                sources=("submitted",),
                target="accepted",
                by=DISPATCH,
                style="primary",
            ),
            Transition(
                "reject",
                label=self.env._("Do Not Take It On"),
                sources=("submitted",),
                target="rejected",
                by=DISPATCH,
                note=True,
                style="danger",
            ),
            Transition(
                "dispatch",
                label=self.env._("Send the Technician"),
                sources=("accepted", "reopened"),
                target="dispatched",
                by=DISPATCH,
                needs=("handler_id",),
                guard="_guard_technician",
                style="primary",
            ),
            Transition(
                "start",
                label=self.env._("Begin the Repair"),
                sources=("dispatched",),
                target="repairing",
                by=("handler",),
                style="primary",
            ),
            Transition(
                "fix",
                label=self.env._("It Is Repaired"),
                sources=("repairing", "replacing"),
                target="fixed",
                by=("handler",),
                needs=("work_done",),
                guard="_guard_fixed",
                style="primary",
            ),
            Transition(
                "wait",
                label=self.env._("Wait for Parts"),
                sources=("repairing",),
                target="waiting",
                by=("handler", *DISPATCH),
                note=True,
            ),
            Transition(
                "outsource",
                label=self.env._("Send It Out"),
                sources=("repairing", "waiting"),
                target="outsourced",
                by=("handler", *DISPATCH),
                needs=("contractor_id", "date_back_due"),
                guard="_guard_outsourced",
                note=True,
            ),
            Transition(
                "replace",
                label=self.env._("Replace It"),
                sources=("repairing", "waiting", "outsourced"),
                target="replacing",
                by=("handler", *DISPATCH),
                note=True,
            ),
            Transition(
                "resume",
                label=self.env._("Go On with the Repair"),
                sources=("waiting", "outsourced", "replacing"),
                target="repairing",
                by=("handler", *DISPATCH),
                style="primary",
            ),
            Transition(
                "inspect",
                label=self.env._("Accept the Repair"),
                sources=("fixed",),
                target="inspected",
                by=("asker",),
                never=("handler",),
                style="primary",
            ),
            Transition(
                "refuse",
                label=self.env._("It Is Still Broken"),
                sources=("fixed",),
                target="repairing",
                by=("asker",),
                never=("handler",),
                note=True,
                style="danger",
            ),
            Transition(
                "rate",
                label=self.env._("Rate the Repair"),
                sources=("inspected",),
                target="rated",
            ),
            Transition(
                "close",
                label=self.env._("Close the Repair"),
                sources=("inspected", "rated"),
                target="closed",
                by=DISPATCH,
            ),
            Transition(
                "reopen",
                label=self.env._("Broken Again"),
                sources=DONE,
                target="reopened",
                by=("asker",),
                never=("handler",),
                note=True,
                guard="_guard_reopened",
            ),
        ]

    def _relation_asker(self):
        return self.asker_id

    def _explain_closed(self, row):
        if self.is_office_repair:
            return super()._explain_closed(row)
        return [
            self.env._(
                "This is no repair of the office: it goes by the stages of maintenance."
            )
        ]

    # Guards ---------------------------------------------------------------------------

    def _guard_technician(self, row, note):
        handler = self.sudo().handler_id
        problems = self._explain_secrecy()
        if handler and not handler.has_group(TECHNICIANS):
            problems.append(
                self.env._(
                    "%(name)s is no technician: only logistics staff are sent.",
                    name=handler.name,
                )
            )
        return problems

    def _guard_outsourced(self, row, note):
        return self._explain_secrecy(leaves=True)

    def _guard_fixed(self, row, note):
        if self.state == "replacing" and not self.replacement_id:
            return [self.env._("Please fill in which equipment replaces it.")]
        return []

    def _guard_reopened(self, row, note):
        limit = self.env["office.time.limit"]._get("repair_reopen", self.company_id)
        if not self.date_inspected:
            return []
        last = limit._count(self.date_inspected, self.company_id).deadline
        if fields.Date.context_today(self) <= last:
            return []
        return [
            self.env._(
                "It could be reopened until %(date)s. Please report a new repair.",
                date=fields.Date.to_string(last),
            )
        ]

    # Hooks ----------------------------------------------------------------------------

    def _after_accept(self, note):
        self._count_response()

    def _after_reject(self, note):
        self._count_response()

    def _count_response(self):
        for (start, done, _company), some in self.grouped(
            lambda request: (
                request.moment_start,
                request.moment_done,
                request.company_id,
            )
        ).items():
            hours = some[0]._count_work_hours(start, done)
            some._set_facts(response_hours=hours)

    def _after_wait(self, note):
        self._set_facts(hold_reason=note)

    def _after_replace(self, note):
        self._set_facts(hold_reason=note)

    def _after_outsource(self, note):
        self._set_facts(hold_reason=note)
        unsent = self.filtered(lambda request: not request.date_sent)
        unsent._set_facts(date_sent=fields.Date.context_today(self))

    def _after_resume(self, note):
        self._set_facts(hold_reason=False)

    def _after_fix(self, note):
        now = fields.Datetime.now()
        for request in self:
            request._set_facts(
                hold_reason=False,
                date_fixed=now,
                repair_hours=request._count_work_hours(request.moment_start, now),
            )
        self.equipment_id._propose_replacements()

    def _after_inspect(self, note):
        self._set_facts(date_inspected=fields.Date.context_today(self))

    def _after_reopen(self, note):
        for count, some in self.grouped("reopen_count").items():
            some._set_facts(reopen_count=count + 1)
        self._move_deadline("restart", note)

    def _count_work_hours(self, start, end):
        """Return how many hours were worked between two moments.

        :param datetime start: naive UTC
        :param datetime end: naive UTC
        :rtype: float
        """
        if not start or not end or end <= start:
            return 0.0
        CalendarDay = self.env["office.calendar.day"]
        calendar = CalendarDay._get_work_calendar(self.company_id)
        zone = self._get_repair_zone()
        start = start.replace(tzinfo=UTC).astimezone(zone)
        end = end.replace(tzinfo=UTC).astimezone(zone)
        hours = 0.0
        for nth in range((end.date() - start.date()).days + 1):
            day = start.date() + timedelta(days=nth)
            first = _clock(start) if day == start.date() else 0.0
            last = _clock(end) if day == end.date() else 24.0
            hours += sum(
                max(0.0, min(last, upper) - max(first, lower))
                for lower, upper in calendar.hours_of(day)
            )
        return hours

    def _get_repair_zone(self):
        """Return the time zone in which this repair's company works.

        :rtype: ZoneInfo
        """
        company = self.company_id[:1] or self.env.company
        return self.env["office.calendar.day"]._get_zone(company)


def _clock(moment):
    return moment.hour + moment.minute / 60 + moment.second / 3600
