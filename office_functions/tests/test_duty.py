# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import datetime, timedelta
from itertools import count

from lxml.html import fromstring
from psycopg2.errors import NotNullViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import MatterFixture, OfficeCase, OfficeHttpCase, OfficeRaceCase
from .race_tests import RaceTests
from .rpc_tests import RpcTests
from .test_paper import pdf_text
from .workflow_tests import WorkflowTests

HOUR = timedelta(hours=1)
FIRST = datetime(2026, 1, 1)


class ShiftFixture(MatterFixture):
    """Short shifts in pairs: each of the sample is followed by the section head's."""

    model_name = "office.duty.shift"
    relations = {"person": "staff", "leader": "leader", "successor": "section_head"}

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.hours = count(0, 2)
        cls.env["office.duty.shift"].create(
            [
                cls.shift_vals(FIRST + hour * HOUR, "section_head")
                for hour in range(1, 1200, 2)
            ]
        )
        return result

    @classmethod
    def shift_vals(cls, start, role, hours=1):
        return {
            "date_start": fields.Datetime.to_string(start),
            "date_end": fields.Datetime.to_string(start + hours * HOUR),
            "leader_id": cls.users["leader"].id,
            "user_id": cls.users[role].id,
        }

    @classmethod
    def sample_vals(cls):
        return cls.shift_vals(FIRST + next(cls.hours) * HOUR, "staff")

    def prepare(self, record, row):
        if row.name == "hand_over":
            record._sign(zero_report="zero")


class TestDutyShift(ShiftFixture, WorkflowTests, OfficeCase):
    """A shift moves by its steps only."""


