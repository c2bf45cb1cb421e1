# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The workbook of the list of blank spots (F17 空白点清单)."""

from collections.abc import Iterable
from datetime import date
from typing import BinaryIO

import xlsxwriter

FONT = "宋体"
COLUMNS = (
    ("序号", 6, "position"),
    ("职责事项", 36, "duty"),
    ("单位", 20, "unit"),
    ("责任人", 12, "owner"),
    ("上次触及日期", 16, "date"),
    ("天数", 8, "days"),
    ("建议", 28, "step"),
)
"""Heading, width in characters, key of the row, in the order of the form."""
HEAD_ROW = 2


def write_blank_spots(
    file: BinaryIO, rows: Iterable[dict], organ: str, period: tuple[date, date]
) -> None:
    """Write the list as xlsx; text stays text, whatever it begins with.

    :param file: binary file open for writing
    :param rows: what stands in each line, see :data:`COLUMNS`
    :param organ: whose list it is
    :param period: first and last day
    """
    options = {"in_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        font = {"font_name": FONT, "font_size": 11}
        cell = workbook.add_format(font | {"border": 1, "text_wrap": True})
        day = workbook.add_format(
            font | {"border": 1, "num_format": 'yyyy"年"m"月"d"日"', "align": "left"}
        )
        head = workbook.add_format(
            font | {"border": 1, "align": "center", "bold": True, "text_wrap": True}
        )
        title = workbook.add_format(
            font | {"font_size": 18, "bold": True, "align": "center"}
        )
        sheet = workbook.add_worksheet("空白点清单")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.freeze_panes(HEAD_ROW + 1, 0)
        last = len(COLUMNS) - 1
        sheet.merge_range(0, 0, 0, last, "空白点清单", title)
        days = "至".join(f"{day.year}年{day.month}月{day.day}日" for day in period)
        line = f"单位：{organ}　　期间：{days}"
        sheet.merge_range(1, 0, 1, last, line, workbook.add_format(font))
        for index, (heading, width, _key) in enumerate(COLUMNS):
            sheet.set_column(index, index, width)
            sheet.write_string(HEAD_ROW, index, heading, head)
        for number, row in enumerate(rows, 1):
            values = {"position": number, **row}
            for index, (_heading, _width, key) in enumerate(COLUMNS):
                _write_cell(sheet, HEAD_ROW + number, index, values[key], cell, day)


def _write_cell(sheet, row, column, value, cell, day):
    """Write one cell by the type of what stands in it."""
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, cell)
    elif value is None:
        sheet.write_string(row, column, "—", cell)
    else:
        sheet.write_number(row, column, value, cell)
