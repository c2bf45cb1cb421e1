# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from .office_supervision_bottleneck import ENDED

TICKET = "office.supervision.ticket"
TASK = "office.supervision.task"
FEEDBACK = "office.supervision.feedback"
RUNNING = {
    TASK: ("assigned", "accepted", "returned", "reported"),
    TICKET: ("filed", "assigned", "accepted", "handling", "feedback", "verifying"),
}
"""Kind → the states in which something can stall."""
UNREPORTED = {
    TASK: ("assigned", "accepted"),
    TICKET: ("assigned", "accepted", "handling"),
}
"""Kind → the states in which the unit still owes a report."""
WITH_SUPERVISION = {
    TASK: ("returned", "reported"),
    TICKET: ("filed", "feedback", "verifying"),
}
"""Kind → the states in which it is the supervisor's turn, not the unit's."""
ROUND = 20000
"""How many stalled tickets or tasks one look takes into memory."""


class OfficeSupervisionBottleneck(models.Model):
    """How the system finds what stalls: in sets, by the thresholds of each company."""

    _inherit = "office.supervision.bottleneck"

    @api.model
    def _cron_propose(self, limit=500):
        """Propose a bottleneck for whatever stalls, each with its facts in words.

        One query looks at all that runs. What it finds is created in batches, each
        with its own commit: a run that was interrupted goes on where it was, for what
        is known already is not found again. Rows that another host has in hand are
        passed over, and no occasion is put down twice.

        :param int limit: how many proposals make a batch
        """
        cron = self.env["ir.cron"]
        self._lapse_ended()
        for kind in (TASK, TICKET):
            more = True
            while more:
                found = self._find_stalled(kind, ROUND)
                # Each batch looks at what others have committed meanwhile.
                cron._commit_progress(0)
                made = 0
                for batch in split_every(limit, found):
                    created = len(self._propose(kind, batch))
                    cron._commit_progress(created)
                    made += created
                more = made and len(found) == ROUND

    @api.model
    def _lapse_ended(self):
        """Let lapse what is open about tickets and tasks that came to their end.

        Of a task that ended before its ticket only suspicions lapse: what was
        recognized there ends with a measure, while the ticket runs.
        """
        ended = Domain("ticket_id.state", "in", ("closed", "terminated"))
        done = Domain("task_id.state", "in", ("verified", "cancelled"))
        bottlenecks = self.sudo()
        bottlenecks.search(
            (ended & Domain("state", "not in", ENDED))
            | (done & Domain("state", "=", "proposed"))
        )._lapse()

    def _lapse(self):
        """Let bottlenecks lapse, with the reason in their log."""
        self._pass_by_system(
            "lapse", self.env._("What it held up has come to its end.")
        )

    @api.model
    def _propose(self, kind, found):
        """Create the proposals of one batch, as far as nobody else has them in hand.

        :param str kind: the tickets' or the tasks' model
        :param found: rows of :meth:`_find_stalled`
        :rtype: office.supervision.bottleneck
        """
        facts = {subject_id: rows for subject_id, rows in found}
        free = self._take_subjects(kind, list(facts))
        subjects = self.env[kind].sudo().browse(free)
        Bottleneck = self.sudo()
        of_task = kind == TASK
        bottlenecks = Bottleneck.create(
            [
                {
                    "name": subject.name,
                    "ticket_id": subject.ticket_id.id if of_task else subject.id,
                    "task_id": subject.id if of_task else False,
                }
                for subject in subjects
            ]
        )
        self.env["office.supervision.bottleneck.fact"].sudo().create(
            [
                {
                    "bottleneck_id": bottleneck.id,
                    "ticket_id": bottleneck.ticket_id.id,
                    "task_id": bottleneck.task_id.id,
                    **fact,
                }
                for bottleneck, subject in zip(bottlenecks, subjects, strict=True)
                for fact in facts[subject.id]
            ]
        )
        self.env.flush_all()
        return bottlenecks

    @api.model
    def _take_subjects(self, kind, ids):
        """Take the tickets or tasks that nobody else proposes about at this moment.

        :return: their ids, in order
        :rtype: list[int]
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT subject.id FROM %(table)s subject
                    WHERE subject.id = ANY(%(ids)s) AND NOT EXISTS (%(known)s)
                 ORDER BY subject.id
                      FOR NO KEY UPDATE SKIP LOCKED""",
                table=SQL.identifier(self.env[kind]._table),
                ids=list(ids),
                known=self._get_open_sql(kind),
            )
        )
        return [subject_id for (subject_id,) in rows]

    @api.model
    def _get_open_sql(self, kind):
        """Return the query of what is proposed or in hand already about a subject."""
        about = (
            SQL("task_id = subject.id")
            if kind == TASK
            else SQL("ticket_id = subject.id AND task_id IS NULL")
        )
        return SQL(
            """SELECT 1 FROM office_supervision_bottleneck known
                WHERE %s AND state NOT IN ('closed', 'dismissed')""",
            about,
        )

    @api.model
    def _find_stalled(self, kind, limit):
        """Return what stalls among all running tickets or tasks, with its new facts.

        :param str kind: the tickets' or the tasks' model
        :param int limit: how many at most
        :return: ``(id, facts)`` for each, a fact being the values of its record
        :rtype: list[tuple[int, list[dict]]]
        """
        self.env.flush_all()
        rows = self.env.execute_query(self._get_stalled_sql(kind, limit))
        found = defaultdict(list)
        names = ("code", "key", "number", "usual", "date", "state_then")
        for subject_id, *values in rows:
            found[subject_id].append(dict(zip(names, values, strict=True)))
        return list(found.items())

    @api.model
    def _get_stalled_sql(self, kind, limit):
        """Return the query behind :meth:`_find_stalled`: one row for each new fact.

        A threshold of zero is switched off. Paused clocks are silent.
        """
        of_task = kind == TASK
        # The unique index on occasions is read by both its first columns.
        known_of = (
            SQL("known.ticket_id = fact.ticket_id AND known.task_id = fact.id")
            if of_task
            else SQL("known.ticket_id = fact.id AND known.task_id IS NULL")
        )
        parts = [
            *self._get_clock_facts_sql(),
            self._get_unanswered_sql(kind),
            self._get_stuck_sql(kind),
        ]
        if of_task:
            parts += [self._get_feedback_sql()]
        return SQL(
            """
            WITH subject AS MATERIALIZED (
                SELECT subject.id, %(ticket)s AS ticket_id, company.id AS company_id,
                       subject.state, state_since, open_deadline, extension_count,
                       date_next_report,
                       company.office_stall_overdue AS most_overdue,
                       company.office_stall_feedbacks AS most_feedbacks,
                       company.office_stall_extensions AS most_extensions,
                       company.office_stall_report_days AS most_report_days,
                       company.office_stall_notices AS most_notices,
                       company.office_stall_state_factor AS most_factor,
                       company.office_stall_state_days AS most_state_days
                  FROM %(table)s subject
                  JOIN res_company company ON company.id = subject.company_id
                 WHERE subject.state IN %(running)s AND subject.active
                   AND is_paused IS NOT TRUE AND NOT EXISTS (%(open)s)
            ),
            fact (id, ticket_id, code, key, number, usual, date, state_then)
                AS (%(facts)s),
            fresh AS MATERIALIZED (
                SELECT * FROM fact
                 WHERE NOT EXISTS (
                           SELECT 1 FROM office_supervision_bottleneck_fact known
                            WHERE %(known_of)s AND known.code = fact.code
                              AND known.key = fact.key)
            )
            SELECT id, code, key, number, usual, date, state_then
              FROM fresh
             WHERE id IN (SELECT DISTINCT id FROM fresh ORDER BY id LIMIT %(limit)s)
          ORDER BY id, code
            """,
            table=SQL.identifier(self.env[kind]._table),
            ticket=SQL("subject.ticket_id") if of_task else SQL("subject.id"),
            running=RUNNING[kind],
            facts=SQL(" UNION ALL ").join(parts),
            known_of=known_of,
            open=self._get_open_sql(kind),
            limit=limit,
        )

    @api.model
    def _get_clock_facts_sql(self):
        """Return the facts that stand on the row itself: late, extended, no report."""
        today = SQL("%s::date", fields.Date.context_today(self))
        return [
            SQL(
                """SELECT id, ticket_id, 'overdue', open_deadline::text,
                          %(today)s - open_deadline, NULL::float, open_deadline, NULL
                     FROM subject
                    WHERE most_overdue > 0
                      AND %(today)s - open_deadline >= most_overdue""",
                today=today,
            ),
            SQL(
                """SELECT id, ticket_id, 'extended', extension_count::text,
                          extension_count, NULL, NULL, NULL
                     FROM subject
                    WHERE most_extensions > 0 AND extension_count >= most_extensions"""
            ),
            SQL(
                """SELECT id, ticket_id, 'no_feedback', date_next_report::text,
                          %(today)s - date_next_report, NULL, date_next_report, NULL
                     FROM subject
                    WHERE most_report_days > 0
                      AND %(today)s - date_next_report >= most_report_days""",
                today=today,
            ),
        ]

    @api.model
    def _get_unanswered_sql(self, kind):
        """Return who is silent: notices that nobody answered by the day given there."""
        return SQL(
            """SELECT id, ticket_id, 'unanswered', first_id::text, number, NULL,
                      since, NULL
                 FROM subject
                 JOIN (SELECT res_id, min(id) AS first_id, count(*)::int AS number,
                              min(date_reply_due) AS since
                         FROM office_urging
                        WHERE res_model = %(kind)s AND %(ignored)s
                     GROUP BY res_id) silent ON silent.res_id = subject.id
                WHERE most_notices > 0 AND number >= most_notices
                  AND state IN %(unreported)s""",
            kind=kind,
            ignored=self.env["office.urging"]._get_ignored_sql(),
            unreported=UNREPORTED[kind],
        )

    @api.model
    def _get_stuck_sql(self, kind):
        """Return what is in one state for long, as states of its kind go.

        Measured by the median of the last year in the same company. Days on which the
        clock was paused do not count.
        """
        now = fields.Datetime.now()
        return SQL(
            """SELECT subject.id, ticket_id, 'stuck', subject.state || '@' || state_since,
                      (extract(epoch FROM %(now)s - state_since) / 86400)::int
                          - COALESCE(paused, 0),
                      seconds / 86400, state_since::date, subject.state
                 FROM subject
            LEFT JOIN (%(pauses)s) pause ON pause.res_id = subject.id
                 JOIN (SELECT company_id, state_from,
                              percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds)
                                  AS seconds
                         FROM office_transition
                        WHERE res_model = %(kind)s AND date >= %(since)s
                     GROUP BY company_id, state_from) usual
                   ON usual.company_id = subject.company_id
                  AND usual.state_from = subject.state
                WHERE most_factor > 0
                  AND state_since <= %(now)s
                      - (most_state_days + COALESCE(paused, 0)) * interval '1 day'
                  AND extract(epoch FROM %(now)s - state_since)
                      - COALESCE(paused, 0) * 86400 > most_factor * seconds""",
            kind=kind,
            pauses=self._get_pauses_sql(kind),
            now=SQL("%s::timestamp", now),
            since=now - relativedelta(years=1),
        )

    @api.model
    def _get_pauses_sql(self, kind):
        """Return for how many days clocks were paused in the present state."""
        return SQL(
            """SELECT res_id, sum(GREATEST(until, state_since::date)
                                  - GREATEST(date, state_since::date))::int AS paused
                 FROM (SELECT res_id, kind, date, lead(date, 1, %(today)s) OVER (
                                  PARTITION BY res_id ORDER BY id) AS until
                         FROM office_deadline_event
                        WHERE res_model = %(kind)s
                          AND kind IN ('pause', 'resume', 'restart')
                      ) event
                 JOIN subject ON subject.id = event.res_id
                WHERE event.kind = 'pause'
             GROUP BY res_id""",
            kind=kind,
            today=SQL("%s::date", fields.Date.context_today(self)),
        )

    @api.model
    def _get_feedback_sql(self):
        """Return the tasks whose feedback came late, or not, or had to be sent back."""
        return SQL(
            """SELECT subject.id, ticket_id, 'feedback', (number / most_feedbacks)::text,
                      number, NULL, NULL, NULL
                 FROM subject
                 JOIN (SELECT task_id, sum(times)::int AS number
                         FROM (SELECT task_id, 1 AS times
                                 FROM office_supervision_feedback
                                WHERE date_due < COALESCE(date, %(today)s)
                                UNION ALL
                               SELECT feedback.task_id, 1
                                 FROM office_transition line
                                 JOIN office_supervision_feedback feedback
                                   ON feedback.id = line.res_id
                                WHERE line.res_model = %(feedback)s
                                  AND line.state_from = 'submitted'
                              ) poor
                     GROUP BY task_id) poor ON poor.task_id = subject.id
                WHERE most_feedbacks > 0 AND number >= most_feedbacks""",
            today=SQL("%s::date", fields.Date.context_today(self)),
            feedback=FEEDBACK,
        )


class OfficeSupervisionTicket(models.Model):
    _inherit = "office.supervision.ticket"

    def _waits_for_supervision(self):
        """Tell whether the supervisor has to act, not the unit."""
        return self.state in WITH_SUPERVISION[self._name]


class OfficeSupervisionTask(models.Model):
    _inherit = "office.supervision.task"

    def _waits_for_supervision(self):
        """Tell whether the supervisor has to act, not the unit."""
        return self.state in WITH_SUPERVISION[self._name]
