# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

from ..tools.mail_reply import get_reply_text


class OfficeUrgingMail(models.Model):
    """A notice is answered by replying to the e-mail that told of it.

    The mail gateway finds the notice by the message that is replied to, which only its
    recipient has, and asks for two methods: ``message_update`` and ``message_post``. A
    notice has no thread of its own: the e-mail is kept in that of its matter.
    """

    _inherit = "office.urging"

    def _find_mail_user(self, message_dict):
        """Return the addressee who wrote an e-mail from the address known of them.

        :param dict message_dict: as the mail gateway reads it
        :return: nobody, where the e-mail answers one that somebody else got
        :rtype: res.users
        """
        self.ensure_one()
        urging = self.sudo()
        sender = email_normalize(message_dict.get("email_from") or "")
        answered = urging.env["mail.message"].browse(message_dict.get("parent_id"))
        return urging.addressee_ids.user_id.filtered(
            lambda user: (
                sender
                and user.active
                and sender == email_normalize(user.email or "")
                and user.partner_id in answered.partner_ids
            )
        )[:1]

    def _explain_mail_refusal(self, message_dict):
        """Return why an e-mail is not taken as the reply to this notice.

        :param dict message_dict: as the mail gateway reads it
        :return: a sentence, empty when it is taken
        :rtype: str
        """
        user = self._find_mail_user(message_dict)
        if not user or not self.with_user(user).has_access("read"):
            return self.env._(
                "Only those the notice was sent to answer it, from the address that "
                "the office knows of them."
            )
        person = self.with_context(lang=user.lang)
        if self.sudo().date_replied:
            return person.env._(
                "%(who)s has replied to this notice already.",
                who=self.sudo().replier_id.name,
            )
        matter = self.sudo()._get_matter()
        if "is_secret" in matter and matter.is_secret:
            return matter.with_context(lang=user.lang)._get_secrecy_warning()
        if not get_reply_text(message_dict.get("body")):
            return person.env._("Please write a reply.")
        return ""

    def message_update(self, msg_dict, update_vals=None):
        """Take an e-mail from the gateway; :meth:`message_post` does the rest."""
        return True

    def message_post(
        self, *, body="", parent_id=False, email_from=None, attachments=None, **kwargs
    ):
        """Answer the notice by an e-mail, which is kept with the matter.

        Called by the mail gateway, after the sender was checked.

        :param str body: HTML of the e-mail
        :param int parent_id: the message it replies to
        :param str email_from: the sender
        :param list attachments: its files, as the gateway reads them
        :return: the message
        :rtype: mail.message
        :raise AccessError: for anybody but the gateway, which alone knows the sender
        """
        self.ensure_one()
        if not self.env.su:
            raise AccessError(
                self.env._("A notice is answered by its addressee, in their own name.")
            )
        user = self._find_mail_user({"email_from": email_from, "parent_id": parent_id})
        text = get_reply_text(body)
        self.with_user(user).send_reply(text)
        matter = self.sudo()._get_matter()
        message = matter.with_context(mail_post_autofollow=False).message_post(
            body=body,
            author_id=user.partner_id.id,
            email_from=email_from,
            attachments=attachments,
            message_type="email",
            subtype_xmlid="mail.mt_note",
            subject=kwargs.get("subject"),
            message_id=kwargs.get("message_id"),
        )
        self.with_user(user)._after_mail_reply(text, message.sudo().attachment_ids)
        return message

    def _after_mail_reply(self, text, files):
        """Act on a reply that came by e-mail, as the addressee who wrote it.

        :param str text: the reply
        :param files: ``ir.attachment`` (superuser): what was attached to it
        """
