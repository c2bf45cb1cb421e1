# Part of Office Functions. See LICENSE file for full copyright and licensing details.
import base64
import gc
import io
import re
import socket
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch
from weakref import ref

from markupsafe import Markup
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTImage, LTLine, LTRect
from PIL import Image
from weasyprint.document import Document

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import file_open
from odoo.tools.pdf import PdfFileReader

from odoo.addons.base.models.ir_actions_report import IrActionsReport
from odoo.addons.office_functions.tools import paper

BASE_URL = "http://paper.example.com:8069"
MODULES = {"base", "web", "office_functions"}
POINT = 25.4 / 72  # mm


def pdf_text(pdf):
    """Return the text of a PDF as a reader's "copy" gives it, spaces left out."""
    process = subprocess.run(
        ["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return re.sub(r"\s+", "", process.stdout.decode())


def pdf_items(pdf, kind):
    """Return all layout items of a PDF that are of pdfminer's class ``kind``."""

    def walk(item):
        if isinstance(item, kind):
            yield item
        elif hasattr(item, "__iter__"):
            for child in item:
                yield from walk(child)

    return [item for page in extract_pages(io.BytesIO(pdf)) for item in walk(page)]


def pdf_sizes(pdf):
    """Return width and height of each page, in whole millimetres."""
    return [
        (round(page.width * POINT), round(page.height * POINT))
        for page in extract_pages(io.BytesIO(pdf))
    ]


def pdf_carries_files(pdf):
    """Return whether a PDF holds embedded files, attached to it or to a page."""
    reader = PdfFileReader(io.BytesIO(pdf))
    annotations = [
        annotation.get_object()["/Subtype"]
        for page in reader.pages
        for annotation in page.get("/Annots", [])
    ]
    names = reader.trailer["/Root"].get("/Names", {})
    return "/EmbeddedFiles" in names or "/FileAttachment" in annotations


def picture():
    """Return a small picture, PNG."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(stream, format="PNG")
    return stream.getvalue()


def data_address(content, mimetype="image/png"):
    return f"data:{mimetype};base64,{base64.b64encode(content).decode()}"


class PaperCase(TransactionCase):
    def render(self, body, title="标题"):
        """Print ``body`` (text, or Markup for HTML) on the paper layout."""
        template = self.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "arch": """<t t-call="office_functions.paper"><t t-out="body"/></t>""",
            }
        )
        html = self.env["ir.qweb"]._render(template.id, {"title": title, "body": body})
        return paper.render_pdf(str(html), BASE_URL, MODULES)


class TestPaperLayout(PaperCase):
    def test_sizes_are_exact(self):
        pdf = self.render(
            Markup("""<div style="width: 156mm; height: 50mm; background: black"/>""")
        )
        self.assertEqual(pdf_sizes(pdf), [(210, 297)])
        (box,) = pdf_items(pdf, LTRect)
        self.assertAlmostEqual(box.width * POINT, 156, places=1)
        self.assertAlmostEqual(box.height * POINT, 50, places=1)
        self.assertAlmostEqual(box.x0 * POINT, 28, places=1)
        self.assertAlmostEqual(297 - box.y1 * POINT, 37, places=1)

    def test_landscape(self):
        pdf = self.render(
            Markup(
                """<div>
                    <p>竖页</p>
                    <div class="o_paper_landscape">
                        <div style="height: 156mm; background: black"/>
                    </div>
                </div>"""
            )
        )
        self.assertEqual(pdf_sizes(pdf), [(210, 297), (297, 210)])
        (box,) = pdf_items(pdf, LTRect)
        self.assertAlmostEqual(box.width * POINT, 225, places=1)
        self.assertAlmostEqual(210 - box.y1 * POINT, 28, places=1)

    def test_text_is_searchable(self):
        text = pdf_text(self.render("关于加大文件“办理”力度的通知，督办〔2026〕1号"))
        self.assertIn("关于加大文件“办理”力度的通知，督办〔2026〕1号", text)
        # Kangxi radicals look like characters and cannot be found by typing them.
        self.assertNotRegex(text, "[\u2e80-\u2fdf]")

    def test_fonts_are_simplified_chinese_and_embedded(self):
        pdf = self.render(
            Markup(
                """<div>
                    <div class="o_paper_title">直骨</div>
                    <p>直骨 <b>直骨</b> <i>直骨</i> Latin 123</p>
                </div>"""
            )
        )
        fonts = {item.fontname for item in pdf_items(pdf, LTChar)}
        self.assertGreaterEqual(len(fonts), 2, "text face and bold face")
        for font in fonts:
            self.assertNotRegex(font, "JP|KR|TC|HK|DejaVu")
            self.assertRegex(font, r"^[A-Z]{6}\+", "embedded as a subset")

    def test_form_table_rules(self):
        pdf = self.render(
            Markup(
                """<table class="o_paper_form">
                    <tr><th>办理要求</th><td class="o_paper_tall">限期</td></tr>
                </table>"""
            )
        )
        rules = pdf_items(pdf, LTLine)
        self.assertTrue(rules)
        self.assertEqual({round(rule.linewidth, 3) for rule in rules}, {0.5})
        self.assertAlmostEqual(min(r.x0 for r in rules) * POINT, 28, places=1)
        self.assertAlmostEqual(max(r.x1 for r in rules) * POINT, 184, places=1)
        heights = [rule.y1 * POINT for rule in rules]
        self.assertGreaterEqual(max(heights) - min(heights), 40)

    def test_row_longer_than_a_page_is_not_cut_off(self):
        words = "".join(f"〔{number}〕号文件的办理情况。" for number in range(500))
        pdf = self.render(
            Markup(
                f"""<table class="o_paper_form">
                    <tr><th>进展</th><td>{words}</td></tr>
                </table>"""
            )
        )
        self.assertGreater(len(pdf_sizes(pdf)), 3)
        text = pdf_text(pdf)
        missing = [n for n in range(500) if f"〔{n}〕" not in text]
        # A number may stand across two pages, with the page number in between.
        self.assertLess(len(missing), len(pdf_sizes(pdf)))
        self.assertIn("〔499〕号文件的办理情况。", text)

    def test_row_of_running_text_begins_where_there_is_room(self):
        words = "办理情况。" * 900
        for row, starts_on_first_page in (("", False), ("o_paper_flow", True)):
            with self.subTest(row):
                pdf = self.render(
                    Markup(
                        f"""<div style="height: 100mm">正文</div>
                        <table class="o_paper_form">
                            <tr class="{row}"><th>进展</th><td>{words}</td></tr>
                        </table>"""
                    )
                )
                first_page = pdf_text(pdf).split("第1页")[0]
                self.assertEqual("办理情况。" in first_page, starts_on_first_page)

    def test_heading_of_a_long_table_comes_again(self):
        rows = "<tr><td>一行</td></tr>" * 60
        pdf = self.render(
            Markup(
                f"""<table class="o_paper_form">
                    <thead><tr><th>表头文字</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>"""
            )
        )
        pages = len(pdf_sizes(pdf))
        self.assertGreater(pages, 1)
        self.assertEqual(pdf_text(pdf).count("表头文字"), pages)

    def test_slip_stays_in_one_piece(self):
        pdf = self.render(
            Markup(
                """<div>
                    <div style="height: 195mm">正文</div>
                    <div class="o_paper_slip"><p>回执</p><p>签收人</p><p>时间</p></div>
                </div>"""
            )
        )
        self.assertEqual(len(pdf_sizes(pdf)), 2)
        first, second = pdf_text(pdf).split("第1页共2页")
        self.assertEqual(first, "正文")
        self.assertIn("回执签收人时间", second)

    def test_user_text_is_escaped(self):
        typed = """<script>1</script><style>@page{size:A6}</style>"'&amp;"""
        pdf = self.render(typed, title="</title>" + typed)
        self.assertIn(typed, pdf_text(pdf))
        self.assertEqual(pdf_sizes(pdf), [(210, 297)])
        information = PdfFileReader(io.BytesIO(pdf)).metadata
        self.assertEqual(information["/Title"], "</title>" + typed)


class TestPaperFetcher(PaperCase):
    """Nothing but pictures in the page and static files can be reached from a print."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory(prefix="paper")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        (cls.folder / "secret.txt").write_text("SECRET")
        (cls.folder / "secret.png").write_bytes(picture())
        (cls.folder / "secret.css").write_text("""p::after { content: "SECRET" }""")
        (cls.folder / "secret.svg").write_text(
            """<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99">
                <g id="part"><text y="9">SECRET</text></g></svg>"""
        )

    @contextmanager
    def listening(self):
        """Listen on a port of this machine; fail if anyone has connected."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.setblocking(False)
            yield f"127.0.0.1:{server.getsockname()[1]}"
            with self.assertRaises(BlockingIOError, msg="a print made a connection"):
                server.accept()

    def documents(self, folder):
        """Yield one document for each way of asking for a file of ``folder``."""
        text, png, css, svg = (
            f"{folder}/secret.{kind}" for kind in ("txt", "png", "css", "svg")
        )
        yield f'<img src="{png}">'
        yield f'<img src="{svg}">'
        yield f'<object data="{png}"></object>'
        yield f'<embed src="{svg}">'
        yield f'<input type="image" src="{png}">'
        yield f'<iframe src="{text}"></iframe>'
        yield f'<link rel="attachment" href="{text}">'
        yield f'<a rel="attachment" href="{text}">link</a>'
        yield f'<link rel="stylesheet" href="{css}"><p>text</p>'
        yield f'<style>@import "{css}";</style><p>text</p>'
        yield f"<style>@import url({css}) print;</style><p>text</p>"
        yield f'<p style="background: url({png})">text</p>'
        yield f'<p style="list-style: url({png}); display: list-item">text</p>'
        yield f'<p style="border-image: url({png}) 1">text</p>'
        yield f"<style>p::before {{ content: url({png}) }}</style><p>text</p>"
        yield f"<style>@page {{ @top-left {{ content: url({png}) }} }}</style>"
        yield f"<style>@font-face {{ font-family: F; src: url({text}) }}</style>"
        yield f"<style>@color-profile --c {{ src: url({text}) }}</style><p>text</p>"
        yield f'<svg width="99" height="99"><image href="{png}"/></svg>'
        yield f'<svg width="99" height="99"><use href="{svg}#part"/></svg>'
        yield f'<svg width="99" height="99"><style>@import "{css}"</style></svg>'
        inner = f"""<svg xmlns="http://www.w3.org/2000/svg"
            width="99" height="99"><image href="{png}"/></svg>"""
        yield f'<img src="{data_address(inner.encode(), "image/svg+xml")}">'
        entity = f"""<!DOCTYPE svg [<!ENTITY e SYSTEM "{text}">]>
            <svg xmlns="http://www.w3.org/2000/svg" width="99" height="99">
            <text y="9">&e;</text></svg>"""
        yield f'<img src="{data_address(entity.encode(), "image/svg+xml")}">'

    def assertCarriesNothing(self, pdf):
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertFalse(pdf_items(pdf, LTImage), "a picture was fetched")
        self.assertFalse(pdf_carries_files(pdf), "a file was embedded")
        self.assertNotIn("SECRET", pdf_text(pdf))
        self.assertNotIn(b"SECRET", pdf)

    def test_files_outside_are_refused(self):
        link = file_open("web/static/img/logo.png").name
        depth = "../" * link.count("/")
        for address in (
            self.folder.as_uri(),
            str(self.folder),
            f"FILE://localhost{self.folder}",
            f"{BASE_URL}{self.folder}",
            f"/web/static/{depth}{self.folder}",
            f"/web/static/{depth.replace('.', '%2e')}{self.folder}",
        ):
            for document in self.documents(address):
                with self.subTest(document):
                    self.assertCarriesNothing(
                        paper.render_pdf(document, BASE_URL, MODULES)
                    )

    def test_network_is_not_reached(self):
        with self.listening() as host:
            for address in (f"http://{host}", f"//{host}", f"ftp://{host}"):
                for document in self.documents(address):
                    with self.subTest(document):
                        self.assertCarriesNothing(
                            paper.render_pdf(document, BASE_URL, MODULES)
                        )

    def test_own_address_is_not_called(self):
        with self.listening() as host:
            base_url = f"http://{host}"
            document = f"""<img src="{base_url}/web/static/img/logo.png">
                <img src="/web/image/1"> <img src="/web/login">"""
            pdf = paper.render_pdf(document, base_url, MODULES)
        self.assertEqual(len(pdf_items(pdf, LTImage)), 1, "read from disk")

    def test_base_address_is_ignored(self):
        document = f"""<base href="{self.folder.as_uri()}/">
            <img src="secret.png"><img src="/web/static/img/logo.png">"""
        pdf = paper.render_pdf(document, BASE_URL, MODULES)
        self.assertEqual(len(pdf_items(pdf, LTImage)), 1, "the logo alone")

    def test_pictures_that_do_print(self):
        for address in (
            data_address(picture()),
            data_address(picture()).replace("data:image", "DATA:Image"),
            "/web/static/img/logo.png",
            "/web/static/img/logo.png?unique=1#x",
            f"{BASE_URL}/web/static/img/logo.png",
        ):
            with self.subTest(address[:60]):
                pdf = paper.render_pdf(f'<img src="{address}">', BASE_URL, MODULES)
                self.assertEqual(len(pdf_items(pdf, LTImage)), 1)

    def test_static_files_of_other_servers_are_not_ours(self):
        path = "/web/static/img/logo.png"
        for address in (
            f"http://other.example.com{path}",
            f"//other.example.com{path}",
            f"{BASE_URL}@other.example.com{path}",
            f"{BASE_URL.replace('http:', 'https:')}{path}",
            f"{BASE_URL}0{path}",
            f"file://{path}",
        ):
            with self.subTest(address):
                pdf = paper.render_pdf(f'<img src="{address}">', BASE_URL, MODULES)
                self.assertFalse(pdf_items(pdf, LTImage))

    def test_no_file_is_embedded(self):
        """Not even one that a print may show."""
        for address in (data_address(picture()), "/web/static/img/logo.png"):
            for tag in ("link", "a"):
                with self.subTest(address=address[:30], tag=tag):
                    document = f'<{tag} rel="attachment" href="{address}">x</{tag}>'
                    pdf = paper.render_pdf(document, BASE_URL, MODULES)
                    self.assertFalse(pdf_carries_files(pdf))

    def test_data_that_is_no_picture_is_refused(self):
        style = data_address(b"""p::after { content: "SECRET" }""", "text/css")
        for document in (
            f'<link rel="stylesheet" href="{style}"><p>text</p>',
            f'<style>@import "{style}";</style><p>text</p>',
        ):
            with self.subTest(document):
                pdf = paper.render_pdf(document, BASE_URL, MODULES)
                self.assertEqual(pdf_text(pdf), "text")

    def test_static_file(self):
        logo = paper.static_file("/web/static/img/logo.png", MODULES)
        self.assertEqual(logo.read_bytes(), file_open(logo, "rb").read())
        for path in (
            "/web/static/../__manifest__.py",
            "/web/static/../../base/static/img/main_partner-image.png",
            "/web/static//etc/passwd",
            "/web/static/",
            "/web/__manifest__.py",
            "/../web/static/img/logo.png",
            "/portal/static/description/icon.png",
            "//web/static/img/logo.png",
            "/etc/passwd",
            "",
        ):
            with self.subTest(path), self.assertRaises(PermissionError):
                paper.static_file(path, MODULES)
        with self.assertRaises(FileNotFoundError):
            paper.static_file("/web/static/img/absent.png", MODULES)

    def test_symbolic_links_are_followed_before_the_check(self):
        addon = self.folder / "addon"
        (addon / "static").mkdir(parents=True)
        (addon / "static" / "own.png").write_bytes(picture())
        (addon / "static" / "link.png").symlink_to(self.folder / "secret.png")
        (addon / "static" / "folder").symlink_to(self.folder)
        linked_addon = self.folder / "linked_addon"
        linked_addon.symlink_to(addon)
        other_static = self.folder / "other_static"
        other_static.mkdir()
        (other_static / "static").symlink_to(self.folder)
        places = {"addon": addon, "linked": linked_addon, "other": other_static}
        with patch.object(paper, "file_path", places.get):
            for module in ("addon", "linked"):
                own = paper.static_file(f"/{module}/static/own.png", places)
                self.assertEqual(own, (addon / "static" / "own.png").resolve())
            for path in (
                "/addon/static/link.png",
                "/addon/static/folder/secret.png",
                "/linked/static/link.png",
                "/other/static/secret.png",
            ):
                with self.subTest(path), self.assertRaises(PermissionError):
                    paper.static_file(path, places)

    def test_bad_addresses_do_not_stop_a_print(self):
        for address in (
            "data:image/png;base64,%%%",
            "data:image/png,not a picture",
            "data:,",
            "http://[::1",
            "/web/static/%00.png",
            "/web/static/img",
            "no-such-scheme:x",
            "",
        ):
            with self.subTest(address):
                document = f'<p style="background: url({address})">text</p>'
                document += f'<img src="{address}">'
                pdf = paper.render_pdf(document, BASE_URL, MODULES)
                self.assertEqual(pdf_text(pdf), "text")

    def test_log_keeps_quiet(self):
        document = f"""<style>p {{ colour: red
            forged line }}</style>
            <img src="file:///etc/passwd"><img src="{data_address(b"x" * 9999)}">
            <p>\U0001f980 \U00013000</p>"""
        with self.assertNoLogs(level="WARNING"), self.assertLogs(paper._logger) as log:
            paper.render_pdf(document, BASE_URL, MODULES)
        self.assertIn("file:///etc/passwd", "".join(log.output))
        self.assertIn("forged line", "".join(log.output))
        for line in log.output:
            self.assertLess(len(line), 3000)
            self.assertNotIn("\n", line)


class TestPaperProcess(PaperCase):
    def test_threads_wait_for_each_other(self):
        under_way, most = 0, 0
        render = paper._render

        def spy(*args):
            nonlocal under_way, most
            under_way += 1
            most = max(most, under_way)
            try:
                return render(*args)
            finally:
                under_way -= 1

        def work(number):
            html = f"<p>文件{number:04}</p>"
            return pdf_text(paper.render_pdf(html, BASE_URL, MODULES))

        with patch.object(paper, "_render", spy), ThreadPoolExecutor(4) as pool:
            texts = list(pool.map(work, range(12)))
        self.assertEqual(texts, [f"文件{number:04}" for number in range(12)])
        self.assertEqual(most, 1, "memory of one print at a time")

    def test_memory_is_freed(self):
        fonts = self.watch_fonts()
        self.render("文件")
        self.assertEqual([font() for font in fonts], [None], "fonts are in memory")

    def test_memory_is_freed_when_the_collector_ran_meanwhile(self):
        # As when another thread switches it on again.
        fonts = self.watch_fonts(gc.collect)
        self.render("文件")
        self.assertEqual([font() for font in fonts], [None], "fonts are in memory")

    def watch_fonts(self, meanwhile=lambda: None):
        """Return a list that gets a weak reference to the fonts of each print.

        :param meanwhile: called while they are in use
        """
        fonts, write_pdf = [], Document.write_pdf

        def spy(document, *args, **kwargs):
            fonts.append(ref(document.font_config))
            meanwhile()
            return write_pdf(document, *args, **kwargs)

        self.startPatcher(patch.object(Document, "write_pdf", spy))
        return fonts

    def test_failure_leaves_the_process_in_order(self):
        with (
            patch.object(paper, "_render", side_effect=RuntimeError),
            self.assertRaises(RuntimeError),
        ):
            self.render("文件")
        self.assertTrue(gc.isenabled())
        self.assertEqual(self.render("文件")[:4], b"%PDF")

    def test_fonts_of_one_print_do_not_reach_the_next(self):
        def widths(style=""):
            style += "p { font-family: Declared, 'Noto Serif CJK SC' }"
            html = f"<style>{style}</style><p>1234</p>"
            pdf = paper.render_pdf(html, BASE_URL, MODULES)
            return [item.adv for item in pdf_items(pdf, LTChar)]

        before = widths()
        address = "/web/static/fonts/lato/Lato-Reg-webfont.woff"
        declared = widths(
            f"@font-face {{ font-family: Declared; src: url({address}) }}"
        )
        self.assertNotEqual(declared, before, "the declared font is used")
        self.assertEqual(widths(), before)


class TestPaperReport(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(code)
        cls.view = cls.env["ir.ui.view"].create(
            {
                "name": "Paper test",
                "type": "qweb",
                "key": "office_functions.paper_test",
                "arch": """
                    <t t-call="office_functions.paper">
                        <t t-set="title">Notice</t>
                        <div class="o_paper_title">Notice</div>
                        <div t-foreach="docs" t-as="doc" class="o_paper_sheet">
                            <p t-out="doc.name"/>
                            <p t-out="doc.country_id.name"/>
                            <div t-out="doc.comment"/>
                        </div>
                    </t>""",
            }
        )
        cls.view.update_field_translations(
            "arch_db", {"zh_CN": {"Notice": "督办通知单"}}
        )
        cls.country = cls.env["res.country"].create({"name": "Testland", "code": "ZX"})
        cls.country.with_context(lang="zh_CN").name = "测试国"
        cls.report = cls.env["ir.actions.report"].create(
            {
                "name": "Paper test",
                "model": "res.partner",
                "report_name": cls.view.key,
                "office_paper": True,
            }
        )
        cls.partners = cls.env["res.partner"].create(
            [
                {
                    "name": "第一科室",
                    "country_id": cls.country.id,
                    "comment": "<p>办理情况</p>" * 60,
                },
                {"name": "第二科室", "country_id": cls.country.id},
            ]
        )

    def pdf(self, records, user=None, **context):
        report = self.report.with_user(user or self.env.user).with_context(**context)
        pdf, kind = report._render_qweb_pdf(self.report, records.ids)
        self.assertEqual(kind, "pdf")
        self.assertEqual(pdf[:4], b"%PDF")
        return pdf

    def saved_prints(self):
        return self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "in", self.partners.ids)]
        )

    # -- which reports -----------------------------------------------------------------

    def test_prints_for_real_without_wkhtmltopdf(self):
        self.assertFalse(self.env.context.get("force_report_rendering"))
        with (
            patch.object(
                IrActionsReport, "get_wkhtmltopdf_state", lambda self: "install"
            ),
            patch.object(
                IrActionsReport, "_run_wkhtmltopdf", side_effect=AssertionError
            ),
        ):
            text = pdf_text(self.pdf(self.partners[1]))
        self.assertIn("第二科室", text)

    def test_prints_by_every_kind_of_reference(self):
        reports = self.env["ir.actions.report"]
        for reference in (self.report, self.report.id, self.report.report_name):
            with self.subTest(reference):
                pdf, kind = reports._render(reference, self.partners[1].ids)
                self.assertEqual((pdf[:4], kind), (b"%PDF", "pdf"))

    def test_other_reports_are_left_alone(self):
        self.report.office_paper = False
        reports = self.env["ir.actions.report"].with_context(lang="en_US")
        html, kind = reports._render_qweb_pdf(self.report, self.partners.ids)
        self.assertEqual(kind, "html", "Odoo's habit under test")
        self.assertIn(b"Notice", html)
        with (
            patch.object(IrActionsReport, "get_wkhtmltopdf_state", lambda self: "ok"),
            patch.object(
                IrActionsReport,
                "_prepare_html",
                lambda *args, **kwargs: ([], [], "", "", {}),
            ),
            patch.object(
                IrActionsReport, "_run_wkhtmltopdf", return_value=b"by wkhtmltopdf"
            ),
        ):
            pdf, kind = reports.with_context(
                force_report_rendering=True
            )._render_qweb_pdf(self.report, self.partners[0].ids)
        self.assertEqual((pdf, kind), (b"by wkhtmltopdf", "pdf"))

    def test_action_tells_the_client(self):
        self.assertIn("office_paper", self.report._get_readable_fields())
        action = self.report.report_action(self.partners)
        self.assertTrue(action["office_paper"])
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertEqual(action["context"]["active_ids"], self.partners.ids)
        self.report.office_paper = False
        action = self.report.report_action(self.partners, config=False)
        self.assertNotIn("office_paper", action)

    def test_form_shows_the_field(self):
        arch = self.env["ir.actions.report"].get_view(view_type="form")["arch"]
        self.assertIn('name="office_paper"', arch)

    # -- language ----------------------------------------------------------------------

    def test_prints_in_chinese(self):
        reader = new_test_user(self.env, "paper_reader", lang="en_US")
        text = pdf_text(self.pdf(self.partners[1], user=reader, lang="en_US"))
        self.assertIn("督办通知单", text)
        self.assertIn("测试国", text)
        self.assertNotIn("Notice", text)
        html, _kind = self.report.with_context(lang="en_US")._render_qweb_html(
            self.report, self.partners[1].ids
        )
        self.assertIn("督办通知单", html.decode())
        self.assertIn('<html lang="zh-CN">', html.decode())

    def test_prints_without_chinese_installed(self):
        contacts = self.env["res.partner"].with_context(active_test=False)
        contacts.search([("lang", "=", "zh_CN")]).lang = "en_US"
        self.env["res.lang"]._lang_get("zh_CN").active = False
        text = pdf_text(self.pdf(self.partners[1], lang="en_US"))
        self.assertIn("Notice", text)
        self.assertIn("Testland", text)

    # -- records -----------------------------------------------------------------------

    def test_one_document_a_record(self):
        pdf = self.pdf(self.partners)
        self.assertEqual(len(pdf_sizes(pdf)), 3)
        text = pdf_text(pdf)
        self.assertEqual(text.count("督办通知单"), 2)
        self.assertLess(text.index("第一科室"), text.index("第二科室"))
        for number in ("第1页共2页", "第2页共2页", "第1页共1页"):
            self.assertEqual(text.count(number), 1, number)

    def test_record_asked_twice(self):
        self.report.attachment = "'print.pdf'"
        text = pdf_text(self.pdf(self.partners[1] + self.partners[1]))
        self.assertEqual(text.count("第1页共1页"), 2)
        self.assertFalse(self.saved_prints())

    def test_report_without_records(self):
        text = pdf_text(self.pdf(self.env["res.partner"]))
        self.assertIn("督办通知单", text)
        self.assertIn("第1页共1页", text)

    def test_data_reaches_the_template(self):
        self.view.arch = """
            <t t-call="office_functions.paper">
                <p t-out="number"/><p t-out="report_type"/>
            </t>"""
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            self.report, [], data={"number": "〔2026〕7号"}
        )
        self.assertIn("〔2026〕7号pdf", pdf_text(pdf))

    # -- saved prints ------------------------------------------------------------------

    def test_saves_one_attachment_a_record(self):
        self.report.attachment = "'print-%s.pdf' % object.id"
        self.pdf(self.partners)
        prints = self.saved_prints().sorted("res_id")
        self.assertEqual(
            prints.mapped("name"),
            [f"print-{partner.id}.pdf" for partner in self.partners],
        )
        self.assertEqual([len(pdf_sizes(each.raw)) for each in prints], [2, 1])

    def test_reprints_what_was_saved(self):
        self.report.write({"attachment": "'print.pdf'", "attachment_use": True})
        first = self.pdf(self.partners[1])
        self.partners[1].name = "改名科室"
        self.assertEqual(self.pdf(self.partners[1]), first)
        self.assertIn("第二科室", pdf_text(self.pdf(self.partners)))

        self.report.attachment_use = False
        self.assertIn("改名科室", pdf_text(self.pdf(self.partners[1])))
        self.assertEqual(len(self.saved_prints()), 2, "one for each, the first kept")

    def test_context_forbids_saving(self):
        self.report.attachment = "'print.pdf'"
        self.pdf(self.partners, report_pdf_no_attachment=True)
        self.assertFalse(self.saved_prints())

    def test_saved_print_needs_the_right_to_read_the_record(self):
        self.report.write({"attachment": "'print.pdf'", "attachment_use": True})
        self.pdf(self.partners[1])
        self.env["ir.rule"].create(
            {
                "name": "Paper test",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": [("id", "!=", self.partners[1].id)],
            }
        )
        reader = new_test_user(self.env, "paper_reader")
        self.pdf(self.partners[0], user=reader)
        with self.assertRaises(AccessError):
            self.pdf(self.partners[1], user=reader)

    # -- what users type ---------------------------------------------------------------

    def test_typed_text_reaches_no_file_and_no_network(self):
        secret = tempfile.NamedTemporaryFile(suffix=".png")
        self.addCleanup(secret.close)
        secret.write(picture())
        secret.flush()
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.setblocking(False)
            port = server.getsockname()[1]
            self.partners[1].write(
                {
                    "name": f'<img src="file://{secret.name}">',
                    "comment": f'<p><img src="file://{secret.name}">'
                    f'<img src="http://127.0.0.1:{port}/x.png">'
                    f'<img src="{data_address(picture())}">说明</p>',
                }
            )
            self.assertIn(f"127.0.0.1:{port}", self.partners[1].comment)
            self.assertIn(f"file://{secret.name}", self.partners[1].comment)
            pdf = self.pdf(self.partners[1])
            with self.assertRaises(BlockingIOError):
                server.accept()
        self.assertEqual(len(pdf_items(pdf, LTImage)), 1, "the one in the page")
        self.assertIn(f'<imgsrc="file://{secret.name}">', pdf_text(pdf))
        self.assertIn("说明", pdf_text(pdf))


