# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

import pytz
import vobject

from odoo import models
from odoo.fields import Domain

PAST_DAYS = 30
COMING_DAYS = 365
"""What a phone gets: a window that keeps the file small, no rule of the office."""


class OfficeAgenda(models.Model):
    """The diary as a phone subscribes to it: iCalendar, RFC 5545."""

    _inherit = "office.agenda"

    def _get_feed_events(self):
        """Return what the phone of a leader shows: their diary, with what was dropped,
        and other events that they attend.

        :rtype: calendar.event (superuser)
        """
        today = self.env["calendar.event"]._get_office_today()
        Event = self.env["calendar.event"].sudo().with_context(active_test=False)
        leader = self.sudo().leader_id
        own = Domain("office_leader_id", "=", leader.id) & (
            Domain("active", "=", True) | Domain("office_outcome", "=", "cancelled")
        )
        called = (
            Domain("office_leader_id", "=", False)
            & Domain("partner_ids", "in", leader.partner_id.ids)
            & Domain("active", "=", True)
        )
        return Event.search(
            (own | called)
            & Domain("start", ">=", today - timedelta(days=PAST_DAYS))
            & Domain("start", "<", today + timedelta(days=COMING_DAYS)),
            order="start, id",
        )

    def _write_feed(self):
        """Write the diary of a leader as iCalendar.

        :return: the file, and when something in it last changed
        :rtype: tuple[bytes, datetime]
        """
        self.ensure_one()
        leader = self.sudo().leader_id
        diary = self.with_context(lang=leader.lang, tz=leader.tz).with_company(
            leader.company_id
        )
        events = diary._get_feed_events().with_context(lang=leader.lang, tz=leader.tz)
        calendar = vobject.iCalendar()
        calendar.add("prodid").value = "-//Office Functions//Diary//EN"
        calendar.add("method").value = "PUBLISH"
        calendar.add("calscale").value = "GREGORIAN"
        calendar.add("x-wr-calname").value = diary.env._(
            "Diary of %(leader)s", leader=leader.name
        )
        calendar.add("x-wr-timezone").value = events._get_office_zone()
        for event in events:
            diary._write_item(calendar.add("vevent"), event)
        changed = max(events.mapped("write_date"), default=None)
        return calendar.serialize().encode(), changed

    def _write_item(self, item, event):
        """Fill in one item: when, what, where and with whom; no paper, no note."""

        def utc(moment):
            return pytz.utc.localize(moment.replace(microsecond=0))

        host = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        item.add("uid").value = f"office-agenda-{event.id}@{host}"
        item.add("dtstamp").value = utc(event.write_date)
        item.add("last-modified").value = utc(event.write_date)
        item.add("created").value = utc(event.create_date)
        item.add("sequence").value = str(event.office_revision or 0)
        if event.allday:
            item.add("dtstart").value = event.start_date
            item.add("dtend").value = event.stop_date + timedelta(days=1)
        else:
            item.add("dtstart").value = utc(event.start)
            item.add("dtend").value = utc(event.stop)
        name = event.name
        if event.office_outcome == "delegated":
            name = self.env._(
                "%(name)s (%(who)s stands in)",
                name=name,
                who=event.office_delegate_id.name,
            )
        item.add("summary").value = name
        if place := event._say_place():
            item.add("location").value = place
        if text := self._describe_item(event):
            item.add("description").value = text
        is_dropped = event.office_outcome == "cancelled"
        item.add("status").value = "CANCELLED" if is_dropped else "CONFIRMED"
        is_free = event.show_as == "free" or event.office_outcome == "delegated"
        item.add("transp").value = "TRANSPARENT" if is_free else "OPAQUE"
        if event._is_office_private():
            item.add("class").value = "PRIVATE"

    def _describe_item(self, event):
        """Return who comes along and whether the papers are ready, in words."""
        lines = []
        if event.office_companion_ids:
            lines.append(
                self.env._(
                    "Companions: %(names)s",
                    names="、".join(event.office_companion_ids.mapped("name")),
                )
            )
        if event.office_papers:
            lines.append(
                self.env._("Papers ready: %(count)s", count=event.office_papers)
            )
        return "\n".join(lines)
