# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeDeadlineEvent(models.Model):
    """What happened to a clock: started, extended, stopped, resumed, restarted."""

    _name = "office.deadline.event"
    _inherit = ["office.annex.mixin"]
    _description = "Deadline Change"
    _order = "id desc"
    _rec_name = "kind"
    _matter_field = "deadline_event_ids"

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
    date = fields.Date("In Force From", required=True, readonly=True)
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
    principal_id = fields.Many2one(
        "res.users",
        "On Behalf Of",
        readonly=True,
        index="btree_not_null",
        help="The person who delegated the power that was used (代).",
    )
    company_id = fields.Many2one("res.company", readonly=True)

    _pause_idx = models.Index(
        "(res_model, res_id, id) WHERE kind IN ('pause', 'resume', 'restart')"
    )

    def _describe_actor(self):
        """Return in words who changed the deadline, and for whom.

        :rtype: str
        """
        self.ensure_one()
        if not self.principal_id:
            return self.user_id.name
        return self.env._(
            "%(who)s on behalf of %(whom)s",
            who=self.user_id.name,
            whom=self.principal_id.name,
        )
