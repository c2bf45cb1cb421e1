# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain


class OfficeDocumentIncoming(models.Model):
    _inherit = "office.document.incoming"

    @api.model
    def _get_linked_domain(self, operation):
        """Let supervisors read the documents whose directives tickets stand on."""
        domain = super()._get_linked_domain(operation)
        if self._reads_for_supervision(operation):
            domain |= Domain(
                "directive_id", "any!", [("ticket_ids", "!=", False)]
            ) & Domain("secrecy_level", "!=", "internal")
        return domain
