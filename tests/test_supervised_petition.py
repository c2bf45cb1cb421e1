# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A petition put under supervision stays unknown to whom it concerns (R-PET-10, A4)."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.office_functions_service.tests.petition_secret_case import (
    MARKER,
    SecretCase,
)

SUPERVISOR = "office_functions_supervision.group_office_supervisor"


@tagged("office_service")
class TestSupervisedPetition(SecretCase):
    def supervise(self, petition):
        """Let a supervisor propose a ticket, and return it in superuser mode."""
        supervisor = self.make_user("test_supervisor", SUPERVISOR)
        if petition.sudo().is_report:
            petition.with_user(self.keeper).admit(self.users["leader"])
            supervisor = self.users["leader"]
        action = petition.with_user(supervisor).action_supervise()
        Ticket = self.env["office.supervision.ticket"].sudo()
        return Ticket.browse(action["res_id"])

    def accuse(self, petition, user):
        return (
            self.env["office.petition.accused"]
            .with_user(self.keeper)
            .create({"petition_id": petition.id, "user_id": user.id})
        )

    def assertTellsNothing(self, ticket, petition, user):
        self.assertEqual(ticket.source_type, "petition")
        self.assertNotIn(MARKER, str(ticket.read()))
        self.assertIn(petition.sudo().number, ticket.name)
        self.env.invalidate_all()
        self.assertFalse(ticket.with_user(user).has_access("read"))

    def test_a4_an_accused_head_reads_no_ticket_nor_directive_of_it(self):
        head = self.users["section_head"]
        petition = self.register(self.keeper)
        self.accuse(petition, head)
        ticket = self.supervise(petition)
        self.assertTellsNothing(ticket, petition, head)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            ticket.lead_unit_id = self.unit
        self.env.invalidate_all()
        self.assertFalse(ticket.with_user(head).has_access("read"))

    def test_a4_an_accused_leader_reads_no_ticket_of_it_either(self):
        leader = self.users["director"]
        petition = self.register(self.keeper)
        self.accuse(petition, leader)
        self.assertTellsNothing(self.supervise(petition), petition, leader)

    def test_a4_the_ticket_of_a_report_is_for_those_admitted(self):
        report = self.register(self.keeper, is_report=True)
        ticket = self.supervise(report)
        for role in ("director", "section_head", "clerk", "petition_officer"):
            with self.subTest(role):
                self.assertTellsNothing(ticket, report, self.users[role])

    def test_source_of_an_ordinary_one_is_petition(self):
        petition = self.register(self.keeper)
        ticket = self.supervise(petition)
        self.assertEqual((ticket.source_type, ticket.name), ("petition", petition.name))
