# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from .common import TODAY, MatterFixture, OfficeCase
from .workflow_tests import WorkflowTests


class DecisionFixture(MatterFixture):
    model_name = "office.meeting.decision"

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Repair the roof of the gym",
            "meeting": "Office meeting no. 3",
            "leader_id": cls.users["leader"].id,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "date": TODAY,
            "date_deadline": TODAY.replace(day=20),
        }


class TestMeetingDecision(DecisionFixture, WorkflowTests, OfficeCase):
    pass
