# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import re
import subprocess

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.office_functions.tests.test_paper import pdf_sizes

from ..report import terms
from .common import SupervisionCase

F1 = "office_functions_supervision.report_f1_supervision_notice"
F3 = "office_functions.report_f3_urging_notice"


def pdf_pages(pdf):
    """Return the text of each page in the order of its cells, spaces left out."""
    process = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    pages = process.stdout.decode().split("\f")[:-1]
    return [re.sub(r"\s+", "", page) for page in pages]


class PrintCase(SupervisionCase):
    def print_pdf(self, report, records, user=None):
        """Return the PDF that a user gets."""
        reports = self.env["ir.actions.report"].with_user(user or self.supervisor)
        return reports._render_qweb_pdf(report, records.ids)[0]

    def print_text(self, report, records, user=None):
        """Return the text of the PDF that a user gets, spaces left out."""
        return "".join(pdf_pages(self.print_pdf(report, records, user)))

    def show(self, date):
        """Return a date as official papers write it."""
        return f"{date.year}年{date.month}月{date.day}日"

    def assertHolds(self, text, *parts):
        for part in parts:
            self.assertIn(re.sub(r"\s+", "", part), text)


@tagged("post_install", "-at_install", "office_supervision")
class TestSupervisionNotice(PrintCase):
    """F1 督办通知单."""

    def make_notice_ticket(self, **vals):
        """Return a ticket made and filed on 5 March 2026."""
        self.supervisor.partner_id.phone = "010 6600 1234"
        decision = self.env["office.meeting.decision"].create(
            {
                "meeting": "第7次办公会",
                "date": "2026-03-02",
                "name": "公布学位",
                "leader_id": self.leader.id,
            }
        )
        directive = self.make_directive(
            date="2026-03-04",
            text="请基教科牵头，月底前公布。\n一、数据要准；\n二、公布要快。",
            source="《关于学位情况的报告》",
        )
        values = {
            "directive": directive,
            "decision_id": decision.id,
            "name": "公布全区小学学位",
            "source_type": "own_meeting",
            "basis_reference": "教办〔2026〕12号",
            "assisting_unit_ids": [Command.set(self.unit_b.ids)],
            "requirement": "摸清底数，\n按时公布。",
            "report_cycle": "month",
            **vals,
        }
        return self.make_assigned(**values)

    def test_all_fields(self):
        with freeze_time("2026-03-05 04:00:00"):
            ticket = self.make_notice_ticket(date_deadline="2026-12-31")
            pdf = self.print_pdf(F1, ticket)
        self.assertEqual(set(pdf_sizes(pdf)), {(210, 297)})
        self.assertHolds(
            "".join(pdf_pages(pdf)),
            "督办通知单",
            f"编号：{ticket.number}",
            "立项日期：2026年3月5日",
            "督办事项 公布全区小学学位",
            "来源及依据 本级会议：教办〔2026〕12号",
            "会议：第7次办公会（2026年3月2日）",
            f"批示：V_Leader，2026年3月4日，{ticket.directive_id.number}",
            "（《关于学位情况的报告》）",
            "领导批示 原文",
            "Section A V_Staff_A",
            "协办单位 Section B",
            "摸清底数，按时公布。",
            "办结时限 2026年12月31日",
            "V_Supervisor 010 6600 1234",
            "办理期间每月反馈一次进展情况；办结时限前书面反馈办理结果",
            "《Education Act》（No. 45）",
            "签发人 V_Director",
            "用印处",
            "（印章）",
            self.company.name,
            "任务分解表",
            "序号 任务 牵头单位 责任人 协办单位 时限 权重",
            "回执",
            "签收单位",
            "签收人",
            "签收时间",
        )

    def test_directive_is_quoted_word_for_word(self):
        text = "务必于  月底前公布 <b>不许拖延</b> & {{1+1}}\n“一事一议”，1. 2. ①"
        ticket = self.make_notice_ticket(directive=self.make_directive(text=text))
        self.assertHolds(self.print_text(F1, ticket), text)

    def test_directive_is_quoted_to_a_unit_that_cannot_open_it(self):
        ticket = self.make_assigned()
        directive = ticket.directive_id
        self.assertFalse(directive.with_user(self.staff_b).has_access("read"))
        self.assertHolds(self.print_text(F1, ticket, self.staff_b), directive.text)

    def test_office_telephone_goes_first(self):
        desk = self.env["res.partner"].create({"name": "Desk", "phone": "010-1111"})
        employee = self.env["hr.employee"].create(
            {"name": "S", "user_id": self.supervisor.id}
        )
        employee.work_contact_id = desk
        ticket = self.make_notice_ticket()
        text = self.print_text(F1, ticket)
        self.assertHolds(text, "010-1111")
        self.assertNotIn("66001234", text)

    def test_extended_deadline_shows_both(self):
        ticket = self.make_assigned()
        self.assertNotIn("原时限", self.print_text(F1, ticket))
        ticket.with_user(self.leader).change_deadline(
            "extend", "学校放假", self.day(40)
        )
        self.assertHolds(
            self.print_text(F1, ticket),
            f"{self.show(self.day(40))} 原时限：{self.show(self.day(20))}",
        )

    def test_signed_on_behalf(self):
        ticket = self.make_assigned()
        self.env["office.transition"].create(
            {
                "res_model": ticket._name,
                "res_id": ticket.id,
                "name": "file",
                "state_to": "filed",
                "user_id": self.director.id,
                "principal_id": self.leader.id,
            }
        )
        self.assertHolds(self.print_text(F1, ticket), "V_Leader（V_Director代）")

    def test_no_directive_no_print(self):
        ticket = self.make_ticket()
        ticket.directive_id = False
        with self.assertRaisesRegex(UserError, "no authorising directive"):
            self.print_pdf(F1, ticket)
        with self.assertRaisesRegex(UserError, "no authorising directive"):
            self.env["ir.actions.report"]._render_qweb_html(F1, ticket.ids)

    def test_no_print_before_the_filing(self):
        ticket = self.make_ticket()
        with self.assertRaisesRegex(UserError, "not been filed"):
            self.print_pdf(F1, ticket)
        ticket.with_user(self.director).do_transition("file")
        self.assertHolds(self.print_text(F1, ticket), ticket.number)

    def test_no_print_on_a_withdrawn_directive(self):
        ticket = self.make_assigned()
        ticket.directive_id.with_user(self.leader).do_transition("withdraw", "另行安排")
        with self.assertRaisesRegex(UserError, "not in force"):
            self.print_pdf(F1, ticket)

    def test_no_print_on_unconfirmed_words(self):
        directive = self.make_directive(kind="oral")
        ticket = self.make_ticket(directive=directive)
        with self.assertRaisesRegex(UserError, "not confirmed") as refusal:
            self.print_pdf(F1, ticket)
        self.assertIn("not been filed", str(refusal.exception), "all at once")

    def test_one_bad_ticket_stops_the_batch(self):
        tickets = self.make_assigned() | self.make_ticket(name="Second")
        with self.assertRaisesRegex(UserError, "“Second” can be printed"):
            self.print_pdf(F1, tickets)

    def test_outsider_and_other_company_are_refused(self):
        ticket = self.make_assigned()
        company = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "v_stranger",
            "office_functions.group_office_director",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        for user in (self.outsider, stranger):
            with self.assertRaises(AccessError):
                self.print_pdf(F1, ticket, user)
        ticket.with_user(self.director).restrict()
        with self.assertRaises(AccessError):
            self.print_pdf(F1, ticket, self.supervisor)

    def test_unit_reads_only_its_tasks(self):
        ticket = self.make_assigned()
        whole = self.print_text(F1, ticket)
        self.assertHolds(whole, "Part 1", "Part 2")
        self.assertNotIn("此处列出", whole)
        own = self.print_text(F1, ticket, self.staff_b)
        self.assertHolds(own, "2 Part 2", "共分解任务2项，此处列出与打印人有关的1项")
        self.assertNotIn("Part1", own)

    def test_cancelled_task_and_rectification_are_left_out(self):
        ticket = self.make_assigned()
        first, _second = ticket.task_ids
        first._pass_by_system("cancel")
        self.env["office.supervision.task"].create(
            {"ticket_id": ticket.id, "name": "Repair", "kind": "rectification"}
        )
        text = self.print_text(F1, ticket)
        self.assertHolds(text, "2 Part 2")
        self.assertNotIn("Part1", text)
        self.assertNotIn("Repair", text)
        self.assertNotIn("此处列出", text)

    def test_typed_markup_prints_as_typed(self):
        markup = "<script>alert('x')</script> & <b>粗</b> &amp; ]]> {{7*7}}"
        ticket = self.make_notice_ticket(
            name=markup, requirement=markup, basis_reference=markup
        )
        ticket.task_ids[0].item_number = "<i>1</i>"
        text = self.print_text(F1, ticket)
        self.assertEqual(text.count(re.sub(r"\s+", "", markup)), 4)
        self.assertIn("<i>1</i>", text)

    def test_126_tasks_flow_over_pages_under_their_heading(self):
        ticket = self.make_ticket(tasks=0, requirement="长" * 3000)
        self.env["office.supervision.task"].create(
            [
                {
                    "ticket_id": ticket.id,
                    "sequence": number,
                    "name": f"完善机制{'，优化配置' * (number % 9)}。",
                    "lead_unit_id": self.unit_a.id,
                    "handler_id": self.staff_a.id,
                    "date_deadline": self.day(9),
                }
                for number in range(1, 127)
            ]
        )
        ticket.action_spread_weights()
        ticket.with_user(self.director).do_transition("file")
        pages = pdf_pages(self.print_pdf(F1, ticket))
        self.assertEqual("".join(pages).count("长"), 3000)
        self.assertEqual("".join(pages).count("完善机制"), 126)
        tables = [page for page in pages if "完善机制" in page]
        self.assertGreater(len(tables), 4)
        for page in tables:
            self.assertIn("序号任务牵头单位责任人协办单位时限权重", page)
        self.assertIn("签收人", pages[-1])
        self.assertIn(f"第{len(pages)}页共{len(pages)}页", pages[-1])

    def test_offered_in_the_print_menu(self):
        report = self.env.ref(F1)
        bindings = self.env["ir.actions.actions"].get_bindings(report.model)
        self.assertIn(report.id, [action["id"] for action in bindings["report"]])

    def test_every_value_has_its_word(self):
        ticket, directive = (
            self.env[name]._fields
            for name in ("office.supervision.ticket", "office.directive")
        )
        self.assertEqual(
            list(terms.CYCLES), ticket["report_cycle"].get_values(self.env)
        )
        self.assertEqual(
            list(terms.DIRECTIVE_KINDS), directive["kind"].get_values(self.env)
        )


