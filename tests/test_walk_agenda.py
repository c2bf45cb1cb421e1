# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A leader's day with a paper missing."""

from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase

ITEM = "听取学位供需汇报"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkAgenda(WalkCase):
    def test_leaders_day_with_a_paper_missing(self):
        self.env.company.office_director_id = self.people["director"]
        self.walk("office-diary", "office_agenda_clerk_enters_an_item", "clerk")
        item = self.env["calendar.event"].search([("name", "=", ITEM)])
        self.assertEqual(item.office_leader_id, self.people["leader"])
        self.assertEqual(item.partner_ids, self.people["leader"].partner_id)
        paper = item.office_material_ids
        # The item begins within the half hour: a day before it is long past.
        self.env["office.agenda.material"]._alert_all()
        self.assertEqual(
            paper.activity_ids.user_id, self.people["staff"] | self.people["director"]
        )
        self.env.flush_all()
        self.walk("office-diary-papers", "office_agenda_alarm_is_seen", "director")
        self.walk(
            "office-diary-papers", "office_agenda_owner_says_it_is_ready", "staff"
        )
        self.assertEqual(paper.ready_user_id, self.people["staff"])
        # An hour passes.
        self.env.cr.execute(
            "UPDATE calendar_event SET start = start - INTERVAL '1 hour' WHERE id = %s",
            [item.id],
        )
        self.env.invalidate_all()
        self.browser_size = "390x844"
        self.touch_enabled = True
        self.walk("office-today", "office_agenda_leader_marks_attended", "leader")
        self.assertEqual(item.office_outcome, "attended")
        self.assertEqual(item.office_outcome_user_id, self.people["leader"])
