# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class OfficeTransition(models.Model):
    """Returns judged groundless, as the log tells them."""

    _inherit = "office.transition"

    # Indicator K13 --------------------------------------------------------------------

    @api.model
    def _get_groundless_domain(self, date_from, date_to):
        """Return the returns that were found groundless in a period."""
        kinds = self.env["office.matter.mixin"]._get_returnable_kinds()
        if not kinds:
            return Domain.FALSE
        query = self._get_groundless_sql(kinds, date_from, date_to)
        return Domain("id", "in", SQL("(SELECT gave_id FROM (%s) AS found)", query))

    @api.model
    def _measure_groundless(self, date_from, date_to):
        """Return the groundless returns by unit and by who gave it back, in one query.

        :return: rows as :class:`..tools.indicator.Indicator` asks for
        :rtype: list[tuple]
        """
        kinds = self.env["office.matter.mixin"]._get_returnable_kinds()
        if not kinds:
            return []
        self.flush_model()
        for name in kinds:
            self.env[name].flush_model(["lead_unit_id"])
        matters = SQL(" UNION ALL ").join(
            SQL(
                "SELECT %s AS res_model, id AS res_id, lead_unit_id FROM %s",
                name,
                SQL.identifier(self.env[name]._table),
            )
            for name in kinds
        )
        return self.env.execute_query(
            SQL(
                """SELECT matter.lead_unit_id, found.user_id, count(*), 0
                     FROM (%s) found
                     JOIN (%s) matter USING (res_model, res_id)
                 GROUP BY matter.lead_unit_id, found.user_id""",
                self._get_groundless_sql(kinds, date_from, date_to),
                matters,
            )
        )

    @api.model
    def _get_groundless_sql(self, kinds, date_from, date_to):
        """Return the query of the returns that a director did not accept in a period.

        :param list kinds: of matters that can be given back
        :return: query of ``gave_id, user_id, res_model, res_id``
        :rtype: SQL
        """
        return SQL(
            """SELECT gave.id AS gave_id, gave.user_id, ruling.res_model, ruling.res_id
                 FROM office_transition ruling
    LEFT JOIN LATERAL (
                      SELECT line.id, line.user_id FROM office_transition line
                       WHERE line.res_model = ruling.res_model
                         AND line.res_id = ruling.res_id
                         AND line.name = 'give_back' AND line.id < ruling.id
                    ORDER BY line.id DESC LIMIT 1
                      ) gave ON TRUE
                WHERE ruling.name = 'insist' AND ruling.res_model IN %s
                  AND ruling.date >= %s AND ruling.date < %s""",
            tuple(kinds),
            date_from,
            date_to + timedelta(days=1),
        )

    @api.model
    def action_open_returns(self):
        """Open the log of what was given back and what was found of it.

        :rtype: dict
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_transition_action"
        )
        action["name"] = action["display_name"] = self.env._("Given Back")
        action["domain"] = [
            (
                "res_model",
                "in",
                self.env["office.matter.mixin"]._get_returnable_kinds(),
            ),
            ("name", "in", ("give_back", "insist", "reassign")),
        ]
        action["path"] = False
        return action
