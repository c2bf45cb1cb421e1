# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from .office_public_form import PERSONAL

CHILD = "child"
"""What the form calls whether it is for a child; it is no field of a petition."""
GUARDIAN = "guardian"


class OfficePublicNotice(models.AbstractModel):
    """What a stranger is told of their data before giving them (R-PII-1).

    For what, who reads them, and how long they are kept (个人信息保护法 第17、19、35条).
    """

    _inherit = "office.public.mixin"

    @api.model
    def _get_public_notice(self):
        """Return what stands over the form, a sentence each.

        :rtype: list[str]
        """
        return [
            self.env._(
                "We ask who you are only to handle what you bring, and to answer you "
                "(Personal Information Protection Law, art. 34 and 35)."
            ),
            self.env._(
                "What you tell about yourself is read only by those who handle it, and "
                "each look is put on record."
            ),
            self._get_public_retention(),
        ]

    @api.model
    def _get_public_retention(self):
        return self.env._(
            "It is erased %(years)s years after the answer.",
            years=self.env.company.sudo().office_identity_years,
        )

    @api.model
    def _prepare_public_identity(self, given):
        """Return what is kept about who files, of what was typed.

        :param dict given: field of the form → tidied text
        :rtype: dict
        """
        return {
            PERSONAL[name]: value
            for name, value in given.items()
            if name in PERSONAL and value
        }


class OfficePetition(models.Model):
    """Data of a child under 14 are kept with the guardian's consent (第28、31条)."""

    _inherit = "office.petition"

    @api.model
    def _get_public_retention(self):
        company = self.env.company.sudo()
        return self.env._(
            "It is erased %(years)s years after the end of the matter; of who reports or "
            "accuses, after %(report_years)s years.",
            years=company.office_petition_years,
            report_years=company.office_report_years,
        )

    @api.model
    def _get_public_words(self):
        return super()._get_public_words() | {
            CHILD: {
                "label": self.env._("Is It for a Child under 14?"),
                "help": self.env._(
                    "Data of a child under 14 are sensitive; nobody looks at them "
                    "without the guardian's consent."
                ),
                "widget": "select",
                "options": [
                    ("no", self.env._("No")),
                    (
                        GUARDIAN,
                        self.env._(
                            "Yes. I am the guardian, and consent that the child's data "
                            "are used for this"
                        ),
                    ),
                ],
            },
        }

    @api.model
    def _prepare_public_vals(self, given):
        vals = super()._prepare_public_vals(given)
        vals.pop(CHILD, None)
        return vals

    @api.model
    def _prepare_public_identity(self, given):
        identity = super()._prepare_public_identity(given)
        if identity and given.get(CHILD) == GUARDIAN:
            today = fields.Date.to_string(fields.Date.context_today(self))
            identity |= {
                "is_child": True,
                "guardian_consent": self.env._(
                    "By the guardian, on the form in the service hall, on %s", today
                ),
            }
        return identity
