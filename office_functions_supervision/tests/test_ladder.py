# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The ladder 催办 → 约谈 → 通报 → 问责建议: offered, approved, and never an end."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import TODAY, OfficeCase
from odoo.addons.office_functions.tests.workflow_tests import WorkflowTests

from .stall_common import (
    ACCOUNTABILITY,
    TALK,
    AccountabilityFixture,
    StallOffice,
    TalkFixture,
)


@tagged("office_supervision")
class TestTalk(TalkFixture, WorkflowTests, OfficeCase):
    """A talk is proposed, approved, held and judged on the declared road only."""


@tagged("office_supervision")
class TestAccountability(AccountabilityFixture, WorkflowTests, OfficeCase):
    """A proposal is approved by the leader, and decided by the competent body."""

    def see(self, proposal):
        """Return the roles that read a proposal."""
        return {
            role
            for role, user in self.users.items()
            if proposal.with_user(user).has_access("read")
        }

    def test_who_is_named_does_not_see_it_before_being_told(self):
        ticket = self.make_ticket("file", "assign")
        vals = self.get_accountability_vals(ticket)
        vals["lead_unit_id"] = self.unit.id
        vals["user_ids"] = [Command.set(self.users["staff"].ids)]
        self.make_talk(ticket, "ask", "approve", "hold")
        proposal = self.model.with_user(self.users["supervisor"]).create(vals)
        everybody = {"leader", "director", "supervisor"}
        self.assertEqual(self.see(proposal), everybody)
        proposal.do_transition("propose")
        director = proposal.with_user(self.users["director"])
        with self.assertRaisesRegex(UserError, "not approved"):
            director.action_notify()
        proposal.with_user(self.users["leader"]).do_transition("approve")
        for role in ("staff", "section_head"):
            mine = self.model.with_user(self.users[role])
            self.assertFalse(mine.search([("id", "=", proposal.id)]))
            self.assertFalse(mine.search_count([("id", "=", proposal.id)]))
        with self.assertRaisesRegex(UserError, "Only a director or leader"):
            proposal.with_user(self.users["supervisor"]).action_notify()
        director.action_notify()
        self.assertEqual(self.see(proposal), everybody | {"staff", "section_head"})
        with self.assertRaisesRegex(UserError, "told already"):
            director.action_notify()
        messages = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.users["staff"].partner_id.id)]
        )
        self.assertTrue(messages)
        self.assertNotIn("Admonish", messages.mail_message_id.mapped("body")[0])

    def test_it_binds_who_would_see_all(self):
        """A director who is named sees and decides nothing of it."""
        for role in ("director", "leader", "supervisor"):
            vals = self.sample_vals()
            vals["user_ids"] = [Command.set(self.users[role].ids)]
            proposal = self.model.create(vals)
            self.assertNotIn(role, self.see(proposal))
            with self.assertRaises(AccessError):
                proposal.with_user(self.users[role]).do_transition("approve")
            with self.assertRaises(AccessError):
                proposal.with_user(self.users[role]).read(["facts"])

    def test_matrix_others_see_their_own(self):
        for role in ("staff", "section_head"):
            user = self.users[role]
            proposal = self.model.with_user(user).create(self.sample_vals())
            self.assertEqual(
                self.see(proposal), {"leader", "director", "supervisor", role}
            )
            self.assertTrue(proposal.has_access("write"))
            with self.assertRaises(AccessError):
                proposal.with_user(self.users["supervisor"]).browse().with_user(
                    self.users["canteen"]
                ).check_access("read")

    def test_who_proposed_never_approves(self):
        leader = self.users["leader"]
        ticket = self.make_ticket("file", "assign")
        self.make_talk(ticket, "ask", "approve", "hold")
        proposal = self.model.with_user(leader).sudo()
        proposal = proposal.create(self.get_accountability_vals(ticket))
        proposal._pass_by_system("propose")
        with self.assertRaisesRegex(UserError, "You had a part in this yourself"):
            proposal.with_user(leader).sudo(False).do_transition("approve")
        principal = self.make_user(
            "test_principal", "office_functions.group_office_leader"
        )
        self.company.office_principal_leader_id = principal
        proposal.with_user(principal).sudo(False).do_transition("approve")
        self.assertEqual(proposal.date_approved, TODAY)

    def test_major_matters_need_the_collective_decision(self):
        proposal = self.make("proposed", collective_decision_id=False)
        leader = proposal.with_user(self.users["leader"])
        with self.assertRaisesRegex(UserError, "decided by a meeting"):
            leader.do_transition("approve")
        leader.collective_decision_id = self.collective_decision
        leader.do_transition("approve")
        minor = self.make("proposed", collective_decision_id=False, is_major=False)
        minor.with_user(self.users["leader"]).do_transition("approve")

    def test_r_sup_6_clue_of_a_duty_crime(self):
        """第23条: to the supervisory commission, whatever steps went before."""
        proposal = self.make(is_duty_crime=True)
        mine = proposal.with_user(self.users["supervisor"])
        with self.assertRaisesRegex(UserError, "第23条"):
            mine.do_transition("propose")
        proposal.body_kind = "supervisory"
        mine.do_transition("propose")
        with self.assertRaises(ValidationError):
            proposal.is_duty_crime = False
        proposal.with_user(self.users["leader"]).do_transition("approve")
        mine.do_transition("transfer")

    def test_steps_before_it(self):
        proposal = self.make()
        mine = proposal.with_user(self.users["supervisor"])
        with self.assertRaisesRegex(UserError, "Hold a talk"):
            mine.do_transition("propose")

    def test_the_competent_body_decides(self):
        proposal = self.make("approved", decision=False, date_decided=False)
        mine = proposal.with_user(self.users["supervisor"])
        mine.do_transition("transfer")
        with self.assertRaisesRegex(UserError, "Decision of the Body"):
            mine.do_transition("record_decision")
        mine.write({"decision": "Warned", "date_decided": TODAY})
        mine.do_transition("record_decision")
        self.assertEqual(proposal.ticket_id.state, "assigned", "it remains open")
        with self.assertRaises(ValidationError):
            mine.write({"decision": "Forgiven"})


