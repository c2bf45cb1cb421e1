# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A staircase inspected on a phone: it fails again, and the contractor is called to it."""

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase

PHONE = "390x844"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkCleaning(WalkCase):
    def test_s4_8_m13_what_fails_twice_brings_a_notice(self):
        staff, head = self.people["staff"], self.people["head"]
        area = self.env["office.cleaning.area"].create(
            {
                "name": "三楼楼梯",
                "unit_id": self.unit.id,
                "contractor_id": self.env["res.partner"]
                .create({"name": "洁净公司"})
                .id,
                "responsible_id": head.id,
                "inspector_id": staff.id,
                "item_ids": [
                    Command.create({"name": "地面", "standard": "干燥无杂物"})
                ],
            }
        )
        first, again = self.env["office.cleaning.inspection"].create(
            [
                {
                    "name": area.name,
                    "area_id": area.id,
                    "lead_unit_id": self.unit.id,
                    "handler_id": staff.id,
                }
                for _nth in range(2)
            ]
        )
        first.with_user(staff).do_transition("start")
        first.line_ids.with_user(staff).write({"score": 50, "problem": "有杂物"})
        first.with_user(staff).do_transition("fail")
        self.assertFalse(first.notice_id)
        self.browser_size = PHONE
        self.walk(
            f"office-cleaning-inspections/{again.id}",
            "office_cleaning_inspector_fails_an_area",
            "staff",
        )
        line = again.line_ids
        self.assertEqual((line.score, line.problem), (40, "地面有积水和污渍"))
        self.assertEqual(line.photo_ids.mapped("name"), ["地面.png"])
        self.assertEqual(again.correction_id.handler_id, head)
        self.assertEqual(again.notice_id.inspection_ids, first | again)
        self.assertLog(again, ("start", "张科员"), ("fail", "张科员"))
