# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What the tests of requests and consultations have in common."""

from odoo.fields import Command

from odoo.addons.office_functions.tests.common import ClockFixture


class AnsweredFixture(ClockFixture):
    """A school with a login of its own asks; the test section answers."""

    readers = "leader director clerk section_head staff"

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.asking_school, cls.asking_user = cls.make_school("asking")
        cls.topic = cls.env["office.service.topic"].create(
            {
                "name": "Enrolment",
                "lead_unit_id": cls.unit.id,
                "handler_id": cls.users["staff"].id,
                "is_public": True,
                "company_id": False,
            }
        )
        cls.law = cls.env["office.regulation"].create(
            {"name": "Rules of Enrolment", "kind": "policy", "number": "No. 3"}
        )
        cls.env.flush_all()
        return result

    @classmethod
    def make_school(cls, name):
        """Return a school, and its portal user.

        :rtype: tuple
        """
        user = cls.make_user(f"test_{name}", "office_functions.group_office_school")
        school = cls.env["hr.department"].create(
            {
                "name": f"School {name}",
                "company_id": False,
                "unit_kind": "school",
                "office_user_ids": [Command.set(user.ids)],
            }
        )
        return school, user

    @classmethod
    def sample_vals(cls):
        return {
            "name": "A pupil moves here in the middle of the term",
            "text": "Which papers are needed, and by when?",
            "topic_id": cls.topic.id,
            "school_id": cls.asking_school.id,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "answer_draft": "The register, and the consent of both schools.",
            "guide_channel": "other",
        }

    def prepare(self, record, row):
        if row.name == "forward":
            there = record.lead_unit_id == self.other_unit
            record.forward_unit_id = self.subunit if there else self.other_unit
        elif row.name == "accept" and not record.handler_id:
            record.handler_id = self.users["staff"]
        elif row.name == "close" and record.date_rating_due:
            record._set(date_rating_due=False)

    def ask(self, user=None, **values):
        """Send in a question on the portal, by default as the asking school.

        :return: the record, as that user
        """
        model = self.model.with_user(user or self.asking_user)
        return model.submit_from_portal(
            {
                "name": "How are pupils moved?",
                "topic_id": str(self.topic.id),
                "text": "In the middle of the term.",
                **values,
            }
        )

    def do(self, record, role, name, note=False):
        return record.with_user(self.users[role]).do_transition(name, note)
