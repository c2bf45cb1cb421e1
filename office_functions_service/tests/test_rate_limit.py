# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from contextlib import contextmanager
from threading import Barrier, Thread
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, TransactionCase, tagged

from odoo.addons.office_functions.tests.common import OfficeRaceCase
from odoo.addons.office_functions_service.models import office_rate_limit
from odoo.addons.office_functions_service.tools.rate_window import (
    BURST,
    SUSTAINED,
    is_in,
    parse_networks,
)

NOW = 1_800_000_000.0


@tagged("office_service")
class TestRateLimit(OfficeRaceCase):
    """Limits hold for all workers together, and for requests that fail."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.forget)
        self.enterContext(patch.object(office_rate_limit.time, "time", self.tell))
        self.now = NOW

    def tell(self):
        return self.now

    def forget(self):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM office_rate_limit")

    @contextmanager
    def worker(self):
        """Give a model in a transaction of its own."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})["office.rate.limit"]

    def hit(self, *values, burst=3, sustained=5):
        counts = [("test", value, burst, sustained) for value in values]
        with self.worker() as limit:
            return limit._hit(counts)

    def test_burst_and_then_a_wait(self):
        self.assertEqual([self.hit("a") for _i in range(3)], [0, 0, 0])
        self.assertEqual(self.hit("a"), int(BURST - NOW % BURST) + 1)
        self.assertEqual(self.hit("b"), 0)
        self.now += 2 * BURST
        self.assertEqual(self.hit("a"), 0)

    def test_the_window_slides(self):
        self.now = NOW - NOW % BURST + BURST - 1
        for _i in range(3):
            self.hit("a", sustained=0)
        self.now += 2
        self.assertTrue(self.hit("a", sustained=0))
        self.now += 0.8 * BURST
        self.assertEqual(self.hit("a", sustained=0), 0)

    def test_sustained_window(self):
        for number in range(5):
            self.now = NOW + 2 * number * BURST
            self.assertEqual(self.hit("a"), 0)
        self.now += 2 * BURST
        self.assertGreater(self.hit("a"), BURST)
        self.now += 2 * SUSTAINED
        self.assertEqual(self.hit("a"), 0)

    def test_whichever_key_is_full_counts(self):
        for _i in range(3):
            self.hit("phone")
        self.assertTrue(self.hit("elsewhere", "phone"))
        self.assertEqual(self.hit("elsewhere", ""), 0)

    def test_a_request_that_fails_counts(self):
        class Failure(Exception):
            pass

        for _i in range(3):
            with self.assertRaises(Failure), self.worker() as limit:
                limit._hit([("test", "a", 3, 5)])
                raise Failure
        self.assertTrue(self.hit("a"))

    def test_two_workers_count_together(self):
        with self.worker() as one, self.worker() as other:
            # Both have begun; neither sees what the other does.
            one.search([])
            other.search([])
            waits = [
                limit._hit([("test", "a", 3, 5)]) for limit in (one, other, one, other)
            ]
        self.assertEqual([bool(wait) for wait in waits], [False, False, False, True])

    def test_many_at_the_same_moment(self):
        number, passed = 8, []
        start = Barrier(number)

        def run():
            start.wait()
            passed.append(self.hit("a", burst=4, sustained=0) == 0)

        threads = [Thread(target=run) for _i in range(number)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(passed), number)
        self.assertLessEqual(sum(passed), 4)

    def test_no_address_is_kept_and_old_windows_are_forgotten(self):
        self.hit("192.0.2.7")
        with self.worker() as limit:
            keys = limit.search([]).mapped("key")
            self.assertEqual({len(key) for key in keys}, {64})
            self.assertFalse([key for key in keys if "192" in key and "." in key])
            limit._forget()
            self.assertEqual(len(limit.search([])), 2)
        self.now += 2 * BURST
        with self.worker() as limit:
            limit._forget()
            self.assertEqual(limit.search([]).mapped("seconds"), [SUSTAINED])
        self.now += 2 * SUSTAINED
        with self.worker() as limit:
            limit._forget()
            self.assertFalse(limit.search([]))


@tagged("office_service")
class TestNetworks(BaseCase):
    def test_allow_list(self):
        networks = parse_networks("10.1.0.0/16\n2001:db8::/32, 192.0.2.9")
        for address in ("10.1.2.3", "::ffff:10.1.2.3", "2001:db8::5", "192.0.2.9"):
            self.assertTrue(is_in(address, networks), address)
        for address in ("10.2.0.1", "192.0.2.8", "", "10.1.2.3.4", "2001:db9::"):
            self.assertFalse(is_in(address, networks), address)


@tagged("office_service")
class TestHallSettings(TransactionCase):
    def test_bad_settings_are_refused(self):
        for name, value in (
            ("hall_networks", "10.1.2.0/40"),
            ("hall_networks", "everybody"),
            ("hall_file_mb", 0),
            ("hall_file_count", 1000),
        ):
            with self.subTest(name), self.assertRaises(ValidationError):
                self.env.company[name] = value
