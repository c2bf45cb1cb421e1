# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import doctest
from unittest.mock import patch

from lxml.html import fromstring

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, tagged

from ..tools import assessment as scoring
from ..tools import indicator as indicators
from ..tools.indicator import Indicator
from .common import TODAY, MatterFixture, OfficeCase, OfficeHttpCase
from .rpc_tests import RpcTests
from .workflow_tests import WorkflowTests


class TestScores(BaseCase):
    """From figures to scores, without a database."""

    def test_examples_of_the_docstrings(self):
        for module in (scoring, indicators):
            results = doctest.testmod(module)
            self.assertTrue(results.attempted)
            self.assertFalse(results.failed)

    def test_scores_stay_between_0_and_100(self):
        for value in (-5, 0, 3, 150):
            for unit in ("percent", "count", "mean"):
                for better in ("high", "low"):
                    points = scoring.score(value, unit, better, [value, 1])
                    if points is not None:
                        self.assertTrue(0 <= points <= 100)

    def test_nothing_measured_is_no_zero(self):
        self.assertIsNone(scoring.score(None, "percent", "high", []))
        self.assertIsNone(scoring.weigh({"a": None}, {"a": 25}))


class AssessmentFixture(MatterFixture):
    model_name = "office.assessment"
    creator_role = "director"

    @classmethod
    def sample_vals(cls):
        return {"year": 2025, "date_publicity_to": TODAY.replace(day=9)}

    def prepare(self, record, row):
        """Let other records be of another year: a year is assessed once."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE office_assessment SET year = CASE id WHEN %s THEN 2025 ELSE 2000 END",
            [record.id],
        )
        self.env.invalidate_all()


class TestAssessment(AssessmentFixture, WorkflowTests, OfficeCase):
    """The year's ranking of the sections, by four functions and their weights."""

    def compute(self, figures, points=(), faults=(), **vals):
        """Compute an assessment from made-up figures.

        :param figures: function → {unit: (numerator, denominator)}
        :param faults: function → {unit: number of what should not be}
        """
        source = ("office.matter.overview", "_measure", "_get")
        rows = [Indicator(name, name, name, *source) for name in figures]
        measured = {
            row.code: [(u.id, None, *pair) for u, pair in figures[row.function].items()]
            for row in rows
        }
        for name, units in dict(faults).items():
            code = f"{name} faults"
            looks = {"unit": "count", "better": "low"}
            rows.append(Indicator(code, code, name, *source, **looks))
            measured[code] = [(u.id, None, number, 0) for u, number in units.items()]
        Indicators = self.registry["office.indicator"]
        assessment = self.make(**vals)
        with (
            patch.object(Indicators, "_get_indicators", lambda self: rows),
            patch.object(
                Indicators, "_measure", lambda self, row, *period: measured[row.code]
            ),
            patch.object(
                self.registry["office.assessment"],
                "_get_points",
                lambda self, *period: list(points),
            ),
        ):
            assessment.with_user(self.users["director"]).do_transition("compute")
        return {line.department_id: line for line in assessment.line_ids}

    def test_s0_5_four_scores_total_and_rank(self):
        a, b = self.unit, self.other_unit
        lines = self.compute(
            {
                "advice": {a: (6, 10), b: (9, 10)},
                "coordination": {a: (10, 10), b: (5, 10)},
                "supervision": {a: (8, 10), b: (8, 10)},
                "service": {a: (8, 10), b: (6, 10)},
            },
            points=[(a.id, 2, "Praise"), (b.id, -3, "Errors")],
        )
        self.assertEqual(
            [
                lines[a][f"score_{name}"]
                for name in ("advice", "coordination", "service")
            ],
            [60, 100, 80],
        )
        self.assertEqual(
            (lines[a].total, lines[a].rank, lines[a].grade), (82, 1, "good")
        )
        self.assertEqual((lines[b].total, lines[b].rank), (67, 2))
        self.assertEqual((lines[a].bonus, lines[b].deduction), (2, 3))
        self.assertIn("6 / 10", lines[a].detail_lines)

    def test_praise_and_errors_change_the_total(self):
        self.env["office.praise"].with_user(self.users["director"]).create(
            {"name": "Helped", "department_id": self.unit.id, "date": "2025-05-05"}
        )
        assessment = self.make()
        assessment.with_user(self.users["director"]).do_transition("compute")
        lines = {line.department_id: line for line in assessment.line_ids}
        self.assertEqual((lines[self.unit].bonus, lines[self.other_unit].bonus), (1, 0))

    def test_s2_10_a_praised_school_has_it_as_a_plus_in_its_assessment(self):
        director = self.users["director"]
        self.env["office.praise"].with_user(director).create(
            {"name": "Helped", "department_id": self.school.id, "date": "2025-05-05"}
        )
        sections, schools = self.make(), self.make(unit_kind="school")
        for assessment in (sections, schools):
            assessment.with_user(director).do_transition("compute")
        self.assertNotIn(self.school, sections.line_ids.department_id)
        self.assertNotIn(self.unit, schools.line_ids.department_id)
        line = schools.line_ids.filtered(lambda x: x.department_id == self.school)
        self.assertEqual(line.bonus, 1)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "office_functions.report_f15_assessment", schools.ids
        )
        text = " ".join(fromstring(html).text_content().split())
        annex = text[text.index("各单位得分明细") :]
        self.assertSays(text, "学校年度考核排名")
        self.assertRegex(annex, rf"{self.school.name}（总分 —）.*加分：\S+ \+1\.0")
        mine = line.with_user(self.users["school"])
        self.assertFalse(mine.has_access("read"), "not made known yet")
        schools.with_user(self.users["leader"]).do_transition("publish")
        self.env.invalidate_all()
        self.assertTrue(mine.has_access("read"))
        self.assertFalse(
            sections.line_ids[0].with_user(mine.env.user).has_access("read")
        )

    def test_weights_count(self):
        a, b = self.unit, self.other_unit
        lines = self.compute(
            {
                "advice": {a: (10, 10), b: (0, 10)},
                "coordination": {a: (0, 10), b: (10, 10)},
            },
            weight_advice=70,
            weight_coordination=30,
            weight_supervision=0,
            weight_service=0,
        )
        self.assertEqual((lines[a].total, lines[b].total), (70, 30))

    def test_what_was_not_measured_blames_nobody(self):
        a, b = self.unit, self.other_unit
        lines = self.compute({"advice": {a: (8, 10)}})
        self.assertEqual(lines[a].total, 80)
        self.assertFalse(lines[b].is_measured)
        self.assertFalse(lines[b].rank or lines[b].grade)
        self.assertIn("coordination", lines[a].unmeasured)

    def test_who_did_nothing_is_not_praised_for_no_fault(self):
        """A year without data gave every section full marks for faults it had not."""
        a, b = self.unit, self.other_unit
        lines = self.compute({}, faults={"coordination": {}})
        for unit in (a, b):
            self.assertFalse(lines[unit].is_measured or lines[unit].grade)
            self.assertEqual(lines[unit]._get_measured_details(), [])
        lines = self.compute(
            {"coordination": {a: (8, 10)}},
            faults={"coordination": {b: 1}},
            year=2024,
        )
        self.assertEqual(lines[a].score_coordination, 90, "80 %, and no fault")
        self.assertIn("coordination", lines[b].unmeasured, "it had nothing to do")
        lines = self.compute(
            {"coordination": {a: (8, 10)}}, faults={"coordination": {a: 4}}, year=2023
        )
        self.assertEqual(lines[a].score_coordination, 70, "80 %, and four faults")

    def test_nothing_done_is_no_excellent_year(self):
        assessment = self.make(year=2001)
        assessment.with_user(self.users["director"]).do_transition("compute")
        self.assertTrue(assessment.line_ids)
        self.assertEqual(set(assessment.line_ids.mapped("is_measured")), {False})

    def test_how_things_stand_is_nothing_done(self):
        duty = {"name": "Enrolment", "lead_unit_id": self.unit.id}
        self.env["office.duty.item"].create(duty)
        indicator = self.env["office.indicator"]._get_indicator("K14")
        self.assertFalse(indicator.tells_activity)
        assessment = self.make(year=2001)
        assessment.with_user(self.users["director"]).do_transition("compute")
        line = assessment.line_ids.filtered(lambda x: x.department_id == self.unit)
        self.assertFalse(line.is_measured)

    def test_equal_totals_share_a_place(self):
        a, b = self.unit, self.other_unit
        lines = self.compute({"advice": {a: (8, 10), b: (8, 10)}})
        self.assertEqual((lines[a].rank, lines[b].rank), (1, 1))

    def test_weights_make_a_hundred(self):
        with self.assertRaisesRegex(ValidationError, "add up to 100"):
            self.make(weight_advice=50)

    def test_a_year_is_assessed_once(self):
        director = self.users["director"]
        self.make().with_user(director).do_transition("compute")
        with self.assertRaisesRegex(UserError, "has an assessment already"):
            self.make().with_user(director).do_transition("compute")

    def test_publicity_must_be_over(self):
        record = self.make("published", date_publicity_to=TODAY)
        with self.assertRaisesRegex(UserError, "publicity lasts"):
            record.with_user(self.users["director"]).do_transition("close")
        self.to_day(1)
        record.with_user(self.users["director"]).do_transition("close")

    def test_who_reads_which_line(self):
        lines = self.compute({"advice": {self.unit: (8, 10), self.other_unit: (1, 10)}})
        mine, other = lines[self.unit], lines[self.other_unit]
        for role, user in self.users.items():
            if not mine.with_user(user).browse().has_access("read"):
                continue
            sees_all = role in ("leader", "director", "clerk")
            own = sees_all or role in ("section_head", "staff")
            with self.subTest(role=role):
                self.assertEqual(mine.with_user(user).has_access("read"), own)
                self.assertEqual(other.with_user(user).has_access("read"), sees_all)

    def test_nobody_types_a_score(self):
        lines = self.compute({"advice": {self.unit: (8, 10)}})
        for role in ("director", "leader", "admin"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                lines[self.unit].with_user(self.users[role]).total = 100

    def test_f15_prints(self):
        self.compute({"advice": {self.unit: (8, 10)}})
        record = self.env["office.assessment"].search([], limit=1, order="id desc")
        pdf, kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "office_functions.report_f15_assessment", record.ids
        )
        self.assertEqual((kind, pdf[:5]), ("pdf", b"%PDF-"))

    def test_f15_annex_tells_how_each_total_came_about(self):
        lines = self.compute(
            {"advice": {self.unit: (8, 10)}, "service": {self.unit: (0, 0)}},
            points=[(self.unit.id, 2, "Praise"), (self.unit.id, -1.5, "Errors")],
        )
        line = lines[self.unit]
        self.assertEqual(line.points, [[2, "Praise"], [-1.5, "Errors"]])
        self.assertEqual((line.bonus, line.deduction), (2, 1.5))
        self.assertEqual(
            line._get_measured_details(),
            [
                {
                    "code": "advice",
                    "label": "advice",
                    "value": "80 %",
                    "basis": "8 / 10",
                    "score": "80.0",
                }
            ],
        )
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "office_functions.report_f15_assessment", line.assessment_id.ids
        )
        text = " ".join(fromstring(html).text_content().split())
        annex = text[text.index("各单位得分明细") :]
        self.assertSays(annex, self.unit.name, "80 % 8 / 10 80.0", "加分：Praise +2.0")
        self.assertSays(annex, "减分：Errors -1.5", "本年度无可计量事项")


@tagged("post_install", "-at_install")
class TestAssessmentRpc(AssessmentFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to an assessment."""
