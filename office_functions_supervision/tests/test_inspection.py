# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Inspections: planned, approved, carried out as approved, concluded, fed back."""

import re
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import format_date

from odoo.addons.office_functions.tests.common import (
    TODAY,
    ClockFixture,
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.matter_tests import MatterTests
from odoo.addons.office_functions.tests.race_tests import MatterRaceTests
from odoo.addons.office_functions.tests.receipt_tests import ReceiptTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests
from odoo.addons.office_functions.tools.transition import permit

from .test_mechanisms import SupervisionOffice
from .test_prints import PrintCase

VISIT = "office_functions_supervision.inspection_method_visit"
PAPERS = "office_functions_supervision.inspection_method_papers"
F5 = "office_functions_supervision.report_f5_inspection_report"
RESULT = {
    "facts": "Two of nine buses had no valid certificate.",
    "evidence": "Photographs, list of the buses.",
    "conclusion": "The duty was not carried out in full.",
}


class InspectionFixture(SupervisionOffice, ClockFixture):
    model_name = "office.supervision.inspection"
    creator_role = "supervisor"
    relations = {"handler": "staff", "member": ""}
    readers = "leader director clerk section_head staff supervisor"

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Inspection of the buses",
            "kind": "special",
            "directive_id": cls.directive.id,
            "method_ids": [Command.set(cls.env.ref(PAPERS).ids)],
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "date_from": TODAY,
            "date_to": TODAY + timedelta(days=2),
            "date_deadline": TODAY + timedelta(days=10),
            "scope": "The buses",
            "object_ids": [Command.create({"unit_id": cls.other_unit.id})],
        }

    def make(self, state=None, **vals):
        """Create an inspection on a directive of its own: no two on one matter."""
        company = self.env["res.company"].browse(
            vals.get("company_id", self.company.id)
        )
        if "directive_id" not in vals:
            vals["directive_id"] = self.make_directive(company).id
        return super().make(state, **vals)

    def prepare(self, record, row):
        if row.name == "conclude":
            record.object_ids.write({**RESULT, "date_visited": record.date_from})
        if row.name == "close":
            with permit(record):
                record.date_objection_until = TODAY - timedelta(days=1)


@tagged("post_install", "-at_install", "office_supervision")
class TestInspection(InspectionFixture, MatterTests, ReceiptTests, OfficeCase):
    """An inspection passes what every kind of matter must."""

    # Whoever approves takes the units, and looks at the other inspections of them;
    # the conclusion is sent to the units.
    dear_steps = {"approve": 14, "approve_exceptionally": 14, "feed_back": 11}


