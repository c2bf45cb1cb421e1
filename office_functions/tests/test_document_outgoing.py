# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.fields import Command

from ..tools.transition import permit
from .common import TODAY, ClockFixture, OfficeCase, OfficeHttpCase, OfficeRaceCase
from .matter_tests import MatterTests
from .race_tests import MatterRaceTests
from .receipt_tests import ReceiptTests
from .rpc_tests import RpcTests
from .secrecy_tests import SecrecyTests
from .step_tests import StepTests


class OutgoingFixture(ClockFixture):
    model_name = "office.document.outgoing"
    creator_role = "staff"
    relations = {
        "drafter": "staff",
        "handler": "staff",
        "reviewer": "director",
        "signer": "leader",
        "countersigner": "section_head",
        "unit_head": "section_head",
    }

    @classmethod
    def set_up_office(cls):
        super().set_up_office()
        cls.subunit.manager_id = cls.unit.manager_id
        cls.basis = cls.env["office.regulation"].create({"name": "Basis"})
        cls.company.office_principal_leader_id = cls.users["leader"]

    @classmethod
    def sample_vals(cls):
        return {
            "name": "关于做好校舍检查工作的通知",
            "document_type": "notice",
            "body": "<p>请各校于本月底前完成检查。</p>",
            "disclosure": "active",
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "reviewer_id": cls.users["director"].id,
            "signer_id": cls.users["leader"].id,
            "main_text": "各学校",
        }

    def prepare(self, record, row):
        vals = {
            "policy_basis_ids": [Command.set(self.basis.ids)],
            "print_copies": 20,
            "proofreader_id": self.users["staff"].id,
            "seal_copies": 20,
            "retention": "30",
        }
        guarded = {}
        if row.sources == ("reviewing",):
            findings = self.env["office.document.finding"]
            record.finding_ids.filtered("is_resolved").is_resolved = True
            asked = row.name == "ask_countersign"
            vals["countersign_unit_ids"] = [
                Command.set(self.subunit.ids if asked else [])
            ]
            record.finding_ids.is_resolved = True
            if row.name == "return_draft":
                findings.create({"document_id": record.id, "name": "数字不对"})
        if row.name == "resubmit":
            record.finding_ids.is_resolved = True
        if row.name in ("agree", "differ"):
            record.countersign_ids.write({"result": "pending"})
        if row.name == "send_to_sign":
            record.countersign_ids.write({"result": "agreed"})
        if row.name in ("ask_seal", "issue_unsealed"):
            vals["with_seal"] = row.name == "ask_seal"
        if row.name in ("seal", "issue"):
            guarded["seal_approver_id"] = self.users["leader"].id
        with permit(record):
            record.write(vals | guarded)
        if row.name == "issue" and not record.seal_use_ids:
            record._after_seal(False)


class TestDocumentOutgoing(
    OutgoingFixture, MatterTests, StepTests, SecrecyTests, ReceiptTests, OfficeCase
):
    """An outgoing document passes the tests of all its mechanisms."""

    # The units' heads hold it next, so units and employees are read.
    dear_steps = {"ask_countersign": 14}


class TestDocumentOutgoingRpc(OutgoingFixture, RpcTests, OfficeHttpCase):
    """No client comes by another road than the transitions."""


class TestDocumentOutgoingRace(OutgoingFixture, MatterRaceTests, OfficeRaceCase):
    """Two people at once make one step, and get two numbers."""
