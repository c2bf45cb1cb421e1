# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""E-mails as they come through the gateway: real RFC 822 messages."""

from email.message import EmailMessage
from itertools import count
from unittest.mock import patch

from odoo.tests import BaseCase
from odoo.tools import mute_logger

NUMBERS = count(1)
QUOTED = "\n\n在 2026年3月10日，办公室写道：\n> 请填写答复。\n"


class UrgingMailCase(BaseCase):
    """Tests that answer urging notices by e-mail; use with a case that has ``env``."""

    def tell(self, urging, user):
        """Tell the addressees of a notice, and return what one of them got.

        :rtype: mail.message
        """
        self.env["office.urging.addressee"]._tell_all(limit=1000)
        message = self.env["mail.message"].search(
            [
                ("model", "=", "office.urging"),
                ("res_id", "=", urging.id),
                ("partner_ids", "in", user.partner_id.ids),
            ]
        )
        self.assertEqual(len(message), 1)
        return message

    def compose(self, message, sender, text, files=(), **headers):
        """Return the RFC 822 source of a reply to a message.

        :param sender: ``res.users``, or an address
        :param files: ``(name, bytes)`` for each
        """
        address = sender if isinstance(sender, str) else sender.email_formatted
        mail = EmailMessage()
        mail["From"] = address
        mail["To"] = "office@example.com"
        mail["Subject"] = "Re: " + (message.subject or "")
        mail["Message-Id"] = f"<reply-{next(NUMBERS)}@mail.example.com>"
        mail["In-Reply-To"] = mail["References"] = message.message_id
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text + QUOTED)
        for name, content in files:
            mail.add_attachment(content, maintype="image", subtype="png", filename=name)
        return mail.as_bytes()

    def receive(self, source):
        """Let the gateway process an e-mail, and return what it sent back.

        :return: the bounced e-mails
        :rtype: mail.mail
        """
        before = self.env["mail.mail"].search([], order="id desc", limit=1).id or 0
        with (
            patch.object(type(self.env["mail.mail"]), "send", lambda *a, **kw: True),
            mute_logger("odoo.addons.mail.models.mail_thread"),
        ):
            self.env["mail.thread"].message_process("office.help.request", source)
        self.env.flush_all()
        return self.env["mail.mail"].search(
            [("id", ">", before), ("subject", "like", "Re: %")]
        )
