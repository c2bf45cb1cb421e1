# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Measure filing and following in the service hall over HTTP, beside a bare route that
writes a row, and beside the portal of OCA's helpdesk.

    measure_public.py BENCH DATABASE ROWS RESULTS ROUNDS [NAMES]

A server with two workers, as an office would run it, and four people at once, each with
a connection and a cookie jar of their own. The limits on rate are counted as ever, but so
high that they refuse nobody. The helpdesk's people are signed in before: its portal takes
no others. The seal of our form refuses what is sent in less than three seconds, so all
forms are opened first and sent afterwards.
"""

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import requests
from common import open_registry
from measure import keep

from odoo import SUPERUSER_ID, api
from odoo.fields import Command

PEOPLE, REQUESTS = 4, 20
"""Who file at once, and how often each of them does so in a round."""
SECONDS_OF_A_FORM = 3.5
START_SECONDS = 120
TEXT = "校车每天早上都晚点，孩子们在雨里等很久，希望调整发车时间并增加一班车。" * 3
TOKEN = re.compile(r'name="csrf_token"[^>]*? value="([^"]+)"')
SEAL = re.compile(r'name="seal"[^>]*? value="([^"]+)"')
CODE = re.compile(r'o_office_code">([^<]+)<')
PORTAL = "bench_portal"
serial = count(int(time.time()) % 10**8)


def main(bench, database, rows, results, rounds, names=""):
    if names and "public" not in names.split(","):
        return
    registry = open_registry(bench, database)
    with registry.cursor() as cr:
        prepare(api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True}))
    with serving(bench, database) as address:
        figures = measure(address, rounds)
    for (name, who), (elapsed, times) in figures.items():
        keep(
            results,
            {
                "rows": rows,
                "measure": f"public {name}",
                "who": who,
                "amount": len(times),
                "ms": elapsed * 1000,
                "p50_ms": statistics.median(times) * 1000,
                "p95_ms": statistics.quantiles(times, n=20)[-1] * 1000,
                "queries": 0,
                "peak_mb": 0,
                "rounds": rounds,
            },
        )


def prepare(env):
    """Let nobody be refused for the rate, and let there be citizens of the helpdesk."""
    limits = ("filing", "query", "search")
    env.company.write(
        {
            f"hall_{limit}_{window}": 10**9
            for limit in limits
            for window in ("burst", "sustained")
        }
    )
    env.company.hall_query_failures = 0
    logins = [f"{PORTAL}_{nth}" for nth in range(PEOPLE)]
    if not env["res.users"].search_count([("login", "in", logins)]):
        env["res.users"].create(
            [
                {
                    "name": login,
                    "login": login,
                    "password": login,
                    "email": f"{login}@example.com",
                    "group_ids": [Command.set(env.ref("base.group_portal").ids)],
                }
                for login in logins
            ]
        )


class serving:
    """A server of the database on a port of its own, while the block runs."""

    def __init__(self, bench, database):
        self.bench, self.database = bench, database

    def __enter__(self):
        port, gevent = get_free_port(), get_free_port()
        command = [sys.executable, os.environ["BENCH_ODOO"], "server", "-c"]
        command += [str(Path(self.bench) / "odoo.conf"), "-d", self.database]
        command += ["--http-port", str(port), "--gevent-port", str(gevent)]
        command += ["--workers=2", "--max-cron-threads=0", "--log-level=error"]
        self.process = subprocess.Popen(command, start_new_session=True)
        address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                # Each worker loads the registry at its first request.
                for _worker in range(4):
                    requests.get(f"{address}/office", timeout=START_SECONDS)
                return address
            except requests.ConnectionError:
                time.sleep(0.5)
        self.__exit__()
        raise TimeoutError("The server did not start.")

    def __exit__(self, *_error):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(30)


def get_free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


# People -------------------------------------------------------------------------------


class Person:
    """Somebody with a browser: what each of the pages is asked for, and answers."""

    def __init__(self, address, nth):
        self.address, self.nth = address, nth
        self.browser = requests.Session()
        self.forms, self.codes, self.tickets = [], [], []
        self.token = self.find(TOKEN, self.get("/bench/bare"))

    def get(self, path):
        return self.check(self.browser.get(self.address + path, timeout=60), 200)

    def post(self, path, data, status):
        # Where it leads is asked for apart: each request counts.
        sent = self.browser.post(
            self.address + path, data, timeout=60, allow_redirects=False
        )
        return self.check(sent, status)

    @staticmethod
    def check(response, status):
        """Return a response, unless it is not what was asked for: then nothing counts."""
        if response.status_code != status:
            raise AssertionError(f"{response.url}: {response.status_code}")
        return response

    @staticmethod
    def find(pattern, response):
        return pattern.search(response.text)[1]

    def open_form(self):
        page = self.get("/office/petition/new")
        self.forms.append((self.find(TOKEN, page), self.find(SEAL, page)))

    def file(self):
        token, seal = self.forms.pop()
        number = next(serial)
        phone = f"139{number:08d}"
        typed = {
            "csrf_token": token,
            "seal": seal,
            "is_report": "ordinary",
            "name": f"校车晚点{number}",
            "text": f"{TEXT}{number}",
            "person": "张三丰",
            "person_phone": phone,
        }
        self.post("/office/petition/new", typed, 303)
        # The page with number and code belongs to it.
        code = self.find(CODE, self.get("/office/petition/filed"))
        self.codes.append((code, phone[-4:]))

    def open_bare(self):
        self.get("/bench/bare")

    def file_bare(self):
        typed = {"csrf_token": self.token, "name": "校车晚点", "text": TEXT}
        self.post("/bench/bare", typed, 200)
        self.get("/bench/bare")

    def look_up(self):
        code, tail = self.codes[-1]
        self.codes.insert(0, self.codes.pop())
        self.ask(code, tail, 303)
        self.get("/office/petition/track")

    def look_up_wrongly(self):
        self.ask("AAAA-BBBB-CCCC", f"{next(serial) % 10**4:04d}", 422)

    def ask(self, code, tail, status):
        typed = {"csrf_token": self.token, "code": code, "tail": tail}
        self.post("/office/petition/track", typed, status)

    def sign_in(self):
        token = self.find(TOKEN, self.get("/web/login"))
        login = f"{PORTAL}_{self.nth}"
        typed = {"csrf_token": token, "login": login, "password": login}
        self.post("/web/login", typed, 303)

    def open_ticket_form(self):
        self.token = self.find(TOKEN, self.get("/new/ticket"))

    def file_ticket(self):
        typed = {"csrf_token": self.token, "subject": "校车晚点", "description": TEXT}
        response = self.post("/submitted/ticket", typed, 302)
        self.tickets.append(response.headers["Location"])
        self.get(self.tickets[-1])

    def look_up_ticket(self):
        self.get("/my/tickets")
        self.get(self.tickets[-1])


PHASES = (
    ("form", "ours", "open_form"),
    ("form", "bare", "open_bare"),
    ("form", "helpdesk", "open_ticket_form"),
    ("file", "ours", "file"),
    ("file", "bare", "file_bare"),
    ("file", "helpdesk", "file_ticket"),
    ("look-up", "ours", "look_up"),
    ("look-up", "helpdesk", "look_up_ticket"),
    ("wrong code", "ours", "look_up_wrongly"),
)
"""Name and whose of a measure, and what each person does."""


def measure(address, rounds):
    """Let people do one after the other, all at the same time, round by round.

    :return: ``(name, who)`` → seconds of all rounds, and those of each time
    """
    figures = {}
    for turn in range(rounds + 1):
        strangers = [Person(address, nth) for nth in range(PEOPLE)]
        portal = [Person(address, nth) for nth in range(PEOPLE)]
        for person in portal:
            person.sign_in()
        for name, who, act in PHASES:
            if (name, who) == ("file", "ours"):
                time.sleep(SECONDS_OF_A_FORM)
            people = portal if who == "helpdesk" else strangers
            elapsed, times = act_together(people, act)
            if turn:
                total, all_times = figures.setdefault((name, who), (0, []))
                figures[name, who] = (total + elapsed, all_times + times)
    return figures


def act_together(people, act):
    """Let each person do something some times, all of them at once.

    :return: seconds until the last one was done, and the seconds of each time
    """

    def work(person):
        times = []
        for _nth in range(REQUESTS):
            start = time.perf_counter()
            getattr(person, act)()
            times.append(time.perf_counter() - start)
        return times

    start = time.perf_counter()
    with ThreadPoolExecutor(len(people)) as pool:
        times = [one for some in pool.map(work, people) for one in some]
    return time.perf_counter() - start, times


if __name__ == "__main__":
    path, db, number_of_rows, file, turns, *only = sys.argv[1:]
    main(path, db, int(number_of_rows), file, int(turns), *only)
