# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import Transition


class OfficeDirective(models.Model):
    _inherit = "office.directive"

    ticket_ids = fields.One2many("office.supervision.ticket", "directive_id", "Tickets")
    ticket_count = fields.Integer(compute="_compute_ticket_count")
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
                ("escalated",),
                "confirmed",
            ),
            Transition(
                "reopen_by_ticket",
                self.env._("Reopened with Its Ticket"),
                ("confirmed",),
                "escalated",
            ),
        ]
        return [
            row.but(sources=(*row.sources, "escalated"))
            if row.name == "withdraw"
            else row
            for row in table
        ]

    @api.depends("ticket_ids")
    def _compute_ticket_count(self):
        counts = dict(
            self.env["office.supervision.ticket"]._read_group(
                [("directive_id", "in", self.ids)], ["directive_id"], ["__count"]
            )
        )
        for directive in self:
            directive.ticket_count = counts.get(directive, 0)

    def _after_escalate(self, note):
        """Propose a ticket for each directive that has none; filing it comes after."""
        bare = self.filtered(lambda directive: not directive.ticket_ids)
        tickets = self.env["office.supervision.ticket"].create(
            [directive._prepare_ticket_vals() for directive in bare]
        )
        self.env["office.matter.link"]._link(bare, tickets)
        return tickets._get_form_action() if len(tickets) == 1 else None

    def _prepare_ticket_vals(self):
        """Return the values of the ticket that supervises this directive.

        :rtype: dict
        """
        return {
            "name": self.name,
            "directive_id": self.id,
            "source_type": "own_directive",
            "requirement": self.text,
            "lead_unit_id": self.lead_unit_id.id,
            "assisting_unit_ids": [fields.Command.set(self.assisting_unit_ids.ids)],
            "handler_id": self.handler_id.id,
            "date_deadline": self.date_deadline,
            "company_id": self.company_id.id,
        }

    @api.model
    def _get_linked_domain(self, operation):
        """Let supervisors read the directives that tickets stand on."""
        domain = super()._get_linked_domain(operation)
        if self._reads_for_supervision(operation):
            domain |= Domain("ticket_ids", "!=", False)
        return domain
