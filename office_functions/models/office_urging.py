# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.transition import is_permitted, permit


class OfficeUrging(models.Model):
    """A written notice (催办单) that presses for progress and asks for a reply."""

    _name = "office.urging"
    _inherit = ["office.annex.mixin"]
    _description = "Urging Notice"
    _order = "id desc"
    _append_only = False

    nth = fields.Integer("Urging No.", readonly=True, aggregator=None)
    level = fields.Selection(
        [("1", "Level 1"), ("2", "Level 2"), ("3", "Level 3")],
        required=True,
        readonly=True,
    )
    date = fields.Date(required=True, readonly=True)
    date_deadline = fields.Date("Deadline Then", readonly=True)
    days_overdue = fields.Integer(
        compute="_compute_days_overdue", help="At the time of the notice."
    )
    text = fields.Text("Urging Opinion", readonly=True)
    sender_id = fields.Many2one(
        "res.users", readonly=True, help="Empty: sent by the system."
    )
    # Who reads the notice reads its addressees: both are annexes of one matter.
    addressee_ids = fields.One2many(
        "office.urging.addressee",
        "urging_id",
        "Addressees",
        readonly=True,
        bypass_search_access=True,
    )
    date_reply_due = fields.Date("Reply Due", readonly=True)
    reply = fields.Text(readonly=True)
    replier_id = fields.Many2one("res.users", "Replied By", readonly=True)
    date_replied = fields.Datetime("Replied On", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    _auto_uniq = models.UniqueIndex(
        "(res_model, res_id, date) WHERE sender_id IS NULL",
        "The system urges a matter once a day.",
    )
    _unanswered_idx = models.Index("(date_reply_due) WHERE date_replied IS NULL")

    @api.depends("date", "date_deadline")
    def _compute_days_overdue(self):
        for urging in self:
            late = urging.date_deadline and (urging.date - urging.date_deadline).days
            urging.days_overdue = max(0, late or 0)

    @api.depends("res_model", "res_id", "nth")
    def _compute_display_name(self):
        for urging in self:
            urging.display_name = self.env._(
                "%(matter)s, urging %(nth)s",
                matter=urging.res_name or "",
                nth=urging.nth,
            )

    def write(self, vals):
        if self and not is_permitted(self, vals):
            raise UserError(self.env._("An urging notice is answered, never changed."))
        return super().write(vals)

    def send_reply(self, text):
        """Answer a notice, once, as one of its addressees.

        :param str text: the answer
        :raise UserError: without a text, when answered already, or when the user is
            not among the addressees
        """
        self.ensure_one()
        self.check_access("read")
        if not isinstance(text, str) or not text.strip():
            raise UserError(self.env._("Please write a reply."))
        if self.date_replied:
            raise UserError(
                self.env._(
                    "%(who)s has replied to this notice already.",
                    who=self.sudo().replier_id.name,
                )
            )
        if self.env.user not in self.sudo().addressee_ids.user_id:
            raise UserError(self.env._("Only those the notice is addressed to reply."))
        self._record_reply(text)

    def _record_reply(self, text):
        """Put on record how the current user answers these notices; rights were checked.

        :param str text: the answer
        """
        now = fields.Datetime.now()
        with permit(self):
            self.sudo().write(
                {"reply": text, "replier_id": self.env.uid, "date_replied": now}
            )
        # Nobody needs to be told any more that it waits for a reply.
        untold = self.sudo().addressee_ids.filtered(lambda line: not line.date_notified)
        untold.date_notified = now
