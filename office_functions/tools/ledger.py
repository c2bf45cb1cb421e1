# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Read a ledger of tasks (台账, 任务分解表) from a CSV or XLSX file.

Plain Python on plain values: bytes go in, frozen dataclasses come out; nothing here
knows Odoo, a record or a time zone. Reading XLSX needs openpyxl, imported by its first
use. Units, deadlines and headings are read by the rules of
:mod:`~odoo.addons.office_functions.tools.decision_text`.

How a ledger is read:

* The heading is the first row, within :data:`HEADING_ROWS`, that names the task and at
  least one thing more; a second row below it may part 责任单位 into 牵头 and 配合.
  Titles above it are passed over, but their year completes deadlines that name none
  (6月底前).
* The order and number of columns do not matter; unknown columns are passed over.
* In XLSX, a cell merged downwards stands for each of its rows. A cell that is only
  empty stays empty.
* Where there is only 责任单位, its first unit leads by custom.
* Of several sheets the first visible one that has a heading is read.

**What makes two lines the same** (:attr:`LedgerLine.key`): area, group and text,
without regard to spaces, punctuation and the width of characters. Number, units,
person, goal and deadline take no part: they are what a later edition corrects, and such
a line has to be found again. A line whose *wording* is changed is a new line; the old
one is then missing from the new file, which is how an importer can show the two side by
side. Lines of one file with the same area, group and text are told apart by order.
"""

import csv
import datetime
import hashlib
import io
import itertools
import re
import unicodedata
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal
from xml.etree import ElementTree

from .decision_text import (
    MAX_FILE_SIZE,
    DecisionTextError,
    check_zip,
    combine_responsibility,
    decode_text,
    heading_columns,
    heading_field,
    make_title,
    parse_deadline,
    split_units,
)

ErrorCode = Literal[
    "empty", "too_large", "unsupported", "broken", "encrypted", "no_heading"
]
ProblemCode = Literal[
    "missing_task",
    "missing_lead",
    "missing_deadline",
    "unreadable_deadline",
    "lead_repeated",
    "duplicate",
]

MAX_LINES = 5000
"""Most lines of one ledger."""
MAX_ROWS = 20_000
"""Most rows of a sheet looked at, empty ones included."""
MAX_COLUMNS = 100
"""Columns looked at, from the left."""
MAX_CELL_LENGTH = 32_767
"""Most characters of a cell, as in a spreadsheet; a lost quote makes longer ones."""
MAX_UNPACKED_SIZE = 64 * 1024 * 1024
"""Most bytes an XLSX may unpack to."""
HEADING_ROWS = 30
"""Rows from the top among which the heading is looked for."""

_UNIT_FIELDS = ("lead_unit", "responsible_units", "assisting_units")
_DELIMITERS = ",;\t"


class LedgerError(ValueError):
    """A file that cannot be read as a ledger.

    :ivar code: ``"empty"``, ``"too_large"``, ``"unsupported"`` (kind of file),
        ``"broken"``, ``"encrypted"`` or ``"no_heading"``
    """

    def __init__(self, code: ErrorCode, message: str) -> None:
        """Keep the code beside a message, in English, that says what to do."""
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class LedgerLine:
    """One task of a ledger.

    :ivar row: row in the file, from 1
    :ivar key: 32 hexadecimal digits; equal in two files for the same line (see the
        module docstring) and never twice in one file
    :ivar text: wording of the task
    :ivar title: name of the task if it has a column, else the beginning of the text
    :ivar goal: what is to be reached, or ``""``
    :ivar lead_unit: the unit that answers for the whole, or ``""``
    :ivar deadline_text: the words of the deadline
    :ivar date_deadline: the last day in time, or None
    :ivar is_long_running: the words speak of lasting or returning work
    :ivar reference: document or meeting the task comes from, or ``""``
    """

    row: int
    key: str
    text: str
    title: str
    number: str = ""
    area: str = ""
    group: str = ""
    goal: str = ""
    lead_unit: str = ""
    assisting_units: tuple[str, ...] = ()
    responsible_person: str = ""
    responsible_leader: str = ""
    deadline_text: str = ""
    date_deadline: datetime.date | None = None
    is_long_running: bool = False
    reference: str = ""


@dataclass(frozen=True)
class LedgerProblem:
    """What is missing or doubtful in one cell.

    :ivar row: row in the file, from 1
    :ivar column: heading of the column as written, or ``""`` if there is none
    :ivar code: ``"missing_task"`` (the row is left out), ``"missing_lead"``,
        ``"missing_deadline"``, ``"unreadable_deadline"`` (no day and no lasting work),
        ``"lead_repeated"`` (the leading unit also assists; counted once) or
        ``"duplicate"`` (all of an earlier row's task, lead and deadline again)
    :ivar value: the cell
    """

    row: int
    column: str
    code: ProblemCode
    value: str


@dataclass(frozen=True)
class Ledger:
    """A ledger as read.

    :ivar columns: field → heading as written, for the columns understood
    :ivar lines: the tasks, in the order of the file
    :ivar problems: what a person should look at before the lines are used
    """

    columns: dict[str, str]
    lines: list[LedgerLine]
    problems: list[LedgerProblem]


def read_ledger(
    content: bytes, filename: str, *, today: datetime.date | None = None
) -> Ledger:
    """Return the tasks of a ledger and what is doubtful in them.

    :param content: the file: CSV in UTF-8, UTF-16 or GB 18030, with commas, semicolons
        or tabs; or XLSX
    :param filename: its name; the extension tells the kind: .csv, .tsv or .xlsx
    :param today: the day the ledger is of; its year completes deadlines that name none
        if no title row names one
    :raise LedgerError: see its codes
    """
    extension = PurePath(filename or "").suffix.lower()
    if len(content) > MAX_FILE_SIZE:
        raise LedgerError(
            "too_large",
            f"The file is larger than {MAX_FILE_SIZE // 1024**2} MB. "
            "Upload the sheet that holds the tasks alone.",
        )
    if not content.strip():
        raise LedgerError("empty", "The file is empty. Choose another file.")
    if extension not in (".csv", ".tsv", ".xlsx"):
        raise LedgerError(
            "unsupported",
            "This kind of file cannot be read. Save it as XLSX or CSV "
            "and upload it again.",
        )
    reader = _xlsx_sheets if extension == ".xlsx" else _csv_sheets
    try:
        sheets = reader(content)
        filled = False
        for rows in sheets:
            filled = filled or any(map(_essence, itertools.chain(*rows)))
            heading = _find_heading(rows)
            if heading:
                return _Reading(rows, heading, today).ledger()
    except DecisionTextError as error:
        raise LedgerError(error.code, str(error)) from error
    if not filled:
        raise LedgerError("empty", "The file holds no rows. Choose another file.")
    raise LedgerError(
        "no_heading",
        "No row of headings was found. Name the columns, such as 任务内容, 牵头单位, "
        "配合单位 and 完成时限, and upload the file again.",
    )


# Files


def _csv_sheets(content: bytes) -> Iterator[list[list[str]]]:
    """Yield the file as a table, once for each delimiter it may have."""
    text = decode_text(content)
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows = []
        try:
            for row in itertools.islice(reader, MAX_ROWS + 1):
                rows.append([cell.strip() for cell in row[:MAX_COLUMNS]])
        except csv.Error as error:
            raise _broken() from error
        yield _limited(rows)


def _xlsx_sheets(content: bytes) -> Iterator[list[list[str]]]:
    """Yield the visible sheets as tables of text, merged cells filled down."""
    check_zip(content, MAX_UNPACKED_SIZE)
    from openpyxl import load_workbook

    try:
        merged = _merged_cells(content)
        with warnings.catch_warnings(action="ignore"):
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                rows = _sheet_rows(sheet)
                _fill_down(rows, merged.get(sheet.title, []))
                yield _limited(rows)
    except LedgerError:
        raise
    except Exception as error:  # openpyxl documents no limit to what it may raise
        raise _broken() from error


def _sheet_rows(sheet) -> list[list[str]]:
    rows = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)
    with warnings.catch_warnings(action="ignore"):
        return [[_cell_text(cell) for cell in row] for row in rows]


def _broken() -> LedgerError:
    return LedgerError(
        "broken",
        "The file is damaged or is not what its name says. Open it, save it again "
        "and upload the new file.",
    )


def _limited(rows: list[list[str]]) -> list[list[str]]:
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MAX_ROWS:
        raise _too_long()
    if any(len(cell) > MAX_CELL_LENGTH for row in rows for cell in row):
        raise _broken()
    return rows


def _too_long() -> LedgerError:
    return LedgerError(
        "too_large",
        f"The ledger has more than {MAX_LINES} lines. Split it and upload the parts.",
    )


def _cell_text(cell) -> str:
    """Return a cell as it reads on paper: dates by day or month, whole numbers plain.

    A spreadsheet stores 2026年6月 as the first of June and remembers the missing day
    only in the format of the cell.
    """
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        if "d" not in str(cell.number_format).lower().replace("[red]", ""):
            return f"{value.year}年{value.month}月"
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


def _merged_cells(content: bytes) -> dict[str, list[tuple[int, int, int]]]:
    """Return title of sheet → (column, first row, last row) of each merged block.

    openpyxl does not know merged cells when it streams, so they are read beside it.
    Rows and columns count from 0.
    """
    blocks: dict[str, list[tuple[int, int, int]]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        targets = {
            relation.get("Id"): relation.get("Target", "")
            for relation in ElementTree.fromstring(
                archive.read("xl/_rels/workbook.xml.rels")
            )
        }
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        for sheet in book.iter(f"{_MAIN}sheet"):
            target = targets.get(sheet.get(f"{_REL}id"), "")
            part = target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
            if part in archive.namelist():
                with archive.open(part) as stream:
                    blocks[sheet.get("name", "")] = list(_blocks(stream))
    return blocks


def _blocks(stream) -> Iterator[tuple[int, int, int]]:
    for _event, element in ElementTree.iterparse(stream):
        if element.tag == f"{_MAIN}mergeCell":
            if match := _RANGE.fullmatch(element.get("ref", "")):
                column = 0
                for letter in match[1]:
                    column = column * 26 + ord(letter) - 64
                yield column - 1, int(match[2]) - 1, int(match[4]) - 1
        elif element.tag == f"{_MAIN}row":
            element.clear()


def _fill_down(rows: list[list[str]], blocks: list[tuple[int, int, int]]) -> None:
    for column, first, last in blocks:
        if first >= len(rows) or column >= len(rows[first]):
            continue
        for row in rows[first + 1 : last + 1]:
            row += [""] * (column + 1 - len(row))
            row[column] = rows[first][column]


# Headings


@dataclass(frozen=True)
class _Heading:
    """Where the headings stand, what they say, and what is below them."""

    top: int
    below: int
    columns: dict[str, int]
    names: list[str]


def _find_heading(rows: list[list[str]]) -> _Heading | None:
    for index, row in enumerate(rows[:HEADING_ROWS]):
        columns = heading_columns(row)
        if not columns:
            continue
        if index + 1 < len(rows):
            names = _joined_headings(row, rows[index + 1])
            if names:
                return _Heading(index, index + 2, heading_columns(names), names)
        return _Heading(index, index + 1, columns, row)
    return None


def _joined_headings(upper: list[str], lower: list[str]) -> list[str]:
    """Return the headings of two rows as one; empty if the lower row is no heading.

    It is one if it parts a heading of units (责任单位 into 牵头 and 配合) and otherwise
    repeats what is above it or is empty.
    """
    names = []
    parted = False
    for above, below in itertools.zip_longest(upper, lower, fillvalue=""):
        if below and below != above:
            if heading_field(below) not in _UNIT_FIELDS:
                return []
            parted = True
        names.append(below or above)
    return names if parted else []


# Lines


class _Reading:
    """The reading of one table."""

    def __init__(
        self,
        rows: list[list[str]],
        heading: _Heading,
        today: datetime.date | None,
    ) -> None:
        self.rows = rows
        self.heading = heading
        self.today = _title_year(rows[: heading.top]) or today
        self.problems: list[LedgerProblem] = []
        self.seen: Counter[str] = Counter()
        self.whole: set[tuple] = set()

    def ledger(self) -> Ledger:
        """Return the ledger.

        :raise LedgerError: ``"too_large"``
        """
        lines = []
        top = self.rows[self.heading.top]
        for index, row in enumerate(self.rows[self.heading.below :]):
            cells = self._cells(row)
            # Numbers are often filled in ahead of the tasks.
            if row == top or not any(map(cells.get, cells.keys() - {"number"})):
                continue
            if len(lines) == MAX_LINES:
                raise _too_long()
            line = self._line(self.heading.below + index + 1, cells)
            if line:
                lines.append(line)
        columns = {
            name: self._column(name)
            for name in self.heading.columns
            if name != "original_deadline"
        }
        return Ledger(columns, lines, self.problems)

    def _cells(self, row: list[str]) -> dict[str, str]:
        return {
            name: row[column] if column < len(row) else ""
            for name, column in self.heading.columns.items()
        }

    def _line(self, number: int, cells: dict[str, str]) -> LedgerLine | None:
        if not cells["text"]:
            self._problem(number, "text", "missing_task", "")
            return None
        units = [cells.get(name, "") for name in _UNIT_FIELDS]
        named = combine_responsibility(*units)
        deadline_text = cells.get("deadline") or named.deadline_text
        deadline = parse_deadline(deadline_text, today=self.today)
        line = LedgerLine(
            row=number,
            key=self._key(cells),
            text=cells["text"],
            title=cells.get("title") or make_title(cells["text"]),
            number=cells.get("number", ""),
            area=cells.get("area", ""),
            group=cells.get("group", ""),
            goal=cells.get("goal", ""),
            lead_unit=named.lead_unit,
            assisting_units=named.assisting_units,
            responsible_person=cells.get("responsible_person", ""),
            responsible_leader=cells.get("responsible_leader", ""),
            deadline_text=deadline_text,
            date_deadline=deadline.date,
            is_long_running=deadline.is_long_running,
            reference=cells.get("reference", ""),
        )
        self._check(line, cells)
        return line

    def _check(self, line: LedgerLine, cells: dict[str, str]) -> None:
        lead = next((name for name in _UNIT_FIELDS if name in cells), "lead_unit")
        if not line.lead_unit:
            self._problem(line.row, lead, "missing_lead", cells.get(lead, ""))
        elif lead != "assisting_units":
            assisting = cells.get("assisting_units", "")
            if line.lead_unit in split_units(assisting):
                self._problem(line.row, "assisting_units", "lead_repeated", assisting)
        if not line.deadline_text:
            self._problem(line.row, "deadline", "missing_deadline", "")
        elif not (line.date_deadline or line.is_long_running):
            self._problem(
                line.row, "deadline", "unreadable_deadline", line.deadline_text
            )
        whole = (line.area, line.group, line.text, line.lead_unit, line.deadline_text)
        if whole in self.whole:
            self._problem(line.row, "text", "duplicate", line.text)
        self.whole.add(whole)

    def _key(self, cells: dict[str, str]) -> str:
        parts = [_essence(cells.get(name, "")) for name in ("area", "group", "text")]
        base = "\n".join(parts)
        self.seen[base] += 1
        return hashlib.sha256(f"{base}\n{self.seen[base]}".encode()).hexdigest()[:32]

    def _column(self, name: str) -> str:
        index = self.heading.columns.get(name)
        return "" if index is None else self.heading.names[index]

    def _problem(self, row: int, name: str, code: ProblemCode, value: str) -> None:
        self.problems.append(LedgerProblem(row, self._column(name), code, value))


def _essence(text: str) -> str:
    """Return the letters and digits of a text, width and case made equal."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def _title_year(rows: Iterable[list[str]]) -> datetime.date | None:
    """Return the first day of the one year that the rows above the heading name."""
    years = {int(year) for row in rows for year in re.findall(r"20\d\d", " ".join(row))}
    return datetime.date(years.pop(), 1, 1) if len(years) == 1 else None
