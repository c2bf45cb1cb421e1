# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""F4 with its annex: who is praised, and the figures as a sheet."""

import io

from lxml.html import fromstring
from openpyxl import load_workbook

from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged

from .test_figures import FiguresCase


@tagged("post_install", "-at_install", "office_supervision")
class TestBulletinAnnex(HttpCase, FiguresCase):
    """A bulletin of praise, from the figures to the sheet that everybody may check."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.audit_log = cls.env["office.audit.log"]

    def make_praise(self):
        """Return the draft of a bulletin that praises section A, with its figures."""
        self.finish(self.make_single("One"))
        self.finish(self.make_single("Two"), days=25)
        with freeze_time(f"{self.day(40)} 02:00:00"):
            self.env.invalidate_all()
            bulletin = (
                self.env["office.supervision.bulletin"]
                .with_user(self.supervisor)
                .create(
                    {
                        "name": "Supervision in the first quarter",
                        "kind": "praise",
                        "overview": "All of it was done.",
                        "date_from": self.day(0),
                        "date_to": self.day(60),
                        "audience_unit_ids": [Command.set(self.unit_b.ids)],
                    }
                )
            )
            bulletin.action_take_figures()
            line = bulletin.line_ids.filtered(
                lambda line: line.department_id == self.unit_a
            )
            line.write({"verdict": "praise", "reason": "=1+1 places"})
            bulletin.do_transition("submit")
        return bulletin

    def download(self, bulletin, login):
        self.authenticate(login, login)
        return self.url_open(bulletin.action_download_figures()["url"])

    def test_f4_praise_and_the_rates_in_words(self):
        bulletin = self.make_praise()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "office_functions_supervision.report_f4_supervision_bulletin",
            bulletin.ids,
        )
        text = "".join(fromstring(html).text_content().split())
        for words in (
            "应办督办件2件，已办2件，落实率100%",
            "按期办结1件，按期办结率50%（按原定时限为50%）",
            "二、表扬单位SectionA：=1+1places",
            "签发（待签发）",
            "未经签发，不得外传",
        ):
            self.assertIn(words, text)
        self.assertNotIn("批评单位", text)

    def test_f4_annex_has_the_figures_of_the_ranking(self):
        bulletin = self.make_praise()
        last_id = self.audit_log.search([], limit=1).id or 0
        response = self.download(bulletin, "v_director")
        self.assertEqual(response.status_code, 200)
        self.assertIn(".xlsx", response.headers["Content-Disposition"])
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        sheet = load_workbook(io.BytesIO(response.content)).active
        self.assertEqual(sheet["A1"].value, "督查通报附表")
        head, *rows = sheet.iter_rows(min_row=3, values_only=True)
        row = dict(zip(head, rows[0], strict=True))
        self.assertEqual(
            {name: row[name] for name in ("名次", "单位", "应办", "已办", "按期办结")},
            {"名次": 1, "单位": "Section A", "应办": 2, "已办": 2, "按期办结": 1},
        )
        self.assertEqual(row["按期办结率（%）"], 50)
        self.assertIsNone(row["回头看保持率（%）"], "nobody looked back")
        self.assertEqual((row["表扬/批评"], row["原因"]), ("表扬", "=1+1 places"))
        cell = next(cell for cell in sheet[4] if cell.value == "=1+1 places")
        self.assertEqual(cell.data_type, "s", "text, and never a formula")
        line = self.audit_log.search([("id", ">", last_id)])
        self.assertRecordValues(
            line,
            [
                {
                    "user_id": self.director.id,
                    "kind": "export",
                    "res_model": bulletin._name,
                    "res_ids": bulletin.ids,
                }
            ],
        )

    def test_f4_annex_is_for_those_who_read_the_bulletin(self):
        bulletin = self.make_praise()
        for login in ("v_outsider", "v_head_a", "v_head_b"):
            with self.subTest(login=login):
                self.assertEqual(self.download(bulletin, login).status_code, 404)
        leader = bulletin.with_user(self.leader)
        with freeze_time(f"{self.day(40)} 02:00:00"):
            leader.do_transition("approve_and_issue")
        for login, code in (("v_outsider", 404), ("v_head_a", 200), ("v_head_b", 200)):
            with self.subTest(login=login, issued=True):
                self.assertEqual(self.download(bulletin, login).status_code, code)
        gone = f"/office/supervision/bulletin/{bulletin.id + 1000}/figures.xlsx"
        self.assertEqual(self.url_open(gone).status_code, 404)
