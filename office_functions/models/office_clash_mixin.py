# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from collections import namedtuple
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

Booking = namedtuple("Booking", "key event_id start stop kind thing_id")
"""Somebody or something taken by an event: from ``start`` to ``stop`` (naive UTC);
``key`` says to the caller which of his events it was, ``event_id`` is 0 for a new one."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# The moments between which an event may lie, whatever the time zone. The index of
# calendar_event is on the same words.
EVENT_RANGE = """CASE WHEN {event}allday
    THEN tsrange(LEAST({event}start_date, {event}stop_date) - INTERVAL '1 day',
                 GREATEST({event}start_date, {event}stop_date) + INTERVAL '2 days', '[]')
    ELSE tsrange(LEAST({event}start, {event}stop),
                 GREATEST({event}start, {event}stop), '[]') END"""


class OfficeClashMixin(models.AbstractModel):
    """Shows, while somebody types, whom and what an event takes twice (撞车).

    A leader, a room or a vehicle is taken from the beginning of an event to its end,
    the end not included, so that events may follow each other; a school is called once
    a day. For events, and for meetings that are events.
    """

    _name = "office.clash.mixin"
    _description = "Clash Check"

    clash_alert = fields.Text(
        "Clashes", compute="_compute_clash_alert", help="Who and what is taken twice."
    )

    @api.depends(
        "start",
        "stop",
        "start_date",
        "stop_date",
        "allday",
        "partner_ids",
        "show_as",
        "office_room_id",
        "office_vehicle_ids",
        "office_school_ids",
        "recurrency",
        "rrule_type",
        "interval",
        "count",
        "until",
        "end_type",
    )
    @api.depends_context("uid", "lang", "tz")
    def _compute_clash_alert(self):
        events = list(self)
        bookings = [
            booking
            for key, event in enumerate(events)
            for booking in event._get_bookings(key)
        ]
        found = {}
        for key, kind, thing_id, event_id in self._find_clashes(bookings):
            found.setdefault(key, []).append((kind, thing_id, event_id))
        booked = {booking.key for booking in bookings}
        for key, event in enumerate(events):
            lines = event._describe_clashes(found.get(key, []))
            if key in booked:
                lines += event._describe_rest_days()
            event.clash_alert = "\n".join(lines) or False

    def _get_event_id(self):
        """Return the id of the saved event this is, or 0."""
        return self._origin.id or 0

    # What an event takes --------------------------------------------------------------

    @api.model
    def _get_office_zone(self):
        """Return the time zone of the office, by which its days begin.

        :rtype: str
        """
        return self.env.company.sudo().resource_calendar_id.tz or "UTC"

    @api.model
    def _get_leader_partners(self):
        """Return the partners of all leaders.

        :rtype: res.partner
        """
        group = self.env.ref("office_functions.group_office_leader").sudo()
        return group.all_user_ids.partner_id

    def _get_attending(self):
        """Return who gives the event their time.

        :rtype: res.partner
        """
        return self.partner_ids._origin

    def _get_bookings(self, key):
        """Return what the event takes, for each time it takes place.

        :param int key: what the bookings carry to tell this event from others
        :rtype: list[Booking]
        """
        self.ensure_one()
        busy = self.show_as != "free"
        leaders = self._get_attending() & self._get_leader_partners()
        timed = [("leader", partner_id) for partner_id in leaders.ids if busy]
        timed += [("room", room_id) for room_id in self.office_room_id._origin.ids]
        timed += [("vehicle", car_id) for car_id in self.office_vehicle_ids._origin.ids]
        schools = self.office_school_ids._origin.ids
        if not (timed or schools):
            return []
        event_id = self._get_event_id()
        bookings = []
        for start, stop in self._get_spans():
            bookings += [Booking(key, event_id, start, stop, *take) for take in timed]
            day = self._get_whole_days(start, stop)
            bookings += [Booking(key, event_id, *day, "school", s) for s in schools]
        return bookings

    def _get_spans(self):
        """Return from when to when the event takes place, each time, naive UTC.

        A series that is being typed is counted out; once saved, each of its events
        stands for itself.
        """
        if self.allday:
            first = self.start_date or self.start and self.start.date()
            last = self.stop_date or self.stop and self.stop.date()
            if not (first and last):
                return []
            return [(self._to_utc(first), self._to_utc(last + timedelta(days=1)))]
        if not (self.start and self.stop):
            return []
        if self.recurrency and not self.recurrence_id and self.rrule_type:
            return self._get_series_spans() or [(self.start, self.stop)]
        return [(self.start, self.stop)]

    def _get_series_spans(self):
        """Return the times of a series of events that is not saved yet."""
        names = self.env["calendar.event"]._get_recurrent_fields() - {"rrule"}
        # Protected, since reading one that is not on the form would set all anew.
        recurrent = [self._fields[name] for name in names]
        with self.env.protecting(recurrent, self):
            typed = {name: self[name] for name in names}
        if typed["end_type"] == "end_date" and not typed["until"]:
            return []
        if typed["rrule_type"] == "weekly" and not any(map(typed.get, WEEKDAYS)):
            zone = ZoneInfo(self._get_office_zone())
            first = self.start.replace(tzinfo=UTC).astimezone(zone)
            typed[WEEKDAYS[first.weekday()]] = True
        series = self.env["calendar.recurrence"].new(
            {name: value for name, value in typed.items() if value}
        )
        return sorted(series._get_ranges(self.start, self.stop - self.start))

    @api.model
    def _to_utc(self, day):
        """Return the moment at which a day begins in the office, naive UTC."""
        begin = datetime.combine(day, time(), ZoneInfo(self._get_office_zone()))
        return begin.astimezone(UTC).replace(tzinfo=None)

    @api.model
    def _get_whole_days(self, start, stop):
        """Return from when to when the office's days last that a time touches."""
        zone = ZoneInfo(self._get_office_zone())
        last = max(start, stop - timedelta(microseconds=1))
        first_day, last_day = (
            moment.replace(tzinfo=UTC).astimezone(zone).date()
            for moment in (start, last)
        )
        return self._to_utc(first_day), self._to_utc(last_day + timedelta(days=1))

    # The search -----------------------------------------------------------------------

    @api.model
    def _find_clashes(self, bookings):
        """Find the events that take the same at the same time, in one query.

        :param list[Booking] bookings: what is taken
        :return: ``(key, kind, thing id, event id)`` for each clash
        :rtype: list[tuple]
        """
        if not bookings:
            return []
        self.env["calendar.event"].flush_model()
        self.env["calendar.attendee"].flush_model()
        columns = list(zip(*bookings, strict=True))
        mine = SQL(
            """SELECT * FROM unnest(%s::int[], %s::int[], %s::timestamp[],
                                    %s::timestamp[], %s::text[], %s::int[])
                 AS mine (key, event_id, start, stop, kind, thing_id)""",
            *(list(column) for column in columns),
        )
        # Candidates come from the index on the time of events, the rest is told of the
        # few that are left.
        return self.env.execute_query(
            SQL(
                """SELECT DISTINCT mine.key, mine.kind, mine.thing_id,
                      event.id AS event_id
                 FROM (%(mine)s) mine
                 JOIN calendar_event event
                   ON event.active AND event.id <> mine.event_id
                  AND %(range)s && tsrange(mine.start, mine.stop, '[]')
           CROSS JOIN LATERAL (%(span)s) span
                WHERE (span.start < mine.stop AND mine.start < span.stop
                       OR span.start = mine.start)
                  AND CASE mine.kind
                      WHEN 'leader' THEN event.show_as = 'busy' AND EXISTS (
                          SELECT FROM calendar_attendee attendee
                           WHERE attendee.event_id = event.id
                             AND attendee.partner_id = mine.thing_id
                             AND attendee.state <> 'declined')
                      WHEN 'room' THEN event.office_room_id = mine.thing_id
                      WHEN 'vehicle' THEN EXISTS (
                          SELECT FROM calendar_event_office_vehicle_rel rel
                           WHERE rel.event_id = event.id
                             AND rel.resource_id = mine.thing_id)
                      ELSE EXISTS (
                          SELECT FROM calendar_event_office_school_rel rel
                           WHERE rel.event_id = event.id
                             AND rel.department_id = mine.thing_id)
                      END
             ORDER BY 1, 2, 3, 4""",
                mine=mine,
                range=SQL(EVENT_RANGE.format(event="event.")),
                span=self._get_span_sql("event"),
            )
        )

    @api.model
    def _get_span_sql(self, alias):
        """Return the query of the exact beginning and end of an event, in UTC."""
        zone = self._get_office_zone()
        event = SQL.identifier(alias)
        return SQL(
            """SELECT CASE WHEN %(event)s.allday
                      THEN %(event)s.start_date::timestamp
                           AT TIME ZONE %(zone)s AT TIME ZONE 'UTC'
                      ELSE %(event)s.start END AS start,
                      CASE WHEN %(event)s.allday
                      THEN (%(event)s.stop_date + 1)::timestamp
                           AT TIME ZONE %(zone)s AT TIME ZONE 'UTC'
                      ELSE %(event)s.stop END AS stop""",
            event=event,
            zone=zone,
        )

    # In words -------------------------------------------------------------------------

    def _describe_clashes(self, clashes):
        """Return a line for each clash.

        :param list clashes: ``(kind, thing id, event id)``
        :rtype: list[str]
        """
        events = self.env["calendar.event"].browse({clash[2] for clash in clashes})
        names = {event.id: event._get_clash_name() for event in events.exists()}
        return [
            self.env._(
                "%(what)s is taken already: %(event)s",
                what=self._get_thing_name(kind, thing_id),
                event=names[event_id],
            )
            for kind, thing_id, event_id in clashes
            if event_id in names
        ]

    def _describe_rest_days(self):
        """Return a line when the event begins on a day on which nobody works."""
        zone = ZoneInfo(self._get_office_zone())
        calendar = self.env["office.calendar.day"]._get_work_calendar(self.env.company)
        days = {
            start.replace(tzinfo=UTC).astimezone(zone).date()
            for start, _stop in self._get_spans()
        }
        rest = sorted(day for day in days if not calendar.is_working_day(day))
        return [
            self.env._(
                "No working day: %(days)s",
                days=", ".join(fields.Date.to_string(day) for day in rest),
            )
        ] * bool(rest)

    @api.model
    def _get_thing_name(self, kind, thing_id):
        return self._get_thing_names(kind, [thing_id])[thing_id]

    @api.model
    def _get_thing_names(self, kind, thing_ids):
        """Return what is taken by its id, read at once.

        :param str kind: ``leader``, ``room``, ``vehicle`` or ``school``
        :rtype: dict[int, str]
        """
        model = {"leader": "res.partner", "school": "hr.department"}.get(
            kind, "resource.resource"
        )
        things = self.env[model].sudo().browse(set(thing_ids))
        return {thing.id: thing.name for thing in things}

    def _get_clash_name(self):
        """Return the name, if it may be known, and the time of an event."""
        self.ensure_one()
        when = (
            fields.Date.to_string(self.start_date)
            if self.allday
            else format_datetime(self.env, self.start, dt_format="short")
        )
        return f"“{self.display_name}” ({when})"
