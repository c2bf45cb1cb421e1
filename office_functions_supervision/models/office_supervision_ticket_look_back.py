# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import Transition, permit

LOOK_BACK_ACTIVITY = "office_functions_supervision.mail_activity_look_back"
REOPENED = (
    "assigned",
    "accepted",
    "handling",
    "feedback",
    "verifying",
    "completed",
    "suspended",
)


class OfficeSupervisionTicket(models.Model):
    """When a ticket that was struck off is to be looked at again (回头看, M4)."""

    _inherit = "office.supervision.ticket"

    date_look_back = fields.Date(
        "Look Back From",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="From this day on somebody who did not do the work checks that the result "
        "still holds. Empty when that was done.",
    )
    is_look_back_told = fields.Boolean(
        "Reminded of the Look-back", readonly=True, copy=False
    )

    @api.model
    def _get_transitions(self):
        return [
            *super()._get_transitions(),
            Transition(
                "restore",
                label=self.env._("Look-back Annulled"),
                sources=REOPENED,
                target="closed",
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_look_back", "is_look_back_told"}

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        if row.name == "restore":
            vals["date_closed"] = fields.Date.context_today(self)
        return vals

    def _set_look_back(self, date):
        """Set from which day on these tickets are to be looked back at.

        :param date date: ``False``: not at all
        """
        with permit(self):
            self.with_context(tracking_disable=True).write(
                {"date_look_back": date, "is_look_back_told": False}
            )

    def _after_close(self, note):
        result = super()._after_close(note)
        today = fields.Date.context_today(self)
        for company, tickets in self.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get("supervision_look_back", company)
            tickets._set_look_back(limit._count(today, company).deadline)
        return result

    def _after_reopen(self, note):
        result = super()._after_reopen(note)
        self._end_look_back()
        return result

    def _end_look_back(self):
        """Take these tickets off the list of those to be looked back at."""
        told = self.filtered("is_look_back_told")
        self._set_look_back(False)
        told.activity_unlink([LOOK_BACK_ACTIVITY])

    def _tell_leader_of_reopening(self, look):
        """Tell the authorising leader that a result did not hold.

        :param look: the look-back
        """
        spoken = self.with_context(lang=self.leader_id.lang)
        spoken.message_notify(
            partner_ids=self.leader_id.partner_id.ids,
            subject=spoken.env._("Reopened after the look-back: %s", self.display_name),
            body=look.findings,
            force_send=False,
        )

    def action_record_look_back(self):
        """Open the dialog in which a look-back is recorded and concluded.

        :rtype: dict
        """
        self.ensure_one()
        return self._get_dialog_action(
            "office.supervision.verification",
            self.env._("Look-back"),
            default_kind="look_back",
        )

    # Due ------------------------------------------------------------------------------

    @api.model
    def _get_look_back_due_domain(self):
        """Return the tickets that are to be looked back at by now.

        :rtype: Domain
        """
        return Domain("date_look_back", "<=", fields.Date.context_today(self))

    @api.model
    def _get_look_back_omitted_domain(self):
        """Return the tickets that nobody looked back at within the time set for it."""
        due = self.search(self._get_look_back_due_domain())
        today = fields.Date.context_today(self)
        late = self.browse()
        for company, tickets in due.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get(
                "supervision_look_back_late", company
            )
            late |= tickets.filtered(
                lambda ticket, c=company, lim=limit: (
                    lim._count(ticket.date_look_back, c).deadline < today
                )
            )
        return Domain("id", "in", late.ids)

    @api.model
    def _cron_remind_look_back(self, limit=500):
        """Remind the supervisors of what is to be looked back at, each once.

        What was told is marked in the same transaction; two hosts take different rows.
        """
        domain = self._get_look_back_due_domain() & Domain(
            "is_look_back_told", "=", False
        )
        while tickets := self.search(domain, limit=limit).try_lock_for_update():
            with permit(tickets):
                tickets.with_context(tracking_disable=True).is_look_back_told = True
            for supervisor, theirs in tickets.grouped("supervisor_id").items():
                theirs._remind_of_look_back(supervisor)
            self.env["ir.cron"]._commit_progress(len(tickets))

    def _remind_of_look_back(self, supervisor):
        """Put the look-backs on a supervisor's list of activities.

        :param res.users supervisor: nobody where the ticket has none any more
        """
        if supervisor:
            spoken = self.with_context(lang=supervisor.lang)
            spoken.activity_schedule(
                LOOK_BACK_ACTIVITY,
                user_id=supervisor.id,
                summary=spoken.env._("Look back: does the result still hold?"),
            )
