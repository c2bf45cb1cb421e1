# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Bottlenecks: found from facts, recognized by people, ended by a checked measure."""

from datetime import timedelta

from odoo import api, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.office_functions.tests.access_tests import AccessTests
from odoo.addons.office_functions.tests.common import TODAY, OfficeCase, OfficeRaceCase
from odoo.addons.office_functions.tests.deadline_tests import DeadlineTests
from odoo.addons.office_functions.tests.race_tests import UrgingRaceTests
from odoo.addons.office_functions.tests.speed_tests import SpeedTests
from odoo.addons.office_functions.tests.urging_tests import UrgingTests
from odoo.addons.office_functions.tests.workflow_tests import WorkflowTests
from odoo.addons.office_functions.tools.transition import permit

from .stall_common import BottleneckFixture

TASK = "office.supervision.task"
TICKET = "office.supervision.ticket"
OFF = (
    "office_stall_overdue office_stall_feedbacks office_stall_extensions "
    "office_stall_report_days office_stall_notices office_stall_state_factor"
).split()


@tagged("office_supervision")
class TestBottleneck(
    BottleneckFixture,
    WorkflowTests,
    DeadlineTests,
    UrgingTests,
    AccessTests,
    SpeedTests,
    OfficeCase,
):
    """A bottleneck passes what every kind of matter must, but for the number."""

    def test_closed_with_its_ticket(self):
        """Who may not know of the ticket does not know what holds it up."""
        record = self.make_running()
        self.ticket.with_user(self.users["director"]).recuse(reason="A relative")
        self.assertSees(self.users["director"], record, False)
        self.assertSees(self.users["leader"], record)
        self.ticket.with_user(self.users["leader"]).restrict()
        for role in ("clerk", "supervisor", "staff", "section_head"):
            self.assertSees(self.users[role], record, False)
        self.assertSees(self.users["leader"], record)

    def test_open_ones_are_counted_by_the_rights_of_who_reads(self):
        record = self.make_running()
        record.with_user(self.users["director"]).recuse(reason="A relative")
        for role, number in (("director", 0), ("leader", 1)):
            self.env.invalidate_all()
            ticket = self.ticket.with_user(self.users[role])
            # Somebody with other rights read it in the same transaction.
            self.assertEqual(ticket.sudo().bottleneck_ids.mapped("state"), ["handling"])
            may_read = record.with_user(self.users[role]).has_access("read")
            self.assertEqual(may_read, bool(number))
            with self.subTest(role=role):
                self.assertEqual(ticket.bottleneck_count, number)

    def test_s3_19_closes_only_with_a_measure_whose_effect_was_checked(self):
        record = self.make("confirmed", measure=False)
        supervisor = record.with_user(self.users["supervisor"])
        with self.assertRaisesRegex(UserError, "Measure"):
            supervisor.do_transition("start")
        record.measure = "Fetch the machine back."
        supervisor.do_transition("start")
        with self.assertRaisesRegex(UserError, "does not start from"):
            supervisor.do_transition("close", "It works")
        record.with_user(self.users["staff"]).do_transition("report", "It is here")
        for role in ("staff", "section_head"):
            with self.assertRaisesRegex(UserError, "You had a part in this yourself"):
                record.with_user(self.users[role]).do_transition("close", "Good")
        with self.assertRaisesRegex(UserError, "write down the reason"):
            supervisor.do_transition("close")
        supervisor.do_transition("send_back", "It stands there, unplugged")
        self.assertRecordValues(
            record,
            [{"state": "handling", "check_result": "ineffective", "date_done": False}],
        )
        record.with_user(self.users["staff"]).do_transition("report", "Plugged in")
        with self.assertRaises(ValidationError):
            supervisor.write({"measure": "Something else"})
        supervisor.do_transition("close", "Seen counting on the spot")
        self.assertRecordValues(
            record,
            [
                {
                    "state": "closed",
                    "check_result": "effective",
                    "check_findings": "Seen counting on the spot",
                    "checker_id": self.users["supervisor"].id,
                    "date_checked": TODAY,
                }
            ],
        )

    def test_s3_19_who_removed_it_does_not_check_it(self):
        supervisor = self.users["supervisor"]
        record = self.make("handling", handler_id=supervisor.id)
        mine = record.with_user(supervisor)
        mine.do_transition("report", "Done")
        with self.assertRaisesRegex(ValidationError, "settled by an earlier step"):
            mine.handler_id = self.users["staff"]
        with permit(record):
            record.handler_id = self.users["staff"]
        for step in ("close", "send_back"):
            with self.assertRaisesRegex(UserError, "You had a part in this"):
                mine.do_transition(step, "Splendid")

    def test_who_is_related_to_the_unit_decides_nothing(self):
        supervisor = self.users["supervisor"]
        suspected, reported = self.make(), self.make("reported")
        self.env["hr.employee"].create(
            {
                "name": supervisor.name,
                "user_id": supervisor.id,
                "department_id": self.other_unit.id,
            }
        )
        self.env.registry.clear_cache()
        for record, step in (
            (suspected, "recognize"),
            (suspected, "dismiss"),
            (reported, "close"),
        ):
            with self.assertRaisesRegex(UserError, "is related to Test Other"):
                record.with_user(supervisor).do_transition(step, "So what")

    def test_special_supervision_is_as_close_as_its_ticket(self):
        record = self.make("handling")
        self.ticket.with_user(self.users["leader"]).restrict()
        supervisor = self.users["supervisor"]
        self.ticket.with_user(self.users["leader"]).admit(supervisor)
        mine = record.with_user(supervisor)
        action = mine.action_begin_special()
        ticket = self.env[TICKET].browse(action["res_id"])
        self.assertTrue(ticket.is_restricted)
        self.assertSees(supervisor, ticket)
        self.assertSees(self.users["director"], ticket, False)
        again = mine.action_begin_special()
        self.assertEqual(again["res_id"], ticket.id, "one is enough")
        self.assertNotEqual(mine.action_begin_tracking()["res_id"], ticket.id)

    def test_s3_19_cause_first(self):
        record = self.make(cause=False)
        with self.assertRaisesRegex(UserError, "Cause"):
            record.with_user(self.users["supervisor"]).do_transition("recognize")

    def test_s3_18_special_supervision_is_a_proposal_with_no_authority_yet(self):
        record = self.make()
        supervisor = record.with_user(self.users["supervisor"])
        with self.assertRaisesRegex(UserError, "Recognize"):
            supervisor.action_begin_special()
        record = self.make("handling")
        for mode, button in (("special", "special"), ("tracking", "tracking")):
            action = getattr(
                record.with_user(self.users["supervisor"]), f"action_begin_{button}"
            )()
            ticket = self.env[TICKET].browse(action["res_id"])
            self.assertRecordValues(
                ticket,
                [
                    {
                        "mode": mode,
                        "state": "proposed",
                        "directive_id": False,
                        "requirement": record.measure,
                        "lead_unit_id": self.unit.id,
                    }
                ],
            )
            self.assertRecordValues(
                ticket.task_ids,
                [
                    {
                        "name": record.measure,
                        "lead_unit_id": self.unit.id,
                        "handler_id": self.users["staff"].id,
                        "date_deadline": record.date_deadline,
                        "weight": 100,
                        "state": "draft",
                    }
                ],
            )
            sources = ticket.get_matter_panel()["sources"]
            self.assertEqual([s["id"] for s in sources], record.ids)
            with self.assertRaises(UserError) as caught:
                ticket.with_user(self.users["director"]).do_transition("file")
            self.assertSays(caught.exception, "authorising directive", "basis")
            self.assertTrue(ticket.date_deadline)
            self.assertFalse(
                ticket._guard_assign(None, ""), "The plan can be assigned as it is"
            )
        with self.assertRaises(AccessError):
            record.with_user(self.users["staff"]).action_begin_special()

    def test_only_supervision_records_one(self):
        vals = self.sample_vals()
        for role in ("staff", "section_head", "leader", "clerk"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.model.with_user(self.users[role]).create(vals)
        other = self.make_user(
            "test_supervisor2",
            "office_functions_supervision.group_office_supervisor",
        )
        record = self.make()
        with self.assertRaises(AccessError):
            record.with_user(other).write({"cause": "I know better"})

    def test_task_of_another_ticket(self):
        task = self.make_task(self.make_ticket("file"))
        with self.assertRaisesRegex(UserError, "not part of this ticket"):
            self.model.create({**self.sample_vals(), "task_id": task.id})

    def test_owner_is_who_holds_the_task(self):
        task = self.make_task(
            self.ticket, lead_unit_id=self.unit.id, handler_id=self.users["staff"].id
        )
        record = self.model.create(
            {"name": "Nobody counts", "ticket_id": self.ticket.id, "task_id": task.id}
        )
        self.assertEqual(record.lead_unit_id, self.unit)
        self.assertEqual(record.handler_id, self.users["staff"])

    def test_owner_is_the_supervisor_where_it_waits_for_them(self):
        task = self.make_task(self.ticket, "assign", "accept", "report")
        record = self.model.create(
            {"name": "Nobody verifies", "ticket_id": self.ticket.id, "task_id": task.id}
        )
        self.assertEqual(record.handler_id, self.users["supervisor"])
        self.assertFalse(record.lead_unit_id, "no unit holds it up")

    def test_k19_rate_and_days(self):
        removed, open_one, dismissed = (self.make("confirmed") for _n in range(3))
        dismissed.with_user(self.users["director"]).do_transition("dismiss", "No")
        supervisor = removed.with_user(self.users["supervisor"])
        supervisor.do_transition("start")
        self.to_day(4)
        removed.with_user(self.users["staff"]).do_transition("report", "Done")
        self.to_day(6)
        supervisor.do_transition("close", "Works")
        self.assertEqual(open_one.state, "confirmed")
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        period = TODAY, TODAY + timedelta(days=30)
        rate, days = Indicator.measure(["K19", "K19-days"], *period)
        self.assertEqual((rate["value"], rate["denominator"]), (50, 2))
        self.assertEqual((days["value"], days["denominator"]), (4, 1))
        action = Indicator.open_records("K19", *period, unit_id=self.unit.id)
        found = self.model.search(action["domain"])
        self.assertEqual(found, removed | open_one)
        action = Indicator.open_records("K19-days", *period)
        self.assertEqual(self.model.search(action["domain"]), removed)


class FindingFixture(BottleneckFixture):
    """Tasks that stall for one reason each."""

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.thresholds = cls.env.company.read(OFF)[0]
        return result

    def look_for(self, *names):
        """Switch on some thresholds only, at what they are by default."""
        for name in OFF:
            self.company[name] = self.thresholds[name] if name in names else 0

    def make_stalled(self, *steps, days=10, ticket=None, **vals):
        """Return a task in hand."""
        return self.make_task(
            ticket or self.ticket,
            "assign",
            *(steps or ("accept",)),
            date_deadline=TODAY + timedelta(days=days),
            **vals,
        )

    def find(self, *subjects):
        """Run the job, and return what it proposes about some tickets and tasks."""
        with self.enter_registry_test_mode():
            self.env.ref(
                "office_functions_supervision.ir_cron_propose_bottlenecks"
            ).method_direct_trigger()
        self.env.invalidate_all()
        tasks = [s.id for s in subjects if s._name == TASK]
        tickets = [s.id for s in subjects if s._name == TICKET]
        return self.model.search(
            [
                "|",
                ("task_id", "in", tasks),
                "&",
                ("task_id", "=", False),
                ("ticket_id", "in", tickets),
            ],
            order="id",
        )

    def give(self, task, due=None, returned=0, state="submitted"):
        """Let feedback be given on a task, and be sent back some times."""
        feedback = self.env["office.supervision.feedback"].create(
            {
                "task_id": task.id,
                "author_id": task.handler_id.id,
                "text": "Going on",
                "date_due": due,
            }
        )
        if state == "submitted":
            feedback._pass_by_system("submit")
        for _nth in range(returned):
            feedback._pass_by_system("send_back", "Not enough")
            feedback._pass_by_system("submit")
        return feedback


@tagged("office_supervision")
class TestFinding(FindingFixture, OfficeCase):
    """What the nightly job proposes, and what it leaves alone."""

    def test_s3_16_two_overdue_or_returned_feedbacks(self):
        self.look_for("office_stall_feedbacks")
        task = self.make_stalled()
        self.give(task, returned=1)
        self.assertFalse(self.find(task), "once is no bottleneck")
        self.give(task, due=TODAY - timedelta(days=2), state="draft")
        proposal = self.find(task)
        self.assertRecordValues(
            proposal,
            [
                {
                    "state": "proposed",
                    "name": task.name,
                    "ticket_id": task.ticket_id.id,
                    "lead_unit_id": task.lead_unit_id.id,
                    "handler_id": task.handler_id.id,
                    "supervisor_id": self.users["supervisor"].id,
                    "facts": "Feedback was sent back or came late 2 times.",
                }
            ],
        )
        with self.assertRaisesRegex(UserError, "not yours"):
            proposal.with_user(self.users["logistics"]).do_transition("recognize")
        mine = proposal.with_user(self.users["supervisor"])
        with self.assertRaisesRegex(UserError, "Cause"):
            mine.do_transition("recognize")
        mine.cause = "The forms are not understood."
        mine.do_transition("recognize")
        self.assertEqual(proposal.state, "confirmed")
        self.assertEqual(proposal.transition_ids.user_id, self.users["supervisor"])

    def test_returned_twice(self):
        self.look_for("office_stall_feedbacks")
        task = self.make_stalled()
        self.give(task, returned=2)
        self.assertEqual(self.find(task).fact_ids.number, 2)

    def test_overdue(self):
        self.look_for("office_stall_overdue")
        task = self.make_stalled(days=1)
        self.to_day(3)
        self.assertFalse(self.find(task))
        self.to_day(4)
        facts = self.find(task).facts
        self.assertEqual(facts, "Overdue by 3 days: it was due on 03/11/2026.")

    def test_paused_is_silent(self):
        self.look_for("office_stall_overdue", "office_stall_state_factor")
        task = self.make_stalled(days=1)
        task._move_deadline("pause", "Hearing")
        self.to_day(30)
        self.assertFalse(self.find(task))

    def test_extended_twice(self):
        self.look_for("office_stall_extensions")
        task = self.make_stalled()
        for days in (12, 14):
            self.assertFalse(self.find(task))
            task._move_deadline("extend", "More time", TODAY + timedelta(days=days))
        self.assertEqual(self.find(task).facts, "The deadline was extended 2 times.")

    def test_no_feedback_at_its_rhythm(self):
        self.look_for("office_stall_report_days")
        task = self.make_stalled(days=60, report_cycle="week")
        self.to_day(11)
        self.assertFalse(self.find(task))
        self.to_day(12)
        facts = self.find(task).facts
        self.assertEqual(facts, "No feedback for 5 days: it was due on 03/17/2026.")

    def test_silent_after_urging(self):
        self.look_for("office_stall_notices")
        task, ticket = self.make_stalled(), self.ticket
        urging = task.with_user(self.users["leader"]).urge("Hurry up")
        self.assertFalse(self.find(task))
        self.ignore(ticket)
        self.to_day(3)
        found = self.find(task, ticket)
        self.assertEqual(found.task_id, task)
        self.assertEqual(len(found), 2, "one about the ticket itself")
        self.assertEqual(found[0].fact_ids.key, str(urging.id))
        self.assertIn("1 urging notices are unanswered", found[0].facts)

    def test_long_in_one_state_compared_with_its_kind(self):
        self.look_for("office_stall_state_factor")
        for days in (2, 8, 30):
            self.to_day(0)
            quick = self.make_stalled("accept")
            self.to_day(days)
            quick._pass_by_system("report")
        self.to_day(30)
        task, rested = self.make_stalled(days=300), self.make_stalled(days=300)
        self.to_day(31)
        rested._move_deadline("pause", "Hearing")
        self.to_day(41)
        rested._move_deadline("resume", "Heard")
        self.to_day(46)
        self.assertFalse(self.find(task), "sixteen days are just twice the median")
        self.to_day(47)
        [fact] = self.find(task).fact_ids
        self.assertEqual((fact.number, fact.state_then), (17, "accepted"))
        self.assertGreater(fact.usual, 7)
        self.assertIn("“In Hand”", fact.display_name)
        self.to_day(56)
        self.assertFalse(self.find(rested), "ten days its clock stood still")
        self.to_day(57)
        self.assertEqual(self.find(rested).fact_ids.number, 17)

    def test_zero_switches_off(self):
        self.look_for()
        task = self.make_stalled(days=1)
        self.give(task, returned=3)
        self.ignore(task)
        self.to_day(100)
        self.assertFalse(self.find(task))

    def test_all_facts_at_once_and_none_twice(self):
        task = self.make_stalled(days=1)
        self.give(task, returned=2)
        self.to_day(5)
        proposal = self.find(task)
        self.assertEqual(proposal.fact_ids.mapped("code"), ["feedback", "overdue"])
        self.assertEqual(self.find(task), proposal)
        self.assertEqual(len(proposal.fact_ids), 2)
        mine = proposal.with_user(self.users["supervisor"])
        mine.do_transition("dismiss", "The weather")
        self.to_day(40)
        self.assertEqual(self.find(task), proposal, "the same occasions")
        task._move_deadline("extend", "Snow", TODAY + timedelta(days=41))
        self.to_day(50)
        again = self.find(task) - proposal
        self.assertEqual(again.fact_ids.mapped("code"), ["overdue"], "a new one")

    def test_found_ones_are_dismissed_not_deleted(self):
        self.look_for("office_stall_overdue")
        task = self.make_stalled(days=1)
        self.to_day(9)
        proposal = self.find(task)
        with self.assertRaisesRegex(UserError, "dismiss it"):
            proposal.with_user(self.users["director"]).unlink()
        for user in (self.users["director"], self.users["supervisor"]):
            facts = proposal.fact_ids.with_user(user)
            with self.assertRaises(AccessError):
                facts.write({"number": 1})
            with self.assertRaises(AccessError):
                facts.unlink()
            with self.assertRaises(AccessError):
                facts.create({"bottleneck_id": proposal.id, "code": "stuck"})

    def test_lapses_with_its_ticket(self):
        self.look_for("office_stall_overdue")
        ticket = self.make_ticket("file", "assign")
        task = self.make_stalled(days=1, ticket=ticket)
        self.to_day(9)
        proposal = self.find(task)
        ticket._pass_by_system("terminate")
        self.assertEqual(self.find(task), proposal)
        self.assertEqual(proposal.state, "dismissed")

    def test_lapses_with_its_task(self):
        self.look_for("office_stall_overdue")
        task = self.make_stalled(days=1)
        self.to_day(9)
        proposal = self.find(task)
        task._pass_by_system("cancel")
        self.find(task)
        self.assertEqual(proposal.state, "dismissed")

    def test_what_was_recognized_ends_with_its_ticket(self):
        ticket = self.make_ticket("file", "assign")
        records = self.make("handling", ticket_id=ticket.id) | self.make("reported")
        for step in ("start", "report", "verify", "complete", "close"):
            ticket._pass_by_system(step)
        self.assertEqual(records.mapped("state"), ["dismissed", "reported"])
        self.assertIn("come to its end", records[0].transition_ids[0].note)

    def test_reminders_before_the_deadline_are_no_silence(self):
        self.look_for("office_stall_notices")
        task = self.make_stalled(days=4)
        self.env["office.urging"].create(
            {
                "res_model": TASK,
                "res_id": task.id,
                "nth": 1,
                "level": "1",
                "date": TODAY,
                "date_deadline": TODAY + timedelta(days=4),
                "date_reply_due": TODAY + timedelta(days=1),
                "company_id": task.company_id.id,
            }
        )
        self.to_day(3)
        self.assertFalse(self.find(task))

    def test_each_company_by_its_own_thresholds(self):
        self.look_for("office_stall_overdue")
        other = self.env["res.company"].create({"name": "Other District"})
        other.office_stall_overdue = 30
        directive = self.make_directive(other)
        ticket = self.make_ticket(
            "file",
            "assign",
            company_id=other.id,
            directive_id=directive.id,
            lead_unit_id=self.unit.id,
        )
        theirs = self.make_stalled(days=1, ticket=ticket)
        ours = self.make_stalled(days=1)
        self.to_day(10)
        self.assertEqual(self.find(theirs, ours).task_id, ours)
        self.to_day(31)
        found = self.find(theirs)
        self.assertEqual(found.company_id, other)
        self.assertFalse(found.with_user(self.users["leader"]).has_access("read"))

    def test_interrupted_anywhere_and_run_again(self):
        self.look_for("office_stall_overdue")
        tasks = self.env[TASK].union(*(self.make_stalled(days=1) for _n in range(5)))
        self.to_day(9)
        found = dict(self.model._find_stalled(TASK, 100))
        mine = [(task.id, found[task.id]) for task in tasks]
        self.model._propose(TASK, mine[:2])
        self.assertEqual(len(self.find(*tasks)), 5)
        self.assertFalse(self.model._propose(TASK, mine), "all are known")

    def test_no_more_queries_for_many(self):
        self.look_for("office_stall_overdue")

        def count(number):
            tasks = [self.make_stalled(days=1) for _n in range(number)]
            self.to_day(9)
            found = dict(self.model._find_stalled(TASK, 1000))
            rows = [(task.id, found[task.id]) for task in tasks]
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.model._propose(TASK, rows)
            self.to_day(0)
            return self.cr.sql_log_count - before

        self.assertLessEqual(count(40), count(4) + 3)


@tagged("office_supervision")
class TestBottleneckRace(FindingFixture, UrgingRaceTests, OfficeRaceCase):
    """Two people, and two hosts, at the same bottleneck."""

    def test_two_hosts_propose_once(self):
        self.look_for("office_stall_overdue")
        today = fields.Date.context_today(self.model)
        tasks = self.env[TASK].union(*(self.make_stalled() for _n in range(3)))
        with permit(tasks):
            tasks.write({"date_deadline": today - timedelta(days=9)})
        self.cr.commit()  # pylint: disable=invalid-commit
        with self.registry.cursor() as one, self.registry.cursor() as two:
            first, second = (
                api.Environment(cr, api.SUPERUSER_ID, {})[self.model_name]
                for cr in (one, two)
            )
            found = [
                row for row in first._find_stalled(TASK, 100) if row[0] in tasks.ids
            ]
            two.execute("SET LOCAL lock_timeout = '5s'")
            self.assertEqual(len(first._propose(TASK, found)), 3)
            self.assertEqual(len(second._propose(TASK, found)), 0)
            one.commit()
            two.commit()
            again = [
                row for row in second._find_stalled(TASK, 100) if row[0] in tasks.ids
            ]
            self.assertEqual(again, [])
            two.rollback()
        self.reread(tasks)
        found = self.model.search([("task_id", "in", tasks.ids)])
        self.assertEqual(len(found), 3)
