# Part of Office Functions. See LICENSE file for full copyright and licensing details.
import io
import random
import zipfile
import zlib
from datetime import date
from pathlib import Path
from unittest.mock import patch

import weasyprint
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PyPDF2 import PdfReader, PdfWriter

from odoo.tests import BaseCase, tagged

from odoo.addons.office_functions.tools import decision_text
from odoo.addons.office_functions.tools.decision_text import (
    MAX_TITLE_LENGTH,
    Deadline,
    DecisionTextError,
    extract_text,
    heading_columns,
    heading_field,
    parse_deadline,
    parse_responsibility,
    split_tasks,
    split_units,
)

DATA = Path(__file__).parent / "data"
# Documents as published; kept beside a checkout, not in it.
PUBLISHED = Path(__file__).parents[2].parent / "shared" / "data" / "real"

MEASURE_UNITS = [
    ("（一）", "市教委信息中心", ("市财政局", "市通信管理局")),
    ("（二）", "市教委信息中心", ("市大数据局", "各区、县（市）政府")),
    ("（三）", "市教委安全处", ("市委网信办", "市公安局")),
    ("（四）", "市教育科学研究院", ("市电化教育馆",)),
    ("（五）", "市教委基础教育处", ("市市场监管局（市知识产权局）",)),
    ("（六）", "市教委财务处", ("市科技局",)),
    ("（七）", "市教委教师工作处", ("市人力社保局",)),
    ("（八）", "市教委基础教育处", ("市教育科学研究院", "各中小学校")),
    ("（九）", "市教委基础教育处", ("市民政局", "市残联")),
    ("（十）", "市教委办公室", ("各区、县（市）政府",)),
    ("（十一）", "市财政局", ("市教委财务处",)),
    ("（十二）", "市政府教育督导室", ()),
]


def read(name):
    """Return a text of the test data."""
    return (DATA / name).read_text(encoding="utf-8")


def numbers(tasks):
    """Return the numbers of tasks."""
    return [task.number for task in tasks]


def named(tasks):
    """Return number, lead and assisting units of tasks."""
    return [(task.number, task.lead_unit, task.assisting_units) for task in tasks]


def only(text):
    """Return the one task of a text."""
    (task,) = split_tasks(text)
    return task


def make_pdf(paragraphs, style=""):
    """Return a PDF set like an official document: 28 characters a line, —1— below."""
    page = """
        @page { size: A4; margin: 37mm 26mm 35mm 28mm;
                @bottom-right { content: "—" counter(page) "—"; font-size: 14pt } }
        body { font: 16pt/28pt serif; text-align: justify }
        p { margin: 0; text-indent: 2em }
    """
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<html lang='zh'><style>{page}{style}</style><body>{body}</body></html>"
    return weasyprint.HTML(string=html).write_pdf()


def make_docx(*fill):
    """Return a DOCX that the given functions have filled."""
    document = Document()
    for function in fill:
        function(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def raw_pdf(*objects):
    """Return a PDF of the given numbered objects; the first is the catalog."""
    content = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n"
    ) % (len(objects) + 1, table, len(objects) + 1, len(content))


