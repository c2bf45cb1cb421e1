# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The workbook of the information bulletin (F14 信息采用通报)."""

from collections.abc import Iterable
from datetime import date
from typing import BinaryIO

import xlsxwriter

FONT = "宋体"
COLUMNS = (
    ("排名", 6, "rank"),
    ("单位", 24, "unit"),
    ("报送数", 9, "submitted"),
    ("采用数", 9, "adopted"),
    ("本级采用", 9, "own"),
    ("市级采用", 9, "city"),
    ("省级采用", 9, "province"),
    ("国家采用", 9, "state"),
    ("采用率（%）", 11, "rate"),
    ("领导批示数", 11, "comments"),
    ("迟漏报及不实扣分", 16, "faults"),
    ("积分", 8, "points"),
)
"""Heading, width in characters, key of the row, in the order of the form."""


def write_bulletin(
    file: BinaryIO, rows: Iterable[dict], organ: str, period: tuple[date, date]
) -> None:
    """Write the bulletin's table as xlsx; text stays text, whatever it begins with.

    :param file: binary file open for writing
    :param rows: the figures of each unit, see :data:`COLUMNS`
    :param organ: who issues it
    :param period: first and last day
    """
    options = {"in_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        font = {"font_name": FONT, "font_size": 11}
        cell = workbook.add_format(font | {"border": 1, "align": "center"})
        head = workbook.add_format(
            font | {"border": 1, "align": "center", "bold": True, "text_wrap": True}
        )
        title = workbook.add_format(
            font | {"font_size": 18, "bold": True, "align": "center"}
        )
        sheet = workbook.add_worksheet("信息采用通报")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        last = len(COLUMNS) - 1
        sheet.merge_range(0, 0, 0, last, "信息采用通报", title)
        days = "至".join(f"{day.year}年{day.month}月{day.day}日" for day in period)
        line = f"单位：{organ}　　期间：{days}"
        sheet.merge_range(1, 0, 1, last, line, workbook.add_format(font))
        for index, (heading, width, _key) in enumerate(COLUMNS):
            sheet.set_column(index, index, width)
            sheet.write_string(2, index, heading, head)
        for number, row in enumerate(rows, 3):
            for index, (_heading, _width, key) in enumerate(COLUMNS):
                value = row[key]
                if isinstance(value, str):
                    sheet.write_string(number, index, value, cell)
                elif value is None:
                    sheet.write_blank(number, index, None, cell)
                else:
                    sheet.write_number(number, index, value, cell)
