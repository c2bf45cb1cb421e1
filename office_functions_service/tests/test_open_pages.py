# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import io
from base64 import b64encode
from unittest.mock import patch

import openpyxl
from lxml import etree, html

from odoo import fields
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeHttpCase

from ..controllers import open_information
from .open_case import OpenInfoFixture

ATOM = "{http://www.w3.org/2005/Atom}"


@tagged("post_install", "-at_install", "office_service")
class TestOpenPages(OpenInfoFixture, OfficeHttpCase):
    """What anybody reads on the pages, and what nobody reaches."""

    @classmethod
    def sample_vals(cls):
        today = fields.Date.context_today(cls.env["res.users"])
        return super().sample_vals() | {
            "name": "关于做好招生工作的通知",
            "date_formed": today,
        }

    def get(self, path, status=200, **options):
        response = self.url_open(path, **options)
        self.assertEqual(response.status_code, status, path)
        return response

    def test_s4_16_public_at_once_and_gone_when_withdrawn(self):
        record = self.make("approved")
        path = f"/office/open/{record.id}"
        self.get(path, 404)
        self.do(record, "clerk", "publish")
        page = self.get(path)
        self.assertSays(page.text, record.name, record.number, record.summary)
        self.assertEqual(page.headers["Cache-Control"], "no-cache")
        self.assertEqual(page.headers["X-Content-Type-Options"], "nosniff")
        self.do(record, "clerk", "withdraw", "It named somebody")
        self.get(path, 404)
        self.assertNotIn(record.name, self.get("/office/open").text)
        self.assertNotIn(record.name, self.get("/office/open/feed.atom").text)

    def test_s4_16_anyone_finds_it_by_title_number_and_topic(self):
        subject = self.env["office.open.category"].create(
            {"name": "义务教育", "kind": "subject"}
        )
        record = self.make_published(subject_id=subject.id)
        for words in ("招生", record.number, "No. 7 of 2026", "义务教育"):
            with self.subTest(words):
                found = self.get(f"/office/open?words={words}")
                self.assertSays(found.text, record.name)
        nothing = self.get("/office/open?words=天文台")
        self.assertNotIn(record.name, nothing.text)
        self.assertSays(
            self.get(f"/office/open?category={subject.id}").text, record.name
        )
        year = record.date_formed.year
        self.assertSays(self.get(f"/office/open?year={year}").text, record.name)
        self.assertNotIn(record.name, self.get("/office/open?year=1999").text)

    def test_pages_of_the_catalogue(self):
        entries = self.model.union(
            *(self.make("published", name=f"目录条目{n:02}") for n in range(23))
        )
        first, second = self.get("/office/open"), self.get("/office/open?page=2")
        shown = [name for name in entries.mapped("name") if name in first.text]
        rest = [name for name in entries.mapped("name") if name in second.text]
        self.assertEqual(len(shown), 20)
        self.assertEqual(set(shown) | set(rest), set(entries.mapped("name")))
        self.get("/office/open?page=99")

    def test_r_ogi_2_view_and_download(self):
        record = self.make_published("正文".encode())
        file = record.file_ids
        page = html.fromstring(self.get(f"/office/open/{record.id}").text)
        links = [
            one.get("href")
            for one in page.xpath("//*[contains(@class, 'o_office_open_files')]//a")
        ]
        self.assertEqual(len(links), 2)
        seen = self.get(links[0])
        self.assertEqual(seen.content.decode(), "正文")
        self.assertSays(seen.headers["Content-Disposition"], "inline")
        self.assertSays(seen.headers["Content-Security-Policy"], "default-src 'none'")
        down = self.get(links[1])
        self.assertSays(down.headers["Content-Disposition"], "attachment", "file1.txt")
        self.get(links[0], 304, headers={"If-None-Match": f'"{file.reviewed_digest}"'})

    def test_only_published_files_are_reached_whatever_is_guessed(self):
        record = self.make("classified")
        open_file = self.put_in(record, b"Open", name="open.txt")
        inner = self.put_in(record, b"Inner", name="inner.txt", visibility="internal")
        open_file.with_user(self.users["director"]).action_review()
        draft = self.make("classified", name="A draft")
        draft_file = self.put_in(draft, b"Draft")
        for path in (
            f"/office/open/{record.id}/file/{open_file.id}",
            f"/office/open/{draft.id}/file/{draft_file.id}",
        ):
            self.get(path, 404)
        self.release(record)
        base = f"/office/open/{record.id}/file"
        self.assertEqual(self.get(f"{base}/{open_file.id}").content, b"Open")
        for path in (
            f"{base}/{inner.id}",
            f"{base}/{draft_file.id}",
            f"/office/open/{draft.id}/file/{open_file.id}",
            f"{base}/0",
            f"{base}/-1",
            f"{base}/x",
            f"{base}/{2**40}",
            f"{base}/{10**30}",
            f"/office/open/{draft.id}",
            "/office/open/0",
            "/office/open/x",
            f"/office/open/{10**30}",
            "/office/open/%2e%2e",
            "/office/open/١",
        ):
            with self.subTest(path=path):
                self.get(path, 404)
        self.get(f"{base}/{open_file.id}%00", 400)
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", "office.open.file"), ("res_field", "=", "content")]
            + [("res_id", "in", (inner | draft_file | open_file).ids)]
        )
        self.assertEqual(len(attachments), 3)
        for attachment in attachments:
            for path in (
                f"/web/content/{attachment.id}",
                f"/web/content/office.open.file/{attachment.res_id}/content",
            ):
                with self.subTest(path=path):
                    self.assertIn(self.url_open(path).status_code, (403, 404))
        self.do(record, "clerk", "withdraw", "Wrong")
        self.get(f"{base}/{open_file.id}", 404)

    def test_bad_questions_get_an_ordinary_answer(self):
        self.make_published()
        for query in (
            "words=%00",
            "words=%FF%FE",
            "words=' | !x & <script>",
            "words=" + "字" * 3000,
            "category=x",
            "category=999999999999",
            "category=-1",
            "year=99999",
            "year=%D9%A1",
            "page=-1",
            "page=0",
            "page=1e9",
            "words=a&words=b",
            "nonsense=1",
        ):
            with self.subTest(query=query):
                page = self.get(f"/office/open?{query}")
                self.assertNotIn("<script>", page.text.split("o_office_open")[1])

    def test_page_shows_nothing_of_the_house(self):
        record = self.make_published(b"One")
        record.message_post(body="Between ourselves")
        page = self.get(f"/office/open/{record.id}").text
        for word in (
            "Between ourselves",
            self.users["clerk"].name,
            self.users["director"].name,
            "Test Section",
            "Nothing secret in it",
        ):
            self.assertNotIn(word, page)

    def test_earlier_version_leads_to_the_newest(self):
        old = self.make_published()
        clerk = old.with_user(self.users["clerk"])
        new = self.model.browse(clerk.action_new_version()["res_id"])
        self.do(new, "clerk", "classify")
        self.release(new)
        answer = self.get(f"/office/open/{old.id}", 302, allow_redirects=False)
        self.assertTrue(answer.headers["Location"].endswith(f"/office/open/{new.id}"))
        page = html.fromstring(self.get(f"/office/open/{new.id}").text)
        self.assertEqual(
            len(page.xpath("//*[contains(@class, 'o_office_open_history')]//li")), 2
        )

    def test_feed_is_valid(self):
        record = self.make_published(summary="A < B & \x0b C")
        response = self.get("/office/open/feed.atom")
        self.assertSays(response.headers["Content-Type"], "application/atom+xml")
        feed = etree.fromstring(response.content)
        self.assertEqual(feed.tag, f"{ATOM}feed")
        # RFC 4287, 4.1.1 and 4.1.2: each exactly once, and links to themselves.
        for part in (feed, *feed.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                self.assertEqual(len(part.findall(f"{ATOM}{name}")), 1, name)
            self.assertTrue(part.find(f"{ATOM}author/{ATOM}name").text)
            self.assertTrue(part.find(f"{ATOM}id").text.startswith("urn:uuid:"))
            self.assertRegex(
                part.find(f"{ATOM}updated").text,
                r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$",
            )
        rels = {one.get("rel") for one in feed.findall(f"{ATOM}link")}
        self.assertEqual(rels, {"self", "alternate"})
        ids = [one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")]
        self.assertEqual(len(ids), len(set(ids)))
        titles = [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")]
        self.assertIn(record.name, titles)
        again = {"If-None-Match": response.headers["ETag"]}
        self.get("/office/open/feed.atom", 304, headers=again)

    def test_f16_catalogue_as_a_workbook(self):
        record = self.make_published(name="=HYPERLINK(1)")
        hidden = self.make("approved", name="Not out")
        response = self.get("/office/open/catalogue.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        rows = list(book.active.iter_rows(values_only=True))
        self.assertEqual(
            rows[2],
            (
                "索引号",
                "组配分类",
                "主题分类",
                "发布机构",
                "名称",
                "文号",
                "成文日期",
                "发布日期",
                "公开方式",
                "有效性",
            ),
        )
        line = next(row for row in rows if row[0] == record.number)
        self.assertEqual(line[4], "=HYPERLINK(1)")
        self.assertEqual(line[9], "有效")
        self.assertNotIn(hidden.name, [row[4] for row in rows])

    def test_a9_search_catalogue_and_feed_are_limited(self):
        paths = ("/office/open?words=x", "/office/open/feed.atom")
        paths += ("/office/open/catalogue.xlsx", "/office/open")
        self.env.company.hall_search_burst = 4
        for path in paths:
            answer = self.get(path)
            self.assertSays(
                answer.headers["Content-Security-Policy"], "frame-ancestors 'none'"
            )
        for path in paths:
            with self.subTest(path=path):
                answer = self.get(path, 429)
                self.assertTrue(answer.headers["Retry-After"])
                self.assertSays(answer.text, "Please try again in")

    def test_a9_entries_and_files_are_limited_generously(self):
        record = self.make_published(b"For everybody", name="First")
        page = f"/office/open/{record.id}"
        paths = (page, f"{page}/file/{record.file_ids.id}")
        self.env.company.hall_search_burst = 1
        with patch.object(open_information, "READINGS", 4):
            for path in (*paths, *paths):
                self.get(path)
            for path in paths:
                with self.subTest(path=path):
                    answer = self.get(path, 429)
                    self.assertTrue(answer.headers["Retry-After"])
            # Who only reads may still search.
            self.get("/office/open")

    def test_f16_workbook_is_made_once_for_each_state_of_the_catalogue(self):
        record = self.make_published(name="First")
        Ledger = self.env["office.open.ledger"]
        make = self.registry[Ledger._name]._make_catalogue
        made = []

        def count(model, infos):
            made.append(len(infos))
            return make(model, infos)

        with patch.object(self.registry[Ledger._name], "_make_catalogue", count):
            first = self.get("/office/open/catalogue.xlsx").content
            self.assertEqual(self.get("/office/open/catalogue.xlsx").content, first)
            self.assertEqual(len(made), 1)
            self.do(record, "clerk", "withdraw", "It named somebody")
            self.assertNotEqual(self.get("/office/open/catalogue.xlsx").content, first)
            self.assertEqual(len(made), 2)
        kept = self.env["ir.attachment"].search([("res_model", "=", Ledger._name)])
        self.assertEqual(len(kept), 1)
        self.assertFalse(kept.public)

    def test_page_of_a_redacted_copy_says_so(self):
        record = self.make("classified")
        file = self.put_in(record, b"[out]", is_redacted=True)
        file.with_user(self.users["director"]).action_review()
        self.release(record)
        page = html.fromstring(self.get(f"/office/open/{record.id}").text)
        self.assertTrue(
            page.xpath(
                "//*[contains(@class, 'o_office_open_files')]//*[contains(@class, 'badge')]"
            )
        )

    def test_names_of_files_open_no_header(self):
        record = self.make("classified")
        name = '通知";\r\nX-Bad: 1.txt'
        file = (
            self.env["office.open.file"]
            .with_user(self.users["clerk"])
            .create(
                {
                    "info_id": record.id,
                    "name": name,
                    "content": b64encode(b"One"),
                    "visibility": "public",
                }
            )
        )
        file.with_user(self.users["director"]).action_review()
        self.release(record)
        answer = self.get(f"/office/open/{record.id}/file/{file.id}")
        self.assertNotIn("X-Bad", answer.headers)
