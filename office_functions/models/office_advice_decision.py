# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.transition import Transition
from .office_advice import INTERNAL

DECISIONS = ("adopted", "partly", "rejected", "deferred")
RATINGS = ("rating_heard", "rating_accurate", "rating_high", "relevance")
DIALOG = "office_functions.office_advice_decision_action"
OFF_THE_POINT = 2
"""Advice rated no higher than this for relevance goes back to who drafted it."""


class OfficeAdviceDecision(models.Model):
    """What the addressed leader decides on an advice, and how good they found it."""

    _inherit = "office.advice"

    decision = fields.Selection(
        [
            ("adopted", "Adopted"),
            ("partly", "Partly Adopted"),
            ("rejected", "Not Adopted"),
            ("deferred", "Deferred"),
        ],
        "Decision Taken",
        readonly=True,
        copy=False,
        groups=INTERNAL,
    )
    date_decided = fields.Date(
        "Decided On", readonly=True, copy=False, index=True, groups=INTERNAL
    )
    decision_reason = fields.Text(
        "Reason or Comment", readonly=True, copy=False, groups=INTERNAL
    )
    chosen_option_id = fields.Many2one(
        "office.advice.option",
        readonly=True,
        copy=False,
        groups=INTERNAL,
        index="btree_not_null",
    )
    date_deferred = fields.Date(
        "Deferred Until",
        readonly=True,
        copy=False,
        groups=INTERNAL,
        index="btree_not_null",
    )
    rating_heard = fields.Integer(
        "Heard", readonly=True, copy=False, aggregator="avg", groups=INTERNAL
    )
    rating_accurate = fields.Integer(
        "Accurate", readonly=True, copy=False, aggregator="avg", groups=INTERNAL
    )
    rating_high = fields.Integer(
        "High-Level", readonly=True, copy=False, aggregator="avg", groups=INTERNAL
    )
    relevance = fields.Integer(
        "To the Point", readonly=True, copy=False, aggregator="avg", groups=INTERNAL
    )
    drafter_averages = fields.Char(
        "Averages of the Proposer",
        compute="_compute_drafter_averages",
        groups=INTERNAL,
        help="What the leaders gave all advice of this person.",
    )

    @api.model
    def _get_decision_transitions(self):
        """Return the rows that are the addressed leader's alone."""
        decide = Transition(
            name="",
            label="",
            sources=("presented",),
            target="",
            by=("leader",),
            never=("drafter",),
            wizard=DIALOG,
        )
        return [
            decide.but(
                name="adopt",
                label=self.env._("Adopt"),
                target="adopted",
                style="primary",
            ),
            decide.but(
                name="adopt_partly",
                label=self.env._("Adopt in Part"),
                target="partly",
            ),
            decide.but(
                name="reject",
                label=self.env._("Do Not Adopt"),
                target="rejected",
                style="danger",
            ),
            decide.but(
                name="defer",
                label=self.env._("Defer"),
                target="deferred",
            ),
            decide.but(
                name="send_back",
                label=self.env._("Off the Point: Return"),
                target="draft",
                style="danger",
            ),
            Transition(
                name="resume",
                label=self.env._("Take Up Again"),
                sources=("deferred",),
                target="presented",
                by=("leader",),
                never=("drafter",),
                style="primary",
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "chosen_option_id",
            "date_decided",
            "date_deferred",
            "decision",
            "decision_reason",
            *RATINGS,
        }

    @api.depends("drafter_id")
    @api.depends_context("lang", "uid")
    def _compute_drafter_averages(self):
        names = RATINGS[:3]
        labels = self.sudo().fields_get(names, ["string"])
        found = {
            drafter: averages
            for drafter, *averages in self.sudo()._read_group(
                [
                    ("drafter_id", "in", self.drafter_id.ids),
                    ("rating_heard", ">", 0),
                    ("company_id", "in", self.env.companies.ids),
                ],
                ["drafter_id"],
                [f"{name}:avg" for name in names],
            )
        }
        for advice in self:
            averages = found.get(advice.drafter_id, [])
            advice.drafter_averages = " · ".join(
                f"{labels[name]['string']} {average:.1f}"
                for name, average in zip(names, averages, strict=False)
            )

    # Deciding -------------------------------------------------------------------------

    def decide(self, name, ratings, reason=False, option_id=False, date_deferred=False):
        """Decide on one advice, as the leader it is addressed to or their delegate.

        :param str name: ``adopt``, ``adopt_partly``, ``reject``, ``defer`` or
            ``send_back``
        :param dict ratings: ``rating_heard``, ``rating_accurate``, ``rating_high`` and
            ``relevance``, 1 to 5 each
        :param str reason: required unless it is adopted as it stands
        :param option_id: the chosen option of this advice (record or id), if any
        :param date_deferred: for ``defer``: when it comes back (date or ISO text)
        :raise UserError: with all that is missing
        """
        self.ensure_one()
        self.check_access("read")
        row = self._get_transition(name)
        if row.wizard != DIALOG:
            raise UserError(self.env._("This is no decision."))
        self._lock_for_transition()
        option = self.env["office.advice.option"].browse(
            getattr(option_id, "id", option_id) or []
        )
        try:
            date_deferred = fields.Date.to_date(date_deferred)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("This is no date.")) from error
        problems = self._explain_refusal(row) or [
            *self._explain_ratings(row, ratings),
            *self._explain_decision(row, reason, option, date_deferred),
        ]
        if problems:
            self._raise_problems({self: problems})
        principals = {self.id: self._get_authority(row)}
        self._apply_transition(
            row,
            reason,
            principals,
            **{rating: ratings[rating] for rating in RATINGS},
            chosen_option_id=option.id,
            decision_reason=reason,
            date_deferred=date_deferred if row.name == "defer" else False,
        )
        return True

    def _explain_ratings(self, row, ratings):
        """Return what is wrong with the ratings of a decision."""
        ratings = ratings if isinstance(ratings, dict) else {}
        missing = [name for name in RATINGS if ratings.get(name) not in range(1, 6)]
        if missing:
            labels = self.fields_get(missing, ["string"])
            return [
                self.env._(
                    "Please rate from 1 to 5: %(fields)s.",
                    fields=", ".join(labels[name]["string"] for name in missing),
                )
            ]
        is_off = ratings["relevance"] <= OFF_THE_POINT
        if is_off and row.name != "send_back":
            return [
                self.env._(
                    "Advice that misses the point (%(most)s or less) goes back to who "
                    "drafted it, with the reason.",
                    most=OFF_THE_POINT,
                )
            ]
        if row.name == "send_back" and not is_off:
            return [
                self.env._(
                    "Only advice that misses the point (%(most)s or less) goes back to "
                    "who drafted it.",
                    most=OFF_THE_POINT,
                )
            ]
        return []

    def _explain_decision(self, row, reason, option, date_deferred):
        """Return what else a decision lacks."""
        problems = []
        if reason and not isinstance(reason, str):
            problems.append(self.env._("The reason must be a text."))
        elif row.name in ("adopt_partly", "reject", "send_back"):
            if not (reason or "").strip():
                problems.append(self.env._("Please write down the reason."))
        if option and option not in self.option_ids:
            problems.append(self.env._("The chosen option belongs to other advice."))
        if row.name == "defer" and not (
            date_deferred and date_deferred > fields.Date.context_today(self)
        ):
            problems.append(
                self.env._("Please give the coming day on which it is taken up again.")
            )
        return problems

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        if row.target in DECISIONS:
            today = fields.Date.context_today(self)
            vals.update(decision=row.target, date_decided=today)
        elif row.target in ("presented", "draft"):
            vals.update(decision=False, date_decided=False, date_deferred=False)
        return vals

    def _after_defer(self, note):
        self._pause_clock(note or self.env._("Deferred"))

    def _after_send_back(self, note):
        self._pause_clock(note)

    def _after_resume(self, note):
        self._restart_clock(note or self.env._("Taken up again"))

    @api.model
    def _cron_resume_deferred(self, limit=1000):
        """Lay before the leaders again what was deferred until today, in batches."""
        due = [
            ("state", "=", "deferred"),
            ("date_deferred", "<=", fields.Date.context_today(self)),
        ]
        while advice := self.search(due, limit=limit):
            advice._pass_by_system("resume", self.env._("The day has come."))
            self.env["ir.cron"]._commit_progress(len(advice))
