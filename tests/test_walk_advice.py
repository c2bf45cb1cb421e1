# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""An advice from the idea to the directive that comes of it."""

from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase

TITLE = "在两所小学试点课后服务统一预约"
LEDGER = "office-advice"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkAdvice(WalkCase):
    def test_advice_from_idea_to_adopted_directive(self):
        self.walk(LEDGER, "office_advice_staff_drafts", "staff")
        advice = self.env["office.advice"].search([("name", "=", TITLE)])
        self.assertEqual(advice.drafter_id, self.people["staff"])
        self.assertEqual(advice.option_ids.mapped("name"), ["统一平台", "学校自行登记"])
        self.walk(LEDGER, "office_advice_director_screens", "director")
        self.walk(LEDGER, "office_advice_clerk_presents", "clerk")
        self.walk("office-advice-mine", "office_advice_leader_decides", "leader")
        self.assertRecordValues(
            advice,
            [
                {
                    "decision": "adopted",
                    "chosen_option_id": advice.option_ids[0].id,
                    "rating_heard": 5,
                    "rating_accurate": 4,
                    "rating_high": 4,
                    "relevance": 5,
                    "state": "implementing",
                }
            ],
        )
        directive = self.env["office.directive"].search([("name", "=", TITLE)])
        self.assertEqual(directive.leader_id, self.people["leader"])
        self.walk(
            "office-directives", "office_advice_clerk_issues_the_directive", "clerk"
        )
        self.assertEqual(directive.state, "issued")
        self.walk(LEDGER, "office_advice_director_evaluates", "director")
        self.assertLog(
            advice,
            ("submit", "张科员"),
            ("check", "陈主任"),
            ("screen", "陈主任"),
            ("present", "赵文员"),
            ("adopt", "李主任"),
            ("implement", "李主任"),
            ("evaluate", "陈主任"),
        )
