# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from .office_matter_mixin import SUPERVISOR


class OfficeEmergency(models.Model):
    _inherit = "office.emergency"

    @api.model
    def _sees_all(self, operation):
        return super()._sees_all(operation) or self.env.user.has_group(SUPERVISOR)
