# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import date, timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import TODAY, OfficeCase

from ..models.office_info_request_fee import count_page_fee, count_request_fee
from .open_case import OpenInfoFixture
from .test_info_request import InfoRequestFixture


@tagged("office_service")
class TestInfoRequestFee(InfoRequestFixture, OfficeCase):
    """Free of charge, except where one person asks for very much (R-OGI-4, art. 42)."""

    do = OpenInfoFixture.do

    def make_paying(self, **vals):
        record = self.make("received", fee_basis="pages", page_count=101, **vals)
        self.do(record, "clerk", "ask_fee")
        return record

    def test_r_ogi_4_rates_rise_with_what_exceeds(self):
        for rank, fee in (
            (1, 0),
            (10, 0),
            (11, 100),
            (30, 100),
            (31, 200),
            (40, 200),
            (41, 300),
        ):
            with self.subTest(rank=rank):
                self.assertEqual(count_request_fee(rank), fee)
        for pages, fee in ((30, 0), (31, 10), (100, 700), (101, 720), (201, 2740)):
            with self.subTest(pages=pages):
                self.assertEqual(count_page_fee(pages), fee)

    def test_r_ogi_4_the_eleventh_of_a_month_may_cost_something(self):
        known = {"person": "张三丰", "person_phone": "13812345678"}
        requests = self.model.create([{**self.sample_vals(), **known}] * 11)
        earlier = requests[0]
        earlier.date_received = TODAY - timedelta(days=31)
        other = self.make("received", person="李四", person_phone="13900000000")
        last = requests[-1]
        self.assertEqual((last.month_rank, other.month_rank), (10, 1))
        self.do(last, "clerk", "receive")
        last.fee_basis = "pieces"
        with self.assertRaisesRegex(UserError, "costs nothing"):
            self.do(last, "clerk", "ask_fee")
        earlier.date_received = TODAY
        last.invalidate_recordset()
        self.do(last, "clerk", "ask_fee")
        self.assertEqual((last.fee, last.state), (100, "paying"))

    def test_r_ogi_4_clock_stands_until_it_is_paid_and_runs_anew(self):
        record = self.make_paying()
        self.assertTrue(record.is_paused)
        self.assertEqual(record.fee, 720)
        day = record._show_date(record.date_fee_due)
        self.assertSays(record._get_public_answer(), "720", day)
        letter = record._get_letter()
        self.assertSays(letter["title"], "收费通知")
        self.assertSays(letter["lines"], "720元", "共101页", "视为放弃申请")
        self.to_day(7)
        record.date_fee_paid = TODAY - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "It was paid between"):
            self.do(record, "clerk", "pay")
        paid = TODAY + timedelta(days=6)
        record.date_fee_paid = paid
        self.do(record, "clerk", "pay")
        self.assertFalse(record.is_paused)
        limit = record.time_limit_id
        self.assertEqual(
            record.date_deadline, limit._count(paid, record.company_id).deadline
        )
        with self.assertRaisesRegex(UserError, "already"):
            self.do(record, "clerk", "ask_fee")
        with self.assertRaises(ValidationError):
            record.with_user(self.users["clerk"]).fee = 1

    def test_r_ogi_4_unpaid_it_is_given_up_after_twenty_working_days(self):
        record = self.make_paying()
        self.to_day(record.date_fee_due)
        with self.assertRaisesRegex(UserError, "They may pay until"):
            self.do(record, "clerk", "abandon", "Not paid")
        self.to_day(record.date_fee_due + timedelta(days=1))
        self.do(record, "clerk", "abandon", "Not paid")
        self.assertTrue(record.is_unpaid)
        report = self.env["office.open.report"].create({"year": 2026})
        rows = {row[0]: row[-1] for row in report._get_requests()}
        self.assertEqual(rows["（六）其他处理：逾期未按收费通知缴费，不再处理"], 1)
        self.assertEqual(rows["（六）其他处理：逾期不补正，视为放弃申请"], 0)
        self.assertEqual(rows["（七）总计"], 1)
        self.assertSays(report._get_fee_line(), "未收取费用")

    def test_f18_names_what_was_charged(self):
        record = self.make_paying()
        record.date_fee_paid = TODAY
        self.do(record, "clerk", "pay")
        report = self.env["office.open.report"].create({"year": 2026})
        self.assertSays(report._get_fee_line(), "1件", "720元")
        self.assertSays(report.copy({"year": 2025})._get_fee_line(), "未收取费用")

    def test_what_is_read_here_costs_nothing_by_pages(self):
        record = self.make(
            "received", fee_basis="pages", page_count=500, form_wanted="inspection"
        )
        with self.assertRaisesRegex(UserError, "What is read here"):
            self.do(record, "clerk", "ask_fee")

    def test_r_ogi_4_filed_away_with_number_and_day(self):
        record = self.make("received")
        clerk = record.with_user(self.users["clerk"])
        with self.assertRaises(ValidationError):
            clerk.archive_number = "2026-永久-3"
        record = self.make("closed")
        self.to_day(date(2026, 5, 4))
        record.with_user(self.users["clerk"]).archive_number = "2026-永久-3"
        self.assertEqual(record.date_archived, date(2026, 5, 4))
        with self.assertRaises(ValidationError):
            record.with_user(self.users["clerk"]).date_archived = TODAY
        ledger, _records = (
            self.env["office.open.ledger"]
            .create({"kind": "register", "date_from": TODAY, "date_to": TODAY})
            .with_context(lang="zh_CN")
            ._get_register()
        )
        heads = [head for head, _width in ledger.columns]
        row = dict(
            zip(
                heads,
                next(r for r in ledger.rows if r[0] == record.number),
                strict=True,
            )
        )
        self.assertEqual(row["归档号"], "2026-永久-3")
        self.assertEqual(row["归档日期"], date(2026, 5, 4))
