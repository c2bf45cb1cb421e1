# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition, permit


class OfficeMeetingDecision(models.Model):
    _inherit = "office.meeting.decision"
    _supervision_transition = "make_ticket"
    _supervision_source = "own_meeting"

    ticket_ids = fields.One2many("office.supervision.ticket", "decision_id", "Tickets")
    state = fields.Selection(
        selection_add=[("ticket", "Became a Ticket"), ("none",)],
        ondelete={"ticket": "set default"},
    )

    @api.model
    def _get_transitions(self):
        table = super()._get_transitions()
        table.append(
            Transition(
                "make_ticket",
                self.env._("Put under Supervision"),
                sources=("pending", "directive"),
                target="ticket",
                by=(
                    "office_functions.group_office_clerk",
                    "office_functions.group_office_director",
                    "office_functions.group_office_leader",
                    "office_functions_supervision.group_office_supervisor",
                ),
            )
        )
        return table

    def _after_make_ticket(self, note):
        """Propose a ticket on the directive that the decision is recorded as.

        Where that directive is under supervision already, its ticket is the decision's.
        """
        for decision in self:
            if not decision.directive_id:
                decision._set_directive(
                    self.env["office.directive"].create(
                        decision._prepare_directive_vals()
                    )
                )
        self._propose_tickets()
        for decision in self:
            tickets = decision.directive_id.ticket_ids
            if not decision.ticket_ids:
                with permit(tickets):
                    tickets[-1:].decision_id = decision

    def _prepare_ticket_vals(self):
        return super()._prepare_ticket_vals() | {"decision_id": self.id}

    def _explain_supervision_refusal(self):
        reasons = super()._explain_supervision_refusal()
        if self.state == "none":
            reasons.append(self.env._("It was settled that this needs no supervision."))
        return reasons

    def _get_disposition_text(self):
        if self.state == "ticket":
            return f"督办件 {self.ticket_ids[:1].number or ''}".strip()
        return super()._get_disposition_text()
