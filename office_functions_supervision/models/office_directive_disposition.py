# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import permit

from .office_matter_mixin import SUPERVISOR

DECIDERS = (
    "office_functions.group_office_director",
    "office_functions.group_office_leader",
)
RUNNING = ("issued", "accepted", "handling", "reported", "returned")


class OfficeDirective(models.Model):
    """Each directive is put under supervision, or somebody says why not (S3.1)."""

    _inherit = "office.directive"

    disposition = fields.Selection(
        [
            ("pending", "Not Disposed Of"),
            ("ticket", "Under Supervision"),
            ("none", "Needs No Supervision"),
        ],
        "Supervise or Not",
        compute="_compute_disposition",
        search="_search_disposition",
        help="Whether a ticket supervises it, or why none is needed.",
    )
    no_ticket_reason = fields.Text(
        "Why No Supervision Is Needed", readonly=True, copy=False
    )
    no_ticket_user_id = fields.Many2one(
        "res.users", "Decided to Need No Supervision By", readonly=True, copy=False
    )
    date_no_ticket = fields.Date(
        "Decided to Need No Supervision On", readonly=True, copy=False
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "no_ticket_reason",
            "no_ticket_user_id",
            "date_no_ticket",
        }

    @api.depends("ticket_ids", "date_no_ticket")
    def _compute_disposition(self):
        for directive in self:
            if directive.sudo().ticket_ids:
                directive.disposition = "ticket"
            else:
                directive.disposition = (
                    "none" if directive.date_no_ticket else "pending"
                )

    def _search_disposition(self, operator, value):
        if operator != "in":
            return NotImplemented
        has_ticket = Domain("ticket_ids", "any!", [])
        waived = Domain("date_no_ticket", "!=", False)
        domains = {
            "ticket": has_ticket,
            "none": ~has_ticket & waived,
            "pending": ~has_ticket & ~waived,
        }
        return Domain.OR(domains[name] for name in value if name in domains)

    def waive_supervision(self, reason):
        """Put on record that these directives need no supervision, and why.

        Putting one under supervision stays open; then the ticket is its disposition.

        :param str reason: why not
        :raise UserError: without a reason; for who may not decide it; for a directive
            that has a ticket, or is not running
        """
        self.check_access("read")
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Please write down the reason."))
        problems = [
            f"{directive.display_name}: {why}"
            for directive in self
            for why in directive._explain_no_waiver()
        ]
        if problems:
            raise UserError("\n".join(problems))
        vals = {
            "no_ticket_reason": reason.strip(),
            "no_ticket_user_id": self.env.uid,
            "date_no_ticket": fields.Date.context_today(self),
        }
        with permit(self):
            self.sudo().with_context(tracking_disable=True).write(vals)
        for directive in self:
            directive.sudo().message_post(
                author_id=self.env.user.partner_id.id,
                body=self.env._("No supervision needed: %(reason)s", reason=reason),
            )

    def _explain_no_waiver(self):
        """Return why this user cannot decide that no supervision is needed.

        :rtype: list[str]
        """
        reasons = []
        user, leader = self.env.user, self.sudo().leader_id
        if user != leader and not any(map(user.has_group, DECIDERS)):
            reasons.append(self.env._("This is decided by a leader or the director."))
        is_supervisor = user != leader and user.has_group(SUPERVISOR)
        if is_supervisor and self._get_kin_tokens(user):
            reasons.append(
                self.env._("Who is related to one of its units does not decide this.")
            )
        if user in self.sudo().handler_id:
            reasons.append(self.env._("Who does the work does not decide this."))
        if self.sudo().ticket_ids:
            reasons.append(self.env._("It is under supervision already."))
        elif self.state not in RUNNING:
            reasons.append(self.env._("It is not running."))
        return reasons

    def _get_kin_tokens(self, user):
        """Return the tokens of the units of this directive a user is related to.

        :param res.users user: who would decide
        :rtype: set[str]
        """
        kin = {f"d{unit_id}" for unit_id in user._get_kin_unit_ids()}
        return kin.intersection(self.sudo().office_parties or ())

    def action_waive_supervision(self):
        """Open the dialog that asks why no supervision is needed.

        :rtype: dict
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions_supervision.office_supervision_waiver_action"
        )
        return {**action, "context": {"default_directive_ids": self.ids}}

    @api.model
    def _get_undisposed_domain(self):
        """Return the running directives that nobody disposed of in the time for it."""
        pending = self.search(
            Domain("state", "in", RUNNING) & Domain("disposition", "=", "pending")
        )
        late = self.env["office.omission"]._filter_late(
            pending, "supervision_disposition"
        )
        return Domain("id", "in", late.ids)
