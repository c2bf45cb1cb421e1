# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Finds personal data in a text (R-PII-1). No Odoo here."""

import re
import unicodedata
from dataclasses import dataclass

from .masking import STAR, mask

PHONE = re.compile(r"(?<![\d*])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\d*])")
ID_NUMBER = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")
CARD = re.compile(r"(?<!\d)(?:62|4\d|5[1-5])\d{14,17}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"


@dataclass(frozen=True)
class PersonalDatum:
    """Something personal that stands in a text.

    :param str kind: ``phone``, ``id_number``, ``card`` or ``email``
    :param str value: as it stands there
    """

    kind: str
    value: str

    @property
    def masked(self):
        """What may be shown of it."""
        value = re.sub(r"[ -]", "", self.value)
        if self.kind == "card":
            return f"{value[:4]}{STAR * (len(value) - 8)}{value[-4:]}"
        return mask(self.kind, value)


def is_id_number(number):
    """Tell whether 18 characters are the number of an identity card (GB 11643).

    :param str number: the number
    :rtype: bool

    >>> is_id_number("11010519491231002X")
    True
    >>> is_id_number("110105194912310021")
    False
    """
    total = sum(
        int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)
    )
    return CHECK_DIGITS[total % 11] == number[-1].upper()


def is_card_number(number):
    """Tell whether digits are the number of a bank card (Luhn).

    >>> is_card_number("6222021234567890128")
    True
    """
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def find_personal_data(text):
    """Return the personal data that stand in a text, each once.

    :param str text: anything; full-width digits count as digits
    :rtype: list[PersonalDatum]

    >>> [datum.masked for datum in find_personal_data("电话 13812345678。")]
    ['138****5678']
    """
    text = unicodedata.normalize("NFKC", text or "")
    found = [PersonalDatum("phone", one) for one in PHONE.findall(text)]
    found += [
        PersonalDatum("id_number", one)
        for one in ID_NUMBER.findall(text)
        if is_id_number(one)
    ]
    known = {datum.value for datum in found}
    found += [
        PersonalDatum("card", one)
        for one in CARD.findall(text)
        if one not in known and is_card_number(one)
    ]
    found += [PersonalDatum("email", one) for one in EMAIL.findall(text)]
    return list(dict.fromkeys(found))
