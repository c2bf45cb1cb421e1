# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What a DOCX or XLSX holds that its reader does not see. No Odoo here."""

import io
import posixpath
import re
import zipfile

from lxml import etree

from odoo.addons.office_functions.tools.decision_text import check_zip

from .disclosure_images import examine_image

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TRACKED = {"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"}
BODIES = ("document", "header", "footer", "footnotes", "endnotes")
"""The parts of a DOCX that hold text."""
FALSE = ("0", "false", "off", "none")
IMAGE = re.compile(r"/media/[^/]+\.(png|jpe?g)$")
PARTS = {
    "macro": re.compile(r"vbaproject|\.bas$"),
    "embedded": re.compile(r"/(embeddings|activex|ctrlprops)/"),
    "cached_data": re.compile(r"/pivotcache/.*records|/querytables/|/model/"),
    "tracked_change": re.compile(r"^xl/revisions/"),
    "external_link": re.compile(r"/externallinks/[^/]+\.xml$|connections\.xml$"),
}
PROPERTIES = {"creator", "lastModifiedBy", "Company", "Manager", "keywords", "category"}
PROPERTIES |= {"description", "subject", "HyperlinkBase"}


def _parse(content):
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    return etree.fromstring(content, parser)


def _local(element):
    tag = element.tag
    return etree.QName(tag).localname if isinstance(tag, str) else ""


