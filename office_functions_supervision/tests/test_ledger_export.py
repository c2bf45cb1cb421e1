# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import gc
import io
import json
import os
import tempfile
import tracemalloc
from datetime import date, datetime, time
from itertools import repeat
from tempfile import TemporaryDirectory
from unittest.mock import patch
from urllib.parse import urlencode

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.office_functions.tools.transition import permit

from ..report import ledger_workbook, office_supervision_ledger, terms
from ..report.office_supervision_ticket import MAX_CHOSEN
from .common import SupervisionCase

# Written anew from the form (domain F2), not read from the code under test.
HEADINGS = (
    "序号 督办编号 立项日期 来源类别 依据文号/会议/批示 督办事项 分解任务 牵头单位 "
    "责任领导 责任人 协办单位 原定时限 现时限 延期次数 进展情况 最近反馈日期 "
    "存在问题/梗阻点 下步措施 催办次数 核查结果 办结日期 是否按期 快/准/实 销号日期 "
    "状态(红黄绿) 备注"
).split()
URL = "/office/supervision/ledger.xlsx"


class LedgerCase(SupervisionCase):
    def export(self, user=None, domain=()):
        """Return the sheet of the ledger, as another program reads it."""
        file = io.BytesIO()
        ledger = self.env["office.supervision.ledger"]
        ledger.with_user(user or self.supervisor)._write_xlsx(file, list(domain))
        return load_workbook(file).active

    def read_rows(self, sheet):
        """Return the rows of a sheet as dicts by heading."""
        head, *rows = sheet.iter_rows(min_row=3, values_only=True)
        return [dict(zip(head, row, strict=True)) for row in rows]

    def rows(self, records, user=None):
        """Return the rows of some tickets."""
        return self.read_rows(self.export(user, [("id", "in", records.ids)]))

    def moment(self, offset):
        """Return a day as spreadsheets give it."""
        return datetime.combine(self.day(offset), time())


