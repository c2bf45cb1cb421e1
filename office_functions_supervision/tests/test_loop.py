# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import SupervisionCase


@tagged("post_install", "-at_install", "office_supervision")
class TestLoop(SupervisionCase):
    """From the directive to the striking off, as the people who do it."""

    def test_whole_loop(self):
        ticket = self.make_ticket()
        self.assertFalse(ticket.number, "no number while proposed")
        ticket.with_user(self.director).do_transition("file")
        self.assertRegex(ticket.number, r"^督办〔\d{4}〕\d+号$")
        self.assertEqual(ticket.directive_id.state, "escalated")
        self.assertEqual(ticket.directive_id.ticket_ids, ticket, "no second one")
        ticket.do_transition("assign")
        self.assertEqual(ticket.task_ids.mapped("state"), ["assigned"] * 2)
        self.assertEqual(ticket.date_deadline_original, self.day(20))

        first, second = ticket.task_ids
        first.with_user(self.staff_a).do_transition("accept")
        self.assertEqual(ticket.state, "assigned", "one unit has not signed yet")
        second.with_user(self.head_b).do_transition("accept")
        self.assertEqual(ticket.state, "accepted")

        self.report(first, "stage", progress=40)
        self.assertEqual(ticket.state, "handling")
        self.assertEqual(first.state, "accepted", "progress is no result")
        self.report(first)
        self.report(second)
        self.assertEqual(ticket.state, "feedback")
        self.assertEqual(ticket.progress, 0, "nothing counts before verification")
        self.assertFalse(ticket.light, "nobody is late while their report waits")

        self.verify(ticket)
        self.assertEqual(ticket.state, "completed")
        self.assertEqual(ticket.progress, 100)
        self.assertEqual(ticket.light, "done")

        with self.assertRaisesRegex(UserError, "Strike Off"):
            ticket.with_user(self.director).do_transition("close")
        with self.assertRaisesRegex(UserError, "Strike Off"):
            ticket.with_user(self.other_leader).do_transition("close")
        ticket.with_user(self.leader).do_transition("close")
        self.assertEqual(ticket.state, "closed")
        self.assertEqual(ticket.date_closed, self.today)
        self.assertEqual(ticket.directive_id.state, "confirmed")
        log = ticket.transition_ids.sorted("id")
        self.assertEqual(
            log.mapped("name"),
            [
                "file",
                "assign",
                "accept",
                "start",
                "report",
                "verify",
                "complete",
                "close",
            ],
        )
        self.assertEqual(log[-1].user_id, self.leader)

    def test_filing_needs_authority_and_basis(self):
        ticket = self.make_ticket()
        ticket.write({"legal_basis_ids": [(5,)]})
        with self.assertRaisesRegex(UserError, "缺法律法规或政策依据"):
            ticket.with_user(self.director).do_transition("file")
        ticket.write({"directive_id": False})
        with self.assertRaises(UserError) as error:
            ticket.with_user(self.director).do_transition("file")
        self.assertIn("authorising directive", str(error.exception))
        self.assertIn("basis", str(error.exception), "all reasons at once")

    def test_authority_cannot_be_taken_away_later(self):
        ticket = self.make_ticket()
        ticket.with_user(self.director).do_transition("file")
        for vals in (
            {"directive_id": False},
            {"legal_basis_ids": [(5,)]},
            {"scope": "more"},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                ticket.sudo().write(vals)

    def test_supervisor_cannot_file(self):
        ticket = self.make_ticket()
        with self.assertRaisesRegex(UserError, "not yours"):
            ticket.do_transition("file")

    def test_oral_directive_must_be_confirmed(self):
        directive = self.make_directive(kind="oral")
        ticket = self.make_ticket(directive=directive)
        with self.assertRaisesRegex(UserError, "not confirmed"):
            ticket.with_user(self.director).do_transition("file")
        with self.assertRaises(UserError):
            directive.with_user(self.director).action_confirm_text()
        directive.with_user(self.leader).action_confirm_text()
        ticket.with_user(self.director).do_transition("file")

    def test_no_twin(self):
        ticket = self.make_ticket()
        ticket.with_user(self.director).do_transition("file")
        twin = self.make_ticket(directive=ticket.directive_id)
        with self.assertRaisesRegex(UserError, "already"):
            twin.with_user(self.director).do_transition("file")

    def test_assigning_names_all_that_is_missing(self):
        ticket = self.make_ticket()
        first, second = ticket.task_ids
        first.handler_id = False
        first.weight = 10
        second.date_deadline = self.day(60)
        ticket.with_user(self.director).do_transition("file")
        with self.assertRaises(UserError) as error:
            ticket.do_transition("assign")
        message = str(error.exception)
        self.assertIn("Part 1", message)
        self.assertIn("Part 2", message)
        self.assertIn("60", message, "10 + 50 is not 100")
        self.assertEqual(ticket.state, "filed")

    def test_task_given_back_goes_to_the_director(self):
        ticket = self.make_assigned()
        task = ticket.task_ids[0]
        with self.assertRaisesRegex(UserError, "reason"):
            task.with_user(self.staff_a).do_transition("give_back")
        task.with_user(self.staff_a).do_transition("give_back", "Not our power")
        with self.assertRaises(UserError):
            task.with_user(self.supervisor).do_transition("insist", "Yes it is")
        task.with_user(self.director).do_transition("reassign", "To section B")
        task.with_user(self.supervisor).write(
            {"lead_unit_id": self.unit_b.id, "handler_id": self.staff_b.id}
        )
        task.with_user(self.director).weight += 5
        with self.assertRaisesRegex(UserError, "add up to 105, not to 100"):
            task.with_user(self.supervisor).do_transition("assign_later")
        task.with_user(self.director).weight -= 5
        task.with_user(self.supervisor).do_transition("assign_later")
        self.assertEqual(task.state, "assigned")
        self.assertEqual(task.date_deadline_original, self.day(10))

    def test_not_signed_for_in_time_is_urged(self):
        with freeze_time("2026-03-12"):  # a Thursday
            ticket = self.make_assigned()
            signed, unsigned = ticket.task_ids
            signed.with_user(self.staff_a).do_transition("accept")
            self.assertEqual(str(unsigned.next_urging), "2026-03-14")
        with freeze_time("2026-03-14"):
            self.env["office.supervision.task"]._urge_batch(100)
        self.assertFalse(signed.urging_ids)
        self.assertEqual(unsigned.urging_ids.level, "1")
        self.assertEqual(unsigned.urging_ids.addressee_ids.user_id, self.staff_b)
        self.assertEqual(
            unsigned.next_urging, self.day(8), "then the plan: 3 days before"
        )

    def test_giving_back_has_an_end(self):
        ticket = self.make_assigned()
        task = ticket.task_ids[0]
        with freeze_time(self.day(30)), self.assertRaisesRegex(UserError, "given back"):
            task.with_user(self.staff_a).do_transition("give_back", "Too late")

    def test_result_needs_proof(self):
        ticket = self.make_assigned()
        with self.assertRaisesRegex(UserError, "proof"):
            self.report(ticket.task_ids[0], proof=False)

    def test_feedback_by_who_handles_it_only(self):
        ticket = self.make_assigned()
        task = ticket.task_ids[0]
        task.with_user(self.staff_a).do_transition("accept")
        Feedback = self.env["office.supervision.feedback"]
        for user in (self.staff_b, self.outsider, self.head_b):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                Feedback.with_user(user).create({"task_id": task.id, "text": "Done"})
        with self.assertRaises(UserError):
            Feedback.with_user(self.staff_b).create(
                {"task_id": task.id, "text": "Done", "author_id": self.staff_a.id}
            )

    def test_handler_never_verifies(self):
        ticket = self.make_ticket()
        ticket.task_ids[0].handler_id = self.director
        ticket.with_user(self.director).do_transition("file")
        ticket.do_transition("assign")
        for task in ticket.task_ids:
            self.report(task)
        ticket.do_transition("verify")
        Verification = self.env["office.supervision.verification"]
        with self.assertRaisesRegex(ValidationError, "cannot verify"):
            Verification.with_user(self.director).create({"ticket_id": ticket.id})

    def test_failed_verification_opens_a_rectification(self):
        ticket = self.make_assigned()
        for task in ticket.task_ids:
            self.report(task)
        with self.assertRaisesRegex(UserError, "rectification"):
            self.verify(ticket, "fail")
        verification = ticket.verification_ids.with_user(self.supervisor)
        verification.write(
            {
                "rectification": "Two schools are missing",
                "rectification_unit_id": self.unit_a.id,
                "rectification_user_id": self.staff_a.id,
                "date_rectification": self.day(5),
            }
        )
        verification.with_user(self.supervisor).do_transition("conclude")
        self.assertEqual(ticket.state, "handling")
        self.assertEqual(ticket.progress, 0)
        rectification = verification.task_id
        self.assertEqual(rectification.state, "assigned")
        with self.assertRaises(UserError):
            ticket.do_transition("verify")
        self.report(rectification)
        self.assertEqual(ticket.state, "feedback")
        self.verify(ticket)
        self.assertEqual(ticket.state, "completed")
        self.assertEqual(set(ticket.task_ids.mapped("state")), {"verified"})

    def test_extension_keeps_the_first_date(self):
        ticket = self.make_assigned()
        Extension = self.env["office.supervision.extension"]
        extension = Extension.with_user(self.staff_a).create(
            {"ticket_id": ticket.id, "date_to": self.day(40), "reason": "Data is late"}
        )
        extension.do_transition("ask")
        with self.assertRaisesRegex(UserError, "a part in this"):
            extension.do_transition("approve")
        with self.assertRaisesRegex(UserError, "not yours"):
            extension.with_user(self.other_leader).do_transition("approve")
        extension.with_user(self.leader).do_transition("approve")
        self.assertEqual(ticket.date_deadline, self.day(40))
        self.assertEqual(ticket.date_deadline_original, self.day(20))
        self.assertEqual(ticket.extension_count, 1)
        with freeze_time(self.day(30)):
            for task in ticket.task_ids:
                self.report(task)
            self.verify(ticket)
        self.assertTrue(ticket.is_on_time)
        self.assertFalse(ticket.is_on_time_original)

    def test_nobody_grants_an_extension_to_themselves(self):
        ticket = self.make_assigned()
        task = ticket.task_ids[0]
        Extension = self.env["office.supervision.extension"]
        vals = {
            "ticket_id": ticket.id,
            "task_id": task.id,
            "date_to": self.day(15),
            "reason": "Data is late",
        }
        self.supervisor.group_ids |= self.env.ref("office_functions.group_office_staff")
        self.assertEqual(task.deadline_owner_id, self.supervisor)
        self.unit_a.manager_id = self.env["hr.employee"].create(
            {"name": "Supervisor", "user_id": self.supervisor.id}
        )
        self.env.invalidate_all()
        extension = Extension.with_user(self.supervisor).create(vals)
        extension.do_transition("ask")
        with self.assertRaisesRegex(UserError, "a part in this"):
            extension.do_transition("approve")
        extension.with_user(self.leader).do_transition("approve")
        self.assertEqual(task.date_deadline, self.day(15))

    def test_where_the_leader_does_the_work_another_decides(self):
        ticket = self.make_assigned(handler_id=self.leader.id)
        extension = (
            self.env["office.supervision.extension"]
            .with_user(self.head_a)
            .create(
                {"ticket_id": ticket.id, "date_to": self.day(40), "reason": "Late data"}
            )
        )
        extension.do_transition("ask")
        with self.assertRaisesRegex(UserError, "a part in this"):
            extension.with_user(self.leader).do_transition("approve")
        extension.with_user(self.other_leader).do_transition("approve")
        self.assertEqual(ticket.date_deadline, self.day(40))

    def test_extension_is_asked_before_the_deadline(self):
        ticket = self.make_assigned()
        extension = (
            self.env["office.supervision.extension"]
            .with_user(self.staff_a)
            .create(
                {"ticket_id": ticket.id, "date_to": self.day(40), "reason": "Late data"}
            )
        )
        with freeze_time(self.day(21)), self.assertRaisesRegex(UserError, "before"):
            extension.do_transition("ask")

    def test_done_on_the_day_of_the_report(self):
        ticket = self.make_assigned()
        with freeze_time(self.day(10)):
            for task in ticket.task_ids:
                self.report(task)
        with freeze_time(self.day(50)):
            self.verify(ticket)
        self.assertEqual(ticket.date_done, self.day(10))
        self.assertTrue(ticket.is_on_time, "a slow check blames nobody")
        self.assertTrue(all(ticket.task_ids.mapped("is_on_time")))

    def test_suspended_ticket_stands_still(self):
        ticket = self.make_assigned()
        ticket.with_user(self.leader).do_transition("suspend", "Court case")
        self.assertEqual(ticket.light, "paused")
        self.assertFalse(ticket.next_urging)
        with freeze_time(self.day(7)):
            ticket.with_user(self.leader).do_transition("resume")
        self.assertEqual(ticket.date_deadline, self.day(27))
        self.assertEqual(ticket.date_deadline_original, self.day(20))
        self.assertEqual(ticket.task_ids[0].date_deadline, self.day(17))

    def test_suspended_with_a_task_that_the_leader_does_not_see(self):
        ticket = self.make_assigned()
        first, second = ticket.task_ids
        first.with_user(self.director).recuse(self.leader, "A relative works there")
        self.env.flush_all()
        self.env.invalidate_all()
        ticket.with_user(self.leader).do_transition("suspend", "Court case")
        self.assertTrue(first.is_paused)
        self.assertTrue(second.is_paused)

    def test_unit_sees_its_task_and_ticket(self):
        ticket = self.make_assigned()
        for user in (self.staff_a, self.staff_b, self.head_b, self.clerk):
            self.assertTrue(ticket.with_user(user).has_access("read"), user.login)
        self.assertFalse(ticket.with_user(self.outsider).has_access("read"))
        self.assertFalse(ticket.task_ids[1].with_user(self.staff_a).has_access("read"))
        Ticket = self.env["office.supervision.ticket"]
        self.assertNotIn(ticket, Ticket.with_user(self.outsider).search([]))

    def test_directive_ends_with_its_last_ticket(self):
        first = self.make_assigned()
        second = self.make_assigned(directive=first.directive_id, name="Second part")
        for ticket in (first, second):
            self.assertEqual(ticket.directive_id.state, "escalated")
            for task in ticket.task_ids:
                self.report(task)
            self.verify(ticket)
            ticket.with_user(self.leader).do_transition("close")
        self.assertEqual(first.directive_id.state, "confirmed")
        second.with_user(self.leader).reopen(
            "It did not hold",
            "Count again",
            self.unit_a.id,
            self.staff_a.id,
            self.day(30),
        )
        self.assertEqual(first.directive_id.state, "escalated")
        self.assertFalse(second.date_done)

    def test_meeting_decision_becomes_a_ticket(self):
        decision = (
            self.env["office.meeting.decision"]
            .with_user(self.clerk)
            .create(
                {
                    "meeting": "Office meeting 7",
                    "name": "Check the canteens",
                    "leader_id": self.leader.id,
                    "lead_unit_id": self.unit_a.id,
                    "handler_id": self.staff_a.id,
                    "date_deadline": self.day(20),
                }
            )
        )
        decision.do_transition("make_ticket")
        ticket = decision.ticket_ids
        self.assertEqual(ticket.directive_id.leader_id, self.leader)
        self.assertEqual(ticket.source_type, "own_meeting")
        self.assertEqual(decision.state, "ticket")

    def test_directive_put_under_supervision_proposes_a_ticket(self):
        directive = self.make_directive()
        with self.assertRaisesRegex(UserError, "not yours"):
            directive.with_user(self.staff_a).do_transition("escalate")
        action = directive.with_user(self.leader).do_transition("escalate")
        ticket = directive.ticket_ids
        self.assertEqual(action["res_id"], ticket.id)
        self.assertEqual(ticket.requirement, directive.text)
        self.assertEqual(ticket.state, "proposed", "filing it is another decision")
        panel = ticket.with_user(self.leader).get_matter_panel()
        self.assertEqual([s["id"] for s in panel["sources"]], directive.ids)

    def test_r_sup_7_the_limits_that_are_shipped(self):
        limits = self.env["office.time.limit"]
        for code, amount in (
            ("supervision_urgent", 5),
            ("supervision_normal", 15),
            ("supervision_minutes", 20),
            ("supervision_hard", 30),
        ):
            with self.subTest(code=code):
                limit = limits._get(code, self.company)
                self.assertEqual((limit.amount, limit.unit), (amount, "calendar_days"))

    def test_r_sup_7_a_long_task_reports_monthly_and_ends_with_a_special_report(self):
        ticket = self.make_ticket(tasks=0)
        tasks = ticket.task_ids.with_context(default_ticket_id=ticket.id)
        with Form(tasks) as form:
            form.name = "Keep the list up to date"
            form.lead_unit_id = self.unit_a
            form.handler_id = self.staff_a
            form.date_deadline = self.day(20)
            form.weight = 100
            self.assertFalse(form.report_cycle)
            form.is_long_running = True
            self.assertEqual(form.report_cycle, "month")
        task = form.record
        ticket.with_user(self.director).do_transition("file")
        ticket.do_transition("assign")
        self.report(task, "stage", text="All of it is done", progress=100)
        self.assertEqual(task.state, "accepted", "progress is no report of the end")
        with self.assertRaises(UserError):
            ticket.with_user(self.supervisor).do_transition("verify")
        with self.assertRaisesRegex(UserError, "needs its proof"):
            self.report(task, proof=False)
        self.report(task)
        self.assertEqual(task.state, "reported")

    def test_monthly_feedback_opens_by_itself(self):
        ticket = self.make_ticket()
        ticket.task_ids.report_cycle = "month"
        ticket.with_user(self.director).do_transition("file")
        ticket.do_transition("assign")
        task = ticket.task_ids[0]
        task.with_user(self.staff_a).do_transition("accept")
        with freeze_time(self.day(32)):
            task._open_cycle_report()
            task._open_cycle_report()
            self.assertEqual(len(task.feedback_ids), 1)
            draft = task.feedback_ids.with_user(self.staff_a)
            self.assertEqual(draft.author_id, self.staff_a)
            draft.text = "Going on"
            draft.do_transition("submit")
            self.assertEqual(task.date_last_report, self.day(32))
            self.assertGreater(task.date_next_report, self.day(59))
