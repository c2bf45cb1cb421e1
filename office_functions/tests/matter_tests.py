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
