# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

LAW = "info_request_reply"
"""The time limit that stands still by the law's own reasons only."""


class OfficeInfoRequestClock(models.Model):
    """From which day on a clock that stood runs again: never from the day of a click."""

    _inherit = "office.info.request"

    def _explain_deadline_refusal(self, kind):
        """Let nobody stop or restart what the law counts (art. 30, 33)."""
        reasons = super()._explain_deadline_refusal(kind)
        if kind != "extend" and self.sudo().time_limit_id.code == LAW:
            reasons.append(
                self.env._(
                    "This clock stands still while a correction, a fee or opinions are "
                    "awaited, and at no other time (art. 30, 33, 42)."
                )
            )
        return reasons

    # Receipt --------------------------------------------------------------------------

    def _guard_receive(self, row, note):
        reasons = super()._guard_receive(row, note)
        filed = fields.Datetime.context_timestamp(self, self.state_since).date()
        if self.is_filed_online and self.date_received and self.date_received < filed:
            reasons.append(
                self.env._(
                    "It was filed on %(date)s and not received before.",
                    date=fields.Date.to_string(filed),
                )
            )
        return reasons

    @api.model
    def _get_omitted_domain(self):
        """Return what was filed and has waited too long for its confirmation.

        :rtype: Domain
        """
        waiting = self.search([("state", "=", "filed")])
        late = self.env["office.omission"]._filter_late(waiting, "info_request_confirm")
        return Domain("id", "in", late.ids)

    # Correction -----------------------------------------------------------------------

    def _guard_correct(self, row, note):
        """The correction came after it was asked for, and not in the future."""
        day, asked = self.date_corrected, self.date_correction
        if day and (day > fields.Date.context_today(self) or (asked and day < asked)):
            return [
                self.env._(
                    "The correction came between %(date)s and today.",
                    date=fields.Date.to_string(asked),
                )
            ]
        return []

    def _after_correct(self, note):
        """Count anew from the day on which the correction came (art. 30)."""
        for (company, day), records in self.grouped(
            lambda one: (one.company_id, one.date_corrected)
        ).items():
            limit = self.env["office.time.limit"]._get(
                "info_request_correction", company
            )
            records._move_deadline(
                "restart",
                self.env._("The correction has come"),
                legal_basis=limit.legal_basis,
                day=day,
            )

    # Opinions -------------------------------------------------------------------------

    def _get_heard_day(self):
        """Return when the last of those who were asked had answered, or had to.

        :rtype: date
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        asked = self.sudo().opinion_ids.filtered("date_asked")
        days = [
            max(min(one.date_answered or one.date_due, one.date_due), one.date_asked)
            for one in asked
        ]
        return min(max(days, default=today), today)

    def _after_collect(self, note):
        """The days after the last answer, or the end of its time, are counted."""
        for (company, day), records in self.grouped(
            lambda one: (one.company_id, one._get_heard_day())
        ).items():
            limit = self.env["office.time.limit"]._get("info_request_opinion", company)
            records._move_deadline(
                "resume",
                self.env._("The opinions are in, or their time is over"),
                legal_basis=limit.legal_basis,
                day=day,
            )

    @api.model
    def _cron_collect(self):
        """Let the clocks run again whose opinions are in, or whose time is over."""
        for request in self.search([("state", "=", "consulting")], order="id"):
            if not request._explain_waiting():
                request._pass_by_system("collect")
                self.env["ir.cron"]._commit_progress(1)
