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

    # The job writes these rows by the hundred thousand: no index that nothing reads.
    res_id = fields.Many2oneReference(index=False)
    urging_id = fields.Many2one(
        "office.urging", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", required=True, readonly=True)
    date_notified = fields.Datetime("Told On", readonly=True)

    _person_uniq = models.UniqueIndex("(user_id, urging_id)")
    _untold_idx = models.Index("(user_id, id) WHERE date_notified IS NULL")

    @api.model
    def _tell_all(self, limit=50):
        """Tell those who have not been told yet: one message a person.

        A person who has ten notices waiting gets one message that counts them, so
        that pressing never becomes noise. What was told is marked in the same
        transaction, so that a second run tells nobody twice. Who has stepped aside
        from a matter meanwhile hears nothing of it.

        :param int limit: how many persons
        :return: how many persons were told
        :rtype: int
        """
        self.env.flush_all()
        untold = SQL(
            "date_notified IS NULL AND NOT %s",
            self.env["office.matter.access"]._get_recused_sql(
                SQL("addressee.user_id"),
                SQL("addressee.res_model"),
                SQL("addressee.res_id"),
            ),
        )
        waiting = self.env.execute_query(
            SQL(
                """SELECT user_id, count(*), min(urging_id)
                     FROM office_urging_addressee addressee
                    WHERE %s
                 GROUP BY user_id ORDER BY user_id LIMIT %s""",
                untold,
                limit,
            )
        )
        for user_id, number, first_id in waiting:
            user = self.env["res.users"].sudo().browse(user_id)
            self._tell(user, number, self.env["office.urging"].browse(first_id))
            self.env.execute_query(
                SQL(
                    """UPDATE office_urging_addressee addressee
                          SET date_notified = now() AT TIME ZONE 'UTC'
                        WHERE user_id = %s AND %s
                    RETURNING 1""",
                    user_id,
                    untold,
                )
            )
        self.invalidate_model(["date_notified"])
        return len(waiting)

    def _tell(self, user, number, first):
        """Send one person the message about their waiting notices."""
        person = self.with_context(lang=user.lang)
        subject = person.env._(
            "%(number)s urging notices wait for your reply", number=number
        )
        body = person.env._(
            "“%(matter)s” is the first of them. Please open Office / My Urging "
            "Notices, read them and reply by the date given there. If you reply to this "
            "e-mail, you answer the first of them; files you attach are kept with it.",
            matter=first.with_user(user).with_context(lang=user.lang).res_name or "—",
        )
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=user.partner_id.ids,
            subject=subject,
            body=body,
            # What the mail gateway finds again when the person replies.
            model=first._name,
            res_id=first.id,
            force_send=False,
        )
