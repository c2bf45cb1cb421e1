# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain


class OfficeDocumentIncoming(models.Model):
    _inherit = "office.document.incoming"

    def _get_supervision_source(self):
        """What comes from above is supervised as such."""
        if self.direction == "down":
            return "upper_document"
        return super()._get_supervision_source()

    @api.model
    def _get_linked_domain(self, operation):
        """Let supervisors read the documents whose directives tickets stand on."""
        domain = super()._get_linked_domain(operation)
        if self._reads_for_supervision(operation):
            domain |= Domain(
                "directive_id", "any!", [("ticket_ids", "!=", False)]
            ) & Domain("secrecy_level", "!=", "internal")
        return domain
