# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TODAY, ClockFixture, OfficeCase, OfficeHttpCase, OfficeRaceCase
from .matter_tests import MatterTests
from .race_tests import MatterRaceTests
from .rpc_tests import RpcTests


class FocusFixture(ClockFixture):
    model_name = "office.focus"
    relations = {
        "leader": "leader",
        "handler": "staff",
        "unit_head": "section_head",
    }
    admitted_role = "section_head"

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Rooms that stand empty",
            "text": "What can be done with them?",
            "leader_id": cls.users["leader"].id,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
        }


class TestFocus(FocusFixture, MatterTests, OfficeCase):
    """A focus passes what every kind of matter must, and its own rules."""

    def propose(self, focus):
        """Let the staff member propose something, and return the advice."""
        action = focus.with_user(self.users["staff"]).action_make_advice()
        advice = self.env[action["res_model"]].browse(action["res_id"])
        advice.write({"kind": "proposal", "text": "Lend them out."})
        return advice

    def test_s1_21_a_focus_without_advice_turns_red(self):
        focus = self.make("tracked")
        self.assertEqual(focus.date_deadline, TODAY + timedelta(days=30))
        for days, light in ((0, "green"), (25, "yellow"), (30, "yellow"), (31, "red")):
            self.to_day(days)
            mine = focus.with_user(self.users["director"])
            with self.subTest(days=days):
                self.assertEqual(mine.light, light)
        advice = self.propose(focus)
        self.assertRecordValues(
            advice,
            [
                {
                    "focus_id": focus.id,
                    "leader_id": self.users["leader"].id,
                    "initiative": "self",
                }
            ],
        )
        self.assertEqual(focus.state, "tracked", "a draft covers nothing")
        advice.with_user(self.users["staff"]).do_transition("submit")
        self.assertEqual((focus.state, focus.light), ("covered", "late"))

    def test_s1_22_acting_before_being_told_is_marked(self):
        focus = self.make("tracked", type="difficulty")
        directive = self.env["office.directive"].create(
            {
                "name": "Do it",
                "text": "Do it.",
                "leader_id": self.users["leader"].id,
            }
        )
        Action = self.env["office.focus.action"].with_user(self.users["staff"])
        action = Action.create({"focus_id": focus.id, "name": "Asked the neighbours"})
        self.assertTrue(action.is_untold)
        self.assertEqual(action.department_id, self.unit)
        self.assertEqual(focus.state, "covered")
        told = self.env["office.focus.action"].create(
            {"focus_id": focus.id, "name": "Lent", "directive_id": directive.id}
        )
        self.assertFalse(told.is_untold)
        seen = self.env["office.focus.action"].with_user(self.users["leader"])
        found = seen.search([("is_untold", "=", True), ("focus_id", "=", focus.id)])
        self.assertEqual(found, action)
        self.assertFalse(action.with_user(self.users["outsider"]).has_access("read"))
        with self.assertRaises(AccessError):
            told.with_user(self.users["staff"]).name = "Forged"

    def test_s1_22_an_action_is_not_what_a_focus_waits_for(self):
        focus = self.make("tracked")
        Action = self.env["office.focus.action"].with_user(self.users["staff"])
        Action.create({"focus_id": focus.id, "name": "Asked the neighbours"})
        self.assertEqual(focus.state, "tracked")
        hidden = self.make(lead_unit_id=self.other_unit.id, handler_id=False)
        with self.assertRaises(AccessError):
            Action.create({"focus_id": hidden.id, "name": "Looked in"})


@tagged("post_install", "-at_install")
class TestFocusRpc(FocusFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a focus."""


@tagged("post_install", "-at_install")
class TestFocusRace(FocusFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on a focus at the same moment."""
