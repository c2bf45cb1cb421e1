# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""An official document as DOCX, for offices that edit in Word or WPS.

The same :class:`.document_layout.Layout` that is printed; pages, fonts, levels, red head
and foot follow GB/T 9704-2012 as far as a text processor obeys.
"""

from typing import BinaryIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from . import document_layout as gb

SONG, FANGSONG, HEI, KAI, XIAOBIAO = "宋体", "仿宋", "黑体", "楷体", "方正小标宋简体"
LEVEL_FONTS = {0: FANGSONG, 1: HEI, 2: KAI, 3: FANGSONG, 4: FANGSONG}
RED = "FF0000"
CHARACTER = gb.TYPE_WIDTH / 25.4 * 72 / gb.CHARACTERS
"""Points from one character to the next, 28 a line."""


def write_docx(layout: gb.Layout, file: BinaryIO) -> None:
    """Write a document.

    :param layout: what it says
    :param file: binary file, open for writing
    """
    document = Document()
    _set_page(document)
    _set_styles(document)
    _write_head(document, layout)
    _write_text(document, layout)
    _write_signature(document, layout)
    _write_foot(document, layout)
    document.core_properties.title = "".join(layout.title)
    document.core_properties.author = layout.organ
    document.save(file)


# -- page and styles -------------------------------------------------------------------


def _set_page(document):
    section = document.sections[0]
    section.page_width, section.page_height = Mm(gb.PAGE[0]), Mm(gb.PAGE[1])
    section.top_margin, section.bottom_margin = Mm(gb.TOP), Mm(gb.BOTTOM)
    section.left_margin, section.right_margin = Mm(gb.LEFT), Mm(gb.RIGHT)
    section.footer_distance = Mm(25)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(round(gb.LINE_PITCH * 20)))
    grid.set(qn("w:charSpace"), str(round((CHARACTER - gb.BODY_SIZE) * 4096)))
    document.settings.odd_and_even_pages_header_footer = True
    _write_page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _write_page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _write_page_number(footer, alignment):
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = alignment
    paragraph.paragraph_format.left_indent = Pt(gb.FOOT_SIZE)
    paragraph.paragraph_format.right_indent = Pt(gb.FOOT_SIZE)
    for text in ("— ", "PAGE", " —"):
        run = paragraph.add_run("" if text == "PAGE" else text)
        _set_font(run, SONG, gb.FOOT_SIZE)
        if text == "PAGE":
            _add_field(run, text)


def _add_field(run, code):
    for kind in ("begin", "separate", "end"):
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
        if kind == "begin":
            instruction = OxmlElement("w:instrText")
            instruction.text = code
            run._r.append(instruction)


def _set_styles(document):
    names = ["Normal", *(f"Heading {level}" for level in range(1, 5))]
    for level, name in enumerate(names):
        style = document.styles[name]
        style.font.bold = style.font.italic = False
        style.font.color.rgb = RGBColor(0, 0, 0)
        _set_font(style, LEVEL_FONTS[level], gb.BODY_SIZE)
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(gb.LINE_PITCH)
        form.widow_control = False


def _set_font(item, name, size):
    """Set the letters of a run or style, for Chinese and for Latin."""
    item.font.name, item.font.size = name, Pt(size)
    fonts = item.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("w:eastAsia", "w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(key), name)
    for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(key), None)


def _add(document, text="", font=FANGSONG, size=gb.BODY_SIZE, align=None, before=0):
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    if text:
        _set_font(paragraph.add_run(text), font, size)
    return paragraph


def _set_border(paragraph, size, space):
    """Draw the red line below a paragraph; ``size`` in eighths of a point."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for key, value in (
        ("val", "single"),
        ("sz", size),
        ("space", space),
        ("color", RED),
    ):
        line.set(qn(f"w:{key}"), str(value))
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


# -- parts -----------------------------------------------------------------------------


def _write_head(document, layout):
    for kind, text in layout.head_lines:
        _add(document, text, HEI if kind == "hei" else FANGSONG)
    room = Mm(max(layout.mark_top, 0)).pt - gb.LINE_PITCH * len(layout.head_lines)
    mark = _add(
        document,
        layout.mark,
        XIAOBIAO,
        layout.mark_size,
        WD_ALIGN_PARAGRAPH.CENTER,
        max(room, 0),
    )
    mark.paragraph_format.line_spacing = Pt(layout.mark_size * 1.1)
    mark.runs[0].font.color.rgb = RGBColor.from_string(RED)
    number = _add(document, before=2 * gb.LINE_PITCH)
    if layout.signers:
        number.paragraph_format.left_indent = Pt(CHARACTER)
        number.paragraph_format.right_indent = Pt(CHARACTER)
        width = Mm(gb.TYPE_WIDTH) - Pt(CHARACTER)
        number.paragraph_format.tab_stops.add_tab_stop(width, 2)
        _set_font(number.add_run(f"{layout.number}\t签发人："), FANGSONG, gb.BODY_SIZE)
        _set_font(number.add_run(layout.signers), KAI, gb.BODY_SIZE)
    else:
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _set_font(number.add_run(layout.number), FANGSONG, gb.BODY_SIZE)
    _set_border(number, 16, 11)


