# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What every model of ``office.deadline.mixin`` must prove."""

from datetime import date, timedelta
from itertools import product

from odoo.exceptions import AccessError, UserError

from ..tools.transition import permit
from .common import TODAY, ClockFixture

ABOVE = {
    "leader": {"leader"},
    "director": {"leader", "director"},
    "clerk": {"leader", "director", "clerk"},
}
"""Role that set a deadline → the roles that may change it."""

KEPT = {
    "clock_start",
    "date_deadline_original",
    "date_done",
    "deadline_owner_id",
    "extension_count",
    "is_paused",
}
"""What only the clock itself writes."""


class DeadlineTests(ClockFixture):
    """The clock, its changes, its first date, its light and its explanation."""

    def change(self, record, kind, *args, **kwargs):
        """Change a deadline as the superuser, who stands above all."""
        record._move_deadline(kind, "Because of the test", *args, **kwargs)

    def assertKinds(self, record, *kinds):
        self.assertEqual(
            record.deadline_event_ids.sorted("id").mapped("kind"), [*kinds]
        )

    # Start and stop -------------------------------------------------------------------

    def test_clock_stands_until_its_state_is_reached(self):
        record = self.make(date_deadline=TODAY)
        if self.model._is_born_running():
            self.assertEqual(record.clock_start, TODAY)
            return
        self.assertFalse(record.clock_start)
        self.assertFalse(record.date_deadline_original)
        self.assertFalse(record.open_deadline)
        self.assertFalse(record.light)
        self.assertKinds(record)
        self.assertEqual(record.explain_deadline(), ["The clock has not started."])
        record.date_deadline = TODAY + timedelta(days=1)
        self.assertFalse(record.date_deadline_original, "A draft may change its mind")

    def test_clock_starts(self):
        record = self.make_running(days=10)
        deadline = TODAY + timedelta(days=10)
        self.assertEqual(record.clock_start, TODAY)
        self.assertEqual(record.date_deadline, deadline)
        self.assertEqual(record.date_deadline_original, deadline)
        self.assertEqual(record.open_deadline, deadline)
        self.assertKinds(record, "start")
        event = record.deadline_event_ids
        start = record.transition_ids.filtered(
            lambda line: line.state_to in record._clock_start_states
        )
        starter = start.user_id or self.users[self.creator_role]
        self.assertEqual(event.user_id, starter)
        owner = self.users.get(self.deadline_owner_role, event.user_id)
        self.assertEqual(record.deadline_owner_id, owner)
        self.assertEqual(event.deadline_after, deadline)

    def test_clock_stops(self):
        record = self.make_running()
        self.finish(record)
        self.assertTrue(record.date_done)
        self.assertFalse(record.open_deadline)
        with self.assertRaisesRegex(UserError, "not running"):
            record.change_deadline("extend", "Because", record.date_deadline)

    def make_limit(self, amount=10, unit="working_days"):
        return self.env["office.time.limit"].create(
            {
                "name": "Test Limit",
                "code": "test_limit",
                "amount": amount,
                "unit": unit,
                "warn_days": 2,
                "legal_basis": "Test Law, art. 7",
            }
        )

    def make_counted(self):
        """Create a record whose deadline comes from a limit of ten working days.

        Thursday 12 March is a holiday and Saturday 14 is worked in its stead.
        """
        self.env["office.calendar.day"].create(
            [
                {"date": "2026-03-12", "kind": "holiday", "name": "Founders' Day"},
                {"date": "2026-03-14", "kind": "workday", "name": "Made Up"},
            ]
        )
        return self.make_running(
            days=None, date_deadline=False, time_limit_id=self.make_limit().id
        )

    def test_limit_gives_the_deadline(self):
        record = self.make_counted()
        self.assertEqual(record.date_deadline, date(2026, 3, 24))
        self.assertEqual(record.warn_days, 2)
        self.assertEqual(record.date_warn, date(2026, 3, 22))

    def test_date_set_by_hand_goes_before_the_limit(self):
        record = self.make_running(days=3, time_limit_id=self.make_limit().id)
        self.assertEqual(record.date_deadline, TODAY + timedelta(days=3))

    # The first date, by every road ----------------------------------------------------

    def test_running_deadline_is_not_written(self):
        self.assertLessEqual(KEPT, self.model._get_guarded_fields())
        record = self.make_running(time_limit_id=False)
        limit = self.make_limit()
        for name, value in (
            ("date_deadline", "2026-12-31"),
            ("date_deadline", False),
            ("time_limit_id", limit.id),
        ):
            with self.subTest(field=name, value=value):
                with self.assertRaisesRegex(UserError, "The clock is running"):
                    record.write({name: value})
                with self.assertRaisesRegex(UserError, "The clock is running"):
                    (self.make() | record).write({name: value})
        result = record.load([".id", "date_deadline"], [[str(record.id), "2026-12-31"]])
        self.assertFalse(result["ids"])
        self.assertTrue(record.write({"date_deadline": record.date_deadline}))

    def test_original_survives_every_change(self):
        record = self.make_running(days=10)
        first = record.date_deadline
        self.change(record, "extend", first + timedelta(days=5))
        self.change(record, "pause")
        self.to_day(4)
        self.change(record, "resume")
        self.change(record, "restart")
        self.finish(record)
        record.invalidate_recordset()
        self.assertEqual(record.date_deadline_original, first)
        self.assertNotEqual(record.date_deadline, first)

    def test_on_time_by_both_dates(self):
        record = self.make_running(days=2)
        self.change(record, "extend", TODAY + timedelta(days=90))
        late = self.make_running(days=2)
        self.to_day(3)
        for matter, on_time, light in ((record, True, "done"), (late, False, "late")):
            with self.subTest(on_time=on_time):
                self.finish(matter)
                self.assertEqual(matter.is_on_time, on_time)
                self.assertFalse(matter.is_on_time_original)
                self.assertEqual(matter.light, light)

    # Who changes it, and how often ----------------------------------------------------

    def test_who_may_change_a_deadline(self):
        record = self.make_running()
        later = record.date_deadline + timedelta(days=1)
        for owner, role in product(ABOVE, self.users):
            with permit(record):
                record.deadline_owner_id = self.users[owner]
            mine = record.with_user(self.users[role])
            self.env.invalidate_all()
            with self.subTest(owner=owner, role=role):
                if not mine.has_access("read"):
                    with self.refuses(AccessError):
                        mine.change_deadline("extend", "Because", later)
                elif role in ABOVE[owner]:
                    with self.undone():
                        mine.change_deadline("extend", "Because", later)
                        event = record.deadline_event_ids[0]
                        self.assertEqual(event.user_id, self.users[role])
                        self.assertEqual(record.date_deadline, later)
                else:
                    with self.refuses(UserError) as caught:
                        mine.change_deadline("extend", "Because", later)
                    self.assertSays(caught.exception, self.users[owner].name)
        self.env.invalidate_all()
        self.assertEqual(record.date_deadline, later - timedelta(days=1))
        self.assertKinds(record, "start")

    def test_extensions_are_counted(self):
        record = self.make_running().with_user(self.users["leader"])
        for _nth in range(record._max_extensions):
            record.change_deadline(
                "extend", "Because", record.date_deadline + timedelta(days=1)
            )
        with self.assertRaisesRegex(UserError, f"{record._max_extensions} times"):
            record.change_deadline(
                "extend", "Because", record.date_deadline + timedelta(days=1)
            )
        self.assertEqual(record.extension_count, record._max_extensions)
        self.assertKinds(record, "start", *["extend"] * record._max_extensions)

    def test_all_that_is_wrong_is_told_at_once(self):
        record = self.make_running()
        with self.assertRaises(UserError) as caught:
            record.with_user(self.users["staff"]).change_deadline("extend", " ")
        self.assertSays(
            caught.exception,
            "set this deadline",
            "write down the reason",
            "give the new deadline",
        )

    def test_nonsense_is_refused_clearly(self):
        record = self.make_running()
        for args, words in (
            (("nonsense", "Because"), "no such change"),
            (("extend", ["Because"], "2027-01-01"), "write down the reason"),
            (("extend", "Because", "tomorrow"), "is no date"),
            (("extend", "Because", ["2027-01-01"]), "is no date"),
            (("extend", "Because", record.date_deadline), "after the present"),
            (("resume", "Because"), "is not paused"),
        ):
            with self.subTest(args=args), self.assertRaisesRegex(UserError, words):
                record.change_deadline(*args)
        self.assertKinds(record, "start")

    def test_changes_cannot_be_rewritten(self):
        event = self.make_running().deadline_event_ids
        with self.assertRaisesRegex(UserError, "append-only"):
            event.sudo().deadline_after = "2027-01-01"
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            event.sudo().unlink()

    # Pauses and restarts --------------------------------------------------------------

    def test_pause_stops_the_clock(self):
        record = self.make_running().with_user(self.users["leader"])
        record.change_deadline("pause", "Hearing", legal_basis="Test Law, art. 9")
        self.assertEqual(record.light, "paused")
        self.assertFalse(record.open_deadline)
        self.assertEqual(record.deadline_event_ids[0].legal_basis, "Test Law, art. 9")
        with self.assertRaisesRegex(UserError, "paused already"):
            record.change_deadline("pause", "Again")
        with self.assertRaisesRegex(UserError, "Resume it before"):
            record.change_deadline("extend", "Because", "2027-01-01")

    def test_resumed_deadline_set_by_hand(self):
        record = self.make_running(days=10, time_limit_id=self.make_limit().id)
        self.to_day(2)
        self.change(record, "pause")
        self.to_day(6)
        self.change(record, "resume")
        self.assertEqual(record.date_deadline, TODAY + timedelta(days=14))
        self.change(record, "pause")
        self.change(record, "resume")
        self.assertEqual(record.date_deadline, TODAY + timedelta(days=14))

    def test_resumed_deadline_is_counted_in_working_days(self):
        record = self.make_counted()
        self.to_day(date(2026, 3, 13))
        self.change(record, "pause")
        self.to_day(date(2026, 3, 17))
        self.change(record, "resume")
        # Friday 13, Saturday 14 (worked) and Monday 16 stood still.
        self.assertEqual(record.date_deadline, date(2026, 3, 27))
        self.to_day(date(2026, 3, 20))
        self.change(record, "pause")
        self.to_day(date(2026, 3, 23))
        self.change(record, "resume")
        self.assertEqual(record.date_deadline, date(2026, 3, 30))

    def test_resumed_after_an_extension(self):
        record = self.make_counted()
        self.change(record, "extend", date(2026, 4, 30))
        self.change(record, "pause")
        self.to_day(7)
        self.change(record, "resume")
        self.assertEqual(record.date_deadline, date(2026, 5, 7))

    def test_restart_counts_anew(self):
        record = self.make_counted()
        first = record.date_deadline
        self.to_day(date(2026, 3, 16))
        self.change(record, "pause")
        self.to_day(date(2026, 3, 18))
        self.change(record, "restart")
        self.assertFalse(record.is_paused)
        self.assertEqual(record.clock_start, date(2026, 3, 18))
        self.assertEqual(record.date_deadline, date(2026, 4, 1))
        self.assertEqual(record.date_deadline_original, first)
        self.assertKinds(record, "start", "pause", "restart")

    # 期限依据 -------------------------------------------------------------------------

    def test_explanation_of_a_counted_deadline(self):
        record = self.make_counted()
        text = "\n".join(record.explain_deadline())
        self.assertSays(
            text,
            "Clock started: 03/10/2026",
            "Test Limit",
            "Test Law, art. 7",
            "03/12/2026: holiday, not counted Founders' Day",
            "03/14/2026: make-up workday, counted Made Up",
            "weekend, not counted",
            "Result: 03/24/2026.",
        )
        self.to_day(date(2026, 3, 16))
        record._move_deadline("pause", "Hearing", legal_basis="Test Law, art. 9")
        self.assertSays(
            "\n".join(record.explain_deadline()),
            "Hearing Test Law, art. 9",
            "stands still until it is resumed",
        )
        self.to_day(date(2026, 3, 18))
        self.change(record, "resume")
        self.assertSays(
            "\n".join(record.explain_deadline()),
            "03/16/2026–03/17/2026: clock stood still",
            "03/24/2026 → 03/26/2026",
            "Result: 03/26/2026.",
        )

    def test_explanation_of_a_deadline_set_by_hand(self):
        record = self.make_running(days=2, time_limit_id=self.make_limit().id)
        text = "\n".join(record.explain_deadline())
        self.assertSays(
            text, "First deadline 03/12/2026, set by", record.deadline_owner_id.name
        )
        self.assertNotIn("Test Limit", text)

    def test_explanation_is_for_readers_only(self):
        record = self.make_running()
        with self.assertRaises(AccessError):
            record.with_user(self.users["outsider"]).explain_deadline()

    # Light ----------------------------------------------------------------------------

    def make_lights(self):
        """Return light → a record that shows it two days from TODAY."""
        late, done, paused = (self.make_running(days=days) for days in (0, 9, 9))
        lights = {
            False: self.make(),
            "red": self.make_running(days=1),
            "yellow": self.make_running(days=3, warn_days=3),
            "green": self.make_running(days=6, warn_days=3),
            "paused": paused,
            "late": late,
            "done": done,
        }
        if self.model._is_born_running():
            del lights[False]
        self.change(paused, "pause")
        self.to_day(2)
        self.finish(late)
        self.finish(done)
        self.to_day(2)
        return lights

    def test_light_is_the_same_in_python_and_sql(self):
        lights = self.make_lights()
        records = self.model.union(*lights.values())
        mine = [("id", "in", records.ids)]
        for light, record in lights.items():
            with self.subTest(light=light):
                self.assertEqual(record.light, light)
                for domain, found in (
                    ([("light", "=", light)], record),
                    ([("light", "!=", light)], records - record),
                    ([("light", "in", [light, "red"])], record | lights["red"]),
                    ([("light", "not in", [light])], records - record),
                ):
                    self.assertEqual(self.model.search(domain + mine), found, domain)
                    self.assertEqual(records.filtered_domain(domain), found, domain)
        self.assertEqual(
            dict(self.model._read_group(mine, ["light"], ["__count"])),
            dict.fromkeys(lights, 1),
        )
        groups = self.model.formatted_read_group(mine, ["light"], ["__count"])
        self.assertEqual({group["light"] for group in groups}, set(lights))
        for group in groups:
            found = self.model.search(group["__extra_domain"] + mine)
            self.assertEqual(found, lights[group["light"]])
        order = ["red", "yellow", "green", "paused", "late", "done", False]
        order = [light for light in order if light in lights]
        for direction in ("light", "light desc"):
            found = self.model.search(mine, order=direction)
            self.assertEqual(found.mapped("light"), order, direction)
            order.reverse()

    def test_light_turns_at_midnight_of_the_reader(self):
        record = self.make_running(days=0)
        for moment, light in (
            ("2026-03-10 15:59:00", "yellow"),
            ("2026-03-10 16:01:00", "red"),
        ):
            self.clock.move_to(moment)
            mine = record.with_context(tz="Asia/Shanghai")
            mine.invalidate_recordset()
            with self.subTest(moment=moment):
                self.assertEqual(mine.light, light)
                self.assertTrue(
                    mine.search_count([("id", "=", record.id), ("light", "=", light)])
                )
                self.assertEqual(
                    mine._read_group([("id", "=", record.id)], ["light"]), [(light,)]
                )

    def test_light_is_offered_for_sorting_and_grouping(self):
        about = self.model.fields_get(["light"])["light"]
        self.assertTrue(about["sortable"])
        self.assertTrue(about["groupable"])
        self.assertTrue(about["searchable"])
