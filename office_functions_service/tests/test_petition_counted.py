# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeCase

from .test_petition_reply import RepliedFixture

CODES = ("K27", "K27-reply", "K27-satisfaction", "K27-repeated", "K27-solved")


@tagged("office_service")
class TestPetitionCounted(RepliedFixture, OfficeCase):
    """A figure less what its reader reads tells of no petition against them (A4)."""

    def make_rated(self, *accused):
        petition = self.make_replied(
            accused_ids=[Command.create({"user_id": user.id}) for user in accused]
        )
        petition._rate_publicly(4, True, "")
        return petition

    def count(self, code, role, as_system=False):
        """Return how many petitions a figure is made of."""
        Indicator = self.env["office.indicator"].with_user(self.users[role])
        rows = Indicator.sudo(as_system)._measure(
            Indicator._get_indicator(code), self.day(0), self.day(120)
        )
        return sum(row[3] for row in rows)

    def count_read(self, code, role):
        """Return how many of them somebody reads."""
        user = self.users[role]
        action = (
            self.env["office.indicator"]
            .with_user(user)
            .open_records(code, str(self.day(0)), str(self.day(120)))
        )
        return self.model.with_user(user).search_count(action["domain"])

    def make_petitions(self):
        self.make_rated()
        self.make_rated(self.users["canteen"])
        self.make_rated(self.users["director"])
        self.env.flush_all()

    def test_a4_k27_minus_the_readers_own_list_is_nothing(self):
        self.make_petitions()
        for code in CODES:
            for role, number in (
                ("leader", 3),
                ("director", 2),
                ("section_head", 3),
            ):
                with self.subTest(code=code, role=role):
                    self.assertEqual(self.count_read(code, role), number)
                    self.assertEqual(self.count(code, role), number)

    def test_a4_what_all_read_leaves_out_what_is_against_one_of_them(self):
        self.make_petitions()
        for code in CODES:
            for role in ("leader", "director", "section_head"):
                with self.subTest(code=code, role=role):
                    self.assertEqual(self.count(code, role, as_system=True), 2)

    def test_a4_index_and_summary_tell_of_none(self):
        self.make_petitions()
        figures = self.env["office.service.index"]._measure_figures(
            self.day(0), self.day(120), self.company
        )
        [basis] = [row["basis"] for row in figures if row["code"] == "K27-repeated"]
        self.assertTrue(basis.endswith("/ 2"), basis)
        month = self.day(0).replace(day=1)
        summary = (
            self.env["office.summary"]
            .with_user(self.users["section_head"])
            .create(
                {"department_id": self.unit.id, "period": "month", "date_from": month}
            )
        )
        [told] = [
            row["denominator"]
            for row in summary.figures
            if row["code"] == "K27-repeated"
        ]
        self.assertEqual(told, 2)
