# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import SQL


class OfficeUrgingAddressee(models.Model):
    """One person a notice is addressed to, and whether they were told."""

    _name = "office.urging.addressee"
    _inherit = ["office.annex.mixin"]
    _description = "Urging Addressee"
    _order = "id"
    _rec_name = "user_id"
    _append_only = False

    urging_id = fields.Many2one(
        "office.urging", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    date_notified = fields.Datetime("Told On", readonly=True)

    _person_uniq = models.UniqueIndex("(urging_id, user_id)")
    _untold_idx = models.Index("(user_id, id) WHERE date_notified IS NULL")

    @api.model
    def _tell_all(self, limit=50):
        """Tell those who have not been told yet: one message a person.

        A person who has ten notices waiting gets one message that counts them, so
        that pressing never becomes noise. What was told is marked in the same
        transaction, so that a second run tells nobody twice.

        :param int limit: how many persons
        :return: how many persons were told
        :rtype: int
        """
        waiting = self.sudo()._read_group(
            [("date_notified", "=", False)],
            ["user_id"],
            ["__count", "id:min"],
            limit=limit,
        )
        for user, number, first in waiting:
            self._tell(user, number, self.sudo().browse(first).urging_id)
            self.env.execute_query(
                SQL(
                    """UPDATE office_urging_addressee
                          SET date_notified = now() AT TIME ZONE 'UTC'
                        WHERE user_id = %s AND date_notified IS NULL
                    RETURNING 1""",
                    user.id,
                )
            )
        self.invalidate_model(["date_notified"])
        return len(waiting)

    def _tell(self, user, number, first):
        """Send one person the message about their waiting notices."""
        person = self.with_context(lang=user.lang)
        _ = person.env._
        subject = _("%(number)s urging notices wait for your reply", number=number)
        body = _(
            "“%(matter)s” is the first of them. Please open Office / My Urging "
            "Notices, read them and reply by the date given there.",
            matter=first.with_user(user).with_context(lang=user.lang).res_name or "—",
        )
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=user.partner_id.ids,
            subject=subject,
            body=body,
            force_send=False,
        )
