# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import base64
from datetime import UTC, date, datetime, timedelta

import vobject

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeHttpCase


@tagged("post_install", "-at_install")
class TestAgendaFeed(OfficeHttpCase):
    """A leader's own phone subscribes to the diary (RFC 5545)."""

    def setUp(self):
        super().setUp()
        self.leader = self.users["leader"]
        self.day = fields.Date.today() + timedelta(days=3)
        Event = self.env["calendar.event"].with_user(self.users["clerk"])
        self.item = Event.create(
            {
                "name": "学校调研；第一小学，食堂",
                "office_leader_id": self.leader.id,
                "start": f"{self.day} 01:00:00",
                "stop": f"{self.day} 03:00:00",
                "location": "第一小学",
                "privacy": "private",
                "description": "Only for the leader",
                "office_companion_ids": [Command.set(self.users["staff"].ids)],
            }
        )
        self.env["office.agenda.material"].create(
            {
                "name": "Personal paper",
                "event_id": self.item.id,
                "owner_id": self.users["staff"].id,
            }
        )
        self.whole = Event.create(
            {
                "name": "Conference",
                "office_leader_id": self.leader.id,
                "allday": True,
                "start_date": self.day,
                "stop_date": self.day + timedelta(days=1),
            }
        )
        self.diary = self.env["office.agenda"]._get_diaries(self.leader)

    def subscribe(self):
        address = self.diary.with_user(self.leader).make_feed()
        self.env.flush_all()
        return address[address.index("/office/agenda/") :]

    def read_feed(self, path):
        """Return uid-free name → item, as another program reads the file."""
        response = self.url_open(path)
        self.assertEqual(response.status_code, 200)
        self.assertIn("text/calendar", response.headers["Content-Type"])
        calendar = vobject.readOne(response.content.decode())
        return {item.summary.value: item for item in calendar.vevent_list}, response

    def test_feed_is_read_by_another_program(self):
        items, response = self.read_feed(self.subscribe())
        visit = items["学校调研；第一小学，食堂"]
        start = datetime.combine(self.day, datetime.min.time(), UTC) + timedelta(
            hours=1
        )
        self.assertEqual(visit.dtstart.value, start)
        self.assertEqual(visit.location.value, "第一小学")
        self.assertEqual(getattr(visit, "class").value, "PRIVATE")
        self.assertSays(visit.description.value, "Test Staff", "0/1")
        whole = items["Conference"]
        self.assertEqual(whole.dtstart.value, self.day)
        self.assertEqual(whole.dtend.value, self.day + timedelta(days=2))
        self.assertIsInstance(whole.dtend.value, date)
        text = response.text
        for secret in ("Personal paper", "Only for the leader"):
            self.assertNotIn(secret, text)
        self.assertTrue(all(len(line.encode()) <= 75 for line in text.split("\r\n")))
        self.assertSays(text, "VERSION:2.0", "PRODID", "DTSTART:", "Z\r\n")

    def test_feed_follows_changes_and_what_is_dropped(self):
        path = self.subscribe()
        items, _response = self.read_feed(path)
        uid = items["Conference"].uid.value
        self.item.location = "Second Primary School"
        self.whole.call_off()
        self.env.flush_all()
        items, _response = self.read_feed(path)
        self.assertEqual(items["Conference"].uid.value, uid)
        self.assertEqual(items["Conference"].status.value, "CANCELLED")
        self.assertGreater(int(items["Conference"].sequence.value), 0)
        changed = items["学校调研；第一小学，食堂"]
        self.assertEqual(changed.location.value, "Second Primary School")
        self.item.delegate_to(self.users["staff"])
        self.env.flush_all()
        items, _response = self.read_feed(path)
        self.assertTrue(any("Test Staff stands in" in name for name in items))

    def test_feed_that_did_not_change_is_not_sent_again(self):
        path = self.subscribe()
        _items, response = self.read_feed(path)
        etag = response.headers["ETag"]
        self.assertTrue(response.headers["Last-Modified"])
        again = self.url_open(path, headers={"If-None-Match": etag})
        self.assertEqual((again.status_code, again.content), (304, b""))
        self.item.name = "Other"
        self.env.flush_all()
        again = self.url_open(path, headers={"If-None-Match": etag})
        self.assertEqual(again.status_code, 200)

    def test_wrong_withdrawn_and_old_addresses_open_nothing(self):
        self.assertEqual(self.url_open("/office/agenda/x.ics").status_code, 404)
        first = self.subscribe()
        second = self.subscribe()
        self.assertEqual(self.url_open(first).status_code, 404)
        self.assertEqual(self.url_open(second).status_code, 200)
        self.assertEqual(
            self.url_open(second.replace(".ics", "x.ics")).status_code, 404
        )
        self.diary.with_user(self.leader).withdraw_feed()
        self.env.flush_all()
        self.assertEqual(self.url_open(second).status_code, 404)
        third = self.subscribe()
        self.leader.active = False
        self.env.flush_all()
        self.assertEqual(self.url_open(third).status_code, 404)

    def test_token_is_long_and_kept_nowhere(self):
        path = self.subscribe()
        token = path.removeprefix("/office/agenda/").removesuffix(".ics")
        self.assertGreaterEqual(len(base64.urlsafe_b64decode(token + "==")), 32)
        self.env.cr.execute("SELECT feed_hash FROM office_agenda")
        self.assertNotIn(token, str(self.env.cr.fetchall()))
        with self.assertRaises(AccessError):
            self.diary.with_user(self.leader).read(["feed_hash"])
        with self.assertRaises(ValidationError):
            self.diary.write({"feed_hash": "x"})
        action = self.diary.with_user(self.leader).action_make_feed()
        self.assertIn("/office/agenda/", action["params"]["message"])

    def test_outsiders_subscribe_to_nobody(self):
        for role in ("staff", "section_head", "logistics", "admin"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.diary.with_user(self.users[role]).make_feed()
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.diary.with_user(self.users[role]).withdraw_feed()
