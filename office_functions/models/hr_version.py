# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class HrVersion(models.Model):
    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if "department_id" in vals:
            # Heads see the matters of their unit: who belongs where has changed.
            self.env.registry.clear_cache()
        return super().write(vals)