@tagged("post_install", "-at_install")
class TestPaperDownload(HttpCase):
    def test_client_downloads_pdf_without_wkhtmltopdf(self):
        view = self.env["ir.ui.view"].create(
            {
                "name": "Paper test",
                "type": "qweb",
                "key": "office_functions.paper_test",
                "arch": """
                    <t t-call="office_functions.paper"><p t-out="docs.name"/></t>""",
            }
        )
        report = self.env["ir.actions.report"].create(
            {
                "name": "Paper test",
                "model": "res.partner",
                "report_name": view.key,
                "office_paper": True,
            }
        )
        partner = self.env["res.partner"].create({"name": "第一科室"})
        prints = []
        render = IrActionsReport._render_qweb_pdf

        def spy(self, report_ref, res_ids=None, data=None):
            result = render(self, report_ref, res_ids=res_ids, data=data)
            prints.append((res_ids, result))
            return result

        script = """
            (async () => {
                const { env } = odoo.__WOWL_DEBUG__.root;
                await env.services.action.doAction(%s, {
                    additionalContext: { active_ids: [%s] },
                });
                if (document.querySelector(".o_report_iframe")) {
                    throw new Error("the report is shown in HTML");
                }
                console.log("test successful");
            })();
        """
        with (
            patch.object(
                IrActionsReport, "get_wkhtmltopdf_state", lambda self: "install"
            ),
            patch.object(IrActionsReport, "_render_qweb_pdf", spy),
        ):
            self.browser_js(
                "/odoo",
                script % (report.id, partner.id),
                ready="odoo.isReady === true",
                login="admin",
            )
        ((printed, (pdf, kind)),) = prints
        self.assertEqual((printed, kind), (partner.ids, "pdf"))
        self.assertIn("第一科室", pdf_text(pdf))
