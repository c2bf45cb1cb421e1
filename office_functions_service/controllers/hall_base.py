# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What all pages for strangers have in common: headers, limits, a matter being followed."""

import re
import time

from psycopg2 import errors

from odoo.http import Controller, request
from odoo.tools import consteq
from odoo.tools.misc import hmac

from ..tools.rate_window import get_network, is_in, parse_networks

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; "
        "style-src 'self' 'unsafe-inline'; "
        # Odoo's own pages compile their templates in the browser.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
}
PUBLISHED = {**HEADERS, "X-Robots-Tag": "all"}
"""For pages that hold nothing but what is published."""
FOLLOWED = "office_followed"
FOLLOWED_SECONDS = 1800
"""For how long a matter stays open in a browser after its code was given."""
TICKET = re.compile(r"(?P<kind>\w+)\.(?P<number>[0-9]{1,9})\.(?P<opened>[0-9]{1,12})")
FILE_BYTES_LEFT = 1 << 20
"""What a form may hold beside its files."""


def get_most_bytes(_controller):
    """Return how large a form with files may be."""
    company = request.env.company.sudo()
    return company.hall_file_mb * company.hall_file_count * (1 << 20) + FILE_BYTES_LEFT


def list_published(model, path):
    """Return what tells a website which pages of published records there are.

    :param str model: one with ``_get_public_domain``
    :param str path: what comes before the number of a record in an address
    :return: function for the parameter ``sitemap`` of a route
    """

    def sitemap(env, _rule, query_string):
        records = env[model].sudo()
        for id_ in records.search(records._get_public_domain(), order="id").ids:
            if (query_string or "") in f"{path}/{id_}":
                yield {"loc": f"{path}/{id_}"}

    return sitemap


class HallController(Controller):
    """Strangers' requests: rights are none, so each page shows what models give it."""

    def _get_hall_model(self, kind):
        """Return the model that the public knows by a word, as the public's.

        :return: ``None`` for a word that is none
        """
        name = request.env["office.public.mixin"]._get_public_kinds().get(kind)
        return None if name is None else request.env[name]._as_public()

    def _get_hall_kinds(self):
        """Return word → title of all that is filed in the hall."""
        kinds = request.env["office.public.mixin"]._get_public_kinds()
        return {
            kind: request.env[name]._get_public_title() for kind, name in kinds.items()
        }

    def _render_hall(self, template, values=None, status=200, headers=None):
        """Return a page of the hall.

        :param str template: its name in this addon
        :param dict values: what it shows
        :param int status: of HTTP
        :param dict headers: others than those of a page nobody may keep
        """
        response = request.render(
            f"office_functions_service.{template}",
            {
                "hall_kinds": self._get_hall_kinds(),
                "no_footer": False,
                **(values or {}),
            },
            status=status,
        )
        response.headers.update(headers or HEADERS)
        return response

    # Limits ---------------------------------------------------------------------------

    def _hit(self, scope, limits, factor=1, **others):
        """Count a request, once however often it is tried, and say how long to wait.

        :param str scope: what is done
        :param str limits: the two settings' beginning, e.g. ``hall_query``
        :param int factor: how many times the limits may be reached
        :param others: further keys beside the address, e.g. ``code="…"``
        :return: seconds; 0: go on
        :rtype: int
        """
        counted = request.httprequest.environ.setdefault("office.counted", {})
        if scope not in counted:
            counted[scope] = self._count_hit(scope, limits, factor, others)
        return counted[scope]

    def _count_hit(self, scope, limits, factor, others):
        company = request.env["office.public.mixin"]._as_public().env.company
        address = request.httprequest.remote_addr or ""
        keys = dict(others)
        if not is_in(address, parse_networks(company.hall_networks)):
            keys["address"] = get_network(address)
        burst = company[f"{limits}_burst"] * factor
        sustained = company[f"{limits}_sustained"] * factor
        return request.env["office.rate.limit"]._hit(
            [
                (f"{scope}.{name}", value, burst, sustained)
                for name, value in sorted(keys.items())
            ]
        )

    def _get_wait_words(self, seconds):
        """Return how long to wait, in words."""
        return request.env._(
            "That was very often. Please try again in %(number)s minutes.",
            number=-(-seconds // 60),
        )

    def _refuse_for_now(self, seconds):
        """Return the page that asks to wait."""
        response = self._render_hall(
            "hall_wait_page", {"problem": self._get_wait_words(seconds)}, 429
        )
        response.headers["Retry-After"] = str(seconds)
        return response

    # Filing ---------------------------------------------------------------------------

    def _file_publicly(self, model, *given):
        """File a matter as a stranger: what a refusal leaves undone is undone altogether.

        Numbers are given one after the other: of those who file at the same moment all
        but one begin anew, and then wait in line.

        :param model: what is filed, as the public's
        :param given: as ``file_publicly`` takes it
        :return: as ``file_publicly`` returns it
        :raise AccessError, UserError: with all that is wrong
        """
        try:
            with request.env.cr.savepoint():
                return model.file_publicly(*given)
        except errors.SerializationFailure:
            request.env.cr.rollback()
            request.env.transaction.reset()
        request.env["office.number.counter"]._wait_in_line()
        with request.env.cr.savepoint():
            return model.file_publicly(*given)

    # Following ------------------------------------------------------------------------

    def _follow(self, kind, record):
        """Let this browser see a matter for a while.

        A cookie of its own tells it, sealed: who knows or planted the session's cookie
        sees nothing, and no address holds the code. The seal needs the query code
        beside the database's secret, which administrators read.
        """
        ticket = f"{kind}.{record.id}.{int(time.time())}"
        request.future_response.set_cookie(
            FOLLOWED,
            f"{ticket}.{self._sign(ticket, record.query_code)}",
            max_age=FOLLOWED_SECONDS,
            expires=None,
            secure=request.httprequest.scheme == "https",
            httponly=True,
            samesite="Strict",
        )

    def _sign(self, ticket, code):
        return hmac(request.env(su=True), "office.hall.followed", (ticket, code))

    def _get_followed(self, kind):
        """Return the matter that this browser may see, in superuser mode, or nothing."""
        model = self._get_hall_model(kind)
        ticket, _dot, seal = request.cookies.get(FOLLOWED, "").rpartition(".")
        seal = seal.encode("ascii", "replace").decode()
        told = TICKET.fullmatch(ticket)
        if model is None or not told or told["kind"] != kind:
            return None
        if time.time() - int(told["opened"]) > FOLLOWED_SECONDS:
            return None
        record = model.browse(int(told["number"])).exists()
        code = record.query_code
        if not code or not consteq(self._sign(ticket, code), seal):
            return None
        return record

    def _leave(self):
        """Forget in this browser what it followed."""
        request.future_response.set_cookie(FOLLOWED, "", max_age=0, expires=None)

    def _get_visitor(self):
        """Return what a visitor is recognised by for this visit.

        :rtype: str
        """
        return hmac(request.env(su=True), "office.hall.visit", request.session.sid)
