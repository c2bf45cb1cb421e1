# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.addons.office_functions.tests.common import ClockFixture, OfficeCase
from odoo.addons.office_functions.tests.cycle_tests import ReportCycleTests
from odoo.addons.office_functions.tests.matter_tests import MatterTests


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
