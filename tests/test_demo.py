# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The demo, loaded as Odoo loads it, on the day the test runs: it never grows old."""

import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from threading import Thread

from odoo import fields
from odoo.modules.module import Manifest
from odoo.tests import BaseCase, TransactionCase, tagged
from odoo.tools.convert import convert_file

from odoo.addons.office_functions.demo import timeline

ADDONS = (
    "office_functions",
    "office_functions_service",
    "office_functions_supervision",
)
CORE = "office_functions.group_office_"
LOGINS = {
    "leader": CORE + "leader",
    "director": CORE + "director",
    "clerk": CORE + "clerk",
    "section_head": CORE + "section_head",
    "staff": CORE + "staff",
    "supervisor": "office_functions_supervision.group_office_supervisor",
    "liaison": CORE + "liaison",
    "petition_officer": CORE + "petition",
    "logistics": CORE + "logistics",
    "canteen": CORE + "canteen",
    "school": CORE + "school",
    "citizen": "base.group_portal",
}
LIGHTS = {"red", "yellow", "green", "paused", "late", "done"}
DAILY = ("office.canteen.check", "office.canteen.round")
TEXTS = ("name", "text", "source", "meeting", "scope", "requirement", "basis_reference")
TEXTS += ("problem", "next_step", "proof", "findings", "reason", "reply", "note")
LATIN = re.compile("[A-Za-z]")


