# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ..tools.person_check import is_credit_code, is_id_number

RATED_STATES = ("replied", "closed", "redirected")
RELEASED = "r"
"""What the keys of files begin with that the office released."""


class OfficeInfoRequest(models.Model):
    """Asked for in the service hall: who, what, and in which form (条例 第29条)."""

    _inherit = "office.info.request"
    _public_form_fields = (
        "name",
        "text",
        "requester_kind",
        "form_wanted",
        "person",
        "person_phone",
        "person_id_number",
        "person_address",
    )
    _public_required_fields = (
        "name",
        "text",
        "requester_kind",
        "form_wanted",
        "person",
        "person_phone",
        "person_id_number",
    )

    @api.model
    def _get_public_words(self):
        words = super()._get_public_words()
        words["name"]["label"] = self.env._("Which information do you want?")
        words["text"] |= {
            "label": self.env._("Describe it"),
            "help": self.env._(
                "Name, document number or other marks by which it can be found."
            ),
        }
        words["person"] |= {
            "label": self.env._("Your Name, or That of the Organization")
        }
        words["person_id_number"] |= {
            "label": self.env._("Identity Card Number or Credit Code"),
            "help": self.env._(
                "The law asks for proof of identity with such a request (art. 29); an "
                "organization gives its unified social credit code."
            ),
        }
        described = self.sudo().fields_get(["requester_kind", "form_wanted"])
        return words | {
            name: {
                "label": field["string"],
                "widget": "select",
                "options": field["selection"],
            }
            for name, field in described.items()
        }

    @api.model
    def _explain_personal(self, name, value, given):
        """Take the credit code of an organization for proof of who it is (art. 29)."""
        is_person = given.get("requester_kind") == "natural"
        if name != "person_id_number" or is_person or not given.get("requester_kind"):
            return super()._explain_personal(name, value, given)
        if not (is_credit_code(value) or is_id_number(value)):
            return self.env._("This credit code has a slip of the pen.")
        return ""

    def _get_public_page(self):
        page = super()._get_public_page()
        record = self.sudo()
        page["date"] = record.date_received or page["date"]
        page["is_told"] = record.state not in ("replied", "closed")
        return page

    def _explain_rating_refusal(self):
        """Ask for no rating of what is not answered yet, as while it is corrected."""
        reasons = super()._explain_rating_refusal()
        if not reasons and self.sudo().state not in RATED_STATES:
            reasons.append(self.env._("It is rated when it has been answered."))
        return reasons

    # Released with the reply ----------------------------------------------------------

    def _get_public_downloads(self):
        released = {
            f"{RELEASED}{file.id}": file.name for file in self._get_released_files()
        }
        return super()._get_public_downloads() | released

    def _read_public_file(self, key):
        if not key.startswith(RELEASED):
            return super()._read_public_file(key)
        file = self._get_released_files().filtered(
            lambda one: f"{RELEASED}{one.id}" == key
        )
        release = file and file._get_release()
        if not release:
            return None
        content, media_type = release
        return file.name, media_type, content
