# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The records of supervision pass the generic tests of what they are made of."""

from datetime import timedelta
from itertools import count

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.access_tests import AccessTests
from odoo.addons.office_functions.tests.common import (
    TODAY,
    ClockFixture,
    MatterFixture,
    OfficeCase,
    OfficeFixture,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.cycle_tests import ReportCycleTests
from odoo.addons.office_functions.tests.deadline_tests import DeadlineTests
from odoo.addons.office_functions.tests.number_tests import NumberTests
from odoo.addons.office_functions.tests.race_tests import (
    MatterRaceTests,
    UrgingRaceTests,
)
from odoo.addons.office_functions.tests.rpc_tests import RpcTests
from odoo.addons.office_functions.tests.speed_tests import SpeedTests
from odoo.addons.office_functions.tests.urging_tests import UrgingTests
from odoo.addons.office_functions.tests.workflow_tests import WorkflowTests

DEADLINE = TODAY + timedelta(days=20)


class SupervisionOffice(OfficeFixture):
    """An office with a supervisor, a directive in force and a law to stand on."""

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.users["supervisor"] = cls.make_user(
            "test_supervisor", "office_functions_supervision.group_office_supervisor"
        )
        cls.law = cls.env["office.regulation"].create(
            {"name": "Education Act", "kind": "law", "number": "No. 45"}
        )
        cls.directive = cls.make_directive(cls.company)
        cls.subjects = count(1)
        return result

    @classmethod
    def make_directive(cls, company):
        """Return a directive in force, which tickets of a company may stand on."""
        directive = cls.env["office.directive"].create(
            {
                "name": "Free places in primary schools",
                "text": "Publish the places by the end of the month.",
                "leader_id": cls.users["leader"].id,
                "lead_unit_id": cls.unit.id,
                "handler_id": cls.users["logistics"].id,
                "date_deadline": TODAY + timedelta(days=365),
                "company_id": company.id,
            }
        )
        directive._pass_by_system("issue")
        return directive

    @classmethod
    def get_ticket_vals(cls):
        """Return the values of a ticket; no two have the same subject."""
        return {
            "name": f"Free places in primary schools, part {next(cls.subjects)}",
            "directive_id": cls.directive.id,
            "legal_basis_ids": [Command.link(cls.law.id)],
            "scope": "The district's primary schools",
            "requirement": "Publish the number of free places.",
            "supervisor_id": cls.users["supervisor"].id,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "date_deadline": DEADLINE,
            "asked_leader_id": cls.users["leader"].id,
        }

    @classmethod
    def make_ticket(cls, *steps, **vals):
        """Return a ticket that went through some transitions.

        :param steps: names of transitions
        """
        ticket = cls.env["office.supervision.ticket"].create(
            {**cls.get_ticket_vals(), **vals}
        )
        for step in steps:
            ticket._pass_by_system(step)
        return ticket

    @classmethod
    def make_task(cls, ticket, *steps, **vals):
        """Return the only task of a ticket, of a unit and person of no other part."""
        task = cls.env["office.supervision.task"].create(
            {
                "ticket_id": ticket.id,
                "name": "Count the places",
                "lead_unit_id": cls.other_unit.id,
                "handler_id": cls.users["logistics"].id,
                "date_deadline": DEADLINE,
                "weight": 100,
                **vals,
            }
        )
        for step in steps:
            task._pass_by_system(step)
        return task


# Matters ------------------------------------------------------------------------------


class TicketFixture(SupervisionOffice, ClockFixture):
    model_name = "office.supervision.ticket"
    creator_role = "supervisor"
    deadline_owner_role = "leader"
    relations = {
        "leader": "leader",
        "asked_leader": "leader",
        "supervisor": "supervisor",
    }
    readers = "leader director clerk section_head staff supervisor logistics"

    @classmethod
    def sample_vals(cls):
        return cls.get_ticket_vals()

    def make(self, state=None, **vals):
        """Create a ticket; in another company it stands on a directive of its own."""
        if "company_id" in vals:
            company = self.env["res.company"].browse(vals["company_id"])
            vals["directive_id"] = self.make_directive(company).id
        return super().make(state, **vals)

    def prepare(self, record, row):
        if row.guard == "_guard_assign" and not record.task_ids:
            self.make_task(record)
        if row.name == "approve":
            # A proposal stands on no directive, and is about a duty.
            record.directive_id = False
            record.duty_item_ids = self.env["office.duty.item"].create(
                {"name": record.name, "lead_unit_id": self.unit.id}
            )


@tagged("office_supervision")
class TestTicket(
    TicketFixture,
    WorkflowTests,
    DeadlineTests,
    UrgingTests,
    NumberTests,
    AccessTests,
    ReportCycleTests,
    SpeedTests,
    OfficeCase,
):
    """A ticket passes what every kind of matter must; its date is the leader's."""

    def test_s3_5_reminded_then_red_then_on_the_directors_list(self):
        """As S2.15, for tickets: by the plan that is shipped."""
        ticket = self.make_running(days=10)
        red = self.model.with_user(self.users["director"])
        told = {}
        for day in range(6, 12):
            self.to_day(day)
            before = ticket.urging_ids
            with self.enter_registry_test_mode():
                self.env.ref("office_functions.ir_cron_urge").method_direct_trigger()
            ticket.invalidate_recordset()
            if ticket.urging_ids - before:
                told[day - 10] = (ticket.urging_ids - before).level
            found = red.search([("light", "=", "red"), ("id", "=", ticket.id)])
            self.assertEqual(bool(found), day > 10, "red once it is overdue")
        self.assertEqual(told, {-3: "1", -1: "1", 0: "2", 1: "3"})


@tagged("post_install", "-at_install", "office_supervision")
class TestTicketRpc(TicketFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a ticket (A3)."""

    def test_a3_nothing_past_proposed_without_directive_and_basis(self):
        vals = self.rpc_vals() | {"directive_id": False, "legal_basis_ids": []}
        for role in ("supervisor", "director", "leader", "admin"):
            self.sign_in(role)
            with self.subTest(role=role):
                filed = vals | {"state": "filed"}
                for method, args in (
                    ("create", ([filed],)),
                    ("web_save", ([], filed, {})),
                    ("load", (list(filed), [[str(one) for one in filed.values()]])),
                ):
                    self.assertNotFiled(self.call(method, *args))
        ticket = self.make(directive_id=False, legal_basis_ids=False)
        for role in ("supervisor", "director", "leader", "admin"):
            self.sign_in(role)
            with self.subTest(role=role):
                for method, args in (
                    ("write", (ticket.ids, {"state": "filed"})),
                    ("web_save", (ticket.ids, {"state": "filed"}, {})),
                    ("do_transition", (ticket.ids, "file")),
                    ("_pass_by_system", (ticket.ids, "file")),
                ):
                    self.assertNotFiled(self.call(method, *args))
        self.sign_in("leader")
        answer = self.call("do_transition", ticket.ids, "file")
        for missing in ("authorising directive", "legal or policy basis"):
            self.assertIn(missing, answer["error"]["data"]["message"])

    def assertNotFiled(self, answer):
        """Assert that a call was refused, and has filed nothing."""
        refusal = answer.get("error") or answer["result"]["messages"]
        self.assertTrue(refusal)
        self.env.invalidate_all()
        self.assertFalse(self.model.search([("state", "!=", "proposed")]))


@tagged("post_install", "-at_install", "office_supervision")
class TestTicketRace(TicketFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on tickets at the same moment."""


class TaskFixture(SupervisionOffice, ClockFixture):
    model_name = "office.supervision.task"
    creator_role = "supervisor"
    relations = {
        "supervisor": "supervisor",
        "handler": "staff",
        "unit_head": "section_head",
    }
    readers = "leader director clerk section_head staff supervisor"

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.ticket = cls.make_ticket(
            "file",
            "assign",
            lead_unit_id=cls.other_unit.id,
            handler_id=cls.users["logistics"].id,
            date_deadline=TODAY + timedelta(days=365),
        )
        # No clock of its own, so that it is never urged among the samples.
        rest = {"name": "All the rest", "date_deadline": False}
        cls.make_task(cls.ticket, "assign", **rest)
        return result

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Count the places",
            "ticket_id": cls.ticket.id,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "date_deadline": DEADLINE,
            # The ticket's other task makes the hundred.
            "weight": 0,
        }

    def walk(self, records, row):
        """Let a person assign: whoever does so sets the deadline."""
        if row.name == "assign":
            row = self.model._get_transition("assign_later")
        result = super().walk(records, row)
        return result

    def make_running(self, days=10, **vals):
        """Create a task that was signed for: the plan of urging begins after that."""
        record = super().make_running(days, **vals)
        self.lead_to(record, {"accepted"})
        return record


@tagged("office_supervision")
class TestTask(
    TaskFixture,
    WorkflowTests,
    DeadlineTests,
    UrgingTests,
    AccessTests,
    ReportCycleTests,
    SpeedTests,
    OfficeCase,
):
    """A task passes what every kind of matter must, but for the number it lacks."""


@tagged("post_install", "-at_install", "office_supervision")
class TestTaskRpc(TaskFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a task."""


@tagged("post_install", "-at_install", "office_supervision")
class TestTaskRace(TaskFixture, UrgingRaceTests, OfficeRaceCase):
    """Two people act on tasks at the same moment."""


# Parts of a ticket --------------------------------------------------------------------


class PartFixture(SupervisionOffice, MatterFixture):
    """Records that have no name of their own."""

    told_apart = {}
    """The values that tell a record from the sample, in place of another name."""

    def make(self, state=None, name=None, **vals):
        """Create a record, told apart from the sample if a name is asked for."""
        if name:
            vals = {**self.told_apart, **vals}
        return super().make(state, **vals)


class FeedbackFixture(PartFixture):
    model_name = "office.supervision.feedback"
    creator_role = "staff"
    relations = {"reporter": "staff section_head", "supervisor": "supervisor"}
    told_apart = {"text": "Not published yet."}

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.ticket = cls.make_ticket("file", "assign")
        return result

    @classmethod
    def sample_vals(cls):
        task = cls.make_task(
            cls.ticket,
            "assign",
            "accept",
            lead_unit_id=cls.unit.id,
            handler_id=cls.users["staff"].id,
        )
        return {
            "task_id": task.id,
            "author_id": cls.users["staff"].id,
            "kind": "final",
            "text": "Published on the notice board.",
            "proof": "Notice board, page 3",
        }


@tagged("office_supervision")
class TestFeedback(FeedbackFixture, WorkflowTests, OfficeCase):
    """Feedback is submitted and sent back on the declared road only."""


class VerificationFixture(PartFixture):
    model_name = "office.supervision.verification"
    creator_role = "supervisor"
    relations = {"verifier": "supervisor"}
    told_apart = {"date": TODAY - timedelta(days=1)}

    @classmethod
    def sample_vals(cls):
        ticket = cls.make_ticket("file")
        cls.make_task(ticket)
        for step in ("assign", "start", "report", "verify"):
            ticket._pass_by_system(step)
        return {
            "ticket_id": ticket.id,
            "verifier_id": cls.users["supervisor"].id,
            "date": TODAY,
            "findings": "Seen on the spot.",
            "result": "pass",
        }


@tagged("office_supervision")
class TestVerification(VerificationFixture, WorkflowTests, OfficeCase):
    """A verification is concluded by its verifier on the declared road only."""


class ExtensionFixture(PartFixture):
    model_name = "office.supervision.extension"
    creator_role = "staff"
    relations = {
        "asker": "staff",
        "doer": "staff section_head",
        "deadline_owner": "leader",
    }
    told_apart = {"reason": "Three clerks are ill."}

    @classmethod
    def sample_vals(cls):
        return {
            "ticket_id": cls.make_ticket("file", "assign").id,
            "asker_id": cls.users["staff"].id,
            "date_to": DEADLINE + timedelta(days=10),
            "reason": "The printer broke down.",
        }


@tagged("office_supervision")
class TestExtension(ExtensionFixture, WorkflowTests, OfficeCase):
    """A later deadline is asked for by who works, and granted by who set it."""
