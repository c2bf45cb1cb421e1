# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import base64
import re
import subprocess

from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeHttpCase

from .repair_case import RepairFixture

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQ"
    "AAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestRepairPages(RepairFixture, OfficeHttpCase):
    """From the QR code to the stars, on a phone; and what is printed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.equipment = cls.env["maintenance.equipment"].create(
            {"name": "Laser Printer", "serial_no": "GD-2021-017", "place": "Room 305"}
        )
        cls.technician = cls.make_technician()

    def setUp(self):
        super().setUp()
        self.path = "/office/repair/" + self.equipment._get_repair_url().split("/")[-1]

    def sign_in(self, role):
        login = self.users[role].login
        self.authenticate(login, login)

    def send(self, path, data, files=None):
        page = self.url_open(path)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        return self.url_open(
            path, data={**data, "csrf_token": token.group(1)}, files=files
        )

    def test_a_stranger_signs_in_and_comes_back(self):
        answer = self.url_open(self.path, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login?redirect=", answer.headers["Location"])
        self.assertIn(self.path.split("/")[-1], answer.headers["Location"])

    def test_unknown_tokens_and_portal_users_find_nothing(self):
        self.sign_in("staff")
        self.assertEqual(self.url_open("/office/repair/guess").status_code, 404)
        for role in ("school", "citizen"):
            self.sign_in(role)
            for path in (self.path, "/office/repairs", "/office/repairs/1"):
                with self.subTest(role=role, path=path):
                    self.assertEqual(self.url_open(path).status_code, 404)

    def test_s4_7_from_the_qr_code_to_the_stars(self):
        self.sign_in("staff")
        page = self.url_open(self.path)
        self.assertSays(page.text, "Laser Printer/GD-2021-017", "Room 305")
        answer = self.send(
            self.path,
            {"name": "It chews paper", "urgency": "urgent"},
            [("photos", ("jam.png", PIXEL, "image/png"))],
        )
        repair = self.model.search([("equipment_id", "=", self.equipment.id)])
        self.assertIn(f"/office/repairs/{repair.id}", answer.url)
        self.assertRecordValues(
            repair,
            [
                {
                    "name": "It chews paper",
                    "place": "Room 305",
                    "urgency": "urgent",
                    "asker_id": self.users["staff"].id,
                    "state": "submitted",
                }
            ],
        )
        self.assertEqual(repair.photo_ids.mapped("name"), ["jam.png"])
        logistics = repair.with_user(self.users["logistics"])
        logistics.late_reason = "Night"
        logistics.do_transition("accept")
        logistics.handler_id = self.technician
        logistics.do_transition("dispatch")
        technician = repair.with_user(self.technician)
        technician.do_transition("start")
        path = f"/office/repairs/{repair.id}"
        self.assertSays(self.url_open(path).text, "Under Repair", self.technician.name)
        technician.work_done = "Roller changed."
        technician.do_transition("fix")
        self.send(path, {"step": "inspect"})
        self.assertEqual(repair.state, "inspected")
        self.assertIn("5★", self.url_open(path).text)
        self.send(path, {"step": "rate", "score": "5", "note": "Quick"})
        self.assertEqual(repair.state, "rated")
        self.assertSays(self.url_open(path).text, "★★★★★")
        self.assertIn("It chews paper", self.url_open("/office/repairs").text)

    def test_pages_keep_the_rules(self):
        self.sign_in("staff")
        answer = self.send(self.path, {"name": " "})
        self.assertIn("Please say what is broken.", answer.text)
        answer = self.send(
            self.path,
            {"name": "It smokes"},
            [("photos", ("run.exe", b"MZ", "application/x-msdownload"))],
        )
        self.assertIn("up to 6 photos", answer.text)
        self.assertFalse(self.model.search([("equipment_id", "=", self.equipment.id)]))
        mine = self.make("fixed", asker_id=self.users["staff"].id, handler_id=False)
        theirs = self.make("fixed", handler_id=False)
        self.assertEqual(self.url_open(f"/office/repairs/{theirs.id}").status_code, 404)
        path = f"/office/repairs/{mine.id}"
        answer = self.send(path, {"step": "refuse", "note": " "})
        self.assertIn("write down the reason", answer.text)
        self.assertIn("no such step", self.send(path, {"step": "close"}).text)
        self.assertEqual(mine.state, "fixed")
        self.send(path, {"step": "refuse", "note": "It still smokes"})
        self.assertEqual(mine.state, "repairing")
        self.assertEqual(self.url_open(path, data={"step": "x"}).status_code, 400)

    # Prints ---------------------------------------------------------------------------

    def print_text(self, report, records):
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf(report, records.ids)
        done = subprocess.run(
            ["pdftotext", "-layout", "-", "-"],
            input=pdf,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()

    def test_f13b_repair_form(self):
        repair = self.make(
            "repairing",
            equipment_id=self.equipment.id,
            asker_id=self.users["clerk"].id,
            asking_unit_id=self.unit.id,
            phone="80010305",
        )
        repair.write(
            {
                "work_done": "更换搓纸轮。",
                "part_ids": [
                    (0, 0, {"name": "搓纸轮", "quantity": 2, "price": 80}),
                ],
            }
        )
        repair.with_user(repair.handler_id).do_transition("fix")
        clerk = repair.with_user(self.users["clerk"])
        clerk.do_transition("inspect")
        clerk.rate(4, "很快")
        text = self.print_text("office_functions_service.report_f13b_repair", repair)
        self.assertSays(
            text,
            "报修单",
            "一般",
            repair.number,
            "Laser Printer",
            "GD-2021-017",
            "Room 305",
            "The printer chews paper",
            "更换搓纸轮。",
            "搓纸轮 × 2，160.00 元",
            "合计 160.00 元",
            "★★★★☆",
            "很快",
            self.users["clerk"].name,
            self.unit.name,
            "80010305",
        )
        steps = repair.sudo().transition_ids
        sender = steps.filtered(lambda step: step.name == "dispatch").user_id
        self.assertRegex(text, rf"派工人\s+{sender.name}\s+维修人\s+Test Staff")
        self.assertRegex(text, r"验收签字\s+Test Clerk")

    def test_labels(self):
        other = self.equipment.copy({"name": "Scanner", "is_secret_bearing": True})
        text = self.print_text(
            "office_functions_service.report_equipment_label", self.equipment | other
        )
        self.assertSays(text, "Laser Printer", "GD-2021-017", "Scanner", "不得外送维修")
        self.assertEqual(text.count("\f"), 1, "one sheet")
        self.assertNotEqual(other._get_repair_url(), self.equipment._get_repair_url())
        self.assertEqual(
            self.env["maintenance.equipment"]
            .with_user(self.users["staff"])
            ._find_by_token(other._get_repair_url().split("/")[-1]),
            other,
        )

    def test_every_view_of_ours_opens(self):
        for role in ("logistics", "director", "staff"):
            for view in ("list", "kanban", "form", "search", "pivot"):
                view_id = self.env.ref(
                    f"office_functions_service.office_repair_view_{view}"
                ).id
                self.assertTrue(
                    self.env["maintenance.request"]
                    .with_user(self.users[role])
                    .get_view(view_id, view)["arch"]
                )
