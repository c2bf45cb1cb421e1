# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from .office_petition import OFFICER


class OfficePetitionIdentity(models.Model):
    """Who sees how much of a petitioner (A4, R-PII-1)."""

    _inherit = "office.petition.identity"

    is_child = fields.Boolean(
        "Child under 14",
        help="Personal data of children under 14 are sensitive (个人信息保护法 第28条).",
    )
    guardian_consent = fields.Char(
        "Consent of the Guardian",
        help="Who consented, when and how (个人信息保护法 第31条). Without it nobody sees "
        "more of the child than stars.",
    )

    def _is_shown_masked(self):
        """Show parts of the values, but nothing at all of what must stay unknown."""
        return self._may_be_known() and super()._is_shown_masked()

    def _may_be_known(self):
        """Tell whether anything of this person may be shown to the current user.

        Of a report: to officers admitted to it. Of a child: with the guardian's consent.

        :rtype: bool
        """
        self.ensure_one()
        raw = self.sudo()
        if raw.is_child and not (raw.guardian_consent or "").strip():
            return False
        petition = raw.petition_id
        return not petition.is_report or (
            self.env.user.has_group(OFFICER)
            and petition.id in petition._get_admitted_ids(self.env.user)
        )

    def _may_reveal(self):
        return super()._may_reveal() and all(
            identity._may_be_known() for identity in self
        )

    def _get_revealed_fields(self):
        """Let the handler of an ordinary petition see the phone number, to call (A4)."""
        names = super()._get_revealed_fields()
        petition = self.sudo().petition_id
        if (
            not names
            and petition.handler_id == self.env.user
            and not petition.is_report
            and self._may_be_known()
        ):
            return ("phone",)
        return names

    @api.depends("petition_id.is_report", "is_child", "guardian_consent")
    @api.depends_context("uid")
    def _compute_masked(self):
        return super()._compute_masked()


class OfficePetition(models.Model):
    _inherit = "office.petition"

    @api.depends("is_report", "identity_ids.is_child", "identity_ids.guardian_consent")
    @api.depends_context("uid")
    def _compute_person(self):
        return super()._compute_person()

    @api.model
    def _find_same_person(self, phone=None, id_number=None):
        """Return what the same person has brought before, as far as the user may see it.

        Found by hashes: neither number is searched for, nor shown (R-PII-1).

        :param str phone: as it was given
        :param str id_number: as it was given
        :rtype: office.petition
        """
        Identity = self.env["office.petition.identity"].sudo()
        same = Domain.OR(
            Domain(name, "=", hashed)
            for name, value in (
                ("phone_hash", phone),
                ("id_number_hash", id_number),
            )
            if (hashed := Identity._hash(value))
        )
        found = Identity.search(same).petition_id
        return self.with_context(active_test=False).search([("id", "in", found.ids)])