@tagged("office_supervision")
class TestLadder(StallOffice, OfficeCase):
    """What a ticket offers, step by step."""

    def offer(self, ticket):
        ticket.invalidate_recordset()
        return ticket.with_user(self.users["supervisor"]).ladder_offer

    def make_hurried(self, **vals):
        """Return a ticket that runs."""
        return self.make_ticket("file", "assign", **vals)

    def test_s3_17_urging_first(self):
        ticket = self.make_hurried(date_deadline=TODAY + timedelta(days=1))
        self.assertFalse(self.offer(ticket))
        self.to_day(3)
        self.assertEqual(self.offer(ticket), "urging")

    def test_s3_17_talk_after_an_unanswered_urging(self):
        ticket = self.make_hurried()
        talk = self.env[TALK].with_user(self.users["supervisor"])
        talk = talk.create(self.get_talk_vals(ticket))
        with self.assertRaisesRegex(UserError, "Urge first"):
            talk.do_transition("ask")
        self.ignore(ticket)
        talk.do_transition("ask")
        other = self.make_hurried()
        task = self.make_task(other, "assign")
        self.assertFalse(self.offer(other))
        self.ignore(task)
        self.assertEqual(self.offer(other), "talk", "of its task")
        self.assertEqual(other.unanswered_count, 1)
        self.assertFalse(self.offer(ticket), "the talk is under way")

    def test_talk_with_its_approver(self):
        ticket = self.make_hurried()
        self.ignore(ticket)
        supervisor = self.users["supervisor"]
        talk = self.env[TALK].with_user(supervisor)
        vals = self.get_talk_vals(ticket)
        talk = talk.create({**vals, "record": False, "promise": False})
        self.assertEqual(talk.user_ids, self.users["section_head"])
        talk.do_transition("ask")
        for user in (supervisor, self.users["section_head"]):
            with self.assertRaisesRegex(UserError, "(not yours|had a part)"):
                talk.with_user(user).do_transition("approve")
        talk.with_user(self.users["director"]).do_transition("approve")
        with self.assertRaises(UserError) as caught:
            talk.do_transition("hold")
        self.assertSays(caught.exception, "Record of the Talk", "Promise")
        talk.write({"record": "He explained", "promise": "By Friday"})
        talk.do_transition("hold")
        self.assertEqual(ticket.state, "assigned", "it remains open")
        with self.assertRaises(ValidationError):
            talk.write({"record": "He said nothing"})
        rows = self.env["office.indicator"].measure(
            ["S3.17-talks"], TODAY, TODAY + timedelta(days=5)
        )
        self.assertEqual(rows[0]["value"], 1)

    def test_s3_17_third_unanswered_urging_offers_the_bulletin(self):
        ticket = self.make_hurried()
        task = self.make_task(ticket, "assign")
        mine = ticket.with_user(self.users["supervisor"])
        for matter, offer in ((ticket, "talk"), (task, "talk"), (ticket, "bulletin")):
            with self.assertRaisesRegex(UserError, "3 notices"):
                mine.action_propose_bulletin()
            self.ignore(matter)
            self.assertEqual(self.offer(ticket), offer)
        action = mine.action_propose_bulletin()
        bulletin = self.env["office.supervision.bulletin"].browse(action["res_id"])
        self.assertFalse(self.offer(ticket), "the bulletin is under way")
        bulletin.with_user(self.users["supervisor"]).do_transition("submit")
        with self.assertRaisesRegex(UserError, "not yours"):
            bulletin.with_user(self.users["director"]).do_transition("approve")
        leader = bulletin.with_user(self.users["leader"])
        leader.do_transition("approve")
        leader.do_transition("issue")
        self.assertEqual(bulletin.receipt_ids.department_id, self.unit)
        self.assertEqual(ticket.state, "assigned", "it remains open")
        self.to_day(9)
        self.assertNotEqual(self.offer(ticket), "accountability")
        self.to_day(10)
        self.assertEqual(self.offer(ticket), "accountability")
        proposal = self.env[ACCOUNTABILITY].with_user(self.users["supervisor"])
        proposal = proposal.create(self.get_accountability_vals(ticket))
        proposal.do_transition("propose")
        self.assertFalse(self.offer(ticket), "the ladder ends here")

    def test_s3_17_broken_promise_offers_the_bulletin(self):
        ticket = self.make_hurried()
        self.ignore(ticket)
        self.make_talk(ticket, "ask", "approve", "hold")
        self.to_day(5)
        self.assertFalse(self.offer(ticket))
        self.to_day(6)
        self.assertEqual(self.offer(ticket), "bulletin")
        ticket._pass_by_system("start")
        ticket._pass_by_system("report")
        self.assertFalse(self.offer(ticket), "it was reported at last")

    def test_no_step_on_a_ticket_that_does_not_run(self):
        ticket = self.make_ticket("file")
        talk = self.env[TALK].create(self.get_talk_vals(ticket))
        with self.assertRaisesRegex(UserError, "not being worked on"):
            talk.with_user(self.users["supervisor"]).do_transition("ask")
        proposal = self.env[ACCOUNTABILITY].with_user(self.users["supervisor"])
        proposal = proposal.create(self.get_accountability_vals(ticket))
        with self.assertRaisesRegex(UserError, "not being worked on"):
            proposal.do_transition("propose")

    def test_s3_17_not_closable_except_verified_or_withdrawn(self):
        """The only roads to an end: completed by a verification, or terminated."""
        table = self.env["office.supervision.ticket"]._get_transitions()
        into = {
            row.target: row for row in table if row.target in ("closed", "terminated")
        }
        self.assertEqual(
            [row.name for row in table if row.target == "closed"], ["close"]
        )
        self.assertEqual(into["closed"].sources, ("completed",))
        self.assertEqual(into["closed"].by, ("leader",))
        [complete] = [row for row in table if row.target == "completed"]
        self.assertEqual((complete.sources, complete.by), (("verifying",), ()))
        self.assertEqual(into["terminated"].by, ("leader",))
        ticket = self.make_hurried()
        self.ignore(ticket)
        self.make_talk(ticket, "ask", "approve", "hold", "break")
        for role in ("leader", "director", "supervisor"):
            mine = ticket.with_user(self.users[role])
            with self.assertRaises(UserError):
                mine.do_transition("close", "Enough")
            with self.assertRaises(UserError):
                mine.do_transition("complete", "Enough")
            if role != "leader":
                with self.assertRaises(UserError):
                    mine.do_transition("terminate", "Enough")
            for vals in ({"state": "closed"}, {"state": "terminated"}):
                with self.assertRaises(UserError):
                    mine.write(vals)
        ticket.with_user(self.users["leader"]).do_transition("terminate", "Dropped")
        self.assertEqual(ticket.state, "terminated")

    def test_offers_for_many_tickets_take_no_more_queries(self):
        tickets = [self.make_hurried() for _n in range(12)]
        for ticket in tickets:
            self.ignore(ticket)

        def count(some):
            records = self.env["office.supervision.ticket"].browse(
                [ticket.id for ticket in some]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.mapped("ladder_offer")
            return self.cr.sql_log_count - before

        count(tickets)
        self.assertLessEqual(count(tickets), count(tickets[:3]) + 1)
