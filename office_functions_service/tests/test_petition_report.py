# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import io
from base64 import b64decode
from datetime import date

import openpyxl
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.office_functions.tests.common import (
    TODAY,
    MatterFixture,
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.race_tests import RaceTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests
from odoo.addons.office_functions.tests.workflow_tests import WorkflowTests
from odoo.addons.office_functions.tools.decision_text import extract_text

from .petition_fixture import PetitionFixture
from .petition_secret_case import SecretFixture

RECEIVED = "收到信访事项（不含检举控告）"


class ReportFixture(MatterFixture):
    model_name = "office.petition.report"
    creator_role = "petition_officer"
    relations = {}
    readers = "leader director petition_officer"

    @classmethod
    def sample_vals(cls):
        # There is one a year.
        last = cls.env[cls.model_name].search([], order="year DESC", limit=1).year
        return {"year": max(1950, last + 1), "general": "平稳有序。"}


@tagged("office_service")
class TestPetitionReport(ReportFixture, WorkflowTests, OfficeCase):
    """The annual report on petitions is approved by somebody else."""


@tagged("post_install", "-at_install", "office_service")
class TestPetitionReportRpc(ReportFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to the report."""

    def test_workbook_is_for_its_readers(self):
        report = self.make().with_user(self.users["petition_officer"])
        url = report.action_download()["url"]
        for role in ("petition_officer", "leader"):
            self.sign_in(role)
            with self.subTest(role=role):
                self.assertEqual(self.url_open(url).content[:2], b"PK")
        for role in ("staff", "clerk", "citizen"):
            self.sign_in(role)
            with self.subTest(role=role):
                self.assertNotEqual(self.url_open(url).content[:2], b"PK")


@tagged("post_install", "-at_install", "office_service")
class TestPetitionReportRace(ReportFixture, RaceTests, OfficeRaceCase):
    """Two people approve the report at the same moment."""


@tagged("office_service")
class TestPetitionReportFigures(SecretFixture, PetitionFixture, OfficeCase):
    """What F18 counts (R-PET-14; 信访工作条例 第39、41条)."""

    def make_report(self, role="petition_officer", **vals):
        Report = self.env["office.petition.report"].with_user(self.users[role])
        return Report.create({"year": TODAY.year, "general": "平稳有序。", **vals})

    def get_table(self, report, title):
        """Return heading → numbers of one table."""
        tables = {table["title"]: table["rows"] for table in report._get_tables()}
        return {row[0]: row[1:] for row in tables[title]}

    def make_complaint(self, unit, number, **vals):
        for _nth in range(number):
            self.register(
                self.keeper, accused_ids=[Command.create({"unit_id": unit.id})], **vals
            )

    def test_r_pet_14_received_by_form_and_class(self):
        self.register(channel="call", petition_class="claim", person_count=6)
        self.register(channel="call", petition_class="suggestion")
        self.register(self.keeper, channel="visit", is_report=True)
        self.to_day(date(2027, 1, 1))
        self.register()
        self.to_day(date(2027, 2, 1))
        rows = self.get_table(self.make_report(), "收到情况")
        self.assertEqual(rows[RECEIVED], [2])
        self.assertEqual(rows["涉及人次"], [7])
        self.assertEqual(rows["其中：五人以上集体信访"], [1])
        self.assertEqual(rows["形式：来电"], [2])
        self.assertEqual(rows["形式：来访"], [0])
        self.assertEqual(rows["类别：检举控告"], ["不足3件"])
        self.assertEqual(rows["类别：申诉求决"], [1])
        self.assertEqual(rows["类别：尚未甄别"], [0])

    def test_r_pet_14_forwarded_assigned_urged_in_time(self):
        ways = {
            "forward": {"proper_organ": "Traffic Bureau"},
            "assign": {},
            "accept": {},
        }
        for name, vals in ways.items():
            petition = self.judge(self.register(), **vals)
            self.do(petition, "petition_officer", name)
            if name != "accept":
                self.deliver(petition)
        late = self.register()
        self.to_day(40)
        self.deliver(petition)
        with self.without_commits():
            self.env["office.petition"].sudo()._cron_urge()
        report = self.make_report()
        rows = self.get_table(report, "办理情况")
        self.assertEqual(
            [rows[word] for word in ("转送", "交办", "受理", "不予受理")],
            [[1], [1], [1], [0]],
        )
        self.assertEqual(rows["催办次数"], [len(late.sudo().urging_ids)])
        rows = self.get_table(report, "按期办理")
        self.assertEqual(rows["按期告知受理情况"], [4, 2, "50.0%"])
        told = self.env["office.petition"]._measure_timely_acceptance(
            *report._get_period()
        )
        kept, due = (sum(row[place] for row in told) for place in (2, 3))
        self.assertEqual((due, kept), (4, 2), "F18 says what K27 says")

    def test_a5_f18_no_figure_tells_of_a_report(self):
        report = self.make_report()
        before = report._get_tables()
        for nth in range(3):
            self.assertEqual(report._get_tables(), before, nth)
            one = self.register(
                self.keeper,
                petition_class="report",
                proper_organ="区纪委",
                competent_by="discipline",
                repeat_kind="repeated",
                person_count=9,
            )
            for name in ("judge", "forward"):
                one.with_user(self.keeper).do_transition(name)
            self.env["office.petition.review"].sudo().create(
                {"petition_id": one.id, "level": "review", "date_asked": TODAY}
            )
            one.sudo()._send_urging("Please", "1", 2, self.keeper)
        rows = self.get_table(report, "收到情况")
        self.assertEqual(rows["类别：检举控告"], [3])
        self.assertEqual(rows[RECEIVED], [0])

    def test_r_pet_14_by_field_without_reports(self):
        meals = self.env.ref("office_functions_service.petition_subject_meals")
        self.register(subject_id=meals.id)
        self.register(subject_id=meals.id)
        self.register()
        self.register(self.keeper, subject_id=meals.id, is_report=True)
        rows = self.get_table(self.make_report(), "按问题类别")
        name = meals.with_context(lang="zh_CN").name
        self.assertEqual(rows, {name: [2], "尚未分类": [1]})

    def test_problem_category_is_searched_and_given_by_officers(self):
        views = self.env["office.petition"].get_views([(False, "search")])
        self.assertIn('name="subject_id"', views["views"]["search"]["arch"])
        petition = self.register(handler_id=self.users["staff"].id)
        other = self.env.ref("office_functions_service.petition_subject_other")
        with self.assertRaises(AccessError):
            petition.with_user(self.users["staff"]).subject_id = other
        with self.assertRaises(AccessError):
            other.with_user(self.users["staff"]).name = "Changed"
        officer = self.users["petition_officer"]
        self.assertTrue(other.with_user(officer).has_access("write"))

    def test_r_pet_14_suggestions_and_what_was_adopted(self):
        for outcomes in (("adopted", "explained"), ("partly",)):
            petition = self.judge(
                self.register(), petition_class="suggestion", route=False
            )
            demands = self.demand(petition, *outcomes)
            self.bring_to_reply(petition, answer=False)
            for demand, outcome in zip(demands, outcomes, strict=True):
                demand.with_user(self.users["staff"]).write(
                    {"outcome": outcome, "facts": "It is so.", "basis": "Article 29"}
                )
            self.do(petition, "staff", "reply")
        waiting = self.judge(self.register(), petition_class="suggestion", route=False)
        self.demand(waiting, "Not answered yet")
        claim = self.judge(self.register())
        self.demand(claim, "No suggestion")
        self.bring_to_reply(claim)
        self.do(claim, "staff", "reply")
        self.assertEqual(
            self.get_table(self.make_report(), "建议及采纳"),
            {
                "收到建议意见（件）": [3],
                "答复建议（条）": [3],
                "全部采纳（条）": [1],
                "部分采纳（条）": [1],
                "说明解释（条）": [1],
            },
        )

    def test_r_pet_14_by_lead_unit_without_reports(self):
        self.register(lead_unit_id=self.unit.id)
        self.register(self.keeper, lead_unit_id=self.unit.id, is_report=True)
        rows = self.get_table(self.make_report(), "按承办单位")
        self.assertEqual(rows[self.unit.name], [1])

    def test_f18_fewer_than_three_are_never_broken_down(self):
        self.make_complaint(self.other_unit, 3)
        self.make_complaint(self.other_unit, 2, is_report=True)
        self.make_complaint(self.unit, 2)
        rows = self.get_table(self.make_report(), "按被反映单位")
        self.assertEqual(rows[self.other_unit.name], [3, "—"])
        self.assertNotIn(self.unit.name, rows)
        self.make_complaint(self.other_unit, 1, is_report=True)
        self.env["office.petition.report"].search([]).unlink()
        rows = self.get_table(self.make_report(), "按被反映单位")
        self.assertEqual(rows[self.other_unit.name], [3, 3])

    def count_own_list(self, user):
        """Return what a user reads of the register: how many, and how many urged."""
        petitions = self.env["office.petition"].with_user(user)
        return petitions.search_count([("is_report", "!=", True)])

    def test_a4_f18_minus_the_readers_own_list_is_nothing(self):
        director, leader = self.users["director"], self.users["leader"]
        self.register()
        for name, accused in (
            ("staff", self.users["staff"]),
            ("director", director),
            ("director", director),
        ):
            petition = self.register(
                self.keeper,
                name=f"Against {name}",
                channel="visit",
                accused_ids=[Command.create({"user_id": accused.id})],
            )
            petition.sudo()._send_urging("Please", "1", 2, self.keeper)
        units = director.employee_ids.department_id
        self.make_complaint(self.other_unit, 3)
        self.assertFalse(units & self.other_unit)
        report = self.make_report()
        self.assertEqual(self.get_received(report, leader), 7)
        self.assertEqual(self.count_own_list(leader), 7)
        self.assertEqual(self.get_received(report, director), 5)
        self.assertEqual(self.count_own_list(director), 5)
        mine = report.with_user(director)
        self.assertEqual(self.get_table(mine, "办理情况")["被催办事项"], [1])
        self.assertEqual(self.get_table(mine, "收到情况")["形式：来访"], [1])
        self.to_day(date(2027, 2, 1))
        mine.do_transition("approve")
        self.env.invalidate_all()
        self.assertEqual(self.get_received(report, leader), 7)
        self.assertEqual(self.get_received(report, director), 5)
        self.assertEqual(mine.read(["figures"])[0]["figures"], mine._get_tables())
        with self.assertRaises(AccessError):
            mine.read(["kept_figures"])
        late = self.register(self.keeper)
        late.sudo()._set(date_received=date(2026, 6, 1))
        self.assertEqual(self.get_received(report, director), 5, "kept for them, too")
        text = b64decode(mine.workbook)
        rows = openpyxl.load_workbook(io.BytesIO(text))["收到情况"].values
        self.assertIn((RECEIVED, 5), [row[:2] for row in rows])

    def test_a4_f18_own_unit_complained_of_stands_in_no_row(self):
        director = self.users["director"]
        unit = self.env["hr.department"].create({"name": "Directorate"})
        self.make_complaint(unit, 3)
        self.make_complaint(unit, 3, is_report=True)
        report = self.make_report()
        rows = self.get_table(report.with_user(director), "按被反映单位")
        self.assertEqual(rows["Directorate"], [3, 3])
        employee = director.employee_ids or self.env["hr.employee"].create(
            {"name": "Director", "user_id": director.id}
        )
        employee.department_id = unit
        self.env.invalidate_all()
        rows = self.get_table(report.with_user(director), "按被反映单位")
        self.assertNotIn("Directorate", rows)

    def get_received(self, report, user):
        return self.get_table(report.with_user(user), "收到情况")[RECEIVED][0]

    def test_f18_frozen_when_approved_by_somebody_else(self):
        self.register()
        report = self.make_report()
        mine = report.with_user(self.users["director"])
        with self.assertRaisesRegex(UserError, "not over yet"):
            mine.do_transition("approve")
        self.to_day(date(2027, 2, 1))
        mine.do_transition("approve")
        frozen = report.figures
        late = self.register()
        late.sudo()._set(date_received=TODAY)
        self.assertEqual(self.get_table(report, "收到情况")[RECEIVED], [1])
        for vals in ({"general": "更好"}, {"figures": []}, {"year": 2020}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                report.write(vals)
        self.assertEqual(report.figures, frozen)
        with self.assertRaises(UserError):
            report.unlink()

    def test_f18_frozen_for_who_reads_it_by_an_implied_group(self):
        group = "office_functions_service.group_office_petition_confidential"
        reader = self.make_user("test_implied", group)
        accused = [Command.create({"user_id": reader.id})]
        self.register(self.keeper, accused_ids=accused)
        self.register()
        report = self.make_report()
        self.to_day(date(2027, 2, 1))
        report.with_user(self.users["director"]).do_transition("approve")
        self.register().sudo()._set(date_received=TODAY)
        self.assertEqual(self.get_received(report, reader), 1)
        self.assertEqual(self.get_received(report, self.users["leader"]), 2)

    def test_f18_printed_and_as_a_workbook_without_any_name(self):
        self.register(self.keeper, is_report=True)
        self.register(petition_class="claim")
        report = self.make_report()
        pdf, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.users["petition_officer"])
            ._render_qweb_pdf(
                "office_functions_service.report_f18_petition", report.ids
            )
        )
        text = "".join(extract_text(pdf, "a.pdf").split())
        self.assertSays(text, "2026年信访工作年度报告", "检举控告", "草稿", "复核")
        action = report.action_download()
        self.assertIn(f"/{report.id}/workbook/", action["url"])
        book = openpyxl.load_workbook(io.BytesIO(b64decode(report.workbook)))
        self.assertEqual(len(book.sheetnames), 9)
        cells = [
            str(cell)
            for sheet in book
            for row in sheet.iter_rows(values_only=True)
            for cell in row
        ]
        self.assertIn("类别：检举控告", cells)
        for secret in ("Quokka", "张三丰", "13812345678"):
            self.assertNotIn(secret, text)
            self.assertFalse([cell for cell in cells if secret in cell])
        log = self.env["office.audit.log"].search([("res_model", "=", report._name)])
        self.assertIn("export", log.mapped("kind"))

    def test_f18_second_company_counts_its_own(self):
        self.register()
        company = self.env["res.company"].create({"name": "Other Commission"})
        officer = self.users["petition_officer"]
        report = self.make_report()
        officer.company_ids = [Command.link(company.id)]
        theirs = (
            self.env["office.petition.report"]
            .with_user(officer)
            .with_company(company)
            .create({"year": TODAY.year})
        )
        self.assertEqual(theirs.company_id, company)
        self.assertEqual(self.get_table(theirs, "收到情况")[RECEIVED], [0])
        self.assertEqual(self.get_table(report, "收到情况")[RECEIVED], [1])
        self.env.flush_all()
        with self.assertRaises(AccessError):
            theirs.with_user(self.users["leader"]).action_download()

    def test_f18_nobody_else_reads_it(self):
        report = self.make_report()
        for role in ("clerk", "section_head", "staff", "canteen", "citizen"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                report.with_user(self.users[role]).action_download()
            with self.assertRaises(AccessError):
                self.make_report(role)
        for role in ("director", "leader"):
            with self.assertRaises(AccessError):
                report.with_user(self.users[role]).general = "Changed"

    def test_copy_is_of_the_next_year(self):
        first = self.make_report()
        again, third = (first | first.copy()).copy()
        self.assertEqual((again.year, third.year), (TODAY.year + 2, TODAY.year + 3))
        self.assertIn(str(TODAY.year + 2), again.name)

    def test_one_report_a_year(self):
        self.make_report()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.cr.savepoint():
                self.make_report()
                self.env.flush_all()
