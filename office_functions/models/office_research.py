# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from ..tools.transition import Transition

CLERK = "office_functions.group_office_clerk"


class OfficeResearch(models.Model):
    """A study topic (调研课题): planned, walked through, reported, turned into advice."""

    _name = "office.research"
    _inherit = ["office.matter.mixin"]
    _description = "Research Topic"
    _number_series = "research"
    _number_states = ("running",)
    _clock_start_states = ("running",)
    _clock_stop_states = ("closed", "cancelled")
    _clock_waiting_states = ("reported",)
    _party_user_fields = ("member_ids",)
    _see_all_groups = (CLERK, "office_functions.group_office_leader")
    _matter_list_fields = ("category_id",)
    _matter_group_fields = ("category_id", "demand_ids")

    category_id = fields.Many2one(
        "office.research.category",
        "Research Category",
        index=True,
        group_expand="_read_group_expand_full",
    )
    demand_ids = fields.Many2many(
        "office.research.demand",
        string="Regional Demands",
        group_expand="_read_group_expand_full",
        help="What the region asks of education, that the topic answers.",
    )
    member_ids = fields.Many2many("res.users", string="Research Group")
    text = fields.Text("Question")
    plan = fields.Text("Research Plan")
    report = fields.Text("Research Report")
    visit_ids = fields.One2many("office.research.visit", "research_id")
    visit_count = fields.Integer("Number of Visits", compute="_compute_counts")
    advice_ids = fields.One2many("office.advice", "research_id", readonly=True)
    advice_count = fields.Integer("Pieces of Advice", compute="_compute_counts")
    no_advice_reason = fields.Text(
        "No Advice, Because", help="Why nothing is proposed to a leader."
    )
    state = fields.Selection(
        [
            ("planned", "Planned Topic"),
            ("running", "Under Research"),
            ("reported", "Result Reported"),
            ("closed", "Topic Closed"),
            ("cancelled", "Topic Cancelled"),
        ],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
    )

    @api.model
    def _get_transitions(self):
        doers = ("handler", "unit_head")
        return [
            Transition(
                name="start",
                label=self.env._("Begin Research"),
                sources=("planned",),
                target="running",
                by=(*doers, CLERK),
                needs=("lead_unit_id", "handler_id", "plan", "date_deadline"),
                style="primary",
            ),
            Transition(
                name="report",
                label=self.env._("Report the Result"),
                sources=("running",),
                target="reported",
                by=doers,
                needs=("report",),
                style="primary",
            ),
            Transition(
                name="close",
                label=self.env._("Close the Topic"),
                sources=("reported",),
                target="closed",
                by=("unit_head", CLERK),
                needs=("report",),
                guard="_guard_advice",
                style="primary",
            ),
            Transition(
                name="reopen",
                label=self.env._("Research Further"),
                sources=("reported",),
                target="running",
                by=("unit_head", CLERK),
                note=True,
            ),
            Transition(
                name="cancel",
                label=self.env._("Cancel the Topic"),
                sources=("planned", "running"),
                target="cancelled",
                by=("unit_head", "office_functions.group_office_director"),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {
            "report": ("planned", "running"),
            "no_advice_reason": ("planned", "running", "reported"),
        }

    @api.model
    def _get_matter_filters(self):
        return [
            (
                self.env._("Without Advice"),
                "bare",
                "[('advice_ids', '=', False), ('state', 'in', ('reported', 'closed'))]",
            )
        ]

    @api.depends("advice_ids", "visit_ids")
    def _compute_counts(self):
        here = [("research_id", "in", self.ids)]
        group = ["research_id"], ["__count"]
        visits = dict(self.env["office.research.visit"]._read_group(here, *group))
        advice = dict(self.env["office.advice"]._read_group(here, *group))
        for topic in self:
            topic.visit_count = visits.get(topic._origin, 0)
            topic.advice_count = advice.get(topic._origin, 0)

    def _guard_advice(self, row, note):
        topic = self.sudo()
        if topic.advice_ids or (topic.no_advice_reason or "").strip():
            return []
        return [
            self.env._(
                "Please propose something to a leader from this topic, or write down "
                "why there is no advice."
            )
        ]

    def _prepare_advice_vals(self):
        return super()._prepare_advice_vals() | {
            "kind": "research",
            "research_id": self.id,
        }
