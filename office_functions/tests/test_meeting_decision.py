# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import ValidationError

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
    """A decision passes the tests of declared transitions, and becomes a directive."""

    def test_decision_becomes_a_directive(self):
        decision = self.make()
        decision.with_user(self.users["clerk"]).do_transition("make_directive")
        self.assertRecordValues(
            decision.directive_id,
            [
                {
                    "name": decision.name,
                    "kind": "assignment",
                    "state": "recorded",
                    "leader_id": decision.leader_id.id,
                    "lead_unit_id": decision.lead_unit_id.id,
                    "handler_id": decision.handler_id.id,
                    "date_deadline": decision.date_deadline,
                    "source": "Office meeting no. 3 1",
                }
            ],
        )
        with self.assertRaises(ValidationError):
            decision.directive_id = False

    def test_dismissed_with_a_reason_makes_nothing(self):
        decision = self.make()
        mine = decision.with_user(self.users["director"])
        mine.do_transition("dismiss", "For information only")
        self.assertFalse(decision.directive_id)
        self.assertEqual(decision.transition_ids.note, "For information only")
