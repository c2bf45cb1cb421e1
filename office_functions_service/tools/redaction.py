# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Takes personal data out of a text that is published (R-PII-1). No Odoo here.

What was taken out shows itself: a black bar stands there, as on paper, so that nobody
takes the rest for the whole. The bar is of one length, since the length of a name tells.
"""

import re

BAR = "█" * 4
PHONE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)")
ID_CARD = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


def is_id_card(number):
    """Tell whether a number is one of an identity card, by its checksum (GB 11643).

    :param str number: 18 characters
    :rtype: bool
    """
    if not re.fullmatch(r"\d{17}[0-9Xx]", number, re.ASCII):
        return False
    total = sum(int(digit) * w for digit, w in zip(number, WEIGHTS, strict=False))
    return CHECKS[total % 11] == number[-1].upper()


def redact(text, names=()):
    """Put a bar in the place of all that tells who somebody is.

    Telephone numbers, numbers of identity cards with a right checksum, e-mail addresses,
    and the names given. Digits and letters of full width count as others do.

    :param str text: what is to be published, or nothing
    :param names: names and other words that must not stand there
    :return: the text, and how many places were taken out
    :rtype: tuple[str, int]
    """
    text = text or ""
    plain = text.translate(_NARROW)
    places = [
        match.span()
        for pattern in (EMAIL, PHONE, LANDLINE)
        for match in pattern.finditer(plain)
    ]
    places += [
        match.span() for match in ID_CARD.finditer(plain) if is_id_card(match.group())
    ]
    for name in {(name or "").strip() for name in names} - {""}:
        # Between the characters of a Chinese name blanks may stand.
        letters = r"\s*".join(map(re.escape, name.translate(_NARROW)))
        places += [match.span() for match in re.finditer(letters, plain, re.IGNORECASE)]
    pieces, end, count = [], 0, 0
    for start, stop in _merge(places):
        pieces += [text[end:start], BAR]
        end, count = stop, count + 1
    return "".join([*pieces, text[end:]]), count


def _merge(places):
    """Return places in their order, those that overlap as one."""
    merged = []
    for start, stop in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], stop)
        else:
            merged.append([start, stop])
    return merged


# One character for one: places in the plain text are those in the text itself.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
