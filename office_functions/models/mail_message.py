# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import html2plaintext

TYPED = ("comment", "email", "email_outgoing")


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages._check_secret_papers()
        return messages

    def write(self, vals):
        result = super().write(vals)
        if {"body", "model", "res_id", "attachment_ids"} & vals.keys():
            self._check_secret_papers()
        return result

    @api.model
    def _message_fetch(self, domain, *, thread=None, **options):
        """Who opens the messages of a confidential matter stands in the audit log."""
        fetched = super()._message_fetch(domain, thread=thread, **options)
        if thread:
            self.env["office.audit.log"]._note_reading(thread)
        return fetched

    def _read_format(self, fnames, load="_classic_read"):
        values_list = super()._read_format(fnames, load)
        if "body" in fnames:
            self.env["office.audit.log"]._note_reading_about(self, "model")
        return values_list

    def _check_secret_papers(self):
        """Keep what people write off the register entries of state secrets.

        Lines of the system itself (tracking) pass: they say nothing of the content.

        :raise ValidationError: with the warning of the secrecy mixin
        """
        kinds = self.env.registry.descendants(["office.secrecy.mixin"], "_inherit")
        suspects = self.sudo().filtered(
            lambda message: (
                message.model in kinds
                and message.res_id
                and (message.message_type in TYPED or not self.env.su)
                and (html2plaintext(message.body or "") or message.attachment_ids)
            )
        )
        for model, messages in suspects.grouped("model").items():
            papers = self.env[model].sudo().browse(messages.mapped("res_id")).exists()
            if any(papers.mapped("is_secret")):
                raise ValidationError(
                    self.env["office.secrecy.mixin"]._get_secrecy_warning()
                )
