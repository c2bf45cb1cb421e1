# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import io

from odoo import http
from odoo.http import content_disposition, request

from .portal import OfficePortal

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


class DocumentPortal(OfficePortal):
    @http.route(
        "/my/office/document/<office_id:document_id>/print",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_office_document_print(self, document_id):
        """Open a document as it was printed, for the schools it was sent to.

        :param int document_id: id of the document
        :return: the PDF; an answer 404 for whoever does not find it on the portal
        """
        document = self._find_office_matter("document", document_id)
        if not document or document.is_secret:
            return request.not_found()
        # The layout also holds what only the office reads of its own settings.
        report = request.env["ir.actions.report"].sudo()
        pdf, _kind = report._render_qweb_pdf(
            "office_functions.report_f7b_document", document.ids
        )
        name = content_disposition(f"{document.display_name}.pdf", "inline")
        return request.make_response(
            pdf,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", name),
                ("Cache-Control", "no-store"),
            ],
        )
