# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain


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

        Read by ``ir.rule``, as for matters.

        :rtype: Domain
        """
        tickets = self.env["office.supervision.ticket"]._search([], active_test=False)
        return Domain("ticket_id", "in", tickets)

    def _relation_supervisor(self):
        return self.ticket_id.supervisor_id

    def _relation_leader(self):
        return self.ticket_id.directive_id.leader_id
