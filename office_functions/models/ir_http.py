# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from werkzeug.routing import IntegerConverter

from odoo import models


class IdConverter(IntegerConverter):
    """A number in an address by which a record can be looked for.

    Of a longer one, Python or the database would make an error of the server's.
    """

    regex = r"\d{1,9}"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_converters(cls):
        """Add ``<office_id:…>``, for addresses of ours."""
        return {**super()._get_converters(), "office_id": IdConverter}
