# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import SQL

HOUR = 3600
DAY = 24 * HOUR


class OfficeMatterFigures(models.AbstractModel):
    """What the figures of several kinds of matters have in common."""

    _inherit = "office.matter.mixin"

    @api.model
    def _measure_span(self, domain, start, end, seconds):
        """Return how long something took, and how many there were, in one query.

        :param domain: which records the current user may count
        :param str start: stored field of the moment it began
        :param str end: stored field of the moment it ended
        :param int seconds: the unit in which to tell, e.g. ``DAY``
        :return: rows of an indicator: unit, person, sum, number
        :rtype: list[tuple]
        """
        query = self._search(domain)
        names = ("lead_unit_id", "handler_id", start, end)
        unit, person, begin, finish = (
            SQL.identifier(self._table, name, to_flush=self._fields[name])
            for name in names
        )
        return self.env.execute_query(
            SQL(
                """SELECT %(unit)s, %(person)s,
                          sum(extract(epoch FROM %(finish)s - %(begin)s))::float8
                          / %(seconds)s,
                          count(*)
                     FROM %(table)s
                    WHERE id IN %(ids)s
                 GROUP BY %(unit)s, %(person)s""",
                unit=unit,
                person=person,
                begin=begin,
                finish=finish,
                seconds=seconds,
                table=SQL.identifier(self._table),
                ids=query.subselect(),
            )
        )
