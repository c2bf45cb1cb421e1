# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
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
        if not counters:
            # Whoever has not sent in any yet finds the way to do so all the same.
            values["office_sent_in"] = [
                kind
                for kind, model in self._get_office_kinds().items()
                if self._may_send_in(model)
            ]
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
            "can_create": self._may_send_in(model),
        }

    def _may_send_in(self, model):
        return model.has_access("create") and model._may_send_in()

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
    def portal_office_new(self, kind, **_post):
        model = self._get_office_kinds().get(kind)
        if (
            model is None
            or not model._portal_form_fields
            or not model.has_access("create")
        ):
            return request.not_found()
        return self._render_office_form(
            kind, model, f"/my/office/{kind}/new", model.submit_from_portal
        )

    @route(
        "/my/office/<string:kind>/<office_id:matter_id>/again",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
    )
    def portal_office_again(self, kind, matter_id, **_post):
        """Change what one has sent in, where that is still open, and send it again."""
        matter = self._find_office_matter(kind, matter_id)
        if not matter or not matter._may_send_again():
            return request.not_found()

        def send(values, files):
            matter.send_again_from_portal(values, files)
            return matter

        page = f"/my/office/{kind}/{matter_id}"
        return self._render_office_form(
            kind,
            matter,
            f"{page}/again",
            send,
            given=matter._get_portal_given(),
            back=page,
        )

    def _render_office_form(self, kind, model, address, send, given=None, back=None):
        """Return the form; when it was filled and taken, the page of the matter.

        :param str address: where the form goes
        :param send: takes the filled form and its files, returns the matter
        :param dict given: what stands in the form at first
        """
        form = model._get_portal_form()
        error = ""
        # A field of the form may be called like a part of the address.
        filled = request.httprequest.form
        if given is None or request.httprequest.method == "POST":
            given = {field["name"]: filled.get(field["name"], "") for field in form}
        if request.httprequest.method == "POST":
            try:
                # What a refusal leaves undone, it leaves undone altogether.
                with request.env.cr.savepoint():
                    matter = send(given, self._read_files())
                return request.redirect(f"/my/office/{kind}/{matter.id}")
            except (AccessError, UserError) as refusal:
                request.env.invalidate_all()
                error = str(refusal)
        return request.render(
            "office_functions.portal_office_new",
            {
                **self._get_office_values(kind, model.browse()),
                "form": form,
                "takes_files": model._may_send_files(),
                "sent_files": model._get_portal_files() if model else [],
                "advice": model._get_portal_hints().get("form"),
                "given": given,
                "error": error,
                "address": address,
                "back": back or f"/my/office/{kind}",
            },
        )

    def _read_files(self):
        """Return the files of the form: ``(name, bytes)``."""
        sent = request.httprequest.files
        return [
            (file.filename, file.read())
            for name in ("photos", "files")
            for file in sent.getlist(name)
            if file.filename
        ]

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

    @route(
        "/my/office/<string:kind>/<office_id:matter_id>/step",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_office_step(self, kind, matter_id, step="", note="", **_post):
        """Make a step that the page offers, with the checks of the backend."""
        matter = self._find_office_matter(kind, matter_id)
        if not matter or step not in matter._portal_steps:
            return request.not_found()
        return self._make_step(
            kind, matter, lambda: matter.do_transition(step, note), note=note
        )

    @route(
        "/my/office/<string:kind>/<office_id:matter_id>/receipt",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_office_receipt(self, kind, matter_id, **_post):
        """Confirm, for the user or their school, that it was read (S1.24)."""
        matter = self._find_office_matter(kind, matter_id)
        if not matter or not hasattr(matter, "action_confirm_receipt"):
            return request.not_found()
        return self._make_step(kind, matter, matter.action_confirm_receipt)

    def _make_step(self, kind, matter, step, **given):
        """Make a step, and return the page it leads to."""
        try:
            # What a refusal leaves undone, it leaves undone altogether.
            with request.env.cr.savepoint():
                step()
        except (AccessError, UserError) as refusal:
            request.env.invalidate_all()
            return self._render_office_matter(
                kind, matter, error=str(refusal), given=given
            )
        return request.redirect(f"/my/office/{kind}/{matter.id}?done=1")

    def _find_office_matter(self, kind, matter_id):
        """Return a matter of the portal, ``None`` where the user finds none.

        Found with the user's own rights, so that nobody learns what else there is.
        """
        model = self._get_office_kinds().get(kind)
        if model is None:
            return None
        shown = Domain(model._get_portal_domain())
        return model.search(Domain("id", "=", matter_id) & shown)

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
