# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What a PDF holds that its reader does not see. No Odoo here."""

import io
import logging
import time

from odoo.addons.office_functions.tools.decision_text import DecisionTextError

from .disclosure_images import examine_image

MAX_PAGES = 500
MAX_SECONDS = 60
MAX_OBJECTS = 200_000
MAX_DEPTH = 12
MAX_COMPARED = 20_000_000
"""Most pairs of letter and shape of a page that are looked at."""
COVERED = 0.5
"""From which share of a letter on it counts as covered."""
LIGHT = 0.95
"""From which brightness on letters are taken for white."""
MARKS = {"/Link", "/Widget"}
"""Annotations that everybody sees, or that are looked at by themselves."""
NAMED = ("/Author", "/Keywords", "/Subject", "/Company", "/Manager")


def examine_pdf(content):
    """Return what a PDF holds beside what it shows, and all its text.

    :param bytes content: the file
    :return: ``[(code, place)]``, text
    :rtype: tuple[list[tuple[str, str]], str]
    :raise DecisionTextError: for what takes too long
    :raise Exception: of any kind, for a damaged or protected file
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    logging.getLogger("PyPDF2").setLevel(logging.CRITICAL)
    found = _examine_objects(content)
    more, text = _examine_pages(content)
    return found + more, text


# What hangs on it ---------------------------------------------------------------------


def _examine_objects(content):
    from PyPDF2 import PdfReader

    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise DecisionTextError("encrypted", "The file is protected.")
    found = []
    info = reader.metadata or {}
    for key, value in info.items():
        if (key in NAMED or key not in _ORDINARY) and str(value).strip():
            found.append(("properties", f"{key[1:]}: {str(value)[:60]}"))
    if content.count(b"%%EOF") > 1 + (b"/Linearized" in content[:2048]):
        found.append(("earlier_version", ""))
    numbers = {n for table in reader.xref.values() for n in table}
    numbers |= set(reader.xref_objStm)
    if len(numbers) > MAX_OBJECTS:
        raise DecisionTextError("too_large", "The PDF holds too many objects.")
    for number in sorted(numbers - {0}):
        found += _examine_object(_get_object(reader, number), depth=0)
    return found


_ORDINARY = {
    "/Title",
    "/Creator",
    "/Producer",
    "/CreationDate",
    "/ModDate",
    "/Trapped",
    "/SourceModified",
}


def _get_object(reader, number):
    from PyPDF2.generic import IndirectObject

    for generation, table in reader.xref.items():
        if number in table:
            return reader.get_object(IndirectObject(number, generation, reader))
    return reader.get_object(IndirectObject(number, 0, reader))


def _examine_object(item, depth):
    """Look at one object and what it holds itself, not at what it points to."""
    from PyPDF2.generic import DictionaryObject, StreamObject

    if depth > MAX_DEPTH:
        raise DecisionTextError("too_large", "The PDF is nested too deeply.")
    if isinstance(item, list):
        for each in item:
            yield from _examine_object(each, depth + 1)
        return
    if not isinstance(item, DictionaryObject):
        return
    raw = dict(item.items())
    kind, subtype, action = (_name(raw.get(key)) for key in ("/Type", "/Subtype", "/S"))
    if "/JS" in raw or action in (
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
    ):
        yield "script", action[1:]
    if "/EF" in raw or kind == "/EmbeddedFile":
        yield "attachment", str(raw.get("/UF") or raw.get("/F") or "")[:60]
    if subtype in ("/RichMedia", "/Movie", "/Sound", "/3D", "/FileAttachment"):
        yield "attachment", subtype[1:]
    elif "/Rect" in raw and subtype and subtype not in MARKS:
        yield (
            "annotation",
            f"{subtype[1:]} {str(raw.get('/Contents') or '')[:40]}".strip(),
        )
    if "/FT" in raw and raw.get("/V") not in (None, ""):
        yield "form_field", str(raw.get("/T") or "")[:40]
    if "/OCGs" in raw and "/D" in raw:
        view = raw["/D"].get_object()
        if view.get("/OFF") or _name(view.get("/BaseState")) == "/OFF":
            yield "hidden_layer", ""
    if isinstance(item, StreamObject):
        yield from _examine_stream(item, subtype)
    for value in raw.values():
        if isinstance(value, list | DictionaryObject):
            yield from _examine_object(value, depth + 1)


def _name(value):
    value = value.get_object() if hasattr(value, "get_object") else value
    return str(value) if isinstance(value, str) and value.startswith("/") else ""


def _examine_stream(stream, subtype):
    if subtype == "/Image" and "/DCTDecode" in str(stream.get("/Filter")):
        if "DCTDecode" in str(stream.get("/Filter")).strip("[]' "):
            data = stream._data
            if data[:2] == b"\xff\xd8":
                yield from examine_image(io.BytesIO(data))
    elif subtype == "/XML":
        text = stream.get_data().decode("utf-8", "replace")
        for mark in ("dc:creator", "pdf:Keywords", "photoshop:AuthorsPosition"):
            start = text.find(f"<{mark}")
            if start >= 0:
                end = text.find(f"</{mark}", start)
                words = _strip_tags(text[start:end])
                if words:
                    yield "properties", f"{mark}: {words[:60]}"


def _strip_tags(text):
    words, inside = [], False
    for letter in text:
        if letter in "<>":
            inside = letter == "<"
            words.append(" ")
        elif not inside:
            words.append(letter)
    return " ".join("".join(words).split())


# What is drawn ------------------------------------------------------------------------


def _examine_pages(content):
    from pdfminer.converter import PDFLayoutAnalyzer
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    end = time.monotonic() + MAX_SECONDS

    class Painter(PDFLayoutAnalyzer):
        """Notes what is painted in its order, and whether letters are painted at all."""

        def __init__(self, manager):
            super().__init__(manager, laparams=None)
            self.drawn = []
            self.render = 0

        def check(self):
            if time.monotonic() > end:
                raise DecisionTextError("too_large", "The PDF takes too long to read.")

        def render_string(self, textstate, *args, **kwargs):
            self.render = textstate.render
            return super().render_string(textstate, *args, **kwargs)

        def render_char(self, *args, **kwargs):
            self.check()
            before = len(self.cur_item._objs)
            advance = super().render_char(*args, **kwargs)
            for char in self.cur_item._objs[before:]:
                colour = char.graphicstate.ncolor
                self.drawn.append(
                    ("char", char.bbox, char.get_text(), self.render, colour)
                )
            return advance

        def paint_path(self, gstate, stroke, fill, evenodd, path):
            self.check()
            before = len(self.cur_item._objs)
            result = super().paint_path(gstate, stroke, fill, evenodd, path)
            if fill:
                self.drawn += [
                    ("fill", shape.bbox) for shape in self.cur_item._objs[before:]
                ]
            return result

        def render_image(self, name, stream):
            self.check()
            result = super().render_image(name, stream)
            self.drawn.append(("image", self.cur_item.bbox))
            return result

        def receive_layout(self, ltpage):
            pass

    document = PDFDocument(PDFParser(io.BytesIO(content)))
    manager = PDFResourceManager()
    device = Painter(manager)
    interpreter = PDFPageInterpreter(manager, device)
    found, text = [], []
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        if number > MAX_PAGES:
            raise DecisionTextError("too_large", "The PDF has too many pages.")
        device.drawn = []
        interpreter.process_page(page)
        drawn = device.drawn
        text.append("".join(item[2] for item in drawn if item[0] == "char"))
        found += [
            (code, f"p. {number}: {words[:40]}" if words else f"p. {number}")
            for code, words in _find_hidden(drawn, _get_shown(page)).items()
        ]
    return found, "\n".join(text)


def _get_shown(page):
    """Return what of a page is shown, where its letters are, or nothing if turned."""
    if page.rotate % 360:
        return None
    x0, y0 = page.mediabox[:2]
    left, bottom, right, top = page.cropbox
    return (left - x0, bottom - y0, right - x0, top - y0)


def _find_hidden(drawn, shown):
    """Return what letters of a page cannot be seen: code → the letters."""
    hidden = {}
    below = [item for item in drawn if item[0] != "char"]
    places = [place for place, item in enumerate(drawn) if item[0] != "char"]
    if len(below) * len(drawn) > MAX_COMPARED:
        raise DecisionTextError("too_large", "A page of the PDF holds too many shapes.")
    for place, item in enumerate(drawn):
        if item[0] != "char" or not item[2].strip():
            continue
        _kind, box, letter, render, colour = item
        later = [one for at, one in zip(places, below, strict=True) if at > place]
        code = ""
        if render == 3:
            code = "hidden_text"
        elif shown and not _holds(shown, box):
            code = "text_off_page"
        elif any(one[0] == "fill" and _covers(one[1], box) for one in later):
            code = "covered_text"
        elif any(one[0] == "image" and _covers(one[1], box) for one in later):
            code = "image_over_text"
        elif _is_white(colour) and not any(
            _covers(one[1], box)
            for at, one in zip(places, below, strict=True)
            if at < place
        ):
            code = "hidden_text"
        if code:
            hidden[code] = hidden.get(code, "") + letter
    return hidden


def _holds(outer, box):
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _covers(shape, box):
    width = min(shape[2], box[2]) - max(shape[0], box[0])
    height = min(shape[3], box[3]) - max(shape[1], box[1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return width > 0 and height > 0 and area > 0 and width * height >= COVERED * area


def _is_white(colour):
    if isinstance(colour, int | float):
        return colour >= LIGHT
    if (
        isinstance(colour, tuple | list)
        and colour
        and all(isinstance(part, int | float) for part in colour)
    ):
        if len(colour) == 4:
            return max(colour) <= 1 - LIGHT
        return min(colour) >= LIGHT
    return False
