# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Measure repairs of the office beside plain maintenance requests on the same work.

    measure_repairs.py BENCH DATABASE ROWS ROUNDS

Both kinds live in one table. ROWS of each are made in a transaction that is rolled back;
then the same is done with one and with the other, alternated round by round: creating,
opening a list, and moving one on (a state, a stage). Prints medians.
"""

import sys
from statistics import median

from common import MAINT, measure, open_registry

from odoo import SUPERUSER_ID, api

OURS, PLAIN = "repair", "request"
FIELDS = {"name": {}, "equipment_id": {"fields": {"display_name": {}}}}
SIZES = (1, 100)


def main(bench, database, rows, rounds):
    registry = open_registry(bench, database)
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {"tz": "Asia/Shanghai"})
        user = env.ref("base.user_admin")
        user.group_ids |= env.ref("office_functions.group_office_director")
        user.group_ids |= env.ref("maintenance.group_equipment_manager")
        mine = env(user=user.id)
        for kind in (OURS, PLAIN):
            make(mine, kind, int(rows))
        cr.flush()
        cr.execute("ANALYZE maintenance_request")
        found = {}
        for _round in range(int(rounds) + 1):
            for name, work in get_works(mine):
                for kind in (OURS, PLAIN):
                    env.invalidate_all()
                    sample = measure(mine, work(kind))
                    found.setdefault((name, kind), []).append(sample)
        report(found)
        cr.rollback()


def make(env, kind, number):
    """Create requests of a kind.

    :return: the requests
    """
    vals = {"name": "The printer chews paper", "place": "Room 305"}
    vals["is_office_repair"] = kind == OURS
    return env[MAINT].create([dict(vals) for _nth in range(number)])


def get_works(env):
    """Yield the name of each piece of work, and the function that prepares it."""
    for size in SIZES:
        yield f"create {size}", lambda kind, size=size: lambda: make(env, kind, size)
    yield "list of 80", lambda kind: open_list(env, kind)
    for size in SIZES:
        yield f"move {size}", lambda kind, size=size: move(env, kind, size)


def open_list(env, kind):
    domain = [("is_office_repair", "=", kind == OURS)]
    extra = "state" if kind == OURS else "stage_id"
    names = {**FIELDS, extra: {}}
    return lambda: env[MAINT].web_search_read(domain, names, limit=80, count_limit=1000)


def move(env, kind, size):
    """Return the step of some new requests: taken on, or to the next stage."""
    requests = make(env, kind, size)
    stage = env["maintenance.stage"].search([], offset=1, limit=1)
    env.flush_all()
    env.invalidate_all()
    if kind == OURS:
        return lambda: requests.do_transition("accept")
    return lambda: requests.write({"stage_id": stage.id})


def report(found):
    """Print the median of the rounds; the first one only warms the caches."""
    print(f"{'':14}{'repair':>22}{'request':>22}")
    for name in dict.fromkeys(name for name, _kind in found):
        cells = []
        for kind in (OURS, PLAIN):
            samples = found[name, kind][1:]
            ms = median(sample.cpu_ms for sample in samples)
            queries = median(sample.queries for sample in samples)
            cells.append(f"{ms:9.1f} ms {queries:4.0f} queries")
        print(f"{name:14}" + "".join(f"{cell:>24}" for cell in cells))


if __name__ == "__main__":
    main(*sys.argv[1:])
