# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import (
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.matter_tests import MatterTests
from odoo.addons.office_functions.tests.moment_tests import MomentTests
from odoo.addons.office_functions.tests.race_tests import MatterRaceTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests

from .repair_case import RepairFixture


@tagged("office_service")
class TestRepair(RepairFixture, MatterTests, MomentTests, OfficeCase):
    """A repair passes the generic tests."""


@tagged("post_install", "-at_install")
class TestRepairRpc(RepairFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a repair."""


@tagged("post_install", "-at_install")
class TestRepairRace(RepairFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on repairs at the same moment."""
