# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import Transition

from .office_supervision_ticket import OPEN_STATES


class OfficeDirective(models.Model):
    _inherit = "office.directive"
    _supervision_transition = "escalate"

    ticket_ids = fields.One2many("office.supervision.ticket", "directive_id", "Tickets")
    state = fields.Selection(
        selection_add=[("escalated", "Under Supervision"), ("confirmed",)],
        ondelete={"escalated": "set default"},
    )

    @api.model
    def _get_transitions(self):
        open_states = ("issued", "accepted", "handling", "reported", "returned")
        table = super()._get_transitions()
        table += [
            Transition(
                "escalate",
                self.env._("Put under Supervision"),
                open_states,
                "escalated",
                by=(
                    "leader",
                    "office_functions.group_office_director",
                    "office_functions_supervision.group_office_supervisor",
                ),
            ),
            Transition(
                "confirm_by_ticket",
                self.env._("Confirmed with Its Ticket"),
                sources=("escalated",),
                target="confirmed",
            ),
            Transition(
                "reopen_by_ticket",
                self.env._("Reopened with Its Ticket"),
                sources=("confirmed",),
                target="escalated",
            ),
        ]
        return [
            row.but(sources=(*row.sources, "escalated"))
            if row.name == "withdraw"
            else row
            for row in table
        ]

    def _filter_unsupervised(self):
        """All tickets of a directive stand on it: no need to look for others."""
        return self.filtered(
            lambda directive: (
                not directive.ticket_ids.filtered(
                    lambda ticket: ticket.state in OPEN_STATES
                )
            )
        )

    def _after_escalate(self, note):
        """Propose a ticket for each directive that has none; filing it comes after."""
        tickets = self._propose_tickets()
        return tickets._get_form_action() if len(tickets) == 1 else None

    def _explain_supervision_refusal(self):
        reasons = super()._explain_supervision_refusal()
        if self.state in ("recorded", "withdrawn"):
            reasons.append(self.env._("The directive is not in force."))
        return reasons

    @api.model
    def _get_linked_domain(self, operation):
        """Let supervisors read the directives that tickets stand on.

        A mere proposal opens none: whoever writes it names the directive.
        """
        domain = super()._get_linked_domain(operation)
        if self._reads_for_supervision(operation):
            domain |= Domain("ticket_ids", "any!", Domain("state", "!=", "proposed"))
        return domain
