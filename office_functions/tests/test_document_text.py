# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import doctest
import io

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from odoo.tests import BaseCase

from ..tools import document_layout, document_text
from ..tools.document_docx import write_docx
from ..tools.document_layout import Layout
from ..tools.document_text import (
    Block,
    break_title,
    digest,
    find_persons,
    find_requests,
    has_blanks,
    read_blocks,
)


class TestDocumentText(BaseCase):
    """The words of a document, without a database."""

    def test_examples_of_the_docstrings(self):
        for module in (document_text, document_layout):
            result = doctest.testmod(module)
            self.assertTrue(result.attempted)
            self.assertFalse(result.failed)

    def test_levels(self):
        body = """<p>为做好工作，提出如下意见。</p><p>一、总体目标</p>
            <p>（一）打好基础。各单位要落实。</p><p>1.按时上报。及时反馈。</p>
            <p>（1）表格</p><p>2.5亿元用于校舍。</p>"""
        self.assertEqual(
            read_blocks(body),
            [
                Block(0, "", "为做好工作，提出如下意见。"),
                Block(1, "一、总体目标", ""),
                Block(2, "（一）打好基础。", "各单位要落实。"),
                Block(3, "1.按时上报。", "及时反馈。"),
                Block(4, "（1）表格", ""),
                Block(0, "", "2.5亿元用于校舍。"),
            ],
        )

    def test_what_an_editor_makes(self):
        body = """<div>第一行<br>第二&nbsp;行</div><ol><li>甲</li><li><p>乙</p></li></ol>
            <ul><li>丙</li></ul><p><b>一、</b><i>目标</i></p><p>　　缩进</p><p><br></p>
            <!-- note --><table><tr><th>校名</th><td>人数</td></tr></table>尾"""
        blocks = read_blocks(body)
        self.assertEqual(
            [block.head + block.text for block in blocks],
            [
                "第一行",
                "第二 行",
                "1.甲",
                "2.",
                "乙",
                "丙",
                "一、目标",
                "缩进",
                "",
                "尾",
            ],
        )
        self.assertEqual(blocks[-2].rows, (("校名", "人数"),))
        for nothing in (None, False, "", " ", "<p><br></p>"):
            self.assertEqual(read_blocks(nothing), [])

    def test_substance(self):
        signed = digest("关于检查的通知", "<p>请于3月底前完成。</p>")
        same = ("关于检查的通知", "<div>请于3月底前<b>完成</b>！</div>")
        self.assertEqual(digest(*same), signed)
        for changed in ("<p>请于4月底前完成。</p>", "<p>请于3月底前全部完成。</p>", ""):
            self.assertNotEqual(digest("关于检查的通知", changed), signed)
        self.assertNotEqual(digest("甲乙", "丙"), digest("甲", "乙丙"))

    def test_requests_in_a_report(self):
        self.assertEqual(find_requests("<p>妥否，请批示。</p>"), ["妥否", "请批示"])
        self.assertEqual(find_requests("<p>现将情况报告如下。</p>"), [])

    def test_persons(self):
        self.assertEqual(
            find_persons("区政府、王建国区长，刘平同志"), ["王建国区长", "刘平同志"]
        )
        self.assertEqual(find_persons("区财政局；各中小学"), [])

    def test_blanks(self):
        self.assertTrue(has_blanks("<p>根据××××，</p>"))
        self.assertFalse(has_blanks("<p>3×4米</p>"))

    def test_title_is_broken_evenly(self):
        title = "江滨区教育委员会关于进一步做好义务教育阶段学校课后服务工作的通知"
        lines = break_title(title)
        self.assertEqual("".join(lines), title)
        self.assertEqual(len(lines), 2)
        self.assertLessEqual(abs(len(lines[0]) - len(lines[1])), 3)
        for line in break_title(
            "关于印发《" + "很" * 14 + "》《" + "长" * 18 + "》的通知"
        ):
            self.assertNotIn(line[0], "》）、的")
            self.assertNotIn(line[-1], "《（")
            self.assertLessEqual(len(line), 22)
        self.assertEqual(break_title(""), [])


