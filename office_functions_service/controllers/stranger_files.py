# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.http import request, route

from odoo.addons.web.controllers.binary import Binary


class StrangerFiles(Binary):
    """A document that a stranger sent is saved, never opened by the browser itself."""

    @route()
    # pylint: disable=redefined-builtin
    def content_common(
        self,
        xmlid=None,
        model="ir.attachment",
        id=None,
        field="raw",
        filename=None,
        filename_field="name",
        mimetype=None,
        unique=False,
        download=False,
        access_token=None,
        nocache=False,
    ):
        """Serve a file as the host does; see :meth:`IrAttachment._is_from_stranger`."""
        if model == "ir.attachment" and id:
            file = request.env[model].sudo().browse(int(id)).exists()
            if file and file._is_from_stranger():
                download = "1"
        return super().content_common(
            xmlid,
            model,
            id,
            field,
            filename,
            filename_field,
            mimetype,
            unique,
            download,
            access_token,
            nocache,
        )
