# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from .office_petition import DIRECTOR, LEADER, OFFICER, SUPERVISOR


class OfficePetitionIdentity(models.Model):
    """Who petitions; one of several at a joint visit."""

    _name = "office.petition.identity"
    _inherit = ["office.identity.mixin"]
    _description = "Petitioner"
    _whole = "petition_id"

    petition_id = fields.Many2one(
        "office.petition", required=True, index=True, ondelete="cascade"
    )
    line_masked = fields.Char(compute="_compute_line_masked")

    @api.depends("person", "phone")
    @api.depends_context("uid")
    def _compute_line_masked(self):
        for identity in self:
            identity.line_masked = " ".join(
                filter(None, (identity.person_masked, identity.phone_masked))
            )

    def _is_shown_masked(self):
        """Let supervisors read petitions without any part of an identity."""
        user = self.env.user
        if user.has_group(SUPERVISOR) and not any(
            user.has_group(group) for group in (OFFICER, DIRECTOR, LEADER)
        ):
            return False
        return super()._is_shown_masked()
