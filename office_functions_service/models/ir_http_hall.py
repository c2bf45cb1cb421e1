# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest

from odoo import models
from odoo.http import request

PATHS = ("/office", "/my/office")
"""What the addresses of our controllers begin with."""


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        """Let an address that is no text be a strange one, and no fault of ours.

        The bytes of a query are escaped, as a browser would have done.

        :raise BadRequest: for a path that no database could look for
        """
        if "\x00" in path_info:
            raise BadRequest
        query = request.httprequest.query_string
        if not query.isascii():
            request.httprequest.query_string = b"".join(
                bytes([one]) if one < 128 else b"%%%02X" % one for one in query
            )
        return super()._match(path_info)

    @classmethod
    def _dispatch(cls, endpoint):
        """Leave out what no controller can be called with.

        A controller of ours reads files from the request; a file by the name of a text
        is none of its parameters.
        """
        is_ours = request.httprequest.path.startswith(PATHS)
        for name, value in [*request.params.items()]:
            is_file = is_ours and isinstance(value, FileStorage)
            if not isinstance(name, str) or name == "self" or is_file:
                del request.params[name]
        return super()._dispatch(endpoint)
