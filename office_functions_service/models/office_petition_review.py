# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.office_functions.tools.transition import Transition, is_permitted

LEVELS = {"review": "2", "rereview": "3"}
GUARDED = {"date_due", "is_ours", "is_past"}
TAKING_ON = ("accept", "assign", "join")
"""The steps by which a petition is taken on."""


class OfficePetitionReview(models.Model):
    """The review of an opinion, or its re-review (复查、复核; R-PET-7).

    Asked for within 30 days of the written reply, decided within 30; the time of a
    hearing is not counted (信访工作条例 第35、36条). Decided by us, or by another organ
    whose document is put down here. A decision is never changed.
    """

    _name = "office.petition.review"
    _inherit = ["office.part.mixin"]
    _description = "Review of an Opinion"
    _order = "petition_id, level"
    _rec_name = "level"
    _whole = "petition_id"

    petition_id = fields.Many2one(
        "office.petition", required=True, index=True, ondelete="cascade"
    )
    level = fields.Selection(
        [("review", "Petition Review"), ("rereview", "Petition Re-Review")],
        "Level of the Review",
        required=True,
    )
    is_ours = fields.Boolean(
        "Ours to Decide",
        compute="_compute_is_ours",
        store=True,
        readonly=True,
        help="By the level at which our organ sits.",
    )
    date_asked = fields.Date(
        "Asked For On", required=True, default=fields.Date.context_today
    )
    reviewer_id = fields.Many2one(
        "res.users", "Petition Reviewer", help="Had no part in what is reviewed (A2)."
    )
    organ = fields.Char("Reviewing Organ")
    document_number = fields.Char("Number of Its Document")
    hearing_from = fields.Date()
    hearing_to = fields.Date("Hearing Until")
    date_due = fields.Date(
        "Decision Due", compute="_compute_date_due", store=True, readonly=True
    )
    outcome = fields.Selection(
        [
            ("upheld", "Opinion Upheld"),
            ("changed", "Opinion Changed"),
            ("revoked", "Opinion Revoked"),
        ]
    )
    text = fields.Text("Facts and Decision")
    legal_basis = fields.Char()
    date_decided = fields.Date("Decided On")
    date_delivered = fields.Date("Served On")
    is_past = fields.Boolean(
        "Of an Earlier Opinion",
        readonly=True,
        copy=False,
        help="It revoked that opinion; the new one may be reviewed again.",
    )

    _level_uniq = models.UniqueIndex(
        "(petition_id, level) WHERE is_past IS NOT TRUE",
        "This level of review is there already.",
    )
    _open_idx = models.Index("(date_due) WHERE is_ours AND date_decided IS NULL")
    _hearing_ordered = models.Constraint(
        "CHECK(hearing_to >= hearing_from)", "A hearing ends after it begins."
    )

    @api.depends("level", "petition_id.our_level")
    def _compute_is_ours(self):
        for review in self:
            review.is_ours = LEVELS.get(review.level) == review.petition_id.our_level

    @api.depends("date_asked", "hearing_from", "hearing_to")
    def _compute_date_due(self):
        for review in self:
            due = False
            if review.date_asked:
                company = review.petition_id.company_id or self.env.company
                limit = self.env["office.time.limit"]._get(
                    "petition_review_decided", company
                )
                due = limit._count(review.date_asked, company).deadline
                if review.hearing_from and review.hearing_to:
                    due += review.hearing_to - review.hearing_from
                    due = fields.Date.add(due, days=1)
            review.date_due = due

    @api.constrains("reviewer_id")
    def _check_reviewer(self):
        """Let nobody review what they had a part in, or what is against them (A2)."""
        for review in self.sudo():
            who = review.reviewer_id
            if who and who in review.petition_id._get_handled_by(review):
                raise ValidationError(
                    self.env._(
                        "%(who)s had a part in the handling: somebody else reviews it.",
                        who=who.name,
                    )
                )
            if who and review.petition_id._is_hidden_from(who):
                raise ValidationError(
                    self.env._("%(who)s cannot review this petition.", who=who.name)
                )

    @api.constrains("date_asked", "date_decided", "date_delivered")
    def _check_dates(self):
        today = fields.Date.context_today(self)
        for review in self:
            days = [review.date_asked, review.date_decided, review.date_delivered]
            told = [day for day in days if day]
            if told != sorted(told) or any(day > today for day in told):
                raise ValidationError(
                    self.env._(
                        "It is asked for, then decided, then delivered, and none of it "
                        "lies ahead."
                    )
                )

    def write(self, vals):
        """Take no change of a decision; its delivery is put down once it was made."""
        if not GUARDED.isdisjoint(vals) and not is_permitted(self, vals):
            raise ValidationError(
                self.env._("Whose it is, and by when, is said by the rules alone.")
            )
        decided = self.filtered("date_decided")
        if decided and not is_permitted(decided, vals):
            late = vals.keys() - {"date_delivered"}
            if late or any(review.date_delivered for review in decided):
                raise ValidationError(
                    self.env._("What a review decided is not changed any more.")
                )
        result = super().write(vals)
        if "date_decided" in vals:
            self._check_decision()
        return result

    @api.model
    def default_get(self, fields):
        """Let no context and no saved default say what the rules say."""
        return super().default_get([name for name in fields if name not in GUARDED])

    @api.model_create_multi
    def create(self, vals_list):
        # The index of levels reads the table.
        self.flush_model(["is_past"])
        reviews = super().create(
            [
                {name: value for name, value in vals.items() if name not in GUARDED}
                for vals in vals_list
            ]
        )
        reviews.filtered("date_decided")._check_decision()
        return reviews

    def _check_decision(self):
        """Refuse half a decision, and ours by anybody but its reviewer.

        :raise ValidationError: naming all that is missing
        """
        for review in self.filtered("date_decided"):
            needed = ["outcome", "text"]
            needed += (
                ["reviewer_id", "legal_basis"]
                if review.is_ours
                else ["organ", "document_number"]
            )
            missing = [name for name in needed if not review[name]]
            if missing:
                labels = self.fields_get(missing, ["string"])
                raise ValidationError(
                    self.env._(
                        "A decision wants all of it: %(fields)s.",
                        fields=", ".join(labels[name]["string"] for name in missing),
                    )
                )

    def decide(self, outcome, text, legal_basis):
        """Decide our review as its reviewer.

        :param str outcome: ``upheld``, ``changed`` or ``revoked``
        :param str text: facts and decision
        :param str legal_basis: regulation and article
        :raise UserError: for anybody but the reviewer, or where it is not ours
        :raise ValidationError: for half a decision
        """
        self.ensure_one()
        self.check_access("read")
        review = self.sudo()
        if not self.is_ours or review.reviewer_id != self.env.user:
            raise UserError(self.env._("Only the reviewer decides a review of ours."))
        if review.date_decided:
            raise UserError(self.env._("This review is decided already."))
        review.write(
            {
                "outcome": outcome,
                "text": text,
                "legal_basis": legal_basis,
                "date_decided": fields.Date.context_today(self),
            }
        )

    def _get_addressee(self):
        """Return whom the opinion is addressed to: the name for who may know it.

        The look is put on record; of reports the print names nobody.

        :rtype: str
        """
        self.ensure_one()
        petition = self.petition_id
        identity = petition.identity_ids[:1]
        if not identity or petition.is_report or not identity._may_reveal():
            return identity.person_masked or "信访人"
        return identity.reveal().get("person") or "信访人"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ever(self):
        raise UserError(self.env._("A review belongs to the record of the petition."))


