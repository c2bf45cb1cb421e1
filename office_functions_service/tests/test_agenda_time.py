# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import datetime, timedelta

from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeCase

from .agenda_case import AgendaFixture


@tagged("office_service")
class TestAgendaTime(AgendaFixture, OfficeCase):
    """When an item is, in words and for the reminders, by the leader's own clock."""

    def make_whole(self, **vals):
        day = "2026-03-12"
        return self.make_item(
            **{"allday": True, "start_date": day, "stop_date": day, **vals}
        )

    def set_zone(self, zone):
        self.users["leader"].tz = zone

    def said(self, item, role="leader"):
        event = self.see(item, role)
        return event.office_hours, event.office_when

    # In words -------------------------------------------------------------------------

    def test_s4_3_today_shows_hours_by_the_leaders_clock(self):
        item = self.make_item()
        self.assertEqual(self.said(item), ("Thu, Mar 12 09:00–11:00",) * 2)
        self.clock.move_to("2026-03-11 16:05:00")  # Thursday, as it is in China
        self.assertEqual(self.said(item), ("09:00–11:00", "Thu, Mar 12 09:00–11:00"))
        self.set_zone("America/New_York")
        # Neither whoever looks nor the office: the leader.
        for role in ("leader", "clerk"):
            self.assertEqual(self.said(item, role)[1], "Wed, Mar 11 21:00–23:00")

    def test_s4_3_whole_days_and_nights_are_said_shortly(self):
        whole = self.make_whole()
        self.clock.move_to("2026-03-12 02:00:00")
        self.assertEqual(self.said(whole), ("Whole Day", "Thu, Mar 12 Whole Day"))
        long = self.make_whole(stop_date="2026-03-13")
        self.assertEqual(self.said(long)[0], "Thu, Mar 12 – Fri, Mar 13 Whole Day")
        night = self.make_item(stop="2026-03-13 01:30:00")
        self.assertEqual(self.said(night)[0], "Thu, Mar 12 09:00 – Fri, Mar 13 09:30")
        in_chinese = whole.with_context(lang="zh_CN")
        self.assertSays(in_chinese.office_when, "3月12日", "周四")

    def test_time_of_a_private_item_is_said_to_whom_it_is_hidden(self):
        item = self.make_item(privacy="private")
        hidden = self.see(item, "staff")
        self.assertEqual(hidden.name, "Official Business")
        self.assertEqual(hidden.office_when, "Thu, Mar 12 09:00–11:00")

    def test_screens_of_the_diary_show_these_words(self):
        Event = self.env["calendar.event"]
        for name in ("office_agenda_today_view_kanban", "office_agenda_view_list"):
            view = self.env.ref(f"office_functions_service.{name}")
            self.assertNotIn("display_time", Event.get_view(view.id)["arch"])

    def test_diary_opens_with_what_is_not_over_yet(self):
        action = self.env.ref("office_functions_service.office_agenda_item_action")
        self.assertIn("search_default_coming", action.context)
        Event = self.env["calendar.event"]
        search = self.env.ref("office_functions_service.office_agenda_view_search")
        self.assertIn('name="coming"', Event.get_view(search.id, "search")["arch"])
        diary = self.env.ref("office_functions_service.office_agenda_view_list")
        self.assertIn('expand="1"', Event.get_view(diary.id, "list")["arch"])

    # Whole days are reminded of by the working day ------------------------------------

    def find_due(self, item, moment):
        """Return the minutes of the mails that are due within the minute of a moment."""
        self.clock.move_to(moment + timedelta(seconds=30))
        self.env.flush_all()
        manager = self.env["calendar.alarm_manager"].with_context(
            lastcall=moment - timedelta(seconds=30)
        )
        due = manager._get_events_by_alarm_to_notify("email")
        alarms = self.env["calendar.alarm"].browse(
            alarm for alarm, events in due.items() if item.id in events
        )
        return alarms.mapped("duration_minutes")

    def check_reminders(self, item, begin):
        """Say that reminders count from a moment, in Odoo's job, and nowhere else."""
        self.assertEqual(item.office_moment, begin)
        for minutes in (1440, 120, 30):
            moment = begin - timedelta(minutes=minutes)
            with self.subTest(minutes=minutes):
                self.assertEqual(self.find_due(item, moment), [minutes])
            # What Odoo takes for the beginning.
            wrong = datetime(2026, 3, 12, 8) - timedelta(minutes=minutes)
            with self.subTest(wrong=minutes):
                self.assertFalse(self.find_due(item, wrong))

    def test_s4_4_whole_day_in_shanghai(self):
        self.env.ref("calendar.ir_cron_scheduler_alarm").lastcall = False
        triggers = self.env["ir.cron.trigger"].search([])
        item = self.make_whole()
        begin = datetime(2026, 3, 12)  # eight in the morning
        new = self.env["ir.cron.trigger"].search([]) - triggers
        for minutes in (1440, 120, 30):
            self.assertIn(begin - timedelta(minutes=minutes), new.mapped("call_at"))
        self.check_reminders(item, begin)

    def test_s4_4_whole_day_in_new_york(self):
        self.set_zone("America/New_York")
        item = self.make_whole()
        # Summer time began on 8 March.
        self.check_reminders(item, datetime(2026, 3, 12, 12))
        self.set_zone("Asia/Shanghai")
        self.assertEqual(item.office_moment, datetime(2026, 3, 12))

    def test_s4_4_whole_day_by_the_companys_clock_and_on_a_day_off(self):
        self.set_zone(False)
        self.company.resource_calendar_id.tz = "America/New_York"
        sunday = self.make_whole(start_date="2026-03-15", stop_date="2026-03-15")
        self.assertEqual(sunday.office_moment, datetime(2026, 3, 15, 12))
        ordinary = self.env["calendar.event"].create(
            {
                "name": "Of Odoo's own",
                "allday": True,
                "start_date": "2026-03-12",
                "stop_date": "2026-03-12",
            }
        )
        self.assertFalse(ordinary.office_moment)
        self.assertEqual(self.make_item().office_moment, datetime(2026, 3, 12, 1))

    def test_whole_day_is_sent_once_recorded_and_measured(self):
        item = self.make_whole()
        manager = self.env["calendar.alarm_manager"]
        self.clock.move_to("2026-03-11 00:01:00")
        self.env.flush_all()
        manager.with_context(lastcall="2026-03-10 23:55:00")._send_reminder()
        sent = self.env["office.agenda.reminder"].search([("event_id", "=", item.id)])
        self.assertEqual(sent.date_due, datetime(2026, 3, 11))
        notifs = manager.with_user(self.users["leader"]).get_next_notif()
        mine = [notif for notif in notifs if notif["event_id"] == item.id]
        self.assertIn("2026-03-11 22:00:00", [notif["notify_at"] for notif in mine])
        self.assertSays(mine[0]["message"], "Thu, Mar 12 Whole Day")
        self.to_day(3)
        [figure] = (
            self.env["office.indicator"]
            .with_user(self.users["director"])
            .measure(["K21"], "2026-03-01", "2026-03-31")
        )
        self.assertEqual((figure["numerator"], figure["denominator"]), (1, 3))

    def test_series_of_whole_days_goes_on_being_reminded(self):
        item = self.make_whole(
            recurrency=True, rrule_type="daily", end_type="count", count=3, interval=1
        )
        series = item.recurrence_id.calendar_event_ids.sorted("start_date")
        Trigger = self.env["ir.cron.trigger"]
        cron = self.env.ref("calendar.ir_cron_scheduler_alarm")
        for nth, day in enumerate(("10", "11", "12")):
            before = datetime.fromisoformat(f"2026-03-{day} 23:55:00")
            self.clock.move_to(before + timedelta(minutes=6))
            woken = Trigger.search([("cron_id", "=", cron.id)]).mapped("call_at")
            if nth:
                self.assertIn(before + timedelta(minutes=5), woken)
            manager = self.env["calendar.alarm_manager"].with_context(lastcall=before)
            self.env.flush_all()
            due = manager._get_events_by_alarm_to_notify("email")
            self.assertIn(series[nth].id, {e for ids in due.values() for e in ids})
            manager._send_reminder()
