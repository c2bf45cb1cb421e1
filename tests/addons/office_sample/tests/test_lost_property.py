# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import (
    ClockFixture,
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.cycle_tests import ReportCycleTests
from odoo.addons.office_functions.tests.matter_tests import MatterTests
from odoo.addons.office_functions.tests.race_tests import MatterRaceTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests


class LostPropertyFixture(ClockFixture):
    model_name = "office.lost.property"
    relations = {"handler": "staff", "unit_head": "section_head"}
    readers = "leader director clerk section_head staff canteen"

    @classmethod
    def sample_vals(cls):
        return {
            "name": "A black umbrella",
            "place": "Entrance hall",
            "finder_id": cls.users["canteen"].id,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "owner_name": "Wang Xiaoming",
            "owner_proof": "Knew the name written inside",
        }

    def prepare(self, record, row):
        if row.guard == "_guard_time_is_up":
            self.to_day(record.date_deadline or 60)
            self.clock.tick(86400)
            record.invalidate_recordset()


class TestLostProperty(LostPropertyFixture, MatterTests, ReportCycleTests, OfficeCase):
    """Lost property passes every generic test, and its own guards hold."""

    def test_finder_is_not_the_owner(self):
        record = self.make("sought", owner_name=self.users["canteen"].name)
        with self.assertRaisesRegex(UserError, "finder cannot be the owner"):
            record.with_user(record.handler_id).do_transition("give_back")

    def test_police_only_after_the_deadline(self):
        record = self.make("sought")
        mine = record.with_user(self.users["director"])
        with self.assertRaisesRegex(UserError, "owner may still come"):
            mine.do_transition("hand_over", "Nobody came")
        self.to_day(record.date_deadline + timedelta(days=1))
        mine.do_transition("hand_over", "Nobody came")
        self.assertEqual(record.state, "handed_over")

    def test_handler_is_reminded_once(self):
        record = self.make("announced")
        for _again in range(2):
            record._open_cycle_report()
        self.assertEqual(record.activity_ids.user_id, record.handler_id)
        self.assertEqual(len(record.activity_ids), 1)


@tagged("post_install", "-at_install")
class TestLostPropertyRpc(LostPropertyFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to lost property."""


@tagged("post_install", "-at_install")
class TestLostPropertyRace(LostPropertyFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on lost property at the same moment."""
