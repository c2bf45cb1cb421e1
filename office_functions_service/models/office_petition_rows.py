# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The host's rows that hang on records, as far as they hang on petitions."""

from odoo import api, models
from odoo.exceptions import MissingError, ValidationError
from odoo.tools import SQL
from odoo.tools.translate import get_translation

ROW = "office.petition.row.mixin"
# What the host says of a record that is not there.
ABSENT = "Record does not exist or has been deleted."
WHICH = "(Record: %(record)s, User: %(user)s)"


def make_missing_error(records):
    """Return what the host raises for records that are not there.

    :param records: of which the first is named
    :rtype: MissingError
    """
    lang = records.env.lang or "en_US"
    named = {"record": records[:1], "user": records.env.uid}
    return MissingError(
        "\n".join(
            [
                get_translation("base", lang, ABSENT, ()),
                get_translation("base", lang, WHICH, named),
            ]
        )
    )


class MailMessage(models.Model):
    _name = "mail.message"
    _inherit = ["mail.message", ROW]
    _petition_row = ("model", "res_id")


class MailNotification(models.Model):
    _name = "mail.notification"
    _inherit = ["mail.notification", ROW]
    _petition_via = "mail_message_id"


class MailTrackingValue(models.Model):
    _name = "mail.tracking.value"
    _inherit = ["mail.tracking.value", ROW]
    _petition_via = "mail_message_id"


class MailMessageSchedule(models.Model):
    _name = "mail.message.schedule"
    _inherit = ["mail.message.schedule", ROW]
    _petition_via = "mail_message_id"


class MailFollowers(models.Model):
    """Nobody follows what is hidden from them."""

    _name = "mail.followers"
    _inherit = ["mail.followers", ROW]

    @api.model_create_multi
    def create(self, vals_list):
        followers = super().create(vals_list)
        for follower in followers.sudo():
            if follower.res_model != "office.petition" or not follower.res_id:
                continue
            petition = self.env["office.petition"].sudo().browse(follower.res_id)
            if not petition._filter_informable(follower.partner_id):
                raise ValidationError(
                    self.env._("This person cannot be informed of this petition.")
                )
        return followers


class MailActivity(models.Model):
    """Nobody gets a task about what is hidden from them."""

    _name = "mail.activity"
    _inherit = ["mail.activity", ROW]

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._check_may_know_petition()
        return activities

    def write(self, vals):
        result = super().write(vals)
        if not {"user_id", "res_id", "res_model_id"}.isdisjoint(vals):
            self._check_may_know_petition()
        return result

    def _check_may_know_petition(self):
        """Refuse tasks for those a petition is hidden from.

        :raise ValidationError: without saying why
        """
        for activity in self.sudo():
            if activity.res_model != "office.petition" or not activity.res_id:
                continue
            petition = self.env["office.petition"].sudo().browse(activity.res_id)
            if activity.user_id and petition._is_hidden_from(activity.user_id):
                raise ValidationError(
                    self.env._("This person cannot be informed of this petition.")
                )


class RatingRating(models.Model):
    _name = "rating.rating"
    _inherit = ["rating.rating", ROW]
    _petition_strict = True


class OfficePartMixin(models.AbstractModel):
    """Part of a hidden petition is as absent as the petition."""

    _inherit = "office.part.mixin"

    def read(self, fields=None, load="_classic_read"):
        """Return what is there for the user, as if the rest was not.

        The host leaves absent records out, and so are hidden ones.
        """
        try:
            return super().read(fields, load)
        except MissingError:
            # Told by ``_make_access_error``: the host itself raises none here.
            return super(OfficePartMixin, self._leave_out_hidden()).read(fields, load)

    def _leave_out_hidden(self):
        whole = self.env["office.petition"]._get_part_models().get(self._name)
        if self.env.su or not whole or not self:
            return self
        user = self.env.user
        there = self.sudo().exists()
        hidden = there.filtered(lambda part: part[whole]._is_hidden_from(user))
        return self - hidden.sudo(False)


class OfficePetition(models.Model):
    _inherit = "office.petition"

    def read(self, fields=None, load="_classic_read"):
        """Return what is there for the user, as if the rest was not.

        The host leaves absent records out, and so are hidden ones.
        """
        try:
            return super().read(fields, load)
        except MissingError:
            # Told by ``_make_access_error``: the host itself raises none here.
            return super(OfficePetition, self._leave_out_hidden()).read(fields, load)

    @api.readonly
    def web_read(self, specification):
        try:
            return super().web_read(specification)
        except MissingError:
            there = self._leave_out_hidden()
            return super(OfficePetition, there).web_read(specification)

    def unlink(self):
        self._check_there()
        return super().unlink()

    def message_post(self, **kwargs):
        self._check_there()
        return super().message_post(**kwargs)

    def _check_there(self):
        """Answer for a hidden record as the host does for an absent one.

        :raise MissingError: in the host's words
        """
        hidden = self - self._leave_out_hidden()
        if hidden:
            raise make_missing_error(hidden)

    def _leave_out_hidden(self):
        if self.env.su or not self:
            return self
        user = self.env.user
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM office_petition petition WHERE id IN %s AND %s",
                tuple(self.ids) or (0,),
                self._get_hidden_sql(
                    "petition",
                    self._get_admitted_ids(user),
                    user._get_membership_tokens(),
                ),
            )
        )
        return self - self.browse(id_ for (id_,) in rows)


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """Say of a hidden petition, or of part of it, what is said of an absent one."""
        Petition = self.env["office.petition"]
        hidden = records.browse()
        if records._name == Petition._name or (
            records._name in Petition._get_part_models()
        ):
            records = records.sudo(False)
            hidden = records - records._leave_out_hidden()
        if not hidden:
            return super()._make_access_error(operation, records)
        return make_missing_error(hidden)
