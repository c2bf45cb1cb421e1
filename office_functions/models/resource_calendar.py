# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class ResourceCalendar(models.Model):
    """Its time zone is read from a cache; when it changes, deadlines must know."""

    _inherit = "resource.calendar"

    def write(self, vals):
        if "tz" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)
