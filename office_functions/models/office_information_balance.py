# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import SQL, format_date


class OfficeInformationBalance(models.Model):
    """Good and bad news by unit and quarter (S1.33): who reports good news only."""

    _name = "office.information.balance"
    _description = "Balance of Good and Bad News"
    _auto = False
    _order = "quarter desc, id"
    _depends = {
        "office.information": [
            "company_id",
            "lead_unit_id",
            "date_submitted",
            "direction",
            "nature",
        ]
    }

    company_id = fields.Many2one("res.company", readonly=True)
    lead_unit_id = fields.Many2one("hr.department", readonly=True)
    quarter = fields.Date("Quarter Begins", readonly=True)
    quarter_name = fields.Char("Quarter", compute="_compute_quarter_name")
    total = fields.Integer("Reports Submitted", readonly=True)
    good = fields.Integer("Good News", readonly=True)
    bad = fields.Integer("Bad News", readonly=True)
    neutral = fields.Integer(readonly=True)
    bad_share = fields.Float("Share of Bad News %", readonly=True, aggregator=None)
    is_one_sided = fields.Boolean("Good News Only", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """SELECT min(id) AS id, company_id, lead_unit_id,
                      date_trunc('quarter', date_submitted)::date AS quarter,
                      count(*) AS total,
                      count(*) FILTER (WHERE nature = 'good') AS good,
                      count(*) FILTER (WHERE nature = 'bad') AS bad,
                      count(*) FILTER (WHERE nature = 'neutral') AS neutral,
                      100.0 * count(*) FILTER (WHERE nature = 'bad') / count(*)
                          AS bad_share,
                      count(*) FILTER (WHERE nature = 'bad') = 0 AS is_one_sided
                 FROM office_information
                WHERE direction = 'up' AND date_submitted IS NOT NULL
                      AND lead_unit_id IS NOT NULL
             GROUP BY company_id, lead_unit_id, date_trunc('quarter', date_submitted)"""
        )

    @api.depends("quarter")
    @api.depends_context("lang")
    def _compute_quarter_name(self):
        for balance in self:
            balance.quarter_name = self.env._(
                "%(quarter)s of %(year)s",
                quarter=format_date(self.env, balance.quarter, date_format="QQQQ"),
                year=balance.quarter and balance.quarter.year,
            )

    def action_open_reports(self):
        """Open the reports behind a line.

        :rtype: dict
        """
        self.ensure_one()
        end = fields.Date.end_of(self.quarter, "quarter")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_information_action"
        )
        Information = self.env["office.information"]
        domain = Information._get_submitted_domain(self.quarter, end)
        domain &= fields.Domain("lead_unit_id", "=", self.lead_unit_id.id)
        return {**action, "domain": list(domain), "context": {}}
