# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.office_functions.tests.common import OfficeCase
from odoo.addons.office_functions.tools.decision_text import extract_text
from odoo.addons.office_functions.tools.transition import permit

from .open_case import OpenInfoFixture
from .test_info_request import InfoRequestFixture


@tagged("office_service")
class TestOpenReport(OpenInfoFixture, OfficeCase):
    """The annual report counts the registers (art. 49, 50), and is published."""

    def make_request(self, state="replied", **vals):
        record = (
            self.env["office.info.request"]
            .with_user(self.users["clerk"])
            .create({**InfoRequestFixture.sample_vals.__func__(type(self)), **vals})
            .sudo()
        )
        steps = {
            "received": ("receive",),
            "replied": ("receive", "reply"),
            "redirected": ("receive", "redirect"),
        }
        for name in steps[state]:
            record._apply_transition(record._get_transition(name), "Because")
        return record

    def make_report(self, **vals):
        Report = self.env["office.open.report"].with_user(self.users["clerk"])
        return Report.create({"year": 2026, **vals})

    def test_r_ogi_5_due_on_31_january(self):
        self.assertEqual(self.make_report().date_due, date(2027, 1, 31))
        self.assertEqual(self.make_report(year=2025).date_due, date(2026, 1, 31))

    def test_f18_requests_by_reply_and_requester(self):
        self.make_request(requester_kind="natural", reply_kind="open")
        self.make_request(requester_kind="company", reply_kind="open")
        self.make_request(
            requester_kind="company", reply_kind="refused", withheld_ground="process"
        )
        self.make_request("redirected", requester_kind="natural")
        self.make_request("received", requester_kind="legal")
        rows = {row[0]: row[1:] for row in self.make_report()._get_requests()}
        self.assertEqual(rows["一、本年新收申请数量"], (2, 2, 0, 0, 1, 0, 5))
        self.assertEqual(rows["二、上年结转申请数量"][-1], 0)
        self.assertEqual(rows["（一）予以公开"], (1, 1, 0, 0, 0, 0, 2))
        self.assertEqual(rows["（三）不予公开：属于四类过程性信息"][-1], 1)
        self.assertEqual(rows["（五）不予处理：信访举报投诉类申请"][-1], 1)
        self.assertEqual(rows["（七）总计"], (2, 2, 0, 0, 0, 0, 4))
        self.assertEqual(rows["四、结转下年度继续办理"], (0, 0, 0, 0, 1, 0, 1))
        self.to_day(date(2027, 2, 1))
        rows = {row[0]: row[1:] for row in self.make_report(year=2027)._get_requests()}
        self.assertEqual(rows["二、上年结转申请数量"], (0, 0, 0, 0, 1, 0, 1))

    def test_f18_entries_by_category(self):
        record = self.make_published()
        gone = self.make_published(name="Gone")
        self.do(gone, "clerk", "withdraw", "Wrong")
        rows = self.make_report()._get_categories()
        self.assertEqual(rows, [(record.category_id.name, 2, 1, 1)])

    def test_f18_what_was_in_force_at_the_end_of_the_year(self):
        """A report of a year says the same whenever it is printed."""
        kept, expired, replaced = (self.make_published() for _nth in range(3))
        self.assertEqual(self.count_entries(2026), (3, 0, 3))
        self.to_day(date(2027, 1, 4))
        self.do(expired, "clerk", "expire")
        newer = self.model.browse(
            replaced.with_user(self.users["clerk"]).action_new_version()["res_id"]
        )
        self.do(newer, "clerk", "classify")
        self.release(newer)
        self.assertEqual(replaced.state, "updated")
        self.assertEqual(self.count_entries(2026), (3, 0, 3))
        self.assertEqual(self.count_entries(2027), (1, 1, 2))
        self.to_day(date(2028, 1, 4))
        self.do(expired, "clerk", "withdraw", "Outdated")
        self.do(kept, "clerk", "withdraw", "Outdated")
        self.assertEqual(self.count_entries(2026), (3, 0, 3))
        self.assertEqual(self.count_entries(2027), (1, 1, 2))
        self.assertEqual(self.count_entries(2028), (0, 1, 1))

    def count_entries(self, year):
        report = self.env["office.open.report"].search([("year", "=", year)])
        [(_name, *numbers)] = (report or self.make_report(year=year))._get_categories()
        return tuple(numbers)

    def test_f18_year_ends_at_midnight_of_the_place(self):
        record = self.make_published()
        with permit(record):
            record.sudo().date_published = datetime(2026, 12, 31, 16, 30)
        numbers = [
            self.make_report(year=year).with_context(tz=zone)._get_categories()[0][1]
            for year, zone in (
                (2026, "UTC"),
                (2027, "Asia/Shanghai"),
            )
        ]
        self.assertEqual(numbers, [1, 1])

    def test_report_of_a_year_with_four_digits_and_the_next_one_after_it(self):
        for year in (26, 2007, 20260):
            with self.subTest(year=year), self.assertRaises(ValidationError):
                self.make_report(year=year)
        report = self.make_report(problems="Too slow")
        following = report.copy()
        self.assertEqual((following.year, following.problems), (2027, "Too slow"))

    def make_dispute(self, kind="reconsideration", **vals):
        Dispute = self.env["office.info.dispute"].with_user(self.users["clerk"])
        return Dispute.create(
            {
                "name": "教复〔2026〕1号",
                "kind": kind,
                "date_filed": "2026-05-04",
                **vals,
            }
        )

    def test_f18_reconsiderations_and_lawsuits(self):
        decided = {"date_decided": "2026-07-01"}
        self.make_dispute(outcome="upheld", **decided)
        self.make_dispute(outcome="corrected", **decided)
        self.make_dispute(outcome="upheld", date_decided="2027-02-01")
        self.make_dispute("direct", outcome="other", **decided)
        self.make_dispute("after")
        self.make_dispute("after", date_filed="2027-01-04")
        elsewhere = self.make_dispute("after", outcome="upheld", **decided).sudo()
        elsewhere.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertEqual(
            self.make_report()._get_disputes(),
            [
                ("行政复议", 1, 1, 0, 1, 3),
                ("行政诉讼：未经复议直接起诉", 0, 0, 1, 0, 1),
                ("行政诉讼：复议后起诉", 0, 0, 0, 1, 1),
            ],
        )
        self.assertEqual(
            [row[-2:] for row in self.make_report(year=2027)._get_disputes()],
            [(0, 1), (0, 0), (2, 2)],
        )

    def test_dispute_has_its_result_with_its_day(self):
        for vals in ({"outcome": "upheld"}, {"date_decided": "2026-06-01"}):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                with self.cr.savepoint():
                    self.make_dispute(**vals)
        for role, may in (("leader", True), ("staff", False)):
            with self.subTest(role=role):
                mine = self.make_dispute().with_user(self.users[role])
                self.assertEqual(mine.has_access("read"), may)
                self.assertFalse(mine.has_access("write"))

    def test_r_ogi_5_reminded_until_it_is_published(self):
        Report = self.env["office.open.report"]
        omitted = Report._get_omitted_domain
        self.make("draft")
        self.to_day(date(2027, 1, 4))
        Report._cron_remind()
        Report._cron_remind()
        report = Report.search([("year", "=", 2026)])
        self.assertEqual(report.company_id, self.env.company)
        activity = report.activity_ids
        self.assertEqual(activity.user_id, self.users["director"])
        self.assertEqual(activity.date_deadline, date(2027, 1, 31))
        self.to_day(date(2027, 1, 31))
        self.assertFalse(Report.search(omitted()))
        self.to_day(date(2027, 2, 1))
        self.assertEqual(Report.search(omitted()), report)
        found = self.env["office.omission"]
        found._cron_check()
        self.assertTrue(found.search_count([("code", "=", "open_report_late")]))
        report.sudo().info_id = self.make_published()
        self.assertFalse(Report.search(omitted()))
        Report._cron_remind()
        self.assertFalse(report.activity_ids)

    def test_who_began_the_report_is_reminded(self):
        report = self.make_report()
        self.make("draft")
        self.to_day(date(2027, 1, 4))
        report.sudo()._cron_remind()
        self.assertEqual(report.activity_ids.user_id, self.users["clerk"])

    def test_f18_printed_and_published(self):
        self.make_request(reply_kind="open")
        self.make_dispute()
        report = self.make_report()
        with self.assertRaisesRegex(UserError, "general situation"):
            report.action_make_entry()
        report.general = "本年度信息公开工作平稳有序。"
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "office_functions_service.report_f18_open_report", report.ids
        )
        text = extract_text(pdf, "a.pdf")
        self.assertSays(text, "2026年政府信息公开工作年度报告", "本年度信息公开")
        self.assertSays("".join(text.split()), "结转下年度继续办理", "法人或其他组织")
        self.assertSays(
            "".join(text.split()),
            "四、政府信息公开行政复议、行政诉讼情况",
            "行政复议00011",
            "五、存在的主要问题",
        )
        entry = self.model.browse(report.action_make_entry()["res_id"])
        self.assertEqual(report.info_id, entry)
        self.assertFalse(entry.file_ids.finding_ids.filtered("is_blocking"))
        self.assertEqual(report.action_make_entry()["res_id"], entry.id)
        with self.assertRaises(AccessError):
            report.with_user(self.users["staff"]).action_make_entry()

    def test_one_report_a_year(self):
        self.make_report()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.cr.savepoint():
                self.make_report()
                self.env.flush_all()

    def test_letter_is_printed(self):
        record = self.make_request(reply_kind="open", reply_text="现予公开。")
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "office_functions_service.report_info_request_letter", record.ids
        )
        text = extract_text(pdf, "a.pdf")
        self.assertSays(text, "政府信息公开告知书", record.number, "现予公开")
        self.assertSays(text, "行政复议")
