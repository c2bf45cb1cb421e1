# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError


class OfficeIndicator(models.AbstractModel):
    """The indicators of the office: measured by their models, read in one place.

    A model declares its own by extending :meth:`_get_indicators`. Workbench, summary
    and assessment read them here, and everybody sees as much as is theirs to see:
    leaders and the office all, heads their units, others themselves.
    """

    _name = "office.indicator"
    _description = "Indicators"
    _see_all_groups = (
        "office_functions.group_office_clerk",
        "office_functions.group_office_leader",
    )

    @api.model
    def _get_indicators(self):
        """Return the indicators of the installed functions.

        :rtype: list[..tools.indicator.Indicator]
        """
        return []

    @api.model
    def _get_indicator(self, code):
        """Return one indicator.

        :raise UserError: when there is none of that code
        :rtype: Indicator
        """
        for indicator in self._get_indicators():
            if indicator.code == code:
                return indicator
        raise UserError(self.env._("There is no indicator “%(code)s”.", code=code))

    @api.model
    def _measure(self, indicator, date_from, date_to):
        """Return the rows of one indicator that the current user may see.

        :param Indicator indicator: what is measured
        :param date date_from: first day of the period
        :param date date_to: last day of the period
        :return: ``(unit id, user id, numerator, denominator)``
        :rtype: list[tuple]
        """
        model = self.env[indicator.model].sudo()
        rows = getattr(model, indicator.method)(date_from, date_to)
        if not self.env.su:
            rows = self._drop_other_companies(rows)
        if self.env.su or any(map(self.env.user.has_group, self._see_all_groups)):
            return rows
        tokens = self.env.user._get_office_tokens()
        return [row for row in rows if {f"d{row[0]}", f"u{row[1]}"} & set(tokens)]

    @api.model
    def _drop_other_companies(self, rows):
        """Return the rows but for those of units of companies that are not chosen.

        :param list rows: as :meth:`_measure` returns them
        :rtype: list[tuple]
        """
        unit_ids = {row[0] for row in rows if row[0]}
        units = self.env["hr.department"].sudo().browse(unit_ids)
        companies = self.env.companies
        foreign = units.filtered(
            lambda unit: unit.company_id and unit.company_id not in companies
        )
        hidden = set(foreign.ids)
        return [row for row in rows if row[0] not in hidden]

    @api.model
    @api.readonly
    def measure(self, codes, date_from, date_to):
        """Measure some indicators over a period.

        :param list codes: e.g. ``["K01"]``
        :param date_from: first day (date or ISO text)
        :param date_to: last day, included
        :return: for each ``{code, label, unit, better, value, numerator, denominator,
            units: [{id, name, value, numerator, denominator, persons}]}``, units by
            name; ``persons`` are like units, where the figure is known by person
        :raise UserError: for an unknown code or a date that is none
        :rtype: list[dict]
        """
        period = self._read_period(date_from, date_to)
        found = []
        for indicator in map(self._get_indicator, codes):
            rows = self._measure(indicator, *period)
            by_unit = defaultdict(list)
            by_person = defaultdict(lambda: defaultdict(list))
            for unit_id, user_id, *numbers in rows:
                by_unit[unit_id].append(numbers)
                if user_id and indicator.person:
                    by_person[unit_id][user_id].append(numbers)
            units = self.env["hr.department"].sudo().browse(filter(None, by_unit))
            persons = self.env["res.users"].sudo()
            persons = persons.browse(set().union(*by_person.values()))
            found.append(
                {
                    "code": indicator.code,
                    "label": str(indicator.label),
                    "unit": indicator.unit,
                    "better": indicator.better,
                    **self._show(indicator, [row[2:] for row in rows]),
                    "units": [
                        {
                            "id": u.id,
                            "name": u.name,
                            **self._show(indicator, by_unit[u.id]),
                            "persons": self._show_persons(
                                indicator, by_person[u.id], persons
                            ),
                        }
                        for u in units.sorted("name")
                    ],
                }
            )
        return found

    @api.model
    @api.readonly
    def measure_all(self, date_from, date_to):
        """Measure every indicator over a period; see :meth:`measure`.

        :rtype: list[dict]
        """
        codes = [indicator.code for indicator in self._get_indicators()]
        return self.measure(codes, date_from, date_to)

    @api.model
    def _sum_units(self, figure, unit_ids):
        """Return a measured figure for some units together.

        :param dict figure: as :meth:`measure` returns it
        :param set unit_ids: which units
        :return: the same figure without ``units``; a median of several units is not
            known from their medians, so it has no value
        :rtype: dict
        """
        rows = [unit for unit in figure["units"] if unit["id"] in unit_ids]
        indicator = self._get_indicator(figure["code"])
        if indicator.unit == "median":
            number = sum(row["numerator"] for row in rows)
            value = rows[0]["value"] if len(rows) == 1 else None
            shown = {"value": value, "numerator": number, "denominator": number}
        else:
            sums = [(row["numerator"], row["denominator"]) for row in rows]
            shown = self._show(indicator, sums)
        return {k: v for k, v in figure.items() if k != "units"} | shown

    @api.model
    def _format_value(self, figure):
        """Return a measured figure as people read it: ``60 %``, ``3``, ``—``."""
        value = figure["value"]
        if value is None:
            return "—"
        text = f"{value:.1f}".rstrip("0").rstrip(".")
        return f"{text} %" if figure["unit"] == "percent" else text

    @api.model
    def _format_basis(self, figure):
        """Return what a measured figure is made of: ``3 / 5``, or nothing."""
        if figure["unit"] in ("count", "median"):
            return ""
        made_of = (figure["numerator"], figure["denominator"])
        return " / ".join(f"{round(number, 1):g}" for number in made_of)

    @api.model
    def _format_figures(self, figures):
        """Return measured figures as a table, in the user's language.

        :param list figures: as :meth:`measure` returns them
        :rtype: Markup
        """
        labels = {row.code: str(row.label) for row in self._get_indicators()}
        rows = Markup().join(
            Markup(
                "<tr><td>%s</td><td class='text-end'>%s</td><td class='text-muted'>%s</td></tr>"
            )
            % (
                labels.get(figure["code"], figure["label"]),
                self._format_value(figure),
                self._format_basis(figure),
            )
            for figure in figures
        )
        return Markup("<table class='table table-sm mb-0'>%s</table>") % rows

    @api.model
    def _read_period(self, date_from, date_to):
        try:
            period = fields.Date.to_date(date_from), fields.Date.to_date(date_to)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("This is no date.")) from error
        if not all(period) or period[0] > period[1]:
            raise UserError(self.env._("A period ends after it begins."))
        return period

    @api.model
    def _show_persons(self, indicator, rows, persons):
        """Return the figures of persons, by name.

        :param dict rows: user id → ``(numerator, denominator)`` of each row
        :param persons: the users of all units, whose names are read together
        :rtype: list[dict]
        """
        users = persons.browse(rows).with_prefetch(persons._prefetch_ids)
        return [
            {"id": user.id, "name": user.name, **self._show(indicator, rows[user.id])}
            for user in users.sorted("name")
        ]

    @staticmethod
    def _show(indicator, rows):
        names = ("value", "numerator", "denominator")
        return dict(zip(names, indicator.combine(rows), strict=True))

    @api.model
    def open_records(self, code, date_from, date_to, unit_id=False, user_id=False):
        """Open the records behind a figure; the user's own rights hold.

        :param int unit_id: only those of one unit
        :param int user_id: only those of one person
        :return: a window action
        :rtype: dict
        """
        indicator = self._get_indicator(code)
        model = self.env[indicator.model]
        domain = getattr(model, indicator.domain)(
            *self._read_period(date_from, date_to)
        )
        if unit_id and "lead_unit_id" in model:
            domain &= self._get_unit_domain(indicator, unit_id)
        if user_id and indicator.person:
            domain &= fields.Domain(indicator.person, "=", user_id)
        return {
            "type": "ir.actions.act_window",
            "name": str(indicator.label),
            "res_model": indicator.model,
            "views": [(False, "list"), (False, "form")],
            "domain": list(domain),
        }

    @api.model
    def _get_unit_domain(self, indicator, unit_id):
        """Return which of the records behind a figure count for a unit.

        :param Indicator indicator: what is measured
        :param int unit_id: the unit
        :rtype: Domain
        """
        return fields.Domain("lead_unit_id", "=", unit_id)
