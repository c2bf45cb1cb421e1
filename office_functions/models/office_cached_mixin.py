# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeCachedMixin(models.AbstractModel):
    """Settings that are read from the registry's cache: a change empties it."""

    _name = "office.cached.mixin"
    _description = "Cached Settings"

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
