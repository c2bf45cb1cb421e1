# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain


class OfficeAdvice(models.Model):
    _inherit = "office.advice"

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Let supervisors read the advice about directives that tickets stand on."""
        domain = super()._get_need_to_know_domain(operation)
        supervisor = "office_functions_supervision.group_office_supervisor"
        if operation == "read" and self.env.user.has_group(supervisor):
            linked = (
                Domain("directive_id", "any!", [("ticket_ids", "!=", False)])
                & Domain("is_restricted", "=", False)
                & Domain("company_id", "in", self.env.companies.ids)
            )
            recused = self.env["office.matter.access"]._get_named_ids(
                self.env.uid, self._name, "recused"
            )
            domain |= linked & Domain("id", "not in", recused)
        return domain
