# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.fields import Command

from .common import TODAY, OfficeCase


class TestSilentSection(OfficeCase):
    """S2.12: a section stands in the list until it works with another one."""

    def silent(self):
        return self.env["hr.department"].search([("is_silent", "=", True)])

    def test_s2_12_in_the_list_until_it_takes_part(self):
        self.assertLessEqual(self.unit | self.other_unit, self.silent())
        self.assertNotIn(self.school, self.silent(), "schools are no sections")
        request = self.env["office.help.request"].create(
            {
                "name": "Two people",
                "text": "For a day",
                "asking_unit_id": self.unit.id,
                "lead_unit_id": self.other_unit.id,
                "handler_id": self.users["staff"].id,
            }
        )
        self.assertIn(self.unit, self.silent(), "a draft is no contact")
        request._pass_by_system("ask")
        self.assertNotIn(self.unit, self.silent())
        self.assertIn(self.other_unit, self.silent() | self.unit)
        request._pass_by_system("accept")
        self.assertFalse((self.unit | self.other_unit) & self.silent())
        self.assertEqual(self.other_unit.date_last_contact, TODAY)
        self.to_day(31)
        self.assertLessEqual(self.unit | self.other_unit, self.silent())
        self.assertEqual(self.unit.days_silent, 31)

    def test_assisting_in_any_matter_is_contact(self):
        directive = self.env["office.directive"].create(
            {
                "name": "Do it together",
                "text": "Together",
                "leader_id": self.users["leader"].id,
                "lead_unit_id": self.unit.id,
                "assisting_unit_ids": [Command.set(self.other_unit.ids)],
                "handler_id": self.users["staff"].id,
                "date_deadline": TODAY,
            }
        )
        self.assertIn(self.other_unit, self.silent())
        directive._pass_by_system("issue")
        self.assertFalse((self.unit | self.other_unit) & self.silent())
        alone = directive.copy({"assisting_unit_ids": [], "name": "Alone"})
        self.assertEqual(alone.state, "recorded")

    def test_k12_counts_them_in_one_query(self):
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        indicator = Indicator._get_indicator("K12")
        rows = Indicator._measure(indicator, TODAY, TODAY)
        self.assertIn((self.unit.id, None, 1, 0), rows)
        self.env["hr.department"]._get_silent_ids(TODAY)
        before = self.cr.sql_log_count
        self.env["hr.department"]._get_silent_ids(TODAY)
        self.assertEqual(self.cr.sql_log_count - before, 1)

    def test_list_opens_for_the_director(self):
        action = self.env.ref("office_functions.hr_department_action_silent")
        units = self.env["hr.department"].with_user(self.users["director"])
        found = units.search([("is_silent", "=", True)])
        self.assertIn(self.unit, found)
        self.assertTrue(found.read(["date_last_contact", "days_silent"]))
        self.assertIn("is_silent", action.domain)
