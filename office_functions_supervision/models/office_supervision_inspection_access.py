# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class OfficeSupervisionInspection(models.Model):
    """An inspection on a restricted ticket is as restricted as that."""

    _name = "office.supervision.inspection"
    _inherit = ["office.supervision.about.mixin", "office.supervision.inspection"]
