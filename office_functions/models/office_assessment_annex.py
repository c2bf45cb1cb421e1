# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.tools import split_every

COLUMNS = 10
"""How many units stand side by side on a page."""


class OfficeAssessmentLine(models.Model):
    """The annex of the ranking (F15): how the units came out, side by side."""

    _inherit = "office.assessment.line"

    def _get_annex_tables(self):
        """Return the figures of the units as tables, units across, figures down.

        :return: for each table ``lines``, its units, and ``rows``: ``(label, [figure or
            None])``, with the figures as in :meth:`_get_measured_details`
        :rtype: list[dict]
        """
        figures = {
            line: {row["code"]: row for row in line._get_measured_details()}
            for line in self.filtered("is_measured")
        }
        labels = {
            row["code"]: row["label"]
            for measured in figures.values()
            for row in measured.values()
        }
        order = {
            indicator.code: place
            for place, indicator in enumerate(
                self.env["office.indicator"]._get_indicators()
            )
        }
        codes = sorted(labels, key=lambda code: order.get(code, len(order)))
        return [
            {
                "lines": lines,
                "rows": [
                    (labels[code], [figures[line].get(code) for line in lines])
                    for code in codes
                ],
            }
            for lines in split_every(
                COLUMNS, [line.id for line in figures], self.browse
            )
        ]
