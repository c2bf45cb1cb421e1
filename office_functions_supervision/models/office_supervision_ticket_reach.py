# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeSupervisionTicketReach(models.Model):
    """Where a ticket came from, what it still lacks, and the proof it came to."""

    _inherit = "office.supervision.ticket"

    supervised_key = fields.Char(
        "Supervised Matter",
        readonly=True,
        copy=False,
        help="Kind and id of the matter that was put under supervision.",
    )
    filing_gaps = fields.Text(
        "To File It Still Lacks",
        compute="_compute_filing_gaps",
        help="Authority, basis and all else that is asked of a proposal (A3).",
    )

    _supervised_uniq = models.UniqueIndex(
        "(supervised_key) WHERE supervised_key IS NOT NULL "
        "AND state NOT IN ('closed', 'terminated')",
        "This matter is under supervision already.",
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"supervised_key"}

    @api.depends(
        "state",
        "directive_id",
        "legal_basis_ids",
        "policy_basis_ids",
        "scope",
        "requirement",
        "supervisor_id",
    )
    def _compute_filing_gaps(self):
        row = self._get_transition("file")
        for ticket in self:
            gaps = ticket.state == "proposed" and ticket._explain_gaps(row, False)
            ticket.filing_gaps = "\n".join(gaps) if gaps else False

    # Proof ----------------------------------------------------------------------------

    def _get_proof_of_each(self):
        """Return the files of the feedback that was handed in, ticket by ticket.

        :return: ticket id → ``ir.attachment``, of the feedback this user may read
        :rtype: dict
        """
        nothing = self.env["ir.attachment"]
        feedback = self.env["office.supervision.feedback"].search(
            [("ticket_id", "in", self.ids), ("state", "=", "submitted")]
        )
        of_ticket = feedback.grouped("ticket_id")
        return {
            ticket.id: of_ticket[ticket].attachment_ids
            if ticket in of_ticket
            else nothing
            for ticket in self
        }

    def _get_tickets_of_each(self):
        """Let a ticket show its own proof by the button that all matters have."""
        return {ticket.id: ticket for ticket in self}

    def action_open_proof(self):
        """Open the files that prove what was done (S3.2).

        :rtype: dict
        """
        self.check_access("read")
        files = self.env["ir.attachment"].union(*self._get_proof_of_each().values())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Proof"),
            "res_model": "ir.attachment",
            "view_mode": "kanban,list,form",
            "views": [(False, "kanban"), (False, "list"), (False, "form")],
            "domain": [("id", "in", files.ids)],
            "context": {"create": False, "edit": False, "delete": False},
        }

    # Tasks ----------------------------------------------------------------------------

    def action_open_matrix(self):
        """Open the matrix of units and persons of this ticket (S3.14).

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.client"]._for_xml_id(
            "office_functions_supervision.office_supervision_matrix_action"
        )
        return action | {"context": {"active_id": self.id, "active_model": self._name}}
