# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route

PHOTOS = 6
"""Photos taken with one report, at most."""
PHOTO_BYTES = 20 * 1024 * 1024


class RepairPages(Controller):
    """The pages behind a QR code, made for a phone (S4.7).

    Whoever scans the label of some equipment says what is wrong with it, then sees
    where the repair stands, accepts it and rates it. A stranger signs in first and
    comes back; rights are the user's own.
    """

    @route("/office/repair/<string:token>", type="http", auth="user", website=True)
    def report(self, token, name="", urgency="normal", **_post):
        equipment = request.env["maintenance.equipment"]._find_by_token(token)
        if not equipment:
            return request.not_found()
        error = ""
        if request.httprequest.method == "POST":
            values = {"name": name, "equipment_id": equipment.id, "urgency": urgency}
            if equipment.place:
                values["place"] = equipment.place
            try:
                # What a refusal leaves undone, it leaves undone altogether.
                with request.env.cr.savepoint():
                    repair = request.env["maintenance.request"].report_repair(values)
                    self._add_photos(repair)
                return request.redirect(f"/office/repairs/{repair.id}")
            except (AccessError, UserError) as refusal:
                error = str(refusal)
        return request.render(
            "office_functions_service.repair_report_page",
            {
                "equipment": equipment,
                "given": {"name": name, "urgency": urgency},
                "error": error,
            },
        )

    @route("/office/repairs", type="http", auth="user", methods=["GET"], website=True)
    def list(self, **_kwargs):
        Request = request.env["maintenance.request"]
        if not Request.has_access("read"):
            return request.not_found()
        repairs = Request.search(
            [("is_office_repair", "=", True), ("asker_id", "=", request.env.uid)],
            order="id desc",
            limit=80,
        )
        return request.render(
            "office_functions_service.repair_list_page",
            {"repairs": [repair._get_page_values() for repair in repairs]},
        )

    @route(
        "/office/repairs/<office_id:repair_id>", type="http", auth="user", website=True
    )
    def follow(self, repair_id, step="", **post):
        Request = request.env["maintenance.request"]
        repair = Request.has_access("read") and Request.search(
            [("is_office_repair", "=", True), ("id", "=", repair_id)]
        )
        if not repair:
            return request.not_found()
        error = ""
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    self._make_step(repair, step, post)
                return request.redirect(f"/office/repairs/{repair.id}")
            except (AccessError, UserError) as refusal:
                error = str(refusal)
                request.env.invalidate_all(flush=False)
        return request.render(
            "office_functions_service.repair_follow_page",
            {"repair": repair._get_page_values(), "error": error},
        )

    def _make_step(self, repair, step, post):
        """Do what the asker pressed on the page of a repair."""
        if step == "rate":
            score = post.get("score")
            stars = int(score) if score in ("1", "2", "3", "4", "5") else 0
            repair.rate(stars, post.get("note", ""))
        elif step in ("inspect", "refuse", "reopen"):
            repair.do_transition(step, post.get("note", ""))
        else:
            raise UserError(request.env._("There is no such step."))

    def _add_photos(self, repair):
        """Keep the photos sent with a report.

        :raise UserError: for what is no photo, or too much
        """
        files = [
            (file.filename, file.read(PHOTO_BYTES + 1), file.mimetype or "")
            for file in request.httprequest.files.getlist("photos")[: PHOTOS + 1]
            if file.filename
        ]
        if len(files) > PHOTOS or any(
            len(content) > PHOTO_BYTES or not mimetype.startswith("image/")
            for _name, content, mimetype in files
        ):
            raise UserError(
                request.env._(
                    "Please send up to %(number)s photos of at most 20 MB each.",
                    number=PHOTOS,
                )
            )
        photos = request.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "raw": content,
                    "res_model": repair._name,
                    "res_id": repair.id,
                }
                for name, content, _mimetype in files
            ]
        )
        if photos:
            repair.photo_ids = photos
