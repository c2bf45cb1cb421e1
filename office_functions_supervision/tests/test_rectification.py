# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import SupervisionCase


@tagged("post_install", "-at_install", "office_supervision")
class TestRectification(SupervisionCase):
    """A failed check opens rectifications; the ticket waits for them all (S3.15)."""

    def setUp(self):
        super().setUp()
        self.ticket = self.make_assigned()
        for task in self.ticket.task_ids:
            self.report(task)

    def line(self, unit=None, person=None, **vals):
        return Command.create(
            {
                "ticket_id": self.ticket.id,
                "kind": "rectification",
                "name": "Two schools are missing",
                "lead_unit_id": (unit or self.unit_a).id,
                "handler_id": (person or self.staff_a).id,
                "date_deadline": self.day(5),
                **vals,
            }
        )

    def fail(self, *lines, **vals):
        return self.verify(self.ticket, "fail", rectification_ids=list(lines), **vals)

    def begin(self, *lines):
        """Return a failed verification that is not concluded yet."""
        self.ticket.with_user(self.supervisor).do_transition("verify")
        return (
            self.env["office.supervision.verification"]
            .with_user(self.supervisor)
            .create(
                {
                    "ticket_id": self.ticket.id,
                    "findings": "Seen on the spot.",
                    "result": "fail",
                    "rectification_ids": list(lines),
                }
            )
        )

    def test_s3_15_failed_check_opens_corrections_and_the_ticket_waits_for_all(self):
        check = self.fail(self.line(), self.line(self.unit_b, self.staff_b))
        first, second = check.rectification_ids
        self.assertEqual(check.rectification_ids.mapped("state"), ["assigned"] * 2)
        self.assertEqual(first.date_deadline_original, self.day(5))
        self.assertEqual(self.ticket.state, "handling")
        self.report(first)
        self.assertEqual(self.ticket.state, "handling", "the second is still open")
        with self.assertRaises(UserError):
            self.ticket.with_user(self.supervisor).do_transition("verify")
        self.report(second)
        self.assertEqual(self.ticket.state, "feedback")
        recheck = self.verify(self.ticket)
        self.assertEqual(self.ticket.state, "completed")
        for task in (first, second):
            self.assertEqual(task.state, "verified")
            self.assertEqual((task.recheck_id, task.recheck_result), (recheck, "pass"))

    def test_a_recheck_that_fails_opens_the_next(self):
        check = self.fail(self.line(), self.line(self.unit_b, self.staff_b))
        first, second = check.rectification_ids
        self.report(first)
        self.report(second)
        recheck = self.fail(
            self.line(name="One school is still missing"),
            failed_rectification_ids=[Command.link(first.id)],
        )
        self.assertEqual((first.recheck_result, first.failed_rechecks), ("fail", 1))
        self.assertEqual((second.recheck_result, second.failed_rechecks), ("pass", 0))
        self.assertEqual(self.ticket.state, "handling")
        self.report(recheck.rectification_ids)
        self.verify(self.ticket)
        self.assertEqual(self.ticket.state, "completed")
        self.assertEqual(set(self.ticket.task_ids.mapped("state")), {"verified"})

    def test_annulled_check_undoes_all_it_opened_and_found(self):
        first = self.fail(self.line()).rectification_ids
        self.report(first)
        recheck = self.fail(
            self.line(name="Still missing"),
            self.line(self.unit_b, self.staff_b),
            failed_rectification_ids=[Command.link(first.id)],
        )
        with self.assertRaises(ValidationError):
            recheck.with_user(self.supervisor).task_id = first
        self.assertEqual((first.recheck_result, first.failed_rechecks), ("fail", 1))
        recheck.sudo()._annul_conclusions("All was there")
        self.assertEqual(
            recheck.rectification_ids.mapped("state"), ["cancelled", "cancelled"]
        )
        self.assertEqual(first.state, "reported")
        self.assertEqual(self.ticket.state, "feedback")
        self.assertFalse(first.recheck_id)
        self.assertEqual((first.recheck_result, first.failed_rechecks), (False, 0))

    def test_all_that_is_missing_is_told(self):
        check = self.begin(
            self.line(name="Alpha", handler_id=False, date_deadline=False),
            self.line(name="Beta", lead_unit_id=False),
        )
        with self.assertRaises(UserError) as refusal:
            check.do_transition("conclude")
        for words in ("Alpha", "Beta", "Deadline"):
            self.assertIn(words, str(refusal.exception))
        check.result = "pass"
        with self.assertRaisesRegex(UserError, "nothing to be put right"):
            check.do_transition("conclude")
        check.result = "fail"
        check.rectification_ids[0].write(
            {"handler_id": self.staff_a.id, "date_deadline": self.day(5)}
        )
        check.rectification_ids[1].lead_unit_id = self.unit_b
        check.failed_rectification_ids = self.ticket.task_ids[0]
        with self.assertRaisesRegex(UserError, "checked again"):
            check.do_transition("conclude")

    def test_lines_are_of_the_ticket_and_settled_with_the_verification(self):
        other = self.make_assigned(name="Another", directive=self.ticket.directive_id)
        check = self.begin(self.line())
        with self.assertRaisesRegex(ValidationError, "its own ticket"):
            check.write({"rectification_ids": [self.line(ticket_id=other.id)]})
        check.do_transition("conclude")
        with self.assertRaises(ValidationError):
            check.write({"rectification_ids": [self.line(name="One more")]})
        for vals in ({"failed_rechecks": 0}, {"recheck_result": "pass"}):
            with self.assertRaises(ValidationError):
                check.rectification_ids.with_user(self.supervisor).write(vals)

    def test_the_only_one_is_named_by_the_fields_as_before(self):
        check = self.verify(
            self.ticket,
            "fail",
            rectification="Two schools are missing",
            rectification_unit_id=self.unit_a.id,
            rectification_user_id=self.staff_a.id,
            date_rectification=self.day(5),
        )
        self.assertEqual(check.task_id.verification_id, check)
        self.assertEqual(check.rectification_ids, check.task_id)

    def test_indicator_counts_what_was_put_right_in_time_at_the_first_look(self):
        lines = [self.line(name=name) for name in ("In time", "Late", "Badly done")]
        check = self.fail(*lines, self.line(self.unit_b, self.staff_b))
        in_time, late, bad, other = check.rectification_ids
        for task in (in_time, bad, other):
            self.report(task)
        Indicator = self.env["office.indicator"].with_user(self.director)
        indicator = Indicator._get_indicator("S3.15")
        period = (self.today, self.day(30))
        self.assertEqual(Indicator._measure(indicator, *period), [], "the future")
        with freeze_time(self.day(6)):
            rows = Indicator._measure(indicator, *period)
            self.assertEqual(
                rows,
                [(self.unit_a.id, self.staff_a.id, 0, 1)],
                "what was reported in time waits for others",
            )
            self.report(late)
            self.assertEqual(Indicator._measure(indicator, *period), rows)
            again = self.fail(
                self.line(date_deadline=self.day(60)),
                failed_rectification_ids=[Command.link(bad.id)],
            )
            self.report(again.rectification_ids)
            self.verify(self.ticket)
        rows = Indicator._measure(indicator, *period)
        mine = {row[:2]: row[2:] for row in rows}
        self.assertEqual(mine[self.unit_a.id, self.staff_a.id], (1, 3))
        self.assertEqual(mine[self.unit_b.id, self.staff_b.id], (1, 1))
        action = self.env.ref(
            "office_functions_supervision.office_supervision_rectification_action"
        )
        self.assertIn("rectification", action.domain)