@tagged("post_install", "-at_install", "office_supervision")
class TestUrgingNotice(PrintCase):
    """F3 催办单."""

    def test_all_fields(self):
        ticket = self.make_assigned()
        with freeze_time(self.day(25)):
            first = ticket.with_user(self.director).urge("请抓紧")
            second = ticket.with_user(self.director).urge("进度滞后\n说明原因", "2", 3)
        first.with_user(self.staff_a).send_reply("已安排专人，\n本周完成。")
        pdf = self.print_pdf(F3, second)
        self.assertEqual(pdf_sizes(pdf), [(210, 297)])
        self.assertHolds(
            "".join(pdf_pages(pdf)),
            "催办单",
            f"催办日期：{self.show(self.day(25))}",
            f"编号：{ticket.number}催2",
            f"原督办编号 {ticket.number}",
            "第2次催办",
            "Free places in primary schools",
            "Section A",
            "V_Staff_A",
            "V_Head_A",
            f"原时限 {self.show(self.day(20))}",
            "逾期天数 5天",
            "进度滞后说明原因",
            f"限复日期 {self.show(self.day(28))}",
            "签发 V_Director",
            "承办单位",
            "回复人：",
            "（印章）",
            self.company.name,
        )
        self.assertNotIn("现时限", "".join(pdf_pages(pdf)))
        answered = self.print_text(F3, first)
        self.assertHolds(answered, "已安排专人，本周完成。", "V_Staff_A")
        self.assertNotIn("回复人：", answered)

    def test_extended_deadline_shows_both(self):
        ticket = self.make_assigned()
        ticket.with_user(self.leader).change_deadline(
            "extend", "学校放假", self.day(40)
        )
        urging = ticket.with_user(self.director).urge("请抓紧")
        self.assertHolds(
            self.print_text(F3, urging),
            f"{self.show(self.day(20))} 现时限：{self.show(self.day(40))}",
            "未逾期",
        )

    def test_task_goes_by_the_number_of_its_ticket(self):
        ticket = self.make_assigned()
        self.env["office.supervision.task"].create(
            {
                "ticket_id": ticket.id,
                "sequence": 1,
                "name": "R",
                "kind": "rectification",
            }
        )
        task = ticket.task_ids.filtered(lambda task: task.name == "Part 2")
        urging = task.with_user(self.director).urge("请抓紧")
        text = self.print_text(F3, urging, self.staff_b)
        self.assertHolds(text, f"编号：{ticket.number}任务2催1", "原督办编号", "Part 2")

    def test_sent_by_the_plan(self):
        ticket = self.make_assigned()
        with freeze_time(self.day(21)):
            self.env["office.supervision.ticket"]._urge_batch(1000)
        urging = ticket.urging_ids
        self.assertFalse(urging.sender_id)
        self.assertHolds(
            self.print_text(F3, urging), "系统按催办计划发出", "该事项已逾期1天"
        )

    def test_directive_without_supervision(self):
        directive = self.make_directive()
        urging = directive.with_user(self.clerk).urge("<b>请抓紧</b>")
        text = self.print_text(F3, urging, self.clerk)
        self.assertHolds(
            text,
            f"编号：{directive.number}催1",
            f"原事项编号 {directive.number}",
            "<b>请抓紧</b>",
        )

    def test_access_follows_the_matter(self):
        ticket = self.make_assigned()
        urging = ticket.with_user(self.director).urge("请抓紧")
        self.assertHolds(self.print_text(F3, urging, self.staff_b), "请抓紧")
        with self.assertRaises(AccessError):
            self.print_pdf(F3, urging, self.outsider)
        ticket.with_user(self.director).restrict()
        with self.assertRaises(AccessError):
            self.print_pdf(F3, urging, self.staff_b)


@tagged("post_install", "-at_install", "office_supervision")
class TestPrintDownload(HttpCase, PrintCase):
    def test_only_readers_download(self):
        ticket = self.make_assigned()
        url = f"/report/pdf/office_functions_supervision.supervision_notice/{ticket.id}"
        self.authenticate("v_staff_a", "v_staff_a")
        response = self.url_open(url)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertHolds("".join(pdf_pages(response.content)), ticket.number)
        self.authenticate("v_outsider", "v_outsider")
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(url).status_code, 403)

    def test_refusal_is_a_sentence(self):
        ticket = self.make_ticket()
        url = f"/report/pdf/office_functions_supervision.supervision_notice/{ticket.id}"
        self.authenticate("v_supervisor", "v_supervisor")
        with mute_logger("odoo.http"):
            response = self.url_open(url)
        self.assertEqual(response.status_code, 422)
        self.assertIn("it has not been filed", response.text)
