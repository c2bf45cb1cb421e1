# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta
from io import BytesIO

from pdfminer.high_level import extract_text

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import MatterFixture, OfficeCase, OfficeHttpCase
from .rpc_tests import RpcTests
from .workflow_tests import WorkflowTests


class MeetingFixture(MatterFixture):
    model_name = "office.meeting"
    relations = {"host": "leader"}

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Enrolment",
            "start": str(fields.Datetime.now() - timedelta(hours=1)),
            "stop": str(fields.Datetime.now() + timedelta(hours=1)),
            "host_id": cls.users["leader"].id,
            "location": "Hall 3",
            "agenda": "Places in the east",
            "minutes": "<p>It was agreed.</p>",
            "partner_ids": [Command.set(cls.users["staff"].partner_id.ids)],
        }

    def prepare(self, record, row):
        if row.name == "delegate":
            record.stand_in_id = self.users["director"]
        if row.name == "confirm":
            # All samples are at one time and under one host.
            record.show_as = "free"


class TestMeeting(MeetingFixture, WorkflowTests, OfficeCase):
    """From the date to what became of each decision."""

    def act(self, record, name, note=False, role="clerk"):
        record.with_user(self.users[role]).do_transition(name, note)

    def add_decision(self, meeting, **vals):
        return self.env["office.meeting.decision"].create(
            {"meeting_id": meeting.id, "name": "Build two classrooms", **vals}
        )

    def print_text(self, report, records):
        pdf, _type = self.env["ir.actions.report"]._render_qweb_pdf(
            f"office_functions.{report}", records.ids
        )
        return extract_text(BytesIO(pdf))

    def test_every_decision_has_a_disposition_before_the_end(self):
        meeting = self.make("minuted")
        one = self.add_decision(meeting, lead_unit_id=self.unit.id)
        two = self.add_decision(meeting, name="For information", sequence=2)
        self.assertEqual(
            (one.meeting, one.leader_id), ("Enrolment", self.users["leader"])
        )
        self.assertEqual(meeting.open_decision_count, 2)
        with self.assertRaises(UserError) as caught:
            self.act(meeting, "split")
        self.assertSays(caught.exception, one.name, two.name)
        self.act(one, "make_directive")
        self.act(two, "dismiss", "Nothing to be done")
        self.act(meeting, "split")
        self.assertEqual(meeting.state, "decisions_split")

    def test_nobody_is_called_before_notice_is_given(self):
        later = fields.Datetime.now() + timedelta(days=1)
        staff = self.users["staff"].partner_id
        domain = [("partner_ids", "in", staff.ids)]
        before = self.env["mail.message"].search_count(domain)
        mails = self.env["mail.mail"].search_count([])
        meeting = self.make("confirmed", start=later, stop=later + timedelta(hours=1))
        self.assertEqual(self.env["mail.message"].search_count(domain), before)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.act(meeting, "notify")
        self.assertEqual(self.env["mail.message"].search_count(domain), before + 1)

    def test_settled_time_moves_by_the_button_only(self):
        meeting = self.make("notified")
        later = meeting.start + timedelta(days=1)
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            meeting.start = later
        with self.assertRaisesRegex(UserError, "“Move” or “Cancel”"):
            meeting.event_id.write({"start": later, "stop": later})
        with self.assertRaisesRegex(UserError, "“Move” or “Cancel”"):
            meeting.event_id.active = False
        with self.assertRaisesRegex(UserError, "keeps what is a meeting"):
            meeting.event_id.unlink()
        meeting.event_id.name = "Enrolment of the east"
        self.act(meeting, "move", "The leader is away")
        meeting.write({"start": later, "stop": later + timedelta(hours=1)})
        self.act(meeting, "confirm")
        self.assertEqual(meeting.event_id.start, later)

    def test_cancelled_leaves_the_calendar_not_the_register(self):
        meeting = self.make("notified")
        self.act(meeting, "cancel", "Not needed any more")
        self.assertFalse(meeting.event_id.active)
        self.assertIn(meeting, self.model.search([]))

    def test_stand_in(self):
        meeting = self.make("notified")
        meeting.partner_ids |= self.users["leader"].partner_id
        meeting.stand_in_id = self.users["director"]
        self.act(meeting, "delegate", "Called to the city", "leader")
        partners = meeting.event_id.partner_ids
        self.assertIn(self.users["director"].partner_id, partners)
        self.assertNotIn(self.users["leader"].partner_id, partners)
        self.assertIn(
            "（代Test Leader）", self.print_text("report_f12_meeting_notice", meeting)
        )

    def test_not_held_before_it_begins(self):
        later = fields.Datetime.now() + timedelta(days=1)
        meeting = self.make("notified", start=later, stop=later)
        with self.assertRaisesRegex(UserError, "has not begun"):
            self.act(meeting, "hold")

    def test_planned_meeting_takes_its_event_with_it(self):
        meeting = self.make()
        event = meeting.event_id
        meeting.unlink()
        self.assertFalse(event.exists())

    def test_who_sees_it(self):
        meeting = self.make("notified")
        seen = {
            role
            for role, user in self.users.items()
            if meeting.with_user(user).has_access("read")
        }
        self.assertEqual(seen, {"leader", "director", "clerk", "staff"})
        meeting.privacy = "public"
        self.assertTrue(meeting.with_user(self.users["section_head"]).name)

    def test_f12_notice_minutes_and_schedule(self):
        meeting = self.make(
            "minuted",
            materials="Table of places",
            requirement="No absence",
            contact_id=self.users["clerk"].id,
        )
        decision = self.add_decision(meeting, lead_unit_id=self.unit.id)
        self.act(decision, "dismiss", "For information only")
        # By the office's clock, wherever the reader lives: the event is 01:00 UTC.
        self.env.user.tz = "America/New_York"
        notice = self.print_text("report_f12_meeting_notice", meeting)
        self.assertIn("2026年3月10日（星期二）09:00", "".join(notice.split()))
        for word in (
            "会议通知",
            "会议名称",
            "时间",
            "地点",
            "主持",
            "内容",
            "参加人员",
        ):
            self.assertIn(word, notice)
        for word in ("材料准备", "要求", "联系人", "Hall 3", "Table of places"):
            self.assertIn(word, notice)
        minutes = self.print_text("report_f12_meeting_minutes", meeting)
        self.assertSays(
            "".join(minutes.split()),
            "会议纪要",
            "Itwasagreed",
            "Buildtwoclassrooms",
            "无需督办：Forinformationonly",
        )

    def test_f12_week_schedule_of_leaders(self):
        leader = self.users["leader"]
        meeting = self.make("confirmed", materials="Table")
        meeting.partner_ids |= leader.partner_id
        self.env["calendar.event"].with_user(leader).create(
            {
                "name": "Dentist",
                "privacy": "private",
                "start": "2026-03-12 07:00:00",
                "stop": "2026-03-12 08:00:00",
                "partner_ids": [Command.set(leader.partner_id.ids)],
            }
        )
        schedule = self.env["office.week.schedule"].with_user(self.users["clerk"])
        schedule = schedule.create({"leader_ids": [Command.set(leader.ids)]})
        self.assertEqual(str(schedule.first_day), "2026-03-09")
        rows = schedule._get_rows(leader)
        self.assertEqual([row["morning"] for row in rows], ["09:00 Enrolment", ""])
        self.assertEqual([row["afternoon"] for row in rows], ["", "15:00 公务"])
        self.assertEqual(rows[0]["materials"], "Table")
        text = self.print_text("report_f12_week_schedule", schedule)
        self.assertSays(text, "领导一周日程表", "Enrolment", "Hall 3", "公务", "陪同")
        self.assertNotIn("Dentist", text)

    def test_clash_is_settled_or_borne_for_a_reason(self):
        room = self.env["resource.resource"].create(
            {
                "name": "Hall 3",
                "resource_type": "material",
                "office_resource_kind": "room",
            }
        )
        self.make("confirmed", name="First come", office_room_id=room.id)
        meeting = self.make(office_room_id=room.id)
        with self.assertRaises(UserError) as caught:
            self.act(meeting, "confirm")
        self.assertSays(caught.exception, "Hall 3", "First come")
        self.act(meeting, "confirm", "Both fit in")

    def test_clash_is_seen_while_typing(self):
        self.make("confirmed", name="First come").show_as = "busy"
        with Form(self.model.with_user(self.users["clerk"])) as form:
            form.name = "Second"
            form.start = fields.Datetime.now()
            form.stop = fields.Datetime.now() + timedelta(hours=2)
            self.assertFalse(form.clash_alert)
            form.host_id = self.users["leader"]
            self.assertSays(form.clash_alert, "Test Leader", "First come")

    def test_s2_25_who_chairs_it_is_taken_by_it(self):
        leader, director = self.users["leader"], self.users["director"]
        meeting = self.make(partner_ids=[Command.clear()])
        self.assertEqual(meeting.event_id.partner_ids, leader.partner_id)
        meeting.host_id = director
        self.assertIn(director.partner_id, meeting.event_id.partner_ids)
        self.assertIn("Test Leader", self.make(name="Second").clash_alert)

    def test_notice_says_where(self):
        meeting = self.make("confirmed", location=False)
        with self.assertRaisesRegex(UserError, "choose a room"):
            self.act(meeting, "notify")
        meeting.office_room_id = self.env["resource.resource"].create(
            {
                "name": "Hall 3",
                "resource_type": "material",
                "office_resource_kind": "room",
            }
        )
        self.act(meeting, "notify")
        self.assertEqual(meeting.state, "notified")


@tagged("post_install", "-at_install")
class TestMeetingRpc(MeetingFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a meeting."""