@tagged("post_install", "-at_install", "office_demo")
class TestDemo(TransactionCase):
    """What a visitor of the demo may expect to find."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for addon in ADDONS:
            for file in Manifest.for_addon(addon)["demo"]:
                convert_file(cls.env, addon, file, {}, mode="init", noupdate=True)
        cls.env.flush_all()
        cls.env.invalidate_all()
        leader = cls.env.ref("office_functions.user_leader")
        cls.env = cls.env(context=dict(cls.env.context, tz=leader.tz))
        cls.today = fields.Date.context_today(cls.env["res.users"])

    def get_told(self, model):
        """Return the records of a model that carry an external id of the demo."""
        data = self.env["ir.model.data"].search(
            [("module", "in", ADDONS), ("model", "=", model)]
        )
        return self.env[model].browse(data.mapped("res_id")).exists()

    def get_kinds(self):
        """Return the kinds of matters of the suite, samples of the tests left out."""
        return [
            name
            for name in self.env["office.workflow.mixin"]._get_matter_models()
            if self.env[name]._original_module in ADDONS
        ]

    def get_matters(self):
        """Yield all matters, of every kind that has a deadline."""
        for name in self.get_kinds():
            if "light" in self.env[name]:
                yield from self.env[name].search([])

    # People and units -----------------------------------------------------------------

    def test_what_was_told_survives_an_update(self):
        """An update deletes what no file of data brings, unless it is left alone."""
        domain = [("module", "in", ADDONS), ("noupdate", "=", False)]
        data = self.env["ir.model.data"].search([*domain, ("model", "like", "office.")])
        self.assertEqual(set(data.mapped("model")), {"office.calendar.day"})

    def test_logins(self):
        for login, group in LOGINS.items():
            with self.subTest(login=login):
                user = self.env["res.users"].search([("login", "=", login)])
                self.assertTrue(user.has_group(group))
                self.assertEqual((user.lang, user.tz), ("zh_CN", "Asia/Shanghai"))
                credential = {"type": "password", "login": login, "password": login}
                user.with_user(user)._check_credentials(credential, {})
                portal = login in ("school", "citizen")
                self.assertEqual(user.share, portal)
                self.assertTrue(portal or user.employee_ids.department_id)

    def test_roles_are_kept_apart(self):
        """A demo of rights shows nothing if one login may do everything."""
        for login, group in LOGINS.items():
            user = self.env["res.users"].search([("login", "=", login)])
            roles = self.get_told("res.groups")
            self.assertEqual(user.group_ids & roles, self.env.ref(group) & roles, login)

    def test_administrator_sees_a_filled_app(self):
        admin = self.env.ref("base.user_admin")
        self.assertTrue(admin.has_group(CORE + "director"))
        self.assertTrue(self.env["office.directive"].with_user(admin).search_count([]))

    def test_units(self):
        units = self.get_told("hr.department")
        kinds = units.grouped("unit_kind")
        self.assertEqual(len(kinds["school"]), 12)
        self.assertGreaterEqual(len(kinds["section"]), 9)
        for unit in units:
            self.assertEqual(unit.manager_id.department_id, unit, unit.name)
        school = self.env.ref("office_functions.user_school")
        self.assertTrue(units.filtered(lambda u: school in u.office_user_ids))
        for unit in kinds["school"]:
            self.assertTrue(unit.office_user_ids, f"{unit.name} is served by nobody")

    def test_odoos_own_demo_is_out_of_sight(self):
        unit = self.env.ref("hr.dep_administration")
        self.assertFalse(unit.active)

    # Matters --------------------------------------------------------------------------

    def test_every_state_of_every_kind(self):
        for name in self.get_kinds():
            states = set(self.env[name]._fields["state"].get_values(self.env))
            found = self.env[name].search([]).mapped("state")
            self.assertEqual(set(found), states, name)

    def test_every_light(self):
        lights = defaultdict(set)
        for matter in self.get_matters():
            lights[matter._name].add(matter.light)
        for name, found in lights.items():
            self.assertGreaterEqual(found, LIGHTS, name)

    def test_enough_to_look_lived_in(self):
        for name, least in (
            ("office.directive", 40),
            ("office.meeting.decision", 12),
            ("office.regulation", 20),
            ("office.advice", 20),
            ("office.research", 8),
            ("office.focus", 10),
            ("office.research.visit", 8),
            ("office.foreseen.event", 5),
            ("office.study.record", 6),
            ("office.supervision.ticket", 40),
            ("office.supervision.task", 120),
            ("office.supervision.feedback", 100),
        ):
            self.assertGreaterEqual(self.env[name].search_count([]), least, name)
        due = self.env["office.supervision.ticket"].search(
            [("date_filed", "!=", False)]
        )
        self.assertGreaterEqual(len(due.lead_unit_id), 8)
        near = due.filtered(lambda t: abs((t.date_deadline - self.today).days) <= 31)
        self.assertGreaterEqual(len(near), 25, "the calendar of this month is empty")

    def test_texts_are_chinese_and_differ(self):
        names = [*self.get_told("hr.department"), *self.get_told("hr.employee")]
        names += self.get_told("res.users")
        names += self.get_told("office.regulation")
        for record in names:
            self.assertNotRegex(record.name, LATIN)
        for name in self.get_kinds():
            records = self.env[name].search([])
            texts = [field for field in TEXTS if field in records]
            for record in records:
                for text in filter(None, map(record.__getitem__, texts)):
                    if isinstance(text, str):
                        self.assertNotRegex(text, LATIN)
            if "name" in records:
                self.assertEqual(len(set(records.mapped("name"))), len(records), name)

    def test_no_note_tells_that_a_record_came_from_a_file(self):
        for model in ("office.duty.item", "hr.department", "hr.employee"):
            records = self.get_told(model)
            self.assertTrue(records)
            self.assertFalse(records.message_ids, model)

    def test_no_red_light_without_a_reason(self):
        red = [matter for matter in self.get_matters() if matter.light == "red"]
        self.assertTrue(red)
        for matter in red:
            reports = matter["feedback_ids"] if "feedback_ids" in matter else []
            problems = [report.problem for report in reports if report.problem]
            self.assertTrue(
                matter.urging_ids or problems, f"nobody asked about {matter.name}"
            )

    def test_coverage_has_moved(self):
        """Months of duties and of what touched them lie behind (S3.20, S3.21)."""
        months = self.env["office.supervision.coverage"]._read_group(
            [], ["month:month"], ["coverage:avg"]
        )
        self.assertGreater(len(months), 3)
        self.assertGreater(len({round(covered) for _month, covered in months}), 2)

    def test_weights_make_a_hundred(self):
        for ticket in self.env["office.supervision.ticket"].search([]):
            tasks = ticket.task_ids.filtered(lambda task: task.kind == "task")
            self.assertEqual(sum(tasks.mapped("weight")), 100, ticket.name)

    def test_authority_and_basis(self):
        for ticket in self.env["office.supervision.ticket"].search([]):
            self.assertTrue(ticket.leader_id, ticket.name)
            self.assertTrue(ticket.legal_basis_ids | ticket.policy_basis_ids)
            self.assertEqual(
                set(ticket.legal_basis_ids.mapped("kind")) - {"law"}, set()
            )
            self.assertNotIn("law", ticket.policy_basis_ids.mapped("kind"))

    def test_deadlines_are_kept_honest(self):
        for matter in self.get_matters():
            started = bool(matter.clock_start)
            self.assertEqual(bool(matter.date_deadline_original), started, matter.name)
            if matter.extension_count:
                self.assertLess(matter.date_deadline_original, matter.date_deadline)
        for task in self.env["office.supervision.task"].search([]):
            if task.kind == "task":
                self.assertLessEqual(task.date_deadline, task.ticket_id.date_deadline)

    def test_who_works_does_not_verify(self):
        checks = self.env["office.supervision.verification"].search([])
        self.assertEqual(set(checks.mapped("result")), {"pass", "fail", False})
        for check in checks:
            self.assertNotIn(check.verifier_id, check._get_doers())
        failed = checks.filtered(lambda check: check.result == "fail")
        self.assertEqual(len(failed.task_id), len(failed), "no rectification opened")

    def test_turns_of_fate(self):
        """What makes an office interesting: each of these is there to be looked at."""
        transitions = self.env["office.transition"].search([])
        names = set(transitions.mapped("name"))
        wanted = "give_back insist reassign send_back suspend terminate reopen refuse"
        self.assertGreaterEqual(names, set(wanted.split()))
        self.assertTrue(transitions.principal_id, "nobody acted by delegation")
        delegations = self.env["office.delegation"].search([])
        self.assertTrue(
            delegations.filtered(lambda d: d.date_from <= self.today <= d.date_to)
        )
        urgings = self.env["office.urging"].search([])
        self.assertTrue(urgings.filtered("reply"))
        self.assertTrue(urgings.filtered(lambda notice: not notice.reply))
        kinds = self.env["office.matter.access"].search([]).mapped("kind")
        self.assertEqual(set(kinds), {"granted", "recused"})
        self.assertTrue(
            self.env["office.directive"].search([("is_restricted", "=", 1)])
        )
        cyclic = self.env["office.supervision.task"].search(
            [("report_cycle", "=", "month")]
        )
        self.assertTrue(cyclic.filtered(lambda task: len(task.feedback_ids) > 1))

    def test_coordination_has_its_stories(self):
        matters = self.env["office.coordination"].search([])
        self.assertEqual(set(matters.mapped("level")), {"clerk", "director", "leader"})
        self.assertTrue(matters.filtered("is_quick"))
        self.assertTrue(matters.filtered("appeal"))
        self.assertGreaterEqual(len(matters.filtered("experience")), 2)
        self.assertTrue(matters.party_ids.filtered(lambda p: p.agreement == "dissent"))
        self.assertTrue(self.env["office.praise"].search([]))
        for model in ("office.directive", "hr.department"):
            field = "is_silent" if model == "hr.department" else "is_in_conflict"
            self.assertTrue(self.env[model].search([(field, "=", True)]), field)

    # The past -------------------------------------------------------------------------

    def test_log_tells_the_past_in_order(self):
        for name in self.get_kinds():
            for matter in self.env[name].search([]):
                log = matter.transition_ids.sorted("id")
                state = matter._get_initial_state()
                for line in log:
                    self.assertEqual(line.state_from, state, matter.display_name)
                    state = line.state_to
                self.assertEqual(state, matter.state, matter.display_name)
                dates = log.mapped("date")
                self.assertEqual(dates, sorted(dates), matter.display_name)
                if dates:
                    self.assertLess(dates[-1], fields.Datetime.now())
                    self.assertEqual(matter.state_since, dates[-1])

    def test_the_past_has_taken_time(self):
        lines = self.env["office.transition"].search([])
        months = {line.date.strftime("%Y-%m") for line in lines}
        self.assertGreaterEqual(len(months), 4)
        # A meal, and a round through the kitchen, are over within the day they belong to.
        lines = lines.filtered(lambda line: line.res_model not in DAILY)
        took = lines.filtered(lambda line: line.seconds > 86400)
        self.assertGreater(len(took), len(lines) / 2)

    def test_registers_have_no_gaps(self):
        for name in ("office.directive", "office.supervision.ticket"):
            found = defaultdict(list)
            for number in filter(None, self.env[name].search([]).mapped("number")):
                year, nth = re.fullmatch(r".+〔(\d+)〕(\d+)号", number).groups()
                found[year].append(int(nth))
            for year, numbers in found.items():
                self.assertEqual(sorted(numbers), [*range(1, len(numbers) + 1)], year)

    def test_told_once(self):
        before = {name: self.env[name].search_count([]) for name in self.get_kinds()}
        for addon in ADDONS:
            self.env["res.company"]._play_office_demo(addon)
        after = {name: self.env[name].search_count([]) for name in self.get_kinds()}
        self.assertEqual(after, before)


@tagged("post_install", "-at_install", "office_demo")
class TestTimeline(BaseCase):
    """Days and clock of the demo, without a database."""

    def test_days_of_any_week(self):
        monday = date(2026, 3, 2)
        for today in (monday + timedelta(days=n) for n in range(7)):
            days = [timeline.find_day(today, offset) for offset in range(-30, 31)]
            self.assertEqual(days, sorted(days), "the order of days is kept")
            self.assertEqual(days[30], today)
            for offset, day in enumerate(days, -30):
                if offset:
                    self.assertLess(day.weekday(), 5)
                    self.assertEqual(day < today, offset < 0)
                    self.assertLessEqual(abs((day - today).days - offset), 2)

    def test_events_happen_in_order(self):
        told = []
        line = timeline.Timeline(date(2026, 3, 10))
        line.at(-1, told.append, "d")
        line.at("-3", told.append, "b")
        line.at(-3, told.append, "c")
        line.at(-90, told.append, "a")
        line.at(-1, lambda: told.append(fields.Datetime.now()))
        line.run()
        self.assertEqual("".join(told[:4]), "abcd")
        self.assertEqual(told[4], datetime(2026, 3, 9, 5, 10))
        line.run()
        self.assertEqual(len(told), 5, "nothing happens twice")

    def test_nothing_happens_today_or_later(self):
        for offset in (0, "3"):
            with self.assertRaises(ValueError):
                timeline.Timeline(date(2026, 3, 10)).at(offset, print)

    def test_other_threads_live_in_the_present(self):
        seen = []

        def look():
            seen.append(fields.Datetime.now().year)
            thread = Thread(target=lambda: seen.append(fields.Datetime.now().year))
            thread.start()
            thread.join()

        line = timeline.Timeline(date(2001, 3, 9))
        line.at(-1, look)
        line.run()
        self.assertEqual(seen[0], 2001)
        self.assertGreater(seen[1], 2001)

    def test_clock_is_put_back(self):
        now, today = fields.Datetime.now, fields.Date.context_today
        line = timeline.Timeline(date(2026, 3, 10))
        line.at(-1, {}.__getitem__, "an event that fails")
        with self.assertRaises(KeyError):
            line.run()
        self.assertIs(fields.Datetime.now, now)
        self.assertIs(fields.Date.context_today, today)
        self.assertGreater(fields.Datetime.now().year, 2025)
