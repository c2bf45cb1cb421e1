# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import (
    Transition,
    is_permitted,
    permit,
)

CLERK = "office_functions.group_office_clerk"
DIRECTOR = "office_functions.group_office_director"
INTERNAL = "office_functions.group_office_user"
# Supervisors read what is asked of the agency, where there are any.
SUPERVISOR = "office_functions_supervision.group_office_supervisor"
ASKED = ("draft",)
UNANSWERED = ("draft", "submitted", "forwarded", "accepted", "handling")
OUTSIDE_FIELDS = {"name", "text", "topic_id", "school_id"}
"""What somebody from outside says of a matter; all else is the agency's."""


class OfficeAnsweredMixin(models.AbstractModel):
    """Something asked of the agency, which a section answers and who asked rates.

    The topic gives the section and the deadline. What the section drafts is seen by
    the agency only; who asked reads the answer once it is given (A9).
    """

    _name = "office.answered.mixin"
    _inherit = [
        "office.portal.mixin",
        "office.news.mixin",
        "office.service.mixin",
        "office.matter.mixin",
    ]
    _description = "Asked and Answered"
    _news_steps = ("answer", "guide")
    _number_states = ("submitted",)
    _clock_start_states = ("submitted",)
    _clock_stop_states = ("answered", "rated", "closed", "guided")
    _answered_states = ("answered",)
    _party_unit_fields = ("lead_unit_id", "assisting_unit_ids", "school_id")
    _see_all_groups = (CLERK, "office_functions.group_office_leader", SUPERVISOR)
    _matter_list_fields = ("topic_id", "school_id", "score")
    _matter_list_looks = {"score": {"invisible": "not score", "optional": "hide"}}
    _matter_group_fields = ("topic_id", "school_id")
    # Opinions of the office never reach who asked (A9).
    _portal_reads_annexes = False

    _topic_kind = ""
    """What topics of this kind are used for, a value of their ``kind``."""
    _limit_code = ""
    """The time limit that holds where the topic names none."""

    topic_id = fields.Many2one(
        "office.service.topic",
        "Service Topic",
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    needs_approval = fields.Boolean(related="topic_id.needs_approval")
    school_id = fields.Many2one(
        "hr.department",
        "School That Asks",
        index="btree_not_null",
        check_company=True,
        domain="[('unit_kind', '=', 'school')]",
    )
    text = fields.Text(required=True)
    lead_unit_id = fields.Many2one(
        compute="_compute_lead_unit_id",
        store=True,
        readonly=False,
        precompute=True,
        help="The section that answers. The topic gives it.",
    )
    handler_id = fields.Many2one(
        compute="_compute_handler_id", store=True, readonly=False, precompute=True
    )
    time_limit_id = fields.Many2one(
        compute="_compute_time_limit_id", store=True, readonly=False, precompute=True
    )
    forward_unit_id = fields.Many2one(
        "hr.department",
        "Pass On To",
        check_company=True,
        copy=False,
        groups=INTERNAL,
        domain="[('unit_kind', '!=', 'school')]",
    )
    guide_channel = fields.Selection(
        [
            ("petition", "Petition"),
            ("disclosure", "Request for Information"),
            ("other", "Another Office"),
        ],
        "Right Channel",
        copy=False,
    )
    guided_text = fields.Text("What They Were Told", readonly=True, copy=False)
    answer_draft = fields.Text(
        "Draft of the Answer",
        copy=False,
        groups=INTERNAL,
        help="Who asked reads it once the answer is given.",
    )
    answer_author_id = fields.Many2one(
        "res.users", "Answer Written By", readonly=True, copy=False, groups=INTERNAL
    )
    approver_id = fields.Many2one(
        "res.users", "Answer Approved By", readonly=True, copy=False, groups=INTERNAL
    )
    answer = fields.Text(readonly=True, copy=False)
    answered_by_id = fields.Many2one(
        "res.users", "Answer Given By", readonly=True, copy=False
    )
    date_submitted = fields.Datetime("Sent In On", readonly=True, copy=False)
    date_answered = fields.Datetime(
        "Answered On", readonly=True, copy=False, index="btree_not_null"
    )
    date_rating_due = fields.Date("Rate Until", readonly=True, copy=False)
    score = fields.Integer("Stars", readonly=True, copy=False, aggregator="avg")
    date_rated = fields.Datetime(
        "Rated On", readonly=True, copy=False, index="btree_not_null"
    )

    _rating_due_idx = models.Index(
        "(date_rating_due) WHERE state IN ('answered', 'rated')"
    )
    _submitted_idx = models.Index("(date_submitted)")

    # What the topic gives -------------------------------------------------------------

    @api.depends("topic_id")
    def _compute_lead_unit_id(self):
        for record in self:
            record.lead_unit_id = record.sudo().topic_id.lead_unit_id

    @api.depends("topic_id")
    def _compute_handler_id(self):
        for record in self:
            record.handler_id = record.sudo().topic_id.handler_id

    @api.depends("topic_id")
    def _compute_time_limit_id(self):
        TimeLimit = self.env["office.time.limit"]
        for record in self:
            company = record.company_id or self.env.company
            record.time_limit_id = record.sudo().topic_id.time_limit_id or (
                TimeLimit._get(self._limit_code, company)
            )

    def _get_deadline_owner(self):
        """Let the agency answer for the date of what somebody from outside asks."""
        if self.env.user._is_internal():
            return super()._get_deadline_owner()
        head = self.sudo()._relation_unit_head()
        return head or self.env["res.users"]._get_office_director(self.company_id)

    # The table ------------------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        doers = ("handler", "unit_head")
        return [
            Transition(
                "submit",
                label=self.env._("Send In"),
                sources=("draft",),
                target="submitted",
                by=("creator", "liaison", CLERK),
                needs=("topic_id", "lead_unit_id"),
                guard="_guard_submit",
                style="primary",
            ),
            Transition(
                "accept",
                label=self.env._("Take On"),
                sources=("submitted", "forwarded"),
                target="accepted",
                by=(*doers, CLERK),
                needs=("handler_id",),
                style="primary",
            ),
            *self._get_answer_transitions(),
            Transition(
                "forward",
                label=self.env._("Pass On to Another Section"),
                sources=self._get_open_states(),
                target="forwarded",
                by=(*doers, CLERK),
                needs=("forward_unit_id",),
                guard="_guard_forward",
                note=True,
            ),
            Transition(
                "guide",
                label=self.env._("Point to the Right Channel"),
                sources=("submitted", "forwarded", "accepted"),
                target="guided",
                by=(*doers, CLERK),
                needs=("guide_channel",),
                note=True,
                style="danger",
            ),
            Transition(
                "rate",
                label=self.env._("Rate"),
                sources=("answered",),
                target="rated",
            ),
            Transition(
                "close",
                label=self.env._("Close the Case"),
                sources=("answered", "rated"),
                target="closed",
                by=(*doers, CLERK),
                guard="_guard_close",
            ),
        ]

    @api.model
    def _get_open_states(self):
        """Return the states in which a section has it in hand."""
        return ("submitted", "forwarded", "accepted")

    @api.model
    def _get_answer_transitions(self):
        """Return the rows that lead to the answer.

        :rtype: list[Transition]
        """
        return [
            Transition(
                "answer",
                label=self.env._("Give the Answer"),
                sources=self._get_open_states()[2:],
                target="answered",
                by=("handler", "unit_head"),
                needs=("handler_id", "answer_draft"),
                guard="_guard_answer",
                style="primary",
            )
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "answer",
            "answer_author_id",
            "answered_by_id",
            "approver_id",
            "date_answered",
            "date_rated",
            "date_rating_due",
            "date_submitted",
            "guided_text",
            "score",
        }

    @api.model
    def _get_frozen_fields(self):
        asked = dict.fromkeys(("name", "text", "topic_id", "school_id"), ASKED)
        states = self._fields["state"].get_values(self.env)
        before = tuple(state for state in UNANSWERED if state in states)
        drafted = ("answer_draft", "forward_unit_id", "guide_channel")
        return super()._get_frozen_fields() | asked | dict.fromkeys(drafted, before)

    # Relations and guards -------------------------------------------------------------

    def _relation_liaison(self):
        return self.school_id.office_user_ids.filtered(lambda user: not user.share)

    def _relation_answer_author(self):
        return self.answer_author_id

    def _guard_submit(self, row, note):
        unit = self.sudo().school_id
        if unit and unit.unit_kind != "school":
            return [self.env._("%(unit)s is no school.", unit=unit.name)]
        return []

    def _guard_forward(self, row, note):
        target = self.sudo().forward_unit_id
        if target and target == self.lead_unit_id:
            return [self.env._("It is in the hands of this section already.")]
        if target.unit_kind == "school":
            return [self.env._("A section of the agency answers, not a school.")]
        return []

    def _guard_answer(self, row, note):
        if self.sudo().needs_approval and not self.approver_id:
            return [
                self.env._(
                    "The head of the section has to approve the answer beforehand."
                )
            ]
        return []

    def _guard_close(self, row, note):
        """Who asked has some days to rate what they were answered."""
        today = fields.Date.context_today(self)
        if self.state == "answered" and self.sudo()._get_raters():
            if self.date_rating_due and today <= self.date_rating_due:
                return [
                    self.env._(
                        "It may still be rated until %(date)s.",
                        date=fields.Date.to_string(self.date_rating_due),
                    )
                ]
        return []

    # What follows from a step ---------------------------------------------------------

    def _set(self, **vals):
        """Write guarded fields."""
        if self:
            with permit(self):
                self.with_context(tracking_disable=True).write(vals)

    def _after_submit(self, note):
        self._set(date_submitted=fields.Datetime.now())

    def _after_forward(self, note):
        """Hand it to the other section, whose time is the same."""
        for unit, records in self.grouped("forward_unit_id").items():
            records._set(
                lead_unit_id=unit.id,
                handler_id=False,
                forward_unit_id=False,
                approver_id=False,
            )

    def _after_guide(self, note):
        self._set(guided_text=note)

    def _after_answer(self, note):
        now = fields.Datetime.now()
        for company, records in self.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get("service_rating", company)
            due = limit._count(fields.Date.context_today(self), company).deadline
            for draft, alike in records.grouped("answer_draft").items():
                alike._set(
                    answer=draft,
                    answered_by_id=self.env.uid,
                    date_answered=now,
                    date_rating_due=due,
                )

    # The closed roads -----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Let somebody from outside say what they ask, and nothing else."""
        if not (self.env.su or self.env.user._is_internal()):
            for vals in vals_list:
                if vals.keys() - OUTSIDE_FIELDS:
                    raise AccessError(
                        self.env._("The form holds what nobody asked for.")
                    )
        records = super().create(vals_list)
        records.sudo().filtered("answer_draft")._set(answer_author_id=self.env.uid)
        return records

    def write(self, vals):
        """Note who wrote the answer; another text needs another approval."""
        if "answer_draft" in vals and self and not is_permitted(self, vals):
            changed = self.filtered(
                lambda record: (
                    (record.answer_draft or "") != (vals["answer_draft"] or "")
                )
            )
            result = super().write(vals)
            changed.sudo()._set(answer_author_id=self.env.uid, approver_id=False)
            return result
        return super().write(vals)

    # Rating ---------------------------------------------------------------------------

    def _get_raters(self):
        """Return the school's own users, else who sent it in, if somebody else answers.

        :rtype: res.users
        """
        self.ensure_one()
        own = self.school_id.office_user_ids.filtered("share")
        return own or self.create_uid - self.handler_id - self.answered_by_id

    def _get_rated_person(self):
        return self.sudo().answered_by_id

    def _explain_rating_refusal(self):
        reasons = super()._explain_rating_refusal()
        if not self.sudo().date_answered or self.state == "closed":
            reasons.append(self.env._("It is rated when it has been answered."))
        elif self.sudo().date_rated and not reasons:
            reasons.append(self.env._("It has been rated already."))
        return reasons

    def _after_rating(self, score):
        result = super()._after_rating(score)
        record = self.sudo()
        record._set(score=score, date_rated=fields.Datetime.now())
        record._pass_by_system("rate")
        return result

    def _after_low_rating(self, score, comment):
        """Open a correction for the section that answered."""
        result = super()._after_low_rating(score, comment)
        record = self.sudo()
        problem = self.env._("Rated with %(score)s of 5 stars.", score=score)
        self.env["office.service.correction"]._open_for(
            record,
            "answer",
            {
                record: {
                    "name": self.env._(
                        "Answer rated low: %(name)s", name=record.display_name
                    ),
                    "problem": "\n".join(filter(None, (problem, comment))),
                    "lead_unit_id": record.lead_unit_id.id,
                    "handler_id": record.handler_id.id or record.answered_by_id.id,
                }
            },
        )
        return result

    @api.model
    def _get_closing_domain(self):
        """Close what may no longer be rated, by the day that who asked was told."""
        today = fields.Date.context_today(self)
        return Domain("state", "in", ("answered", "rated")) & Domain(
            "date_rating_due", "<", today
        )

    # Figures --------------------------------------------------------------------------

    @api.model
    def _get_due_domain(self, date_from, date_to):
        """Return what was to be answered in a period, and could be judged by now.

        What is not answered yet counts from the day after its deadline.
        """
        today = fields.Date.context_today(self)
        return (
            Domain("date_deadline", ">=", date_from)
            & Domain("date_deadline", "<=", date_to)
            & (Domain("date_done", "!=", False) | Domain("date_deadline", "<", today))
            & Domain("clock_start", "!=", False)
            & Domain("state", "!=", "guided")
        )

    @api.model
    def _measure_on_time(self, date_from, date_to):
        """Return answered in time ÷ to be answered in a period (K25)."""
        return self._measure_on_time_of(self._get_due_domain(date_from, date_to))

    @api.model
    def _measure_on_time_of(self, domain):
        sums = {}
        for unit, user, on_time, number in self._read_group(
            domain,
            ["lead_unit_id", "handler_id", "is_on_time"],
            ["__count"],
        ):
            row = sums.setdefault((unit.id, user.id), [0, 0])
            row[0] += number if on_time else 0
            row[1] += number
        return [(*key, *row) for key, row in sums.items()]

    @api.model
    def _get_rated_domain(self, date_from, date_to):
        end = fields.Date.add(date_to, days=1)
        return Domain("date_rated", ">=", date_from) & Domain("date_rated", "<", end)

    @api.model
    def _measure_satisfaction(self, date_from, date_to):
        """Return stars and number of ratings of a period (K25)."""
        return [
            (unit.id, user.id, stars, number)
            for unit, user, stars, number in self._read_group(
                self._get_rated_domain(date_from, date_to),
                ["lead_unit_id", "handler_id"],
                ["score:sum", "__count"],
            )
        ]