class OfficePetition(models.Model):
    """An opinion may be reviewed once and re-reviewed once, then it is final (M5)."""

    _inherit = "office.petition"

    our_level = fields.Selection(
        [("1", "Handles"), ("2", "Petition Review"), ("3", "Petition Re-Review")],
        default="1",
        required=True,
        help="At which of the three levels our organ sits in this petition.",
    )
    review_ids = fields.One2many(
        "office.petition.review", "petition_id", "Reviews and Re-Reviews", copy=False
    )
    same_as_id = fields.Many2one(
        "office.petition",
        "Same Facts and Reasons As",
        index="btree_not_null",
        copy=False,
        check_company=True,
        help="A petition that is final: it is not accepted again.",
    )

    @api.model
    def _get_transitions(self):
        officer = "office_functions.group_office_petition"
        return [
            *super()._get_transitions(),
            Transition(
                "ask_review",
                label=self.env._("Review Asked For"),
                # Closed early, it is still asked for within the days of the law.
                sources=("replied", "closed"),
                target="review",
                by=(officer,),
                guard="_guard_ask_review",
            ),
            Transition(
                "ask_rereview",
                label=self.env._("Re-Review Asked For"),
                sources=("review",),
                target="rereview",
                by=(officer,),
                guard="_guard_ask_review",
            ),
            Transition(
                "finalise",
                label=self.env._("Close as Final"),
                sources=("rereview",),
                target="finalised",
                by=(officer,),
                guard="_guard_finalise",
            ),
            Transition(
                "lapse",
                label=self.env._("No Review Was Asked For"),
                sources=("replied", "review"),
                target="closed",
            ),
        ]

    @api.model
    def _get_transition_lines(self, row):
        lines = super()._get_transition_lines(row)
        if row.name in ("ask_review", "ask_rereview", "finalise", "lapse"):
            return [*lines, "review_ids"]
        return lines

    @api.depends("review_ids.reviewer_id")
    def _compute_office_parties(self):
        return super()._compute_office_parties()

    def _get_parties(self):
        """Let who reviews it read what they decide on."""
        reviewers = self.sudo().review_ids.reviewer_id
        return super()._get_parties() | {f"u{user_id}" for user_id in reviewers.ids}

    def _get_review(self, level):
        return self.review_ids.filtered(
            lambda review: review.level == level and not review.is_past
        )

    def _get_handled_by(self, review):
        """Return who had a part in what a review is about: the handling, and for the
        re-review the review too.

        :rtype: res.users
        """
        self.ensure_one()
        steps = self.transition_ids.filtered(
            lambda step: step.name not in ("ask_review", "ask_rereview")
        )
        others = self.review_ids - review
        return self.handler_id | steps.user_id | steps.principal_id | others.reviewer_id

    def _get_delivery_day(self):
        """Return the day on which the last opinion reached the petitioner.

        :return: a day, or false while it was not delivered
        :rtype: date
        """
        self.ensure_one()
        if self.state == "review":
            return self._get_review("review").date_delivered
        if "date_opinion_delivered" in self._fields:
            return self["date_opinion_delivered"]
        return fields.Datetime.context_timestamp(self, self.state_since).date()

    def _get_last_day_to_ask(self, start):
        """Return the last day on which a review may be asked for (第35、36条).

        :param date start: the day of delivery
        :rtype: date
        """
        limit = self.env["office.time.limit"]._get(
            "petition_review_asked", self.company_id
        )
        return limit._count(start, self.company_id).deadline

    def _guard_ask_review(self, row, note):
        level = row.target
        review = self._get_review(level)
        if not review:
            return [
                self.env._(
                    "Please add the line of the review: who asked, when, which organ."
                )
            ]
        reasons = []
        if not self._takes_review():
            reasons.append(
                self.env._("Only opinions of the petition procedure are reviewed.")
            )
        if self.state == "closed" and review.date_decided:
            reasons.append(self.env._("This review is decided already."))
        if level == "rereview" and not self._get_review("review").date_decided:
            reasons.append(self.env._("The review is not decided yet."))
        delivered = self._get_delivery_day()
        if not delivered:
            reasons.append(self.env._("The opinion was not delivered yet."))
        else:
            last = self._get_last_day_to_ask(delivered)
            if review.date_asked < delivered:
                reasons.append(
                    self.env._(
                        "It cannot be asked for before the opinion is delivered."
                    )
                )
            if review.date_asked > last:
                reasons.append(
                    self.env._(
                        "It had to be asked for until %(day)s; after that the opinion "
                        "stands.",
                        day=last,
                    )
                )
        return reasons

    def _guard_finalise(self, row, note):
        review = self._get_review("rereview")
        if not review.date_decided:
            return [self.env._("The re-review is not decided yet.")]
        if review.outcome == "revoked":
            return [self.env._("The opinion was revoked: it is handled again.")]
        return []

    def _explain_closed(self, row):
        """Take on nothing again that is final (第36条第3款)."""
        reasons = super()._explain_closed(row)
        same = self.sudo().same_as_id
        if row.name in TAKING_ON and same.state == "finalised":
            shown = same.sudo(False).has_access("read")
            reasons = [
                *reasons,
                self.env._(
                    "The same facts and reasons were decided in the end by %(number)s: "
                    "it is not accepted again.",
                    number=(same.number or same.id) if shown else "—",
                ),
            ]
        return reasons
