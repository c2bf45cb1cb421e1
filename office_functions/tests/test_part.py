# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError

from .common import OfficeCase
from .test_advice import AdviceFixture


class TestPart(AdviceFixture, OfficeCase):
    """A part of a matter is seen with it, and hidden with it, at once."""

    def make_option(self, **vals):
        return self.env["office.advice.option"].create(
            {"advice_id": self.make(**vals).id, "name": "Open at noon"}
        )

    def find(self, options, role):
        """Return which of some options a role finds."""
        found = options.with_user(self.users[role]).search([("id", "in", options.ids)])
        return found.sudo(options.env.su).with_env(options.env)

    def test_every_part_names_its_matter(self):
        names = self.env.registry.descendants(["office.part.mixin"], "_inherit")
        parts = [self.env[name] for name in names if not self.env[name]._abstract]
        self.assertIn("office.advice.option", [part._name for part in parts])
        for part in parts:
            with self.subTest(model=part._name):
                field = part._fields[part._whole]
                self.assertEqual(field.type, "many2one")
                self.assertTrue(field.required and field.index)
                matter = self.env[field.comodel_name]
                self.assertTrue(hasattr(matter, "_get_need_to_know_domain"))

    def test_what_comes_later_is_seen_too(self):
        first = self.make_option()
        first.with_user(self.users["staff"]).check_access("read")
        self.assertEqual(self.find(first, "staff"), first)
        # The rule is kept by now; it must not keep who saw what.
        second = self.make_option()
        second.with_user(self.users["staff"]).check_access("read")
        self.assertEqual(self.find(first | second, "staff"), first | second)

    def test_hidden_with_its_matter(self):
        kept, hidden = self.make_option(), self.make_option()
        options = kept | hidden
        self.assertEqual(self.find(options, "leader"), options)
        leader = self.users["leader"]
        hidden.advice_id.with_user(leader).recuse(reason="A relative")
        self.assertEqual(self.find(options, "leader"), kept)
        with self.assertRaises(AccessError):
            hidden.with_user(leader).check_access("read")
        kept.with_user(leader).check_access("read")
