# Part of Office Functions. See LICENSE file for full copyright and licensing details.

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
    """Lost property passes every generic test, and its two guards hold."""


@tagged("post_install", "-at_install")
class TestLostPropertyRpc(LostPropertyFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to lost property."""


@tagged("post_install", "-at_install")
class TestLostPropertyRace(LostPropertyFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on lost property at the same moment."""
