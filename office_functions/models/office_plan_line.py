# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

OPEN_FIELDS = {"progress", "note", "is_done", "date_done"}
"""What may still be written once a plan was handed in."""


class OfficePlanLine(models.Model):
    """One thing a unit means to do, by whom and until when.

    A line of a year plan may be key work (重点工作); lines of months and weeks, of any
    section, that serve it give its progress.
    """

    _name = "office.plan.line"
    _inherit = ["office.origin.mixin"]
    _description = "Planned Work"
    _order = "is_done, date_to, id"
    _check_company_auto = True

    plan_id = fields.Many2one(
        "office.plan", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Work", required=True, index="trigram")
    lead_unit_id = fields.Many2one(
        "hr.department",
        "Unit",
        compute="_compute_from_plan",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        check_company=True,
    )
    handler_id = fields.Many2one("res.users", "Person", index="btree_not_null")
    date_from = fields.Date(
        "Begin",
        compute="_compute_from_plan",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    date_to = fields.Date(
        "End",
        compute="_compute_from_plan",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    is_key_work = fields.Boolean("Key Work")
    key_work_id = fields.Many2one(
        "office.plan.line",
        "Serves the Key Work",
        index="btree_not_null",
        domain="[('is_key_work', '=', True)]",
        check_company=True,
    )
    serving_ids = fields.One2many("office.plan.line", "key_work_id", "Served By")
    progress = fields.Float(
        "Progress (%)",
        compute="_compute_progress",
        store=True,
        readonly=False,
        recursive=True,
        aggregator="avg",
        help="Of key work that others serve: the mean of theirs.",
    )
    is_done = fields.Boolean(
        "Done", compute="_compute_is_done", store=True, readonly=True
    )
    is_late = fields.Boolean(
        "Late", compute="_compute_is_late", search="_search_is_late"
    )
    note = fields.Text("State of Work")
    plan_kind = fields.Selection(related="plan_id.kind", store=True)
    plan_state = fields.Selection(related="plan_id.state", store=True, index=True)
    company_id = fields.Many2one(
        related="plan_id.company_id", store=True, index=True, precompute=True
    )

    _dates_ordered = models.Constraint(
        "CHECK(date_to >= date_from)", "Work ends after it begins."
    )
    _progress_percent = models.Constraint(
        "CHECK(progress >= 0 AND progress <= 100)",
        "Progress lies between 0 and 100 percent.",
    )
    _order_idx = models.Index("(is_done, date_to, id)")
    _days_idx = models.Index("(date_to, date_from)")
    _key_idx = models.Index("(is_done, date_to) WHERE is_key_work")

    @api.depends("plan_id")
    def _compute_from_plan(self):
        for line in self:
            line.lead_unit_id = line.lead_unit_id or line.plan_id.lead_unit_id
            line.date_from = line.date_from or line.plan_id.date_from
            line.date_to = line.date_to or line.plan_id.date_to

    @api.depends("serving_ids.progress")
    def _compute_progress(self):
        for line in self:
            serving = line.serving_ids
            if serving:
                line.progress = sum(serving.mapped("progress")) / len(serving)
            else:
                line.progress = line.progress or 0

    @api.depends("progress")
    def _compute_is_done(self):
        for line in self:
            line.is_done = line.progress >= 100

    @api.depends("is_done", "date_to")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.is_late = bool(
                not line.is_done and line.date_to and line.date_to < today
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain("is_done", "=", False) & Domain("date_to", "<", today)

    @api.constrains("date_from", "date_to", "plan_id")
    def _check_period(self):
        for line in self:
            plan = line.plan_id
            if line.date_to < plan.date_from or line.date_from > plan.date_to:
                raise ValidationError(
                    self.env._(
                        "“%(line)s” lies outside the days of its plan.", line=line.name
                    )
                )

    @api.constrains("key_work_id")
    def _check_key_work(self):
        if self._has_cycle("key_work_id"):
            raise ValidationError(self.env._("Work does not serve itself."))

    # A plan that was handed in is settled, its progress is not ------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_plan_open()
        return lines

    def write(self, vals):
        if vals.keys() - OPEN_FIELDS - {"key_work_id", "serving_ids"}:
            self._check_plan_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_in(self):
        self._check_plan_open()

    def _check_plan_open(self):
        """Refuse to change what was planned after it was handed in.

        :raise ValidationError: naming the plans
        """
        settled = self.plan_id.filtered(lambda plan: plan.state != "draft")
        if settled:
            raise ValidationError(
                self.env._(
                    "These plans were handed in; only progress is entered now. The "
                    "office may give them back: %(plans)s.",
                    plans=", ".join(settled.mapped("name")),
                )
            )

    # Indicators -----------------------------------------------------------------------

    @api.model
    def _get_planned_domain(self, date_from, date_to):
        """Return the work that was to be done in a period, by merged plans."""
        return (
            Domain("plan_state", "in", ("merged", "closed"))
            & Domain("date_to", ">=", date_from)
            & Domain("date_to", "<=", date_to)
        )

    @api.model
    def _measure_done(self, date_from, date_to):
        """Return the rows of the share of planned work that was done."""
        sums = {}
        for unit, person, done, number in self._read_group(
            self._get_planned_domain(date_from, date_to),
            ["lead_unit_id", "handler_id", "is_done"],
            ["__count"],
        ):
            row = sums.setdefault((unit.id or None, person.id or None), [0, 0])
            row[0] += number if done else 0
            row[1] += number
        return [(*key, *row) for key, row in sums.items()]

    @api.model
    def _get_key_domain(self, date_from, date_to):
        """Return the key works that run in a period."""
        return (
            Domain("is_key_work", "=", True)
            & Domain("date_from", "<=", date_to)
            & Domain("date_to", ">=", date_from)
        )

    @api.model
    def _measure_key_works(self, date_from, date_to):
        """Return the rows of the mean progress of key works."""
        return [
            (unit.id or None, person.id or None, progress, number)
            for unit, person, progress, number in self._read_group(
                self._get_key_domain(date_from, date_to),
                ["lead_unit_id", "handler_id"],
                ["progress:sum", "__count"],
            )
        ]
