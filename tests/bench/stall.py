# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What stalls among all running tickets and tasks, and the same in plain SQL."""

from common import TICKET

from odoo.tools import SQL

TASK = "office.supervision.task"
BOTTLENECK = "office.supervision.bottleneck"
MOST = 20000
"""How many one look takes; the twin stops at as many."""

FACTS = """
    SELECT id, 'overdue', CURRENT_DATE - open_deadline FROM {table}
     WHERE {running} AND open_deadline <= CURRENT_DATE - 3
 UNION ALL
    SELECT id, 'extended', extension_count FROM {table}
     WHERE {running} AND extension_count >= 2
 UNION ALL
    SELECT id, 'no_feedback', CURRENT_DATE - date_next_report FROM {table}
     WHERE {running} AND date_next_report <= CURRENT_DATE - 5
 UNION ALL
    SELECT res_id, 'unanswered', count(*) FROM office_urging
      JOIN {table} matter ON matter.id = res_id AND {running}
     WHERE res_model = '{model}' AND date_replied IS NULL
           AND date_reply_due < CURRENT_DATE
  GROUP BY res_id
 UNION ALL
    SELECT matter.id, 'stuck',
           extract(epoch FROM now() - state_since) / 86400 - COALESCE(paused, 0)
      FROM {table} matter
 LEFT JOIN (SELECT event.res_id, sum(until - GREATEST(date, since)) AS paused
              FROM (SELECT res_id, kind, date, lead(date, 1, CURRENT_DATE) OVER (
                               PARTITION BY res_id ORDER BY id) AS until
                      FROM office_deadline_event
                     WHERE res_model = '{model}'
                           AND kind IN ('pause', 'resume', 'restart')) event
              JOIN (SELECT id, state_since::date AS since FROM {table}) here
                   ON here.id = event.res_id
             WHERE event.kind = 'pause' AND until > since
          GROUP BY event.res_id) pause ON pause.res_id = matter.id
      JOIN (SELECT company_id, state_from,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS seconds
              FROM office_transition
             WHERE res_model = '{model}' AND date >= CURRENT_DATE - 365
          GROUP BY 1, 2) usual
           ON usual.company_id = matter.company_id AND state_from = state
     WHERE {running}
           AND state_since <= now() - (10 + COALESCE(paused, 0)) * interval '1 day'
           AND extract(epoch FROM now() - state_since) - COALESCE(paused, 0) * 86400
               > 2 * seconds"""
FEEDBACK = """
 UNION ALL
    SELECT task_id, 'feedback', count(*)
      FROM (SELECT task_id FROM office_supervision_feedback
             WHERE date_due < COALESCE(date, CURRENT_DATE)
         UNION ALL
            SELECT task_id FROM office_transition line
              JOIN office_supervision_feedback feedback ON feedback.id = line.res_id
             WHERE line.res_model = 'office.supervision.feedback'
                   AND line.state_from = 'submitted') poor
      JOIN {table} matter ON matter.id = task_id AND {running}
  GROUP BY task_id HAVING count(*) >= 2"""
RUNNING = {
    TASK: "('assigned', 'accepted', 'returned', 'reported')",
    TICKET: "('filed', 'assigned', 'accepted', 'handling', 'feedback', 'verifying')",
}


def stalled(kind):
    """Return ours and its twin: what the nightly job finds among tasks or tickets."""

    def ours(env):
        return lambda: env[BOTTLENECK]._find_stalled(kind, MOST)

    def twin(env):
        facts = FACTS + (FEEDBACK if kind == TASK else "")
        known = "task_id" if kind == TASK else "ticket_id"
        facts = facts.format(
            table=env[kind]._table,
            model=kind,
            running=f"state IN {RUNNING[kind]} AND active AND is_paused IS NOT TRUE",
        )
        # Our own figures, not a client's: nothing here comes from outside.
        query = SQL(
            f"""WITH fact (id, code, number) AS ({facts}),
                     first AS (SELECT DISTINCT id FROM fact ORDER BY id LIMIT {MOST})
                SELECT fact.* FROM fact JOIN first ON first.id = fact.id
                 WHERE NOT EXISTS (
                           SELECT FROM office_supervision_bottleneck known
                            WHERE {known} = fact.id
                                  AND state NOT IN ('closed', 'dismissed'))
              ORDER BY fact.id"""  # pylint: disable=sql-injection
        )
        return lambda: env.execute_query(query)

    return ours, twin
