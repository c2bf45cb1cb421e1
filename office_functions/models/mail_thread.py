# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import plaintext2html
from odoo.tools.mail import generate_tracking_message_id

from ..tools.mail_reply import is_automatic


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _routing_check_route(self, message, message_dict, route, raise_exception=True):
        """Let nobody but its addressee answer an urging notice by e-mail.

        What a machine sends is dropped without a word, so that two of them do not talk
        to each other. People are told why.
        """
        checked = super()._routing_check_route(
            message, message_dict, route, raise_exception
        )
        if not checked or checked[0] != "office.urging":
            return checked
        if is_automatic(message):
            return False
        urging = self.env["office.urging"].browse(checked[1])
        refusal = urging._explain_mail_refusal(message_dict)
        if not refusal:
            return checked
        tag = generate_tracking_message_id("loop-detection-bounce-email")
        self._routing_create_bounce_email(
            message_dict["email_from"],
            plaintext2html(refusal),
            message,
            # The host ignores what is answered to such a message.
            references=f"{message_dict['message_id']} {tag}",
        )
        return False
