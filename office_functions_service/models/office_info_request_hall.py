# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

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
        words["person_id_number"]["help"] = self.env._(
            "The law asks for proof of identity with such a request (art. 29)."
        )
        described = self.sudo().fields_get(["requester_kind", "form_wanted"])
        return words | {
            name: {
                "label": field["string"],
                "widget": "select",
                "options": field["selection"],
            }
            for name, field in described.items()
        }

    def _get_public_page(self):
        page = super()._get_public_page()
        page["date"] = self.sudo().date_received or page["date"]
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
