# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .office_advice import INTERNAL

ADOPTED = {"adopted": 1.0, "partly": 1.0}
WEIGHTED = {"adopted": 1.0, "partly": 0.5}


class OfficeAdviceFigures(models.Model):
    """How much of the advice is adopted, unasked for, and early (K01, K02, K03)."""

    _inherit = "office.advice"

    days_early = fields.Integer(
        compute="_compute_days_early",
        store=True,
        copy=False,
        aggregator="avg",
        groups=INTERNAL,
        help="From handing in to the directive or event it is about; negative: late.",
    )
    is_dated = fields.Boolean(
        "Has a Day to Compare With",
        compute="_compute_days_early",
        store=True,
        copy=False,
        groups=INTERNAL,
    )
    early_text = fields.Char("How Early", compute="_compute_early_text")

    @api.depends("date_submitted", "foreseen_date", "directive_id.date")
    def _compute_days_early(self):
        for advice in self:
            day = advice.directive_id.date or advice.foreseen_date
            advice.is_dated = bool(day and advice.date_submitted)
            advice.days_early = (
                (day - advice.date_submitted).days if advice.is_dated else 0
            )

    @api.depends("days_early", "is_dated")
    @api.depends_context("lang")
    def _compute_early_text(self):
        for advice in self:
            days = advice.sudo().days_early
            if days > 0:
                advice.early_text = self.env._("%s days early", days)
            elif days < 0:
                advice.early_text = self.env._("%s days late", -days)
            else:
                advice.early_text = False

    # Adoption rate (K01) --------------------------------------------------------------

    @api.model
    def _get_overdue_decision_domain(self, day):
        """Return the advice that had waited too long for a decision on a day.

        :param date day: as of which day
        :rtype: Domain
        """
        company = self.env.company
        limit = self.env["office.time.limit"]._get("advice_decision", company)
        latest = day - timedelta(days=int(limit.amount))
        undecided = Domain("date_decided", "=", False) | Domain(
            "date_decided", ">", day
        )
        return (
            Domain("date_submitted", "<", latest)
            & Domain("state", "!=", "draft")
            & Domain("company_id", "in", self.env.companies.ids)
            & undecided
        )

    @api.model
    def _get_decided_domain(self, date_from, date_to):
        """Return what was decided during a period.

        :rtype: Domain
        """
        return (
            Domain("date_decided", ">=", date_from)
            & Domain("date_decided", "<=", date_to)
            & Domain("company_id", "in", self.env.companies.ids)
        )

    @api.model
    def _get_adoption_domain(self, date_from, date_to):
        """Return what counts for the adoption rate of a period.

        What was decided in it, and what lay undecided too long at its end.

        :rtype: Domain
        """
        return self._get_decided_domain(
            date_from, date_to
        ) | self._get_overdue_decision_domain(date_to)

    @api.model
    def _measure_adoption(self, date_from, date_to, weights=None):
        """Return adopted and decided advice by section and drafter (K01).

        :param date date_from: first day
        :param date date_to: last day
        :param dict weights: decision → what it counts; in part as much as in full,
            unless told otherwise
        :return: ``(unit id, user id, adopted, all)``
        :rtype: list[tuple]
        """
        weights = weights or ADOPTED
        by_person = ["lead_unit_id", "drafter_id"]
        rows = {}
        for unit, drafter, decision, number in self._read_group(
            self._get_decided_domain(date_from, date_to),
            [*by_person, "decision"],
            ["__count"],
        ):
            row = rows.setdefault((unit.id, drafter.id), [0, 0])
            row[0] += weights.get(decision, 0) * number
            row[1] += number
        for unit, drafter, number in self._read_group(
            self._get_overdue_decision_domain(date_to), by_person, ["__count"]
        ):
            rows.setdefault((unit.id, drafter.id), [0, 0])[1] += number
        return [(*key, *row) for key, row in rows.items()]

    @api.model
    def _measure_adoption_weighted(self, date_from, date_to):
        """Return the same where adoption in part counts half."""
        return self._measure_adoption(date_from, date_to, WEIGHTED)

    # Initiative (K02), earliness (K03) ------------------------------------------------

    @api.model
    def _get_submitted_domain(self, date_from, date_to):
        """Return the advice handed in during a period.

        :rtype: Domain
        """
        return (
            Domain("date_submitted", ">=", date_from)
            & Domain("date_submitted", "<=", date_to)
            & Domain("company_id", "in", self.env.companies.ids)
        )

    @api.model
    def _get_dated_domain(self, date_from, date_to):
        """Return the advice handed in during a period that has a day to compare with.

        :rtype: Domain
        """
        return self._get_submitted_domain(date_from, date_to) & Domain(
            "is_dated", "=", True
        )

    @api.model
    def _measure_initiative(self, date_from, date_to):
        """Return unasked and all advice by section and drafter (K02).

        :rtype: list[tuple]
        """
        rows = {}
        for unit, drafter, initiative, number in self._read_group(
            self._get_submitted_domain(date_from, date_to),
            ["lead_unit_id", "drafter_id", "initiative"],
            ["__count"],
        ):
            row = rows.setdefault((unit.id, drafter.id), [0, 0])
            row[0] += number if initiative == "self" else 0
            row[1] += number
        return [(*key, *row) for key, row in rows.items()]

    @api.model
    def _measure_days_early(self, date_from, date_to):
        """Return days early and number of advice by section and drafter (K03).

        :rtype: list[tuple]
        """
        return [
            (unit.id, drafter.id, days, number)
            for unit, drafter, days, number in self._read_group(
                self._get_dated_domain(date_from, date_to),
                ["lead_unit_id", "drafter_id"],
                ["days_early:sum", "__count"],
            )
        ]
