# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .office_clash_mixin import EVENT_RANGE

TIME_FIELDS = {"start", "stop", "start_date", "stop_date", "allday"}


class CalendarEvent(models.Model):
    _name = "calendar.event"
    _inherit = ["calendar.event", "office.clash.mixin"]

    office_room_id = fields.Many2one(
        "resource.resource",
        "Room",
        domain="[('office_resource_kind', '=', 'room')]",
        index="btree_not_null",
    )
    office_vehicle_ids = fields.Many2many(
        "resource.resource",
        "calendar_event_office_vehicle_rel",
        "event_id",
        "resource_id",
        "Vehicles",
        domain="[('office_resource_kind', '=', 'vehicle')]",
    )
    office_school_ids = fields.Many2many(
        "hr.department",
        "calendar_event_office_school_rel",
        "event_id",
        "department_id",
        "Schools Called",
        domain="[('unit_kind', '=', 'school')]",
        help="Two events that call the same school on one day clash.",
    )
    office_meeting_ids = fields.One2many("office.meeting", "event_id")

    _office_range_idx = models.Index(
        f"USING gist (({EVENT_RANGE.format(event='')})) WHERE active"
    )

    @api.model
    def _get_public_fields(self):
        # A private event takes its room and vehicles as any other does.
        return super()._get_public_fields() | {
            "clash_alert",
            "office_room_id",
            "office_vehicle_ids",
        }

    # Meetings of the office -----------------------------------------------------------

    def write(self, vals):
        moved = TIME_FIELDS & vals.keys() or vals.get("active") is False
        if moved and self.ids:
            self._check_meetings_open(vals)
        return super().write(vals)

    def _check_meetings_open(self, vals):
        """Refuse to move or archive a meeting past its planning: people know its time.

        :raise UserError: naming the meetings
        """
        free = ("planned", "moved", "cancelled")
        meetings = self.env["office.meeting"].sudo()
        settled = meetings.search(
            Domain("event_id", "in", self.ids) & Domain("state", "not in", free)
        )
        if any(
            self._fields[name].convert_to_cache(value, event, validate=False)
            != event[name]
            for event in settled.event_id
            for name, value in vals.items()
            if name in TIME_FIELDS | {"active"}
        ):
            raise UserError(
                self.env._(
                    "These meetings are settled. Please use “Move” or “Cancel” on the "
                    "form of the meeting: %(names)s.",
                    names=", ".join(settled.mapped("name")),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_meeting(self):
        meetings = self.env["office.meeting"].sudo()
        if meetings.search_count([("event_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("The calendar keeps what is a meeting of the office.")
            )

    # Clashes of what is saved ---------------------------------------------------------

    @api.model
    def _get_pairs_sql(self, date_from, date_to):
        """Return the query of all pairs of events that clash in a period.

        Each pair once, under the event that was entered first.

        :param date date_from: first day
        :param date date_to: last day; ``None``: no end
        :return: query of ``key, kind, thing_id, event_id``; ``key`` is an event too
        :rtype: SQL
        """
        self.env.flush_all()
        return SQL(
            """WITH booking AS MATERIALIZED (%(bookings)s),
                    day AS (SELECT booking.*, generate_series(
                                       date_trunc('day', start), stop, '1 day') AS day
                              FROM booking)
             SELECT DISTINCT mine.event_id AS key, mine.kind, mine.thing_id,
                    other.event_id
               FROM day mine
               JOIN day other USING (kind, thing_id, day)
              WHERE other.event_id > mine.event_id
                AND (other.start < mine.stop AND mine.start < other.stop
                     OR other.start = mine.start)""",
            bookings=self._get_bookings_sql(date_from, date_to),
        )

    @api.model
    def _get_bookings_sql(self, date_from, date_to):
        """Return the query of what events take that begin in a period.

        :return: query of ``event_id, kind, thing_id, start, stop``
        :rtype: SQL
        """
        zone = self._get_office_zone()
        day = SQL("AT TIME ZONE 'UTC' AT TIME ZONE %s", zone)
        utc = SQL("AT TIME ZONE %s AT TIME ZONE 'UTC'", zone)
        begin = self._to_utc(date_from)
        end = date_to and self._to_utc(fields.Date.add(date_to, days=1))
        return SQL(
            """SELECT event.id AS event_id, taken.kind, taken.thing_id,
                      CASE WHEN taken.kind = 'school'
                      THEN date_trunc('day', span.start %(day)s) %(utc)s
                      ELSE span.start END AS start,
                      CASE WHEN taken.kind = 'school'
                      THEN (date_trunc('day', GREATEST(
                                span.start, span.stop - INTERVAL '1 microsecond'
                            ) %(day)s) + INTERVAL '1 day') %(utc)s
                      ELSE span.stop END AS stop
                 FROM calendar_event event
           CROSS JOIN LATERAL (%(span)s) span
           CROSS JOIN LATERAL (
                      SELECT 'leader' AS kind, attendee.partner_id AS thing_id
                        FROM calendar_attendee attendee
                       WHERE attendee.event_id = event.id
                         AND attendee.partner_id IN %(leaders)s
                         AND attendee.state <> 'declined' AND event.show_as = 'busy'
                   UNION ALL
                      SELECT 'room', event.office_room_id
                       WHERE event.office_room_id IS NOT NULL
                   UNION ALL
                      SELECT 'vehicle', rel.resource_id
                        FROM calendar_event_office_vehicle_rel rel
                       WHERE rel.event_id = event.id
                   UNION ALL
                      SELECT 'school', rel.department_id
                        FROM calendar_event_office_school_rel rel
                       WHERE rel.event_id = event.id) taken
                WHERE event.active AND %(range)s && tsrange(%(begin)s, %(end)s)
                  AND span.start >= %(begin)s
                  AND (%(end)s::timestamp IS NULL OR span.start < %(end)s)""",
            day=day,
            utc=utc,
            span=self._get_span_sql("event"),
            leaders=tuple(self._get_leader_partners().ids) or (0,),
            range=SQL(EVENT_RANGE.format(event="event.")),
            begin=begin,
            end=end or None,
        )

    @api.model
    def _get_clashing_domain(self, date_from, date_to):
        """Return the events that clash with another one in a period."""
        pairs = self._get_pairs_sql(date_from, date_to)
        return Domain(
            "id",
            "in",
            SQL(
                """(SELECT unnest(ARRAY[pair.key, pair.event_id])
                      FROM (%s) AS pair)""",
                pairs,
            ),
        )

    @api.model
    def _measure_clashes(self, date_from, date_to):
        """Return the rows of K13 撞车数: pairs of events, each counted once.

        A clash is that of whoever holds the event that was entered later.
        """
        pairs = self._get_pairs_sql(date_from, date_to)
        return self.env.execute_query(
            SQL(
                """SELECT holder.department_id, event.user_id, count(*), 0
                     FROM (SELECT DISTINCT pair.key, pair.event_id
                             FROM (%s) AS pair) AS counted
                     JOIN calendar_event event ON event.id = counted.event_id
        LEFT JOIN LATERAL (
                          SELECT version.department_id
                            FROM hr_employee employee
                            JOIN hr_version version
                                 ON version.id = employee.current_version_id
                           WHERE employee.user_id = event.user_id
                             AND employee.active
                        ORDER BY employee.id LIMIT 1
                          ) holder ON TRUE
                 GROUP BY holder.department_id, event.user_id""",
                pairs,
            )
        )
