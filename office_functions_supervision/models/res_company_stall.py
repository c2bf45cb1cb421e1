# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompany(models.Model):
    """From when on a company's office says that something stalls; zero: never."""

    _inherit = "res.company"

    office_stall_overdue = fields.Integer(
        "Days Overdue",
        default=3,
        help="So many days after the deadline a bottleneck is suspected. 0: never.",
    )
    office_stall_feedbacks = fields.Integer(
        "Poor Feedbacks",
        default=2,
        help="So many feedbacks sent back or late make a bottleneck. 0: never.",
    )
    office_stall_extensions = fields.Integer(
        "Extensions in a Row",
        default=2,
        help="So many extensions make a bottleneck. 0: never.",
    )
    office_stall_report_days = fields.Integer(
        "Days without Feedback",
        default=5,
        help="So many days after a periodic feedback was due. 0: never.",
    )
    office_stall_notices = fields.Integer(
        "Unanswered Notices",
        default=1,
        help="So many urging notices unanswered past their reply day. 0: never.",
    )
    office_stall_state_factor = fields.Float(
        "Times the Median",
        default=2.0,
        help="So many times as long in one state as half of its kind. 0: never.",
    )
    office_stall_state_days = fields.Integer(
        "Days in One State",
        default=10,
        help="What is shorter in a state than this is never long.",
    )
    office_ladder_notices = fields.Integer(
        "Notices before a Bulletin",
        default=3,
        help="So many unanswered urging notices offer a bulletin of criticism.",
    )
    office_ladder_days = fields.Integer(
        "Days for a Step to Work",
        default=10,
        help="So many days after a bulletin the next step of the ladder is offered.",
    )
