# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A ticket that stalls, and is driven to its end through every step of the ladder."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase
from odoo.addons.office_functions.tools.transition import permit

TICKETS = "office-tickets"
BOTTLENECKS = "office-bottlenecks"
TALKS = "office-talks"
PROPOSALS = "office-accountability"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkLadder(WalkCase):
    more_people = {
        "supervisor": (
            "王督查",
            "office_functions_supervision.group_office_supervisor",
        )
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.people["leader"])
        people = cls.people
        directive = cls.env["office.directive"].create(
            {
                "name": "公布小学学位余量",
                "leader_id": people["leader"].id,
                "text": "月底前向社会公布。",
                "lead_unit_id": cls.unit.id,
                "handler_id": people["staff"].id,
                "date_deadline": cls.today + timedelta(days=20),
            }
        )
        directive._pass_by_system("issue")
        cls.env["office.meeting.decision"].create(
            {
                "meeting": "主任办公会",
                "date": cls.today,
                "name": "对学位公布不落实提出问责",
                "leader_id": people["leader"].id,
            }
        )
        cls.ticket = (
            cls.env["office.supervision.ticket"]
            .with_user(people["supervisor"])
            .sudo()
            .create(
                {
                    "name": directive.name,
                    "directive_id": directive.id,
                    "policy_basis_ids": [Command.set(cls.policy.ids)],
                    "scope": "全区小学",
                    "requirement": "公布各校余量。",
                    "lead_unit_id": cls.unit.id,
                    "handler_id": people["staff"].id,
                    "date_deadline": cls.today + timedelta(days=10),
                }
            )
        )
        cls.task = cls.env["office.supervision.task"].create(
            {
                "ticket_id": cls.ticket.id,
                "name": "汇总各校余量",
                "lead_unit_id": cls.unit.id,
                "handler_id": people["staff"].id,
                "date_deadline": cls.today + timedelta(days=10),
                "weight": 100,
            }
        )
        cls.ticket.with_user(people["director"]).do_transition("file")
        cls.ticket.with_user(people["supervisor"]).do_transition("assign")

    def let_pass(self, record, name, days):
        """Let a day that was set lie so many days behind us."""
        with permit(record):
            record.sudo().write({name: self.today - timedelta(days=days)})

    def test_s3_3_s3_14_director_finds_by_source_and_looks_at_the_matrix(self):
        """The panel of the ledger offers the source; every figure opens its tasks."""
        ticket = self.ticket.copy(
            {
                "name": "核查媒体反映",
                "source_type": "media",
                "directive_id": self.ticket.directive_id.id,
                "date_deadline": self.ticket.date_deadline,
                "policy_basis_ids": [Command.set(self.policy.ids)],
            }
        )
        task = self.task.copy(
            {
                "ticket_id": ticket.id,
                "name": "核实收费",
                "date_deadline": self.task.date_deadline,
            }
        )
        ticket.with_user(self.people["director"]).do_transition("file")
        ticket.with_user(self.people["supervisor"]).do_transition("assign")
        self.let_pass(task, "date_deadline", 2)
        tour = "office_loop_director_looks_at_the_matrix"
        self.walk(TICKETS, tour, "director")

    def test_staff_report_on_a_phone(self):
        self.browser_size = "390x844"
        tour = "office_loop_staff_reports_on_a_phone"
        self.walk("office-my-tasks", tour, "staff")
        self.assertEqual(self.task.state, "reported")
        self.assertEqual(self.task.last_feedback_id.proof, "政务网通知公告栏")

    def test_pursued_to_the_end(self):
        ticket, task = self.ticket, self.task
        Bottleneck = self.env["office.supervision.bottleneck"]
        for matter in (ticket, task):
            self.let_pass(matter, "date_deadline", 9)
        self.walk(TICKETS, "office_ladder_supervisor_urges", "supervisor")
        self.assertEqual(ticket.urging_ids.sender_id, self.people["supervisor"])

        # Nobody answers, and the nightly job finds it.
        self.let_pass(ticket.urging_ids, "date_reply_due", 1)
        kind = task._name
        Bottleneck._propose(kind, Bottleneck._find_stalled(kind, 10))
        self.walk(BOTTLENECKS, "office_ladder_supervisor_recognizes", "supervisor")
        self.walk(BOTTLENECKS, "office_ladder_staff_reports_removal", "staff")
        self.walk(BOTTLENECKS, "office_ladder_supervisor_checks", "supervisor")

        self.walk(TICKETS, "office_ladder_supervisor_proposes_talk", "supervisor")
        self.walk(TALKS, "office_ladder_director_approves_talk", "director")
        self.let_pass(ticket.talk_ids, "moment", 1)
        self.walk(TALKS, "office_ladder_supervisor_holds_talk", "supervisor")
        self.let_pass(ticket.talk_ids, "date_promised", 1)

        self.walk(TICKETS, "office_ladder_supervisor_proposes_bulletin", "supervisor")
        bulletins = "office-supervision-bulletins"
        self.walk(bulletins, "office_ladder_leader_issues_bulletin", "leader")
        self.assertEqual(ticket.bulletin_ids.state, "issued")
        self.let_pass(ticket.bulletin_ids, "date_issued", 11)

        tour = "office_ladder_supervisor_proposes_accountability"
        self.walk(TICKETS, tour, "supervisor")
        tour = "office_ladder_leader_approves_accountability"
        self.walk(PROPOSALS, tour, "leader")
        self.walk(PROPOSALS, "office_ladder_staff_sees_nothing", "staff")
        self.walk(PROPOSALS, "office_ladder_supervisor_sends_it_off", "supervisor")
        self.walk(PROPOSALS, "office_ladder_director_tells", "director")
        self.walk(PROPOSALS, "office_ladder_staff_is_told", "staff")
        self.assertEqual(ticket.state, "assigned", "no step has ended it")

        self.walk("office-my-tasks", "office_loop_staff_reports", "staff")
        self.walk(BOTTLENECKS, "office_ladder_staff_reports_removal", "staff")
        tour = "office_ladder_supervisor_finds_it_works"
        self.walk(BOTTLENECKS, tour, "supervisor")
        self.walk(TICKETS, "office_loop_supervisor_verifies", "supervisor")
        self.walk(TICKETS, "office_loop_leader_closes", "leader")
        self.assertEqual(ticket.state, "closed")
        self.assertFalse(ticket.is_on_time, "late it was, all the same")
        bottleneck = ticket.bottleneck_ids
        self.assertLog(
            bottleneck,
            ("recognize", "王督查"),
            ("start", "王督查"),
            ("report", "张科员"),
            ("send_back", "王督查"),
            ("report", "张科员"),
            ("close", "王督查"),
        )
        self.assertLog(
            ticket.accountability_ids,
            ("propose", "王督查"),
            ("approve", "李主任"),
            ("transfer", "王督查"),
            ("record_decision", "王督查"),
        )
