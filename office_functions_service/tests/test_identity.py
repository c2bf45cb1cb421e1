# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeCase


@tagged("office_service")
class TestIdentity(OfficeCase):
    """Who somebody is stays apart from what they say (R-PII-1)."""

    def register(self, **vals):
        return (
            self.env["office.petition"]
            .with_user(self.users["petition_officer"])
            .create(
                {
                    "name": "The school bus never stops",
                    "lead_unit_id": self.unit.id,
                    "person": "张三丰",
                    "person_phone": "13812345678",
                }
                | vals
            )
        )

    def test_forms_lists_and_exports_show_masked_values(self):
        petition = self.register()
        self.assertEqual(petition.person, "张**")
        self.assertEqual(petition.person_phone, "138****5678")
        self.users["petition_officer"].group_ids += self.env.ref(
            "base.group_allow_export"
        )
        exported = petition.export_data(["person", "identity_ids/phone_masked"])
        self.assertEqual(exported["datas"], [["张**", "138****5678"]])
        with self.assertRaises(AccessError):
            petition.identity_ids.read(["phone"])
        with self.assertRaises(AccessError):
            self.env["office.petition.identity"].with_user(
                self.users["petition_officer"]
            ).search([("phone", "like", "138")])

    def test_masked_value_sent_back_changes_nothing(self):
        petition = self.register()
        petition.write({"person": "张**", "person_phone": "13912345678"})
        self.assertEqual(petition.sudo().identity_ids.person, "张三丰")
        self.assertEqual(petition.sudo().identity_ids.phone, "13912345678")

    def test_each_look_is_put_on_record(self):
        petition = self.register()
        seen = petition.identity_ids.reveal()
        self.assertEqual(seen, {"person": "张三丰", "phone": "13812345678"})
        looks = self.env["office.audit.log"].search(
            [("res_model", "=", "office.petition.identity"), ("kind", "=", "view")]
        )
        self.assertEqual(looks.user_id, self.users["petition_officer"])
        with self.assertRaises(AccessError):
            petition.identity_ids.with_user(self.users["leader"]).reveal()

    def test_followed_by_code_and_end_of_phone(self):
        petition = self.register()
        code = petition.query_code
        Petition = self.env["office.petition"]
        self.assertEqual(Petition._find_public(code.lower(), "5678").id, petition.id)
        for wrong in ((code, "5679"), (code, ""), ("A" * 12, "5678"), ("", "")):
            with self.subTest(wrong):
                self.assertFalse(Petition._find_public(*wrong))
