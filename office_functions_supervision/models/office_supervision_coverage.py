# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

MONTHS = 24
"""How far back the coverage is shown, this month included."""
COUNTED = {
    "ticket_count": "office.supervision.ticket",
    "inspection_count": "office.supervision.inspection",
    "directive_count": "office.directive",
    "incoming_count": "office.document.incoming",
    "outgoing_count": "office.document.outgoing",
    "information_count": "office.information",
}


class OfficeSupervisionCoverage(models.Model):
    """Which duty was touched in which month, and by how many matters of which kind.

    A matter touches its duties in every month from its beginning to its end. The months
    of a duty are those since it was entered; of one that was archived, those before.

    Counts are known to whoever may read the report, whatever matters they may read:
    a number tells nothing of a restricted matter.
    """

    _name = "office.supervision.coverage"
    _description = "Coverage of Duties"
    _auto = False
    _rec_name = "duty_item_id"
    _order = "month desc, lead_unit_id, duty_item_id"
    _depends = {
        "office.duty.item": [
            "active",
            "company_id",
            "create_date",
            "lead_unit_id",
            "owner_id",
            "write_date",
        ],
        "office.duty.touch": ["date", "date_end", "duty_item_id", "res_model"],
    }

    duty_item_id = fields.Many2one("office.duty.item", "Duty", readonly=True)
    lead_unit_id = fields.Many2one("hr.department", "Unit", readonly=True)
    owner_id = fields.Many2one("res.users", "Owner (A)", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    month = fields.Date(readonly=True)
    is_touched = fields.Boolean("Touched", readonly=True)
    coverage = fields.Float(
        "Coverage %",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Duties touched, of all duties.",
    )
    touched_count = fields.Integer("Duties Covered", readonly=True)
    blank_count = fields.Integer("Blank Spots", readonly=True)
    touch_count = fields.Integer("Matters", readonly=True)
    ticket_count = fields.Integer("Tickets", readonly=True)
    inspection_count = fields.Integer("Inspections", readonly=True)
    directive_count = fields.Integer("Directives", readonly=True)
    incoming_count = fields.Integer("Incoming Documents", readonly=True)
    outgoing_count = fields.Integer("Outgoing Documents", readonly=True)
    information_count = fields.Integer("Information Reports", readonly=True)
    other_count = fields.Integer("Other Matters", readonly=True)

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        first = today.replace(day=1) - relativedelta(months=MONTHS - 1)
        counts = {
            name: SQL("count(*) FILTER (WHERE res_model = %s)", model)
            for name, model in COUNTED.items()
        }
        counts["other_count"] = SQL(
            "count(*) FILTER (WHERE res_model <> ALL(%s))", [*COUNTED.values()]
        )
        columns = SQL(", ").join(
            SQL("%s AS %s", count, SQL.identifier(name))
            for name, count in counts.items()
        )
        shown = SQL(", ").join(
            SQL("COALESCE(%s, 0) AS %s", SQL.identifier("hit", n), SQL.identifier(n))
            for n in counts
        )
        return SQL(
            """SELECT item.id * 4096::bigint
                      + (extract(year FROM day.month)::int - 2000) * 12
                      + extract(month FROM day.month)::int AS id,
                      item.id AS duty_item_id, item.lead_unit_id, item.owner_id,
                      item.company_id, day.month,
                      hit.number IS NOT NULL AS is_touched,
                      CASE WHEN hit.number IS NULL THEN 0 ELSE 100 END::float8
                          AS coverage,
                      (hit.number IS NOT NULL)::int AS touched_count,
                      (hit.number IS NULL)::int AS blank_count,
                      COALESCE(hit.number, 0) AS touch_count, %(shown)s
                 FROM office_duty_item item
           CROSS JOIN (SELECT month::date
                         FROM generate_series(%(first)s::date, %(today)s::date,
                                              interval '1 month') AS month) day
            LEFT JOIN (SELECT duty_item_id, span.month::date AS month,
                              count(*) AS number, %(columns)s
                         FROM office_duty_touch
           CROSS JOIN LATERAL generate_series(
                                  date_trunc('month', GREATEST(date, %(first)s)),
                                  LEAST(GREATEST(COALESCE(date_end, %(today)s), date), %(today)s),
                                  interval '1 month') AS span (month)
                        WHERE date <= %(today)s
                          AND (date_end IS NULL OR date_end >= %(first)s)
                     GROUP BY 1, 2) hit
                      ON hit.duty_item_id = item.id AND hit.month = day.month
                WHERE day.month >= date_trunc('month', %(created)s)
                  AND (item.active OR day.month < date_trunc('month', %(archived)s))""",
            **self.env["office.duty.item"]._get_span_sql(),
            shown=shown,
            columns=columns,
            first=first,
            today=today,
        )

    def action_open_touches(self):
        """Open the matters that touched this duty in this month, as far as one may.

        :rtype: dict
        """
        self.ensure_one()
        domain = Domain("duty_item_id", "=", self.duty_item_id.id)
        domain &= Domain("date", "<", self.month + relativedelta(months=1))
        domain &= Domain("date_end", "=", False) | Domain("date_end", ">=", self.month)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions_supervision.office_duty_touch_action"
        )
        action["domain"] = list(domain)
        return action

    @api.model
    def _get_blank_domain(self, date_from, date_to):
        """Return the blank months of duties in a period, which lower K20.

        :param date date_from: first day
        :param date date_to: last day
        :rtype: Domain
        """
        return (
            Domain("month", ">=", date_from.replace(day=1))
            & Domain("month", "<=", date_to)
            & Domain("is_touched", "=", False)
        )

    @api.model
    def _measure_coverage(self, date_from, date_to):
        """Return the rows of K20; see :meth:`OfficeDutyItem._measure_coverage`."""
        return self.env["office.duty.item"]._measure_coverage(date_from, date_to)
