# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import Form

from .common import TODAY, OfficeCase
from .test_directive import DirectiveFixture


class TestDirectiveConflict(DirectiveFixture, OfficeCase):
    """Two directives on one matter are shown when the second is made."""

    def test_s2_3_second_directive_with_another_deadline_warns_and_shows_both(self):
        clerk = self.users["clerk"]
        first = self.make("issued")
        form = Form(self.model.with_user(clerk).with_context(lang="en_US"))
        form.leader_id = self.users["leader"]
        form.text = "At once"
        form.lead_unit_id = self.unit
        form.handler_id = self.users["staff"]
        form.name = "Repair the gym roof"
        form.date_deadline = first.date_deadline
        self.assertFalse(form.conflict_note)
        form.date_deadline = first.date_deadline + timedelta(days=5)
        self.assertIn(first.display_name, form.conflict_note)
        self.assertIn("03/20/2026", form.conflict_note)
        self.assertIn("03/25/2026", form.conflict_note)
        self.assertEqual(form.conflict_ids.ids, first.ids)
        second = form.save()
        self.assertEqual(second.conflict_ids, first)
        self.assertEqual(first.conflict_ids, second.with_env(first.env))
        second.do_transition("issue")

    def make_other(self, **vals):
        return self.make(
            **{
                "name": "Repair the gym roof",
                "date_deadline": TODAY + timedelta(days=30),
                **vals,
            }
        )

    def conflicting(self, role="director"):
        return self.model.with_user(self.users[role]).search(
            [("is_in_conflict", "=", True)]
        )

    def test_s2_3_list_of_open_conflicts(self):
        first = self.make("issued")
        second = self.make_other()
        self.make_other(name="Buy new buses")
        self.make_other(lead_unit_id=self.other_unit.id)
        assisted = self.make_other(
            lead_unit_id=self.other_unit.id,
            date_deadline=TODAY + timedelta(days=60),
            assisting_unit_ids=[Command.set(self.unit.ids)],
        )
        mine = first | second | assisted
        # The fourth stands against the last one: both are the other unit's.
        self.assertLessEqual(mine, self.conflicting())
        self.assertTrue(all(mine.mapped("is_in_conflict")))
        with self.assertQueryCount(2):
            self.model._get_conflicting_ids()
        self.lead_to(first, {"withdrawn"})
        self.lead_to(assisted, {"withdrawn"})
        self.assertNotIn(second, self.conflicting())
        self.assertFalse(second.conflict_note)

    def test_what_may_not_be_read_is_counted_only(self):
        colleague = self.make_user("test_clerk2", "office_functions.group_office_clerk")
        self.make_other(name="Repair the roof of the gym now", handler_id=False)
        mine = self.model.with_user(colleague).create(
            {**self.sample_vals(), "lead_unit_id": self.unit.id}
        )
        self.assertFalse(mine.conflict_ids)
        self.assertIn("1 that you may not read", mine.conflict_note)
        self.assertNotIn("gym now", mine.conflict_note)

    def test_companies(self):
        self.make("issued")
        other = self.env["res.company"].create({"name": "Other District"})
        theirs = self.make_other(company_id=other.id)
        self.assertFalse(theirs.conflict_note)
        everywhere = self.model.with_context(
            allowed_company_ids=[self.company.id, other.id]
        )
        self.assertFalse(everywhere._get_conflicting_ids() & set(theirs.ids))


class TestDirectiveOverdue(DirectiveFixture, OfficeCase):
    """S2.15: what a leader has asked for is not let lie."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["office.urging.step"].search([]).active = False
        cls.env.flush_all()
        steps = [(-3, "1", 0), (-1, "1", 0), (0, "2", 0), (1, "3", 7)]
        for days, level, repeat in steps:
            cls.env["office.urging.step"].create(
                {"name": f"Day {days}", "days": days, "level": level}
                | {"repeat_days": repeat}
            )

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("office_functions.ir_cron_urge").method_direct_trigger()

    def test_s2_15_reminded_then_red_then_on_the_directors_list(self):
        plan = self.env.ref("office_functions.urging_step_before_3")
        shipped = self.env["office.urging.step"].with_context(active_test=False)
        days = shipped.search([("id", "in", self.shipped_ids())]).mapped("days")
        self.assertEqual((plan.days, sorted(days)), (-3, [-3, -1, 0, 1]))
        record = self.make_running(days=10)
        told = {}
        for day in range(6, 12):
            self.to_day(day)
            before = record.urging_ids
            self.run_job()
            record.invalidate_recordset()
            if record.urging_ids - before:
                told[day - 10] = (record.urging_ids - before).level
        self.assertEqual(told, {-3: "1", -1: "1", 0: "2", 1: "3"})
        self.assertEqual(record.light, "red")
        director = self.model.with_user(self.users["director"])
        self.assertIn(record, director.search([("light", "=", "red")]))
        self.assertEqual(self.measure(), 1)
        self.lead_to(record, {"reported"})
        self.assertEqual(self.measure(), 0, "it waits for the leader now")

    def shipped_ids(self):
        names = ("before_3", "before_1", "due", "overdue")
        return [
            self.env.ref(f"office_functions.urging_step_{name}").id for name in names
        ]

    def measure(self):
        """Return K08 as the director sees it."""
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        last = TODAY + timedelta(days=30)
        rows = Indicator._measure(Indicator._get_indicator("K08"), TODAY, last)
        return sum(row[2] for row in rows)

    def test_k08_is_zero_when_all_is_in_time(self):
        before = self.measure()
        self.make_running(days=10)
        self.assertEqual(self.measure(), before)
