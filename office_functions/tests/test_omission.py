# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import AccessError, UserError

from .common import TODAY, OfficeCase
from .test_meeting_decision import DecisionFixture


class TestOmission(DecisionFixture, OfficeCase):
    """What must have an end is not forgotten (S2.26)."""

    def check(self, day):
        """Let the nightly check run on a day, and return what is left lying."""
        self.to_day(day)
        self.env["office.omission"]._cron_check()
        return self.env["office.omission"].search([("date_cleared", "=", False)])

    def test_s2_26_nightly_check_lists_resolution_lines_without_a_disposition(self):
        waiting, dismissed = self.make(), self.make("none")
        self.assertFalse(self.check(3))
        found = self.check(4)
        self.assertRecordValues(
            found,
            [
                {
                    "code": "decision_pending",
                    "label": "Decision without a disposition",
                    "res_model": "office.meeting.decision",
                    "res_id": waiting.id,
                    "res_name": waiting.display_name,
                    "date_found": TODAY + timedelta(days=4),
                }
            ],
        )
        self.assertNotEqual(found.res_id, dismissed.id)
        self.assertEqual(self.check(5), found, "each is listed once")
        waiting.with_user(self.users["clerk"]).do_transition("dismiss", "Done already")
        self.assertFalse(self.check(6))
        self.assertEqual(found.date_cleared, TODAY + timedelta(days=6))
        figure = self.env["office.indicator"].measure(
            ["S2.26"], TODAY, TODAY + timedelta(days=30)
        )
        self.assertEqual(figure[0]["value"], 1)

    def test_s2_26_meeting_without_minutes(self):
        meeting = self.env["office.meeting"].create(
            {
                "name": "Enrolment",
                "start": "2026-03-09 01:00:00",
                "stop": "2026-03-09 02:00:00",
                "host_id": self.users["leader"].id,
                "location": "Hall",
                "agenda": "Places",
            }
        )
        for name in ("confirm", "notify", "hold"):
            meeting.with_user(self.users["clerk"]).do_transition(name, "Go on")
        self.assertFalse(self.check(7))
        found = self.check(8)
        self.assertEqual((found.res_model, found.res_id), (meeting._name, meeting.id))

    def test_directors_are_told_once(self):
        self.make()
        partner = self.users["director"].partner_id
        domain = [("partner_ids", "in", partner.ids)]
        before = self.env["mail.message"].search_count(domain)
        self.check(4)
        self.check(5)
        self.assertEqual(self.env["mail.message"].search_count(domain), before + 1)

    def test_the_list_is_nobodys_to_write(self):
        self.make()
        found = self.check(4)
        self.assertTrue(found.with_user(self.users["leader"]).read(["label"]))
        for role in ("director", "clerk", "leader"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                found.with_user(self.users[role]).date_cleared = TODAY
        with self.assertRaises(AccessError):
            found.with_user(self.users["staff"]).read(["label"])
        with self.assertRaises(UserError):
            found.unlink()
