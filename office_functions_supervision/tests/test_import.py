# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import base64
from datetime import date
from pathlib import Path

import weasyprint

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, Form, new_test_user, tagged

from odoo.addons.office_functions.tools.decision_text import (
    MAX_FILE_SIZE,
    OLE_ENCRYPTED_PART,
    OLE_SIGNATURE,
)

from ..wizard.office_supervision_import_storing import split_weight
from ..wizard.unit_names import NameIndex, essence, guess_kind, likeness
from .common import SupervisionCase
from .own_files import make_decision, make_ledger

DATA = Path(__file__).parent / "data"
# Documents as published; kept beside a checkout, not in it.
PUBLISHED = Path(__file__).parents[2].parent / "shared" / "data" / "real"
HEADING = "序号,任务内容,牵头单位,完成时限\n"


@tagged("post_install", "-at_install", "office_supervision", "office_import")
class ImportCase(SupervisionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Import = cls.env["office.supervision.import"].with_user(cls.supervisor)
        cls.Task = cls.env["office.supervision.task"]
        cls.Unit = cls.env["hr.department"]
        cls.logistics, cls.finance = cls.Unit.create(
            [{"name": "后勤科"}, {"name": "财务科"}]
        )

    def upload(self, content, filename, user=None, **vals):
        """Return an import of a file whose preview was asked for."""
        ledger = filename.endswith((".csv", ".tsv", ".xlsx"))
        if isinstance(content, str):
            content = content.encode()
        wizard = self.Import.with_user(user or self.supervisor).create(
            {
                "kind": "ledger" if ledger else "decision",
                "file": base64.b64encode(content),
                "filename": filename,
                **vals,
            }
        )
        wizard.action_preview()
        return wizard

    def upload_file(self, path, **vals):
        """Return an import of a file on disk whose preview was asked for."""
        return self.upload(path.read_bytes(), path.name, **vals)

    def published(self, own, name):
        """Return ``(content, name)`` of a file in own words, and, where it is at hand,
        of the real one.
        """
        path = PUBLISHED / name
        real = [(path.read_bytes(), name)] if path.exists() else []
        return [(own, f"own{path.suffix}"), *real]

    def apply(self, wizard):
        """Import; return the tickets that were opened."""
        wizard.action_create_unknown()
        action = wizard.action_apply()
        ids = action.get("res_id") or action["domain"][0][2]
        return self.env["office.supervision.ticket"].browse(ids)

    def line(self, wizard, number):
        """Return the line of an import by its number in the document."""
        return wizard.line_ids.filtered(lambda line: line.item_number == number)

    def row(self, wizard, name):
        """Return the row of an import for a name of a unit."""
        return wizard.unit_ids.filtered(lambda row: row.name == name)


class TestImportDecision(ImportCase):
    def test_preview_stores_nothing(self):
        tasks, units = self.Task.search_count([]), self.Unit.search_count([])
        wizard = self.upload_file(DATA / "import_decision.txt")
        self.assertEqual(wizard.step, "preview")
        self.assertEqual(
            wizard.line_ids.mapped("item_number"),
            ["（一）", "（二）", "（三）", "（四）"],
        )
        self.assertEqual(self.line(wizard, "（一）").lead_unit_id, self.logistics)
        self.assertIn("4 tasks were found", wizard.summary)
        self.assertIn("3 units are unknown", wizard.summary)
        self.assertNotIn("no lead unit", wizard.summary)
        self.assertEqual(self.Task.search_count([]), tasks)
        self.assertEqual(self.Unit.search_count([]), units)

    def test_apply_makes_draft_tasks(self):
        wizard = self.upload_file(DATA / "import_decision.txt")
        ticket = self.apply(wizard)
        self.assertEqual(ticket.name, "import_decision")
        self.assertEqual(ticket.state, "proposed")
        self.assertEqual(ticket.supervisor_id, self.supervisor)
        self.assertEqual(ticket.create_uid, self.supervisor)
        self.assertEqual(ticket.task_ids.mapped("state"), ["draft"] * 4)
        self.assertEqual(ticket.task_ids.mapped("weight"), [25.0] * 4)
        self.assertEqual(ticket.date_deadline, date(2026, 9, 30), "the last task's")
        self.assertRecordValues(
            ticket.task_ids.sorted("sequence"),
            [
                {
                    "item_number": "（一）",
                    "name": "统一大宗采购",
                    "section": "二、管住源头",
                    "date_deadline": False,
                    "report_cycle": False,
                },
                {
                    "item_number": "（二）",
                    "name": "严格进货查验",
                    "section": "二、管住源头",
                    "date_deadline": date(2026, 9, 30),
                    "report_cycle": False,
                },
                {
                    "item_number": "（三）",
                    "name": "接入明厨亮灶",
                    "section": "三、看好后厨",
                    "date_deadline": False,
                    "report_cycle": "month",
                },
                {
                    "item_number": "（四）",
                    "name": "规范食品留样",
                    "section": "三、看好后厨",
                    "date_deadline": False,
                    "report_cycle": False,
                },
            ],
        )
        first = ticket.task_ids.filtered(lambda task: task.item_number == "（一）")
        self.assertIn("供应商名单向家长公布", first.text)
        self.assertIn("责任单位：后勤科", first.responsibility_text)
        self.assertEqual(
            set(first.assisting_unit_ids.mapped("name")), {"财务科", "各镇（街道）政府"}
        )
        self.assertIn("4 tasks were imported", ticket.message_ids[0].body)

    def test_corrections_are_what_is_stored(self):
        wizard = self.upload_file(DATA / "import_decision.txt")
        wizard.action_skip_unknown()
        with Form(wizard) as form:
            form.name = "Canteens"
            with form.line_ids.edit(0) as line:
                line.name = "Buy together"
                line.lead_unit_id = self.unit_b
                line.handler_id = self.staff_b
                line.date_deadline = self.day(30)
            with form.line_ids.edit(1) as line:
                line.include = False
        ticket = self.apply(wizard)
        self.assertEqual(ticket.name, "Canteens")
        self.assertNotIn("（二）", ticket.task_ids.mapped("item_number"))
        task = ticket.task_ids.filtered(lambda task: task.item_number == "（一）")
        self.assertEqual(task.name, "Buy together")
        self.assertEqual(task.lead_unit_id, self.unit_b)
        self.assertEqual(task.handler_id, self.staff_b)
        self.assertEqual(ticket.date_deadline, self.day(30))
        self.assertAlmostEqual(ticket.weight_total, 100)

    def test_pasted_text(self):
        form = Form(self.Import.with_context(default_kind="decision"))
        form.source = "text"
        form.text = (
            "（一）清理积存文件。（责任单位：后勤科）\n"
            "（二）核对台账。（责任单位：财务科）"
        )
        wizard = form.save()
        wizard.action_preview()
        self.assertEqual(wizard.line_ids.lead_unit_id, self.logistics | self.finance)
        with self.assertRaisesRegex(UserError, "subject"):
            wizard.action_apply()
        wizard.name = "Archives"
        self.assertEqual(self.apply(wizard).name, "Archives")

    def test_existing_ticket_takes_the_tasks(self):
        ticket = self.make_ticket(date_deadline=date(2026, 9, 1))
        wizard = self.upload_file(
            DATA / "import_decision.txt", target="existing", ticket_id=ticket.id
        )
        self.assertIn("end after the ticket", wizard.summary)
        self.assertEqual(self.apply(wizard), ticket)
        self.assertEqual(len(ticket.task_ids), 6)
        self.assertAlmostEqual(ticket.weight_total, 100)
        self.assertEqual(ticket.date_deadline, date(2026, 9, 1), "set before")

    def test_directive_authorises_the_new_ticket(self):
        directive = self.make_directive()
        wizard = self.upload_file(
            DATA / "import_decision.txt",
            user=self.director,
            directive_id=directive.id,
        )
        ticket = self.apply(wizard)
        self.assertEqual(ticket.directive_id, directive)
        self.assertEqual(ticket.leader_id, self.leader)
        self.assertEqual(ticket.requirement, directive.text)
        self.assertEqual(ticket.source_type, "upper_document")

    def test_tasks_without_lead_wait_and_are_named(self):
        text = "（一）清理积存文件。逐件登记。\n（二）核对台账。逐项销号。"
        wizard = self.upload(text, "plain.txt", name="Archives")
        self.assertEqual(wizard.line_ids.mapped("lead_unit_id.id"), [])
        self.assertTrue(
            all("No lead unit" in p for p in wizard.line_ids.mapped("problem"))
        )
        self.assertIn("2 have no lead unit", wizard.summary)
        self.assertAssignRefused(self.apply(wizard), ["清理积存文件", "核对台账"])

    def assertAssignRefused(self, ticket, names):
        """Check that a ticket is not assigned while its tasks have no lead."""
        ticket.with_user(self.supervisor).write(
            {
                "directive_id": self.make_directive().id,
                "legal_basis_ids": [(4, self.law.id)],
                "scope": "All",
                "requirement": "As the decision says.",
                "lead_unit_id": self.unit_a.id,
                "date_deadline": self.day(90),
            }
        )
        ticket.with_user(self.director).do_transition("file")
        with self.assertRaises(UserError) as error:
            ticket.with_user(self.supervisor).do_transition("assign")
        message = str(error.exception)
        self.assertIn("lead unit", message)
        for name in names:
            self.assertIn(name, message)
        self.assertEqual(ticket.state, "filed")

    def test_published_decision_with_units(self):
        for content, name in self.published(make_decision(), "zhengfa-2025-10.pdf"):
            wizard = self.upload(content, name)
            self.assertEqual(len(wizard.line_ids), 27)
            self.assertNotIn("各市、县", wizard.unit_ids.mapped("name"))
            ticket = self.apply(wizard)
            self.assertEqual(len(ticket.task_ids), 27)
            for task in ticket.task_ids:
                words = task.responsibility_text.removeprefix("责任单位：")
                self.assertTrue(words.startswith(task.lead_unit_id.name), words)
            self.assertAlmostEqual(ticket.weight_total, 100)
            again = self.upload(content, name)
            self.assertEqual(again.ticket_id, ticket)
            self.assertFalse(again.new_count)

    def test_published_decision_without_units(self):
        own = make_decision(with_units=False)
        for content, name in self.published(own, "jiaoyuting-2025-29.pdf"):
            wizard = self.upload(content, name)
            self.assertTrue(wizard.line_ids)
            self.assertFalse(wizard.unit_ids)
            names = wizard.line_ids.mapped("name")
            self.assertAssignRefused(self.apply(wizard), names)


class TestImportLedger(ImportCase):
    def test_lines(self):
        new_test_user(self.env, "v_wang", name="王小明")
        for login in ("v_li_1", "v_li_2"):
            new_test_user(self.env, login, name="李明")
        wizard = self.upload_file(DATA / "import_ledger.csv")
        self.assertEqual(
            wizard.line_ids.mapped("date_deadline"),
            [date(2026, 12, 31), False, date(2026, 6, 30), date(2026, 9, 30), False],
        )
        self.assertEqual(
            wizard.line_ids.mapped("report_cycle"),
            [False, "month", "month", False, False],
        )
        self.assertEqual(
            wizard.line_ids.handler_id.mapped("name"), ["V_Staff_A", "王小明"]
        )
        self.assertFalse(self.line(wizard, "3").handler_id, "two are called so")
        self.assertEqual(self.line(wizard, "3").person_text, "李  明")
        self.assertFalse(self.line(wizard, "4").handler_id)
        self.assertEqual(self.line(wizard, "4").person_text, "张三、李四")
        self.assertIn("No lead unit", self.line(wizard, "4").problem)
        self.assertIn("cannot be read", self.line(wizard, "5").problem)
        self.assertTrue(wizard.has_persons)
        self.assertIn("rows 8", wizard.summary, "no row is lost in silence")

    def test_tasks(self):
        wizard = self.upload_file(DATA / "import_ledger.csv")
        ticket = self.apply(wizard)
        self.assertEqual(ticket.source_type, "key_work")
        self.assertEqual(ticket.date_deadline, date(2026, 12, 31))
        self.assertEqual(ticket.task_ids.mapped("weight"), [20.0] * 5)
        both = ticket.task_ids.filtered(lambda task: task.item_number == "3")
        self.assertRecordValues(
            both,
            [
                {
                    "date_deadline": date(2026, 6, 30),
                    "is_long_running": True,
                    "report_cycle": "month",
                    "section": "师资 / 推进交流轮岗。",
                    "deadline_text": "2026年6月持续跟踪",
                    "responsibility_text": "牵头单位：人事科；配合单位：义务教育科；"
                    "责任人：李  明",
                }
            ],
        )

    def test_second_import_doubles_nothing(self):
        ticket = self.apply(self.upload_file(DATA / "import_ledger.csv"))
        again = self.upload_file(DATA / "import_ledger.csv", user=self.supervisor)
        self.assertEqual(again.target, "existing")
        self.assertEqual(again.ticket_id, ticket)
        self.assertEqual(again.new_count, 0)
        self.assertEqual(set(again.line_ids.mapped("problem")), {"Already imported."})
        self.assertEqual(self.apply(again), ticket)
        again.write({"target": "new", "ticket_id": False})
        self.assertEqual(self.apply(again), ticket, "nor into a new ticket")
        self.assertEqual(len(ticket.task_ids), 5)

    def test_later_lines_join_and_share_the_weight(self):
        content = (DATA / "import_ledger.csv").read_text()
        ticket = self.apply(self.upload(content, "a.csv"))
        content = content.replace("后勤科,财务科", "人事科,财务科")
        content += "2026年10月,评选示范食堂。,7,后勤科,,食堂,提质。,,\n"
        wizard = self.upload(content, "b.csv")
        self.assertEqual(wizard.new_count, 1)
        self.assertEqual(self.apply(wizard), ticket)
        self.assertEqual(len(ticket.task_ids), 6)
        self.assertAlmostEqual(ticket.weight_total, 100)
        first = ticket.task_ids.filtered(lambda task: task.item_number == "1")
        self.assertEqual(first.lead_unit_id, self.logistics, "what is there is kept")

    def test_last_years_lines_come_again(self):
        ticket = self.apply(
            self.upload(HEADING + "1,核对台账。,后勤科,2026年6月", "a.csv")
        )
        ticket.directive_id = self.make_directive()
        ticket.with_user(self.leader).do_transition("terminate", "Over")
        wizard = self.upload(HEADING + "1,核对台账。,后勤科,2027年6月", "b.csv")
        self.assertEqual(wizard.target, "new")
        self.assertEqual(wizard.new_count, 1)

    def test_running_ticket_takes_no_more_and_no_doubles(self):
        ticket = self.make_assigned()
        ticket.task_ids[0].sudo().import_key = "1" * 32
        wizard = self.upload(HEADING + "1,核对台账。,后勤科,2026年6月", "a.csv")
        wizard.line_ids.import_key = "1" * 32
        wizard.action_refresh()
        self.assertEqual(wizard.line_ids.present_ticket_id, ticket)
        self.assertFalse(wizard.new_count)
        wizard.write({"target": "existing", "ticket_id": ticket.id})
        with self.assertRaisesRegex(UserError, "assigned already"):
            wizard.action_apply()

    def test_ticket_per_group(self):
        wizard = self.upload_file(
            DATA / "import_ledger.csv", grouping="group", name="Key Work"
        )
        tickets = self.apply(wizard)
        self.assertEqual(
            set(tickets.mapped("name")),
            {
                "Key Work: 增加学前学位",
                "Key Work: 公布学位信息",
                "Key Work: 推进交流轮岗",
            },
        )
        for ticket in tickets:
            self.assertAlmostEqual(ticket.weight_total, 100)
        content = (DATA / "import_ledger.csv").read_text()
        content += "2026年10月,组织轮岗教师座谈。,7,人事科,,师资,推进交流轮岗。,,\n"
        content += "2026年10月,评选示范食堂。,8,后勤科,,食堂,提质。,,\n"
        wizard = self.upload(content, "b.csv", grouping="group", name="Key Work")
        self.assertEqual(wizard.new_count, 2)
        joined, new = self.apply(wizard).sorted("id")
        self.assertEqual(joined, tickets.filtered(lambda t: "轮岗" in t.name))
        self.assertEqual(len(joined.task_ids), 4)
        self.assertEqual(new.name, "Key Work: 提质")
        self.assertEqual(new.task_ids.mapped("weight"), [100.0])

    def test_published_ledger(self):
        figures = {"own.csv": (50, 25), "key-tasks-2026.csv": (39, 4)}
        for content, name in self.published(make_ledger(), "key-tasks-2026.csv"):
            long_running, dated = figures[name]
            ticket = self.apply(self.upload(content, name))
            self.assertEqual(len(ticket.task_ids), 126)
            self.assertEqual(len(set(ticket.task_ids.mapped("import_key"))), 126)
            self.assertAlmostEqual(ticket.weight_total, 100)
            self.assertEqual(ticket.date_deadline, date(2026, 12, 31))
            self.assertTrue(all(task.lead_unit_id for task in ticket.task_ids))
            long = ticket.task_ids.filtered("is_long_running")
            self.assertEqual(len(long), long_running)
            self.assertEqual(set(long.mapped("report_cycle")), {"month"})
            self.assertEqual(len(long.filtered("date_deadline")), dated)
            again = self.upload(content, name)
            self.assertFalse(again.unknown_unit_ids)
            self.assertEqual(self.apply(again), ticket)
            self.assertEqual(len(ticket.task_ids), 126)

    def test_queries_grow_with_units_not_with_lines(self):
        def count(lines):
            content = HEADING + "".join(
                f"{n},第{lines}批第{n}项任务。,后勤科,2026年6月\n" for n in range(lines)
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.apply(self.upload(content, f"{lines}.csv", name=str(lines)))
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(10)
        self.assertLess(count(80) - count(20), 30)


class TestImportUnits(ImportCase):
    def ledger(self, *names, **vals):
        """Return an import of one task for each lead unit."""
        lines = "".join(
            f"{n},第{n}项任务。,{u},2026年6月\n" for n, u in enumerate(names)
        )
        return self.upload(HEADING + lines, "units.csv", **vals)

    def test_punctuation_makes_no_other_unit(self):
        towns = self.Unit.create({"name": "各镇（街道）政府"})
        wizard = self.upload_file(DATA / "import_decision.txt")
        self.assertEqual(self.row(wizard, "各镇（街道）政府").department_id, towns)
        self.assertEqual(self.row(wizard, "各镇（街道）政府").line_count, 2)
        self.assertFalse(self.row(wizard, "各镇〔街道〕政府"))
        self.assertIn(towns, self.line(wizard, "（三）").assisting_unit_ids)

    def test_nearest_is_proposed_and_decided_by_the_user(self):
        near = self.Unit.create({"name": "区市场监督管理局"})
        wizard = self.ledger("省市场监管局（省知识产权局）", "气象站")
        proposed = self.row(wizard, "省市场监管局（省知识产权局）")
        self.assertEqual(proposed.department_id, near)
        self.assertFalse(proposed.decision)
        self.assertFalse(wizard.line_ids.lead_unit_id, "a proposal decides nothing")
        self.assertIn("Unknown unit", wizard.line_ids[0].problem)
        self.assertEqual(wizard.undecided_count, 2)
        with self.assertRaisesRegex(UserError, "省市场监管局（省知识产权局）, 气象站"):
            wizard.action_apply()
        wizard.action_accept_proposals()
        self.assertEqual(wizard.line_ids[0].lead_unit_id, near)
        self.assertEqual(wizard.undecided_count, 1)
        wizard.action_skip_unknown()
        self.assertEqual(self.row(wizard, "气象站").decision, "skip")
        ticket = self.apply(wizard)
        self.assertEqual(ticket.task_ids.lead_unit_id, near)

    def test_mapping_is_remembered(self):
        wizard = self.ledger("总务处")
        with Form(wizard) as form, form.unknown_unit_ids.edit(0) as row:
            row.department_id = self.logistics
            self.assertEqual(row.decision, "map", "choosing is deciding")
        self.assertEqual(wizard.line_ids.lead_unit_id, self.logistics)
        self.apply(wizard)
        alias = self.env["office.unit.alias"].search([("name", "=", "总务处")])
        self.assertEqual(alias.department_id, self.logistics)
        again = self.ledger("总务处", "总务处 ")
        self.assertFalse(again.unknown_unit_ids)
        self.assertEqual(again.line_ids.lead_unit_id, self.logistics)

    def test_nothing_is_remembered_before_it_is_applied(self):
        wizard = self.ledger("总务处")
        wizard.unit_ids.department_id = self.logistics
        self.assertFalse(
            self.env["office.unit.alias"].search([("name", "=", "总务处")])
        )

    def test_unit_is_created_once(self):
        wizard = self.ledger("临江第一小学", "临江第一小学", "安全科")
        wizard.action_create_unknown()
        self.assertEqual(wizard.line_ids[0].problem, "Will be created: 临江第一小学.")
        self.assertFalse(self.Unit.search([("name", "=", "临江第一小学")]))
        ticket = self.apply(wizard)
        school = self.Unit.search([("name", "=", "临江第一小学")])
        self.assertEqual(len(school), 1)
        self.assertEqual(school.unit_kind, "school")
        self.assertEqual(school.company_id, self.company)
        self.assertEqual(
            len(ticket.task_ids.filtered(lambda t: t.lead_unit_id == school)), 2
        )
        self.assertFalse(self.ledger("临江第一小学").unknown_unit_ids)

    def test_units_of_another_company_stay_there(self):
        other = self.env["res.company"].create({"name": "Other Office"})
        foreign = self.Unit.create({"name": "安全科", "company_id": other.id})
        self.env["office.unit.alias"].create(
            {"name": "平安办", "department_id": foreign.id, "company_id": other.id}
        )
        wizard = self.ledger("安全科", "平安办")
        self.assertEqual(len(wizard.unknown_unit_ids), 2)
        self.assertFalse(wizard.unit_ids.department_id)
        with self.assertRaises(UserError):
            wizard.unit_ids[0].department_id = foreign
        with self.assertRaises(UserError):
            wizard.line_ids[0].lead_unit_id = foreign

    def test_imported_tasks_of_another_company_do_not_count(self):
        self.apply(self.ledger("后勤科"))
        other = self.env["res.company"].create({"name": "Other Office"})
        user = new_test_user(
            self.env,
            "v_elsewhere",
            "office_functions_supervision.group_office_supervisor",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        wizard = self.ledger("后勤科", user=user)
        self.assertEqual(wizard.company_id, other)
        self.assertEqual(wizard.new_count, 1)
        self.assertEqual(wizard.target, "new")


class TestImportRefusals(ImportCase):
    def assertRefused(self, pattern, content, filename, **vals):
        """Check that a file is refused in one sentence and what was typed is kept."""
        tasks = self.Task.search_count([])
        wizard = self.Import.create(
            {
                "kind": vals.pop("kind", "decision"),
                "file": base64.b64encode(content),
                "filename": filename,
                "name": "Typed",
            }
        )
        with self.assertRaisesRegex(UserError, pattern):
            wizard.action_preview()
        self.assertEqual(wizard.step, "upload")
        self.assertEqual(wizard.name, "Typed")
        self.assertFalse(wizard.line_ids)
        self.assertEqual(self.Task.search_count([]), tasks)

    def test_bad_files(self):
        locked = OLE_SIGNATURE + OLE_ENCRYPTED_PART
        pictures = weasyprint.HTML(string="<br>").write_pdf()
        for pattern, content, filename, kind in (
            ("nothing to read", b" ", "a.txt", "decision"),
            ("cannot be read", b"x", "a.exe", "decision"),
            ("cannot be read", b"x", "a.pdf", "ledger"),
            ("damaged", b"%PDF-1.7\n%%EOF", "a.pdf", "decision"),
            ("damaged", b"PK no archive", "a.xlsx", "ledger"),
            ("password", locked, "a.docx", "decision"),
            ("password", locked, "a.xlsx", "ledger"),
            ("OCR", pictures, "a.pdf", "decision"),
            ("headings", "甲,乙\n丙,丁".encode(), "a.csv", "ledger"),
            ("nothing to read", b" ", "a.csv", "ledger"),
            ("No task", "没有编号的一段话。".encode(), "a.txt", "decision"),
            ("No task", HEADING.encode(), "a.csv", "ledger"),
            ("5000", (HEADING + "1,任务,,\n" * 5001).encode(), "a.csv", "ledger"),
        ):
            with self.subTest(pattern=pattern, filename=filename):
                self.assertRefused(pattern, content, filename, kind=kind)

    def test_large_file_is_not_even_kept(self):
        content = base64.b64encode(bytes(50 * 1024 * 1024))
        count = self.Import.search_count([])
        with self.assertRaisesRegex(UserError, "20 MB"):
            self.Import.create({"file": content, "filename": "a.pdf"})
        self.assertEqual(self.Import.search_count([]), count)
        wizard = self.Import.create({"filename": "a.pdf"})
        with self.assertRaisesRegex(UserError, "20 MB"):
            wizard.file = content
        limit = base64.b64encode(bytes(MAX_FILE_SIZE))
        self.assertTrue(self.Import.create({"file": limit, "filename": "a.pdf"}))

    def test_nothing_to_preview(self):
        with self.assertRaisesRegex(UserError, "Choose a file"):
            self.Import.create({}).action_preview()
        with self.assertRaisesRegex(UserError, "nothing to read"):
            self.Import.create({"source": "text", "text": " "}).action_preview()
        with self.assertRaisesRegex(UserError, "too long"):
            self.Import.create(
                {"source": "text", "text": "一" * 2_000_001}
            ).action_preview()
        wizard = self.Import.create({"filename": "a.txt", "file": b"no base64!"})
        with self.assertRaisesRegex(UserError, "damaged"):
            wizard.action_preview()

    def test_nothing_chosen(self):
        wizard = self.upload_file(DATA / "import_decision.txt")
        wizard.line_ids.include = False
        with self.assertRaisesRegex(UserError, "at least one"):
            wizard.action_apply()
        wizard.target = "existing"
        with self.assertRaisesRegex(UserError, "Choose the ticket"):
            wizard.action_apply()

    def test_roles(self):
        manager = new_test_user(
            self.env, "v_manager", "office_functions.group_office_manager"
        )
        portal = new_test_user(self.env, "v_portal", "base.group_portal")
        refused = (
            self.staff_a,
            self.head_a,
            self.clerk,
            self.leader,
            self.outsider,
            manager,
            portal,
        )
        wizard = self.upload_file(DATA / "import_decision.txt")
        for user in refused:
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.Import.with_user(user).create({"filename": "a.txt"})
                with self.assertRaises(AccessError):
                    wizard.with_user(user).action_apply()
        self.upload_file(DATA / "import_decision.txt", user=self.director)

    def test_imports_are_private(self):
        mine = self.upload_file(DATA / "import_decision.txt")
        other = self.other_supervisor
        self.assertFalse(self.Import.with_user(other).search([("id", "=", mine.id)]))
        for action in (
            lambda: mine.with_user(other).read(["file"]),
            lambda: mine.line_ids.with_user(other).write({"name": "Mine"}),
            lambda: mine.unit_ids.with_user(other).write({"decision": "create"}),
            lambda: mine.with_user(other).action_apply(),
            lambda: mine.line_ids.with_user(other).create(
                {"import_id": mine.id, "name": "Smuggled"}
            ),
        ):
            with self.assertRaises(AccessError):
                action()

    def test_ticket_of_another_supervisor(self):
        ticket = self.env["office.supervision.ticket"]
        ticket = ticket.with_user(self.other_supervisor).create({"name": "Theirs"})
        self.assertEqual(ticket.create_uid, self.other_supervisor)
        wizard = self.upload_file(DATA / "import_decision.txt")
        wizard.action_skip_unknown()
        wizard.write({"target": "existing", "ticket_id": ticket.id})
        with self.assertRaises(AccessError):
            wizard.action_apply()

    def test_ticket_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other Office"})
        ticket = self.env["office.supervision.ticket"].create(
            {"name": "Theirs", "company_id": other.id}
        )
        wizard = self.upload_file(DATA / "import_decision.txt")
        with self.assertRaises(UserError):
            wizard.write({"target": "existing", "ticket_id": ticket.id})
        wizard.company_id = other
        with self.assertRaises(AccessError):
            wizard.action_apply()

    def test_client_cannot_undo_the_check_for_doubles(self):
        path = DATA / "import_ledger.csv"
        ticket = self.apply(self.upload_file(path))
        again = self.upload_file(path)
        again.line_ids.write({"present_ticket_id": False, "include": True})
        again.write({"target": "new", "new_count": 5})
        again.action_apply()
        keys = ticket.task_ids.mapped("import_key")
        self.assertEqual(self.Task.search_count([("import_key", "in", keys)]), 5)

    def test_tasks_go_to_the_target_only(self):
        elsewhere = self.make_ticket()
        count = len(elsewhere.task_ids)
        wizard = self.upload_file(DATA / "import_decision.txt")
        other = self.upload_file(DATA / "import_ledger.csv")
        foreign = other.unknown_unit_ids[0]
        foreign.decision = "create"
        wizard.action_skip_unknown()
        wizard.line_ids[0].write(
            {"present_ticket_id": elsewhere.id, "lead_row_id": foreign.id}
        )
        ticket = self.apply(wizard)
        self.assertEqual(len(elsewhere.task_ids), count)
        self.assertEqual(len(ticket.task_ids), 4)
        self.assertFalse(self.Unit.search([("name", "=", foreign.name)]))


@tagged("office_import")
class TestUnitNames(BaseCase):
    def test_essence(self):
        self.assertEqual(
            essence("各市、县〔市、区〕政府"), essence("各市、县（市、区） 政府")
        )
        self.assertEqual(essence("ＧＢ局"), "gb局")

    def test_nearest(self):
        index = NameIndex(["区教育局", "区财政局", "财务科", "区人力资源和社会保障局"])
        for name, nearest in (
            ("省教育厅", "区教育局"),
            ("省财政厅", "区财政局"),
            ("临江区财政局", "区财政局"),
            ("省人力社保厅", "区人力资源和社会保障局"),
            ("省气象局", ""),
            ("", ""),
        ):
            with self.subTest(name=name):
                self.assertEqual(index.nearest(name), nearest)

    def test_second_name_in_brackets_counts(self):
        index = NameIndex(["区知识产权局", "区公安局"])
        self.assertEqual(index.nearest("省市场监管局（省知识产权局）"), "区知识产权局")

    def test_likeness(self):
        self.assertEqual(likeness("教育局", "教育局"), 1)
        self.assertGreater(
            likeness("省教育厅", "区教育局"), likeness("省教育厅", "教师科")
        )

    def test_kind(self):
        for name, kind in (
            ("临江第一小学", "school"),
            ("实验幼儿园", "school"),
            ("基础教育处", "section"),
            ("办公室", "section"),
            ("省教育厅", "agency"),
            ("各市、县（市、区）政府", "agency"),
        ):
            with self.subTest(name=name):
                self.assertEqual(guess_kind(name), kind)

    def test_weights_make_a_hundred(self):
        for count in (1, 3, 7, 126, 5000):
            with self.subTest(count=count):
                weights = split_weight(count)
                self.assertEqual(len(weights), count)
                self.assertEqual(round(sum(weights) * 100), 10000)
                self.assertLessEqual(max(weights) - min(weights), 0.0101)
