# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A clash that is seen while a meeting is typed, and avoided."""

from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase

LEDGER = "office-meetings"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkMeeting(WalkCase):
    def test_clash_is_shown_while_typing_and_avoided(self):
        room = self.env["resource.resource"].create(
            {
                "name": "三楼会议室",
                "resource_type": "material",
                "office_resource_kind": "room",
            }
        )
        leader = self.people["leader"]
        earlier = self.env["office.meeting"].create(
            {
                "name": "局务会",
                "host_id": leader.id,
                "start": "2027-03-09 00:30:00",
                "stop": "2027-03-09 02:30:00",
                "partner_ids": leader.partner_id.ids,
                "office_room_id": room.id,
            }
        )
        self.walk(LEDGER, "office_meeting_clerk_moves_it", "clerk")
        meeting = self.env["office.meeting"].search([("name", "=", "招生工作部署会")])
        self.assertRecordValues(
            meeting,
            [
                {
                    "state": "confirmed",
                    "start": earlier.stop,
                    "office_room_id": room.id,
                    "clash_alert": False,
                }
            ],
        )
        self.assertFalse(self.env["office.clash"].search([]))
        self.walk(LEDGER, "office_meeting_clerk_gives_notice", "clerk")
        self.assertLog(meeting, ("confirm", "赵文员"), ("notify", "赵文员"))
