# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from lxml.builder import E

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

DIRECTIONS = ("up", "down", "left", "right")


class OfficeCoordination(models.Model):
    """What coordination is measured by: settled, quick, and all sides satisfied."""

    _inherit = "office.coordination"

    satisfaction_up = fields.Float(
        "Satisfaction Above", compute="_compute_satisfaction", aggregator=None
    )
    satisfaction_down = fields.Float(
        "Satisfaction Below", compute="_compute_satisfaction", aggregator=None
    )
    satisfaction_left = fields.Float(
        "Satisfaction in the House", compute="_compute_satisfaction", aggregator=None
    )
    satisfaction_right = fields.Float(
        "Satisfaction beside Us", compute="_compute_satisfaction", aggregator=None
    )
    confirmed_share = fields.Integer(
        "Confirmed (%)", compute="_compute_confirmed_share", aggregator=None
    )
    rating_count = fields.Integer(
        "Number of Ratings", compute="_compute_satisfaction", aggregator=None
    )

    @api.depends("party_ids.rating", "party_ids.direction")
    def _compute_satisfaction(self):
        for record in self:
            rated = record.sudo().party_ids.filtered("date_rated")
            record.rating_count = len(rated)
            for direction in DIRECTIONS:
                stars = [
                    int(party.rating) for party in rated if party.direction == direction
                ]
                record[f"satisfaction_{direction}"] = sum(stars) / (len(stars) or 1)

    @api.depends("party_ids.date_confirmed")
    def _compute_confirmed_share(self):
        for record in self:
            parties = record.sudo().party_ids
            confirmed = len(parties.filtered("date_confirmed"))
            record.confirmed_share = 100 * confirmed // (len(parties) or 1)

    @api.model
    def _get_matter_filters(self):
        return [
            *super()._get_matter_filters(),
            (
                self.env._("Waits for a Ruling"),
                "for_leader",
                "[('state', '=', 'consulting'), ('level', '=', 'leader')]",
            ),
            (self.env._("Appeal Pending"), "appeal", "[('is_appeal_open', '=', True)]"),
            (self.env._("Quick"), "quick", "[('is_quick', '=', True)]"),
            (self.env._("Cases"), "cases", "[('experience', '!=', False)]"),
        ]

    @api.model
    def _get_default_search_view(self):
        """Let people look for cases by what was learnt."""
        view = super()._get_default_search_view()
        view.insert(1, E.field(name="experience"))
        return view

    @api.model
    def _get_default_pivot_view(self):
        """Count the kinds of coordination by what became of them (S2.7)."""
        return E.pivot(
            E.field(name="kind", type="row"),
            E.field(name="state", type="col"),
            sample="1",
        )

    # Indicators -----------------------------------------------------------------------

    @api.model
    def _get_raised_domain(self, date_from, date_to):
        return Domain("date", ">=", date_from) & Domain("date", "<=", date_to)

    @api.model
    def _get_quick_domain(self, date_from, date_to):
        quick = Domain("is_quick", "=", True)
        return self._get_raised_domain(date_from, date_to) & quick

    @api.model
    def _get_rated_domain(self, date_from, date_to):
        return Domain(
            "party_ids",
            "any",
            Domain("date_rated", ">=", date_from)
            & Domain("date_rated", "<", date_to + timedelta(days=1)),
        )

    @api.model
    def _measure_resolved(self, date_from, date_to):
        """Return closed ÷ raised in a period, quick ones left out (they are counted
        apart)."""
        domain = self._get_raised_domain(date_from, date_to)
        domain &= Domain("is_quick", "=", False)
        sums = {}
        for unit, user, state, number in self._read_group(
            domain, ["lead_unit_id", "handler_id", "state"], ["__count"]
        ):
            row = sums.setdefault((unit.id, user.id), [0, 0])
            row[0] += number if state == "closed" else 0
            row[1] += number
        return [(*key, *row) for key, row in sums.items()]

    @api.model
    def _measure_quick(self, date_from, date_to):
        """Return how many were settled without a meeting and closed by a note."""
        return [
            (unit.id, user.id, number, 0)
            for unit, user, number in self._read_group(
                self._get_quick_domain(date_from, date_to),
                ["lead_unit_id", "handler_id"],
                ["__count"],
            )
        ]

    @api.model
    def _measure_satisfaction(self, date_from, date_to):
        """Return stars and number of ratings, for the units that led."""
        self.env["office.coordination.party"].flush_model()
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT matter.lead_unit_id, matter.handler_id,
                          sum(party.rating::int), count(*)
                     FROM office_coordination_party party
                     JOIN office_coordination matter ON matter.id = party.coordination_id
                    WHERE party.date_rated >= %s AND party.date_rated < %s
                 GROUP BY matter.lead_unit_id, matter.handler_id""",
                date_from,
                date_to + timedelta(days=1),
            )
        )
