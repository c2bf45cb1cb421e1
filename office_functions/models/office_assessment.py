# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from collections import defaultdict
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare

from ..tools.assessment import rank, score, weigh
from ..tools.transition import Transition

# What takes points off instead of entering a score, so that it counts once.
DEDUCTED = ("K10", "K11")
FUNCTIONS = ("advice", "coordination", "supervision", "service")


class OfficeAssessment(models.Model):
    """The yearly assessment by the four functions (年度考核, S0.5): of the sections, and
    by itself of the schools.
    """

    _name = "office.assessment"
    _inherit = ["office.workflow.mixin", "mail.thread"]
    _description = "Annual Assessment"
    _order = "year desc, id desc"

    name = fields.Char(
        "Title", compute="_compute_name", store=True, readonly=False, precompute=True
    )
    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year - 1,
    )
    unit_kind = fields.Selection(
        [("section", "Sections"), ("school", "Schools")],
        "Who Is Assessed",
        required=True,
        default="section",
    )
    weight_advice = fields.Float("Weight of Staff Advice", default=25)
    weight_coordination = fields.Float("Weight of Coordination", default=25)
    weight_supervision = fields.Float("Weight of Supervision", default=25)
    weight_service = fields.Float("Weight of Service", default=25)
    threshold_excellent = fields.Float("Excellent From", default=90)
    threshold_good = fields.Float("Good From", default=80)
    threshold_pass = fields.Float("Qualified From", default=60)
    date_publicity_from = fields.Date("Publicity From", readonly=True, copy=False)
    date_publicity_to = fields.Date("Publicity Until", copy=False)
    line_ids = fields.One2many("office.assessment.line", "assessment_id", "Ranking")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("computed", "Computed"),
            ("published", "Published"),
            ("closed", "Concluded"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )

    _year_range = models.Constraint(
        "CHECK(year BETWEEN 2000 AND 2100)", "This is no year."
    )

    @api.model
    def _get_transitions(self):
        director = "office_functions.group_office_director"
        return [
            Transition(
                "compute",
                self.env._("Compute"),
                sources=("draft",),
                target="computed",
                by=(director,),
                guard="_guard_compute",
                style="primary",
            ),
            Transition(
                "compute_anew",
                self.env._("Compute Anew"),
                sources=("computed",),
                target="computed",
                by=(director,),
            ),
            Transition(
                "publish",
                self.env._("Publish"),
                sources=("computed",),
                target="published",
                by=("office_functions.group_office_leader",),
                needs=("date_publicity_to",),
                style="primary",
            ),
            Transition(
                "take_back",
                self.env._("Take Back"),
                sources=("published",),
                target="draft",
                by=("office_functions.group_office_leader",),
                note=True,
            ),
            Transition(
                "close",
                self.env._("Close"),
                sources=("published",),
                target="closed",
                by=(director, "office_functions.group_office_leader"),
                guard="_guard_close",
                style="primary",
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_publicity_from"}

    @api.model
    def _get_frozen_fields(self):
        names = [f"weight_{function}" for function in FUNCTIONS]
        names += ["threshold_excellent", "threshold_good", "threshold_pass", "year"]
        return dict.fromkeys(names, ("draft", "computed")) | {
            "date_publicity_to": ("draft", "computed"),
            "company_id": ("draft",),
            "unit_kind": ("draft",),
            "name": ("draft", "computed"),
        }

    @api.constrains(*(f"weight_{function}" for function in FUNCTIONS))
    def _check_weights(self):
        for assessment in self:
            weights = assessment._get_weights().values()
            if float_compare(sum(weights), 100, precision_digits=2) or min(weights) < 0:
                raise ValidationError(
                    self.env._("The weights of the four functions add up to 100.")
                )

    @api.depends("year", "unit_kind")
    def _compute_name(self):
        for assessment in self:
            year = assessment.year or ""
            if assessment.unit_kind == "school":
                name = self.env._("Assessment of schools, year %(year)s", year=year)
            else:
                name = self.env._("Assessment of the year %(year)s", year=year)
            assessment.name = name

    def _get_weights(self):
        """Return function → weight.

        :rtype: dict[str, float]
        """
        return {function: self[f"weight_{function}"] for function in FUNCTIONS}

    def _get_period(self):
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def _guard_compute(self, row, note):
        reasons = []
        if self.year > fields.Date.context_today(self).year:
            reasons.append(self.env._("This year has not begun."))
        twin = self.sudo().search(
            [
                ("id", "!=", self.id),
                ("year", "=", self.year),
                ("company_id", "=", self.company_id.id),
                ("unit_kind", "=", self.unit_kind),
                ("state", "!=", "draft"),
            ],
            limit=1,
        )
        if twin:
            reasons.append(
                self.env._(
                    "This year has an assessment already: %(name)s.", name=twin.name
                )
            )
        return reasons

    def _guard_close(self, row, note):
        until = self.date_publicity_to
        if until and until >= fields.Date.context_today(self):
            return [self.env._("The publicity lasts until %(date)s.", date=until)]
        return []

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        if row.name == "publish":
            vals["date_publicity_from"] = fields.Date.context_today(self)
        return vals

    # Computing ------------------------------------------------------------------------

    @api.model
    def _get_points(self, date_from, date_to):
        """Return what is added or taken off beside the scores.

        Praise adds its points, each error that was found true takes one off. An addon
        extends the list.

        :param date date_from: first day of the period
        :param date date_to: last day of the period
        :return: ``(unit id, points, what for)`` for each
        :rtype: list[tuple[int, float, str]]
        """
        praise = self.env["office.praise"].sudo()._get_points(date_from, date_to)
        errors = self.env["office.error"].sudo()._measure_found(date_from, date_to)
        return [
            *((unit_id, n, self.env._("Praise")) for unit_id, n in praise.items()),
            *(
                (unit_id, -n, self.env._("Errors"))
                for unit_id, _user, n, _all in errors
            ),
        ]

    def _get_units(self):
        """Return the units that are assessed.

        :rtype: hr.department
        """
        return self.env["hr.department"].search(
            [
                ("unit_kind", "=", self.unit_kind),
                ("company_id", "in", (self.company_id.id, False)),
            ]
        )

    def _after_compute(self, note):
        self._write_ranking()

    def _after_compute_anew(self, note):
        self._write_ranking()

    def _write_ranking(self):
        """Measure the year and write the ranking anew."""
        for assessment in self.sudo():
            assessment.line_ids.unlink()
            self.env["office.assessment.line"].sudo().create(
                assessment._prepare_lines()
            )

    def _prepare_lines(self):
        units = self._get_units()
        figures = self._measure_units(units)
        points = self._get_unit_points()
        lines = []
        for unit in units:
            scores, details = figures[unit.id]
            bonus = sum(n for n, _label in points[unit.id] if n > 0)
            deduction = -sum(n for n, _label in points[unit.id] if n < 0)
            base = weigh(scores, self._get_weights())
            total = base is not None and max(0, base + bonus - deduction)
            lines.append(
                {
                    "assessment_id": self.id,
                    "department_id": unit.id,
                    "details": details,
                    "points": points[unit.id],
                    "bonus": bonus,
                    "deduction": deduction,
                    "total": total,
                    "is_measured": base is not None,
                    **{f"score_{name}": scores[name] or 0 for name in FUNCTIONS},
                    "unmeasured": [n for n in FUNCTIONS if scores[n] is None],
                }
            )
        places = rank([x["total"] if x["is_measured"] else None for x in lines])
        for line, place in zip(lines, places, strict=True):
            line["rank"] = place or 0
            line["grade"] = line["is_measured"] and self._get_grade(line["total"])
        return lines

    def _measure_units(self, units):
        """Return unit id → (function → score or None, list of measured figures)."""
        Indicator = self.env["office.indicator"].sudo()
        indicators = {row.code: row for row in Indicator._get_indicators()}
        measured = Indicator.measure(list(indicators), *self._get_period())
        points = defaultdict(lambda: defaultdict(list))
        details = defaultdict(list)
        trees = {
            unit.id: set(units.search([("id", "child_of", unit.id)]).ids)
            for unit in units
        }
        shown = [
            (
                indicators[figure["code"]],
                {
                    unit_id: Indicator._sum_units(figure, tree)
                    for unit_id, tree in trees.items()
                },
            )
            for figure in measured
        ]
        active = self._find_active(shown)
        for indicator, sums in shown:
            for unit_id, figure in sums.items():
                is_active = (unit_id, indicator.function) in active
                if not is_active and not indicator.tells_activity:
                    figure["value"] = None
            values = [s["value"] for s in sums.values() if s["value"] is not None]
            for unit_id, figure in sums.items():
                better = "" if indicator.code in DEDUCTED else indicator.better
                worth = score(figure["value"], indicator.unit, better, values)
                details[unit_id].append({**figure, "score": worth})
                if worth is not None:
                    points[unit_id][indicator.function].append(worth)
        return {
            unit.id: (
                {
                    name: sum(found) / len(found) if found else None
                    for name in FUNCTIONS
                    for found in [points[unit.id][name]]
                },
                details[unit.id],
            )
            for unit in units
        }

    @api.model
    def _find_active(self, shown):
        """Tell in which functions units had something to do.

        Only there faults and standing figures count: who did nothing made no mistake
        either. Rates and means tell it by what they are made of, counts by themselves.

        :param list shown: indicator, and unit id → its figure
        :return: pairs of unit id and function
        :rtype: set[tuple[int, str]]
        """
        return {
            (unit_id, indicator.function)
            for indicator, sums in shown
            if indicator.tells_activity
            for unit_id, figure in sums.items()
            if figure["denominator"] or (indicator.unit == "count" and figure["value"])
        }

    def _get_unit_points(self):
        """Return unit id → list of (points, what for), in the language of prints."""
        lang = self.env["ir.actions.report"]._get_paper_lang()
        found = defaultdict(list)
        for unit_id, points, label in self.with_context(lang=lang)._get_points(
            *self._get_period()
        ):
            found[unit_id].append((points, label))
        return found

    def _get_grade(self, total):
        for grade in ("excellent", "good", "pass"):
            if total >= self[f"threshold_{grade}"]:
                return grade
        return "fail"
