# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The nightly job: urge all overdue tickets; the peers schedule activities."""

import time
from unittest.mock import patch

from common import PEERS, TICKET, memory, peak_memory, reset_peak_memory

from odoo import SUPERUSER_ID, api

BATCHED, SINGLE = 2000, 500
"""How many of its records a peer handles each way, so that it ends in some seconds."""


def measure_urging(registry):
    """Yield the figures of our job and of each peer's two ways.

    :rtype: Iterator[dict]
    """
    forget_urgings(registry)
    yield urge(registry)
    for who, model in PEERS.items():
        for name, way in (("batch", in_batch), ("one by one", one_by_one)):
            with registry.cursor() as cr:
                yield schedule(
                    api.Environment(cr, SUPERUSER_ID, {}), who, model, name, way
                )
                cr.rollback()


def forget_urgings(registry):
    """Let all overdue tickets, and nothing else, be due again."""
    with registry.cursor() as cr:
        cr.execute("DELETE FROM office_urging")
        for table in ("office_directive", "office_supervision_task"):
            cr.execute(
                f"UPDATE {table} SET next_urging = NULL WHERE next_urging IS NOT NULL"
            )
        cr.execute(
            """UPDATE office_supervision_ticket
                  SET next_urging = CURRENT_DATE, last_urging = NULL, urging_count = 0
                WHERE open_deadline < CURRENT_DATE"""
        )
    with registry.cursor() as cr:
        cr._cnx.autocommit = True
        for table in ("office_urging", "office_urging_addressee"):
            cr.execute(f"VACUUM ANALYZE {table}")
        cr.execute("VACUUM ANALYZE office_supervision_ticket")


def urge(registry):
    """Run the job to its end, and watch the memory after each batch."""
    held = []
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        Cron = registry["ir.cron"]
        commit = Cron._commit_progress

        def watch(self, *args, **kwargs):
            result = commit(self, *args, **kwargs)
            held.append(memory())
            return result

        reset_peak_memory()
        queries = cr.sql_log_count
        start = time.perf_counter()
        with patch.object(Cron, "_commit_progress", watch):
            env[TICKET]._cron_urge()
        ms = (time.perf_counter() - start) * 1000
        queries = cr.sql_log_count - queries
        cr.execute("SELECT count(*) FROM office_urging")
        [(notices,)] = cr.fetchall()
        cr.execute(
            "SELECT count(*), count(date_notified), count(DISTINCT user_id) "
            "FROM office_urging_addressee"
        )
        [(addressees, told, persons)] = cr.fetchall()
    return {
        "who": "ours",
        "amount": notices,
        "ms": ms,
        "queries": queries,
        "peak_mb": peak_memory(),
        "first_mb": held[0],
        "last_mb": held[-1],
        "batches": len(held),
        "addressees": addressees,
        "told": told,
        "persons": persons,
        "rounds": 1,
    }


def schedule(env, who, model, name, way):
    """Let a peer remind of its records, without telling anybody."""
    records = env[model].search([], limit=BATCHED if way is in_batch else SINGLE)
    kind = env.ref("mail.mail_activity_data_todo")
    env.invalidate_all()
    reset_peak_memory()
    queries = env.cr.sql_log_count
    start = time.perf_counter()
    way(env, records, kind)
    env.cr.flush()
    return {
        "who": f"{who} {name}",
        "amount": len(records),
        "ms": (time.perf_counter() - start) * 1000,
        "queries": env.cr.sql_log_count - queries,
        "peak_mb": peak_memory(),
        "rounds": 1,
    }


def in_batch(env, records, kind):
    model_id = env["ir.model"]._get_id(records._name)
    for start in range(0, len(records), 1000):
        env["mail.activity"].create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": record_id,
                    "activity_type_id": kind.id,
                    "user_id": env.uid,
                }
                for record_id in records.ids[start : start + 1000]
            ]
        )
        env.flush_all()
        env.invalidate_all()


def one_by_one(env, records, kind):
    for record in records:
        record.activity_schedule(activity_type_id=kind.id, user_id=env.uid)
        env.flush_all()
