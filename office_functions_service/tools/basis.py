# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What a time limit stands on, as outsiders are told. No Odoo here."""

import re

NOTE = re.compile(r"（[^（）]*默认值[^（）]*）")


def plain_basis(text):
    """Return a legal basis without the note that the office may change the default.

    >>> plain_basis("本机关信访工作规定（默认值，可改）")
    '本机关信访工作规定'
    >>> plain_basis("《信息公开条例》第三十六条第（三）项")
    '《信息公开条例》第三十六条第（三）项'
    """
    return NOTE.sub("", text or "")
