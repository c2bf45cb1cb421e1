# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The ledgers of a canteen (F13 台账) as sheets of one workbook."""

import tempfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import BinaryIO, NamedTuple

import xlsxwriter

FONT = "宋体"
TITLE_ROW, ORGAN_ROW, HEAD_ROW, FIRST_ROW = range(4)


class Ledger(NamedTuple):
    """One ledger.

    :param str title: of the sheet and its heading
    :param tuple columns: ``(heading, width in characters)`` of each column
    :param rows: the cells of each row: texts, numbers, dates, moments or None
    """

    title: str
    columns: tuple
    rows: Iterable[tuple]


def write_ledgers(
    file: BinaryIO,
    ledgers: Iterable[Ledger],
    organ: str,
    period: tuple[date, date],
) -> int:
    """Write ledgers as xlsx, a sheet each.

    Rows go to the disk as they come. Text stays text, whatever it begins with.

    :param file: binary file open for writing
    :param ledgers: the ledgers, in the order of the sheets
    :param organ: who keeps them
    :param period: first and last day
    :return: how many rows were written
    """
    with tempfile.TemporaryDirectory() as folder:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "tmpdir": folder,
        }
        with xlsxwriter.Workbook(file, options) as workbook:
            formats = _make_formats(workbook)
            return sum(
                _write_sheet(workbook, formats, ledger, organ, period)
                for ledger in ledgers
            )


def _make_formats(workbook):
    font = {"font_name": FONT, "font_size": 10}
    cell = font | {"border": 1, "valign": "top", "text_wrap": True, "align": "left"}
    return {
        "title": workbook.add_format(
            font | {"bold": True, "font_size": 18, "align": "center"}
        ),
        "organ": workbook.add_format(font),
        "head": workbook.add_format(
            cell | {"bold": True, "align": "center", "bg_color": "#DDEBF7"}
        ),
        "text": workbook.add_format(cell),
        "number": workbook.add_format(cell | {"align": "center"}),
        "date": workbook.add_format(cell | {"num_format": 'yyyy"年"m"月"d"日"'}),
        "moment": workbook.add_format(cell | {"num_format": "yyyy-mm-dd hh:mm"}),
    }


def _write_sheet(workbook, formats, ledger, organ, period):
    sheet = workbook.add_worksheet(ledger.title)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.set_footer("&C第 &P 页　共 &N 页")
    for index, (_heading, width) in enumerate(ledger.columns):
        sheet.set_column(index, index, width)
    last = len(ledger.columns) - 1
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, ledger.title, formats["title"])
    days = "至".join(f"{day.year}年{day.month}月{day.day}日" for day in period)
    line = f"单位：{organ}　　期间：{days}"
    sheet.merge_range(ORGAN_ROW, 0, ORGAN_ROW, last, line, formats["organ"])
    for index, (heading, _width) in enumerate(ledger.columns):
        sheet.write_string(HEAD_ROW, index, heading, formats["head"])
    count = 0
    for count, row in enumerate(ledger.rows, 1):
        for index, value in enumerate(row):
            _write_cell(sheet, formats, HEAD_ROW + count, index, value)
    return count


def _write_cell(sheet, formats, row, column, value):
    if value is None or value is False:
        sheet.write_blank(row, column, None, formats["text"])
    elif isinstance(value, str):
        sheet.write_string(row, column, value, formats["text"])
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, formats["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["date"])
    else:
        sheet.write_number(row, column, value, formats["number"])
