# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import io

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from .supervision_ledger import XLSX


class SupervisionBulletin(http.Controller):
    @http.route(
        "/office/supervision/bulletin/<office_id:bulletin_id>/figures.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def download_figures(self, bulletin_id):
        """Download the figures of a bulletin that this user may read.

        :param int bulletin_id: which
        :return: the xlsx file; an answer 404 where there is none for this user
        """
        bulletin = request.env["office.supervision.bulletin"].browse(bulletin_id)
        if not bulletin.exists() or not bulletin.has_access("read"):
            raise NotFound
        file = io.BytesIO()
        bulletin._write_figures(file)
        name = f"督查通报附表 {bulletin.number or bulletin.name}.xlsx"
        return request.make_response(
            file.getvalue(),
            [
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
