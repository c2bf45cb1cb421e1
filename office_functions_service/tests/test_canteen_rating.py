# Part of Office Functions. See LICENSE file for full copyright and licensing details.
# Two people are two transactions, and each must end.
# pylint: disable=invalid-commit

import io
from base64 import b64decode
from datetime import timedelta
from subprocess import run
from unittest.mock import patch

from lxml.html import fromstring
from openpyxl import load_workbook

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.office_functions.tests.common import (
    TODAY,
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.race_tests import RaceTests

from .canteen_case import CanteenFixture

THIS_MONDAY = TODAY - timedelta(days=TODAY.weekday())


@tagged("office_canteen")
class TestCanteenRating(CanteenFixture, OfficeCase):
    """Staff see the week menu and rate a meal; low scores become corrections (S4.6)."""

    def setUp(self):
        super().setUp()
        self.menu = self.make_menu("published", monday=THIS_MONDAY)
        self.meal = self.menu.meal_ids[1]
        self.check = self.meal.check_ids

    def serve(self):
        self.lead_check(self.check, "serve")

    def rate(self, role, score, comment=""):
        return self.meal.with_user(self.users[role]).rate(score, comment)

    def get_corrections(self):
        return self.env["office.service.correction"].search(
            [("res_model", "=", self.meal._name), ("res_id", "=", self.meal.id)]
        )

    def test_s4_6_staff_sees_the_week_menu_and_rates_a_meal(self):
        mine = self.menu.with_user(self.users["staff"])
        self.assertIn("鱼香肉丝", mine.meal_ids.dish_ids.mapped("name"))
        with self.assertRaisesRegex(UserError, "has not been served"):
            self.rate("staff", 5)
        self.serve()
        self.rate("staff", 5)
        self.rate("leader", 4)
        self.env.flush_all()
        self.env.invalidate_all()
        # Stored, for Odoo's own screens.
        self.assertEqual(self.meal.rating_last_value, 4)
        with self.assertRaisesRegex(UserError, "rated it already"):
            self.rate("staff", 1)
        self.assertEqual((self.meal.rating_avg, self.meal.rating_count), (4.5, 2))
        self.assertEqual(self.menu.satisfaction, 4.5)
        self.assertFalse(self.get_corrections())

    def test_s4_6_score_below_3_opens_a_correction(self):
        self.serve()
        self.rate("section_head", 3)
        self.assertFalse(self.get_corrections())
        self.rate("staff", 2, "米饭夹生")
        self.rate("clerk", 1, "鱼不新鲜")
        correction = self.get_corrections()
        self.assertRecordValues(
            correction,
            [
                {
                    "kind": "canteen",
                    "state": "open",
                    "handler_id": self.users["canteen"].id,
                    "lead_unit_id": self.unit.id,
                }
            ],
        )
        self.assertIn("米饭夹生", correction.problem)
        self.assertIn("鱼不新鲜", correction.message_ids[0].body)
        self.assertTrue(correction.with_user(self.users["canteen"]).has_access("read"))

    def test_who_may_not_rate(self):
        self.serve()
        with self.assertRaisesRegex(UserError, "Who runs the canteen"):
            self.rate("canteen", 5)
        for role in ("liaison", "petition_officer", "school", "citizen", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.rate(role, 5)
        for score in (0, 6, -1, 2.5, "5", True, None):
            with self.subTest(score=score), self.assertRaises(UserError):
                self.rate("staff", score)
        self.to_day(THIS_MONDAY + timedelta(days=7))
        others = self.menu.meal_ids.check_ids - self.check
        others.with_user(self.users["canteen"]).do_transition("call_off", "Holiday")
        self.lead_rest()
        self.menu.with_user(self.users["canteen"]).do_transition("finish")
        with self.assertRaisesRegex(UserError, "ratings of this week are closed"):
            self.rate("staff", 5)

    def lead_rest(self):
        for step in ("disinfect", "record"):
            self.prepare_check(self.check, step)
            self.check.with_user(self.users["canteen"]).do_transition(step)

    def test_no_rating_by_another_road(self):
        self.serve()
        rating = self.rate("staff", 5)
        Rating = self.env["rating.rating"]
        vals = {
            "res_model_id": self.env["ir.model"]._get_id(self.meal._name),
            "res_id": self.meal.id,
            "partner_id": self.users["clerk"].partner_id.id,
            "rating": 1,
            "consumed": True,
        }
        for role in ("clerk", "canteen", "admin"):
            mine = Rating.with_user(self.users[role])
            with self.subTest(role=role):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    mine.create(vals)
                with self.assertRaises(AccessError), self.cr.savepoint():
                    rating.with_user(self.users[role]).write({"rating": 1})
        self.env.invalidate_all()
        self.assertEqual((self.meal.rating_avg, self.meal.rating_count), (5, 1))

    def test_the_week_ends_with_every_meal_settled(self):
        self.serve()
        manager = self.menu.with_user(self.users["canteen"])
        with self.assertRaises(UserError) as caught:
            manager.do_transition("finish")
        self.assertSays(
            caught.exception, "not over yet", self.menu.meal_ids[0].display_name
        )

    # Figures --------------------------------------------------------------------------

    def measure(self, code):
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        indicator = Indicator._get_indicator(code)
        rows = Indicator._measure(indicator, THIS_MONDAY, TODAY)
        model = self.env[indicator.model]
        domain = getattr(model, indicator.domain)(THIS_MONDAY, TODAY)
        return rows, model.search(domain)

    def test_k22_satisfaction_and_complete_checks(self):
        self.serve()
        self.rate("staff", 5)
        self.rate("clerk", 3)
        rows, meals = self.measure("K22")
        self.assertEqual(rows, [(self.unit.id, None, 8.0, 2)])
        self.assertIn(self.meal, meals)
        others = self.menu.meal_ids.check_ids - self.check
        self.assertEqual(self.measure("K22C")[0], [(self.unit.id, None, 0, 1)])
        others.with_user(self.users["canteen"]).do_transition("call_off", "Holiday")
        self.assertEqual(self.measure("K22C")[0], [(self.unit.id, None, 0, 1)])
        self.disinfect(self.check)
        self.check.with_user(self.users["canteen"]).do_transition("disinfect")
        rows, checks = self.measure("K22C")
        self.assertEqual(rows, [(self.unit.id, None, 1, 1)])
        self.assertIn(self.check, checks)
        self.assertNotIn(others[0], checks)

    def test_workbench_counts_open_checklists(self):
        def count(role):
            Bench = self.env["office.workbench"].with_user(self.users[role])
            panels = Bench.get_workbench()["panels"]
            panel = next(panel for panel in panels if panel["key"] == "service")
            return {figure["label"]: figure["value"] for figure in panel["figures"]}

        self.assertEqual(count("canteen")["Meal Checklists Open"], 3)
        self.assertNotIn("Meal Checklists Open", count("staff"))

    # Ledgers and poster ---------------------------------------------------------------

    def read_ledgers(self, role="canteen", **vals):
        wizard = (
            self.env["office.canteen.ledger"]
            .with_user(self.users[role])
            .create({"canteen_id": self.menu.canteen_id.id, **vals})
        )
        action = wizard.action_download()
        self.assertIn("xlsx", action["url"])
        return load_workbook(io.BytesIO(b64decode(wizard.file)))

    def test_f13_ledgers(self):
        self.lead_check(self.check, "record")
        cook = self.check.cook_ids
        self.make_cook(cook.canteen_id, name="=李师傅")
        self.env["office.canteen.morning"].create(
            {"cook_id": cook.search([], order="id desc", limit=1).id, "fever": True}
        )
        self.env["office.canteen.companion"].create(
            {"meal_id": self.meal.id, "remarks": "可口"}
        )
        self.env["office.canteen.round"].create(
            {"canteen_id": cook.canteen_id.id, "is_zero_risk": True}
        ).do_transition("finish")
        book = self.read_ledgers()
        self.assertEqual(len(book.sheetnames), 6)
        heads = [cell.value for cell in book["留样登记表"][3]]
        form = "日期 餐次 品名 克数 留样时间 销毁时间 销毁人".split()
        self.assertLessEqual(set(form), set(heads))
        row = dict(zip(heads, [c.value for c in book["留样登记表"][4]], strict=True))
        self.assertEqual((row["品名"], row["克数"]), ("鱼香肉丝", 125))
        self.assertEqual(str(row["留样时间"]), f"{TODAY} 10:00:00")
        rows = [
            [c.value for c in row] for row in book["晨检记录表"].iter_rows(min_row=4)
        ]
        self.assertEqual([row[1] for row in rows], ["王师傅", "=李师傅"])
        self.assertEqual([row[4] for row in rows], ["合格", "离岗"])
        self.assertEqual(book["餐具消毒记录"]["C4"].value, "餐盘")
        self.assertEqual(book["陪餐记录"]["D4"].value, "可口")
        self.assertEqual(book["日管控周排查月调度记录"]["E4"].value, "零风险")
        line = self.env["office.audit.log"].search([], limit=1)
        self.assertEqual((line.kind, line.user_id), ("export", self.users["canteen"]))
        self.assertIn("F13", line.detail)
        one = self.read_ledgers("leader", kind="delivery", date="2026-02-15")
        self.assertEqual(one.sheetnames, ["进货查验台账"])
        self.assertEqual(one.active.max_row, 3)

    def test_f13_ledgers_refused(self):
        for role in ("staff", "clerk", "logistics", "citizen"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.read_ledgers(role)

    def test_f13_poster(self):
        self.serve()
        self.make_cook(self.menu.canteen_id, name="李师傅", certificate="健康字02")
        last = self.menu._get_previous()
        self.assertFalse(last)
        pdf = self.env["ir.actions.report"].with_user(self.users["staff"])
        content, kind = pdf._render_qweb_pdf(
            "office_functions_service.report_f13_canteen_menu", self.menu.ids
        )
        self.assertEqual(kind, "pdf")
        text = read_pdf(content)
        for word in (
            "一周食谱公示 餐次 菜品 主要原料 过敏原 价格 食品安全员 健康证公示 投诉电话 "
            "上周满意度 鱼香肉丝 番茄、鸡蛋 8.00 80010000 李师傅 健康字02 第11周"
        ).split():
            self.assertIn(word, text)

    def test_f13_poster_leads_to_the_page_and_tells_of_last_week(self):
        self.serve()
        self.rate("staff", 5)
        self.rate("leader", 4)
        canteen = self.menu.canteen_id
        canteen.chief_officer_id = self.users["director"]
        coming = self.make_menu(canteen=canteen, monday=THIS_MONDAY + timedelta(days=7))
        self.assertEqual(coming._get_previous(), self.menu)
        Report = self.env["ir.actions.report"].with_user(self.users["canteen"])
        name = "office_functions_service.report_f13_canteen_menu"
        with patch.object(
            self.env.registry["ir.actions.report"],
            "barcode",
            lambda _model, kind, value, **_size: f"{kind} {value}".encode(),
        ):
            html, _kind = Report._render_qweb_html(name, coming.ids)
        page = fromstring(html)
        text = "".join(page.text_content().split())
        self.assertIn("上周满意度：4.5分（满分5分）", text)
        self.assertIn("食品安全总监：TestDirector", text)
        [source] = page.xpath("//td/img[following-sibling::div]/@src")
        code = b64decode(source.partition(";base64,")[2]).decode()
        self.assertRegex(code, r"^QR https?://[^/]+/office/canteen$")

    def test_f13_ledger_of_goods(self):
        canteen = self.menu.canteen_id
        supplier = self.env["office.canteen.supplier"].create(
            {
                "name": "=江滨粮油",
                "canteen_id": canteen.id,
                "license_number": "JY1",
                "date_license": "2028-01-01",
                "phone": "80020000",
            }
        )
        goods = self.env["office.canteen.delivery"].create(
            {
                "name": "大米",
                "canteen_id": canteen.id,
                "spec": "25kg/袋",
                "quantity": 4,
                "batch": "B0301",
                "date": TODAY,
                "produced_on": "2026-02-01",
                "shelf_life": 180,
                "supplier_id": supplier.id,
                "certificate": "检验合格证",
                "inspector_id": self.users["canteen"].id,
            }
        )
        goods.with_user(self.users["canteen"]).do_transition("accept")
        sheet = self.read_ledgers(kind="delivery", date=TODAY).active
        heads, row = ([cell.value for cell in sheet[number]] for number in (3, 4))
        row = dict(zip(heads, row, strict=True))
        for name, value in (
            ("规格", "25kg/袋"),
            ("数量", 4),
            ("生产批号", "B0301"),
            ("保质期（天）", 180),
            ("供货者", "=江滨粮油"),
            ("许可证号", "JY1"),
            ("联系方式", "80020000"),
            ("合格证明", "检验合格证"),
            ("验收结果", "合格"),
            ("查验人", self.users["canteen"].name),
        ):
            with self.subTest(column=name):
                self.assertEqual(row[name], value)
        self.assertEqual(str(row["记录保存至"])[:10], "2027-01-31")


@tagged("post_install", "-at_install", "office_canteen")
class TestCanteenPage(CanteenFixture, OfficeHttpCase):
    """The page on which staff rate today's meals in two taps."""

    def setUp(self):
        super().setUp()
        today = fields.Date.context_today(self.users["staff"])
        monday = today - timedelta(days=today.weekday())
        vals = self.menu_vals(monday=monday)
        for _command, _id, meal in vals["meal_ids"]:
            meal["date"] = today.isoformat()
        menu = self.env["office.canteen.menu"].create(vals)
        menu.with_user(self.users["director"]).do_transition("check")
        menu.with_user(self.users["canteen"]).do_transition("publish")
        self.meal = menu.meal_ids[1]
        self.lead_check(self.meal.check_ids, "serve")
        self.env.flush_all()

    def open_page(self, role):
        login = self.users[role].login
        self.authenticate(login, login)
        return self.url_open("/office/canteen")

    def test_two_taps(self):
        answer = self.open_page("staff")
        page = fromstring(answer.text)
        self.assertIn("清蒸鲈鱼", answer.text)
        forms = page.xpath("//form[starts-with(@action, '/office/canteen/rate')]")
        self.assertEqual(len(forms), 1)
        self.assertEqual(len(forms[0].xpath(".//button[@name='score']")), 5)
        token = forms[0].xpath(".//input[@name='csrf_token']/@value")[0]
        data = {"csrf_token": token, "score": "2", "comment": "太咸了"}
        answer = self.url_open(forms[0].get("action"), data=data)
        self.assertIn("o_canteen_thanks", answer.text)
        self.env.invalidate_all()
        self.assertEqual((self.meal.rating_avg, self.meal.rating_count), (2, 1))
        correction = self.env["office.service.correction"].search(
            [("res_model", "=", self.meal._name), ("res_id", "=", self.meal.id)]
        )
        self.assertIn("太咸了", correction.problem)
        again = self.url_open(forms[0].get("action"), data=data)
        self.assertIn("rated it already", again.text)
        for score in ("", "9", "x", "-1"):
            bad = self.url_open(forms[0].get("action"), data={**data, "score": score})
            self.assertIn("one to five stars", bad.text)

    def test_strangers(self):
        self.assertEqual(self.open_page("citizen").status_code, 403)
        self.assertEqual(self.open_page("liaison").status_code, 403)
        gone = self.url_open("/office/canteen/rate/0", data={"score": "5"})
        self.assertIn(gone.status_code, (400, 404))


@tagged("post_install", "-at_install", "office_canteen")
class TestCanteenRatingRace(CanteenFixture, RaceTests, OfficeRaceCase):
    """Two taps at the same moment are one rating."""

    @mute_logger("odoo.sql_db")
    def test_two_people_make_the_same_step(self):
        today = fields.Date.context_today(self.users["staff"])
        monday = today - timedelta(days=today.weekday())
        menu = self.make_menu("served", monday=monday)
        meal, user = menu.meal_ids[1], self.users["staff"]
        self.lead_check(meal.check_ids, "serve")
        self.cr.commit()

        def tap(env):
            return env["office.canteen.meal"].browse(meal.id).rate(5).id

        first, second = self.race(tap, uid=user.id)
        self.assertTrue(first.result)
        self.assertSays(second.error, "rated it already")
        self.reread(meal)
        self.assertEqual(meal.rating_count, 1)


def read_pdf(content):
    """Return the text of a PDF as pdftotext reads it, without its blanks."""
    text = run(
        ["pdftotext", "-layout", "-", "-"],
        input=content,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return "".join(text.split(" "))
