# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What every model of ``office.moment.mixin`` must prove."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError

from .common import MatterFixture


class MomentTests(MatterFixture):
    """Due by the clock, to the minute; late only with its reason, on every road."""

    def make_timed(self):
        """Return a record whose clock runs, and the row that gets it done.

        A sample may bring a reason for its delay, so that time may pass in other tests.
        """
        record = self.make()
        self.assertTrue(record.moment_due, "the sample's clock runs")
        row = next(
            row
            for row in self.model._get_transitions()
            if row.target in self.model._moment_done_states
            and record.state in row.sources
        )
        self.prepare(record, row)
        record.late_reason = False
        return record, row

    def get_doer(self, row):
        return next(user for role, user in self.users.items() if self.may(row, role))

    def test_due_moment_is_what_the_limit_says(self):
        record, _row = self.make_timed()
        limit = self.env["office.time.limit"]._get(record.moment_limit, self.company)
        due = limit._get_due(record.moment_start, self.company)
        self.assertEqual(record.moment_due, due)
        self.assertEqual(record.moment_open, due)

    def test_done_in_time_needs_no_reason(self):
        record, row = self.make_timed()
        self.clock.move_to(record.moment_due)
        record.with_user(self.get_doer(row)).do_transition(row.name, "Because")
        self.assertEqual(record.moment_done, record.moment_due)
        self.assertFalse(record.is_late)
        self.assertFalse(record.moment_open)

    def test_late_is_refused_without_its_reason(self):
        record, row = self.make_timed()
        doer = self.get_doer(row)
        self.clock.move_to(record.moment_due + timedelta(seconds=1))
        for reason in (False, "  "):
            record.late_reason = reason
            with self.assertRaisesRegex(UserError, "It was due at"):
                record.with_user(doer).do_transition(row.name, "Because")
        with self.assertRaisesRegex(ValidationError, "It was due at"):
            record.moment_done = fields.Datetime.now()
        with self.assertRaisesRegex(ValidationError, "It was due at"):
            record.sudo().write(
                {"moment_done": fields.Datetime.now(), "late_reason": ""}
            )
        record.invalidate_recordset()
        record.late_reason = "The line was dead"
        record.with_user(doer).do_transition(row.name, "Because")
        self.assertTrue(record.is_late)
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            record.late_reason = False

    def test_moment_is_neither_to_come_nor_too_early(self):
        record, _row = self.make_timed()
        with self.assertRaisesRegex(ValidationError, "in the future"):
            record.moment_done = fields.Datetime.now() + timedelta(minutes=1)
        with self.assertRaisesRegex(ValidationError, "before its clock"):
            record.moment_done = record.moment_start - timedelta(minutes=1)

    def test_clock_is_not_moved_by_hand(self):
        record, _row = self.make_timed()
        later = record.moment_due + timedelta(days=1)
        for name in ("moment_start", "moment_due", "moment_open", "is_late"):
            value = True if name == "is_late" else later
            with self.subTest(field=name), self.assertRaises(ValidationError):
                record.write({name: value})
        with self.assertRaises(ValidationError):
            record.write({"moment_limit": "something_longer"})

    def test_light_is_the_same_in_python_and_sql(self):
        record, row = self.make_timed()
        doer = self.get_doer(row)
        self.assertLight(record, "green")
        with self.undone():
            record.with_user(doer).do_transition(row.name, "Because")
            self.assertLight(record, "done")
        self.clock.move_to(record.moment_due + timedelta(seconds=1))
        record.invalidate_recordset()
        self.assertLight(record, "red")
        record.late_reason = "The line was dead"
        record.with_user(doer).do_transition(row.name, "Because")
        self.assertLight(record, "late")

    def assertLight(self, record, light):
        self.assertEqual(record.moment_light, light)
        for other in ("red", "green", "late", "done", False):
            found = self.model.search(
                [("moment_light", "=", other), ("id", "=", record.id)]
            )
            self.assertEqual(bool(found), other == light, other)
