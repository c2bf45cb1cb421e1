# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The change ledger 变更台账 as an xlsx sheet. No Odoo here."""

from collections.abc import Iterable
from datetime import date
from typing import BinaryIO

from .ledger_workbook import MAX_ROWS, _Formats, _open_workbook, _show_date

COLUMNS = (
    ("序号", 6, "position"),
    ("日期", 13, "date"),
    ("变更事项", 12, "kind"),
    ("督办编号", 16, "number"),
    ("督办事项", 30, "ticket"),
    ("任务", 24, "task"),
    ("单位", 16, "unit"),
    ("督查员", 10, "supervisor"),
    ("申请人", 10, "asker"),
    ("批准人", 10, "approver"),
    ("变更前", 30, "before"),
    ("变更后", 30, "after"),
    ("放宽天数", 9, "days"),
    ("理由", 30, "reason"),
)
"""Heading, width, and name of the fact."""

TITLE_ROW, ORGAN_ROW, HEAD_ROW, FIRST_ROW = range(4)


def write_changes(file: BinaryIO, lines: Iterable[dict], organ: str, day: date) -> int:
    """Write the change ledger as xlsx, row by row to the disk.

    :param file: binary file open for writing
    :param lines: dicts with the names in ``COLUMNS``, dates as ``date``
    :param organ: who keeps the ledger
    :param day: the day of the ledger
    :return: how many lines were written
    :raise OverflowError: for more lines than a sheet holds
    """
    with _open_workbook(file) as workbook:
        sheet = workbook.add_worksheet("变更台账")
        formats = _Formats(workbook)
        _write_head(sheet, formats, organ, day)
        count = 0
        for count, line in enumerate(lines, 1):
            if FIRST_ROW + count > MAX_ROWS:
                raise OverflowError("more lines than a sheet holds")
            _write_line(
                sheet, formats, FIRST_ROW + count - 1, line | {"position": count}
            )
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(count, 1), len(COLUMNS) - 1)
    return count


def _write_head(sheet, formats, organ, day):
    """A4 across; title, organ and date, headings."""
    last = len(COLUMNS) - 1
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_footer("&C第 &P 页　共 &N 页")
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.set_row(TITLE_ROW, 30)
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, "督办变更台账", formats.title)
    line = f"单位：{organ}　　日期：{_show_date(day)}"
    sheet.merge_range(ORGAN_ROW, 0, ORGAN_ROW, last, line, formats.organ)
    for index, (heading, width, _name) in enumerate(COLUMNS):
        sheet.set_column(index, index, width)
        sheet.write_string(HEAD_ROW, index, heading, formats.head)


def _write_line(sheet, formats, number, line):
    """One line, from its facts; a text stays a text whatever it begins with."""
    for index, (_heading, _width, name) in enumerate(COLUMNS):
        value = line[name]
        if value is None:
            sheet.write_blank(number, index, None, formats.text)
        elif isinstance(value, str):
            sheet.write_string(number, index, value, formats.text)
        elif isinstance(value, int):
            sheet.write_number(number, index, value, formats.number)
        else:
            sheet.write_datetime(number, index, value, formats.date)
