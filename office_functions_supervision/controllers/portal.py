# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.http import request, route

from odoo.addons.office_functions.controllers.portal import OfficePortal

STEPS = ("accept", "give_back", "feedback", "extension", "urging")


class SupervisionPortal(OfficePortal):
    """The steps a school makes on the page of its task."""

    @route(
        "/my/office/task/<office_id:task_id>/<string:step>",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
    )
    def portal_office_task_step(self, task_id, step, **post):
        """Make one step, and show the page: with all that was typed, if refused."""
        task = self._find_office_matter("task", task_id)
        if not task or step not in STEPS:
            return request.not_found()
        page = f"/my/office/task/{task_id}"
        if request.httprequest.method == "GET":
            return request.redirect(page)
        try:
            # What a refusal leaves undone, it leaves undone altogether.
            with request.env.cr.savepoint():
                self._make_task_step(task, step, post)
        except (AccessError, UserError) as refusal:
            request.env.invalidate_all()
            return self._render_office_matter(
                "task", task, error=str(refusal), step=step, given=post
            )
        return request.redirect(f"{page}?done={step}")

    def _make_task_step(self, task, step, post):
        """Call the method that the backend calls too.

        :raise UserError: with the reasons, for who may not make the step
        """
        if step in ("accept", "give_back"):
            task.do_transition(step, post.get("note"))
        elif step == "feedback":
            task.report_from_portal(post, self._read_files())
        elif step == "extension":
            task.ask_extension_from_portal(post.get("date_to"), post.get("reason"))
        else:
            urging = task.urging_ids.filtered(
                lambda one: str(one.id) == post.get("urging_id")
            )
            if not urging:
                raise UserError(request.env._("There is no such urging notice."))
            urging.send_reply(post.get("reply"))
