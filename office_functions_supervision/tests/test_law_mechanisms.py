# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Changes of requirements, findings, recusals and objections pass the generic tests."""

from datetime import timedelta
from functools import partial

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.office_functions.tests.common import (
    TODAY,
    ClockFixture,
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.matter_tests import MatterTests
from odoo.addons.office_functions.tests.race_tests import RaceTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests
from odoo.addons.office_functions.tests.workflow_tests import WorkflowTests

from .test_mechanisms import PartFixture, SupervisionOffice


class RequirementFixture(PartFixture):
    model_name = "office.supervision.requirement"
    creator_role = "supervisor"
    relations = {"supervisor": "supervisor", "leader": "leader", "asker": "supervisor"}
    told_apart = {"reason": "The figures came late."}

    @classmethod
    def sample_vals(cls):
        ticket = cls.make_ticket("file")
        cls.make_task(ticket)
        ticket._pass_by_system("assign")
        return {
            "ticket_id": ticket.id,
            "directive_id": cls.make_directive(cls.company).id,
            "asker_id": cls.users["supervisor"].id,
            "reason": "The city asked for the middle schools too.",
            "requirement": "Publish the number of free places in all schools.",
            **{name: ticket[name] for name in ("name", "scope")},
            "legal_basis_ids": [(6, 0, ticket.legal_basis_ids.ids)],
        }


@tagged("office_supervision")
class TestRequirement(RequirementFixture, WorkflowTests, OfficeCase):
    """Other requirements are asked for and approved on the declared road only."""


@tagged("office_supervision")
class TestRequirementRace(RequirementFixture, RaceTests, OfficeRaceCase):
    """Two people ask for the same change at once."""


class FindingFixture(PartFixture):
    model_name = "office.supervision.finding"
    creator_role = "supervisor"
    relations = {"supervisor": "supervisor", "leader": "leader"}
    told_apart = {"text": "Parents paid in cash."}

    @classmethod
    def sample_vals(cls):
        return {
            "ticket_id": cls.make_ticket("file").id,
            "unit_id": cls.unit.id,
            "text": "Fees were taken without a legal basis.",
            "finder_id": cls.users["supervisor"].id,
            "correction": "The fees were paid back.",
            "date_corrected": TODAY,
            "organ_kind": "discipline",
            "organ": "District Commission",
            "date_transferred": TODAY,
            "receipt": "No. 12",
        }


@tagged("office_supervision")
class TestFinding(FindingFixture, WorkflowTests, OfficeCase):
    """A finding is settled on the declared road only."""


class RecusalFixture(PartFixture):
    model_name = "office.supervision.recusal"
    creator_role = "section_head"
    relations = {"person": "supervisor"}
    told_apart = {"reason": "They were colleagues."}

    @classmethod
    def sample_vals(cls):
        return {
            "user_id": cls.users["supervisor"].id,
            "unit_id": cls.other_unit.id,
            "reason": "A brother works there.",
        }


@tagged("office_supervision")
class TestRecusal(RecusalFixture, WorkflowTests, OfficeCase):
    """A recusal is declared, ordered, refused and lifted on the declared road only."""


class ObjectionFixture(SupervisionOffice, ClockFixture):
    """An objection of a section that has no other part in the office."""

    model_name = "office.supervision.objection"
    creator_role = "objector"
    deadline_owner_role = "director"
    admitted_role = "school"
    relations = {
        "author": "objector",
        "objecting_head": "objector",
        "involved": "supervisor objector logistics",
    }
    readers = "leader director section_head staff supervisor objector"

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.users["objector"] = cls.make_user(
            "test_objector", "office_functions.group_office_section_head"
        )
        cls.objecting = cls.env["hr.department"].create(
            {"name": "Objecting Section", "company_id": False}
        )
        cls.objecting.manager_id = cls.env["hr.employee"].create(
            {
                "name": "Objector",
                "user_id": cls.users["objector"].id,
                "department_id": cls.objecting.id,
            }
        )
        return result

    @classmethod
    def make_conclusion(cls, result="fail", **vals):
        """Return a concluded verification of the objecting section's ticket."""
        if vals.get("company_id"):
            company = cls.env["res.company"].browse(vals["company_id"])
            vals["directive_id"] = cls.make_directive(company).id
        ticket = cls.make_ticket(
            "file",
            lead_unit_id=cls.objecting.id,
            handler_id=cls.users["objector"].id,
            **vals,
        )
        cls.make_task(ticket)
        ticket._pass_by_system("assign")
        ticket.task_ids._pass_by_system("accept")
        ticket._pass_by_system("start")
        ticket.task_ids._pass_by_system("report")
        ticket._pass_by_system("verify")
        verification = cls.env["office.supervision.verification"].create(
            {
                "ticket_id": ticket.id,
                "verifier_id": cls.users["supervisor"].id,
                "date": TODAY,
                "findings": "Two schools are missing.",
                "result": result,
                "rectification": "Add them",
                "rectification_unit_id": cls.objecting.id,
                "rectification_user_id": cls.users["objector"].id,
                "date_rectification": TODAY + timedelta(days=10),
            }
        )
        verification._pass_by_system("conclude")
        return verification

    @classmethod
    def sample_vals(cls):
        verification = cls.make_conclusion()
        return {
            "name": verification.ticket_id.name,
            "unit_id": cls.objecting.id,
            "author_id": cls.users["objector"].id,
            "verification_id": verification.id,
            "text": "Both schools are on page two.",
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
        }

    def make(self, state=None, **vals):
        """Create an objection; in another company it is to a conclusion there."""
        if "company_id" in vals:
            conclusion = self.make_conclusion(company_id=vals["company_id"])
            vals = {"verification_id": conclusion.id, **vals}
        return super().make(state, **vals)


@tagged("office_supervision")
class TestObjection(ObjectionFixture, MatterTests, OfficeCase):
    """An objection passes what every kind of matter must."""


@tagged("office_supervision")
class TestObjectionRpc(ObjectionFixture, RpcTests, OfficeHttpCase):
    """Nor does an objection move by another program's call."""


@tagged("office_supervision")
class TestObjectionRace(ObjectionFixture, RaceTests, OfficeRaceCase):
    """Two people take the same step on an objection at once."""

    @mute_logger("odoo.sql_db")
    def test_two_objections_of_a_unit_to_one_conclusion(self):
        one = self.make_committed()
        two = self.make_committed(verification_id=one.verification_id.id)

        def submit(objection, env):
            mine = env["office.supervision.objection"].browse(objection.id)
            return mine.do_transition("submit")

        first, second = self.race(
            partial(submit, one),
            partial(submit, two),
            uid=self.users["objector"].id,
        )
        self.assertIsNone(first.error)
        self.assertSays(second.error, "under review already")
        self.assertEqual(self.reread(one.ticket_id).review_count, 1)
