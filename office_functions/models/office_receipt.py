# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import SQL, format_date


class OfficeReceipt(models.Model):
    """One addressee of something sent out, and whether they have read it."""

    _name = "office.receipt"
    _inherit = ["office.annex.mixin"]
    _description = "Read Receipt"
    _order = "id"
    _append_only = False

    department_id = fields.Many2one(
        "hr.department", "Unit", readonly=True, index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users", "Person", readonly=True, index="btree_not_null"
    )
    date_sent = fields.Datetime("Sent On", readonly=True, default=fields.Datetime.now)
    date_read = fields.Datetime("Read On", readonly=True)
    reader_id = fields.Many2one("res.users", "Read By", readonly=True)
    date_first_read = fields.Datetime(
        "First Read On",
        readonly=True,
        help="When it was read before it changed and had to be read again.",
    )
    date_notified = fields.Datetime("Told On", readonly=True)
    reminder_count = fields.Integer("Reminders", readonly=True, aggregator=None)

    _addressee_uniq = models.UniqueIndex(
        "(res_model, res_id, COALESCE(department_id, 0), COALESCE(user_id, 0))"
    )
    _unread_idx = models.Index("(res_model, res_id) WHERE date_read IS NULL")
    _untold_idx = models.Index("(id) WHERE date_notified IS NULL AND date_read IS NULL")

    @api.depends("department_id", "user_id", "date_read")
    def _compute_display_name(self):
        for receipt in self:
            name = receipt.department_id.name or receipt.user_id.name or ""
            if receipt.date_read:
                name += f" {format_date(self.env, receipt.date_read)}"
            receipt.display_name = name

    def _get_readers(self):
        """Return the users who may sign for this addressee.

        A person signs for themselves; for a unit its head, and a school's own users
        and liaisons.

        :rtype: res.users
        """
        unit = self.department_id
        return self.user_id | unit.manager_id.user_id | unit.office_user_ids

    @api.model
    def _tell_all(self, limit=100):
        """Tell the addressees who were not told yet: one message a matter.

        What was told is marked in the same transaction, so that a second run tells
        nobody twice, and two hosts take different rows.

        :param int limit: how many addressees
        :return: how many were told
        :rtype: int
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM office_receipt
                    WHERE date_notified IS NULL AND date_read IS NULL
                 ORDER BY res_model, res_id, id LIMIT %s
               FOR UPDATE SKIP LOCKED""",
                limit,
            )
        )
        receipts = self.sudo().browse(row[0] for row in rows)
        for (model, res_id), told in receipts.grouped(
            lambda receipt: (receipt.res_model, receipt.res_id)
        ).items():
            told._tell(self.env[model].sudo().browse(res_id).exists())
        receipts.date_notified = fields.Datetime.now()
        return len(receipts)

    def _tell(self, matter):
        """Send the message that one matter waits to be read."""
        readers = self.env["res.users"].union(*(r._get_readers() for r in self))
        readers = readers.filtered(
            lambda user: matter.with_user(user).has_access("read")
        )
        for lang, users in readers.grouped("lang").items():
            spoken = matter.with_context(lang=lang)
            subject, body = spoken._get_receipt_message()
            spoken.message_notify(
                partner_ids=users.partner_id.ids,
                subject=subject,
                body=body,
                force_send=False,
            )

    @api.model
    def _cron_tell(self):
        """Tell all who were not told yet, in batches that may be interrupted."""
        told = True
        while told:
            told = self._tell_all()
            self.env["ir.cron"]._commit_progress(told)
