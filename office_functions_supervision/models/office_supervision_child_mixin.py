# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeSupervisionChildMixin(models.AbstractModel):
    """A record that hangs on a ticket and is seen by whoever sees the ticket."""

    _name = "office.supervision.child.mixin"
    _inherit = ["office.part.mixin", "office.supervision.impartial.mixin"]
    _description = "Part of a Ticket"
    _order = "id desc"
    _whole = "ticket_id"

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
    def _get_visibility_fields(self):
        return [*super()._get_visibility_fields(), "ticket_id"]

    def _relation_supervisor(self):
        return self.ticket_id.supervisor_id

    def _relation_leader(self):
        return self.ticket_id.leader_id
