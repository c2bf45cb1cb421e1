# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import TODAY, ClockFixture, OfficeCase, OfficeHttpCase, OfficeRaceCase
from .matter_tests import MatterTests
from .race_tests import MatterRaceTests
from .rpc_tests import RpcTests


class ResearchFixture(ClockFixture):
    model_name = "office.research"
    relations = {"handler": "staff", "unit_head": "section_head"}
    admitted_role = "section_head"

    @classmethod
    def sample_vals(cls):
        return {
            "name": "How pupils use the library",
            "text": "Who comes, and who does not?",
            "plan": "Visit three schools.",
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "date_deadline": TODAY.replace(day=30),
        }

    def prepare(self, record, row):
        if row.target == "reported":
            record.report = "Half of them come."
        elif row.name == "close" and not record.no_advice_reason:
            record.no_advice_reason = "All is well there."


class TestResearch(ResearchFixture, MatterTests, OfficeCase):
    """A topic passes what every kind of matter must, and its own rules."""

    def test_s1_9_closes_with_report_and_advice_only(self):
        record = self.make("running")
        staff = record.with_user(self.users["staff"])
        with self.assertRaisesRegex(UserError, "Research Report"):
            staff.do_transition("report")
        staff.report = "Half of them come."
        staff.do_transition("report")
        head = record.with_user(self.users["section_head"])
        with self.assertRaisesRegex(UserError, "why there is no advice"):
            head.do_transition("close")
        with self.undone():
            head.no_advice_reason = "All is well there."
            head.do_transition("close")
            self.assertEqual(record.state, "closed")
        action = staff.action_make_advice()
        advice = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((advice.kind, advice.research_id), ("research", record))
        self.assertEqual(record.advice_count, 1)
        head.do_transition("close")
        self.assertEqual(record.state, "closed")
        with self.assertRaises(ValidationError):
            record.report = "Forged"

    def count_by(self, field):
        groups = self.model.with_context(read_group_expand=True).formatted_read_group(
            [], [field], ["__count"]
        )
        return {group[field][1]: group["__count"] for group in groups if group[field]}

    def test_s1_11_demands_that_nobody_answers_show_as_nought(self):
        jobs, parks = self.env["office.research.demand"].create(
            [{"name": "New jobs"}, {"name": "New parks"}]
        )
        self.make(demand_ids=[Command.set(jobs.ids)])
        counts = self.count_by("demand_ids")
        self.assertEqual((counts[jobs.name], counts[parks.name]), (1, 0))

    def test_s1_12_categories_are_a_tree(self):
        Category = self.env["office.research.category"]
        above = Category.create({"name": "Reading"})
        below = Category.create({"name": "Libraries", "parent_id": above.id})
        self.assertEqual(below.display_name, "Reading / Libraries")
        self.make(category_id=below.id)
        counts = self.count_by("category_id")
        self.assertEqual((counts[below.display_name], counts["Reading"]), (1, 0))
        found = self.model.search_count([("category_id", "child_of", above.id)])
        self.assertEqual(found, 1)
        with self.assertRaises(UserError):
            above.parent_id = below


@tagged("post_install", "-at_install")
class TestResearchRpc(ResearchFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a topic."""


@tagged("post_install", "-at_install")
class TestResearchRace(ResearchFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on topics at the same moment."""
