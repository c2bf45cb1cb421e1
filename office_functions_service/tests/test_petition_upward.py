# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tools.transition import permit

from .petition_secret_case import SecretCase


@tagged("office_service")
class TestPetitionUpward(SecretCase):
    """What is grave goes up to committee and government at once (R-PET-12)."""

    def report_up(self, petition, role="petition_officer"):
        action = petition.with_user(self.users[role]).action_report_upward()
        return self.env["office.information"].browse(action["res_id"])

    def test_r_pet_12_a_special_report_without_identities(self):
        petition = self.register(
            name="张三丰反映食堂多人呕吐，电话13812345678",
            is_grave=True,
            accused_ids=[Command.create({"name": "王经理"})],
        )
        made = self.report_up(petition)
        self.assertEqual(
            (made.kind, made.direction, made.state), ("urgent", "up", "draft")
        )
        self.assertSays(made.name, petition.number)
        self.assertSays(made.text, "反映食堂多人呕吐", "2026年03月10日")
        for word in ("张三丰", "13812345678", "王经理"):
            self.assertNotIn(word, made.name + made.text)
        link = self.env["office.matter.link"]._get_links(petition)
        self.assertEqual((link.target_model, link.target_id), (made._name, made.id))
        self.assertEqual(self.report_up(petition, "director"), made, "Once")

    def test_what_is_against_somebody_says_nothing_and_is_kept_from_them(self):
        director = self.users["director"]
        petition = self.register(
            self.keeper,
            name="食堂回扣",
            is_grave=True,
            accused_ids=[Command.create({"user_id": director.id})],
        )
        made = self.report_up(petition, "keeper")
        self.assertNotIn("回扣", made.name + made.text)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(made.with_user(director).has_access("read"))
        self.assertTrue(made.with_user(self.users["leader"]).has_access("read"))

    def test_no_report_and_nothing_small_goes_up_this_way(self):
        small = self.register()
        report = self.register(self.keeper, is_grave=True, is_report=True)
        closed = self.register(is_grave=True)
        closed.with_user(self.users["leader"]).restrict()
        closed.with_user(self.users["leader"]).admit(self.users["petition_officer"])
        for petition, role, words in (
            (small, "petition_officer", "grave"),
            (report, "keeper", "competent organ"),
            (closed, "petition_officer", "kept secret"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.report_up(petition, role)
        grave = self.register(is_grave=True)
        with self.assertRaises(AccessError):
            self.report_up(grave, "leader")
        self.assertFalse(
            self.env["office.information"].search([("name", "like", "信访事项专报")])
        )

    def test_r_pet_12_what_was_not_reported_in_time_is_an_omission(self):
        petition = self.register(is_grave=True)
        sent = self.register(is_grave=True)
        self.register(self.keeper, is_grave=True, is_report=True)
        self.register(
            self.keeper,
            is_grave=True,
            accused_ids=[Command.create({"unit_id": self.unit.id})],
        )
        made = self.report_up(sent)
        Petition = self.env["office.petition"]
        self.assertFalse(Petition.search(Petition._get_not_reported_domain()))
        with permit(made, "submitted"):
            made.state = "submitted"
        self.clock.tick(timedelta(hours=5))
        self.assertEqual(Petition.search(Petition._get_not_reported_domain()), petition)
        self.env["office.omission"]._cron_check()
        found = self.env["office.omission"].search([("code", "=", "petition_upward")])
        self.assertEqual(found.mapped("res_id"), petition.ids)
        self.report_up(petition)
        self.assertEqual(
            Petition.search(Petition._get_not_reported_domain()),
            petition,
            "A draft is no report",
        )
