# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager


class OfficePortal(CustomerPortal):
    """The pages on which schools send in matters and follow them.

    One set of pages for every kind of matter that declares itself by
    ``office.portal.mixin``. Rights are the user's own, and pages show what
    ``_get_portal_values`` gives and nothing else (A9).
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        for kind, model in self._get_office_kinds().items():
            counter = f"office_{kind}_count"
            if counter in counters:
                values[counter] = model.search_count(model._get_portal_domain())
        return values

    def _prepare_portal_layout_values(self):
        kinds = self._get_office_kinds()
        return {
            **super()._prepare_portal_layout_values(),
            "office_kinds": {
                kind: model._get_portal_title() for kind, model in kinds.items()
            },
            "office_hints": {
                kind: model._get_portal_hints()["card"] for kind, model in kinds.items()
            },
        }

    def _get_office_kinds(self):
        """Return the kinds of matters that the current user finds on the portal.

        :return: last part of the address → model
        :rtype: dict
        """
        kinds = request.env["office.portal.mixin"]._get_portal_kinds()
        return {
            kind: request.env[name]
            for kind, name in kinds.items()
            if request.env[name].has_access("read")
        }

    def _get_office_values(self, kind, model):
        return {
            **self._prepare_portal_layout_values(),
            "page_name": f"office_{kind}",
            "kind": kind,
            "title": model._get_portal_title(),
            "empty": model._get_portal_hints()["empty"],
            "can_create": model.has_access("create") and model._may_send_in(),
        }

    @route(
        ["/my/office/<string:kind>", "/my/office/<string:kind>/page/<office_id:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_office_list(self, kind, page=1, **_kwargs):
        model = self._get_office_kinds().get(kind)
        if model is None:
            return request.not_found()
        domain = model._get_portal_domain()
        pages = pager(
            f"/my/office/{kind}",
            total=model.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        matters = model.search(
            domain, order="id desc", limit=self._items_per_page, offset=pages["offset"]
        )
        return request.render(
            "office_functions.portal_office_list",
            {
                **self._get_office_values(kind, model),
                "matters": [matter._get_portal_values() for matter in matters],
                "pager": pages,
            },
        )

    @route(
        "/my/office/<string:kind>/new",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
    )
    def portal_office_new(self, kind, **post):
        model = self._get_office_kinds().get(kind)
        if model is None or not model.has_access("create"):
            return request.not_found()
        form = model._get_portal_form()
        given = {field["name"]: post.get(field["name"], "") for field in form}
        error = ""
        if request.httprequest.method == "POST":
            try:
                # What a refusal leaves undone, it leaves undone altogether.
                with request.env.cr.savepoint():
                    matter = model.submit_from_portal(given)
                return request.redirect(f"/my/office/{kind}/{matter.id}")
            except (AccessError, UserError) as refusal:
                error = str(refusal)
        return request.render(
            "office_functions.portal_office_new",
            {
                **self._get_office_values(kind, model),
                "form": form,
                "given": given,
                "error": error,
            },
        )

    @route(
        "/my/office/<string:kind>/<office_id:matter_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_office_matter(self, kind, matter_id, **_kwargs):
        matter = self._find_office_matter(kind, matter_id)
        if not matter:
            return request.not_found()
        return self._render_office_matter(kind, matter)

    def _find_office_matter(self, kind, matter_id):
        """Return a matter of the portal, ``None`` where the user finds none.

        Found with the user's own rights, so that nobody learns what else there is.
        """
        model = self._get_office_kinds().get(kind)
        if model is None:
            return None
        return model.search([("id", "=", matter_id), *model._get_portal_domain()])

    def _render_office_matter(self, kind, matter, **values):
        """Return the page of a matter."""
        return request.render(
            "office_functions.portal_office_matter",
            {
                **self._get_office_values(kind, matter.browse()),
                "matter": matter._get_portal_page(),
                **values,
            },
        )
