# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    office_stall_overdue = fields.Integer(
        related="company_id.office_stall_overdue", readonly=False
    )
    office_stall_feedbacks = fields.Integer(
        related="company_id.office_stall_feedbacks", readonly=False
    )
    office_stall_extensions = fields.Integer(
        related="company_id.office_stall_extensions", readonly=False
    )
    office_stall_report_days = fields.Integer(
        related="company_id.office_stall_report_days", readonly=False
    )
    office_stall_notices = fields.Integer(
        related="company_id.office_stall_notices", readonly=False
    )
    office_stall_state_factor = fields.Float(
        related="company_id.office_stall_state_factor", readonly=False
    )
    office_stall_state_days = fields.Integer(
        related="company_id.office_stall_state_days", readonly=False
    )
    office_ladder_notices = fields.Integer(
        related="company_id.office_ladder_notices", readonly=False
    )
    office_ladder_days = fields.Integer(
        related="company_id.office_ladder_days", readonly=False
    )