def examine_office(kind, content):
    """Return what a DOCX or XLSX holds beside what it shows, and all its text.

    :param str kind: ``docx`` or ``xlsx``
    :param bytes content: the file
    :return: ``[(code, place)]``, text
    :rtype: tuple[list[tuple[str, str]], str]
    :raise Exception: of any kind, for a damaged file
    """
    check_zip(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = "word/document.xml" if kind == "docx" else "xl/workbook.xml"
    if main not in parts:
        raise ValueError("The main part is missing.")
    found = []
    for name in parts:
        for code, pattern in PARTS.items():
            if pattern.search(name.lower()):
                found.append((code, posixpath.basename(name)))
        if IMAGE.search(name.lower()):
            found += examine_image(io.BytesIO(parts[name]))
        elif name.lower().startswith("docprops/thumbnail"):
            found.append(("properties", posixpath.basename(name)))
    trees = {
        name: _parse(part)
        for name, part in parts.items()
        if name.endswith((".xml", ".rels")) and part.strip()
    }
    found += _examine_properties(trees)
    found += _examine_links(trees)
    examine = _examine_docx if kind == "docx" else _examine_xlsx
    more, text = examine(trees)
    return found + more, text


def _examine_properties(trees):
    for name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        tree = trees.get(name)
        if tree is None:
            continue
        for element in tree.iter():
            local = _local(element)
            value = " ".join("".join(element.itertext()).split())
            if value and (
                local in PROPERTIES
                or (name.endswith("custom.xml") and local == "property")
            ):
                yield "properties", f"{element.get('name') or local}: {value[:60]}"


def _examine_links(trees):
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        for element in tree.iter():
            kind = (element.get("Type") or "").rpartition("/")[2]
            outside = element.get("TargetMode") == "External"
            if outside and kind not in ("hyperlink", ""):
                yield "external_link", (element.get("Target") or "")[:80]


def _is_on(element, name="val", space=W):
    value = element.get(f"{space}{name}")
    return value is None or value.lower() not in FALSE


# Word ---------------------------------------------------------------------------------


def _examine_docx(trees):
    found, text = [], []
    hidden_styles = set()
    styles = trees.get("word/styles.xml")
    if styles is not None:
        for style in styles.iter(f"{W}style"):
            if any(_is_on(mark) for mark in style.iter(f"{W}vanish")):
                hidden_styles.add(style.get(f"{W}styleId"))
    for name, tree in trees.items():
        if not name.startswith("word/") or name.endswith(".rels"):
            continue
        place = posixpath.basename(name).removesuffix(".xml")
        if place.startswith("comments"):
            comments = [one for one in tree.iter() if _local(one).startswith("comment")]
            if len(comments) > 1:
                found.append(("comment", "".join(comments[1].itertext())[:40]))
            continue
        if not place.startswith(BODIES):
            continue
        found += _examine_body(tree, place, hidden_styles)
        text += ["".join(p.itertext(f"{W}t")) for p in tree.iter(f"{W}p")]
    return found, "\n".join(text)


def _examine_body(tree, place, hidden_styles):
    for element in tree.iter():
        local = _local(element)
        if local in TRACKED or local.endswith("PrChange"):
            yield "tracked_change", "".join(element.itertext())[:40] or place
        elif local == "vanish" and _is_on(element):
            yield "hidden_text", _get_run_text(element) or place
        elif local in ("rStyle", "pStyle") and element.get(f"{W}val") in hidden_styles:
            yield "hidden_text", _get_run_text(element) or place
        elif local == "color" and (element.get(f"{W}val") or "").upper() == "FFFFFF":
            if not _is_shaded(element):
                yield "hidden_text", _get_run_text(element) or place
        elif local == "docPr" and element.get("hidden") in ("1", "true"):
            yield "hidden_text", element.get("name") or place


def _is_shaded(element):
    """Tell whether white letters stand on some colour."""
    return any(
        any(_local(mark) in ("shd", "highlight") for mark in above.iter())
        for above in element.iterancestors(f"{W}r", f"{W}p", f"{W}tc", f"{W}tbl")
    )


def _get_run_text(element):
    for above in element.iterancestors(f"{W}r", f"{W}p"):
        text = "".join(above.itertext(f"{W}t"))
        if text.strip():
            return text[:40]
    return ""


# Excel --------------------------------------------------------------------------------


def _examine_xlsx(trees):
    found, text = [], []
    rels = trees.get("xl/_rels/workbook.xml.rels")
    targets = {
        one.get("Id"): posixpath.join("/xl", one.get("Target") or "")[1:]
        for one in (rels if rels is not None else ())
        if _local(one) == "Relationship"
    }
    names = {}
    for sheet in trees["xl/workbook.xml"].iter(f"{S}sheet"):
        name = sheet.get("name") or ""
        names[targets.get(sheet.get(f"{R}id"))] = name
        if sheet.get("state") in ("hidden", "veryHidden"):
            found.append(("hidden_sheet", name))
    masked = _get_masked_styles(trees.get("xl/styles.xml"))
    for part, tree in trees.items():
        base = posixpath.basename(part).lower()
        if base.startswith(("comment", "threadedcomment")) and base.endswith(".xml"):
            found.append(("comment", "".join(tree.itertext()).strip()[:40]))
        elif part.startswith("xl/worksheets/") and part.endswith(".xml"):
            found += _examine_sheet(tree, names.get(part) or base, masked)
            text += [
                value.text or ""
                for cell in tree.iter(f"{S}c")
                if cell.get("t") != "s"
                for value in cell.iter(f"{S}v", f"{S}t")
            ]
            text += [
                line.text or ""
                for lines in tree.iter(f"{S}headerFooter")
                for line in lines
            ]
        elif part == "xl/sharedStrings.xml":
            text += ["".join(si.itertext()) for si in tree.iter(f"{S}si")]
        elif part.startswith("xl/drawings/") and part.endswith(".xml"):
            text.append("\n".join(tree.itertext()))
    return found, "\n".join(text)


def _get_masked_styles(styles):
    """Return the numbers of the cell styles that show nothing (format ``;;;``)."""
    if styles is None:
        return set()
    empty = {
        one.get("numFmtId")
        for one in styles.iter(f"{S}numFmt")
        if (one.get("formatCode") or "").replace(" ", "").startswith(";;")
    }
    formats = styles.find(f"{S}cellXfs")
    if formats is None:
        return set()
    return {
        str(place) for place, one in enumerate(formats) if one.get("numFmtId") in empty
    }


def _examine_sheet(tree, name, masked):
    for column in tree.iter(f"{S}col"):
        if column.get("hidden") in ("1", "true") or column.get("width") == "0":
            span = f"{column.get('min')}–{column.get('max')}"
            yield "hidden_column", f"{name} {span}"
    for row in tree.iter(f"{S}row"):
        if row.get("hidden") in ("1", "true") or row.get("ht") == "0":
            yield "hidden_row", f"{name} {row.get('r')}"
    for format_ in tree.iter(f"{S}sheetFormatPr"):
        if format_.get("zeroHeight") in ("1", "true"):
            yield "hidden_row", name
    for cell in tree.iter(f"{S}c"):
        if cell.get("s") in masked and len(cell):
            yield "hidden_text", f"{name} {cell.get('r')}"
