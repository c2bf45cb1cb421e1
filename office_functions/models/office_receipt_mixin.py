# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class OfficeReceiptMixin(models.AbstractModel):
    """A matter sent to units and persons, who may see it from then on."""

    _name = "office.receipt.mixin"
    _inherit = ["office.acknowledgement.mixin", "office.matter.mixin"]
    _description = "Read Receipts"

    def _get_parties(self):
        receipts = self.sudo().receipt_ids
        return (
            super()._get_parties()
            | {f"d{unit}" for unit in receipts.department_id.ids}
            | {f"u{user}" for user in receipts.user_id.ids}
        )

    def _after_receipts_sent(self):
        self.env.add_to_compute(self._fields["office_parties"], self)
        return super()._after_receipts_sent()
