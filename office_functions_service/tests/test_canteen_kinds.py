# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import (
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.race_tests import RaceTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests
from odoo.addons.office_functions.tests.workflow_tests import WorkflowTests
from odoo.addons.office_functions.tools.transition import permit

from .canteen_case import MONDAY, CanteenFixture


class MenuFixture(CanteenFixture):
    model_name = "office.canteen.menu"

    @classmethod
    def sample_vals(cls):
        return cls.menu_vals()

    def prepare(self, record, row):
        if row.name == "finish":
            checks = record.meal_ids.check_ids
            with permit(checks, "called_off"):
                checks.state = "called_off"


class OfMealFixture(CanteenFixture):
    """Records of a meal: the canteen follows from it, and is another one each time."""

    def assertBornClean(self, record):
        guarded = self.model._get_guarded_fields() - {"canteen_id"}
        model = self.registry[self.model_name]
        with patch.object(model, "_get_guarded_fields", lambda self: guarded):
            result = super().assertBornClean(record)
        self.assertEqual(record.canteen_id, record.meal_id.canteen_id)
        return result


class CheckFixture(OfMealFixture):
    model_name = "office.canteen.check"
    relations = {"officer": "canteen"}

    @classmethod
    def sample_vals(cls):
        return {"meal_id": cls.make_menu().meal_ids[0].id}

    def prepare(self, record, row):
        self.prepare_check(record, row.name)


class SampleFixture(OfMealFixture):
    model_name = "office.canteen.sample"

    @classmethod
    def sample_vals(cls):
        check = cls.env["office.canteen.check"].create(
            {"meal_id": cls.make_menu().meal_ids[0].id}
        )
        with permit(check, "processed"):
            check.state = "processed"
        return {
            "check_id": check.id,
            "dish_id": check.dish_ids[0].id,
            "fridge": "一号柜",
        }

    def prepare(self, record, row):
        with permit(record):
            record.date_taken = fields.Datetime.now() - timedelta(days=3)


class CookFixture(CanteenFixture):
    model_name = "office.canteen.cook"

    @classmethod
    def sample_vals(cls):
        return {
            "name": "王师傅",
            "canteen_id": cls.make_canteen().id,
            "date_certificate": "2027-12-31",
        }


class DeliveryFixture(CanteenFixture):
    model_name = "office.canteen.delivery"

    @classmethod
    def sample_vals(cls):
        canteen = cls.make_canteen()
        supplier = cls.env["office.canteen.supplier"].create(
            {
                "name": "江滨粮油",
                "canteen_id": canteen.id,
                "license_number": "JY1",
                "date_license": "2028-01-01",
            }
        )
        return {
            "name": "大米",
            "canteen_id": canteen.id,
            "spec": "25kg/袋",
            "quantity": 4,
            "batch": "B0301",
            "date": MONDAY.isoformat(),
            "produced_on": "2026-02-01",
            "shelf_life": 180,
            "supplier_id": supplier.id,
            "certificate": "检验合格证",
        }


class RoundFixture(CanteenFixture):
    model_name = "office.canteen.round"
    relations = {"inspector": "canteen"}

    @classmethod
    def sample_vals(cls):
        return {
            "canteen_id": cls.make_canteen().id,
            "kind": "day",
            "date": MONDAY.isoformat(),
        }

    def prepare(self, record, row):
        record.is_zero_risk = True


@tagged("office_canteen")
class TestCanteenMenu(MenuFixture, WorkflowTests, OfficeCase):
    """Moves by its declared steps only."""


@tagged("post_install", "-at_install")
class TestCanteenMenuRpc(MenuFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door."""


@tagged("post_install", "-at_install")
class TestCanteenMenuRace(MenuFixture, RaceTests, OfficeRaceCase):
    """Two people act at the same moment."""


@tagged("office_canteen")
class TestCanteenCheck(CheckFixture, WorkflowTests, OfficeCase):
    """Moves by its declared steps only."""


@tagged("post_install", "-at_install")
class TestCanteenCheckRpc(CheckFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door."""


@tagged("post_install", "-at_install")
class TestCanteenCheckRace(CheckFixture, RaceTests, OfficeRaceCase):
    """Two people act at the same moment."""


@tagged("office_canteen")
class TestCanteenSample(SampleFixture, WorkflowTests, OfficeCase):
    """Moves by its declared steps only."""


@tagged("post_install", "-at_install")
class TestCanteenSampleRpc(SampleFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door."""


@tagged("post_install", "-at_install")
class TestCanteenSampleRace(SampleFixture, RaceTests, OfficeRaceCase):
    """Two people act at the same moment."""


@tagged("office_canteen")
class TestCanteenCook(CookFixture, WorkflowTests, OfficeCase):
    """Moves by its declared steps only."""


@tagged("post_install", "-at_install")
class TestCanteenCookRpc(CookFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door."""


@tagged("post_install", "-at_install")
class TestCanteenCookRace(CookFixture, RaceTests, OfficeRaceCase):
    """Two people act at the same moment."""


@tagged("office_canteen")
class TestCanteenDelivery(DeliveryFixture, WorkflowTests, OfficeCase):
    """Moves by its declared steps only."""


@tagged("post_install", "-at_install")
class TestCanteenDeliveryRpc(DeliveryFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door."""


@tagged("post_install", "-at_install")
class TestCanteenDeliveryRace(DeliveryFixture, RaceTests, OfficeRaceCase):
    """Two people act at the same moment."""


@tagged("office_canteen")
class TestCanteenRound(RoundFixture, WorkflowTests, OfficeCase):
    """Moves by its declared steps only."""


@tagged("post_install", "-at_install")
class TestCanteenRoundRpc(RoundFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door."""


@tagged("post_install", "-at_install")
class TestCanteenRoundRace(RoundFixture, RaceTests, OfficeRaceCase):
    """Two people act at the same moment."""
