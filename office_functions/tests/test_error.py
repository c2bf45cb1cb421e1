# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TODAY, ClockFixture, OfficeCase, OfficeHttpCase, OfficeRaceCase
from .matter_tests import MatterTests
from .race_tests import MatterRaceTests
from .rpc_tests import RpcTests


class ErrorFixture(ClockFixture):
    model_name = "office.error"
    relations = {
        "handler": "staff",
        "unit_head": "section_head",
        "fixer": "section_head",
    }

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Wrong document number",
            "text": "The notice has number 12, which was given to another one.",
            "kind": "number",
            "stage": "issuing",
            "cause": "Copied from the notice before",
            "date": TODAY,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "date_deadline": TODAY.replace(day=20),
        }

    def prepare(self, record, row):
        if row.name == "confirm" and not record.fixed_by_id:
            raise AssertionError("Who mended it is always known")


class TestError(ErrorFixture, MatterTests, OfficeCase):
    """An error passes the generic tests, and stays open until others confirm."""

    def make_directive(self, **vals):
        return self.env["office.directive"].create(
            {
                "name": "Check the numbers",
                "text": "Check them.",
                "leader_id": self.users["leader"].id,
                "lead_unit_id": self.unit.id,
                "handler_id": self.users["staff"].id,
                **vals,
            }
        )

    def measure(self, code):
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        first = TODAY.replace(day=1)
        return Indicator._measure(Indicator._get_indicator(code), first, TODAY)

    def test_s2_17_open_until_the_fix_is_confirmed_by_another(self):
        clerk, staff = self.users["clerk"], self.users["staff"]
        directive = self.make_directive()
        vals = {**self.sample_vals(), "matter_ref": f"office.directive,{directive.id}"}
        error = self.model.with_user(self.users["director"]).create(vals)
        error.with_user(clerk).do_transition("register")
        self.assertTrue(error.number)
        error.with_user(staff).do_transition("fix", "New number, all told")
        self.assertFalse(error.date_done)
        self.assertEqual(
            (error.fix, error.fixed_by_id), ("New number, all told", staff)
        )
        for role in ("staff", "section_head"):
            with self.assertRaises(UserError):
                error.with_user(self.users[role]).do_transition("confirm")
        error.with_user(clerk).do_transition("send_back", "The copies are wrong still")
        error.with_user(staff).do_transition("fix", "Copies too")
        error.with_user(clerk).do_transition("confirm")
        self.assertEqual((error.state, error.date_done), ("confirmed", TODAY))
        panel = directive.with_user(clerk).sudo().get_matter_panel()
        self.assertEqual([link["id"] for link in panel["results"]], [error.id])

    def test_s2_17_who_mended_it_never_confirms(self):
        error = self.make("registered", handler_id=self.users["director"].id)
        mine = error.with_user(self.users["director"])
        mine.do_transition("fix", "Done by myself")
        with self.assertRaisesRegex(UserError, "had a part in this yourself"):
            mine.do_transition("confirm")
        error.with_user(self.users["clerk"]).do_transition("confirm")

    def test_k10_counts_what_was_found_true(self):
        self.make("registered")
        self.make("confirmed", kind="image")
        self.make("reported")
        self.make("dismissed")
        self.make("registered", date="2026-02-28")
        staff = self.users["staff"]
        self.assertEqual(self.measure("K10"), [(self.unit.id, staff.id, 2, 0)])
        self.assertEqual(self.measure("K11"), [(self.unit.id, staff.id, 1, 0)])

    def test_s2_18_upheld_complaint_opens_an_image_record(self):
        directive = self.make_directive()
        open_error = self.env["office.error"]._open_image_errors
        error = open_error(directive, "complaint", "Complaint upheld", "Rude answer")
        self.assertRecordValues(
            error,
            [
                {
                    "kind": "image",
                    "state": "registered",
                    "lead_unit_id": self.unit.id,
                    "handler_id": self.users["staff"].id,
                    "matter_ref": directive,
                }
            ],
        )
        self.assertTrue(error.date_deadline)
        self.assertEqual(
            open_error(directive, "complaint", "Again", "Again"), error, "once a cause"
        )
        self.assertNotEqual(open_error(directive, "late", "Late", "Late"), error)
        self.assertEqual(self.measure("K11")[0][2], 2)
        self.assertEqual(len(directive.get_matter_panel()["results"]), 2)

    def test_s2_18_what_is_restricted_does_not_enter(self):
        directive = self.make_directive()
        directive.with_user(self.users["director"]).restrict()
        open_error = self.env["office.error"]._open_image_errors
        self.assertFalse(open_error(directive, "complaint", "Upheld", "Rude"))

    def test_anybody_reports_but_only_what_they_may_read(self):
        staff = self.users["staff"]
        mine = self.model.with_user(staff).create(self.sample_vals())
        self.assertEqual(mine.state, "reported")
        with self.assertRaisesRegex(UserError, "not yours to make"):
            mine.do_transition("register")
        hidden = self.make_directive(lead_unit_id=self.other_unit.id, handler_id=False)
        with self.assertRaises(AccessError):
            mine.matter_ref = hidden
        theirs = self.make()
        theirs.with_user(staff).cause = "Haste"
        with self.assertRaises(AccessError):
            self.make(handler_id=False).with_user(staff).cause = "Haste"


@tagged("post_install", "-at_install")
class TestErrorRpc(ErrorFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to an error."""


@tagged("post_install", "-at_install")
class TestErrorRace(ErrorFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on errors at the same moment."""
