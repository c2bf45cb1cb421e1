# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import subprocess

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeCase
from odoo.addons.office_functions.tools.transition import permit

from ..tools.petition_law import GROUNDS
from .test_petition_reply import RepliedFixture


@tagged("office_service")
class TestPetitionPrints(RepliedFixture, OfficeCase):
    """F8, F9 and F10 on paper: who is named where."""

    def print(self, record, name, role="petition_officer"):
        """Return the text of a printed form, without its line breaks."""
        pdf, kind = (
            self.env["ir.actions.report"]
            .with_user(self.users[role])
            ._render_qweb_pdf(f"office_functions_service.{name}", record.ids)
        )
        self.assertEqual(kind, "pdf")
        text = subprocess.run(
            ["pdftotext", "-", "-"],
            input=pdf,
            capture_output=True,
            check=True,
        ).stdout.decode()
        return "".join(text.split())

    def test_f8_masked(self):
        petition = self.make_replied()
        petition._rate_publicly(5, True, "")
        text = self.print(petition, "report_f8_petition")
        self.assertSays(text, "信访登记表", petition.number, "张**", "138****5678")
        self.assertSays(text, "来信", "申诉求决", "信访程序", "初次", "支持", "5星")
        self.assertSays(text, "2026年3月10日", "ThebuscomesontimE".replace("E", "e"))
        self.assertNotIn("张三丰", text)
        self.assertNotIn("3单元", text)

    def test_f8_tells_place_units_complained_of_and_directives(self):
        self.other_unit.name = "后勤科"
        petition = self.register(
            place="江北街道",
            complained_unit_ids=[(6, 0, self.other_unit.ids)],
            accused_ids=[
                Command.create({"name": "第一中学"}),
                Command.create({"unit_id": self.other_unit.id}),
                Command.create({"employee_id": self.users["staff"].employee_ids.id}),
            ],
        )
        leader = self.users["leader"]
        given, withdrawn, closed = (
            self.env["office.directive"].create(
                {"name": text, "text": text, "leader_id": leader.id}
            )
            for text in ("请尽快解决。", "不再需要。", "另有批示。")
        )
        Link = self.env["office.matter.link"]
        for directive in (given, withdrawn, closed):
            Link._link(petition.sudo(), directive)
        with permit(withdrawn, "withdrawn"):
            withdrawn.state = "withdrawn"
        closed.with_user(leader).restrict()
        text = self.print(petition, "report_f8_petition", "director")
        self.assertSays(text, "请尽快解决。", leader.name.replace(" ", ""), "江北街道")
        self.assertSays(text, "后勤科")
        self.assertNotIn("第一中学", text, "It is for officers and those admitted")
        self.assertNotIn("不再需要", text)
        self.assertNotIn("另有批示", text, "The director does not read it")
        text = self.print(petition, "report_f8_petition")
        self.assertSays(text, "后勤科、第一中学", "江北街道")
        self.assertEqual(text.count("后勤科"), 1)
        self.assertNotIn("请尽快解决", text, "Officers read no directives")

    def test_f8_of_a_report_is_without_identity(self):
        petition = self.judge(
            self.register(
                place="江北街道",
                complained_unit_ids=[(6, 0, self.other_unit.ids)],
            ),
            petition_class="report",
            route=False,
        )
        text = self.print(petition, "report_f8_petition")
        self.assertSays(text, "检举控告", "（身份信息另页保管）")
        for word in ("张", "138", "江北", "TestOtherSection"):
            self.assertNotIn(word, text)
        self.do(petition, "petition_officer", "accept")
        for record, name in (
            (petition.notice_ids, "report_f9_petition_notice"),
            (petition.notice_ids, "report_f10_delivery_receipt"),
            (petition, "report_f10_petition_opinion"),
            (petition, "report_f10_mediation"),
        ):
            with self.subTest(name):
                self.assertNotIn("张", self.print(record, name))

    def test_f9_in_its_variants(self):
        petition = self.judge(self.register(proper_organ="区交通局"))
        self.do(petition, "petition_officer", "accept")
        accepted = petition.notice_ids
        text = self.print(accepted, "report_f9_petition_notice")
        self.assertSays(text, "信访事项受理告知书", accepted.number, "张三丰：")
        self.assertSays(text, "予以受理", "2026年5月9日", "信访程序")
        self.assertSays(text, petition.query_code)
        looks = self.env["office.audit.log"].search(
            [("res_model", "=", "office.petition.identity"), ("kind", "=", "view")]
        )
        self.assertIn(self.users["petition_officer"], looks.user_id)
        self.do(petition, "director", "correct", "Wrong")
        self.assertIn("已更正", self.print(accepted, "report_f9_petition_notice"))
        petition.with_user(self.users["petition_officer"]).refusal_ground = "power"
        self.do(petition, "petition_officer", "refuse", "公交不归我们管")
        text = self.print(petition.notice_ids[:1], "report_f9_petition_notice")
        self.assertSays(text, "不予受理告知书", "区交通局", "公交不归我们管")
        self.assertSays(text, "不属于本机关职权范围", "第二十三条")
        other = self.judge(self.register(proper_organ="区交通局"))
        self.do(other, "petition_officer", "forward")
        text = self.print(other.notice_ids, "report_f9_petition_notice")
        self.assertSays(text, "转送告知书", "区交通局", "第二十三条")
        third = self.judge(self.register())
        self.do(third, "petition_officer", "assign")
        text = self.print(third.notice_ids, "report_f9_petition_notice")
        self.assertSays(text, "交办告知书", "TestSection")
        self.do(third, "staff", "start")
        third.date_postponed = "2026-05-20"
        self.do(third, "leader", "postpone", "情况复杂需要勘察")
        last = third.notice_ids.sorted("id")[-1:]
        text = self.print(last, "report_f9_petition_notice")
        self.assertSays(text, "延期办理告知书", "情况复杂需要勘察", "2026年5月20日")

    def test_f9_names_the_article_that_the_page_names(self):
        for ground, row in GROUNDS.items():
            petition = self.judge(
                self.register(proper_organ="区交通局"), refusal_ground=ground
            )
            self.do(petition, "petition_officer", "refuse", "Because")
            self.deliver(petition)
            html, _kind = self.env["ir.actions.report"]._render_qweb_html(
                "office_functions_service.report_f9_petition_notice",
                petition.notice_ids.ids,
            )
            with self.subTest(ground=ground):
                self.assertEqual(
                    petition._get_public_page()["article"],
                    f"信访工作条例{row.article}",
                )
                self.assertSays(
                    html.decode(),
                    f"{row.words}，根据《信访工作条例》{row.article}的规定，决定不予受理",
                )

    def test_f9_of_guidance_and_objection(self):
        guided = self.judge(
            self.register(), route="litigation", statutory_way="区人民法院"
        )
        self.do(guided, "petition_officer", "guide")
        text = self.print(guided.notice_ids, "report_f9_petition_notice")
        self.assertSays(
            text, "导入法定途径告知书", "第三十一条", "区人民法院", "张三丰："
        )
        sent = self.judge(self.register(source_organ="市信访局"))
        self.do(sent, "petition_officer", "object", "不归我们管")
        text = self.print(sent.notice_ids, "report_f9_petition_notice")
        self.assertSays(
            text, "转交异议函", "市信访局：", "第二十三条第三款", "不归我们管"
        )
        self.assertNotIn("张", text)

    def test_f9_names_nobody_to_who_may_not_know(self):
        petition = self.judge(self.register())
        self.do(petition, "petition_officer", "accept")
        text = self.print(petition.notice_ids, "report_f9_petition_notice", "staff")
        self.assertIn("张**：", text)
        self.assertNotIn(petition.query_code, text)
        self.assertNotIn("张三丰", text)
        with self.assertRaises(AccessError):
            self.print(petition.notice_ids, "report_f9_petition_notice", "canteen")

    def test_f10_opinion(self):
        self.company.petition_review_organ = "区人民政府"
        petition = self.make_replied()
        text = self.print(petition, "report_f10_petition_opinion")
        opinion = petition._get_last_opinion()
        self.assertSays(text, "信访事项处理意见书", opinion.number, "张三丰：")
        self.assertSays(
            text, "一、投诉请求", "二、调查认定的事实和理由", "三、处理意见"
        )
        self.assertSays(text, "支持", "四、依据", "RulesofSchoolBuses,art.3")
        self.assertSays(text, "三十日内，向区人民政府书面请求复查")

    def test_f10_of_another_way_names_the_remedy_of_its_law(self):
        petition = self.judge(
            self.register(),
            route="enforcement",
            date_way_due=self.day(90),
            way_basis="行政处罚法第六十条",
        )
        self.demand(petition, "查处")
        self.bring_to_reply(petition)
        self.do(petition, "staff", "reply")
        text = self.print(petition, "report_f10_petition_opinion")
        self.assertSays(text, "可以依照行政处罚法第六十条规定的途径和期限")
        self.assertNotIn("请求复查", text)

    def test_f9_of_non_acceptance_names_no_organ_where_there_is_none(self):
        petition = self.judge(self.register(), refusal_ground="in_hand")
        self.do(petition, "petition_officer", "refuse", "五月已受理")
        text = self.print(petition.notice_ids, "report_f9_petition_notice")
        self.assertSays(text, "正在办理", "第十九条", "五月已受理")
        self.assertNotIn("有权处理", text)

    def test_f10_mediation_agreement_and_receipt(self):
        petition = self.judge(self.register())
        self.do(petition, "petition_officer", "accept")
        petition.sudo().write(
            {
                "other_party": "客运公司",
                "agreement": "每日七点发车",
                "petitioner_consents": True,
                "other_consents": True,
            }
        )
        self.do(petition, "staff", "mediate")
        text = self.print(petition, "report_f10_mediation")
        self.assertSays(text, "调解协议书", "张三丰", "客运公司", "每日七点发车")
        self.deliver(petition)
        petition.notice_ids.delivery_note = "本人签收"
        text = self.print(petition.notice_ids, "report_f10_delivery_receipt")
        self.assertSays(text, "送达回证", "直接送达", "本人签收", "2026年3月10日")