@tagged("post_install", "-at_install")
class TestDutyShiftRpc(ShiftFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a shift."""


@tagged("post_install", "-at_install")
class TestDutyShiftRace(ShiftFixture, RaceTests, OfficeRaceCase):
    """Two people take over at the same moment."""


class TestDuty(OfficeCase):
    """Shifts of 24 hours, one after the other, at ten in the morning of a Tuesday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        begin = fields.Datetime.now() - timedelta(hours=2)
        Shift = cls.env["office.duty.shift"]
        cls.shift, cls.next_shift, _third = Shift.create(
            [
                {
                    "date_start": begin + timedelta(days=nth),
                    "date_end": begin + timedelta(days=nth + 1),
                    "leader_id": cls.users["leader"].id,
                    "user_id": cls.users[role].id,
                }
                for nth, role in enumerate(("staff", "liaison", "staff"))
            ]
        )

    def setUp(self):
        super().setUp()
        self.mine = self.shift.with_user(self.users["staff"])
        self.mine.do_transition("start")

    def note(self, **vals):
        """Note a call as the person on duty."""
        return (
            self.env["office.duty.call"]
            .with_user(self.users["staff"])
            .create(
                {
                    "shift_id": self.shift.id,
                    "caller_unit": "Street office",
                    "caller_name": "Mr Zhou",
                    "caller_phone": "555 0101",
                    "text": "A tree fell on the school wall.",
                    **vals,
                }
            )
        )

    def take_over(self):
        shift = self.shift.with_user(self.users["liaison"])
        shift.do_transition("take_over")

    def test_r_emg_5_a_call_has_its_five_items(self):
        call = self.note()
        self.assertEqual(call.date, fields.Datetime.now())
        self.assertEqual(call.recorder_id, self.users["staff"])
        call.write({"instruction": "Close the path", "handling": "Closed at noon"})
        for name in ("caller_name", "text"):
            with self.subTest(field=name), self.assertRaises(NotNullViolation):
                with mute_logger("odoo.sql_db"), self.cr.savepoint():
                    self.note(**{name: False})
                    self.env.flush_all()

    def test_r_emg_5_calls_are_noted_on_duty_only(self):
        with self.assertRaisesRegex(UserError, "on duty"):
            self.note(shift_id=self.next_shift.id)
        with self.assertRaisesRegex(ValidationError, "future"):
            self.note(date=fields.Datetime.now() + HOUR)
        with self.assertRaisesRegex(UserError, "not deleted"):
            self.note().sudo().unlink()

    def test_r_emg_5_handover_is_refused_while_things_are_open(self):
        call = self.note()
        with self.assertRaises(UserError) as caught:
            self.mine.do_transition("hand_over")
        self.assertSays(caught.exception, "daily report is missing", call.text)
        self.mine.action_report_zero()
        with self.assertRaisesRegex(UserError, call.text):
            self.mine.do_transition("hand_over")
        call.disposition = "handed"
        self.mine.do_transition("hand_over")
        self.assertEqual(self.shift.giver_id, self.users["staff"])

    def test_r_emg_5_both_sign_face_to_face(self):
        call = self.note(disposition="handed")
        self.mine.action_report_zero()
        self.mine.do_transition("hand_over")
        for role in ("staff", "leader", "clerk"):
            with self.subTest(role=role), self.assertRaises(UserError):
                self.shift.with_user(self.users[role]).do_transition("take_over")
        self.take_over()
        self.assertRecordValues(
            self.shift,
            [
                {
                    "state": "handed_over",
                    "giver_id": self.users["staff"].id,
                    "taker_id": self.users["liaison"].id,
                }
            ],
        )
        self.assertEqual(self.next_shift.state, "on_duty")
        self.assertEqual(call.sudo().holder_shift_id, self.next_shift)
        self.assertEqual(call.sudo().disposition, "open")
        self.assertEqual(self.next_shift.open_count, 1)
        return call

    def test_r_emg_5_the_next_shift_goes_on_with_it(self):
        call = self.test_r_emg_5_both_sign_face_to_face()
        theirs = call.with_user(self.users["liaison"])
        with self.assertRaisesRegex(ValidationError, "earlier shift wrote"):
            theirs.text = "No tree fell."
        theirs.write({"handling": "The tree was removed.", "disposition": "done"})
        self.assertFalse(self.next_shift.open_count)
        with self.assertRaises(ValidationError):
            call.sudo().holder_shift_id = self.shift

    def test_r_emg_5_zero_report(self):
        for role in ("clerk", "section_head"):
            with self.assertRaisesRegex(UserError, "Who is on duty"):
                self.shift.with_user(self.users[role]).action_report_zero()
        self.env["office.emergency"].create(
            {"name": "Fire", "place": "Canteen", "source": "Cook"}
        )
        with self.assertRaisesRegex(UserError, "no day for a zero report"):
            self.mine.action_report_zero()
        self.mine.action_report_events()
        self.assertEqual(self.shift.zero_report, "events")
        with self.assertRaisesRegex(UserError, "reports once"):
            self.mine.action_report_events()

    def test_s2_2_shift_without_handover_shows_red(self):
        missing = [("is_handover_missing", "=", True), ("id", "=", self.shift.id)]
        self.assertFalse(self.shift.is_handover_missing)
        self.assertFalse(self.shift.search(missing))
        self.clock.move_to(self.shift.date_end + HOUR + timedelta(seconds=1))
        self.env.invalidate_all()
        self.assertTrue(self.shift.is_handover_missing)
        self.assertTrue(self.shift.search(missing))
        self.assertIn(
            'decoration-danger="is_handover_missing"',
            self.shift.get_view(view_type="list")["arch"],
        )
        self.mine.action_report_zero()
        self.mine.do_transition("hand_over")
        self.take_over()
        self.assertFalse(self.shift.search(missing))

    def test_s2_2_shifts_handed_over_are_counted(self):
        self.to_day(3)
        day = fields.Date.context_today(self.shift)
        rows = self.shift._measure_handovers(day - timedelta(days=3), day)
        staff, liaison = (self.users[role].id for role in ("staff", "liaison"))
        self.assertIn((None, liaison, 0, 1), rows)
        self.assertIn(staff, [row[1] for row in rows])

    def test_s2_2_superior_contact_is_found_by_matter(self):
        Partner = self.env["res.partner"]
        wanted, _other, _below = Partner.create(
            [
                {
                    "name": "City enrolment office",
                    "office_direction": "up",
                    "office_matters": "enrolment transfers",
                },
                {
                    "name": "City finance office",
                    "office_direction": "up",
                    "office_matters": "funds",
                },
                {
                    "name": "Primary school 3",
                    "office_direction": "down",
                    "office_matters": "enrolment",
                },
            ]
        )
        action = self.env.ref("office_functions.office_contact_action")
        clerk = Partner.with_user(self.users["clerk"])
        arch = clerk.get_view(action.search_view_id.id, "search")["arch"]
        for name in ("up", "down", "section", "peer"):
            self.assertIn(f'name="{name}"', arch)
        found = clerk.search(
            [
                ("office_direction", "!=", False),
                ("office_direction", "=", "up"),
                ("office_matters", "ilike", "enrolment"),
            ]
        )
        self.assertEqual(found, wanted)

    def test_who_sees_the_records_of_a_shift(self):
        call = self.note()
        seen = {
            role
            for role, user in self.users.items()
            if call.with_user(user).has_access("read")
        }
        self.assertEqual(seen, {"leader", "director", "clerk", "staff"})
        with self.assertRaises(AccessError):
            call.with_user(self.users["section_head"]).read(["caller_phone"])
        with self.assertRaises(AccessError):
            self.shift.with_user(self.users["canteen"]).weather = "Rain"

    def make_rota(self):
        turns = [("leader", role) for role in ("staff", "liaison", "clerk")]
        return self.env["office.duty.rota"].create(
            [
                {
                    "sequence": nth,
                    "leader_id": self.users[leader].id,
                    "user_id": self.users[role].id,
                }
                for nth, (leader, role) in enumerate(turns)
            ]
        )

    def test_month_is_planned_from_the_rota(self):
        clerk = self.users["clerk"]
        form = Form(self.env["office.duty.plan"].with_user(clerk))
        self.assertEqual(str(form.date_to), "2026-04-30")
        plan = form.save()
        with self.assertRaisesRegex(UserError, "rota is empty"):
            plan.action_plan()
        self.make_rota()
        shifts = self.env["office.duty.shift"].search(
            plan.action_plan()["domain"], order="date_start"
        )
        self.assertEqual(len(shifts), 30)
        self.assertEqual(
            fields.Datetime.to_string(shifts[0].date_start), "2026-04-01 00:30:00"
        )
        for one, other in zip(shifts, shifts[1:], strict=False):
            self.assertEqual(one.date_end, other.date_start)
        # The last shift was the staff member's: it is the liaison's turn.
        wanted = ["liaison", "clerk", "staff", "liaison"]
        self.assertEqual(
            [shift.user_id for shift in shifts[:4]],
            [self.users[role] for role in wanted],
        )
        again = self.env["office.duty.plan"].with_user(clerk)
        again = again.create({"date_from": "2026-04-01", "date_to": "2026-05-02"})
        more = self.env["office.duty.shift"].search(again.action_plan()["domain"])
        self.assertEqual(len(more), 2, "each day once")

    def test_holidays_are_named(self):
        self.env["office.calendar.day"].create(
            {"date": "2026-03-11", "kind": "holiday", "name": "Founders' Day"}
        )
        shift = self.next_shift.with_context(tz="Asia/Shanghai")
        self.assertEqual(shift.day_kind, "Founders' Day")
        self.assertEqual(self.shift.day_kind, "Workday")

    def print_log(self):
        """Return the log of the shift (F11) as it prints for who lives elsewhere."""
        reports = self.env["ir.actions.report"].with_context(tz="UTC")
        report = "office_functions.report_f11_duty_log"
        return reports._render_qweb_html(report, self.shift.ids)[0].decode()

    def test_duty_log_prints(self):
        self.note(handling="Closed", disposition="done")
        self.mine.action_report_zero()
        words = self.print_log()
        self.assertSays(words, "值班日志", "Mr Zhou", "555 0101", "已零报告")
        self.assertSays(words, "2026年3月10日 星期二", "24小时，3月10日 08:00至3月11日")

    def test_f11_prints_what_was_handed_over_and_by_whom(self):
        event = self.env["office.emergency"].create(
            {"name": "A tree fell", "place": "Gate", "source": "Guard"}
        )
        self.note(handling="Closed", disposition="done")
        self.mine.action_report_events()
        self.mine.write(
            {"handover_text": "Watch the wall", "instructions": "Close the path"}
        )
        self.mine.do_transition("hand_over")
        self.take_over()
        reports = self.env["ir.actions.report"].with_context(tz="UTC")
        content, kind = reports._render_qweb_pdf(
            "office_functions.report_f11_duty_log", self.shift.ids
        )
        page = "".join(pdf_text(content).split())
        self.assertEqual(kind, "pdf")
        self.assertSays(page, "突发事件3月10日", "".join(event.name.split()))
        self.assertSays(page, "待办移交Watchthewall", "Closethepath")
        names = {
            "交班人": self.users["staff"].name,
            "接班人": self.users["liaison"].name,
        }
        for heading, name in names.items():
            self.assertSays(page, heading, "".join(name.split()))
        self.assertEqual(page.count("2026年3月10日"), 3, "the day, and two signatures")

    def test_duty_log_keeps_documents_apart_from_calls(self):
        self.note(handling="Closed", disposition="done")
        self.note(kind="document", text="Notice of the district", disposition="done")
        page = fromstring(self.print_log())
        (papers,) = page.xpath("//th[.='收文']/following-sibling::td")
        self.assertIn("Notice of the district", papers.text_content())
        (calls,) = page.xpath("//table[thead]")
        self.assertIn("Closed", calls.text_content())
        self.assertNotIn("Notice of the district", calls.text_content())
