# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A printer repaired: from the QR code on a phone to the stars."""

from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import CORE, WalkCase

PHONE = "390x844"
LAPTOP = "1366x768"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkRepair(WalkCase):
    more_people = {
        "logistics": ("孙后勤", CORE + "logistics"),
        "technician": ("马师傅", CORE + "logistics"),
    }

    def on_phone(self, path, tour):
        """Let the staff member make a tour through pages on a phone."""
        self.browser_size = PHONE
        self.start_tour(path, tour, login="walk_staff")
        self.browser_size = LAPTOP
        self.env.invalidate_all()

    def test_s4_9_anything_is_asked_for_within_half_a_minute(self):
        self.on_phone("/odoo/office-ask", "office_service_staff_asks")
        request = self.env["office.service.request"].search([], order="id desc")[:1]
        self.assertEqual((request.name, request.place), ("送两箱饮用水", "305室"))
        self.assertEqual(request.create_uid, self.people["staff"])
        desk = self.env["office.service.desk"].with_user(self.people["staff"])
        line = desk.search([("asker_id", "=", self.people["staff"].id)])
        self.assertEqual(line.res_id, request.id)
        self.assertTrue(line.state_label)

    def test_s4_7_from_the_label_to_the_stars(self):
        printer = self.env["maintenance.equipment"].create(
            {"name": "激光打印机", "serial_no": "GD-2021-017", "place": "305室"}
        )
        label = printer._get_repair_url()
        self.on_phone(label[label.index("/office/") :], "office_repair_staff_reports")
        repair = self.env["maintenance.request"].search(
            [("equipment_id", "=", printer.id)]
        )
        self.assertRecordValues(
            repair,
            [
                {
                    "name": "打印时夹纸",
                    "place": "305室",
                    "urgency": "urgent",
                    "asker_id": self.people["staff"].id,
                    "asking_unit_id": self.unit.id,
                }
            ],
        )
        self.walk("office-repairs", "office_repair_logistics_sends", "logistics")
        self.assertEqual(repair.handler_id, self.people["technician"])
        self.walk("office-repairs", "office_repair_technician_mends", "technician")
        self.assertEqual(repair.work_done, "更换搓纸轮，试印二十页正常")
        self.on_phone(f"/office/repairs/{repair.id}", "office_repair_staff_accepts")
        self.assertEqual((repair.state, repair.rating_avg), ("rated", 5))
        self.assertLog(
            repair,
            ("accept", "孙后勤"),
            ("dispatch", "孙后勤"),
            ("start", "马师傅"),
            ("fix", "马师傅"),
            ("inspect", "张科员"),
            ("rate", "张科员"),
        )
