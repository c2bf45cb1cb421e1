# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from .office_advice import INTERNAL


class HrDepartment(models.Model):
    """Which schools were visited this term, and which were not."""

    _inherit = "hr.department"

    visit_ids = fields.One2many(
        "office.research.visit", "school_id", "Field Visits", groups=INTERNAL
    )
    visit_count = fields.Integer(
        "Visits This Term", compute="_compute_visits", groups=INTERNAL
    )
    date_visited = fields.Date(
        "Last Visited On", compute="_compute_visits", groups=INTERNAL
    )
    is_visited = fields.Boolean(
        "Visited This Term",
        compute="_compute_visits",
        search="_search_is_visited",
        groups=INTERNAL,
    )

    @api.depends("visit_ids.date")
    @api.depends_context("company")
    def _compute_visits(self):
        """Count all visits: that somebody has been there is no secret."""
        begin = self.env["office.foreseen.event"]._get_term_start()
        Visit = self.env["office.research.visit"].sudo()
        here = Domain("school_id", "in", self.ids) & Domain(
            "company_id", "in", self.env.companies.ids
        )
        last = dict(Visit._read_group(here, ["school_id"], ["date:max"]))
        this_term = dict(
            Visit._read_group(
                here & Domain("date", ">=", begin), ["school_id"], ["__count"]
            )
        )
        for unit in self:
            unit.date_visited = last.get(unit._origin, False)
            unit.visit_count = this_term.get(unit._origin, 0)
            unit.is_visited = bool(unit.visit_count)

    def _search_is_visited(self, operator, value):
        if operator != "in":
            return NotImplemented
        begin = self.env["office.foreseen.event"]._get_term_start()
        visits = Domain("date", ">=", begin) & Domain(
            "company_id", "in", self.env.companies.ids
        )
        return Domain("visit_ids", "any!", visits)

    @api.model
    def get_visited_share(self):
        """Return how many schools there are, and how many were visited this term.

        :return: ``schools``, ``visited`` and ``share`` (percent, or ``None``)
        :rtype: dict
        """
        schools = Domain("unit_kind", "=", "school")
        number = self.search_count(schools)
        visited = self.search_count(schools & Domain("is_visited", "=", True))
        return {
            "schools": number,
            "visited": visited,
            "share": 100 * visited / number if number else None,
        }
