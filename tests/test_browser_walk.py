# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The whole loop in a real browser, in Chinese, each step by who makes it."""

import re
from pathlib import Path

from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase


@tagged("post_install", "-at_install", "office_walk")
class TestBrowserWalk(WalkCase):
    more_people = {
        "supervisor": (
            "王督查",
            "office_functions_supervision.group_office_supervisor",
        )
    }

    def test_decision_to_verified_end(self):
        self.walk("office-directives", "office_loop_clerk", "clerk")
        directive = self.env["office.directive"].search(
            [("name", "=", "公布小学学位余量")]
        )
        self.assertEqual(directive.state, "issued")
        self.assertEqual(directive.leader_id, self.people["leader"])

        self.walk("office-directives", "office_loop_leader_escalates", "leader")
        ticket = directive.ticket_ids
        self.assertEqual(ticket.state, "proposed")
        tickets = "office-tickets"
        self.walk(tickets, "office_loop_supervisor_prepares", "supervisor")
        self.walk(tickets, "office_loop_director_files", "director")
        self.walk(tickets, "office_loop_supervisor_assigns", "supervisor")
        self.walk("office-my-tasks", "office_loop_staff_reports", "staff")
        self.assertEqual(ticket.state, "feedback")
        self.walk(tickets, "office_loop_supervisor_verifies", "supervisor")
        self.assertEqual(ticket.state, "completed")
        self.walk(tickets, "office_loop_leader_closes", "leader")
        self.assertEqual(ticket.state, "closed")
        self.assertEqual(directive.state, "confirmed")
        self.assertTrue(ticket.is_on_time)
        self.assertEqual(
            ticket.transition_ids.sorted("id").user_id.mapped("name"),
            ["陈主任", "王督查", "张科员", "李主任"],
        )

    def test_leader_withdraws_with_a_reason(self):
        directive = self.env["office.directive"].create(
            {
                "name": "临时检查",
                "leader_id": self.people["leader"].id,
                "text": "立即检查",
                "lead_unit_id": self.unit.id,
                "handler_id": self.people["staff"].id,
                "date_deadline": "2099-01-31",
            }
        )
        directive.with_user(self.people["leader"]).do_transition("issue")
        self.walk("office-directives", "office_loop_leader_returns", "leader")
        self.assertEqual(directive.state, "withdrawn")
        self.assertEqual(directive.transition_ids[0].note, "情况有变")

    def issue_directive(self, deadline):
        """Let the clerk issue a directive to the unit, to be done by themselves."""
        clerk = self.people["clerk"]
        directive = (
            self.env["office.directive"]
            .with_user(clerk)
            .create(
                {
                    "name": "工作台上的事",
                    "leader_id": self.people["leader"].id,
                    "text": "办",
                    "lead_unit_id": self.unit.id,
                    "handler_id": clerk.id,
                    "date_deadline": deadline,
                }
            )
        )
        directive.do_transition("issue")
        return directive

    def test_workbench_opens_with_real_figures(self):
        self.issue_directive("2099-01-31")
        self.walk("office", "office_workbench_walk", "clerk")

    def test_workbench_fits_a_phone(self):
        self.issue_directive("2099-01-31")
        self.browser_size = "390x844"
        self.touch_enabled = True
        self.walk("office", "office_workbench_on_a_phone", "clerk")

    def test_screens_name_no_colour_of_their_own(self):
        """Theirs are the web client's, so that they are right in a dark theme too."""
        named = re.compile(
            r"#[0-9a-f]{3}(?:[0-9a-f]{3})?\b|\brgba?\("
            r"|\b(?:bg|text)-(?:white|black|dark)\b",
            re.IGNORECASE,
        )
        checked = 0
        for addon in Path(__file__).parent.parent.glob("office_functions*"):
            for file in addon.glob("static/src/*/*"):
                # Paper is white, and so are the pages for strangers.
                if file.parent.name in ("paper", "hall"):
                    continue
                checked += 1
                with self.subTest(file=str(file)):
                    self.assertFalse(named.findall(file.read_text()))
        self.assertGreater(checked, 20)

    def test_dispatch_board_opens_the_list_behind_a_figure(self):
        self.issue_directive("2099-01-31")
        self.walk("office-dispatch", "office_dispatch_walk", "director")

    def test_indicators_open_unit_by_unit(self):
        directive = self.issue_directive("2099-01-31")
        directive.with_user(directive.handler_id).do_transition("accept")
        directive.with_user(directive.handler_id).do_transition("report", "办好了")
        directive.with_user(self.people["leader"]).do_transition("confirm")
        self.walk("office-indicators", "office_indicators_walk", "director")