def _write_text(document, layout):
    for nth, line in enumerate(layout.title):
        before = 2 * gb.LINE_PITCH if nth == 0 else 0
        _add(
            document, line, XIAOBIAO, gb.TITLE_SIZE, WD_ALIGN_PARAGRAPH.CENTER, before
        ).paragraph_format.line_spacing = Pt(33)
    if layout.main:
        _add(document, f"{layout.main}：", before=gb.LINE_PITCH)
    for block in layout.blocks:
        if block.rows:
            _write_table(document, block.rows)
            continue
        paragraph = _add(document, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
        if block.level:
            paragraph.style = document.styles[f"Heading {block.level}"]
        paragraph.paragraph_format.first_line_indent = Pt(2 * CHARACTER)
        if block.head:
            _set_font(
                paragraph.add_run(block.head), LEVEL_FONTS[block.level], gb.BODY_SIZE
            )
        if block.text:
            _set_font(paragraph.add_run(block.text), FANGSONG, gb.BODY_SIZE)
    for nth, name in enumerate(layout.annexes, 1):
        number = f"{nth}. " if len(layout.annexes) > 1 else ""
        label = "附件：" if nth == 1 else "　　　"
        line = _add(
            document, label + number + name, before=gb.LINE_PITCH if nth == 1 else 0
        )
        line.paragraph_format.left_indent = Pt(2 * CHARACTER)


def _write_table(document, rows):
    table = document.add_table(len(rows), max(map(len, rows)), "Table Grid")
    for cells, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(cells, row.cells, strict=False):
            _set_font(cell.paragraphs[0].add_run(text), FANGSONG, 12)


def _write_signature(document, layout):
    if layout.organ and layout.day:
        right = WD_ALIGN_PARAGRAPH.RIGHT
        organ = _add(document, layout.organ, align=right, before=gb.LINE_PITCH)
        day = _add(document, layout.day, align=right)
        if layout.with_seal:
            # The organ stands in the middle above the date.
            wide = (len(layout.organ) - _width(layout.day)) / 2
            day.paragraph_format.right_indent = Pt(4 * CHARACTER)
            organ.paragraph_format.right_indent = Pt(max(4 - wide, 0) * CHARACTER)
        else:
            # The date begins two characters after the organ; the longer of both ends
            # two characters from the right.
            beyond = _width(layout.day) + 2 - len(layout.organ)
            organ.paragraph_format.right_indent = Pt((2 + max(beyond, 0)) * CHARACTER)
            day.paragraph_format.right_indent = Pt((2 + max(-beyond, 0)) * CHARACTER)
    if layout.note:
        note = _add(document, f"（{layout.note}）")
        note.paragraph_format.left_indent = Pt(2 * CHARACTER)


def _width(text):
    """Return the width of a text in characters: a digit is half a one."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def _write_foot(document, layout):
    rows = []
    if layout.copies_to:
        rows.append((f"抄送：{layout.copies_to}。", ""))
    if layout.form != "letter":
        rows.append((layout.printed_by, f"{layout.printed_on}印发"))
    if not rows:
        return
    table = document.add_table(len(rows), 2)
    _float_to_bottom(table, bordered=layout.form != "letter")
    for texts, row in zip(rows, table.rows, strict=True):
        cells = row.cells if texts[1] else [row.cells[0].merge(row.cells[1])]
        for text, cell in zip(texts, cells, strict=False):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.left_indent = Pt(gb.FOOT_SIZE)
            paragraph.paragraph_format.right_indent = Pt(gb.FOOT_SIZE)
            _set_font(paragraph.add_run(text), FANGSONG, gb.FOOT_SIZE)
        if texts[1]:
            row.cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _float_to_bottom(table, bordered):
    """Let the table stand at the bottom of the type area of its page, with its rules."""
    properties = table._tbl.tblPr
    place = OxmlElement("w:tblpPr")
    for key, value in (
        ("vertAnchor", "margin"),
        ("horzAnchor", "margin"),
        ("tblpXSpec", "center"),
        ("tblpYSpec", "bottom"),
    ):
        place.set(qn(f"w:{key}"), value)
    properties.insert(1, place)
    if bordered:
        borders = OxmlElement("w:tblBorders")
        # Eighths of a point: 0.35 mm outside, 0.25 mm between.
        for side, size in (("top", 8), ("bottom", 8), ("insideH", 6)):
            line = OxmlElement(f"w:{side}")
            line.set(qn("w:val"), "single")
            line.set(qn("w:sz"), str(size))
            borders.append(line)
        properties.append(borders)
