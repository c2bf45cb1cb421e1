# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..tools.similarity import ALIKE, compare, find_alike

CANDIDATES = 500
"""Running directives of the same units that are looked at while somebody types."""


class OfficeDirective(models.Model):
    """Unity of orders (政令统一): two directives on one matter, with two deadlines."""

    _inherit = "office.directive"

    conflict_ids = fields.Many2many(
        "office.directive",
        string="Conflicting Directives",
        compute="_compute_conflicts",
        help="They give the same units the same matter, with another deadline.",
    )
    conflict_note = fields.Char(compute="_compute_conflicts")
    is_in_conflict = fields.Boolean(
        "In Conflict",
        compute="_compute_is_in_conflict",
        search="_search_is_in_conflict",
    )

    @api.depends("name", "lead_unit_id", "assisting_unit_ids", "date_deadline")
    @api.depends_context("uid", "lang")
    def _compute_conflicts(self):
        for directive in self:
            found = directive._find_conflicts()
            seen = found.with_env(self.env)._filtered_access("read")
            directive.conflict_ids = seen
            directive.conflict_note = bool(found) and directive._describe_conflicts(
                found, found - seen.sudo()
            )

    def _find_conflicts(self):
        """Return the running directives that give the same units the same matter.

        :return: in superuser mode, whoever may read them
        :rtype: office.directive
        """
        directives = self.sudo().browse()
        units = (self.lead_unit_id | self.assisting_unit_ids)._origin
        closed = self.state in self._clock_stop_states
        if not (self.name and units and self.date_deadline) or closed:
            return directives
        others = directives.search_fetch(
            self._get_conflict_domain(units.ids, self.company_id)
            & Domain("date_deadline", "!=", self.date_deadline)
            & Domain("id", "!=", self._origin.id),
            ["name"],
            limit=CANDIDATES,
            order="id desc",
        )
        return others.filtered(lambda other: compare(other.name, self.name) >= ALIKE)

    @api.model
    def _get_conflict_domain(self, unit_ids, company):
        return (
            Domain("date_done", "=", False)
            & Domain("date_deadline", "!=", False)
            & Domain("company_id", "=", (company or self.env.company).id)
            & (
                Domain("lead_unit_id", "in", unit_ids)
                | Domain("assisting_unit_ids", "in", unit_ids)
            )
        )

    def _describe_conflicts(self, found, hidden):
        """Return the sentence that shows both dates."""
        shown = "；".join(
            self.env._(
                "%(name)s, by %(date)s (%(leader)s)",
                name=other.display_name,
                date=format_date(self.env, other.date_deadline),
                leader=other.leader_id.name,
            )
            for other in found - hidden
        )
        rest = hidden and self.env._(
            "%(count)s that you may not read: please ask the director",
            count=len(hidden),
        )
        return self.env._(
            "This one is due by %(date)s. On the same matter there is: %(others)s.",
            date=format_date(self.env, self.date_deadline),
            others="；".join(filter(None, [shown, rest])),
        )

    # The list of open conflicts -------------------------------------------------------

    @api.depends("name", "lead_unit_id", "assisting_unit_ids", "date_deadline", "state")
    def _compute_is_in_conflict(self):
        ids = self._get_conflicting_ids() if self else set()
        for directive in self:
            directive.is_in_conflict = directive._origin.id in ids

    @api.model
    def _search_is_in_conflict(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("id", "in", list(self._get_conflicting_ids()))

    @api.model
    def _get_conflicting_ids(self):
        """Return the ids of the running directives that stand against another one.

        One query: what runs, once for each unit that it binds.

        :rtype: set[int]
        """
        self.env["office.directive"].flush_model()
        relation = self._fields["assisting_unit_ids"]
        rows = self.env.execute_query(
            SQL(
                """WITH running AS (
                       SELECT id, name, date_deadline, company_id, lead_unit_id
                         FROM office_directive
                        WHERE date_done IS NULL AND date_deadline IS NOT NULL AND active
                          AND company_id IN %(companies)s
                   )
                   SELECT lead_unit_id, company_id, id, name, date_deadline
                     FROM running WHERE lead_unit_id IS NOT NULL
                    UNION
                   SELECT rel.%(unit)s, company_id, id, name, date_deadline
                     FROM running JOIN %(rel)s rel ON rel.%(directive)s = running.id""",
                companies=tuple(self.env.companies.ids),
                rel=SQL.identifier(relation.relation),
                unit=SQL.identifier(relation.column2),
                directive=SQL.identifier(relation.column1),
            )
        )
        by_unit = {}
        for unit_id, company_id, directive_id, name, deadline in rows:
            names, deadlines = by_unit.setdefault((unit_id, company_id), ({}, {}))
            names[directive_id], deadlines[directive_id] = name, deadline
        return {
            directive_id
            for names, deadlines in by_unit.values()
            for pair in find_alike(names)
            if deadlines[pair[0]] != deadlines[pair[1]]
            for directive_id in pair
        }

    # Indicator K08 --------------------------------------------------------------------

    @api.model
    def _get_overdue_domain(self, date_from, date_to):
        """Return the directives that were open past their deadline at a period's end."""
        end = min(date_to + timedelta(days=1), fields.Date.context_today(self))
        return (
            Domain("clock_start", "!=", False)
            & Domain("date_deadline", "<", end)
            & Domain("is_paused", "=", False)
            & (Domain("date_done", "=", False) | Domain("date_done", ">", date_to))
            & Domain("state", "not in", self._clock_waiting_states)
        )

    @api.model
    def _measure_overdue(self, date_from, date_to):
        """Return the overdue directives by unit and handler (K08)."""
        return [
            (unit.id, user.id, number, 0)
            for unit, user, number in self._read_group(
                self._get_overdue_domain(date_from, date_to),
                ["lead_unit_id", "handler_id"],
                ["__count"],
            )
        ]
