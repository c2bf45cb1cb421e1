# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from base64 import b64encode
from datetime import date

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.office_functions.tools.transition import permit

from .hall_case import PHONE, TYPED, HallCase


@tagged("office_service")
class TestHallKinds(HallCase):
    """What each kind of matter does in the hall beside what all do."""

    def test_a4_a_report_is_secret_from_the_moment_it_comes_in(self):
        new_test_user(
            self.env,
            "in_charge",
            "base.group_user,office_functions_service.group_office_petition_confidential",
        )
        petition, _page = self.file(is_report="report")
        self.assertTrue(petition.is_restricted)
        self.assertTrue(petition.number.startswith("检举"))
        for role in ("director", "leader", "petition_officer"):
            with self.subTest(role):
                hidden = petition.with_user(self.users[role])
                self.assertFalse(hidden.has_access("read"))
                self.assertFalse(hidden.search([("id", "=", petition.id)]))
        self.leave()
        page = self.follow("petition", petition.query_code)
        self.assertIn(petition.number, page.text)

    def test_a_petition_says_what_it_is(self):
        answer = self.send("/office/petition/new", {"is_report": "gossip"})
        self.assertIn("Please choose one of the list.", answer.text)

    def test_r_pet_1_a_petitioner_rates_where_it_is_followed(self):
        petition, _page = self.file()
        self.assertFalse(petition._get_public_page()["may_rate"])
        with permit(petition, "replied"):
            petition.write(
                {
                    "state": "replied",
                    "opinion": "The bus stops again.",
                    "date_opinion_delivered": "2026-05-06",
                    "handler_id": self.users["staff"].id,
                    "lead_unit_id": self.unit.id,
                }
            )
        page = self.send(
            "/office/petition/track",
            {"score": "2", "solved": "no", "comment": "It still does not stop"},
            to="/office/petition/track/rate",
        )
        self.assertIn("Your rating: 2 of 5", page.text)
        self.assertRecordValues(
            petition,
            [
                {
                    "score": 2,
                    "solved": "no",
                    "is_solved": False,
                    "state": "handling",
                    "first_handler_id": self.users["staff"].id,
                }
            ],
        )

    def test_a9_nothing_internal_of_a_petition_in_its_page(self):
        petition, _page = self.file()
        officer = petition.with_user(self.users["petition_officer"])
        officer.write(
            {
                "petition_class": "claim",
                "route": "petition",
                "lead_unit_id": self.unit.id,
                "handler_id": self.users["staff"].id,
            }
        )
        officer.do_transition("judge")
        page = self.url_open("/office/petition/track").text
        self.assertSays(page, "Told Whether It Is Accepted By")
        self.assertNotIn("Answer Due By", page, "That clock has not begun")
        officer.write({"refusal_ground": "power", "proper_organ": "ORGAN-INSIDE"})
        officer.do_transition("refuse", "REFUSED-INSIDE")
        director = petition.with_user(self.users["director"])
        petition._set(decided_by_id=officer.env.uid)
        director.do_transition("correct", "CORRECTED-INSIDE")
        officer.do_transition("accept")
        staff = petition.with_user(self.users["staff"])
        staff.do_transition("start")
        staff.opinion = "DRAFT-INSIDE"
        staff.message_post(body="NOTE-INSIDE")
        officer.demand_ids = [Command.create({"text": "A road"})]
        staff.demand_ids.write(
            {"outcome": "supported", "facts": "FACTS-INSIDE", "basis": "LAW-INSIDE"}
        )
        self.assertTrue(petition.notice_ids.filtered("is_superseded"))
        page = self.url_open("/office/petition/track")
        self.assertSays(page.text, petition.number, self.unit.name, "Answer Due By")
        names = [user.name for user in self.users.values()]
        for inside in (
            "INSIDE",
            "张三丰",
            PHONE,
            *names,
            petition.query_code,
            "res_id",
            "office.petition",
        ):
            with self.subTest(inside):
                self.assertNotIn(inside, page.text)
        self.assertFalse(self.assertHeaders(page))

    def test_r_ogi_3_an_organization_proves_itself_by_its_credit_code(self):
        code = "91350100M000100Y43"
        given = {"form_wanted": "electronic", "person": "Sports Ltd"}
        wrong = {"natural": code, "company": "91350100M000100Y44"}
        for kind, number in wrong.items():
            with self.subTest(kind):
                typed = {**TYPED, **given, "requester_kind": kind}
                page = self.send(
                    "/office/information/new", {**typed, "person_id_number": number}
                )
                self.assertSays(page.text, "slip of the pen")
                self.assertTrue(page.url.endswith("/new"), "It is not filed")
        filed, _page = self.file(
            "information", requester_kind="company", person_id_number=code, **given
        )
        self.assertEqual(filed.sudo().identity_ids.id_number, code)

    def test_r_ogi_3_information_is_asked_for_and_fetched(self):
        page = self.url_open("/office/open/request")
        self.assertTrue(page.url.endswith("/office/information/new"))
        asked, _page = self.file(
            "information",
            requester_kind="natural",
            form_wanted="electronic",
            person_id_number="11010519491231002X",
        )
        self.assertRecordValues(asked, [{"channel": "web", "state": "filed"}])
        files = self.env["office.open.file"].create(
            [
                {
                    "request_id": asked.id,
                    "name": name,
                    "content": b64encode(name.encode()),
                    "visibility": visibility,
                }
                for name, visibility in (("ours.txt", "public"), ("no.txt", "internal"))
            ]
        )
        public, internal = files
        path = f"/office/information/track/files/r{public.id}"
        self.assertEqual(self.url_open(path).status_code, 404, "not before the reply")
        public._set(
            reviewer_id=self.users["director"].id, reviewed_digest=public.digest
        )
        with permit(asked, "replied"):
            asked.write({"state": "replied", "reply_kind": "partial"})
        self.assertEqual(self.url_open(path).content, b"ours.txt")
        self.assertIn("ours.txt", self.url_open("/office/information/track").text)
        for wrong in (f"r{internal.id}", f"r{public.id}0", "r", str(public.id), "ℝ"):
            with self.subTest(wrong):
                answer = self.url_open(f"/office/information/track/files/{wrong}")
                self.assertEqual(answer.status_code, 404)
        self.leave()
        self.assertEqual(self.url_open(path).status_code, 404, "of another browser")

    def test_r_pii_1_for_what_and_how_long_is_said_before_it_is_typed(self):
        self.env.company.write(
            {
                "office_petition_years": 7,
                "office_report_years": 13,
                "office_identity_years": 4,
            }
        )
        for kind, kept in (
            ("petition", ("7 years", "13 years")),
            ("consultation", ("4 years",)),
            ("information", ("4 years",)),
        ):
            with self.subTest(kind=kind):
                _hidden, page = self.open_form(f"/office/{kind}/new")
                self.assertSays(
                    page.text,
                    "only to handle what you bring",
                    "read only by those who handle it",
                    *kept,
                )

    def test_r_pii_1_a_childs_data_are_kept_with_the_guardians_consent(self):
        petition, _page = self.file(child="guardian")
        identity = petition.identity_ids
        self.assertTrue(identity.is_child)
        self.assertSays(identity.guardian_consent, "guardian", str(date.today().year))
        for answer in ("no", ""):
            petition, _page = self.file(child=answer)
            self.assertFalse(petition.identity_ids.is_child)
            self.assertFalse(petition.identity_ids.guardian_consent)
        count = self.petitions.search_count([])
        page = self.send("/office/petition/new", {**TYPED, "child": "me"})
        self.assertEqual(page.status_code, 422)
        self.assertEqual(self.petitions.search_count([]), count)
