# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..tools.transition import is_permitted, permit
from .office_secrecy_mixin import OUTCOMES, SECRET_LEVELS

CEILINGS = {"secret": 10, "confidential": 20, "top_secret": 30}
"""Level → how many years it is kept at most, unless otherwise provided (第20条)."""

SETTLED = frozenset(
    {
        "secrecy_level",
        "secrecy_start",
        "secrecy_years",
        "secrecy_until",
        "secrecy_exception",
    }
)
"""What a review alone changes once the paper is in the register."""


class OfficeSecrecyPeriod(models.AbstractModel):
    """How long a paper stays secret, and its yearly review (保密法 第20、24条).

    A level has a longest period. Whoever goes beyond it says by which provision, and
    is named. Where no period is marked on the paper, the longest applies.
    """

    _inherit = "office.secrecy.mixin"

    secrecy_start = fields.Date(
        "Secret Since",
        compute="_compute_secrecy_start",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
    )
    secrecy_years = fields.Integer(
        "Secrecy Period",
        compute="_compute_secrecy_years",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
        help="Years, as marked on the paper; for a part of a year give the day of "
        "declassification instead.",
    )
    secrecy_until = fields.Date(
        "To Be Declassified On",
        compute="_compute_secrecy_until",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
    )
    secrecy_exception = fields.Char(
        "Longer by Provision",
        copy=False,
        help="Which provision lets it stay secret beyond the longest period of its "
        "level, and why it is needed here.",
    )
    secrecy_exception_by_id = fields.Many2one(
        "res.users",
        "Provision Named By",
        compute="_compute_secrecy_exception_by",
        store=True,
        precompute=True,
        copy=False,
    )
    date_secrecy_reviewed = fields.Date(
        "Last Yearly Review On", readonly=True, copy=False
    )
    date_declassified = fields.Date("Declassified On", readonly=True, copy=False)
    secrecy_review_due = fields.Date(
        "Yearly Review Due",
        compute="_compute_secrecy_review_due",
        store=True,
        precompute=True,
        copy=False,
        index="btree_not_null",
        help="A year after the last review, and when the period is over.",
    )
    secrecy_review_ids = fields.One2many(
        "office.secrecy.review",
        "res_id",
        "Yearly Reviews",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )

    def _get_secrecy_start(self):
        """Return since when a paper counts as secret that does not say so itself.

        :rtype: date
        """
        return fields.Date.context_today(self)

    @api.depends("secrecy_level")
    def _compute_secrecy_start(self):
        for paper in self:
            start = paper.secrecy_start or paper._get_secrecy_start()
            paper.secrecy_start = paper.is_secret and start

    @api.depends("secrecy_level")
    def _compute_secrecy_years(self):
        for paper in self:
            longest = CEILINGS.get(paper.secrecy_level, 0)
            paper.secrecy_years = min(paper.secrecy_years or longest, longest)

    @api.depends("secrecy_level", "secrecy_start", "secrecy_years")
    def _compute_secrecy_until(self):
        for paper in self:
            until = paper.secrecy_start and paper.secrecy_start + relativedelta(
                years=paper.secrecy_years
            )
            paper.secrecy_until = paper.is_secret and until

    @api.depends("secrecy_exception")
    def _compute_secrecy_exception_by(self):
        for paper in self:
            paper.secrecy_exception_by_id = paper.secrecy_exception and self.env.user

    @api.depends("secrecy_start", "secrecy_until", "date_secrecy_reviewed")
    def _compute_secrecy_review_due(self):
        for paper in self:
            last = paper.date_secrecy_reviewed or paper.secrecy_start
            known = paper.is_secret and last and paper.secrecy_until
            paper.secrecy_review_due = known and min(
                last + relativedelta(years=1), paper.secrecy_until
            )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "date_declassified",
            "date_secrecy_reviewed",
        }

    # The day of declassification follows from level, start and years.
    @api.constrains("secrecy_until", "secrecy_exception")
    def _check_secrecy_period(self):
        """Keep to the longest period of the level (保密法 第20条)."""
        gaps = []
        for paper in self.filtered("is_secret"):
            start, until = paper.secrecy_start, paper.secrecy_until
            longest = CEILINGS[paper.secrecy_level]
            if not start or not until or until < start or paper.secrecy_years < 0:
                gaps.append(
                    self.env._(
                        "%(paper)s: say since when it is secret, and when after that it "
                        "is to be declassified.",
                        paper=paper.display_name,
                    )
                )
            elif (
                until > start + relativedelta(years=longest)
                and not (paper.secrecy_exception or "").strip()
            ):
                gaps.append(
                    self.env._(
                        "%(paper)s: this level is kept for %(years)s years at most. "
                        "Shorten the period, or name the provision under “Longer by "
                        "Provision”.",
                        paper=paper.display_name,
                        years=longest,
                    )
                )
        if gaps:
            raise ValidationError("\n".join(gaps))

    def write(self, vals):
        if not SETTLED.isdisjoint(vals) and not is_permitted(self, vals):
            registered = self.filtered(lambda paper: paper.number and paper.is_secret)
            if registered:
                raise ValidationError(
                    self.env._(
                        "These are in the register: %(papers)s. Their level and period "
                        "change by “Yearly Review” only, which puts it on record.",
                        papers=", ".join(registered.mapped("display_name")),
                    )
                )
        return super().write(vals)

    def _get_secrecy_period(self):
        """Return the period as it is marked on paper: 10年, or 2029年12月31日前.

        :rtype: str
        """
        self.ensure_one()
        start, until = self.secrecy_start, self.secrecy_until
        if not start or not until:
            return ""
        if until == start + relativedelta(years=self.secrecy_years):
            return f"{self.secrecy_years}年"
        return f"{until.year}年{until.month}月{until.day}日前"

    # The yearly review ----------------------------------------------------------------

    @api.model
    def _get_matter_filters(self):
        this_year = (
            "[('secrecy_review_due', '<', "
            "(context_today() + relativedelta(years=1)).strftime('%Y-01-01'))]"
        )
        return [
            *super()._get_matter_filters(),
            (self.env._("Yearly Review Due This Year"), "secrecy_review", this_year),
        ]

    @api.model
    def _get_secrecy_unreviewed_domain(self):
        """Return the papers whose secrecy nobody has reviewed in time (第24条)."""
        today = fields.Date.context_today(self)
        return Domain("secrecy_review_due", "<", today)

    def _check_keeps_secrets(self):
        """Refuse who does not keep the register of secret papers, and other papers.

        :raise AccessError: for whoever is neither clerk, director nor leader
        :raise UserError: when some are no state secrets
        """
        self.check_access("read")
        keepers = ("group_office_clerk", "group_office_leader")
        if not any(
            self.env.user.has_group(f"office_functions.{group}") for group in keepers
        ):
            raise AccessError(
                self.env._("The office's clerks and the leaders keep this register.")
            )
        if others := self.filtered(lambda paper: not paper.is_secret):
            raise UserError(
                self.env._(
                    "Not state secrets: %(papers)s.",
                    papers=", ".join(others.mapped("display_name")),
                )
            )

    def review_secrecy(self, outcome, note, level=None, until=None, exception=None):
        """Put down that somebody reviewed whether a paper stays secret (第24条).

        :param str outcome: ``kept``, ``changed`` or ``declassified``
        :param str note: why
        :param str level: the new level, if it is changed
        :param date until: the new day of declassification, if it is changed
        :param str exception: the provision for a period beyond the longest
        :raise AccessError: for whoever does not keep the register
        :raise UserError: with all that is missing
        """
        self._check_keeps_secrets()
        lines = []
        for paper in self:
            vals = paper._prepare_review(outcome, note, level, until, exception)
            before = (paper.secrecy_level, paper.secrecy_until)
            with permit(paper):
                paper.sudo().with_context(tracking_disable=True).write(vals)
            lines.append(
                {
                    "res_model": paper._name,
                    "res_id": paper.id,
                    "outcome": outcome,
                    "note": note,
                    "level_before": before[0],
                    "until_before": before[1],
                    "level_after": paper.secrecy_level,
                    "until_after": paper.secrecy_until,
                    "user_id": self.env.uid,
                    "date": fields.Date.context_today(self),
                    "company_id": paper.company_id.id,
                }
            )
        self.env["office.secrecy.review"]._put_on_record(lines)

    def _prepare_review(self, outcome, note, level, until, exception):
        """Return what a review changes.

        :rtype: dict
        :raise UserError: with all that is missing
        """
        today = fields.Date.context_today(self)
        until = fields.Date.to_date(until)
        gaps = []
        if not isinstance(note, str) or not note.strip():
            gaps.append(self.env._("Please write down the reason."))
        if outcome not in [name for name, _label in OUTCOMES]:
            gaps.append(self.env._("Say what the review came to."))
        if outcome == "kept" and self.secrecy_until < today:
            gaps.append(
                self.env._(
                    "Its period is over: it is declassified, or its period is changed."
                )
            )
        if outcome == "changed" and (
            level not in (None, False, *SECRET_LEVELS)
            or ((level or self.secrecy_level), (until or self.secrecy_until))
            == (self.secrecy_level, self.secrecy_until)
        ):
            gaps.append(self.env._("Say which level or which period it has now."))
        if gaps:
            raise UserError("\n".join(gaps))
        vals = {"date_secrecy_reviewed": today}
        if outcome == "declassified":
            return vals | {"secrecy_level": "none", "date_declassified": today}
        if outcome == "changed":
            if exception:
                vals["secrecy_exception"] = exception
            vals["secrecy_level"] = level or self.secrecy_level
            vals["secrecy_until"] = until or self.secrecy_until
        return vals

    def action_review_secrecy(self):
        """Open the review of this paper's secrecy.

        :rtype: dict
        """
        self.ensure_one()
        self._check_keeps_secrets()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_secrecy_review_make_action"
        )
        return action | {
            "context": {
                "default_res_model": self._name,
                "default_res_id": self.id,
                "default_level": self.secrecy_level,
                "default_until": self.secrecy_until,
            }
        }
