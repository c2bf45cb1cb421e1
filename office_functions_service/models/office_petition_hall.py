# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficePetition(models.Model):
    """Filed in the service hall; an anonymous letter is taken, too (A9)."""

    _inherit = "office.petition"
    _public_may_be_anonymous = True

    @api.model
    def _prepare_public_vals(self, given):
        return super()._prepare_public_vals(given) | {"channel": "online"}
