# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from functools import lru_cache

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

COUNTS = (
    "due",
    "done",
    "on_time",
    "on_time_original",
    "checked",
    "first_pass",
    "looked_back",
    "held",
)
"""What is counted; each rate is made of two of them."""

RATES = {
    "rate_implemented": ("done", "due"),
    "rate_on_time": ("on_time", "due"),
    "rate_on_time_original": ("on_time_original", "due"),
    "rate_first_pass": ("first_pass", "checked"),
    "rate_held": ("held", "looked_back"),
}
"""Rate → numerator and denominator (K15, K16 by both deadlines, K17, K18)."""

POINTED = ("rate_implemented", "rate_on_time", "rate_first_pass", "rate_held")
"""The rates whose mean ranks the units."""


class OfficeSupervisionRate(models.Model):
    """What units and persons are measured by: one row for each fact, K15 to K18.

    A ticket is a fact on the day of its present deadline, once that is over, when it is
    done or late; another on the day it was first verified; and one for each look-back. Pauses and
    granted extensions move the deadline. Nothing is due while a ticket is suspended, nor
    while a report that came in time waits to be verified: nobody is blamed for the time
    of others. What was terminated is of no account; what was archived counts, so that no
    figure gets better by putting a ticket away.

    The rows are the same for everybody, restricted tickets among them; who may not read
    a ticket learns nothing of it but that it counts.
    """

    _name = "office.supervision.rate"
    _description = "Supervision Rates"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "lead_unit_id"
    _see_all_groups = (
        "office_functions.group_office_clerk",
        "office_functions.group_office_leader",
        "office_functions_supervision.group_office_supervisor",
    )
    _depends = {
        "office.supervision.ticket": [
            "state",
            "company_id",
            "lead_unit_id",
            "handler_id",
            "source_type",
            "clock_start",
            "date_deadline",
            "date_done",
            "date_reported",
            "open_deadline",
            "is_paused",
            "is_on_time",
            "is_on_time_original",
            "accurate",
            "date_first_check",
        ],
        "office.supervision.verification": ["kind", "state", "result", "date"],
    }

    date = fields.Date("Counted On", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    lead_unit_id = fields.Many2one("hr.department", "Unit", readonly=True)
    handler_id = fields.Many2one("res.users", "Person", readonly=True)
    source_type = fields.Selection(
        lambda self: (
            self.env["office.supervision.ticket"]
            ._fields["source_type"]
            ._description_selection(self.env)
        ),
        "Source",
        readonly=True,
    )
    ticket_ref = fields.Integer("Ticket Id", readonly=True, aggregator=None)
    due = fields.Integer("Due in the Period", readonly=True)
    done = fields.Integer("Carried Out", readonly=True)
    on_time = fields.Integer("Carried Out on Time", readonly=True)
    on_time_original = fields.Integer(
        "Carried Out by the Original Deadline", readonly=True
    )
    checked = fields.Integer("Verified for the First Time", readonly=True)
    first_pass = fields.Integer("Passed at Once", readonly=True)
    looked_back = fields.Integer("Looked Back At", readonly=True)
    held = fields.Integer("Still Held", readonly=True)
    rate_implemented = fields.Float(
        "Implementation Rate %", readonly=True, aggregator="avg", digits=(5, 1)
    )
    rate_on_time = fields.Float(
        "On-time Rate %", readonly=True, aggregator="avg", digits=(5, 1)
    )
    rate_on_time_original = fields.Float(
        "On-time Rate by the Original Deadline %",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
    )
    rate_first_pass = fields.Float(
        "First-pass Rate %", readonly=True, aggregator="avg", digits=(5, 1)
    )
    rate_held = fields.Float(
        "Holding Rate %", readonly=True, aggregator="avg", digits=(5, 1)
    )

    @property
    def _table_query(self):
        rates = SQL(", ").join(
            SQL(
                "100.0 * %s / NULLIF(%s, 0) AS %s",
                SQL.identifier(numerator),
                SQL.identifier(denominator),
                SQL.identifier(name),
            )
            for name, (numerator, denominator) in RATES.items()
        )
        return SQL("SELECT *, %s FROM (%s) fact", rates, self._get_facts_sql())

    @api.model
    def _get_facts_sql(self):
        """Return the query of all facts, one part for each of the three kinds.

        A condition on the date or the unit reaches the indexes of each part.

        :rtype: SQL
        """
        tickets = self.env["office.supervision.ticket"].sudo()
        tickets = tickets.with_context(active_test=False)
        due = tickets._search(tickets._get_due_condition())
        checked = tickets._search(Domain("date_first_check", "!=", False))
        due.order = checked.order = None
        common = SQL(
            """company_id, lead_unit_id, handler_id, source_type,
               office_supervision_ticket.id AS ticket_ref"""
        )
        return SQL(
            """%s UNION ALL %s UNION ALL
               SELECT look.id * 3 + 2, look.date,
                      office_supervision_ticket.company_id, lead_unit_id, handler_id,
                      source_type, office_supervision_ticket.id,
                      0, 0, 0, 0, 0, 0, 1, (look.result = 'pass')::int
                 FROM office_supervision_verification look
                 JOIN office_supervision_ticket
                   ON office_supervision_ticket.id = look.ticket_id
                WHERE look.kind = 'look_back' AND look.state = 'concluded'""",
            due.select(
                SQL("office_supervision_ticket.id * 3 AS id, date_deadline AS date"),
                common,
                SQL(
                    """1 AS due, (date_done IS NOT NULL)::int AS done,
                       COALESCE(is_on_time, FALSE)::int AS on_time,
                       COALESCE(is_on_time_original, FALSE)::int AS on_time_original,
                       0 AS checked, 0 AS first_pass, 0 AS looked_back, 0 AS held"""
                ),
            ),
            checked.select(
                SQL("office_supervision_ticket.id * 3 + 1, date_first_check"),
                common,
                SQL("0, 0, 0, 0, 1, (accurate = 'yes')::int, 0, 0"),
            ),
        )

    def _read_group_select(self, aggregate_spec, query):
        """Make a rate of many rows from their sums, not from the mean of their rates."""
        name, _colon, function = aggregate_spec.partition(":")
        if name not in RATES or function != "avg":
            return super()._read_group_select(aggregate_spec, query)
        numerator, denominator = (
            self._field_to_sql(self._table, column, query) for column in RATES[name]
        )
        return SQL("100.0 * sum(%s) / NULLIF(sum(%s), 0)", numerator, denominator)

    def _read_group_empty_value(self, spec):
        """Leave a rate of nothing empty: nought would blame somebody."""
        if spec.partition(":")[0] in RATES:
            return False
        return super()._read_group_empty_value(spec)

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Order by the units' names without joining every fact to them.

        A pivot looks the names up for its groups, not for each of their rows.
        """
        if field_name != "lead_unit_id":
            return super()._order_field_to_sql(
                alias, field_name, direction, nulls, query
            )
        name = self._get_unit_name_sql(self._field_to_sql(alias, field_name, query))
        return SQL("%s %s %s", name, direction, nulls)

    @api.model
    def _get_unit_name_sql(self, unit_id):
        """Return the name of a unit, in the user's language.

        All names are read once: a look-up for each row would keep PostgreSQL from
        counting the facts in parallel.

        :param SQL unit_id: its id
        :rtype: SQL
        """
        name = self.env["hr.department"]._field_to_sql("unit", "name")
        return SQL(
            "((SELECT jsonb_object_agg(unit.id, %s) FROM hr_department unit)"
            " ->> (%s)::text)",
            name,
            unit_id,
        )

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        """Write each unit and each month once, however many groups have it."""
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)

        @lru_cache(maxsize=None, typed=True)
        def write(value):
            label, domain = formatter(value)
            return label, Domain(domain)

        return write

    @api.model
    def _get_need_to_know_domain(self, operation):
        """The office, supervisors and leaders see all; others their units or own."""
        domain = Domain("company_id", "in", self.env.companies.ids)
        if any(map(self.env.user.has_group, self._see_all_groups)):
            return domain
        tokens = self.env.user._get_office_tokens()
        units = [int(token[1:]) for token in tokens if token.startswith("d")]
        mine = Domain("handler_id", "=", self.env.uid)
        return domain & (mine | Domain("lead_unit_id", "in", units))

    def action_open_ticket(self):
        """Open the ticket behind a row; the user's own rights hold.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        return (
            self.env["office.supervision.ticket"]
            .browse(self.ticket_ref)
            ._get_form_action()
        )

    # Counts and ranking ---------------------------------------------------------------

    @api.model
    def _count(self, date_from, date_to, keys, company=None):
        """Return what is counted in a period.

        Internal: it knows all tickets, whoever asks. Callers check who may see it.

        :param date date_from: first day
        :param date date_to: last day
        :param tuple keys: what to count by: ``lead_unit_id``, ``handler_id`` …
        :param res.company company: only its tickets; ``None``: of all companies
        :return: dicts of the keys and :data:`COUNTS`
        :rtype: list[dict]
        """
        self.env.flush_all()
        return self.env.execute_query_dict(
            self._get_counts_sql(date_from, date_to, keys, company)
        )

    @api.model
    def _get_counts_sql(self, date_from, date_to, keys, company=None):
        return SQL(
            """SELECT %(keys)s, %(sums)s FROM (%(facts)s) fact
                WHERE date BETWEEN %(begin)s AND %(end)s
                      AND (%(company)s::int IS NULL OR company_id = %(company)s)
             GROUP BY %(keys)s""",
            keys=SQL(", ").join(map(SQL.identifier, keys)),
            sums=SQL(", ").join(
                SQL("sum(%s)::int AS %s", SQL.identifier(name), SQL.identifier(name))
                for name in COUNTS
            ),
            facts=self._get_facts_sql(),
            begin=date_from,
            end=date_to,
            company=company.id if company else None,
        )

    @api.model
    def _get_ranking_sql(self, date_from, date_to, company):
        """Return the query of the units' names, counts, rates, points and places."""
        rates = SQL(", ").join(
            SQL(
                "round(100.0 * %s / NULLIF(%s, 0), 1)::float AS %s",
                SQL.identifier(numerator),
                SQL.identifier(denominator),
                SQL.identifier(name),
            )
            for name, (numerator, denominator) in RATES.items()
        )
        return SQL(
            """
            WITH counted AS (%(counts)s),
                 rated AS (
                     SELECT counted.*, %(rates)s FROM counted
                      WHERE lead_unit_id IS NOT NULL),
                 pointed AS (
                     SELECT rated.*,
                            CASE WHEN due > 0 THEN (
                                SELECT round(avg(rate)::numeric, 1)::float
                                  FROM unnest(ARRAY[%(pointed)s]) rate
                            ) END AS points
                       FROM rated)
            SELECT *, %(name)s AS name,
                   CASE WHEN points IS NOT NULL
                        THEN rank() OVER (ORDER BY points DESC NULLS LAST)
                   END AS rank
              FROM pointed
          ORDER BY points DESC NULLS LAST, due DESC, lead_unit_id""",
            name=self._get_unit_name_sql(SQL("lead_unit_id")),
            counts=self._get_counts_sql(date_from, date_to, ("lead_unit_id",), company),
            rates=rates,
            pointed=SQL(", ").join(map(SQL.identifier, POINTED)),
        )
