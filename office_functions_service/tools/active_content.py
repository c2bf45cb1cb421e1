# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What in a PDF, Word or Excel file acts when it is opened. No Odoo here."""

import codecs
import io
import logging
import re
import time
import zlib

from lxml import etree

ACTIVE_KEYS = {"/JS", "/EF", "/XFA", "/RichMediaContent"}
ACTIVE_NAMES = {
    "/JavaScript",
    "/Launch",
    "/EmbeddedFile",
    "/FileAttachment",
    "/RichMedia",
    "/SubmitForm",
    "/ImportData",
    "/GoToE",
    "/GoToR",
}
ACTIVE_FIELDS = re.compile(
    r"\s*(?:DDE|DDEAUTO|LINK|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|QUOTE)\b", re.I
)
"""Fields of Word that fetch or start something; QUOTE spells out such a field."""
MARKED = tuple(b"%s<" % mark for mark in (b"", codecs.BOM_UTF8)) + (
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
)
MOST_STRUCTURE = 20 * 1024 * 1024
"""How much the streams that hold a PDF's objects may unpack to, each."""
MOST_OBJECTS = 200_000
MOST_DEPTH = 50
MOST_SECONDS = 10


class TooMuch(Exception):
    """A file takes too long, or unpacks to too much."""


# PDF ----------------------------------------------------------------------------------


def explain_pdf(content):
    """Return why a PDF is not taken, by all its objects, packed ones too.

    :param bytes content: the file
    :return: ``active``, ``bomb``, ``broken`` (or protected), or nothing
    :rtype: str
    """
    logging.getLogger("PyPDF2").setLevel(logging.CRITICAL)
    stream = _Watched(content)
    try:
        reader = _make_reader(stream)
        numbers = {number for table in reader.xref.values() for number in table}
        numbers |= set(reader.xref_objStm)
        if len(numbers) > MOST_OBJECTS:
            return "bomb"
        if reader.is_encrypted or not reader.trailer["/Root"]["/Pages"]:
            return "broken"
        found = _is_active(reader.trailer) or any(
            _is_active(_get_object(reader, number)) for number in sorted(numbers - {0})
        )
    except TooMuch:
        return "bomb"
    except Exception:  # noqa: BLE001 - whatever its reader stumbles over
        return "bomb" if stream.is_over() else "broken"
    return "active" if found else ""


class _Watched(io.BytesIO):
    """A file that cannot be read for ever."""

    def __init__(self, content):
        super().__init__(content)
        self.end = time.monotonic() + MOST_SECONDS

    def is_over(self):
        return time.monotonic() > self.end

    def seek(self, *place):
        if self.is_over():
            raise TooMuch
        return super().seek(*place)


def _make_reader(stream):
    from PyPDF2 import PdfReader
    from PyPDF2.generic import IndirectObject, read_object

    class Reader(PdfReader):
        """Looks at each stream of objects before it is unpacked."""

        def _read_pdf15_xref_stream(self, stream):
            place = stream.tell()
            stream.seek(-1, 1)
            self.read_object_header(stream)
            _check_structure(read_object(stream, self))
            stream.seek(place)
            return super()._read_pdf15_xref_stream(stream)

        def _get_object_from_stream(self, indirect_reference):
            number, _index = self.xref_objStm[indirect_reference.idnum]
            _check_structure(IndirectObject(number, 0, self).get_object())
            return super()._get_object_from_stream(indirect_reference)

    return Reader(stream, strict=False)


def _check_structure(packed):
    """Refuse a stream of objects that is packed twice, oddly, or to too much."""
    if getattr(packed, "is_measured", False):
        return
    way = packed["/Filter"] if "/Filter" in packed else []
    ways = way if isinstance(way, list) else [way]
    if ways and ways != ["/FlateDecode"]:
        raise ValueError("packed in an unusual way")
    if ways:
        unpack = zlib.decompressobj()
        unpack.decompress(packed._data, MOST_STRUCTURE)
        if unpack.unconsumed_tail:
            raise TooMuch
    packed.is_measured = True


def _get_object(reader, number):
    from PyPDF2.generic import IndirectObject

    for generation, table in reader.xref.items():
        if number in table:
            return reader.get_object(IndirectObject(number, generation, reader))
    return reader.get_object(IndirectObject(number, 0, reader))


def _is_active(item, depth=0):
    """Tell whether an object acts, by what it holds itself, not what it points to."""
    if depth > MOST_DEPTH:
        raise TooMuch
    if isinstance(item, dict):
        return (
            not ACTIVE_KEYS.isdisjoint(item)
            or not ACTIVE_NAMES.isdisjoint(item)
            or any(_is_active(one, depth + 1) for one in item.values())
        )
    if isinstance(item, list):
        return any(_is_active(one, depth + 1) for one in item)
    return isinstance(item, str) and item in ACTIVE_NAMES


# Word and Excel -----------------------------------------------------------------------


def explain_part(name, content):
    """Return why a part of a Word or Excel file is not taken.

    :param str name: of the part
    :param bytes content: of the part, unpacked
    :return: ``active`` for what is fetched or started when it is opened, ``broken``
        for what is no XML although it should be, or nothing
    :rtype: str
    """
    is_xml = name.lower().endswith((".xml", ".rels", ".vml"))
    if not is_xml and not content.lstrip().startswith(MARKED):
        return ""
    try:
        return "active" if _does_part_act(content) else ""
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return "broken"


def _does_part_act(content):
    fields = []
    for event, node in etree.iterparse(
        io.BytesIO(content),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
    ):
        if event == "start":
            if node.getparent() is None and node.getroottree().docinfo.doctype:
                return True
            continue
        kind = etree.QName(node).localname if isinstance(node.tag, str) else ""
        given = {etree.QName(key).localname: node.attrib[key] for key in node.attrib}
        if kind == "Relationship" and _fetches(given):
            return True
        if kind == "fldChar" and given.get("fldCharType") == "begin":
            fields.append("")
        elif kind == "instrText":
            fields = fields or [""]
            fields[-1] += node.text or ""
        elif kind == "fldSimple":
            fields.append(given.get("instr", ""))
        elif kind in ("ddeLink", "oleLink", "altChunk"):
            return True
        elif kind == "f" and re.search(r"\|\s*'", node.text or ""):
            return True
        node.clear(keep_tail=False)
    return any(ACTIVE_FIELDS.match(one) for one in fields)


def _fetches(relationship):
    """Tell whether a part leads out of the file by itself; a link waits for a click."""
    outside = relationship.get("TargetMode", "").lower() == "external"
    return outside and not relationship.get("Type", "").endswith("/hyperlink")
