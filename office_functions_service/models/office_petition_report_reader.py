# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.orm.models import NO_ACCESS
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import permit

from .office_petition_report import READERS


class OfficePetitionReport(models.Model):
    """Each reader counts what is not against them, as in ``office.petition.count``.

    Who is complained of and takes the list they read from the tables they read finds no
    difference (信访工作条例 第30条; A4). The whole is printed by everybody else, and is
    kept together with what such a reader saw on the day of approval: figures that went
    on changing for one of them would tell it, too.
    """

    _inherit = "office.petition.report"

    figures = fields.Json(
        "Figures of the Report",
        compute="_compute_figures",
        help="Its tables, as they were when it was approved.",
    )
    kept_figures = fields.Json(
        readonly=True,
        copy=False,
        groups=NO_ACCESS,
        help="The tables of the whole, who could read it, and the tables of those of "
        "them against whom something is counted.",
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"kept_figures"}

    @api.depends("kept_figures")
    @api.depends_context("uid")
    def _compute_figures(self):
        me = self.env.uid
        for report in self:
            kept = report.sudo().kept_figures
            if not kept:
                report.figures = False
            elif me in kept["readers"] or not self.env.user & report._get_meant():
                report.figures = kept["own"].get(str(me), kept["whole"])
            else:
                report.figures = report._count_tables()

    def _freeze(self):
        """Keep the tables as they are now, for each reader."""
        self.ensure_one()
        readers = self.env["res.users"].union(
            *(self.env.ref(group).sudo().all_user_ids for group in READERS)
        )
        meant = readers & self._get_meant()
        with permit(self):
            self.sudo().kept_figures = {
                "whole": self.with_user(SUPERUSER_ID)._count_tables(),
                "readers": readers.ids,
                "own": {
                    str(user.id): self.with_user(user)._count_tables() for user in meant
                },
            }

    def _get_meant(self):
        """Return the users against whom there is a petition in this company.

        :rtype: res.users
        """
        self.ensure_one()
        self.env["office.petition"].flush_model(["company_id", "office_accused"])
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT jsonb_array_elements_text(office_accused)
                     FROM office_petition
                    WHERE company_id = %s AND office_accused IS NOT NULL""",
                self.company_id.id,
            )
        )
        return self.env["res.users"]._get_members([token for (token,) in rows])

    def _get_against_sql(self, alias):
        """Return the condition for petitions against the reader.

        :param str alias: of the table of petitions
        :rtype: SQL
        """
        if self.env.uid == SUPERUSER_ID:
            return SQL("FALSE")
        Petition = self.env["office.petition"]
        return SQL(
            "(%s ?| %s) IS TRUE",
            SQL.identifier(
                alias, "office_accused", to_flush=Petition._fields["office_accused"]
            ),
            list(self.env.user._get_membership_tokens()),
        )

    def _get_mine_domain(self):
        def to_sql(_model, alias, _query):
            return SQL("NOT %s", self._get_against_sql(alias))

        return super()._get_mine_domain() & Domain.custom(to_sql=to_sql)
