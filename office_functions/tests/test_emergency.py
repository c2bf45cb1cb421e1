# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from lxml.etree import fromstring

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import (
    ClockFixture,
    MatterFixture,
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from .matter_tests import MatterTests
from .moment_tests import MomentTests
from .race_tests import MatterRaceTests, RaceTests
from .rpc_tests import RpcTests
from .workflow_tests import WorkflowTests

READERS = "leader director clerk section_head staff petition_officer"
CONTENT = {
    "sent_to": "City duty office, Mr Zhao",
    "course": "A pipe burst.",
    "casualties": "Nobody hurt",
    "measures": "The water was turned off.",
}


class EmergencyFixture(ClockFixture):
    model_name = "office.emergency"
    relations = {"handler": "staff", "unit_head": "section_head"}
    readers = READERS

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Burst pipe in the dormitory",
            "place": "Dormitory 2",
            "source": "Doorkeeper",
            "course": "A pipe burst on the third floor.",
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "review": "The pipe was old.",
            "foretold": "no",
        }

    def send(self, emergency, kind, channel="written", role="clerk", **vals):
        """Fill in and send the open report of a kind."""
        report = emergency.report_ids.filtered(
            lambda r: (r.kind, r.channel, r.state) == (kind, channel, "draft")
        )
        report.write({**CONTENT, "signer_id": self.users["leader"].id, **vals})
        report.with_user(self.users[role]).do_transition("send")
        return report

    def record(self, **vals):
        """Record an emergency as the duty clerk, and check its facts."""
        emergency = self.model.with_user(self.users["clerk"]).create(
            {**self.sample_vals(), **vals}
        )
        emergency.do_transition("verify")
        return emergency.sudo()

    def record_reported(self):
        emergency = self.record()
        self.send(emergency, "first", "phone")
        self.send(emergency, "first")
        return emergency


