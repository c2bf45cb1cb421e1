# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

LAST_YEAR = 2999


class OfficeYearlyReportMixin(models.AbstractModel):
    """What an organ reports of a year, once: its texts, and tables that are counted."""

    _name = "office.yearly.report.mixin"
    _description = "Report of a Year"

    _first_year = 1949
    """The first year that there can be a report of."""

    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year - 1,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    general = fields.Text("General Situation", help="总体情况")
    problems = fields.Text("Problems and Improvement", help="存在的主要问题及改进情况")

    _year_uniq = models.Constraint(
        "UNIQUE(year, company_id)", "The report of this year has been begun already."
    )

    @api.constrains("year")
    def _check_year(self):
        for report in self:
            if not self._first_year <= report.year <= LAST_YEAR:
                raise ValidationError(
                    self.env._(
                        "Please give the year with four digits, %(first)s or later.",
                        first=self._first_year,
                    )
                )

    def copy_data(self, default=None):
        """Begin the report of the next year from the texts of this one."""
        vals_list = super().copy_data(default)
        last = dict(
            self.sudo()._read_group(
                [("company_id", "in", self.company_id.ids)],
                ["company_id"],
                ["year:max"],
            )
        )
        for report, vals in zip(self, vals_list, strict=True):
            last[report.company_id] += 1
            vals["year"] = last[report.company_id]
        return vals_list

    def _get_period(self):
        """Return first and last day of the year.

        :rtype: tuple[date, date]
        """
        self.ensure_one()
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def _get_within_domain(self, name):
        """Return what has its day, or its moment, in the year.

        :param str name: a field, date or datetime; of moments counts the day that it
            was where the user is
        :rtype: Domain
        """
        first, last = self._get_period()
        return Domain(name, ">=", first) & Domain(name, "<=", last)
