# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The gate reads files made here, each with one thing hidden in it (R-OGI-1)."""

import io
import zipfile

import docx
import openpyxl
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl.comments import Comment
from PIL import Image
from PyPDF2 import PdfReader, PdfWriter
from PyPDF2.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from odoo.tests import BaseCase, tagged

from ..tools.disclosure_check import examine, get_kind
from ..tools.personal_data import find_personal_data


def save(document):
    """Return a document of python-docx or openpyxl as bytes, nobody named in it."""
    file = io.BytesIO()
    if hasattr(document, "core_properties"):
        for name in ("author", "last_modified_by", "comments", "subject", "keywords"):
            setattr(document.core_properties, name, "")
    else:
        document.properties.creator = None
        document.properties.lastModifiedBy = None
    document.save(file)
    return drop_thumbnail(file)


def drop_thumbnail(file):
    """Return a package without the picture that the template has of itself."""
    slim = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(slim, "w") as new:
        for name in old.namelist():
            if "thumbnail" not in name:
                new.writestr(name, old.read(name))
    return slim.getvalue()


def make_docx(*paragraphs):
    document = docx.Document()
    for text in paragraphs or ("A plan for everybody.",):
        document.add_paragraph(text)
    return document


def make_book():
    book = openpyxl.Workbook()
    book.active.title = "Open"
    for row in ([1, 2, 3], [4, 5, 6], [7, 8, 9]):
        book.active.append(row)
    return book


def add_parts(content, **parts):
    """Return a package with further parts; ``__`` stands for a slash, ``_`` a dot."""
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), part)
    return file.getvalue()


