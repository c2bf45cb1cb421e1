# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

from ..tools.masking import mask
from .ir_attachment_visibility import FIELD

UNSORTED = "office_unsorted"


class IrAttachment(models.Model):
    """A file that came by e-mail stays inside until somebody says for whom it is.

    An address can be forged: nothing is shown to the person by itself (A9).
    """

    _inherit = "ir.attachment"

    office_unsorted = fields.Boolean(
        "For Whom, Not Said Yet",
        readonly=True,
        copy=False,
        help="It came by e-mail, and nobody has said yet for whom it is.",
    )
    office_sender = fields.Char("File From", compute="_compute_office_sender")

    def _compute_office_sender(self):
        """Say who sent a file: by e-mail, with the address masked; else who added it."""
        files = self._filtered_access("read").sudo()._get_hall_files()
        (self - files.sudo(False)).office_sender = False
        mails = (
            self.env["mail.message"]
            .sudo()
            .search(
                [("attachment_ids", "in", files.ids), ("message_type", "=", "email")],
                order="id desc",
            )
        )
        sent = {file: mail for mail in mails for file in mail.attachment_ids}
        for file in files:
            mail = sent.get(file)
            name = (
                file._describe_mailer(mail.email_from)
                if mail
                else file.create_uid.display_name
            )
            file.sudo(False).office_sender = name

    def _describe_mailer(self, address):
        """Return who wrote an e-mail, as far as the address tells.

        :param str address: as it stood in the e-mail
        :rtype: str
        """
        self.ensure_one()
        address = email_normalize(address or "") or address or ""
        matter = self.env[self.res_model].browse(self.res_id).exists()
        own = {
            email_normalize(email or "")
            for email in matter.identity_ids.mapped("email")
        }
        shown = mask("email", address)
        if address in own - {False, ""}:
            return self.env._("E-mail, the person's own address: %s", shown)
        return self.env._("E-mail, an address we do not know: %s", shown)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._without_mark(vals) for vals in vals_list])

    def write(self, vals):
        """Take the mark off what somebody sorts."""
        vals = self._without_mark(vals)
        if FIELD in vals and UNSORTED not in vals:
            vals[UNSORTED] = False
        return super().write(vals) if vals else True

    def _without_mark(self, vals):
        if self.env.su or UNSORTED not in vals:
            return dict(vals)
        return {name: value for name, value in vals.items() if name != UNSORTED}

    def action_sort(self):
        """Say for whom these files are, as the button's context tells.

        :raise AccessError: for others than the handler and petition officers
        """
        audience = self.env.context.get("office_audience")
        if audience not in self._fields[FIELD].get_values(self.env):
            raise AccessError(self.env._("For whom a file is, is said on its matter."))
        self._check_may_sort()
        return self.write({FIELD: audience})


class OfficePublicMixin(models.AbstractModel):
    _inherit = "office.public.mixin"

    def _message_post_after_hook(self, message, msg_values):
        """Mark what came by e-mail: somebody has to say for whom it is."""
        result = super()._message_post_after_hook(message, msg_values)
        if message.message_type == "email":
            message.sudo().attachment_ids._get_hall_files().write({UNSORTED: True})
        return result


class OfficePetition(models.Model):
    _inherit = "office.petition"

    has_unsorted_files = fields.Boolean(
        compute="_compute_has_unsorted_files",
        groups="office_functions.group_office_user",
    )

    @api.depends("file_ids.office_unsorted")
    def _compute_has_unsorted_files(self):
        for petition in self:
            petition.has_unsorted_files = any(petition.file_ids.mapped(UNSORTED))
