# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.transition import permit

UNOPENED_STATES = ("received", "registered", "screened", "proposed")
"""Where an urgent document may still wait for the leader to open it."""


class OfficeDocumentIncoming(models.Model):
    """How fast a document reaches the leader it is meant for (K05), and what idles."""

    _inherit = "office.document.incoming"

    opening_due = fields.Datetime(
        "To Be Opened By",
        compute="_compute_opening_due",
        store=True,
        precompute=True,
        help="When the leader should have opened it at the latest.",
    )
    date_opened = fields.Datetime(
        "Opened by the Leader", readonly=True, copy=False, help="For the first time."
    )
    opening_hours = fields.Float(
        "Hours until Opened", readonly=True, copy=False, aggregator="avg"
    )
    is_opening_late = fields.Boolean(
        "Unopened Too Long",
        compute="_compute_is_opening_late",
        search="_search_is_opening_late",
    )
    date_opening_reminded = fields.Datetime(readonly=True, copy=False)

    _opening_idx = models.Index(
        "(opening_due, id) WHERE date_opened IS NULL AND is_urgent"
    )

    @api.depends("date_received", "is_urgent", "company_id")
    def _compute_opening_due(self):
        TimeLimit = self.env["office.time.limit"]
        for document in self:
            code = "document_opening_urgent"
            if not document.is_urgent:
                code = "document_opening"
            limit = TimeLimit._get(code, document.company_id)
            document.opening_due = document.date_received and limit._get_due(
                document.date_received, document.company_id
            )

    @api.depends("is_urgent", "date_opened", "opening_due", "state", "screening")
    def _compute_is_opening_late(self):
        now = fields.Datetime.now()
        domain = self._get_opening_late_domain()
        for document in self:
            document.is_opening_late = bool(
                document.opening_due
                and document.opening_due < now
                and document.filtered_domain(domain)
            )

    def _search_is_opening_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_opening_late_domain()

    @api.model
    def _get_opening_late_domain(self):
        """Return the domain of urgent documents that a leader has not opened in time.

        :rtype: Domain
        """
        return (
            Domain("opening_due", "<", fields.Datetime.now())
            & Domain("date_opened", "=", False)
            & Domain("is_urgent", "=", True)
            & Domain("state", "in", UNOPENED_STATES)
            & Domain("screening", "not in", ("section", "merge", "return"))
        )

    @api.readonly
    def web_read(self, specification):
        """Note when the leader opens it: when the form first asks for its text."""
        if len(self) == 1 and "text_content" in specification:
            self._note_opening()
        return super().web_read(specification)

    def _note_opening(self):
        """Record the first opening by the leader it is submitted to (K05)."""
        document = self.sudo()
        if document.leader_id != self.env.user or document.date_opened:
            return
        if not self.has_access("read"):
            return
        now = fields.Datetime.now()
        hours = (now - document.date_received).total_seconds() / 3600
        with permit(document):
            document.with_context(tracking_disable=True).write(
                {"date_opened": now, "opening_hours": max(0, hours)}
            )

    def _after_transition(self, row, note):
        """Who decides on it has opened it, by whichever road."""
        for document in self.filtered(lambda doc: not doc.date_opened):
            if document.leader_id == self.env.user:
                document._note_opening()
        return super()._after_transition(row, note)

    # The job --------------------------------------------------------------------------

    @api.model
    def _cron_remind_unopened(self):
        """Remind once of each urgent document that no leader has opened in time."""
        domain = self._get_opening_late_domain()
        domain &= Domain("date_opening_reminded", "=", False)
        waiting = self.search(domain)
        by_person = {}
        for company, documents in waiting.grouped("company_id").items():
            on_duty = self.env["office.duty.shift"]._get_on_duty(company)
            for document in documents:
                for user in document._get_opening_watchers() | on_duty:
                    by_person.setdefault(user, self.browse())
                    by_person[user] |= document
        for user, documents in by_person.items():
            documents._tell_unopened(user)
        with permit(waiting):
            waiting.with_context(tracking_disable=True).write(
                {"date_opening_reminded": fields.Datetime.now()}
            )

    def _get_opening_watchers(self):
        """Return who sees to it that an urgent document is opened, beside who is on duty.

        :rtype: res.users
        """
        return self.clerk_id or self.company_id.office_document_clerk_id

    def _tell_unopened(self, user):
        """Send one person one message about documents not opened in time."""
        person = self.with_context(lang=user.lang).env
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=user.partner_id.ids,
            subject=person._("Urgent documents that no leader has opened yet"),
            body=person._(
                "Not opened in time: %(names)s. Please bring them to the leader now.",
                names="，".join(self.mapped("display_name")),
            ),
            force_send=False,
        )

    # Indicators -----------------------------------------------------------------------

    @api.model
    def _get_opened_domain(self, date_from, date_to):
        """Return the documents submitted to a leader that count for K05.

        :param date date_from: first day on which they were received
        :param date date_to: last day
        :rtype: Domain
        """
        zone = self.env.tz
        begin, end = (
            zone.localize(datetime.combine(day, time.min))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for day in (date_from, date_to + timedelta(days=1))
        )
        return (
            Domain("date_received", ">=", begin)
            & Domain("date_received", "<", end)
            & Domain("company_id", "in", self.env.companies.ids)
            & Domain("leader_id", "!=", False)
            & (
                Domain("date_opened", "!=", False)
                | Domain("opening_due", "<", fields.Datetime.now())
            )
        )

    @api.model
    def _measure_opening(self, date_from, date_to):
        """Measure K05: how many documents the leader opened within the limit.

        :return: ``(None, clerk id, opened in time, all)``
        :rtype: list[tuple]
        """
        query = self._search(self._get_opened_domain(date_from, date_to))
        clerk, opened, due = (
            self._field_to_sql(query.table, name, query)
            for name in ("clerk_id", "date_opened", "opening_due")
        )
        query.groupby = clerk
        return self.env.execute_query(
            query.select(
                SQL("NULL"),
                clerk,
                SQL("count(*) FILTER (WHERE %s <= %s)", opened, due),
                SQL("count(*)"),
            )
        )

    @api.model
    def _get_opening_hours_domain(self, date_from, date_to):
        """Return the documents of K05 that a leader has opened.

        :rtype: Domain
        """
        opened = Domain("date_opened", "!=", False)
        return self._get_opened_domain(date_from, date_to) & opened

    @api.model
    def _measure_opening_hours(self, date_from, date_to):
        """Measure K05 as a duration: the hours until a leader opened, document by document.

        :return: ``(None, clerk id, hours, 1)``
        :rtype: list[tuple]
        """
        query = self._search(self._get_opening_hours_domain(date_from, date_to))
        return self.env.execute_query(
            SQL(
                """SELECT NULL, clerk_id, opening_hours, 1
                     FROM office_document_incoming WHERE id IN %s""",
                query.subselect(),
            )
        )

    @api.model
    def _get_backlog_domain(self, _date_from=None, _date_to=None):
        """Return the documents that lie too long on somebody's desk now (K09).

        A step of the office has its own limit, a unit the deadline.

        :rtype: Domain
        """
        today = fields.Date.context_today(self)
        return Domain("company_id", "in", self.env.companies.ids) & (
            Domain("is_idle", "=", True) | Domain("open_deadline", "<", today)
        )

    @api.model
    def _measure_backlog(self, _date_from, _date_to):
        """Measure K09: how many documents idle with each holder, as of now.

        :return: ``(unit id of the holder, holder id, number, None)``
        :rtype: list[tuple]
        """
        rows = self._read_group(self._get_backlog_domain(), ["holder_id"], ["__count"])
        return [
            (holder.employee_ids.department_id[:1].id or None, holder.id, number, None)
            for holder, number in rows
        ]
