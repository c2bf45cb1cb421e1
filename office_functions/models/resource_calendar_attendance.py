# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class ResourceCalendarAttendance(models.Model):
    """Working hours are read from a cache; when they change, deadlines must know."""

    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
