# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from werkzeug.exceptions import BadRequest

from odoo import models
from odoo.http import request


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
        """Leave out what no controller can be called with."""
        for name in [*request.params]:
            if not isinstance(name, str) or name == "self":
                del request.params[name]
        return super()._dispatch(endpoint)
