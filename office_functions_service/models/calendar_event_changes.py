# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL

from .calendar_event_agenda import TIMES

WATCHED = TIMES | {"location", "office_room_id"}


class CalendarEvent(models.Model):
    """Who has to do with an item of a diary hears of its new time or place, once.

    The request only counts the change; a job tells, so that many are told in no
    request and several changes in a row are told together.
    """

    _inherit = "calendar.event"

    office_revision = fields.Integer(
        "Changes of Time or Place", default=0, readonly=True, copy=False
    )
    office_told_revision = fields.Integer(
        "Changes Told", default=0, readonly=True, copy=False
    )

    _office_untold_idx = models.Index(
        "(id) WHERE office_leader_id IS NOT NULL "
        "AND office_revision > office_told_revision"
    )

    def _get_office_whereabouts(self):
        """Return event id → time and place.

        :rtype: dict
        """
        return {
            event.id: tuple(event[name] for name in sorted(WATCHED - {"duration"}))
            for event in self
        }

    def _write_office_item(self, vals):
        if not WATCHED & vals.keys():
            return super()._write_office_item(vals)
        before = self._get_office_whereabouts()
        # Odoo would send a mail to each attendee in this request.
        quiet = self.with_context(skip_attendee_notification=True)
        done = super(CalendarEvent, quiet)._write_office_item(vals)
        after = self.exists()._get_office_whereabouts()
        changed = self.browse(
            [event_id for event_id, now in after.items() if now != before[event_id]]
        )
        if changed:
            changed._tell_office_change()
            changed.office_material_ids._forget_alarm()
        return done

    def _tell_office_change(self):
        """Have the job tell that these items changed."""
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                """UPDATE calendar_event
                      SET office_revision = COALESCE(office_revision, 0) + 1,
                          date_office_set = %s
                    WHERE id IN %s RETURNING id""",
                fields.Datetime.now(),
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["office_revision", "date_office_set"])
        cron = "office_functions_service.ir_cron_agenda_changes"
        self.env.ref(cron).sudo()._trigger()

    @api.model
    def _tell_office_changes(self, limit=100):
        """Tell of the items that changed: attendees, companions, who prepares papers,
        and secretaries; the mails go out by the queue.

        What was told is marked in the same transaction, and two hosts take different
        rows.

        :param int limit: how many items
        :return: how many were told of
        :rtype: int
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM calendar_event
                    WHERE office_leader_id IS NOT NULL
                      AND office_revision > office_told_revision
                 ORDER BY id LIMIT %s
                      FOR NO KEY UPDATE SKIP LOCKED""",
                limit,
            )
        )
        events = self.sudo().browse(row[0] for row in rows)
        secretaries = events._get_office_secretaries()
        now = fields.Datetime.now()
        for event in events:
            if event.stop > now:
                event._tell_office_people(secretaries[event])
        if events:
            self.env.execute_query(
                SQL(
                    """UPDATE calendar_event SET office_told_revision = office_revision
                        WHERE id IN %s RETURNING id""",
                    tuple(events.ids),
                )
            )
            events.invalidate_recordset(["office_told_revision"])
        return len(events)

    def _tell_office_people(self, secretaries):
        """Tell everybody of one item where and when it is now."""
        seats = self.attendee_ids.filtered(lambda seat: seat.state != "declined")
        people = (
            seats.partner_id
            | self.office_companion_ids.partner_id
            | secretaries.partner_id
        )
        self._send_office_change(people, self.name)
        owners = self.office_material_ids.owner_id.partner_id - people
        is_private = self._is_office_private()
        self._send_office_change(owners, None if is_private else self.name)

    def _send_office_change(self, partners, name):
        """Send the message of the change.

        :param res.partner partners: to whom
        :param str name: what it is; ``None`` for whom it is 公务
        """
        for lang, group in partners.grouped("lang").items():
            spoken = self.with_context(lang=lang)
            title = name or spoken.env._("Official Business")
            leader = spoken.office_leader_id.name
            if self.office_outcome == "cancelled":
                subject = spoken.env._("Called off: “%(name)s”", name=title)
                body = spoken.env._(
                    "“%(name)s” of %(leader)s (%(when)s) does not take place.",
                    name=title,
                    leader=leader,
                    when=spoken._say_when(),
                )
            else:
                subject = spoken.env._("New time or place: “%(name)s”", name=title)
                body = spoken.env._(
                    "“%(name)s” of %(leader)s is now: %(when)s. Place: %(place)s",
                    name=title,
                    leader=leader,
                    when=spoken._say_when(),
                    place=(name and spoken._say_place()) or "—",
                )
            self.env["mail.thread"].sudo().message_notify(
                partner_ids=group.ids, subject=subject, body=body, force_send=False
            )

    @api.model
    def _cron_tell_changes(self):
        """Tell of all changes, in batches that may be interrupted."""
        told = True
        while told:
            told = self._tell_office_changes()
            self.env["ir.cron"]._commit_progress(told)

    # Secretaries ----------------------------------------------------------------------

    def _get_office_secretaries(self):
        """Return event → the secretaries who are reminded of it: those named in the
        diary, or else whoever entered the item.

        :rtype: dict
        """
        diaries = (
            self.env["office.agenda"]
            .sudo()
            .search([("leader_id", "in", self.office_leader_id.ids)])
        )
        named = {diary.leader_id: diary.secretary_ids for diary in diaries}
        nobody = self.env["res.users"].sudo()
        return {
            event: (
                (named.get(event.office_leader_id) or event.user_id or nobody).filtered(
                    lambda user: user.active and not user.share
                )
                - event.office_leader_id
            )
            for event in self.sudo()
        }

    def _list_items(self):
        """Return these items as lines of a message: time, name, place, papers.

        :rtype: Markup
        """
        lines = Markup().join(
            Markup("<li>%s</li>")
            % " · ".join(
                filter(
                    None,
                    (
                        event._say_when(),
                        event.name,
                        event._say_place(),
                        event.office_papers
                        and self.env._(
                            "papers ready %(count)s", count=event.office_papers
                        ),
                    ),
                )
            )
            for event in self.sorted("start")
        )
        return Markup("<ul>%s</ul>") % lines
