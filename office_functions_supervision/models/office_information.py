# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain

SUPERVISOR = "office_functions_supervision.group_office_supervisor"


class OfficeInformation(models.Model):
    _inherit = "office.information"

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Let supervisors read the reports that are linked with tickets."""
        domain = super()._get_need_to_know_domain(operation)
        if operation == "read" and self.env.user.has_group(SUPERVISOR):
            recused = self.env["office.matter.access"]._get_named_ids(
                self.env.uid, self._name, "recused"
            )
            domain |= (
                self._get_linked_domain()
                & Domain("is_restricted", "=", False)
                & Domain("company_id", "in", self.env.companies.ids)
                & Domain("id", "not in", recused)
            )
        return domain

    @api.model
    def _get_linked_domain(self):
        """Return the reports that gave rise to a ticket, or came from one."""
        Link = self.env["office.matter.link"].sudo()
        ticket = "office.supervision.ticket"
        up = Link._search(
            Domain("res_model", "=", self._name) & Domain("target_model", "=", ticket)
        )
        down = Link._search(
            Domain("target_model", "=", self._name) & Domain("res_model", "=", ticket)
        )
        return Domain("id", "in", up.subselect("res_id")) | Domain(
            "id", "in", down.subselect("target_id")
        )
