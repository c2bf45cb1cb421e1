# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.office_functions.models.office_matter_figures import DAY
from odoo.addons.office_functions.tools.transition import Transition

from ..tools.redaction import redact
from .office_answered_mixin import DIRECTOR, INTERNAL

ANSWERED = ("answered", "rated", "closed")


class OfficeConsultation(models.Model):
    """A question on policy (政策咨询), M14, with no grievance in it.

    A petition or a request for information is no consultation: it is pointed to the
    right channel. An answer stands on a regulation, or says that there is none. What
    helps others becomes guidance.
    """

    _name = "office.consultation"
    _inherit = ["office.public.mixin", "office.answered.mixin"]
    _description = "Consultation"
    _number_series = "consultation"
    _topic_kind = "consultation"
    _limit_code = "consultation"
    _portal_kind = "consultation"
    _clock_stop_states = ("answered", "rated", "closed", "guided", "published")
    _matter_group_fields = ("topic_id", "school_id", "service_target")

    text = fields.Text("The Question in Full")
    regulation_ids = fields.Many2many(
        "office.regulation", string="Answer Stands On", copy=False, groups=INTERNAL
    )
    no_rule_reason = fields.Char("Why No Rule Applies", copy=False, groups=INTERNAL)
    guidance_id = fields.Many2one(
        "office.guidance",
        "Answered from the Library",
        copy=False,
        groups=INTERNAL,
        index="btree_not_null",
        domain="[('state', '=', 'published')]",
        help="Guidance that answers it already; it is taken over as a draft.",
    )
    guidance_ids = fields.One2many(
        "office.guidance", "consultation_id", "Guidance Made of It", groups=INTERNAL
    )
    days_used = fields.Float(
        "Days to the Answer", compute="_compute_days_used", digits=(16, 1)
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("forwarded", "Passed On"),
            ("accepted", "Taken On"),
            ("answered", "Answered"),
            ("rated", "Rated"),
            ("closed", "Closed"),
            ("published", "Turned into Guidance"),
            ("guided", "Guided Elsewhere"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    @api.depends("school_id")
    def _compute_service_target(self):
        for record in self:
            record.service_target = "school" if record.school_id else "public"

    @api.depends("date_submitted", "date_answered")
    def _compute_days_used(self):
        now = fields.Datetime.now()
        for record in self:
            asked = record.date_submitted
            used = asked and (record.date_answered or now) - asked
            record.days_used = used.total_seconds() / 86400 if used else 0

    # The table ------------------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        return [
            *super()._get_transitions(),
            Transition(
                "publish",
                label=self.env._("Turn into Guidance"),
                sources=ANSWERED,
                target="published",
            ),
        ]

    @api.model
    def _get_answer_transitions(self):
        approve = Transition(
            "approve",
            label=self.env._("Approve the Answer"),
            sources=("accepted",),
            target="accepted",
            by=("unit_head", DIRECTOR),
            never=("handler", "answer_author"),
            needs=("answer_draft",),
            guard="_guard_cited",
        )
        return [approve, *super()._get_answer_transitions()]

    @api.model
    def _get_transition_lines(self, row):
        lines = super()._get_transition_lines(row)
        return (
            [*lines, "regulation_ids"] if row.name in ("approve", "answer") else lines
        )

    @api.model
    def _get_frozen_fields(self):
        before = ("draft", "submitted", "forwarded", "accepted")
        cited = ("regulation_ids", "no_rule_reason", "guidance_id")
        return super()._get_frozen_fields() | dict.fromkeys(cited, before)

    def _guard_cited(self, row, note):
        """The answer cites policy, or says that there is no rule, and why (S4.12)."""
        if self.regulation_ids or (self.no_rule_reason or "").strip():
            return []
        return [
            self.env._(
                "Please enter the regulation that the answer stands on, or why no rule "
                "applies."
            )
        ]

    def _guard_answer(self, row, note):
        return [*super()._guard_answer(row, note), *self._guard_cited(row, note)]

    def _after_approve(self, note):
        self._set(approver_id=self.env.uid)

    def _after_answer(self, note):
        """Count it as reuse where the library had the answer."""
        result = super()._after_answer(note)
        self.filtered("guidance_id").guidance_id._count_uses(self)
        return result

    def write(self, vals):
        """What was approved is what is answered: other grounds, another approval."""
        result = super().write(vals)
        if {"regulation_ids", "no_rule_reason"} & vals.keys():
            self.sudo().filtered("approver_id")._set(approver_id=False)
        return result

    @api.onchange("guidance_id")
    def _onchange_guidance_id(self):
        """Take the answer over from the library, to be fitted to the question."""
        guidance = self.guidance_id
        if guidance:
            self.answer_draft = self.answer_draft or guidance.answer
            self.regulation_ids |= guidance.regulation_ids

    # Guidance -------------------------------------------------------------------------

    def action_make_guidance(self):
        """Draft guidance of an answer that helps others, and open it.

        Question and answer are taken over without what tells who asked: a bar stands
        there. Whoever drafts it takes out the rest.

        :rtype: dict
        :raise UserError: before it is answered
        """
        self.ensure_one()
        self.check_access("read")
        if self.state not in ANSWERED:
            raise UserError(self.env._("Guidance is made of what has been answered."))
        guidance = self.guidance_ids.filtered(lambda one: one.state != "withdrawn")[:1]
        if not guidance:
            words = self._get_asker_words()
            guidance = guidance.create(
                {
                    "name": redact(self.name, words)[0],
                    "answer": redact(self.answer, words)[0],
                    "topic_id": self.topic_id.id,
                    "audience": "school" if self.school_id else "all",
                    "regulation_ids": self.regulation_ids.ids,
                    "consultation_id": self.id,
                    "company_id": self.company_id.id,
                }
            )
        return guidance._get_form_action()

    # Portal ---------------------------------------------------------------------------

    @api.model
    def _get_portal_title(self):
        return self.env._("Consultations")

    @api.model
    def _get_portal_hints(self):
        return super()._get_portal_hints() | {
            "card": self.env._("Ask about policy; the answer names the rule")
        }

    @api.model
    def _get_portal_words(self):
        words = super()._get_portal_words()
        return words | {
            "text": {
                "help": self.env._(
                    "A complaint is a petition and goes another way; what is asked "
                    "here is what the rules say."
                )
            }
        }

    @api.model
    def _may_send_in(self):
        """Let citizens ask, too, in their own name."""
        return super()._may_send_in() or not self.env.user._is_internal()

    @api.model
    def _get_public_states(self):
        waiting = self.env._("Waiting to Be Taken On")
        return {
            **dict.fromkeys(("submitted", "forwarded"), waiting),
            "accepted": self.env._("Being Worked On"),
            **dict.fromkeys(("answered", "rated"), self.env._("Already Answered")),
            **dict.fromkeys(("closed", "published"), self.env._("Closed")),
            "guided": self.env._("Guided Elsewhere"),
        }

    def _get_cited(self):
        if not self.date_answered:
            return []
        reason = (self.no_rule_reason or "").strip()
        return [
            *self.regulation_ids.mapped("display_name"),
            *(
                [self.env._("No rule applies: %(reason)s", reason=reason)]
                * bool(reason)
            ),
        ]

    # Figures --------------------------------------------------------------------------

    @api.model
    def _get_answered_domain(self, date_from, date_to):
        end = fields.Date.add(date_to, days=1)
        return Domain("date_answered", ">=", date_from) & Domain(
            "date_answered", "<", end
        )

    @api.model
    def _measure_days(self, date_from, date_to):
        """Return days used and number of answers of a period (K25)."""
        return self._measure_days_of(self._get_answered_domain(date_from, date_to))

    @api.model
    def _measure_days_of(self, domain):
        """Return days used and number of answers among some consultations."""
        return self._measure_span(domain, "date_submitted", "date_answered", DAY)
