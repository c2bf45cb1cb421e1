# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .office_supervision_rate import COUNTS, RATES


class OfficeSupervisionTicket(models.Model):
    """Tickets as they are counted: due, of no effect yet, and ranked by unit."""

    _inherit = "office.supervision.ticket"

    is_zero = fields.Boolean(
        "Not Carried Out",
        compute="_compute_is_zero",
        search="_search_is_zero",
        help="Its deadline is over and nothing was found carried out: that counts as "
        "nought, whatever was reported (零落实). What was reported in time and waits to "
        "be verified is not held against the unit.",
    )
    feedback_count = fields.Integer("Feedbacks", compute="_compute_feedback_count")

    # Nought ---------------------------------------------------------------------------

    @api.model
    def _get_zero_domain(self):
        """Return the tickets that are over and not carried out (S3.1).

        List, assessment and rates follow this one rule: what waits to be verified since
        a report in time is not held against the unit.

        :rtype: Domain
        """
        return (
            Domain("date_deadline", "<", fields.Date.context_today(self))
            & Domain("clock_start", "!=", False)
            & Domain("date_done", "=", False)
            & Domain("fast", "=", "no")
        )

    @api.depends("date_deadline", "clock_start", "date_done", "fast")
    def _compute_is_zero(self):
        zero = self.filtered_domain(self._get_zero_domain())
        for ticket in self:
            ticket.is_zero = ticket in zero

    def _search_is_zero(self, operator, value):
        if operator != "in":
            return NotImplemented
        zero = self._get_zero_domain()
        return zero if True in value else ~zero

    @api.depends("feedback_ids.state")
    def _compute_feedback_count(self):
        given = [("ticket_id", "in", self.ids), ("state", "!=", "draft")]
        counts = dict(
            self.env["office.supervision.feedback"]
            .sudo()
            ._read_group(given, ["ticket_id"], ["__count"])
        )
        for ticket in self:
            ticket.feedback_count = counts.get(ticket.sudo(), 0)

    def action_print_zero_list(self):
        """Print the zero list: of these tickets, or of all that the user may read.

        :rtype: dict
        """
        chosen = self or self.search([("is_zero", "=", True)])
        report = "office_functions_supervision.report_supervision_zero_list"
        return self.env.ref(report).report_action(None, data={"ticket_ids": chosen.ids})

    # Due ------------------------------------------------------------------------------

    @api.model
    def _get_due_condition(self):
        """Return the tickets that count as due: over, and done or late.

        What was done before its day counts from the day after it on, like what was not:
        else every month would begin with praise.

        :rtype: Domain
        """
        return (
            Domain("date_deadline", "<", fields.Date.context_today(self))
            & Domain("clock_start", "!=", False)
            & Domain("state", "!=", "terminated")
            & (Domain("date_done", "!=", False) | Domain("fast", "=", "no"))
        )

    @api.model
    def _get_due_domain(self, date_from, date_to):
        """Return the tickets that were due in a period.

        :param date date_from: first day
        :param date date_to: last day
        :rtype: Domain
        """
        return self._get_period_domain("date_deadline", date_from, date_to) & (
            self._get_due_condition()
        )

    @api.model
    def _get_checked_domain(self, date_from, date_to):
        """Return the tickets that were verified for the first time in a period.

        :rtype: Domain
        """
        return self._get_period_domain("date_first_check", date_from, date_to)

    @api.model
    def _get_looked_back_domain(self, date_from, date_to):
        """Return the tickets that somebody looked back at in a period.

        :rtype: Domain
        """
        looked_back = (
            Domain("kind", "=", "look_back")
            & Domain("state", "=", "concluded")
            & Domain("date", ">=", date_from)
            & Domain("date", "<=", date_to)
        )
        return Domain("active", "in", (True, False)) & Domain(
            "verification_ids", "any", looked_back
        )

    @api.model
    def _get_period_domain(self, name, date_from, date_to):
        """Return the tickets, archived ones too, with a date in a period."""
        return (
            Domain("active", "in", (True, False))
            & Domain(name, ">=", date_from)
            & Domain(name, "<=", date_to)
        )

    # Ranking --------------------------------------------------------------------------

    @api.model
    def _rank_units(self, date_from, date_to, company=None):
        """Rank the units that had tickets due, verified or looked back at in a period.

        The points are the mean of what could be measured of K15 (carried out), K16 (on
        time), K17 (first verification passed) and K18 (held). Equal points share a
        place; a unit of which nothing was due has none.

        Internal: it knows all tickets, whoever asks. Callers check who may see it.

        :param date date_from: first day
        :param date date_to: last day
        :param res.company company: whose tickets; the current one by default
        :return: a dict for each unit with ``unit_id``, ``name``, the counts
            (``due, done, on_time, on_time_original, checked, first_pass, looked_back,
            held``), ``rate_implemented``, ``rate_on_time``, ``rate_on_time_original``,
            ``rate_first_pass``, ``rate_held`` (percent, or ``None`` where nothing was
            there to measure), ``points`` and ``rank`` (or ``None``), best first
        :rtype: list[dict]
        """
        self.env.flush_all()
        rows = self.env.execute_query_dict(
            self.env["office.supervision.rate"]._get_ranking_sql(
                date_from, date_to, company or self.env.company
            )
        )
        names = ("name", *COUNTS, *RATES, "points", "rank")
        return [
            {"unit_id": row["lead_unit_id"], **{name: row[name] for name in names}}
            for row in rows
        ]

    @api.model
    def _get_ranked_tickets(self, date_from, date_to, company):
        """Return the tickets behind the figures of a ranking.

        :return: unit id → list of ticket ids
        :rtype: dict[int, list[int]]
        """
        self.env.flush_all()
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT lead_unit_id,
                              array_agg(DISTINCT ticket_ref ORDER BY ticket_ref)
                         FROM (%s) fact
                        WHERE date BETWEEN %s AND %s AND company_id = %s
                              AND lead_unit_id IS NOT NULL
                     GROUP BY lead_unit_id""",
                    self.env["office.supervision.rate"]._get_facts_sql(),
                    date_from,
                    date_to,
                    company.id,
                )
            )
        )

    # Indicators -----------------------------------------------------------------------

    @api.model
    def _measure_rate(self, date_from, date_to, rate):
        """Return the rows of one rate, by unit and person.

        :param str rate: a key of :data:`RATES`
        :rtype: list[tuple]
        """
        keys = ("lead_unit_id", "handler_id")
        numerator, denominator = RATES[rate]
        Rate = self.env["office.supervision.rate"]
        return [
            (*(row[key] for key in keys), row[numerator], row[denominator])
            for row in Rate._count(date_from, date_to, keys)
            if row[denominator]
        ]

    @api.model
    def _measure_implemented(self, date_from, date_to):
        return self._measure_rate(date_from, date_to, "rate_implemented")

    @api.model
    def _measure_on_time(self, date_from, date_to):
        return self._measure_rate(date_from, date_to, "rate_on_time")

    @api.model
    def _measure_on_time_original(self, date_from, date_to):
        return self._measure_rate(date_from, date_to, "rate_on_time_original")

    @api.model
    def _measure_first_pass(self, date_from, date_to):
        return self._measure_rate(date_from, date_to, "rate_first_pass")

    @api.model
    def _measure_held(self, date_from, date_to):
        return self._measure_rate(date_from, date_to, "rate_held")

    @api.model
    def _count_zero(self, date_from, date_to):
        """Return the tickets of a period that are over and not carried out, by unit.

        :return: unit id → number
        :rtype: dict[int, int]
        """
        period = self._get_period_domain("date_deadline", date_from, date_to)
        domain = period & self._get_zero_domain()
        groups = self._read_group(domain, ["lead_unit_id"], ["__count"])
        return {unit.id: number for unit, number in groups if unit}
