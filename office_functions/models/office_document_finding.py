# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from .office_document_outgoing import WRITING


class OfficeDocumentFinding(models.Model):
    """Something that the review of a draft found wrong (核稿意见)."""

    _name = "office.document.finding"
    _inherit = ["office.part.mixin"]
    _description = "Review Finding"
    _order = "id"
    _whole = "document_id"

    document_id = fields.Many2one(
        "office.document.outgoing", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="document_id.company_id", store=True, precompute=True
    )
    kind = fields.Selection(
        [
            ("policy", "Policy"),
            ("fact", "Facts"),
            ("format", "Format"),
            ("wording", "Wording"),
        ],
        required=True,
        default="wording",
    )
    name = fields.Char("Finding", required=True)
    is_resolved = fields.Boolean("Resolved")

    @api.model_create_multi
    def create(self, vals_list):
        findings = super().create(vals_list)
        findings._check_reviewing()
        return findings

    def write(self, vals):
        if vals.keys() <= {"is_resolved"}:
            states = (*WRITING, "reviewing")
            self._check_state(states)
        else:
            self._check_reviewing()
        result = super().write(vals)
        self.document_id.invalidate_recordset(["open_finding_ids"])
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reviewed(self):
        self._check_reviewing()

    def _check_reviewing(self):
        """Let findings be written by the office alone, while it reviews.

        :raise UserError: at any other time, or for anybody else
        """
        self._check_state(("reviewing",))
        clerk = "office_functions.group_office_clerk"
        if not self.env.su and not self.env.user.has_group(clerk):
            raise UserError(self.env._("Only the office writes review findings."))

    def _check_state(self, states):
        if any(line.document_id.state not in states for line in self.sudo()):
            raise UserError(
                self.env._("Review findings belong to the review of a draft.")
            )
