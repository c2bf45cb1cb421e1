# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.office_functions.tests.common import OfficeCase

from .agenda_case import AgendaFixture


@tagged("office_service")
class TestAgenda(AgendaFixture, OfficeCase):
    """S4.3 to S4.5: items, papers, marks, and who may change them."""

    # S4.3 -----------------------------------------------------------------------------

    def test_s4_3_leader_opens_today_items_place_papers(self):
        leader = self.users["leader"]
        item = self.make_item(start="2026-03-10 05:00:00", stop="2026-03-10 06:00:00")
        self.make_item(name="Later")
        self.make_item(
            name="Missed", start="2026-03-06 01:00:00", stop="2026-03-06 02:00:00"
        )
        self.make_paper(item).mark_ready()
        self.make_paper(item, name="Figures")
        action = self.env.ref("office_functions_service.office_agenda_today_action")
        self.assertEqual(action.path, "office-today")
        domain = self.evaluate(action.domain, leader)
        Event = self.env["calendar.event"].with_user(leader)
        shown = Event.search(domain, order="start")
        self.assertEqual(shown.mapped("name"), ["Missed", "School visit"])
        row = shown[1].read(["location", "office_papers", "office_companion_ids"])[0]
        self.assertEqual(row["location"], "First Primary School")
        self.assertEqual(row["office_papers"], "1/2")
        self.assertEqual(row["office_companion_ids"], self.users["canteen"].ids)
        staff = self.users["staff"]
        domain = self.evaluate(action.domain, staff)
        self.assertFalse(Event.with_user(staff).search(domain))

    def evaluate(self, text, user):
        return safe_eval(text, {"uid": user.id})

    def test_s4_3_item_links_to_advice(self):
        advice = self.env["office.advice"].create(
            {"name": "Close the old boiler", "lead_unit_id": self.unit.id}
        )
        item = self.make_item(office_advice_ids=[Command.set(advice.ids)])
        self.assertEqual(item.office_advice_ids, advice)

    def test_item_brings_leader_diary_and_reminders(self):
        item = self.make_item()
        leader = self.users["leader"]
        self.assertEqual(item.partner_ids, leader.partner_id)
        self.assertEqual(len(item.attendee_ids), 1)
        self.assertEqual(
            sorted(item.alarm_ids.mapped(lambda a: (a.alarm_type, a.duration_minutes))),
            [
                (kind, minutes)
                for kind in ("email", "notification")
                for minutes in (30, 120, 1440)
            ],
        )
        diary = self.env["office.agenda"].search([("leader_id", "=", leader.id)])
        self.assertEqual(len(diary), 1)
        event = self.env["calendar.event"].create(
            {"name": "Plain", "start": "2026-03-12", "stop": "2026-03-12"}
        )
        self.assertFalse(event.alarm_ids)
        event.office_leader_id = leader
        self.assertEqual(len(event.alarm_ids), 6)
        self.assertIn(leader.partner_id, event.partner_ids)
        event.partner_ids = [Command.set(self.users["staff"].partner_id.ids)]
        self.assertIn(leader.partner_id, event.partner_ids)

    def test_form_puts_the_leader_in_the_secretarys_place(self):
        clerk = self.users["clerk"]
        form = Form(self.env["calendar.event"].with_user(clerk))
        form.name = "Reception"
        form.office_leader_id = self.users["leader"]
        item = form.save()
        self.assertEqual(item.partner_ids, self.users["leader"].partner_id)

    def test_series_of_items(self):
        items = self.make_item(
            recurrency=True, rrule_type="daily", end_type="count", count=3, interval=1
        ).recurrence_id.calendar_event_ids
        self.assertEqual(len(items), 3)
        self.assertEqual(items.office_leader_id, self.users["leader"])
        self.assertEqual(set(items.mapped("office_outcome")), {"open"})
        self.assertTrue(all(len(item.alarm_ids) == 6 for item in items))

    def test_clash_shows_on_the_item(self):
        self.make_item()
        other = self.make_item(name="Reception")
        self.assertIn("Test Leader", other.clash_alert)
        arch = self.env["calendar.event"].get_view(
            self.env.ref("calendar.view_calendar_event_form").id, "form"
        )["arch"]
        self.assertSays(arch, "clash_alert", "office_material_ids")
        other.call_off("Not needed")
        again = self.make_item(name="Visitors")
        self.assertNotIn("Reception", again.clash_alert)

    # Who keeps a diary ----------------------------------------------------------------

    def test_only_who_keeps_a_diary_changes_it(self):
        item = self.make_item(
            partner_ids=[Command.set(self.users["staff"].partner_id.ids)]
        )
        for role in ("director", "clerk", "leader"):
            item.with_user(self.users[role]).location = role
        for role in ("section_head", "staff", "liaison", "logistics", "outsider"):
            theirs = self.see(item, role)
            for method, *args in (
                ("write", {"location": "Elsewhere"}),
                ("write", {"office_leader_id": False}),
                ("unlink",),
                ("mark_attended",),
                ("call_off",),
                ("delegate_to", self.users["clerk"]),
                ("take_mark_back",),
            ):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    getattr(theirs, method)(*args)
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.make_item(role)
        staff = self.see(item, "staff")
        staff.change_attendee_status("accepted", "self_only")
        mine = item.attendee_ids.filtered(
            lambda a: a.partner_id == self.users["staff"].partner_id
        )
        self.assertEqual(mine.state, "accepted")

    def test_named_secretary_keeps_the_diary_and_other_clerks_do_not(self):
        clerk2 = self.make_user("test_clerk2", "office_functions.group_office_clerk")
        item = self.make_item(privacy="private")
        diary = self.env["office.agenda"]._get_diaries(self.users["leader"])
        diary.with_user(self.users["director"]).secretary_ids = self.users["clerk"]
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            item.with_user(clerk2).location = "Elsewhere"
        mine = self.see(item, "clerk")
        mine.location = "Second Primary School"
        mine.message_post(body="Moved by the secretary")
        other = self.see(item, "director")
        other.name = "Visit"
        with self.assertRaises(AccessError):
            diary.with_user(clerk2).make_feed()

    def test_private_item_is_written_by_who_keeps_the_diary(self):
        item = self.make_item("leader", privacy="private")
        theirs = self.see(item, "clerk")
        theirs.write({"location": "Room 2", "start": "2026-03-12 02:00:00"})
        self.assertEqual(theirs.name, "School visit")
        with self.assertRaises(AccessError):
            self.see(item, "staff").check_access("write")

    def test_second_company_keeps_its_own_diaries(self):
        other = self.env["res.company"].create({"name": "Other Commission"})
        clerk = self.make_user(
            "test_clerk_other",
            "office_functions.group_office_director",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        item = self.make_item(privacy="private")
        with self.assertRaises(AccessError):
            item.with_user(clerk).location = "Elsewhere"
        self.env.invalidate_all()
        self.assertEqual(item.with_user(clerk).display_name, "Official Business")

    def test_item_names_a_leader(self):
        with self.assertRaises(ValidationError):
            self.make_item().sudo().office_leader_id = self.users["staff"]
        with self.assertRaises(AccessError):
            self.make_item(office_leader_id=self.users["staff"].id)

    # Marks ----------------------------------------------------------------------------

    def test_marks_are_made_by_their_buttons_only(self):
        item = self.make_item()
        for vals in (
            {"office_outcome": "attended"},
            {"office_delegate_id": self.users["staff"].id},
            {"office_outcome_user_id": self.users["staff"].id},
            {"date_office_outcome": "2026-03-01 00:00:00"},
            {"office_told_revision": 9},
        ):
            with self.assertRaises(ValidationError):
                item.write(vals)
            with self.assertRaises(ValidationError):
                item.sudo().write(vals)
            with self.assertRaises(ValidationError):
                self.make_item(**vals)
        Event = item.with_context(default_office_outcome="attended")
        new = Event.create({"name": "X", "start": "2026-03-12", "stop": "2026-03-12"})
        self.assertEqual(new.office_outcome, "open")
        self.to_day(3)
        item.mark_attended()
        self.assertEqual(item.copy().office_outcome, "open")

    def test_attended(self):
        item = self.make_item()
        with self.assertRaisesRegex(UserError, "has not begun yet"):
            item.mark_attended()
        self.to_day(2)
        mine = self.see(item, "leader")
        mine.mark_attended()
        self.assertEqual(mine.office_outcome, "attended")
        self.assertEqual(mine.office_outcome_user_id, self.users["leader"])
        self.assertTrue(mine.date_office_outcome)
        for again in (
            mine.mark_attended,
            mine.call_off,
            lambda: mine.delegate_to(self.users["staff"].id),
            lambda: mine.write({"start": "2026-03-20 01:00:00"}),
            lambda: mine.write({"active": False}),
            mine.unlink,
        ):
            with self.assertRaises(UserError):
                again()
        mine.take_mark_back()
        self.assertEqual(mine.office_outcome, "open")
        self.assertFalse(mine.office_outcome_user_id)

    def test_delegated(self):
        item = self.make_item()
        for nobody in (False, 0, self.users["school"], self.users["leader"]):
            with self.assertRaises(UserError):
                item.delegate_to(nobody)
        staff = self.users["staff"]
        item.delegate_to(staff.id, "Bring the plan")
        self.assertEqual(
            (item.office_outcome, item.office_delegate_id), ("delegated", staff)
        )
        self.assertIn(staff.partner_id, item.partner_ids)
        seat = item.attendee_ids.filtered(
            lambda a: a.partner_id == self.users["leader"].partner_id
        )
        self.assertEqual(seat.state, "declined")
        # The leader's time is free again.
        self.assertFalse(self.make_item(name="Other").clash_alert)

    def test_called_off(self):
        item = self.make_item()
        item.call_off("Storm")
        self.assertEqual((item.office_outcome, item.active), ("cancelled", False))
        self.assertSays("".join(item.message_ids.mapped("body")), "Storm")
        meeting = self.env["office.meeting"].create(
            {"name": "Enrolment", "host_id": self.users["leader"].id}
        )
        meeting.event_id.office_leader_id = self.users["leader"]
        with self.assertRaisesRegex(UserError, "cancel it on its own form"):
            meeting.event_id.call_off()

    def test_wizard_marks(self):
        Mark = self.env["office.agenda.mark"].with_user(self.users["leader"])
        item = self.make_item()
        Mark.create(
            {"event_id": item.id, "user_id": self.users["staff"].id}
        ).action_apply()
        other = self.make_item(name="Other")
        Mark.create({"event_id": other.id, "kind": "call_off"}).action_apply()
        self.assertEqual(
            [item.office_outcome, other.office_outcome], ["delegated", "cancelled"]
        )

    # S4.5 -----------------------------------------------------------------------------

    def test_s4_5_unmarked_items_stay_on_the_list_next_morning(self):
        item = self.make_item()
        marked = self.make_item(name="Marked")
        whole = self.make_item(
            name="Whole day",
            allday=True,
            start_date="2026-03-12",
            stop_date="2026-03-12",
        )
        self.to_day(2)
        marked.mark_attended()
        Diary = self.env["office.agenda"]
        Diary._cron_check_day_end()
        diary = Diary._get_diaries(self.users["leader"])
        diary.secretary_ids = self.users["clerk"]
        self.assertFalse(diary.activity_ids)
        self.to_day(3)
        action = self.env.ref("office_functions_service.office_agenda_today_action")
        leader = self.users["leader"]
        Event = self.env["calendar.event"].with_user(leader)
        today = self.evaluate(action.domain, leader)
        self.assertEqual(Event.search(today), item.with_user(leader) | whole)
        self.assertEqual(Diary._cron_check_day_end(), 1)
        self.assertEqual(Diary._cron_check_day_end(), 0)
        activity = diary.activity_ids
        self.assertEqual(activity.user_id, self.users["clerk"])
        self.assertSays(activity.summary, "2")
        self.assertSays(activity.note, "School visit", "Whole day")
        self.assertNotIn("Marked", str(activity.note))
        self.to_day(4)
        Diary._cron_check_day_end()
        self.assertEqual(len(diary.activity_ids), 1)
        (item | whole).with_user(leader).mark_attended()
        self.to_day(5)
        self.assertEqual(Diary._cron_check_day_end(), 0)
        self.assertFalse(Event.search(self.evaluate(action.domain, leader)))

    def test_s4_5_an_item_that_is_over_does_not_disappear(self):
        item = self.make_item()
        self.to_day(3)
        for hide in (
            lambda: item.write({"active": False}),
            lambda: item.write({"office_leader_id": False}),
            lambda: item.sudo().write({"active": False}),
            item.unlink,
            item.sudo().unlink,
        ):
            with self.assertRaises(UserError):
                hide()
        early = self.make_item(start="2026-03-20 01:00:00", stop="2026-03-20 02:00:00")
        early.unlink()
