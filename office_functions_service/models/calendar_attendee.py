# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain


class CalendarAttendee(models.Model):
    """Who attends an item of a diary is known to whom the item is known."""

    _inherit = "calendar.attendee"

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the places that the current user may see or change.

        Whoever is added to an item gets its mails: so only who keeps the diary adds.

        :param str operation: ``read``, ``write``, ``create`` or ``unlink``
        :rtype: Domain
        """
        user = self.env.user
        Event = self.env["calendar.event"]
        if operation == "read":
            return Domain("event_id", "any!", Event._get_office_open_domain())
        keeps = Domain("event_id.office_leader_id", "=", False) | Domain(
            "event_id.office_leader_id", "in", user._get_kept_leader_ids()
        )
        if operation == "create":
            return keeps
        return keeps | Domain("partner_id", "=", user.partner_id.id)

    def write(self, vals):
        done = super().write(vals)
        if {"event_id", "partner_id"} & vals.keys():
            self.check_access("create")
        return done
