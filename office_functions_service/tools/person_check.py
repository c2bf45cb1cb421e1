# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What people type about themselves: tidied, and checked. No Odoo here."""

import re
import unicodedata
from datetime import date

PHONE = re.compile(
    r"1[3-9]\d{9}"  # mobile
    r"|0\d{2,3}[1-9]\d{6,7}"  # landline with its area
    r"|[1-9]\d{6,7}"  # landline of the town
    r"|400\d{7}"
)
EMAIL = re.compile(r"[^@\s<>\"',;]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_LETTERS = "10X98765432"
CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DIRECTIONS = frozenset(
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


def tidy(text, lines=False):
    """Return what somebody typed without what no keyboard writes.

    :param text: anything; what is no text is nothing
    :param bool lines: whether it may have several lines

    >>> tidy(" 张\\x00三\\u202e ")
    '张三'
    >>> tidy("a\\r\\nb", lines=True)
    'a\\nb'
    """
    if not isinstance(text, str):
        return ""
    text = text.encode("utf-8", "ignore").decode().replace("\r\n", "\n")
    text = unicodedata.normalize("NFC", text.replace("\r", "\n"))
    kept = []
    for one in text:
        if one in "\n\t":
            kept.append(one if lines else " ")
        elif unicodedata.category(one) != "Cc" and one not in DIRECTIONS:
            kept.append(one)
    return "".join(kept).strip()


def plain_number(text):
    """Return a number in plain digits, as it is compared and kept.

    >>> plain_number("(010) 8312-3456")
    '01083123456'
    >>> plain_number("+86 １３８ 1234 5678")
    '13812345678'

    The end of a number is no code of a country:

    >>> plain_number("0086")
    '0086'
    """
    text = unicodedata.normalize("NFKC", tidy(text)).upper()
    text = re.sub(r"[\s()\-—–.]", "", text)
    return re.sub(r"^(?:\+|00)86(?=.)", "", text)


def is_phone(number):
    """Tell whether a plain number is a telephone number of the country.

    >>> is_phone("13812345678"), is_phone("01083123456"), is_phone("12345")
    (True, True, False)
    """
    return number.isascii() and bool(PHONE.fullmatch(number))


def is_email(text):
    """Tell whether a text looks like an address of e-mail."""
    return len(text) <= 254 and bool(EMAIL.fullmatch(text))


def is_credit_code(number):
    """Tell whether a plain number is the credit code of an organization (GB 32100).

    >>> is_credit_code("91350100M000100Y43")
    True
    >>> is_credit_code("91350100M000100Y44")
    False
    """
    if not re.fullmatch(f"[{CREDIT_LETTERS}]{{18}}", number):
        return False
    total = sum(
        CREDIT_LETTERS.index(letter) * pow(3, place, 31)
        for place, letter in enumerate(number[:17])
    )
    return CREDIT_LETTERS[-total % 31] == number[-1]


def is_id_number(number, today=None):
    """Tell whether a plain number is that of an identity card (GB 11643-1999).

    >>> is_id_number("11010519491231002X")
    True
    >>> is_id_number("110105194912310021")
    False
    """
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number, re.ASCII):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(
        int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)
    )
    is_whole = CHECK_LETTERS[total % 11] == number[-1]
    return is_whole and date(1900, 1, 1) <= born <= (today or date.today())
