# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if {"user_id", "active"} & vals.keys():
            # Heads see the matters of their unit: who belongs where has changed.
            self.env.registry.clear_cache()
        return super().write(vals)
