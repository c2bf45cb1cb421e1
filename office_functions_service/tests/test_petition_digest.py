# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .petition_secret_case import SecretCase


@tagged("office_service")
class TestPetitionDigest(SecretCase):
    """Leaders get figures and gist of petitions, and no names (S1.32)."""

    def make(self, officer=None, **vals):
        digest = (
            self.env["office.petition.digest"]
            .with_user(officer or self.users["petition_officer"])
            .create(vals)
        )
        action = digest.make()
        return self.env["office.information"].browse(action["res_id"])

    def present(self, report):
        """Let the officer send a digest in, and the office present it to the leader."""
        report.write(
            {
                "moment_event": "2026-03-10 01:00:00",
                "place": "Office",
                "verified_by": "Petition register",
                "leader_id": self.users["leader"].id,
            }
        )
        report.with_user(self.users["petition_officer"]).do_transition("submit")
        for step in ("screen", "verify", "edit", "present"):
            report.with_user(self.users["director"]).do_transition(step)
        self.assertEqual(report.state, "presented")
        return report

    def test_s1_32_leader_gets_figures_and_gist_without_any_name(self):
        self.register(
            name="张三丰反映校车不停站，电话13812345678，证件11010519491231002X，"
            "邮箱zhang@example.com，与李老四同行",
            words_to_erase="李老四",
            petition_class="claim",
        )
        self.register(name="食堂菜单建议", petition_class="suggestion", channel="call")
        self.register(
            name="王校长态度不好",
            accused_ids=[Command.create({"name": "王校长"})],
        )
        self.register(
            self.keeper,
            name="后勤科吃回扣",
            accused_ids=[Command.create({"unit_id": self.other_unit.id})],
        )
        self.register(self.keeper, name="检举赵主任收钱", is_report=True)
        report = self.make()
        self.assertEqual(report.state, "draft")
        for word in (
            "张三丰",
            "13812345678",
            "11010519491231002X",
            "zhang@example.com",
            "李老四",
            "王校长",
            "后勤科",
            "赵主任",
            "收钱",
            self.other_unit.name,
        ):
            with self.subTest(word):
                self.assertNotIn(word, report.text)
                self.assertNotIn(word, report.name)
        self.assertSays(
            report.text,
            "登记信访事项3件",
            "来信2件",
            "来电1件",
            "申诉求决1件",
            "另行保密办理",
            "反映校车不停站",
            "食堂菜单建议",
            "█",
        )
        self.assertFalse(self.env["office.matter.link"]._get_links(report))
        read = self.present(report).with_user(self.users["leader"]).read(["text"])
        self.assertSays(read[0]["text"], "登记信访事项3件", "反映校车不停站")
        self.assertNotIn("张三丰", read[0]["text"])

    def test_confidential_officers_digest_names_reports_as_little(self):
        self.register(self.keeper, name="检举赵主任收钱", is_report=True)
        report = self.make(self.keeper)
        self.assertNotIn("赵主任", report.text)
        self.assertSays(report.text, "登记信访事项0件", "来信0件")

    def test_a5_no_figure_tells_a_reader_of_what_is_hidden_from_them(self):
        director = self.users["director"]
        self.register(name="食堂菜单建议", petition_class="suggestion")
        before = self.make().text
        self.register(
            self.keeper,
            petition_class="claim",
            channel="visit",
            accused_ids=[Command.create({"user_id": director.id})],
        )
        self.register(self.keeper, channel="call", is_report=True)
        closed = self.register(channel="visit")
        closed.with_user(self.users["leader"]).restrict()
        text = self.make().text
        self.assertEqual(text, before)
        mine = self.env["office.petition"].with_user(director).search_count([])
        self.assertSays(text, f"登记信访事项{mine}件")
        self.assertEqual(mine, 1)

    def test_only_the_period_and_only_ones_own_company(self):
        self.register(name="食堂菜单建议")
        self.to_day(20)
        self.assertNotIn("食堂菜单", self.make().text)
        self.assertIn("食堂菜单", self.make(date_from="2026-03-01").text)
        with self.assertRaises(UserError):
            self.make(date_from="2026-04-01")

    def test_nobody_else_makes_one(self):
        for role in ("clerk", "leader", "staff", "citizen"):
            with self.assertRaises(AccessError):
                self.make(self.users[role])


@tagged("office_service")
class TestPetitionDigestWeekly(SecretCase):
    """Each week's digest is drafted once, for the petition officer (S1.32)."""

    def run_job(self):
        with self.without_commits():
            self.env["office.petition.digest"]._cron_weekly()
        return self.env["office.information"].search([("name", "like", "信访摘报")])

    def test_once_a_week_for_the_officer(self):
        self.env["office.information"].search([]).unlink()
        self.register(name="食堂菜单建议")
        self.register(self.keeper, name="检举赵主任收钱", is_report=True)
        self.assertFalse(self.run_job(), "The week is not over")
        self.to_day(7)
        draft = self.run_job()
        self.assertEqual(len(draft), 1)
        self.assertEqual(draft.state, "draft")
        self.assertTrue(
            draft.create_uid.has_group("office_functions.group_office_petition")
        )
        self.assertSays(draft.name, "2026.03.09", "2026.03.15")
        self.assertSays(draft.text, "登记信访事项1件")
        self.assertNotIn("赵主任", draft.text)
        for day in (7, 8, 12):
            self.to_day(day)
            self.assertEqual(self.run_job(), draft)
        self.to_day(14)
        self.assertEqual(self.run_job(), draft, "A week without petitions has none")
        self.register(self.keeper, name="检举赵主任收钱", is_report=True)
        self.to_day(21)
        self.assertEqual(self.run_job(), draft, "A draft would tell of the report")
        self.register(name="食堂菜单建议")
        self.to_day(28)
        self.assertEqual(len(self.run_job()), 2)

    def test_switched_off(self):
        self.company.petition_digest_weekly = False
        self.register()
        self.to_day(7)
        self.assertFalse(self.run_job())

    def test_each_company_its_own(self):
        company = self.env["res.company"].create({"name": "Other Commission"})
        self.register()
        self.to_day(7)
        drafts = self.run_job()
        self.assertEqual(drafts.company_id, self.company)
        self.assertFalse(company.petition_digest_until, "It has no officer")
