# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.office_functions.tools.transition import permit


class CalendarEvent(models.Model):
    """What became of an item of a diary: attended, delegated, called off, or missed."""

    _inherit = "calendar.event"

    # What became of it ----------------------------------------------------------------

    def mark_attended(self):
        """Say that the leader attended.

        :raise AccessError: for whoever does not keep the diary
        :raise UserError: with all that stands against it
        """
        early = self.filtered(lambda event: not event._is_office_begun())
        self._check_office_mark(
            [
                self.env._("“%(name)s” has not begun yet.", name=event.name)
                for event in early
            ]
        )
        self._mark_office("attended")

    def delegate_to(self, user, note=""):
        """Let somebody attend in the leader's place, who is invited at once.

        :param user: ``res.users``, or its id
        :param str note: what they are to know
        :raise AccessError: for whoever does not keep the diary
        :raise UserError: with all that stands against it
        """
        if not isinstance(user, models.BaseModel):
            user = self.env["res.users"].browse(user)
        user = user.exists()
        problems = []
        if not (user and user.active and user.sudo()._is_internal()):
            problems.append(self.env._("Please choose a colleague who stands in."))
        elif user in self.office_leader_id:
            problems.append(self.env._("Nobody stands in for themselves."))
        self._check_office_mark(problems)
        partner = user.partner_id
        for event in self:
            event._mark_office(
                "delegated",
                note,
                office_delegate_id=user.id,
                **(
                    {}
                    if partner in event.partner_ids
                    else {"partner_ids": [Command.link(partner.id)]}
                ),
            )
        self._get_office_seats().write({"state": "declined"})

    def call_off(self, note=""):
        """Say that it does not take place: time, room and reminders are free again.

        :param str note: why
        :raise AccessError: for whoever does not keep the diary
        :raise UserError: with all that stands against it
        """
        meetings = self.sudo().office_meeting_ids
        self._check_office_mark(
            [
                self.env._(
                    "“%(name)s” is a meeting: please cancel it on its own form.",
                    name=meeting.name,
                )
                for meeting in meetings
            ]
        )
        self._mark_office("cancelled", note, active=False)
        self._tell_office_change()

    def take_mark_back(self):
        """Take back what was said to have become of these items.

        :raise AccessError: for whoever does not keep the diary
        """
        self._check_office_keeper()
        self.lock_for_update()
        self._get_office_seats().write({"state": "accepted"})
        self._mark_office(
            "open",
            active=True,
            office_delegate_id=False,
            office_outcome_user_id=False,
            date_office_outcome=False,
        )

    def _get_office_seats(self):
        """Return the leaders' own places among the attendees."""
        return self.sudo().attendee_ids.filtered(
            lambda seat: seat.partner_id == seat.event_id.office_leader_id.partner_id
        )

    def _check_office_mark(self, problems):
        """Raise all reasons at once why these items may not be marked now.

        :param list problems: reasons that are known already
        """
        self._check_office_keeper()
        self.lock_for_update()
        problems = [
            *problems,
            *(
                self.env._(
                    "“%(name)s” is in no leader's diary.", name=event.display_name
                )
                for event in self
                if not event.office_leader_id
            ),
            *(
                self.env._("“%(name)s” is marked already.", name=event.display_name)
                for event in self
                if event.office_outcome != "open"
            ),
        ]
        if problems:
            raise UserError("\n".join(problems))

    def _mark_office(self, outcome, note="", **vals):
        """Write what became of these items, and why."""
        with permit(self):
            self.write(
                {
                    "office_outcome": outcome,
                    "office_outcome_user_id": self.env.uid,
                    "date_office_outcome": fields.Datetime.now(),
                    **vals,
                }
            )
        for event in self if note else []:
            event.message_post(body=note)

    # Indicators -----------------------------------------------------------------------

    @api.model
    def _get_diary_domain(self, date_from, date_to):
        """Return the items of diaries that begin in a period, dropped ones left out."""
        return (
            Domain("office_leader_id", "!=", False)
            & Domain("office_outcome", "!=", "cancelled")
            & Domain("start", ">=", self._to_utc(date_from))
            & Domain("start", "<", self._to_utc(date_to + timedelta(days=1)))
        )

    @api.model
    def _get_missed_domain(self, date_from, date_to):
        """Return the items of a period that nobody marked before their day ended."""
        return self._get_diary_domain(date_from, date_to) & self._get_unmarked_domain()

    @api.model
    def _measure_missed(self, date_from, date_to):
        """Return the rows of K21 事项遗漏: what is over and not marked."""
        return self._add_units(
            (leader.id, number, 0)
            for leader, number in self._read_group(
                self._get_missed_domain(date_from, date_to),
                ["office_leader_id"],
                ["__count"],
            )
        )

    @api.model
    def _add_units(self, rows):
        """Return the rows of an indicator with the unit of each person.

        :param rows: ``(user id, numerator, denominator)``
        :rtype: list[tuple]
        """
        rows = list(rows)
        users = self.env["res.users"].sudo().browse(row[0] for row in rows)
        units = {user.id: user.employee_ids[:1].department_id.id for user in users}
        return [(units[row[0]] or None, *row) for row in rows]
