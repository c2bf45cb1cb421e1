# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import SQL

FEWEST = 3
"""Fewer are not counted out, nor by unit: a difference would tell of one, or of whom."""


class OfficePetitionCount(models.Model):
    """How many petitions there are, for those who may not see each of them (A5).

    Month, class and state, and a number: no subject, no person, no unit. Reports by
    year only, and not when they are few; and to who reads petitions, of the others only
    those that they read anyway: the difference would tell what is hidden from them.
    """

    _name = "office.petition.count"
    _description = "Number of Petitions"
    _auto = False
    _order = "month desc, petition_class, state"
    _rec_name = "month"

    month = fields.Date("Month Received", readonly=True, help="Of reports: the year.")
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
    period = fields.Char("Month or Year", compute="_compute_period")
    number_text = fields.Char("Number in Words", compute="_compute_number_text")
    company_id = fields.Many2one("res.company", readonly=True)

    @api.depends("month", "petition_class")
    def _compute_period(self):
        for count in self:
            is_year = count.petition_class == "report"
            count.period = count.month.strftime("%Y" if is_year else "%Y-%m")

    @api.depends("number", "petition_class")
    def _compute_number_text(self):
        for count in self:
            few = count.petition_class == "report" and not count.number
            count.number_text = (
                self.env._("fewer than %(number)s", number=FEWEST)
                if few
                else str(count.number)
            )

    @property
    def _table_query(self):
        Petition = self.env["office.petition"].with_context(active_test=False)
        Petition.flush_model()
        return SQL(
            """SELECT row_number() OVER (
                          ORDER BY company_id, month, petition_class, state) AS id,
                      month, petition_class, state, company_id, number
                 FROM (SELECT date_trunc('month', create_date)::date AS month,
                              petition_class, state, company_id,
                              count(*)::int AS number
                         FROM office_petition
                        WHERE is_report IS NOT TRUE AND %(shown)s AND %(here)s
                     GROUP BY 1, 2, 3, 4
                    UNION ALL
                       SELECT date_trunc('year', create_date)::date, 'report', NULL,
                              company_id,
                              CASE WHEN count(*) >= %(fewest)s THEN count(*)::int END
                         FROM office_petition
                        WHERE is_report AND %(here)s
                     GROUP BY 1, 2, 3, 4) counted""",
            shown=self._get_shown_sql(Petition),
            here=SQL("company_id IN %s", tuple(self.env.companies.ids) or (0,)),
            fewest=FEWEST,
        )

    @api.model
    def _get_shown_sql(self, petitions):
        """Return the condition for ordinary petitions that the current user counts.

        Those who read all that is not hidden count what they read; administrators, who
        read none, count all but what is against them.

        :param petitions: the model, in the user's name
        :rtype: SQL
        """
        if self.env.su:
            return SQL("TRUE")
        if petitions._sees_all("read"):
            read = petitions._search([("is_report", "!=", True)])
            return SQL("id IN %s", read.subselect())
        return SQL(
            "(office_accused ?| %s) IS NOT TRUE",
            list(self.env.user._get_membership_tokens()),
        )
