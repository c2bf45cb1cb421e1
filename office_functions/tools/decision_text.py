# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Turn the text of a decision into its tasks: what, by whom, until when.

Plain Python on plain values: bytes and strings go in, strings and frozen dataclasses
come out. Nothing here knows Odoo, a record or a time zone, and this file imports none
of its neighbours, so that it can be tested and reused alone. Reading PDF needs
pdfminer.six and reading DOCX needs python-docx; each is imported by its first use.

The three doors:

* :func:`extract_text` reads a file (PDF, DOCX, TXT, MD) into one paragraph a line;
* :func:`split_tasks` cuts such a text, or a text pasted from anywhere, into tasks;
* :func:`split_units`, :func:`parse_responsibility` and :func:`parse_deadline` read the
  words that officials put in a bracket or in a column of a ledger.

How the rules of drafting are read (党政机关公文处理工作条例; GB/T 9704—2012 for levels
``一、`` ``（一）`` ``1.`` ``（1）`` and for page numbers ``—1—``):

* **A task is the innermost numbered measure.** A list announced by words such as
  包括, 下列 or 以下条件 belongs to the measure that announces it, and counting inside a
  sentence (一是…二是…) never starts one.
* **A section of aims alone is no task** (发展目标, 总体要求, 指导思想 and the like),
  unless it names units, or nothing else in the text is numbered. 保障措施 and 组织实施
  are tasks. An article that only says when a rule starts, or who explains it, is none.
* **The first of the units leads.** A document may say so
  (列第一位的为牵头单位，下同) and custom says it for those that do not; words such as
  牵头, 主办, 配合 or 协办 overrule the order.
* **Units not repeated are inherited.** A measure without units takes those of the
  heading above it, nearest first. Inside a measure, a bracket after the last of several
  items also covers the items before it, back to one that has its own. In a section,
  only units in a line of their own below its last measure cover the whole section.
* **A deadline is what is called one**: a label (完成时限：…), the bracket of the units,
  or a date before which something is completed (2026年6月底前完成). An aim such as
  到2027年，培育100家 is none.
* **Where a table has a column of units**, its lines are the tasks, and numbered text
  adds only what names units itself.
"""

import datetime
import io
import itertools
import logging
import re
import time
import unicodedata
import zipfile
import zlib
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Literal

ErrorCode = Literal[
    "empty", "too_large", "unsupported", "broken", "encrypted", "scanned"
]
Role = Literal["lead", "responsible", "assisting"]

MAX_FILE_SIZE = 20 * 1024 * 1024
"""Largest file read, in bytes; a larger one is refused before it is opened."""
MAX_UNPACKED_SIZE = 100 * 1024 * 1024
"""Most bytes the compressed parts of one file may unpack to."""
MAX_PAGES = 500
"""Most pages of a PDF."""
MAX_PAGE_CHARACTERS = 50_000
"""Most characters on one page of a PDF; no page for people holds as many."""
MAX_TEXT_LENGTH = 1_000_000
"""Most characters of a text."""
MAX_SECONDS = 60.0
"""Longest time spent on one PDF, in seconds."""
MAX_TITLE_LENGTH = 40
"""Longest title made of the beginning of a measure, in characters."""

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of an old Office file, and of a new one under a password."""
OLE_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
"""Name inside such a file that tells the second from the first."""


class DecisionTextError(ValueError):
    """A file or text that cannot be read.

    :ivar code: ``"empty"``, ``"too_large"``, ``"unsupported"`` (kind of file),
        ``"broken"`` (damaged), ``"encrypted"`` (needs a password) or ``"scanned"``
        (opens, but holds pictures and no text)
    """

    def __init__(self, code: ErrorCode, message: str) -> None:
        """Keep the code beside a message, in English, that says what to do."""
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Deadline:
    """A deadline as read.

    :ivar date: last day on which the work is in time, or None if the words name none
    :ivar is_long_running: the work has no end or comes back (长期, 持续推进, 每年 …);
        both may hold: 2026年6月持续跟踪
    """

    date: datetime.date | None = None
    is_long_running: bool = False


@dataclass(frozen=True)
class Responsibility:
    """Who answers for a measure, and until when.

    :ivar lead_unit: the unit that answers for the whole, or ``""``
    :ivar assisting_units: all others, in the order written, none twice
    :ivar deadline_text: the words of the deadline, or ``""``
    """

    lead_unit: str = ""
    assisting_units: tuple[str, ...] = ()
    deadline_text: str = ""

    def __bool__(self) -> bool:
        """Return whether a unit is named."""
        return bool(self.lead_unit or self.assisting_units)


@dataclass(frozen=True)
class TaskLine:
    """One task of a decision.

    :ivar number: the number as printed, such as ``（十一）`` or ``1.``
    :ivar title: the first sentence, or its beginning when it is long
    :ivar text: full wording with the title, without number and responsibility;
        paragraphs end in a line feed
    :ivar lead_unit: the unit that answers for the whole, or ``""``
    :ivar assisting_units: the other units, in the order written
    :ivar deadline_text: the words of the deadline, or ``""``
    :ivar date_deadline: the day those words mean, or None
    :ivar section: headings above it, such as ``二、重点任务 / （一）推进双减``
    :ivar is_long_running: the deadline words speak of lasting or returning work
    :ivar responsibility_text: the words taken out of the text, without brackets
    :ivar responsibility_inherited: the units stand at a heading or at a later item
    """

    number: str
    title: str
    text: str
    lead_unit: str = ""
    assisting_units: tuple[str, ...] = ()
    deadline_text: str = ""
    date_deadline: datetime.date | None = None
    section: str = ""
    is_long_running: bool = False
    responsibility_text: str = ""
    responsibility_inherited: bool = False


# Files


def extract_text(content: bytes, filename: str) -> str:
    """Return the text of a file, one paragraph a line.

    Lines broken by the page are joined, page numbers and running headers dropped,
    full-width letters and digits and compatibility characters made plain. In DOCX the
    automatic numbers are written out, and cells of a table row are parted by tabs.

    :param content: the file
    :param filename: its name; the extension tells the kind: .pdf, .docx, .txt or .md
    :raise DecisionTextError: see its codes
    """
    reader = _READERS.get(PurePath(filename or "").suffix.lower())
    if len(content) > MAX_FILE_SIZE:
        raise DecisionTextError(
            "too_large",
            f"The file is larger than {MAX_FILE_SIZE // 1024**2} MB. "
            "Upload the part that holds the measures.",
        )
    if not content:
        raise DecisionTextError("empty", "The file is empty. Choose another file.")
    if reader is None:
        raise DecisionTextError(
            "unsupported",
            "This kind of file cannot be read. Save it as DOCX, PDF or TXT "
            "and upload it again.",
        )
    text = reader(content)
    _check_text_length(text)
    return text


