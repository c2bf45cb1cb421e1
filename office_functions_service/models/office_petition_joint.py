# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from .office_petition import JUDGING_STATES


class OfficePetition(models.Model):
    """Petitions of several persons, who send representatives (信访工作条例 第20条)."""

    _inherit = "office.petition"

    representatives = fields.Text(
        "Other Representatives",
        compute="_compute_representatives",
        inverse="_inverse_representatives",
        help="One for each line: name, and phone after a blank. Shown masked.",
    )
    joint_warning = fields.Char(compute="_compute_joint_warning")

    @api.depends("identity_ids.person", "identity_ids.phone")
    @api.depends_context("uid")
    def _compute_representatives(self):
        for petition in self:
            petition.representatives = "\n".join(
                petition.sudo().identity_ids[1:].sudo(False).mapped("line_masked")
            )

    def _inverse_representatives(self):
        """Keep who is shown still, remove who is not, and add who is new."""
        Identity = self.env["office.petition.identity"].sudo()
        fresh = []
        for petition in self:
            lines = [
                line.strip() for line in (petition.representatives or "").splitlines()
            ]
            known = petition.sudo().identity_ids
            if not known:
                fresh.append({"petition_id": petition.id})
            for identity in known[1:]:
                line = identity.sudo(False).line_masked
                if line in lines:
                    lines.remove(line)
                elif petition.state in JUDGING_STATES:
                    identity.unlink()
            for line in filter(None, lines):
                person, _blank, phone = line.partition(" ")
                fresh.append(
                    {
                        "petition_id": petition.id,
                        "person": person,
                        "phone": phone.strip(),
                    }
                )
        Identity.create(fresh)
        self.invalidate_recordset(["identity_ids"])

    @api.depends("channel", "person_count", "identity_ids")
    @api.depends_context("lang")
    def _compute_joint_warning(self):
        for petition in self:
            most = (petition.company_id or self.env.company).petition_representatives
            sent = len(petition.sudo().identity_ids)
            petition.joint_warning = False
            if sent > most:
                petition.joint_warning = self.env._(
                    "%(sent)s representatives came: ask the petitioners to send no "
                    "more than %(most)s.",
                    sent=sent,
                    most=most,
                )
            elif petition.person_count > most:
                petition.joint_warning = self.env._(
                    "%(count)s persons petition together: they send no more than "
                    "%(most)s representatives.",
                    count=petition.person_count,
                    most=most,
                )
