# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Open311 GeoReport v2, as it is written: JSON and XML. No Odoo here."""

import json
import re
from datetime import timezone
from xml.etree import ElementTree

MIMETYPES = {
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot say."""


def write(form, whole, part, rows):
    """Return a list as the standard writes it.

    :param str form: ``json`` or ``xml``
    :param str whole: what the list is called in XML, e.g. ``services``
    :param str part: what one of it is called, e.g. ``service``
    :param rows: dictionaries, or a single one; a value may be text, number, truth or a
        list of dictionaries
    :rtype: bytes

    >>> write("xml", "errors", "error", [{"code": 4}]).partition(b"\\n")[2]
    b'<errors><error><code>4</code></error></errors>'
    >>> write("json", "services", "service", [{"service_code": "1"}])
    b'[{"service_code": "1"}]'
    """
    if form == "json":
        return json.dumps(rows, ensure_ascii=False).encode()
    if isinstance(rows, dict):
        root = ElementTree.Element(part)
        _add(root, rows)
    else:
        root = ElementTree.Element(whole)
        for row in rows:
            _add(ElementTree.SubElement(root, part), row)
    return ElementTree.tostring(root, "utf-8", xml_declaration=True)


def _add(element, row):
    for name, value in row.items():
        child = ElementTree.SubElement(element, name)
        if isinstance(value, bool):
            child.text = str(value).lower()
        elif isinstance(value, list):
            for item in value:
                _add(ElementTree.SubElement(child, name.removesuffix("s")), item)
        elif value is not None:
            child.text = FORBIDDEN.sub("", str(value))


def write_errors(form, code, descriptions):
    """Return errors as the standard writes them.

    :param int code: of HTTP
    :param descriptions: one sentence each
    :rtype: bytes

    >>> write_errors("json", 404, ["No such request."])
    b'[{"code": 404, "description": "No such request."}]'
    """
    rows = [{"code": code, "description": one} for one in descriptions]
    return write(form, "errors", "error", rows)


def write_moment(moment):
    """Return a moment in UTC as the standard writes it (W3C profile of ISO 8601).

    :param datetime moment: without a zone, or nothing
    """
    return (
        moment.replace(microsecond=0, tzinfo=timezone.utc).isoformat() if moment else ""
    )
