# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from unittest.mock import patch

from psycopg2 import errors

from odoo.tests import tagged

from .hall_case import HallCase


@tagged("post_install", "-at_install")
class TestHallLine(HallCase):
    """Of those who file at the same moment none is turned away."""

    def test_who_comes_second_waits_in_line(self):
        Petition, Counter = (
            self.registry["office.petition"],
            self.registry["office.number.counter"],
        )
        file_publicly, wait = Petition.file_publicly, Counter._wait_in_line
        done = []

        def fail_once(petitions, *given):
            done.append("file")
            record = file_publicly(petitions, *given)
            if done == ["file"]:
                raise errors.SerializationFailure
            return record

        def wait_in_line(counters):
            done.append("wait")
            return wait(counters)

        before = self.petitions.search_count([])
        with (
            patch.object(Petition, "file_publicly", fail_once),
            patch.object(Counter, "_wait_in_line", wait_in_line),
        ):
            petition, _page = self.file()
        self.assertEqual(done, ["file", "wait", "file"])
        self.assertTrue(petition.number)
        self.assertEqual(self.petitions.search_count([]), before + 1)
