# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain


class OfficeAssessmentLine(models.Model):
    """One section in the ranking of a year. Computed, never typed."""

    _name = "office.assessment.line"
    _description = "Assessment of a Unit"
    _order = "assessment_id desc, rank, id"
    _rec_name = "department_id"
    _allow_sudo_commands = False
    _see_all_groups = (
        "office_functions.group_office_clerk",
        "office_functions.group_office_leader",
    )

    assessment_id = fields.Many2one(
        "office.assessment",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    year = fields.Integer(related="assessment_id.year", store=True, aggregator=None)
    company_id = fields.Many2one(
        related="assessment_id.company_id", store=True, index=True
    )
    department_id = fields.Many2one(
        "hr.department", "Unit", required=True, readonly=True, index=True
    )
    rank = fields.Integer(readonly=True, aggregator=None)
    score_advice = fields.Float("Staff Advice", readonly=True, aggregator="avg")
    score_coordination = fields.Float("Coordination", readonly=True, aggregator="avg")
    score_supervision = fields.Float("Supervision", readonly=True, aggregator="avg")
    score_service = fields.Float("Service", readonly=True, aggregator="avg")
    bonus = fields.Float(readonly=True)
    deduction = fields.Float(readonly=True)
    total = fields.Float("Total Score", readonly=True, aggregator="avg")
    grade = fields.Selection(
        [
            ("excellent", "Excellent"),
            ("good", "Good"),
            ("pass", "Qualified"),
            ("fail", "Not Qualified"),
        ],
        readonly=True,
    )
    is_measured = fields.Boolean(
        "Measured", readonly=True, help="There was something to measure."
    )
    unmeasured = fields.Json(
        readonly=True, help="Functions without a figure; their weight went to the rest."
    )
    details = fields.Json(readonly=True)
    points = fields.Json(
        readonly=True, help="What was added and taken off: points, and what for."
    )
    detail_lines = fields.Html("Figures", compute="_compute_detail_lines")

    @api.depends("details")
    @api.depends_context("lang")
    def _compute_detail_lines(self):
        Indicator = self.env["office.indicator"]
        for line in self:
            line.detail_lines = Indicator._format_figures(line.details or [])

    @api.model
    def _get_need_to_know_domain(self, operation):
        """The office and leaders see all lines; others those of their own units."""
        domain = Domain("company_id", "in", self.env.companies.ids)
        if any(map(self.env.user.has_group, self._see_all_groups)):
            return domain
        tokens = self.env.user._get_office_tokens()
        units = {int(token[1:]) for token in tokens if token.startswith("d")}
        units |= set(self.env.user.sudo().employee_ids.department_id.ids)
        if not self.env.user._is_internal():
            # A school learns its result when it is made known.
            domain &= Domain("assessment_id.state", "in", ("published", "closed"))
        return domain & Domain("department_id", "in", list(units))

    def _get_measured_details(self):
        """Return the figures that have a value, as the print shows them.

        :return: dicts with ``code``, ``label``, ``value``, ``basis`` and ``score``, as
            text
        :rtype: list[dict]
        """
        self.ensure_one()
        Indicator = self.env["office.indicator"]
        labels = {row.code: str(row.label) for row in Indicator._get_indicators()}
        return [
            {
                "code": figure["code"],
                "label": labels.get(figure["code"], figure["label"]),
                "value": Indicator._format_value(figure),
                "basis": Indicator._format_basis(figure),
                "score": "—" if figure["score"] is None else f"{figure['score']:.1f}",
            }
            for figure in self.details or []
            if figure["value"] is not None
        ]