class TestEmergency(EmergencyFixture, MatterTests, OfficeCase):
    """An emergency passes every generic test, and its reports keep their clocks."""

    def test_s1_31_form_shows_when_the_first_report_is_due(self):
        clerk = self.users["clerk"]
        form = Form(self.model.with_user(clerk))
        form.name = "Fire in the kitchen"
        form.place = "Canteen"
        form.source = "Cook"
        emergency = form.save()
        now = fields.Datetime.now()
        self.assertEqual(emergency.next_report_due, now + timedelta(minutes=30))
        self.assertRecordValues(
            emergency.report_ids.sorted("id"),
            [
                {"channel": "phone", "moment_due": now + timedelta(minutes=30)},
                {"channel": "written", "moment_due": now + timedelta(hours=1)},
            ],
        )

    def test_s1_31_clock_runs_from_what_the_clerk_recorded(self):
        received = fields.Datetime.now() - timedelta(minutes=20)
        emergency = self.record(moment_received=received)
        due = emergency.report_ids.sorted("id")[0].moment_due
        self.assertEqual(due, received + timedelta(minutes=30))

    def test_s1_31_late_report_asks_for_its_reason(self):
        emergency = self.record()
        self.clock.tick(timedelta(minutes=45))
        self.env.invalidate_all()
        self.assertTrue(emergency.is_report_overdue)
        self.assertIn(emergency, self.model.search([("is_report_overdue", "=", True)]))
        with self.assertRaisesRegex(UserError, "Reason for the Late Report"):
            self.send(emergency, "first", "phone")
        report = self.send(emergency, "first", "phone", late_reason="No signal")
        self.assertTrue(report.is_late)
        self.assertFalse(emergency.is_report_overdue)

    def test_an_overdue_report_is_red_in_lists_and_on_boards(self):
        views = {
            kind: fromstring(self.model.get_view(view_type=kind)["arch"])
            for kind in ("list", "kanban")
        }
        (due,) = views["list"].xpath("//field[@name='next_report_due']")
        self.assertEqual(due.get("decoration-danger"), "is_report_overdue")
        self.assertTrue(views["list"].xpath("//field[@name='is_report_overdue']"))
        (badge,) = views["kanban"].xpath("//span[contains(@class, 'text-bg-danger')]")
        self.assertEqual(badge.get("invisible"), "not is_report_overdue")

    def test_s1_31_reports_in_time_are_counted(self):
        self.record_reported()
        late = self.record()
        self.clock.tick(timedelta(minutes=45))
        self.send(late, "first", "phone", late_reason="No signal")
        self.clock.tick(timedelta(minutes=30))
        self.env.invalidate_all()
        today = fields.Date.context_today(self.model)
        indicator = self.env["office.indicator"]._get_indicator("S1.31")
        head = self.env["office.indicator"].with_user(self.users["section_head"])
        rows = head._measure(indicator, today, today)
        staff = self.users["staff"].id
        self.assertEqual(rows, [(self.unit.id, staff, 2, 4)])
        action = head.open_records("S1.31", today, today)
        found = self.env["office.emergency.report"].search(action["domain"])
        self.assertEqual(len(found), 4)

    def test_r_emg_3_phone_first_written_after(self):
        emergency = self.record()
        with self.assertRaisesRegex(UserError, "telephone first"):
            self.send(emergency, "first")
        self.send(emergency, "first", "phone")
        self.assertEqual(emergency.state, "verified")
        self.send(emergency, "first")
        self.assertEqual(emergency.state, "first")

    def test_written_report_begins_with_what_was_told(self):
        emergency = self.record()
        self.send(emergency, "first", "phone")
        written = emergency.report_ids.filtered(lambda r: r.channel == "written")
        self.assertRecordValues(
            written,
            [
                {
                    "sent_to": CONTENT["sent_to"],
                    "course": emergency.course,
                    "casualties": CONTENT["casualties"],
                    "measures": CONTENT["measures"],
                }
            ],
        )

    def test_follow_up_begins_with_what_the_last_report_said(self):
        emergency = self.record_reported()
        following = emergency.report_ids.filtered(lambda r: r.kind == "follow_up")
        for name in ("sent_to", "course", "casualties", "measures"):
            self.assertEqual(following[name], CONTENT[name])

    def test_r_emg_3_follow_up_every_day(self):
        emergency = self.record_reported()
        for nth in (1, 2):
            self.clock.tick(timedelta(hours=20))
            report = self.send(emergency, "follow_up")
            self.assertEqual(report.nth, nth)
            self.assertEqual(emergency.state, "following")
            waiting = emergency.report_ids.filtered(lambda r: r.state == "draft")
            tomorrow = fields.Datetime.now() + timedelta(hours=24)
            self.assertEqual(waiting.moment_due, tomorrow)

    def test_r_emg_3_follow_up_on_change(self):
        emergency = self.record_reported()
        self.clock.tick(timedelta(hours=2))
        emergency.with_user(self.users["clerk"]).grade = "3"
        waiting = emergency.report_ids.filtered(lambda r: r.state == "draft")
        soon = fields.Datetime.now() + timedelta(hours=1)
        self.assertEqual((len(waiting), waiting.moment_due), (1, soon))

    def test_r_emg_3_final_after_the_end(self):
        emergency = self.record_reported()
        with self.assertRaisesRegex(UserError, "Only those who report"):
            emergency.with_user(self.users["petition_officer"]).action_settle()
        emergency.with_user(self.users["clerk"]).action_settle()
        with self.assertRaisesRegex(UserError, "ends once"):
            emergency.with_user(self.users["clerk"]).action_settle()
        states = emergency.report_ids.sorted("id").mapped(lambda r: (r.kind, r.state))
        self.assertEqual(states[-2:], [("follow_up", "void"), ("final", "draft")])
        self.send(emergency, "final")
        self.assertEqual(emergency.state, "final")
        self.assertFalse(emergency.next_report_due)

    def test_r_emg_3_nothing_ends_before_the_first_report(self):
        with self.assertRaisesRegex(UserError, "after the first report"):
            self.record().with_user(self.users["clerk"]).action_settle()

    def test_r_emg_2_contents_are_asked_for_at_once(self):
        emergency = self.record()
        self.send(emergency, "first", "phone")
        report = emergency.report_ids.filtered(lambda r: r.state == "draft")
        said_already = dict.fromkeys(("sent_to", "casualties", "measures"), False)
        report.write(said_already | {"signer_id": False})
        with self.assertRaises(UserError) as caught:
            report.with_user(self.users["clerk"]).do_transition("send")
        self.assertSays(
            caught.exception, "Reported To", "Casualties", "Measures", "Signed By"
        )

    def test_r_emg_1_changes_of_grade_and_class_are_on_record(self):
        emergency = self.record()
        emergency.with_user(self.users["clerk"]).write(
            {"grade": "2", "category": "accident"}
        )
        emergency.load([".id", "category"], [[str(emergency.id), "exam"]])
        self.assertRecordValues(
            emergency.change_ids.sorted("id"),
            [
                {
                    "kind": "grade",
                    "label_before": "Grade IV, Ordinary",
                    "label_after": "Grade II, Grave",
                    "user_id": self.users["clerk"].id,
                },
                {
                    "kind": "category",
                    "label_before": "Accident",
                    "label_after": "Examination Security",
                    "user_id": self.users["clerk"].id,
                },
            ],
        )
        with self.assertRaises(UserError):
            emergency.change_ids[0].value_after = "1"

    def test_s1_19_was_it_foretold(self):
        emergency = self.make("reviewed", foretold=False)
        leader = emergency.with_user(self.users["leader"])
        with self.assertRaisesRegex(UserError, "was it foretold"):
            leader.do_transition("close")
        emergency.foretold = "yes"
        with self.assertRaisesRegex(UserError, "name the advice"):
            leader.do_transition("close")
        emergency.foretold_by = "Advice on old pipes, March"
        leader.do_transition("close")
        self.assertEqual(emergency.state, "closed")

    def test_s1_19_the_forecast_knows_that_it_has_come(self):
        forecast = self.env["office.advice"].create(
            {"name": "The pipes are old", "kind": "risk"}
        )
        emergency = self.make("reviewed", foretold="yes")
        self.env["office.matter.link"]._link(forecast, emergency)
        emergency.with_user(self.users["leader"]).do_transition("close")
        self.assertEqual(forecast.forecast_result, "came")

    def test_what_was_sent_is_not_rewritten(self):
        emergency = self.record_reported()
        sent = emergency.report_ids.filtered(lambda r: r.state == "sent")[0]
        for name in ("course", "moment_done", "sent_to"):
            with self.subTest(field=name), self.assertRaises(ValidationError):
                sent.write({name: False})

    def test_reports_are_seen_with_their_emergency(self):
        report = self.record_reported().report_ids[0]
        for role, user in self.users.items():
            with self.subTest(role=role):
                mine = report.with_user(user)
                self.assertEqual(mine.has_access("read"), role in READERS.split())
        with self.assertRaises(AccessError):
            report.with_user(self.users["liaison"]).read(["course"])

    def test_school_reports_its_own(self):
        school = self.users["school"]
        emergency = self.model.with_user(school).create(
            {"name": "A fall", "place": "Playground", "source": "Teacher"}
        )
        self.assertEqual(emergency.sudo().lead_unit_id, self.school)
        self.assertEqual(emergency.sudo().handler_id, school)
        emergency.course = "A pupil fell from the bars."
        emergency.do_transition("verify")
        with self.assertRaises(AccessError):
            self.make().with_user(school).write({"place": "Elsewhere"})


