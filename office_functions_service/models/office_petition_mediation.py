# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from .office_petition import OPEN_STATES


class OfficePetition(models.Model):
    """Both sides agree, if both want to (信访工作条例 第33条)."""

    _inherit = "office.petition"

    other_party = fields.Char(
        copy=False, help="The person or body that the petitioner has a dispute with."
    )
    petitioner_consents = fields.Boolean(copy=False)
    other_consents = fields.Boolean("Other Party Consents", copy=False)
    agreement = fields.Text("Text of the Agreement", copy=False)

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | dict.fromkeys(
            ("other_party", "petitioner_consents", "other_consents", "agreement"),
            OPEN_STATES,
        )

    def _guard_mediate(self, row, note):
        reasons = self._guard_leading(row, note)
        if not (self.petitioner_consents and self.other_consents):
            reasons.append(self.env._("Mediation needs the consent of both parties."))
        if self.is_report:
            reasons.append(self.env._("Reports and accusations are not mediated."))
        return reasons