def decode_text(content: bytes) -> str:
    """Return the text of a plain-text file.

    Tried in this order: a byte-order mark (UTF-8, UTF-16), UTF-16 without a mark if
    there are zero bytes, UTF-8, GB 18030 (which contains GBK and GB 2312).

    :raise DecisionTextError: ``"broken"`` if it is no text in these encodings
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in content:
        encodings = ["utf-16-le", "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Bytes taken in the wrong order make rare characters of common ones.
        common = sum(map(len, _COMMON.findall(text)))
        if not _BINARY.search(text) and common >= 0.6 * len(text):
            return text
    raise DecisionTextError(
        "broken",
        "This is not a text file in a known encoding. Save it as UTF-8 "
        "and upload it again.",
    )


def check_zip(content: bytes, max_size: int = MAX_UNPACKED_SIZE) -> None:
    """Check the container of a DOCX or XLSX before a library unpacks it.

    :param max_size: most bytes it may unpack to
    :raise DecisionTextError: ``"encrypted"``, ``"unsupported"`` (old Office format),
        ``"broken"`` or ``"too_large"``
    """
    if content.startswith(OLE_SIGNATURE):
        if OLE_ENCRYPTED_PART in content:
            raise DecisionTextError(
                "encrypted",
                "The file is protected by a password. Remove the password "
                "and upload it again.",
            )
        raise DecisionTextError(
            "unsupported",
            "This is a file of an old Office version. Save it in the current format "
            "and upload it again.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except Exception as error:  # a damaged directory raises almost anything
        raise _broken() from error
    # What zipfile unpacks never exceeds the sizes of the directory.
    if sum(part.file_size for part in parts) > max_size:
        raise DecisionTextError(
            "too_large",
            f"The file unpacks to more than {max_size // 1024**2} MB. "
            "Upload the part that is needed.",
        )


def _broken() -> DecisionTextError:
    return DecisionTextError(
        "broken",
        "The file is damaged or is not what its name says. Open it, save it again "
        "and upload the new file.",
    )


def _scanned() -> DecisionTextError:
    return DecisionTextError(
        "scanned",
        "The file holds no text, only pictures. Run text recognition (OCR) on it, "
        "or paste the text.",
    )


def _check_text_length(text: str) -> None:
    if len(text) > MAX_TEXT_LENGTH:
        raise DecisionTextError(
            "too_large",
            f"The text is longer than {MAX_TEXT_LENGTH} characters. "
            "Keep the part that holds the measures.",
        )


def _read_plain(content: bytes) -> str:
    text = decode_text(content)
    _check_text_length(text)
    paragraphs = _paragraphs(text)
    if not paragraphs:
        raise DecisionTextError("empty", "The file is empty. Choose another file.")
    return "\n".join(paragraphs)


# PDF


def _read_pdf(content: bytes) -> str:
    # A cut-off file still opens and would silently lose its last tasks.
    if b"%PDF-" not in content[:1024] or b"%%EOF" not in content[-2048:]:
        raise _broken()
    _check_pdf_streams(content)
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    from pdfminer.pdfdocument import PDFEncryptionError

    try:
        pages = _pdf_pages(content)
    except DecisionTextError:
        raise
    except PDFEncryptionError as error:
        raise DecisionTextError(
            "encrypted",
            "The file is protected by a password. Print it to a new PDF "
            "without password and upload that.",
        ) from error
    except Exception as error:  # pdfminer documents no limit to what it may raise
        raise _broken() from error
    if not pages:
        raise _broken()
    paragraphs = _paragraphs("\f".join(pages))
    if not paragraphs:
        raise _scanned()
    return "\n".join(paragraphs)


def _check_pdf_streams(content: bytes) -> None:
    """Refuse a PDF whose compressed streams, pictures apart, unpack to too much.

    What hides behind encryption or a second filter is left to the memory limit of the
    process.
    """
    view = memoryview(content)
    left = MAX_UNPACKED_SIZE
    for start in re.finditer(rb"stream\r?\n", content):
        head = content[max(0, start.start() - 512) : start.start()]
        if re.search(rb"/Subtype\s*/Image", head[head.rfind(b" obj") + 1 :]):
            continue
        unpacker = zlib.decompressobj()
        piece: bytes | memoryview = view[start.end() : start.end() + 65536]
        position = start.end() + len(piece)
        try:
            while piece and not unpacker.eof:
                left -= len(unpacker.decompress(piece, 1024 * 1024))
                if left < 0:
                    raise DecisionTextError(
                        "too_large",
                        "The PDF unpacks to too much data. Print it to a new PDF "
                        "and upload that.",
                    )
                piece = unpacker.unconsumed_tail
                if not piece:
                    piece = view[position : position + 65536]
                    position += len(piece)
        except zlib.error:
            continue


def _pdf_pages(content: bytes) -> list[str]:
    """Return the pages of a PDF as text, indented as they are printed.

    :raise DecisionTextError: ``"too_large"`` by pages, characters or time
    """
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams, LTContainer
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    end = time.monotonic() + MAX_SECONDS

    class LimitedDevice(PDFPageAggregator):
        """Collects a page and gives up when it costs too much.

        A form may draw other forms many times over, so that a small file can ask for
        endless work: the clock is looked at whenever something is drawn.
        """

        characters = 0

        def begin_page(self, page, ctm):
            self.characters = 0
            return super().begin_page(page, ctm)

        def begin_figure(self, name, bbox, matrix):
            self.check()
            return super().begin_figure(name, bbox, matrix)

        def paint_path(self, *args, **kwargs):
            self.check()
            return super().paint_path(*args, **kwargs)

        def render_char(self, matrix, *args, **kwargs):
            self.characters += 1
            self.check()
            page = self.cur_item
            if abs(matrix[0]) > 0.01 and abs(matrix[1]) > 0.01:
                # Slanted letters are a watermark across the lines.
                self.cur_item = LTContainer(page.bbox)
            advance = super().render_char(matrix, *args, **kwargs)
            self.cur_item = page
            return advance

        def check(self):
            if self.characters > MAX_PAGE_CHARACTERS or time.monotonic() > end:
                raise DecisionTextError(
                    "too_large",
                    "The PDF takes too long to read. Print the pages that hold "
                    "the measures to a new PDF and upload that.",
                )

    document = PDFDocument(PDFParser(io.BytesIO(content)))
    pages = list(itertools.islice(PDFPage.create_pages(document), MAX_PAGES + 1))
    if len(pages) > MAX_PAGES:
        raise DecisionTextError(
            "too_large",
            f"The PDF has more than {MAX_PAGES} pages. Print the pages that hold "
            "the measures to a new PDF and upload that.",
        )
    manager = PDFResourceManager()
    # No grouping of boxes: it is slow, and the order of lines is found below.
    device = LimitedDevice(manager, laparams=LAParams(boxes_flow=None, all_texts=True))
    interpreter = PDFPageInterpreter(manager, device)
    texts = []
    for page in pages:
        device.check()
        interpreter.process_page(page)
        texts.append(_pdf_page_text(device.get_result()))
    return texts


def _pdf_page_text(page) -> str:
    """Return the lines of a laid-out page from top to bottom, with their indents."""
    lines = sorted(_pdf_lines(page), key=lambda line: -line.y0)
    rows: list[list] = []
    for line in lines:
        # Pieces of one line may differ a little in height.
        if rows and rows[-1][0].y0 - line.y0 < 0.4 * rows[-1][0].height:
            rows[-1].append(line)
        else:
            rows.append([line])
    margin = _pdf_margin(lines)
    texts = []
    for row in rows:
        row.sort(key=lambda line: line.x0)
        em = row[0].height or 1
        indent = max(0, round(2 * (row[0].x0 - margin) / em))
        text = row[0].get_text().strip()
        for left, right in itertools.pairwise(row):
            gap = "  " if right.x0 - left.x1 > em else ""
            text += gap + right.get_text().strip()
        texts.append(" " * min(indent, 80) + text)
    return "\n".join(texts)


def _pdf_lines(container) -> Iterator:
    """Yield the lines of text in a page."""
    from pdfminer.layout import LTFigure, LTTextBox, LTTextLine

    for item in container:
        if isinstance(item, LTTextBox | LTFigure):
            yield from _pdf_lines(item)
        elif isinstance(item, LTTextLine) and item.get_text().strip():
            yield item


def _pdf_margin(lines: list) -> float:
    """Return where text begins on the left: the leftmost of the long lines."""
    widest = max((line.width for line in lines), default=0)
    return min((line.x0 for line in lines if line.width > 0.6 * widest), default=0)


# DOCX

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def _read_docx(content: bytes) -> str:
    check_zip(content)
    from docx import Document

    try:
        document = Document(io.BytesIO(content))
        body = document.element.body
        lines = list(_docx_blocks(body, _AutoNumbers(document)))
    except Exception as error:  # python-docx raises KeyError, lxml its own, and more
        raise _broken() from error
    text = "\n".join(filter(None, map(_tidy_line, lines)))
    if not text:
        raise _scanned()
    return text


def _docx_blocks(container, numbers: "_AutoNumbers") -> Iterator[str]:
    """Yield paragraphs and table rows below an element, in document order."""
    for child in container:
        if child.tag == f"{_W}p":
            yield from (numbers.label(child) + _docx_text(child)).splitlines()
        elif child.tag == f"{_W}tbl":
            yield from _docx_rows(child, numbers)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _docx_blocks(child, numbers)


def _docx_text(element) -> str:
    """Return the text of a paragraph without what is deleted or drawn."""
    parts = []
    for child in element:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag == f"{_W}tab":
            parts.append(" ")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif child.tag not in _DOCX_NO_TEXT:
            parts.append(_docx_text(child))
    return "".join(parts)


_DOCX_NO_TEXT = (f"{_W}pPr", f"{_W}del", f"{_W}drawing", f"{_W}pict", _FALLBACK)


def _docx_rows(table, numbers: "_AutoNumbers") -> Iterator[str]:
    """Yield one line a row; a row of one cell is layout and yields its paragraphs.

    Cells merged downwards repeat their text, so that every row is complete.
    """
    above: list[str] = []
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table:
            continue
        cells: list[str] = []
        paragraphs: list[str] = []
        for cell in row.iterchildren(f"{_W}tc"):
            paragraphs = list(_docx_blocks(cell, numbers))
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            if merge is not None and merge.get(f"{_W}val") != "restart":
                text = above[len(cells)] if len(cells) < len(above) else ""
            else:
                text = " ".join(paragraphs).replace("\t", " ").strip()
            width = int(span.get(f"{_W}val")) if span is not None else 1
            cells += [text] + [""] * (min(width, 64) - 1)
        if len(list(row.iterchildren(f"{_W}tc"))) == 1:
            yield from paragraphs
        else:
            yield "\t".join(cells)
        above = cells


class _AutoNumbers:
    """Writes out the automatic numbers of a Word document.

    Officials' files seldom hold ``（一）`` as text: Word counts it from
    ``numbering.xml`` (levels, start, format, wording) while it prints.
    """

    def __init__(self, document) -> None:
        self._counters: dict[str, dict[int, int]] = {}
        self._levels: dict[str, dict[int, object]] = {}
        self._instances: dict[str, tuple[str, dict[int, int]]] = {}
        self._restarted: set[tuple[str, int]] = set()
        self._styles = {
            style.get(f"{_W}styleId"): style
            for style in document.styles.element.iterchildren(f"{_W}style")
        }
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering") and not relation.is_external:
                self._load(relation.target_part.element)

    def _load(self, root) -> None:
        for abstract in root.iterchildren(f"{_W}abstractNum"):
            self._levels[abstract.get(f"{_W}abstractNumId")] = {
                int(level.get(f"{_W}ilvl")): level
                for level in abstract.iterchildren(f"{_W}lvl")
            }
        for instance in root.iterchildren(f"{_W}num"):
            starts = {
                int(override.get(f"{_W}ilvl")): int(start)
                for override in instance.iterchildren(f"{_W}lvlOverride")
                if (start := _docx_value(override, "startOverride"))
            }
            abstract_id = _docx_value(instance, "abstractNumId")
            self._instances[instance.get(f"{_W}numId")] = (abstract_id, starts)

    def label(self, paragraph) -> str:
        """Return the number Word prints before a paragraph, or ``""``, and count it."""
        number_id, index = self._reference(paragraph)
        abstract_id, starts = self._instances.get(number_id, ("", {}))
        levels = self._levels.get(abstract_id, {})
        if index not in levels:
            return ""
        counters = self._counters.setdefault(abstract_id, {})
        for deeper in [level for level in counters if level > index]:
            del counters[deeper]
        if index in starts and (number_id, index) not in self._restarted:
            self._restarted.add((number_id, index))
            counters[index] = starts[index]
        elif index in counters:
            counters[index] += 1
        else:
            counters[index] = self._start(levels[index])
        if _docx_value(levels[index], "numFmt") in ("bullet", "none"):
            return ""

        def write(match: re.Match) -> str:
            level = levels.get(int(match[1]) - 1)
            if level is None:
                return ""
            value = counters.get(int(match[1]) - 1, self._start(level))
            return _format_number(value, _docx_value(level, "numFmt"))

        return re.sub(r"%(\d)", write, _docx_value(levels[index], "lvlText"))

    @staticmethod
    def _start(level) -> int:
        return int(_docx_value(level, "start") or 0)

    def _reference(self, paragraph) -> tuple[str, int]:
        """Return the list and level a paragraph has by itself or through its style."""
        properties = paragraph.find(f"{_W}pPr")
        style_id = ""
        for _depth in range(20):
            found = properties.find(f"{_W}numPr") if properties is not None else None
            if found is not None and (number_id := _docx_value(found, "numId")):
                level = _docx_value(found, "ilvl")
                return number_id, int(level or self._style_level(number_id, style_id))
            if style_id:
                style_id = _docx_value(self._styles[style_id], "basedOn")
            elif properties is not None:
                style_id = _docx_value(properties, "pStyle")
            if style_id not in self._styles:
                break
            properties = self._styles[style_id].find(f"{_W}pPr")
        return "", 0

    def _style_level(self, number_id: str, style_id: str) -> int:
        abstract_id = self._instances.get(number_id, ("", {}))[0]
        for index, level in self._levels.get(abstract_id, {}).items():
            if style_id and _docx_value(level, "pStyle") == style_id:
                return index
        return 0


def _docx_value(element, name: str) -> str:
    """Return the value of a child element such as ``<w:start w:val="1"/>``."""
    child = element.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}val", "")


_CHINESE_STYLES = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    )
)


def _format_number(value: int, style: str) -> str:
    """Return a number in one of Word's number formats; unknown ones in digits."""
    if style in _CHINESE_STYLES:
        return _to_chinese(value)
    if style.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
        return chr(0x245F + value)
    if style in ("lowerLetter", "upperLetter") and 1 <= value <= 26:
        return chr(value + (96 if style == "lowerLetter" else 64))
    return f"{value:02d}" if style == "decimalZero" else str(value)


