# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain


class OfficePetition(models.Model):
    """The dates of a petition that stand whatever is taken back or filled in later."""

    _inherit = "office.petition"

    # Corrected and accepted again, it was accepted on the first day all the same.
    date_accepted_first = fields.Date("First Accepted On", readonly=True, copy=False)
    notice_overdue = fields.Boolean(
        "Withdrawn After Notice Was Due", readonly=True, copy=False
    )
    reply_overdue = fields.Boolean(
        "Ended After Reply Was Due", readonly=True, copy=False
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "date_accepted_first",
            "notice_overdue",
            "reply_overdue",
        }

    def write(self, vals):
        """Keep the dates that depend on how it came in and is judged."""
        result = super().write(vals)
        if "source_organ" in vals:
            self.filtered("source_organ")._set_objection_due()
            self.filtered(
                lambda record: record.date_objection_due and not record.source_organ
            )._set(date_objection_due=False)
        if "is_simple" in vals:
            self.filtered(lambda record: record.state == "judged")._set_accept_due()
        return result

    def _group_by_receipt(self):
        return self.grouped(
            lambda record: (record.company_id, record.date_received)
        ).items()

    def _set_objection_due(self):
        """Count from receipt by when we object to who sent it (第23条第3款)."""
        for (company, day), petitions in self._group_by_receipt():
            due = self._count_petition("petition_objection", day, company)
            petitions._set(date_objection_due=due)

    def _set_accept_due(self):
        """Give what is to be handled simply its early date of acceptance."""
        simple = self.filtered("is_simple")
        (self - simple).filtered("date_accept_due")._set(date_accept_due=False)
        for (company, day), petitions in simple._group_by_receipt():
            due = self._count_petition("petition_simple_accept", day, company)
            petitions._set(date_accept_due=due)

    @api.model
    def _get_simple_waiting_domain(self):
        """Return what should have been accepted for simple handling by now.

        Not those that are kept from anybody: an omission is read by many.

        :rtype: Domain
        """
        today = fields.Date.context_today(self)
        waiting = (
            Domain("state", "=", "judged")
            & Domain("date_accept_due", "<", today)
            & Domain("is_report", "=", False)
        )
        known = (
            self.sudo()
            .search(waiting)
            .filtered(lambda record: not record.office_accused)
        )
        return Domain("id", "in", known.ids)

    def _after_withdraw(self, note):
        self._note_overdue()

    def _after_mediate(self, note):
        self._note_overdue()

    def _note_overdue(self):
        """Keep what was overdue when it ended without decision or reply."""
        today = fields.Date.context_today(self)
        for record in self:
            notice, reply = record.date_notice_due, record.date_reply_due
            record._set(
                notice_overdue=bool(
                    notice and notice < today and not record.date_notice_met
                ),
                reply_overdue=bool(
                    record.date_accepted
                    and reply
                    and reply < today
                    and not record.date_replied
                ),
            )

    def _accept_on_first_day(self):
        """Put down the day of acceptance; that of a decision corrected since stays."""
        fresh = self.filtered(lambda record: not record.date_accepted_first)
        fresh._set(date_accepted_first=fields.Date.context_today(self))
        for day, petitions in self.grouped("date_accepted_first").items():
            petitions._set(date_accepted=day)
