# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

TICKET = "office.supervision.ticket"


class OfficeMatterMixin(models.AbstractModel):
    _inherit = "office.matter.mixin"

    @api.model
    def _get_linked_domain(self, operation):
        """Let supervisors read what a ticket came from or gave rise to."""
        domain = super()._get_linked_domain(operation)
        supervisor = "office_functions_supervision.group_office_supervisor"
        if operation != "read" or not self.env.user.has_group(supervisor):
            return domain
        links = SQL(
            """SELECT res_id FROM office_matter_link
                WHERE res_model = %(kind)s AND target_model = %(ticket)s
                UNION
               SELECT target_id FROM office_matter_link
                WHERE target_model = %(kind)s AND res_model = %(ticket)s""",
            kind=self._name,
            ticket=TICKET,
        )

        def to_sql(model, alias, query):
            return SQL("%s IN (%s)", SQL.identifier(alias, "id"), links)

        def predicate(record):
            rows = record.env.execute_query(links)
            return record.id in {row[0] for row in rows}

        return domain | Domain.custom(to_sql=to_sql, predicate=predicate)
