# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

YES_NO = [("yes", "Yes"), ("no", "No")]
VERIFIED_STATES = ("completed", "closed")
"""The states in which a ticket counts as carried out; in any other its score is 0."""


class OfficeSupervisionTicket(models.Model):
    """Fast, accurate, solid (快、准、实): three lights, and the score they make.

    Nobody types a light. Fast follows from the dates, accurate from the first
    verification, solid from the latest look-back; what is not known yet has no light.
    """

    _inherit = "office.supervision.ticket"

    fast = fields.Selection(
        YES_NO,
        compute="_compute_fast",
        search="_search_fast",
        help="Done by the present deadline; no as soon as it is late. While it waits to "
        "be verified, the day of the report counts (快).",
    )
    accurate = fields.Selection(
        YES_NO,
        "Right at Once",
        compute="_compute_verification_facts",
        store=True,
        precompute=True,
        copy=False,
        help="The first verification passed (准).",
    )
    date_first_check = fields.Date(
        "First Verified On",
        compute="_compute_verification_facts",
        store=True,
        precompute=True,
        copy=False,
    )
    solid = fields.Selection(
        YES_NO,
        compute="_compute_verification_facts",
        store=True,
        precompute=True,
        copy=False,
        help="It still held at the look-back (实).",
    )
    date_looked_back = fields.Date(
        "Looked Back On",
        compute="_compute_verification_facts",
        store=True,
        precompute=True,
        copy=False,
    )
    score = fields.Integer(
        compute="_compute_score",
        store=True,
        precompute=True,
        copy=False,
        aggregator="avg",
        help="Nought until it is verified, whatever was reported. Then what was carried "
        "out counts like each of the three lights that are known.",
    )

    _first_check_idx = models.Index(
        "(date_first_check) WHERE date_first_check IS NOT NULL"
    )

    @api.depends("date_done", "is_on_time", "open_deadline", "date_reported")
    def _compute_fast(self):
        today = fields.Date.context_today(self)
        for ticket in self:
            if ticket.state == "terminated":
                ticket.fast = False
            elif ticket.date_done:
                ticket.fast = "yes" if ticket.is_on_time else "no"
            elif ticket.open_deadline:
                ticket.fast = "no" if ticket.open_deadline < today else False
            else:
                reported, due = ticket.date_reported, ticket.date_deadline
                late = reported and due and reported > due and not ticket.is_paused
                ticket.fast = "no" if late else False

    def _search_fast(self, operator, value):
        if operator != "in":
            return NotImplemented
        known = [light for light in value if light]

        def to_sql(tickets, alias, query):
            fast = tickets._field_to_sql(alias, "fast", query)
            found = SQL("%s = ANY(%s)", fast, known)
            return SQL("(%s OR %s IS NULL)", found, fast) if False in value else found

        return Domain.custom(
            to_sql=to_sql, predicate=lambda ticket: ticket.fast in value
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "fast":
            return super()._field_to_sql(alias, field_expr, query)
        names = (
            "state",
            "date_done",
            "is_on_time",
            "open_deadline",
            "is_paused",
            "date_reported",
            "date_deadline",
        )
        return SQL(
            """CASE WHEN %(state)s = 'terminated' THEN NULL
                    WHEN %(date_done)s IS NOT NULL
                    THEN CASE WHEN %(is_on_time)s THEN 'yes' ELSE 'no' END
                    WHEN %(open_deadline)s IS NOT NULL
                    THEN CASE WHEN %(open_deadline)s < %(today)s THEN 'no' END
                    WHEN %(is_paused)s IS NOT TRUE
                         AND %(date_reported)s > %(date_deadline)s THEN 'no'
               END""",
            today=fields.Date.context_today(self),
            **{name: self._field_to_sql(alias, name, query) for name in names},
        )

    @api.depends("verification_ids.state", "verification_ids.result")
    def _compute_verification_facts(self):
        words = {"pass": "yes", "fail": "no"}
        for ticket in self:
            concluded = ticket.sudo().verification_ids.filtered(
                lambda verification: verification.state == "concluded"
            )
            concluded = concluded.sorted("id")
            first = concluded.filtered(lambda v: v.kind == "check")[:1]
            last = concluded.filtered(lambda v: v.kind == "look_back")[-1:]
            ticket.accurate = words.get(first.result, False)
            ticket.date_first_check = first.date
            ticket.solid = words.get(last.result, False)
            ticket.date_looked_back = last.date

    @api.depends("state", "is_on_time", "accurate", "solid")
    def _compute_score(self):
        for ticket in self:
            ticket.score = 0
            if ticket.state in VERIFIED_STATES:
                fast = "yes" if ticket.is_on_time else "no"
                lights = [fast, ticket.accurate, ticket.solid]
                known = [light for light in lights if light]
                ticket.score = round(100 * (1 + known.count("yes")) / (1 + len(known)))
