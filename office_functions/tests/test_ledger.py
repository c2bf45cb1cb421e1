# Part of Office Functions. See LICENSE file for full copyright and licensing details.
import csv
import io
import random
import zipfile
from dataclasses import FrozenInstanceError
from datetime import date, datetime
from pathlib import Path
from unittest.mock import patch

import xlsxwriter

from odoo.tests import BaseCase, tagged

from odoo.addons.office_functions.tools import ledger as ledger_tools
from odoo.addons.office_functions.tools.decision_text import (
    OLE_ENCRYPTED_PART,
    OLE_SIGNATURE,
)
from odoo.addons.office_functions.tools.ledger import (
    LedgerError,
    LedgerProblem,
    read_ledger,
)

DATA = Path(__file__).parent / "data" / "ledger.csv"
# A ledger as published; kept beside a checkout, not in it.
PUBLISHED = (
    Path(__file__).parents[2].parent / "shared" / "data" / "real" / "key-tasks-2026.csv"
)
HEADINGS = ["序号", "任务内容", "牵头单位", "配合单位", "完成时限"]


def make_csv(rows, encoding="utf-8", delimiter=","):
    """Return rows as a CSV file."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


def make_xlsx(*sheets, merge=(), hidden=()):
    """Return sheets of rows as an XLSX file.

    :param merge: (first row, first column, last row, last column, value) on sheet 1
    :param hidden: indexes of hidden sheets
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for index, rows in enumerate(sheets):
            sheet = book.add_worksheet()
            if index in hidden:
                sheet.hide()
            elif len(hidden) == index:
                sheet.activate()
                sheet.set_first_sheet()
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if isinstance(value, tuple):
                        value, layout = value
                        style = book.add_format({"num_format": layout})
                        sheet.write_datetime(row, column, value, style)
                    else:
                        sheet.write(row, column, value)
            if not index:
                for block in merge:
                    sheet.merge_range(*block)
    return stream.getvalue()


def data_rows():
    """Return the rows of the test ledger."""
    return list(csv.reader(io.StringIO(DATA.read_text(encoding="utf-8"))))


@tagged("office_ledger")
class LedgerCase(BaseCase):
    def assertRefused(self, code, content, filename):
        """Check that a file is refused with a code and words that help."""
        with self.assertRaises(LedgerError) as caught:
            read_ledger(content, filename)
        self.assertEqual(caught.exception.code, code)
        self.assertIsInstance(caught.exception, ValueError)
        self.assertRegex(str(caught.exception), r"^[A-Z].*\.$")

    def read_rows(self, *rows, **options):
        """Read rows below a heading of their own."""
        return read_ledger(make_csv(rows), "a.csv", **options)

    def read_line(self, headings, cells, **options):
        """Return the one line of a table of two rows."""
        (line,) = self.read_rows(headings, cells, **options).lines
        return line


