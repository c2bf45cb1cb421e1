# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from .common import TODAY, ClockFixture, OfficeCase
from .matter_tests import MatterTests


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