@tagged("post_install", "-at_install", "office_supervision")
class TestLedgerSheet(LedgerCase):
    def test_headings(self):
        sheet = self.export()
        self.assertEqual([cell.value for cell in sheet[3]], HEADINGS)
        self.assertEqual(len(HEADINGS), 26)

    def test_title_names_organ_and_day(self):
        self.company.name = "Test 教委"
        with freeze_time("2026-03-05"):
            sheet = self.export()
        self.assertEqual(sheet["A1"].value, "督办台账")
        self.assertIn("A1:Z1", [str(cells) for cells in sheet.merged_cells.ranges])
        self.assertIn("Test 教委", sheet["A2"].value)
        self.assertIn("2026年3月5日", sheet["A2"].value)

    def test_headings_stay_and_filter(self):
        ticket = self.make_assigned()
        sheet = self.export(domain=[("id", "=", ticket.id)])
        self.assertEqual(sheet.freeze_panes, "A4")
        self.assertEqual(sheet.auto_filter.ref, "A3:Z5")

    def test_print_setup(self):
        sheet = self.export()
        self.assertEqual(sheet.page_setup.paperSize, 8, "A3")
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
        self.assertEqual(sheet.page_setup.fitToHeight, 0, "as many pages as it takes")
        self.assertEqual(sheet.print_title_rows, "$3:$3")
        self.assertIn("&P", sheet.oddFooter.center.text)

    def test_long_text_wraps_in_a_set_width(self):
        ticket = self.make_ticket()
        sheet = self.export(domain=[("id", "=", ticket.id)])
        self.assertTrue(all(cell.alignment.wrap_text for cell in sheet[4]))
        widths = [
            sheet.column_dimensions[cell.column_letter].width for cell in sheet[3]
        ]
        self.assertTrue(all(5 < width < 40 for width in widths), widths)

    def test_empty(self):
        sheet = self.export(domain=[("id", "=", 0)])
        self.assertEqual(self.read_rows(sheet), [])
        self.assertEqual(len(list(sheet[3])), 26)

    def test_row_of_a_running_task(self):
        decision = self.env["office.meeting.decision"].create(
            {"meeting": "第7次会议", "name": "学位", "leader_id": self.leader.id}
        )
        decision.date = "2026-03-05"
        ticket = self.make_assigned(
            source_type="own_meeting",
            basis_reference="教办〔2026〕12号",
            decision_id=decision.id,
        )
        task = ticket.task_ids[0]
        with permit(task):
            task.is_long_running = True
        task.write(
            {
                "item_number": "（一）",
                "assisting_unit_ids": [Command.set([self.unit_b.id])],
            }
        )
        self.report(
            task,
            "stage",
            text="底数已清",
            progress=40,
            problem="一校迟报",
            next_step="逐校核对",
        )
        task.with_user(self.director).urge("请抓紧")
        ticket.with_user(self.director).urge("请抓紧")
        first, second = self.rows(ticket)
        basis = first.pop("依据文号/会议/批示")
        for part in ("教办〔2026〕12号", "第7次会议（2026年3月5日）", "V_Leader"):
            self.assertIn(part, basis)
        self.assertEqual(
            first,
            {
                "序号": 1,
                "督办编号": ticket.number,
                "立项日期": self.moment(0),
                "来源类别": "本级会议",
                "督办事项": "Free places in primary schools",
                "分解任务": "（一）Part 1",
                "牵头单位": "Section A",
                "责任领导": "V_Leader",
                "责任人": "V_Staff_A",
                "协办单位": "Section B",
                "原定时限": self.moment(10),
                "现时限": self.moment(10),
                "延期次数": 0,
                "进展情况": "（40%）底数已清",
                "最近反馈日期": self.moment(0),
                "存在问题/梗阻点": "一校迟报",
                "下步措施": "逐校核对",
                "催办次数": 2,
                "核查结果": "—",
                "办结日期": None,
                "是否按期": "—",
                "快/准/实": "—/—/—",
                "销号日期": None,
                "状态(红黄绿)": "绿·正常",
                "备注": "持续推进",
            },
        )
        self.assertEqual(second["序号"], 2)
        self.assertEqual(
            second["督办事项"], first["督办事项"], "repeated, to filter by"
        )
        self.assertEqual(second["分解任务"], "Part 2")
        self.assertEqual(second["催办次数"], 1, "the ticket's alone")

    def test_dates_are_dates(self):
        ticket = self.make_assigned()
        sheet = self.export(domain=[("id", "=", ticket.id)])
        self.assertTrue(sheet["M4"].is_date)
        self.assertEqual(sheet["M4"].number_format, 'yyyy"年"m"月"d"日"')

    def test_ticket_without_tasks_has_a_row(self):
        ticket = self.make_ticket(tasks=0, assisting_unit_ids=[self.unit_b.id])
        (row,) = self.rows(ticket)
        self.assertIsNone(row["分解任务"])
        self.assertEqual(row["牵头单位"], "Section A")
        self.assertEqual(row["协办单位"], "Section B")
        self.assertEqual(row["现时限"], self.moment(20))
        self.assertEqual(row["状态(红黄绿)"], "未计时")
        self.assertIsNone(row["立项日期"])

    def test_feedback_sent_back_is_marked(self):
        ticket = self.make_assigned()
        feedback = self.report(ticket.task_ids[0], text="完成")
        feedback.with_user(self.supervisor).do_transition("send_back", "没有附件")
        self.assertEqual(self.rows(ticket)[0]["进展情况"], "（已退回）完成")

    def test_lights_have_word_and_colour(self):
        ticket = self.make_assigned()
        task = ticket.task_ids[0]
        seen = {}
        for offset, light in ((0, "green"), (8, "yellow"), (11, "red")):
            with freeze_time(self.day(offset)):
                self.env.invalidate_all()
                self.assertEqual(task.light, light)
                cell = self.export(domain=[("id", "=", ticket.id)])["Y4"]
            seen[cell.value] = cell.fill.fgColor.rgb
        self.assertEqual(list(seen), ["绿·正常", "黄·临期", "红·逾期"])
        green, yellow, red = (
            tuple(bytes.fromhex(color[2:])) for color in seen.values()
        )
        self.assertEqual(max(green), green[1])
        self.assertGreater(min(yellow[:2]), yellow[2])
        self.assertEqual(max(red), red[0])
        self.assertGreater(red[0], red[1] + 50)

    def test_suspended(self):
        ticket = self.make_assigned()
        ticket.with_user(self.leader).do_transition("suspend", "等待上级意见")
        row = self.rows(ticket)[0]
        self.assertEqual(row["状态(红黄绿)"], "中止计时")
        self.assertEqual(row["备注"], "督办件已中止：等待上级意见")
        ticket.with_user(self.leader).do_transition("resume")
        self.assertIsNone(self.rows(ticket)[0]["备注"])

    def test_terminated_is_not_shown_as_done(self):
        ticket = self.make_assigned()
        ticket.with_user(self.leader).do_transition("terminate", "事项取消")
        row = self.rows(ticket)[0]
        self.assertIsNone(row["办结日期"])
        self.assertEqual(row["是否按期"], "—")
        self.assertEqual(row["快/准/实"], "—/—/—")
        self.assertEqual(row["状态(红黄绿)"], "—")
        self.assertEqual(row["备注"], "任务已取消；督办件已终止：事项取消")

    def test_the_last_reason_counts_and_none_is_no_matter(self):
        ticket, silent = self.make_assigned(), self.make_ticket()
        leader = ticket.with_user(self.leader)
        leader.do_transition("suspend", "等待上级意见")
        leader.do_transition("resume")
        leader.do_transition("suspend", "法院审理中")
        silent._pass_by_system("terminate")
        self.assertEqual(self.rows(ticket)[0]["备注"], "督办件已中止：法院审理中")
        self.assertIn("督办件已终止", self.rows(silent)[0]["备注"].split("；"))

    def test_done_in_time_at_the_first_verification(self):
        ticket = self.make_assigned()
        for task in ticket.task_ids:
            self.report(task)
        waiting = self.rows(ticket)[0]
        self.assertEqual(waiting["快/准/实"], "—/—/—", "nothing verified yet")
        self.assertEqual(waiting["状态(红黄绿)"], "未计时")
        with self.env.cr.savepoint() as savepoint:
            ticket.with_user(self.supervisor).do_transition("verify")
            self.assertEqual(self.rows(ticket)[0]["核查结果"], "核查中")
            savepoint.rollback()
        self.env.invalidate_all()
        self.verify(ticket)
        ticket.with_user(self.leader).do_transition("close")
        row = self.rows(ticket)[0]
        self.assertEqual(row["核查结果"], "通过")
        self.assertEqual(row["办结日期"], self.moment(0))
        self.assertEqual(row["是否按期"], "按期")
        self.assertEqual(row["快/准/实"], "是/是/—", "no look-back is recorded")
        self.assertEqual(row["销号日期"], self.moment(0))
        self.assertEqual(row["状态(红黄绿)"], "绿·按期办结")

    def test_failed_verification(self):
        ticket = self.make_assigned()
        for task in ticket.task_ids:
            self.report(task)
        self.verify(
            ticket,
            "fail",
            rectification="补报两所学校",
            rectification_unit_id=self.unit_a.id,
            rectification_user_id=self.staff_a.id,
            date_rectification=self.day(15),
        )
        rows = self.rows(ticket)
        self.assertEqual(rows[0]["核查结果"], "未通过")
        self.assertEqual(rows[0]["快/准/实"], "—/否/—")
        self.assertIn("整改事项", [row["备注"] for row in rows])
        self.report(ticket.task_ids.filtered(lambda t: t.kind == "rectification"))
        self.verify(ticket)
        row = self.rows(ticket)[0]
        self.assertEqual(row["核查结果"], "通过")
        self.assertEqual(row["快/准/实"], "是/否/—", "it was the first that counts")

    def extend(self, task, offset):
        extension = self.env["office.supervision.extension"].with_user(self.staff_a)
        extension = extension.create(
            {
                "ticket_id": task.ticket_id.id,
                "task_id": task.id,
                "date_to": self.day(offset),
                "reason": "学校放假",
            }
        )
        extension.do_transition("ask")
        extension.with_user(self.supervisor).do_transition("approve")

    def test_extended_task_is_judged_by_both_deadlines(self):
        ticket = self.make_assigned()
        first, second = ticket.task_ids
        self.extend(first, 18)
        row = self.rows(ticket)[0]
        self.assertEqual(row["原定时限"], self.moment(10))
        self.assertEqual(row["现时限"], self.moment(18))
        self.assertEqual(row["延期次数"], 1)
        self.assertEqual(row["是否按期"], "—")
        with freeze_time(self.day(12)):
            running = self.rows(ticket)
            self.assertEqual(running[0]["是否按期"], "未办结（原时限已逾期）")
            self.assertEqual(running[1]["是否按期"], "逾期未办结")
            self.report(first)
            self.report(second)
            self.verify(ticket)
        done, late = self.rows(ticket)
        self.assertEqual(done["是否按期"], "按期（原时限逾期）")
        self.assertEqual(done["快/准/实"], "是/是/—")
        self.assertEqual(late["是否按期"], "逾期")
        self.assertEqual(late["快/准/实"], "否/是/—")
        self.assertEqual(late["状态(红黄绿)"], "红·逾期办结")

    def test_text_is_never_a_formula_or_a_link(self):
        for text in ("=1+1", "+1", "-1", "@SUM(A1)", "https://example.com", "{=A1}"):
            with self.subTest(text=text):
                ticket = self.make_ticket(name=text)
                sheet = self.export(domain=[("id", "=", ticket.id)])
                self.assertEqual(sheet["F4"].value, text)
                self.assertEqual(sheet["F4"].data_type, "s")
                self.assertIsNone(sheet["F4"].hyperlink)

    def test_strange_text_keeps_the_file_readable(self):
        long_text = "长" * 40000
        ticket = self.make_ticket(
            name="<b>&amp; \x01\ufffe\uffff _x0041_ 𠮷", basis_reference=long_text
        )
        row = self.rows(ticket)[0]
        self.assertIn("<b>&amp; ", row["督办事项"])
        self.assertIn("𠮷", row["督办事项"])
        self.assertEqual(len(row["依据文号/会议/批示"]), 32767, "what a cell holds")

    def test_batches_lose_and_double_nothing(self):
        tickets = self.make_assigned(name="First") | self.make_assigned(name="Second")
        tickets |= self.make_ticket(name="Third", tasks=0)
        with patch.object(office_supervision_ledger, "BATCH", 2):
            rows = self.rows(tickets)
        self.assertEqual([row["序号"] for row in rows], [1, 2, 3, 4, 5])
        self.assertEqual(
            [(row["督办事项"], row["分解任务"]) for row in rows],
            [
                ("First", "Part 1"),
                ("First", "Part 2"),
                ("Second", "Part 1"),
                ("Second", "Part 2"),
                ("Third", None),
            ],
        )

    def test_queries_do_not_grow_with_rows(self):
        def count(ticket):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.export(domain=[("id", "=", ticket.id)])
            return self.env.cr.sql_log_count - before

        # A client names its time zone; else each environment asks for it by itself.
        self.env = self.env(context={**self.env.context, "tz": "Asia/Shanghai"})
        small, large = self.make_ticket(), self.make_ticket(name="Large")
        self.env["office.supervision.task"].create(
            [{"ticket_id": large.id, "name": f"Part {i}"} for i in range(50)]
        )
        # An environment asks once for its company; one that was collected asks again.
        gc.disable()
        self.addCleanup(gc.enable)
        count(small)
        self.assertEqual(count(large), count(small))

    def test_memory_does_not_grow_with_rows(self):
        self.make_assigned()
        (row, *_others) = self.env["office.supervision.ledger"]._read_rows([])

        def peak(count):
            with tempfile.TemporaryFile() as file:
                tracemalloc.start()
                try:
                    ledger_workbook.write_ledger(
                        file, repeat(row, count), "Organ", date(2026, 3, 5)
                    )
                    return tracemalloc.get_traced_memory()[1]
                finally:
                    tracemalloc.stop()

        peak(1)
        self.assertLess(peak(2000) - peak(200), 1_000_000)

    def test_more_rows_than_a_sheet_holds(self):
        ticket = self.make_ticket()
        with (
            patch.object(ledger_workbook, "MAX_ROWS", 4),
            self.assertRaises(OverflowError),
        ):
            self.export(domain=[("id", "=", ticket.id)])

    def test_nothing_is_left_on_the_disk(self):
        ticket = self.make_ticket()
        with TemporaryDirectory() as folder, patch("tempfile.tempdir", folder):
            self.rows(ticket)
            with (
                patch.object(ledger_workbook, "MAX_ROWS", 4),
                self.assertRaises(OverflowError),
            ):
                self.rows(ticket)
            self.assertEqual(os.listdir(folder), [])

    def test_every_source_has_its_word(self):
        field = self.env["office.supervision.ticket"]._fields["source_type"]
        self.assertEqual(list(terms.SOURCES), field.get_values(self.env))
        field = self.env["office.supervision.task"]._fields["light"]
        self.assertEqual(set(ledger_workbook.LIGHTS), set(field.get_values(self.env)))

    def test_words_are_chinese_whoever_asks(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.unit_a.with_context(lang="zh_CN").name = "基础教育科"
        ticket = self.make_ticket()
        self.assertEqual(self.supervisor.lang, "en_US")
        row = self.rows(ticket)[0]
        self.assertEqual(row["牵头单位"], "基础教育科")
        self.assertEqual(row["来源类别"], "本级批示")

    def test_exports_are_on_record(self):
        tickets = self.make_ticket() | self.make_ticket()
        log = self.env["office.audit.log"]
        last_id = log.search([], limit=1).id or 0
        self.rows(tickets)
        line = log.search([("id", ">", last_id)])
        self.assertRecordValues(
            line,
            [
                {
                    "user_id": self.supervisor.id,
                    "kind": "export",
                    "res_model": "office.supervision.ticket",
                    "res_ids": tickets.ids,
                    "record_count": 2,
                    "detail": "F2",
                    "company_id": self.company.id,
                }
            ],
        )


@tagged("post_install", "-at_install", "office_supervision")
class TestLedgerAccess(LedgerCase):
    def numbers(self, user):
        return {row["督办编号"] for row in self.read_rows(self.export(user))}

    def test_unit_gets_its_own_tasks(self):
        ticket = self.make_assigned()
        self.assertEqual(len(self.rows(ticket)), 2)
        self.assertEqual(len(self.rows(ticket, self.clerk)), 2)
        (row,) = self.rows(ticket, self.staff_a)
        self.assertEqual(row["分解任务"], "Part 1")
        (row,) = self.rows(ticket, self.head_b)
        self.assertEqual(row["分解任务"], "Part 2")

    def test_outsider_gets_nothing(self):
        ticket = self.make_assigned()
        self.assertEqual(self.rows(ticket, self.outsider), [])

    def test_user_of_no_role_is_refused(self):
        nobody = new_test_user(self.env, "v_nobody", "base.group_user")
        with self.assertRaises(AccessError):
            self.export(nobody)

    def test_restricted_ticket_and_task_stay_hidden(self):
        hidden, shown = self.make_assigned(name="Hidden"), self.make_assigned()
        hidden.with_user(self.director).restrict()
        shown.task_ids[0].with_user(self.director).restrict()
        self.assertIn(hidden.number, self.numbers(self.director))
        for user in (self.supervisor, self.leader, self.clerk, self.staff_a):
            numbers = self.numbers(user)
            self.assertNotIn(hidden.number, numbers, user.login)
            self.assertIn(shown.number, numbers, user.login)
        self.assertEqual(
            [row["分解任务"] for row in self.rows(shown, self.leader)], ["Part 2"]
        )

    def test_recused_user_gets_nothing(self):
        ticket = self.make_assigned()
        ticket.with_user(self.clerk).recuse(reason="亲属")
        self.assertNotIn(ticket.number, self.numbers(self.clerk))

    def test_other_company_stays_hidden(self):
        ticket = self.make_assigned()
        company = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "v_stranger",
            "office_functions.group_office_director",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        self.assertEqual(self.rows(ticket, stranger), [])

    def test_domain_reads_only_what_the_user_may(self):
        ticket = self.make_assigned()
        ticket.directive_id.with_user(self.director).restrict()
        secret = [("directive_id.text", "ilike", "Publish the places")]
        self.assertTrue(self.read_rows(self.export(self.director, secret)))
        self.assertEqual(self.read_rows(self.export(self.clerk, secret)), [])


@tagged("post_install", "-at_install", "office_supervision")
class TestLedgerDownload(HttpCase, LedgerCase):
    def open(self, domain=None, login="v_supervisor", **options):
        self.authenticate(login, login)
        query = "" if domain is None else "?" + urlencode({"domain": domain})
        return self.url_open(URL + query, **options)

    def names(self, response):
        self.assertEqual(response.status_code, 200, response.text[:200])
        sheet = load_workbook(io.BytesIO(response.content)).active
        return {row["督办事项"] for row in self.read_rows(sheet)}

    def test_open_tickets_by_default(self):
        self.make_assigned(name="Open one")
        ended = self.make_assigned(name="Ended one")
        ended.with_user(self.leader).do_transition("terminate", "事项取消")
        response = self.open()
        names = self.names(response)
        self.assertIn("Open one", names)
        self.assertNotIn("Ended one", names)
        self.assertIn("spreadsheetml.sheet", response.headers["Content-Type"])
        self.assertIn(".xlsx", response.headers["Content-Disposition"])
        self.assertEqual(int(response.headers["Content-Length"]), len(response.content))
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_one_line_in_the_log_and_one_try(self):
        """A route that said it only reads would do the work twice to leave its line."""
        ticket = self.make_assigned()
        log = self.env["office.audit.log"]
        last_id = log.search([], limit=1).id or 0
        Ledger = self.env.registry["office.supervision.ledger"]
        with patch.object(
            Ledger, "_write_xlsx", autospec=True, side_effect=Ledger._write_xlsx
        ) as written:
            self.names(self.open(json.dumps([["id", "=", ticket.id]])))
        self.assertEqual(written.call_count, 1)
        line = log.search([("id", ">", last_id)])
        self.assertEqual(len(line), 1)
        self.assertEqual((line.user_id, line.detail), (self.supervisor, "F2"))
        self.assertEqual((line.res_ids, line.record_count), (ticket.ids, 1))

    def test_domain_of_the_list(self):
        self.make_assigned(name="Wanted")
        self.make_assigned(name="Other")
        domain = json.dumps([["name", "=", "Wanted"], ["state", "!=", "closed"]])
        self.assertEqual(self.names(self.open(domain)), {"Wanted"})

    def test_chosen_tickets(self):
        chosen = self.make_assigned(name="Chosen")
        archived = self.make_assigned(name="Archived")
        self.make_assigned(name="Other")
        archived.active = False
        tickets = (chosen | archived).with_user(self.supervisor)
        action = tickets.action_export_ledger()
        self.assertEqual(action["type"], "ir.actions.act_url")
        self.authenticate("v_supervisor", "v_supervisor")
        names = self.names(self.url_open(action["url"]))
        self.assertEqual(names, {"Chosen", "Archived"})

    def test_chosen_tickets_fit_an_address(self):
        ids = range(10**7, 10**7 + MAX_CHOSEN)
        tickets = self.env["office.supervision.ticket"].browse(ids)
        self.assertLess(len(tickets.action_export_ledger()["url"]), 8000)
        with self.assertRaisesRegex(UserError, str(MAX_CHOSEN)):
            (tickets + tickets.browse(1)).action_export_ledger()

    def test_menu_leads_to_the_download(self):
        action = self.env.ref(
            "office_functions_supervision.report_f2_supervision_ledger"
        )
        self.authenticate("v_supervisor", "v_supervisor")
        self.assertEqual(self.url_open(action.url).status_code, 200)

    @mute_logger("odoo.sql_db")
    def test_bad_domains(self):
        for domain in (
            "",
            "[",
            "{}",
            "1",
            '"id"',
            "null",
            "true",
            "[1]",
            '["&"]',
            '[["id"]]',
            '[["no_such_field", "=", 1]]',
            '[["name.no_such_field", "=", 1]]',
            '[["id", "no such operator", 1]]',
            '[["id", "=", {"a": 1}]]',
            '[["date_deadline", "<", "yesterdayish"]]',
            '[["directive_id", "any!", [["text", "ilike", "Publish"]]]]',
            "[" * 5000,
        ):
            with self.subTest(domain=domain[:60]):
                response = self.open(domain)
                self.assertEqual(response.status_code, 400)
                self.assertTrue(
                    response.headers["Content-Type"].startswith("text/plain")
                )
                self.assertRegex(response.text, r"^[^<>\n]{10,80}$")

    def test_outsider_downloads_no_rows(self):
        self.make_assigned()
        self.assertEqual(self.names(self.open(login="v_outsider")), set())

    def test_user_of_no_role_is_refused(self):
        new_test_user(self.env, "v_nobody", "base.group_user")
        for domain in (None, "[]"):
            with mute_logger("odoo.http"):
                response = self.open(domain, login="v_nobody")
            self.assertEqual(response.status_code, 403)

    def test_visitor_is_sent_to_the_login(self):
        self.authenticate(None, None)
        response = self.url_open(URL, allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])

    def test_companies_of_the_web_client(self):
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self.env["res.company"].create({"name": "Foreign"})
        self.supervisor.company_ids |= other
        self.make_assigned(name="Here")
        self.authenticate("v_supervisor", "v_supervisor")
        for cookie, found in (
            (str(self.company.id), True),
            (str(other.id), False),
            (f"{other.id}-{self.company.id}", True),
            (str(foreign.id), True),
            ("nonsense", True),
        ):
            with self.subTest(cookie=cookie):
                self.opener.cookies.set("cids", cookie)
                names = self.names(self.url_open(URL))
                self.assertEqual("Here" in names, found)

    def test_too_many_rows(self):
        self.make_assigned()
        with patch.object(ledger_workbook, "MAX_ROWS", 4), mute_logger("odoo.http"):
            response = self.open("[]")
        self.assertEqual(response.status_code, 422)
        self.assertIn("choose fewer", response.text)
