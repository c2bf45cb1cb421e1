# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeCase

from .petition_fixture import PetitionFixture


@tagged("office_service")
class TestPetitionOrgans(PetitionFixture, OfficeCase):
    """Whose a petition is, is settled with other organs (信访工作条例 第23、24条)."""

    def object(self, **vals):
        petition = self.register(source_organ="市信访局", **vals)
        self.do(petition, "petition_officer", "object", "It belongs to traffic.")
        return petition

    def test_r_pet_3_material_goes_back_once_the_sender_agrees(self):
        petition = self.object()
        self.assertEqual(petition.state, "objected")
        self.assertFalse(petition.date_done, "Until they agree it is ours to tell of")
        self.assertEqual(
            petition._get_public_states()["objected"], "Already Registered"
        )
        with self.assertRaisesRegex(UserError, "write down the reason"):
            self.do(petition, "petition_officer", "agree_objection")
        self.do(petition, "petition_officer", "agree_objection", "Returned by courier")
        self.assertEqual(petition.state, "forwarded")
        self.assertEqual(petition.date_done, self.day(0))
        self.assertEqual(petition.date_notice_met, self.day(0))

    def test_r_pet_3_not_agreed_it_stays_ours_by_the_same_clock(self):
        petition = self.object()
        self.assertEqual(petition.date_notice_met, self.day(0))
        number = petition.number
        self.to_day(6)
        with self.assertRaisesRegex(UserError, "write down the reason"):
            self.do(petition, "petition_officer", "reject_objection")
        self.do(petition, "petition_officer", "reject_objection", "It is yours")
        self.assertEqual(petition.state, "registered")
        self.assertEqual(petition.number, number)
        self.assertEqual(petition.date_deadline, self.day(15))
        self.assertTrue(petition.notice_ids.is_superseded)
        self.assertFalse(petition.date_notice_met, "The petitioner was told nothing")
        self.assertFalse(petition.decided_by_id)
        self.judge(petition)
        self.do(petition, "petition_officer", "accept")
        self.deliver(petition)
        self.assertEqual(petition.date_notice_met, self.day(6))

    def test_r_pet_4_nobody_takes_on_what_several_organs_have_not_settled(self):
        organs = {"other_organs": "区教育局、区公安分局"}
        for vals in ({}, {"who_accepts": "dispute"}, {"who_accepts": "agreed"}):
            petition = self.judge(self.register(), **organs, **vals)
            officer = petition.with_user(self.users["petition_officer"])
            officer.proper_organ = "区教育局"
            for step in ("accept", "assign", "forward"):
                with self.subTest(vals=vals, step=step):
                    with self.assertRaisesRegex(UserError, "common superior"):
                        officer.do_transition(step)
        for who in ("agreed", "superior", "meeting"):
            petition = self.judge(
                self.register(),
                **organs,
                who_accepts=who,
                who_accepts_record="联席会议纪要〔2026〕2号",
            )
            self.do(petition, "petition_officer", "accept")
            self.assertEqual(petition.state, "accepted")
        with self.assertRaises(ValidationError):
            petition.with_user(self.users["petition_officer"]).who_accepts = "dispute"

    def test_r_pet_4_petition_officers_write_what_was_settled(self):
        petition = self.judge(self.register())
        with self.assertRaises(AccessError):
            petition.with_user(self.users["staff"]).other_organs = "区教育局"
