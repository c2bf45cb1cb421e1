# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""An objection upheld: from the unit that contests it to the corrected conclusion."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase

TITLE = "公布小学学位余量"
SUPERVISOR = "office_functions_supervision.group_office_supervisor"
TICKETS = "office-tickets"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkObjection(WalkCase):
    more_people = {
        "supervisor": ("王督查", SUPERVISOR),
        "other_supervisor": ("何督查", SUPERVISOR),
    }

    def make_ticket(self):
        """Return a ticket of the section whose verification failed."""
        today = fields.Date.context_today(self.env["res.users"])
        people = self.people
        directive = self.env["office.directive"].create(
            {
                "name": TITLE,
                "leader_id": people["leader"].id,
                "text": "月底前向社会公布各校学位余量。",
                "lead_unit_id": self.unit.id,
                "handler_id": people["staff"].id,
                "date_deadline": today + timedelta(days=30),
            }
        )
        directive.with_user(people["leader"]).do_transition("issue")
        ticket = self.env["office.supervision.ticket"].create(
            {
                "name": TITLE,
                "directive_id": directive.id,
                "policy_basis_ids": [Command.set(self.policy.ids)],
                "scope": "全区小学",
                "requirement": "各校学位余量向社会公布。",
                "supervisor_id": people["supervisor"].id,
                "lead_unit_id": self.unit.id,
                "handler_id": people["staff"].id,
                "date_deadline": today + timedelta(days=20),
            }
        )
        task = self.env["office.supervision.task"].create(
            {
                "ticket_id": ticket.id,
                "name": "汇总各校余量",
                "lead_unit_id": self.unit.id,
                "handler_id": people["staff"].id,
                "date_deadline": today + timedelta(days=10),
                "weight": 100,
            }
        )
        ticket.with_user(people["director"]).do_transition("file")
        ticket.with_user(people["supervisor"]).do_transition("assign")
        task.with_user(people["staff"]).do_transition("accept")
        feedback = self.env["office.supervision.feedback"].with_user(people["staff"])
        feedback.create(
            {
                "task_id": task.id,
                "kind": "final",
                "text": "余量已公布。",
                "proof": "公告栏第一、二页",
            }
        ).do_transition("submit")
        ticket.with_user(people["supervisor"]).do_transition("verify")
        self.env["office.supervision.verification"].with_user(
            people["supervisor"]
        ).create(
            {
                "ticket_id": ticket.id,
                "findings": "公告上缺两所小学。",
                "result": "fail",
                "rectification": "补齐两所小学",
                "rectification_unit_id": self.unit.id,
                "rectification_user_id": people["staff"].id,
                "date_rectification": today + timedelta(days=7),
            }
        ).do_transition("conclude")
        return ticket

    def test_objection_upheld(self):
        ticket = self.make_ticket()
        self.assertEqual(ticket.state, "handling")
        self.walk(TICKETS, "office_objection_head_objects", "head")
        self.assertTrue(ticket.is_under_review)
        objections = "office-objections"
        self.walk(objections, "office_objection_supervisor_only_reads", "supervisor")
        self.walk(objections, "office_objection_director_upholds", "director")
        self.assertEqual(ticket.state, "feedback")
        self.assertFalse(ticket.is_under_review)
        failed = ticket.verification_ids
        self.assertEqual(failed.state, "annulled")
        ticket.with_user(self.people["director"]).change_supervisor(
            self.people["other_supervisor"], "原督查员的结论已撤销"
        )
        self.walk(
            TICKETS, "office_objection_other_supervisor_verifies", "other_supervisor"
        )
        self.assertEqual(ticket.state, "completed")
        self.assertTrue(ticket.is_on_time)
        self.assertLog(ticket.objection_ids, ("submit", "周科长"), ("uphold", "陈主任"))

    def test_s3_10_button_is_shown_disabled_with_its_reason(self):
        ticket = self.env["office.supervision.ticket"].create(
            {
                "name": "无依据的督办",
                "lead_unit_id": self.unit.id,
                "supervisor_id": self.people["supervisor"].id,
            }
        )
        self.walk(TICKETS, "office_law_director_lacks_a_directive", "director")
        self.assertEqual(ticket.state, "proposed")
