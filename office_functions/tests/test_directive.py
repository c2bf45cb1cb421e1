# Part of Office Functions. See LICENSE file for full copyright and licensing details.

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


@tagged("post_install", "-at_install")
class TestDirectiveRpc(DirectiveFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a directive."""


@tagged("post_install", "-at_install")
class TestDirectiveRace(DirectiveFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on directives at the same moment."""