def draw(*steps):
    """Return a PDF of one page on which some functions draw."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setKeywords("")
    canvas.drawString(100, 700, "Everybody may read this")
    for step in steps:
        step(canvas)
    canvas.showPage()
    canvas.save()
    reader = PdfReader(io.BytesIO(file.getvalue()))
    writer = PdfWriter()
    writer.add_page(reader.pages[0])
    return write_pdf(writer)


def write_pdf(writer):
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def make_picture(kind="JPEG", **options):
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, kind, **options)
    return file.getvalue()


class GateCase(BaseCase):
    def assertFinds(self, name, content, *codes):
        found = examine(name, content)
        self.assertEqual({finding.code for finding in found}, set(codes), found)
        return {finding.code: finding for finding in found}


@tagged("office_service")
class TestDisclosureOffice(GateCase):
    """What a DOCX or XLSX hides is found and named."""

    def test_clean_files_pass(self):
        self.assertFinds("plan.docx", save(make_docx()))
        self.assertFinds("list.xlsx", save(make_book()))

    def test_hidden_sheet(self):
        for state in ("hidden", "veryHidden"):
            book = make_book()
            book.create_sheet("Wages").sheet_state = state
            found = self.assertFinds("list.xlsx", save(book), "hidden_sheet")
            self.assertEqual(found["hidden_sheet"].place, "Wages")
            self.assertTrue(found["hidden_sheet"].is_blocking)

    def test_hidden_rows_and_columns(self):
        book = make_book()
        book.active.row_dimensions[2].hidden = True
        book.active.column_dimensions["C"].hidden = True
        found = self.assertFinds("a.xlsx", save(book), "hidden_row", "hidden_column")
        self.assertEqual(found["hidden_row"].place, "Open 2")
        self.assertEqual(found["hidden_column"].place, "Open 3–3")

    def test_cells_that_show_nothing(self):
        book = make_book()
        book.active["B2"].number_format = ";;;"
        found = self.assertFinds("a.xlsx", save(book), "hidden_text")
        self.assertEqual(found["hidden_text"].place, "Open B2")

    def test_comments(self):
        book = make_book()
        book.active["A1"].comment = Comment("Ask Wang first", "")
        self.assertFinds("a.xlsx", save(book), "comment")
        document = make_docx()
        document.add_comment(document.paragraphs[0].runs, "Too frank", "", "")
        found = self.assertFinds("a.docx", save(document), "comment")
        self.assertIn("Too frank", found["comment"].place)

    def test_tracked_changes(self):
        document = make_docx()
        deleted = parse_xml(
            f'<w:del {nsdecls("w")} w:id="1" w:author="W"><w:r><w:delText>the mayor'
            "</w:delText></w:r></w:del>"
        )
        document.paragraphs[0]._p.append(deleted)
        found = self.assertFinds("a.docx", save(document), "tracked_change")
        self.assertEqual(found["tracked_change"].place, "the mayor")
        document = make_docx()
        change = parse_xml(f'<w:rPr {nsdecls("w")}><w:rPrChange w:id="2"/></w:rPr>')
        document.paragraphs[0].runs[0]._r.insert(0, change)
        self.assertFinds("a.docx", save(document), "tracked_change")

    def test_hidden_text(self):
        document = make_docx("Seen", "Not seen")
        document.paragraphs[1].runs[0].font.hidden = True
        found = self.assertFinds("a.docx", save(document), "hidden_text")
        self.assertEqual(found["hidden_text"].place, "Not seen")
        document.paragraphs[1].runs[0].font.hidden = False
        self.assertFinds("a.docx", save(document))

    def test_text_hidden_by_its_style_or_colour(self):
        document = make_docx("Seen")
        style = document.styles.add_style("Ghost", 1)
        style.font.hidden = True
        self.assertFinds("a.docx", save(document))
        document.add_paragraph("Not seen", style="Ghost")
        self.assertFinds("a.docx", save(document), "hidden_text")
        document = make_docx("White on white")
        run = document.paragraphs[0].runs[0]
        run.font.color.rgb = docx.shared.RGBColor(255, 255, 255)
        self.assertFinds("a.docx", save(document), "hidden_text")
        shade = OxmlElement("w:shd")
        shade.set(qn("w:fill"), "000000")
        run._r.get_or_add_rPr().append(shade)
        self.assertFinds("a.docx", save(document))

    def test_properties_are_named_and_may_be_accepted(self):
        document = make_docx()
        content = save(document)
        document.core_properties.author = "Wang Qiang"
        file = io.BytesIO()
        document.save(file)
        found = self.assertFinds("a.docx", drop_thumbnail(file), "properties")
        self.assertIn("Wang Qiang", found["properties"].place)
        self.assertFalse(found["properties"].is_blocking)
        self.assertFinds("a.docx", content)

    def test_macros_and_embedded_objects(self):
        content = save(make_docx())
        self.assertFinds(
            "a.docx", add_parts(content, word__vbaProject_bin=b"x"), "macro"
        )
        self.assertFinds(
            "a.docx", add_parts(content, word__embeddings__o_bin=b"x"), "embedded"
        )
        content = add_parts(
            save(make_book()), xl__pivotCache__pivotCacheRecords1_xml=b"<a/>"
        )
        self.assertFinds("a.xlsx", content, "cached_data")

    def test_link_to_a_file_of_the_house(self):
        link = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            'relationships"><Relationship Id="r1" TargetMode="External" Type="http://'
            "schemas.openxmlformats.org/officeDocument/2006/relationships/attached"
            'Template" Target="file:///D:/wang/secret.dotx"/></Relationships>'
        )
        content = io.BytesIO(save(make_docx()))
        with zipfile.ZipFile(content, "a") as archive:
            archive.writestr("word/_rels/settings.xml.rels", link)
        found = self.assertFinds("a.docx", content.getvalue(), "external_link")
        self.assertIn("secret.dotx", found["external_link"].place)

    def test_personal_data_in_any_cell(self):
        book = make_book()
        book.active["D4"] = 13812345678
        book.active["D5"] = "11010519491231002X"
        found = self.assertFinds("a.xlsx", save(book), "personal")
        self.assertEqual(
            set(found["personal"].place.split(", ")),
            {"138****5678", "110*************2X"},
        )
        document = make_docx("Ask 13812345678")
        self.assertFinds("a.docx", save(document), "personal")
        split = docx.Document()
        paragraph = split.add_paragraph("138")
        paragraph.add_run("12345678")
        self.assertFinds("a.docx", save(split), "personal")

    def test_picture_inside_with_its_position(self):
        document = make_docx()
        exif = Image.Exif()
        exif.get_ifd(0x8825)[1] = "N"
        document.add_picture(io.BytesIO(make_picture(exif=exif)))
        self.assertFinds("a.docx", save(document), "position")


@tagged("office_service")
class TestDisclosurePdf(GateCase):
    """What a PDF hides is found and named."""

    def test_clean_file_passes(self):
        def shade_below(canvas):
            canvas.setFillGray(0.9)
            canvas.rect(90, 600, 200, 40, stroke=0, fill=1)
            canvas.setFillGray(0)
            canvas.drawString(100, 610, "On a grey ground")

        def white_on_black(canvas):
            canvas.rect(90, 500, 200, 40, stroke=0, fill=1)
            canvas.setFillGray(1)
            canvas.drawString(100, 510, "White on black")

        self.assertFinds("a.pdf", draw(shade_below, white_on_black))

    def test_text_below_a_black_box(self):
        def blacken(canvas):
            canvas.drawString(100, 600, "Complainant Wang")
            canvas.rect(90, 595, 200, 20, stroke=0, fill=1)

        found = self.assertFinds("a.pdf", draw(blacken), "covered_text")
        self.assertIn("ComplainantWang", found["covered_text"].place.replace(" ", ""))
        self.assertTrue(found["covered_text"].is_blocking)

        def underline(canvas):
            canvas.drawString(100, 600, "Underlined")
            canvas.rect(90, 597, 200, 1, stroke=0, fill=1)

        self.assertFinds("a.pdf", draw(underline))

    def test_letters_nobody_sees(self):
        def invisible(canvas):
            text = canvas.beginText(100, 600)
            text.setTextRenderMode(3)
            text.textOut("Below a scan")
            canvas.drawText(text)

        def white(canvas):
            canvas.setFillGray(1)
            canvas.drawString(100, 600, "White on white")

        def outside(canvas):
            canvas.drawString(100, 2000, "Far above")

        self.assertFinds("a.pdf", draw(invisible), "hidden_text")
        self.assertFinds("a.pdf", draw(white), "hidden_text")
        self.assertFinds("a.pdf", draw(outside), "text_off_page")

    def edit(self, change):
        writer = PdfWriter()
        writer.add_page(PdfReader(io.BytesIO(draw())).pages[0])
        change(writer)
        return write_pdf(writer)

    def test_attachments_and_scripts(self):
        self.assertFinds(
            "a.pdf",
            self.edit(lambda writer: writer.add_attachment("w.txt", b"x")),
            "attachment",
        )
        self.assertFinds(
            "a.pdf", self.edit(lambda writer: writer.add_js("app.alert(1)")), "script"
        )

    def test_annotations(self):
        def annotate(subtype):
            def change(writer):
                mark = DictionaryObject(
                    {
                        NameObject("/Type"): NameObject("/Annot"),
                        NameObject("/Subtype"): NameObject(subtype),
                        NameObject("/Contents"): TextStringObject("Delete this"),
                        NameObject("/Rect"): ArrayObject(
                            FloatObject(n) for n in (10, 10, 50, 50)
                        ),
                    }
                )
                page = writer.pages[0]
                page[NameObject("/Annots")] = ArrayObject([mark])

            return change

        found = self.assertFinds("a.pdf", self.edit(annotate("/Text")), "annotation")
        self.assertIn("Delete this", found["annotation"].place)
        self.assertFinds("a.pdf", self.edit(annotate("/Redact")), "annotation")
        self.assertFinds("a.pdf", self.edit(annotate("/Link")))

    def test_author(self):
        found = self.assertFinds(
            "a.pdf",
            self.edit(lambda writer: writer.add_metadata({"/Author": "Wang Qiang"})),
            "properties",
        )
        self.assertIn("Wang Qiang", found["properties"].place)

    def test_earlier_version(self):
        content = draw()
        end = content[content.rindex(b"startxref") :]
        self.assertFinds("a.pdf", content + b"\n" + end, "earlier_version")

    def test_protected_file_is_not_read(self):
        content = self.edit(lambda writer: writer.encrypt("secret"))
        self.assertFinds("a.pdf", content, "unreadable")

    def test_personal_data(self):
        content = draw(lambda canvas: canvas.drawString(9, 9, "Ask 13812345678"))
        found = self.assertFinds("a.pdf", content, "personal")
        self.assertEqual(found["personal"].place, "138****5678")


@tagged("office_service")
class TestDisclosurePictures(GateCase):
    """Where a picture was taken is found; what else it tells is named."""

    def test_position_of_a_photo(self):
        exif = Image.Exif()
        exif.get_ifd(0x8825)[1] = "N"
        found = self.assertFinds("a.jpg", make_picture(exif=exif), "position")
        self.assertTrue(found["position"].is_blocking)

    def test_camera_and_owner(self):
        exif = Image.Exif()
        exif[0x010F] = "Camera"
        exif[0x013B] = "Wang"
        found = self.assertFinds("a.jpg", make_picture(exif=exif), "photo_data")
        self.assertEqual(found["photo_data"].place, "Artist, Make")
        exif = Image.Exif()
        exif[0x0112] = 1
        self.assertFinds("a.jpg", make_picture(exif=exif))

    def test_plain_pictures_pass(self):
        self.assertFinds("a.jpg", make_picture())
        self.assertFinds("a.png", make_picture("PNG"))


@tagged("office_service")
class TestDisclosureKinds(GateCase):
    """What cannot be read is not released."""

    def test_what_cannot_be_read(self):
        pdf = draw()
        for name, content, code in (
            ("a.doc", b"\xd0\xcf\x11\xe0", "unknown_kind"),
            ("a.docm", save(make_docx()), "unknown_kind"),
            ("a", pdf, "unknown_kind"),
            ("", b"x", "unknown_kind"),
            ("a.docx", pdf, "wrong_kind"),
            ("a.pdf", save(make_docx()), "wrong_kind"),
            ("a.xlsx", save(make_docx()), "unreadable"),
            ("a.txt", pdf, "wrong_kind"),
            ("a.pdf", pdf[: len(pdf) // 2], "unreadable"),
            ("a.docx", save(make_docx())[:900], "unreadable"),
            ("a.png", b"\x89PNG\r\n\x1a\nrest", "unreadable"),
            ("a.pdf", b"", "unreadable"),
        ):
            with self.subTest(name=name, code=code):
                found = self.assertFinds(name, content, code)
                self.assertTrue(found[code].is_blocking)

    def test_plain_text(self):
        self.assertFinds("a.txt", "年度计划".encode("gb18030"))
        self.assertFinds("a.csv", b"name,phone\nA,13812345678", "personal")

    def test_kind_by_name(self):
        self.assertEqual(get_kind("年报.PDF"), "pdf")
        self.assertFalse(get_kind("a.pdf.exe"))

    def test_personal_data(self):
        for text, kinds in (
            ("电话 13812345678", ["phone"]),
            ("电话 138 1234 5678、138-1234-5678", ["phone", "phone"]),
            ("１３８１２３４５６７８", ["phone"]),
            ("编号 2138123456789", []),
            ("证号 11010519491231002X", ["id_number"]),
            ("证号 110105194912310021", []),
            ("卡号 6222021234567890128", ["card"]),
            ("邮箱 wang@example.com", ["email"]),
            ("138****5678", []),
            ("", []),
        ):
            with self.subTest(text):
                found = find_personal_data(text)
                self.assertEqual([datum.kind for datum in found], kinds)
                for datum in found:
                    self.assertIn("*", datum.masked)
