# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeCase

from .petition_fixture import PetitionFixture


@tagged("office_service")
class TestAttitudeComplaint(PetitionFixture, OfficeCase):
    """Whose attitude a citizen complains of has no say in it (S4.13)."""

    def complain(self, record, person, role="petition_officer"):
        dialog = (
            self.env["office.attitude.complaint"]
            .with_user(self.users[role])
            .with_context(active_model=record._name, active_id=record.id)
            .create({"person_id": self.users[person].id, "problem": "Shouted at me"})
        )
        dialog.send()
        return self.env["office.service.correction"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )

    def test_s4_13_the_head_looks_into_it_and_reads_only_the_number(self):
        petition = self.register()
        found = self.complain(petition, "staff")
        self.assertRecordValues(
            found,
            [
                {
                    "kind": "attitude",
                    "state": "open",
                    "handler_id": self.users["section_head"].id,
                    "blamed_id": self.users["staff"].id,
                    "source_name": petition.number,
                    "problem": "Shouted at me",
                }
            ],
        )
        self.assertNotIn(petition.name, found.name)
        with self.assertRaisesRegex(UserError, "already"):
            self.complain(petition, "staff")

    def test_s4_13_of_a_head_somebody_above_looks_into_it(self):
        found = self.complain(self.register(), "section_head")
        self.assertNotEqual(found.handler_id, self.users["section_head"])
        self.assertTrue(found.handler_id)
        with self.assertRaisesRegex(ValidationError, "does not put it right alone"):
            found.handler_id = self.users["section_head"]

    def test_s4_13_who_is_complained_of_neither_checks_nor_drops_it(self):
        found = self.complain(self.register(), "clerk")
        found.handler_id = self.users["director"]
        with self.assertRaisesRegex(UserError, "had a part in this"):
            found.with_user(self.users["clerk"]).do_transition("drop", "Not true")
        found.measure = "Spoken with"
        found.with_user(self.users["director"]).do_transition("report")
        for step in ("close", "fail"):
            with self.assertRaisesRegex(UserError, "had a part in this"):
                found.with_user(self.users["clerk"]).do_transition(step, "Fine")
        with self.assertRaises(ValidationError):
            found.with_user(self.users["director"]).blamed_id = False

    def test_a4_nothing_leads_to_what_is_kept_from_somebody(self):
        officer = self.users["petition_officer"]
        petition = self.register(
            accused_ids=[Command.create({"user_id": self.users["clerk"].id})]
        )
        with self.assertRaisesRegex(UserError, "petition of its own"):
            self.complain(petition, "staff")
        with self.assertRaises(AccessError):
            self.complain(self.register(), "staff", role="canteen")
        dialog = self.env["office.attitude.complaint"].with_user(officer)
        dialog = dialog.with_context(active_model="res.users", active_id=officer.id)
        with self.assertRaisesRegex(UserError, "their own matters"):
            dialog.create({"person_id": officer.id, "problem": "No"}).send()
