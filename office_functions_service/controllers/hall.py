# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.http import content_disposition, request, route

from ..tools.person_check import plain_number, tidy
from ..tools.upload import ACCEPTED
from .hall_base import (
    HEADERS,
    PUBLISHED,
    HallController,
    get_most_bytes,
    list_published,
)

LARGEST_ID = 2**31 - 1
READING = {"type": "http", "auth": "public", "methods": ["GET"], "website": True}
ACTING = {"type": "http", "auth": "public", "methods": ["POST"], "website": True}
BOTH = {**READING, "methods": ["GET", "POST"]}
ATTEMPTS = 6
"""How many forms with slips somebody may send for each that is filed."""


class ServiceHall(HallController):
    """The service hall 服务大厅: anybody looks for answers, files and follows.

    Nothing here needs an account or a script. What a page shows is what the models give
    to the public (A9).
    """

    @route("/office", **READING)
    def hall(self, **_kwargs):
        """Show the first page: search, hot questions, forms, where it stands."""
        company = request.env["office.public.mixin"]._as_public().env.company
        return self._render_hall(
            "hall_page_first",
            {
                "hot": request.env["office.guidance"]._get_hot(),
                "reception": {
                    "name": company.name,
                    "place": company.hall_place
                    or company.partner_id._display_address(without_company=True),
                    "phone": company.hall_phone or company.phone,
                    "hours": company.hall_hours,
                },
            },
            headers=PUBLISHED,
        )

    # Published answers ----------------------------------------------------------------

    @route("/office/topics", **READING)
    def topics(self, words="", **_kwargs):
        """Search the published answers; without words, show the hot ones."""
        Guidance = request.env["office.guidance"]
        words = tidy(words)[:200]
        if words:
            wait = self._hit("search", "hall_search")
            if wait:
                return self._refuse_for_now(wait)
        found = Guidance._search_public(words, 30) if words else Guidance._get_hot(30)
        summary = request.env._("Answers found: %(number)s.", number=len(found))
        return self._render_hall(
            "hall_topics_page",
            {"words": words, "found": found, "summary": words and summary},
            headers=HEADERS if words else PUBLISHED,
        )

    @route("/office/topics/offers", **READING, sitemap=False)
    def offers(self, words="", **_kwargs):
        """Return published answers to what is being typed, as JSON.

        :return: a list of ``id``, ``name`` and ``excerpt``; 429 and an empty one if
            that was too often
        """
        wait = self._hit("search", "hall_search")
        offers = [] if wait else self._find_offers(words)
        return request.make_json_response(
            offers, headers=list(HEADERS.items()), status=429 if wait else 200
        )

    def _find_offers(self, words):
        found = request.env["office.guidance"]._search_public(tidy(words)[:200], 5)
        return [one._get_offer() for one in found]

    @route(
        "/office/topics/<office_id:topic_id>",
        **READING,
        sitemap=list_published("office.guidance", "/office/topics"),
    )
    def topic(self, topic_id, done="", **_kwargs):
        guidance = self._find_topic(topic_id)
        if not guidance:
            return request.not_found()
        return self._render_hall(
            "hall_topic_page",
            {
                "guidance": guidance,
                "cited": guidance.regulation_ids.mapped("display_name"),
                "done": bool(done),
            },
            headers=PUBLISHED,
        )

    @route("/office/topics/<office_id:topic_id>/helped", **ACTING)
    def helped(self, topic_id, **_post):
        """Note that it answered the question, so that it need not be asked (K26)."""
        guidance = self._find_topic(topic_id)
        if not guidance:
            return request.not_found()
        wait = self._hit("search", "hall_search")
        if wait:
            return self._refuse_for_now(wait)
        guidance._count_visitor(self._get_visitor())
        return request.redirect(f"/office/topics/{guidance.id}?done=1")

    def _find_topic(self, topic_id):
        Guidance = request.env["office.guidance"].sudo()
        if not 0 < topic_id <= LARGEST_ID:
            return Guidance
        return Guidance.search(
            Guidance._get_public_domain() & Domain("id", "=", topic_id)
        )

    # Filing ---------------------------------------------------------------------------

    @route("/office/<string:kind>/new", **BOTH, max_content_length=get_most_bytes)
    def new(self, kind, **post):
        """Show the form of a kind, and file what was typed into it.

        What is refused comes back with all that was typed, and all that is wrong.
        """
        model = self._get_hall_model(kind)
        if model is None:
            return request.not_found()
        form = model._get_public_form()
        given = {
            field["name"]: tidy(
                post.get(field["name"]), lines=field["widget"] == "text"
            )
            for field in form
        }
        values = {
            "kind": kind,
            "title": model._get_public_title(),
            "form": form,
            "notice": model._get_public_notice(),
            "given": given,
            "given_anonymous": bool(post.get("anonymous")),
            "may_be_anonymous": model._public_may_be_anonymous,
            "takes_files": model._public_reads_files and ACCEPTED,
            "files_hint": model._get_files_hint(),
            "problems": {},
            "errors": [],
            "offers": [],
            "offers_seen": bool(post.get("offers_seen")),
        }
        if request.httprequest.method == "GET":
            return self._render_form(model, values)
        status = self._try_to_file(model, values, post)
        if status == 208:
            return self._render_hall(
                "hall_filed_page",
                {"kind": kind, "title": model._get_public_title(), "again": True},
            )
        if status == 303:
            return request.redirect(f"/office/{kind}/filed")
        return self._render_form(model, values, status, post.get("seal", ""))

    def _render_form(self, model, values, status=200, seal=""):
        # A seal that is still good stays, so that the form keeps being the same one.
        if model._get_form_age(seal) is None:
            seal = model._seal_form()
        return self._render_hall("hall_form_page", {**values, "seal": seal}, status)

    def _try_to_file(self, model, values, post):
        """File a form; what is wrong with it is put into the values of the page.

        :return: 303 where it is filed, 208 where it had been before, else the status of
            the page that comes back
        :rtype: int
        """
        wait = self._hit("try", "hall_filing", ATTEMPTS)
        if wait:
            values["errors"] = [self._get_wait_words(wait)]
            return 429
        seal = post.get("seal", "")
        person = {"anonymous": post.get("anonymous")}
        values["errors"] = model._explain_seal(seal)
        if tidy(post.get("homepage")):
            values["errors"].append(
                request.env._("Please leave the field for robots empty.")
            )
        values["problems"] = model._explain_public_form(values["given"], person)
        if model._public_offers and not post.get("offers_seen"):
            given = values["given"]
            values["offers"] = self._find_offers(given["name"]) or self._find_offers(
                given["text"]
            )
        if any(values[name] for name in ("errors", "problems", "offers")):
            return 200 if values["offers"] and not values["problems"] else 422
        phone = plain_number(values["given"].get("person_phone"))
        wait = self._hit("file", "hall_filing", phone=phone)
        if wait:
            values["errors"] = [self._get_wait_words(wait)]
            return 429
        try:
            record = self._file_publicly(
                model, values["given"], person, self._read_files(model), seal
            )
        except (AccessError, UserError) as refusal:
            request.env.invalidate_all(flush=False)
            values["errors"] = str(refusal).splitlines()
            return 422
        if not record:
            values["errors"] = [
                request.env._("This form was sent already. Please open it anew.")
            ]
            return 409
        if record.env.context.get("office_filed_before"):
            # Who sends a form anew is not shown what its first sender was.
            return 303 if self._get_followed(values["kind"]) == record else 208
        self._follow(values["kind"], record)
        return 303

    def _read_files(self, model):
        """Return name and content of the files sent along, none of it too long."""
        most_bytes, most_files = model._get_file_limits()
        files = [
            file
            for file in request.httprequest.files.getlist("files")[: most_files + 2]
            if file.filename
        ]
        return [(file.filename, file.read(most_bytes + 1)) for file in files]

    @route("/office/<string:kind>/filed", **READING)
    def filed(self, kind, **_kwargs):
        """Show number and query code of what was just filed."""
        record = self._get_followed(kind)
        if record is None:
            return request.redirect(f"/office/{kind}/track")
        return self._render_hall(
            "hall_filed_page",
            {
                "kind": kind,
                "title": record._get_public_title(),
                "number": record.number,
                "code": record.query_code,
                "may_follow": bool(record.identity_ids),
            },
        )

    # Following ------------------------------------------------------------------------

    @route("/office/<string:kind>/track", **BOTH)
    def track(self, kind, code="", tail="", done="", **_kwargs):
        """Show where a matter stands, to who has its code and the end of its phone."""
        model = self._get_hall_model(kind)
        if model is None:
            return request.not_found()
        if request.httprequest.method == "GET":
            record = self._get_followed(kind)
            if record is not None:
                return self._render_followed(kind, record, done=bool(done))
            return self._render_track(kind, model)
        # However it is written, it is one code, and counted as one.
        code, tail = model._plain_code(tidy(code)[:40]), plain_number(tail)[:20]
        wait = self._hit("query", "hall_query", code=code)
        if wait:
            response = self._render_track(kind, model, self._get_wait_words(wait), 429)
            response.headers["Retry-After"] = str(wait)
            return response
        is_closed = bool(model._find_closed_codes([code]))
        record = model._find_public(code, tail)
        if not record or is_closed:
            model._note_wrong_tail(code)
            self._leave()
            return self._render_track(
                kind,
                model,
                request.env._(
                    "There is nothing under this code and these four digits."
                ),
                422,
            )
        self._follow(kind, record)
        return request.redirect(f"/office/{kind}/track")

    def _render_track(self, kind, model, problem="", status=200):
        return self._render_hall(
            "hall_track_page",
            {"kind": kind, "title": model._get_public_title(), "problem": problem},
            status,
        )

    def _render_followed(self, kind, record, problem="", status=200, **values):
        return self._render_hall(
            "hall_followed_page",
            {
                "kind": kind,
                "title": record._get_public_title(),
                "matter": record._get_public_page(),
                "scale": request.env["office.portal.mixin"]._get_portal_scale(),
                "takes_files": ACCEPTED,
                "files_hint": record._get_files_hint(),
                "problem": problem,
                "done": False,
                "given": {},
                **values,
            },
            status,
        )

    @route("/office/<string:kind>/track/rate", **ACTING)
    def rate(self, kind, score="", solved="", comment="", **_post):
        """Rate an answer, once."""
        stars = int(score) if score in ("1", "2", "3", "4", "5") else 0
        comment = tidy(comment, lines=True)[:1000]
        return self._make_step(
            kind,
            lambda record: record.rate_publicly(stars, solved, comment),
            given={"score": stars, "solved": solved, "comment": comment},
        )

    @route(
        "/office/<string:kind>/track/files", **ACTING, max_content_length=get_most_bytes
    )
    def send_files(self, kind, **_post):
        """Add the papers that the office asked for."""
        return self._make_step(
            kind,
            lambda record: record.send_files_publicly(self._read_files(record)),
        )

    @route("/office/<string:kind>/track/attitude", **ACTING)
    def complain(self, kind, whom="", problem="", **_post):
        """Complain of how one was treated in a matter, once a day."""
        whom, problem = tidy(whom)[:50], tidy(problem, lines=True)[:1000]
        return self._make_step(
            kind,
            lambda record: record.complain_publicly(problem, whom),
            given={"whom": whom, "problem": problem},
        )

    def _make_step(self, kind, step, **given):
        record = self._get_followed(kind)
        if record is None:
            return request.redirect(f"/office/{kind}/track")
        wait = self._hit("try", "hall_filing", ATTEMPTS)
        if wait:
            return self._refuse_for_now(wait)
        try:
            with request.env.cr.savepoint():
                step(record)
        except (AccessError, UserError) as refusal:
            request.env.invalidate_all(flush=False)
            return self._render_followed(kind, record, str(refusal), 422, **given)
        return request.redirect(f"/office/{kind}/track?done=1")

    @route("/office/<string:kind>/track/leave", **ACTING)
    def leave(self, kind, **_post):
        """Forget on this computer what was looked at."""
        self._leave()
        return request.redirect("/office")

    @route("/office/<string:kind>/track/files/<string:key>", **READING)
    def get_file(self, kind, key, **_kwargs):
        """Give a file to who follows the matter it belongs to."""
        record = self._get_followed(kind)
        found = record and record._read_public_file(key)
        if not found:
            return request.not_found()
        name, media_type, content = found
        return request.make_response(
            content,
            [
                *HEADERS.items(),
                ("Content-Type", media_type),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
