# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeServiceCorrection(models.Model):
    """What cleaning and the service desk bring to corrections, and take from them."""

    _name = "office.service.correction"
    _inherit = ["office.photo.mixin", "office.service.correction"]

    kind = fields.Selection(
        selection_add=[("cleaning", "Cleaning"), ("desk", "Service Desk")],
        ondelete={"cleaning": "set default", "desk": "set default"},
    )

    def _get_inspections(self):
        """Return the cleaning inspections in which these were found.

        :rtype: office.cleaning.inspection
        """
        found = self.filtered(lambda row: row.res_model == "office.cleaning.inspection")
        return self.env["office.cleaning.inspection"].browse(found.mapped("res_id"))

    def _after_close(self, note):
        result = super()._after_close(note)
        self._get_inspections()._after_correction(note=note)
        return result

    def _after_drop(self, note):
        self._get_inspections()._after_correction(unfounded=True, note=note)
