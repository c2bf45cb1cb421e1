# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class OfficeAcknowledgementMixin(models.AbstractModel):
    """Sent to units and persons who confirm that they have read it (知悉确认).

    Who has not read it is known by name, and one click reminds them. Who may see it is
    the business of the model: a matter is seen by whoever it is sent to, see
    :class:`.office_receipt_mixin.OfficeReceiptMixin`.
    """

    _name = "office.acknowledgement.mixin"
    _inherit = ["office.workflow.mixin"]
    _description = "Acknowledgement"

    receipt_ids = fields.One2many(
        "office.receipt",
        "res_id",
        "Receipts",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )
    receipt_count = fields.Integer("Sent To", compute="_compute_receipts")
    read_count = fields.Integer("Read", compute="_compute_receipts")
    unread_names = fields.Char("Not Yet Read By", compute="_compute_receipts")
    may_confirm_receipt = fields.Boolean(compute="_compute_may_confirm_receipt")

    @api.depends("receipt_ids.date_read")
    def _compute_receipts(self):
        for record in self:
            receipts = record.sudo().receipt_ids
            unread = receipts.filtered(lambda receipt: not receipt.date_read)
            # Else the names of units would be read record by record.
            unread = unread.with_prefetch(receipts._prefetch_ids)
            record.receipt_count = len(receipts)
            record.read_count = len(receipts) - len(unread)
            record.unread_names = "、".join(unread.mapped("display_name")) or False

    @api.depends("receipt_ids.date_read")
    @api.depends_context("uid")
    def _compute_may_confirm_receipt(self):
        for record in self:
            record.may_confirm_receipt = bool(record._get_own_unread())

    def _get_own_receipts(self):
        """Return the receipts that the current user signs, or has signed."""
        user = self.env.user
        return self.sudo().receipt_ids.filtered(
            lambda receipt: user in receipt._get_readers()
        )

    def _get_own_unread(self):
        """Return the receipts that the current user has to confirm."""
        return self._get_own_receipts().filtered(lambda receipt: not receipt.date_read)

    def _send_receipts(self, units=None, users=None):
        """Send each record to units and persons; once, however often asked.

        They are told by the next run of the job, not in this request.

        :param units: ``hr.department``
        :param users: ``res.users``
        """
        Receipt = self.env["office.receipt"].sudo()
        units = units or self.env["hr.department"]
        users = users or self.env["res.users"]
        vals_list, now = [], fields.Datetime.now()
        for record in self.sudo():
            sent = record.receipt_ids
            common = {"res_model": self._name, "res_id": record.id, "date_sent": now}
            vals_list += [
                {**common, "department_id": unit.id}
                for unit in units - sent.department_id
            ]
            vals_list += [
                {**common, "user_id": user.id} for user in users - sent.user_id
            ]
        if vals_list:
            Receipt.create(vals_list)
            self.sudo()._after_receipts_sent()
            self._send_notices_soon()

    def _after_receipts_sent(self):
        """Act on receipts just created, before anybody is told."""

    def _ask_receipts_again(self):
        """Ask all addressees for another receipt: what they were sent has changed.

        When they first read it stays known. They are told by the next run of the job.
        """
        receipts = self.sudo().receipt_ids
        for receipt in receipts.filtered("date_read"):
            receipt.date_first_read = receipt.date_first_read or receipt.date_read
        receipts.write({"date_read": False, "reader_id": False, "date_notified": False})
        if receipts:
            self._send_notices_soon()

    def _get_receipt_message(self):
        """Return subject and body of the message to the addressees, in their language.

        :rtype: tuple[str, str]
        """
        return (
            self.env._("To be read: %s", self.display_name),
            self.env._("Please open it, read it and confirm the receipt."),
        )

    def action_confirm_receipt(self):
        """Confirm, for oneself or one's unit, that the matter was read.

        :raise UserError: when the user is no addressee, or has confirmed already
        """
        self.check_access("read")
        for record in self:
            unread = record._get_own_unread()
            if not unread:
                raise UserError(
                    self.env._("There is nothing here that waits for your receipt.")
                )
            unread.write(
                {"date_read": fields.Datetime.now(), "reader_id": self.env.uid}
            )
        self.invalidate_recordset(["may_confirm_receipt"])

    def action_remind_unread(self):
        """Remind all who have not read it yet, in one click.

        :raise UserError: when everybody has read it, or without the right to remind
        """
        self.check_access("read")
        for record in self:
            if not record._may_remind_unread():
                raise UserError(
                    self.env._("Only the office and who sent it remind the others.")
                )
            unread = record.sudo().receipt_ids.filtered(lambda r: not r.date_read)
            if not unread:
                raise UserError(self.env._("Everybody has read it."))
            for receipt in unread:
                receipt.reminder_count += 1
            unread.date_notified = False
        self._send_notices_soon()

    def _may_remind_unread(self):
        """Tell whether the user reminds those who have not read it."""
        user = self.env.user
        return user == self.create_uid or any(
            user.has_group(f"office_functions.group_office_{role}")
            for role in ("clerk", "leader")
        )

    @api.model
    def _get_unread_domain(self):
        """Return the domain of what has not been read by everybody yet."""
        return Domain("receipt_ids", "any", [("date_read", "=", False)])

    @api.model
    def _send_notices_soon(self):
        """Let the job that sends the notices run; its id is cached, no query asks for it."""
        job = self.env["ir.model.data"]._xmlid_to_res_id(
            "office_functions.ir_cron_receipts", raise_if_not_found=True
        )
        self.env["ir.cron"].browse(job)._trigger()
