# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from threading import Thread

from psycopg2 import errors

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OfficeRaceCase


@tagged("office_mechanism")
class TestNumberLine(OfficeRaceCase):
    """Who waits in line is given a number, however many are counted meanwhile."""

    def count_beside(self, in_line):
        """Count in two transactions, the second begun before the first one ends.

        :param bool in_line: whether the second one waits
        :return: the number given in each
        """
        numbers = []
        with self.registry.cursor() as first, self.registry.cursor() as second:
            mine, other = (
                api.Environment(cr, SUPERUSER_ID, {}) for cr in (first, second)
            )
            numbers.append(self.give(mine))
            waiting = Thread(target=self.begin, args=(other, in_line))
            waiting.start()
            waiting.join(0.2)
            first.commit()
            waiting.join()
            numbers.append(self.give(other))
            second.rollback()
        return numbers

    def begin(self, env, in_line):
        if in_line:
            env["office.number.counter"]._wait_in_line()
        env.cr.execute("SELECT count(*) FROM office_number_counter")

    def give(self, env):
        series = env["office.number.series"].search([], limit=1)
        company = env.ref("base.main_company")
        return series._take(series.code, company, 2026, 1)[0]

    def test_who_waits_misses_nothing(self):
        first, second = self.count_beside(in_line=True)
        self.assertNotEqual(first, second)

    @mute_logger("odoo.sql_db")
    def test_who_does_not_wait_begins_anew(self):
        with self.assertRaises(errors.SerializationFailure):
            self.count_beside(in_line=False)
