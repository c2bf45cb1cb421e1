# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from ..tools.transition import Transition

CLERK = "office_functions.group_office_clerk"
DIRECTOR = "office_functions.group_office_director"


class OfficeFocus(models.Model):
    """What a leader has on their mind, or what work is stuck on (重点难点).

    Its clock runs from the day it is taken up until somebody has thought of something:
    advice was handed in, or, for a difficulty, somebody acted without being told.
    """

    _name = "office.focus"
    _inherit = ["office.matter.mixin"]
    _description = "Focus or Difficulty"
    _number_series = "focus"
    _number_states = ("tracked",)
    _clock_start_states = ("tracked",)
    _clock_stop_states = ("covered", "closed", "dropped")
    _final_states = ("closed", "dropped")
    _settled_fields = ("name", "lead_unit_id", "handler_id", "leader_id", "type")
    _party_user_fields = ("leader_id",)
    _see_all_groups = (CLERK, "office_functions.group_office_leader")
    _matter_list_fields = ("type", "leader_id")
    _matter_group_fields = ("type", "leader_id")

    type = fields.Selection(
        [("focus", "Focus"), ("difficulty", "Difficulty")],
        "Focus or Difficulty",
        required=True,
        default="focus",
    )
    leader_id = fields.Many2one(
        "res.users",
        "Whose Focus",
        required=True,
        index=True,
        domain="[('all_group_ids', 'in', office_leader_group_id)]",
        help="The leader who has it on their mind.",
    )
    office_leader_group_id = fields.Many2one(
        "res.groups", compute="_compute_office_leader_group_id"
    )
    text = fields.Text("What It Is About")
    time_limit_id = fields.Many2one(default=lambda self: self._default_time_limit_id())
    advice_ids = fields.One2many("office.advice", "focus_id", readonly=True)
    action_ids = fields.One2many(
        "office.focus.action", "focus_id", "Actions Taken First"
    )
    state = fields.Selection(
        [
            ("listed", "Listed"),
            ("tracked", "Tracked"),
            ("covered", "Thought Of or Acted On"),
            ("closed", "Settled"),
            ("dropped", "Dropped"),
        ],
        default="listed",
        required=True,
        readonly=True,
        copy=False,
    )

    @api.model
    def _default_time_limit_id(self):
        return self.env["office.time.limit"]._get("focus_advice", self.env.company)

    def _compute_office_leader_group_id(self):
        self.office_leader_group_id = self.env.ref(
            "office_functions.group_office_leader"
        )

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                name="track",
                label=self.env._("Take Up"),
                sources=("listed",),
                target="tracked",
                by=(CLERK, "leader"),
                needs=("lead_unit_id", "text"),
                style="primary",
            ),
            Transition(
                name="cover",
                label=self.env._("Advice or Action Has Come"),
                sources=("tracked",),
                target="covered",
            ),
            Transition(
                name="close",
                label=self.env._("Settle"),
                sources=("covered",),
                target="closed",
                by=(DIRECTOR, "leader"),
                note=True,
                style="primary",
            ),
            Transition(
                name="resume",
                label=self.env._("Not Enough Yet"),
                sources=("covered",),
                target="tracked",
                by=(DIRECTOR, "leader"),
                note=True,
            ),
            Transition(
                name="drop",
                label=self.env._("Drop"),
                sources=("listed", "tracked"),
                target="dropped",
                by=(DIRECTOR, "leader"),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_matter_filters(self):
        return [
            (self.env._("Focus"), "focus", "[('type', '=', 'focus')]"),
            (self.env._("Difficulties"), "difficulty", "[('type', '=', 'difficulty')]"),
            (
                self.env._("Acted On Untold"),
                "untold",
                "[('action_ids.is_untold', '=', True)]",
            ),
        ]

    def _relation_leader(self):
        return self.leader_id

    def _prepare_advice_vals(self):
        return super()._prepare_advice_vals() | {
            "focus_id": self.id,
            "leader_id": self.leader_id.id,
            "initiative": "self",
        }
