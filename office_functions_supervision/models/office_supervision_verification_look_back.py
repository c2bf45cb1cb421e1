# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import permit

KEPT = ("date_deadline", "date_done", "date_reported", "clock_start")


class OfficeSupervisionVerification(models.Model):
    """The look-back (回头看): a verification some time after the striking off.

    What does not hold any more is reopened on the directive that the ticket stands on
    (M4), with a rectification and its date; the authorising leader is told.
    """

    _inherit = "office.supervision.verification"

    kind = fields.Selection(
        [("check", "Verification"), ("look_back", "Look-back")],
        "Verification or Look-back",
        required=True,
        default="check",
    )

    dates_before = fields.Json(
        "Dates before It",
        readonly=True,
        copy=False,
        help="The dates of ticket and directive, should it be annulled.",
    )

    _look_back_idx = models.Index(
        "(date) WHERE kind = 'look_back' AND state = 'concluded'"
    )

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {"kind": ("draft",)}

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"dates_before"}

    def _guard_conclude(self, row, note):
        return super()._guard_conclude(row, note) + self._explain_early()

    def _explain_early(self):
        """Return why a result cannot be said to hold yet.

        :rtype: list[str]
        """
        begin = self.ticket_id.date_look_back
        if self.kind != "look_back" or self.result != "pass":
            return []
        if not begin or self.date >= begin:
            return []
        return [
            self.env._(
                "The look-back begins on %(date)s; before that day only what does not "
                "hold is put on record.",
                date=begin,
            )
        ]

    def _get_first_date(self):
        if self.kind == "look_back":
            return self.ticket_id.date_closed
        return super()._get_first_date()

    def _explain_ticket_state(self):
        if self.kind != "look_back":
            return super()._explain_ticket_state()
        if self.ticket_id.state != "closed":
            return [self.env._("Only what was struck off is looked back at.")]
        return []

    def _after_conclude(self, note):
        looks = self.filtered(lambda verification: verification.kind == "look_back")
        result = super(OfficeSupervisionVerification, self - looks)._after_conclude(
            note
        )
        looks._conclude_look_back()
        return result

    def _conclude_look_back(self):
        """Note that the tickets hold, or reopen them."""
        self._keep_conclusion_makers()
        self._keep_dates()
        self.ticket_id._end_look_back()
        for look in self.filtered(lambda look: look.result == "fail"):
            ticket = look.ticket_id
            ticket._keep_first_done()
            ticket._pass_by_system("reopen", look.findings)
            ticket._restart_until(look.date_rectification, look.rectification)
            look._open_rectification()
            ticket._tell_leader_of_reopening(look)

    # Annulled -------------------------------------------------------------------------

    def _keep_dates(self):
        """Keep the dates that a look-back changes."""
        for look in self:
            ticket = look.ticket_id
            names = (*KEPT, "date_closed", "date_look_back")
            kept = {
                "ticket": ticket._read_dates(names),
                "directive": ticket.directive_id._read_dates(KEPT),
            }
            with permit(look):
                look.with_context(tracking_disable=True).dates_before = kept

    def _undo_conclusions(self, note):
        looks = self.filtered(lambda one: one.kind == "look_back")
        checks = self - looks
        result = super(OfficeSupervisionVerification, checks)._undo_conclusions(note)
        for look in looks:
            look._undo_look_back(note)
        return result

    def _undo_look_back(self, note):
        """Leave the ticket struck off, and to be looked back at, as it was."""
        ticket, kept = self.ticket_id, self.dates_before or {}
        directive = ticket.directive_id
        self._get_opened_rectifications()._pass_by_system("cancel", note)
        ticket._pass_by_system("restore", note)
        ticket._set_dates_back(kept.get("ticket"), note)
        before = kept.get("directive") or {}
        if before.get("date_done"):
            directive._pass_by_system("confirm_by_ticket", note)
            directive._set_dates_back(before, note)
