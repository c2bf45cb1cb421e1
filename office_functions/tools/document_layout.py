# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""An official document as it stands on paper (GB/T 9704-2012), for PDF and DOCX."""

from dataclasses import dataclass, field
from datetime import date

# Millimetres and points of the standard, sections 5 and 7.
PAGE = (210, 297)
TOP, RIGHT, BOTTOM, LEFT = 37, 26, 35, 28
TYPE_WIDTH, TYPE_HEIGHT = 156, 225
LINES, CHARACTERS = 22, 28
LINE_PITCH = 28.95
BODY_SIZE, TITLE_SIZE, FOOT_SIZE = 16, 22, 14
MARK_TOP = {"document": 35, "minutes": 35, "order": 20}
"""Form → from the top of the type area to the top of the red mark; a letter's stands 30
mm below the top of the page."""
LETTER_MARK_TOP = 30
MARK_SIZE = {"document": 54, "minutes": 54, "order": 54, "letter": 42}
"""The mark's letters at most; a long name is set smaller, to fit the type area."""

BLANK_DATE = "　　年　月　日"
"""What a draft has where the date will stand."""


def chinese_date(day: date | None) -> str:
    """Return a date as documents write it.

    >>> chinese_date(date(2025, 4, 7))
    '2025年4月7日'
    """
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


@dataclass
class Layout:
    """What is printed, in the order of the page; empty parts are left out."""

    form: str = "document"
    mark: str = ""
    number: str = ""
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    signers: str = ""
    title: list = field(default_factory=list)
    main: str = ""
    blocks: list = field(default_factory=list)
    annexes: list = field(default_factory=list)
    organ: str = ""
    day: str = ""
    with_seal: bool = True
    note: str = ""
    copies_to: str = ""
    printed_by: str = ""
    printed_on: str = ""

    @property
    def head_lines(self) -> list:
        """The lines stacked in the top left corner: (class, text)."""
        lines = [
            ("number", self.copy_number),
            ("hei", self.secrecy),
            ("hei", self.urgency),
        ]
        return [line for line in lines if line[1]]

    @property
    def mark_size(self) -> float:
        """Points of the mark's letters, so that it fits into the type area."""
        width = TYPE_WIDTH / 25.4 * 72
        return min(MARK_SIZE[self.form], round(width / max(len(self.mark), 1), 2))

    @property
    def mark_top(self) -> float:
        """Millimetres from the top of the type area to the top of the mark."""
        if self.form == "letter":
            return LETTER_MARK_TOP - TOP
        return MARK_TOP[self.form]