def raw_stream(data, entries=b""):
    """Return a stream object."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


@tagged("office_decision_text")
class DecisionTextCase(BaseCase):
    def assertRefused(self, code, content, filename):
        """Check that a file is refused with a code and words that help."""
        with self.assertRaises(DecisionTextError) as caught:
            extract_text(content, filename)
        self.assertEqual(caught.exception.code, code)
        self.assertIsInstance(caught.exception, ValueError)
        self.assertRegex(str(caught.exception), r"^[A-Z].*\.$")


class TestExtractPlainText(DecisionTextCase):
    def test_encodings(self):
        text = "一、重点任务\n（一）推进双减。"
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"):
            with self.subTest(encoding=encoding):
                self.assertEqual(extract_text(text.encode(encoding), "a.TXT"), text)
        self.assertEqual(extract_text(text.encode("utf-16-be"), "a.txt"), text)

    def test_characters_become_plain_and_punctuation_stays(self):
        text = extract_text(
            "⼤⼒推进⻓江⻋间：ＡＩ１２３，（甲）\uf900；\u200b乙\xad丙".encode(),
            "a.txt",
        )
        self.assertEqual(text, "大力推进长江车间：AI123，（甲）豈；乙丙")

    def test_spaces(self):
        for written, expected in (
            ("２０２６ 年 ６ 月 底前", "2026年6月底前"),
            ("责 任 单 位：省 教 育 厅", "责任单位：省教育厅"),
            ("牵头单位：甲局  配合单位：乙局", "牵头单位：甲局 配合单位：乙局"),
            ("使用 AI 工具和 deep learning", "使用AI工具和deep learning"),
            ("　　（一） 推进　双减工作", "（一）推进 双减工作"),
        ):
            with self.subTest(written=written):
                self.assertEqual(extract_text(written.encode(), "a.txt"), expected)

    def test_markdown(self):
        text = "## 一、重点任务\n\n### （一）**抓教学**\n\n- 责任单位：教研室\n"
        self.assertEqual(
            extract_text(text.encode(), "a.md"),
            "一、重点任务\n（一）抓教学\n责任单位：教研室",
        )

    def test_lines_broken_by_the_page_are_joined(self):
        paragraphs = extract_text((DATA / "decision_layout.txt").read_bytes(), "a.txt")
        for paragraph in read("decision.txt").splitlines()[20:-1]:
            self.assertIn(paragraph, paragraphs.splitlines())

    def test_page_furniture_is_dropped(self):
        first, second, third = (
            f"{number}要推进各项工作，按照统一部署分步实施，形成合力，确保落地见效"
            for number in "甲乙丙"
        )
        for number in ("—１—", "- 2 -", "— 10 —", "第3页 共10页", "3/10", "—2\n—"):
            with self.subTest(number=number):
                text = f"{first}\n{second}\n{number}\n\f{third}。"
                self.assertEqual(
                    extract_text(text.encode(), "a.txt"), f"{first}{second}{third}。"
                )

    def test_bare_page_numbers_are_known_by_counting(self):
        text = "（一）甲项。落实乙\n1\n项，推进丙\n2\n项。"
        self.assertEqual(
            extract_text(text.encode(), "a.txt"), "（一）甲项。落实乙项，推进丙项。"
        )

    def test_table_of_contents_is_dropped(self):
        text = "目录\n一、总体要求…………1\n一、总体要求\n正文。"
        self.assertEqual(
            extract_text(text.encode(), "a.txt"), "目录\n一、总体要求\n正文。"
        )

    def test_refused(self):
        self.assertRefused("empty", b"", "a.txt")
        self.assertRefused("empty", b" \n\t\n", "a.txt")
        self.assertRefused("broken", b"\x00\x01\x02\x03" * 50, "a.txt")
        self.assertRefused("broken", b"\xff\xff\xff\xff\x81", "a.txt")
        self.assertRefused("unsupported", b"abc", "a.exe")
        self.assertRefused("unsupported", b"abc", "a.doc")
        self.assertRefused("unsupported", b"abc", "a")
        self.assertRefused("unsupported", b"abc", "")

    def test_50_mb_is_refused_unopened(self):
        content = b"%PDF-1.4\n" + bytes(50 * 1024 * 1024)
        with patch.object(decision_text, "_READERS", {}):
            for name in ("a.pdf", "a.docx", "a.txt", "a.exe"):
                self.assertRefused("too_large", content, name)

    def test_long_text_is_refused(self):
        with patch.object(decision_text, "MAX_TEXT_LENGTH", 10):
            self.assertRefused("too_large", b"12345678901", "a.txt")
            with self.assertRaises(DecisionTextError) as caught:
                split_tasks("（一）" * 10)
        self.assertEqual(caught.exception.code, "too_large")


class TestExtractPdf(DecisionTextCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paragraphs = read("decision.txt").splitlines()
        cls.pdf = make_pdf(cls.paragraphs)
        cls.small_pdf = make_pdf(["（一）推进双减。（责任单位：甲局）"])

    def test_paragraphs_are_whole(self):
        self.assertGreater(len(PdfReader(io.BytesIO(self.pdf)).pages), 2)
        lines = extract_text(self.pdf, "决定.PDF").splitlines()
        body = self.paragraphs[9:]
        self.assertEqual(lines[-len(body) :], [p.replace(" ", "") for p in body])

    def test_tasks(self):
        tasks = split_tasks(extract_text(self.pdf, "a.pdf"))
        self.assertEqual(tasks, split_tasks(read("decision.txt")))

    def test_running_header_and_watermark_are_dropped(self):
        style = """
            @page { @top-center { content: "江州市数字化措施" } }
            body::before { content: "内部资料"; position: fixed; top: 10cm; left: 6cm;
                           transform: rotate(-45deg); font-size: 40pt }
        """
        text = extract_text(make_pdf(self.paragraphs, style), "a.pdf")
        self.assertNotIn("内部资料", text)
        self.assertLessEqual(text.count("江州市数字化措施"), 1)
        self.assertEqual(split_tasks(text), split_tasks(read("decision.txt")))

    def test_scanned(self):
        picture = make_pdf(["<div style='width: 9cm; height: 9cm; background: red'>"])
        style = "@page { @bottom-right { content: none } }"
        self.assertRefused("scanned", make_pdf(["<br>"], style), "a.pdf")
        self.assertRefused("scanned", picture, "a.pdf")

    def test_encrypted(self):
        for password, code in (("secret", "encrypted"), ("", None)):
            writer = PdfWriter()
            writer.append_pages_from_reader(PdfReader(io.BytesIO(self.small_pdf)))
            writer.encrypt(password, "owner")
            stream = io.BytesIO()
            writer.write(stream)
            if code:
                self.assertRefused(code, stream.getvalue(), "a.pdf")
            else:
                # Only changing it needs a password: everybody may read it.
                text = extract_text(stream.getvalue(), "a.pdf")
                self.assertEqual(text, "（一）推进双减。（责任单位：甲局）")

    def test_broken(self):
        self.assertRefused("broken", b"plain text", "a.pdf")
        self.assertRefused("broken", b"%PDF-1.7\n%%EOF", "a.pdf")
        # A part of the tasks must never pass for all of them.
        for part in (0.3, 0.6, 0.95):
            cut = self.pdf[: int(len(self.pdf) * part)]
            self.assertRefused("broken", cut, "a.pdf")

    def test_too_many_pages(self):
        with patch.object(decision_text, "MAX_PAGES", 2):
            self.assertRefused("too_large", self.pdf, "a.pdf")
        with patch.object(decision_text, "MAX_PAGE_CHARACTERS", 100):
            self.assertRefused("too_large", self.pdf, "a.pdf")

    def test_stream_that_unpacks_without_end(self):
        bomb = zlib.compress(bytes(101 * 1024 * 1024))
        pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
        catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
        stream = raw_stream(bomb, b"/Filter /FlateDecode")
        self.assertRefused("too_large", raw_pdf(catalog, pages, page, stream), "a.pdf")
        # Pictures are never unpacked: a page of them is scanned, not too large.
        picture = raw_stream(bomb, b"/Subtype /Image /Filter /FlateDecode")
        empty = raw_pdf(catalog, pages, page, raw_stream(b""), picture)
        self.assertRefused("scanned", empty, "a.pdf")

    def test_forms_that_draw_one_another_without_end(self):
        """Thirty forms of which each draws the next ten times: 10³⁰ drawings."""
        catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
        pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
        page = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R"
            b" /Resources << /XObject << /F 5 0 R >> >> >>"
        )
        entries = (
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
            b" /Resources << /XObject << /F %d 0 R >> >>"
        )
        draw = b"/F Do " * 10
        forms = [raw_stream(draw, entries % number) for number in range(6, 36)]
        hostile = raw_pdf(catalog, pages, page, raw_stream(draw), *forms)
        with patch.object(decision_text, "MAX_SECONDS", 0.5):
            self.assertRefused("too_large", hostile, "a.pdf")

    def test_mutations_raise_nothing_else(self):
        rng = random.Random(20260101)
        good = 0
        for _number in range(200):
            content = bytearray(self.small_pdf)
            for _change in range(rng.randint(1, 30)):
                place = rng.randrange(len(content))
                content[place] = rng.randrange(256)
            try:
                good += bool(extract_text(bytes(content), "a.pdf"))
            except DecisionTextError as error:
                self.assertIn(error.code, ("broken", "scanned", "encrypted"))
        self.assertLess(good, 200)


class TestExtractDocx(DecisionTextCase):
    @staticmethod
    def fill_text(document):
        document.add_paragraph("一、重点任务")
        document.add_paragraph("（一）推进双减。")
        table = document.add_table(rows=2, cols=3)
        for cell, text in zip(table.rows[0].cells, "甲乙丙", strict=True):
            cell.text = text
        table.cell(1, 0).text = "1\n2"
        document.add_paragraph("（二）建设平台。")

    @staticmethod
    def add_numbering(document, levels, override=""):
        """Add list number 90 with the given (format, wording) levels."""
        xml = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
            f'<w:lvlText w:val="{wording}"/></w:lvl>'
            for level, (style, wording) in enumerate(levels)
        )
        root = document.part.numbering_part.element
        root.insert(
            0,
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{xml}'
                "</w:abstractNum>"
            ),
        )
        for number, inner in ((90, ""), (91, override)):
            root.append(
                parse_xml(
                    f'<w:num {nsdecls("w")} w:numId="{number}">'
                    f'<w:abstractNumId w:val="90"/>{inner}</w:num>'
                )
            )

    @staticmethod
    def add_numbered(document, text, level, number=90):
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/>'
                f'<w:numId w:val="{number}"/></w:numPr>'
            )
        )

    def fill_numbered(self, document):
        restart = (
            '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride>'
        )
        self.add_numbering(
            document,
            [
                ("chineseCountingThousand", "%1、"),
                ("chineseCounting", "（%2）"),
                ("decimal", "%3."),
                ("bullet", ""),
            ],
            restart,
        )
        add = self.add_numbered
        add(document, "重点任务", 0)
        for index in range(12):
            add(document, f"第{index}项。做好工作。（责任单位：甲局）", 1)
        add(document, "细目。", 2)
        add(document, "说明", 3)
        add(document, "保障措施", 0)
        add(document, "加强领导。成立专班。", 1)
        add(document, "重新编号。", 1, number=91)

    def test_paragraphs_and_tables_in_order(self):
        self.assertEqual(
            extract_text(make_docx(self.fill_text), "a.docx"),
            "一、重点任务\n（一）推进双减。\n甲\t乙\t丙\n1 2\t\t\n（二）建设平台。",
        )

    def test_same_tasks_as_plain_text(self):
        text = read("decision.txt")
        content = make_docx(
            lambda document: list(map(document.add_paragraph, text.splitlines()))
        )
        self.assertEqual(
            split_tasks(extract_text(content, "a.docx")), split_tasks(text)
        )

    def test_automatic_numbers_are_written_out(self):
        lines = extract_text(make_docx(self.fill_numbered), "a.docx").splitlines()
        starts = [
            "一、重点",
            "（一）第0",
            "（二）第1",
            "（十二）第11",
            "1.细目",
            "说明",
        ]
        starts += ["二、保障", "（一）加强", "（一）重新"]
        for start in starts:
            self.assertTrue(any(line.startswith(start) for line in lines), start)
        self.assertEqual(len(lines), 18)

    def test_number_of_a_style(self):
        def fill(document):
            self.add_numbering(document, [("chineseCounting", "%1、")])
            document.styles["Heading 1"].element.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="90"/></w:numPr>')
            )
            document.add_heading("总体要求", 1)
            document.add_heading("重点任务", 1)

        self.assertEqual(
            extract_text(make_docx(fill), "a.docx"), "一、总体要求\n二、重点任务"
        )

    def test_merged_cells_repeat_and_layout_tables_flow(self):
        def fill(document):
            table = document.add_table(rows=3, cols=3)
            for cell, text in zip(
                table.rows[0].cells, ("任务", "责任单位", "时限"), strict=True
            ):
                cell.text = text
            table.cell(1, 0).text = "甲项"
            table.cell(1, 0).merge(table.cell(2, 0))
            layout = document.add_table(rows=1, cols=1)
            layout.cell(0, 0).text = "（一）推进双减。\n（二）建设平台。"

        self.assertEqual(
            extract_text(make_docx(fill), "a.docx"),
            "任务\t责任单位\t时限\n甲项\t\t\n甲项\t\t\n（一）推进双减。\n（二）建设平台。",
        )

    def test_deleted_text_is_left_out(self):
        def fill(document):
            paragraph = document.add_paragraph("（一）保留。")
            paragraph._p.append(
                parse_xml(f"<w:del {nsdecls('w')}><w:r><w:t>删除</w:t></w:r></w:del>")
            )
            paragraph._p.append(
                parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>新增</w:t></w:r></w:ins>")
            )

        self.assertEqual(extract_text(make_docx(fill), "a.docx"), "（一）保留。新增")

    def test_refused(self):
        good = make_docx(self.fill_text)
        self.assertRefused("scanned", make_docx(), "a.docx")
        self.assertRefused("broken", b"plain text", "a.docx")
        self.assertRefused("broken", good[: len(good) // 2], "a.docx")
        old_office = decision_text.OLE_SIGNATURE + bytes(1000)
        self.assertRefused("unsupported", old_office, "a.docx")
        self.assertRefused(
            "encrypted", old_office + decision_text.OLE_ENCRYPTED_PART, "a.docx"
        )
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("hello.txt", "not a document")
        self.assertRefused("broken", stream.getvalue(), "a.docx")

    def test_archive_that_unpacks_without_end(self):
        stream = io.BytesIO(make_docx(self.fill_text))
        with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/bomb.xml", bytes(101 * 1024 * 1024))
        self.assertLess(len(stream.getvalue()), 1024 * 1024)
        self.assertRefused("too_large", stream.getvalue(), "a.docx")

    def test_mutations_raise_nothing_else(self):
        rng = random.Random(20260102)
        original = make_docx(self.fill_text, self.fill_numbered)
        with zipfile.ZipFile(io.BytesIO(original)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        for number in range(200):
            if number % 2:
                content = bytearray(original)
                for _change in range(rng.randint(1, 20)):
                    content[rng.randrange(len(content))] = rng.randrange(256)
            else:
                # Inside the parts, where the checksums of the archive do not see it.
                changed = dict(parts)
                name = rng.choice(["word/document.xml", "word/numbering.xml"])
                part = bytearray(changed[name])
                for _change in range(rng.randint(1, 5)):
                    part[rng.randrange(len(part))] = rng.randrange(32, 127)
                changed[name] = bytes(part)
                stream = io.BytesIO()
                with zipfile.ZipFile(stream, "w") as archive:
                    for key, value in changed.items():
                        archive.writestr(key, value)
                content = stream.getvalue()
            try:
                extract_text(bytes(content), "a.docx")
            except DecisionTextError as error:
                self.assertIn(error.code, ("broken", "too_large", "encrypted"))


class TestSplitTasks(DecisionTextCase):
    def test_measures_of_a_decision(self):
        tasks = split_tasks(read("decision.txt"))
        self.assertEqual(named(tasks), MEASURE_UNITS)
        first = tasks[0]
        self.assertEqual(first.title, "升级校园网络")
        self.assertEqual(first.section, "二、夯实数字底座")
        self.assertTrue(first.text.startswith("升级校园网络。分批更新"))
        self.assertTrue(first.text.endswith("学校的改造。"))
        self.assertEqual(
            first.responsibility_text,
            "责任单位：市教委信息中心、市财政局、市通信管理局。"
            "列第一位的为牵头单位，下同",
        )
        self.assertEqual(tasks[-1].text.splitlines(), [tasks[-1].text])
        self.assertEqual(tasks[-1].section, "五、保障措施")

    def test_deadlines_of_a_decision(self):
        self.assertEqual(
            {
                task.number: (
                    task.deadline_text,
                    task.date_deadline,
                    task.is_long_running,
                )
                for task in split_tasks(read("decision.txt"))
                if task.deadline_text
            },
            {
                "（一）": ("2026年9月底前", date(2026, 9, 30), False),
                "（三）": ("长期坚持", None, True),
                "（四）": ("2026年12月底前", date(2026, 12, 31), False),
                "（六）": ("2026年第三季度", date(2026, 9, 30), False),
            },
        )

    def test_layout_of_pages_does_not_matter(self):
        expected = split_tasks(read("decision.txt"))
        layout = read("decision_layout.txt")
        stripped = [line.strip() for line in layout.replace("\f", "\n").splitlines()]
        self.assertEqual(split_tasks(layout), expected)
        self.assertEqual(split_tasks("\n".join(stripped)), expected)
        self.assertEqual(split_tasks("\r\n\r\n".join(stripped)), expected)
        self.assertEqual(split_tasks(extract_text(layout.encode(), "a.txt")), expected)

    def test_text_without_any_line_end(self):
        text = read("decision.txt")
        for separator in (" ", "　　"):
            tasks = split_tasks(separator.join(text.splitlines()))
            self.assertEqual(named(tasks), MEASURE_UNITS)

    def test_levels(self):
        for first, second in (
            ("一、", "二、"),
            ("（一）", "（二）"),
            ("(一)", "(二)"),
            ("1.", "2."),
            ("1．", "2．"),
            ("1、", "2、"),
            ("（1）", "（2）"),
            ("1）", "2）"),
            ("第一条", "第二条"),
            ("第十一条", "第十二条"),
        ):
            with self.subTest(first=first):
                tasks = split_tasks(f"{first}抓教学。\n{second} 抓安全。")
                self.assertEqual(numbers(tasks), [first, second])
                self.assertEqual([t.title for t in tasks], ["抓教学", "抓安全"])
        self.assertEqual(only("（１１） 甲").number, "（11）")

    def test_what_only_looks_like_a_number(self):
        for text in (
            "1.5亿元投资到位。",
            "2026.6.30开会。",
            "一、二年级学生不留书面作业。",
            "100家企业。",
            "一是抓教学；二是抓安全。",
            "第一，抓教学。",
        ):
            with self.subTest(text=text):
                self.assertEqual(split_tasks(text), [])
        self.assertEqual(only("1.2026年6月底前建成。").number, "1.")

    def test_number_that_wraps_to_a_new_line_is_no_measure(self):
        text = (
            "    （一）各区要按照上级的统一部署，对照《办法》第五条第\n"
            "（三）项的要求，逐校逐项开展自查自纠，建立整改台账，做\n"
            "到整改一项、销号一项，确保各项要求落地见效取得实效成果。\n"
            "    （二）加强督查，对整改不力的单位予以通报批评并限期整\n"
            "改到位。\n"
        )
        self.assertEqual(numbers(split_tasks(text)), ["（一）", "（二）"])

    def test_innermost_measures_are_the_tasks(self):
        text = (
            "一、提升质量\n（一）深化改革\n1.开齐课程。（责任单位：甲科）\n"
            "2.集体备课。（责任单位：乙科）\n（二）减轻负担。（责任单位：丙科）\n"
            "二、安全\n（1）排查隐患。（责任单位：丁科）"
        )
        self.assertEqual(
            [(t.section, t.number, t.lead_unit) for t in split_tasks(text)],
            [
                ("一、提升质量 / （一）深化改革", "1.", "甲科"),
                ("一、提升质量 / （一）深化改革", "2.", "乙科"),
                ("一、提升质量", "（二）", "丙科"),
                ("二、安全", "（1）", "丁科"),
            ],
        )

    def test_items_inherit_from_the_bracket_after_the_last(self):
        text = (
            "一、质量\n（一）改革\n1.甲。\n2.乙。\n"
            "3.丙。（责任单位：教研室、各学校；完成时限：2026年6月）\n4.丁。"
        )
        tasks = split_tasks(text)
        self.assertEqual(
            [(t.lead_unit, t.responsibility_inherited) for t in tasks],
            [("教研室", True), ("教研室", True), ("教研室", False), ("", False)],
        )
        self.assertEqual(tasks[0].date_deadline, date(2026, 6, 30))
        self.assertIn("教研室", tasks[0].responsibility_text)

    def test_items_inherit_from_the_heading(self):
        text = (
            "一、质量\n（一）减负（牵头单位：甲科；配合单位：乙科）\n"
            "1.控制作业。\n2.规范考试，6月底前完成。（责任单位：丙科）"
        )
        first, second = split_tasks(text)
        self.assertEqual(
            (first.lead_unit, first.assisting_units, first.responsibility_inherited),
            ("甲科", ("乙科",), True),
        )
        self.assertEqual(
            (second.lead_unit, second.assisting_units, second.responsibility_inherited),
            ("丙科", (), False),
        )

    def test_sections_share_only_units_on_a_line_of_their_own(self):
        own_line = "一、安全\n1.排查。\n2.整改。\n责任单位：甲科\n二、质量\n1.教研。"
        self.assertEqual(
            [task.lead_unit for task in split_tasks(own_line)], ["甲科", "甲科", ""]
        )
        bracket = "一、安全\n（一）排查。\n（二）整改。（责任单位：甲科）"
        self.assertEqual([t.lead_unit for t in split_tasks(bracket)], ["", "甲科"])

    def test_announced_list_belongs_to_its_measure(self):
        task = only(
            "（一）给予补助。符合下列条件之一的可以申请：\n（1）成立满3年；\n"
            "（2）在校生1000人以上。（责任单位：财务科）"
        )
        self.assertEqual(task.lead_unit, "财务科")
        self.assertEqual(task.text.count("\n"), 2)
        tasks = split_tasks("（一）推进改革。重点做好以下工作：\n1.甲。\n2.乙。")
        self.assertEqual(numbers(tasks), ["1.", "2."])

    def test_aims_are_no_tasks(self):
        for heading in (
            "发展目标",
            "总体要求",
            "指导思想和基本原则",
            "工作目标",
            "总体要求和主要目标",
        ):
            with self.subTest(heading=heading):
                text = (
                    f"一、{heading}\n（一）坚持甲。\n（二）坚持乙。\n二、任务\n1.丙。"
                )
                self.assertEqual(numbers(split_tasks(text)), ["1."])
        for heading in ("工作要求", "要求", "目标任务", "组织实施", "保障措施"):
            with self.subTest(heading=heading):
                text = f"一、{heading}\n1.高度重视。\n二、任务\n1.甲。"
                self.assertEqual(numbers(split_tasks(text)), ["1.", "1."])
        self.assertEqual(
            only("一、工作目标\n建成体系。（责任单位：甲局）").lead_unit, "甲局"
        )
        self.assertEqual(only("一、工作目标\n建成体系。").number, "一、")

    def test_articles(self):
        text = (
            "第一章 总则\n第一条 为加强管理，制定本办法。\n"
            "第二条 本办法适用于全区学校。\n第二章 职责\n"
            "第三条 学校应当建立台账。\n第四条 有下列情形之一的，予以通报：\n"
            "（一）迟报的；\n（二）漏报的。\n第五条 本办法自2026年1月1日起施行。"
        )
        tasks = split_tasks(text)
        self.assertEqual(numbers(tasks), ["第三条", "第四条"])
        self.assertEqual(tasks[0].section, "第二章 职责")
        self.assertIn("（二）漏报的", tasks[1].text)

    def test_measure_of_the_own_district_is_no_rule_about_itself(self):
        task = only("第三条 本区学校自2026年起由教研室统一组织实施监测。")
        self.assertEqual(task.number, "第三条")

    def test_end_of_document_is_no_part_of_the_last_measure(self):
        for end in (
            "附件：1.分工表\n2.名单",
            "江州市教育委员会\n2026年3月1日",
            "江州市教育委员会\n二〇二六年三月一日",
            "本意见自2026年4月1日起施行。",
            "抄送：市委办公室。",
            "各单位要高度重视，认真抓好落实。",
        ):
            with self.subTest(end=end):
                task = only(f"（一）推进双减。规范管理。（责任单位：甲局）\n{end}")
                self.assertEqual(task.text, "推进双减。规范管理。")

    def test_responsibility_as_officials_write_it(self):
        for written, lead, assisting in (
            (
                "（责任单位：甲局、乙局，丙委。列第一位的为牵头单位，下同）",
                "甲局",
                "乙局 丙委",
            ),
            ("（责任单位：甲局、乙局，排名第一的为牵头单位）", "甲局", "乙局"),
            ("（牵头单位：甲局；配合单位：乙局、丙委）", "甲局", "乙局 丙委"),
            ("(牵头单位:甲局;配合单位:乙局)", "甲局", "乙局"),
            ("【牵头单位：甲局；配合单位：乙局】", "甲局", "乙局"),
            ("\n牵头单位：甲局 配合单位：乙局、丙委", "甲局", "乙局 丙委"),
            ("\n牵头单位：甲局\n配合单位：乙局、丙委", "甲局", "乙局 丙委"),
            ("责任单位：甲局、乙局。", "甲局", "乙局"),
            ("\n责任科室：甲科\n责任领导：张三", "甲科", ""),
            ("\n责任单位：甲局、乙局。列第一位的为牵头单位，下同。", "甲局", "乙局"),
            ("\n完成时间：2026年6月 责任单位：甲局 责任人：张三", "甲局", ""),
            ("（责任单位：教育局 财政局）", "教育局", "财政局"),
            (
                "（甲局牵头，乙局等部门配合，2026年9月底前完成，长期坚持）",
                "甲局",
                "乙局",
            ),
            ("（责任领导：张三；责任部门：甲科；协办：乙科）", "甲科", "乙科"),
            ("（主办：甲科；协办：乙科）", "甲科", "乙科"),
            ("（承办单位：甲科；参与单位：乙科）", "甲科", "乙科"),
            ("（甲局牵头，乙局、丙委按职责分工负责）", "甲局", "乙局 丙委"),
            ("（甲局、乙局负责）", "甲局", "乙局"),
            ("（甲局会同乙局负责）", "甲局", "乙局"),
            ("（由甲局牵头）", "甲局", ""),
            ("（乙局、甲局（牵头））", "甲局", "乙局"),
            ("甲局、乙局按职责分工负责。", "甲局", "乙局"),
            ("由甲局牵头，乙局、丙委等配合。", "甲局", "乙局 丙委"),
            ("（甲局牵头，2026年6月底前完成）", "甲局", ""),
            ("（甲局、乙局）", "甲局", "乙局"),
            ("（责任单位：甲局、乙局", "甲局", "乙局"),
            ("（责任单位：甲局；完成时限：2026年6月底前）", "甲局", ""),
            ("（责任单位：甲局）（完成时限：2026年6月底前）", "甲局", ""),
        ):
            with self.subTest(written=written):
                task = only(f"（一）推进双减。规范管理。{written}")
                self.assertEqual(task.lead_unit, lead)
                self.assertEqual(task.assisting_units, tuple(assisting.split()))
                self.assertEqual(task.text, "推进双减。规范管理。")
                self.assertIn(lead, task.responsibility_text)

    def test_what_only_looks_like_responsibility(self):
        for text in (
            "建设平台（含数据中心）。开展检查（见附件）。",
            "由甲局牵头，建立由多部门参与的工作机制。",
            "对创新联合体牵头实施的项目给予补助。",
            "制定《三年计划（2025—2027年）》。",
            "明确每项工作由专人负责。",
            "加强领导：成立专班。",
        ):
            with self.subTest(text=text):
                task = only(f"（一）推进双减。{text}")
                self.assertEqual(task.lead_unit, "")
                self.assertEqual(task.deadline_text, "")
                self.assertEqual(task.text, f"推进双减。{text}")

    def test_sentence_that_names_units_and_work_stays_in_the_text(self):
        text = "推进双减。由甲局牵头，乙局配合，于2026年6月底前完成整改。"
        task = only(f"（一）{text}")
        self.assertEqual((task.lead_unit, task.assisting_units), ("甲局", ("乙局",)))
        self.assertEqual(task.text, text)
        self.assertEqual(task.date_deadline, date(2026, 6, 30))

    def test_labels_between_the_text(self):
        task = only(
            "（一）推进双减\n牵头单位：甲科\n工作内容：规范培训，提升服务。\n"
            "完成时限：6月底前\n工作目标：群众满意。"
        )
        self.assertEqual(
            task.text,
            "推进双减\n工作内容：规范培训，提升服务。\n工作目标：群众满意。",
        )
        self.assertEqual((task.lead_unit, task.deadline_text), ("甲科", "6月底前"))

    def test_deadline_is_only_what_is_called_one(self):
        for written, text, day in (
            ("2026年6月底前完成摸底。", "2026年6月底前", date(2026, 6, 30)),
            (
                "3月底前出台方案，2026年9月底前全部完成。",
                "2026年9月底前",
                date(2026, 9, 30),
            ),
            ("完成时限：2026年6月底前。", "2026年6月底前", date(2026, 6, 30)),
            ("（2026年6月底前完成）", "2026年6月底前", date(2026, 6, 30)),
            ("到2027年，培育100家。", "", None),
            ("到2027年底，普及率达到70%。", "", None),
            ("支持成立3年内完成转型的企业。", "", None),
        ):
            with self.subTest(written=written):
                task = only(f"（一）推进双减。{written}")
                self.assertEqual((task.deadline_text, task.date_deadline), (text, day))

    def test_year_of_the_document_completes_deadlines(self):
        measure = "（一）推进双减。（责任单位：甲科；完成时限：6月底前）"
        for head, day in (
            ("2026年工作要点任务分解\n", date(2026, 6, 30)),
            ("江教办〔2025〕12号\n", date(2025, 6, 30)),
            ("", None),
            ("三年行动方案（2025年—2027年）\n", None),
            ("三年行动方案（2025—2027年）\n", None),
        ):
            with self.subTest(head=head):
                self.assertEqual(only(head + measure).date_deadline, day)
        self.assertEqual(
            only(f"{measure}\n甲局\n2027年1月5日").date_deadline, date(2027, 6, 30)
        )

    def test_table_with_units_is_the_division(self):
        text = (
            "一、重点任务\n（一）推进双减。\n附表\n"
            "序号\t重点任务\t责任单位\t配合单位\t完成时限\n"
            "1\t规范培训\t甲科、乙科\t各学校\t2026年6月\n"
            "2\t提升服务\t丙科\t无\t长期\n"
        )
        first, second = split_tasks(text)
        self.assertEqual((first.number, first.text), ("1", "规范培训"))
        self.assertEqual(first.lead_unit, "甲科")
        self.assertEqual(first.assisting_units, ("乙科", "各学校"))
        self.assertEqual(first.date_deadline, date(2026, 6, 30))
        self.assertEqual((second.lead_unit, second.is_long_running), ("丙科", True))

    def test_table_without_units_stays_text(self):
        task = only("（一）做好统计。\n甲\t乙\t丙\n1\t2\t3")
        self.assertEqual(task.text, "做好统计。\n甲 乙 丙\n1 2 3")

    def test_titles(self):
        for text, title in (
            ("推进双减。规范培训。", "推进双减"),
            ("推进双减：规范培训。", "推进双减"),
            ("推进双减（责任单位：甲局）", "推进双减"),
            (f"{'甲' * 20}，{'乙' * 15}，{'丙' * 15}。", f"{'甲' * 20}，{'乙' * 15}"),
            ("甲" * 60 + "。", "甲" * (MAX_TITLE_LENGTH - 1) + "…"),
        ):
            with self.subTest(text=text):
                self.assertEqual(only(f"1.{text}").title, title)

    def test_text_without_tasks(self):
        for text in ("", "\n\f\n", "请认真贯彻落实。", "（", "）））", "\t\t\t"):
            self.assertEqual(split_tasks(text), [])

    def test_mutations_raise_nothing(self):
        rng = random.Random(20260103)
        text = read("decision_layout.txt")
        alphabet = (
            "（）()〔、，。；：\n\f\t 1一十条第责任单位牵头负责2026年月" + text[:50]
        )
        for _number in range(300):
            changed = list(text[rng.randrange(1000) : rng.randrange(1000, len(text))])
            for _change in range(rng.randint(1, 60)):
                changed[rng.randrange(len(changed))] = rng.choice(alphabet)
            for task in split_tasks("".join(changed)):
                self.assertTrue(task.number and task.text and task.title)

    def test_hostile_texts_take_no_long_time(self):
        """Each is 100,000 characters that once cost a square of their number."""
        for piece in (
            "（",
            "（）",
            "责任单位：",
            "县、",
            "负责",
            "。5.甲",
            ".",
            "1.甲\n",
        ):
            with self.subTest(piece=piece):
                split_tasks(piece * (100_000 // len(piece)))


class TestPublishedDecisions(DecisionTextCase):
    """The same two layouts in own words; the originals too where they are at hand."""

    def decisions(self, name, own_words):
        yield own_words
        path = PUBLISHED / name
        if path.exists():
            yield extract_text(path.read_bytes(), path.name)

    def test_every_measure_names_units(self):
        for text in self.decisions("zhengfa-2025-10.pdf", read("decision.txt")):
            tasks = split_tasks(text)
            self.assertIn(len(tasks), (12, 27))
            self.assertEqual(
                numbers(tasks),
                [f"（{decision_text._to_chinese(n + 1)}）" for n in range(len(tasks))],
            )
            for task in tasks:
                with self.subTest(task=task.number):
                    first = split_units(task.responsibility_text.partition("：")[2])
                    self.assertTrue(task.lead_unit)
                    self.assertFalse(task.responsibility_inherited)
                    self.assertNotIn("责任单位", task.text)
                    if task.responsibility_text.startswith("责任单位"):
                        self.assertEqual(task.lead_unit, first[0])

    def test_no_measure_names_units(self):
        own_words = (
            "一、总体要求\n到2027年，建成体系。\n二、重点任务\n"
            "（一）抓课程。开齐开足。\n（二）抓师资。加强培训。\n"
            "三、组织保障\n强化统筹推进，加大投入。"
        )
        for text in self.decisions("jiaoyuting-2025-29.pdf", own_words):
            tasks = split_tasks(text)
            self.assertIn(len(tasks), (3, 10))
            self.assertEqual(numbers(tasks)[:2], ["（一）", "（二）"])
            self.assertEqual(numbers(tasks)[-1], "三、")
            self.assertEqual({task.lead_unit for task in tasks}, {""})
            self.assertEqual({task.deadline_text for task in tasks}, {""})


class TestUnits(DecisionTextCase):
    def test_split_units(self):
        for text, units in (
            (
                "省教育厅、省财政厅，省科技厅；省民政厅",
                "省教育厅 省财政厅 省科技厅 省民政厅",
            ),
            (
                "省市场监管局（省知识产权局）、省数据局",
                "省市场监管局（省知识产权局） 省数据局",
            ),
            ("教育局（基教科、体卫科）、各学校", "教育局（基教科、体卫科） 各学校"),
            ("省教育厅，各市、县（市、区）政府", "省教育厅 各市、县（市、区）政府"),
            ("各市、县〔市、区〕政府", "各市、县〔市、区〕政府"),
            ("各市、县（市、区）人民政府、有关单位", "各市、县（市、区）人民政府"),
            ("各区、县（市）、各高校", "各区、县（市） 各高校"),
            ("各县、市、区政府", "各县、市、区政府"),
            ("各区、县教育局、市教科院", "各区、县教育局 市教科院"),
            ("各镇、街道、区教育局", "各镇、街道 区教育局"),
            ("各设区市政府、各县（市、区）政府", "各设区市政府 各县（市、区）政府"),
            ("杭州市、宁波市政府", "杭州市 宁波市政府"),
            ("省委网信办、之江实验室等", "省委网信办 之江实验室"),
            ("省教育厅等有关部门", "省教育厅"),
            ("省教育厅等5个部门", "省教育厅"),
            ("省教育厅、省财政厅等单位按职责分工负责", "省教育厅 省财政厅"),
            ("省教育厅、省级有关部门", "省教育厅 省级有关部门"),
            ("省级有关部门按职责分工负责", "省级有关部门"),
            ("有关单位", "有关单位"),
            ("省教育厅和省财政厅", "省教育厅 省财政厅"),
            ("区教育和体育局及各学校", "区教育和体育局 各学校"),
            ("省文化广电和旅游厅", "省文化广电和旅游厅"),
            ("办公室 教务处\n总务处", "办公室 教务处 总务处"),
            ("省发展改\n革委", "省发展改革委"),
            ("和平区教育局、河西区教育局", "和平区教育局 河西区教育局"),
            ("基教科/体卫科", "基教科 体卫科"),
            ("甲局、乙局、甲局", "甲局 乙局"),
            ("省市场监管局（省知识产权局", "省市场监管局（省知识产权局"),
            ("无", ""),
            ("—", ""),
            ("/", ""),
            ("N/A", ""),
            ("", ""),
        ):
            with self.subTest(text=text):
                self.assertEqual(split_units(text), units.split())

    def test_parse_responsibility(self):
        for text, lead, assisting, deadline in (
            ("责任单位：甲局，2026年6月底前完成", "甲局", "", "2026年6月底前"),
            ("甲局2026年6月底前完成", "甲局", "", "2026年6月底前"),
            ("牵头部门：甲局；责任部门：乙局；配合部门：丙局", "甲局", "乙局 丙局", ""),
            ("配合单位：乙局", "", "乙局", ""),
            ("乙局负责，甲局牵头", "甲局", "乙局", ""),
            ("牵头（责任）单位：甲局；参与单位：乙局", "甲局", "乙局", ""),
            ("责任单位及责任人：甲局", "甲局", "", ""),
            ("责任部门：甲局，长期坚持", "甲局", "", "长期坚持"),
            ("", "", "", ""),
        ):
            with self.subTest(text=text):
                found = parse_responsibility(text)
                self.assertEqual(found.lead_unit, lead)
                self.assertEqual(found.assisting_units, tuple(assisting.split()))
                self.assertEqual(found.deadline_text, deadline)
                self.assertEqual(bool(found), bool(lead or assisting))

    def test_headings(self):
        for heading, name in (
            ("序 号", "number"),
            ("领域", "area"),
            ("任务组", "group"),
            ("类别", "group"),
            ("任务内容", "text"),
            ("具体措施", "text"),
            ("重点任务", "title"),
            ("督办事项", "title"),
            ("工作目标", "goal"),
            ("办理要求", "goal"),
            ("牵头单位", "lead_unit"),
            ("主办单位（部门）", "lead_unit"),
            ("责任单位及责任人", "responsible_units"),
            ("责任科室", "responsible_units"),
            ("协办单位", "assisting_units"),
            ("责任人", "responsible_person"),
            ("责任领导", "responsible_leader"),
            ("办结时限", "deadline"),
            ("时限要求", "deadline"),
            ("完成时间：", "deadline"),
            ("文号/依据", "reference"),
            ("联系电话号码", ""),
            ("", ""),
        ):
            with self.subTest(heading=heading):
                self.assertEqual(heading_field(heading), name)
        self.assertEqual(heading_columns(["2026年重点任务", ""]), {})
        self.assertEqual(
            heading_columns(["重点任务", "责任单位"]),
            {"text": 0, "responsible_units": 1},
        )


class TestDeadlines(DecisionTextCase):
    def test_dates(self):
        today = date(2026, 3, 1)
        for text, day in (
            ("2026年12月", "2026-12-31"),
            ("2026年12月底前", "2026-12-31"),
            ("2026年6月30日前", "2026-06-30"),
            ("2026年6月15日", "2026-06-15"),
            ("2026年", "2026-12-31"),
            ("2026年底", "2026-12-31"),
            ("2026年年底前", "2026-12-31"),
            ("2026年全年", "2026-12-31"),
            ("2026年上半年", "2026-06-30"),
            ("2026年下半年", "2026-12-31"),
            ("2026年第三季度", "2026-09-30"),
            ("2026年Q3", "2026-09-30"),
            ("三季度末", "2026-09-30"),
            ("2026年6月上旬", "2026-06-10"),
            ("2026年6月中旬", "2026-06-20"),
            ("2026年6月下旬", "2026-06-30"),
            ("2028年2月", "2028-02-29"),
            ("2026-06-30", "2026-06-30"),
            ("2026/6/30", "2026-06-30"),
            ("2026.6.30", "2026-06-30"),
            ("2026.6", "2026-06-30"),
            ("20260630", "2026-06-30"),
            ("2026-06-30 00:00:00", "2026-06-30"),
            ("２０２６年 ６ 月底前", "2026-06-30"),
            ("二〇二六年十二月三十一日", "2026-12-31"),
            ("26年6月底", "2026-06-30"),
            ("2026年3月至6月", "2026-06-30"),
            ("2026年3—6月", "2026-06-30"),
            ("2026.6-12", "2026-12-31"),
            ("2026年3月1日至30日", "2026-03-30"),
            ("2025-2027年", "2027-12-31"),
            ("2025年12月—2026年3月", "2026-03-31"),
            ("2026年3月启动，12月底前完成", "2026-12-31"),
            ("6月底前", "2026-06-30"),
            ("年底前", "2026-12-31"),
            ("本年度内", "2026-12-31"),
        ):
            with self.subTest(text=text):
                self.assertEqual(
                    parse_deadline(text, today=today),
                    Deadline(date.fromisoformat(day), False),
                )

    def test_no_date(self):
        for text in (
            "",
            "待定",
            "尽快",
            "2026年6月31日",
            "2026年13月",
            "2026年春季学期",
            "2026年初",
            "印发之日起30日内",
            "2026年1月1日起3个月内",
            "2年内",
        ):
            with self.subTest(text=text):
                self.assertEqual(
                    parse_deadline(text, today=date(2026, 3, 1)), Deadline(None, False)
                )

    def test_no_year_is_guessed(self):
        for text in ("6月底前", "三季度末", "年底前", "12月31日"):
            with self.subTest(text=text):
                self.assertEqual(parse_deadline(text), Deadline(None, False))

    def test_long_running(self):
        for text, day in (
            ("长期", None),
            ("长期坚持", None),
            ("持续推进", None),
            ("常态化", None),
            ("每季度", None),
            ("2026年6月持续跟踪", date(2026, 6, 30)),
            ("2026年6月底前，并长期坚持", date(2026, 6, 30)),
        ):
            with self.subTest(text=text):
                self.assertEqual(parse_deadline(text), Deadline(day, True))
        self.assertEqual(parse_deadline("每年12月底前"), Deadline(None, True))
        self.assertEqual(
            parse_deadline("每年12月底前", today=date(2026, 3, 1)),
            Deadline(date(2026, 12, 31), True),
        )
