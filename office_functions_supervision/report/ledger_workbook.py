# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The workbook of the supervision ledger (F2), written row by row to a file."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import BinaryIO, NamedTuple

import xlsxwriter

from .terms import SOURCES

FONT = "宋体"
MAX_ROWS = 1_048_576
"""Rows of a sheet, by the file format."""

UNKNOWN = "—"
"""What is not known yet, or does not apply."""

LIGHTS = {
    "red": ("红·逾期", "#FF9999"),
    "yellow": ("黄·临期", "#FFEB84"),
    "green": ("绿·正常", "#A9D08E"),
    "paused": ("中止计时", "#D9D9D9"),
    "late": ("红·逾期办结", "#FFCCCC"),
    "done": ("绿·按期办结", "#C6E0B4"),
}
"""Light → its word, and the colour of its cell."""

NO_LIGHT = ("未计时", None)
"""Word and colour where no clock runs: before the assignment, or reported and waiting
to be verified."""


class Column(NamedTuple):
    """A column of the ledger.

    :param str heading: as the form has it
    :param float width: in characters
    :param value: function of a row of facts (see :func:`write_ledger`): the text,
        number or date of the cell, or None
    """

    heading: str
    width: float
    value: Callable[[dict], str | int | date | None]


# -- what a cell says ------------------------------------------------------------------


def _fact(name: str) -> Callable[[dict], str | int | date | None]:
    return lambda row: row[name]


def _show_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _basis(row: dict) -> str:
    """Document number, meeting and directive that a ticket stands on."""
    parts = [row["basis_reference"]]
    if row["meeting"]:
        parts.append(f"{row['meeting']}（{_show_date(row['meeting_date'])}）")
    if row["directive_date"]:
        number = row["directive_number"] or "批示"
        given = f"{row['leader'] or ''}{_show_date(row['directive_date'])}"
        parts.append(f"{number}（{given}）")
    return "；".join(filter(None, parts))


def _task(row: dict) -> str | None:
    return row["task_name"] and f"{row['item_number'] or ''}{row['task_name']}"


def _progress(row: dict) -> str | None:
    """The latest feedback, with what it claims; said so, if it was sent back."""
    if not row["feedback_text"]:
        return None
    percent = f"（{row['feedback_progress']}%）" if row["feedback_progress"] else ""
    sent_back = "（已退回）" if row["feedback_state"] == "returned" else ""
    return f"{sent_back}{percent}{row['feedback_text']}"


def _verification(row: dict) -> str:
    if row["ticket_state"] == "verifying":
        return "核查中"
    return {True: "通过", False: "未通过", None: UNKNOWN}[row["last_passed"]]


def _done(row: dict) -> date | None:
    """The day the work was done, as verified; none if it was called off."""
    return None if row["is_called_off"] else row["date_done"]


def _on_time(row: dict) -> str:
    """On time by the present deadline, and by the original one where they differ.

    Of what is not done only that is said which no later date can change.
    """
    if row["is_called_off"]:
        return UNKNOWN
    if not row["date_done"]:
        if row["light"] == "red":
            return "逾期未办结"
        return "未办结（原时限已逾期）" if row["is_past_original"] else UNKNOWN
    word = "按期" if row["is_on_time"] else "逾期"
    if row["is_on_time"] == row["is_on_time_original"]:
        return word
    return f"{word}（原时限{'按期' if row['is_on_time_original'] else '逾期'}）"


def _scores(row: dict) -> str:
    """快 on time, 准 first verification passed, 实 held at the look-back (S3.4)."""
    word = {True: "是", False: "否", None: UNKNOWN}
    fast = row["is_on_time"] if _done(row) else None
    if row["light"] == "red" and not row["is_called_off"]:
        fast = False
    return "/".join([word[fast], word[row["first_passed"]], word[row["held"]]])


def _light(row: dict) -> str:
    if row["is_called_off"]:
        return UNKNOWN
    return LIGHTS.get(row["light"], NO_LIGHT)[0]


def _remarks(row: dict) -> str | None:
    """What else is to be known; of a ticket that stands still or was given up, why."""
    reason = f"：{row['halt_reason']}" if row["halt_reason"] else ""
    remarks = [
        ("整改事项", row["task_kind"] == "rectification"),
        ("持续推进", row["is_long_running"]),
        ("任务已取消", row["task_state"] == "cancelled"),
        (f"督办件已中止{reason}", row["ticket_state"] == "suspended"),
        (f"督办件已终止{reason}", row["ticket_state"] == "terminated"),
    ]
    return "；".join(remark for remark, applies in remarks if applies) or None


