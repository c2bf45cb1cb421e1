# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from ..tools.transition import Transition, permit

OFFICE = "office_functions.group_office_clerk"
DIRECTOR = "office_functions.group_office_director"
INTERNAL = "office_functions.group_office_user"
SETTLED = (
    "name text kind initiative trigger drafter_id is_innovative policy_basis_ids "
    "research_id focus_id foreseen_event_id foreseen_date goal steps schedule cost risk "
    "plan_unit_ids repaired_rule likelihood warning_sign counter_measure"
).split()
"""What the leader decided on: it stays as it was handed in."""


class OfficeAdvice(models.Model):
    """A proposal to a leader (参谋建议), from the idea to what came of it.

    Who drafted it neither screens nor decides; the leader it is addressed to decides,
    alone or by delegation. Decision, results and figures are in files of their own.
    """

    _name = "office.advice"
    _inherit = ["office.portal.mixin", "office.step.mixin", "office.matter.mixin"]
    _description = "Advice"
    _number_series = "advice"
    _number_states = ("submitted",)
    _clock_start_states = ("submitted",)
    _clock_stop_states = (
        *("adopted", "partly", "rejected"),
        *("implementing", "evaluated", "closed"),
    )
    _final_states = ("closed",)
    _party_user_fields = ("drafter_id", "responsible_id", "leader_id")
    _see_all_groups = (OFFICE, "office_functions.group_office_leader")
    _step_limits = {"presented": "advice_reading"}
    _holder_fields = ("leader_id", "handler_id", "drafter_id")
    _matter_list_fields = ("kind", "drafter_id")
    _matter_group_fields = ("kind", "initiative", "level", "drafter_id", "leader_id")
    # Opinions of the office never reach a school (A9).
    _portal_reads_annexes = False

    kind = fields.Selection(
        [
            ("decision", "Advice on a Decision"),
            ("plan", "Work Scheme"),
            ("gap", "Gap Found and Filled"),
            ("risk", "Risk Forecast"),
            ("research", "Research Result"),
            ("proposal", "Rational Proposal"),
        ],
        "Kind of Advice",
        required=True,
        default="decision",
        index=True,
    )
    text = fields.Text("Proposal")
    trigger = fields.Selection(
        [
            ("situation", "New Situation"),
            ("problem", "New Problem"),
            ("conflict", "New Conflict"),
            ("none", "No Special Cause"),
        ],
        "Set Off By",
        required=True,
        default="none",
    )
    initiative = fields.Selection(
        [("self", "On Own Initiative"), ("asked", "Asked For")],
        help="Whether somebody asked for this advice.",
    )
    is_innovative = fields.Boolean(
        "Breaks New Ground", help="A new way, not the known one better kept."
    )
    drafter_id = fields.Many2one(
        "res.users",
        "Proposed By",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        help="Who drafted it; they neither screen nor decide it.",
    )
    responsible_id = fields.Many2one(
        "res.users",
        "Responsible Head",
        compute="_compute_responsible_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Answers for what the drafter proposes.",
    )
    leader_id = fields.Many2one(
        "res.users",
        "Addressed Leader",
        index=True,
        domain="[('all_group_ids', 'in', office_leader_group_id)]",
        groups=INTERNAL,
        help="Alone decides on it.",
    )
    office_leader_group_id = fields.Many2one(
        "res.groups", compute="_compute_office_leader_group_id"
    )
    lead_unit_id = fields.Many2one(default=lambda self: self._default_lead_unit_id())
    time_limit_id = fields.Many2one(default=lambda self: self._default_time_limit_id())
    handler_id = fields.Many2one(default=lambda self: self._default_handler_id())

    # Where it comes from, what it stands on
    policy_basis_ids = fields.Many2many("office.regulation")
    directive_id = fields.Many2one(
        "office.directive",
        "Related Directive",
        index="btree_not_null",
        groups=INTERNAL,
        help="The instruction it works out, or the one that came after it.",
    )
    research_id = fields.Many2one(
        "office.research", "Research Topic", index="btree_not_null", groups=INTERNAL
    )
    focus_id = fields.Many2one(
        "office.focus", "Focus or Difficulty", index="btree_not_null", groups=INTERNAL
    )
    foreseen_event_id = fields.Many2one(
        "office.foreseen.event", "Foreseeable Event", index="btree_not_null"
    )
    foreseen_date = fields.Date(
        "Needed On",
        compute="_compute_foreseen_date",
        store=True,
        readonly=False,
        precompute=True,
        help="The day on which the event comes that it prepares for.",
    )
    option_ids = fields.One2many("office.advice.option", "advice_id", copy=True)

    # What a kind of advice asks for
    goal = fields.Text("Scheme: Goal")
    steps = fields.Text("Scheme: Steps")
    plan_unit_ids = fields.Many2many(
        "hr.department",
        "office_advice_plan_unit_rel",
        string="Units to Carry It Out",
        check_company=True,
    )
    schedule = fields.Text("Scheme: Schedule")
    cost = fields.Text("Cost and Funding")
    risk = fields.Text()
    repaired_rule = fields.Char(
        "Process or Rule It Repairs", help="Where the gap is that it fills."
    )
    likelihood = fields.Selection(
        [("low", "Unlikely"), ("medium", "Possible"), ("high", "Likely")]
    )
    warning_sign = fields.Text()
    counter_measure = fields.Text("Counter-measure")

    # Screening
    level = fields.Selection(
        [
            ("operational", "Of One Task"),
            ("section", "Of One Section"),
            ("agency", "Of the Agency"),
            ("strategic", "Of the Whole Strategy"),
        ],
        "Height",
        copy=False,
        groups=INTERNAL,
        help="How high it aims. The reviewer says so at screening.",
    )
    checker_id = fields.Many2one(
        "res.users", "Checked By", readonly=True, copy=False, groups=INTERNAL
    )
    date_checked = fields.Datetime(
        "Political and Policy Check Signed",
        readonly=True,
        copy=False,
        groups=INTERNAL,
    )
    date_submitted = fields.Date("Handed In On", readonly=True, copy=False, index=True)
    public_answer = fields.Text(
        "Answer to the Proposer", help="A school reads it on the portal."
    )

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Handed In"),
            ("screened", "Screened by the Office"),
            ("presented", "Laid Before the Leader"),
            ("adopted", "Adopted"),
            ("partly", "Partly Adopted"),
            ("rejected", "Not Adopted"),
            ("deferred", "Deferred"),
            ("implementing", "Being Put into Effect"),
            ("evaluated", "Effect Evaluated"),
            ("closed", "Finished"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )

    @api.model
    def _default_lead_unit_id(self):
        return self.env["hr.department"]._get_own_unit()

    @api.model
    def _default_time_limit_id(self):
        return self.env["office.time.limit"]._get("advice_decision", self.env.company)

    @api.model
    def _default_handler_id(self):
        return self.env.user if self.env.user._is_internal() else False

    @api.depends("lead_unit_id")
    def _compute_responsible_id(self):
        for advice in self:
            advice.responsible_id = advice.sudo().lead_unit_id.manager_id.user_id

    @api.depends("foreseen_event_id")
    def _compute_foreseen_date(self):
        for advice in self:
            if advice.foreseen_event_id:
                advice.foreseen_date = advice.foreseen_event_id.date

    def _compute_office_leader_group_id(self):
        self.office_leader_group_id = self.env.ref(
            "office_functions.group_office_leader"
        )

    # The table ------------------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                name="submit",
                label=self.env._("Hand In"),
                sources=("draft",),
                target="submitted",
                by=("drafter", "creator"),
                guard="_guard_complete",
                style="primary",
            ),
            Transition(
                name="check",
                label=self.env._("Sign the Political and Policy Check"),
                sources=("submitted",),
                target="submitted",
                by=(DIRECTOR,),
                never=("drafter",),
            ),
            Transition(
                name="screen",
                label=self.env._("Screen"),
                sources=("submitted",),
                target="screened",
                by=(DIRECTOR,),
                never=("drafter",),
                needs=("level", "date_checked"),
                style="primary",
            ),
            Transition(
                name="return_draft",
                label=self.env._("Return to the Drafter"),
                sources=("submitted", "screened"),
                target="draft",
                by=(DIRECTOR,),
                note=True,
            ),
            Transition(
                name="present",
                label=self.env._("Lay Before the Leader"),
                sources=("screened",),
                target="presented",
                by=(OFFICE,),
                needs=("leader_id",),
                style="primary",
            ),
            *self._get_decision_transitions(),
            *self._get_result_transitions(),
        ]

    @api.model
    def _get_frozen_fields(self):
        before = ("draft", "submitted", "screened")
        return super()._get_frozen_fields() | {
            **dict.fromkeys(SETTLED, ("draft",)),
            "level": ("submitted",),
            "leader_id": before,
            "responsible_id": before,
        }

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "checker_id",
            "date_checked",
            "date_submitted",
        }

    @api.model
    def _get_matter_filters(self):
        return [
            (self.env._("Proposed by Me"), "proposed", "[('drafter_id', '=', uid)]"),
            (
                self.env._("To Be Screened"),
                "to_screen",
                "[('state', '=', 'submitted')]",
            ),
            (
                self.env._("To Be Decided"),
                "to_decide",
                "[('state', 'in', ('screened', 'presented', 'deferred'))]",
            ),
            (
                self.env._("To Be Put into Effect"),
                "to_effect",
                "[('state', 'in', ('adopted', 'partly', 'implementing'))]",
            ),
            (self.env._("Gaps Filled"), "gap", "[('kind', '=', 'gap')]"),
        ]

    # What a kind of advice must hold --------------------------------------------------

    @api.model
    def _get_required_fields(self, kind):
        """Return the fields without which advice of a kind is not handed in.

        :param str kind: see ``kind``
        :rtype: list[str]
        """
        names = ["initiative", "text"]
        if kind != "proposal":
            names.append("responsible_id")
        return names + {
            "decision": ["policy_basis_ids"],
            "plan": "goal steps plan_unit_ids schedule cost risk policy_basis_ids".split(),
            "gap": ["repaired_rule"],
            "risk": "risk likelihood warning_sign counter_measure".split(),
            "research": ["research_id"],
        }.get(kind, [])

    def _guard_complete(self, row, note):
        advice = self.sudo().with_context(active_test=False)
        names = self._get_required_fields(advice.kind)
        missing = [name for name in names if not advice[name]]
        if not missing:
            return []
        labels = advice.fields_get(missing, ["string"])
        names = ", ".join(labels[name]["string"] for name in missing)
        return [self.env._("Please fill in: %(fields)s.", fields=names)]

    # What the steps bring with them ---------------------------------------------------

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        if row.name == "check":
            vals.update(checker_id=self.env.uid, date_checked=fields.Datetime.now())
        elif row.target == "draft":
            vals.update(checker_id=False, date_checked=False)
        return vals

    def _after_submit(self, note):
        """Remember the first day; who drafted it has not said how high it aims."""
        new = self.filtered(lambda advice: not advice.date_submitted)
        with permit(self):
            silent = self.with_context(tracking_disable=True)
            silent.filtered("level").write({"level": False})
            today = fields.Date.context_today(self)
            silent.browse(new.ids).write({"date_submitted": today})
        self._restart_clock(note or self.env._("Handed in again"))
        self.focus_id.filtered(lambda focus: focus.state == "tracked")._pass_by_system(
            "cover"
        )

    def _after_return_draft(self, note):
        self._pause_clock(note)

    def _pause_clock(self, reason):
        """Let the time until the decision stand still while the office cannot decide."""
        self.filtered(lambda advice: not advice.is_paused)._move_deadline(
            "pause", reason
        )

    def _restart_clock(self, reason):
        """Count the time until the decision anew, where it stood still."""
        self.filtered("is_paused")._move_deadline("restart", reason)

    # Who ------------------------------------------------------------------------------

    def _relation_drafter(self):
        return self.drafter_id

    def _relation_leader(self):
        return self.leader_id

    def _get_holder(self):
        if self.state == "draft":
            return self.drafter_id
        if self.state in ("presented", "deferred"):
            return self.sudo().leader_id
        if self.state in ("adopted", "partly", "implementing"):
            return self.handler_id
        return self.env["res.users"]

    def _get_deadline_owner(self):
        """The leader's time is counted; a school sets no date."""
        user = self.env.user
        return self.leader_id or (self.lead_unit_id.manager_id.user_id or user)
