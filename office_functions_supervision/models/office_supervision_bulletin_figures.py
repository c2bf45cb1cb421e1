# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime

from odoo.addons.office_functions.tools.transition import permit

from .office_supervision_bulletin import LEADER
from .office_supervision_rate import COUNTS, RATES


class OfficeSupervisionBulletin(models.Model):
    """The figures of a bulletin: taken from the tickets, true when it is approved.

    They are taken while it is drafted. If they have changed until a leader decides, the
    leader takes them anew, sees them and approves those; then they are frozen, with the
    tickets they were made of.
    """

    _inherit = "office.supervision.bulletin"

    date_figures = fields.Datetime("Figures Taken On", readonly=True, copy=False)
    may_take_figures = fields.Boolean(compute="_compute_may_take_figures")

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_figures"}

    @api.depends("state", "handler_id")
    @api.depends_context("uid")
    def _compute_may_take_figures(self):
        for bulletin in self:
            bulletin.may_take_figures = bulletin._may_take_figures()

    def _may_take_figures(self):
        """Tell whether the user may take the figures in its present state."""
        if self.state == "draft":
            return not self.id or self.has_access("write")
        return self.state == "submitted" and self.env.user.has_group(LEADER)

    def action_take_figures(self):
        """Take the figures of the period, and the ranking of all units, from the tickets.

        What was written about a unit stays.

        :raise UserError: without a period, or for who may not take them (any more)
        """
        self.check_access("read")
        for bulletin in self:
            if not bulletin._may_take_figures():
                raise UserError(
                    self.env._(
                        "Who drafts a bulletin takes its figures; once it is submitted, "
                        "the leader who decides. After that they are frozen."
                    )
                )
            if not bulletin.date_from or not bulletin.date_to:
                raise UserError(self.env._("Please give the period first."))
            bulletin.sudo()._take_figures()

    def _take_figures(self):
        """Write the ranking of the period into the lines."""
        self.ensure_one()
        figures = self._measure_figures()
        Ticket = self.env["office.supervision.ticket"]
        refs = Ticket._get_ranked_tickets(self.date_from, self.date_to, self.company_id)
        Line = self.env["office.supervision.bulletin.line"]
        lines = {line.department_id.id: line for line in self.line_ids}
        missing = [unit_id for unit_id in figures if unit_id not in lines]
        with permit(Line):
            new = Line.create(
                [
                    {"bulletin_id": self.id, "department_id": unit_id}
                    for unit_id in missing
                ]
            )
        lines |= {line.department_id.id: line for line in new}
        nothing = dict.fromkeys((*COUNTS, "points", "rank"), 0)
        with permit(Line.concat(*lines.values())):
            for unit_id, line in lines.items():
                line.write(
                    {**figures.get(unit_id, nothing), "ticket_refs": refs.get(unit_id)}
                )
        idle = self.line_ids.filtered(lambda ln: not (ln.ticket_refs or ln.verdict))
        with permit(idle):
            idle.unlink()
        with permit(self):
            self.date_figures = fields.Datetime.now()

    def _measure_figures(self):
        """Return the figures of the period as they are now.

        :return: unit id → dict of the counts, points and rank, 0 where there is none
        :rtype: dict[int, dict]
        """
        names = (*COUNTS, "points", "rank")
        ranking = self.env["office.supervision.ticket"]._rank_units(
            self.date_from, self.date_to, self.company_id
        )
        return {
            row["unit_id"]: {name: row[name] or 0 for name in names} for row in ranking
        }

    def _find_changed_units(self):
        """Return the units whose figures are no longer what the bulletin says.

        :rtype: hr.department
        """
        now = self._measure_figures()
        nothing = dict.fromkeys(COUNTS, 0)
        said = {line.department_id.id: line for line in self.line_ids}
        changed = [
            unit_id
            for unit_id in {*now, *said}
            if any(
                now.get(unit_id, nothing)[name]
                != (said[unit_id][name] if unit_id in said else 0)
                for name in COUNTS
            )
        ]
        return self.env["hr.department"].browse(sorted(changed))

    def _guard_submit(self, row, note):
        reasons = super()._guard_submit(row, note)
        if not self.date_figures:
            if self.date_from and self.date_to:
                reasons.append(self.env._("Take the figures of the period."))
            return reasons
        changed = self.sudo()._find_changed_units()
        if changed:
            reasons.append(
                self.env._(
                    "The figures have changed since they were taken on %(date)s: "
                    "%(units)s. Please take them anew and look at them.",
                    date=format_datetime(self.env, self.date_figures),
                    units=", ".join(changed.mapped("name")),
                )
            )
        return reasons

    def _get_totals(self):
        """Return the counts and rates of all units together.

        :return: the counts, and rates in percent or ``None``
        :rtype: dict
        """
        lines = self.sudo().line_ids
        totals = {name: sum(lines.mapped(name)) for name in COUNTS}
        for name, (numerator, denominator) in RATES.items():
            of = totals[denominator]
            totals[name] = round(100 * totals[numerator] / of, 1) if of else None
        return totals

    def action_download_figures(self):
        """Download the figures as a workbook.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/office/supervision/bulletin/{self.id}/figures.xlsx",
            "target": "download",
        }

    # Indicator ------------------------------------------------------------------------

    @api.model
    def _get_criticised_domain(self, date_from, date_to):
        """Return the bulletins sent out in a period that criticise a unit (S3.17)."""
        return (
            Domain("state", "=", "issued")
            & Domain("date_issued", ">=", date_from)
            & Domain("date_issued", "<=", date_to)
            & Domain("line_ids.verdict", "=", "criticism")
        )

    @api.model
    def _measure_criticised(self, date_from, date_to):
        """Return how often units were criticised in bulletins."""
        issued = self._get_criticised_domain(date_from, date_to)
        groups = self.line_ids._read_group(
            Domain("verdict", "=", "criticism") & Domain("bulletin_id", "any", issued),
            ["department_id"],
            ["__count"],
        )
        return [(unit.id, None, number, 0) for unit, number in groups]


class OfficeSupervisionTicket(models.Model):
    _inherit = "office.supervision.ticket"

    def _is_at_fault(self):
        """Tell whether anything about this ticket may be criticised.

        :rtype: bool
        """
        self.ensure_one()
        if "no" in (self.fast, self.accurate, self.solid):
            return True
        ladder = self._get_ladder()
        return bool(ladder.get("is_silent") or ladder.get("is_promise_broken"))
