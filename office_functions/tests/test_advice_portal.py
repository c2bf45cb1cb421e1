# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import re

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from ..tools.transition import permit
from .common import OfficeCase, OfficeFixture

PROPOSAL = {"name": "Longer library hours", "text": "Open until six.\nEvery day."}


class TestSchoolProposal(OfficeCase):
    """A school sends in proposals, reads its own, and nothing of the office's mind."""

    def send(self, **values):
        model = self.env["office.advice"].with_user(self.users["school"])
        return model.submit_from_portal({**PROPOSAL, **values})

    def test_s1_13_a_proposal_arrives_at_the_office(self):
        advice = self.send()
        self.assertRecordValues(
            advice.sudo(),
            [
                {
                    "kind": "proposal",
                    "state": "submitted",
                    "initiative": "self",
                    "lead_unit_id": self.school.id,
                    "drafter_id": self.users["school"].id,
                    "handler_id": False,
                }
            ],
        )
        waiting = self.env["office.advice"].with_user(self.users["director"])
        self.assertIn(advice.id, waiting.search([("state", "=", "submitted")]).ids)
        values = advice._get_portal_values()
        self.assertEqual(values["state"], "Waiting to Be Screened")
        self.assertEqual(values["lines"], [("Proposal", PROPOSAL["text"])])

    def test_the_date_is_that_of_handing_in(self):
        advice = self.send().sudo()
        with permit(advice):
            advice.date_submitted = "2026-02-03"
        shown = advice._get_portal_values()["date"]
        self.assertEqual(str(shown), "2026-02-03")

    def test_all_that_is_missing_is_told(self):
        with self.assertRaises(UserError) as refusal:
            self.send(name=" ", text="")
        self.assertSays(refusal.exception, "What is proposed", "Proposal")
        for values in ({**PROPOSAL, "level": "strategic"}, None, "text"):
            with self.assertRaisesRegex(UserError, "nobody asked for"):
                self.env["office.advice"].with_user(
                    self.users["school"]
                ).submit_from_portal(values)
        self.school.office_user_ids = False
        with self.assertRaisesRegex(UserError, "belongs to no school"):
            self.send()
        with self.assertRaises(AccessError):
            self.env["office.advice"].with_user(
                self.users["citizen"]
            ).submit_from_portal(PROPOSAL)

    def test_a_school_forges_nothing(self):
        user = self.users["school"]
        Advice = self.env["office.advice"].with_user(user)
        for vals in (
            {"kind": "decision", "lead_unit_id": self.school.id},
            {"kind": "proposal", "lead_unit_id": self.unit.id},
            {"kind": "proposal", "lead_unit_id": False},
            {
                "kind": "proposal",
                "lead_unit_id": self.school.id,
                "drafter_id": self.users["staff"].id,
            },
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                Advice.create({**PROPOSAL, **vals})
        advice = self.send()
        for vals in ({"text": "Forged"}, {"lead_unit_id": self.unit.id}):
            with self.assertRaises(UserError):
                advice.write(vals)
        with self.assertRaises(UserError):
            advice.do_transition("check")

    def test_opinions_of_the_office_stay_inside(self):
        advice = self.send()
        office = advice.with_user(self.users["director"])
        office.do_transition("check", "Not without a guard")
        office.level = "agency"
        office._message_log(body="Between us")
        self.assertTrue(office.transition_ids)
        log = office.transition_ids.with_user(self.users["school"])
        advice.env.invalidate_all()
        self.assertFalse(advice.transition_ids)
        self.assertFalse(
            advice.env["office.transition"].search([("res_id", "=", advice.id)])
        )
        with self.assertRaises(AccessError):
            log.read(["note"])
        panel = advice.get_matter_panel()
        for name in ("log", "deadline", "urgings", "sources", "results", "persons"):
            self.assertFalse(panel[name], name)
        self.assertFalse(advice.explain_deadline())
        for name in (
            *("level", "leader_id", "checker_id", "date_checked", "decision"),
            *("decision_reason", "rating_high", "relevance", "chosen_option_id"),
            *("drafter_averages", "effect_text", "date_deferred"),
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                advice.read([name])
        with self.assertRaises(AccessError):
            self.env["office.advice.option"].with_user(self.users["school"]).search([])
        self.assertNotIn("Between us", str(advice.message_ids.mapped("body")))

    def test_a_school_sees_its_own_only(self):
        advice = self.send()
        other = self.make_user("test_school2", "office_functions.group_office_school")
        self.env["hr.department"].create(
            {
                "name": "Second School",
                "unit_kind": "school",
                "company_id": False,
                "office_user_ids": other.ids,
            }
        )
        self.assertFalse(advice.with_user(other).has_access("read"))
        self.assertFalse(advice.with_user(self.users["citizen"]).has_access("read"))
        colleague = self.make_user(
            "test_school3", "office_functions.group_office_school"
        )
        self.school.office_user_ids |= colleague
        self.assertTrue(advice.with_user(colleague).has_access("read"))

    def test_every_state_has_a_public_word(self):
        states = set(self.env["office.advice"]._fields["state"].get_values(self.env))
        words = self.env["office.advice"]._get_public_states()
        self.assertEqual(states - set(words), {"draft"})
        self.assertEqual(len(set(words.values())), 4)

    def test_a_draft_made_by_other_roads_is_not_on_the_portal(self):
        Advice = self.env["office.advice"].with_user(self.users["school"])
        draft = Advice.create(
            {**PROPOSAL, "kind": "proposal", "lead_unit_id": self.school.id}
        )
        self.assertNotIn(draft, Advice.search(Advice._get_portal_domain()))
        with self.assertRaises(ValidationError):
            Advice.create(
                {
                    **PROPOSAL,
                    "kind": "proposal",
                    "lead_unit_id": self.school.id,
                    "state": "adopted",
                }
            )


@tagged("post_install", "-at_install")
class TestPortalPages(OfficeFixture, HttpCase):
    """The pages under /my/office, as a browser gets them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_office()

    def sign_in(self, role):
        login = self.users[role].login
        self.authenticate(login, login)

    def post(self, token=True, **values):
        page = self.url_open("/my/office/advice/new").text
        found = re.search(r'name="csrf_token" value="(\w+)"', page)
        if token and found:
            values["csrf_token"] = found[1]
        return self.url_open("/my/office/advice/new", data=values)

    def test_a_school_sends_in_and_follows(self):
        self.sign_in("school")
        self.assertIn(
            "Nothing has been sent in yet", self.url_open("/my/office/advice").text
        )
        page = self.post(**PROPOSAL)
        self.assertEqual(page.status_code, 200)
        self.assertRegex(page.url, r"/my/office/advice/\d+$")
        self.assertIn("Longer library hours", page.text)
        self.assertIn("Waiting to Be Screened", page.text)
        advice = self.env["office.advice"].search([("name", "=", PROPOSAL["name"])])
        self.assertEqual(advice.state, "submitted")
        self.assertIn(advice.number, self.url_open("/my/office/advice").text)
        self.assertIn("/my/office/advice", self.url_open("/my").text)
        advice.with_user(self.users["director"]).do_transition(
            "return_draft", "Between us"
        )
        page = self.url_open(f"/my/office/advice/{advice.id}")
        self.assertEqual(page.status_code, 404)

    def test_nothing_typed_is_lost(self):
        self.sign_in("school")
        page = self.post(name="Longer <b>hours</b>", text=" ")
        self.assertIn("Please fill in: Proposal.", page.text)
        self.assertIn("Longer &lt;b&gt;hours&lt;/b&gt;", page.text)
        self.assertFalse(
            self.env["office.advice"].search_count([("name", "ilike", "hours")])
        )

    def test_no_post_without_a_token(self):
        self.sign_in("school")
        page = self.post(token=False, **PROPOSAL)
        self.assertEqual(page.status_code, 400)
        self.assertFalse(
            self.env["office.advice"].search_count([("name", "=", PROPOSAL["name"])])
        )

    def test_pages_of_others_are_not_found(self):
        foreign = self.env["office.advice"].create(
            {"name": "Secret of another school", "kind": "proposal", "text": "Ours"}
        )
        foreign._apply_transition(foreign._get_transition("submit"))
        self.sign_in("school")
        for path in (f"advice/{foreign.id}", "advice/0", "nonsense", "nonsense/new"):
            page = self.url_open(f"/my/office/{path}")
            with self.subTest(path=path):
                self.assertEqual(page.status_code, 404)
                self.assertNotIn("Secret of another school", page.text)
        self.sign_in("citizen")
        self.assertEqual(self.url_open("/my/office/advice").status_code, 404)
        self.assertEqual(self.url_open("/my/office/advice/new").status_code, 404)

    def test_an_internal_author_may_use_the_pages_too(self):
        self.sign_in("staff")
        self.assertEqual(self.url_open("/my/office/advice").status_code, 200)
