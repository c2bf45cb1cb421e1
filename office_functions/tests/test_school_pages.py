# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What a school finds on the portal: what it is sent, and what it reports (S1.24)."""

import re
from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..tools.transition import permit
from .common import OfficeCase, OfficeFixture

REPORT = {
    "name": "Two classes have the flu",
    "kind": "problem",
    "nature": "bad",
    "moment_event": "2026-03-09T08:30",
    "place": "Class 3",
    "source": "The school nurse",
    "verified_by": "The head teacher",
    "text": "Eleven pupils stayed at home.",
}
EVENT = {
    "name": "A wall fell",
    "category": "accident",
    "place": "The east gate",
    "course": "Nobody stood there.",
}


class SchoolFixture(OfficeFixture):
    """A school with a login of its own, and another beside it."""

    @classmethod
    def set_up_schools(cls):
        cls.user = cls.users["school"]
        cls.stranger = cls.make_user(
            "test_school2", "office_functions.group_office_school"
        )
        cls.env["hr.department"].create(
            {
                "name": "Second School",
                "unit_kind": "school",
                "company_id": False,
                "office_user_ids": cls.stranger.ids,
            }
        )

    def send_document(self, state="issued", **vals):
        """Return a document sent to the school."""
        document = self.env["office.document.outgoing"].create(
            {
                "name": "Notice on the flu",
                "body": "<p>Open the windows.</p>",
                "main_unit_ids": self.school.ids,
                "annex_names": "Form",
                "handler_id": self.users["staff"].id,
                **vals,
            }
        )
        with permit(document, state):
            document.write(
                {
                    "state": state,
                    "number": str(document.id),
                    "date_issued": "2026-03-10",
                    "signing_opinion": "Between us",
                }
            )
        document._send_receipts(self.school)
        return document

    def seen_by(self, user, model):
        Model = self.env[model].with_user(user)
        return Model.search(Model._get_portal_domain())


