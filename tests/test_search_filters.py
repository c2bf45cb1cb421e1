# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Each filter that is chosen narrows a list, and never widens it by accident.

The web client takes filters that stand together, without a separator, as alternatives.
"""

from ast import literal_eval
from collections import Counter

from lxml import etree

from odoo.tests import TransactionCase, tagged

ADDONS = (
    "office_functions",
    "office_functions_supervision",
    "office_functions_service",
)


@tagged("post_install", "-at_install")
class TestSearchFilters(TransactionCase):
    def get_searches(self):
        """Yield each window action of ours with the filters that stand together."""
        known = self.env["ir.model.data"].search(
            [("module", "in", ADDONS), ("model", "=", "ir.actions.act_window")]
        )
        actions = self.env["ir.actions.act_window"].browse(known.mapped("res_id"))
        for action in actions:
            Model = self.env.get(action.res_model)
            if Model is None or Model._abstract or Model._transient:
                continue
            arch = Model.get_view(action.search_view_id.id or None, "search")["arch"]
            groups = [[]]
            for node in etree.fromstring(arch):
                if node.tag == "filter" and not node.get("context"):
                    groups[-1].append(node)
                else:
                    groups.append([])
            yield action, groups

    def test_what_stands_together_is_an_alternative(self):
        for action, groups in self.get_searches():
            for group in groups:
                names = [node.get("name") for node in group]
                with self.subTest(action=action.xml_id, filters=names):
                    alone = {"open", "running"} & set(names)
                    dates = [node for node in group if node.get("date")]
                    self.assertFalse((alone or dates) and len(group) > 1)
                    if "mine" in names:
                        for node in group:
                            self.assertRegex(node.get("domain"), r"\buid\b|_for_me\b")

    def test_filters_that_are_set_at_first_narrow_each_other(self):
        for action, groups in self.get_searches():
            context = literal_eval(action.context.replace("uid", "0"))
            for group in groups:
                first = [
                    node.get("name")
                    for node in group
                    if context.get(f"search_default_{node.get('name')}")
                ]
                with self.subTest(action=action.xml_id):
                    self.assertLessEqual(len(first), 1, first)

    def test_each_filter_has_a_name_of_its_own(self):
        for action, groups in self.get_searches():
            names = Counter(node.get("name") for group in groups for node in group)
            with self.subTest(action=action.xml_id):
                self.assertFalse([name for name, times in names.items() if times > 1])
