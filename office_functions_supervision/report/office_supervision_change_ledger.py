# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .change_workbook import write_changes

TICKET = "office.supervision.ticket"
TASK = "office.supervision.task"
KINDS = [
    ("extend", "Deadline Extended"),
    ("pause", "Clock Paused"),
    ("resume", "Clock Resumed"),
    ("restart", "Clock Restarted"),
    ("requirement", "Requirements"),
    ("scope", "Scope"),
    ("weight", "Weight"),
    ("person", "Handler"),
    ("supervisor", "Supervisor"),
    ("conclusion", "Conclusion"),
]
RELAXING = ("extend", "resume")
"""Kinds that give days; a restart begins anew, and a pause gives none yet."""


class OfficeSupervisionChangeLedger(models.Model):
    """The change ledger (变更台账): who relaxed what, for whom, and who approved.

    It keeps nothing itself. Deadlines come from their record of changes, requirements
    from theirs, the rest from ``office.supervision.change``. Whoever sees a ticket sees
    its lines.
    """

    _name = "office.supervision.change.ledger"
    _inherit = ["office.part.mixin"]
    _description = "Change Ledger"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "kind"
    _whole = "ticket_id"
    _depends = {
        "office.deadline.event": ["kind", "deadline_after", "deadline_before"],
        "office.supervision.change": ["kind", "supervisor_before_id"],
        "office.supervision.extension": ["state"],
        "office.supervision.objection": ["state", "ticket_id"],
        "office.supervision.requirement": ["state"],
        TICKET: ["lead_unit_id", "supervisor_id"],
        TASK: ["lead_unit_id"],
    }

    date = fields.Date(readonly=True)
    kind = fields.Selection(KINDS, "What Was Changed", readonly=True)
    ticket_id = fields.Many2one(TICKET, required=True, readonly=True, index=True)
    task_id = fields.Many2one(TASK, readonly=True)
    lead_unit_id = fields.Many2one("hr.department", "For Unit", readonly=True)
    supervisor_id = fields.Many2one(
        "res.users", readonly=True, help="Who supervised the ticket at that time."
    )
    asker_id = fields.Many2one("res.users", "Asked By", readonly=True)
    approver_id = fields.Many2one("res.users", "Approved By", readonly=True)
    value_from = fields.Text("Value Before", readonly=True)
    value_to = fields.Text("Value After", readonly=True)
    days = fields.Integer("Days Relaxed", readonly=True)
    reason = fields.Text(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    @property
    def _table_query(self):
        """The lines of all sources; each has ids of its own.

        Each line is of the supervisor at that time: who came later relaxed nothing. An
        extension was asked for by who wrote the request for that date. Both are looked
        up line by line, of the lines shown and where they are asked for at all: joined,
        they would be found for every line of the ledger first.
        """
        return SQL(
            """
            SELECT line.id, line.date, line.kind, line.ticket_id, line.task_id,
                   COALESCE(task.lead_unit_id, ticket.lead_unit_id) AS lead_unit_id,
                   NULLIF(COALESCE((
                       SELECT COALESCE(change.supervisor_before_id, 0)
                         FROM office_supervision_change change
                        WHERE change.ticket_id = line.ticket_id
                          AND change.kind = 'supervisor'
                          AND (change.date, change.create_date)
                              > (line.date, line.moment)
                     ORDER BY change.id
                        LIMIT 1
                   ), ticket.supervisor_id), 0) AS supervisor_id,
                   COALESCE((
                       SELECT extension.asker_id
                         FROM office_supervision_extension extension
                        WHERE extension.ticket_id = line.ticket_id
                          AND extension.task_id IS NOT DISTINCT FROM line.task_id
                          AND extension.date_to = line.date_to
                          AND extension.state = 'approved'
                     ORDER BY extension.id DESC
                        LIMIT 1
                   ), line.asker_id) AS asker_id,
                   line.approver_id,
                   line.value_from, line.value_to, line.days, line.reason,
                   ticket.company_id
              FROM (%s) line
              JOIN office_supervision_ticket ticket ON ticket.id = line.ticket_id
         LEFT JOIN office_supervision_task task ON task.id = line.task_id
            """,
            SQL(" UNION ALL ").join(self._get_sources()),
        )

    @api.model
    def _get_sources(self):
        """Return the queries of the lines, one for each place where changes are kept.

        :rtype: list[SQL]
        """
        events = [
            self._get_events(TICKET, SQL("event.res_id"), SQL("NULL::integer"), 0),
            self._get_events(TASK, SQL("worked.ticket_id"), SQL("event.res_id"), 1),
        ]
        requirement = SQL(
            """SELECT id * 8 + 2, date, 'requirement', ticket_id, NULL::integer,
                      asker_id, approver_id,
                      concat_ws(E'\\n', name_before, requirement_before),
                      concat_ws(E'\\n', name, requirement), NULL::integer, reason,
                      write_date, NULL::date
                 FROM office_supervision_requirement
                WHERE state = 'approved'
                  AND (name, requirement)
                      IS DISTINCT FROM (name_before, requirement_before)"""
        )
        scope = SQL(
            """SELECT id * 8 + 3, date, 'scope', ticket_id, NULL::integer,
                      asker_id, approver_id, scope_before, scope, NULL::integer, reason,
                      write_date, NULL::date
                 FROM office_supervision_requirement
                WHERE state = 'approved' AND scope IS DISTINCT FROM scope_before"""
        )
        other = SQL(
            """SELECT id * 8 + 4, date, kind, ticket_id,
                      CASE WHEN res_model = %s THEN res_id END,
                      user_id, user_id, value_from, value_to, NULL::integer, reason,
                      create_date, NULL::date
                 FROM office_supervision_change""",
            TASK,
        )
        conclusion = SQL(
            """SELECT id * 8 + 5, date_done, 'conclusion', ticket_id, NULL::integer,
                      author_id, decider_id, conclusion_text, NULL, NULL::integer,
                      answer, write_date, NULL::date
                 FROM office_supervision_objection
                WHERE state = 'upheld' AND ticket_id IS NOT NULL"""
        )
        return [*events, requirement, scope, other, conclusion]

    @api.model
    def _get_events(self, model, ticket_id, task_id, place):
        """Return the query of the changed deadlines of tickets, or of tasks.

        :param str model: kind of matter
        :param SQL ticket_id: the ticket of an ``event``
        :param SQL task_id: its task
        :param int place: what tells the ids of this source from those of the others
        :rtype: SQL
        """
        worked = SQL("JOIN office_supervision_task worked ON worked.id = event.res_id")
        return SQL(
            """SELECT event.id * 8 + %(place)s AS id, event.date, event.kind,
                      %(ticket)s AS ticket_id, %(task)s AS task_id,
                      event.user_id AS asker_id,
                      COALESCE(event.principal_id, event.user_id) AS approver_id,
                      event.deadline_before::text AS value_from,
                      event.deadline_after::text AS value_to,
                      CASE WHEN event.kind IN %(relaxing)s
                           THEN event.deadline_after - event.deadline_before
                       END AS days,
                      event.reason, event.create_date AS moment,
                      CASE WHEN event.kind = 'extend'
                           THEN event.deadline_after END AS date_to
                 FROM office_deadline_event event
                 %(worked)s
                WHERE event.res_model = %(model)s AND event.kind <> 'start'""",
            place=place,
            ticket=ticket_id,
            task=task_id,
            worked=worked if model == TASK else SQL(),
            model=model,
            relaxing=RELAXING,
        )

    # Indicator ------------------------------------------------------------------------

    @api.model
    def _get_changed_domain(self, date_from, date_to):
        """Return the changes of a period."""
        return Domain("date", ">=", date_from) & Domain("date", "<=", date_to)

    @api.model
    def _measure_changes(self, date_from, date_to):
        """Return the number of changes by unit and supervisor (S3.9)."""
        rows = self._read_group(
            self._get_changed_domain(date_from, date_to),
            ["lead_unit_id", "supervisor_id"],
            ["__count"],
        )
        return [(unit.id, user.id, number, 0) for unit, user, number in rows]

    # xlsx -----------------------------------------------------------------------------

    @api.model
    def _write_xlsx(self, file, domain):
        """Write the lines of a domain that the current user may read, as xlsx.

        :param file: binary file open for writing
        :param domain: domain on this model
        :return: how many lines it has
        :rtype: int
        """
        chinese = self.env["ir.actions.report"]._get_paper_lang()
        lines = self.with_context(lang=chinese).search(domain)
        count = write_changes(
            file,
            (line._read_line() for line in lines),
            "、".join(self.env.companies.mapped("name")),
            fields.Date.context_today(self),
        )
        tickets = lines.ticket_id
        self.env["office.audit.log"]._note("export", tickets, "变更台账")
        return count

    def _read_line(self):
        """Return one line as the sheet shows it.

        :rtype: dict
        """
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        line = self.sudo()
        return {
            "date": line.date,
            "kind": kinds[line.kind],
            "number": line.ticket_id.number or "",
            "ticket": line.ticket_id.name,
            "task": line.task_id.name or "",
            "unit": line.lead_unit_id.name or "",
            "supervisor": line.supervisor_id.name or "",
            "asker": line.asker_id.name or "",
            "approver": line.approver_id.name or "",
            "before": line.value_from or "",
            "after": line.value_to or "",
            "days": line.days if line.kind in RELAXING else None,
            "reason": line.reason or "",
        }

    def action_export(self):
        """Download the ledger of the last twelve months as xlsx.

        :rtype: dict
        """
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": "/office/supervision/changes.xlsx",
            "target": "download",
        }
