# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Bounds on queries that every model of ``office.matter.mixin`` keeps."""

from contextlib import suppress
from unittest.mock import patch

from .common import MatterFixture, Undo


class SpeedTests(MatterFixture):
    """What is done for many records at once takes no more queries than for a few."""

    most_queries = 10
    """Queries that one creation or one transition may take, log and all. A matter whose
    steps bring lines of its own and receipts with them says how many it needs."""

    dear_steps = {}
    """Transition → queries that it may take, where it has to ask further tables."""

    def count_queries(self, records, user, work):
        """Return how many queries a call of the web client takes, flushing included.

        The work is done once before, so that caches are warm as on a running server.

        :param records: handed to ``work`` in the environment of such a call
        :param user: who calls
        :param work: function of the records
        """
        mine = records.with_user(user).with_context(
            lang=user.lang,
            tz=user.tz,
            uid=user.id,
            allowed_company_ids=user.company_ids.ids,
        )
        with patch.object(self.env.transaction, "default_env", mine.env):
            self.env.invalidate_all()
            with suppress(Undo), self.cr.savepoint():
                work(mine)
                mine.env.flush_all()
                raise Undo
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            work(mine)
            mine.env.flush_all()
            return self.cr.sql_log_count - before

    def count_creation(self, number):
        vals = [self.sample_vals()] * number
        creator = self.users[self.creator_role]
        return self.count_queries(self.model, creator, lambda model: model.create(vals))

    def count_transition(self, row, records):
        for record in records:
            self.prepare(record, row)
        actor = next(
            user
            for role, user in self.users.items()
            if self.may(row, role) and records.with_user(user).has_access("read")
        )
        return self.count_queries(
            records, actor, lambda mine: mine.do_transition(row.name, "Because")
        )

    def test_creation(self):
        one, few, many = map(self.count_creation, (1, 10, 60))
        self.assertLessEqual(one, self.most_queries)
        self.assertLessEqual(many, few + 2)

    def test_transitions(self):
        rows = [
            row for row in self.model._get_transitions() if row.by and not row.wizard
        ]
        one, few, many = (self.count_steps(rows, number) for number in (1, 5, 30))
        for row in rows:
            with self.subTest(transition=row.name):
                most = self.dear_steps.get(row.name, self.most_queries)
                self.assertLessEqual(one[row.name], most)
                self.assertLessEqual(many[row.name], few[row.name] + 2)

    def count_steps(self, rows, number):
        """Return transition → the queries it takes for some records at once."""
        counts = {}
        with self.undone():
            records = self.model.union(*(self.make() for _nth in range(number)))
            for state in dict.fromkeys(row.sources[0] for row in rows):
                with self.undone():
                    self.lead_to(records, {state})
                    for row in rows:
                        if row.sources[0] == state:
                            with self.undone():
                                counts[row.name] = self.count_transition(row, records)
        return counts
