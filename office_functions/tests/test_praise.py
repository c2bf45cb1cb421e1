# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError

from .common import TODAY, OfficeCase


class TestPraise(OfficeCase):
    """Praise is the director's and the leaders', and adds to the assessment."""

    def praise(self, role="director", **vals):
        return (
            self.env["office.praise"]
            .with_user(self.users[role])
            .create({"name": "Helped", "department_id": self.school.id, **vals})
        )

    def test_s2_10_praise_is_a_plus_in_the_assessment(self):
        self.praise()
        self.praise("leader", points=2)
        self.praise(department_id=self.unit.id)
        self.praise(date="2025-12-31", points=9)
        self.praise(points=7).action_archive()
        points = self.env["office.praise"]._get_points(
            date(2026, 1, 1), date(2026, 12, 31)
        )
        self.assertEqual(points, {self.school.id: 3.0, self.unit.id: 1.0})

    def test_who_praises(self):
        praise = self.praise()
        for role in ("clerk", "section_head", "staff", "liaison"):
            with self.subTest(role=role):
                self.assertEqual(praise.with_user(self.users[role]).date, TODAY)
                with self.assertRaises(AccessError):
                    self.praise(role)
        with self.assertRaises(AccessError):
            praise.with_user(self.users["outsider"]).read(["name"])
        for role in ("director", "leader"):
            with self.assertRaises(AccessError):
                praise.with_user(self.users[role]).unlink()

    def test_points_are_positive(self):
        for points in (0, -1):
            with self.assertRaisesRegex(ValidationError, "adds points"):
                self.praise(points=points)

    def test_companies(self):
        other = self.env["res.company"].create({"name": "Other District"})
        director = self.make_user(
            "test_theirs",
            "office_functions.group_office_director",
            company_id=other.id,
            company_ids=other.ids,
        )
        praise = self.praise()
        with self.assertRaises(AccessError):
            praise.with_user(director).read(["name"])
        with self.assertRaises(UserError):
            self.unit.company_id = self.company
            self.praise(department_id=self.unit.id, company_id=other.id)
