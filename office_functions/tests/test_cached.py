# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from unittest.mock import patch

from .common import OfficeCase


class TestCached(OfficeCase):
    """Whoever changes settings that are kept in the cache empties it."""

    def test_each_change_empties_the_cache(self):
        names = self.env.registry.descendants(["office.cached.mixin"], "_inherit")
        models = [self.env[name] for name in names if not self.env[name]._abstract]
        self.assertLessEqual(
            {"office.time.limit", "office.matter.access"},
            {model._name for model in models},
        )
        changes = {
            "create": lambda model: model.create([]),
            "write": lambda model: model.write({}),
            "unlink": lambda model: model.unlink(),
        }
        registry = type(self.env.registry)
        for model in models:
            for name, change in changes.items():
                with (
                    self.subTest(model=model._name, change=name),
                    patch.object(registry, "clear_cache", autospec=True) as clear,
                ):
                    change(model)
                    self.assertTrue(clear.called)

    def test_a_limit_counts_as_soon_as_it_is_changed(self):
        Limit = self.env["office.time.limit"]
        limit = Limit._get("document_outcome", self.company)
        amount, _unit = Limit._get_amount(limit.id)
        limit.amount = amount + 1
        self.assertEqual(Limit._get_amount(limit.id)[0], amount + 1)
