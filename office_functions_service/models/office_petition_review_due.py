# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.office_functions.tools.omission import Omission
from odoo.addons.office_functions.tools.transition import Transition, permit

from .office_petition import DIRECTOR, OFFICER

FURTHEST = 400
"""How many days back a time limit of at most a year can have begun."""
BACK_WITH_LEAD = ("replied", "review", "rereview")
"""States in which a joined petition goes back with the opinion that answered it."""
OPEN_REVIEW = [
    ("is_ours", "=", True),
    ("is_past", "=", False),
    ("date_decided", "=", False),
]
TO_REVIEW = [
    ("state", "in", ("review", "rereview")),
    ("review_ids", "any", OPEN_REVIEW),
]


class OfficePetition(models.Model):
    """No review of ours is late unseen, and what one revoked is handled again.

    (信访工作条例 第35、36条)
    """

    _inherit = "office.petition"

    @api.model
    def _get_transitions(self):
        return [
            *super()._get_transitions(),
            Transition(
                "handle_again",
                label=self.env._("Handle Again: Opinion Revoked"),
                sources=("review", "rereview"),
                target="handling",
                by=(OFFICER,),
                never=("complained",),
                guard="_guard_handle_again",
            ),
            Transition(
                "handle_again_joined",
                label=self.env._("Handled Again With the Leading One"),
                sources=BACK_WITH_LEAD,
                target="merged",
            ),
        ]

    @api.model
    def _get_transition_lines(self, row):
        lines = super()._get_transition_lines(row)
        if row.name in ("handle_again", "handle_again_joined"):
            return [*lines, "notice_ids", "review_ids"]
        return lines

    def _guard_handle_again(self, row, note):
        """Send back only what the review at hand revoked."""
        review = self._get_review(self.state)
        if review.date_decided and review.outcome == "revoked":
            return []
        return [self.env._("The review did not revoke the opinion.")]

    def _after_handle_again(self, note):
        """Let somebody else handle it, with a clock and a right to review of its own."""
        self._begin_anew()
        # Those that the same text answered wait for the next one.
        self.joined_ids.filtered(
            lambda one: (
                one.state in BACK_WITH_LEAD
                and one.opinion == one.lead_petition_id.opinion
            )
        )._pass_by_system("handle_again_joined")

    def _after_handle_again_joined(self, note):
        self._begin_anew()

    def _begin_anew(self):
        """Put the opinion and its reviews behind, and let the clock begin again."""
        reason = self.env._("The review revoked the opinion: it is handled again.")
        self._take_from_handler()
        reviews = self.review_ids.filtered(lambda review: not review.is_past)
        with permit(reviews):
            reviews.sudo().write({"is_past": True})
        opinions = self.sudo().notice_ids.filtered(
            lambda notice: notice.kind == "opinion"
        )
        opinions._supersede(reason)
        for company, petitions in self.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get("petition_handling", company)
            petitions._set(time_limit_id=limit.id, warn_days=limit.warn_days)
            petitions._move_deadline("restart", reason)

    # None is late unseen --------------------------------------------------------------

    @api.model
    def _get_late_review_domain(self):
        """Return the petitions whose review is ours and late (an omission, S2.26).

        Reports are no omissions, which all directors read: who is admitted to them is
        reminded.
        """
        late = Domain(OPEN_REVIEW) & Domain(
            "date_due", "<", fields.Date.context_today(self)
        )
        return (
            Domain(TO_REVIEW)
            & Domain("review_ids", "any", late)
            & Domain("is_report", "=", False)
        )

    @api.model
    def _cron_remind_reviews(self):
        """Remind who reviews before it is due, and the directors when it is late.

        Where nobody is named to review, the petition officers are reminded. Nobody is
        told of what is hidden from them, or twice of the same.
        """
        today = fields.Date.context_today(self)
        soon = self.env._("Review to be decided soon")
        late = self.env._("Review is overdue")
        waiting = self.sudo().search(Domain(TO_REVIEW), order="id")
        for company, petitions in waiting.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get(
                "petition_review_decided", company
            )
            horizon = today + timedelta(days=limit.warn_days)
            officers = self._get_overseers(company, (OFFICER,))
            directors = self._get_overseers(company, (DIRECTOR,))
            for petition in petitions:
                review = petition.review_ids.filtered_domain(OPEN_REVIEW)[:1]
                if review.date_due > horizon:
                    continue
                users, summary = review.reviewer_id or officers, soon
                if review.date_due < today:
                    users, summary = users | directors, late
                told = petition.activity_ids.filtered(
                    lambda activity, text=summary: activity.summary == text
                )
                petition._alert(users - told.user_id, summary)

    # Nobody asked ---------------------------------------------------------------------

    @api.model
    def _get_lapsed_domain(self):
        """Return the petitions whose review nobody asked for in time (第35、36条).

        Not what a review revoked: that is handled again.
        """
        found = Domain.FALSE
        for company in self.env["res.company"].sudo().search(Domain.TRUE):
            last = self._get_last_lapsed_day(company)
            replied = Domain("state", "=", "replied") & Domain(
                "date_opinion_delivered", "<=", last
            )
            reviewed = Domain("state", "=", "review") & Domain(
                "review_ids",
                "any",
                Domain("level", "=", "review")
                & Domain("is_past", "=", False)
                & Domain("outcome", "in", ("upheld", "changed"))
                & Domain("date_delivered", "<=", last),
            )
            found |= Domain("company_id", "=", company.id) & (replied | reviewed)
        return found

    @api.model
    def _get_last_lapsed_day(self, company):
        """Return the last day of delivery after which the time to ask is over.

        :param res.company company: whose calendar and time limit
        :rtype: date
        """
        today = fields.Date.context_today(self)
        limit = self.env["office.time.limit"]._get("petition_review_asked", company)
        over, running = today - timedelta(days=FURTHEST), today
        while (running - over).days > 1:
            middle = over + timedelta(days=(running - over).days // 2)
            if limit._count(middle, company).deadline < today:
                over = middle
            else:
                running = middle
        return over

    @api.model
    def _cron_lapse(self):
        """Close what nobody asked to review in time, one by one and harmlessly again."""
        for petition in self.search(self._get_lapsed_domain(), order="id"):
            petition._pass_by_system("lapse")
            self.env["ir.cron"]._commit_progress(1)


class OfficeOmission(models.Model):
    _inherit = "office.omission"

    @api.model
    def _get_omissions(self):
        return [
            *super()._get_omissions(),
            Omission(
                "petition_review_late",
                self.env._("Review not decided in time"),
                "office.petition",
                "_get_late_review_domain",
            ),
        ]


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_service_figures(self):
        return super()._get_service_figures() + self._make_figures(
            "office.petition",
            "office_functions_service.office_petition_action",
            [(self.env._("Reviews to Decide"), TO_REVIEW, "warning")],
        )
