# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import date

from odoo.fields import Command
from odoo.tests import Form

from ..models.office_clash_mixin import EVENT_RANGE
from .common import TODAY, OfficeCase

WEDNESDAY = "2026-03-11"


class TestClash(OfficeCase):
    """Nobody and nothing is taken twice without its being seen (S2.25)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hall, cls.car = cls.env["resource.resource"].create(
            [
                {
                    "name": name,
                    "resource_type": "material",
                    "office_resource_kind": kind,
                }
                for name, kind in (("Hall 3", "room"), ("Car 1", "vehicle"))
            ]
        )
        cls.leader = cls.users["leader"].partner_id

    def book(self, begin="01:00", end="02:00", day=WEDNESDAY, **vals):
        """Enter an event; times are UTC, eight hours behind the office."""
        return (
            self.env["calendar.event"]
            .with_context(no_mail_to_attendees=True)
            .create(
                {
                    "name": f"Event {begin}",
                    "start": f"{day} {begin}:00",
                    "stop": f"{day} {end}:00",
                    "partner_ids": [Command.clear()],
                    **vals,
                }
            )
        )

    def all_takes(self):
        return (
            {"partner_ids": [Command.set(self.leader.ids)]},
            {"office_room_id": self.hall.id},
            {"office_vehicle_ids": [Command.set(self.car.ids)]},
            {"office_school_ids": [Command.set(self.school.ids)]},
        )

    def pairs(self):
        self.env.flush_all()
        rows = self.env["office.clash"].search([])
        return {(row.event_id, row.other_id) for row in rows}

    def test_s2_25_booking_the_same_leader_twice_warns_with_the_other_item(self):
        self.book(name="Enrolment", partner_ids=[Command.set(self.leader.ids)])
        with Form(self.env["calendar.event"]) as form:
            form.name = "Second"
            form.start = f"{WEDNESDAY} 01:30:00"
            form.stop = f"{WEDNESDAY} 03:00:00"
            self.assertFalse(form.clash_alert)
            form.partner_ids.add(self.leader)
            self.assertSays(form.clash_alert, "Test Leader", "Enrolment")
            form.start = f"{WEDNESDAY} 02:00:00"
            self.assertFalse(form.clash_alert)

    def test_each_thing_is_taken_once(self):
        for take in self.all_takes():
            with self.subTest(take=take), self.undone():
                first, second = self.book(**take), self.book(**take)
                self.assertSays(second.clash_alert, first.name)
                self.assertSays(first.clash_alert, second.name)
                self.assertEqual(self.pairs(), {(first, second)})

    def test_different_things_do_not_clash(self):
        events = [self.book(**take) for take in self.all_takes()]
        self.assertFalse(any(event.clash_alert for event in events))
        self.assertFalse(self.pairs())

    def test_back_to_back_is_no_clash(self):
        for take in self.all_takes()[:3]:
            with self.subTest(take=take), self.undone():
                first = self.book("01:00", "02:00", **take)
                self.book("02:00", "03:00", **take)
                self.book("00:00", "01:00", **take)
                self.assertFalse(first.clash_alert)
                self.assertFalse(self.pairs())

    def test_event_without_length(self):
        take = {"office_room_id": self.hall.id}
        self.book("01:00", "02:00", **take)
        for moment, clashes in (
            ("00:59", False),
            ("01:00", True),
            ("01:30", True),
            ("02:00", False),
        ):
            with self.subTest(moment=moment), self.undone():
                event = self.book(moment, moment, **take)
                self.assertEqual(bool(event.clash_alert), clashes)
                self.assertEqual(bool(self.pairs()), clashes)
                twin = self.book(moment, moment, **take)
                self.assertIn(event.name, twin.clash_alert)

    def test_whole_day_by_the_offices_clock(self):
        """The 11th in China lasts from 16:00 UTC of the 10th to 16:00 UTC."""
        take = {"partner_ids": [Command.set(self.leader.ids)]}
        whole = self.book(
            allday=True, start_date=WEDNESDAY, stop_date=WEDNESDAY, name="Away", **take
        )
        for day, moment, clashes in (
            (10, "15:00", False),
            (10, "16:30", True),
            (11, "15:00", True),
            (11, "16:00", False),
        ):
            with self.subTest(day=day, moment=moment), self.undone():
                end = f"{int(moment[:2]) + 1}:00"
                event = self.book(moment, end, f"2026-03-{day}", **take)
                self.assertEqual("Away" in (event.clash_alert or ""), clashes)
                self.assertEqual(
                    {whole, event} in [set(pair) for pair in self.pairs()], clashes
                )

    def test_same_schools_called_twice_in_one_day(self):
        take = {"office_school_ids": [Command.set(self.school.ids)]}
        first = self.book("01:00", "02:00", **take)
        same_day = self.book("08:00", "09:00", **take)
        next_day = self.book("16:30", "17:30", **take)
        self.assertSays(same_day.clash_alert, "Test School", first.name)
        self.assertFalse(next_day.clash_alert, "past midnight in China")
        self.assertEqual(self.pairs(), {(first, same_day)})

    def test_recurring_events(self):
        take = {"office_room_id": self.hall.id}
        self.book(
            name="Weekly",
            recurrency=True,
            rrule_type="weekly",
            wed=True,
            count=4,
            end_type="count",
            event_tz="Asia/Shanghai",
            **take,
        )
        single = self.book(day="2026-03-25", name="Single", **take)
        self.assertIn("Weekly", single.clash_alert)
        self.assertFalse(self.book(day="2026-03-26", **take).clash_alert)
        [pair] = self.pairs()
        self.assertEqual({event.name for event in pair}, {"Weekly", "Single"})

    def test_series_that_is_being_typed(self):
        take = {"office_room_id": self.hall.id}
        self.book(day="2026-03-25", name="Single", **take)
        with Form(self.env["calendar.event"]) as form:
            form.name = "Daily"
            form.start = f"{WEDNESDAY} 01:00:00"
            form.stop = f"{WEDNESDAY} 02:00:00"
            form.office_room_id = self.hall
            self.assertFalse(form.clash_alert)
            form.recurrency = True
            form.rrule_type_ui = "daily"
            form.count = 15
            self.assertSays(form.clash_alert, "Hall 3", "Single", "2026-03-14")
            self.assertEqual(form.count, 15, "looking changes nothing")
            form.count = 14
            self.assertNotIn("Single", form.clash_alert)

    def test_declined_free_and_archived_events_take_nothing(self):
        take = {"partner_ids": [Command.set(self.leader.ids)]}
        declined, free, gone = (self.book(**take) for _n in range(3))
        declined.attendee_ids.state = "declined"
        free.show_as = "free"
        gone.active = False
        self.assertFalse(self.book(**take).clash_alert)
        self.assertFalse(self.pairs())

    def test_private_events_keep_their_name(self):
        self.book(
            name="Dentist",
            privacy="private",
            user_id=self.users["leader"].id,
            partner_ids=[Command.set(self.leader.ids)],
        )
        mine = self.book(partner_ids=[Command.set(self.leader.ids)])
        alert = mine.with_user(self.users["clerk"]).clash_alert
        self.assertIn("Test Leader", alert)
        self.assertNotIn("Dentist", alert)

    def test_rest_days_are_named(self):
        event = self.book(day="2026-03-14", office_room_id=self.hall.id)
        self.assertIn("2026-03-14", event.clash_alert)
        self.assertFalse(self.book(day="2026-03-14").clash_alert, "nobody is called")

    def test_k13_counts_pairs(self):
        take = {
            "office_room_id": self.hall.id,
            "office_vehicle_ids": [Command.set(self.car.ids)],
        }
        staff = self.users["staff"]
        events = self.book(**take) | self.book(user_id=staff.id, **take)
        self.book(day="2026-04-01", **take)
        indicator = self.env["office.indicator"]
        march = (date(2026, 3, 1), date(2026, 3, 31))
        [figure] = indicator.measure(["K13"], *march)
        self.assertEqual(figure["value"], 1)
        [unit] = figure["units"]
        self.assertEqual(unit["id"], self.unit.id, "of whoever came later")
        self.assertEqual(
            [(person["id"], person["value"]) for person in unit["persons"]],
            [(staff.id, 1)],
        )
        action = indicator.open_records("K13", *march)
        self.assertEqual(self.env["calendar.event"].search(action["domain"]), events)
        april = (date(2026, 4, 1), date(2026, 4, 30))
        self.assertEqual(indicator.measure(["K13"], *april)[0]["value"], 0)

    def test_one_query_with_the_index(self):
        take = {"office_room_id": self.hall.id}
        events = self.book(**take) | self.book(**take) | self.book(**take)
        events.mapped("clash_alert")
        events.invalidate_recordset(["clash_alert"])
        Event = type(self.env["calendar.event"])
        bookings = events[0]._get_bookings(0)
        with self.assertQueryCount(1):
            Event._find_clashes(events, bookings)
        self.cr.execute("SET LOCAL enable_seqscan = off")
        self.cr.execute(
            """EXPLAIN SELECT id FROM calendar_event WHERE active AND """
            + EVENT_RANGE.format(event="calendar_event.")
            + """ && tsrange('2026-03-11', '2026-03-12', '[]')"""
        )
        plan = "\n".join(row[0] for row in self.cr.fetchall())
        self.assertIn("office_range_idx", plan)

    def test_ahead_only(self):
        take = {"office_room_id": self.hall.id}
        self.book(day="2026-03-02", **take)
        self.book(day="2026-03-02", **take)
        self.assertLess(date(2026, 3, 2), TODAY)
        self.assertFalse(self.pairs())