@tagged("post_install", "-at_install", "office_supervision")
class TestInspectionRpc(InspectionFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to an inspection."""


@tagged("post_install", "-at_install", "office_supervision")
class TestInspectionRace(InspectionFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on inspections at the same moment."""

    def test_two_leaders_approve_two_visits_of_one_unit_at_once(self):
        visit = {"method_ids": [Command.set(self.env.ref(VISIT).ids)]}
        first = self.make_committed("submitted", **visit)
        later = TODAY + timedelta(days=5)
        second = self.make_committed(
            "submitted",
            **visit,
            date_from=later,
            date_to=later,
        )
        model = self.model_name

        def approve(inspection_id):
            return lambda env: env[model].browse(inspection_id).do_transition("approve")

        leader = self.users["leader"].id
        hands = self.race(approve(first.id), approve(second.id), uid=leader)
        self.assertFalse(hands[0].error)
        self.assertIn("the cap is", str(hands[1].error))
        self.assertEqual(self.reread(second).state, "submitted")


class InspectionCase(PrintCase):
    """Inspections of section B by a supervisor."""

    def make_inspection(self, state="planned", **vals):
        directive = vals.pop("directive", None) or self.make_directive()
        inspection = (
            self.env["office.supervision.inspection"]
            .with_user(self.supervisor)
            .create(
                {
                    "name": "Inspection of the buses",
                    "directive_id": directive.id,
                    "method_ids": [Command.set(self.env.ref(VISIT).ids)],
                    "lead_unit_id": self.unit_a.id,
                    "handler_id": self.supervisor.id,
                    "date_from": self.today,
                    "date_to": self.day(2),
                    "date_deadline": self.day(10),
                    "scope": "The buses of the schools",
                    "object_ids": [Command.create({"unit_id": self.unit_b.id})],
                    **vals,
                }
            )
        )
        steps = [
            ("submitted", self.supervisor, "submit"),
            ("approved", self.leader, "approve"),
            ("running", inspection.handler_id, "start"),
            ("concluded", inspection.handler_id, "conclude"),
            ("fed_back", inspection.handler_id, "feed_back"),
        ]
        for target, user, name in steps:
            if inspection.state == state:
                break
            if name == "conclude":
                inspection.object_ids.write({**RESULT, "date_visited": self.today})
            inspection.with_user(user).do_transition(name)
            self.assertEqual(inspection.state, target)
        return inspection


@tagged("post_install", "-at_install", "office_supervision")
class TestInspectionPlan(InspectionCase):
    """No inspection too often, twice, by two heads, too wide or too long (R-SUP-4)."""

    def test_r_sup_3_five_kinds_and_eight_methods(self):
        kinds = self.env["office.supervision.inspection"]._fields["kind"]
        self.assertEqual(
            set(kinds.get_values(self.env)),
            {"comprehensive", "special", "incident", "daily", "clue"},
        )
        methods = self.env["office.supervision.method"].search([]).get_external_id()
        shipped = {
            f"office_functions_supervision.inspection_method_{name}"
            for name in "self_report hearing visit meeting papers clues talk online".split()
        }
        self.assertLessEqual(shipped, set(methods.values()))

    def test_nobody_inspects_without_authority(self):
        bare = self.make_inspection(directive_id=False)
        with self.assertRaisesRegex(UserError, "ticket or the directive"):
            bare.do_transition("submit")
        proposed = self.make_ticket()
        bare.ticket_id = proposed
        with self.assertRaisesRegex(UserError, "was not filed"):
            bare.do_transition("submit")
        submitted = self.make_inspection("submitted")
        for user in (self.supervisor, self.director):
            with self.assertRaisesRegex(UserError, "not yours to make|a part in this"):
                submitted.with_user(user).do_transition("approve")
        with self.assertRaisesRegex(UserError, "does not start from"):
            submitted.do_transition("start")

    def test_everything_missing_is_told_at_once(self):
        bare = (
            self.env["office.supervision.inspection"]
            .with_user(self.supervisor)
            .create({"name": "Bare"})
        )
        with self.assertRaises(UserError) as caught:
            bare.do_transition("submit")
        for words in ("Methods", "From", "Scope", "units to be inspected", "directive"):
            self.assertIn(words, str(caught.exception))

    def test_second_visit_in_a_month_needs_a_written_reason(self):
        month = fields.Date.start_of(self.day(40), "month")
        days = {"date_to": month, "date_deadline": month + timedelta(days=9)}
        self.make_inspection("approved", date_from=month, **days)
        later = month + timedelta(days=4)
        second = self.make_inspection(
            "submitted", date_from=later, date_to=later, date_deadline=self.day(99)
        )
        mine = second.with_user(self.leader)
        with self.assertRaisesRegex(UserError, "the cap is 1"):
            mine.do_transition("approve")
        with self.assertRaisesRegex(UserError, "write down the reason"):
            mine.do_transition("approve_exceptionally", " ")
        mine.do_transition("approve_exceptionally", "A child was hurt")
        self.assertEqual(second.override_reason, "A child was hurt")
        self.assertEqual(second.approver_id, self.leader)
        with self.assertRaises(ValidationError):
            second.override_reason = "Nothing"

    def test_two_approved_in_one_go_do_not_slip_through(self):
        month = fields.Date.start_of(self.day(40), "month")
        plans = self.env["office.supervision.inspection"]
        for days in (0, 4):
            day = month + timedelta(days=days)
            plans |= self.make_inspection(
                "submitted", date_from=day, date_to=day, date_deadline=self.day(99)
            )
        with (
            self.assertRaisesRegex(UserError, "the cap is 1"),
            self.env.cr.savepoint(),
        ):
            plans.with_user(self.leader).do_transition("approve")
        self.assertEqual(plans.mapped("state"), ["submitted"] * 2)

    def test_the_cap_is_a_setting_and_papers_are_no_visit(self):
        month = fields.Date.start_of(self.day(40), "month")
        common = {"date_to": month, "date_deadline": self.day(99)}
        self.make_inspection("approved", date_from=month, **common)
        later = month + timedelta(days=4)
        common = {"date_from": later, "date_to": later, "date_deadline": self.day(99)}
        papers = [Command.set(self.env.ref(PAPERS).ids)]
        self.make_inspection("approved", method_ids=papers, **common)
        second = self.make_inspection("submitted", **common)
        self.company.office_visit_cap = 2
        second.with_user(self.leader).do_transition("approve")

    def test_duplicate_on_one_matter_is_refused(self):
        first = self.make_inspection("approved")
        twin = self.make_inspection(
            directive=first.directive_id,
            date_from=self.day(60),
            date_to=self.day(61),
            date_deadline=self.day(70),
        )
        with self.assertRaisesRegex(UserError, "on the same matter already"):
            twin.do_transition("submit")

    def test_two_heads_on_the_same_days_are_refused(self):
        self.make_inspection("approved")
        other = self.make_inspection(
            handler_id=self.other_supervisor.id,
            date_from=self.day(2),
            date_to=self.day(4),
            method_ids=[Command.set(self.env.ref(PAPERS).ids)],
        )
        with self.assertRaisesRegex(UserError, "another head on the same days"):
            other.do_transition("submit")
        other.date_from = self.day(3)
        other.do_transition("submit")

    def test_what_was_approved_changes_by_a_new_approval_only(self):
        inspection = self.make_inspection("approved")
        for vals in (
            {"scope": "Everything"},
            {"date_to": self.day(20)},
            {"method_ids": [Command.clear()]},
            {"kind": "clue"},
            {"lead_unit_id": self.unit_b.id},
        ):
            with self.assertRaisesRegex(ValidationError, "settled by an earlier step"):
                inspection.write(vals)
        with self.assertRaisesRegex(
            ValidationError, "A leader approves the plan with its head"
        ):
            inspection.handler_id = self.other_supervisor
        unit = {"unit_id": self.unit_a.id}
        for commands in (
            [Command.create(unit)],
            [Command.update(inspection.object_ids.id, unit)],
            [Command.delete(inspection.object_ids.id)],
        ):
            with (
                self.assertRaisesRegex(ValidationError, "do not change"),
                self.env.cr.savepoint(),
            ):
                inspection.object_ids = commands
        other = self.make_inspection(name="Another")
        with self.assertRaisesRegex(ValidationError, "do not change"):
            other.object_ids.write({"inspection_id": inspection.id})
        inspection.do_transition("revise", "One more school")
        inspection.scope = "The buses of all schools"
        self.assertFalse(inspection.approver_id)
        inspection.do_transition("submit")
        self.assertEqual(inspection.state, "submitted")

    def test_a_government_inspection_needs_its_designation(self):
        inspection = self.make_inspection(is_government_inspection=True)
        with self.assertRaisesRegex(UserError, "第7条"):
            inspection.do_transition("submit")
        paper = (
            self.env["ir.attachment"]
            .with_user(self.supervisor)
            .create({"name": "指定文件.pdf", "raw": b"x"})
        )
        inspection.designation_ids = [Command.set(paper.ids)]
        inspection.do_transition("submit")

    def test_a_unit_does_not_inspect_itself(self):
        inspection = self.make_inspection(lead_unit_id=self.unit_b.id)
        with self.assertRaisesRegex(UserError, "inspect itself"):
            inspection.do_transition("submit")

    def test_not_beyond_the_approved_days(self):
        inspection = self.make_inspection(
            "approved", date_from=self.day(1), date_to=self.day(1)
        )
        with self.assertRaisesRegex(UserError, "change the plan"):
            inspection.do_transition("start")
        papers = [Command.set(self.env.ref(PAPERS).ids)]
        running = self.make_inspection("running", name="Other", method_ids=papers)
        running.object_ids.write({**RESULT, "date_visited": self.day(1)})
        running.object_ids.date_visited_to = self.day(5)
        with self.assertRaisesRegex(UserError, "outside the approved days"):
            running.do_transition("conclude")
        running.object_ids.date_visited_to = self.day(2)
        with self.assertRaisesRegex(UserError, "on a day to come"):
            running.do_transition("conclude")

    def recuse(self, user):
        """Let somebody step aside from section B."""
        recusal = (
            self.env["office.supervision.recusal"]
            .with_user(user)
            .create({"unit_id": self.unit_b.id, "reason": "My brother works there."})
        )
        recusal.do_transition("declare")

    def test_s3_9_nobody_inspects_those_they_are_related_to(self):
        self.recuse(self.other_supervisor)
        plan = self.make_inspection(
            handler_id=self.staff_b.id,
            member_ids=[Command.set(self.other_supervisor.ids)],
        )
        with self.assertRaises(UserError) as caught:
            plan.do_transition("submit")
        for name in (self.staff_b.name, self.other_supervisor.name):
            self.assertIn(f"{name} is related to Section B", str(caught.exception))
        approved = self.make_inspection("approved", name="Another")
        running = self.make_inspection(
            "running", method_ids=[Command.set(self.env.ref(PAPERS).ids)]
        )
        running.object_ids.write({**RESULT, "date_visited": self.today})
        self.recuse(self.supervisor)
        for inspection, name in ((approved, "start"), (running, "conclude")):
            with self.assertRaisesRegex(UserError, "does not inspect there"):
                inspection.do_transition(name)

    def test_s3_9_the_leader_of_the_unit_does_not_approve(self):
        plan = self.make_inspection("submitted")
        self.unit_b.manager_id = self.env["hr.employee"].create(
            {"name": "Leader", "user_id": self.leader.id}
        )
        with self.assertRaisesRegex(UserError, "a part in this"):
            plan.with_user(self.leader).do_transition("approve")
        plan.with_user(self.other_leader).do_transition("approve")

    def test_only_planners_read_the_other_inspections_of_a_unit(self):
        inspection = self.make_inspection("approved")
        self.assertTrue(inspection.with_user(self.head_b).has_access("read"))
        with self.assertRaises(AccessError):
            inspection.with_user(self.head_b).read(["burdens"])

    def test_the_authority_holds_and_is_looked_for_in_the_ticket(self):
        ticket = self.make_assigned()
        directive = ticket.directive_id
        first = self.make_inspection(directive_id=False, ticket_id=ticket.id)
        first.do_transition("submit")
        first.with_user(self.leader).do_transition("approve")
        twin = self.make_inspection(
            directive=directive,
            date_from=self.day(60),
            date_to=self.day(61),
            date_deadline=self.day(70),
        )
        with self.assertRaisesRegex(UserError, "on the same matter already"):
            twin.do_transition("submit")
        self.leader.group_ids -= self.env.ref("office_functions.group_office_leader")
        with self.assertRaisesRegex(UserError, "is no leader"):
            twin.do_transition("submit")

    def test_no_inspection_on_a_ticket_that_was_terminated(self):
        ticket = self.make_assigned()
        ticket.with_user(self.leader).do_transition("terminate", "Not needed")
        plan = self.make_inspection(directive_id=False, ticket_id=ticket.id)
        with self.assertRaisesRegex(UserError, "was not filed"):
            plan.do_transition("submit")

    def test_a_verification_on_site_is_a_visit(self):
        ticket = self.make_assigned()
        for task in ticket.task_ids:
            self.report(task)
        self.verify(ticket, method="on_site")
        plan = self.make_inspection("submitted")
        with self.assertRaisesRegex(UserError, "the cap is 1"):
            plan.with_user(self.leader).do_transition("approve")


@tagged("post_install", "-at_install", "office_supervision")
class TestInspectionConclusion(InspectionCase):
    """Clear facts, sufficient evidence, fed back, corrections verified (R-SUP-5, 6)."""

    def test_no_conclusion_without_facts_and_evidence(self):
        inspection = self.make_inspection("running")
        with self.assertRaises(UserError) as caught:
            inspection.do_transition("conclude")
        for words in ("Section B", "Facts Established", "Evidence", "Conclusion"):
            self.assertIn(words, str(caught.exception))

    def test_the_unit_sees_its_conclusion_once_it_is_fed_back(self):
        inspection = self.make_inspection("planned")
        mine = inspection.with_user(self.head_b)
        line = inspection.object_ids.with_user(self.head_b)
        self.assertFalse(mine.has_access("read"))
        inspection.do_transition("submit")
        inspection.with_user(self.leader).do_transition("approve")
        self.assertTrue(mine.has_access("read"), "Announced, it is known")
        self.assertFalse(line.has_access("read"))
        self.assertFalse(mine.object_ids.exists() & line.search([]))
        inspection.do_transition("start")
        inspection.object_ids.write({**RESULT, "date_visited": self.today})
        inspection.do_transition("conclude")
        self.assertFalse(line.search([("inspection_id", "=", inspection.id)]))
        inspection.do_transition("feed_back")
        self.assertEqual(line.search([("inspection_id", "=", inspection.id)]), line)
        self.assertEqual(line.conclusion, RESULT["conclusion"])
        self.assertFalse(inspection.with_user(self.head_a).has_access("write"))
        self.assertGreaterEqual(inspection.date_objection_until, self.day(30))
        mine.action_confirm_receipt()
        self.assertFalse(inspection.unread_names)
        self.assertFalse(inspection.with_user(self.outsider).has_access("read"))

    def test_unannounced_it_is_not_known_before(self):
        inspection = self.make_inspection("running", is_unannounced=True)
        self.assertFalse(inspection.with_user(self.head_b).has_access("read"))
        inspection.object_ids.write({**RESULT, "date_visited": self.today})
        inspection.do_transition("conclude")
        inspection.do_transition("feed_back")
        self.assertTrue(inspection.with_user(self.head_b).has_access("read"))

    def test_results_are_written_in_their_time_by_the_team(self):
        inspection = self.make_inspection("approved")
        line = inspection.object_ids
        with self.assertRaisesRegex(ValidationError, "Facts Established"):
            line.facts = "Too early"
        inspection.do_transition("start")
        for user in (self.other_supervisor, self.head_b, self.clerk, self.staff_b):
            with self.assertRaises(AccessError, msg=user.name):
                line.with_user(user).facts = "Not mine"
        line.write({**RESULT, "date_visited": self.today})
        with self.assertRaises(ValidationError):
            line.rectification_result = "done"
        inspection.do_transition("conclude")
        with self.assertRaises(ValidationError):
            line.conclusion = "All is well"
        with self.assertRaises(ValidationError):
            line.verifier_id = self.supervisor

    def test_demanded_corrections_are_verified_before_the_end(self):
        inspection = self.make_inspection("running")
        line = inspection.object_ids
        line.write(
            {**RESULT, "date_visited": self.today, "rectification": "Renew them"}
        )
        with self.assertRaisesRegex(UserError, "Put Right Until"):
            inspection.do_transition("conclude")
        line.date_rectification = self.day(20)
        inspection.do_transition("conclude")
        inspection.do_transition("feed_back")
        with self.assertRaises(UserError) as caught:
            inspection.do_transition("close")
        self.assertIn("Corrections", str(caught.exception))
        self.assertIn("may object until", str(caught.exception))
        line.rectification_result = "done"
        self.assertRecordValues(
            line, [{"verifier_id": self.supervisor.id, "date_verified": self.today}]
        )
        with permit(inspection):
            inspection.date_objection_until = self.day(-1)
        inspection.do_transition("close")

    def test_a_head_does_not_verify_what_the_own_unit_put_right(self):
        inspection = self.make_inspection("running")
        line = inspection.object_ids
        line.write(
            {
                **RESULT,
                "date_visited": self.today,
                "rectification": "Renew them",
                "date_rectification": self.day(20),
            }
        )
        inspection.do_transition("conclude")
        inspection.do_transition("feed_back")
        self.unit_b.manager_id = self.env["hr.employee"].create(
            {"name": "Supervisor", "user_id": self.supervisor.id}
        )
        with self.assertRaisesRegex(ValidationError, "does not verify its own"):
            line.rectification_result = "done"

    def make_correction(self):
        """Return the line of a unit that is to put something right in 20 days."""
        inspection = self.make_inspection("running").with_user(self.supervisor)
        line = inspection.object_ids
        line.write(
            {
                **RESULT,
                "date_visited": self.today,
                "rectification": "Renew them",
                "date_rectification": self.day(20),
            }
        )
        inspection.do_transition("conclude")
        self.assertFalse(line.correction_light, "Nobody was told yet")
        inspection.do_transition("feed_back")
        return line

    def test_s3_15_a_correction_has_a_clock_until_it_is_verified(self):
        line = self.make_correction()
        light = []
        for days in (0, 18, 20, 21):
            with freeze_time(self.day(days)):
                line.invalidate_recordset(["correction_light"])
                light.append(line.correction_light)
        self.assertEqual(light, ["green", "yellow", "yellow", "red"])
        Line, Omission = line.browse().sudo(), self.env["office.omission"]
        [check] = [
            check
            for check in Omission._get_omissions()
            if check.code == "inspection_correction_late"
        ]
        with freeze_time(self.day(20)):
            self.assertFalse(Omission._check(check, self.day(20)))
            self.assertEqual(Line._cron_chase_corrections(), 0)
        with freeze_time(self.day(21)):
            self.assertEqual(Line.search([("correction_light", "=", "red")]), line)
            self.assertEqual(Omission._check(check, self.day(21)).res_id, line.id)
            self.assertEqual(Line._cron_chase_corrections(), 1)
            self.assertEqual(Line._cron_chase_corrections(), 0, "Told once")
            message = self.env["mail.message"].search(
                [("subject", "ilike", "Correction overdue")]
            )
            self.assertIn(self.supervisor.partner_id, message.partner_ids)
            self.assertIn("Renew them", message.body)
            line.rectification_result = "not_done"
            self.assertEqual(line.correction_light, "red")
            line.rectification_result = "done"
            self.assertEqual(line.correction_light, "done")
            self.assertFalse(Line.search([("correction_light", "=", "red")]))
            Omission._check(check, self.day(21))
            known = Omission.search([("code", "=", check.code)])
            self.assertEqual(known.date_cleared, self.day(21))

    def test_when_a_correction_was_chased_is_the_systems_own(self):
        line = self.make_correction()
        with self.assertRaisesRegex(ValidationError, "noted by the system"):
            line.date_chased = self.today

    def test_evidence_stays_as_it_was(self):
        inspection = self.make_inspection("running")
        Attachment = self.env["ir.attachment"].with_user(self.supervisor)
        photo = Attachment.create({"name": "bus.png", "raw": b"bus"})
        inspection.object_ids.write(
            {
                **RESULT,
                "date_visited": self.today,
                "evidence_ids": [Command.set(photo.ids)],
            }
        )
        photo.name = "buses.png"
        inspection.do_transition("conclude")
        with self.assertRaisesRegex(UserError, "Evidence stays"):
            photo.raw = b"another bus"
        with self.assertRaisesRegex(UserError, "Evidence stays"):
            photo.unlink()

    def test_an_objection_stops_the_ticket_and_the_closing(self):
        ticket = self.make_assigned()
        inspection = self.make_inspection(
            "concluded", directive_id=False, ticket_id=ticket.id
        )
        inspection.with_user(self.director).do_transition("feed_back")
        _subject, body = inspection._get_receipt_message()
        until = format_date(self.env, inspection.date_objection_until)
        self.assertIn(until, body)
        objection = (
            self.env["office.supervision.objection"]
            .with_user(self.head_b)
            .create(
                {
                    "name": "Objection",
                    "unit_id": self.unit_b.id,
                    "inspection_id": inspection.id,
                    "text": "All nine have one.",
                }
            )
        )
        objection.do_transition("submit")
        self.assertTrue(ticket.is_under_review)
        with permit(inspection):
            inspection.date_objection_until = self.day(-1)
        with self.assertRaisesRegex(UserError, "objection to its conclusion"):
            inspection.do_transition("close")
        # The director fed the conclusion back.
        with self.assertRaisesRegex(UserError, "a part in this"):
            objection.with_user(self.director).do_transition("refuse", "Mine")
        objection.with_user(self.other_leader).do_transition("refuse", "Two had none")
        self.assertFalse(ticket.is_under_review)
        inspection.do_transition("close")

    def test_an_inspection_touches_its_duties_when_it_begins(self):
        duty = self.env["office.duty.item"].create(
            {"name": "School bus safety", "lead_unit_id": self.unit_b.id}
        )
        inspection = self.make_inspection(
            "approved", duty_item_ids=[Command.set(duty.ids)]
        )
        self.assertFalse(duty.touch_ids)
        inspection.do_transition("start")
        self.assertEqual(duty.touch_ids.date, self.today)
        row = self.env["office.supervision.coverage"].search(
            [("duty_item_id", "=", duty.id), ("is_touched", "=", True)]
        )
        self.assertEqual(row.inspection_count, 1)

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Other"})
        stranger = self.other_leader
        stranger.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        inspection = self.make_inspection("running")
        for record in (inspection, inspection.object_ids):
            self.assertFalse(record.with_user(stranger).has_access("read"))
            self.assertFalse(record.with_user(stranger).search([]))

    def test_f5_says_what_the_form_asks_for(self):
        inspection = self.make_inspection(
            "running",
            object_ids=[
                Command.create({"unit_id": self.unit_b.id}),
                Command.create(
                    {
                        "unit_id": self.env["hr.department"]
                        .create({"name": "Section C"})
                        .id
                    }
                ),
            ],
        )
        with self.assertRaisesRegex(UserError, "no conclusion"):
            self.print_pdf(F5, inspection)
        inspection.object_ids.write(
            {
                **RESULT,
                "date_visited": self.today,
                "rectification": "Renew the certificates.",
                "date_rectification": self.day(20),
            }
        )
        inspection.do_transition("conclude")
        text = self.print_text(F5, inspection)
        self.assertHolds(
            text,
            "督查报告（结论书）",
            inspection.number,
            "专项督查",
            inspection.directive_id.number,
            inspection.scope,
            RESULT["facts"],
            RESULT["evidence"],
            RESULT["conclusion"],
            "Renew the certificates.",
            "Section C",
            "三十日内",
            self.show(self.today),
        )
        for word in ("依据", "方案", "对象", "方法", "事实", "证据", "结论"):
            self.assertHolds(text, word)
        self.assertHolds(text, "整改要求", "异议权利")
        self.assertFalse(re.search("Section A.*被督查", text))
        inspection.do_transition("feed_back")
        own = self.print_text(F5, inspection, self.head_b)
        self.assertNotIn("SectionC", own)
        self.assertHolds(own, "另有对象1个")
