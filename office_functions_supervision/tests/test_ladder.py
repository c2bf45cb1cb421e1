# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The ladder 催办 → 约谈 → 通报 → 问责建议: offered, approved, and never an end."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import TODAY, OfficeCase
from odoo.addons.office_functions.tests.workflow_tests import WorkflowTests
from odoo.addons.office_functions.tools.transition import permit

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
        self.assertEqual(
            self.count_approved("section_head"), 0, "not by a figure either"
        )
        self.assertEqual(self.count_approved("director"), 1)
        director.action_notify()
        self.assertEqual(self.count_approved("section_head"), 1)
        self.assertEqual(self.see(proposal), everybody | {"staff", "section_head"})
        with self.assertRaisesRegex(UserError, "told already"):
            director.action_notify()
        messages = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.users["staff"].partner_id.id)]
        )
        self.assertTrue(messages)
        self.assertNotIn("Admonish", messages.mail_message_id.mapped("body")[0])

    def count_approved(self, role):
        """Return the figure of approved proposals that a role is shown."""
        Indicator = self.env["office.indicator"].with_user(self.users[role])
        [row] = Indicator.measure(["S3.17-accountability"], TODAY, TODAY)
        return row["value"]

    def test_no_figure_about_oneself_before_being_told(self):
        """Even of who would see all proposals about others."""
        proposal = self.make(
            "approved", user_ids=[Command.set(self.users["director"].ids)]
        )
        self.assertEqual(self.count_approved("director"), 0)
        self.assertEqual(self.count_approved("clerk"), 0)
        self.assertEqual(self.count_approved("leader"), 1)
        proposal.with_user(self.users["leader"]).action_notify()
        self.assertEqual(self.count_approved("director"), 1)

    def test_who_is_named_changes_nothing_once_told(self):
        for role in ("director", "leader", "supervisor", "staff"):
            user = self.users[role]
            proposal = self.make("transferred", user_ids=[Command.set(user.ids)])
            with permit(proposal):
                proposal.date_notified = proposal.date_approved
            mine = proposal.with_user(user)
            with self.subTest(role=role):
                self.assertIn(role, self.see(proposal))
                with self.assertRaises(AccessError):
                    mine.write({"decision": "Cleared of everything"})
                with self.assertRaisesRegex(UserError, "You had a part in this"):
                    mine.do_transition("record_decision")

    def test_clerks_propose_nothing(self):
        with self.assertRaises(AccessError):
            self.model.with_user(self.users["clerk"]).create(self.sample_vals())

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
        again = self.make("proposed", collective_decision_id=False)
        for role in ("supervisor", "leader"):
            with self.assertRaisesRegex(ValidationError, "settled by an earlier step"):
                again.with_user(self.users[role]).is_major = False
        other = self.env["res.company"].create({"name": "Other District"})
        foreign = self.collective_decision.copy({"company_id": other.id})
        with self.assertRaisesRegex(UserError, "(?i)compan"):
            again.collective_decision_id = foreign
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
        talk.date_promised = TODAY - timedelta(days=1)
        with self.assertRaises(UserError) as caught:
            talk.do_transition("hold")
        self.assertSays(
            caught.exception,
            "Record of the Talk",
            "Promise",
            "The talk is set for",
            "not for one gone by",
        )
        talk.write(
            {
                "record": "He explained",
                "promise": "By Friday",
                "date_promised": TODAY + timedelta(days=2),
            }
        )
        self.to_day(1)
        talk.do_transition("hold")
        with self.assertRaisesRegex(UserError, "nobody has broken it"):
            talk.do_transition("break", "Nothing seen")
        self.assertEqual(ticket.state, "assigned", "it remains open")
        with self.assertRaises(ValidationError):
            talk.write({"record": "He said nothing"})
        rows = self.env["office.indicator"].measure(
            ["S3.17-talks"], TODAY, TODAY + timedelta(days=5)
        )
        self.assertEqual(rows[0]["value"], 1)

    def test_talk_is_not_approved_by_who_pressed_for_it_or_is_related(self):
        ticket = self.make_hurried()
        self.ignore(ticket)
        director = self.users["director"]
        asked = self.make_talk(ticket).with_user(director)
        asked.do_transition("ask")
        with self.assertRaisesRegex(UserError, "You had a part in this"):
            asked.do_transition("approve")
        related = self.make_talk(ticket, "ask").with_user(director)
        self.env["hr.employee"].create(
            {
                "name": director.name,
                "user_id": director.id,
                "department_id": self.unit.id,
            }
        )
        self.env.registry.clear_cache()
        for step in ("approve", "refuse"):
            with self.assertRaisesRegex(UserError, "is related to Test Section"):
                related.do_transition(step, "No")
        related.with_user(self.users["leader"]).do_transition("approve")

    def remind(self, matter, days_before=0):
        """Let the system urge a matter, and nobody answer; the day is the present."""
        day = fields.Date.context_today(matter)
        return self.env["office.urging"].create(
            {
                "res_model": matter._name,
                "res_id": matter.id,
                "nth": 1,
                "level": "1",
                "date": day - timedelta(days=2),
                "date_deadline": day - timedelta(days=2 - days_before),
                "date_reply_due": day - timedelta(days=1),
                "company_id": matter.company_id.id,
            }
        )

    def test_reminders_before_the_deadline_ask_for_no_answer(self):
        ticket = self.make_hurried()
        task = self.make_task(ticket, "assign")
        for day in range(3):
            self.to_day(day)
            for matter in (ticket, task):
                self.remind(matter, days_before=3)
        self.assertFalse(self.offer(ticket))
        self.to_day(4)
        self.remind(task, days_before=-1)
        ticket.invalidate_recordset()
        self.assertEqual(ticket.unanswered_count, 1, "sent when it was overdue")

    def test_one_notice_each_about_three_matters_is_not_three(self):
        ticket = self.make_hurried()
        tasks = [self.make_task(ticket, "assign", weight=50) for _n in range(2)]
        for matter in (ticket, *tasks):
            self.ignore(matter)
        self.assertEqual(self.offer(ticket), "talk")
        self.assertEqual(ticket.unanswered_count, 1)
        edited = ticket.new(origin=ticket)
        self.assertEqual(edited.unanswered_count, 1, "in a form that is being edited")

    def test_who_hands_in_feedback_has_answered(self):
        ticket = self.make_hurried()
        vals = {"lead_unit_id": self.unit.id, "handler_id": self.users["staff"].id}
        task = self.make_task(ticket, "assign", "accept", **vals)
        other = self.make_task(ticket, "assign", weight=0)
        for day in range(3):
            self.to_day(day)
            for matter in (ticket, task):
                self.ignore(matter)
        unheard = self.ignore(other)
        self.assertEqual(self.offer(ticket), "bulletin")
        feedback = self.env["office.supervision.feedback"].with_user(
            self.users["staff"]
        )
        feedback = feedback.create({"task_id": task.id, "text": "Half of them counted"})
        feedback.do_transition("submit")
        notices = ticket.urging_ids | task.urging_ids
        self.assertEqual(notices.replier_id, self.users["staff"])
        self.assertEqual(set(notices.mapped("reply")), {"Feedback was given."})
        self.assertFalse(unheard.date_replied, "another unit's")
        self.assertEqual(ticket.unanswered_count, 1)
        self.assertEqual(self.offer(ticket), "talk")

    def test_the_bulletin_names_who_is_silent(self):
        ticket = self.make_hurried()
        task = self.make_task(ticket, "assign")
        for day in range(3):
            self.to_day(day)
            self.ignore(task)
        action = ticket.with_user(self.users["supervisor"]).action_propose_bulletin()
        bulletin = self.env["office.supervision.bulletin"].browse(action["res_id"])
        self.assertEqual(bulletin.line_ids.department_id, self.other_unit)

    def test_what_was_reported_is_not_silent(self):
        ticket = self.make_hurried()
        for day in range(3):
            self.to_day(day)
            self.ignore(ticket)
        self.assertEqual(self.offer(ticket), "bulletin")
        ticket._pass_by_system("start")
        ticket._pass_by_system("report")
        self.assertNotIn(self.offer(ticket), ("talk", "bulletin"))

    def test_the_unit_does_not_see_what_is_offered(self):
        ticket = self.make_hurried()
        for role in ("staff", "section_head", "clerk"):
            mine = ticket.with_user(self.users[role])
            for name in ("ladder_offer", "ladder_reason", "unanswered_count"):
                with self.assertRaises(AccessError):
                    mine.read([name])

    def test_s3_17_third_unanswered_urging_offers_the_bulletin(self):
        ticket = self.make_hurried()
        task = self.make_task(ticket, "assign")
        self.ignore(task)
        mine = ticket.with_user(self.users["supervisor"])
        for day, offer in enumerate(("talk", "talk", "bulletin")):
            self.to_day(day)
            with self.assertRaisesRegex(UserError, "3 notices"):
                mine.action_propose_bulletin()
            self.ignore(ticket)
            self.assertEqual(self.offer(ticket), offer)
        self.to_day(0)
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

    def test_s3_17_what_pressed_is_counted_and_a_reminder_is_not(self):
        Indicator = self.env["office.indicator"].with_user(self.users["leader"])
        ticket = self.make_hurried()

        def count():
            period = (TODAY - timedelta(days=30), TODAY + timedelta(days=30))
            [row] = Indicator.measure(["S3.17-urgings"], *period)
            return {unit["id"]: unit["value"] for unit in row["units"]}

        before = count()
        vals = {"res_model": ticket._name, "res_id": ticket.id, "date": TODAY}
        supervisor = self.users["supervisor"].id
        self.env["office.urging"].sudo().create(
            [
                vals | {"level": "1"},
                vals | {"level": "1", "sender_id": supervisor},
                vals | {"level": "3", "date": TODAY + timedelta(days=1)},
                vals | {"res_model": "office.directive", "level": "3"},
            ]
        )
        unit = ticket.lead_unit_id.id
        self.assertEqual(count(), before | {unit: before.get(unit, 0) + 2})

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
            row.target: row
            for row in table
            if row.target in ("closed", "terminated") and row.by
        }
        # The system restores one whose look-back was annulled, nobody else.
        self.assertEqual(
            [row.name for row in table if row.target == "closed" and row.by], ["close"]
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
