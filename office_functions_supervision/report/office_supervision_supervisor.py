# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import SQL

from ..models.office_matter_mixin import SUPERVISOR
from ..models.office_supervision_conduct import LEAST


class OfficeSupervisionSupervisor(models.Model):
    """The supervisors this year: what law they studied, what they changed, how they are
    rated by those they supervise (S3.6, S3.9, S3.11).
    """

    _name = "office.supervision.supervisor"
    _description = "Supervisor This Year"
    _auto = False
    _order = "user_id"
    _rec_name = "user_id"
    _depends = {
        "office.study.record": ["date", "regulation_id", "user_id"],
        "office.supervision.conduct": ["score", "supervisor_id"],
        "office.supervision.ticket": ["state", "supervisor_id"],
    }

    user_id = fields.Many2one("res.users", "Supervisor", readonly=True)
    study_count = fields.Integer("Laws Studied", readonly=True)
    studied = fields.Text("Which Laws", readonly=True)
    date_studied = fields.Date("Last Studied On", readonly=True)
    ticket_count = fields.Integer("Tickets Running", readonly=True)
    change_count = fields.Integer("Number of Changes", readonly=True)
    conduct_count = fields.Integer("Conduct Ratings", readonly=True)
    conduct_average = fields.Float(
        "Conduct",
        readonly=True,
        digits=(3, 1),
        aggregator=None,
        help="Average of the ratings by the supervised units, three by three: no "
        "single one can be told from it.",
    )

    @property
    def _table_query(self):
        """One row for each supervisor, with the figures since New Year."""
        today = fields.Date.context_today(self)
        group = self.env.ref(SUPERVISOR).sudo()
        changes = self.env["office.supervision.change.ledger"]._table_query
        return SQL(
            """
            SELECT res_users.id, res_users.id AS user_id,
                   study.number AS study_count, study.names AS studied,
                   study.latest AS date_studied,
                   COALESCE(ticket.number, 0) AS ticket_count,
                   COALESCE(change.number, 0) AS change_count,
                   COALESCE(conduct.number, 0) AS conduct_count,
                   conduct.average AS conduct_average
              FROM res_users
        CROSS JOIN LATERAL (
                   SELECT count(*) AS number, max(record.date) AS latest,
                          string_agg(law.name, E'\\n' ORDER BY record.date) AS names
                     FROM office_study_record record
                     JOIN office_regulation law ON law.id = record.regulation_id
                    WHERE record.user_id = res_users.id
                      AND record.date >= %(new_year)s AND law.kind = 'law'
                   ) study
         LEFT JOIN (
                   SELECT supervisor_id, count(*) AS number
                     FROM office_supervision_ticket
                    WHERE state NOT IN ('proposed', 'closed', 'terminated')
                 GROUP BY supervisor_id
                   ) ticket ON ticket.supervisor_id = res_users.id
         LEFT JOIN (
                   SELECT supervisor_id, count(*) AS number
                     FROM (%(changes)s) line
                    WHERE date >= %(new_year)s
                 GROUP BY supervisor_id
                   ) change ON change.supervisor_id = res_users.id
         LEFT JOIN (
                   SELECT supervisor_id, count(*) AS number,
                          avg(score) FILTER (
                              WHERE place <= number - mod(number, %(least)s)
                          ) AS average
                     FROM (
                          SELECT supervisor_id, score,
                                 row_number() OVER (
                                     PARTITION BY supervisor_id ORDER BY id
                                 ) AS place,
                                 count(*) OVER (PARTITION BY supervisor_id) AS number
                            FROM office_supervision_conduct
                           WHERE date >= %(new_year)s
                          ) rated
                 GROUP BY supervisor_id
                   ) conduct ON conduct.supervisor_id = res_users.id
             WHERE res_users.active AND res_users.id IN %(supervisors)s
            """,
            least=LEAST,
            new_year=today.replace(month=1, day=1),
            changes=changes,
            supervisors=tuple(group.all_user_ids.ids) or (0,),
        )

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Show leaders and directors all supervisors, and each supervisor themselves.

        :param str operation: ``read``; nobody changes what is only counted
        :rtype: Domain
        """
        above = (
            "office_functions.group_office_director",
            "office_functions.group_office_leader",
        )
        if any(map(self.env.user.has_group, above)):
            return fields.Domain("user_id.company_ids", "in", self.env.companies.ids)
        return fields.Domain("user_id", "=", self.env.uid)
