# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.office_functions.tools.transition import is_permitted

DECISION = {"outcome", "text", "legal_basis", "date_decided"}
HEARING = {"hearing_from", "hearing_to"}
ASKED_STATES = {
    "review": ("review", "rereview", "finalised"),
    "rereview": ("rereview", "finalised"),
}


class OfficePetitionReview(models.Model):
    """By whom, when and within which days a review is decided (第35、36条)."""

    _inherit = "office.petition.review"

    @api.constrains("hearing_from", "hearing_to", "date_asked")
    def _check_hearing(self):
        """Let a hearing be held within the time of the review, and once (第35条)."""
        for review in self:
            first, last = review.hearing_from, review.hearing_to
            if not (first or last):
                continue
            company = review.petition_id.company_id
            limit = self.env["office.time.limit"]._get(
                "petition_review_decided", company
            )
            due = limit._count(review.date_asked, company).deadline
            if not (first and last and review.date_asked <= first <= due) or (
                last > limit._count(first, company).deadline
            ):
                raise ValidationError(
                    self.env._(
                        "A hearing has a first and a last day, begins within the time "
                        "of the review, and lasts no longer than that."
                    )
                )

    def _check_settled(self, vals):
        """Refuse to change when it was asked for, or to gain days that have run out.

        :raise ValidationError: saying which
        """
        if is_permitted(self, vals):
            return
        today = fields.Date.context_today(self)
        for review in self:
            asked = review.petition_id.state in ASKED_STATES[review.level]
            moved = "petition_id" in vals and (
                vals["petition_id"] != review.petition_id.id
            )
            if moved or (asked and {"date_asked", "level"} & vals.keys()):
                raise ValidationError(
                    self.env._("When and by whom a review was asked for is settled.")
                )
            if HEARING & vals.keys() and review.date_due < today:
                raise ValidationError(
                    self.env._("The time of the review has run out already.")
                )

    def _check_reviewer_decides(self):
        """Let nobody but its reviewer write a decision of ours, on the day itself.

        :raise ValidationError: for anybody else, and for another day
        """
        today = fields.Date.context_today(self)
        for review in self.sudo().filtered("is_ours"):
            if any(review[name] for name in DECISION) and (
                review.reviewer_id != self.env.user
                or (review.date_decided or today) != today
            ):
                raise ValidationError(
                    self.env._(
                        "Only the reviewer decides a review of ours, and on the day on "
                        "which it is written down."
                    )
                )

    def write(self, vals):
        """Keep what was settled, and who decides."""
        self.check_access("write")
        self._check_settled(vals)
        result = super().write(vals)
        if not DECISION.isdisjoint(vals):
            self._check_reviewer_decides()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        reviews = super().create(vals_list)
        reviews._check_reviewer_decides()
        return reviews

    def action_decide(self):
        """Ask the reviewer for the decision.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions_service.office_petition_decide_action"
        )
        return {**action, "context": {"default_review_id": self.id}}

    def action_print(self):
        """Print the opinion of this review.

        :rtype: dict
        """
        self.ensure_one()
        report = self.env.ref("office_functions_service.report_f10_petition_review")
        return report.report_action(self)


class OfficePetition(models.Model):
    """How a petitioner contests an opinion."""

    _inherit = "office.petition"

    def _takes_review(self):
        """Tell whether its opinion is reviewed at all (第31条第6项、第35条).

        What takes another way is contested by the law of that way.

        :rtype: bool
        """
        self.ensure_one()
        return self.petition_class == "claim" and self.route == "petition"

    def _get_remedy_line(self):
        """Return how the petitioner contests the opinion, and until when.

        :rtype: str
        """
        self.ensure_one()
        if self.petition_class != "claim" or self.state not in ("replied", "closed"):
            return ""
        if not self._takes_review():
            return self.env._(
                "If you do not agree, you may contest this by the ways and within the "
                "time that the law of that procedure gives: %(law)s",
                law=self.way_basis or "",
            )
        day = self._get_last_day_to_ask(self.date_opinion_delivered)
        return self.env._(
            "If you do not agree, you may ask %(organ)s in writing for a review until "
            "%(day)s (信访工作条例 第三十五条).",
            organ=self.company_id.petition_review_organ
            or self.env._("the organ above us"),
            day=self._show_date(day),
        )
