# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.transition import Transition

PERIODS = {
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}
LIMIT = "summary_due"


class OfficeSummary(models.Model):
    """What a unit did in a month, quarter or year (工作总结), with its figures (S0.6).

    The figures are filled in when it is opened and stay with the text: submitting
    locks both.
    """

    _name = "office.summary"
    _inherit = ["office.workflow.mixin", "mail.thread"]
    _description = "Work Summary"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        "Title", compute="_compute_name", store=True, readonly=False, precompute=True
    )
    period = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
        required=True,
        default="quarter",
    )
    date_from = fields.Date(
        "From", required=True, default=lambda self: self._default_date_from()
    )
    date_to = fields.Date(
        "Until", compute="_compute_date_to", store=True, precompute=True
    )
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        required=True,
        index=True,
        check_company=True,
        default=lambda self: self.env.user.employee_id.department_id,
    )
    figures = fields.Json(
        "Measured Figures",
        compute="_compute_figures",
        store=True,
        copy=False,
        help="The indicators as they were measured.",
    )
    figure_lines = fields.Html("Figures", compute="_compute_figure_lines")
    achievements = fields.Text("What Was Done")
    problems = fields.Text()
    plans = fields.Text("Next Steps")
    date_due = fields.Date(
        compute="_compute_date_due", store=True, precompute=True, index=True
    )
    date_submitted = fields.Date("Submitted On", readonly=True, copy=False)
    is_late = fields.Boolean(
        "Late", compute="_compute_is_late", search="_search_is_late"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Submitted"), ("accepted", "Accepted")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )

    @api.model
    def _default_date_from(self):
        """Return the first day of the quarter before this one."""
        today = fields.Date.context_today(self)
        begin = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        return begin - PERIODS["quarter"]

    @api.model
    def _get_transitions(self):
        director = "office_functions.group_office_director"
        return [
            Transition(
                "submit",
                self.env._("Submit"),
                sources=("draft",),
                target="submitted",
                by=("unit_head", "creator"),
                needs=("achievements", "problems", "plans"),
                guard="_guard_submit",
                style="primary",
            ),
            Transition(
                "send_back",
                self.env._("Send Back"),
                sources=("submitted",),
                target="draft",
                by=(director,),
                note=True,
            ),
            Transition(
                "accept",
                self.env._("Accept"),
                sources=("submitted",),
                target="accepted",
                by=(director,),
                never=("creator",),
                style="primary",
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_submitted"}

    @api.model
    def _get_frozen_fields(self):
        names = ("achievements", "problems", "plans", "name")
        kept = ("period", "date_from", "department_id", "company_id")
        return dict.fromkeys((*names, *kept), ("draft",))

    @api.depends("department_id", "period", "date_from")
    def _compute_name(self):
        for summary in self:
            begin = summary.date_from
            summary.name = begin and self.env._(
                "%(unit)s %(period)s, work summary",
                unit=summary.department_id.name or "",
                period=summary._get_period_name(),
            )

    def _get_period_name(self):
        """Return the period as offices write it: 2026年第1季度, 2026年3月, 2026年."""
        begin = self.date_from
        if self.period == "year":
            return f"{begin.year}年"
        if self.period == "month":
            return f"{begin.year}年{begin.month}月"
        return f"{begin.year}年第{(begin.month + 2) // 3}季度"

    @api.depends("period", "date_from")
    def _compute_date_to(self):
        for summary in self:
            span = PERIODS.get(summary.period)
            begin = summary.date_from
            summary.date_to = begin and span and begin + span - relativedelta(days=1)

    @api.depends("date_to", "company_id")
    def _compute_date_due(self):
        for company, summaries in self.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get(LIMIT, company)
            for summary in summaries:
                end = summary.date_to
                summary.date_due = end and limit._count(end, company).deadline

    @api.depends("date_due", "date_submitted")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for summary in self:
            day = summary.date_submitted or today
            summary.is_late = bool(summary.date_due) and day > summary.date_due

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        open_late = [("date_submitted", "=", False), ("date_due", "<", today)]
        query = self.sudo()._search([("date_submitted", "!=", False)])
        query.add_where("date_submitted > date_due")
        return fields.Domain(open_late) | fields.Domain("id", "in", query)

    @api.constrains("period", "date_from")
    def _check_date_from(self):
        for summary in self:
            begin, first = summary.date_from, {"month": 1, "quarter": 3, "year": 12}
            if begin.day != 1 or (begin.month - 1) % first[summary.period]:
                raise ValidationError(
                    self.env._("A summary begins on the first day of its period.")
                )

    def action_measure(self):
        """Measure the figures anew, while it is a draft."""
        self.check_access("write")
        drafts = self.filtered(lambda summary: summary.state == "draft").sudo()
        self.env.add_to_compute(self._fields["figures"], drafts)

    @api.depends("department_id", "date_from", "date_to")
    def _compute_figures(self):
        """Measure the indicators of the unit and those below it for the period."""
        Indicator = self.env["office.indicator"].sudo()
        Department = self.env["hr.department"].sudo()
        codes = [indicator.code for indicator in Indicator._get_indicators()]
        for (begin, end), summaries in self.grouped(
            lambda summary: (summary.date_from, summary.date_to)
        ).items():
            measured = Indicator.measure(codes, begin, end) if begin and end else []
            for unit, of_unit in summaries.grouped("department_id").items():
                tree = set(Department.search([("id", "child_of", unit.ids)]).ids)
                of_unit.figures = [
                    Indicator._sum_units(figure, tree) for figure in measured
                ]

    @api.depends("figures")
    @api.depends_context("lang")
    def _compute_figure_lines(self):
        Indicator = self.env["office.indicator"]
        for summary in self:
            summary.figure_lines = Indicator._format_figures(summary.figures or [])

    def _guard_submit(self, row, note):
        reasons = []
        if self.date_to > fields.Date.context_today(self):
            reasons.append(self.env._("The period is not over yet."))
        if self._find_twin():
            reasons.append(
                self.env._("This unit has handed in a summary of this period already.")
            )
        return reasons

    def _find_twin(self):
        """Return another summary of the same unit and period that was handed in."""
        return self.sudo().search(
            [
                ("id", "!=", self.id),
                ("department_id", "=", self.department_id.id),
                ("period", "=", self.period),
                ("date_from", "=", self.date_from),
                ("state", "!=", "draft"),
            ],
            limit=1,
        )

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        if row.name == "submit":
            vals["date_submitted"] = fields.Date.context_today(self)
        elif row.name == "send_back":
            vals["date_submitted"] = False
        return vals

    def _relation_unit_head(self):
        return self.department_id.manager_id.user_id

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Heads see their units' summaries, everybody those they wrote, the office all."""
        domain = fields.Domain("company_id", "in", self.env.companies.ids)
        groups = ("group_office_clerk", "group_office_leader")
        if operation == "read" and any(
            self.env.user.has_group(f"office_functions.{group}") for group in groups
        ):
            return domain
        tokens = self.env.user._get_office_tokens()
        units = [int(token[1:]) for token in tokens if token.startswith("d")]
        return domain & (
            fields.Domain("create_uid", "=", self.env.uid)
            | fields.Domain("department_id", "in", units)
        )
