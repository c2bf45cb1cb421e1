# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Measure the coverage of duties, and the same questions in plain SQL beside it.

    measure_coverage.py BENCH DATABASE ROWS RESULTS ROUNDS [NAMES]

5,000 duties of 50 units, and as many touches of the last 24 months as there are rows,
are put into the database at first.
"""

import sys

from common import open_registry
from measure import Case, ask, run

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import new_test_user
from odoo.tools import SQL

DUTIES, UNITS, MONTHS = 5000, 50, 24
READER = "coverage_director"
KINDS = "{office.directive,office.document.incoming,office.document.outgoing,"
KINDS += "office.information,office.supervision.ticket,office.coordination}"


def main(bench, database, rows, results, rounds, names=""):
    registry = open_registry(bench, database)
    with registry.cursor() as cr:
        load(api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True}), rows)
    with registry.cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE office_duty_item, office_duty_touch, hr_department")
    wanted = set(filter(None, names.split(",")))
    for name, cases in SUITE.items():
        if not wanted or "coverage" in wanted:
            run(registry, results, rows, name, cases, rounds)


def load(env, rows):
    """Write duties and touches by SQL, once for a database."""
    if env["res.users"].search_count([("login", "=", READER)]):
        return
    new_test_user(env, READER, "office_functions.group_office_director")
    env.flush_all()
    env.cr.execute("UPDATE office_duty_item SET active = FALSE")
    env.cr.execute(
        """WITH unit AS (
               INSERT INTO hr_department (name, company_id, active)
               SELECT jsonb_build_object('en_US', 'Unit ' || n), %(company)s, TRUE
                 FROM generate_series(1, %(units)s) AS n RETURNING id),
           numbered AS (SELECT array_agg(id) AS ids FROM unit)
           INSERT INTO office_duty_item (name, lead_unit_id, company_id, active, sequence)
           SELECT 'Duty ' || n, ids[1 + n %% %(units)s], %(company)s, TRUE, 10
             FROM generate_series(1, %(duties)s) AS n, numbered""",
        {"units": UNITS, "duties": DUTIES, "company": env.company.id},
    )
    # One duty in ten is touched rarely, so that there are blank spots.
    env.cr.execute(
        """WITH duty AS (SELECT array_agg(id ORDER BY id) AS ids FROM office_duty_item
                          WHERE name LIKE 'Duty %%')
           INSERT INTO office_duty_touch (res_model, res_id, duty_item_id, date)
           SELECT (%(kinds)s::text[])[1 + n %% 6], n,
                  ids[1 + (CASE WHEN n %% 1000 = 0 THEN random() * %(last)s
                           ELSE random() * %(last)s * 0.9 END)::int],
                  CURRENT_DATE - (random() * 729)::int
             FROM generate_series(1, %(rows)s) AS n, duty""",
        {"kinds": KINDS, "rows": rows, "last": DUTIES - 1},
    )
    env.cr.commit()  # pylint: disable=invalid-commit


def grouped(groupby, aggregates, domain=()):
    """Return the function that groups the coverage as pivot and graph do."""

    def prepare(env):
        coverage = env["office.supervision.coverage"]
        return lambda: coverage.formatted_read_group(
            list(domain), groupby, aggregates, order=None
        )

    return prepare


def plain(query):
    """Return the function that asks a question in plain SQL."""

    def prepare(env):
        today = fields.Date.context_today(env["res.users"])
        first = fields.Date.subtract(today.replace(day=1), months=MONTHS - 1)
        quarter = fields.Date.start_of(today, "quarter")
        return ask(env, SQL(query, first=first, today=today, quarter=quarter))

    return prepare


MATRIX = """SELECT {columns}, avg((hit.n IS NOT NULL)::int) * 100, sum(hit.n)
      FROM office_duty_item item
