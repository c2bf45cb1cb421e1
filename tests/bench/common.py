# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What loading and measuring share: the people, the registry, the meter."""

import logging
import resource
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from odoo import api
from odoo.modules.registry import Registry
from odoo.tools import config

TICKET = "office.supervision.ticket"
TASK = "project.task"
MAINT = "maintenance.request"
HELPDESK = "helpdesk.ticket"
PEERS = {"task": TASK, "maint": MAINT, "ticket": HELPDESK}
"""Short name in the tables → model."""
KINDS = {
    "incoming": "office.document.incoming",
    "outgoing": "office.document.outgoing",
    "information": "office.information",
    "advice": "office.advice",
    "petition": "office.petition",
}
"""Name on the command line and in the tables → model."""
CLOSED = {
    "incoming": ("archived", "closed", "returned"),
    "outgoing": ("issued", "archived", "cancelled", "revoked", "repealed"),
    "information": ("adopted", "unused", "archived", "false"),
    "advice": ("rejected", "closed"),
    "petition": ("forwarded", "closed"),
}
"""Kind → states in which nothing is to be done any more: old papers."""

UNITS = 20
STAFF = 4
"""Lead units, and staff members beside the head in each of them."""


def open_registry(bench, database):
    """Load Odoo in this process.

    :param str bench: the benchmark's folder, holding ``odoo.conf``
    :param str database: its name
    :rtype: Registry
    """
    logging.disable(logging.WARNING)
    config.parse_config(["-c", str(Path(bench) / "odoo.conf"), "--log-level=error"])
    return Registry(database)


@contextmanager
def client_env(registry, login):
    """Yield the environment of one call of the web client; it is rolled back.

    :param str login: who calls
    """
    with registry.cursor() as cr:
        root = api.Environment(cr, api.SUPERUSER_ID, {})
        user = root["res.users"].search([("login", "=", login)])
        context = {
            "lang": "en_US",
            "tz": "Asia/Shanghai",
            "uid": user.id,
            "allowed_company_ids": user.company_ids.ids,
        }
    with registry.cursor() as cr:
        yield api.Environment(cr, context["uid"], context)
        cr.rollback()


@dataclass
class Sample:
    """What one call took: milliseconds (and those of processors: Python's and
    PostgreSQL's, which other work on the machine hardly changes), queries, megabytes
    at its peak.
    """

    ms: float
    cpu_ms: float
    queries: int
    peak_mb: float


def peak_memory():
    """Return the most memory this process has held, in MB."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1024**2 if sys.platform == "darwin" else 1024)


def memory():
    """Return the memory this process holds now, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def reset_peak_memory():
    """Let the peak begin at what is held now, where the system can do so."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def processor_ms(env):
    """Return the time that this process and its PostgreSQL backend have computed."""
    spent = time.process_time() * 1000
    try:
        backend = env.cr._cnx.get_backend_pid()
        held = Path(f"/proc/{backend}/schedstat").read_text().split()[0]
        return spent + int(held) / 1e6
    except OSError:
        return spent


def measure(env, work):
    """Run a call, flush what it wrote, and say what it took.

    :param env: the environment it runs in
    :param work: function without arguments
    :rtype: Sample
    """
    reset_peak_memory()
    queries = env.cr.sql_log_count
    cpu = processor_ms(env)
    start = time.perf_counter()
    work()
    env.cr.flush()
    ms = (time.perf_counter() - start) * 1000
    cpu = processor_ms(env) - cpu
    return Sample(ms, cpu, env.cr.sql_log_count - queries, peak_memory())


def measure_pairs(env, calls, rounds):
    """Yield the medians of calls of ours, each followed by its twin in plain SQL.

    :param env: the environment they run in
    :param dict calls: name → ours and the twin, functions without arguments
    :param int rounds: how often each is called
    :rtype: Iterator[dict]
    """
    for name, pair in calls.items():
        for who, call in zip(("ours", "plain SQL"), pair, strict=True):
            samples = []
            for _round in range(rounds):
                env.invalidate_all()
                samples.append(measure(env, call))
            median = sorted(samples, key=lambda sample: sample.ms)[rounds // 2]
            yield {
                "who": f"{name}, {who}",
                "ms": median.ms,
                "cpu_ms": median.cpu_ms,
                "queries": median.queries,
                "peak_mb": median.peak_mb,
            }
