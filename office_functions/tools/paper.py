# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""HTML to PDF for paper: WeasyPrint with every door to the outside shut.

A printed page holds what users typed, and WeasyPrint follows any address it meets:
pictures, style sheets, fonts, colour profiles, files to embed. Here the only addresses
that lead anywhere are pictures inside the page (``data:image/…``) and the static files
of installed addons, read from disk. No file elsewhere is opened and no connection is
ever made; what is refused is missing from the page and noted in the log.
"""

import gc
import logging
import mimetypes
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import Lock
from urllib.parse import unquote, urlsplit
from weakref import WeakSet

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from odoo.tools import file_path

_logger = logging.getLogger(__name__)

_STATIC_PATH = re.compile(r"/(?P<module>\w+)/static/(?P<name>.+)")

# Python's interpreter lets one thread of a process lay out pages anyway, and Chinese
# fonts take some 200 MB meanwhile: side by side, prints would only add up memory.
_one_at_a_time = Lock()


def render_pdf(html: str, base_url: str, modules: Collection[str]) -> bytes:
    """Lay out one HTML document on paper.

    Sizes, margins and page numbers come from the document's own CSS (``@page``). Files
    that the document asks to embed (``rel="attachment"``) are left out. A page takes
    about 0.2 s; threads of one process wait for each other.

    :param html: a complete HTML document
    :param base_url: address of this server (``http://host:port``), against which
        relative addresses and links are read; a ``<base>`` in the document is ignored
    :param modules: technical names of the addons whose static files may be used
    :return: the PDF file
    """
    fetcher = PaperFetcher(base_url, modules)
    with _one_at_a_time, _messages_to_info(), _nothing_left_behind() as mortal:
        return _render(html, base_url, fetcher, mortal)


def _render(html, base_url, fetcher, mortal):
    source = HTML(string=html, base_url=base_url, url_fetcher=fetcher)
    # A <base> typed into a field would send all addresses of the page elsewhere.
    source.base_url = base_url
    # The font configuration is a new one each time: a font declared by one document
    # must not replace the letters of the next.
    fonts = FontConfiguration()
    mortal.add(fonts)
    document = source.render(font_config=fonts)
    document.metadata.attachments.clear()
    for page in document.pages:
        page.links[:] = [link for link in page.links if link[0] != "attachment"]
    return document.write_pdf()


@contextmanager
def _nothing_left_behind() -> Iterator[WeakSet]:
    """Free a document's memory at once.

    Its boxes and styles refer to each other, so that only Python's cycle collector
    frees them, and with them fonts of some 25 MB each. In a process as large as Odoo it
    looks at old objects so seldom that a few dozen prints reach the memory limit. With
    the collector paused the document stays among the young objects, which takes
    milliseconds to collect instead of a good part of a second. The pause is the whole
    process's, and another thread may end it (Odoo does after loading a registry): what
    has grown old meanwhile is collected among the old ones.

    Yields a set for what must be gone at the end.
    """
    mortal = WeakSet()
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield mortal
    finally:
        gc.collect(1)
        if mortal:
            gc.collect()
        if was_enabled:
            gc.enable()


# -- addresses -------------------------------------------------------------------------


def static_file(path: str, modules: Collection[str]) -> Path:
    """Find the static file of an addon.

    :param path: path of an address, unquoted: ``/<module>/static/<name>``
    :param modules: technical names of the addons whose static files may be used
    :return: the file, certain to lie inside the addon's static folder once every
        ``..`` and symbolic link on the way is followed
    :raise PermissionError: if the path leads anywhere else
    :raise OSError: if there is no such file
    :raise ValueError: if the path holds a NUL character
    """
    match = _STATIC_PATH.fullmatch(path)
    if not match or match["module"] not in modules:
        raise PermissionError("not a static file of an installed addon")
    folder = Path(file_path(match["module"])).resolve() / "static"
    file = (folder / match["name"]).resolve(strict=True)
    if not file.is_relative_to(folder):
        raise PermissionError("outside the addon's static folder")
    return file


class PaperFetcher(URLFetcher):
    """Answers WeasyPrint's requests from the page itself or from static files.

    :param base_url: address of this server; ``<base_url>/<module>/static/<name>`` is
        read from disk
    :param modules: technical names of the addons whose static files may be used
    """

    def __init__(self, base_url: str, modules: Collection[str]):
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._origin = urlsplit(base_url)[:2]
        self._modules = modules

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        """Return what ``url`` stands for, or an empty answer when it is refused.

        Empty rather than an exception, since not every caller in WeasyPrint catches
        one (``@color-profile`` does not) and a bad address must not stop a print.

        :param url: absolute address
        :param headers: HTTP headers; unused, as nothing goes over HTTP
        """
        try:
            if url[:11].lower() == "data:image/":
                return super().fetch(url)
            return self._read_static(url)
        except (OSError, ValueError) as error:
            _logger.info("Left out of a print: %.200r (%.200r)", url, error)
            return URLFetcherResponse("data:,")

    def _read_static(self, url):
        parts = urlsplit(url)
        if parts[:2] != self._origin:
            raise PermissionError("address not allowed in a print")
        file = static_file(unquote(parts.path), self._modules)
        content_type = mimetypes.guess_type(file.name)[0]
        return URLFetcherResponse(
            url,
            body=file.read_bytes(),
            headers={"Content-Type": content_type or "application/octet-stream"},
        )


# -- log -------------------------------------------------------------------------------

# What WeasyPrint says during the print under way; None outside ours.
_messages: ContextVar[list[str] | None] = ContextVar("paper_messages", default=None)


@contextmanager
def _messages_to_info() -> Iterator[None]:
    """Log WeasyPrint's messages on a print here, in one line at INFO.

    What it calls an error is a picture that does not load or CSS that it does not
    know: typed by a user, and nothing to wake an administrator for.
    """
    messages = []
    token = _messages.set(messages)
    try:
        yield
    finally:
        _messages.reset(token)
        if messages:
            # Once each, and cut: an address can take megabytes and hold line ends.
            distinct = list(dict.fromkeys(repr(message)[:200] for message in messages))
            _logger.info("WeasyPrint on a print: %s", " | ".join(distinct[:10]))


def _keep_for_info(record):
    """Filter of WeasyPrint's logger: leave what other addons' prints log alone."""
    messages = _messages.get()
    if messages is None:
        return True
    messages.append(record.getMessage())
    return False


def _quieten_libraries():
    logging.getLogger("weasyprint").addFilter(_keep_for_info)
    # These tell every step of their work at INFO; an administrator's own choice stands.
    for name in ("weasyprint.progress", "fontTools"):
        logger = logging.getLogger(name)
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.ERROR)


_quieten_libraries()
