# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

FEEDBACK_TEXTS = ("text", "problem", "next_step", "proof")


class OfficeSupervisionTaskPortal(models.Model):
    """The pages on which schools sign for their tasks, report on them and ask for more
    time. Every step is the one that the backend makes, with the same checks.
    """

    _name = "office.supervision.task"
    _inherit = ["office.supervision.task", "office.portal.mixin"]
    _portal_kind = "task"
    _portal_fields = ("text", "goal", "requirement")

    @api.model
    def _get_portal_title(self):
        return self.env._("Supervised Tasks")

    @api.model
    def _get_portal_hints(self):
        return {
            "card": self.env._("Sign for what is assigned to you, and report on it"),
            "empty": self.env._("Nothing is assigned to you."),
        }

    @api.model
    def _get_public_states(self):
        return {
            "assigned": self.env._("To Be Signed For"),
            "accepted": self.env._("In Hand"),
            "returned": self.env._("Given Back"),
            "reported": self.env._("Reported"),
            "verified": self.env._("Verified"),
        }

    @api.model
    def _get_portal_domain(self):
        """Show everybody their own tasks and those of their schools, whatever else
        they may read.
        """
        mine = Domain("handler_id", "=", self.env.uid) | Domain(
            "lead_unit_id", "in", self._get_portal_units().ids
        )
        return [*super()._get_portal_domain(), *mine]

    def _get_portal_values(self):
        """Show the light, and the deadline in place of the day it was recorded."""
        values = super()._get_portal_values()
        return (
            values
            | self._get_portal_light()
            | {
                "number": self.sudo().ticket_id.number or "",
                "date": self.date_deadline,
            }
        )

    def _get_portal_page(self):
        """Return the page of a task: what may be done now, and what was reported.

        :return: beside the values of the list: ``unit``, ``person``, ``steps`` (names
            of what is open to the user), ``urgings``, ``feedback``, ``draft`` (what was
            begun) and ``extensions``
        :rtype: dict
        """
        steps = {row["name"] for row in self.open_transitions or ()}
        doers = self.sudo().handler_id | self.sudo()._relation_unit_head()
        if self.env.user in doers and self.state == "accepted":
            steps.add("feedback")
        if self.env.user in doers and self.open_deadline:
            steps.add("extension")
        kinds = self.env["office.supervision.feedback"]._fields["kind"]
        kinds = dict(kinds._description_selection(self.env))
        feedback = self.env["office.supervision.feedback"].search(
            [("task_id", "=", self.id)], order="id desc"
        )
        draft = self._get_feedback_draft()
        return self._get_portal_values() | {
            "unit": self.sudo().lead_unit_id.name,
            "person": self.sudo().handler_id.name,
            "steps": steps,
            "urgings": self.get_matter_panel()["urgings"],
            "feedback": [
                {
                    "date": one.date or one.create_date,
                    "kind": kinds[one.kind],
                    "state": one.state,
                    "progress": one.progress,
                    "text": one.text or "",
                    "files": one._get_portal_files(),
                }
                for one in feedback
                if one.state != "draft"
            ],
            "draft": {
                **{name: draft[name] or "" for name in FEEDBACK_TEXTS},
                "kind": draft.kind or "stage",
                "progress": draft.progress or "",
                "files": draft.sudo().attachment_ids.mapped("name"),
            },
            "extensions": self._get_portal_extensions(),
        }

    def _get_portal_extensions(self):
        """Return the requests for more time: ``date``, ``reason`` and ``state``."""
        Extension = self.env["office.supervision.extension"]
        states = dict(Extension._fields["state"]._description_selection(self.env))
        return [
            {"date": one.date_to, "reason": one.reason, "state": states[one.state]}
            for one in Extension.search([("task_id", "=", self.id)])
        ]

    def _get_feedback_draft(self):
        """Return the feedback that the current user has begun, or was sent back."""
        return self.env["office.supervision.feedback"].search(
            [
                ("task_id", "=", self.id),
                ("author_id", "=", self.env.uid),
                ("state", "in", ("draft", "returned")),
            ],
            limit=1,
        )

    # What a page sends ----------------------------------------------------------------

    def report_from_portal(self, values, files=()):
        """Hand in feedback on this task, as the current user.

        :param dict values: ``kind``, ``progress`` and the texts of the form
        :param files: ``(name, bytes)`` for each file that proves it
        :return: the feedback
        :rtype: office.supervision.feedback
        :raise UserError: with what is wrong with the form
        :raise AccessError: for who may not read the task, or report on it
        """
        self.ensure_one()
        self.check_access("read")
        vals = self._read_feedback_form(values, files)
        feedback = self._get_feedback_draft()
        if feedback:
            feedback.write(vals)
        else:
            feedback = feedback.create(vals | {"task_id": self.id})
        attachments = self._attach_portal_files(feedback, files)
        if attachments:
            files = [Command.link(file.id) for file in attachments]
            feedback.sudo().attachment_ids = files
        feedback.do_transition("submit")
        return feedback

    @api.model
    def _read_feedback_form(self, values, files):
        """Return the values of feedback from those of a form, all checked."""
        problems = []
        values = values if isinstance(values, dict) else {}
        vals = {name: str(values.get(name) or "").strip() for name in FEEDBACK_TEXTS}
        vals["kind"] = values.get("kind") or "stage"
        if vals["kind"] not in ("stage", "final"):
            problems.append(self.env._("Feedback reports progress, or the result."))
        if not vals["text"]:
            problems.append(self.env._("Please write down what was done."))
        progress = str(values.get("progress") or "0").strip()
        if progress.isdecimal() and int(progress) <= 100:
            vals["progress"] = 100 if vals["kind"] == "final" else int(progress)
        else:
            problems.append(self.env._("Progress lies between 0 and 100 percent."))
        problems += self._explain_bad_files(files)
        if problems:
            raise UserError("\n".join(problems))
        return vals

    def ask_extension_from_portal(self, date_to, reason):
        """Ask for a later deadline of this task, as the current user.

        :param str date_to: the day asked for, as a page sends it (``2026-03-31``)
        :param str reason: why
        :return: the request
        :rtype: office.supervision.extension
        :raise UserError: with what is wrong with the form, or why nobody may ask now
        """
        self.ensure_one()
        self.check_access("read")
        problems = []
        try:
            day = fields.Date.to_date(date_to)
        except ValueError:
            day = None
        if not day:
            problems.append(self.env._("Please choose the new deadline."))
        if not isinstance(reason, str) or not reason.strip():
            problems.append(self.env._("Please write down the reason."))
        if problems:
            raise UserError("\n".join(problems))
        extension = self.env["office.supervision.extension"].create(
            {
                "ticket_id": self.sudo().ticket_id.id,
                "task_id": self.id,
                "date_to": day,
                "reason": reason.strip(),
            }
        )
        extension.do_transition("ask")
        return extension