class TestDocumentDocx(BaseCase):
    """The DOCX file, read back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.layout = Layout(
            mark="江滨区教育委员会文件",
            number="江教发〔2026〕12号",
            urgency="特急",
            title=["江滨区教育委员会关于做好", "校舍检查工作的通知"],
            main="各学校",
            blocks=read_blocks(
                "<p>现通知如下：</p><p>一、目标</p><p>（一）检查。逐校进行。</p>"
                "<p>1.报表</p><p>（1）封面</p>"
                "<table><tr><td>校名</td><td>栋数</td></tr></table>"
            ),
            annexes=["检查表", "名单"],
            organ="江滨区教育委员会",
            day="2026年3月10日",
            note="此件公开发布",
            copies_to="区政府办公室",
            printed_by="江滨区教育委员会办公室",
            printed_on="2026年3月11日",
        )

    def read_back(self, **changes):
        file = io.BytesIO()
        write_docx(Layout(**{**vars(self.layout), **changes}), file)
        return Document(io.BytesIO(file.getvalue()))

    def find(self, document, text):
        return next(p for p in document.paragraphs if text in p.text)

    def font(self, run):
        return run.element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt

    def test_page(self):
        section = self.read_back().sections[0]
        found = [
            round(length.mm, 1)
            for length in (
                section.page_width,
                section.page_height,
                section.top_margin,
                section.right_margin,
                section.bottom_margin,
                section.left_margin,
            )
        ]
        self.assertEqual(found, [210, 297, 37, 26, 35, 28])
        grid = section._sectPr.find(qn("w:docGrid"))
        self.assertEqual(grid.get(qn("w:type")), "linesAndChars")
        pitch = int(grid.get(qn("w:linePitch"))) / 20
        self.assertEqual(int(225 / 25.4 * 72 // pitch), 22)
        character = 16 + int(grid.get(qn("w:charSpace"))) / 4096
        self.assertEqual(round(156 / 25.4 * 72 / character, 2), 28)

    def test_red_head(self):
        document = self.read_back()
        mark = self.find(document, "教育委员会文件")
        self.assertEqual(str(mark.runs[0].font.color.rgb), "FF0000")
        self.assertEqual(self.font(mark.runs[0])[0], "方正小标宋简体")
        before = mark.paragraph_format.space_before
        self.assertAlmostEqual(before.mm, 35 - Mm(0).mm - 28.95 / 72 * 25.4, places=1)
        number = self.find(document, "〔2026〕12号")
        line = number._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
        self.assertEqual(line.get(qn("w:color")), "FF0000")
        self.assertEqual(document.paragraphs[0].text, "特急")

    def test_upward_documents_name_the_signer(self):
        number = self.find(self.read_back(signers="周明远"), "签发人：")
        self.assertEqual(self.font(number.runs[-1]), ("楷体", 16.0))
        self.assertEqual(number.runs[-1].text, "周明远")

    def test_text(self):
        document = self.read_back()
        title = self.find(document, "关于做好")
        self.assertEqual(self.font(title.runs[0]), ("方正小标宋简体", 22.0))
        self.assertTrue(self.find(document, "各学校："))
        for text, style, font in (
            ("一、目标", "Heading 1", "黑体"),
            ("（一）检查。", "Heading 2", "楷体"),
            ("1.报表", "Heading 3", "仿宋"),
            ("（1）封面", "Heading 4", "仿宋"),
            ("现通知如下", "Normal", "仿宋"),
        ):
            paragraph = self.find(document, text)
            with self.subTest(text=text):
                self.assertEqual(paragraph.style.name, style)
                self.assertEqual(self.font(paragraph.runs[0]), (font, 16.0))
                indent = paragraph.paragraph_format.first_line_indent.pt
                self.assertAlmostEqual(indent, 31.6, delta=0.1)
        mixed = self.find(document, "（一）检查。")
        self.assertEqual(self.font(mixed.runs[1])[0], "仿宋")
        self.assertEqual(document.tables[0].rows[0].cells[1].text, "栋数")
        texts = [paragraph.text for paragraph in document.paragraphs]
        self.assertIn("附件：1. 检查表", texts)
        self.assertIn("　　　2. 名单", texts)
        self.assertIn("（此件公开发布）", texts)

    def test_signature(self):
        sealed = self.read_back()
        day = self.find(sealed, "2026年3月10日").paragraph_format
        self.assertAlmostEqual(day.right_indent.pt, 4 * 15.79, delta=0.1)
        for organ, ends in (("江滨区教育委员会办公室", 2), ("区教委", 7.5)):
            unsealed = self.read_back(with_seal=False, organ=organ)
            line = next(p for p in unsealed.paragraphs if p.text == organ)
            indent = line.paragraph_format.right_indent.pt
            with self.subTest(organ=organ):
                self.assertAlmostEqual(indent, ends * 15.79, delta=0.1)

    def test_foot_and_page_numbers(self):
        document = self.read_back()
        foot = document.tables[-1]
        self.assertEqual(foot.rows[0].cells[0].text, "抄送：区政府办公室。")
        self.assertEqual(foot.rows[1].cells[0].text, "江滨区教育委员会办公室")
        self.assertEqual(foot.rows[1].cells[1].text, "2026年3月11日印发")
        place = foot._tbl.tblPr.find(qn("w:tblpPr"))
        self.assertEqual(place.get(qn("w:tblpYSpec")), "bottom")
        borders = foot._tbl.tblPr.find(qn("w:tblBorders"))
        sizes = {line.tag.split("}")[1]: line.get(qn("w:sz")) for line in borders}
        self.assertEqual(sizes, {"top": "8", "bottom": "8", "insideH": "6"})
        section = document.sections[0]
        self.assertTrue(document.settings.odd_and_even_pages_header_footer)
        odd, even = section.footer, section.even_page_footer
        self.assertEqual(
            (odd.paragraphs[0].alignment, even.paragraphs[0].alignment), (2, 0)
        )
        self.assertIn("PAGE", odd.paragraphs[0]._p.xml)
        letter = self.read_back(form="letter", copies_to="")
        self.assertEqual(len(letter.tables), 1, "only the table of the text")
