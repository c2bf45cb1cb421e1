# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import re

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeHttpCase

from .answered_fixture import AnsweredFixture

TOKEN = re.compile(r'name="csrf_token" value="(\w+)"')


class PortalFixture(AnsweredFixture):
    def sign_in(self, user):
        self.authenticate(user.login, user.login)

    def post(self, form_page, path, **values):
        """Send the form of one page to an address."""
        page = self.url_open(form_page)
        values["csrf_token"] = TOKEN.search(page.text)[1]
        return self.url_open(path, data=values)


@tagged("post_install", "-at_install")
class TestSchoolPortal(PortalFixture, OfficeHttpCase):
    """The pages on which a school asks, reads the answer, rates it, and looks it up."""

    def ask(self, kind, **values):
        form = f"/my/office/{kind}/new"
        page = self.post(
            form,
            form,
            **{
                "name": "How are pupils moved?",
                "topic_id": str(self.topic.id),
                "text": "In the middle of the term.",
                **values,
            },
        )
        return page, self.env[self.model_of(kind)].search([], order="id desc", limit=1)

    @staticmethod
    def model_of(kind):
        return {
            "school-request": "office.school.request",
            "consultation": "office.consultation",
        }[kind]

    def answer(self, record):
        staff = record.with_user(self.users["staff"])
        staff.do_transition("accept")
        staff.answer_draft = "By the register."
        if "regulation_ids" in record:
            staff.regulation_ids = self.law
        staff.do_transition("answer")

    def test_a_school_asks_follows_and_rates(self):
        self.sign_in(self.asking_user)
        for kind in ("school-request", "consultation"):
            with self.subTest(kind=kind):
                page, record = self.ask(kind)
                self.assertRegex(page.url, rf"/my/office/{kind}/\d+$")
                for text in (record.number, self.unit.name, "Waiting to Be Taken On"):
                    self.assertIn(text, page.text)
                self.assertNotIn("o_office_rate", page.text)
                address = f"/my/office/{kind}/{record.id}"
                record.answer_draft = "Not yet said"
                self.assertNotIn("Not yet said", self.url_open(address).text)
                self.answer(record)
                page = self.url_open(address)
                self.assertIn("By the register.", page.text)
                self.assertIn(self.users["staff"].name, page.text)
                self.assertIn("o_office_rate", page.text)
                page = self.post(address, f"{address}/rate", score="", comment="Good")
                self.assertIn("one to five stars", page.text)
                self.assertIn("Good", page.text)
                page = self.post(address, f"{address}/rate", score="4", comment="Good")
                self.assertIn("★★★★", page.text)
                self.assertNotIn("o_office_rate", page.text)
                record.invalidate_recordset()
                self.assertEqual((record.state, record.score), ("rated", 4))
        self.assertIn("No. 3", page.text)

    def test_a_photo_of_what_is_needed_goes_with_a_request(self):
        self.sign_in(self.asking_user)
        page = self.url_open("/my/office/school-request/new")
        form = {
            "csrf_token": TOKEN.search(page.text)[1],
            "name": "The roof leaks",
            "topic_id": str(self.topic.id),
            "text": "Since the storm.",
        }
        photo = {"photos": ("roof.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20)}
        page = self.url_open(page.url, data=form, files=photo)
        self.assertIn("roof.png", page.text)
        request = self.env["office.school.request"].search([], order="id desc", limit=1)
        files = request._get_attached_files()
        self.assertEqual(files.mapped("name"), ["roof.png"])
        self.assertTrue(files.with_user(self.users["staff"]).has_access("read"))
        page = self.url_open("/my/office/consultation/new")
        self.assertNotIn('type="file"', page.text)

    def test_what_was_typed_is_not_lost(self):
        self.sign_in(self.asking_user)
        page, _record = self.ask("school-request", topic_id="", name="Help <b>us</b>")
        self.assertIn("Help &lt;b&gt;us&lt;/b&gt;", page.text)
        self.assertIn("o_office_asks", page.text)

    def test_pages_of_others_are_not_found(self):
        self.sign_in(self.asking_user)
        _page, record = self.ask("school-request")
        _page, question = self.ask("consultation")
        _school, other = self.make_school("other")
        for user in (other, self.users["citizen"]):
            self.sign_in(user)
            for path in (
                f"school-request/{record.id}",
                f"consultation/{question.id}",
                "guidance/0",
                "coordination/0",
            ):
                with self.subTest(user=user.login, path=path):
                    page = self.url_open(f"/my/office/{path}")
                    self.assertEqual(page.status_code, 404)
                    self.assertNotIn("How are pupils moved?", page.text)
            page = self.post(
                "/my/office/consultation/new",
                f"/my/office/consultation/{question.id}/rate",
                score="1",
            )
            self.assertEqual(page.status_code, 404)

    def test_a_citizen_only_consults(self):
        self.sign_in(self.users["citizen"])
        self.assertEqual(self.url_open("/my/office/school-request").status_code, 404)
        page, record = self.ask("consultation")
        self.assertIn(record.number, page.text)
        self.assertFalse(record.school_id)
        home = self.url_open("/my").text
        self.assertIn("/my/office/consultation", home)
        self.assertNotIn("/my/office/school-request", home)

    def make_guidance(self, **vals):
        guidance = self.env["office.guidance"].create(
            {
                "name": "学生转学手续怎么办理？",
                "answer": "由转入学校在学籍系统中发起。",
                "topic_id": self.topic.id,
                **vals,
            }
        )
        guidance._apply_transition(guidance._get_transition("publish"))
        return guidance

    def test_the_library_is_searched_and_thanked(self):
        guidance = self.make_guidance(regulation_ids=self.law.ids)
        public = self.make_guidance(name="校服怎么买？", audience="all")
        self.sign_in(self.asking_user)
        page = self.url_open("/my/office/guidance?words=转学")
        self.assertIn(guidance.name, page.text)
        self.assertNotIn(public.name, page.text)
        for words in ("%27%26", "x" * 3000, "%00"):
            page = self.url_open(f"/my/office/guidance?words={words}")
            self.assertEqual(page.status_code, 200)
        self.assertIn("/my/office/guidance", self.url_open("/my").text)
        address = f"/my/office/guidance/{guidance.id}"
        page = self.url_open(address)
        self.assertIn("Rules of Enrolment", page.text)
        page = self.post(address, f"{address}/useful")
        self.assertIn("Times it helped: 1", re.sub(r"<[^>]+>", "", page.text))
        self.sign_in(self.users["citizen"])
        self.assertEqual(self.url_open(address).status_code, 404)
        page = self.url_open("/my/office/guidance")
        self.assertIn(public.name, page.text)
        self.assertNotIn(guidance.name, page.text)

    def offer(self, words):
        answer = self.url_open(
            "/my/office/guidance/offers", json={"params": {"words": words}}
        )
        return answer.json()["result"]

    def test_the_library_is_offered_while_one_types(self):
        guidance = self.make_guidance()
        self.sign_in(self.asking_user)
        self.assertEqual(self.offer("请问转学")[0]["id"], guidance.id)
        for words in ("", None, ["x"], "'", "\x00"):
            self.assertEqual(self.offer(words), [])
        self.sign_in(self.users["citizen"])
        self.assertEqual(self.offer("转学"), [])


@tagged("post_install", "-at_install")
class TestBetweenSchools(PortalFixture, OfficeHttpCase):
    """Two schools settle something on their pages (S4.11)."""

    def make_dispute(self):
        self.north, self.north_user = self.make_school("north")
        self.south, self.south_user = self.make_school("south")
        matter = self.env["office.coordination"].create(
            {
                "name": "One sports ground for two schools",
                "kind": "schools",
                "text": "Who uses it on which day?",
                "lead_unit_id": self.unit.id,
                "handler_id": self.users["staff"].id,
                "leader_id": self.users["leader"].id,
                "date_deadline": "2099-01-01",
                "party_ids": [
                    Command.create(
                        {
                            "department_id": school.id,
                            "direction": "down",
                            "task": "Keep to the days",
                            "date_due": "2099-01-01",
                        }
                    )
                    for school in (self.north, self.south)
                ],
            }
        )
        matter.with_user(self.users["clerk"]).do_transition("lead")
        matter.with_user(self.users["staff"]).do_transition(
            "consult", "North on Mondays, south on Tuesdays"
        )
        return matter

    def party(self, matter, unit):
        return matter.party_ids.filtered(lambda party: party.department_id in unit)

    def say(self, matter, unit, answer, **values):
        address = f"/my/office/coordination/{matter.id}"
        party_id = str(self.party(matter, unit).id)
        return self.post(
            address, f"{address}/answer", party_id=party_id, answer=answer, **values
        )

    def test_s4_11_both_schools_see_the_record_and_the_agreed_text_and_confirm(self):
        matter = self.make_dispute()
        address = f"/my/office/coordination/{matter.id}"
        schools = ((self.north, self.north_user), (self.south, self.south_user))
        for school, user in schools:
            self.sign_in(user)
            page = self.url_open("/my/office/coordination").text
            self.assertIn(matter.name, page)
            page = self.url_open(address).text
            self.assertIn("Who uses it on which day?", page)
            self.assertIn("North on Mondays, south on Tuesdays", page)
            self.say(matter, school, "agree", statement=f"{school.name} for itself")
        self.env.invalidate_all()
        self.assertEqual(
            set(self.party(matter, self.north | self.south).mapped("agreement")),
            {"agreed"},
        )
        staff = matter.with_user(self.users["staff"])
        if matter.state == "consulting":
            self.party(matter, self.unit).with_user(self.users["staff"]).answer("agree")
        self.assertEqual(matter.state, "agreed")
        staff.do_transition("execute")
        for school, user in schools:
            self.sign_in(user)
            self.assertIn("Our Part Is Done", self.url_open(address).text)
            page = self.say(matter, school, "confirm").text
            self.assertIn("Has Confirmed", page)
            page = self.say(matter, school, "rate", rating="5").text
            self.assertNotIn("o_office_stars", page)
        self.env.invalidate_all()
        parties = self.party(matter, self.north | self.south)
        self.assertTrue(all(parties.mapped("date_confirmed")))
        self.assertEqual(parties.confirmed_by_id, self.north_user | self.south_user)
        self.assertEqual(set(parties.mapped("rating")), {"5"})

    def test_a10_common_text_but_not_each_others_statement(self):
        matter = self.make_dispute()
        self.sign_in(self.north_user)
        page = self.say(matter, self.north, "dissent", statement=" ")
        self.assertIn("write down the reason", page.text)
        page = self.say(matter, self.north, "dissent", statement="Our own reasons")
        self.assertIn("Our own reasons", page.text)
        page = self.say(matter, self.south, "agree", statement="In their name")
        self.assertIn("You do not answer for", page.text)
        address = f"/my/office/coordination/{matter.id}"
        self.sign_in(self.south_user)
        page = self.url_open(address)
        self.assertIn("Who uses it on which day?", page.text)
        self.assertNotIn("Our own reasons", page.text)
        page = self.post(address, f"{address}/answer", party_id="0", answer="agree")
        self.assertEqual(page.status_code, 404)
        for user in (self.asking_user, self.users["school"]):
            self.sign_in(user)
            self.assertEqual(self.url_open(address).status_code, 404)
            self.assertNotIn(matter.name, self.url_open("/my/office/coordination").text)
        log = matter.with_user(self.south_user)
        self.assertFalse(log.transition_ids)
        self.assertFalse(log.get_matter_panel()["log"])
