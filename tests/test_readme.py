# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What README and CONTRIBUTING name is there, under that name."""

import re
from pathlib import Path

from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
SAMPLE = ROOT / "tests" / "addons" / "office_sample"
WORD = r"(?:[A-Z][\w-]*|(?:a|the|for|and|of|by)\b)"
PATH = re.compile(
    r"\b(?:Staff Advice|Coordination|Supervision|Service|Figures|Configuration)"
    rf"(?: / [A-Z][\w-]*(?: {WORD})*)+"
)


@tagged("post_install", "-at_install")
class TestReadme(TransactionCase):
    def test_pictures_and_links(self):
        for page in (README, CONTRIBUTING):
            for path in re.findall(r"\]\(([^)#:]+)\)", page):
                with self.subTest(path=path):
                    self.assertTrue((ROOT / path).is_file())

    def test_every_picture_is_shown(self):
        shown = set(re.findall(r"docs/images/([\w-]+\.png)", README))
        kept = {path.name for path in (ROOT / "docs" / "images").iterdir()}
        self.assertEqual(kept - shown, set())

    def test_menus(self):
        menus = self.env["ir.ui.menu"].with_context(lang="en_US").search(Domain.TRUE)
        names = set(menus.mapped("complete_name"))
        data = (ROOT / "data" / "README.md").read_text()
        paths = PATH.findall(" ".join(f"{README} {data}".split()))
        self.assertIn("Coordination / Documents / Incoming Documents", paths)
        for path in paths:
            with self.subTest(path=path):
                self.assertTrue(f"Office/{path.replace(' / ', '/')}" in names)

    def test_logins(self):
        server = (ROOT / "script" / "server").read_text()
        table = re.findall(r"^\|(.+)\|$", README, re.MULTILINE)
        logins = set(re.findall(r"`([a-z_]+)`", "".join(table))) - {
            path.name for path in ROOT.iterdir()
        }
        printed = set(re.findall(r"^ {8}([a-z_]+) {2,}", server, re.MULTILINE))
        self.assertEqual(logins, printed)

    def test_the_guide_names_what_is_there(self):
        """Its mixins, its relations and the methods that it tells to write."""
        for name in re.findall(r"`(office\.[a-z.]+\.mixin)`", CONTRIBUTING):
            with self.subTest(model=name):
                self.assertIn(name, self.env)
        for path in re.findall(
            r"`((?:models|views|data|tests)/\w+\.\w+)`", CONTRIBUTING
        ):
            with self.subTest(path=path):
                places = (SAMPLE, ROOT / "office_functions", ROOT)
                self.assertTrue(any((place / path).is_file() for place in places))

    def test_the_example_is_short(self):
        """One model file under 120 lines and one view file."""
        (model,) = (SAMPLE / "models").glob("office_*.py")
        self.assertLess(len(model.read_text().splitlines()), 120)
        self.assertEqual(len(list((SAMPLE / "views").iterdir())), 1)
