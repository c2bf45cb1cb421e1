# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class OfficeSupervisionProposal(models.TransientModel):
    """Proposes to a leader to put blank spots under supervision (主动督办, S3.21)."""

    _name = "office.supervision.proposal"
    _description = "Proposal to Supervise Blank Spots"

    duty_item_ids = fields.Many2many("office.duty.item", string="Duties", required=True)
    leader_id = fields.Many2one(
        "res.users",
        "Leader Asked",
        required=True,
        default=lambda self: self._default_leader_id(),
        domain=lambda self: [
            (
                "all_group_ids",
                "in",
                self.env.ref("office_functions.group_office_leader").ids,
            )
        ],
    )
    supervisor_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user
    )
    date_deadline = fields.Date(
        "Deadline", required=True, default=lambda self: self._default_date_deadline()
    )
    reason = fields.Text(
        "Requirements",
        required=True,
        default=lambda self: self.env._(
            "Report how this duty was carried out since it was last looked at, what is "
            "missing, and what is done about it, with proof."
        ),
    )

    @api.model
    def _default_leader_id(self):
        leader = self.env.company.sudo().office_principal_leader_id
        group = self.env.ref("office_functions.group_office_leader").sudo()
        return leader or group.user_ids.filtered("active")[:1]

    @api.model
    def _default_date_deadline(self):
        company = self.env.company
        limit = self.env["office.time.limit"]._get("supervision_hard", company)
        return limit._count(fields.Date.context_today(self), company).deadline

    def action_propose(self):
        """Propose one ticket for each duty, with its unit, owner and rules filled in.

        :return: the action that shows the proposals
        :raise UserError: for duties on which a proposal waits already
        :raise AccessError: for who may not propose tickets
        :rtype: dict
        """
        self.ensure_one()
        duties = self.duty_item_ids
        waiting = (
            self.env["office.supervision.blank.spot"]
            .sudo()
            .search([("id", "in", duties.ids), ("is_proposed", "=", True)])
        )
        if waiting:
            raise UserError(
                self.env._(
                    "A proposal on these duties waits for its decision already: "
                    "%(names)s.",
                    names=", ".join(waiting.duty_item_id.mapped("name")),
                )
            )
        tickets = self.env["office.supervision.ticket"].create(
            [self._prepare_ticket_vals(duty) for duty in duties]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions_supervision.office_supervision_ticket_action"
        )
        if len(tickets) == 1:
            return tickets._get_form_action()
        return {**action, "domain": [("id", "in", tickets.ids)], "context": {}}

    def _prepare_ticket_vals(self, duty):
        """Return the values of the ticket that supervises a duty.

        :param duty: ``office.duty.item``
        :rtype: dict
        """
        rules = duty.sudo().regulation_ids.filtered("in_force")
        laws = rules.filtered(lambda rule: rule.kind == "law")
        return {
            "name": self.env._("Supervision of the duty: %s", duty.name),
            "source_type": "self_check",
            "asked_leader_id": self.leader_id.id,
            "supervisor_id": self.supervisor_id.id,
            "duty_item_ids": [Command.set(duty.ids)],
            "lead_unit_id": duty.lead_unit_id.id,
            "handler_id": duty.owner_id.id,
            "legal_basis_ids": [Command.set(laws.ids)],
            "policy_basis_ids": [Command.set((rules - laws).ids)],
            "scope": duty.description or duty.name,
            "requirement": self.reason,
            "date_deadline": self.date_deadline,
            "company_id": duty.company_id.id,
        }
