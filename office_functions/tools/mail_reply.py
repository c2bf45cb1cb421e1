# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What somebody wrote in reply to an e-mail, without what they quoted."""

import re

from lxml import html

from odoo.tools import html2plaintext, html_sanitize

AUTOMATIC_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress")
AUTOMATIC_PRECEDENCE = ("auto_reply", "auto-reply", "bulk", "junk", "list")
QUOTE_BEGINS = re.compile(
    r"^\s*(?:>|-{2,}\s*(?:原始邮件|Original Message|转发邮件|Forwarded message)"
    r"|(?:发件人|From)\s*[:：]"
    r"|(?:On|Am|Le)\b.*(?:wrote|schrieb|a écrit)\s*:\s*$"
    r"|.*(?:写道|寫道)\s*[:：]\s*$)"
)
SIGNATURE = re.compile(r"^-- ?$")


def is_automatic(message):
    """Tell whether a machine wrote an e-mail: an out-of-office reply, a list, a bounce.

    See RFC 3834, 5.

    :param email.message.EmailMessage message: the e-mail
    :rtype: bool
    """
    submitted = (message.get("Auto-Submitted") or "no").split(";")[0].strip().lower()
    precedence = (message.get("Precedence") or "").strip().lower()
    return (
        submitted != "no"
        or precedence in AUTOMATIC_PRECEDENCE
        or (message.get("Return-Path") or "").strip() == "<>"
        or any(message.get(name) for name in AUTOMATIC_HEADERS)
    )


def get_reply_text(body):
    """Return the new words of a reply, up to the first quotation or the signature.

    :param str body: HTML, as the mail gateway makes it of any e-mail
    :rtype: str
    """
    clean = html_sanitize(body or "")
    if not clean:
        return ""
    root = html.fragment_fromstring(str(clean), create_parent="div")
    for node in root.xpath(".//*[@data-o-mail-quote='1']"):
        if node.getparent() is not None:
            node.drop_tree()
    lines = []
    for line in html2plaintext(html.tostring(root, encoding="unicode")).splitlines():
        if QUOTE_BEGINS.match(line) or SIGNATURE.match(line):
            break
        lines.append(line.rstrip())
    return "\n".join(lines).strip()
