# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.modules.module import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools.convert import convert_file

from odoo.addons.office_functions_service.demo.story_repair import RepairStory
from odoo.addons.office_functions_service.models.maintenance_request import STATES

PEOPLE = "hr.department res.users res.users-colleagues hr.employee"


@tagged("post_install", "-at_install", "office_demo")
class TestRepairDemo(TransactionCase):
    """The demo has repairs in every state and light, told once."""

    def test_every_state_and_light(self):
        for file in Manifest.for_addon("office_functions")["demo"]:
            if file.endswith(".csv") and any(
                file == f"demo/{name}.csv" for name in PEOPLE.split()
            ):
                convert_file(
                    self.env, "office_functions", file, {}, mode="init", noupdate=True
                )
        RepairStory(self.env).tell()
        repairs = self.env["maintenance.request"].search(
            [("is_office_repair", "=", True)]
        )
        self.assertEqual(set(repairs.mapped("state")), {state for state, _ in STATES})
        self.assertGreaterEqual(
            set(repairs.mapped("light")),
            {"red", "yellow", "green", "paused", "late", "done"},
        )
        self.assertEqual(len(set(repairs.mapped("name"))), len(repairs))
        for repair in repairs.filtered(lambda repair: repair.light == "red"):
            self.assertTrue(repair.urging_ids, repair.name)
        proposed = self.env["maintenance.equipment"].search(
            [("replacement_state", "=", "proposed")]
        )
        self.assertGreaterEqual(len(proposed), 2)
        RepairStory(self.env).tell()
        self.assertEqual(
            self.env["maintenance.request"].search_count(
                [("is_office_repair", "=", True)]
            ),
            len(repairs),
        )
