# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""All that a model of ``office.matter.mixin`` must prove, under one name."""

from .access_tests import AccessTests
from .deadline_tests import DeadlineTests
from .number_tests import NumberTests
from .speed_tests import SpeedTests
from .urging_tests import UrgingTests
from .workflow_tests import WorkflowTests


class MatterTests(
    WorkflowTests, DeadlineTests, UrgingTests, NumberTests, AccessTests, SpeedTests
):
    """The generic tests of a kind of matter; see CONTRIBUTING.md, step 6."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sample = cls.sample_vals()
        if (sample.get("lead_unit_id"), sample.get("handler_id")) != (
            cls.unit.id,
            cls.users["staff"].id,
        ):
            raise AssertionError(
                "sample_vals() must name cls.unit as lead unit (the section head leads "
                "it) and the staff member as handler."
            )

    def test_every_view_opens(self):
        """What the model names for its views are fields it has."""
        for role in (self.creator_role, *self.readers.split()):
            mine = self.model.with_user(self.users[role])
            for kind in "search list kanban form calendar pivot graph activity".split():
                with self.subTest(role=role, view=kind):
                    self.assertTrue(mine.get_view(view_type=kind)["arch"])
