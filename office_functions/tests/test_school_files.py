# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Photos and files that a school sends in, and finds on its page again."""

import re
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import OfficeCase
from .test_school_pages import EVENT, REPORT, SchoolFixture

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
SENT = [("wall.png", PNG), ("list.txt", b"Nobody hurt")]
PROPOSAL = {"name": "Shared cars", "text": "Three schools, one car."}
GIVEN = {
    "office.advice": PROPOSAL,
    "office.emergency": EVENT,
    "office.information": REPORT,
}
"""Kind → a form that is taken."""


class TestSchoolFiles(SchoolFixture, OfficeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_schools()

    def submit(self, model, files, values=None):
        form = GIVEN[model] if values is None else values
        return self.env[model].with_user(self.user).submit_from_portal(form, files)

    def get_files(self, record):
        return record.sudo()._get_attached_files()

    def names_on_page(self, record):
        return [file["name"] for file in record._get_portal_page()["files"]]

    def test_every_form_takes_photos(self):
        for model in GIVEN:
            with self.subTest(model=model):
                record = self.submit(model, SENT)
                files = self.get_files(record)
                self.assertEqual(files.mapped(lambda file: (file.name, file.raw)), SENT)
                self.assertEqual(self.names_on_page(record), ["wall.png", "list.txt"])
                at_office = files.with_user(self.users["director"])
                self.assertEqual(at_office[0].raw, PNG)
                for user in (self.stranger, self.users["staff"]):
                    self.assertFalse(files[0].with_user(user).has_access("read"))

    def test_the_page_shows_the_schools_own_files_only(self):
        event = self.submit("office.emergency", SENT[:1])
        inside = {"name": "memo.txt", "raw": b"Inside"}
        place = {"res_model": event._name, "res_id": event.id}
        self.env["ir.attachment"].with_user(self.users["director"]).sudo().create(
            inside | place
        )
        self.assertEqual(len(self.get_files(event)), 2)
        self.assertEqual(self.names_on_page(event), ["wall.png"])
        colleague = self.make_user(
            "test_school3", "office_functions.group_office_school"
        )
        self.school.office_user_ids += colleague
        self.assertEqual(self.names_on_page(event.with_user(colleague)), ["wall.png"])
        self.school.office_user_ids += self.users["director"]
        self.assertEqual(self.names_on_page(event), ["wall.png"])

    def test_photos_follow_when_it_is_sent_again(self):
        event = self.submit("office.emergency", SENT[:1])
        event.send_again_from_portal(event._get_portal_given(), SENT[1:])
        self.assertEqual(self.names_on_page(event), ["wall.png", "list.txt"])
        report = self.submit("office.information", SENT[:1])
        with self.assertRaisesRegex(UserError, "being dealt with"):
            report.send_again_from_portal(report._get_portal_given(), SENT[1:])
        self.assertEqual(self.names_on_page(report), ["wall.png"])

    def test_what_is_wrong_is_said_at_once_and_nothing_is_kept(self):
        model = self.env["office.emergency"].sudo()
        before = model.search_count([])
        with self.assertRaises(UserError) as refusal:
            self.submit(model._name, SENT * 6, {**EVENT, "place": ""})
        for words in ("Place", "10 files at most"):
            self.assertIn(words, str(refusal.exception))
        bad = (
            5,
            "ab",
            [1],
            [("a", "text")],
            [(None, b"x")],
            {"a": b"x"},
            [("\0", b"x")],
        )
        for files in bad:
            with (
                self.subTest(files=files),
                self.assertRaisesRegex(UserError, "cannot be read"),
            ):
                self.submit(model._name, files)
        self.assertEqual(model.search_count([]), before)

    def test_a_leak_is_reported_without_files(self):
        leak = {**EVENT, "category": "leak"}
        with self.assertRaisesRegex(UserError, "may hold what was leaked"):
            self.submit("office.emergency", SENT, leak)
        event = self.submit("office.emergency", (), leak)
        with self.assertRaisesRegex(UserError, "may hold what was leaked"):
            event.send_again_from_portal(event._get_portal_given(), SENT)
        self.assertFalse(self.get_files(event))

    def test_where_no_files_are_asked_for_none_are_taken(self):
        emergencies = type(self.env["office.emergency"])
        with (
            patch.object(emergencies, "_portal_takes_files", False),
            self.assertRaisesRegex(UserError, "nobody asked for"),
        ):
            self.submit("office.emergency", SENT)
        self.assertFalse(
            self.env["office.emergency"]
            .with_user(self.users["director"])
            ._may_send_files(),
            "only in the name of a school",
        )


@tagged("post_install", "-at_install")
class TestSchoolFilePages(SchoolFixture, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_office()
        cls.set_up_schools()

    def post(self, address, files, **values):
        page = self.url_open(address).text
        token = re.search(r'name="csrf_token" value="(\w+)"', page)[1]
        return self.url_open(address, data={**values, "csrf_token": token}, files=files)

    def test_a_photo_is_sent_from_the_phone(self):
        self.authenticate(self.user.login, self.user.login)
        new = "/my/office/emergency/new"
        page = self.url_open(new).text
        self.assertIn('accept="image/*" capture="environment"', page)
        self.assertNotIn("again", page)
        files = [
            ("photos", ("wall.png", PNG)),
            ("files", ("list.txt", b"Nobody hurt")),
        ]
        refused = self.post(new, files, **{**EVENT, "place": ""})
        self.assertIn("Please fill in", refused.text)
        self.assertIn("choose photos and files again", refused.text)
        page = self.post(new, files, **EVENT)
        self.assertRegex(page.url, r"/my/office/emergency/\d+$")
        links = re.findall(r"/web/content/[^\"]+", page.text)
        self.assertEqual(len(links), 2)
        for link, content in zip(links, (PNG, b"Nobody hurt"), strict=True):
            self.assertEqual(self.url_open(link.replace("&amp;", "&")).content, content)
        again = f"{page.url}/again"
        self.assertIn("wall.png, list.txt", self.url_open(again).text)
        page = self.post(again, [("photos", ("gate.png", PNG))], **EVENT)
        self.assertIn("gate.png", page.text)
        bare = links[0].partition("?")[0]
        self.assertEqual(self.url_open(bare).status_code, 404, "not without its token")
        self.authenticate(self.stranger.login, self.stranger.login)
        self.assertEqual(self.url_open(page.url).status_code, 404)
        self.assertEqual(self.url_open(bare).status_code, 404)
