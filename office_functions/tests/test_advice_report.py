# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import TODAY, OfficeCase
from .test_advice import RATINGS, AdviceFixture
from .test_paper import pdf_sizes, pdf_text


@tagged("post_install", "-at_install")
class TestAdviceReport(AdviceFixture, OfficeCase):
    """F14b prints what was handed in, what was decided, and what came of it."""

    def ask(self, role="director", **vals):
        report = self.env["office.advice.report"].with_user(self.users[role])
        return report.create(vals)

    def print(self, report):
        action = report.action_print()
        self.assertTrue(action["office_paper"])
        pdf, _kind = (
            self.env["ir.actions.report"]
            .with_user(report.env.user)
            ._render_qweb_pdf(action["report_name"], report.ids)
        )
        return pdf

    def make_adopted(self, name, decision="adopt"):
        record = self.make("presented", name=name)
        leader = record.with_user(self.users["leader"])
        leader.decide(decision, RATINGS, "Because")
        return record

    def test_f14b_holds_lines_results_and_rates(self):
        self.make_adopted("图书馆周末开放").with_user(
            self.users["clerk"]
        ).action_make_regulation()
        self.make_adopted("错时放学", "adopt_partly")
        self.make_adopted("统一配送", "reject")
        pdf = self.print(self.ask())
        self.assertEqual(pdf_sizes(pdf), [(297, 210)])
        text = pdf_text(pdf)
        for words in (
            "参谋建议采用情况表",
            *("序号", "建议", "提出人", "日期", "决定", "领导", "转化成果"),
            *("图书馆周末开放", "错时放学", "统一配送", "《图书馆周末开放》"),
            "本期呈送3件，其中主动提出3件；作出决定3件，采用1件，部分采用1件。",
            "采用率66.7%，加权采用率50.0%。",
            self.users["leader"].name.replace(" ", ""),
        ):
            self.assertIn(words, text)

    def test_f14b_of_one_unit_and_period(self):
        self.make_adopted("图书馆周末开放")
        tomorrow = TODAY + timedelta(days=1)
        later = self.ask(date_from=tomorrow, date_to=tomorrow)
        self.assertIn("本期没有", pdf_text(self.print(later)))
        elsewhere = self.ask(lead_unit_id=self.other_unit.id)
        self.assertFalse(elsewhere._get_advice())
        above = self.ask(lead_unit_id=self.unit.id)
        self.assertEqual(len(above._get_advice()), 1)
        with self.assertRaisesRegex(ValidationError, "ends after it begins"):
            self.ask(date_from=tomorrow, date_to=TODAY)

    def test_f14b_shows_each_what_is_theirs(self):
        self.make_adopted("图书馆周末开放")
        foreign = self.make_adopted("错时放学")
        foreign.with_user(self.users["director"]).recuse(
            self.users["section_head"].id, "A relative"
        )
        head = self.ask("section_head")
        self.assertEqual(head._get_advice().mapped("name"), ["图书馆周末开放"])
        with self.assertRaises(AccessError):
            self.ask("staff")

    def test_f14b_takes_no_query_for_each_line(self):
        def count(number):
            for _n in range(number):
                self.make_adopted("建议")
            report = self.ask()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            report._get_sums(report._get_advice())
            report._get_results(report._get_advice())
            return self.cr.sql_log_count - before

        count(1)  # what is kept from now on
        few, many = count(2), count(10)
        self.assertLessEqual(many, few + 2)
