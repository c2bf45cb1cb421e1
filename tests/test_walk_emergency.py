# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""An emergency against its clock, from the telephone to its end."""

from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase

TITLE = "第三小学食堂水管爆裂"
LEDGER = "office-emergencies"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkEmergency(WalkCase):
    def test_emergency_against_its_clock(self):
        self.walk(LEDGER, "office_emergency_clerk_records", "clerk")
        emergency = self.env["office.emergency"].search([("name", "=", TITLE)])
        phone, written = emergency.report_ids.sorted("id")[:2]
        received = emergency.moment_received
        self.assertEqual(phone.moment_due, received + timedelta(minutes=30))
        self.assertRecordValues(
            phone | written,
            [
                {"state": "sent", "is_late": True, "late_reason": "值班员先到现场核实"},
                {"state": "sent", "is_late": False, "late_reason": False},
            ],
        )
        self.walk(LEDGER, "office_emergency_clerk_follows_up", "clerk")
        self.assertEqual(
            emergency.report_ids.sorted("id").mapped(lambda r: (r.kind, r.state)),
            [
                ("first", "sent"),
                ("first", "sent"),
                ("follow_up", "sent"),
                ("follow_up", "void"),
                ("final", "sent"),
            ],
        )
        self.walk(LEDGER, "office_emergency_director_ends", "director")
        self.assertEqual(emergency.foretold, "no")
        self.assertLog(
            emergency,
            ("verify", "赵文员"),
            ("first", "赵文员"),
            ("follow", "赵文员"),
            ("finish", "赵文员"),
            ("evaluate", "陈主任"),
            ("close", "陈主任"),
        )
