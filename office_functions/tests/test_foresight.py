# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import date, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form

from .common import TODAY, OfficeCase


class ForesightCase(OfficeCase):
    def make_event(self, days=60, **vals):
        """Create an event that comes some days from TODAY."""
        return self.env["office.foreseen.event"].create(
            {
                "name": "Enrolment",
                "kind": "enrolment",
                "date": TODAY + timedelta(days=days),
                "owner_id": self.users["staff"].id,
                **vals,
            }
        )

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("office_functions.ir_cron_plan_ahead").method_direct_trigger()
        self.env.invalidate_all()


class TestForeseenEvent(ForesightCase):
    """Owners are reminded in time, once for each time the event comes."""

    def test_s1_18_sixty_days_ahead_the_owner_gets_an_activity(self):
        event = self.make_event(61)
        self.assertEqual(event.lead_days, 60)
        self.run_job()
        self.assertFalse(event.activity_ids)
        self.to_day(1)
        self.run_job()
        self.assertRecordValues(
            event.activity_ids,
            [
                {
                    "summary": "Plan ahead",
                    "user_id": self.users["staff"].id,
                    "date_deadline": event.date,
                }
            ],
        )
        self.run_job()
        self.assertEqual(len(event.activity_ids), 1, "once is enough")

    def test_s1_18_comes_again_next_year(self):
        event = self.make_event(10)
        once = self.make_event(10, is_yearly=False)
        self.run_job()
        self.to_day(11)
        self.run_job()
        self.assertEqual(event.date, date(2027, 3, 20))
        self.assertEqual(once.date, date(2026, 3, 20))
        self.assertEqual(len(event.activity_ids), 1)
        self.to_day(date(2027, 1, 19))
        self.run_job()
        self.assertEqual(len(event.activity_ids), 2)
        self.assertEqual(len(once.activity_ids), 1)

    def test_lead_time_is_a_setting(self):
        limit = self.env["office.time.limit"]._get("foreseen_event", self.company)
        limit.amount = 90
        self.assertEqual(self.make_event().lead_days, 90)

    def test_who_changes_events(self):
        event = self.make_event(owner_id=self.users["section_head"].id)
        event.with_user(self.users["section_head"]).note = "Ask for buses early"
        event.with_user(self.users["clerk"]).note = "Ask for buses"
        other = self.make_event()
        with self.assertRaises(AccessError):
            other.with_user(self.users["section_head"]).note = "Forged"
        for role in ("staff", "leader", "canteen"):
            self.assertTrue(other.with_user(self.users[role]).name)
            with self.assertRaises(AccessError):
                other.with_user(self.users[role]).note = "Forged"
        self.assertFalse(other.with_user(self.users["citizen"]).has_access("read"))

    def test_events_of_another_company(self):
        company = self.env["res.company"].create({"name": "Other District"})
        event = self.make_event(company_id=company.id)
        self.assertFalse(event.with_user(self.users["director"]).has_access("read"))


