# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .hall_case import PHONE, HallCase


@tagged("post_install", "-at_install", "office_service")
class TestHallComplaint(HallCase):
    """Who follows a matter complains of how they were treated (S4.13)."""

    def setUp(self):
        super().setUp()
        self.petition, _page = self.file()
        self.petition.sudo()._set(handler_id=self.users["staff"].id)

    def complain(self, kind="petition", **typed):
        path = f"/office/{kind}/track"
        return self.send(
            path, {"problem": "Shouted at me", **typed}, to=f"{path}/attitude"
        )

    def get_complaints(self, record=None):
        record = record or self.petition
        return self.env["office.service.correction"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )

    def test_s4_13_the_petition_office_looks_into_it_and_not_who_had_it(self):
        page = self.complain()
        self.assertSays(page.text, "Thank you. It has arrived.")
        complaint = self.get_complaints()
        self.assertRecordValues(
            complaint,
            [
                {
                    "kind": "attitude",
                    "state": "open",
                    "source_name": self.petition.number,
                    "problem": "Shouted at me",
                    "blamed_id": False,
                    "handler_id": self.users["petition_officer"].id,
                }
            ],
        )
        self.assertNotIn(self.petition.name, complaint.name)
        for role, reads in (("petition_officer", True), ("staff", False)):
            mine = complaint.with_user(self.users[role])
            self.assertEqual(mine.has_access("read"), reads, role)
        officer = complaint.with_user(self.users["petition_officer"])
        officer.measure = "Spoken with"
        officer.do_transition("report")
        complaint.with_user(self.users["director"]).do_transition("close")

    def test_s4_13_who_is_named_never_reads_it_whatever_their_role(self):
        for role in ("director", "petition_officer", "clerk"):
            with self.subTest(role=role):
                petition, _page = self.file(name=f"About {role}")
                self.complain(whom=self.users[role].name)
                complaint = self.get_complaints(petition)
                blamed = complaint.blamed_id
                self.assertEqual(blamed, self.users[role])
                self.assertNotEqual(complaint.handler_id, blamed)
                self.assertTrue(complaint.handler_id)
                self.env.invalidate_all()
                self.assertFalse(
                    complaint.search_count([("id", "=", complaint.id)])
                    and complaint.with_user(blamed).search_count(
                        [("id", "=", complaint.id)]
                    )
                )
                with self.assertRaises(AccessError):
                    complaint.with_user(blamed).read(["problem"])

    def test_s4_13_once_for_each_matter_and_day(self):
        self.complain()
        page = self.complain(problem="Again")
        self.assertEqual(page.status_code, 422)
        self.assertSays(page.text, "today already", "Again")
        complaint = self.get_complaints()
        with self.assertRaisesRegex(UserError, "today already"):
            self.petition.complain_publicly("Once more")
        complaint.sudo().flush_recordset()
        self.cr.execute(
            "UPDATE office_service_correction SET date_complained = %s",
            ["2020-01-01"],
        )
        self.env.invalidate_all()
        officer = self.users["petition_officer"]
        self.petition.complain_publicly("Worse than before", officer.name)
        self.assertEqual(self.get_complaints(), complaint)
        self.assertIn("Worse than before", complaint.message_ids[:1].body)
        self.assertEqual(complaint.handler_id, self.users["director"])
        self.env.invalidate_all()
        self.assertFalse(complaint.with_user(officer).has_access("read"))

    def test_only_with_code_and_tail_and_something_said(self):
        page = self.complain(problem=" ")
        self.assertEqual(page.status_code, 422)
        self.assertSays(page.text, "say what happened")
        self.leave()
        page = self.complain()
        self.assertTrue(page.url.endswith("/office/petition/track"))
        self.assertSays(page.text, "Query Code")
        self.assertFalse(self.get_complaints())
        self.follow("petition", self.petition.query_code, PHONE[-4:])
        self.complain()
        self.assertTrue(self.get_complaints())

    def test_a4_no_number_of_a_report_goes_into_another_register(self):
        report, page = self.file(is_report="report")
        page = self.url_open("/office/petition/track")
        self.assertSays(page.text, "a petition of its own")
        self.assertNotIn("track/attitude", page.text)
        page = self.complain()
        self.assertEqual(page.status_code, 422)
        self.assertFalse(self.get_complaints(report))

    def test_s4_13_of_every_kind_that_is_followed(self):
        question, _page = self.file("consultation")
        self.complain(kind="consultation")
        self.assertEqual(self.get_complaints(question).kind, "attitude")
