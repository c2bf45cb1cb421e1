# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TODAY, ClockFixture, OfficeCase, OfficeHttpCase, OfficeRaceCase
from .matter_tests import MatterTests
from .race_tests import MatterRaceTests
from .rpc_tests import RpcTests
from .step_tests import StepTests


class HelpRequestFixture(ClockFixture):
    model_name = "office.help.request"
    relations = {
        "handler": "staff",
        "unit_head": "section_head",
        "asking_head": "",
    }

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Two people for the sports day",
            "text": "To count the runners, from eight to twelve.",
            "asking_unit_id": cls.other_unit.id,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "date_deadline": TODAY.replace(day=20),
        }

    def prepare(self, record, row):
        if row.name == "rate":
            record.rating = "4"


class TestHelpRequest(HelpRequestFixture, MatterTests, StepTests, OfficeCase):
    """A help request passes the generic tests, and is answered in time."""

    def test_s2_11_accepts_or_refuses_and_both_see_the_time(self):
        head = self.make_user(
            "test_asker", "office_functions.group_office_section_head"
        )
        self.other_unit.manager_id = self.env["hr.employee"].create(
            {"name": head.name, "user_id": head.id, "department_id": self.other_unit.id}
        )
        vals = self.sample_vals()
        del vals["asking_unit_id"]
        request = self.model.with_user(head).create(vals)
        self.assertEqual(request.asking_unit_id, self.other_unit)
        request.do_transition("ask")
        other = request.copy({"name": "Three people"})
        other.do_transition("ask")
        due = request.step_due
        self.assertEqual(fields.Date.to_date(due), TODAY + timedelta(days=3))
        self.to_day(2)
        asked = self.users["section_head"]
        with self.assertRaisesRegex(UserError, "write down the reason"):
            request.with_user(asked).do_transition("refuse")
        request.with_user(asked).do_transition("refuse", "All are at the exam")
        other.with_user(asked).do_transition("accept")
        self.to_day(4)
        for user in (head, asked):
            for record in (request, other):
                mine = record.with_user(user)
                self.assertEqual(mine.days_used, 2.0)
                self.assertEqual(mine.transition_ids[0].user_id, asked)
        self.assertEqual(request.transition_ids[0].note, "All are at the exam")
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        rows = Indicator._measure(
            Indicator._get_indicator("S2.11"), TODAY, TODAY + timedelta(days=4)
        )
        self.assertEqual(rows, [(self.unit.id, self.users["staff"].id, 4.0, 2)])

    def test_s2_11_no_reply_in_time_is_seen(self):
        request = self.make("asked")
        self.to_day(2)
        self.assertFalse(request.is_idle)
        self.to_day(4)
        self.assertTrue(request.is_idle)
        self.assertEqual((request.days_used, request.holder_id.name), (4, "Test Staff"))

    def test_done_and_rated_by_who_asked(self):
        request = self.make("accepted")
        request.with_user(self.users["staff"]).do_transition("finish", "Two came")
        self.assertEqual(request.outcome, "Two came")
        clerk = request.with_user(self.users["clerk"])
        with self.assertRaisesRegex(UserError, "one to five stars"):
            clerk.do_transition("rate")
        with self.assertRaises(AccessError):
            request.with_user(self.users["staff"]).rating = "5"
        clerk.rating = "5"
        clerk.do_transition("rate")
        self.assertEqual(request.state, "rated")

    def test_a_unit_does_not_ask_itself(self):
        request = self.make(asking_unit_id=self.unit.id)
        with self.assertRaisesRegex(UserError, "not itself"):
            request.with_user(self.users["clerk"]).do_transition("ask")


@tagged("post_install", "-at_install")
class TestHelpRequestRpc(HelpRequestFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a help request."""


@tagged("post_install", "-at_install")
class TestHelpRequestRace(HelpRequestFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on help requests at the same moment."""