class TestFieldVisit(ForesightCase):
    """Who has been where, and where nobody has been this term."""

    def make_visit(self, role="staff", **vals):
        user = self.users[role]
        return (
            self.env["office.research.visit"]
            .with_user(user)
            .create({"name": "A look", "school_id": self.school.id, **vals})
        )

    def test_s1_29_schools_not_visited_this_term(self):
        self.make_event(-9, kind="term", name="Spring term")
        second = self.env["hr.department"].create(
            {"name": "Second School", "unit_kind": "school", "company_id": False}
        )
        here = [("id", "in", (self.school | second).ids)]
        self.make_visit(date=TODAY - timedelta(days=10))
        Unit = self.env["hr.department"].with_user(self.users["director"])
        missing = [*here, ("is_visited", "=", False)]
        self.assertEqual(Unit.search(missing), self.school | second)
        self.make_visit(date=TODAY - timedelta(days=9))
        self.assertEqual(Unit.search(missing), second)
        school = Unit.browse(self.school.id)
        self.assertEqual((school.is_visited, school.visit_count), (True, 1))
        self.assertEqual(school.date_visited, TODAY - timedelta(days=9))
        share = Unit.get_visited_share()
        self.assertEqual(share["visited"], 1)
        self.assertEqual(share["share"], 100 / share["schools"])

    def test_s1_29_visits_of_each_person(self):
        self.make_visit()
        self.make_visit(user_ids=(self.users["staff"] | self.users["clerk"]).ids)
        Visit = self.env["office.research.visit"].with_user(self.users["director"])
        counts = dict(Visit._read_group([], ["user_ids"], ["__count"]))
        self.assertEqual(counts[self.users["staff"]], 2)
        self.assertEqual(counts[self.users["clerk"]], 1)

    def test_who_sees_a_visit(self):
        visit = self.make_visit()
        seen = "leader director clerk section_head staff liaison".split()
        for role, user in self.users.items():
            with self.subTest(role=role):
                self.assertEqual(visit.with_user(user).has_access("read"), role in seen)
        with self.assertRaises(AccessError):
            visit.with_user(self.users["section_head"]).name = "Forged"
        elsewhere = self.make_visit("clerk", school_id=self.other_school().id)
        self.assertFalse(
            elsewhere.with_user(self.users["section_head"]).has_access("read")
        )

    def other_school(self):
        return self.env["hr.department"].create(
            {"name": "Second School", "unit_kind": "school", "company_id": False}
        )

    def test_bad_visits(self):
        with self.assertRaisesRegex(ValidationError, "is no school"):
            self.make_visit(school_id=self.unit.id)
        with self.assertRaisesRegex(ValidationError, "name them"):
            self.make_visit(user_ids=[])
        with self.assertRaisesRegex(ValidationError, "after it was made"):
            self.make_visit(date=TODAY + timedelta(days=1))

    def test_term_without_a_record_is_half_a_year(self):
        start = self.env["office.foreseen.event"]._get_term_start()
        self.assertEqual(start, date(2025, 9, 10))
        self.make_event(170, kind="term", name="Autumn term")
        start = self.env["office.foreseen.event"]._get_term_start()
        self.assertEqual(start, TODAY + timedelta(days=170 - 365))


class TestStudyRecord(OfficeCase):
    """Policies are studied, and heads see by whom."""

    def test_s1_5_head_sees_who_has_not_studied(self):
        policy = self.env["office.regulation"].create({"name": "On Fewer Exercises"})
        head, staff = self.users["section_head"], self.users["staff"]
        mine = policy.with_user(head)
        self.assertEqual(mine.unstudied_ids, head | staff)
        self.assertEqual(mine.study_rate, 0)
        action = policy.with_user(staff).action_study()
        Record = self.env[action["res_model"]].with_user(staff)
        form = Form(Record.with_context(**action["context"]))
        form.note = "Nobody needs more than an hour."
        record = form.save()
        self.assertEqual((record.regulation_id, record.user_id), (policy, staff))
        self.assertEqual(record.department_id, self.unit)
        self.env.invalidate_all()
        self.assertEqual(mine.unstudied_ids, head)
        self.assertEqual(mine.study_rate, 50)
        self.assertTrue(policy.with_user(staff).is_studied)
        self.assertFalse(mine.is_studied)
        everybody = policy.with_user(self.users["director"]).unstudied_ids
        self.assertIn(self.users["clerk"], everybody)
        self.assertNotIn(staff, everybody)

    def test_who_reads_and_writes_study_records(self):
        policy = self.env["office.regulation"].create({"name": "On Fewer Exercises"})
        vals = {"regulation_id": policy.id, "note": "Learnt"}
        Record = self.env["office.study.record"]
        record = Record.with_user(self.users["staff"]).create(vals)
        for role in ("section_head", "clerk", "leader"):
            mine = record.with_user(self.users[role])
            self.assertTrue(mine.note)
            with self.assertRaises(AccessError):
                mine.note = "Forged"
        colleague = self.make_user("test_staff2", "office_functions.group_office_staff")
        self.assertFalse(record.with_user(colleague).has_access("read"))
        with self.assertRaises(AccessError):
            Record.with_user(colleague).create(
                {**vals, "user_id": self.users["section_head"].id}
            )
        with self.assertRaisesRegex(ValidationError, "what you take"):
            Record.with_user(colleague).create({**vals, "note": " "})
