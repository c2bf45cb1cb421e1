# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL


class OfficeUrging(models.Model):
    _inherit = "office.urging"

    @api.model
    def _get_ignored_sql(self):
        """Return the condition that a notice was ignored, in a query on this table.

        A reminder that the system sends before the deadline asks nobody to answer: what
        counts was written by a person, or sent when it was overdue.

        :rtype: SQL
        """
        return SQL(
            """date_replied IS NULL AND date_reply_due < %s
           AND (sender_id IS NOT NULL OR date_deadline < date)""",
            fields.Date.context_today(self),
        )

    def _after_mail_reply(self, text, files):
        """Begin the stage feedback that the reply is, with its files as proof.

        It stays a draft: who wrote it looks at it, and hands it in.
        """
        result = super()._after_mail_reply(text, files)
        task = self._get_answered_task()
        if not task:
            return result
        Feedback = self.env["office.supervision.feedback"].sudo()
        feedback = Feedback.search(
            [
                ("task_id", "=", task.id),
                ("author_id", "=", self.env.uid),
                ("state", "in", ("draft", "returned")),
            ],
            limit=1,
        )
        if feedback:
            feedback.text = "\n".join(filter(None, [feedback.text, text]))
        else:
            feedback = Feedback.create(
                {"task_id": task.id, "author_id": self.env.uid, "text": text}
            )
        feedback.attachment_ids = [
            Command.link(
                file.copy({"res_model": feedback._name, "res_id": feedback.id}).id
            )
            for file in files
        ]
        return result

    def _get_answered_task(self):
        """Return the task that the current user reports on by answering this notice.

        Of a ticket it is their task, if they have one only.

        :rtype: office.supervision.task
        """
        tasks = self.env["office.supervision.task"].sudo()
        if self.res_model == tasks._name:
            tasks = tasks.browse(self.res_id)
        elif self.res_model == "office.supervision.ticket":
            tasks = tasks.search(
                [("ticket_id", "=", self.res_id), ("handler_id", "=", self.env.uid)]
            )
        running = tasks.filtered(
            lambda task: (
                task.state in ("assigned", "accepted")
                and self.env.user in task.handler_id | task._relation_unit_head()
            )
        )
        return running if len(running) == 1 else running.browse()
