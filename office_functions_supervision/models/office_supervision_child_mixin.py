# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class OfficeSupervisionChildMixin(models.AbstractModel):
    """A record that hangs on a ticket and is seen by whoever sees the ticket."""

    _name = "office.supervision.child.mixin"
    _inherit = ["office.workflow.mixin"]
    _description = "Part of a Ticket"
    _order = "id desc"

    ticket_id = fields.Many2one(
        "office.supervision.ticket",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="ticket_id.company_id", store=True, precompute=True, index=True
    )

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the parts of tickets that the current user may see.

        Read by ``ir.rule``, as for matters. Of parts in memory only their own tickets
        are looked at, not all that the user may see.

        :rtype: Domain
        """

        def to_sql(parts, alias, query):
            tickets = parts.env["office.supervision.ticket"].sudo(False)
            return SQL(
                "%s IN %s",
                parts._field_to_sql(alias, "ticket_id", query),
                tickets._search([], active_test=False).subselect(),
            )

        def predicate(part):
            return part.ticket_id.sudo(False).has_access("read")

        return Domain.custom(to_sql=to_sql, predicate=predicate)

    @api.model
    def _get_visibility_fields(self):
        return [*super()._get_visibility_fields(), "ticket_id"]

    def _relation_supervisor(self):
        return self.ticket_id.supervisor_id

    def _relation_leader(self):
        return self.ticket_id.leader_id
