# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import itertools
import logging
import os
from contextlib import contextmanager

from hypothesis import HealthCheck, Phase, given, settings

from odoo.tests import tagged
from odoo.tools import mute_logger

from .hostile_case import OPEN, REQUESTS, SIGNED, HostileCase

_logger = logging.getLogger(__name__)
NUMBER = int(os.environ.get("OFFICE_HOSTILE", 800))
"""How many bad requests are made; 10,000 and more before a release."""
# What answers in JSON to who signed in, tells its errors in Odoo's own way.
TRACES = (b"Traceback", b"psycopg2", b"odoo/addons", b'File "')
PLAIN = {
    "method": "",
    "query": {},
    "raw_query": None,
    "form": {},
    "files": [],
    "body": "form",
    "raw": b"",
    "headers": {},
}
"""A request in which nothing is wrong."""
STORED = (
    "office.petition",
    "office.consultation",
    "office.info.request",
    "office.petition.identity",
    "office.consultation.identity",
    "office.info.request.identity",
    "res.users",
    "res.partner",
)


@tagged("post_install", "-at_install")
class TestPublicHostile(HostileCase):
    """Whatever strangers send to any public address: no fault, no trace, no halves."""

    def count(self):
        return {
            name: self.env[name].sudo().with_context(active_test=False).search_count([])
            for name in STORED
        }

    def get_role(self, rule):
        """Return who asks for an address for which one signs in."""
        return "school" if rule.rule.startswith("/my/") else "clerk"

    # Which addresses there are --------------------------------------------------------

    def test_every_address_of_ours_is_attacked(self):
        ours = {rule.rule for rule in self.get_rules(OPEN + SIGNED)}
        self.assertIn("/office/<string:kind>/new", ours)
        self.assertIn("/office/open311/v2/requests.<string:form>", ours)
        self.assertIn("/office/agenda/<string:token>.ics", ours)
        found = {
            rule.rule
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if rule.rule.startswith(("/office", "/my/office"))
        }
        self.assertLessEqual(found, ours)

    @mute_logger("odoo.http", "odoo.addons.http_routing.models.ir_http")
    def test_every_address_is_reached_by_what_is_good(self):
        """A new address needs words in ``HostileCase`` that lead to something."""
        self.open_session("")
        for rule in self.get_rules(OPEN):
            names = [piece for dynamic, piece in rule._trace if dynamic]
            statuses = []
            for words in itertools.product(*(self.get_words(rule, n) for n in names)):
                path = rule.build(dict(zip(names, words, strict=True)))
                self.assertIsNotNone(path)
                for good in (True, False):
                    sent = {**PLAIN, "good": good, "path": [], "headers": {}}
                    environ = self.make_environ(sent, rule)
                    environ["PATH_INFO"] = path[1]
                    statuses.append(self.call(environ)[0])
            with self.subTest(rule.rule, statuses=statuses):
                self.assertTrue([status for status in statuses if status < 400])

    @mute_logger("odoo.http")
    def test_a_stranger_is_asked_to_sign_in(self):
        self.open_session("")
        for rule in self.get_rules(SIGNED):
            is_json = rule.endpoint.routing["type"] == "jsonrpc"
            sent = {**PLAIN, "good": True, "path": ["1"] * 4, "headers": {}}
            sent["body"] = "json" if is_json else "form"
            status, body, headers = self.call(self.make_environ(sent, rule))
            with self.subTest(rule.rule, status=status):
                if is_json:
                    self.assertIn(b"SessionExpired", body)
                else:
                    self.assertEqual(status, 303)
                    self.assertIn("/web/login?redirect=", headers["Location"])

    # What is sent ---------------------------------------------------------------------

    @contextmanager
    def watched(self):
        """Keep what the server says of its own faults, to be told with the request."""
        with (
            self.allow_requests(all_requests=True),
            self.assertLogs("odoo.http", "ERROR") as log,
        ):
            logging.getLogger("odoo.http").error("begin")
            yield log

    def attack(self, rules, number, get_role):
        """Send bad requests to some addresses.

        :return: address → status → how often
        :rtype: dict[str, dict[int, int]]
        """
        seen, faults = {}, {}
        # Most that can be stored comes by these; they get more than their share.
        weighted = rules + 8 * [rule for rule in rules if rule.rule.endswith("/new")]
        turns = itertools.cycle(weighted)

        @settings(
            max_examples=number,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(REQUESTS)
        def send(sent):
            rule = next(turns)
            environ = self.make_environ(sent, rule, get_role(rule))
            status, body, headers = self.call(environ)
            counts = seen.setdefault(rule.rule, {})
            counts[status] = counts.get(status, 0) + 1
            traces = () if rule.endpoint.routing["type"] == "jsonrpc" else TRACES
            if (
                status >= 500
                or any(trace in body for trace in traces)
                or "\n" in "".join(map(str, headers.values()))
            ):
                said = "".join(log.output[-1:])[-300:]
                faults[status, rule.rule, said] = sent, body[:500]
            log.output.clear()

        with self.watched() as log:
            send()
        self.assertFalse(
            faults, f"{len(faults)} kinds of faults: {[*faults]} {str(faults)[:9000]}"
        )
        self.env.invalidate_all()
        self.assertEqual(set(seen), {rule.rule for rule in rules})
        _logger.info("%s bad requests: %s", number, seen)
        return seen

    @mute_logger(
        "odoo.addons.http_routing.models.ir_http",
        "odoo.addons.base.models.ir_http",
        "odoo.sql_db",
        "werkzeug",
    )
    def test_whatever_strangers_send(self):
        self.open_session("")
        before = self.count()
        self.attack(self.get_rules(OPEN), NUMBER * 3 // 4, lambda rule: "")
        after = self.count()
        for name in ("res.users", "res.partner"):
            self.assertEqual(before[name], after[name])
        self.assertWhole()
        for model in self.env["office.public.mixin"]._get_public_kinds().values():
            self.assertGreater(after[model], before[model], model)

    @mute_logger(
        "odoo.addons.http_routing.models.ir_http",
        "odoo.addons.base.models.ir_http",
        "odoo.sql_db",
        "werkzeug",
    )
    def test_whatever_who_signed_in_sends(self):
        for role in ("school", "clerk"):
            self.open_session(role)
        self.attack(self.get_rules(SIGNED), NUMBER // 4, self.get_role)

    def assertWhole(self):
        """Assert that whatever was stored, was stored with all that belongs to it."""
        for name in self.env["office.public.mixin"]._get_public_kinds().values():
            for record in (
                self.env[name].sudo().search([("is_filed_online", "=", True)])
            ):
                self.assertTrue(record.query_code and record.name)
                is_numbered = record.state in record._number_states
                self.assertEqual(bool(record.number), is_numbered)
                for identity in record.identity_ids:
                    self.assertTrue(identity.person and identity.phone)
                for file in record.public_file_ids:
                    self.assertEqual(file.res_id, record.id)
                    self.assertFalse(file.public)
        filings = self.env["office.public.filing"].sudo().search([])
        self.assertTrue(all(filing.res_id for filing in filings))
