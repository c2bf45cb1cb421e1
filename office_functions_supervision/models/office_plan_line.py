# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class OfficePlanLine(models.Model):
    """Planned work may be put under supervision (重点工作)."""

    _inherit = "office.plan.line"
    _supervision_source = "key_work"
    _supervision_deadline_field = "date_to"
