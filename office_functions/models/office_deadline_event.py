# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeDeadlineEvent(models.Model):
    """What happened to a clock: started, extended, stopped, resumed, restarted."""

    _name = "office.deadline.event"
    _inherit = ["office.annex.mixin"]
    _description = "Deadline Change"
    _order = "id desc"
    _rec_name = "kind"

    kind = fields.Selection(
        [
            ("start", "Started"),
            ("extend", "Extended"),
            ("pause", "Paused"),
            ("resume", "Resumed"),
            ("restart", "Restarted"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Date("Effective", required=True, readonly=True)
    deadline_before = fields.Date(readonly=True)
    deadline_after = fields.Date(readonly=True)
    is_counted = fields.Boolean(
        "Given by the Time Limit",
        readonly=True,
        help="The time limit gave the deadline, not somebody's hand.",
    )
    reason = fields.Text(readonly=True)
    legal_basis = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "Approved By", required=True, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
