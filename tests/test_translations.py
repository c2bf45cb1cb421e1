# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The suite in Chinese: no term is forgotten, and one concept has one word."""

import re
from pathlib import Path
from unittest.mock import patch

import polib

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import file_path
from odoo.tools.translate import TranslationModuleReader, code_translations

import odoo.addons

ROOT = Path(__file__).resolve().parents[1]
ADDONS = sorted(
    path.parent.name
    for folder in (ROOT, ROOT / "tests" / "addons")
    for path in folder.glob("*/__manifest__.py")
)
LANG = "zh_CN"

# What a translation keeps as it is: printf and format() placeholders, markup.
PLACEHOLDER = re.compile(
    r"%\(\w+\)[#0\- +]?[\d.]*[a-zA-Z]|%[sdgfr](?![a-zA-Z])|\{\w*\}|<[^<>]+>"
)
CHINESE = re.compile("[\u4e00-\u9fff]")

# The words of domain.md, sections 2 and 6: English term → the one Chinese word for it.
VOCABULARY = {
    # the app, its functions, its people
    "Office": "综合办公",
    "Workbench": "工作台",
    "Staff Advice": "参谋助手",
    "Coordination": "综合协调",
    "Supervision": "督办督查",
    "Agency": "机关",
    "School": "学校",
    "Leader": "领导",
    "Office Director": "办公室主任",
    "Office Clerk": "办公室文员",
    "Section Head": "科室负责人",
    "Section Staff": "科室人员",
    "School Liaison": "基层校园联络员",
    "Petition Officer": "信访干部",
    "Supervisor": "督查员",
    "Logistics Staff": "后勤人员",
    "Canteen Manager": "食堂管理员",
    # matters
    "Directive": "批示/交办事项",
    "Directives": "批示/交办事项",
    "Written Comment": "批示",
    "Assignment": "交办",
    "Oral Assignment": "口头交办",
    "Verbatim Text": "批示原文",
    "Meeting Decision": "会议议定事项",
    "Regulation": "制度",
    "Regulations": "制度",
    "Supervision Ticket": "督办件",
    "Supervision Tickets": "督办件",
    "Ticket": "督办件",
    "Tickets": "督办件",
    "Lead Unit": "牵头单位",
    "lead unit": "牵头单位",
    "Assisting Units": "协办单位",
    "Handler": "承办人",
    "Number": "编号",
    "Document Number": "发文字号",
    "Prefix": "代字",
    # states and the buttons that lead to them (M3, M4)
    "Recorded": "登记",
    "Issue": "下达",
    "Issued": "下达",
    "Sign For": "签收",
    "Signed For": "签收",
    "In Hand": "承办",
    "Report": "反馈",
    "Report Back": "反馈",
    "Reported": "反馈",
    "Feedback": "反馈",
    "Confirmed": "办结",
    "Return for Rework": "退回重办",
    "Returned for Rework": "退回重办",
    "Withdraw": "撤回",
    "Withdrawn": "撤回",
    "Put under Supervision": "转督办",
    "Under Supervision": "转督办",
    "Proposed": "拟立项",
    "Filed": "立项",
    "Assign": "交办",
    "Assigned": "交办",
    "Give Back": "退回",
    "Given Back": "退回",
    "Verify": "核查",
    "Being Verified": "核查",
    "Verification": "核查",
    "Complete": "办结",
    "Completed": "办结",
    "Strike Off": "销号",
    "Struck Off": "销号",
    "Suspend": "中止",
    "Suspended": "中止",
    "Terminate": "终止",
    "Terminated": "终止",
    "Needs No Supervision": "无需督办",
    # coordination (M8), help, errors
    "Coordination Matter": "协调事项",
    "Coordination Matters": "协调事项",
    "Raised": "提起",
    "Lead Named": "明确牵头",
    "In Consultation": "协商",
    "Agreed": "达成一致",
    "Rule": "裁定",
    "Ruling": "裁定",
    "Ruled": "裁定",
    "Being Carried Out": "落实",
    "Confirmed by All": "各方确认",
    "All Parties": "各方",
    "Help Request": "协助请求",
    "Help Requests": "协助请求",
    "Error Register": "差错登记",
    "Praise": "表扬",
    "Sections without Contact": "零往来科室",
    "Groundless returns": "推诿次数",
    # deadlines, lights, urging
    "Deadline": "办结时限",
    "deadline": "办结时限",
    "Original Deadline": "原定时限",
    "Present Deadline": "现时限",
    "Explanation of the Deadline": "期限依据",
    "Overdue": "逾期",
    "Due Soon": "临期",
    "On Schedule": "正常",
    "Paused": "暂停",
    "Done Late": "逾期办结",
    "Done in Time": "按期办结",
    "Ask for an Extension": "报请延期",
    "Extend": "延期",
    "Urge": "催办",
    "Urging": "催办",
    "Urging Notice": "催办单",
    "Urging Notices": "催办单",
    "Urging Opinion": "催办意见",
    "Reply Due": "限复日期",
    # incoming documents (M1)
    "Incoming Document": "收文",
    "Incoming Documents": "收文",
    "Received": "签收",
    "Register": "登记",
    "Registered": "登记",
    "Screen": "初审",
    "Screened": "初审",
    "Proposed Handling": "拟办意见",
    "Propose Handling": "拟办",
    "Handling Proposed": "拟办",
    "Leader's Instruction": "领导批示",
    "Instructed": "批示",
    "For Action": "办件",
    "For Reading": "阅件",
    "Circulate": "传阅",
    "Circulating": "传阅",
    "Circulation": "传阅",
    "Have Read": "已阅",
    "Read with a Remark": "批注",
    "Replied": "答复",
    "File in the Archive": "归档",
    "Filed in the Archive": "归档",
    "Retention Period": "保管期限",
    "Archive Number": "归档号",
    "Urgency": "紧急程度",
    "Extra Urgent": "特急",
    "Urgent": "加急",
    "Ordinary": "平件",
    "Document Backlog": "积压文件",
    "Sent By": "来文单位",
    "Sender's Number": "来文字号",
    # outgoing documents (M2)
    "Outgoing Document": "发文",
    "Outgoing Documents": "发文",
    "Document Type": "文种",
    "Main Addressees": "主送机关",
    "Copy Addressees": "抄送机关",
    "Disclosure Attribute": "公开属性",
    "Published Proactively": "主动公开",
    "On Request": "依申请公开",
    "Not Disclosed": "不予公开",
    "Drafter": "拟稿人",
    "Drafting": "起草",
    "Approve in the Section": "科室审核",
    "Review of the Draft": "核稿",
    "Review Finding": "核稿意见",
    "Countersigning": "会签",
    "Countersign": "会签",
    "To Be Signed": "签发",
    "Sign": "签发",
    "Verification before Print": "公文复核",
    "Printing": "印制",
    "Sealing": "用印",
    "Dispatch": "核发",
    "Dispatched": "核发",
    "Returned for Revision": "退改",
    "Voided": "作废",
    "Revoked": "撤销",
    "Repealed": "废止",
    "Principal Leader": "主要负责人",
    "First-Pass Rate of Drafts": "一次通过率",
    # rights
    "Recused": "回避",
    "Delegation": "委托",
    "Delegations": "委托",
    "on behalf of": "代",
    # duties, rules, plans, meetings (M10, M16, F12)
    "Duty": "职责清单事项",
    "Duties": "职责清单事项",
    "Owner (A)": "A角",
    "Deputy (B)": "B角",
    "Work Plan": "工作计划",
    "Work Plans": "工作计划",
    "Key Work": "重点工作",
    "On the Plan": "立项",
    "Being Drafted": "起草",
    "Out for Comments": "征求意见",
    "Legality Check": "合法性审核",
    "Deliberation": "审议",
    "Promulgate": "印发",
    "Promulgated": "印发",
    "Put in Force": "施行",
    "Effective": "施行",
    "Wound Up": "总结",
    "Proposed Date": "拟定",
    "Date Confirmed": "确认",
    "Notice Given": "已通知",
    "Papers Complete": "材料齐备",
    "Held": "召开",
    "Minuted": "纪要",
    "Decisions Shared Out": "决定分解",
    "Postponed": "改期",
    "Handed to a Stand-In": "委托",
    "Called Off": "取消",
    "Revise": "修订",
    "Under Revision": "修订",
    "Repeal": "废止",
    "Acknowledgement": "知悉确认",
    "Clash": "撞车",
    "Clashes": "撞车",
    "Omission": "遗漏",
    "Omissions": "遗漏",
    "Meeting Notice (F12)": "会议通知（F12）",
    "Meeting Minutes (F12)": "会议纪要（F12）",
    "Week Schedule of Leaders (F12)": "领导一周日程表（F12）",
    # staff advice (M7)
    "Advice": "参谋建议",
    "Advice on a Decision": "决策建议",
    "Work Scheme": "工作方案",
    "Gap Found and Filled": "查漏补缺",
    "Risk Forecast": "风险预判",
    "Research Result": "调研成果",
    "Rational Proposal": "合理化建议",
    "Handed In": "呈送",
    "Screened by the Office": "审核",
    "Laid Before the Leader": "呈阅",
    "Adopted": "采用",
    "Partly Adopted": "部分采用",
    "Not Adopted": "不采用",
    "Deferred": "缓议",
    "Being Put into Effect": "转化",
    "Effect Evaluated": "效果评估",
    "Adoption Rate": "采用率",
    "On Own Initiative": "主动",
    "Asked For": "受命",
    "Heard": "参得进",
    "Accurate": "参得准",
    "High-Level": "参得高",
    "To the Point": "切题度",
    "Research Topic": "调研课题",
    "Field Visit": "调研走访",
    "Regional Demand": "区域发展要求",
    "Focus or Difficulty": "重点难点",
    "Untold": "未示先行",
    "Foreseeable Event": "可预见事项",
    "Plan ahead": "提前谋划",
    "Study Record": "学习记录",
    "Work Out a Scheme": "细化方案",
    # supervision (F1, F2)
    "Daily Supervision": "日常督办",
    "Special Supervision": "专项督办",
    "Tracking Supervision": "跟踪督办",
    "Requirements": "办理要求",
    "Progress Made": "进展情况",
    "Problems and Bottlenecks": "存在问题/梗阻点",
    "Next Steps": "下步措施",
    "Rectification": "整改",
    "Self-check (blank spot)": "自查（空白点）",
    "Ledger": "台账",
    # information (M6, F14)
    "Information Report": "信息报送",
    "Information Reports": "信息报送",
    "Good News": "报喜",
    "Bad News": "报忧",
    "Good News Only": "只报喜不报忧",
    "Piece Requested": "约稿",
    "Report Submitted": "报送",
    "Report Screened": "审核",
    "Verified True": "核实",
    "Edited and Issued": "编发",
    "Presented Upward": "呈报",
    "Not Used": "未采用",
    "Leader's Comment": "批示",
    "Report Archived": "归档",
    "Not True": "不实",
    "Inflated": "夸大",
    "Understated": "缩小",
    "Information Bulletin": "信息采用通报",
    # emergencies and duty (M9, F11, F11b)
    "Emergency": "突发事件",
    "Emergencies": "突发事件",
    "Emergency Received": "接报",
    "Facts Checked": "核实",
    "First Report": "首报",
    "First Report Sent": "首报",
    "Follow-up Report": "续报",
    "Follow-up Reports": "续报",
    "Final Report": "终报",
    "Final Report Sent": "终报",
    "Response Evaluated": "评估",
    "Emergency Ended": "结束",
    "Reason for the Late Report": "迟报原因",
    "Duty Shift": "值班",
    "Duty Log": "值班日志",
    "Leader in Charge": "带班领导",
    "Zero Report": "零报告",
    "Contact Book": "通讯录",
}