@tagged("post_install", "-at_install")
class TestEmergencyRpc(EmergencyFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to an emergency."""


@tagged("post_install", "-at_install")
class TestEmergencyRace(EmergencyFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on emergencies at the same moment."""


class ReportFixture(MatterFixture):
    model_name = "office.emergency.report"
    relations = EmergencyFixture.relations
    readers = READERS

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        clerk = cls.users["clerk"]
        vals = EmergencyFixture.sample_vals.__func__(cls)
        cls.emergency = cls.env["office.emergency"].with_user(clerk).create(vals).sudo()
        return result

    @classmethod
    def sample_vals(cls):
        return {
            "name": "By telephone",
            "emergency_id": cls.emergency.id,
            "kind": "first",
            "channel": "phone",
            "late_reason": "The line was dead",
            **CONTENT,
        }

    def make(self, state=None, **vals):
        # Only a follow-up is ever dropped.
        if state == "void":
            vals = {"kind": "follow_up", **vals}
        return super().make(state, **vals)

    def prepare(self, record, row):
        if row.name == "drop":
            record.kind = "follow_up"


class TestEmergencyReport(ReportFixture, WorkflowTests, MomentTests, OfficeCase):
    """A report on an emergency moves by its steps only, and by its clock."""

    def test_first_and_final_are_never_dropped(self):
        for kind in ("first", "final"):
            record = self.make(kind=kind)
            with self.assertRaisesRegex(UserError, "always sent"):
                record.with_user(self.users["director"]).do_transition("drop", "Why")


@tagged("post_install", "-at_install")
class TestEmergencyReportRpc(ReportFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a report."""


@tagged("post_install", "-at_install")
class TestEmergencyReportRace(ReportFixture, RaceTests, OfficeRaceCase):
    """Two people send a report at the same moment."""
