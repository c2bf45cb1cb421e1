# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import Transition, permit

from .office_service_correction import LOGISTICS, OFFICE

INSPECTORS = ("handler", LOGISTICS, *OFFICE)


class OfficeCleaningInspection(models.Model):
    """A scored check of an area (保洁检查, M13).

    What fails is put right by a correction and looked at again there; when that is
    closed, the inspection is re-checked, and closed with it.
    """

    _name = "office.cleaning.inspection"
    _inherit = ["office.service.mixin", "office.matter.mixin"]
    _description = "Cleaning Inspection"
    _service_target = "agency"
    _number_series = "cleaning_inspection"
    _number_states = ("inspecting",)
    _clock_start_states = ("inspecting",)
    _clock_stop_states = ("passed", "closed")
    # The report is in; putting it right has a clock of its own.
    _clock_waiting_states = ("rectify", "rechecked")
    _see_all_groups = (
        LOGISTICS,
        "office_functions.group_office_director",
        "office_functions.group_office_leader",
    )
    _party_user_fields = ("responsible_id",)
    _matter_list_fields = ("area_id", "date_planned", "score")
    _matter_list_looks = {
        "score": {"invisible": "state in ('planned', 'inspecting')"},
        "lead_unit_id": {"optional": "hide"},
    }
    _matter_group_fields = ("area_id", "contractor_id")

    area_id = fields.Many2one(
        "office.cleaning.area",
        "Cleaning Area",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    contractor_id = fields.Many2one(
        "res.partner",
        readonly=True,
        copy=False,
        help="Who cleaned the area on that day.",
    )
    responsible_id = fields.Many2one(
        "res.users", "Sees to Corrections", readonly=True, copy=False
    )
    handler_id = fields.Many2one(string="Inspector")
    date_planned = fields.Date(
        "Planned For", required=True, default=fields.Date.context_today, copy=False
    )
    is_from_plan = fields.Boolean("By the Plan", readonly=True, copy=False)
    date_inspected = fields.Date("Date of Inspection", readonly=True, copy=False)
    line_ids = fields.One2many("office.cleaning.line", "inspection_id", "Items")
    score = fields.Float(
        "Total Score",
        compute="_compute_score",
        store=True,
        digits=(16, 1),
        aggregator="avg",
        help="Of 100, by the weights of the items.",
    )
    pass_mark = fields.Integer(
        related="company_id.office_cleaning_pass_mark", string="Pass Mark"
    )
    conclusion = fields.Text()
    is_unfounded = fields.Boolean(
        "Nothing to Put Right",
        readonly=True,
        copy=False,
        help="The office found the failure unfounded; it does not count.",
    )
    correction_id = fields.Many2one(
        "office.service.correction", readonly=True, copy=False
    )
    notice_id = fields.Many2one(
        "office.cleaning.notice",
        "Notice to the Contractor",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    time_limit_id = fields.Many2one(default=lambda self: self._default_time_limit_id())
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("inspecting", "Being Inspected"),
            ("passed", "Up to Standard"),
            ("rectify", "Being Put Right"),
            ("rechecked", "Re-Checked"),
            ("closed", "Closed"),
        ],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    _plan_uniq = models.UniqueIndex(
        "(area_id, date_planned) WHERE is_from_plan",
        "The plan has an inspection of this area on that day already.",
    )
    _failed_idx = models.Index(
        "(area_id, contractor_id, date_inspected) WHERE correction_id IS NOT NULL"
    )
    _inspected_idx = models.Index("(date_inspected) WHERE date_inspected IS NOT NULL")

    @api.model
    def _default_time_limit_id(self):
        company = self.env.company
        return self.env["office.time.limit"]._get("cleaning_inspection", company)

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "start",
                label=self.env._("Start Inspection"),
                sources=("planned",),
                target="inspecting",
                by=INSPECTORS,
                needs=("handler_id",),
                guard="_guard_start",
                style="primary",
            ),
            Transition(
                "pass",
                label=self.env._("Area Passes"),
                sources=("inspecting",),
                target="passed",
                by=INSPECTORS,
                guard="_guard_pass",
                style="primary",
            ),
            Transition(
                "fail",
                label=self.env._("Area Fails: Have It Put Right"),
                sources=("inspecting",),
                target="rectify",
                by=INSPECTORS,
                guard="_guard_fail",
                style="danger",
            ),
            Transition(
                "recheck",
                label=self.env._("Re-Checked"),
                sources=("rectify",),
                target="rechecked",
            ),
            Transition(
                "close",
                label=self.env._("Close Inspection"),
                sources=("rechecked",),
                target="closed",
                by=INSPECTORS,
                style="primary",
            ),
        ]

    @api.model
    def _get_transition_lines(self, row):
        return ["line_ids"] if row.name in ("pass", "fail") else []

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "contractor_id",
            "responsible_id",
            "is_from_plan",
            "date_inspected",
            "is_unfounded",
            "correction_id",
            "notice_id",
        }

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {
            "area_id": ("planned",),
            "date_planned": ("planned",),
            "handler_id": ("planned", "inspecting"),
            "conclusion": ("planned", "inspecting"),
        }

    @api.model
    def _get_matter_filters(self):
        return [
            (
                self.env._("Not Begun in Time"),
                "not_begun",
                "[('state', '=', 'planned'), ('date_planned', '<', 'today')]",
            ),
            (
                self.env._("Failed"),
                "failed",
                "[('correction_id', '!=', False), ('is_unfounded', '=', False)]",
            ),
        ]

    @api.depends("line_ids.score", "line_ids.is_scored", "line_ids.weight")
    def _compute_score(self):
        for inspection in self:
            lines = inspection.line_ids.filtered("is_scored")
            weight = sum(lines.mapped("weight"))
            total = sum(line.score * line.weight for line in lines)
            inspection.score = total / weight if weight else 0

    @api.onchange("area_id")
    def _onchange_area_id(self):
        area = self.area_id
        if area:
            self.name = self.name or area.name
            self.lead_unit_id = area.unit_id
            self.handler_id = area.inspector_id

    def _get_raters(self):
        """Inspections are no favour that anybody would rate."""
        return self.env["res.users"]

    def _may_score(self):
        """Tell whether the current user inspects here.

        :rtype: bool
        """
        return self._get_authority(self._get_transition("pass")) is not None

    # Guards ---------------------------------------------------------------------------

    def _guard_start(self, row, note):
        reasons = []
        area = self.sudo().area_id
        if not area.item_ids:
            reasons.append(
                self.env._(
                    "%(area)s has no items yet: please say what is looked at.",
                    area=area.name,
                )
            )
        if not area.responsible_id:
            reasons.append(
                self.env._(
                    "%(area)s: please name who sees to corrections.", area=area.name
                )
            )
        elif area.responsible_id == self.handler_id:
            reasons.append(
                self.env._(
                    "%(area)s: who sees to corrections does not inspect.",
                    area=area.name,
                )
            )
        return reasons

    def _explain_unscored(self):
        """Return what the lines still lack, whatever the total.

        :rtype: list[str]
        """
        lines = self.sudo().line_ids
        reasons = []
        unscored = lines.filtered(lambda line: not line.is_scored)
        if unscored:
            reasons.append(
                self.env._(
                    "Not scored yet: %(items)s.",
                    items=", ".join(unscored.mapped("name")),
                )
            )
        mark = self.pass_mark
        silent = (lines - unscored).filtered(
            lambda line: line.score < mark and not (line.problem or "").strip()
        )
        if silent:
            reasons.append(
                self.env._(
                    "Please say what is wrong with: %(items)s.",
                    items=", ".join(silent.mapped("name")),
                )
            )
        return reasons

    def _guard_pass(self, row, note):
        reasons = self._explain_unscored()
        if self.score < self.pass_mark:
            reasons.append(
                self.env._(
                    "%(score)s points: %(mark)s are needed to pass.",
                    score=f"{self.score:g}",
                    mark=self.pass_mark,
                )
            )
        return reasons

    def _guard_fail(self, row, note):
        reasons = self._explain_unscored()
        if self.score >= self.pass_mark:
            reasons.append(
                self.env._(
                    "%(score)s points: with %(mark)s an area passes.",
                    score=f"{self.score:g}",
                    mark=self.pass_mark,
                )
            )
        return reasons

    # What follows ---------------------------------------------------------------------

    def _after_start(self, note):
        Line = self.env["office.cleaning.line"]
        self.mapped("area_id.item_ids").fetch(
            ["sequence", "name", "standard", "weight"]
        )
        for area, inspections in self.grouped("area_id").items():
            with permit(inspections):
                inspections.with_context(tracking_disable=True).write(
                    {
                        "contractor_id": area.contractor_id.id,
                        "responsible_id": area.responsible_id.id,
                    }
                )
        vals_list = []
        for inspection in self:
            area = inspection.area_id
            vals_list += [
                {
                    "inspection_id": inspection.id,
                    "sequence": item.sequence,
                    "name": item.name,
                    "standard": item.standard,
                    "weight": item.weight,
                }
                for item in area.item_ids
            ]
        with permit(Line):
            Line.create(vals_list)

    def _set(self, **vals):
        with permit(self):
            self.with_context(tracking_disable=True).write(vals)

    def _after_pass(self, note):
        self._set(date_inspected=fields.Date.context_today(self))

    def _after_fail(self, note):
        today = fields.Date.context_today(self)
        limits = {
            company: self.env["office.time.limit"]._get("cleaning_correction", company)
            for company in self.company_id
        }
        corrections = self.env["office.service.correction"]._open_for(
            self,
            "cleaning",
            lambda row: {
                "name": row.name,
                "problem": row._describe_problems(),
                "lead_unit_id": row.lead_unit_id.id,
                "handler_id": row.responsible_id.id,
                "time_limit_id": limits[row.company_id].id,
            },
        )
        of_inspection = {row.res_id: row.id for row in corrections.sudo()}
        for inspection in self:
            inspection._set(
                date_inspected=today, correction_id=of_inspection[inspection.id]
            )
        self.env["office.cleaning.notice"]._send_after(self)

    def _describe_problems(self):
        """Return in words what was found wrong, line by line.

        :rtype: str
        """
        mark = self.pass_mark
        return "\n".join(
            self.env._(
                "%(item)s: %(score)s points. %(problem)s",
                item=line.name,
                score=line.score,
                problem=line.problem or "",
            ).strip()
            for line in self.line_ids
            if line.score < mark or line.problem
        )

    def _after_correction(self, unfounded=False, note=False):
        """Go on when what was found has been put right, or was found to be nothing."""
        due = self.filtered(lambda row: row.state == "rectify")
        if unfounded:
            due._set(is_unfounded=True)
        due._pass_by_system("recheck", note)

    # Figures --------------------------------------------------------------------------

    @api.model
    def _get_inspected_domain(self, date_from, date_to):
        return (
            Domain("date_inspected", ">=", date_from)
            & Domain("date_inspected", "<=", date_to)
            & Domain("is_unfounded", "=", False)
        )

    @api.model
    def _measure_passed(self, date_from, date_to):
        """Return inspections passed at once, of all that were made and stand (K24)."""
        groups = self._read_group(
            self._get_inspected_domain(date_from, date_to),
            ["lead_unit_id", "handler_id"],
            ["__count", "correction_id:count_distinct"],
        )
        return [
            (unit.id, user.id, number - failed, number)
            for unit, user, number, failed in groups
        ]
