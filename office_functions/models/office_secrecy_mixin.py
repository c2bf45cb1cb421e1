# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

LEVELS = [
    ("none", "Not Secret"),
    ("internal", "Work Secret"),
    ("secret", "Secret"),
    ("confidential", "Confidential"),
    ("top_secret", "Top Secret"),
]
SECRET_LEVELS = ("secret", "confidential", "top_secret")
"""State secrets: a system that is not classified holds none of their content."""
OUTCOMES = [
    ("kept", "Stays Secret"),
    ("changed", "Level or Period Changed"),
    ("declassified", "Declassified"),
]
"""What a review of a state secret comes to (第24条)."""


class OfficeSecrecyMixin(models.AbstractModel):
    """A register entry for a paper that may be secret (保密法 第31条第3项).

    This system is not classified: of a state secret it registers that the paper
    exists and where it is kept. Choosing a level forbids text and attachments, on
    every road in. Work secrets (保密法 第64条) are kept to those who have to know.
    """

    _name = "office.secrecy.mixin"
    _inherit = ["office.matter.mixin"]
    _description = "Secrecy"
    # What may hold content: empty for a state secret.
    _content_fields = ()

    secrecy_level = fields.Selection(
        LEVELS,
        required=True,
        default="none",
        index=True,
        help="Of a secret paper only its entry in the register may be kept here.",
    )
    is_secret = fields.Boolean("State Secret", compute="_compute_is_secret")
    original_location = fields.Char(
        "Original Kept At", help="Where the secret paper itself is locked away."
    )

    @api.depends("secrecy_level")
    def _compute_is_secret(self):
        for record in self:
            record.is_secret = record.secrecy_level in SECRET_LEVELS

    @api.model
    def _get_secrecy_warning(self):
        """Return the sentence that stands wherever content could be entered."""
        return self.env._(
            "This system is not classified: it is strictly forbidden to enter state "
            "secrets. Leave text and attachments empty and say where the original is "
            "kept."
        )

    @api.constrains(
        lambda self: ("secrecy_level", "original_location", *self._content_fields)
    )
    def _check_secrecy(self):
        secret = self.filtered("is_secret")
        for record in secret:
            filled = [name for name in self._content_fields if record[name]]
            if filled or not record.original_location:
                labels = self.fields_get([*filled, "original_location"], ["string"])
                raise ValidationError(
                    self.env._(
                        "%(warning)s\nTo mend: %(fields)s.",
                        warning=self._get_secrecy_warning(),
                        fields=", ".join(
                            labels[name]["string"]
                            for name in (filled or ["original_location"])
                        ),
                    )
                )
        secret._check_no_attachment()

    def _check_no_attachment(self):
        """Refuse attachments of secret papers, also those that came before the level.

        :raise ValidationError: when there is any
        """
        if self and self.env["ir.attachment"].sudo().search_count(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], limit=1
        ):
            raise ValidationError(
                self.env._(
                    "%(warning)s\nTo mend: delete the attachments.",
                    warning=self._get_secrecy_warning(),
                )
            )

    def _filter_confidential(self):
        """Work secrets are opened by nobody unseen either."""
        internal = self.filtered(lambda paper: paper.secrecy_level == "internal")
        return super()._filter_confidential() | internal

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Keep work secrets to those concerned, the director and the leaders."""
        domain = super()._get_need_to_know_domain(operation)
        groups = ("group_office_director", "group_office_leader")
        if any(
            self.env.user.has_group(f"office_functions.{group}") for group in groups
        ):
            return domain
        known = self._get_parties_domain(self.env.user._get_office_tokens())
        return domain & (Domain("secrecy_level", "!=", "internal") | known)
