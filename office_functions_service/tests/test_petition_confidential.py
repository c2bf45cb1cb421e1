# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Roads on which a report, or who wrote it, could become known all the same."""

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .petition_secret_case import GROUPS, MARKER, SecretCase

CONFIDENTIAL = "office_functions_service.group_office_petition_confidential"


@tagged("office_service")
class TestPetitionConfidential(SecretCase):
    """Known to those admitted, and told by no number, name or date (A4, A5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls.users["staff"]

    # Who is admitted ------------------------------------------------------------------

    def test_a4_who_administers_the_system_is_admitted_to_no_report(self):
        both = self.make_user("test_both", f"{GROUPS},base.group_system")
        report = self.register(is_report=True)
        self.assertHidden(report, both)
        with self.assertRaises(ValidationError):
            report.with_user(self.keeper).admit(both)
        typed = self.register(both, is_report=True)
        self.assertHidden(typed, both)
        self.assertShown(typed, self.keeper)

    def get_record(self):
        """Return what the audit log says of the confidential group, the latest first."""
        return self.env["office.audit.log"].search([("kind", "=", "confidential")])

    def test_a4_who_comes_into_the_confidential_group_is_put_on_record(self):
        group = self.env.ref(CONFIDENTIAL)
        admin, director = self.users["admin"], self.users["director"]
        changes = (
            ("came", lambda: self.staff.with_user(admin).write(
                {"group_ids": [Command.link(group.id)]})),
            ("left", lambda: self.staff.with_user(admin).write(
                {"group_ids": [Command.unlink(group.id)]})),
            ("came", lambda: group.with_user(admin).write(
                {"user_ids": [Command.link(self.staff.id)]})),
            ("left", lambda: group.with_user(admin).write(
                {"user_ids": [Command.unlink(self.staff.id)]})),
        )  # fmt: skip
        for what, change in changes:
            before = self.get_record()
            told = self.env["mail.activity"].search_count(
                [("user_id", "=", director.id)]
            )
            change()
            with self.subTest(what):
                line = self.get_record() - before
                self.assertEqual((line.user_id, line.res_ids), (admin, self.staff.ids))
                self.assertIn(self.staff.name, line.detail)
                self.assertEqual("Came" in line.detail, what == "came")
                self.assertEqual(
                    self.env["mail.activity"].search_count(
                        [("user_id", "=", director.id)]
                    ),
                    told + 1,
                )

    def test_a4_a_group_that_comes_to_imply_it_is_put_on_record(self):
        group = self.env.ref(CONFIDENTIAL)
        other = self.env["res.groups"].create({"name": "Others"})
        self.staff.group_ids = [Command.link(other.id)]
        before = self.get_record()
        other.implied_ids = [Command.link(group.id)]
        self.assertEqual((self.get_record() - before).res_ids, self.staff.ids)
        self.make_user("test_new", GROUPS)
        self.assertIn("Test New", self.get_record()[0].detail)

    def test_other_groups_are_nobodys_business(self):
        before = self.get_record()
        self.make_user("test_other", "office_functions.group_office_petition")
        self.staff.name = "Another Name"
        self.assertEqual(self.get_record(), before)

    # Whom it is about -----------------------------------------------------------------

    def accuse(self, petition, name):
        return (
            self.env["office.petition.accused"]
            .with_user(self.keeper)
            .create({"petition_id": petition.id, "name": name})
        )

    def test_a4_a_name_as_it_is_written_keeps_out_all_who_bear_it(self):
        namesake = self.make_user(
            "test_namesake", "office_functions.group_office_leader"
        )
        namesake.name = self.staff.name
        leader = self.users["leader"]
        petition = self.register(self.keeper, handler_id=self.staff.id)
        self.accuse(petition, f"{self.staff.name}，Somebody Else")
        lines = petition.sudo().accused_ids
        self.assertEqual(lines.employee_id, self.staff.employee_ids)
        self.assertEqual(lines.user_id, namesake)
        self.assertIn(f"{self.staff.name}，Somebody Else", lines.mapped("name"))
        self.assertHidden(petition, self.staff)
        self.assertHidden(petition, namesake)
        self.assertShown(petition, leader)

    def test_a4_a_unit_as_it_is_written_is_kept_out(self):
        petition = self.register(self.keeper, lead_unit_id=self.unit.id)
        self.unit.name = "基础教育科"
        self.assertShown(petition, self.users["section_head"])
        self.accuse(petition, "基础教育科")
        self.assertHidden(petition, self.users["section_head"])

    def test_a4_names_are_parted_by_marks_and_words(self):
        Employee = self.env["hr.employee"]
        names = ("陈和平", "李明", "王芳", "赵云")
        people = Employee.create([{"name": name} for name in names])
        found = self.env["office.petition.accused"]._find_written(
            "陈和平、李 明 和王芳（教师）;Nobody", self.company
        )
        self.assertEqual(dict(found)["employee_id"], people[:3])

    def test_a_name_written_down_later_or_changed_counts_as_well(self):
        petition = self.register(self.keeper)
        line = self.accuse(petition, "The headmaster")
        self.assertFalse(petition.sudo().office_accused)
        line.name = self.staff.name
        self.assertTrue(petition._is_against(self.staff))

    def test_a_name_in_another_company_means_nobody_here(self):
        other = self.env["res.company"].create({"name": "Other District"})
        self.env["hr.employee"].create({"name": "王远", "company_id": other.id})
        petition = self.register(self.keeper)
        self.accuse(petition, "王远")
        self.assertFalse(petition.sudo().office_accused)

    # What numbers tell ----------------------------------------------------------------

    def test_a4_no_gap_in_the_notices_tells_of_a_report(self):
        petitions = [self.register(self.keeper, petition_class=kind, route=route)
                     for kind, route in (("claim", "petition"), ("report", False),
                                         ("claim", "petition"))]  # fmt: skip
        for petition in petitions:
            petition.lead_unit_id = self.unit
            petition.do_transition("judge")
            petition.do_transition("accept")
        first, secret, last = (one.sudo().notice_ids.number for one in petitions)
        self.assertTrue(secret.startswith("检告"))
        for number in (first, secret, last):
            self.assertRegex(number, r"〔2026〕1\d{4}号$", "It is scattered")
        counters = self.env["office.number.counter"].search([])
        self.assertEqual(
            {
                counter.series_id.code: counter.last
                for counter in counters
                if "notice" in counter.series_id.code
            },
            {"petition_notice": 2, "petition_report_notice": 1},
        )

    def test_a4_repeated_does_not_tell_who_reported(self):
        self.register(self.keeper, is_report=True)
        against = self.register(self.keeper)
        self.env["office.petition.accused"].with_user(self.keeper).create(
            {"petition_id": against.id, "user_id": self.staff.id}
        )
        self.assertEqual(self.register().repeat_kind, "first")
        self.assertEqual(self.register().repeat_kind, "repeated")

    def count(self, role, report=False):
        """Return the rows of numbers that a role sees."""
        Count = self.env["office.petition.count"].with_user(self.users[role])
        self.env.invalidate_all()
        return Count.search([("petition_class", "=" if report else "!=", "report")])

    def test_a5_reports_are_told_by_year_and_not_when_they_are_few(self):
        for number in range(1, 4):
            self.register(is_report=True)
            for role in ("admin", "director", "petition_officer"):
                row = self.count(role, report=True)
                with self.subTest(role=role, number=number):
                    self.assertEqual(str(row.month), "2026-01-01")
                    self.assertFalse(row.state)
                    shown = number if number >= 3 else 0
                    self.assertEqual(row.number, shown)
                    self.assertEqual(
                        row.number_text, str(shown) if shown else "fewer than 3"
                    )

    def test_a5_no_difference_tells_what_is_hidden(self):
        petitions = [self.register(self.keeper) for _nth in range(3)]
        director = self.users["director"]
        self.env["office.petition.accused"].with_user(self.keeper).create(
            {"petition_id": petitions[0].id, "user_id": director.id}
        )
        petitions[1].with_user(self.users["leader"]).restrict()
        self.env.flush_all()
        shown = self.env["office.petition"].with_user(director).search_count([])
        self.assertEqual(sum(self.count("director").mapped("number")), shown)
        self.assertEqual(sum(self.count("admin").mapped("number")), 3)

    def test_a5_rows_of_numbers_hold_no_id_of_a_petition(self):
        report = self.register(is_report=True)
        rows = self.count("admin") | self.count("admin", report=True)
        self.assertNotIn(report.id, rows.ids)
        self.assertEqual(rows.ids, list(range(1, len(rows) + 1)))

    def test_k27_counts_no_report(self):
        Petition = self.env["office.petition"].with_user(self.users["director"])
        days = ("2026-01-01", "2026-12-31")
        before = Petition._measure_repeated(*days)
        self.register(is_report=True)
        self.env.flush_all()
        self.assertEqual(Petition.sudo()._measure_repeated(*days), before)

    # A report is one, whatever its class ----------------------------------------------

    def test_r_pet_16_a_flagged_report_is_handled_as_one(self):
        report = self.register(
            is_report=True, petition_class="claim", route="petition"
        ).with_user(self.keeper)
        self.assertSays(
            "\n".join(report._explain_not_simple()), "Reports and accusations"
        )
        self.assertSays("\n".join(report._guard_mediate(None, "")), "are not mediated")
        self.assertTrue(report._get_masked_print()["is_secret"])
        self.assertFalse(report._get_addressee())
        report.write({"complained_unit_ids": [Command.set(self.other_unit.ids)]})
        with self.assertRaises(UserError):
            report.with_user(self.users["petition_officer"]).action_make_directive()

    # What follows from it -------------------------------------------------------------

    def test_a4_what_follows_is_closed_at_once_to_whom_it_concerns(self):
        petition = self.register(self.keeper)
        self.env["office.petition.accused"].with_user(self.keeper).create(
            {"petition_id": petition.id, "employee_id": self.staff.employee_ids.id}
        )
        leader = self.users["leader"]
        directive = self.env["office.directive"].create(
            {"name": "Look", "text": "Look", "leader_id": leader.id}
        )
        self.env["office.matter.link"]._link(petition.sudo(), directive)
        self.assertIn(
            self.staff,
            directive.access_ids.filtered(lambda one: one.kind == "recused").user_id,
        )
        with self.assertRaises(ValidationError):
            directive.lead_unit_id = self.unit
        directive.lead_unit_id = self.other_unit
        self.env.invalidate_all()
        self.assertFalse(directive.with_user(self.staff).has_access("read"))

    def test_a4_a_directive_says_no_more_than_the_number(self):
        second = self.make_user("test_leader2", "office_functions.group_office_leader")
        first = self.users["leader"]
        petition = self.register(self.keeper)
        self.env["office.petition.accused"].with_user(self.keeper).create(
            {"petition_id": petition.id, "user_id": first.id}
        )
        vals = petition.with_user(self.users["director"])._prepare_directive_vals()
        self.assertNotIn(MARKER, str(vals))
        self.assertIn(petition.number, vals["name"])
        self.assertNotEqual(vals["leader_id"], first.id)
        self.assertTrue(vals["leader_id"], second)
