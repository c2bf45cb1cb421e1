# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

DAY = 86400


class OfficeAgendaReminder(models.Model):
    """A reminder of a diary item that was sent: when it was due, and when it went."""

    _name = "office.agenda.reminder"
    _description = "Reminder Sent"
    _order = "date_due desc, id"
    _log_access = False

    event_id = fields.Many2one(
        "calendar.event", "Diary Item", required=True, readonly=True, ondelete="cascade"
    )
    alarm_id = fields.Many2one(
        "calendar.alarm", "Reminder", required=True, readonly=True, ondelete="cascade"
    )
    date_due = fields.Datetime("To Be Sent At", required=True, readonly=True)
    date_sent = fields.Datetime("Went Out At", required=True, readonly=True)

    _once_uniq = models.UniqueIndex("(event_id, alarm_id, date_due)")

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the reminders of the diaries that the current user keeps.

        :rtype: Domain
        """
        return Domain(
            "event_id.office_leader_id", "in", self.env.user._get_kept_leader_ids()
        )

    @api.model
    def _put_on_record(self, events_by_alarm):
        """Note that reminders went out now, in one statement.

        :param dict events_by_alarm: alarm id → ids of events
        """
        pairs = [(a, e) for a, ids in events_by_alarm.items() for e in ids]
        if not pairs:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO office_agenda_reminder
                          (event_id, alarm_id, date_due, date_sent)
                   SELECT event.id, alarm.id,
                          event.office_moment
                          - alarm.duration_minutes * INTERVAL '1 minute',
                          %s
                     FROM unnest(%s, %s) AS sent(alarm_id, event_id)
                     JOIN calendar_event event ON event.id = sent.event_id
                     JOIN calendar_alarm alarm ON alarm.id = sent.alarm_id
                    WHERE event.office_leader_id IS NOT NULL
                       ON CONFLICT DO NOTHING""",
                fields.Datetime.now(),
                [alarm for alarm, _event in pairs],
                [event for _alarm, event in pairs],
            )
        )


