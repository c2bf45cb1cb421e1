# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _get_stream_from(self, record, *args, **kwargs):
        """Who opens a file of a confidential matter stands in the audit log (A13)."""
        stream = super()._get_stream_from(record, *args, **kwargs)
        if record._name == "ir.attachment" and not self.env.user._is_public():
            self.env["office.audit.log"]._note_reading_about(record)
        return stream
