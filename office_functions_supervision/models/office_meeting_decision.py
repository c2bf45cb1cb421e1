# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition


class OfficeMeetingDecision(models.Model):
    _inherit = "office.meeting.decision"

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
                ("pending", "directive"),
                "ticket",
                by=(
                    "office_functions.group_office_clerk",
                    "office_functions.group_office_director",
                    "office_functions.group_office_leader",
                ),
            )
        )
        return table

    def _after_make_ticket(self, note):
        """Propose a ticket on the directive that the decision is recorded as."""
        for decision in self:
            if not decision.directive_id:
                decision._set_directive(
                    self.env["office.directive"].create(
                        decision._prepare_directive_vals()
                    )
                )
            ticket = self.env["office.supervision.ticket"].create(
                dict(
                    decision.directive_id._prepare_ticket_vals(),
                    decision_id=decision.id,
                    source_type="own_meeting",
                )
            )
            self.env["office.matter.link"]._link(decision.directive_id, ticket)

    def _get_disposition_text(self):
        if self.state == "ticket":
            return f"督办件 {self.ticket_ids[:1].number or ''}".strip()
        return super()._get_disposition_text()
