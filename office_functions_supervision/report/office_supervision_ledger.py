# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import SQL

from .ledger_workbook import write_ledger

BATCH = 2000


class OfficeSupervisionLedger(models.AbstractModel):
    """F2 督办台账: one row a task, the facts of its ticket repeated.

    Rows can be filtered as they stand, so nothing is merged. Which tickets and tasks
    there are is decided by the record rules of the user who asks; a ticket none of
    whose tasks they may see has one row of its own.
    """

    _name = "office.supervision.ledger"
    _description = "Supervision Ledger (F2)"

    @api.model
    def _write_xlsx(self, file, domain):
        """Write the ledger of the tickets in a domain that the current user may read,
        and leave a line about it in the audit log (A13).

        :param file: binary file open for writing
        :param domain: domain on ``office.supervision.ticket``
        :return: how many rows it has
        :rtype: int
        :raise AccessError: if the user may not read tickets, or a field of the domain
        :raise OverflowError: for more rows than a sheet holds
        :raise ValueError: for a domain that makes no sense
        """
        count = write_ledger(
            file,
            self._read_rows(domain),
            organ="、".join(self.env.companies.mapped("name")),
            day=fields.Date.context_today(self),
        )
        tickets = self.env["office.supervision.ticket"].search(domain, order="id")
        self.env["office.audit.log"]._note("export", tickets, "F2")
        return count

    @api.model
    def _read_rows(self, domain):
        """Yield the facts of the rows, in batches read from the database as needed.

        :param domain: domain on ``office.supervision.ticket``
        :return: iterator of dicts, as :func:`.ledger_workbook.write_ledger` takes them
        """
        query = self._get_sql(domain)
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(SQL("DECLARE office_supervision_ledger CURSOR FOR %s", query))
        while True:
            cr.execute(SQL("FETCH %s FROM office_supervision_ledger", BATCH))
            rows = cr.dictfetchall()
            if not rows:
                break
            yield from rows
        cr.execute("CLOSE office_supervision_ledger")

    @api.model
    def _get_sql(self, domain):
        """Return the query of the ledger's facts.

        Figures are the task's, and the ticket's where the row has no task. Urgings
        are those of both: all that was sent about this row.

        :param domain: domain on ``office.supervision.ticket``
        :rtype: SQL
        """
        chinese = self.env["ir.actions.report"]._get_paper_lang()
        Ticket = self.env["office.supervision.ticket"].with_context(lang=chinese)
        Task = self.env["office.supervision.task"].with_context(lang=chinese)
        Unit = self.env["hr.department"].with_context(lang=chinese)
        assisting = SQL(
            "CASE WHEN task.id IS NULL THEN (%s) ELSE (%s) END",
            self._get_assisting_sql(Ticket, "ticket", Unit),
            self._get_assisting_sql(Task, "task", Unit),
        )
        return SQL(
            """
            SELECT ticket.number, ticket.date_filed, ticket.source_type, ticket.name,
                   ticket.basis_reference, ticket.date_closed,
                   ticket.state AS ticket_state, halt.reason AS halt_reason,
                   meeting.meeting, meeting.date AS meeting_date,
                   directive.number AS directive_number,
                   directive.date AS directive_date,
                   leader_partner.name AS leader,
                   task.name AS task_name, task.item_number, task.kind AS task_kind,
                   task.is_long_running, task.state AS task_state,
                   %(unit)s AS lead_unit,
                   handler_partner.name AS handler,
                   %(assisting)s AS assisting_units,
                   clock.date_deadline_original, clock.date_deadline,
                   COALESCE(clock.extension_count, 0) AS extension_count,
                   clock.date_done,
                   clock.is_on_time, clock.is_on_time_original,
                   clock.light,
                   clock.is_running
                       AND clock.date_deadline_original < %(today)s AS is_past_original,
                   COALESCE(task.state = 'cancelled', ticket.state = 'terminated')
                       AS is_called_off,
                   COALESCE(ticket.urging_count, 0)
                       + COALESCE(task.urging_count, 0) AS urging_count,
                   feedback.text AS feedback_text,
                   feedback.progress AS feedback_progress,
                   feedback.state AS feedback_state,
                   feedback.date AS feedback_date,
                   feedback.problem AS feedback_problem,
                   feedback.next_step AS feedback_next_step,
                   ticket.accurate = 'yes' AS first_passed,
                   ticket.solid = 'yes' AS held, verification.last_passed
              FROM office_supervision_ticket ticket
         LEFT JOIN office_supervision_task task
                ON task.ticket_id = ticket.id AND task.id IN %(tasks)s
        CROSS JOIN LATERAL (
                       SELECT %(ticket_clock)s WHERE task.id IS NULL
                    UNION ALL
                       SELECT %(task_clock)s WHERE task.id IS NOT NULL
                   ) clock
         LEFT JOIN hr_department unit ON unit.id = clock.lead_unit_id
         LEFT JOIN res_users handler ON handler.id = clock.handler_id
         LEFT JOIN res_partner handler_partner
                ON handler_partner.id = handler.partner_id
         LEFT JOIN res_users leader ON leader.id = ticket.leader_id
         LEFT JOIN res_partner leader_partner ON leader_partner.id = leader.partner_id
         LEFT JOIN office_meeting_decision meeting ON meeting.id = ticket.decision_id
         LEFT JOIN office_directive directive ON directive.id = ticket.directive_id
         LEFT JOIN office_supervision_feedback feedback
                ON feedback.id = task.last_feedback_id
         LEFT JOIN LATERAL (
                       SELECT (array_agg(result = 'pass' ORDER BY id DESC))[1]
                                  AS last_passed
                         FROM office_supervision_verification
                        WHERE ticket_id = ticket.id AND state = 'concluded'
                   ) verification ON TRUE
         LEFT JOIN LATERAL (
                       SELECT note AS reason
                         FROM office_transition
                        WHERE res_model = 'office.supervision.ticket'
                          AND res_id = ticket.id AND state_to = ticket.state
                     ORDER BY id DESC
                        LIMIT 1
                   ) halt ON ticket.state IN ('suspended', 'terminated')
             WHERE ticket.id IN %(tickets)s
          ORDER BY ticket.date_filed NULLS LAST, ticket.id, task.sequence, task.id
            """,
            unit=Unit._field_to_sql("unit", "name"),
            assisting=assisting,
            today=fields.Date.context_today(self),
            ticket_clock=self._get_clock_sql(Ticket, "ticket"),
            task_clock=self._get_clock_sql(Task, "task"),
            tickets=Ticket._search(domain).subselect(),
            tasks=Task._search([]).subselect(),
        )

    def _get_clock_sql(self, model, alias):
        """Return the columns of a ticket or task that a row of the ledger is about.

        :param model: empty recordset
        :param str alias: of its table in the query
        :rtype: SQL
        """
        names = (
            "lead_unit_id",
            "handler_id",
            "date_deadline_original",
            "date_deadline",
            "extension_count",
            "date_done",
            "is_on_time",
            "is_on_time_original",
            "light",
        )
        columns = [
            SQL("%s AS %s", model._field_to_sql(alias, name), SQL.identifier(name))
            for name in names
        ]
        running = model._field_to_sql(alias, "open_deadline")
        columns.append(SQL("%s IS NOT NULL AS is_running", running))
        return SQL(", ").join(columns)

    def _get_assisting_sql(self, model, alias, unit):
        """Return the query of the names of the assisting units, joined by ``、``.

        :param model: empty recordset of a ticket or task
        :param str alias: of its table in the surrounding query
        :param unit: empty recordset of units, in the language of the names
        :rtype: SQL
        """
        field = model._fields["assisting_unit_ids"]
        return SQL(
            """SELECT string_agg(%(name)s, '、' ORDER BY assisting.id)
                 FROM %(relation)s link
                 JOIN hr_department assisting ON assisting.id = link.%(unit)s
                WHERE link.%(record)s = %(alias)s.id""",
            name=unit._field_to_sql("assisting", "name"),
            relation=SQL.identifier(field.relation),
            unit=SQL.identifier(field.column2),
            record=SQL.identifier(field.column1),
            alias=SQL.identifier(alias),
        )
