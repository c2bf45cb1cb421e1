# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.http import request, route

from ..tools.open311 import MIMETYPES, write, write_errors
from ..tools.person_check import plain_number, tidy
from .hall_base import HEADERS, HallController

ROOT = "/office/open311/v2"
PARTS = {
    "services": "service",
    "service_definitions": "service_definition",
    "service_requests": "request",
}
"""What a list is called in XML → what one of it is called."""
READING = {
    "type": "http",
    "auth": "public",
    "methods": ["GET"],
    "cors": "*",
    "save_session": False,
}


class Open311(HallController):
    """Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2), JSON and XML."""

    def _answer(self, form, whole, rows, status=200):
        part = PARTS[whole]
        return self._make(form, write(form, whole, part, rows), status)

    def _refuse(self, form, status, *descriptions):
        return self._make(form, write_errors(form, status, descriptions), status)

    def _make(self, form, content, status):
        headers = {**HEADERS, "Content-Type": MIMETYPES[form]}
        return request.make_response(content, list(headers.items()), status=status)

    def _explain_closed(self, form):
        """Return why nothing is answered: no such address, or too often.

        :return: a response, or nothing
        """
        if not request.env["office.open311"]._is_on():
            return request.not_found()
        if form not in MIMETYPES:
            return request.not_found()
        wait = self._hit("search", "hall_search")
        if wait:
            answer = self._refuse(form, 429, self._get_wait_words(wait))
            answer.headers["Retry-After"] = str(wait)
            return answer
        return None

    def _get_api(self):
        return request.env["office.public.mixin"]._as_public().env["office.open311"]

    @route(f"{ROOT}/services.<string:form>", **READING)
    def services(self, form, **_query):
        """Return what can be asked about."""
        closed = self._explain_closed(form)
        return closed or self._answer(form, "services", self._get_api()._get_services())

    @route(f"{ROOT}/services/<string:code>.<string:form>", **READING)
    def service(self, code, form, **_query):
        """Return the definition of a service; none of ours asks for more attributes."""
        closed = self._explain_closed(form)
        if closed:
            return closed
        known = [one["service_code"] for one in self._get_api()._get_services()]
        if code not in known:
            return self._refuse(form, 404, request.env._("service_code was not found."))
        definition = {"service_code": code, "attributes": []}
        return self._answer(form, "service_definitions", definition)

    @route(f"{ROOT}/requests.<string:form>", **READING)
    def requests(self, form, **query):
        """Return where questions stand, without who asked and what they wrote."""
        closed = self._explain_closed(form)
        if closed:
            return closed
        try:
            rows = self._get_api()._get_requests(query)
        except UserError as refusal:
            return self._refuse(form, 400, *str(refusal).splitlines())
        return self._answer(form, "service_requests", rows)

    @route(f"{ROOT}/requests/<string:number>.<string:form>", **READING)
    def request(self, number, form, **_query):
        """Return where one question stands."""
        closed = self._explain_closed(form)
        if closed:
            return closed
        rows = self._get_api()._get_requests({"service_request_id": number})
        if not rows:
            return self._refuse(
                form, 404, request.env._("service_request_id was not found.")
            )
        return self._answer(form, "service_requests", rows)

    @route(f"{ROOT}/tokens/<string:token>.<string:form>", **READING)
    def token(self, token, form, **_query):
        """Return the request that a token stands for."""
        closed = self._explain_closed(form)
        if closed:
            return closed
        wait = self._hit("query", "hall_query", code=tidy(token)[:40])
        if wait:
            return self._refuse(form, 429, self._get_wait_words(wait))
        rows = self._get_api()._find_by_token(token)
        if not rows:
            return self._refuse(form, 404, request.env._("token was not found."))
        return self._answer(form, "service_requests", rows)

    @route(
        f"{ROOT}/requests.<string:form>",
        type="http",
        auth="public",
        methods=["POST"],
        cors="*",
        csrf=False,
        save_session=False,
        max_content_length=1 << 20,
    )
    def post_request(self, form, **post):
        """File a question for somebody; the application has a key.

        :return: ``service_request_id``, a ``token`` for the application, and in
            ``service_notice`` the query code: with it and the end of the phone the
            person follows it
        """
        closed = self._explain_closed(form)
        if closed:
            return closed
        api = self._get_api()
        if not api._is_key(post.get("api_key")):
            return self._refuse(
                form, 403, request.env._("api_key was not provided, or is unknown.")
            )
        given, person, problems = api._explain_request(post)
        if problems:
            return self._refuse(form, 400, *problems)
        wait = self._hit(
            "file", "hall_filing", phone=plain_number(person["person_phone"])
        )
        if wait:
            return self._refuse(form, 429, self._get_wait_words(wait))
        model = request.env["office.consultation"]._as_public()
        try:
            record = self._file_publicly(model, given, person)
        except (AccessError, UserError) as refusal:
            return self._refuse(form, 400, *str(refusal).splitlines())
        row = {
            "service_request_id": str(record.id),
            "token": api._make_token(record),
            "service_notice": request.env._(
                "Query code: %(code)s. Number: %(number)s.",
                code=record.query_code,
                number=record.number,
            ),
            "account_id": "",
        }
        return self._answer(form, "service_requests", [row], 201)
