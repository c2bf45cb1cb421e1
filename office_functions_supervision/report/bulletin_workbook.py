# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The workbook of a supervision bulletin's figures (annex of F4)."""

from collections.abc import Iterable
from typing import BinaryIO

import xlsxwriter

from .ledger_workbook import FONT

COLUMNS = (
    ("名次", 6, "rank"),
    ("单位", 24, "unit"),
    ("应办", 8, "due"),
    ("已办", 8, "done"),
    ("落实率（%）", 11, "rate_implemented"),
    ("按期办结", 10, "on_time"),
    ("按期办结率（%）", 14, "rate_on_time"),
    ("按原时限办结", 13, "on_time_original"),
    ("原时限按期率（%）", 16, "rate_on_time_original"),
    ("首次核查", 10, "checked"),
    ("一次通过", 10, "first_pass"),
    ("一次核查通过率（%）", 18, "rate_first_pass"),
    ("回头看", 8, "looked_back"),
    ("保持", 8, "held"),
    ("回头看保持率（%）", 16, "rate_held"),
    ("得分", 8, "points"),
    ("表扬/批评", 11, "verdict"),
    ("原因", 40, "reason"),
)
"""Heading, width in characters, key of the row."""


def write_figures(file: BinaryIO, rows: Iterable[dict], title: str, line: str) -> None:
    """Write the figures of the units as xlsx; text stays text, whatever it begins with.

    :param file: binary file open for writing
    :param rows: of each unit the values of :data:`COLUMNS`
    :param title: heading of the sheet
    :param line: what stands below it
    """
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        font = {"font_name": FONT, "font_size": 11}
        cell = workbook.add_format(font | {"border": 1, "text_wrap": True})
        head = workbook.add_format(
            font | {"border": 1, "align": "center", "bold": True, "text_wrap": True}
        )
        big = workbook.add_format(
            font | {"font_size": 18, "bold": True, "align": "center"}
        )
        sheet = workbook.add_worksheet("督查通报附表")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        sheet.freeze_panes(3, 2)
        last = len(COLUMNS) - 1
        sheet.merge_range(0, 0, 0, last, title, big)
        sheet.merge_range(1, 0, 1, last, line, workbook.add_format(font))
        for index, (heading, width, _key) in enumerate(COLUMNS):
            sheet.set_column(index, index, width)
            sheet.write_string(2, index, heading, head)
        for number, row in enumerate(rows, 3):
            for index, (_heading, _width, key) in enumerate(COLUMNS):
                value = row[key]
                if value is None or value == "":
                    sheet.write_blank(number, index, None, cell)
                elif isinstance(value, str):
                    sheet.write_string(number, index, value, cell)
                else:
                    sheet.write_number(number, index, value, cell)
