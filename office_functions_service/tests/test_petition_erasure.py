# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.office_functions.tools.transition import permit

from .petition_secret_case import SecretCase


@tagged("office_service")
class TestPetitionErasure(SecretCase):
    """Who petitioned is forgotten in time: proposed, approved, erased (R-PII-1)."""

    def close(self, **vals):
        petition = self.register(
            name="张三丰的来信", text="张三丰和李四", words_to_erase="李四", **vals
        )
        with permit(petition.sudo(), "closed"):
            petition.sudo().write(
                {"state": "closed", "state_since": "2026-03-10 02:00:00"}
            )
        return petition

    def propose(self):
        Erasure = self.env["office.petition.erasure"]
        Erasure._cron_propose()
        return Erasure.search([("state", "=", "proposed")])

    def setUp(self):
        super().setUp()
        self.enterContext(self.without_commits())

    def test_day_of_erasure_is_by_rule(self):
        petition, report = self.close(), self.close(is_report=True)
        self.assertEqual(str(petition.date_erase), "2031-03-10")
        self.assertEqual(str(report.date_erase), "2036-03-10")
        self.company.office_petition_years = 1
        self.assertEqual(str(petition.date_erase), "2027-03-10")
        self.assertFalse(self.register().date_erase)

    def test_proposed_approved_then_erased_while_the_log_stays(self):
        petition = self.close()
        petition.message_post(body="张三丰 rang again")
        petition.identity_ids.reveal()
        self.assertFalse(self.propose())
        self.company.office_petition_years = 0
        proposed = self.propose()
        self.assertEqual(proposed.petition_ids, petition.sudo())
        self.assertFalse(self.propose() - proposed)
        Erasure = self.env["office.petition.erasure"]
        Erasure._cron_erase()
        raw = petition.sudo().identity_ids
        self.assertEqual(raw.person, "张三丰")
        proposed.with_user(self.users["director"]).action_approve()
        Erasure._cron_erase()
        self.assertEqual(proposed.state, "done")
        for name in ("person", "phone", "phone_hash", "id_number_hash"):
            self.assertFalse(raw[name], name)
        self.assertTrue(raw.date_erased)
        self.assertEqual(petition.name, "■■■的来信")
        self.assertEqual(petition.text, "■■■和■■")
        self.assertFalse(petition.words_to_erase)
        self.assertNotIn("张三丰", str(petition.message_ids.mapped("body")))
        looks = self.env["office.audit.log"].search(
            [("res_model", "=", "office.petition.identity"), ("kind", "=", "view")]
        )
        self.assertTrue(looks)
        self.assertFalse(petition.date_erase)
        self.assertFalse(
            self.env["office.petition"]
            .with_user(self.users["petition_officer"])
            ._find_same_person(phone="13812345678")
        )

    def test_r_pii_1_no_text_keeps_the_name(self):
        petition = self.register(
            name="张三丰的来信", text="张三丰和李四", words_to_erase="李四"
        )
        model = petition.sudo()
        with permit(model):
            model.write(
                {
                    "opinion": "张三丰 is right",
                    "other_party": "李四的公司",
                    "agreement": "张三丰 and 李四 agree; phone 13812345678",
                }
            )
        self.env["office.petition.demand"].sudo().create(
            {"petition_id": petition.id, "text": "张三丰 wants a bus"}
        )
        model.message_post(body="张三丰 rang", subject="李四")
        self.env["mail.tracking.value"].sudo().create(
            {
                "mail_message_id": model.message_ids[0].id,
                "field_id": self.env["ir.model.fields"]._get(model._name, "name").id,
                "old_value_char": "张三丰的信",
                "new_value_char": "信",
            }
        )
        self.env["office.transition"].sudo()._put_on_record(
            model._prepare_log(
                model._get_transition("judge"),
                "张三丰 asked for it",
                {},
                model.state_since,
            )
        )
        ratings = self.env["rating.rating"].sudo()
        with permit(ratings):
            ratings.create(
                {
                    "res_model_id": self.env["ir.model"]._get_id(model._name),
                    "res_id": petition.id,
                    "feedback": "Thanks from 张三丰",
                }
            )
        self.env["ir.attachment"].sudo().create(
            {"name": "张三丰.txt", "res_model": model._name, "res_id": petition.id}
        )
        model._erase_identity()
        self.env.flush_all()
        for name, ids in model._find_texts().items():
            table = self.env[name]._table
            self.cr.execute(
                f"SELECT t::text FROM {table} t WHERE id IN %s",  # noqa: S608
                [tuple(ids) or (0,)],
            )
            for (row,) in self.cr.fetchall():
                for word in ("张三丰", "李四", "13812345678"):
                    self.assertNotIn(word, row, name)
        found = model._find_texts()
        for name in (
            "office.petition.demand",
            "office.transition",
            "mail.message",
            "mail.tracking.value",
            "rating.rating",
            "ir.attachment",
        ):
            self.assertTrue(found.get(name), name)
        self.assertSays(model.opinion, "■■■ is right")
        self.assertSays(model.agreement, "phone ■■■■■■■■■■■")

    def test_r_pii_1_who_asked_is_forgotten_too(self):
        request = self.env["office.info.request"].create(
            {
                "name": "张三丰 asks",
                "text": "All",
                "person": "张三丰",
                "person_phone": "13812345678",
            }
        )
        topic = self.env["office.service.topic"].create(
            {"name": "Moves", "lead_unit_id": self.unit.id, "company_id": False}
        )
        question = self.env["office.consultation"].create(
            {
                "name": "张三丰 asks",
                "text": "Who?",
                "topic_id": topic.id,
                "person": "张三丰",
            }
        )
        matters = (
            (request.sudo(), "replied"),
            (question.sudo(), "answered"),
        )
        for matter, state in matters:
            self.assertFalse(matter.date_erase)
            with permit(matter, state):
                matter.write({"state": state, "state_since": "2026-03-10 02:00:00"})
            self.assertEqual(str(matter.date_erase), "2029-03-10")
        self.company.office_identity_years = 0
        proposed = self.propose()
        self.assertEqual(proposed.request_ids, request.sudo())
        self.assertEqual(proposed.consultation_ids, question.sudo())
        self.assertEqual(proposed.number, 2)
        proposed.with_user(self.users["director"]).action_approve()
        self.env["office.petition.erasure"]._cron_erase()
        for matter, _state in matters:
            self.assertEqual(matter.name, "■■■ asks")
            self.assertFalse(matter.identity_ids.person)
            self.assertFalse(matter.identity_ids.phone_hash)
            self.assertFalse(matter.date_erase)
        self.assertEqual(proposed.state, "done")

    def test_interrupted_it_goes_on_where_it_stopped(self):
        petitions = self.close() + self.close() + self.close()
        self.company.office_petition_years = 0
        proposed = self.propose()
        proposed.with_user(self.users["director"]).action_approve()
        Erasure = self.env["office.petition.erasure"]
        model = self.registry["office.petition"]
        erase, done = model._erase_identity, []

        def fail_at_third(records):
            if len(done) == 2:
                raise RuntimeError("power is out")
            done.append(records.id)
            return erase(records)

        with (
            patch.object(model, "_erase_identity", fail_at_third),
            suppress(RuntimeError),
        ):
            Erasure._cron_erase(limit=1)
        self.assertEqual(proposed.state, "approved")
        raw = petitions.sudo().identity_ids
        self.assertEqual(len(raw.filtered("date_erased")), 2)
        Erasure._cron_erase(limit=1)
        self.assertEqual(len(raw.filtered("date_erased")), 3)
        self.assertEqual(proposed.state, "done")

    def test_only_a_director_approves_and_nobody_makes_lists(self):
        self.close()
        self.company.office_petition_years = 0
        proposed = self.propose()
        with self.assertRaises(UserError):
            proposed.with_user(self.users["petition_officer"]).action_approve()
        for role in ("staff", "leader", "admin"):
            with self.assertRaises(AccessError):
                proposed.with_user(self.users[role]).action_approve()
        director = self.users["director"]
        for call in (
            lambda: proposed.with_user(director).write({"state": "approved"}),
            lambda: proposed.browse().with_user(director).create({}),
        ):
            with self.assertRaises(UserError):
                call()
        proposed.with_user(director).action_approve()
        with self.assertRaises(UserError):
            proposed.with_user(director).action_approve()

    def test_director_sees_of_a_report_only_that_there_is_one(self):
        self.close(is_report=True)
        self.company.office_report_years = 0
        proposed = self.propose().with_user(self.users["director"])
        self.assertEqual(proposed.number, 1)
        self.env.invalidate_all()
        self.assertFalse(proposed.petition_ids)

    def test_second_company(self):
        self.close()
        self.company.office_petition_years = 0
        proposed = self.propose()
        other = self.env["res.company"].create({"name": "Other District"})
        director = self.make_user(
            "test_theirs",
            "office_functions.group_office_director",
            company_id=other.id,
            company_ids=other.ids,
        )
        self.assertFalse(proposed.with_user(director).has_access("read"))