# Characters and lines

_BINARY = re.compile(r"[\0-\x08\x0e-\x1f]")
_COMMON = re.compile(r"[\t\n\f\r -~\u00a0-\u00ff\u2000-\u9fff\uff00-\uffef]+")
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_CN = "〇零一二三四五六七八九十百"
_DASH = r"—–―‐‑‒─━\-－"

# Radicals that look like characters but have no compatibility mapping in Unicode;
# PDFs made by some word processors hold them in place of the characters.
_RADICALS = dict(
    zip(
        "⺁⺎⺏⺠⺢⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "厂兀尢民氺西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)


def _character_table() -> dict[int, str | None]:
    """Return what to put in place of characters that only look like plain ones.

    Full-width letters and digits become half-width; radicals and compatibility
    ideographs become the characters they stand for; Chinese punctuation stays.
    """
    table: dict[int, str | None] = {ord(key): val for key, val in _RADICALS.items()}
    for first, last in (
        (0xFF10, 0xFF19),
        (0xFF21, 0xFF3A),
        (0xFF41, 0xFF5A),
        (0x2E80, 0x2EFF),
        (0x2F00, 0x2FDF),
        (0xF900, 0xFAFF),
        (0x2F800, 0x2FA1F),
    ):
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain != chr(code):
                table[code] = plain
    table.update(dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\xad")))
    table.update({code: None for code in range(32) if chr(code) not in "\t\n\f"})
    return table


_CHARACTERS = _character_table()
_LINE_END = re.compile(r"\r\n|[\r\v\x85\u2028\u2029]")


@dataclass(frozen=True)
class _Line:
    """A line of a page: its words, and where it begins and ends, in columns."""

    text: str
    indent: int
    right: int
    page: int


def _display_width(text: str) -> int:
    """Return the columns a text takes: two for a Chinese character, one for a Latin."""
    return sum(1 + (unicodedata.east_asian_width(char) in "WFA") for char in text)


_MARKDOWN = re.compile(r"^(?:#{1,6}|[-*+•●](?!\s*\d))\s+|\*\*|__")
_SPACES = re.compile(r"[^\S\t]+")
_NEEDLESS_SPACE = re.compile(
    rf" (?![{_HAN}!-~])|(?<![{_HAN}!-~]) "
    rf"|(?<=[{_HAN}]) (?=[!-~])|(?<=[!-~]) (?=[{_HAN}])"
)
# Letters spaced out to fill a line: a single character beside the gap, which neither
# numbers what follows nor ends what stands before a label.
_SPACED_OUT = re.compile(
    rf"(?<=(?<![{_HAN}])[{_HAN}]) (?=[{_HAN}])"
    r"(?!责任|牵头|配合|主办|协办|承办|完成|办结)"
    rf"|(?<=[{_HAN}]) (?=[{_HAN}](?![{_HAN}、]))"
)


def _tidy_line(line: str) -> str:
    """Return a line with plain characters and without needless spaces.

    A space stays between Latin words, and between Chinese words where it may part two
    names; two tabs or more stay, as they part the cells of a table row.
    """
    line = _MARKDOWN.sub("", line.translate(_CHARACTERS).strip(" \u3000\n"))
    if line.count("\t") > 1 and "\t" in line.lstrip():
        return "\t".join(_tidy_line(cell) for cell in line.split("\t"))
    line = _SPACES.sub(" ", line.replace("\t", " ")).strip()
    return _SPACED_OUT.sub("", _NEEDLESS_SPACE.sub("", line))


def _squeeze(text: str) -> str:
    """Return a text without spaces between Chinese characters."""
    return re.sub(rf"(?<=[{_HAN}]) +(?=[{_HAN}])", "", text)


_PAGE_NUMBER = re.compile(
    rf"[{_DASH}]+\s*\d{{1,4}}(?:\s*[{_DASH}]+)?|\d{{1,4}}\s*[{_DASH}]+|[{_DASH}]+"
    rf"|第\s*[\d{_CN}]+\s*页(?:\s*[,，/／、]?\s*共\s*[\d{_CN}]+\s*页)?"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}"
    r"|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
)
_BARE_NUMBER = re.compile(r"\d{1,3}")
_ORNAMENT = re.compile(r"(\S)\1{9,}")
_CONTENTS_LINE = re.compile(r"(?:[.．…·]\s*){4,}\d+$")
_SENTENCE = re.compile(r"[。；：，、;:,]")


def _page_lines(text: str) -> list[_Line]:
    """Return the lines of a text without page numbers, headers and ornaments."""
    raw = [
        (page, line)
        for page, sheet in enumerate(_LINE_END.sub("\n", text).split("\f"))
        for line in sheet.split("\n")
    ]
    pages = [page for page, _line in raw]
    texts = [_tidy_line(line) for _page, line in raw]
    numbers = _page_numbers(texts, pages)
    # A page number ends a page as a form feed does.
    ended = itertools.accumulate(index in numbers for index in range(len(raw)))
    pages = [page + count for page, count in zip(pages, ended, strict=True)]
    dropped = numbers | _running_headers(texts, pages, numbers)
    lines = []
    for index, (_page, line) in enumerate(raw):
        text = texts[index]
        if not text or index in dropped or _ORNAMENT.fullmatch(text):
            continue
        if not _CONTENTS_LINE.search(text[-100:]):
            line = line.expandtabs(4).rstrip()
            bare = line.lstrip()
            indent = _display_width(line[: len(line) - len(bare)])
            right = indent + _display_width(bare)
            lines.append(_Line(text, indent, right, pages[index]))
    return lines


def _page_numbers(texts: list[str], pages: list[int]) -> set[int]:
    """Return the indexes of page numbers.

    A number without dashes counts as one at the edge of a page, or when all such
    lines of the text count up by one.
    """
    found = {index for index, text in enumerate(texts) if _PAGE_NUMBER.fullmatch(text)}
    bare = [index for index, text in enumerate(texts) if _BARE_NUMBER.fullmatch(text)]
    values = [int(texts[index]) for index in bare]
    if len(bare) > 1 and all(b - a == 1 for a, b in itertools.pairwise(values)):
        return found | set(bare)
    return found | (set(bare) & _page_edges(texts, pages))


def _page_edges(texts: list[str], pages: list[int], without=frozenset()) -> set[int]:
    """Return the indexes of lines that begin or end a page, but not the text."""
    filled = [i for i, text in enumerate(texts) if text and i not in without]
    pairs = itertools.pairwise(filled)
    return {i for pair in pairs if pages[pair[0]] != pages[pair[1]] for i in pair}


def _running_headers(texts: list[str], pages: list[int], numbers: set[int]) -> set[int]:
    """Return the indexes of lines printed at the edge of pages again and again."""
    seen = Counter(text.strip("0123456789 ") for text in texts)
    return {
        index
        for index in _page_edges(texts, pages, numbers)
        if seen[texts[index].strip("0123456789 ")] > 1
        and len(texts[index]) <= 60
        and not _SENTENCE.search(texts[index])
        and not _bracket_balance(texts[index])
        and not _match_marker(texts[index])
    }


# Brackets

_OPENING = "（(〔[【［"
_CLOSING = "）)〕]】］"


def _bracket_balance(text: str) -> int:
    """Return how many brackets a text opens and does not close."""
    return sum((char in _OPENING) - (char in _CLOSING) for char in text)


def _bracket_groups(text: str) -> list[tuple[int, int]]:
    """Return the outermost bracketed stretches as (start, end) of the text.

    Kinds of brackets are not told apart, since officials mix （ and ). One left open
    runs to the end of its paragraph.
    """
    groups = []
    depth = start = 0
    for index, char in enumerate(text):
        if char in _OPENING:
            if not depth:
                start = index
            depth += 1
        elif char in _CLOSING and depth:
            depth -= 1
            if not depth:
                groups.append((start, index + 1))
        elif char == "\n" and depth:
            groups.append((start, index))
            depth = 0
    if depth:
        groups.append((start, len(text)))
    return groups


def _split_outside(text: str, separators: re.Pattern) -> list[str]:
    """Split a text at separators that stand outside brackets."""
    parts = []
    start = 0
    groups = iter(_bracket_groups(text))
    group = next(groups, None)
    for match in separators.finditer(text):
        while group and group[1] <= match.start():
            group = next(groups, None)
        if group and group[0] <= match.start():
            continue
        parts.append(text[start : match.start()])
        start = match.end()
    return [*parts, text[start:]]


# Numbers


def _from_chinese(text: str) -> int:
    """Return the value of digits or of Chinese numerals up to 999 (``二百零一``)."""
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = "零一二三四五六七八九".find(char.replace("〇", "零"))
    return total + digit


def _to_chinese(value: int) -> str:
    """Return a number below 1,000 in Chinese numerals; larger ones in digits."""
    if not 0 < value < 1000:
        return str(value)
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


@dataclass(frozen=True)
class _Marker:
    """The number that begins a measure."""

    level: int
    value: int
    printed: str
    end: int


_CHAPTER, _PART, _ARTICLE, _CHINESE, _BRACKETED = range(5)
# From the outermost level to the innermost; a decimal, 一、二年级 and a year are none.
_MARKERS = tuple(
    (level, re.compile(pattern))
    for level, pattern in enumerate(
        (
            rf"(第([{_CN}\d]+)[章编])",
            rf"(第([{_CN}\d]+)节)",
            rf"(第([{_CN}\d]+)条)",
            rf"(([{_CN}]+) ?[、．.])(?![{_CN}]{{1,3}}[、级类年层批期次月日])",
            rf"([（(] ?([{_CN}]+) ?[）)])[、．.]?",
            r"((\d{1,3}) ?[、．.])(?=\D|(?:19|20)\d\d年)",
            r"([（(] ?(\d{1,3}) ?[）)])[、．.]?",
            r"((\d{1,3})[）)])",
        )
    )
)


def _match_marker(text: str) -> _Marker | None:
    """Return the number a paragraph begins with."""
    for level, pattern in _MARKERS:
        if match := pattern.match(text):
            printed = match[1].replace(" ", "")
            return _Marker(level, _from_chinese(match[2]), printed, match.end())
    return None


# Paragraphs

_STOP = re.compile(r"(?:[。！？!?；;：:…]|[。！？；…][”’）)】]+)$")
_RESPONSIBILITY_END = re.compile(
    r"(?:(?:单位|部门|科室|处室|学校|时限|时间)[：:][^。]*"
    r"|牵头|负责|配合|完成|参与|底?前|长期坚持|持续推进|下同)[）)】]$"
)
_CARRIES_ON = re.compile(r"[、，,（(〔《“‘和及与]$")
# Lines broken by a page are this many columns wide.
_SHORTEST_WRAPPED = 40
_LONGEST_WRAPPED = 130


@dataclass(frozen=True)
class _Layout:
    """How the lines of a text were broken.

    :ivar full: columns from which a line counts as filled, or None if lines are not
        broken by a page
    :ivar long_lines: lines are whole paragraphs
    :ivar margins: columns of the left margin by page
    :ivar has_indents: the first line of a paragraph is indented
    """

    full: int | None
    long_lines: bool
    margins: dict[int, int]
    has_indents: bool

    @classmethod
    def of(cls, lines: list[_Line]) -> "_Layout":
        """Return the layout of these lines, found by counting."""
        edges = sorted(line.right for line in lines)
        widest = edges[len(edges) * 9 // 10] if edges else 0
        margins: dict[int, int] = {}
        for line in lines:
            if line.right >= 0.6 * widest:
                margin = margins.get(line.page, line.indent)
                margins[line.page] = min(margin, line.indent)
        # Punctuation moved to the line before, or a word to the next, makes a line
        # differ by up to three characters.
        filled = sum(widest - 6 <= edge <= widest + 6 for edge in edges)
        wrapped = _SHORTEST_WRAPPED <= widest <= _LONGEST_WRAPPED and filled >= max(
            3, len(lines) // 4
        )
        body = [line for line in lines if line.right >= 0.6 * widest]
        indented = sum(line.indent - margins[line.page] >= 2 for line in body)
        return cls(
            full=widest - 6 if wrapped else None,
            long_lines=widest > _LONGEST_WRAPPED,
            margins=margins,
            has_indents=wrapped and 0.04 * len(body) <= indented <= 0.7 * len(body),
        )

    def is_full(self, line: _Line) -> bool:
        """Return whether a line reaches the right edge."""
        return self.full is not None and line.right >= self.full

    def is_indented(self, line: _Line) -> bool:
        """Return whether a line begins right of the margin."""
        return line.indent - self.margins.get(line.page, line.indent) >= 2


class _Paragraph:
    """Lines joined so far, with the brackets they leave open."""

    def __init__(self, line: _Line) -> None:
        self.parts = [line.text]
        self.last = line
        self.tail = line.text[-300:]
        self.open_brackets = max(0, _bracket_balance(line.text))
        self.open_length = len(line.text)

    def add(self, line: _Line) -> None:
        """Join another line, with a space between Latin words only."""
        if re.match(r"[A-Za-z]", line.text) and re.search(
            r"[A-Za-z,.]$", self.last.text
        ):
            self.parts.append(" ")
        self.parts.append(line.text)
        self.last = line
        self.tail = (self.tail + line.text)[-300:]
        self.open_brackets = max(0, self.open_brackets + _bracket_balance(line.text))
        self.open_length = self.open_brackets and self.open_length + len(line.text)

    @property
    def text(self) -> str:
        """All of it as one line."""
        return _tidy_line("".join(self.parts))

    def is_heading(self) -> bool:
        """Return whether this is a number and a few words, or words without stops."""
        text = "".join(self.parts[:3])
        if _match_marker(text):
            return not re.search("[。；]|，.*，", text) and len(text) <= 40
        return not _SENTENCE.search(text) and len(text) <= 40


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text however its lines were broken."""
    lines = _page_lines(text)
    layout = _Layout.of(lines)
    paragraphs: list[_Paragraph] = []
    counted: dict[int, int] = {}
    for line in lines:
        current = paragraphs[-1] if paragraphs else None
        marker = _match_marker(line.text)
        if current and marker and not _begins(line, marker, current, layout, counted):
            marker = None
        if current and not marker and _continues(line, current, layout):
            current.add(line)
        else:
            paragraphs.append(_Paragraph(line))
        if marker:
            counted[marker.level] = marker.value
    return [paragraph.text for paragraph in paragraphs]


def _begins(
    line: _Line,
    marker: _Marker,
    current: _Paragraph,
    layout: _Layout,
    counted: dict[int, int],
) -> bool:
    """Return whether a number at the start of a line begins a measure.

    It does not when the line before is filled and breaks off inside a sentence: there
    the number is part of that sentence.
    """
    if layout.is_indented(line) or not layout.is_full(current.last):
        return True
    if _STOP.search(current.tail) or _RESPONSIBILITY_END.search(current.tail):
        return True
    if layout.has_indents:
        return False
    return current.is_heading() or marker.value == counted.get(marker.level, 0) + 1


def _continues(line: _Line, current: _Paragraph, layout: _Layout) -> bool:
    """Return whether a line goes on with the paragraph before it."""
    last = current.last
    if "\t" in line.text or "\t" in last.text:
        return False
    if current.open_brackets and current.open_length < 500:
        return True
    if _LABEL.match(line.text) or _TEXT_LABEL.match(line.text):
        return False
    if _CARRIES_ON.search(last.text):
        return True
    if layout.has_indents and layout.is_indented(line):
        return False
    closed = bool(_RESPONSIBILITY_END.search(current.tail))
    if layout.is_full(last):
        return layout.has_indents or not closed
    if (
        closed
        or _STOP.search(current.tail)
        or layout.long_lines
        or current.is_heading()
    ):
        return False
    label = _LABEL.match(current.parts[0])
    # A label holds a list of names, which goes on if a name is cut in two.
    return not label or not (label["deadline"] or _UNIT_END.search(last.text))


# Deadlines

_LONG_RUNNING = re.compile(
    r"长期|持续|常态|常年|经常性|日常|每(?:半?年|月|季|周|学期|学年|旬|日|天)|逐年|定期"
)
_TO = r"[-—－–~～至到]"
_MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DATE_SPELLINGS = (
    (re.compile(r"(?<!\d)\s+|\s+(?!\d)"), ""),
    (re.compile(r"^((?:19|20)\d\d)$"), r"\1年"),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"), r"\1年\2月\3日"),
    (
        re.compile(r"(?<!\d)((?:19|20)\d\d)([-./－．／])(\d{1,2})\2(\d{1,2})(?!\d)"),
        r"\1年\3月\4日",
    ),
    (
        re.compile(rf"(?<!\d)((?:19|20)\d\d)[./．／]\d{{1,2}}{_TO}(\d{{1,2}})(?!\d)"),
        r"\1年\2月",
    ),
    (
        re.compile(r"(?<!\d)((?:19|20)\d\d)[-./－．／](\d{1,2})(?!\d)"),
        r"\1年\2月",
    ),
)
_CHINESE_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年)")
_DATE = re.compile(
    rf"""
    (?:(?P<year>(?<!\d)(?:19|20)\d\d|(?<!\d)\d\d(?=年(?:\d{{1,2}}月|年?底)))
       (?:年度?|(?=[Qq])))?
    (?:{_MONTH}月?(?:{_DAY}[日号])?{_TO}(?={_MONTH}月))?
    (?:
      (?P<unknown>第?[一二12]?学期|[春秋]季|学年|年初|(?(year)初|(?!)))
     |(?P<half>[上下])半年
     |(?:第?(?P<quarter>[1-4一二三四])季度|[Qq](?P<q>[1-4]))
     |(?P<month>{_MONTH})月份?
      (?:(?P<day>{_DAY})[日号](?!内|以内|之内)|(?P<third>[上中]旬|初|中(?!期)))?
     |(?P<middle>(?(year)年?中(?!期)|年中))
     |(?P<end>全年|[今本当]年度?[底末内](?!半)|(?(year)年?[底末内]|(?<![\d半一二三四五六七八九十两几])年[底末内]))
     |(?P<lone_day>(?(year)(?!)|(?<!\d)\d{{1,2}}[日号](?!内|以内|之内)))
    )?
    """,
    re.VERBOSE,
)
_COUNTED_FROM = re.compile(r"起.{0,10}(?:内|以内)|(?:工作日|天|个月)(?:之|以)?内")
_NUMERALS = {
    char: n for chars in ("1234", "一二三四") for n, char in enumerate(chars, 1)
}


def parse_deadline(text: str, *, today: datetime.date | None = None) -> Deadline:
    """Return the last day that the words of a deadline allow.

    A month, quarter or year alone means its last day; 上旬 and 中旬 mean the 10th and
    the 20th; of several dates the last counts. Words of lasting or returning work
    (长期, 持续推进, 每年 …) are reported beside the date.

    :param text: such as ``2026年6月底前``, ``三季度末`` or ``2026-06-30``
    :param today: the day of the document; its year completes a deadline that names
        none (``6月底前``). Without it such a deadline has no date: no year is guessed.
    :return: date None if there is none, if it does not exist (6月31日), or if it hangs
        on something unknown here (印发之日起30日内, 春季学期)
    """
    text = text.translate(_CHARACTERS)
    is_long_running = bool(_LONG_RUNNING.search(text))
    for spelling, plain in _DATE_SPELLINGS:
        text = spelling.sub(plain, text)
    text = _CHINESE_YEAR.sub(
        lambda match: "".join(str(_from_chinese(char)) for char in match[0]), text
    )
    if _COUNTED_FROM.search(text):
        return Deadline(None, is_long_running)
    try:
        days = list(_last_days(text, today.year if today else None))
    except ValueError:
        return Deadline(None, is_long_running)
    return Deadline(max(days, default=None), is_long_running)


def _last_days(text: str, year: int | None) -> Iterator[datetime.date]:
    """Yield the last day of each date in a text; year and month carry over.

    :raise ValueError: a month or day that no calendar has
    """
    month = None
    for match in _DATE.finditer(text):
        found = {key: value for key, value in match.groupdict().items() if value}
        if not found:
            continue
        if "year" in found:
            year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
        if "month" in found:
            month = _from_chinese(found["month"])
        known = "unknown" not in found and ("lone_day" not in found or month)
        if year and known:
            yield _last_day(year, month, found)


def _last_day(year: int, month: int | None, found: dict[str, str]) -> datetime.date:
    """Return the last day of one date, given as the groups of ``_DATE``."""
    quarter = _NUMERALS.get(found.get("quarter", found.get("q", "")))
    if "lone_day" in found:
        return datetime.date(year, month, int(found["lone_day"][:-1]))
    if "month" in found:
        day = {"上旬": 10, "初": 10, "中": 15, "中旬": 20}.get(found.get("third"))
        if "day" in found:
            day = _from_chinese(found["day"])
        return datetime.date(year, month, day or _month_length(year, month))
    month = 6 if "middle" in found or found.get("half") == "上" else 12
    if quarter:
        month = 3 * quarter
    return datetime.date(year, month, monthrange(year, month)[1])


def _month_length(year: int, month: int) -> int:
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month}.")
    return monthrange(year, month)[1]


# Units

_NOBODY = re.compile(r"无|暂无|没有|[-—–/\\\s]*|[nN]/?[aA]")
_VAGUE = re.compile(
    r"(?:其他|其它|各?个?)?(?:有关|相关)(?:单位|部门|科室|处室|股室|方面|学校)"
)
_UNIT_WORDS = (
    "厅|局|委|办|部|署|院|校|会|处|科|室|股|司|所|站|队|馆|园|组|社|团|行|台|庭|市|县"
    "|区|州|盟|旗|镇|乡|街道|村|政府|中心|公司|集团|大学|学院|中学|小学|企业|单位|部门"
    "|机构|基地|党委|专班|各地|联盟|平台|电大|各级|支部"
)
_UNIT_END = re.compile(rf"(?:{_UNIT_WORDS})(?:[（(〔][^（）()〔〕]*[）)〕])*等?$")
_UNIT_SEPARATOR = re.compile(r"[、，,；;。|]|(?<![A-Za-z0-9])[/／]")
_JOINED_UNITS = re.compile(
    rf"(?<=[{_HAN}]{{2}})(?:(?:{_UNIT_WORDS})[）)〕]?)"
    rf"(?P<join>\s+|以及|[和及与](?=[{_HAN}]{{3}}))"
)
_LEVEL = (
    "设区的?市|设区市|地级市|省辖市|市直|市州|市|县市区|市县区|县区|区县|县|区|州|盟|旗|乡镇"
    "|镇街|乡|镇|街道|村|自治州|自治县|开发区|功能区|园区|新区|地区"
)
# 各市、县（市、区）政府 is one name that holds a separator; so is 各区、县教育局, but
# in 各街道、区教育局 the bureau is the district's own.
_LEVEL_ALONE = re.compile(
    rf"(?:.*、)?(?:各|有关|相关|所在|属地|全省|全市|试点|其他)*(?:{_LEVEL})"
    r"(?:[（(〔][^（）()〔〕]*[）)〕])?"
)
_LEVEL_BEGINS = re.compile(
    rf"(?:{_LEVEL})(?:[（(〔]|政府|人民政府|党委|管委会|管理委员会|$)"
)
_CITY_ALONE = re.compile(
    r"(?:各|有关)(?:设区)?[市区县](?:[（(〔][^（）()〔〕]*[）)〕])?"
)
_COUNTY_AGENCY = re.compile(r"[县区](?:教|科|财|卫|公|文|人|发)")
_RANK_NOTES = (
    re.compile(
        r"[（(][^（）()]{0,8}(?:第一|首位)[^（）()]{0,8}(?:牵头|主办|主责)"
        r"[^（）()]{0,12}[）)]"
    ),
    re.compile(
        r"[，,。；;\s]*[^，,。；;、\s]{0,8}(?:第一|首位|最前)[^，,。；;、]{0,8}"
        r"(?:为|是)(?:牵头|主办|主责|责任|第一)[^，,。；;、]{0,6}"
    ),
    re.compile(r"[，,。；;（(\s]*以?下均?同[）)]?$"),
)
_TAIL = re.compile(
    r"(?:等(?:各?(?:有关|相关|其他))?(?:单位|部门|方面)?)?"
    r"(?:(?:共同|总|联合|分别|各自|具体|统筹|按照?各?自?职责(?:分工)?|依职责(?:分工)?"
    r"|根据职责(?:分工)?|依据职责(?:分工)?)[，,]?)*"
    r"(?P<verb>牵头|主办|主责|负责|承办|落实|组织实施|实施|推进"
    r"|配合|协办|协助|协同|协作|参与|参加|支持)"
    r"(?:负责|落实|实施|推进|完成|办理|组织|承办|配合|参与|开展|做好|工作)*$"
)
# A date may follow a name without any mark.
_GLUED_DATE = re.compile(rf"((?:{_UNIT_WORDS}|牵头|负责|配合)[）)]?)(?=20\d\d年)")
_DEADLINE_TOKEN = re.compile(
    r"(?:并?(?:于|在|到|至|力争|确保))?(?:(?:19|20)\d\d[年./-]|\d\d年\d|\d{1,2}月"
    r"|第?[一二三四1-4]季度|[上下]半年|年[底内]|全年|今年|本年|当年|每[年半月季周]|即日"
    r"|长期|持续|常态|常年|经常|逐年)"
)
_AROUND_DEADLINE = re.compile(r"^(?:于|在)|[，,]?(?:全部|全面|基本)?(?:完成|办结)$")
_ROLE_OF_VERB: dict[str, Role] = {
    **dict.fromkeys(("牵头", "主办", "主责"), "lead"),
    **dict.fromkeys(
        ("配合", "协办", "协助", "协同", "协作", "参与", "参加", "支持"), "assisting"
    ),
}
_ROLE_MARK = re.compile(r"[（(〔](牵头|主办|主责|配合|协办|参与)(?:单位|部门)?[）)〕]$")
_BEFORE_NAME = re.compile(r"^(?:(?:均|主要|具体|统一)?由|以及|及(?=[各有相]))")
_ETC = re.compile(
    r"等(?:\d+个)?(?:各?(?:有关|相关|其他))?(?:单位|部门|科室|处室|方面|地区|机构)?$"
)


def split_units(text: str) -> list[str]:
    """Return the units named in a list, in order, none twice.

    A name keeps its bracket (``省市场监管局（省知识产权局）``), and a name that holds
    a separator stays whole (``各市、县（市、区）政府``). Names are also parted at 和 or
    at a space where both sides are names of units, but not inside one
    (``省文化广电和旅游厅``). What is no name is dropped: 无, 等, 等有关部门,
    按职责分工负责, and 有关单位 beside units that have names.

    :param text: such as ``省教育厅、省财政厅，各市、县（市、区）政府``
    """
    return _distinct(unit for _role, unit in _read_roles(text, "responsible")[0])


def _distinct(units: Iterable[str]) -> list[str]:
    """Return units without repeats; vague ones only if there is nothing else."""
    units = list(dict.fromkeys(units))
    return [unit for unit in units if not _VAGUE.fullmatch(unit)] or units


def _unit_tokens(text: str) -> list[str]:
    """Split a list at its separators, but not inside brackets or names."""
    text = _JOINED_UNITS.sub(lambda m: m[0][: m.start("join") - m.start()] + "、", text)
    text = _GLUED_DATE.sub(r"\1，", text)
    tokens: list[str] = []
    for token in _split_outside(text, _UNIT_SEPARATOR):
        token = re.sub(r"\s+", "", token)
        if tokens and _is_one_name(tokens[-1], token):
            tokens[-1] += f"、{token}"
        else:
            tokens.append(token)
    return [token for token in tokens if token]


def _is_one_name(before: str, token: str) -> bool:
    """Return whether two parts of a list are one name that holds a separator."""
    if len(before) > 40:
        return False
    if _CITY_ALONE.fullmatch(before) and _COUNTY_AGENCY.match(token):
        return True
    return bool(_LEVEL_ALONE.fullmatch(before) and _LEVEL_BEGINS.match(token))


def _clean_unit(token: str) -> str:
    """Return the name in a token, or ``""`` if it names nobody."""
    unit = _BEFORE_NAME.sub("", token).strip(" .．：:*＊—-")
    unit = _ETC.sub("", unit)
    return "" if _NOBODY.fullmatch(unit) else unit


def _deadline_words(text: str) -> str:
    """Return the words of a deadline without what is only grammar."""
    return _AROUND_DEADLINE.sub("", text.strip(_MARKS))


def _read_roles(text: str, default: Role) -> tuple[list[tuple[Role, str]], str]:
    """Return (role, unit) pairs in order, and the deadline words between them.

    A verb after some names gives their role: A牵头，B、C配合; names without one get the
    default.
    """
    for note in _RANK_NOTES:
        text = note.sub("", text)
    # 省教育厅会同省财政厅负责 means that the first leads.
    text = re.sub(r"(?:牵头|负责)?[，,、]?会同", "牵头，", text)
    pairs: list[tuple[Role, str]] = []
    deadlines: list[str] = []
    waiting: list[str] = []
    for token in _unit_tokens(text):
        if _DEADLINE_TOKEN.match(token):
            deadlines.append(_deadline_words(token))
            continue
        role = None
        if mark := _ROLE_MARK.search(token):
            pairs.append((_ROLE_OF_VERB[mark[1]], _clean_unit(token[: mark.start()])))
            continue
        if tail := _TAIL.search(token, max(0, len(token) - 60)):
            token = token[: tail.start()]
            role = _ROLE_OF_VERB.get(tail["verb"], "responsible")
        waiting.append(_clean_unit(token))
        if role:
            pairs += [(role, unit) for unit in waiting]
            waiting = []
    pairs += [(default, unit) for unit in waiting]
    return [(role, unit) for role, unit in pairs if unit], "，".join(deadlines)


# Responsibility

_NOUN = "(?:单位|部门|科室|处室|股室|机构|主体|学校|组室)"
_ROLE_WORDS: dict[Role, str] = {
    "lead": "总?牵头|主办|主责|主管|第一责任|主要责任",
    "assisting": "配合|协办|协助|协同|协作|参与|参加|会办|支持|辅办|共建|其他责任",
    "responsible": "责任|承办|落实|实施|负责|执行|责任落实",
}
_TIME_LABEL = (
    r"(?:计划|预计)?(?:完成|办结|办理|整改|落实|任务|推进|实施|工作|反馈|报送|销号|督办)?"
    r"(?:时限|期限|时间节点|时间要求|时限要求|时间安排|完成时间|办结时间)(?:要求|节点)?"
    r"|(?:完成|办结|办理|整改|落实|推进|实施|反馈|报送|销号|截止)(?:时间|日期|节点)"
)
_LABEL = re.compile(
    "(?:"
    + "|".join(
        rf"(?P<{role}>(?:{words})(?:[和及、/（(]?(?:责任|牵头|主办)[）)]?)*{_NOUN})"
        for role, words in _ROLE_WORDS.items()
    )
    + r"|(?P<lead_verb>牵头|主办)|(?P<assisting_verb>配合|协办|参与)"
    rf"|(?P<deadline>{_TIME_LABEL})"
    r"|(?P<other>(?:责任|分管|牵头|主管|包联|包抓|挂钩|联系|督办)领导"
    r"|(?:第一|直接|具体|主要|牵头)?责任人|联系人|经办人|(?:联系)?电话)"
    r")(?:[和及与、/][^，。；：:（(]{1,8})?(?:[（(][^（）()：:]{0,20}[）)])?[：:]"
)
_TEXT_LABEL = re.compile(
    r"(?:工作|具体|主要|重点|任务|目标|推进|改革|保障|预期|阶段)?"
    r"(?:目标|内容|任务|措施|举措|要求|成效|成果|标准|备注|说明|依据|步骤)(?:要求|任务)?[：:]"
)
_FIELD_START = re.compile(r"(?:^|(?<=[。；;，,、！？）)】”\s（(]))")
_CLAUSE_VERB = re.compile(
    r"(?:牵头|主办|主责|负责|承办|配合|协办|协助|参与|参加|落实)(?=$|[，,；;。、])"
)
_LASTING_CLAUSE = re.compile(r"(?:长期|持续|常态化?|常年|每[年月季])[^，。；]{0,12}")
_DATED_CLAUSE = re.compile(
    r"(?:于|在|到|力争)?(?:(?:19|20)?\d\d年|\d{1,2}月|年底|年内)[^，。；、]{0,14}"
    r"(?:前|完成|办结)"
)
_WORK_BY_A_DATE = re.compile(r"前(?!(?:全部|全面|基本)?(?:完成|办结)?(?:[，；]|$))")
_COMPLETED_BEFORE = re.compile(
    r"(?P<date>(?:每年|今年)?(?:20\d\d年[^，。；、（）]{0,10}?"
    r"|(?<!\d)\d{1,2}月[^，。；、（）]{0,6}?|(?<![\d半一二两三四五几])年底?)"
    r"(?:之?前|以前|内))[，,]?[^，。；]{0,15}?"
    r"(?:完成|办结|出台|印发|上报|报送|启用|投用|到位)"
)


def parse_responsibility(text: str) -> Responsibility:
    """Return the units and the deadline named in a responsibility clause.

    Labels (牵头单位：…；配合单位：…), verbs (A牵头，B、C配合) and bare lists are read.
    The unit marked as leading leads; where none is marked, the first responsible one.

    :param text: the clause without its outer brackets
    """
    return combine_responsibility(responsible=text)


def combine_responsibility(
    lead: str = "", responsible: str = "", assisting: str = ""
) -> Responsibility:
    """Return the responsibility that up to three columns of a table tell together.

    :param lead: column 牵头单位; of several units there, the first leads
    :param responsible: column 责任单位
    :param assisting: column 配合单位
    """
    pairs: list[tuple[Role, str]] = []
    deadlines: list[str] = []
    cells = (("lead", lead), ("responsible", responsible), ("assisting", assisting))
    for default, cell in cells:
        for kind, value in _label_fields(cell, default):
            if kind == "deadline":
                deadlines.append(_deadline_words(value))
            elif kind != "other":
                found, deadline = _read_roles(value, kind)
                pairs += found
                deadlines.append(deadline)
    units = _distinct(unit for _role, unit in pairs)
    ranked = [
        unit
        for wanted in ("lead", "responsible")
        for role, unit in pairs
        if role == wanted and unit in units
    ]
    leader = ranked[0] if ranked else ""
    return Responsibility(
        leader,
        tuple(unit for unit in units if unit != leader),
        "，".join(filter(None, deadlines)),
    )


_MARKS = " 。；;，,、"


def _label_fields(text: str, default: Role) -> list[tuple[str, str]]:
    """Return (role, "deadline" or "other"; value) for each label of a clause.

    What stands before the first label has the default role.
    """
    fields: list[tuple[str, str]] = []
    kind: str = default
    start = 0
    for match, found in _labels(text):
        fields.append((kind, text[start : match.start()]))
        kind, start = found, match.end()
    fields.append((kind, text[start:]))
    return [(kind, value) for kind, value in fields if value.strip(_MARKS)]


def _labels(text: str) -> Iterator[tuple[re.Match, str]]:
    """Yield the labels of a text and what each announces."""
    end = 0
    for start in _FIELD_START.finditer(text):
        match = _LABEL.match(text, start.end())
        if match and match.start() >= end:
            end = match.end()
            yield match, match.lastgroup.removesuffix("_verb")


_LONGEST_PARAGRAPH = 20_000
"""Characters beyond which a paragraph is not looked into: no measure is as long."""


def take_responsibility(paragraph: str) -> tuple[str, list[str]]:
    """Take what names units or a deadline out of a paragraph.

    :return: the paragraph without it, and the pieces as written, without brackets
    """
    if len(paragraph) > _LONGEST_PARAGRAPH:
        return paragraph, []
    paragraph, pieces = _take_brackets(paragraph)
    paragraph, labelled = _take_labels(paragraph)
    paragraph, sentence = _take_last_sentence(paragraph)
    return paragraph.strip(), pieces + labelled + sentence


def _take_brackets(paragraph: str) -> tuple[str, list[str]]:
    pieces: list[str] = []
    for start, end in reversed(_bracket_groups(paragraph)):
        group = paragraph[start:end]
        content = group[1:] if _bracket_balance(group) else group[1:-1]
        before, after = paragraph[:start].rstrip(), paragraph[end:].lstrip()
        if _is_responsibility(content, before, after):
            pieces.insert(0, content.strip())
            paragraph = before + after
    return re.sub("。[。；]+", "。", paragraph), pieces


def _is_responsibility(content: str, before: str, after: str) -> bool:
    """Return whether a bracket names units or a deadline rather than explains."""
    if any(kind != "other" for _match, kind in _labels(content)):
        return True
    if after and after[0] not in "。；;":
        return False
    if _CLAUSE_VERB.search(content) and _names_units(content, any):
        return True
    if after.strip(" 。；;"):
        return False
    if _LASTING_CLAUSE.fullmatch(content) or _DATED_CLAUSE.fullmatch(content):
        return True
    return before.endswith(("。", "；")) and _names_units(content, all)


def _names_units(text: str, quantifier: Callable[[Iterable], bool]) -> bool:
    """Return whether any or all names in a list end as names of units do."""
    units = [unit for _role, unit in _read_roles(text, "responsible")[0]]
    return bool(units) and quantifier(
        len(unit) <= 40 and _UNIT_END.search(unit) for unit in units
    )


def _take_labels(paragraph: str) -> tuple[str, list[str]]:
    kept: list[str] = []
    pieces: list[str] = []
    # A field ends at the end of its sentence, at the latest.
    for sentence in _split_outside(paragraph, re.compile("(?<=。)")):
        labels = list(_labels(sentence))
        if pieces and not labels and _RANK_NOTES[1].match(sentence):
            pieces.append(sentence.strip(_MARKS))
            continue
        ends = [match.start() for match, _kind in labels[1:]] + [len(sentence)]
        position = 0
        for (match, _kind), end in zip(labels, ends, strict=False):
            for start in _FIELD_START.finditer(sentence, match.end(), end):
                if _TEXT_LABEL.match(sentence, start.end()):
                    end = start.end()
                    break
            kept.append(sentence[position : match.start()].rstrip())
            pieces.append(sentence[match.start() : end].strip(_MARKS))
            position = end
        kept.append(sentence[position:])
    return "".join(kept), pieces


def _take_last_sentence(paragraph: str) -> tuple[str, list[str]]:
    """Take a closing sentence made of nothing but units, their roles and a date."""
    body = paragraph.rstrip(" 。")
    start = body.rfind("。") + 1
    sentence = body[start:].strip()
    if len(sentence) > 400 or not _CLAUSE_VERB.search(sentence):
        return paragraph, []
    if not _names_units(sentence, all):
        return paragraph, []
    # Where it also says what to do (6月底前拿出方案), it stays part of the wording.
    if _WORK_BY_A_DATE.search(sentence):
        return paragraph, [sentence]
    return body[:start], [sentence]


# Headings of tables and ledgers

_HEADINGS = (
    ("number", r"序号|编号|任务序号|任务编号|事项编号|No\.?"),
    ("area", r"(?:重点|工作|任务)?(?:领域|板块|条线|方面|维度)"),
    (
        "group",
        r"任务组|任务类别|任务分类|事项类别|工作类别|来源类别|类别|分类|大类|类型",
    ),
    (
        "text",
        r"(?:任务|工作|具体|督办|事项|主要|重点|办理|交办|议定)?内容|(?:具体|分解|细化)任务"
        r"|任务分解|(?:具体|工作|主要|重点|推进|落实|改革)?(?:措施|举措)|(?:具体|重点)工作"
        r"|任务内容|具体事项|重点任务内容",
    ),
    (
        "title",
        r"(?:任务|事项|项目|工作|措施)名称|(?:督办|督查|重点|工作|任务|主要|交办|议定|办理)"
        r"?(?:事项|任务)|重点工作任务|(?:年度)?重点(?:工作|任务)|工作|任务|事项|项目|标题",
    ),
    (
        "goal",
        r"(?:工作|任务|年度|主要|阶段|预期|具体)?目标(?:任务|要求)?|(?:办理|工作|目标|任务)要求"
        r"|预期成[效果]|(?:工作|标志性|主要)?成果|完成标志|完成标准",
    ),
    (
        "lead_unit",
        r"总?牵头(?:责任|主办|负责)?(?:单位|部门|科室|处室)?|主办(?:单位|部门|科室|处室)?",
    ),
    (
        "assisting_units",
        r"(?:配合|协办|协同|协助|参与|协作|参加|会办|支持)(?:责任)?(?:单位|部门|科室|处室)?"
        r"|其他责任单位",
    ),
    (
        "responsible_units",
        r"(?:主要)?(?:责任|承办|落实|实施|负责|执行)(?:单位|部门|科室|处室|主体|学校)",
    ),
    ("responsible_leader", r"(?:责任|分管|牵头|包抓|督办|批示|市级|区级|局)?领导"),
    (
        "responsible_person",
        r"(?:具体|直接|第一)?(?:责任人|负责人|经办人|联系人|承办人)员?",
    ),
    (
        "deadline",
        r"现时限|(?:完成|办结|办理|整改|落实|任务|反馈|推进|实施|工作|督办|计划完成)?"
        r"(?:时限|期限|时间|时间节点|时限要求|时间要求|日期|节点|进度安排)(?:要求)?|截止日期",
    ),
    ("original_deadline", r"原定?时限"),
    (
        "reference",
        r"文号|依据|(?:来源|立项|任务|政策|文件|督办)(?:及)?(?:依据|来源|文号)|依据文号.*|来源|出处",
    ),
)
_HEADING_PATTERNS = tuple((name, re.compile(text)) for name, text in _HEADINGS)
_HEADING_NOISE = re.compile(r"[（(〔\[【].*?[）)〕\]】]|[\s：:*＊、/／及和与]")


def heading_field(heading: str) -> str:
    """Return which field of a task the heading of a column means, or ``""``.

    Known in their usual spellings: number, area, group, title, text, goal, lead_unit,
    assisting_units, responsible_units, responsible_leader, responsible_person,
    deadline, original_deadline, reference. Spaces, marks and brackets do not matter;
    of two things in one heading (责任单位及责任人) the first counts.
    """
    heading = heading.translate(_CHARACTERS)
    for text in (
        _HEADING_NOISE.sub("", heading),
        re.split(r"[及和与/／、\s]", heading)[0],
    ):
        for name, pattern in _HEADING_PATTERNS:
            if pattern.fullmatch(text):
                return name
    return ""


def heading_columns(cells: Iterable[str]) -> dict[str, int]:
    """Return field → column for a row of headings; empty if it is no such row.

    A row of headings names the task and at least one thing more. Where the task has
    one column only, whatever it is called, that column is its text.
    """
    columns: dict[str, int] = {}
    for index, cell in enumerate(cells):
        if name := heading_field(cell):
            columns.setdefault(name, index)
    if "deadline" not in columns and "original_deadline" in columns:
        columns["deadline"] = columns.pop("original_deadline")
    if "text" not in columns:
        for name in ("title", "goal"):
            if name in columns:
                columns["text"] = columns.pop(name)
                break
    return columns if "text" in columns and len(columns) > 1 else {}


# Tasks

# 工作要求 and 目标任务 hold measures: they are no aims.
_AIM_WORDS = (
    "(?:总体?要求|(?:发展|总体|主要|工作|行动|建设|具体|战略|阶段|年度|基本|指导|编制|政策"
    "|重要|重大|有关|名词)?"
    "(?:目标|思路|原则|思想|考虑|背景|意义|愿景|定位|现状|情况|形势|依据|说明|解释))"
)
_AIM = re.compile(
    rf"{_AIM_WORDS}(?:(?:[和与及、]|以及){_AIM_WORDS})*|总则|附则|适用(?:范围|对象)"
)
# Where line ends were lost, the heading runs into its first sentence.
_AIM_START = re.compile("(?:发展|总体|主要|工作)目标|总体要求|指导思想|基本原则")
_THIS_DOCUMENT = (
    "本[^。，；：]{0,6}(?:办法|措施|意见|方案|规定|细则|通知|计划|规划|清单|制度|条例|决定"
    "|要点|指南|政策|规则|文件)"
)
_RULE_ABOUT_ITSELF = re.compile(
    rf"为[^。]*制定{_THIS_DOCUMENT}|{_THIS_DOCUMENT}"
    r"(?:所称|适用于|(?:自|由)[^。]*(?:施行|实施|执行|解释))"
)
_AFTER_THE_END = re.compile(
    r"附件|附表|附录|附[：:]|抄送|抄报|分送|主题词|[（(]此件|[（(]联系人|联系人[：:]"
    rf"|{_THIS_DOCUMENT}自[^。]*(?:施行|实施|执行)"
    r"|.{2,30}20\d\d年\d{1,2}月\d{1,2}日印发"
)
_DATE_LINE = re.compile(
    rf"(?:\d{{4}}|[{_CN}○]{{4}})年(?:\d{{1,2}}|[{_CN}]{{1,3}})月"
    rf"(?:\d{{1,2}}|[{_CN}]{{1,3}})日(?:印发)?"
)
_DOCUMENT_NUMBER = re.compile(r"\S{2,14}[〔\[（(](20\d\d)[〕\]）)]\d+号")
_LIST_AHEAD = re.compile(
    r"(?:下列|以下|如下|包括|之一|条件|情形|标准|分别为)[^。；]{0,12}[：:]$"
)
_MEASURES_AHEAD = re.compile(r"任务|工作|措施|举措|重点|行动|方面")


@dataclass(eq=False)
class _Node:
    """A numbered part of a text with what stands in it."""

    level: int
    number: str
    parent: "_Node | None"
    paragraphs: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    trailing: list[str] = field(default_factory=list)
    children: list["_Node"] = field(default_factory=list)
    names_units_apart: bool = False

    @property
    def text(self) -> str:
        """Wording without number and responsibility."""
        return "\n".join(self.paragraphs)

    @property
    def title(self) -> str:
        """First sentence, or its beginning."""
        return make_title(self.text)

    @cached_property
    def responsibility(self) -> Responsibility:
        """Units and deadline it names itself."""
        return parse_responsibility("；".join(self.pieces))

    @property
    def ancestors(self) -> list["_Node"]:
        """Headings above, from the outermost."""
        above = []
        node = self.parent
        while node:
            above.insert(0, node)
            node = node.parent
        return above

    @property
    def section(self) -> str:
        """Headings above as one line."""
        return " / ".join(
            f"{node.number} {node.title}"
            if node.level <= _ARTICLE
            else node.number + node.title
            for node in self.ancestors
        )

    def add(self, paragraph: str) -> None:
        """Add a paragraph; after the responsibility it waits for what follows."""
        text, pieces = take_responsibility(paragraph)
        if self.is_closed() and text and not pieces and not _TEXT_LABEL.match(text):
            self.trailing.append(text)
            return
        self.commit()
        if text:
            self.paragraphs.append(_squeeze(text).replace("\t", " "))
        self.pieces += pieces
        self.names_units_apart |= bool(pieces) and not text

    def commit(self) -> None:
        """Count paragraphs after the responsibility as part of the measure."""
        self.paragraphs += self.trailing
        self.trailing = []

    def is_closed(self) -> bool:
        """Return whether wording and responsibility both are complete."""
        return bool(self.pieces) and len(self.text) > len(self.title) + 1

    def walk(self) -> Iterator["_Node"]:
        """Yield this part and all parts below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    @cached_property
    def names_units(self) -> bool:
        """Whether it or a part below names units or a deadline."""
        return bool(self.pieces) or any(child.names_units for child in self.children)

    @cached_property
    def only_last_names_units(self) -> bool:
        """Whether units stand in a line of their own below the last child alone."""
        *others, last = self.children
        return last.names_units_apart and not any(node.names_units for node in others)

    @cached_property
    def followers(self) -> dict["_Node", "_Node"]:
        """For each child, the nearest later one that names units."""
        found: dict[_Node, _Node] = {}
        nearest = None
        for child in reversed(self.children):
            if nearest:
                found[child] = nearest
            if child.responsibility:
                nearest = child
        return found

    def announces_list(self) -> bool:
        """Return whether its children only finish its sentence."""
        lead_in = self.paragraphs[-1].split("。")[-1] if self.paragraphs else ""
        return bool(
            self.level >= _ARTICLE
            and self.level != _CHINESE
            and _LIST_AHEAD.search(lead_in)
            and not _MEASURES_AHEAD.search(lead_in)
            and not any(child.names_units for child in self.children[:-1])
        )

    def fold(self) -> None:
        """Take the children's wording into this part."""
        for node in itertools.islice(self.walk(), 1, None):
            self.paragraphs.append(node.number + node.text)
            self.pieces += node.pieces
        self.children.clear()


def make_title(text: str) -> str:
    """Return a title for a wording: its first sentence, or as much as is short.

    :return: at most :data:`MAX_TITLE_LENGTH` characters, cut after a clause if it can
        be, else with ``…``; ``""`` for a text without words
    """
    text = text.lstrip("。；：，、;:, \n")
    sentence = re.split(r"[。；：:\n]", text, maxsplit=1)[0].strip()
    if len(sentence) <= MAX_TITLE_LENGTH:
        return sentence
    short = sentence[:MAX_TITLE_LENGTH]
    cut = max(short.rfind("，"), short.rfind(","))
    return short[:cut] if cut > 5 else short[:-1] + "…"


def split_tasks(text: str) -> list[TaskLine]:
    """Return the tasks of a decision in the order of the text.

    The text may come from :func:`extract_text`, from another converter, or from a
    clipboard: lines cut by the page, indents, page numbers, headers and full-width
    digits do no harm. Module docstring: what counts as a task.

    :raise DecisionTextError: ``"too_large"``
    """
    _check_text_length(text)
    paragraphs = _restore_lines(_paragraphs(text))
    outline = _Outline(paragraphs)
    tasks = outline.numbered_tasks()
    if outline.table_tasks:
        tasks = [task for task in tasks if task.lead_unit]
    return tasks + outline.table_tasks


_INLINE_NUMBER = re.compile(
    rf"(?<=[。；）)\s])(?=[{_CN}]+、|[（(][{_CN}]+[）)]|\d{{1,2}}[.．、](?!\d))"
    rf"|(?<=[{_HAN}”])(?=[（(][{_CN}]+[）)])"
)
_INLINE_PAGE_NUMBER = re.compile(rf"[{_DASH}]\s?\d{{1,3}}\s?[{_DASH}]")


def _restore_lines(paragraphs: list[str]) -> list[str]:
    """Cut a text that lost all its line ends at numbers that follow one another."""
    if sum(bool(_match_marker(paragraph)) for paragraph in paragraphs) > 1:
        return paragraphs
    pieces: list[list[str]] = []
    counted: dict[int, int] = {}
    for paragraph in paragraphs:
        paragraph = _INLINE_PAGE_NUMBER.sub("", paragraph)
        for number, piece in enumerate(_INLINE_NUMBER.split(paragraph)):
            marker = _match_marker(piece)
            if number and not (marker and _follows(marker, pieces[-1], counted)):
                pieces[-1].append(piece)
                continue
            if marker:
                counted[marker.level] = marker.value
            pieces.append([piece])
    return ["".join(parts) for parts in pieces]


def _follows(marker: _Marker, before: list[str], counted: dict[int, int]) -> bool:
    """Return whether a number inside a line goes on counting, or begins again."""
    if marker.value not in (1, counted.get(marker.level, 0) + 1):
        return False
    if re.match(rf"[{_HAN}”]", before[-1][-1:]):
        # Without a stop before it, a number can only follow a heading.
        heading = _match_marker(before[0])
        return bool(
            heading and heading.level < marker.level and sum(map(len, before[:5])) <= 40
        )
    return True


class _Outline:
    """The numbered parts and the tables of a text."""

    def __init__(self, paragraphs: list[str]) -> None:
        self.roots: list[_Node] = []
        self.table_tasks: list[TaskLine] = []
        self.today = _document_date(paragraphs)
        self._current: _Node | None = None
        self._annex_number = 0
        rows: list[str] = []
        for paragraph in [*paragraphs, ""]:
            if paragraph.count("\t") > 1:
                rows.append(paragraph)
                continue
            if rows and not self._add_table(rows):
                for row in rows:
                    self._add_paragraph(row)
            rows = []
            if paragraph:
                self._add_paragraph(paragraph)

    def _add_paragraph(self, paragraph: str) -> None:
        marker = _match_marker(paragraph)
        if marker and self._annex_number and marker.value == self._annex_number + 1:
            self._annex_number += 1
            return
        self._annex_number = 0
        if marker:
            self._open(marker)
            self._current.add(paragraph[marker.end :])
        elif _AFTER_THE_END.match(paragraph):
            self._current = None
            # 附件：1.… is followed by 2.…
            listed = re.match(r"附件[：: ]*(1[.．、])?", paragraph)
            self._annex_number = 1 if listed and listed[1] else 0
        elif self._current and _DATE_LINE.fullmatch(paragraph):
            self._drop_signature()
        elif self._current:
            self._current.add(paragraph)

    def _open(self, marker: _Marker) -> None:
        """Begin a numbered part below the nearest part of a higher level."""
        parent = self._current
        if parent:
            parent.commit()
        while parent and parent.level >= marker.level:
            parent = parent.parent
        node = _Node(marker.level, marker.printed, parent)
        (parent.children if parent else self.roots).append(node)
        self._current = node

    def _drop_signature(self) -> None:
        """Drop the organs that sign above the date, and end the text."""
        paragraphs = self._current.trailing or self._current.paragraphs
        while len(paragraphs) > 1 and _UNIT_END.search(paragraphs[-1]):
            if _SENTENCE.search(paragraphs[-1]):
                break
            paragraphs.pop()
        self._current = None

    def numbered_tasks(self) -> list[TaskLine]:
        """Return the innermost measures as tasks, without aims and empty headings."""
        for node in self._walk():
            if node.children and node.announces_list():
                node.fold()
        nodes = list(self._walk())
        leaves = [node for node in nodes if not node.children and node.title]
        headings = {node.level for node in nodes if node.children}
        measures = [leaf for leaf in leaves if self._is_measure(leaf, headings)]
        return [self._task(leaf) for leaf in measures or leaves]

    def _walk(self) -> Iterator[_Node]:
        for root in self.roots:
            yield from root.walk()

    @staticmethod
    def _is_measure(leaf: _Node, headings: set[int]) -> bool:
        if leaf.pieces:
            return True
        if _RULE_ABOUT_ITSELF.match(leaf.text) or _AIM_START.match(leaf.text):
            return False
        if leaf.level in headings and leaf.level <= _CHINESE:
            if leaf.text.rstrip("。") == leaf.title:
                return False
        return not any(
            _AIM.fullmatch(node.title) and not node.names_units
            for node in [*leaf.ancestors, leaf]
        )

    def _task(self, leaf: _Node) -> TaskLine:
        own = leaf.responsibility
        source = leaf if own else self._inherited(leaf)
        named = source.responsibility if source else own
        deadline_text = own.deadline_text or self._deadline_in(leaf.text)
        if not deadline_text:
            above = (node.responsibility.deadline_text for node in leaf.ancestors[::-1])
            deadline_text = named.deadline_text or next(filter(None, above), "")
        deadline = parse_deadline(deadline_text, today=self.today)
        pieces = leaf.pieces + (source.pieces if source not in (None, leaf) else [])
        return TaskLine(
            number=leaf.number,
            title=leaf.title,
            text=leaf.text,
            lead_unit=named.lead_unit,
            assisting_units=named.assisting_units,
            deadline_text=deadline_text,
            date_deadline=deadline.date,
            section=leaf.section,
            is_long_running=deadline.is_long_running,
            responsibility_text="；".join(pieces),
            responsibility_inherited=source not in (None, leaf),
        )

    def _inherited(self, leaf: _Node) -> _Node | None:
        """Return the part whose units a measure without units shares."""
        node = leaf
        while node.parent:
            if node.parent.responsibility:
                return node.parent
            following = node.parent.followers.get(node)
            if following and (
                node.parent.level >= _BRACKETED or node.parent.only_last_names_units
            ):
                return following
            node = node.parent
        return None

    def _deadline_in(self, text: str) -> str:
        """Return the last date before which the wording says something is done."""
        found = [match["date"] for match in _COMPLETED_BEFORE.finditer(text)]
        dated = [
            (parse_deadline(words, today=self.today).date or datetime.date.min, index)
            for index, words in enumerate(found)
        ]
        return found[max(dated)[1]] if dated else ""

    def _add_table(self, lines: list[str]) -> bool:
        """Read a table as tasks; False if it has no columns of tasks and units."""
        rows = [line.split("\t") for line in lines]
        headings = map(heading_columns, rows)
        found = (
            (index, columns)
            for index, columns in enumerate(headings)
            if columns.keys() & {"lead_unit", "responsible_units"}
        )
        top, columns = next(found, (0, {}))
        for row in rows[top + 1 :] if columns else []:
            cells = {
                name: row[column].strip()
                for name, column in columns.items()
                if column < len(row)
            }
            if cells.get("text") and row != rows[top]:
                self.table_tasks.append(self._table_task(cells))
        return bool(columns)

    def _table_task(self, cells: dict[str, str]) -> TaskLine:
        units = [cells.get(name, "") for name in _UNIT_COLUMNS]
        named = combine_responsibility(*units)
        deadline_text = cells.get("deadline") or named.deadline_text
        deadline = parse_deadline(deadline_text, today=self.today)
        above = self._current.section if self._current else ""
        headings = (above, cells.get("area"), cells.get("group"))
        return TaskLine(
            number=cells.get("number", ""),
            title=_squeeze(cells.get("title") or make_title(cells["text"])),
            text=_squeeze(cells["text"]),
            lead_unit=named.lead_unit,
            assisting_units=named.assisting_units,
            deadline_text=deadline_text,
            date_deadline=deadline.date,
            section=" / ".join(filter(None, headings)),
            is_long_running=deadline.is_long_running,
            responsibility_text="；".join(filter(None, units)),
        )


_UNIT_COLUMNS = ("lead_unit", "responsible_units", "assisting_units")


def _document_date(paragraphs: list[str]) -> datetime.date | None:
    """Return the first day of the year a document is of, as far as it says.

    Asked in turn: one year in a heading before the first number, the number of the
    document (〔2026〕5号), the date under it.
    """
    head = list(itertools.takewhile(lambda line: not _match_marker(line), paragraphs))
    for line in head:
        years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", line))
        if (
            len(years) == 1
            and "年" in line
            and not _SENTENCE.search(line)
            and not _DATE_LINE.search(line)
        ):
            return datetime.date(int(years.pop()), 1, 1)
    for line in head:
        if match := _DOCUMENT_NUMBER.fullmatch(line):
            return datetime.date(int(match[1]), 1, 1)
    for line in paragraphs:
        if _DATE_LINE.fullmatch(line):
            deadline = parse_deadline(line)
            return deadline.date and deadline.date.replace(month=1, day=1)
    return None


_READERS: dict[str, Callable[[bytes], str]] = {
    ".pdf": _read_pdf,
    ".docx": _read_docx,
    ".txt": _read_plain,
    ".md": _read_plain,
}
