# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import datetime, timedelta, timezone

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import consteq
from odoo.tools.misc import hmac

from ..tools.cjk_search import cut
from ..tools.open311 import write_moment
from ..tools.person_check import tidy

OPEN = ("submitted", "forwarded", "accepted")
MOST = 1000
"""How many requests one list holds at most, as the standard says."""
MOST_DAYS = 90
"""The longest span of one list, as the standard says."""
LARGEST_ID = 2**31 - 1


class OfficeOpen311(models.AbstractModel):
    """Open311 GeoReport v2: other applications file and follow questions.

    Off until an administrator turns it on, and about the topics that the office opens
    alone. Petitions, thus reports and accusations, are no part of it, and neither is
    who somebody is, nor what they wrote.
    """

    _name = "office.open311"
    _description = "Open311"

    @api.model
    def _is_on(self):
        """Tell whether the office takes part.

        :rtype: bool
        """
        return self.env.company.sudo().open311

    @api.model
    def _is_key(self, key):
        """Tell whether a key is one of the applications that may file.

        :param str key:
        :rtype: bool
        """
        known = (self.env.company.sudo().open311_keys or "").split()
        given = (key if isinstance(key, str) else "").encode("utf-8", "replace")
        # All are compared, so that the time tells nothing.
        return any([consteq(one.encode(), given) for one in known])

    @api.model
    def _get_topics(self):
        topics = self.env["office.service.topic"]._get_offered("consultation", True)
        return topics.filtered("is_open311")

    @api.model
    def _get_services(self):
        """Return the topics as services.

        :rtype: list[dict]
        """
        return [
            {
                "service_code": str(topic.id),
                "service_name": topic.name,
                "description": topic.description or topic.name,
                "metadata": False,
                "type": "realtime",
                "keywords": "",
                "group": topic.lead_unit_id.name,
            }
            for topic in self._get_topics()
        ]

    @api.model
    def _get_requests(self, query):
        """Return the requests of a query.

        :param dict query: ``service_request_id``, ``service_code``, ``start_date``,
            ``end_date``, ``status`` and, as an extension, ``page`` and ``page_size``
        :rtype: list[dict]
        :raise UserError: for a query that cannot be read
        """
        Consultation = self.env["office.consultation"].sudo()
        domain = self._get_request_domain()
        ids = self._read_numbers(query.get("service_request_id"))
        if ids is not None:
            return self._describe(Consultation.search(domain & Domain("id", "in", ids)))
        codes = self._read_numbers(query.get("service_code"))
        if codes is not None:
            domain &= Domain("topic_id", "in", codes)
        domain &= self._read_status(query.get("status"))
        start, end = self._read_span(query)
        domain &= Domain("date_submitted", ">=", start)
        domain &= Domain("date_submitted", "<=", end)
        size = self._read_page(query.get("page_size"), MOST, MOST)
        page = self._read_page(query.get("page"), 1, MOST)
        return self._describe(
            Consultation.search(
                domain,
                limit=size,
                offset=(page - 1) * size,
                order="date_submitted desc, id desc",
            )
        )

    @api.model
    def _get_request_domain(self):
        """Return what is open to applications: filed in public, on an open topic."""
        return (
            Domain("is_filed_online", "=", True)
            & Domain("topic_id", "in", self._get_topics().ids)
            & Domain("company_id", "=", self.env.company.id)
        )

    @api.model
    def _read_numbers(self, text):
        if not text:
            return None
        words = [word.strip() for word in tidy(text)[:2000].split(",")]
        return [
            int(word)
            for word in words
            if word.isascii() and word.isdecimal() and int(word) <= LARGEST_ID
        ]

    @api.model
    def _read_page(self, text, default, most):
        text = tidy(text)
        if text.isascii() and text.isdecimal() and len(text) < 6:
            return min(max(int(text), 1), most)
        return default

    @api.model
    def _read_status(self, text):
        words = {word.strip() for word in tidy(text).split(",")} - {""}
        if words == {"open"}:
            return Domain("state", "in", OPEN)
        if words == {"closed"}:
            return Domain("state", "not in", OPEN)
        if words - {"open", "closed"}:
            raise UserError(self.env._("A status is open or closed."))
        return Domain.TRUE

    @api.model
    def _read_span(self, query):
        moments = []
        for name in ("start_date", "end_date"):
            text = tidy(query.get(name))
            try:
                moment = datetime.fromisoformat(text) if text else None
                if moment and moment.tzinfo:
                    moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
            except (ValueError, OverflowError) as error:
                raise UserError(
                    self.env._("Dates are written like 2026-03-10T02:00:00Z.")
                ) from error
            moments.append(moment)
        start, end = moments
        span = timedelta(days=MOST_DAYS)
        try:
            end = end or (start + span if start else fields.Datetime.now())
            return max(start or end - span, end - span), end
        except OverflowError as error:
            raise UserError(
                self.env._("Dates are written like 2026-03-10T02:00:00Z.")
            ) from error

    @api.model
    def _describe(self, consultations):
        """Return consultations as requests, without who asked and what they wrote."""
        states = self.env["office.consultation"]._get_public_states()
        rows = []
        for one in consultations:
            rows.append(
                {
                    "service_request_id": str(one.id),
                    "status": "open" if one.state in OPEN else "closed",
                    "status_notes": states.get(one.state, ""),
                    "service_name": one.topic_id.name,
                    "service_code": str(one.topic_id.id),
                    "description": "",
                    "agency_responsible": one.lead_unit_id.name or "",
                    "service_notice": one.number or "",
                    "requested_datetime": write_moment(one.date_submitted),
                    "updated_datetime": write_moment(one.state_since),
                    "expected_datetime": one.date_deadline
                    and one.date_deadline.isoformat()
                    or "",
                    "address": "",
                    "lat": "",
                    "long": "",
                }
            )
        return rows

    @api.model
    def _explain_request(self, values):
        """Return the question that a request stands for, and all that is wrong with it.

        :param dict values: as the standard names them
        :return: values, person, and the problems
        :rtype: tuple[dict, dict, list[str]]
        """
        problems = []
        code = tidy(values.get("service_code"))
        topic = self._get_topics().filtered(lambda one: str(one.id) == code)
        if not code:
            problems.append(self.env._("service_code was not provided."))
        elif not topic:
            problems.append(self.env._("service_code was not found."))
        text = tidy(values.get("description"), lines=True)
        if not text:
            problems.append(self.env._("description was not provided."))
        name = self._join_name(values)
        place = tidy(values.get("address_string"))
        given = {
            "topic_id": code,
            "name": text.partition("\n")[0][:100],
            "text": "\n".join(filter(None, (text, place))),
        }
        person = {"person": name, "person_phone": values.get("phone")}
        if topic and text:
            Consultation = self.env["office.consultation"]._as_public()
            problems += Consultation._explain_public_form(given, person).values()
        return given, person, problems

    @api.model
    def _join_name(self, values):
        """Return a name as it is written: in Chinese, the family's comes first."""
        first, last = tidy(values.get("first_name")), tidy(values.get("last_name"))
        if first and last and all(is_han for _word, is_han in cut(first + last)):
            return last + first
        return f"{first} {last}".strip()

    @api.model
    def _make_token(self, consultation):
        """Return what an application asks about a question by; it opens nothing else.

        :rtype: str
        """
        seal = hmac(self.env(su=True), "office.open311.token", consultation.id)
        return f"{consultation.id}-{seal[:32]}"

    @api.model
    def _find_by_token(self, token):
        """Return the request that a token stands for.

        :param str token: as :meth:`_make_token` made it
        :return: ``service_request_id`` and ``token``, or nothing
        :rtype: list[dict]
        """
        number = self._read_numbers(tidy(token)[:60].partition("-")[0]) or []
        found = (
            self.env["office.consultation"]
            .sudo()
            .search(self._get_request_domain() & Domain("id", "in", number))
        )
        given = tidy(token).encode("utf-8", "replace")
        return [
            {"service_request_id": str(one.id), "token": self._make_token(one)}
            for one in found
            if consteq(self._make_token(one).encode(), given)
        ]
