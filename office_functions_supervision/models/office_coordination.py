# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain

SUPERVISOR = "office_functions_supervision.group_office_supervisor"
TICKET = "office.supervision.ticket"


class OfficeCoordination(models.Model):
    _inherit = "office.coordination"

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Let supervisors read the coordination that a ticket came from or led to."""
        domain = super()._get_need_to_know_domain(operation)
        if operation != "read" or not self.env.user.has_group(SUPERVISOR):
            return domain
        Link = self.env["office.matter.link"].sudo()
        up = Link._search(
            [("res_model", "=", self._name), ("target_model", "=", TICKET)]
        )
        down = Link._search(
            [("target_model", "=", self._name), ("res_model", "=", TICKET)]
        )
        linked = Domain("id", "in", up.subselect("res_id"))
        linked |= Domain("id", "in", down.subselect("target_id"))
        recused = self.env["office.matter.access"]._get_named_ids(
            self.env.uid, self._name, "recused"
        )
        return domain | (
            linked
            & Domain("is_restricted", "=", False)
            & Domain("company_id", "in", self.env.companies.ids)
            & Domain("id", "not in", recused)
        )
