# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What the tests of openness have in common."""

from base64 import b64encode

from odoo.addons.office_functions.tests.common import TODAY, ClockFixture
from odoo.addons.office_functions.tools.transition import permit


class OpenInfoFixture(ClockFixture):
    """An entry that the clerk writes, the director reviews and the leader approves."""

    model_name = "office.open.info"
    relations = {
        "unit_head": "section_head",
        "author": "clerk",
        "checker": "director",
    }

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Rules on the enrolment of pupils",
            "summary": "Who is enrolled where, and which papers are needed.",
            "document_number": "No. 7 of 2026",
            "category_id": cls.env.ref(
                "office_functions_service.open_category_norm"
            ).id,
            "subject_id": cls.env.ref(
                "office_functions_service.open_subject_education"
            ).id,
            "disclosure": "active",
            "date_formed": TODAY,
            "publisher": "Education Commission",
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
        }

    def prepare(self, record, row):
        if row.name == "reexamine":
            with permit(record):
                record.disclosure = "on_request"

    def put_in(self, record, content=b"For everybody", **vals):
        """Let the clerk put a file in.

        :rtype: office.open.file
        """
        field = "info_id" if record._name == "office.open.info" else "request_id"
        return (
            self.env["office.open.file"]
            .with_user(self.users["clerk"])
            .create(
                {
                    field: record.id,
                    "name": "rules.txt",
                    "content": b64encode(content),
                    "visibility": "public",
                    **vals,
                }
            )
        )

    def do(self, record, role, name, note=False):
        """Let somebody make a transition, with all checks."""
        record.with_user(self.users[role]).do_transition(name, note)
        record.invalidate_recordset()

    def release(self, record):
        """Lead a classified entry to the pages, with all checks."""
        for role, name, note in (
            ("director", "check", "Nothing secret in it"),
            ("leader", "approve", False),
            ("clerk", "publish", False),
        ):
            self.do(record, role, name, note)

    def make_published(self, *contents, **vals):
        """Return an entry on the pages with some reviewed files."""
        record = self.make("classified", **vals)
        for number, content in enumerate(contents, 1):
            file = self.put_in(record, content, name=f"file{number}.txt")
            file.with_user(self.users["director"]).action_review()
        self.release(record)
        return record
