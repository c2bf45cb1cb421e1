# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import SQL


class OfficeStepTime(models.Model):
    """How long each step of each kind of matter takes, month by month (S2.23).

    Read from the transition log. A step that takes a fifth longer than the month
    before is flagged.
    """

    _name = "office.step.time"
    _description = "Time per Step"
    _auto = False
    _order = "month desc, res_model, state"
    _rec_name = "state_label"
    _depends = {"office.transition": ["date", "res_model", "seconds", "state_from"]}

    month = fields.Date(readonly=True)
    res_model = fields.Selection(
        selection="_selection_res_model", string="Kind of Matter", readonly=True
    )
    state = fields.Char("Step Code", readonly=True)
    state_label = fields.Char("Step", compute="_compute_state_label")
    transition_count = fields.Integer("Times Made", readonly=True)
    days = fields.Float("Mean Days", readonly=True, aggregator="avg")
    days_before = fields.Float("Month Before", readonly=True, aggregator="avg")
    is_risen = fields.Boolean(
        "Slower", readonly=True, help="It took a fifth longer than the month before."
    )
    company_id = fields.Many2one("res.company", readonly=True)

    @api.model
    def _selection_res_model(self):
        return [
            (name, self.env["ir.model"]._get_office_label(name))
            for name in self.env["office.workflow.mixin"]._get_matter_models()
        ]

    @property
    def _table_query(self):
        return SQL(
            """
            WITH step AS (
                SELECT min(id) AS id, date_trunc('month', date)::date AS month,
                       res_model, state_from AS state, company_id,
                       count(*) AS transition_count, avg(seconds) / 86400.0 AS days
                  FROM office_transition
                 WHERE state_from IS NOT NULL
              GROUP BY date_trunc('month', date), res_model, state_from, company_id
            ),
            pair AS (
                SELECT step.*,
                       CASE WHEN lag(month) OVER step_of = (month - interval '1 month')::date
                            THEN lag(days) OVER step_of END AS days_before
                  FROM step
                WINDOW step_of AS (
                       PARTITION BY res_model, state, company_id ORDER BY month)
            )
            SELECT *, COALESCE(days_before > 0 AND days > days_before * 1.2, FALSE)
                      AS is_risen
              FROM pair
            """
        )

    @api.depends("res_model", "state")
    @api.depends_context("lang")
    def _compute_state_label(self):
        for model, lines in self.grouped("res_model").items():
            states = dict(
                self.env[model]._fields["state"]._description_selection(self.env)
            )
            for line in lines:
                line.state_label = states.get(line.state, line.state)
