# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged

from .petition_secret_case import SecretCase

STARS = "＊"


@tagged("office_service")
class TestPetitionKnown(SecretCase):
    """Who sees how much of a petitioner (A4, A13, R-PII-1)."""

    def count_looks(self, user):
        return self.env["office.audit.log"].search_count(
            [
                ("res_model", "=", "office.petition.identity"),
                ("kind", "=", "view"),
                ("user_id", "=", user.id),
            ]
        )

    def test_a4_handler_unmasks_the_phone_with_a_logged_click(self):
        staff = self.users["staff"]
        petition = self.register(handler_id=staff.id)
        identity = petition.identity_ids.with_user(staff)
        self.assertEqual(identity.reveal(), {"phone": "13812345678"})
        self.assertEqual(self.count_looks(staff), 1)
        action = identity.action_reveal()
        self.assertIn("13812345678", action["params"]["message"])
        self.assertNotIn("张三丰", action["params"]["message"])
        self.assertEqual(self.count_looks(staff), 2)

    def test_who_only_reads_the_petition_unmasks_nothing(self):
        petition = self.register(handler_id=self.users["staff"].id)
        for role in ("leader", "director"):
            with self.assertRaises(AccessError):
                petition.identity_ids.with_user(self.users[role]).reveal()

    def test_a4_of_a_report_only_listed_officers_see_anything(self):
        report = self.register(is_report=True)
        leader = self.users["leader"]
        report.with_user(self.keeper).admit(leader)
        seen = report.with_user(leader)
        self.assertEqual(seen.person, STARS)
        self.assertEqual(seen.person_phone, STARS)
        with self.assertRaises(AccessError):
            seen.identity_ids.reveal()
        other = self.make_user(
            "test_officer2", "office_functions.group_office_petition"
        )
        with self.assertRaises(MissingError):
            report.identity_ids.with_user(other).reveal()
        self.assertEqual(
            report.identity_ids.with_user(self.keeper).reveal()["person"], "张三丰"
        )

    def test_of_a_child_without_the_guardians_consent_nobody_sees_anything(self):
        petition = self.register()
        identity = petition.identity_ids
        identity.is_child = True
        self.assertEqual(petition.person, STARS)
        with self.assertRaises(AccessError):
            identity.reveal()
        identity.guardian_consent = "   "
        with self.assertRaises(AccessError):
            identity.reveal()
        identity.guardian_consent = "Mother, by telephone, 10 March"
        self.assertEqual(petition.person, "张**")
        self.assertEqual(identity.reveal()["person"], "张三丰")

    def test_same_person_is_found_without_showing_the_number(self):
        first = self.register()
        self.register(person_phone="13900000000")
        Petition = self.env["office.petition"].with_user(self.users["petition_officer"])
        self.assertEqual(Petition._find_same_person(phone="138 1234 5678"), first)
        self.assertFalse(Petition._find_same_person(phone="13812345670"))
        self.assertFalse(Petition._find_same_person())
        first.person_id_number = "11010519491231002x"
        self.assertEqual(
            Petition._find_same_person(id_number="11010519491231002X"), first
        )

    def test_same_person_is_found_among_what_one_may_see_only(self):
        self.register(self.keeper, is_report=True)
        Petition = self.env["office.petition"].with_user(self.users["petition_officer"])
        self.assertFalse(Petition._find_same_person(phone="13812345678"))
        self.assertTrue(
            Petition.with_user(self.keeper)._find_same_person(phone="13812345678")
        )

    def test_exports_are_put_on_record(self):
        petition = self.register()
        officer = self.users["petition_officer"]
        officer.group_ids += self.env.ref("base.group_allow_export")
        petition.export_data(["name", "person"])
        line = self.env["office.audit.log"].search([("kind", "=", "export")])
        self.assertEqual((line.user_id, line.res_ids), (officer, petition.ids))
