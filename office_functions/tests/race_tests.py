# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What every kind of matter must prove when two people act at the same moment."""
# Two people are two transactions, and each must end.
# pylint: disable=invalid-commit

import threading
import time
from functools import partial
from unittest.mock import patch

from odoo import api, fields
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tools import mute_logger

from ..tools.transition import permit
from .common import MatterFixture, Undo
from .number_tests import count_openly


class Hand(threading.Thread):
    """Somebody's request: a transaction of its own that can be held open.

    :param registry: the database
    :param int uid: who acts
    :param work: function of an environment
    :param threading.Event hold: once the work is done, wait for this before the end
    :param bool fail: roll back in the end
    """

    def __init__(self, registry, uid, work, hold=None, fail=False):
        super().__init__(daemon=True)
        self.registry, self.uid, self.work = registry, uid, work
        self.hold, self.fail = hold, fail
        self.done = threading.Event()
        self.result = self.error = None
        self.start()

    def run(self):
        with self.registry.cursor() as cr:
            try:
                env = api.Environment(cr, self.uid, {})
                retrying(partial(self.act, env), env)
            except Undo:
                cr.rollback()
            except Exception as error:  # whatever it is, the test looks at it
                cr.rollback()
                self.error = error
            finally:
                self.done.set()

    def act(self, env):
        self.result = self.work(env)
        env.cr.flush()
        self.done.set()
        if self.hold:
            self.hold.wait(20)
        if self.fail:
            raise Undo

    def end(self):
        """Wait for the end; only an error for the user may have come.

        :rtype: Hand
        """
        self.join(20)
        if self.error and not isinstance(self.error, UserError):
            raise self.error
        return self


class RaceTests(MatterFixture):
    """Real transactions on real connections; see :class:`..common.OfficeRaceCase`."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.cr.rollback)
        # Odoo waits a random while before it tries again; here it need not.
        self.startPatcher(patch("odoo.service.model.random.uniform", lambda *args: 0))
        self.startPatcher(patch("odoo.service.model._logger.info"))

    def make_committed(self, state=None, **vals):
        record = self.make(state, **vals)
        self.cr.commit()
        return record

    def reread(self, record):
        """Begin a new transaction, to see what others have committed."""
        self.cr.rollback()
        record.invalidate_recordset()
        return record

    def wait_for_a_lock(self):
        """Wait until some connection waits for another one."""
        for _try in range(400):
            with self.registry.cursor() as cr:
                cr.execute(
                    """SELECT 1 FROM pg_stat_activity
                        WHERE datname = current_database()
                          AND wait_event_type = 'Lock'"""
                )
                if cr.rowcount:
                    return
            time.sleep(0.02)
        raise AssertionError("Nobody waits; the race did not happen.")

    def race(self, *works, uid, fail=False):
        """Let one hand act and hold its transaction open while a second one acts.

        :return: both hands, ended
        """
        hold = threading.Event()
        first = Hand(self.registry, uid, works[0], hold, fail)
        first.done.wait(20)
        second = Hand(self.registry, uid, works[-1])
        try:
            self.wait_for_a_lock()
        finally:
            hold.set()
            ended = first.end(), second.end()
        return ended

    def first_step(self):
        """Return the first transition, and the id of a user who may make it."""
        row = self.model._get_transitions()[0]
        record = self.make()
        uid = next(
            user.id
            for role, user in self.users.items()
            if self.may(row, role) and record.with_user(user).has_access("read")
        )
        self.cr.rollback()
        return row, uid

    @mute_logger("odoo.sql_db")
    def test_two_people_make_the_same_step(self):
        row, uid = self.first_step()
        record = self.make_committed()
        self.prepare(record, row)
        self.cr.commit()

        def step(env):
            return env[self.model_name].browse(record.id).do_transition(row.name, "Why")

        first, second = self.race(step, uid=uid)
        self.assertIsNone(first.error)
        self.assertTrue(first.result)
        self.assertSays(second.error, "does not start from the state")
        self.reread(record)
        self.assertEqual(record.state, row.target)
        self.assertEqual(record.transition_ids.mapped("name").count(row.name), 1)


class NumberRaceTests(RaceTests):
    """Numbers under two hands: no gap, no double."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(count_openly(cls.registry))

    def make_blank(self, **vals):
        """Create a committed record without a number, even if it is born with one."""
        record = self.make_committed(**vals)
        if self.model._is_born_numbered():
            with permit(record):
                record.number = False
            self.cr.commit()
        return record

    def give(self, record, env):
        matter = env[self.model_name].browse(record.id)
        matter._give_numbers()
        return matter.number

    def count(self, number):
        """Return the running number within a written number."""
        return int(number.rsplit("号", 1)[0].rsplit("〕", 1)[1])

    @mute_logger("odoo.sql_db")
    def test_two_registrations_at_once(self):
        one, two, three = (self.make_blank() for _nth in range(3))
        before = self.count(
            Hand(self.registry, 1, partial(self.give, one)).end().result
        )
        first, second = self.race(
            partial(self.give, two), partial(self.give, three), uid=1
        )
        self.assertEqual(self.count(first.result), before + 1)
        self.assertEqual(self.count(second.result), before + 2)

    @mute_logger("odoo.sql_db")
    def test_the_first_number_of_a_year(self):
        company = self.env["res.company"].create({"name": "New District"})
        one, two = (self.make_blank(company_id=company.id) for _nth in range(2))
        self.env["office.number.counter"].search(
            [("company_id", "=", company.id)]
        ).unlink()
        self.cr.commit()
        first, second = self.race(
            partial(self.give, one), partial(self.give, two), uid=1
        )
        self.assertEqual([self.count(hand.result) for hand in (first, second)], [1, 2])

    @mute_logger("odoo.sql_db")
    def test_a_number_given_back_goes_to_the_next(self):
        one, two = self.make_blank(), self.make_blank()
        first, second = self.race(
            partial(self.give, one), partial(self.give, two), uid=1, fail=True
        )
        self.assertEqual(second.result, first.result)
        self.assertFalse(self.reread(one).number)
        self.assertEqual(self.reread(two).number, second.result)


class UrgingRaceTests(RaceTests):
    """The urging job on two hosts at once."""

    def test_two_hosts_urge_once(self):
        records = self.model.union(*(self.make_due() for _nth in range(4)))
        self.cr.commit()
        with self.registry.cursor() as one, self.registry.cursor() as two:
            for cr in (one, two):
                cr.execute("SET LOCAL lock_timeout = '5s'")
            taken = [
                api.Environment(cr, api.SUPERUSER_ID, {})[self.model_name]._urge_batch(
                    n
                )
                for cr, n in ((one, 1), (two, 2), (one, 10), (two, 10))
            ]
            one.commit()
            two.commit()
        self.assertEqual(taken, [1, 2, 1, 0])
        self.reread(records)
        for record in records:
            self.assertEqual(record.urging_ids.mapped("nth"), [1])

    def make_due(self):
        """Create a record that the plan of urging presses today."""
        today = fields.Date.context_today(self.model)
        record = self.make(date_deadline=today)
        self.lead_to(record, self.model._clock_start_states)
        return record


class MatterRaceTests(NumberRaceTests, UrgingRaceTests):
    """The races of a kind of matter."""