class CalendarAlarmManager(models.AbstractModel):
    """The secretary is reminded with the leader, though no attendee of the item."""

    _inherit = "calendar.alarm_manager"

    # A whole day begins with the leader's working day, not at 08:00 in Greenwich.

    @api.model
    def _get_notify_alert_extra_conditions(self):
        conditions = super()._get_notify_alert_extra_conditions()
        if self.env.context.get("office_whole_days"):
            return conditions
        return SQL(
            """%s AND NOT (event.office_leader_id IS NOT NULL AND event.allday)""",
            conditions,
        )

    @api.model
    def _get_events_by_alarm_to_notify(self, alarm_type):
        events_by_alarm = super()._get_events_by_alarm_to_notify(alarm_type)
        last = self.env.context.get("lastcall") or (
            fields.Date.today() - timedelta(weeks=1)
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT alarm.id, event.id
                     FROM calendar_event event
                     JOIN calendar_alarm_calendar_event_rel rel
                       ON rel.calendar_event_id = event.id
                     JOIN calendar_alarm alarm ON alarm.id = rel.calendar_alarm_id
                    WHERE alarm.alarm_type = %(kind)s AND event.active
                      AND event.office_leader_id IS NOT NULL AND event.allday
                      AND event.office_moment
                          - alarm.duration_minutes * INTERVAL '1 minute' >= %(last)s
                      AND event.office_moment
                          - alarm.duration_minutes * INTERVAL '1 minute' < %(now)s
                          %(extra)s""",
                kind=alarm_type,
                last=last,
                now=fields.Datetime.now(),
                extra=self.with_context(
                    office_whole_days=True
                )._get_notify_alert_extra_conditions(),
            )
        )
        for alarm_id, event_id in rows:
            events_by_alarm.setdefault(alarm_id, []).append(event_id)
        return events_by_alarm

    def do_check_alarm_for_one_date(self, one_date, event, *args, **kwargs):
        if event.office_leader_id and event.allday:
            one_date = event.sudo().office_moment
        return super().do_check_alarm_for_one_date(one_date, event, *args, **kwargs)

    @api.model
    def _send_reminder(self):
        due = self._get_events_by_alarm_to_notify("email")
        result = super()._send_reminder()
        self.env["office.agenda.reminder"].sudo()._put_on_record(due)
        self._remind_secretaries(due)
        return result

    @api.model
    def _remind_secretaries(self, events_by_alarm):
        """Send each secretary one message of all items that are due.

        :param dict events_by_alarm: alarm id → ids of events
        """
        ids = {event_id for ids in events_by_alarm.values() for event_id in ids}
        events = (
            self.env["calendar.event"]
            .sudo()
            .search(
                Domain("id", "in", ids)
                & Domain("office_leader_id", "!=", False)
                & Domain("office_outcome", "=", "open")
                & Domain("stop", ">", fields.Datetime.now())
            )
        )
        waiting = {}
        for event, users in events._get_office_secretaries().items():
            for user in users:
                # Who attends is reminded by Odoo.
                if user.partner_id not in event.partner_ids:
                    waiting.setdefault(user, events.browse())
                    waiting[user] |= event
        for user, items in waiting.items():
            spoken = items.with_context(lang=user.lang, tz=user.tz)
            self.env["mail.thread"].sudo().message_notify(
                partner_ids=user.partner_id.ids,
                subject=spoken.env._(
                    "Diary: %(count)s items come up", count=len(items)
                ),
                body=spoken._list_items(),
                force_send=False,
            )

    def do_notif_reminder(self, alert):
        notif = super().do_notif_reminder(alert)
        event = self.env["calendar.event"].browse(alert["event_id"])
        if notif and event.office_leader_id:
            said = notif["message"].replace(event.display_time, event.office_when)
            notif["message"] = said
        return notif

    @api.model
    def get_next_notif(self):
        """Add the items of the leaders whose named secretary the user is, and whole
        days that the user attends, which Odoo finds by 08:00 UTC.
        """
        notifs = super().get_next_notif()
        user = self.env.user
        diaries = (
            self.env["office.agenda"].sudo().search([("secretary_ids", "in", user.ids)])
        )
        now = fields.Datetime.now()
        attended = (
            Domain("office_leader_id", "!=", False)
            & Domain("allday", "=", True)
            & Domain("partner_ids", "in", user.partner_id.ids)
        )
        events = self.env["calendar.event"].search(
            (Domain("office_leader_id", "in", diaries.leader_id.ids) | attended)
            & Domain("office_outcome", "=", "open")
            & Domain("office_moment", ">", now)
            & Domain("office_moment", "<", now + timedelta(days=2))
        )
        told = {(notif["alarm_id"], notif["event_id"]) for notif in notifs}
        for event in events:
            alarms = event.alarm_ids.filtered(
                lambda alarm: alarm.alarm_type == "notification"
            )
            for alert in self.do_check_alarm_for_one_date(
                event.start,
                event,
                max(alarms.mapped("duration_minutes"), default=0),
                DAY,
                "notification",
                after=user.partner_id.calendar_last_notif_ack,
            ):
                if (alert["alarm_id"], alert["event_id"]) not in told:
                    notifs.append(self.do_notif_reminder(alert))
        return notifs


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def _setup_alarms(self):
        triggers = super()._setup_alarms()
        now = fields.Datetime.now()
        coming = self.filtered(
            lambda event: event.office_leader_id and event.stop > now
        )
        if coming:
            secretaries = coming._get_office_secretaries()
            people = self.env["res.users"].sudo().union(*secretaries.values())
            others = people.partner_id - coming.sudo().partner_ids
            self.env["calendar.alarm_manager"]._notify_next_alarm(others.ids)
        coming._trigger_whole_days()
        return triggers

    def _setup_event_recurrent_alarms(self, events_by_alarm):
        result = super()._setup_event_recurrent_alarms(events_by_alarm)
        now = fields.Datetime.now()
        for series in self.filtered("office_leader_id").recurrence_id:
            items = series.calendar_event_ids.sorted("office_moment")
            coming = items.filtered(lambda event: event.office_moment > now)
            minutes = max(items.alarm_ids.mapped("duration_minutes"), default=0)
            soon = now + timedelta(minutes=minutes)
            near = coming.filtered(lambda event, end=soon: event.office_moment <= end)
            (near | (coming - near)[:1])._trigger_whole_days()
        return result

    def _trigger_whole_days(self):
        """Have Odoo's job run when the reminders of whole days among these are due."""
        cron = self.env.ref("calendar.ir_cron_scheduler_alarm").sudo()
        kinds = self._get_trigger_alarm_types()
        now = fields.Datetime.now()
        moments = {
            event.office_moment - timedelta(minutes=alarm.duration_minutes)
            for event in self
            if event.office_leader_id and event.allday
            for alarm in event.alarm_ids
            if alarm.alarm_type in kinds
        }
        for moment in sorted(moment for moment in moments if moment > now):
            cron._trigger(at=moment)

    # Indicator ------------------------------------------------------------------------

    @api.model
    def _measure_reminders(self, date_from, date_to):
        """Return the rows of K21 提醒及时: reminders sent in time, of those due.

        Due is a reminder whose moment came after the time of the item was set.
        """
        self.env.flush_all()
        query = self.with_context(active_test=False)._search(
            self._get_diary_domain(date_from, date_to), bypass_access=True
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT event.office_leader_id,
                          count(*) FILTER (
                              WHERE sent.date_sent <= due.date
                                    + company.office_agenda_reminder_minutes
                                    * INTERVAL '1 minute'),
                          count(*)
                     FROM calendar_event event
                     JOIN res_users leader ON leader.id = event.office_leader_id
                     JOIN res_company company ON company.id = leader.company_id
                     JOIN calendar_alarm_calendar_event_rel rel
                       ON rel.calendar_event_id = event.id
                     JOIN calendar_alarm alarm
                       ON alarm.id = rel.calendar_alarm_id
                      AND alarm.alarm_type = 'email'
               CROSS JOIN LATERAL (
                          SELECT event.office_moment
                                 - alarm.duration_minutes * INTERVAL '1 minute' AS date
                          ) due
                LEFT JOIN office_agenda_reminder sent
                       ON sent.event_id = event.id AND sent.alarm_id = alarm.id
                      AND sent.date_due = due.date
                    WHERE event.id IN %(events)s AND due.date > event.date_office_set
                      AND due.date + company.office_agenda_reminder_minutes
                          * INTERVAL '1 minute' < %(now)s
                 GROUP BY event.office_leader_id""",
                events=query.subselect(),
                now=fields.Datetime.now(),
            )
        )
        return self._add_units(rows)
