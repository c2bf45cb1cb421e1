# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import SQL

TICKET = "office.supervision.ticket"
TASK = "office.supervision.task"


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

    @api.model
    def _get_pressed_domain(self, date_from, date_to):
        """Return the notices that pressed for supervised matters in a period (S3.17).

        Those that a person wrote, or that came when it was overdue; a reminder before
        presses nobody.
        """
        return (
            Domain("res_model", "in", (TICKET, TASK))
            & Domain("date", ">=", date_from)
            & Domain("date", "<=", date_to)
            & (Domain("sender_id", "!=", False) | Domain("level", "=", "3"))
        )

    @api.model
    def _measure_pressed(self, date_from, date_to):
        """Return the number of notices that pressed, by the unit that was pressed."""
        pressed = self._search(self._get_pressed_domain(date_from, date_to))
        rows = self.env.execute_query(
            SQL(
                """SELECT COALESCE(task.lead_unit_id, ticket.lead_unit_id), count(*)
                     FROM office_urging urging
                LEFT JOIN office_supervision_ticket ticket
                       ON ticket.id = urging.res_id AND urging.res_model = %s
                LEFT JOIN office_supervision_task task
                       ON task.id = urging.res_id AND urging.res_model = %s
                    WHERE urging.id IN %s
                 GROUP BY 1""",
                TICKET,
                TASK,
                pressed.subselect(),
            )
        )
        return [(unit_id, None, number, 0) for unit_id, number in rows]

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
        tasks = self.env[TASK].sudo()
        if self.res_model == tasks._name:
            tasks = tasks.browse(self.res_id)
        elif self.res_model == TICKET:
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
