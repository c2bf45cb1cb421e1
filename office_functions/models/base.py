# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class Base(models.AbstractModel):
    _inherit = "base"

    def export_data(self, fields_to_export):
        """Leave a line in the audit log about what was taken out of a register of the
        office (A13): a matter, a part of one, or a table made of many.
        """
        result = super().export_data(fields_to_export)
        if self._name.startswith("office."):
            names = ", ".join(map(str, fields_to_export))
            self.env["office.audit.log"]._note("export", self, names)
        return result