# Words that would be a second name for a concept which has one already.
RIVALS = {
    "督查件": "督办件",
    "督办单": "督办件",
    "承办员": "承办人",
    "经办人": "承办人",
    "主办单位": "牵头单位",
    "协同单位": "协办单位",
    "催促": "催办",
    "催告": "催办",
    "结案": "办结",
    "注销": "销号",
    "采纳率": "采用率",
    "台帐": "台账",
    "协同事项": "协调事项",
    "裁决": "裁定",
    "协办请求": "协助请求",
}


@tagged("post_install", "-at_install", "office_translations")
class TestTranslations(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_and_install_lang(LANG)
        cls.files = {
            addon: polib.pofile(file_path(f"{addon}/i18n/{LANG}.po"))
            for addon in ADDONS
        }
        cls.exported = {addon: cls._export_terms(addon) for addon in ADDONS}

    @classmethod
    def _export_terms(cls, addon):
        """Return the terms of one addon, as Odoo's own export finds them now.

        :rtype: set[str]
        """
        # Odoo takes a file to be of the first path it lies under, and the sample's
        # folder lies under the one of the suite.
        paths = sorted(odoo.addons.__path__, key=len, reverse=True)
        with patch.object(odoo.addons, "__path__", paths):
            rows = TranslationModuleReader(cls.env.cr, [addon], LANG)
        return {source for _addon, _kind, _name, _id, source, *_rest in rows}

    def entries(self):
        """Yield the addon and the entry, for each entry of the files."""
        for addon, file in self.files.items():
            for entry in file:
                yield addon, entry

    # The files ------------------------------------------------------------------------

    def test_every_term_is_translated(self):
        for addon, file in self.files.items():
            done = {entry.msgid for entry in file.translated_entries()}
            with self.subTest(addon=addon):
                self.assertGreater(len(self.exported[addon]), 50, "nothing exported")
                self.assertEqual(sorted(self.exported[addon] - done), [])

    def test_nothing_is_stale(self):
        for addon, file in self.files.items():
            template = polib.pofile(file_path(f"{addon}/i18n/{addon}.pot"))
            with self.subTest(addon=addon):
                msgids = {entry.msgid for entry in file}
                self.assertEqual(sorted(msgids - self.exported[addon]), [])
                self.assertEqual({entry.msgid for entry in template}, msgids)
                self.assertEqual(len(file), len(msgids), "a term stands there twice")
                self.assertFalse(file.fuzzy_entries())
                self.assertFalse(file.obsolete_entries())

    def test_placeholders_are_kept(self):
        for addon, entry in self.entries():
            with self.subTest(addon=addon, term=entry.msgid):
                self.assertEqual(
                    sorted(PLACEHOLDER.findall(entry.msgstr)),
                    sorted(PLACEHOLDER.findall(entry.msgid)),
                )
                self.assertEqual(entry.msgstr, entry.msgstr.strip())
                names = re.findall(r"%\((\w+)\)", entry.msgid)
                if names:
                    self.assertTrue(entry.msgstr % dict.fromkeys(names, 7))

    # The words ------------------------------------------------------------------------

    def test_vocabulary(self):
        found = set()
        for addon, entry in self.entries():
            if entry.msgid in VOCABULARY:
                found.add(entry.msgid)
                with self.subTest(addon=addon, term=entry.msgid):
                    self.assertEqual(entry.msgstr, VOCABULARY[entry.msgid])
        self.assertEqual(sorted(VOCABULARY.keys() - found), [], "no such term any more")

    def test_no_second_word_for_a_concept(self):
        found = [
            f"{addon}: {entry.msgid!r} says {rival}, the word is {word}"
            for addon, entry in self.entries()
            for rival, word in RIVALS.items()
            if rival in entry.msgstr
        ]
        self.assertEqual(found, [])

    # The screens ----------------------------------------------------------------------

    def test_every_label_is_chinese(self):
        """Labels, helps and choices of our fields, those that mixins bring included.

        An addon's own file cannot hold the choices of a mixin that another addon
        defines; they stand in ``i18n_extra``.
        """
        for model in self.env.registry.values():
            ours = model._original_module in ADDONS
            names = [
                name
                for name, field in model._fields.items()
                if (ours or field._module in ADDONS)
                and name != "id"
                and not field.inherited
            ]
            if not names:
                continue
            fields = self.env[model._name].with_context(lang=LANG).fields_get(names)
            for name, field in fields.items():
                texts = [field["string"], field.get("help")]
                if field["type"] == "selection":
                    texts += [label for _value, label in field["selection"]]
                for text in filter(None, texts):
                    with self.subTest(model=model._name, field=name, text=text):
                        self.assertRegex(text, CHINESE)

    def choices(self, model, field):
        """Return the choices of a field as a Chinese user sees them."""
        fields = self.env[model].with_context(lang=LANG).fields_get([field])
        return dict(fields[field]["selection"])

    def test_states_are_the_official_words(self):
        self.assertEqual(
            self.choices("office.directive", "state"),
            {
                "recorded": "登记",
                "issued": "下达",
                "accepted": "签收",
                "handling": "承办",
                "reported": "反馈",
                "escalated": "转督办",
                "returned": "退回重办",
                "confirmed": "办结",
                "withdrawn": "撤回",
            },
        )
        self.assertEqual(
            self.choices("office.supervision.ticket", "state"),
            {
                "proposed": "拟立项",
                "filed": "立项",
                "assigned": "交办",
                "accepted": "签收",
                "handling": "承办",
                "feedback": "反馈",
                "verifying": "核查",
                "completed": "办结",
                "closed": "销号",
                "suspended": "中止",
                "terminated": "终止",
            },
        )
        self.assertEqual(
            self.choices("office.coordination", "state"),
            {
                "raised": "提起",
                "led": "明确牵头",
                "consulting": "协商",
                "agreed": "达成一致",
                "ruled": "裁定",
                "executing": "落实",
                "confirmed": "各方确认",
                "closed": "办结",
            },
        )
        self.assertEqual(
            self.choices("office.supervision.ticket", "light"),
            {
                "red": "逾期",
                "yellow": "临期",
                "green": "正常",
                "paused": "暂停",
                "late": "逾期办结",
                "done": "按期办结",
            },
        )

    def test_states_of_advice_are_the_official_words(self):
        self.assertEqual(
            self.choices("office.advice", "state"),
            {
                "draft": "草稿",
                "submitted": "呈送",
                "screened": "审核",
                "presented": "呈阅",
                "adopted": "采用",
                "partly": "部分采用",
                "rejected": "不采用",
                "deferred": "缓议",
                "implementing": "转化",
                "evaluated": "效果评估",
                "closed": "办结",
            },
        )

    def test_menus_buttons_and_errors_switch(self):
        chinese = self.env(context={"lang": LANG})
        menus = {
            "office_functions.office_menu_root": "综合办公",
            "office_functions.office_menu_advice": "参谋助手",
            "office_functions.office_menu_coordination": "综合协调",
            "office_functions_supervision.office_menu_supervision": "督办督查",
            "office_functions_service.office_menu_service": "服务保障",
        }
        for xmlid, name in menus.items():
            self.assertEqual(chinese.ref(xmlid).name, name)
        Directive = chinese["office.directive"]
        buttons = {row.name: str(row.label) for row in Directive._get_transitions()}
        self.assertEqual(buttons["issue"], "下达")
        self.assertEqual(buttons["escalate"], "转督办")
        view = Directive.get_view(view_type="form")["arch"]
        self.assertIn("照录领导原话", view)
        with self.assertRaisesRegex(ValidationError, "编号格式须包含一次 {number}"):
            chinese["office.number.series"].create(
                {"name": "Bad", "code": "bad", "pattern": "{year}"}
            )
        web = code_translations.get_web_translations("office_functions", LANG)
        terms = {message["id"]: message["string"] for message in web["messages"]}
        self.assertEqual(terms["Reason or opinion"], "理由或意见")

    def test_workbench_speaks_chinese(self):
        director = new_test_user(
            self.env,
            "translations_director",
            "office_functions.group_office_director",
            lang=LANG,
        )
        workbench = self.env["office.workbench"].with_user(director)
        workbench = workbench.with_context(lang=LANG)
        panels = workbench.get_workbench()["panels"]
        self.assertEqual(
            [panel["title"] for panel in panels],
            ["参谋助手", "综合协调", "督办督查", "服务保障"],
        )
        for panel in panels:
            for figure in panel["figures"]:
                self.assertRegex(figure["label"], CHINESE)
