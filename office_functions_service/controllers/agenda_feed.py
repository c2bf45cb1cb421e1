# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import UTC

from odoo import http
from odoo.http import request


class AgendaFeed(http.Controller):
    @http.route(
        "/office/agenda/<string:token>.ics",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        save_session=False,
    )
    def subscribe(self, token):
        """Serve a leader's diary to their phone.

        :param str token: the secret of the address
        :return: iCalendar (RFC 5545); 304 where nothing changed since the ETag or the
            time the client names, 404 for an address that is none, or none any more
        """
        diary = request.env["office.agenda"]._find_by_token(token)
        if not diary:
            raise request.not_found()
        content, changed = diary._write_feed()
        response = request.make_response(
            content,
            [
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", 'inline; filename="diary.ics"'),
                ("Cache-Control", "private, no-cache"),
                ("X-Robots-Tag", "noindex"),
            ],
        )
        response.add_etag()
        if changed:
            response.last_modified = changed.replace(tzinfo=UTC)
        return response.make_conditional(request.httprequest.environ)
