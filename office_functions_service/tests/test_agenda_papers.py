# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.office_functions.tests.common import OfficeCase

from .agenda_case import AgendaFixture


@tagged("office_service")
class TestAgendaPapers(AgendaFixture, OfficeCase):
    """S4.4: papers, their alarm, reminders, and changes that are told."""

    def get_messages(self, subject):
        return self.env["mail.message"].search([("subject", "ilike", subject)])

    # Papers ---------------------------------------------------------------------------

    def test_s4_4_material_not_ready_at_t_1_day_alerts_owner_and_director(self):
        item = self.make_item()
        paper = self.make_paper(item)
        ready = self.make_paper(item, name="Ready one")
        ready.with_user(self.users["staff"]).mark_ready()
        self.company.office_director_id = self.users["director"]
        Paper = self.env["office.agenda.material"]
        self.assertEqual(str(paper.date_due), "2026-03-11 01:00:00")
        Paper._alert_all()
        self.assertFalse(paper.date_alerted)
        self.to_day(1)  # ten o'clock, an hour after
        self.assertEqual(Paper._alert_all(), 1)
        self.assertEqual(Paper._alert_all(), 0)
        people = self.users["staff"] | self.users["director"]
        self.assertEqual(paper.activity_ids.user_id, people)
        message = self.get_messages("Not ready yet")
        self.assertEqual(message.partner_ids, people.partner_id)
        self.assertSays(message.body, "Report on the roof", "Test Leader", "09:00")
        self.assertFalse(ready.activity_ids)
        paper.with_user(self.users["staff"]).mark_ready()
        self.assertFalse(paper.activity_ids)

    def test_alarm_is_raised_again_for_a_later_day_only(self):
        item = self.make_item()
        paper = self.make_paper(item)
        Paper = self.env["office.agenda.material"]
        self.to_day(1)
        Paper._alert_all()
        item.location = "Elsewhere"
        self.assertEqual(Paper._alert_all(), 0)
        item.write({"start": "2026-03-19 01:00:00", "stop": "2026-03-19 02:00:00"})
        self.assertEqual(str(paper.date_due), "2026-03-18 01:00:00")
        self.assertFalse(paper.date_alerted)
        self.to_day(8)
        self.assertEqual(Paper._alert_all(), 1)

    def test_days_are_a_setting(self):
        paper = self.make_paper(self.make_item())
        self.company.office_agenda_paper_days = 2
        self.assertEqual(str(paper.date_due), "2026-03-10 01:00:00")
        whole = self.make_item(
            allday=True, start_date="2026-03-20", stop_date="2026-03-20"
        )
        # Two days before the day begins in China.
        self.assertEqual(str(self.make_paper(whole).date_due), "2026-03-17 16:00:00")

    def test_owner_or_secretary_marks_ready_and_nobody_else(self):
        paper = self.make_paper(self.make_item())
        for role in ("section_head", "canteen", "logistics", "liaison", "outsider"):
            theirs = self.see(paper, role)
            with self.subTest(role=role), self.assertRaises(AccessError):
                theirs.mark_ready()
        theirs = self.see(paper, "staff")
        theirs.mark_ready()
        self.assertEqual(paper.ready_user_id, self.users["staff"])
        self.assertTrue(paper.date_ready)
        with self.assertRaisesRegex(UserError, "ready already"):
            self.see(paper, "clerk").mark_ready()
        self.see(paper, "clerk").mark_unready()
        self.assertFalse(paper.date_ready)

    def test_papers_are_guarded(self):
        paper = self.make_paper(self.make_item())
        for vals in (
            {"is_ready": True},
            {"ready_user_id": self.users["staff"].id},
            {"date_ready": "2026-03-10 00:00:00"},
            {"date_alerted": "2026-03-10 00:00:00"},
        ):
            with self.assertRaises(ValidationError):
                paper.write(vals)
            with self.assertRaises(ValidationError):
                self.make_paper(self.make_item(), **vals)
        fresh = self.make_item().with_context(default_is_ready=True)
        self.assertFalse(
            self.make_paper(fresh.with_env(fresh.env)).is_ready,
        )
        Paper = paper.with_context(default_is_ready=True)
        new = Paper.create(
            {
                "name": "Other",
                "event_id": paper.event_id.id,
                "owner_id": paper.owner_id.id,
            }
        )
        self.assertFalse(new.is_ready)
        plain = self.env["calendar.event"].create(
            {"name": "Plain", "start": "2026-03-12", "stop": "2026-03-12"}
        )
        with self.assertRaises(ValidationError):
            self.make_paper(plain)

    def test_owner_attaches_files_and_changes_nothing_else(self):
        item = self.make_item()
        paper = self.see(self.make_paper(item), "staff")
        file = paper.env["ir.attachment"].create({"name": "a.txt", "raw": b"a"})
        paper.attachment_ids = [Command.link(file.id)]
        other = self.make_item(name="Other")
        for vals in (
            {"name": "Else"},
            {"owner_id": self.users["clerk"].id},
            {"event_id": other.id},
        ):
            with self.assertRaises(AccessError):
                paper.write(vals)
        with self.assertRaises(AccessError):
            paper.unlink()
        with self.assertRaises(AccessError):
            paper.create({"name": "x", "event_id": item.id, "owner_id": paper.env.uid})

    def test_papers_are_seen_by_who_takes_part(self):
        paper = self.make_paper(self.make_item(), "liaison")
        seen = {role for role in self.users if self.see(paper, role).has_access("read")}
        self.assertEqual(seen, {"leader", "director", "clerk", "liaison", "canteen"})

    # Changes --------------------------------------------------------------------------

    def test_s4_4_change_of_place_re_notifies_all(self):
        item = self.make_item(
            partner_ids=[Command.set(self.users["section_head"].partner_id.ids)]
        )
        self.make_paper(item)
        Event = self.env["calendar.event"]
        mails = self.env["mail.mail"].search_count([])
        item.location = "Second Primary School"
        item.location = "Third Primary School"
        item.write({"start": "2026-03-12 02:00:00", "stop": "2026-03-12 04:00:00"})
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(Event._tell_office_changes(), 1)
        self.assertEqual(Event._tell_office_changes(), 0)
        roles = ("leader", "section_head", "canteen", "staff", "clerk")
        messages = self.get_messages("New time or place")
        self.assertEqual(
            messages.partner_ids.sorted("id"),
            self.env["res.partner"]
            .union(*(self.users[role].partner_id for role in roles))
            .sorted("id"),
        )
        self.assertSays(messages[0].body, "Third Primary School", "10:00")
        queued = self.env["mail.mail"].search([("mail_message_id", "in", messages.ids)])
        self.assertEqual(set(queued.mapped("state")), {"outgoing"})

    def test_change_that_is_none_tells_nobody(self):
        item = self.make_item()
        item.write({"location": item.location, "description": "Other"})
        self.assertEqual(self.env["calendar.event"]._tell_office_changes(), 0)

    def test_owner_outside_a_private_item_hears_of_official_business(self):
        item = self.make_item(privacy="private")
        self.make_paper(item)
        item.location = "Hospital"
        self.env["calendar.event"]._tell_office_changes()
        messages = self.get_messages("New time or place")
        staff = self.users["staff"].partner_id
        [theirs] = messages.filtered(lambda m: staff in m.partner_ids)
        self.assertSays(theirs.subject, "Official Business")
        self.assertNotIn("Hospital", theirs.body)
        self.assertNotIn("School visit", theirs.body)

    def test_dropped_item_is_told(self):
        item = self.make_item()
        item.call_off("Storm")
        self.assertEqual(self.env["calendar.event"]._tell_office_changes(), 1)
        self.assertEqual(len(self.get_messages("Called off")), 1)

    # Reminders ------------------------------------------------------------------------

    def remind(self, last, now):
        """Run Odoo's job of reminders between two moments."""
        self.clock.move_to(now)
        self.env.flush_all()
        manager = self.env["calendar.alarm_manager"].with_context(lastcall=last)
        manager._send_reminder()

    def test_s4_4_reminders_a_day_two_hours_and_half_an_hour_before(self):
        item = self.make_item()
        diary = self.env["office.agenda"]._get_diaries(self.users["leader"])
        diary.secretary_ids = self.users["director"]
        Message = self.env["mail.message"]
        for last, now in (
            ("2026-03-11 00:55:00", "2026-03-11 01:01:00"),
            ("2026-03-11 22:55:00", "2026-03-11 23:01:00"),
            ("2026-03-12 00:25:00", "2026-03-12 00:31:00"),
        ):
            before = Message.search([])
            self.remind(last, now)
            new = Message.search([]) - before
            with self.subTest(now=now):
                self.assertEqual(
                    new.partner_ids,
                    self.users["leader"].partner_id | self.users["director"].partner_id,
                )
        sent = self.env["office.agenda.reminder"].search([("event_id", "=", item.id)])
        self.assertEqual(len(sent), 3)

    def test_s4_4_reminders_are_pushed_to_browsers_that_allow_it(self):
        self.make_item()
        diary = self.env["office.agenda"]._get_diaries(self.users["leader"])
        diary.secretary_ids = self.users["director"]
        people = self.users["leader"] | self.users["director"]
        # Odoo pushes what comes to the inbox; who wants mail gets mail.
        people.notification_type = "inbox"
        for key in ("private", "public"):
            name = f"mail.web_push_vapid_{key}_key"
            self.env["ir.config_parameter"].sudo().set_param(name, "key")
        devices = self.env["mail.push.device"].create(
            [
                {
                    "partner_id": user.partner_id.id,
                    "endpoint": f"https://push.example.com/{user.id}",
                    "keys": "{}",
                }
                for user in (*people, self.users["staff"])
            ]
        )
        with patch("odoo.addons.mail.models.mail_thread.push_to_end_point") as push:
            self.remind("2026-03-11 00:55:00", "2026-03-11 01:01:00")
        told = devices.browse(call.kwargs["device"]["id"] for call in push.mock_calls)
        self.assertEqual(told.partner_id, people.partner_id)

    def test_s4_4_leader_is_reminded_on_screen(self):
        # Of attendees, Odoo asks PostgreSQL what time it is.
        [[now]] = self.env.execute_query(SQL("SELECT now() AT TIME ZONE 'UTC'"))
        self.clock.move_to(now)
        start = now.replace(microsecond=0) + timedelta(hours=1)
        item = self.make_item(start=start, stop=start + timedelta(hours=1))
        Manager = self.env["calendar.alarm_manager"].with_user(self.users["leader"])
        alarms = self.env["calendar.alarm"].browse(
            notif["alarm_id"]
            for notif in Manager.get_next_notif()
            if notif["event_id"] == item.id
        )
        self.assertEqual(sorted(alarms.mapped("duration_minutes")), [30, 120, 1440])

    def test_s4_4_secretary_is_reminded_on_screen(self):
        item = self.make_item(privacy="private")
        diary = self.env["office.agenda"]._get_diaries(self.users["leader"])
        diary.secretary_ids = self.users["clerk"]
        self.clock.move_to("2026-03-11 23:30:00")
        Manager = self.env["calendar.alarm_manager"]
        notifs = Manager.with_user(self.users["clerk"]).get_next_notif()
        self.assertEqual({n["event_id"] for n in notifs}, {item.id})
        self.assertEqual(len({n["alarm_id"] for n in notifs}), len(notifs))
        self.assertFalse(Manager.with_user(self.users["director"]).get_next_notif())

    def test_who_entered_it_is_reminded_where_nobody_is_named(self):
        item = self.make_item()
        secretaries = item._get_office_secretaries()
        self.assertEqual(secretaries[item.sudo()], self.users["clerk"])

    # K21 ------------------------------------------------------------------------------

    def test_k21_reminders_in_time_materials_ready_items_missed(self):
        item = self.make_item()
        self.make_paper(item).mark_ready()
        self.make_paper(item, name="Late one")
        self.remind("2026-03-11 00:55:00", "2026-03-11 01:01:00")
        self.remind("2026-03-11 22:55:00", "2026-03-12 00:10:00")  # over an hour late
        self.remind("2026-03-12 00:25:00", "2026-03-12 00:31:00")
        self.to_day(3)
        measure = self.env["office.indicator"].with_user(self.users["director"]).measure
        codes = ["K21", "K21-papers", "K21-missed"]
        figures = measure(codes, "2026-03-01", "2026-03-31")
        self.assertEqual(
            [(f["numerator"], f["denominator"]) for f in figures],
            [(2, 3), (1, 2), (1, 0)],
        )
        item.mark_attended()
        [missed] = measure(["K21-missed"], "2026-03-01", "2026-03-31")
        self.assertEqual(missed["value"], 0)
        for row in self.env["office.indicator"]._get_indicators():
            if row.code in codes:
                model = self.env[row.model]
                domain = getattr(model, row.domain)(
                    item.start.date(), item.start.date()
                )
                model.search(domain)

    def test_workbench_counts_the_diary(self):
        item = self.make_item()
        self.make_paper(item)
        self.to_day(3)
        bench = self.env["office.workbench"].with_user(self.users["clerk"])
        [panel] = [p for p in bench.get_workbench()["panels"] if p["key"] == "service"]
        figures = {f["label"]: f["value"] for f in panel["figures"]}
        self.assertEqual(figures["Diary Items Not Marked"], 1)
        self.assertEqual(figures["Diary Items Today"], 0)
