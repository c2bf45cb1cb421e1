# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools.misc import hmac

from .hall_case import HallCase


@tagged("post_install", "-at_install", "office_service")
class TestHallSecret(HallCase):
    """What comes in through the hall is read by nobody who must not know of it."""

    def test_a5_who_reads_the_databases_secret_seals_no_cookie(self):
        petition, _page = self.file(is_report="report")
        path = "/office/petition/track"
        self.assertIn(petition.number, self.url_open(path).text)
        ticket = f"petition.{petition.id}.{int(time.time())}"
        env = self.env(su=True)
        for message in (ticket, (ticket, ""), (ticket, None), (ticket, False)):
            self.leave()
            seal = hmac(env, "office.hall.followed", message)
            self.opener.cookies["office_followed"] = f"{ticket}.{seal}"
            with self.subTest(message=message):
                self.assertNotIn(petition.number, self.url_open(path).text)

    def test_a_cookie_with_a_number_beyond_all_is_no_error(self):
        self.leave()
        for number in ("9" * 12, "9" * 5000, "-1", "0", "٣"):
            ticket = f"petition.{number}.{int(time.time())}.0"
            self.opener.cookies["office_followed"] = ticket.encode().decode("latin-1")
            page = self.url_open("/office/petition/track")
            self.assertEqual(page.status_code, 200)

    def test_a4_whom_it_is_about_is_not_the_first_to_read_it(self):
        keeper = new_test_user(
            self.env,
            "in_charge",
            "base.group_user,office_functions_service.group_office_petition_confidential",
        )
        head = self.env["res.users"]._get_office_director(self.env.company)
        for kind in ("ordinary", "report"):
            with self.subTest(kind):
                self.leave()
                petition, _page = self.file(is_report=kind, about=f" {head.name} ")
                self.assertTrue(petition._is_against(head))
                self.assertFalse(petition.with_user(head).has_access("read"))
                self.assertTrue(petition.with_user(keeper).has_access("read"))
                self.assertNotEqual(petition.first_contact_id, head)
                self.assertNotIn(head, petition.access_ids.user_id)
                self.assertNotIn(head.partner_id, petition.message_partner_ids)

    def test_a4_a_name_nobody_knows_is_kept_as_it_was_written(self):
        petition, _page = self.file(about="那位老师")
        self.assertEqual(petition.accused_ids.mapped("name"), ["那位老师"])
        self.assertFalse(petition.office_accused)
        petition, _page = self.file(about="")
        self.assertFalse(petition.accused_ids)

    def test_the_page_says_who_will_read_it(self):
        _hidden, page = self.open_form("/office/petition/new")
        self.assertSays(page.text, "is read by the officers named for such letters")
        self.assertSays(page.text, "Whom is it about?", "does not get to read it")
        answer = self.send("/office/petition/new", {"about": "x" * 201})
        self.assertSays(answer.text, "at most 200 characters", "x" * 201)

    def test_who_handles_a_question_cannot_rate_the_answer(self):
        record, _page = self.file("consultation")
        staff = record.with_user(self.users["staff"])
        self.assertTrue(staff.has_access("read"))
        for role in ("staff", "section_head", "director", "clerk"):
            with self.subTest(role), self.assertRaises(AccessError):
                record.with_user(self.users[role]).read(["query_code"])
            self.assertNotIn(
                "query_code", record.with_user(self.users[role]).fields_get()
            )
