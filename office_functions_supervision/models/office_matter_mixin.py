# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import permit

SUPERVISOR = "office_functions_supervision.group_office_supervisor"
TICKET = "office.supervision.ticket"


class OfficeMatterMixin(models.AbstractModel):
    _inherit = "office.matter.mixin"

    @api.model
    def _reads_for_supervision(self, operation):
        """Tell whether the current user may follow a ticket to what it stands on.

        :param str operation: ``read``, ``write``, ``create`` or ``unlink``
        :rtype: bool
        """
        return operation == "read" and self.env.user.has_group(SUPERVISOR)

    @api.model
    def _get_linked_domain(self, operation):
        """Let supervisors read what a ticket came from or gave rise to."""
        domain = super()._get_linked_domain(operation)
        if not self._reads_for_supervision(operation):
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

    # A look-back that is annulled -----------------------------------------------------

    def _read_dates(self, names):
        """Return some dates of this matter, for :meth:`_set_dates_back`.

        :param names: names of date fields
        :rtype: dict[str, str]
        """
        return {name: fields.Date.to_string(self[name]) or False for name in names}

    def _set_dates_back(self, dates, note):
        """Set dates back that a conclusion changed which was annulled.

        :param dict dates: as :meth:`_read_dates` returned them
        :param str note: why
        """
        if not dates:
            return
        deadline = fields.Date.to_date(dates["date_deadline"])
        if deadline and deadline != self.date_deadline:
            self._move_deadline("restart", note, deadline)
        with permit(self):
            self.with_context(tracking_disable=True).write(dates)
