# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.http import request, route

from odoo.addons.office_functions.controllers.portal import OfficePortal

RATED = ("school-request", "consultation")


class SchoolPortal(OfficePortal):
    """What schools and citizens do on their pages: rate, confirm, look for guidance."""

    def _prepare_portal_layout_values(self):
        values = super()._prepare_portal_layout_values()
        if request.env["office.guidance"].has_access("read"):
            values["office_kinds"]["guidance"] = request.env._("Guidance Library")
            values["office_hints"]["guidance"] = request.env._(
                "What was asked before, and what the rules say"
            )
        return values

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        Guidance = request.env["office.guidance"]
        if "office_guidance_count" in counters and Guidance.has_access("read"):
            values["office_guidance_count"] = Guidance.search_count(
                Guidance._get_valid_domain()
            )
        return values

    # Steps on the page of a matter ----------------------------------------------------

    @route(
        "/my/office/<string:kind>/<office_id:matter_id>/rate",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_office_rate(self, kind, matter_id, score="", comment="", **_post):
        """Rate an answer, and show the page: with all that was typed, if refused."""
        matter = kind in RATED and self._find_office_matter(kind, matter_id)
        if not matter:
            return request.not_found()
        return self._make_step(
            kind,
            matter,
            lambda: matter.rate(
                int(score) if score in "12345" and score else 0, comment
            ),
            comment=comment,
        )

    @route(
        "/my/office/coordination/<office_id:matter_id>/answer",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_office_party_answer(self, matter_id, party_id="", answer="", **post):
        """Agree, dissent, confirm or rate as a party, with the checks of the backend."""
        matter = self._find_office_matter("coordination", matter_id)
        if not matter:
            return request.not_found()
        party = request.env["office.coordination.party"].search(
            [("coordination_id", "=", matter.id)]
        )
        party = party.filtered(lambda one: str(one.id) == party_id)
        if not party:
            return request.not_found()
        return self._make_step(
            "coordination",
            matter,
            lambda: party.answer(
                answer, post.get("statement", ""), post.get("rating") or False
            ),
            statement=post.get("statement", ""),
        )

    # The library ----------------------------------------------------------------------

    def _get_guidance_values(self):
        return {
            **self._prepare_portal_layout_values(),
            "page_name": "office_guidance",
            "kind": "guidance",
            "title": request.env._("Guidance Library"),
        }

    def _find_guidance(self, guidance_id):
        """Return guidance that stands in the library for the current user."""
        Guidance = request.env["office.guidance"]
        if not Guidance.has_access("read"):
            return Guidance
        return Guidance.search(
            [("id", "=", guidance_id), *Guidance._get_valid_domain()]
        )

    @route(
        "/my/office/guidance",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_guidance(self, words="", **_kwargs):
        """Search the library; without words, show what helped most."""
        Guidance = request.env["office.guidance"]
        if not Guidance.has_access("read"):
            return request.not_found()
        if words.strip():
            found = Guidance.search_guidance(words, 30)
        else:
            found = Guidance.search(Guidance._get_valid_domain(), limit=30)
        return request.render(
            "office_functions_service.portal_guidance",
            {**self._get_guidance_values(), "words": words, "found": found},
        )

    @route(
        "/my/office/guidance/<office_id:guidance_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_guidance_page(self, guidance_id, **_kwargs):
        guidance = self._find_guidance(guidance_id)
        if not guidance:
            return request.not_found()
        return request.render(
            "office_functions_service.portal_guidance_page",
            {
                **self._get_guidance_values(),
                "guidance": guidance,
                "cited": guidance.sudo().regulation_ids.mapped("display_name"),
            },
        )

    @route(
        "/my/office/guidance/<office_id:guidance_id>/useful",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_guidance_useful(self, guidance_id, **_post):
        """Note that it answered the question."""
        guidance = self._find_guidance(guidance_id)
        if not guidance:
            return request.not_found()
        guidance.mark_useful()
        return request.redirect(f"/my/office/guidance/{guidance_id}?done=1")

    @route("/my/office/guidance/offers", type="jsonrpc", auth="user", readonly=True)
    def portal_guidance_offers(self, words=""):
        """Return guidance for what is being typed.

        :param str words: the question so far
        :rtype: list[dict]
        """
        Guidance = request.env["office.guidance"]
        return Guidance.get_offers(words) if Guidance.has_access("read") else []