COLUMNS = (
    Column("序号", 6, _fact("position")),
    Column("督办编号", 18, _fact("number")),
    Column("立项日期", 13, _fact("date_filed")),
    Column("来源类别", 11, lambda row: SOURCES.get(row["source_type"], "其他")),
    Column("依据文号/会议/批示", 24, _basis),
    Column("督办事项", 28, _fact("name")),
    Column("分解任务", 32, _task),
    Column("牵头单位", 16, _fact("lead_unit")),
    Column("责任领导", 10, _fact("leader")),
    Column("责任人", 10, _fact("handler")),
    Column("协办单位", 20, _fact("assisting_units")),
    Column("原定时限", 13, _fact("date_deadline_original")),
    Column("现时限", 13, _fact("date_deadline")),
    Column("延期次数", 9, _fact("extension_count")),
    Column("进展情况", 32, _progress),
    Column("最近反馈日期", 13, _fact("feedback_date")),
    Column("存在问题/梗阻点", 24, _fact("feedback_problem")),
    Column("下步措施", 24, _fact("feedback_next_step")),
    Column("催办次数", 9, _fact("urging_count")),
    Column("核查结果", 10, _verification),
    Column("办结日期", 13, _done),
    Column("是否按期", 16, _on_time),
    Column("快/准/实", 11, _scores),
    Column("销号日期", 13, _fact("date_closed")),
    Column("状态(红黄绿)", 13, _light),
    Column("备注", 18, _remarks),
)
"""The 26 columns of F2, in order."""

LIGHT_COLUMN = [column.value for column in COLUMNS].index(_light)


# -- the sheet -------------------------------------------------------------------------


def write_ledger(file: BinaryIO, rows: Iterable[dict], organ: str, day: date) -> int:
    """Write the ledger as xlsx.

    Rows go to the disk as they come, so that memory does not grow with them. Text is
    always written as text, never as a formula or a link, whatever it begins with.

    :param file: binary file open for writing
    :param rows: the facts of each row: dicts with the names that the functions of
        ``COLUMNS`` read, dates as ``date``
    :param organ: who keeps the ledger, for the line below the title
    :param day: the day of the ledger
    :return: how many rows were written
    :raise OverflowError: for more rows than a sheet holds
    """
    with _open_workbook(file) as workbook:
        sheet = workbook.add_worksheet("督办台账")
        formats = _Formats(workbook)
        _set_up_page(sheet)
        _write_head(sheet, formats, organ, day)
        count = 0
        for count, row in enumerate(rows, 1):
            if FIRST_ROW + count > MAX_ROWS:
                raise OverflowError("more rows than a sheet holds")
            _write_row(sheet, formats, FIRST_ROW + count - 1, row | {"position": count})
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(count, 1), len(COLUMNS) - 1)
    return count


TITLE_ROW, ORGAN_ROW, HEAD_ROW, FIRST_ROW = range(4)


@contextmanager
def _open_workbook(file: BinaryIO) -> Iterator[xlsxwriter.Workbook]:
    """Give a workbook that keeps one row in memory; what it puts aside goes with it."""
    with tempfile.TemporaryDirectory() as folder:
        workbook = xlsxwriter.Workbook(
            file,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
                "tmpdir": folder,
            },
        )
        yield workbook
        workbook.close()


class _Formats:
    """The cell formats of one workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook):
        font = {"font_name": FONT, "font_size": 10}
        cell = font | {"border": 1, "valign": "top", "text_wrap": True}
        middle = cell | {"align": "center", "valign": "vcenter"}
        self.title = workbook.add_format(
            font | {"bold": True, "font_size": 18, "align": "center"}
        )
        self.organ = workbook.add_format(font | {"align": "left"})
        self.head = workbook.add_format(middle | {"bold": True, "bg_color": "#DDEBF7"})
        self.text = workbook.add_format(cell)
        self.number = workbook.add_format(cell | {"align": "center"})
        self.date = workbook.add_format(
            cell | {"num_format": 'yyyy"年"m"月"d"日"', "align": "left"}
        )
        self.lights = {
            light: workbook.add_format(middle | {"bg_color": color})
            for light, (_word, color) in LIGHTS.items()
        }


def _set_up_page(sheet):
    """A3 across, all columns on one page's width, heading and number on each page."""
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_footer("&C第 &P 页　共 &N 页")
    sheet.freeze_panes(FIRST_ROW, 0)
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)


def _write_head(sheet, formats, organ, day):
    """Title, organ and date, headings."""
    last = len(COLUMNS) - 1
    sheet.set_row(TITLE_ROW, 30)
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, "督办台账", formats.title)
    line = f"单位：{organ}　　日期：{_show_date(day)}"
    sheet.merge_range(ORGAN_ROW, 0, ORGAN_ROW, last, line, formats.organ)
    sheet.set_row(HEAD_ROW, 30)
    for index, column in enumerate(COLUMNS):
        sheet.write_string(HEAD_ROW, index, column.heading, formats.head)


def _write_row(sheet, formats, number, row):
    """One row of the ledger, from its facts."""
    for index, column in enumerate(COLUMNS):
        value = column.value(row)
        if index == LIGHT_COLUMN and not row["is_called_off"]:
            cell_format = formats.lights.get(row["light"], formats.number)
            sheet.write_string(number, index, value, cell_format)
        elif value is None:
            sheet.write_blank(number, index, None, formats.text)
        elif isinstance(value, str):
            sheet.write_string(number, index, value, formats.text)
        elif isinstance(value, int):
            sheet.write_number(number, index, value, formats.number)
        else:
            sheet.write_datetime(number, index, value, formats.date)
