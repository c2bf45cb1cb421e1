# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Strangers in the service hall, for tests."""

import re
from base64 import b64encode
from unittest.mock import patch

from odoo.addons.office_functions.tests.common import OfficeHttpCase
from odoo.addons.office_functions_service.controllers import hall_base
from odoo.addons.office_functions_service.models import office_public_form

from .answered_fixture import AnsweredFixture

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
CODE = re.compile(r"o_office_code\">([A-Z0-9-]{14})<")
PHONE = "13812345678"
TYPED = {
    "is_report": "ordinary",
    "name": "How are pupils moved?",
    "text": "In the middle of the term.",
    "person": "张三丰",
    "person_phone": PHONE,
}


class HallCase(AnsweredFixture, OfficeHttpCase):
    """A browser without an account. Forms may be sent as fast as a test can."""

    model_name = "office.consultation"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.env.company.write(
            {
                "hall_filing_burst": 0,
                "hall_filing_sustained": 0,
                "hall_query_burst": 0,
                "hall_query_sustained": 0,
            }
        )
        cls.petitions = cls.env["office.petition"]
        cls.consultations = cls.env["office.consultation"]

    def setUp(self):
        super().setUp()
        self.enterContext(patch.object(office_public_form, "LEAST_SECONDS", -1))

    def open_form(self, path):
        """Return the hidden fields of a page's last form, and the page."""
        page = self.url_open(path)
        self.assertEqual(page.status_code, 200, page.text[:400])
        return dict(HIDDEN.findall(page.text)), page

    def send(self, path, data=None, files=None, to=None, **options):
        hidden, _page = self.open_form(path)
        return self.url_open(
            to or path, data={**hidden, **(data or {})}, files=files, **options
        )

    def file(self, kind="petition", files=None, **typed):
        """File something, and return the record and the page that follows."""
        values = {**TYPED, **typed}
        if kind == "consultation":
            values = {"topic_id": str(self.topic.id), **values}
        page = self.send(f"/office/{kind}/new", values, files)
        self.assertIn(f"/office/{kind}/filed", page.url, page.text[-9000:])
        model = self.env["office.public.mixin"]._get_public_kinds()[kind]
        record = self.env[model].search(
            [("is_filed_online", "=", True)], order="id desc", limit=1
        )
        return record, page

    def follow(self, kind, code, tail=PHONE[-4:]):
        return self.send(f"/office/{kind}/track", {"code": code, "tail": tail})

    def leave(self):
        """Become another browser."""
        self.opener.cookies.clear()

    def publish(self, name, answer, **vals):
        guidance = self.env["office.guidance"].create(
            {
                "name": name,
                "answer": answer,
                "topic_id": self.topic.id,
                "audience": "public",
                **vals,
            }
        )
        guidance._apply_transition(guidance._get_transition("publish"))
        return guidance

    @classmethod
    def make_entry(cls):
        """Return an entry of the catalogue on the pages, and its released file."""
        clerk, director = cls.users["clerk"], cls.users["director"]
        info = cls.env["office.open.info"].with_user(clerk)
        info = info.create(
            {
                "name": "Rules on the enrolment of pupils",
                "summary": "Who is enrolled where.",
                "category_id": cls.env.ref(
                    "office_functions_service.open_category_norm"
                ).id,
                "subject_id": cls.env.ref(
                    "office_functions_service.open_subject_education"
                ).id,
                "disclosure": "active",
                "publisher": "Education Commission",
                "lead_unit_id": cls.unit.id,
            }
        )
        info.do_transition("classify")
        file = info.file_ids.create(
            {
                "info_id": info.id,
                "name": "rules.txt",
                "content": b64encode(b"For everybody"),
                "visibility": "public",
            }
        )
        file.with_user(director).action_review()
        for user, name, note in (
            (director, "check", "Nothing secret in it"),
            (cls.users["leader"], "approve", False),
            (clerk, "publish", False),
        ):
            info.with_user(user).do_transition(name, note)
        return info, file

    def answer(self, record, text="The register, and the consent of both schools."):
        """Let the section answer a consultation."""
        staff = record.with_user(self.users["staff"])
        staff.do_transition("accept")
        staff.write({"answer_draft": text, "regulation_ids": self.law.ids})
        staff.do_transition("answer")

    assertHeaders = staticmethod(
        lambda answer: [
            name
            for name, value in hall_base.HEADERS.items()
            if answer.headers.get(name) != value
        ]
    )
