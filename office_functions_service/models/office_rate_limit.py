# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import time

from psycopg2 import errors

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

from ..tools.rate_window import BURST, SUSTAINED, estimate, get_slot

LIFETIME = 2**31 - 1
"""The window of what is counted for good."""
TURNS = 8
"""How often a count is tried anew when somebody counts the same at that moment."""


class OfficeRateLimit(models.Model):
    """How often something was done lately, by whom, in a short and in a long window.

    Counted in the database, in a transaction of its own: a request that fails counts as
    well, and all workers and hosts count together. Neither addresses nor numbers are
    kept, only what they are recognised by.
    """

    _name = "office.rate.limit"
    _description = "Rate Limit"
    _log_access = False

    key = fields.Char("Recognised By", required=True, readonly=True)
    seconds = fields.Integer(required=True, readonly=True)
    slot = fields.Integer("Window", required=True, readonly=True)
    hits = fields.Integer(required=True, readonly=True, default=1)

    _window_uniq = models.UniqueIndex("(key, seconds, slot)")

    @api.model
    def _hit(self, counts):
        """Count something that is done now, under several keys at once.

        :param counts: ``(scope, value, burst, sustained)``: whatever is done, by whom,
            and how often in ten minutes and in a day; 0 for no limit. An empty value
            is not counted.
        :return: for how many seconds it is too much; 0 if it is not
        :rtype: int
        """
        now = time.time()
        limits = {}
        for scope, value, burst, sustained in counts:
            if not value:
                continue
            key = self._make_key(scope, value)
            for seconds, limit in ((BURST, burst), (SUSTAINED, sustained)):
                if limit > 0:
                    limits[key, seconds] = limit
        if not limits:
            return 0
        hits = self._count(sorted(limits), now)
        if hits is None:
            # So many at the same moment: whoever does that, may wait.
            return BURST
        waits = [0]
        for (key, seconds), limit in limits.items():
            _slot, share = get_slot(now, seconds)
            before, current = hits[key, seconds]
            if estimate(before, current, share) > limit:
                waits.append(int(seconds * (1 - share)) + 1)
        return max(waits)

    @api.model
    def _count(self, windows, now):
        """Add one to some windows, whatever becomes of the current transaction.

        :param list windows: ``(key, seconds)``, sorted
        :return: window → ``(hits before, hits)``; ``None`` if others were always faster
        """
        table = SQL.identifier(self._table)
        rows = [(key, seconds, get_slot(now, seconds)[0]) for key, seconds in windows]
        add = SQL(
            """INSERT INTO %s AS present (key, seconds, slot, hits) VALUES %s
               ON CONFLICT (key, seconds, slot) DO UPDATE SET hits = present.hits + 1
               RETURNING key, seconds, hits""",
            table,
            SQL(", ").join(SQL("(%s, %s, %s, 1)", *row) for row in rows),
        )
        past = SQL(
            "SELECT key, seconds, hits FROM %s WHERE (key, seconds, slot) IN (%s)",
            table,
            SQL(", ").join(
                SQL("(%s, %s, %s)", key, seconds, slot - 1)
                for key, seconds, slot in rows
            ),
        )
        for turn in range(TURNS):
            try:
                with self.env.registry.cursor() as cr:
                    cr.execute(add, log_exceptions=False)
                    present = {(key, span): hits for key, span, hits in cr.fetchall()}
                    cr.execute(past)
                    before = {(key, span): hits for key, span, hits in cr.fetchall()}
            except (errors.SerializationFailure, errors.DeadlockDetected):
                time.sleep(0.002 * (turn + 1))
                continue
            return {one: (before.get(one, 0), present[one]) for one in windows}
        return None

    @api.model
    def _add_to_total(self, scope, value):
        """Count something for good, whatever becomes of the current transaction.

        :param str scope: what is done
        :param str value: to what; an empty one is not counted
        """
        if value:
            self._count([(self._make_key(scope, value), LIFETIME)], time.time())

    @api.model
    def _get_totals(self, scope, values):
        """Return how often something was counted for good.

        :rtype: dict[str, int]
        """
        keys = {self._make_key(scope, value): value for value in values if value}
        totals = self.sudo()._read_group(
            [("key", "in", list(keys)), ("seconds", "=", LIFETIME)],
            ["key"],
            ["hits:sum"],
        )
        return {keys[key]: number for key, number in totals}

    @api.model
    def _make_key(self, scope, value):
        return hmac(self.env(su=True), "office.rate.limit", (scope, value))

    @api.autovacuum
    def _forget(self):
        """Forget the windows that no estimate looks at any more."""
        now = time.time()
        for seconds in (BURST, SUSTAINED):
            self.env.execute_query(
                SQL(
                    "DELETE FROM %s WHERE seconds = %s AND slot < %s RETURNING id",
                    SQL.identifier(self._table),
                    seconds,
                    get_slot(now, seconds)[0] - 1,
                )
            )
