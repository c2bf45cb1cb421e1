# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Reads a file before it is published, and says what it would give away. No Odoo here.

What cannot be read cannot be released. Hidden content is *blocking*: it has to be taken
out. The rest a human may accept, with a reason.
"""

import io
from dataclasses import dataclass
from pathlib import PurePath

from odoo.addons.office_functions.tools.decision_text import (
    DecisionTextError,
    decode_text,
)

from .disclosure_images import examine_image
from .disclosure_office import examine_office
from .disclosure_pdf import examine_pdf
from .personal_data import find_personal_data

MAX_SIZE = 50 * 1024 * 1024
"""Most bytes of a file."""
SUFFIXES = {
    "pdf": "pdf",
    "docx": "docx",
    "xlsx": "xlsx",
    "png": "png",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "txt": "text",
    "csv": "text",
}
"""What can be examined: the end of a name → kind."""
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "text": "text/plain; charset=utf-8",
}
"""Kind → how it is served."""
ACCEPTABLE = (
    "properties",
    "photo_data",
    "personal",
    "external_link",
    "form_field",
    "earlier_version",
    "image_over_text",
)
"""What a human may accept; everything else is hidden content, or cannot be read."""
MOST_PLACES = 8


@dataclass(frozen=True)
class Finding:
    """Something in a file that would be given away with it.

    :param str code: what it is, e.g. ``hidden_sheet``
    :param str place: where, and how it looks; personal data masked
    """

    code: str
    place: str = ""

    @property
    def is_blocking(self):
        """Whether it has to be taken out, whoever accepts what."""
        return self.code not in ACCEPTABLE


def get_kind(name):
    """Return which kind of file a name promises, or an empty string.

    >>> get_kind("年报.PDF")
    'pdf'
    >>> get_kind("old.doc")
    ''
    """
    suffix = PurePath(name or "").suffix.lower().removeprefix(".")
    return SUFFIXES.get(suffix, "")


def _sniff(content):
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return "zip"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    return "text"


def examine(name, content):
    """Return what a file would give away.

    :param str name: its name; the kind it promises must be the kind it is
    :param bytes content: the file
    :return: one finding for each kind of thing, with the first places it was found
    :rtype: list[Finding]
    """
    kind = get_kind(name)
    if not kind:
        return [Finding("unknown_kind", PurePath(name or "").suffix)]
    if not content:
        return [Finding("unreadable")]
    if len(content) > MAX_SIZE:
        return [Finding("too_large")]
    if _sniff(content) != ("zip" if kind in ("docx", "xlsx") else kind):
        return [Finding("wrong_kind", PurePath(name).suffix)]
    try:
        if kind == "text":
            found, text = [], decode_text(content)
            if "\x00" in text:
                return [Finding("unreadable")]
        elif kind == "pdf":
            found, text = examine_pdf(content)
        elif kind in ("docx", "xlsx"):
            found, text = examine_office(kind, content)
        else:
            found, text = examine_image(io.BytesIO(content)), ""
    except DecisionTextError as error:
        return [Finding("unreadable", error.code)]
    except Exception as error:  # noqa: BLE001  damaged files raise almost anything
        return [Finding("unreadable", type(error).__name__)]
    found += [("personal", datum.masked) for datum in find_personal_data(text)]
    return _gather(found)


def _gather(found):
    places = {}
    for code, place in found:
        seen = places.setdefault(code, [])
        if place and place not in seen:
            seen.append(place)
    return [
        Finding(
            code, ", ".join(seen[:MOST_PLACES]) + (" …" * (len(seen) > MOST_PLACES))
        )
        for code, seen in places.items()
    ]
