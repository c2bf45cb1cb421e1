# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What every model of ``office.number.mixin`` must prove."""

from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError

from ..tools.transition import permit
from .common import MatterFixture


def count_openly(registry):
    """Let numbers show how they are counted, where they are scattered otherwise."""
    return patch.object(
        registry["office.number.series"],
        "_get_scattered_codes",
        lambda self: frozenset(),
    )


class NumberTests(MatterFixture):
    """Numbers: when they are given, in what order, and never twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(count_openly(cls.registry))
        cls.env["office.number.counter"].search([]).unlink()
        cls.series = cls.env["office.number.series"].search(
            [("code", "=", cls.env[cls.model_name]._number_series)]
        )
        cls.series.write({"prefix": "测", "pattern": "{prefix}〔{year}〕{number}号"})

    def make_numbered(self, **vals):
        record = self.make(**vals)
        self.lead_to(record, self.model._number_states)
        return record

    def test_no_number_while_drafting(self):
        self.assertIn("number", self.model._get_guarded_fields())
        if self.model._is_born_numbered():
            self.assertEqual(self.make().number, "测〔2026〕1号")
            with self.assertRaisesRegex(UserError, "stays in the register"):
                self.make().unlink()
            self.env["office.number.counter"].search([]).unlink()
        else:
            self.assertFalse(self.make().number)
        self.assertEqual(self.make_numbered().number, "测〔2026〕1号")

    def test_a_number_is_given_once(self):
        record = self.make_numbered()
        record._after_transition(self.model._get_transitions()[0], False)
        self.assertEqual(record.number, "测〔2026〕1号")
        self.assertEqual(self.make_numbered().number, "测〔2026〕2号")

    def test_batch_is_numbered_in_its_order(self):
        batch = self.make() | self.make() | self.make()
        self.env["office.number.counter"].search([]).unlink()
        with permit(batch):
            batch.number = False
        batch[::-1]._give_numbers()
        self.assertEqual(
            batch.mapped("number"), ["测〔2026〕3号", "测〔2026〕2号", "测〔2026〕1号"]
        )

    def test_what_fails_gives_its_number_back(self):
        with self.undone():
            self.assertEqual(self.make_numbered().number, "测〔2026〕1号")
        self.assertEqual(self.make_numbered().number, "测〔2026〕1号")

    def test_each_year_begins_anew(self):
        self.make_numbered()
        self.to_day(date(2027, 1, 4))
        self.assertEqual(self.make_numbered().number, "测〔2027〕1号")

    def test_year_of_the_office_not_of_greenwich(self):
        record = self.make().with_context(tz="Asia/Shanghai")
        self.clock.move_to("2026-12-31 16:30:00")
        record._give_numbers()
        self.assertEqual(record.number, "测〔2027〕1号")

    def test_each_company_counts_by_itself(self):
        other = self.env["res.company"].create({"name": "Other District"})
        self.make_numbered()
        self.assertEqual(
            self.make_numbered(company_id=other.id).number, "测〔2026〕1号"
        )
        self.series.copy({"company_id": other.id, "prefix": "乙"})
        self.assertEqual(
            self.make_numbered(company_id=other.id).number, "乙〔2026〕1号"
        )
        self.assertEqual(self.make_numbered().number, "测〔2026〕2号")

    def test_numbered_matter_stays_in_its_company(self):
        other = self.env["res.company"].create({"name": "Other District"})
        with self.assertRaises(ValidationError):
            self.make_numbered().company_id = other

    def test_missing_series_is_said_and_nothing_passes(self):
        record = self.make()
        self.env["office.number.counter"].search([]).unlink()
        self.series.unlink()
        with self.assertRaisesRegex(UserError, "number series"):
            self.make()
            self.lead_to(record, self.model._number_states)

    def test_search_by_number(self):
        record = self.make_numbered()
        self.assertIn(
            record.id, [found for found, _name in self.model.name_search("测〔2026〕1")]
        )
        self.assertSays(record.display_name, "测〔2026〕1号", record.name)
