# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import UTC

from lxml import etree
from lxml.builder import ElementMaker
from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import pager

from ..models.office_open_public import PAGE_SIZE
from ..tools.upload import MIMETYPES
from .hall_base import PUBLISHED, HallController, list_published

ATOM = "http://www.w3.org/2005/Atom"
INLINE = ("pdf", "png", "jpeg", "text")
"""What a browser shows by itself."""
MOST_WORDS = 200
READINGS = 20
"""How many entries and files one may open for each search of the hall."""
HEADERS = {**PUBLISHED, "Cache-Control": "no-cache"}
"""Asked anew each time: what is withdrawn is gone at once."""
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"


def _to_number(text, most):
    """Return a number out of an address, or 0 for anything that is none."""
    text = text if isinstance(text, str) else ""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return number if number <= most else 0


class OpenInformation(HallController):
    """The catalogue of open information: search, view, download, feed (art. 24)."""

    def _render(self, template, values):
        response = request.render(f"office_functions_service.{template}", values)
        response.headers.update(HEADERS)
        return response

    def _explain_wait(self, as_page=False, reads=False):
        """Count a search of the catalogue as one of the hall's.

        :param bool as_page: for people, not for programs
        :param bool reads: no search, but the reading of one thing, of which many are free
        :return: the answer that asks to wait, or nothing
        """
        if reads:
            wait = self._hit("read", "hall_search", READINGS)
        else:
            wait = self._hit("search", "hall_search")
        if not wait:
            return None
        if as_page:
            return self._refuse_for_now(wait)
        return request.make_response(
            self._get_wait_words(wait),
            [
                *HEADERS.items(),
                ("Content-Type", "text/plain; charset=utf-8"),
                ("Retry-After", str(wait)),
            ],
            status=429,
        )

    def _find(self, info_id):
        """Return an entry on the pages.

        :raise NotFound: for what is not, or no longer, there
        """
        number = _to_number(info_id, 2**31 - 1)
        info = number and request.env["office.open.info"]._find_public(number)
        if not info:
            raise NotFound()
        return info

    @http.route(
        "/office/open",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def catalogue(self, words="", category="", year="", page="", **_kwargs):
        """Search the catalogue; without words, show what is newest.

        :param words: title, number or subject, in any script
        :param category: id of a category
        :param year: in which it was formed
        :param page: which page of the result
        """
        wait = self._explain_wait(as_page=True)
        if wait:
            return wait
        Info = request.env["office.open.info"]
        words = words[:MOST_WORDS].replace("\x00", "")
        chosen = _to_number(category, 2**31 - 1)
        year = _to_number(year, 9999)
        page = _to_number(page, 100_000) or 1
        found, total = Info._search_public(words, chosen, year, page)
        categories, years = Info._get_public_filters()
        chosen_args = {"words": words, "category": chosen, "year": year}
        pages = pager(
            url="/office/open",
            total=total,
            page=page,
            step=PAGE_SIZE,
            url_args={name: value for name, value in chosen_args.items() if value},
        )
        return self._render(
            "open_catalogue",
            {
                **chosen_args,
                "entries": found._describe_public(),
                "total": total,
                "categories": categories,
                "years": years,
                "pager": pages,
            },
        )

    @http.route("/office/open/request", type="http", auth="public", methods=["GET"])
    def ask(self, **_kwargs):
        """Lead to the form by which information is asked for."""
        return request.redirect("/office/information/new")

    @http.route(
        "/office/open/<string:info_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=list_published("office.open.info", "/office/open"),
    )
    def entry(self, info_id, **_kwargs):
        """Show one entry; an earlier version leads to the newest."""
        wait = self._explain_wait(as_page=True, reads=True)
        if wait:
            return wait
        info = self._find(info_id)
        if str(info.id) != info_id:
            return request.redirect(f"/office/open/{info.id}", code=302)
        return self._render("open_entry", {"entry": info._get_public_page()})

    @http.route(
        "/office/open/<string:info_id>/file/<string:file_id>",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
    )
    def file(self, info_id, file_id, download="", **_kwargs):
        """Hand out one released file of an entry on the pages, byte for byte as it was
        reviewed; whatever else is guessed is not found."""
        wait = self._explain_wait(reads=True)
        if wait:
            return wait
        info = self._find(info_id)
        number = _to_number(file_id, 2**31 - 1)
        file = info.file_ids._get_released().filtered(lambda one: one.id == number)
        release = file and file._get_release()
        if not release:
            raise NotFound()
        content, media_type = release
        kind = file._describe_public()[0]["kind"]
        shown = kind in INLINE and not download
        response = request.make_response(
            content,
            [
                *{**HEADERS, "Content-Security-Policy": FILE_POLICY}.items(),
                ("Content-Type", media_type),
                (
                    "Content-Disposition",
                    content_disposition(file.name, "inline" if shown else "attachment"),
                ),
            ],
        )
        response.set_etag(file.reviewed_digest)
        return response.make_conditional(request.httprequest.environ)

    @http.route(
        "/office/open/catalogue.xlsx",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
    )
    def workbook(self, **_kwargs):
        """Hand out the whole catalogue as a workbook (F16)."""
        wait = self._explain_wait()
        if wait:
            return wait
        content = request.env["office.open.ledger"]._get_public_catalogue()
        return request.make_response(
            content,
            [
                *HEADERS.items(),
                ("Content-Type", MIMETYPES["xlsx"]),
                ("Content-Disposition", content_disposition("政府信息公开目录.xlsx")),
            ],
        )

    @http.route(
        "/office/open/feed.atom",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
    )
    def feed(self, **_kwargs):
        """Serve what was published last as a feed (RFC 4287)."""
        wait = self._explain_wait()
        if wait:
            return wait
        env = request.env
        base = env["ir.config_parameter"].sudo().get_param("web.base.url")
        entries = env["office.open.info"]._get_feed()
        name = env["ir.config_parameter"].sudo().get_param("database.uuid")
        E = ElementMaker(namespace=ATOM, nsmap={None: ATOM})
        newest = max((one["updated"] for one in entries), default=fields.Datetime.now())
        feed = E.feed(
            E.id(f"urn:uuid:{name}"),
            E.title("政府信息公开"),
            E.updated(self._show(newest)),
            E.author(E.name(env["res.company"].sudo().search([], limit=1).name)),
            E.link(rel="self", href=f"{base}/office/open/feed.atom"),
            E.link(rel="alternate", type="text/html", href=f"{base}/office/open"),
            *(
                E.entry(
                    E.id(one["id"]),
                    E.title(self._clean(one["title"])),
                    E.updated(self._show(one["updated"])),
                    E.author(E.name(self._clean(one["author"]))),
                    E.link(
                        rel="alternate",
                        type="text/html",
                        href=f"{base}/office/open/{one['info_id']}",
                    ),
                    E.category(term=self._clean(one["category"])),
                    E.summary(self._clean(one["summary"])),
                )
                for one in entries
            ),
        )
        content = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
        response = request.make_response(
            content,
            [*HEADERS.items(), ("Content-Type", "application/atom+xml; charset=utf-8")],
        )
        response.add_etag()
        return response.make_conditional(request.httprequest.environ)

    @staticmethod
    def _show(moment):
        return moment.replace(microsecond=0, tzinfo=UTC).isoformat()

    @staticmethod
    def _clean(text):
        """Return a text without the signs that XML cannot hold."""
        return "".join(
            sign for sign in text if sign >= " " or sign in "\t\n\r"
        ).translate({0xFFFE: None, 0xFFFF: None})
