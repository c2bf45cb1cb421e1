# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""No kind of record with declared transitions goes without the generic tests."""

from importlib import import_module

from odoo.tests import BaseCase, TransactionCase, tagged

from odoo.addons.office_functions.tests.workflow_tests import WorkflowTests


def get_subclasses(cls):
    """Return all classes below a class.

    :rtype: set[type]
    """
    direct = set(cls.__subclasses__())
    return direct.union(*map(get_subclasses, direct))


@tagged("post_install", "-at_install")
class TestEveryModelIsTested(TransactionCase):
    def test_every_model_has_its_generic_tests(self):
        models = self.env["office.workflow.mixin"]._get_matter_models()
        for addon in {self.env[name]._original_module for name in models}:
            import_module(f"odoo.addons.{addon}.tests")
        tested = {
            cls.model_name
            for cls in get_subclasses(WorkflowTests)
            if issubclass(cls, BaseCase)
        }
        self.assertEqual(set(models) - tested, set())
