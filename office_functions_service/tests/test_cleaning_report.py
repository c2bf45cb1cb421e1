# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import base64
import subprocess

from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeCase

from .test_cleaning import CleaningFixture


@tagged("office_service", "office_cleaning")
class TestCleaningReport(CleaningFixture, OfficeCase):
    """F13c on paper: what was looked at, what was wrong, by when, re-checked."""

    def print(self, record, name):
        """Return the text of a printed form, without its line breaks."""
        pdf, kind = self.env["ir.actions.report"]._render_qweb_pdf(
            f"office_functions_service.{name}", record.ids
        )
        self.assertEqual(kind, "pdf")
        text = subprocess.run(
            ["pdftotext", "-", "-"],
            input=pdf,
            capture_output=True,
            check=True,
        ).stdout.decode()
        return "".join(text.split())

    def test_f13c_inspection(self):
        inspection = self.make("inspecting")
        photo = self.env["ir.attachment"].create(
            {
                "name": "wet.png",
                "datas": base64.b64encode(self.make_png()),
                "res_model": "office.cleaning.line",
                "res_id": inspection.line_ids[0].id,
            }
        )
        inspection.line_ids.write({"score": 70, "problem": "地面有积水"})
        inspection.line_ids[0].photo_ids = photo
        inspection.with_user(self.users["staff"]).do_transition("fail")
        text = self.print(inspection, "report_f13c_cleaning")
        self.assertSays(text, "保洁检查表", "Stairs", "Floor", "Dry,nolitter", "70")
        self.assertSays(text, "地面有积水", "2026年3月13日", "待复查", "照片")
        correction = inspection.correction_id
        self.assertSays(text, inspection.number, correction.number)
        head = correction.with_user(self.users["section_head"])
        head.measure = "已拖干"
        head.do_transition("report")
        correction.with_user(self.users["staff"]).do_transition("close")
        text = self.print(inspection, "report_f13c_cleaning")
        self.assertSays(text, "已拖干", "复查2026年3月10日")
        self.assertNotIn("待复查", text)

    def test_f13c_notice(self):
        both = self.make_failed() | self.make_failed()
        notice = both.notice_id
        text = self.print(notice, "report_f13c_cleaning_notice")
        self.assertSays(text, "保洁整改通知", "CleanHouseLtd", "2次保洁检查不合格")
        self.assertSays(text, notice.number, "Wet", *both.mapped("number"))

    @staticmethod
    def make_png():
        return base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY"
            "42YAAAAASUVORK5CYII="
        )
