# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What every model of ``office.urging.mixin`` must prove."""

from contextlib import suppress
from datetime import timedelta
from unittest.mock import patch

from odoo import api
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common import TODAY, ClockFixture

PLAN = [(-3, "1", 2, 0), (-1, "1", 1, 0), (0, "2", 1, 0), (1, "3", 2, 7)]
"""Days after the deadline, level, days to reply, days to repeat."""


class UrgingTests(ClockFixture):
    """Notices by the plan and by hand: to whom, when, how often, and answered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_plan(PLAN)

    @classmethod
    def set_plan(cls, plan):
        """Let this be the plan of urging."""
        cls.env["office.urging.step"].search([]).active = False
        cls.env.flush_all()
        names = ("days", "level", "reply_days", "repeat_days")
        cls.env["office.urging.step"].create(
            [
                {"name": f"Day {step[0]}", **dict(zip(names, step, strict=True))}
                for step in plan
            ]
        )

    def run_cron(self):
        """Run the urging job as the scheduler does."""
        with self.enter_registry_test_mode():
            self.env.ref("office_functions.ir_cron_urge").method_direct_trigger()

    def notices(self, *records):
        """Return the notices of some records, oldest first."""
        ids = [record.id for record in records]
        return self.env["office.urging"].search(
            [("res_model", "=", self.model_name), ("res_id", "in", ids)], order="id"
        )

    def expected_addressees(self, record, level):
        head = record.lead_unit_id.manager_id.user_id
        expected = record.handler_id or head
        if level >= "2":
            expected |= head
        if level >= "3":
            expected |= record.deadline_owner_id
        return expected

    def messages_to(self, user):
        return self.env["mail.notification"].search(
            [
                ("res_partner_id", "=", user.partner_id.id),
                ("mail_message_id.subject", "like", "urging notices wait"),
            ]
        )

    # The plan -------------------------------------------------------------------------

    def test_plan_day_by_day(self):
        record = self.make_running(days=10)
        sent = {}
        for day in range(5, 27):
            self.to_day(day)
            before = self.notices(record)
            self.run_cron()
            for notice in self.notices(record) - before:
                sent[day - 10] = notice.level
                self.assertFalse(notice.sender_id)
                self.assertEqual(notice.date, TODAY + timedelta(days=day))
                self.assertEqual(
                    notice.addressee_ids.user_id,
                    self.expected_addressees(record, notice.level),
                )
                self.assertEqual(notice.days_overdue, max(0, day - 10))
        self.assertEqual(sent, {-3: "1", -1: "1", 0: "2", 1: "3", 8: "3", 15: "3"})
        notices = self.notices(record)
        self.assertEqual(notices.mapped("nth"), [1, 2, 3, 4, 5, 6])
        self.assertEqual(record.urging_count, 6)
        self.assertEqual(record.last_urging, TODAY + timedelta(days=25))
        self.assertEqual(record.next_urging, TODAY + timedelta(days=32))
        self.assertEqual(notices[0].date_reply_due, TODAY + timedelta(days=10 - 3 + 2))

    def test_job_that_slept_urges_once(self):
        record = self.make_running(days=10)
        self.to_day(14)
        self.run_cron()
        self.assertEqual(self.notices(record).mapped("level"), ["3"])
        self.assertEqual(record.next_urging, TODAY + timedelta(days=21))

    def test_second_run_sends_nothing(self):
        records = self.make_running(days=3) | self.make_running(days=0)
        self.run_cron()
        notices = self.notices(*records)
        told = self.env["mail.notification"].search_count([])
        self.assertEqual(len(notices), 2)
        self.run_cron()
        self.assertEqual(self.notices(*records), notices)
        self.assertEqual(self.env["mail.notification"].search_count([]), told)

    def test_plan_that_changes_moves_what_runs(self):
        record = self.make_running(days=30)
        self.assertEqual(record.next_urging, TODAY + timedelta(days=27))
        self.set_plan([])
        self.assertFalse(record.next_urging)
        self.set_plan([(-20, "1", 2, 0)])
        self.assertEqual(record.next_urging, TODAY + timedelta(days=10))

    def test_plan_that_ends_falls_silent(self):
        self.set_plan([(0, "1", 2, 0)])
        record = self.make_running(days=0)
        self.run_cron()
        self.assertEqual(len(self.notices(record)), 1)
        self.assertFalse(record.next_urging)
        self.to_day(5)
        self.run_cron()
        self.assertEqual(len(self.notices(record)), 1)

    # Silence --------------------------------------------------------------------------

    def test_pause_is_silent(self):
        record = self.make_running(days=3)
        record._move_deadline("pause", "Hearing")
        self.assertFalse(record.next_urging)
        self.run_cron()
        self.to_day(2)
        self.run_cron()
        self.assertFalse(self.notices(record))
        record._move_deadline("resume", "Heard")
        self.assertEqual(record.date_deadline, TODAY + timedelta(days=5))
        self.run_cron()
        self.assertEqual(self.notices(record).mapped("level"), ["1"])

    def test_extension_is_silent_until_its_own_plan(self):
        record = self.make_running(days=0)
        self.run_cron()
        record._move_deadline("extend", "Because", TODAY + timedelta(days=10))
        self.assertEqual(record.next_urging, TODAY + timedelta(days=7))
        self.to_day(6)
        self.run_cron()
        self.assertEqual(len(self.notices(record)), 1)
        self.to_day(7)
        self.run_cron()
        self.assertEqual(self.notices(record).mapped("level"), ["2", "1"])

    def test_done_is_silent(self):
        record = self.make_running(days=1)
        self.finish(record)
        self.assertFalse(record.next_urging)
        self.to_day(5)
        self.run_cron()
        self.assertFalse(self.notices(record))

    def test_archived_is_silent(self):
        record = self.make_running(days=1)
        planned = record.next_urging
        self.assertTrue(planned)
        record.active = False
        self.assertFalse(record.next_urging)
        self.to_day(5)
        self.run_cron()
        self.assertFalse(self.notices(record))
        with self.assertRaisesRegex(UserError, "Nothing is running"):
            record.with_user(self.users["leader"]).urge("Hurry up")
        record.active = True
        self.assertTrue(record.next_urging)
        self.run_cron()
        self.assertEqual(len(self.notices(record)), 1)

    # Interrupted ----------------------------------------------------------------------

    def test_interrupted_between_batches(self):
        records = self.model.union(*(self.make_running(days=0) for _nth in range(5)))
        commit = self.registry["ir.cron"]._commit_progress
        calls = []

        def break_down(cron, *args, **kwargs):
            calls.append(args)
            if len(calls) == 3:
                raise ConnectionError("The machine stopped")
            return commit(cron, *args, **kwargs)

        with (
            self.enter_registry_test_mode(),
            patch.object(self.registry["ir.cron"], "_commit_progress", break_down),
            suppress(ConnectionError),
            self.registry.cursor() as cr,
        ):
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            env["office.urging.mixin"]._cron_urge(limit=1)
        self.assertEqual(len(calls), 3)
        self.assertEqual(len(self.notices(*records)), 2)
        self.run_cron()
        notices = self.notices(*records)
        self.assertEqual(sorted(notices.mapped("res_id")), sorted(records.ids))
        self.assertTrue(all(notices.addressee_ids.mapped("date_notified")))
        self.assertEqual(len(self.messages_to(records[0].handler_id)), 1)

    # Whom -----------------------------------------------------------------------------

    def test_addressees_of_each_level(self):
        record = self.make_running()
        for handler in (record.handler_id, self.env["res.users"]):
            record.handler_id = handler
            for level in ("1", "2", "3"):
                with self.subTest(handler=handler.name, level=level):
                    self.assertEqual(
                        record._get_urging_addressees(level),
                        self.expected_addressees(record, level),
                    )

    def test_who_stepped_aside_or_left_is_no_addressee(self):
        record = self.make_running()
        head = record.lead_unit_id.manager_id.user_id
        everybody = record._get_urging_addressees("3")
        self.assertIn(head, everybody)
        record.with_user(self.users["leader"]).recuse(head, "A relative")
        self.assertEqual(record._get_urging_addressees("3"), everybody - head)
        record.access_ids.with_user(self.users["leader"]).action_lift()
        self.assertEqual(record._get_urging_addressees("3"), everybody)
        head.active = False
        self.assertEqual(record._get_urging_addressees("3"), everybody - head)

    def test_recused_before_the_message_hears_nothing(self):
        record = self.make_running(days=0)
        self.model._urge_batch(100)
        head = record.lead_unit_id.manager_id.user_id
        record.with_user(self.users["leader"]).recuse(head, "A relative")
        self.run_cron()
        self.assertFalse(self.messages_to(head))
        self.assertTrue(self.messages_to(record.handler_id))

    def test_one_message_a_person(self):
        records = [self.make_running(days=0) for _nth in range(3)]
        self.run_cron()
        for user in self.expected_addressees(records[0], "2"):
            with self.subTest(user=user.name):
                message = self.messages_to(user).mail_message_id
                self.assertEqual(len(message), 1)
                self.assertSays(message.subject, "3 urging notices")
                self.assertSays(message.body, records[0].display_name)

    # By hand --------------------------------------------------------------------------

    def test_dialog_shows_whom_before_it_sends(self):
        record = self.make_running()
        owner = record.deadline_owner_id
        action = record.with_user(owner).action_urge()
        dialog = Form(
            self.env[action["res_model"]]
            .with_user(owner)
            .with_context(**action["context"])
        )
        for level in ("1", "2", "3"):
            dialog.level = level
            self.assertEqual(
                dialog.addressee_ids.ids, self.expected_addressees(record, level).ids
            )
        dialog.text = "Please report by Friday."
        self.assertFalse(dialog.problems)
        dialog.save().action_send()
        notice = self.notices(record)
        self.assertEqual(notice.sender_id, owner)
        self.assertEqual(notice.text, "Please report by Friday.")
        self.assertEqual(
            notice.addressee_ids.user_id, self.expected_addressees(record, "3")
        )
        self.assertEqual(record.urging_count, 1)
        self.run_cron()
        self.assertTrue(self.messages_to(record.handler_id))

    def test_who_may_urge(self):
        record = self.make_running()
        owner = record.deadline_owner_id
        for role, user in self.users.items():
            mine = record.with_user(user)
            may = user == owner or any(map(user.has_group, record._urging_groups))
            self.env.invalidate_all()
            with self.subTest(role=role):
                if not mine.has_access("read"):
                    with self.refuses(AccessError):
                        mine.urge("Hurry up")
                elif may:
                    with self.undone():
                        self.assertEqual(mine.urge("Hurry up").sender_id, user)
                else:
                    with self.refuses(UserError) as caught:
                        mine.urge("Hurry up")
                    self.assertSays(caught.exception, "Only the office")
        self.assertFalse(self.notices(record))

    def test_all_that_stops_an_urging_is_told_at_once(self):
        record = self.make_running()
        record._move_deadline("pause", "Hearing")
        with self.assertRaises(UserError) as caught:
            record.with_user(self.users["staff"]).urge(" ", level="9")
        self.assertSays(
            caught.exception,
            "Only the office",
            "clock is paused",
            "write the urging opinion",
            "no such level",
        )
        silent = self.make()
        if self.model._is_born_running():
            self.finish(silent)
        with self.assertRaisesRegex(UserError, "Nothing is running"):
            silent.with_user(self.users["leader"]).urge("Hurry up")

    def test_cap_of_a_day(self):
        self.company.office_urging_cap = 2
        record = self.make_running(days=0)
        mine = record.with_user(self.users["leader"])
        mine.urge("Hurry up")
        mine.urge("Hurry up!")
        with self.assertRaisesRegex(UserError, "urged 2 times today"):
            mine.urge("Hurry up!!")
        self.run_cron()
        self.assertEqual(len(self.notices(record)), 2, "The cap binds the job too")
        self.to_day(1)
        self.run_cron()
        self.assertEqual(self.notices(record)[-1].nth, 3)
        mine.urge("Hurry up!!")
        with self.assertRaisesRegex(UserError, "urged 2 times today"):
            mine.urge("Hurry up!!!")

    # Answered -------------------------------------------------------------------------

    def test_reply_once_by_an_addressee(self):
        record = self.make_running(days=0)
        self.run_cron()
        notice = self.notices(record)
        with self.assertRaisesRegex(UserError, "addressed to"):
            notice.with_user(self.users["leader"]).send_reply("On its way")
        with self.assertRaises(AccessError):
            notice.with_user(self.users["outsider"]).send_reply("On its way")
        mine = notice.with_user(record.handler_id)
        with self.assertRaisesRegex(UserError, "write a reply"):
            mine.send_reply("  ")
        mine.send_reply("On its way")
        self.assertRecordValues(
            notice, [{"reply": "On its way", "replier_id": record.handler_id.id}]
        )
        self.assertTrue(notice.date_replied)
        with self.assertRaisesRegex(UserError, "has replied"):
            mine.send_reply("Again")

    def test_notice_is_never_changed(self):
        record = self.make_running(days=0)
        self.run_cron()
        notice = self.notices(record)
        for env in (self.env, self.env(user=self.users["admin"], su=True)):
            with self.assertRaisesRegex(UserError, "never changed"):
                notice.with_env(env).write({"text": "Forged"})
            with self.assertRaisesRegex(UserError, "cannot be deleted"):
                notice.with_env(env).unlink()
