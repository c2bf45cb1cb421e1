# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import io

from odoo import http
from odoo.http import content_disposition, request

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class DocumentOutgoing(http.Controller):
    @http.route(
        "/office/document/<office_id:document_id>.docx",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def download_docx(self, document_id):
        """Download an outgoing document for Word or WPS.

        :param int document_id: id of the document
        :return: the DOCX file; an answer 403 for whoever may not read the document, 404
            where there is none, 422 for a state secret
        """
        document = request.env["office.document.outgoing"].browse(document_id).exists()
        if not document:
            raise request.not_found()
        document.check_access("read")
        file = io.BytesIO()
        document._write_docx(file)
        return request.make_response(
            file.getvalue(),
            [
                ("Content-Type", DOCX),
                (
                    "Content-Disposition",
                    content_disposition(f"{document.display_name}.docx"),
                ),
                ("Cache-Control", "no-store"),
            ],
        )
