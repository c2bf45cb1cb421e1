# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain

TICKET = "office.supervision.ticket"


class OfficeSupervisionAboutMixin(models.AbstractModel):
    """A matter about a ticket, closed to who may not know of that ticket.

    Put it before ``office.matter.mixin``, whose need to know it narrows.
    """

    _name = "office.supervision.about.mixin"
    _description = "Matter about a Ticket"

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Close it with its ticket: restriction and recusal bind everybody.

        :param str operation: ``read``, ``write``, ``create`` or ``unlink``
        :rtype: Domain
        """
        domain = super()._get_need_to_know_domain(operation)
        Access = self.env["office.matter.access"]
        admitted = Access._get_named_ids(self.env.uid, TICKET, "granted")
        recused = Access._get_named_ids(self.env.uid, TICKET, "recused")
        known = Domain("is_restricted", "=", False) | Domain("id", "in", admitted)
        domain &= Domain("ticket_id", "=", False) | Domain("ticket_id", "any!", known)
        if recused:
            domain &= Domain("ticket_id", "=", False) | Domain(
                "ticket_id", "not in", recused
            )
        return domain

    @api.model
    def _get_visibility_fields(self):
        return [*super()._get_visibility_fields(), "ticket_id"]
