# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    """Evidence of an inspection stays as it was when the conclusion was drawn."""

    _inherit = "ir.attachment"

    def write(self, vals):
        self._check_inspection_evidence()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_inspection_evidence(self):
        self._check_inspection_evidence()

    def _check_inspection_evidence(self):
        """Refuse to change or delete what a conclusion stands on.

        :raise UserError: for evidence of an inspection that does not run any more
        """
        if self.env.su or not self:
            return
        lines = self.env["office.supervision.inspection.unit"].sudo()
        if lines.search_count(
            [("evidence_ids", "in", self.ids), ("state", "!=", "running")], limit=1
        ):
            raise UserError(
                self.env._(
                    "Evidence stays as it was when the conclusion was drawn. Let the "
                    "inspection be looked into again to hand in another file."
                )
            )
