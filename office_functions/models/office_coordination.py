# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Command

from ..tools.transition import Transition

CLERK = "office_functions.group_office_clerk"
OPEN_TEXT = ("raised", "led", "consulting")


class OfficeCoordination(models.Model):
    """Something that several units must settle together (协调事项), M8.

    One unit leads. The parties agree on a proposed text; if they do not within the
    time limit, the matter rises to the director and then to the leader, whose ruling
    binds all. It ends when every party has confirmed that its part is done.
    """

    _name = "office.coordination"
    _inherit = ["office.receipt.mixin", "office.step.mixin"]
    _description = "Coordination Matter"
    _number_series = "coordination"
    _number_states = ("led", "closed")
    _clock_start_states = ("led",)
    _clock_stop_states = ("closed",)
    _clock_waiting_states = ("confirmed",)
    _step_limits = {"consulting": "coordination_agreement"}
    _holder_fields = (
        "handler_id",
        "level",
        "director_id",
        "leader_id",
        "is_appeal_open",
    )
    _party_user_fields = ("leader_id",)
    _see_all_groups = (CLERK, "office_functions.group_office_leader")
    _matter_list_fields = ("kind", "level")
    _matter_group_fields = ("kind", "importance", "method", "level", "is_quick")

    kind = fields.Selection(
        [
            ("inform", "Exchange Information"),
            ("relations", "Straighten Relations"),
            ("conflict", "Resolve a Conflict"),
            ("problem", "Solve a Problem"),
            ("schools", "Between Schools"),
        ],
        required=True,
        default="problem",
    )
    importance = fields.Selection(
        [("normal", "Routine"), ("important", "Important"), ("major", "Major")],
        required=True,
        default="normal",
        help="A major matter is the director's from the first day.",
    )
    date = fields.Date(
        "Raised On", required=True, default=fields.Date.context_today, index=True
    )
    text = fields.Text(
        "What It Is About", required=True, help="The common text: all parties read it."
    )
    basis = fields.Text(
        help="The rule, document or instruction that the settlement is founded on."
    )
    method = fields.Selection(
        [
            ("meeting", "Meeting"),
            ("phone", "Phone"),
            ("visit", "Visit"),
            ("letter", "By Letter"),
            ("onsite", "Office on Site"),
        ],
        "Way of Coordination",
        help="How it was settled.",
    )
    experience = fields.Text(help="What others can learn from it; searched as a case.")
    party_ids = fields.One2many("office.coordination.party", "coordination_id")
    assisting_unit_ids = fields.Many2many(
        compute="_compute_assisting_unit_ids",
        store=True,
        precompute=True,
        readonly=False,
    )
    leader_id = fields.Many2one(
        "res.users",
        "Leader of the Field",
        index=True,
        domain="[('all_group_ids', 'in', office_leader_group_id)]",
        help="Who rules if the parties do not agree.",
    )
    office_leader_group_id = fields.Many2one(
        "res.groups", compute="_compute_office_leader_group_id"
    )
    # Settling it
    proposal = fields.Text("Proposed Agreement", readonly=True, copy=False)
    level = fields.Selection(
        [
            ("clerk", "Lead Unit"),
            ("director", "Office Director"),
            ("leader", "Leader"),
        ],
        "Present Level",
        default="clerk",
        required=True,
        readonly=True,
        copy=False,
        help="It rises by itself when the parties do not agree in time.",
    )
    director_id = fields.Many2one("res.users", readonly=True, copy=False)
    ruling = fields.Text(readonly=True, copy=False)
    date_ruled = fields.Datetime("Ruled On", readonly=True, copy=False)
    appeal = fields.Text(readonly=True, copy=False)
    appellant_id = fields.Many2one(
        "res.users", "Appealed By", readonly=True, copy=False
    )
    is_appeal_open = fields.Boolean("Appeal Pending", readonly=True, copy=False)
    date_last_answer = fields.Datetime("Latest Answer", readonly=True, copy=False)
    is_quick = fields.Boolean(
        "Quick",
        readonly=True,
        copy=False,
        help="Settled without a meeting and closed by a note.",
    )
    state = fields.Selection(
        [
            ("raised", "Raised"),
            ("led", "Lead Named"),
            ("consulting", "In Consultation"),
            ("agreed", "Agreed"),
            ("ruled", "Ruled"),
            ("executing", "Being Carried Out"),
            ("confirmed", "Confirmed by All"),
            ("closed", "Closed"),
        ],
        default="raised",
        required=True,
        readonly=True,
        copy=False,
    )

    _experience_idx = models.Index("(id) WHERE experience IS NOT NULL")

    @api.model
    def _get_transitions(self):
        doers = ("handler", "unit_head", CLERK)
        return [
            Transition(
                "lead",
                label=self.env._("Name the Lead"),
                sources=("raised",),
                target="led",
                by=("creator", CLERK),
                needs=("lead_unit_id", "handler_id", "leader_id", "date_deadline"),
                guard="_guard_lead",
                style="primary",
            ),
            Transition(
                "close_quickly",
                label=self.env._("Settled, Close with a Note"),
                sources=("raised",),
                target="closed",
                by=(CLERK,),
                guard="_guard_close_quickly",
                note=True,
            ),
            Transition(
                "consult",
                label=self.env._("Ask the Parties"),
                sources=("led",),
                target="consulting",
                by=doers,
                guard="_guard_consult",
                note=True,
                style="primary",
            ),
            Transition(
                "propose",
                label=self.env._("Propose Anew"),
                sources=("consulting",),
                target="consulting",
                by=doers,
                note=True,
            ),
            Transition(
                "agree",
                label=self.env._("All Agree"),
                sources=("consulting",),
                target="agreed",
                by=doers,
                guard="_guard_agree",
                style="primary",
            ),
            Transition(
                "escalate",
                label=self.env._("Hand to the Next Level"),
                sources=("consulting",),
                target="consulting",
                by=doers,
                guard="_guard_escalate",
                note=True,
            ),
            Transition(
                "rule",
                label=self.env._("Rule"),
                sources=("consulting",),
                target="ruled",
                by=("leader",),
                note=True,
                style="primary",
            ),
            Transition(
                "appeal",
                label=self.env._("Appeal"),
                sources=("ruled", "executing"),
                target="ruled",
                by=("party_head",),
                guard="_guard_appeal",
                note=True,
                style="danger",
            ),
            Transition(
                "rule_again",
                label=self.env._("Decide on the Appeal"),
                sources=("ruled",),
                target="ruled",
                by=("leader",),
                guard="_guard_rule_again",
                note=True,
                style="primary",
            ),
            Transition(
                "execute",
                label=self.env._("Carry Out"),
                sources=("agreed", "ruled"),
                target="executing",
                by=doers,
                guard="_guard_execute",
                style="primary",
            ),
            Transition(
                "confirm",
                label=self.env._("All Have Confirmed"),
                sources=("executing",),
                target="confirmed",
                by=doers,
                guard="_guard_confirmed",
            ),
            Transition(
                "close",
                label=self.env._("Close"),
                sources=("executing", "confirmed"),
                target="closed",
                by=(CLERK,),
                needs=("basis", "method"),
                guard="_guard_confirmed",
                style="primary",
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "appeal",
            "appellant_id",
            "date_last_answer",
            "date_ruled",
            "director_id",
            "is_appeal_open",
            "is_quick",
            "level",
            "proposal",
            "ruling",
        }

    @api.model
    def _get_frozen_fields(self):
        """A ruling or an agreement binds: what it speaks of is settled."""
        settled = dict.fromkeys(
            ("name", "text", "kind", "importance", "lead_unit_id", "leader_id", "date"),
            OPEN_TEXT,
        )
        before_end = (*OPEN_TEXT, "agreed", "ruled", "executing", "confirmed")
        return super()._get_frozen_fields() | settled | {"basis": before_end}

    def _compute_office_leader_group_id(self):
        self.office_leader_group_id = self.env.ref(
            "office_functions.group_office_leader"
        )

    @api.depends("party_ids.department_id", "lead_unit_id")
    def _compute_assisting_unit_ids(self):
        for record in self:
            units = record.party_ids.department_id - record.lead_unit_id
            record.assisting_unit_ids = [Command.set(units.ids)]

    def _get_holder(self):
        if self.state == "raised":
            return self._relation_creator()
        if self.state == "consulting":
            holders = {"director": self.director_id, "leader": self.leader_id}
            return holders.get(self.level) or self.handler_id
        if self.state == "ruled" and self.is_appeal_open:
            return self.leader_id
        return self.handler_id if self.state != "closed" else self.env["res.users"]
