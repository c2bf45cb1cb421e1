# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""F7 and F7b on paper, measured: positions are read from the PDF itself.

Numbers of GB/T 9704-2012, in millimetres. Ink is looked at in a picture of the page,
where a figure is about what the eye sees (top of the red mark, the rules).
"""

import io
import subprocess
from collections import defaultdict

from docx import Document
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar
from PIL import Image

from odoo import fields
from odoo.exceptions import UserError

from ..tools.transition import permit
from .common import OfficeCase
from .test_document_outgoing import OutgoingFixture
from .test_paper import POINT, pdf_sizes, pdf_text

DPI = 200
TOP, RIGHT, BOTTOM, LEFT = 37, 26, 35, 28
SENTENCE = "教育是国之大计党之大计必须坚持社会主义办学方向落实立德树人根本任务"


def walk(item):
    if isinstance(item, LTChar):
        yield item
    elif hasattr(item, "__iter__"):
        for child in item:
            yield from walk(child)


class Page:
    """Characters and ink of one page; millimetres from its top left corner."""

    def __init__(self, layout, picture):
        self.chars = [
            (
                char.get_text(),
                char.matrix[4] * POINT,
                297 - char.matrix[5] * POINT,
                char.x1 * POINT,
                char.size,
                char.fontname,
            )
            for char in walk(layout)
        ]
        self.picture = picture.convert("RGB")

    def lines(self):
        """Return baseline → text with left and right edge and size, from the top."""
        found = defaultdict(list)
        for char in self.chars:
            found[round(char[2], 1)].append(char)
        return [
            (
                baseline,
                "".join(char[0] for char in sorted(chars, key=lambda c: c[1])),
                min(char[1] for char in chars),
                max(char[3] for char in chars),
                max(char[4] for char in chars),
            )
            for baseline, chars in sorted(found.items())
        ]

    def line(self, text):
        return next(line for line in self.lines() if text in line[1])

    def ink(self, match, left=0, right=210):
        """Return the rows with ink of a colour, as (top, bottom, left, right) runs."""
        unit = 25.4 / DPI
        width, height = self.picture.size
        pixels = self.picture.load()
        runs = []
        start, edges = None, None
        for y in range(height + 1):
            xs = y < height and [
                x
                for x in range(int(left / unit), min(width, int(right / unit)))
                if match(*pixels[x, y])
            ]
            if xs:
                if start is None:
                    start, edges = y, [xs[0], xs[-1]]
                edges = [min(edges[0], xs[0]), max(edges[1], xs[-1])]
            elif start is not None:
                runs.append(
                    (start * unit, y * unit, edges[0] * unit, (edges[1] + 1) * unit)
                )
                start = None
        return runs


def red(r, g, b):
    return r > 200 and g < 120 and b < 120


def black(r, g, b):
    return r < 110 and g < 110 and b < 110


def read_pages(pdf):
    pictures = []
    process = subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-png", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    for part in process.stdout.split(b"\x89PNG")[1:]:
        pictures.append(Image.open(io.BytesIO(b"\x89PNG" + part)))
    layouts = list(extract_pages(io.BytesIO(pdf)))
    return [Page(*pair) for pair in zip(layouts, pictures, strict=True)]


class SealedFixture(OutgoingFixture):
    def make_issued(self, **vals):
        """Return a document that was sealed before it was dispatched."""
        document = self.make("sealing", **vals)
        self.walk(document, document._get_transition("issue"))
        return document


class TestOfficialDocument(SealedFixture, OfficeCase):
    """The red-headed document, the letter and the minutes."""

    def render(self, **vals):
        vals = {
            "mark": "江滨区教育委员会文件",
            "organ": "江滨区教育委员会",
            "body": f"<p>{SENTENCE * 3}。</p>" * 16,
            "main_text": "各学校",
            "copy_organs": "区政府办公室",
            "note_text": "此件公开发布",
            "annex_names": "检查表\n名单",
            **vals,
        }
        document = self.make_issued(**vals)
        report = self.env["ir.actions.report"]
        pdf, kind = report._render_qweb_pdf(
            "office_functions.report_f7b_document", document.ids
        )
        self.assertEqual(kind, "pdf")
        return document, pdf, read_pages(pdf)

    def test_red_headed_document(self):
        document, pdf, pages = self.render(urgency="urgent")
        self.assertGreaterEqual(len(pages), 3)
        self.assertEqual(set(pdf_sizes(pdf)), {(210, 297)})
        first = pages[0]
        self.check_head(first, document)
        self.check_title(first)
        self.check_body(pages)
        self.check_end(pages[-1], document)
        self.check_page_numbers(pages)

    def check_head(self, page, document):
        mark, rule = page.ink(red)
        self.assertAlmostEqual(mark[0], TOP + 35, delta=1)
        self.assertAlmostEqual((mark[2] + mark[3]) / 2, 106, delta=1)
        number = page.line("〔2026〕")
        self.assertIn(document.number, number[1])
        pitch = 28.95 * POINT
        self.assertAlmostEqual(number[0] - mark[1], 3 * pitch, delta=pitch / 2)
        self.assertAlmostEqual((number[2] + number[3]) / 2, 106, delta=1)
        bottom = number[0] + 0.12 * 16 * POINT
        self.assertAlmostEqual(rule[0] - bottom, 4, delta=0.5)
        self.assertAlmostEqual(rule[3] - rule[2], 156, delta=0.3)
        self.assertAlmostEqual(rule[2], LEFT, delta=0.2)
        urgency = page.line("加急")
        self.assertAlmostEqual(urgency[2], LEFT, delta=0.3)
        self.assertLess(urgency[0], TOP + pitch)

    def check_title(self, page):
        rule = page.ink(red)[-1]
        title = page.line("关于做好校舍检查工作的通知")
        self.assertAlmostEqual(title[4], 22, delta=0.1)
        self.assertAlmostEqual((title[2] + title[3]) / 2, 106, delta=1)
        pitch = 28.95 * POINT
        self.assertAlmostEqual(title[0] - rule[1], 3 * pitch, delta=pitch / 2)
        main = page.line("各学校：")
        self.assertAlmostEqual(main[2], LEFT, delta=0.3)
        self.assertAlmostEqual(main[0] - title[0], 2 * pitch, delta=1)

    def check_body(self, pages):
        full = [line for line in pages[1].lines() if line[4] > 15.9]
        self.assertEqual(len(full), 22, "lines of a full page")
        gaps = [b[0] - a[0] for a, b in zip(full, full[1:], strict=False)]
        for gap in gaps:
            self.assertAlmostEqual(gap, 28.95 * POINT, delta=0.15)
        longest = max(len(line[1]) for line in full)
        self.assertEqual(longest, 28, "characters of a full line")
        self.assertAlmostEqual(min(line[2] for line in full), LEFT, delta=0.2)
        self.assertAlmostEqual(max(line[3] for line in full), 210 - RIGHT, delta=0.4)
        ink = pages[1].ink(black)
        self.assertGreaterEqual(ink[0][0], TOP)
        self.assertLess(ink[0][0], TOP + 4)
        type_area = [run for run in ink if run[1] < 297 - BOTTOM + 3]
        self.assertLessEqual(type_area[-1][1], 297 - BOTTOM)
        begin = pages[0].line(SENTENCE[:10])
        self.assertAlmostEqual(begin[2] - LEFT, 2 * 15.79 * POINT, delta=0.3)

    def check_end(self, page, document):
        day = page.line("2026年3月10日")
        character = 15.79 * POINT
        self.assertAlmostEqual(210 - RIGHT - day[3], 4 * character, delta=0.6)
        organ = next(line for line in page.lines() if line[1] == "江滨区教育委员会")
        middle = (organ[2] + organ[3]) / 2
        self.assertAlmostEqual(middle, (day[2] + day[3]) / 2, delta=0.5)
        self.assertLess(organ[0], day[0])
        self.assertTrue(page.line("（印章）"))
        note = page.line("（此件公开发布）")
        self.assertAlmostEqual(note[2] - LEFT, 2 * character, delta=0.4)
        annex = page.line("附件：1.检查表")
        self.assertAlmostEqual(annex[2] - LEFT, 2 * character, delta=0.4)
        second = page.line("2.名单")
        self.assertAlmostEqual(second[2] - annex[2], 3 * character, delta=0.4)
        self.check_foot(page)

    def check_foot(self, page):
        rules = [
            run
            for run in page.ink(black)
            if run[3] - run[2] > 150 and run[1] - run[0] < 1
        ]
        self.assertEqual(len(rules), 3)
        self.assertAlmostEqual(rules[-1][1], 297 - BOTTOM, delta=0.5)
        for rule in rules:
            self.assertAlmostEqual(rule[3] - rule[2], 156, delta=0.4)
        thick = [run[1] - run[0] for run in rules]
        self.assertGreater(thick[0], thick[1])
        copies = page.line("抄送：区政府办公室。")
        self.assertAlmostEqual(copies[2] - LEFT, 14 * POINT, delta=0.3)
        self.assertAlmostEqual(copies[4], 14, delta=0.1)
        printed = page.line("印发")
        self.assertIn("2026年3月10日印发", printed[1])
        self.assertAlmostEqual(210 - RIGHT - printed[3], 14 * POINT, delta=0.4)

    def check_page_numbers(self, pages):
        for number, page in enumerate(pages, 1):
            foot = page.lines()[-1]
            self.assertEqual(foot[1].replace(" ", ""), f"—{number}—")
            self.assertAlmostEqual(foot[4], 14, delta=0.1)
            dash = page.ink(black)[-1]
            strip = page.ink(black, dash[2], dash[2] + 3)[-1]
            self.assertAlmostEqual(strip[0], 297 - BOTTOM + 7, delta=0.6)
            if number % 2:
                self.assertAlmostEqual(210 - RIGHT - foot[3], 14 * POINT, delta=0.5)
            else:
                self.assertAlmostEqual(foot[2] - LEFT, 14 * POINT, delta=0.5)

    def test_upward_document_names_the_signer(self):
        _document, _pdf, pages = self.render(
            document_type="request",
            is_single_matter=True,
            main_organs="区人民政府",
            contact_name="何静",
            contact_phone="12345678",
            note_text=False,
        )
        number = pages[0].line("〔2026〕")
        self.assertIn("签发人：Test Leader", number[1].replace("\xa0", " "))
        character = 15.79 * POINT
        self.assertAlmostEqual(number[2] - LEFT, character, delta=0.4)
        self.assertAlmostEqual(210 - RIGHT - number[3], character, delta=0.5)
        self.assertTrue(pages[-1].line("（联系人：何静，联系电话：12345678）"))

    def test_r_doc_2_number_of_the_copy_and_urgency_stand_top_left(self):
        document, _pdf, pages = self.render(copy_number="12", urgency="urgent")
        number, urgency = pages[0].line("000012"), pages[0].line("加急")
        self.assertLess(number[0], urgency[0])
        for line in (number, urgency):
            self.assertAlmostEqual(line[2], LEFT, delta=0.5)
        file = io.BytesIO()
        document._write_docx(file)
        words = [line.text for line in Document(file).paragraphs]
        place = words.index("000012")
        self.assertEqual([words[place], words[place + 1]], ["000012", "加急"])

    def test_without_seal(self):
        """The longer of organ and date ends two characters from the right."""
        for organ in ("江滨区教育委员会办公室", "区教委"):
            document = self.make("issued", organ=organ)
            self.assertFalse(document.with_seal)
            pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
                "office_functions.report_f7b_document", document.ids
            )
            page = read_pages(pdf)[-1]
            name = next(line for line in page.lines() if line[1] == organ)
            day = page.line("2026年3月10日")
            end = 210 - RIGHT - max(name[3], day[3])
            with self.subTest(organ=organ):
                self.assertAlmostEqual(end, 2 * 15.79 * POINT, delta=0.6)
                self.assertAlmostEqual(day[2] - name[2], 2 * 15.79 * POINT, delta=0.6)
                self.assertNotIn("印章", pdf_text(pdf))

    def test_letter(self):
        document, _pdf, pages = self.render(
            document_type="letter", mark="江滨区教育委员会", main_organs="区财政局"
        )
        self.assertEqual(document.form, "letter")
        first = pages[0]
        mark, *rules = first.ink(red)
        self.assertAlmostEqual(mark[0], 30, delta=1)
        self.assertEqual(len(rules), 4, "two double rules")
        above, below = rules[:2], rules[2:]
        self.assertAlmostEqual(above[0][0] - mark[1], 4, delta=1)
        self.assertGreater(above[0][1] - above[0][0], above[1][1] - above[1][0])
        self.assertLess(below[0][1] - below[0][0], below[1][1] - below[1][0])
        self.assertAlmostEqual(297 - below[1][1], 20, delta=0.6)
        for rule in rules:
            self.assertAlmostEqual(rule[3] - rule[2], 170, delta=0.5)
            self.assertAlmostEqual((rule[2] + rule[3]) / 2, 105, delta=1.2)
        number = first.line("〔2026〕")
        self.assertAlmostEqual(number[3], 210 - RIGHT, delta=0.5)
        self.assertNotIn("—1—", [line[1].replace(" ", "") for line in first.lines()])
        self.assertEqual(pages[1].lines()[-1][1].replace(" ", ""), "—2—")

    def test_minutes_and_order(self):
        for kind, top in (("minutes", 35), ("order", 20)):
            with self.subTest(kind=kind):
                _document, _pdf, pages = self.render(
                    document_type=kind, mark="江滨区教育委员会", body="<p>纪要。</p>"
                )
                mark = pages[0].ink(red)[0]
                self.assertAlmostEqual(mark[0], TOP + top, delta=1)

    def test_levels_have_their_letters(self):
        _document, _pdf, pages = self.render(
            body="<p>一、目标</p><p>（一）检查。逐校进行。</p><p>1.报表</p>"
        )
        fonts = {}
        for text in ("一、目标", "逐校进行"):
            line = pages[0].line(text)
            chars = [c for c in pages[0].chars if round(c[2], 1) == line[0]]
            fonts[text] = {char[5] for char in chars if char[0] in text}
        self.assertRegex(next(iter(fonts["一、目标"])), "Sans|Hei")
        self.assertNotRegex(next(iter(fonts["逐校进行"])), "Sans|Hei")

    def test_secret_papers_are_not_printed(self):
        document = self.model.create(
            {
                **self.sample_vals(),
                "body": False,
                "secrecy_level": "secret",
                "original_location": "Safe",
            }
        )
        for call in (document.action_print, document.action_export_docx):
            with self.assertRaisesRegex(UserError, "strictly forbidden"):
                call()


class TestDraftSheet(SealedFixture, OfficeCase):
    """F7 发文稿纸: every step with who made it and when."""

    def test_r_doc_7_the_sheet_is_filed_with_the_document(self):
        document, running = self.make_issued(), self.make_issued()
        with permit(document, "archived"):
            document.state = "archived"
        with self.enter_registry_test_mode():
            self.env.ref(
                "office_functions.ir_cron_freeze_sheets"
            ).method_direct_trigger()
        self.env.invalidate_all()
        files = self.env["ir.attachment"].search(
            [
                ("res_model", "=", document._name),
                ("res_id", "in", (document | running).ids),
                ("res_field", "=", False),
            ]
        )
        self.assertEqual(files.mapped("name"), [f"发文稿纸 {document.number}.pdf"])
        self.assertEqual(files.res_id, document.id)
        self.assertIn(document.name, pdf_text(files.raw))
        self.assertTrue(document.is_sheet_frozen)

    def test_r_doc_7_what_is_not_filed_in_time_is_an_omission(self):
        document = self.make_issued()
        for day, late in (("2027-06-30", False), ("2027-07-01", True)):
            self.to_day(fields.Date.to_date(day))
            found = self.model.search(self.model._get_not_filed_domain())
            with self.subTest(day=day):
                self.assertEqual(document in found, late)
        checks = {check.code for check in self.env["office.omission"]._get_omissions()}
        self.assertIn("outgoing_not_filed", checks)

    def test_f7_shows_every_step(self):
        document = self.make_issued(disclosure="none", disclosure_reason="内部事项")
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "office_functions.report_f7_draft_sheet", document.ids
        )
        text = pdf_text(pdf)
        for words in (
            document.number,
            "非密",
            "平件",
            "不予公开（理由：内部事项）",
            document.name,
            "各学校",
            "TestLeader",
            "Testwalk",
            "20份，批准人：TestLeader",
            "校对",
            "核发日期：2026年3月10日",
        ):
            self.assertIn(words, text)
        self.assertEqual(len(pdf_sizes(pdf)), 1)
