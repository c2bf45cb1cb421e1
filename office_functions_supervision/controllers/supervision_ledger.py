# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import json
import tempfile

from dateutil.relativedelta import relativedelta
from psycopg2 import DataError, ProgrammingError
from werkzeug.exceptions import BadRequest
from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Date, Domain
from odoo.http import Response, content_disposition, request

OPEN = Domain("state", "not in", ("closed", "terminated"))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 64 * 1024  # bytes


class SupervisionLedger(http.Controller):
    @http.route(
        "/office/supervision/ledger.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def download_ledger(self, domain=None):
        """Download the supervision ledger (F2), of what this user may read.

        The file is written to the disk and sent from there in pieces. It has no name
        there, so that nothing is left of it when the transfer ends, however it ends.

        :param str domain: domain on tickets, as a JSON list; without it: the open ones
        :return: the xlsx file; or an answer 400 with one sentence for a domain that
            makes no sense, 403 for a user who may not read tickets, 422 for more rows
            than a sheet holds
        """
        self._choose_companies()
        chosen = self._parse_domain(domain)
        file = tempfile.TemporaryFile()
        try:
            request.env["office.supervision.ledger"]._write_xlsx(file, chosen)
        except OverflowError as error:
            raise UserError(
                request.env._("A sheet cannot hold that many rows; choose fewer.")
            ) from error
        return self._make_file_response(file)

    @http.route(
        "/office/supervision/changes.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def download_changes(self, date_from=None, date_to=None):
        """Download the change ledger of a period, of what this user may read.

        :param str date_from: first day; without it: a year ago
        :param str date_to: last day; without it: today
        :return: the xlsx file; or an answer 400 for a day that is none, 403 for a user
            who may not read the ledger, 422 for more lines than a sheet holds
        """
        self._choose_companies()
        ledger = request.env["office.supervision.change.ledger"]
        ledger.check_access("read")
        today = Date.context_today(request.env.user)
        try:
            first = Date.to_date(date_from) or today - relativedelta(years=1)
            last = Date.to_date(date_to) or today
        except ValueError as error:
            sentence = request.env._("This is no date.")
            raise BadRequest(
                response=Response(sentence, status=400, mimetype="text/plain")
            ) from error
        file = tempfile.TemporaryFile()
        try:
            ledger._write_xlsx(file, ledger._get_changed_domain(first, last))
        except OverflowError as error:
            raise UserError(
                request.env._("A sheet cannot hold that many rows; choose fewer.")
            ) from error
        return self._make_file_response(file, "变更台账")

    def _choose_companies(self):
        """Take the companies chosen in the web client, as far as they are the user's."""
        chosen = request.httprequest.cookies.get("cids", "").split("-")
        allowed = request.env.user._get_company_ids()
        ids = [
            int(text) for text in chosen if text.isdecimal() and int(text) in allowed
        ]
        if ids:
            request.update_context(allowed_company_ids=ids)

    def _parse_domain(self, text):
        """Return the domain that a client asks for, once it has proved to work.

        :param text: JSON, or None
        :rtype: Domain
        :raise BadRequest: if it is no domain on tickets
        :raise AccessError: if it reads what this user may not read
        """
        if text is None:
            return OPEN
        try:
            items = json.loads(text)
            if not isinstance(items, list):
                raise TypeError("a domain is a list")
            domain = Domain(items)
            with request.env.cr.savepoint(flush=False):
                request.env["office.supervision.ticket"].search_count(domain, limit=1)
        except (
            DataError,
            NotImplementedError,
            ProgrammingError,
            RecursionError,
            TypeError,
            ValueError,
        ) as error:
            sentence = request.env._("The choice of tickets is not a valid domain.")
            raise BadRequest(
                response=Response(sentence, status=400, mimetype="text/plain")
            ) from error
        return domain

    def _make_file_response(self, file, name="督办台账"):
        """Return the answer that sends a file from its beginning, then closes it.

        :param file: binary file, written to its end
        :param str name: what it is called, before its day
        """
        size = file.tell()
        file.seek(0)
        day = Date.context_today(request.env.user).isoformat()
        response = request.make_response(
            wrap_file(request.httprequest.environ, file, CHUNK),
            [
                ("Content-Type", XLSX),
                ("Content-Length", str(size)),
                ("Content-Disposition", content_disposition(f"{name} {day}.xlsx")),
                ("Cache-Control", "no-store"),
            ],
        )
        response.direct_passthrough = True
        return response