class TestSchoolKinds(SchoolFixture, OfficeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_schools()

    def get_notice(self, record):
        of_record = [("model", "=", record._name), ("res_id", "=", record.id)]
        return (
            self.env["mail.message"]
            .search(of_record)
            .filtered(lambda message: message.message_type == "user_notification")
        )

    def submit(self, model, values):
        return self.env[model].with_user(self.user).submit_from_portal(values)

    def test_s1_24_a_document_is_read_and_confirmed(self):
        document = self.send_document()
        self.assertEqual(self.seen_by(self.user, document._name), document)
        self.assertFalse(self.seen_by(self.stranger, document._name))
        mine = document.with_user(self.user)
        self.assertEqual(mine._get_portal_values()["state"], "To Be Read")
        page = mine._get_portal_page()
        self.assertTrue(page["waits"])
        self.assertIn("Open the windows", page["body"])
        mine.action_confirm_receipt()
        page = mine._get_portal_page()
        self.assertEqual((page["state"], page["waits"]), ("Read", False))
        self.assertEqual(page["receipt"], fields.Datetime.now())
        with permit(document, "revoked"):
            document.state = "revoked"
        self.assertEqual(mine._get_portal_values()["state"], "Revoked")

    def test_what_is_without_effect_is_not_confirmed_as_read_but_noted(self):
        document = self.send_document()
        mine = document.with_user(self.user)
        page = mine._get_portal_page()
        self.assertFalse(page["warning"])
        self.assertEqual(page["confirm"], "Confirm Receipt")
        document.with_user(self.users["leader"]).do_transition("repeal", "Done")
        self.env.invalidate_all()
        page = mine._get_portal_page()
        self.assertIn("“Repealed”. Please do not act on it", page["warning"])
        self.assertEqual((page["waits"], page["confirm"]), (True, "I Have Noted This"))
        mine.action_confirm_receipt()
        self.assertFalse(mine._get_portal_page()["waits"])

    def test_the_office_keeps_how_a_document_came_about(self):
        document = self.send_document()
        document.with_user(self.users["leader"]).do_transition("revoke", "Between us")
        mine = document.with_user(self.user)
        self.assertTrue(document.transition_ids)
        self.env.invalidate_all()
        self.assertFalse(mine.transition_ids)
        self.assertNotIn("Between us", str(mine._get_portal_page()))
        with self.assertRaises(AccessError):
            mine.read(["signing_opinion"])
        drafts = self.send_document("drafting")
        self.assertNotIn(drafts, self.seen_by(self.user, document._name))

    def test_only_named_annexes_go_out(self):
        document = self.send_document()
        files = self.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "raw": b"text",
                    "res_model": document._name,
                    "res_id": document.id,
                }
                for name in ("Form.txt", "Opinions of the section.txt")
            ]
        )
        names = [
            file["name"] for file in document.with_user(self.user)._get_portal_files()
        ]
        self.assertEqual(names, ["Document to Print", "Form.txt"])
        for file in files:
            self.assertFalse(file.with_user(self.user).has_access("read"), "token only")

    def test_a_secret_document_has_no_page_to_print(self):
        secret = self.send_document(
            secrecy_level="secret", body=False, original_location="Safe"
        )
        page = secret.with_user(self.user)._get_portal_page()
        self.assertFalse(page["files"])
        self.assertFalse(page["body"])

    def test_a_rule_is_read_and_confirmed(self):
        rule, public, inside = self.env["office.regulation"].create(
            [
                {"name": name, "kind": "law", "is_public": name == "Public"}
                for name in ("Sent", "Public", "Inside")
            ]
        )
        rule._send_receipts(self.school)
        seen = self.seen_by(self.user, rule._name)
        self.assertLessEqual(rule | public, seen)
        self.assertNotIn(inside, seen)
        self.assertNotIn(rule, self.seen_by(self.stranger, rule._name))
        self.assertIn(public, self.seen_by(self.users["citizen"], rule._name))
        mine = rule.with_user(self.user)
        self.assertEqual(mine._get_portal_values()["state"], "To Be Read")
        self.assertFalse(public.with_user(self.user)._get_portal_page()["waits"])
        mine.action_confirm_receipt()
        self.assertEqual(mine._get_portal_values()["state"], "Read")

    def test_a_directive_is_signed_for_and_reported_on(self):
        directive = self.env["office.directive"].create(
            {
                "name": "Show the course",
                "text": "Open it to all",
                "leader_id": self.users["leader"].id,
                "lead_unit_id": self.school.id,
                "handler_id": self.user.id,
                "date_deadline": "2026-03-20",
            }
        )
        self.assertFalse(self.seen_by(self.user, directive._name))
        directive.with_user(self.users["leader"]).do_transition("issue")
        self.assertEqual(self.seen_by(self.user, directive._name), directive)
        self.assertFalse(self.seen_by(self.stranger, directive._name))
        mine = directive.with_user(self.user)
        for step, note in (("accept", ""), ("start", ""), ("report", "Opened")):
            moves = [move["name"] for move in mine._get_portal_page()["moves"]]
            self.assertIn(step, moves)
            mine.do_transition(step, note)
        directive.with_user(self.users["leader"]).do_transition("send_back", "Twice")
        page = mine._get_portal_page()
        self.assertIn("Twice", [text for _label, text in page["lines"]])
        self.assertEqual([move["name"] for move in page["moves"]], ["start"])

    def test_information_is_reported_mended_and_taken(self):
        report = self.submit("office.information", REPORT)
        self.assertEqual(
            (report.state, report.lead_unit_id.id, report.moment_event),
            (
                "submitted",
                self.school.id,
                fields.Datetime.to_datetime("2026-03-09 00:30:00"),
            ),
        )
        self.assertFalse(report._may_send_again())
        report.with_user(self.users["clerk"]).do_transition("give_back", "Which class?")
        page = report._get_portal_page()
        self.assertIn("Which class?", [text for _label, text in page["lines"]])
        self.assertTrue(page["again"])
        given = report._get_portal_given()
        self.assertEqual(given, REPORT)
        report.send_again_from_portal({**given, "place": "Class 4"})
        self.assertEqual((report.state, report.place), ("submitted", "Class 4"))
        with self.assertRaisesRegex(UserError, "being dealt with"):
            report.send_again_from_portal(given)
        self.assertFalse(self.seen_by(self.stranger, report._name))

    def test_a_form_takes_no_nonsense(self):
        for values, words in (
            ({**REPORT, "source": " "}, "Source of Information"),
            ({**REPORT, "kind": "gossip"}, "Choose from the list"),
            ({**REPORT, "moment_event": "yesterday"}, "no date and time"),
            ({**REPORT, "points": "9"}, "nobody asked for"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self.submit("office.information", values)
        with self.assertRaises(AccessError):
            self.submit("office.directive", {})
        with self.assertRaisesRegex(UserError, "belongs to no school"):
            liaison = self.env["office.coordination"].with_user(self.users["liaison"])
            liaison.submit_from_portal({})

    def test_what_is_passed_down_shows_no_more_than_was_issued(self):
        report = self.env["office.information"].create(
            {
                "name": "Weather",
                "direction": "down",
                "text": "Raw",
                "source": "Between us",
                "edited_text": "Storm tomorrow",
                "lead_unit_id": self.unit.id,
                "addressee_unit_ids": self.school.ids,
            }
        )
        report._send_receipts(self.school)
        self.assertFalse(self.seen_by(self.user, report._name), "not issued yet")
        with permit(report, "edited"):
            report.state = "edited"
        self.assertEqual(self.seen_by(self.user, report._name), report)
        page = report.with_user(self.user)._get_portal_page()
        self.assertEqual(page["lines"], [("Text", "Storm tomorrow")])
        self.assertTrue(page["waits"])
        self.assertFalse(page["again"])

    def test_an_emergency_reaches_who_is_on_duty(self):
        shift = self.env["office.duty.shift"].create(
            {
                "date_start": fields.Datetime.now() - timedelta(hours=1),
                "date_end": fields.Datetime.now() + timedelta(hours=8),
                "user_id": self.users["staff"].id,
                "leader_id": self.users["leader"].id,
            }
        )
        with permit(shift, "on_duty"):
            shift.state = "on_duty"
        event = self.submit("office.emergency", EVENT)
        inner = event.sudo()
        self.assertEqual(inner.handler_id, self.users["staff"])
        self.assertEqual(inner.lead_unit_id, self.school)
        self.assertIn(self.school.name, inner.source)
        self.assertEqual(len(inner.report_ids), 2, "both clocks run")
        message = self.get_notice(inner)
        self.assertEqual(message.partner_ids, self.users["staff"].partner_id)
        self.assertIn(EVENT["course"], message.body)
        page = event._get_portal_page()
        self.assertEqual((page["state"], page["again"]), ("Emergency Received", True))
        event.send_again_from_portal({**event._get_portal_given(), "casualties": "One"})
        self.assertEqual(inner.casualties, "One")
        self.assertFalse(self.seen_by(self.stranger, event._name))

    def test_where_nobody_is_on_duty_the_office_is_told(self):
        event = self.submit("office.emergency", EVENT).sudo()
        self.assertFalse(event.handler_id)
        told = self.get_notice(event).partner_ids
        self.assertLessEqual(
            self.users["clerk"].partner_id | self.users["director"].partner_id, told
        )

    def test_a_message_leads_to_the_page(self):
        document = self.send_document()
        action = document._get_access_action(access_uid=self.user.id)
        self.assertEqual(action["url"], f"/my/office/document/{document.id}")
        action = document._get_access_action(access_uid=self.users["clerk"].id)
        self.assertEqual(action["type"], "ir.actions.act_window")


@tagged("post_install", "-at_install")
class TestSchoolPages(SchoolFixture, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_office()
        cls.set_up_schools()

    def sign_in(self, user):
        self.authenticate(user.login, user.login)

    def post(self, page, address, **values):
        found = re.search(r'name="csrf_token" value="(\w+)"', self.url_open(page).text)
        values["csrf_token"] = found[1] if found else ""
        return self.url_open(address, data=values)

    def test_a_school_confirms_on_the_page(self):
        document = self.send_document()
        page = f"/my/office/document/{document.id}"
        self.sign_in(self.user)
        self.assertIn("/my/office/document", self.url_open("/my").text)
        self.assertIn("Notice on the flu", self.url_open("/my/office/document").text)
        self.assertIn("Confirm Receipt", self.url_open(page).text)
        print_out = self.url_open(f"{page}/print")
        self.assertTrue(print_out.content.startswith(b"%PDF"))
        answer = self.post(page, f"{page}/receipt")
        self.assertIn("Thank you", answer.text)
        self.assertNotIn("o_office_receipt", answer.text)
        self.assertFalse(document.unread_names)
        self.assertEqual(document.receipt_ids.reader_id, self.user)
        for address in ("step", "again"):
            with self.subTest(address=address):
                answer = self.post("/my/office/advice/new", f"{page}/{address}")
                self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.url_open("/my/office/document/new").status_code, 404)
        self.sign_in(self.stranger)
        for address in (page, f"{page}/print"):
            self.assertEqual(self.url_open(address).status_code, 404)
        answer = self.post("/my/office/advice/new", f"{page}/receipt")
        self.assertEqual(answer.status_code, 404)

    def test_s2_10_a_school_reads_its_own_assessment(self):
        theirs = self.env["hr.department"].search([("name", "=", "Second School")])
        published, computed = self.env["office.assessment"].create(
            [{"year": year, "unit_kind": "school"} for year in (2024, 2025)]
        )
        common = {"is_measured": True, "grade": "good", "rank": 2, "total": 83.5}
        mine, other, early = self.env["office.assessment.line"].create(
            [
                {**common, "assessment_id": year.id, "department_id": unit.id, **vals}
                for year, unit, vals in (
                    (
                        published,
                        self.school,
                        {
                            "score_service": 61.5,
                            "unmeasured": ["advice"],
                            "bonus": 2,
                            "deduction": 1.5,
                            "points": [[2, "Praise"], [-1.5, "Errors"]],
                        },
                    ),
                    (published, theirs, {"points": [[5, "Their praise"]], "bonus": 5}),
                    (computed, self.school, {}),
                )
            ]
        )
        with permit(published, "published"):
            published.state = "published"
        with permit(computed, "computed"):
            computed.state = "computed"
        page = "/my/office/assessment"
        self.sign_in(self.user)
        self.assertIn(page, self.url_open("/my").text)
        listed = self.url_open(page).text
        self.assertIn(f"{page}/{mine.id}", listed)
        for line in other | early:
            self.assertNotIn(f"{page}/{line.id}", listed)
            self.assertEqual(self.url_open(f"{page}/{line.id}").status_code, 404)
        shown = self.url_open(f"{page}/{mine.id}").text
        self.assertSays(
            shown, "83.5", "Good", "61.5", "Praise +2.0", "Errors -1.5", "nothing"
        )
        for hidden in ("Their praise", "Staff Advice"):
            self.assertNotIn(hidden, shown)
        for address in (f"{page}/new", f"{page}/{mine.id}/again"):
            self.assertEqual(self.url_open(address).status_code, 404)
        self.sign_in(self.stranger)
        self.assertIn("Their praise +5.0", self.url_open(f"{page}/{other.id}").text)
        self.assertEqual(self.url_open(f"{page}/{mine.id}").status_code, 404)

    def test_what_was_never_sent_in_yet_is_offered_all_the_same(self):
        """The first emergency of a school is the one that must not be searched for."""
        self.sign_in(self.user)
        page = html.fromstring(self.url_open("/my").content)
        shown = {
            kind
            for kind in ("emergency", "information", "directive")
            for link in page.xpath(f"//a[@href='/my/office/{kind}']")
            if "d-none" not in link.getparent().get("class").split()
        }
        self.assertEqual(shown, {"emergency", "information"})

    def test_an_emergency_is_telephoned_first(self):
        self.env.company.phone = "80010099"
        self.sign_in(self.user)
        page = html.fromstring(self.url_open("/my/office/emergency/new").content)
        advice = page.xpath("//p[contains(@class, 'alert-warning')]")
        self.assertIn("80010099", advice[0].text_content())
        optional = page.xpath("//label[@for='office_casualties']")[0]
        self.assertIn("(optional)", optional.text_content())
        needed = page.xpath("//label[@for='office_course']")[0]
        self.assertNotIn("(optional)", needed.text_content())

    def test_a_school_reports_on_the_page(self):
        self.sign_in(self.user)
        new = "/my/office/information/new"
        answer = self.post(new, new, **{**REPORT, "source": ""})
        self.assertIn("Please fill in: Source of Information.", answer.text)
        self.assertIn('value="2026-03-09T08:30"', answer.text)
        answer = self.post(new, new, **REPORT)
        self.assertRegex(answer.url, r"/my/office/information/\d+$")
        self.assertIn("Report Submitted", answer.text)
        new = "/my/office/emergency/new"
        answer = self.post(new, new, **EVENT)
        self.assertIn("Emergency Received", answer.text)
        again = f"{answer.url}/again"
        self.assertIn("A wall fell", self.url_open(again).text)
        answer = self.post(again, again, **EVENT, measures="Closed the gate")
        self.assertIn("Closed the gate", answer.text)

    def test_a_school_makes_its_steps_on_the_page(self):
        directive = self.env["office.directive"].create(
            {
                "name": "Show the course",
                "text": "Open it to all",
                "leader_id": self.users["leader"].id,
                "lead_unit_id": self.school.id,
                "handler_id": self.user.id,
                "date_deadline": "2026-03-20",
            }
        )
        directive.with_user(self.users["leader"]).do_transition("issue")
        page = f"/my/office/directive/{directive.id}"
        self.sign_in(self.user)
        self.post(page, f"{page}/step", step="accept")
        self.assertEqual(directive.state, "accepted")
        answer = self.post(page, f"{page}/step", step="report")
        self.assertIn("alert-danger", answer.text)
        answer = self.post(page, f"{page}/step", step="withdraw", note="Forged")
        self.assertEqual(answer.status_code, 404)
        self.post(page, f"{page}/step", step="report", note="Opened")
        self.assertEqual(directive.state, "reported")
