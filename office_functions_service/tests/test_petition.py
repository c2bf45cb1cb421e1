# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import (
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.matter_tests import MatterTests
from odoo.addons.office_functions.tests.race_tests import MatterRaceTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests

from .petition_fixture import PetitionFixture


@tagged("office_service")
class TestPetition(PetitionFixture, MatterTests, OfficeCase):
    """A petition passes the generic tests."""

    # Each of these writes a numbered notice, and most of them set another clock.
    dear_steps = {
        "accept": 12,
        "assign": 12,
        "join": 14,
        "object": 11,
        "postpone": 14,
        "reply": 13,
    }


@tagged("post_install", "-at_install")
class TestPetitionRpc(PetitionFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a petition."""


@tagged("post_install", "-at_install")
class TestPetitionRace(PetitionFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on petitions at the same moment."""
