# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError

KINDS = ("ordinary", "report")


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
        "person",
        "person_phone",
        "person_id_number",
        "person_address",
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
                    "A report or an accusation is read by the officers in charge of "
                    "such letters, and never by whom it is about."
                ),
                "widget": "select",
                "options": [
                    (ordinary, self.env._("A suggestion, a complaint or a claim")),
                    (report, self.env._("A report or an accusation")),
                ],
            }
        }

    @api.model
    def _prepare_public_vals(self, given):
        vals = super()._prepare_public_vals(given)
        return vals | {"channel": "online", "is_report": given["is_report"] == KINDS[1]}

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
