# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Takes personal data out of a text that leaves its circle (R-PII-1). No Odoo here.

What was taken out shows itself: a black bar stands there, as on paper, so that nobody
takes the rest for the whole. The bar is of one length, since the length of a name tells.
"""

import re
import unicodedata

from .personal_data import EMAIL, is_card_number, is_id_number

BAR = "█" * 4
# Numbers are found however they are written: with up to so many signs between digits.
GAP = "[ +]{0,3}"
PHONE = re.compile(
    rf"(?<!\d)(?=((?:(?:\+|00)?{GAP}86{GAP})?1{GAP}[3-9](?:{GAP}\d){{9}})(?!\d))"
)
LANDLINE = re.compile(rf"(?<!\d)(?=(0\d{{2,3}}{GAP}\d{{3,4}}{GAP}\d{{4}})(?!\d))")
ID_CARD = re.compile(rf"(?<!\d)(?=((?:\d{GAP}){{17}}[\dX])(?!\d))", re.IGNORECASE)
CARD = re.compile(rf"(?<!\d)(?=([456](?:{GAP}\d){{15,18}})(?!\d))")
CHINESE = {
    **dict.fromkeys("〇零", "0"),
    **{
        sign: str(number)
        for signs in ("一二三四五六七八九", "壹贰叁肆伍陆柒捌玖", "壹貳參肆伍陸柒捌玖")
        for number, sign in enumerate(signs, 1)
    },
    "幺": "1",
}
LAST_LETTERS = "×ΧХχх"
"""What is written for the X of an identity number."""
BETWEEN = "ZPSMC"
"""First letters of the categories of signs that stand between digits."""


def is_id_card(number):
    """Tell whether a number is one of an identity card, by its checksum (GB 11643).

    :param str number: 18 characters
    :rtype: bool
    """
    looks_right = re.fullmatch(r"\d{17}[0-9Xx]", number, re.ASCII)
    return bool(looks_right) and is_id_number(number)


def find_places(text, names=()):
    """Return where a text tells who somebody is.

    Telephone numbers, numbers of identity cards and bank cards with a right checksum,
    e-mail addresses, and the names given. Digits of any script and width count, and
    so do those with blanks, dashes and other signs between them.

    :param str text: any text
    :param names: names and other words that must not stand there
    :return: beginning and end of each place, in their order, none within another
    :rtype: list[tuple[int, int]]
    """
    plain = "".join(map(_simplify, text))
    digits = "".join(map(_read_digit, plain))
    places = [match.span() for match in EMAIL.finditer(plain)]
    for pattern, is_one in (
        (PHONE, None),
        (LANDLINE, None),
        (ID_CARD, is_id_card),
        (CARD, is_card_number),
    ):
        places += [
            match.span(1)
            for match in pattern.finditer(digits)
            if not is_one or is_one(re.sub(GAP, "", match[1]))
        ]
    for name in names:
        # Between the letters of a name, and the digits of a number, signs may stand.
        letters = [
            letter
            for sign in name or ""
            if (letter := _read_digit(_simplify(sign))) not in " +\n"
        ]
        if letters:
            pattern = r"[ +\n]{0,3}".join(map(re.escape, letters))
            found = re.finditer(pattern, digits, re.IGNORECASE)
            places += [match.span() for match in found]
    return _merge(places)


def redact(text, names=()):
    """Put a bar in the place of all that tells who somebody is; see :func:`find_places`.

    :param str text: what is to be published, or nothing
    :param names: names and other words that must not stand there
    :return: the text, and how many places were taken out
    :rtype: tuple[str, int]
    """
    text = text or ""
    pieces, end = [], 0
    places = find_places(text, names)
    for start, stop in places:
        pieces += [text[end:start], BAR]
        end = stop
    return "".join([*pieces, text[end:]]), len(places)


def _simplify(sign):
    """Return a sign as it is usually written: one for one, so that places stay."""
    if sign in LAST_LETTERS:
        return "X"
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    simple = unicodedata.normalize("NFKC", sign)
    return simple if len(simple) == 1 else sign


def _read_digit(sign):
    """Return the digit that a sign stands for, a blank for what stands between some."""
    if sign in CHINESE:
        return CHINESE[sign]
    if sign in "+\n" or unicodedata.category(sign)[0] not in BETWEEN:
        return sign
    return " "


def _merge(places):
    """Return places in their order, those that overlap as one."""
    merged = []
    for start, stop in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
        else:
            merged.append((start, stop))
    return merged
