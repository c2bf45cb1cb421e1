# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.tools import SQL


class OfficePetitionCount(models.Model):
    """How many petitions there are, for those who may not see each of them (A5).

    Month, class and state, and a number: no subject, no person, no unit.
    """

    _name = "office.petition.count"
    _description = "Number of Petitions"
    _auto = False
    _order = "month desc, petition_class, state"
    _rec_name = "month"

    month = fields.Date("Month Received", readonly=True)
    petition_class = fields.Selection(
        [
            ("suggestion", "Suggestion or Opinion"),
            ("report", "Report or Accusation"),
            ("claim", "Claim or Appeal"),
        ],
        "Class of Petition",
        readonly=True,
    )
    state = fields.Selection(
        selection=lambda self: (
            self.env["office.petition"]
            ._fields["state"]
            ._description_selection(self.env)
        ),
        readonly=True,
    )
    number = fields.Integer("Number of Petitions", readonly=True, aggregator="sum")
    company_id = fields.Many2one("res.company", readonly=True)

    @property
    def _table_query(self):
        self.env["office.petition"].flush_model()
        return SQL(
            """SELECT min(id) AS id, month, petition_class, state, company_id,
                      count(*)::int AS number
                 FROM (SELECT id, state, company_id,
                              date_trunc('month', create_date)::date AS month,
                              CASE WHEN is_report THEN 'report'
                                   ELSE petition_class END AS petition_class
                         FROM office_petition
                        WHERE company_id IN %s) petition
             GROUP BY month, petition_class, state, company_id""",
            tuple(self.env.companies.ids) or (0,),
        )
