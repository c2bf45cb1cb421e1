# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.transition import Transition

OFFICE = (
    "office_functions.group_office_clerk",
    "office_functions.group_office_director",
)


class OfficePlan(models.Model):
    """What a unit means to do in a year, month or week (工作计划).

    Units enter it, the office merges the plans of a period into one for the agency.
    """

    _name = "office.plan"
    _inherit = ["office.workflow.mixin", "mail.thread"]
    _description = "Work Plan"
    _order = "date_from desc, kind, lead_unit_id, id"
    _check_company_auto = True

    name = fields.Char(
        compute="_compute_name", store=True, readonly=False, precompute=True
    )
    kind = fields.Selection(
        [("year", "Year Plan"), ("month", "Month Plan"), ("week", "Week Plan")],
        required=True,
        default="week",
    )
    day = fields.Date(
        "Day of the Period",
        required=True,
        default=fields.Date.context_today,
        help="Any day of the year, month or week that is planned.",
    )
    date_from = fields.Date(
        "From", compute="_compute_period", store=True, precompute=True, copy=False
    )
    date_to = fields.Date(
        "Until", compute="_compute_period", store=True, precompute=True, copy=False
    )
    lead_unit_id = fields.Many2one(
        "hr.department",
        "Unit",
        required=True,
        index=True,
        check_company=True,
        default=lambda self: self.env.user.employee_id.department_id,
    )
    line_ids = fields.One2many("office.plan.line", "plan_id", "Lines")
    done_percent = fields.Float(
        "Done (%)", compute="_compute_done_percent", aggregator=None
    )
    summary = fields.Text("Why Not Done", help="Written when the plan is closed.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Sent In"),
            ("merged", "Merged"),
            ("closed", "Wound Up"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    _period_idx = models.Index("(company_id, kind, date_from, state)")

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "submit",
                label=self.env._("Hand In"),
                sources=("draft",),
                target="submitted",
                by=("unit_head", *OFFICE),
                guard="_guard_submit",
                style="primary",
            ),
            Transition(
                "merge",
                label=self.env._("Merge into the Agency Plan"),
                sources=("submitted",),
                target="merged",
                by=OFFICE,
                style="primary",
            ),
            Transition(
                "close",
                label=self.env._("Close the Plan"),
                sources=("merged",),
                target="closed",
                by=OFFICE,
                guard="_guard_close",
                style="primary",
            ),
            Transition(
                "send_back",
                label=self.env._("Back to the Unit"),
                sources=("submitted", "merged"),
                target="draft",
                by=OFFICE,
                note=True,
                style="danger",
            ),
        ]

    @api.depends("kind", "day")
    def _compute_period(self):
        for plan in self:
            day = plan.day
            if not day:
                plan.date_from = plan.date_to = False
            elif plan.kind == "week":
                plan.date_from = day - relativedelta(days=day.weekday())
                plan.date_to = plan.date_from + relativedelta(days=6)
            else:
                months = 12 if plan.kind == "year" else 1
                first = day.replace(day=1)
                plan.date_from = first.replace(month=1) if months == 12 else first
                plan.date_to = plan.date_from + relativedelta(months=months, days=-1)

    @api.depends("kind", "day", "lead_unit_id")
    def _compute_name(self):
        for plan in self:
            plan.name = f"{plan.lead_unit_id.name or ''} {plan._get_period_name()}"

    def _get_period_name(self):
        """Return the planned period in words, e.g. the year and number of a week."""
        if not self.day:
            return ""
        if self.kind == "week":
            year, week, _weekday = self.day.isocalendar()
            return self.env._("%(year)s, week %(week)s", year=year, week=week)
        if self.kind == "year":
            return self.env._("year %(year)s", year=self.day.year)
        month = format_date(self.env, self.day, date_format="MMMM")
        return self.env._("%(month)s %(year)s", month=month, year=self.day.year)

    @api.depends("line_ids.is_done")
    def _compute_done_percent(self):
        for plan in self:
            done = plan.line_ids.filtered("is_done")
            plan.done_percent = 100 * len(done) / (len(plan.line_ids) or 1)

    def _relation_unit_head(self):
        return self.lead_unit_id.manager_id.user_id

    @api.model
    def _get_frozen_fields(self):
        return dict.fromkeys(("kind", "day", "lead_unit_id"), ("draft",))

    def _guard_submit(self, row, note):
        """Return what is wrong with a plan as it is handed in."""
        reasons = []
        if not self.line_ids:
            reasons.append(self.env._("Enter what is planned, line by line."))
        twins = self.sudo().search(
            self._get_period_domain()
            & Domain("lead_unit_id", "=", self.lead_unit_id.id)
            & Domain("state", "!=", "draft")
            & Domain("id", "!=", self.id),
            limit=1,
        )
        if twins:
            reasons.append(
                self.env._("The unit has handed in a plan for these days already.")
            )
        return reasons

    def _guard_close(self, row, note):
        """What was not done is explained before a plan is closed."""
        undone = self.line_ids.filtered(lambda line: not line.is_done)
        if undone and not (self.summary or "").strip():
            return [
                self.env._(
                    "Write down why these were not done: %(names)s.",
                    names=", ".join(undone.mapped("name")),
                )
            ]
        return []

    def _get_period_domain(self):
        """Return the plans of the same company for the same period.

        :rtype: Domain
        """
        self.ensure_one()
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("kind", "=", self.kind)
            & Domain("date_from", "=", self.date_from)
        )

    def _get_agency_lines(self):
        """Return the lines of all merged plans of this period, by unit and day."""
        merged = self._get_period_domain() & Domain("state", "in", ("merged", "closed"))
        lines = self.search(merged).line_ids
        return lines.sorted(
            lambda line: (line.lead_unit_id.id, line.date_from, line.id)
        )
