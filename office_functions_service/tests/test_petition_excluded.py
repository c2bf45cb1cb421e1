# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .petition_secret_case import MARKER, SecretCase


@tagged("office_service")
class TestPetitionExcluded(SecretCase):
    """Whoever is complained of never handles, reads or hears of it (A2, A4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls.users["staff"]
        cls.employee = cls.staff.employee_ids

    def accuse(self, petition, **vals):
        return (
            self.env["office.petition.accused"]
            .with_user(self.keeper)
            .create({"petition_id": petition.id, **vals})
        )

    def direct(self, **vals):
        """Return a directive about something else."""
        leader = self.users["leader"].id
        vals = {"name": "Look", "text": "Look", "leader_id": leader, **vals}
        return self.env["office.directive"].create(vals)

    def test_a4_accused_person_is_excluded_whatever_the_role(self):
        for role, user in self.users.items():
            petition = self.register(self.keeper)
            with self.subTest(role=role):
                if role == "keeper":
                    continue
                was = petition.with_user(user).sudo(False)
                reads = was.browse().has_access("read") and was.has_access("read")
                self.accuse(petition, user_id=user.id)
                self.env.invalidate_all()
                if reads:
                    self.assertHidden(petition, user)
        self.assertShown(petition, self.users["leader"])

    def test_everybody_of_an_accused_unit_is_excluded(self):
        colleague = self.make_user(
            "test_below", "office_functions.group_office_director"
        )
        colleague.employee_ids.create(
            {
                "name": colleague.name,
                "user_id": colleague.id,
                "department_id": self.subunit.id,
            }
        )
        petition = self.register(self.keeper)
        self.assertShown(petition, colleague)
        self.accuse(petition, unit_id=self.unit.id)
        self.assertHidden(petition, colleague)
        self.assertTrue(petition._is_against(self.users["section_head"]))
        self.assertFalse(petition._is_against(self.users["director"]))
        self.assertShown(petition, self.users["director"])

    def test_who_joins_the_unit_later_is_excluded_from_then_on(self):
        director = self.users["director"]
        petition = self.register(self.keeper)
        self.accuse(petition, unit_id=self.unit.id)
        self.assertShown(petition, director)
        employee = director.employee_ids.create(
            {
                "name": director.name,
                "user_id": director.id,
                "department_id": self.subunit.id,
            }
        )
        self.assertHidden(petition, director)
        employee.department_id = self.other_unit
        self.assertShown(petition, director)
        self.unit.manager_id = employee
        self.assertHidden(petition, director)

    def test_head_of_the_whole_is_not_the_head_of_the_part(self):
        petition = self.register(self.keeper)
        self.accuse(petition, unit_id=self.subunit.id)
        self.assertFalse(petition._is_against(self.users["section_head"]))

    def test_a_free_text_excludes_nobody_by_itself(self):
        petition = self.register(self.keeper)
        self.accuse(petition, name="The headmaster")
        self.assertFalse(petition.sudo().office_accused)
        self.assertShown(petition, self.users["leader"])

    def test_it_goes_to_no_unit_that_contains_the_accused(self):
        petition = self.register(self.keeper)
        self.accuse(petition, employee_id=self.employee.id)
        for name, value in (
            ("lead_unit_id", self.unit.id),
            ("assisting_unit_ids", [Command.set(self.unit.ids)]),
            ("handler_id", self.staff.id),
        ):
            with self.subTest(name), self.assertRaises(ValidationError) as caught:
                petition.with_user(self.keeper).write({name: value})
            self.assertNotIn(self.staff.name, str(caught.exception))
        above = self.env["hr.department"].create({"name": "Above", "company_id": False})
        self.unit.parent_id = above
        with self.assertRaises(ValidationError):
            petition.with_user(self.keeper).lead_unit_id = above
        petition.with_user(self.keeper).lead_unit_id = self.other_unit

    def test_named_at_registration_it_goes_to_them_neither(self):
        petition = self.register(
            self.keeper,
            handler_id=self.staff.id,
            lead_unit_id=self.unit.id,
            accused_ids=[Command.create({"employee_id": self.employee.id})],
        )
        self.assertFalse(petition.handler_id)
        self.assertFalse(petition.lead_unit_id)

    def test_who_handled_it_before_is_taken_off(self):
        petition = self.register(
            self.keeper, handler_id=self.staff.id, lead_unit_id=self.unit.id
        )
        self.assertShown(petition, self.staff)
        partner = self.staff.partner_id
        petition.message_subscribe(partner.ids)
        petition.sudo().activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.staff.id, summary=MARKER
        )
        self.accuse(petition, employee_id=self.employee.id)
        self.assertHidden(petition, self.staff)
        secret = petition.sudo()
        self.assertFalse(secret.handler_id or secret.lead_unit_id)
        self.assertNotIn(partner, secret.message_partner_ids)
        self.assertFalse(secret.activity_ids)

    def test_admitting_them_is_refused_and_admissions_end(self):
        petition = self.register(self.keeper)
        petition.with_user(self.users["director"]).admit(self.staff)
        self.assertShown(petition, self.staff)
        self.accuse(petition, employee_id=self.employee.id)
        self.assertHidden(petition, self.staff)
        self.assertTrue(petition.sudo().access_ids.date_lifted)
        with self.assertRaises(ValidationError):
            petition.with_user(self.users["director"]).admit(self.staff)

    def test_confidential_officer_who_is_accused_is_not_admitted(self):
        report = self.register(
            is_report=True,
            accused_ids=[Command.create({"user_id": self.keeper.id})],
        )
        self.assertHidden(report, self.keeper)
        self.assertShown(report, self.users["petition_officer"])

    def test_follower_activity_and_mail_are_refused(self):
        petition = self.register(self.keeper)
        self.accuse(petition, employee_id=self.employee.id)
        partner = self.staff.partner_id
        petition.message_subscribe(partner.ids)
        self.assertNotIn(partner, petition.sudo().message_partner_ids)
        with self.assertRaises(ValidationError):
            self.env["mail.followers"].create(
                {
                    "res_model": petition._name,
                    "res_id": petition.id,
                    "partner_id": partner.id,
                }
            )
        with self.assertRaises(ValidationError):
            petition.activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.staff.id
            )
        mine = petition.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.keeper.id
        )
        with self.assertRaises(ValidationError):
            mine.user_id = self.staff
        message = petition.message_post(body=MARKER, partner_ids=partner.ids)
        self.assertNotIn(partner, message.sudo().partner_ids)
        self.assertNotIn(partner, message.sudo().notification_ids.res_partner_id)

    def test_no_mail_by_another_partner_with_their_address(self):
        petition = self.register(self.keeper)
        self.accuse(petition, employee_id=self.employee.id)
        twin = self.env["res.partner"].create(
            {"name": "Twin", "email": f"X <{self.staff.email.upper()}>"}
        )
        other = self.env["res.partner"].create(
            {"name": "Other", "email": "other@example.com"}
        )
        self.assertEqual(petition._filter_informable(twin | other), other)

    def test_delegation_lends_nothing_of_it(self):
        delegate = self.make_user(
            "test_delegate", "office_functions.group_office_staff"
        )
        today = self.env["office.delegation"].create(
            [
                {
                    "principal_id": principal.id,
                    "delegate_id": other.id,
                    "date_to": "2026-12-31",
                }
                for principal, other in (
                    (self.staff, delegate),
                    (self.users["section_head"], self.staff),
                )
            ]
        )
        petition = self.register(
            self.keeper,
            handler_id=self.users["section_head"].id,
            lead_unit_id=self.other_unit.id,
        )
        self.accuse(petition, employee_id=self.employee.id)
        today._take_over()
        for user in (delegate, self.staff):
            self.assertFalse(petition.with_user(user).has_access("read"))
        self.assertFalse(
            petition.sudo().access_ids.filtered(lambda line: line.kind == "granted")
        )
        self.assertNotIn(self.staff, petition._get_relation_users("handler"))

    def test_nobody_accused_is_urged(self):
        head = self.users["section_head"]
        petition = self.register(
            self.keeper, handler_id=head.id, lead_unit_id=self.other_unit.id
        )
        self.assertEqual(petition._get_urging_addressees("1"), head)
        self.accuse(petition, user_id=head.id)
        petition.sudo().with_context()._write({"handler_id": head.id})
        petition.flush_recordset()
        self.assertEqual(petition._get_urging_addressees("3"), self.keeper)

    def test_nobody_who_is_not_admitted_is_urged_for_a_report(self):
        report = self.register(self.keeper, is_report=True)
        staff = self.users["staff"]
        report.sudo().with_context()._write({"handler_id": staff.id})
        report.flush_recordset()
        self.assertEqual(report._get_urging_addressees("3"), self.keeper)
        report.sudo()._write({"handler_id": self.keeper.id})
        report.flush_recordset()
        self.assertEqual(report._get_urging_addressees("3"), self.keeper)

    def test_told_before_is_not_told_after(self):
        head = self.users["section_head"]
        petition = self.register(
            self.keeper, handler_id=head.id, lead_unit_id=self.other_unit.id
        ).sudo()
        urging = petition._send_urging(MARKER, "1", 2, head)
        self.accuse(petition, user_id=head.id)
        self.env["office.urging.addressee"]._tell_all()
        self.assertFalse(urging.sudo().addressee_ids.date_notified)

    def test_nothing_grows_out_of_it_that_they_could_read(self):
        petition = self.register(self.keeper)
        self.accuse(petition, employee_id=self.employee.id)
        directive = self.direct(handler_id=self.staff.id)
        Link = self.env["office.matter.link"]
        with self.assertRaises(UserError):
            Link._link(petition.sudo(), directive)
        with self.assertRaises(UserError):
            Link._link(directive, petition.sudo())
        directive.handler_id = False
        directive.lead_unit_id = self.other_unit
        Link._link(petition.sudo(), directive)

    def test_a_report_gives_rise_only_to_what_is_restricted(self):
        report = self.register(self.keeper, is_report=True)
        director = self.users["director"]
        directive = self.direct()
        Link = self.env["office.matter.link"]
        with self.assertRaises(UserError):
            Link._link(report.sudo(), directive)
        directive.with_user(director).restrict()
        Link._link(report.sudo(), directive)

    def test_results_made_before_are_closed_to_them(self):
        petition = self.register(self.keeper)
        directive = self.direct(handler_id=self.staff.id)
        self.env["office.matter.link"]._link(petition.sudo(), directive)
        self.assertTrue(directive.with_user(self.staff).has_access("read"))
        self.accuse(petition, employee_id=self.employee.id)
        self.env.invalidate_all()
        self.assertFalse(directive.with_user(self.staff).has_access("read"))

    def test_a4_colleagues_of_the_accused_read_no_result_of_it(self):
        colleague = self.make_user("test_near", "office_functions.group_office_staff")
        colleague.employee_ids.create(
            {
                "name": colleague.name,
                "user_id": colleague.id,
                "department_id": self.employee.department_id.id,
            }
        )
        unit = self.employee.department_id
        petition = self.register(self.keeper)
        before = self.direct(lead_unit_id=unit.id, handler_id=colleague.id)
        read_before = self.direct(lead_unit_id=unit.id, handler_id=False)
        read_before.assisting_unit_ids = unit
        read_before._name_person("granted", colleague, "")
        Link = self.env["office.matter.link"]
        for directive in (before, read_before):
            Link._link(petition.sudo(), directive)
        self.assertTrue(read_before.with_user(colleague).has_access("read"))
        self.accuse(petition, employee_id=self.employee.id)
        self.env.invalidate_all()
        # Who handles it already keeps it; nobody else of the unit reads any of it.
        self.assertTrue(before.with_user(colleague).has_access("read"))
        self.assertFalse(read_before.with_user(colleague).has_access("read"))
        self.assertTrue(read_before.with_user(self.users["leader"]).has_access("read"))
        # What is made now goes there neither at once nor later.
        with self.assertRaises(UserError):
            Link._link(petition.sudo(), self.direct(lead_unit_id=unit.id))
        after = self.direct(lead_unit_id=self.other_unit.id)
        Link._link(petition.sudo(), after)
        for vals in (
            {"lead_unit_id": unit.id},
            {"assisting_unit_ids": [Command.link(unit.id)]},
            {"handler_id": self.staff.id},
            {"leader_id": self.staff.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                after.sudo().write(vals)

    def test_who_is_complained_of_is_read_by_officers_and_admitted_only(self):
        petition = self.register(self.keeper, handler_id=self.staff.id)
        accused = self.accuse(petition, name="The headmaster")
        for role in ("staff", "director", "leader"):
            self.assertFalse(
                accused.with_user(self.users[role]).has_access("read"), role
            )
        self.assertTrue(
            accused.with_user(self.users["petition_officer"]).has_access("read")
        )
        petition.with_user(self.users["director"]).admit(self.users["leader"])
        self.assertTrue(accused.with_user(self.users["leader"]).has_access("read"))

    def test_who_is_complained_of_must_be_said(self):
        petition = self.register(self.keeper)
        for vals in ({}, {"name": ""}, {"role": "Head"}):
            with (
                self.subTest(vals=vals),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.accuse(petition, **vals)

    def test_line_is_not_moved_to_another_petition(self):
        accused = self.accuse(self.register(self.keeper), name="The headmaster")
        with self.assertRaises(ValidationError):
            accused.petition_id = self.register(self.keeper)

    def test_the_exclusion_costs_a_transition_no_query(self):
        """The first of each kind warms the caches, as on a running server."""
        petitions = [self.register(self.keeper) for _nth in range(4)]
        for petition in petitions[2:]:
            self.accuse(petition, employee_id=self.employee.id)
        counts = []
        for petition in petitions:
            petition.write({"petition_class": "claim", "route": "petition"})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            petition.do_transition("judge")
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        _first, plain, _first_against, against = counts
        self.assertLessEqual(against, plain, counts)

    def test_second_company(self):
        other = self.env["res.company"].create({"name": "Other District"})
        petition = self.register(self.keeper)
        director = self.make_user(
            "test_theirs",
            "office_functions.group_office_director",
            company_id=other.id,
            company_ids=other.ids,
        )
        accused = self.accuse(petition, name="The headmaster")
        self.assertFalse(accused.with_user(director).has_access("read"))