CROSS JOIN generate_series(%(first)s::date, %(today)s::date, '1 month') AS month
 LEFT JOIN (SELECT duty_item_id, date_trunc('month', date) AS month, count(*) AS n
              FROM office_duty_touch WHERE date BETWEEN %(first)s AND %(today)s
          GROUP BY 1, 2) hit
        ON hit.duty_item_id = item.id AND hit.month = month.month::timestamp
     WHERE item.active GROUP BY {columns}"""
INDICATOR = """SELECT item.lead_unit_id, item.owner_id, count(*),
          count(*) FILTER (WHERE EXISTS (
              SELECT FROM office_duty_touch WHERE duty_item_id = item.id
                 AND date BETWEEN %(quarter)s AND %(today)s))
     FROM office_duty_item item WHERE item.active GROUP BY 1, 2"""
BLANK = """SELECT item.id, max(touch.date)
     FROM office_duty_item item
LEFT JOIN office_duty_touch touch
       ON touch.duty_item_id = item.id AND touch.date <= %(today)s
    WHERE item.active GROUP BY 1
   HAVING max(touch.date) < %(quarter)s OR max(touch.date) IS NULL
 ORDER BY 2 NULLS FIRST"""
SCREEN = """SELECT item.id, item.name, unit.name->>'en_US', last.date,
          %(today)s::date - last.date,
          CASE WHEN item.id IN (
                   SELECT touch.duty_item_id FROM office_duty_touch touch
                     JOIN office_supervision_ticket ticket ON ticket.id = touch.res_id
                    WHERE touch.res_model = 'office.supervision.ticket'
                          AND touch.date IS NULL AND ticket.state = 'proposed')
               THEN 'pending'
               WHEN item.owner_id IS NULL THEN 'owner'
               WHEN COALESCE(%(today)s::date - last.date > 180, TRUE) THEN 'ticket'
               WHEN %(today)s::date - last.date > 90 THEN 'report'
               ELSE 'watch' END
     FROM office_duty_item item
     JOIN hr_department unit ON unit.id = item.lead_unit_id
LEFT JOIN (SELECT duty_item_id,
                  max(GREATEST(date, LEAST(COALESCE(date_end, %(today)s), %(today)s)))
                      AS date
             FROM office_duty_touch WHERE date <= %(today)s
         GROUP BY 1) last ON last.duty_item_id = item.id
    WHERE item.active AND COALESCE(last.date < %(quarter)s, TRUE)
 ORDER BY last.date NULLS FIRST, 3, item.sequence, item.id LIMIT 80"""
SUMS = ["coverage:avg", "touch_count:sum"]


def indicator(env):
    """Measure K20 over this quarter."""
    today = fields.Date.context_today(env["res.users"])
    quarter = fields.Date.start_of(today, "quarter")
    return lambda: env["office.indicator"].measure(["K20"], quarter, today)


def blank_list(env):
    """Find the blank spots of this quarter for F17."""
    today = fields.Date.context_today(env["res.users"])
    quarter = fields.Date.start_of(today, "quarter")
    spots = env["office.supervision.blank.spot"]
    return lambda: spots._get_blank_rows(quarter, today)


def blank_screen(env):
    """Open the list of blank spots."""
    spots = env["office.supervision.blank.spot"]
    names = ["duty_item_id", "lead_unit_id", "date_touched", "days", "suggestion"]
    return lambda: spots.search_read([("is_blank_quarter", "=", True)], names, limit=80)


def pair(ours, query):
    return [Case("ours", READER, ours), Case("SQL", READER, plain(query))]


SUITE = {
    "coverage by month": pair(
        grouped(["month:month"], SUMS), MATRIX.format(columns="month.month")
    ),
    "coverage unit × month": pair(
        grouped(["lead_unit_id", "month:month"], SUMS),
        MATRIX.format(columns="item.lead_unit_id, month.month"),
    ),
    "coverage K20": pair(indicator, INDICATOR),
    "coverage F17": pair(blank_list, BLANK),
    "coverage blank list": pair(blank_screen, SCREEN),
}


if __name__ == "__main__":
    bench, database, rows, results, rounds, *names = sys.argv[1:]
    main(bench, database, int(rows), results, int(rounds), *names)