class TestLedgerOfTestData(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ledger = read_ledger(DATA.read_bytes(), "ledger.csv")
        cls.lines = {line.number: line for line in cls.ledger.lines}

    def test_columns(self):
        self.assertEqual(
            self.ledger.columns,
            {
                "number": "序号",
                "area": "领域",
                "group": "任务组",
                "text": "任务内容",
                "lead_unit": "牵头单位",
                "assisting_units": "配合单位",
                "deadline": "完成时限",
                "goal": "工作目标",
            },
        )

    def test_lines(self):
        self.assertEqual(list(self.lines), "1 2 3 4 5 6 8 9 10 11".split())
        line = self.lines["2"]
        self.assertEqual(line.row, 4)
        self.assertEqual((line.area, line.group), ("底座", "升级校园网络。"))
        self.assertEqual(line.text, "完成首批50所乡村学校改造，优先安排薄弱学校。")
        self.assertEqual(line.title, "完成首批50所乡村学校改造，优先安排薄弱学校")
        self.assertEqual(self.lines["3"].goal, "到2026年底，建成统一平台。")
        with self.assertRaises(FrozenInstanceError):
            line.text = ""

    def test_units(self):
        for number, lead, assisting in (
            ("1", "市教委信息中心", "市财政局 市通信管理局"),
            ("2", "市教委信息中心", "市财政局 各区、县（市）政府"),
            ("3", "市教委信息中心", "市大数据局 市科技局"),
            ("4", "市教委安全处", "市委网信办 市公安局"),
            ("5", "市教育科学研究院", ""),
            ("6", "市市场监管局（市知识产权局）", "市教委基础教育处"),
            ("8", "", "市人力社保局"),
            ("9", "市教委教师工作处", "市财政局"),
        ):
            with self.subTest(number=number):
                self.assertEqual(self.lines[number].lead_unit, lead)
                self.assertEqual(
                    self.lines[number].assisting_units, tuple(assisting.split())
                )

    def test_deadlines(self):
        for number, text, day, is_long_running in (
            ("1", "2026年9月", date(2026, 9, 30), False),
            ("2", "6月底前", date(2026, 6, 30), False),
            ("4", "持续推进", None, True),
            ("5", "2026年6月持续跟踪", date(2026, 6, 30), True),
            ("6", "2026年第三季度", date(2026, 9, 30), False),
            ("9", "尽快", None, False),
            ("11", "", None, False),
        ):
            with self.subTest(number=number):
                line = self.lines[number]
                self.assertEqual(
                    (line.deadline_text, line.date_deadline, line.is_long_running),
                    (text, day, is_long_running),
                )

    def test_problems_name_line_and_column(self):
        self.assertEqual(
            self.ledger.problems,
            [
                LedgerProblem(10, "任务内容", "missing_task", ""),
                LedgerProblem(11, "牵头单位", "missing_lead", ""),
                LedgerProblem(
                    12, "配合单位", "lead_repeated", "市教委教师工作处、市财政局"
                ),
                LedgerProblem(12, "完成时限", "unreadable_deadline", "尽快"),
                LedgerProblem(13, "完成时限", "unreadable_deadline", "尽快"),
                LedgerProblem(13, "任务内容", "duplicate", "编写培训教材。"),
                LedgerProblem(14, "完成时限", "missing_deadline", ""),
            ],
        )

    def test_published_ledger(self):
        """The layout of a published ledger; the original too where it is at hand."""
        ledgers = [(self.ledger, 10)]
        if PUBLISHED.exists():
            ledgers.append((read_ledger(PUBLISHED.read_bytes(), PUBLISHED.name), 126))
        for ledger, amount in ledgers:
            self.assertEqual(len(ledger.lines), amount)
            self.assertEqual(len({line.key for line in ledger.lines}), amount)
            self.assertEqual(ledger.columns, self.ledger.columns)
            for line in ledger.lines:
                for unit in (line.lead_unit, *line.assisting_units):
                    self.assertNotRegex(
                        unit, r"^无$|等$|负责|[，、]$|^[，、]|(?<!市|区)、"
                    )
        if PUBLISHED.exists():
            self.assertEqual(
                {line.row - int(line.number) for line in ledger.lines}, {1}
            )
            self.assertEqual(
                [(problem.row, problem.code) for problem in ledger.problems],
                [(114, "lead_repeated")],
            )
            self.assertTrue(
                all(line.date_deadline or line.is_long_running for line in ledger.lines)
            )


class TestLedgerColumns(LedgerCase):
    def test_order_and_unknown_columns_do_not_matter(self):
        rows = data_rows()[1:]
        order = [6, 3, 0, 5, 1, 7, 4, 2]
        shuffled = [["备用列", *(row[index] for index in order)] for row in rows]
        expected = read_ledger(make_csv(rows), "a.csv")
        ledger = read_ledger(make_csv(shuffled), "a.csv")
        self.assertEqual(ledger.lines, expected.lines)
        self.assertEqual(ledger.columns, expected.columns)
        self.assertEqual(ledger.problems, expected.problems)

    def test_synonyms(self):
        line = self.read_line(
            "编号 板块 类别 任务名称 工作内容 办理要求 主办单位 协办单位 责任人"
            " 责任领导 办结时限 依据".split(),
            "7 教学 常规 抓教研 每周一次 有记录 甲科 乙科 张三 李四 2026-06-30"
            " 江教〔2026〕1号".split(),
        )
        self.assertEqual(
            (line.number, line.area, line.group, line.title, line.text, line.goal),
            ("7", "教学", "常规", "抓教研", "每周一次", "有记录"),
        )
        self.assertEqual((line.lead_unit, line.assisting_units), ("甲科", ("乙科",)))
        self.assertEqual(
            (line.responsible_person, line.responsible_leader), ("张三", "李四")
        )
        self.assertEqual(line.date_deadline, date(2026, 6, 30))
        self.assertEqual(line.reference, "江教〔2026〕1号")

    def test_task_has_one_column_whatever_its_name(self):
        for heading in (
            "任务内容",
            "重点任务",
            "工作任务",
            "督办事项",
            "任务名称",
            "事　项",
            "具体举措*",
        ):
            with self.subTest(heading=heading):
                ledger = self.read_rows([heading, "责任单位"], ["抓教研。", "甲科"])
                self.assertEqual(ledger.lines[0].text, "抓教研。")
                self.assertEqual(ledger.columns["text"], heading)

    def test_first_of_the_responsible_units_leads(self):
        for cell, lead, assisting in (
            ("甲局、乙局，丙委", "甲局", "乙局 丙委"),
            ("甲局牵头，乙局、丙委配合", "甲局", "乙局 丙委"),
            ("牵头单位：甲局\n配合单位：乙局", "甲局", "乙局"),
            ("甲局、乙局按职责分工负责", "甲局", "乙局"),
            ("乙局、甲局（牵头）", "甲局", "乙局"),
            ("甲处室\n乙处室", "甲处室", "乙处室"),
        ):
            with self.subTest(cell=cell):
                line = self.read_line(["重点任务", "责任单位"], ["抓教研", cell])
                self.assertEqual(line.lead_unit, lead)
                self.assertEqual(line.assisting_units, tuple(assisting.split()))

    def test_responsible_units_beside_a_leading_one_assist(self):
        line = self.read_line(
            ["任务", "责任单位", "牵头单位", "配合单位"],
            ["抓教研", "乙科", "甲科", "丙科"],
        )
        self.assertEqual(line.lead_unit, "甲科")
        self.assertEqual(line.assisting_units, ("乙科", "丙科"))

    def test_deadline_inside_the_units(self):
        line = self.read_line(
            ["任务", "责任单位"], ["抓教研", "甲科，2026年6月底前完成"]
        )
        self.assertEqual(line.date_deadline, date(2026, 6, 30))

    def test_heading_of_two_rows(self):
        ledger = self.read_rows(
            ["序号", "重点任务", "责任单位", "", "完成时限"],
            ["", "", "牵头", "配合", ""],
            ["1", "抓教研", "甲科", "乙科", "2026年6月"],
        )
        self.assertEqual(ledger.columns["lead_unit"], "牵头")
        self.assertEqual(ledger.columns["assisting_units"], "配合")
        self.assertEqual(ledger.lines[0].row, 3)
        self.assertEqual(ledger.lines[0].assisting_units, ("乙科",))

    def test_current_deadline_before_the_original_one(self):
        headings = ["督办事项", "原定时限", "现时限"]
        line = self.read_line(headings, ["抓教研", "2026年3月", "2026年6月"])
        self.assertEqual(line.date_deadline, date(2026, 6, 30))
        ledger = self.read_rows(headings[:2], ["抓教研", "2026年3月"])
        self.assertEqual(ledger.lines[0].date_deadline, date(2026, 3, 31))
        self.assertEqual(ledger.columns["deadline"], "原定时限")

    def test_titles_above_and_repeated_headings_below(self):
        ledger = self.read_rows(
            ["2025年重点任务"],
            [],
            ["单位：江州市教育委员会", "", "", "", ""],
            HEADINGS,
            ["1", "甲", "甲科", "无", "6月底前"],
            HEADINGS,
            ["2", "", "", "", ""],
            ["2", "乙", "乙科", "无", "年底前"],
        )
        self.assertEqual([line.row for line in ledger.lines], [5, 8])
        self.assertEqual(ledger.lines[0].date_deadline, date(2025, 6, 30))
        self.assertEqual(ledger.lines[1].date_deadline, date(2025, 12, 31))

    def test_year_of_the_caller(self):
        row = ["1", "甲", "甲科", "无", "6月底前"]
        line = self.read_line(HEADINGS, row)
        self.assertIsNone(line.date_deadline)
        line = self.read_line(HEADINGS, row, today=date(2027, 2, 3))
        self.assertEqual(line.date_deadline, date(2027, 6, 30))

    def test_short_and_long_rows(self):
        ledger = self.read_rows(
            HEADINGS, ["1", "甲"], ["2", "乙", "乙科", "", "2026年6月", "多", "余"]
        )
        self.assertEqual([line.text for line in ledger.lines], ["甲", "乙"])


class TestLedgerKeys(LedgerCase):
    def keys(self, *rows):
        headings = ["序号", "领域", "任务组", *HEADINGS[1:], "工作目标"]
        return [line.key for line in self.read_rows(headings, *rows).lines]

    def test_corrected_line_is_found_again(self):
        first = self.keys(
            [
                "1",
                "甲域",
                "乙组",
                "开展３项工作，确保AI落地。",
                "甲局",
                "",
                "2026年6月",
                "",
            ]
        )
        second = self.keys(
            [
                "9",
                "甲域",
                "乙组 ",
                "开展3项工作, 确保ai落地",
                "乙局",
                "丙局",
                "长期",
                "好",
            ]
        )
        self.assertEqual(first, second)
        self.assertRegex(first[0], r"^[0-9a-f]{32}$")

    def test_other_wording_area_or_group_is_another_line(self):
        keys = self.keys(
            ["1", "甲域", "乙组", "抓教研", "甲局", "", "", ""],
            ["2", "甲域", "乙组", "抓教学", "甲局", "", "", ""],
            ["3", "甲域", "丙组", "抓教研", "甲局", "", "", ""],
            ["4", "乙域", "乙组", "抓教研", "甲局", "", "", ""],
        )
        self.assertEqual(len(set(keys)), 4)

    def test_same_task_twice_in_one_file(self):
        rows = [
            ["1", "甲域", "乙组", "抓教研", "甲局", "", "2026年6月", ""],
            ["2", "甲域", "乙组", "抓教研", "乙局", "", "2026年6月", ""],
        ]
        keys = self.keys(*rows)
        self.assertEqual(len(set(keys)), 2)
        self.assertEqual(keys, self.keys(*rows))
        self.assertEqual(keys[:1], self.keys(*rows[:1]))

    def test_key_is_the_same_in_every_format(self):
        rows = data_rows()
        keys = [line.key for line in read_ledger(make_csv(rows), "a.csv").lines]
        other = [line.key for line in read_ledger(make_xlsx(rows), "a.xlsx").lines]
        self.assertEqual(keys, other)


class TestLedgerFiles(LedgerCase):
    def test_encodings_and_delimiters(self):
        rows = data_rows()
        expected = read_ledger(make_csv(rows), "a.csv")
        self.assertEqual(len(expected.lines), 10)
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
            for delimiter in ",;\t":
                with self.subTest(encoding=encoding, delimiter=delimiter):
                    content = make_csv(rows, encoding, delimiter)
                    self.assertEqual(read_ledger(content, "台账.CSV"), expected)

    def test_xlsx_reads_as_csv(self):
        rows = data_rows()
        for row in rows[2:]:
            row[0] = float(row[0]) if row[0] else ""
        self.assertEqual(
            read_ledger(make_xlsx(rows), "a.xlsx"),
            read_ledger(DATA.read_bytes(), "a.csv"),
        )

    def test_merged_cells_stand_for_each_row_and_empty_ones_for_none(self):
        rows = [
            ["序号", "领域", "任务组", "任务内容", "牵头单位"],
            [1, "", "", "甲", "甲科"],
            [2, "", "", "乙", "乙科"],
            [3, "", "", "丙", "丙科"],
        ]
        content = make_xlsx(rows, merge=[(1, 1, 2, 1, "底座"), (2, 2, 3, 2, "网络")])
        self.assertEqual(
            [(line.area, line.group) for line in read_ledger(content, "a.xlsx").lines],
            [("底座", ""), ("底座", "网络"), ("", "网络")],
        )

    def test_merged_heading_of_two_rows(self):
        rows = [
            ["2026年重点任务分解表"],
            ["", "", "", "", ""],
            ["", "", "牵头单位", "配合单位", ""],
            [1, "抓教研", "甲科", "乙科", "6月底前"],
        ]
        content = make_xlsx(
            rows,
            merge=[
                (1, 0, 2, 0, "序号"),
                (1, 1, 2, 1, "任务内容"),
                (1, 2, 1, 3, "责任单位"),
                (1, 4, 2, 4, "时限"),
            ],
        )
        (line,) = read_ledger(content, "a.xlsx").lines
        self.assertEqual((line.lead_unit, line.assisting_units), ("甲科", ("乙科",)))
        self.assertEqual(line.date_deadline, date(2026, 6, 30))

    def test_dates_read_as_they_are_shown(self):
        rows = [
            ["任务", "完成时限"],
            ["甲", (datetime(2026, 6, 1), 'yyyy"年"m"月"')],
            ["乙", (datetime(2026, 6, 1), "yyyy-mm-dd")],
            ["丙", 2026.6],
            ["丁", 2026],
        ]
        lines = read_ledger(make_xlsx(rows), "a.xlsx").lines
        self.assertEqual(
            [(line.deadline_text, line.date_deadline) for line in lines],
            [
                ("2026年6月", date(2026, 6, 30)),
                ("2026-06-01", date(2026, 6, 1)),
                ("2026.6", date(2026, 6, 30)),
                ("2026", date(2026, 12, 31)),
            ],
        )

    def test_first_visible_sheet_with_a_heading_is_read(self):
        def table(text):
            return [["任务", "责任单位"], [text, "甲科"]]

        content = make_xlsx(
            table("隐藏"), [["填表说明"]], table("二"), table("三"), hidden={0}
        )
        self.assertEqual([x.text for x in read_ledger(content, "a.xlsx").lines], ["二"])

    def test_refused(self):
        for name in ("a.csv", "a.xlsx", "a.exe"):
            self.assertRefused("empty", b"", name)
        self.assertRefused("empty", b" \r\n,,\r\n", "a.csv")
        self.assertRefused("empty", make_xlsx([]), "a.xlsx")
        self.assertRefused("unsupported", b"abc", "a.xls")
        self.assertRefused("unsupported", b"abc", "")
        self.assertRefused("unsupported", OLE_SIGNATURE + bytes(900), "a.xlsx")
        self.assertRefused("encrypted", OLE_SIGNATURE + OLE_ENCRYPTED_PART, "a.xlsx")
        self.assertRefused("broken", b"plain text", "a.xlsx")
        self.assertRefused("broken", b"\x00\x01\x02" * 99, "a.csv")
        self.assertRefused("broken", ("a" * 200_000).encode(), "a.csv")
        good = make_xlsx(data_rows())
        self.assertRefused("broken", good[: len(good) // 2], "a.xlsx")
        self.assertRefused("no_heading", "甲,乙\n丙,丁".encode(), "a.csv")
        self.assertRefused("no_heading", make_xlsx([["甲", "乙"]]), "a.xlsx")
        self.assertRefused("no_heading", "牵头单位,完成时限\n甲,乙".encode(), "a.csv")

    def test_too_large(self):
        with patch.object(ledger_tools, "_csv_sheets", side_effect=AssertionError):
            self.assertRefused("too_large", bytes(50 * 1024 * 1024), "a.csv")
        rows = [HEADINGS, *([str(n), f"任务{n}", "甲科", "", "长期"] for n in range(6))]
        with patch.object(ledger_tools, "MAX_LINES", 5):
            self.assertRefused("too_large", make_csv(rows), "a.csv")
            self.assertRefused("too_large", make_xlsx(rows), "a.xlsx")
            self.assertEqual(len(self.read_rows(*rows[:6]).lines), 5)
        with patch.object(ledger_tools, "MAX_ROWS", 5):
            self.assertRefused("too_large", make_csv(rows), "a.csv")
            self.assertRefused("too_large", make_xlsx(rows), "a.xlsx")

    def test_archive_that_unpacks_without_end(self):
        stream = io.BytesIO(make_xlsx(data_rows()))
        with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/bomb.xml", bytes(65 * 1024 * 1024))
        self.assertRefused("too_large", stream.getvalue(), "a.xlsx")

    def test_row_far_below_costs_nothing(self):
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, HEADINGS)
            sheet.write_row(1, 0, [1, "甲", "甲科", "", "长期"])
            sheet.write_string(1_048_575, 0, " ")
        self.assertEqual(len(read_ledger(stream.getvalue(), "a.xlsx").lines), 1)

    def test_mutations_raise_nothing_else(self):
        rng = random.Random(20260104)
        files = {"a.csv": DATA.read_bytes(), "a.xlsx": make_xlsx(data_rows())}
        with zipfile.ZipFile(io.BytesIO(files["a.xlsx"])) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        for number in range(300):
            name = ("a.csv", "a.xlsx", "parts.xlsx")[number % 3]
            if name in files:
                content = bytearray(files[name])
                for _change in range(rng.randint(1, 20)):
                    content[rng.randrange(len(content))] = rng.randrange(256)
            else:
                changed = dict(parts)
                part = rng.choice([key for key in parts if key.startswith("xl/")])
                text = bytearray(changed[part])
                for _change in range(rng.randint(1, 5)):
                    text[rng.randrange(len(text))] = rng.randrange(32, 127)
                changed[part] = bytes(text)
                stream = io.BytesIO()
                with zipfile.ZipFile(stream, "w") as archive:
                    for key, value in changed.items():
                        archive.writestr(key, value)
                content = stream.getvalue()
            try:
                read_ledger(bytes(content), name)
            except LedgerError as error:
                self.assertIn(
                    error.code, ("broken", "no_heading", "too_large", "empty")
                )
