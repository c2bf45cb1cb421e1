# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError
from odoo.tests import Form

from .common import TODAY, OfficeCase


class TestDutyItem(OfficeCase):
    """Every duty has one owner, one deputy and a rule, or it is flagged."""

    def make(self, **vals):
        return self.env["office.duty.item"].create(
            {
                "name": "Keep the seal",
                "lead_unit_id": self.unit.id,
                "owner_id": self.users["staff"].id,
                "deputy_id": self.users["section_head"].id,
                **vals,
            }
        )

    def find(self, *domain):
        return self.env["office.duty.item"].search(
            [*domain, ("lead_unit_id", "=", self.unit.id)]
        )

    def test_s2_21_unit_form_lists_its_duties_and_flags_those_without_a_person(self):
        good = self.make()
        cases = {
            "no owner": {"owner_id": False},
            "no deputy": {"deputy_id": False},
            "owner and deputy are one person": {"deputy_id": self.users["staff"].id},
        }
        bad = good.browse()
        for problem, vals in cases.items():
            item = self.make(name=problem, **vals)
            self.assertEqual(item.problem, problem)
            bad |= item
        self.assertFalse(good.problem)
        self.assertEqual(self.find(("is_flagged", "=", True)), bad)
        self.assertEqual(self.find(("is_flagged", "=", False)), good)
        self.assertEqual(self.unit.duty_item_ids, good | bad)
        with Form(self.unit) as form:
            self.assertEqual(len(form.duty_item_ids), 4)
        rows = self.env["office.duty.item"]._measure_flagged(TODAY, TODAY)
        self.assertEqual(sum(row[2] for row in rows if row[0] == self.unit.id), 3)

    def test_s2_21_who_left_owns_nothing(self):
        item = self.make()
        self.users["staff"].active = False
        item.invalidate_recordset()
        self.assertEqual(item.problem, "no owner")
        self.assertIn(item, self.find(("is_flagged", "=", True)))

    def test_s2_21_doubled(self):
        one, two = self.make(), self.make(lead_unit_id=self.other_unit.id)
        self.assertEqual((one | two).mapped("problem"), ["on the list twice"] * 2)
        self.assertEqual(self.find(("is_flagged", "=", True)), one)
        two.active = False
        (one | two).invalidate_recordset()
        self.assertFalse(one.problem)
        self.assertFalse(self.find(("is_flagged", "=", True)))

    def test_s2_21_doubled_in_two_companies_is_no_doubling(self):
        company = self.env["res.company"].create({"name": "Other District"})
        one = self.make()
        self.make(company_id=company.id)
        self.assertFalse(one.problem)
        self.assertFalse(self.find(("is_flagged", "=", True)))

    def test_s2_22_report_lists_jobs_without_a_valid_rule(self):
        rule = self.env["office.regulation"].create(
            {"name": "Use of the seal", "kind": "policy"}
        )
        ruled = self.make(regulation_ids=[(6, 0, rule.ids)])
        bare = self.make(name="Water the plants")
        self.assertEqual(self.find(("has_rule", "=", False)), bare)
        self.assertEqual(self.find(("has_rule", "=", True)), ruled)
        self.assertEqual((ruled.has_rule, bare.has_rule), (True, False))
        indicator = self.env["office.indicator"]
        figure = indicator.measure(["K14"], TODAY, TODAY)[0]
        [of_unit] = [u for u in figure["units"] if u["id"] == self.unit.id]
        self.assertEqual(of_unit["value"], 50)
        action = indicator.open_records("K14", TODAY, TODAY, self.unit.id)
        self.assertEqual(self.env["office.duty.item"].search(action["domain"]), bare)
        rule.with_user(self.users["leader"]).do_transition("repeal", "Too old")
        self.assertEqual(self.find(("has_rule", "=", False)), ruled | bare)

    def test_s2_22_kinds_of_matters_are_jobs_too(self):
        items = self.env["office.duty.item"].with_user(self.users["clerk"])
        items.action_add_processes()
        listed = self.env["office.duty.item"].search([("model_id", "!=", False)])
        kinds = self.env["office.workflow.mixin"]._get_matter_models()
        self.assertEqual(set(listed.mapped("model_id.model")), set(kinds))
        items.action_add_processes()
        again = self.env["office.duty.item"].search([("model_id", "!=", False)])
        self.assertEqual(again, listed)
        with self.assertRaises(AccessError):
            items.with_user(self.users["staff"]).action_add_processes()

    def test_who_keeps_the_list(self):
        mine, theirs = self.make(), self.make(lead_unit_id=self.other_unit.id)
        head = self.users["section_head"]
        mine.with_user(head).post = "Clerk"
        with self.assertRaises(AccessError):
            theirs.with_user(head).post = "Clerk"
        theirs.with_user(self.users["clerk"]).post = "Clerk"
        for role in ("staff", "leader", "liaison"):
            item = mine.with_user(self.users[role])
            self.assertTrue(item.read(["name", "problem", "has_rule"]))
            with self.subTest(role=role), self.assertRaises(AccessError):
                item.post = "Forged"
