# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A blank spot found, proposed, approved and filed, whereupon the coverage rises."""

from odoo import fields
from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase

DUTY = "学生手机管理指导"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkBlankSpot(WalkCase):
    more_people = {
        "supervisor": (
            "王督查",
            "office_functions_supervision.group_office_supervisor",
        )
    }

    def test_blank_spot_found_and_filled(self):
        self.env["office.duty.item"].search([]).active = False
        duty = self.env["office.duty.item"].create(
            {
                "name": DUTY,
                "lead_unit_id": self.unit.id,
                "owner_id": self.people["staff"].id,
                "regulation_ids": [fields.Command.set(self.policy.ids)],
            }
        )
        self.env.company.office_principal_leader_id = self.people["leader"]
        self.assertEqual(self.get_coverage(), (0, 1))
        self.walk("office-blank-spots", "office_blank_spot_proposed", "supervisor")
        ticket = self.env["office.supervision.ticket"].search(
            [("duty_item_ids", "in", duty.ids)]
        )
        self.assertEqual((ticket.state, ticket.source_type), ("proposed", "self_check"))
        self.assertEqual(self.get_coverage(), (0, 1))
        self.walk("office-tickets", "office_blank_spot_approved", "leader")
        self.assertEqual(ticket.state, "filed")
        self.assertEqual(ticket.leader_id, self.people["leader"])
        self.assertIn(ticket.requirement, ticket.directive_id.text)
        self.assertEqual(self.get_coverage(), (1, 1))
        self.walk("office-blank-spots", "office_blank_spot_filled", "supervisor")
        self.assertLog(ticket, ("approve", "李主任"))

    def get_coverage(self):
        """Return K20 of this month: duties touched, of how many."""
        indicator = self.env["office.indicator"].with_user(self.people["director"])
        # The director's own day: at night it is another one than Greenwich's.
        today = fields.Date.context_today(indicator)
        [figure] = indicator.measure(["K20"], today.replace(day=1), today)
        return figure["numerator"], figure["denominator"]
