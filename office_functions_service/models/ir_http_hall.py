# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import re

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, abort

from odoo import models
from odoo.http import Response, request

PAGES = re.compile(r"(/[^/]+)?(/my)?/office(/|$)")
"""The addresses of our controllers, in a language of the website or not."""
NOWHERE = re.compile(r"/\.{1,2}(/|$)|\d{99}")
"""What is in addresses of which a website could draw no page that says: not found."""


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        """Let an address that is no text be a strange one, and no fault of ours.

        The bytes of a query are escaped, as a browser would have done.

        :raise BadRequest: for a path that no database could look for, or a page of ours
            at a host that cannot be
        """
        is_ours = PAGES.match(path_info)
        if "\x00" in path_info or (is_ours and not cls._is_host()):
            raise BadRequest
        if is_ours and NOWHERE.search(path_info):
            abort(Response("Not Found", status=404))
        query = request.httprequest.query_string
        if not query.isascii():
            request.httprequest.query_string = b"".join(
                bytes([one]) if one < 128 else b"%%%02X" % one for one in query
            )
        return super()._match(path_info)

    @staticmethod
    def _is_host():
        """Tell whether what was asked for can be the name of a host.

        :rtype: bool
        """
        try:
            return bool(request.httprequest.host.encode("idna"))
        except UnicodeError:
            return False

    @classmethod
    def _dispatch(cls, endpoint):
        """Leave out what no controller can be called with.

        A controller of ours reads files from the request; a file by the name of a text
        is none of its parameters.
        """
        is_ours = PAGES.match(request.httprequest.path)
        for name, value in [*request.params.items()]:
            is_file = is_ours and isinstance(value, FileStorage)
            if not isinstance(name, str) or name == "self" or is_file:
                del request.params[name]
        return super()._dispatch(endpoint)
