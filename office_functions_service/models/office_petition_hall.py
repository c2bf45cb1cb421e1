# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

KINDS = ("ordinary", "report")
ABOUT = "about"
"""What the form calls whom it is about; it is no field of a petition."""
ABOUT_LENGTH = 200


class OfficePetition(models.Model):
    """Filed in the service hall; an anonymous letter is taken, too (A9).

    Who reports or accuses somebody says so: the matter is kept secret from the moment
    at which it comes in (条例 第30条).
    """

    _inherit = "office.petition"
    _public_form_fields = (
        "is_report",
        "name",
        "text",
        ABOUT,
        "person",
        "person_phone",
        "person_id_number",
        "person_address",
        "child",
    )
    _public_required_fields = ("is_report", "name", "text", "person", "person_phone")
    _public_may_be_anonymous = True

    @api.model
    def _get_public_words(self):
        ordinary, report = KINDS
        return super()._get_public_words() | {
            "is_report": {
                "label": self.env._("What do you bring?"),
                "help": self.env._(
                    "A report or an accusation is read by the officers named for such "
                    "letters, and where there are none, by the head of the office. "
                    "Other letters are read by whoever handles petitions and by the "
                    "heads of the house."
                ),
                "widget": "select",
                "options": [
                    (ordinary, self.env._("A suggestion, a complaint or a claim")),
                    (report, self.env._("A report or an accusation")),
                ],
            },
            ABOUT: {
                "label": self.env._("Whom is it about?"),
                "help": self.env._(
                    "If it is against somebody of our house, or a unit: the full name, "
                    "or several, with commas between them. Whom you name exactly does "
                    "not get to read it, nor does anybody of a unit that you name."
                ),
                "maxlength": ABOUT_LENGTH,
            },
        }

    @api.model
    def _prepare_public_vals(self, given):
        vals = super()._prepare_public_vals(given)
        about = vals.pop(ABOUT, "")
        if about:
            vals["accused_ids"] = [Command.create({"name": about})]
        return vals | {"channel": "online", "is_report": given["is_report"] == KINDS[1]}

    def _find_first_contact(self):
        """Let nobody receive what is hidden from them: rather who is admitted to it."""
        found = (
            super()
            ._find_first_contact()
            .filtered(lambda user: not self._is_hidden_from(user))
        )
        admitted = self.access_ids.filtered(
            lambda access: access.kind == "granted" and not access.date_lifted
        )
        return found or admitted.user_id[:1]

    # Rated where it is followed -------------------------------------------------------

    def _may_be_rated_publicly(self):
        self.ensure_one()
        return not self.sudo()._explain_petitioner_refusal()

    def _get_public_stars(self):
        record = self.sudo()
        if not record.score:
            return ""
        if record.rating_way == "phone":
            return self.env._(
                "Noted from a telephone call on %(date)s as your rating: %(stars)s of "
                "5. What you say here takes its place.",
                date=record._show_date(record.date_rated),
                stars=record.score,
            )
        return self.env._("Your rating: %(stars)s of 5", stars=record.score)

    @api.private
    def rate_publicly(self, score, solved, comment=""):
        self.ensure_one()
        if solved not in ("yes", "no"):
            raise UserError(self.env._("Please say whether it was solved."))
        record = self._as_public()
        record._rate_publicly(score, solved == "yes", comment)
        record._set_public(solved=solved)
