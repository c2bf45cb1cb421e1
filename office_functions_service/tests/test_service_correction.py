# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import (
    ClockFixture,
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.matter_tests import MatterTests
from odoo.addons.office_functions.tests.race_tests import MatterRaceTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests


class ServiceCorrectionFixture(ClockFixture):
    model_name = "office.service.correction"
    relations = {"handler": "staff", "checker": "clerk", "blamed": ""}
    readers = "leader director clerk section_head staff"

    @classmethod
    def sample_vals(cls):
        return {
            "name": "The stairs are wet",
            "problem": "Water on the stairs between the second and the third floor.",
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "measure": "Wiped; a mat was laid out.",
        }


@tagged("office_service")
class TestServiceCorrection(ServiceCorrectionFixture, MatterTests, OfficeCase):
    """A correction passes the generic tests, and is opened once for a record."""

    def open_for(self, records):
        return self.model._open_for(
            records,
            "other",
            lambda record: {
                "name": f"About {record.display_name}",
                "problem": "Rated with one star.",
                "lead_unit_id": self.unit.id,
                "handler_id": self.users["staff"].id,
            },
        )

    def test_opened_once_for_a_record(self):
        found = self.make() | self.make(name="The lift squeaks")
        new = self.open_for(found)
        self.assertEqual(new.mapped("state"), ["open", "open"])
        self.assertEqual(new.mapped("source_name"), found.mapped("display_name"))
        self.assertTrue(all(new.mapped("date_deadline")))
        self.assertFalse(self.open_for(found))
        first = new[0]
        first.measure = "Wiped."
        first.with_user(self.users["staff"]).do_transition("report")
        first.with_user(self.users["director"]).do_transition("close")
        self.assertEqual(self.open_for(found).source_name, found[0].display_name)

    def test_failed_re_check_is_counted_and_goes_back(self):
        correction = self.make("reported")
        director = correction.with_user(self.users["director"])
        with self.assertRaisesRegex(UserError, "write down the reason"):
            director.do_transition("fail")
        director.do_transition("fail", "Still wet")
        self.assertEqual((correction.state, correction.failed_count), ("open", 1))
        self.assertFalse(correction.date_closed)

    def test_who_put_it_right_never_re_checks_it(self):
        correction = self.make("reported", handler_id=self.users["director"].id)
        with self.assertRaises(UserError):
            correction.with_user(self.users["director"]).do_transition("close")
        correction.with_user(self.users["clerk"]).do_transition("close")
        self.assertTrue(correction.date_closed)


@tagged("post_install", "-at_install")
class TestServiceCorrectionRpc(ServiceCorrectionFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a correction."""


@tagged("post_install", "-at_install")
class TestServiceCorrectionRace(
    ServiceCorrectionFixture, MatterRaceTests, OfficeRaceCase
):
    """Two people act on corrections at the same moment."""
