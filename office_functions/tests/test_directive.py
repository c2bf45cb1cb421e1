# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import TODAY, ClockFixture, OfficeCase, OfficeHttpCase, OfficeRaceCase
from .matter_tests import MatterTests
from .race_tests import MatterRaceTests
from .rpc_tests import RpcTests


class DirectiveFixture(ClockFixture):
    model_name = "office.directive"
    relations = {
        "leader": "leader",
        "handler": "staff",
        "unit_head": "section_head",
    }

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Repair the roof of the gym",
            "text": "Repair it before the rain comes.",
            "leader_id": cls.users["leader"].id,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "date": TODAY,
            "date_deadline": TODAY.replace(day=20),
        }


class TestDirective(DirectiveFixture, MatterTests, OfficeCase):
    """A directive passes what every kind of matter must, and its own rules."""

    def test_m3_an_oral_instruction_unconfirmed_too_long_is_an_omission(self):
        late, confirmed = self.make(kind="oral"), self.make(kind="oral")
        written = self.make()
        self.env.cr.execute(
            "UPDATE office_directive SET create_date = %s WHERE id IN %s",
            [fields.Datetime.now(), tuple((late | confirmed | written).ids)],
        )
        confirmed.with_user(self.users["leader"]).action_confirm_text()
        Omission = self.env["office.omission"]
        for day, expected in ((2, self.model), (3, late)):
            self.to_day(day)
            Omission._cron_check()
            found = Omission.search([("code", "=", "oral_unconfirmed")])
            with self.subTest(day=day):
                self.assertEqual(
                    self.model.browse(found.mapped("res_id"))
                    & (late | confirmed | written),
                    expected,
                )
        self.env["office.time.limit"]._get("oral_confirmation", self.company).amount = 5
        Omission._cron_check()
        found = Omission.search(
            [("code", "=", "oral_unconfirmed"), ("res_id", "=", late.id)]
        )
        self.assertTrue(found.date_cleared, "the limit is a parameter")

    def test_wording_of_an_oral_instruction(self):
        record, written = self.make(kind="oral"), self.make()
        mine = [("id", "in", (record | written).ids)]
        self.assertTrue(record.is_unconfirmed)
        self.assertFalse(written.is_unconfirmed)
        for value in (True, False):
            found = self.model.search([("is_unconfirmed", "=", value), *mine])
            self.assertEqual(found, record if value else written)
        for role in ("clerk", "director", "staff"):
            with self.subTest(role=role):
                with self.assertRaisesRegex(UserError, self.users["leader"].name):
                    record.with_user(self.users[role]).action_confirm_text()
        record.with_user(self.users["leader"]).action_confirm_text()
        self.assertEqual(record.date_text_confirmed, fields.Datetime.now())
        self.assertFalse(record.is_unconfirmed)
        changes = {
            "text": "Other words",
            "kind": "written",
            "date": "2026-03-01",
            "leader_id": self.users["leader"].id,
        }
        for name, value in changes.items():
            with self.subTest(field=name):
                for role in ("clerk", "director", "leader"):
                    with self.assertRaisesRegex(ValidationError, "own words"):
                        record.with_user(self.users[role]).write({name: value})
        written.with_user(self.users["clerk"]).text = "Other words"
        record.with_user(self.users["clerk"]).name = "Its subject is the office's own"

    def test_another_leader_confirms_nothing(self):
        other = self.make_user("test_leader2", "office_functions.group_office_leader")
        record = self.make("reported")
        for name in ("confirm", "send_back", "withdraw"):
            with self.subTest(transition=name):
                with self.assertRaisesRegex(UserError, self.users["leader"].name):
                    record.with_user(other).do_transition(name, "Why not")

    def test_clerk_changes_own_records_only(self):
        record = self.make()
        record.with_user(self.users["clerk"]).source = "Morning meeting"
        colleague = self.make_user("test_clerk2", "office_functions.group_office_clerk")
        with self.assertRaises(AccessError):
            record.with_user(colleague).source = "Forged"
        record.with_user(self.users["director"]).source = "Evening meeting"
        for role in ("leader", "section_head", "staff"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                record.with_user(self.users[role]).source = "Forged"


@tagged("post_install", "-at_install")
class TestDirectiveRpc(DirectiveFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a directive."""


@tagged("post_install", "-at_install")
class TestDirectiveRace(DirectiveFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on directives at the same moment."""
