# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What is shown of personal data (R-PII-1)."""

STAR = "*"


def mask(kind, value):
    """Hide the larger part of a value.

    :param str kind: ``person``, ``phone``, ``id_number``, ``address`` or ``email``
    :param str value: the value itself, or nothing
    :return: the first letter of a name, the ends of a number, the beginning of an
        address, and stars; of what is too short to hide, nothing but stars
    :rtype: str
    """
    value = (value or "").strip()
    if not value:
        return ""
    if kind == "email":
        before, at, after = value.partition("@")
        return f"{_keep(before, 1, 0)}{at}{after}"
    first, last = {
        "person": (1, 0),
        "phone": (3, 4),
        "id_number": (3, 2),
        "address": (6, 0),
    }[kind]
    return _keep(value, first, last)


def _keep(value, first, last):
    hidden = len(value) - first - last
    if hidden < (first + last + 1) // 2:
        first, last, hidden = 0, 0, len(value)
    return value[:first] + STAR * hidden + value[len(value) - last :]
