# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What every model of ``office.step.mixin`` must prove."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError

from .common import MatterFixture


class StepTests(MatterFixture):
    """It is always known who holds a matter and since when it lies too long."""

    def each_limited(self):
        """Yield ``(state, record)`` for the states whose step has a time limit."""
        for state in self.model._fields["state"].get_values(self.env):
            record = self.make(state)
            if record._get_step_limit(state):
                yield state, record

    def test_each_limit_exists(self):
        self.assertTrue(self.model._step_limits)
        states = set(self.model._fields["state"].get_values(self.env))
        self.assertLessEqual(set(self.model._step_limits), states)
        for code in self.model._step_limits.values():
            self.assertTrue(self.env["office.time.limit"]._get(code, self.company))

    def test_step_is_due_as_its_limit_says(self):
        for state, record in self.each_limited():
            limit = self.env["office.time.limit"]._get(
                record._get_step_limit(state), self.company
            )
            with self.subTest(state=state):
                self.assertEqual(
                    record.step_due, limit._get_due(fields.Datetime.now(), self.company)
                )

    def test_idle_is_found_when_it_is_shown(self):
        for state, record in self.each_limited():
            now = fields.Datetime.now()
            for moment, idle in (
                (record.step_due, False),
                (record.step_due + timedelta(seconds=1), True),
            ):
                self.clock.move_to(moment)
                record.invalidate_recordset(["is_idle"])
                found = self.model.search(
                    [("is_idle", "=", True), ("id", "=", record.id)]
                )
                with self.subTest(state=state, moment=moment):
                    self.assertEqual((record.is_idle, bool(found)), (idle, idle))
            self.clock.move_to(now)

    def test_limited_step_has_a_holder(self):
        for state, record in self.each_limited():
            with self.subTest(state=state):
                self.assertTrue(record.holder_id, "nobody holds it")

    def test_holder_is_told_once_for_all(self):
        _state, record = next(self.each_limited())
        holder = record.holder_id
        self.clock.move_to(record.step_due + timedelta(hours=1))
        before = self.env["mail.message"].search_count(
            [("partner_ids", "in", holder.partner_id.ids)]
        )
        record._cron_remind_idle()
        after = self.env["mail.message"].search_count(
            [("partner_ids", "in", holder.partner_id.ids)]
        )
        self.assertEqual(after, before + 1)

    def test_step_is_not_moved_by_hand(self):
        record = self.make()
        with self.assertRaises(ValidationError):
            record.step_due = fields.Datetime.now()
