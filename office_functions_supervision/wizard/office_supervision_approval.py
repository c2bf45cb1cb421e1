# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeSupervisionApproval(models.TransientModel):
    """Shows a leader the words that become their directive, before they approve them."""

    _name = "office.supervision.approval"
    _description = "Approval of a Proposal"

    ticket_ids = fields.Many2many("office.supervision.ticket", readonly=True)
    text = fields.Text("Words of Your Directive", compute="_compute_text")

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        if self.env.context.get("active_model") == "office.supervision.ticket":
            ids = self.env.context.get("active_ids") or []
            defaults["ticket_ids"] = [(6, 0, ids)]
        return defaults

    @api.depends("ticket_ids")
    @api.depends_context("lang")
    def _compute_text(self):
        for dialog in self:
            dialog.text = "\n\n".join(
                ticket._get_proposal_text() for ticket in dialog.ticket_ids
            )

    def action_approve(self):
        """Approve the proposals: each gets its directive and is filed.

        :raise UserError: with all that is missing
        :rtype: dict
        """
        self.ensure_one()
        self.ticket_ids.approve_proposal()
        return {"type": "ir.actions.act_window_close"}
