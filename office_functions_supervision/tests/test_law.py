# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""By law, by policy, by discipline: the three principles of supervision (S3.6–S3.12)."""

import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, freeze_time, new_test_user, tagged

from .common import SupervisionCase
from .test_prints import F1, PrintCase

SCHOOL = "office_functions.group_office_school"


class LawCase(SupervisionCase):
    """Tickets, and the people who bring them to their conclusion."""

    def make_concluded(self, result="fail", **vals):
        """Return a ticket whose verification was concluded by the supervisor."""
        ticket = self.make_assigned(**vals)
        for task in ticket.task_ids:
            self.report(task)
        more = {
            "rectification": "Two schools are missing",
            "rectification_unit_id": self.unit_a.id,
            "rectification_user_id": self.staff_a.id,
            "date_rectification": self.day(15),
        }
        self.verify(ticket, result, **(more if result == "fail" else {}))
        return ticket

    def make_closed(self, **vals):
        """Return a ticket that the leader struck off."""
        ticket = self.make_concluded("pass", **vals)
        ticket.with_user(self.leader).do_transition("close")
        return ticket

    def object(self, ticket, user=None, **vals):
        """Return an objection to the ticket's verification that its unit submitted."""
        objection = (
            self.env["office.supervision.objection"]
            .with_user(user or self.head_a)
            .create(
                {
                    "name": ticket.name,
                    "unit_id": self.unit_a.id,
                    "verification_id": ticket.sudo().verification_ids[:1].id,
                    "text": "Both schools are on page two of the notice.",
                    **vals,
                }
            )
        )
        objection.do_transition("submit")
        return objection

    def ledger(self, user=None, **domain):
        """Return the lines of the change ledger that a user reads."""
        self.env.flush_all()
        lines = self.env["office.supervision.change.ledger"]
        lines = lines.with_user(user or self.director)
        return lines.search([(name, "=", value) for name, value in domain.items()])


@tagged("post_install", "-at_install", "office_supervision")
class TestLaw(LawCase):
    """Principle one: act by law."""

    def test_s3_6_ticket_warns_of_a_supervisor_who_studied_no_law(self):
        ticket = self.make_ticket()
        self.assertTrue(ticket.is_supervisor_untrained)
        policy = self.env["office.regulation"].create({"name": "P", "kind": "policy"})
        Study = self.env["office.study.record"]
        mine = {"user_id": self.supervisor.id, "note": "Read it"}
        Study.create({**mine, "regulation_id": policy.id})
        ticket.invalidate_recordset()
        self.assertTrue(ticket.is_supervisor_untrained, "a policy is no law")
        study = Study.create({**mine, "regulation_id": self.law.id})
        ticket.invalidate_recordset()
        self.assertFalse(ticket.is_supervisor_untrained)
        study.date = self.day(-400)
        ticket.invalidate_recordset()
        self.assertTrue(ticket.is_supervisor_untrained, "that was last year")

    def test_s3_6_who_studied_what_this_year(self):
        self.env["office.study.record"].create(
            {
                "user_id": self.supervisor.id,
                "regulation_id": self.law.id,
                "note": "Read it",
            }
        )
        self.env.flush_all()
        Supervisor = self.env["office.supervision.supervisor"]
        row = Supervisor.with_user(self.director).browse(self.supervisor.id)
        self.assertEqual((row.study_count, row.studied), (1, "Education Act"))
        own = Supervisor.with_user(self.supervisor).search([])
        self.assertEqual(own.user_id, self.supervisor)
        self.assertLessEqual(
            self.supervisor | self.other_supervisor,
            Supervisor.with_user(self.leader).search([]).user_id,
        )
        with self.assertRaises(AccessError):
            Supervisor.with_user(self.head_a).search([])

    def make_finding(self, ticket, **vals):
        finding = (
            self.env["office.supervision.finding"]
            .with_user(self.supervisor)
            .create(
                {
                    "ticket_id": ticket.id,
                    "unit_id": self.unit_a.id,
                    "text": "Fees were taken without a legal basis.",
                    **vals,
                }
            )
        )
        finding.do_transition("record")
        return finding

    def test_s3_7_ticket_waits_for_the_correction(self):
        ticket = self.make_assigned()
        finding = self.make_finding(ticket)
        for task in ticket.task_ids:
            self.report(task)
        with self.assertRaisesRegex(UserError, "neither corrected nor transferred"):
            self.verify(ticket)
        with self.assertRaises(UserError) as error:
            finding.do_transition("correct")
        self.assertIn("How It Was Corrected", str(error.exception))
        self.assertIn("Corrected On", str(error.exception))
        finding.write({"correction": "Paid back", "date_corrected": self.today})
        finding.do_transition("correct")
        check = ticket.verification_ids.with_user(self.supervisor)
        check.do_transition("conclude")
        self.assertEqual(ticket.state, "completed")
        late = self.make_finding(ticket)
        with self.assertRaisesRegex(UserError, "neither corrected nor transferred"):
            ticket.with_user(self.leader).do_transition("close")
        late.write(
            {
                "organ_kind": "discipline",
                "organ": "District Commission",
                "date_transferred": self.today,
                "receipt": "No. 12",
            }
        )
        late.do_transition("transfer")
        ticket.with_user(self.leader).do_transition("close")

    def test_s3_7_clue_of_a_crime_goes_to_the_supervisory_commission(self):
        ticket = self.make_assigned()
        finding = self.make_finding(ticket, is_duty_crime=True)
        self.assertFalse(finding.with_user(self.head_a).has_access("read"))
        self.assertFalse(finding.search_count([]) and self.see_findings(self.staff_a))
        self.assertTrue(finding.with_user(self.director).has_access("read"))
        finding.write(
            {
                "correction": "Settled",
                "date_corrected": self.today,
                "organ_kind": "police",
                "organ": "Police",
                "date_transferred": self.today,
                "receipt": "1",
            }
        )
        with self.assertRaisesRegex(UserError, "not settled inside"):
            finding.do_transition("correct")
        for user in (self.supervisor, self.director):
            with self.subTest(user=user.login):
                with self.assertRaisesRegex(UserError, "not yours.*V_Leader"):
                    finding.with_user(user).do_transition("transfer")
        with self.assertRaisesRegex(UserError, "supervisory commission"):
            finding.with_user(self.leader).do_transition("transfer")
        finding.organ_kind = "supervisory"
        finding.with_user(self.leader).do_transition("transfer")

    def test_s3_7_unit_learns_of_no_clue_by_a_figure(self):
        ticket = self.make_assigned()
        self.make_finding(ticket, is_duty_crime=True)
        with self.assertRaises(AccessError):
            ticket.with_user(self.head_a).read(["open_finding_count"])
        self.assertEqual(ticket.with_user(self.leader).open_finding_count, 1)
        Finding = self.env["office.supervision.finding"]
        period = (self.today, self.today)
        mine = Finding.with_user(self.head_a).sudo()
        self.assertFalse(mine._measure_settled(*period))
        self.assertTrue(Finding.with_user(self.leader).sudo()._measure_settled(*period))

    def test_s3_7_nothing_is_ended_over_what_is_open(self):
        ticket = self.make_assigned()
        self.make_finding(ticket)
        with self.assertRaisesRegex(UserError, "neither corrected nor transferred"):
            ticket.with_user(self.leader).do_transition("terminate", "Void")
        failed = self.make_concluded("fail", directive=self.make_directive())
        self.object(failed)
        with self.assertRaisesRegex(UserError, "under review"):
            failed.with_user(self.leader).do_transition("terminate", "Void")

    def see_findings(self, user):
        return self.env["office.supervision.finding"].with_user(user).search([])

    def test_s3_7_a_finding_on_record_stays(self):
        finding = self.make_finding(self.make_assigned())
        self.assertTrue(finding.with_user(self.head_a).has_access("read"))
        for user in (self.supervisor, self.director, self.head_a):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                finding.with_user(user).unlink()
        with self.assertRaisesRegex(UserError, "not yours"):
            finding.with_user(self.director).do_transition("retract", "No")
        finding.with_user(self.leader).do_transition("retract", "The wrong school")
        self.assertEqual(finding.sudo().ticket_id.open_finding_count, 0)

    def test_s3_7_figure(self):
        ticket = self.make_assigned()
        self.make_finding(ticket)
        done = self.make_finding(ticket)
        done.write({"correction": "Paid back", "date_corrected": self.today})
        done.do_transition("correct")
        self.env.flush_all()
        rows = self.env["office.supervision.finding"]._measure_settled(
            self.today, self.today
        )
        self.assertIn((self.unit_a.id, None, 1, 2), rows)


@tagged("post_install", "-at_install", "office_supervision")
class TestPolicy(LawCase):
    """Principle two: act by policy; what is required stands."""

    def make_change(self, ticket, **vals):
        directive = vals.pop("directive", None) or self.make_directive()
        return (
            self.env["office.supervision.requirement"]
            .with_user(self.supervisor)
            .with_context(default_ticket_id=ticket.id)
            .create(
                {
                    "directive_id": directive.id,
                    "reason": "The city asked for more",
                    "name": ticket.name,
                    "scope": ticket.scope,
                    "requirement": "Publish the places of all schools.",
                    "legal_basis_ids": [Command.set(self.law.ids)],
                    **vals,
                }
            )
        )

    def test_s3_8_a_change_leaves_both_versions(self):
        ticket = self.make_assigned()
        for vals in (
            {"requirement": "Less"},
            {"scope": "Less"},
            {"name": "Less"},
            {"policy_basis_ids": [Command.clear()]},
            {"legal_basis_ids": [Command.clear()]},
        ):
            for user in (self.supervisor, self.director, self.env.user):
                with self.subTest(vals=vals, user=user.login):
                    with self.assertRaisesRegex(ValidationError, "earlier step"):
                        ticket.with_user(user).write(vals)
        change = self.make_change(ticket)
        change.do_transition("ask")
        for user in (self.supervisor, self.director, self.other_leader):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                change.with_user(user).do_transition("approve")
        self.assertEqual(ticket.requirement, "Publish the number of free places.")
        change.with_user(self.leader).do_transition("approve")
        self.assertEqual(ticket.requirement, "Publish the places of all schools.")
        self.assertEqual(ticket.requirement_version, 2)
        self.assertRecordValues(
            change.sudo(),
            [
                {
                    "requirement_before": "Publish the number of free places.",
                    "requirement": "Publish the places of all schools.",
                    "approver_id": self.leader.id,
                    "date": self.today,
                    "version": 2,
                }
            ],
        )
        for user in (self.supervisor, self.director, self.leader, self.env.user):
            for name in ("requirement", "requirement_before"):
                with self.subTest(user=user.login, field=name):
                    with self.assertRaises(UserError):
                        change.with_user(user).write({name: "Forged"})
            with self.assertRaises(UserError):
                change.with_user(user).unlink()
        second = self.make_change(ticket, requirement="Only two schools.")
        second.do_transition("ask")
        second.with_user(self.leader).do_transition("approve")
        self.assertEqual(
            ticket.requirement_ids.sorted("version").mapped("requirement_before"),
            [
                "Publish the number of free places.",
                "Publish the places of all schools.",
            ],
        )

    def test_s3_8_no_change_without_an_order_for_it(self):
        ticket = self.make_assigned()
        unissued = self.env["office.directive"].create(
            {"name": "D", "text": "D", "leader_id": self.leader.id}
        )
        strange = self.make_directive(leader_id=self.other_leader.id)
        for directive, words in (
            (ticket.directive_id, "a\nfurther one".replace("\n", " ")),
            (strange, "who authorised"),
            (unissued, "not in force"),
        ):
            change = self.make_change(ticket, directive=directive)
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                change.do_transition("ask")
        same = self.make_change(ticket, requirement=ticket.requirement)
        with self.assertRaises(UserError) as error:
            same.scope = " "
            same.do_transition("ask")
        self.assertIn("Scope", str(error.exception))
        same.scope = ticket.scope
        with self.assertRaisesRegex(UserError, "Nothing differs"):
            same.do_transition("ask")
        proposed = self.make_change(self.make_ticket())
        with self.assertRaisesRegex(UserError, "while an assigned ticket runs"):
            proposed.do_transition("ask")

    def test_s3_8_no_change_on_a_lapsed_law(self):
        change = self.make_change(self.make_assigned())
        change.do_transition("ask")
        self.law._pass_by_system("supersede")
        with self.assertRaisesRegex(UserError, "not in force: .*Education Act"):
            change.with_user(self.leader).do_transition("approve")

    def test_s3_8_proposal_opens_no_directive(self):
        directive = self.make_directive()
        ticket = self.make_ticket(directive=directive)
        self.assertFalse(directive.with_user(self.supervisor).has_access("read"))
        ticket.with_user(self.director).do_transition("file")
        self.assertTrue(directive.with_user(self.supervisor).has_access("read"))

    def test_s3_8_who_asks(self):
        ticket = self.make_assigned()
        change = self.make_change(ticket)
        Requirement = self.env["office.supervision.requirement"]
        vals = change.copy_data()[0]
        for user in (self.head_a, self.staff_a, self.clerk, self.leader):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                Requirement.with_user(user).create(vals)
        with self.assertRaises(AccessError):
            Requirement.with_user(self.director).create(
                {**vals, "asker_id": self.supervisor.id}
            )
        self.assertFalse(change.with_user(self.outsider).has_access("read"))
        self.assertTrue(change.with_user(self.head_a).has_access("read"))

    def test_s3_8_dialog_begins_with_what_stands_there(self):
        ticket = self.make_assigned()
        action = ticket.with_user(self.supervisor).action_change_requirement()
        new = Form(
            self.env["office.supervision.requirement"]
            .with_user(self.supervisor)
            .with_context(**action["context"])
        )
        self.assertEqual(new.requirement, ticket.requirement)
        self.assertEqual(new.legal_basis_ids.ids, ticket.legal_basis_ids.ids)

    # No favours -----------------------------------------------------------------------

    def test_s3_9_supervisor_of_the_own_unit_is_blocked(self):
        self.env["hr.employee"].create(
            {
                "name": "Supervisor",
                "user_id": self.supervisor.id,
                "department_id": self.unit_b.id,
            }
        )
        with self.assertRaisesRegex(ValidationError, "related to Section B"):
            self.make_ticket()
        ticket = self.make_ticket(tasks=1)
        with (
            self.assertRaisesRegex(ValidationError, "related to Section B"),
            self.cr.savepoint(),
        ):
            ticket.assisting_unit_ids = self.unit_b
        self.unit_b.parent_id = self.unit_a
        other = self.make_directive(name="Another")
        with self.assertRaisesRegex(ValidationError, "related to Section A"):
            self.make_ticket(tasks=1, directive=other, supervisor_id=self.supervisor.id)
        own = self.make_ticket(tasks=1, directive=other)
        self.assertFalse(own.supervisor_id, "nobody proposes themselves at home")

    def test_s3_9_agency_makes_nobody_related(self):
        agency = self.env["hr.department"].create(
            {"name": "Commission", "unit_kind": "agency"}
        )
        office = self.env["hr.department"].create(
            {"name": "Inspection Office", "parent_id": agency.id}
        )
        (self.unit_a | self.unit_b).parent_id = agency
        self.env["hr.employee"].create(
            {
                "name": "Supervisor",
                "user_id": self.supervisor.id,
                "department_id": office.id,
            }
        )
        self.assertEqual(self.make_ticket().supervisor_id, self.supervisor)
        self.assertEqual(self.supervisor._get_kin_unit_ids(), {office.id})

    def declare(self, unit, user=None, **vals):
        user = user or self.supervisor
        recusal = (
            self.env["office.supervision.recusal"]
            .with_user(user)
            .create({"unit_id": unit.id, "reason": "My brother heads it", **vals})
        )
        recusal.do_transition("declare")
        return recusal

    def test_s3_9_declared_relation_blocks_every_step(self):
        ticket = self.make_assigned()
        other = self.make_ticket(supervisor_id=self.other_supervisor.id)
        self.declare(self.unit_b)
        self.assertEqual(ticket.supervisor_id, self.director, "handed over at once")
        self.assertFalse(ticket.with_user(self.supervisor).has_access("read"))
        self.assertIn(
            ("supervisor", "V_Supervisor", "V_Director"),
            [
                (line.kind, line.value_from, line.value_to)
                for line in self.ledger(ticket_id=ticket.id)
            ],
        )
        with (
            self.assertRaisesRegex(UserError, "is related to Section B"),
            self.cr.savepoint(),
        ):
            other.with_user(self.director).supervisor_id = self.supervisor
        self.assertEqual(other.supervisor_id, self.other_supervisor)
        other.with_user(self.director).do_transition("file")
        other.with_user(self.other_supervisor).do_transition("assign")
        for task in other.task_ids:
            self.report(task)
        for record, name in (
            (other, "verify"),
            (other.task_ids[0], "send_back"),
            (other.feedback_ids[0], "send_back"),
        ):
            with self.subTest(model=record._name), self.assertRaises(UserError):
                record.with_user(self.supervisor).do_transition(name, "Because")
        other.with_user(self.other_supervisor).do_transition("verify")
        with self.assertRaisesRegex(ValidationError, "is related to Section B"):
            self.env["office.supervision.verification"].with_user(
                self.supervisor
            ).create({"ticket_id": other.id})

    def test_s3_9_related_director_takes_no_step_of_a_supervisor(self):
        ticket = self.make_assigned()
        for task in ticket.task_ids:
            self.report(task)
        self.declare(self.unit_a, self.director, user_id=self.director.id)
        with self.assertRaisesRegex(UserError, "is related to Section A"):
            ticket.with_user(self.director).do_transition("verify")
        self.assertNotIn(
            "verify",
            [t["name"] for t in ticket.with_user(self.director).open_transitions or ()],
        )

    def test_s3_9_unit_asks_and_the_director_decides(self):
        ticket = self.make_assigned()
        Recusal = self.env["office.supervision.recusal"]
        asked = Recusal.with_user(self.head_a).create(
            {
                "user_id": self.supervisor.id,
                "unit_id": self.unit_a.id,
                "reason": "He was our colleague until May",
            }
        )
        for user in (self.head_a, self.staff_a, self.clerk):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                asked.with_user(user).do_transition("order")
        self.assertFalse(asked.with_user(self.head_b).has_access("read"))
        self.assertTrue(asked.with_user(self.supervisor).has_access("read"))
        with self.assertRaises(UserError):
            asked.with_user(self.supervisor).do_transition("refuse", "No")
        asked.with_user(self.director).do_transition("order")
        self.assertEqual(ticket.supervisor_id, self.director)
        with self.assertRaises(UserError):
            ticket.with_user(self.director).change_supervisor(self.supervisor, "Back")
        asked.with_user(self.leader).do_transition("lift", "He left long ago")
        self.assertFalse(self.supervisor._get_kin_unit_ids())

    def test_s3_9_recused_from_one_ticket(self):
        ticket = self.make_assigned()
        ticket.with_user(self.supervisor).recuse(reason="A friend handles it")
        self.assertEqual(ticket.supervisor_id, self.director)
        with self.assertRaisesRegex(ValidationError, "stepped aside"):
            self.env["office.supervision.verification"].create(
                {"ticket_id": ticket.id, "verifier_id": self.supervisor.id}
            )

    def test_s3_9_another_supervisor_with_a_reason(self):
        ticket = self.make_assigned()
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            ticket.with_user(self.director).supervisor_id = self.other_supervisor
        with self.assertRaises(UserError) as error:
            ticket.with_user(self.supervisor).change_supervisor(self.staff_a, " ")
        for words in ("director or the authorising", "Choose a supervisor", "reason"):
            self.assertIn(words, str(error.exception))
        dialog = self.env["office.supervision.supervisor.change"]
        dialog.with_user(self.director).create(
            {
                "ticket_id": ticket.id,
                "user_id": self.other_supervisor.id,
                "reason": "On leave",
            }
        ).action_apply()
        self.assertEqual(ticket.supervisor_id, self.other_supervisor)
        [line] = self.ledger(ticket_id=ticket.id, kind="supervisor")
        self.assertEqual(line.approver_id, self.director)
        self.assertEqual(line.reason, "On leave")

    def test_s3_9_who_may_become_supervisor(self):
        ticket = self.make_assigned().with_user(self.director)
        company = self.env["res.company"].create({"name": "Other District"})
        stranger = new_test_user(
            self.env,
            "v_stranger",
            "office_functions_supervision.group_office_supervisor",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        with self.assertRaisesRegex(UserError, "of the same company"):
            ticket.change_supervisor(stranger.id, "On leave")
        for wrong in (False, "x", [self.supervisor.id], {}, None, True):
            with self.assertRaisesRegex(UserError, "Choose a supervisor"):
                ticket.change_supervisor(wrong, "On leave")
        closed = self.make_closed(directive=self.make_directive())
        with self.assertRaisesRegex(UserError, "its supervisor stays"):
            closed.with_user(self.director).change_supervisor(
                self.other_supervisor, "On leave"
            )

    def test_s3_9_each_answers_for_what_was_changed_in_their_time(self):
        ticket = self.make_assigned()
        ticket.with_user(self.leader).change_deadline("extend", "Why", self.day(25))
        with freeze_time(self.day(1)):
            mine = ticket.with_user(self.director)
            mine.change_supervisor(self.other_supervisor, "On leave")
        with freeze_time(self.day(2)):
            mine = ticket.with_user(self.leader)
            mine.change_deadline("restart", "Anew")
            mine.change_deadline("extend", "Again", self.day(30))
        lines = self.ledger(ticket_id=ticket.id).sorted("id")
        found = [
            (line.date, line.kind, line.supervisor_id, line.days)
            for line in lines.sorted(lambda line: (line.date, line.id))
        ]
        self.assertIn((self.today, "extend", self.supervisor, 5), found)
        self.assertIn((self.day(2), "restart", self.other_supervisor, 0), found)
        self.assertIn((self.day(2), "extend", self.other_supervisor, 5), found)
        rows = self.env["office.supervision.change.ledger"]._measure_changes(
            self.today, self.today
        )
        self.assertIn((self.unit_a.id, self.supervisor.id, 1, 0), rows)

    def test_s3_9_another_person_is_put_on_record(self):
        ticket = self.make_assigned()
        task = ticket.task_ids[0]
        for vals in ({"goal": "Less"}, {"is_long_running": True}):
            with self.assertRaisesRegex(ValidationError, "earlier step"):
                task.with_user(self.director).write(vals)
        task.with_user(self.staff_a).do_transition("give_back", "Not ours")
        task.with_user(self.director).do_transition("reassign", "Too heavy for them")
        task.with_user(self.director).write(
            {"handler_id": self.head_a.id, "weight": 30}
        )
        [line] = self.ledger(ticket_id=ticket.id, kind="person")
        self.assertEqual((line.value_from, line.value_to), ("V_Staff_A", "V_Head_A"))
        self.assertEqual(line.reason, "Too heavy for them")

    # Extensions and the ledger --------------------------------------------------------

    def test_s3_9_no_extension_without_approval_by_any_road(self):
        ticket = self.make_assigned()
        task = ticket.task_ids[0]
        later = self.day(60)
        Extension = self.env["office.supervision.extension"]
        asked = Extension.with_user(self.staff_a).create(
            {"ticket_id": ticket.id, "date_to": later, "reason": "Late data"}
        )
        asked.do_transition("ask")
        users = (self.staff_a, self.head_a, self.supervisor, self.director, self.clerk)
        for user in users:
            mine = ticket.with_user(user)
            roads = [
                lambda mine=mine: mine.write({"date_deadline": later}),
                lambda mine=mine: mine.write({"date_deadline_original": later}),
                lambda mine=mine: mine.write({"extension_count": 9}),
                lambda mine=mine: mine.change_deadline("extend", "Please", later),
                lambda mine=mine: mine.change_deadline("pause", "Please"),
                lambda mine=mine: mine.change_deadline("restart", "Please"),
                lambda user=user: asked.with_user(user).do_transition("approve"),
                lambda user=user: asked.with_user(user).write({"state": "approved"}),
                lambda user=user: asked.with_user(user).write({"date_to": later}),
                lambda user=user: Extension.with_user(user).create(
                    {
                        "ticket_id": ticket.id,
                        "date_to": later,
                        "reason": "Forged",
                        "state": "approved",
                    }
                ),
                lambda mine=mine: (
                    mine.load([".id", "date_deadline"], [[str(ticket.id), str(later)]])[
                        "ids"
                    ]
                    or mine._refuse_guarded(["date_deadline"])
                ),
                lambda user=user: task.with_user(user).change_deadline(
                    "extend", "Please", later
                ),
                lambda user=user: task.with_user(user).write({"date_deadline": later}),
            ]
            for number, road in enumerate(roads):
                with self.subTest(user=user.login, road=number):
                    with self.assertRaises(UserError), self.cr.savepoint():
                        road()
        for record, days in ((ticket, 20), (task, 10)):
            self.assertEqual(record.date_deadline, self.day(days))
        asked.with_user(self.leader).do_transition("approve")
        self.assertEqual(ticket.date_deadline, later)

    def test_s3_9_ledger_says_who_relaxed_what_for_whom(self):
        ticket = self.make_assigned()
        extension = (
            self.env["office.supervision.extension"]
            .with_user(self.staff_a)
            .create(
                {"ticket_id": ticket.id, "date_to": self.day(40), "reason": "Late data"}
            )
        )
        extension.do_transition("ask")
        extension.with_user(self.leader).do_transition("approve")
        change = self.make_change(ticket, scope="Two schools")
        change.do_transition("ask")
        change.with_user(self.leader).do_transition("approve")
        task = ticket.task_ids[0]
        task.with_user(self.staff_a).do_transition("give_back", "Not ours")
        task.with_user(self.director).do_transition("reassign", "Too heavy for them")
        with self.assertRaisesRegex(ValidationError, "only a director"):
            task.with_user(self.supervisor).weight = 30
        task.with_user(self.director).weight = 30
        lines = {line.kind: line for line in self.ledger(ticket_id=ticket.id)}
        self.assertEqual(set(lines), {"extend", "requirement", "scope", "weight"})
        self.assertRecordValues(
            lines["extend"],
            [
                {
                    "asker_id": self.staff_a.id,
                    "approver_id": self.leader.id,
                    "lead_unit_id": self.unit_a.id,
                    "supervisor_id": self.supervisor.id,
                    "days": 20,
                    "value_from": str(self.day(20)),
                    "value_to": str(self.day(40)),
                    "reason": "Late data",
                    "date": self.today,
                }
            ],
        )
        self.assertEqual(lines["scope"].value_to, "Two schools")
        self.assertEqual(lines["scope"].asker_id, self.supervisor)
        self.assertEqual(lines["weight"].value_from, "50")
        self.assertEqual(lines["weight"].value_to, "30")
        self.assertEqual(lines["weight"].reason, "Too heavy for them")
        groups = (
            self.env["office.supervision.change.ledger"]
            .with_user(self.director)
            ._read_group(
                [("ticket_id", "=", ticket.id)],
                ["approver_id", "lead_unit_id"],
                ["days:sum"],
            )
        )
        self.assertIn((self.leader, self.unit_a, 20), groups)
        rows = self.env["office.supervision.change.ledger"]._measure_changes(
            self.today, self.today
        )
        self.assertIn((self.unit_a.id, self.supervisor.id, 4, 0), rows)

    def test_s3_9_who_reads_the_ledger(self):
        ticket = self.make_assigned()
        ticket.with_user(self.leader).change_deadline("extend", "Why", self.day(25))
        for user in (self.leader, self.director, self.supervisor):
            self.assertTrue(self.ledger(user, ticket_id=ticket.id), user.login)
        for user in (self.head_a, self.staff_a, self.clerk, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.ledger(user)
        ticket.with_user(self.leader).recuse(self.director, "A relative")
        self.assertFalse(self.ledger(self.director, ticket_id=ticket.id))
        company = self.env["res.company"].create({"name": "Other District"})
        stranger = new_test_user(
            self.env,
            "v_stranger",
            "office_functions.group_office_director",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        self.assertFalse(self.ledger(stranger))


@tagged("post_install", "-at_install", "office_supervision")
class TestDiscipline(LawCase):
    """Principle three: act by discipline."""

    def get_button(self, ticket, user, name="file"):
        ticket.invalidate_recordset()
        buttons = ticket.with_user(user).open_transitions
        return next(button for button in buttons if button["name"] == name)

    def test_s3_10_no_directive_no_filing(self):
        ticket = self.make_ticket()
        self.assertEqual(self.get_button(ticket, self.director)["gaps"], [])
        directive = ticket.directive_id
        ticket.directive_id = False
        [gap] = self.get_button(ticket, self.director)["gaps"]
        self.assertIn("nobody supervises without it", gap)
        with self.assertRaisesRegex(UserError, "nobody supervises without it"):
            ticket.with_user(self.director).do_transition("file")
        draft = directive.sudo().copy()
        ticket.directive_id = draft
        [gap] = self.get_button(ticket, self.leader)["gaps"]
        self.assertIn("not in force", gap)
        ticket.directive_id = directive
        self.leader.group_ids = self.env.ref("office_functions.group_office_staff")
        [gap] = self.get_button(ticket, self.director)["gaps"]
        self.assertIn("is no leader", gap)
        with self.assertRaisesRegex(UserError, "is no leader"):
            ticket.with_user(self.director).do_transition("file")

    def test_s3_10_figures(self):
        ticket = self.make_assigned()
        self.env.flush_all()
        for name in ("_measure_authority", "_measure_basis"):
            rows = getattr(self.env["office.supervision.ticket"], name)(
                self.today, self.today
            )
            self.assertIn((self.unit_a.id, ticket.supervisor_id.id, 1, 1), rows)

    def test_s3_12_nobody_types_a_leader_as_authority(self):
        ticket = self.make_ticket()
        self.leader.name = "李建国"
        with self.assertRaisesRegex(ValidationError, "李建国"):
            ticket.with_user(self.supervisor).basis_reference = "李建国局长口头要求"
        with self.assertRaisesRegex(ValidationError, "李建国"):
            self.make_ticket(
                directive=self.make_directive(), basis_reference="奉李建国同志指示"
            )
        ticket.basis_reference = "教办〔2026〕12号"

    # The supervised unit's rights -----------------------------------------------------

    def test_s3_11_objection_upheld_corrects_the_conclusion(self):
        ticket = self.make_concluded("fail")
        check = ticket.verification_ids
        rectification = check.task_id
        objection = self.object(ticket)
        self.assertTrue(ticket.is_under_review)
        self.assertRegex(objection.number, r"^督核〔\d{4}〕\d+号$")
        limit = self.env.ref(
            "office_functions_supervision.time_limit_supervision_objection_decision"
        )
        self.assertEqual((limit.amount, limit.unit), (30, "calendar_days"))
        self.assertIn("第17条", limit.legal_basis)
        counted = limit._count(self.today, self.company).deadline
        self.assertEqual(objection.date_deadline, counted)
        self.assertEqual(objection.sudo().handler_id, self.director)
        for user in (self.supervisor, self.other_supervisor, self.head_a, self.clerk):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                objection.with_user(user).do_transition("uphold", "Right")
        with self.assertRaisesRegex(UserError, "write down the reason"):
            objection.with_user(self.director).do_transition("uphold")
        objection.with_user(self.director).do_transition(
            "uphold", "The two schools are on page two."
        )
        self.assertEqual(check.state, "annulled")
        self.assertEqual(rectification.state, "cancelled")
        self.assertEqual(ticket.state, "feedback", "it waits for another verification")
        self.assertFalse(ticket.is_under_review)
        self.assertEqual(ticket.date_reported, self.today)
        self.assertRecordValues(
            objection.sudo(),
            [
                {
                    "state": "upheld",
                    "answer": "The two schools are on page two.",
                    "decider_id": self.director.id,
                    "light": "done",
                }
            ],
        )
        [line] = self.ledger(ticket_id=ticket.id, kind="conclusion")
        self.assertEqual(line.value_from, f"{self.today} Failed")
        self.assertEqual(line.reason, "The two schools are on page two.")
        self.assertEqual(line.asker_id, self.head_a)
        self.assertEqual(line.approver_id, self.director)
        with self.assertRaisesRegex(ValidationError, "cannot verify"):
            self.verify(ticket)
        self.verify_again(ticket)
        self.assertEqual(ticket.state, "completed")

    def verify_again(self, ticket):
        check = (
            self.env["office.supervision.verification"]
            .with_user(self.other_supervisor)
            .create({"ticket_id": ticket.id, "findings": "Seen", "result": "pass"})
        )
        check.do_transition("conclude")

    def test_s3_11_objection_to_a_ticket_struck_off_reopens_it(self):
        ticket = self.make_closed()
        done = ticket.date_done
        objection = self.object(ticket, self.head_b, unit_id=self.unit_b.id)
        with freeze_time(self.day(5)):
            with self.assertRaisesRegex(UserError, "had a part in this"):
                objection.with_user(self.leader).do_transition("uphold", "I closed it")
            objection.with_user(self.other_leader).do_transition("uphold", "It is so")
            self.assertEqual(ticket.state, "feedback")
            self.assertEqual(ticket.task_ids.mapped("state"), ["reported"] * 2)
            self.assertFalse(ticket.date_closed)
            self.assertEqual(ticket.date_reported, done)
            self.assertEqual(ticket.directive_id.state, "escalated")
            ticket.with_user(self.other_supervisor).sudo(False)
            ticket.with_user(self.director).do_transition("verify")
            self.verify_again(ticket)
        self.assertEqual(ticket.date_done, done, "the unit is not late by the review")
        self.assertEqual(ticket.task_ids.mapped("date_done"), [done] * 2)

    def test_s3_11_not_upheld_leaves_the_conclusion(self):
        ticket = self.make_concluded("pass")
        objection = self.object(ticket)
        with self.assertRaisesRegex(UserError, "under review"):
            ticket.with_user(self.leader).do_transition("close")
        objection.with_user(self.leader).do_transition("refuse", "The facts are clear")
        self.assertEqual(ticket.verification_ids.state, "concluded")
        ticket.with_user(self.leader).do_transition("close")

    def test_s3_11_thirty_days(self):
        ticket = self.make_concluded("fail")
        with freeze_time(self.day(30)), self.cr.savepoint():
            last = self.object(ticket)
        last.do_transition("withdraw", "We were wrong")
        self.assertFalse(ticket.is_under_review)
        with freeze_time(self.day(40)):
            with self.assertRaisesRegex(UserError, "at the latest"):
                self.object(ticket)

    def test_s3_11_once_and_by_those_concerned(self):
        ticket = self.make_concluded("fail")
        self.object(ticket)
        with self.assertRaisesRegex(UserError, "under review already"):
            self.object(ticket)
        with self.assertRaisesRegex(ValidationError, "in the name of Section A"):
            self.object(ticket, self.head_b)
        head_c = new_test_user(
            self.env, "v_head_c", "office_functions.group_office_section_head"
        )
        unit_c = self._make_unit("Section C", head_c)
        with self.assertRaises(UserError):
            self.object(ticket, head_c, unit_id=unit_c.id)
        for user in (self.clerk, self.supervisor, self.director):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self.object(ticket, user)
        with self.assertRaises(AccessError):
            self.object(ticket, self.staff_a, author_id=self.head_a.id)

    def test_s3_11_one_conclusion_for_each_objection(self):
        ticket = self.make_concluded("fail")
        bulletin = (
            self.env["office.supervision.bulletin"]
            .with_user(self.supervisor)
            ._begin_for_ticket(ticket, "criticism", "Nothing was done.")
        )
        vals = {
            "name": "Two at once",
            "unit_id": self.unit_a.id,
            "author_id": self.head_a.id,
            "verification_id": ticket.sudo().verification_ids.id,
            "bulletin_id": bulletin.id,
            "text": "Wrong",
        }
        with self.assertRaisesRegex(ValidationError, "to one conclusion"):
            self.env["office.supervision.objection"].create(vals)

    def test_s3_11_nobody_learns_a_name_by_its_id(self):
        ticket = self.make_concluded("fail")
        check = ticket.verification_ids
        mine = {"name": "N", "unit_id": self.unit_b.id, "text": "T"}
        ticket.with_user(self.leader).recuse(self.head_b, "A relative")
        Objection = self.env["office.supervision.objection"].with_user(self.head_b)
        for vals in ({"ticket_id": ticket.id}, {"verification_id": check.id}):
            with self.assertRaises(AccessError), self.cr.savepoint():
                Objection.create({**mine, **vals})
        Rate = self.env["office.supervision.conduct.rate"].with_user(self.outsider)
        with self.assertRaises(AccessError), self.cr.savepoint():
            Rate.create({"ticket_id": ticket.id})

    def test_s3_11_as_close_as_its_ticket(self):
        ticket = self.make_closed()
        objection = self.object(ticket)
        self.rate(ticket, self.staff_a)
        rated = self.env["office.supervision.conduct"].search([])
        for record in (objection, rated):
            self.assertTrue(record.with_user(self.director).has_access("read"))
        ticket.with_user(self.leader).recuse(self.director, "A relative")
        for record in (objection, rated):
            with self.subTest(model=record._name):
                self.assertFalse(record.with_user(self.director).has_access("read"))
                self.assertTrue(record.with_user(self.leader).has_access("read"))
        ticket.with_user(self.other_leader).restrict()
        for record in (objection, rated):
            with self.subTest(model=record._name):
                self.assertFalse(record.with_user(self.leader).has_access("read"))
        self.assertFalse(objection.with_user(self.supervisor).has_access("read"))

    def test_s3_11_no_kin_is_asked_to_decide(self):
        ticket = self.make_concluded("fail")
        objection = self.object(ticket)
        kin = self.director | self.leader
        for user in kin:
            self.env["hr.employee"].create(
                {
                    "name": user.name,
                    "user_id": user.id,
                    "department_id": self.unit_a.id,
                }
            )
        found = objection.sudo()._find_decider()
        self.assertTrue(found)
        self.assertFalse(found & kin)

    def test_s3_11_supervisor_reads_and_never_decides(self):
        objection = self.object(self.make_concluded("fail"))
        mine = objection.with_user(self.supervisor)
        self.assertEqual(mine.text, "Both schools are on page two of the notice.")
        self.supervisor.group_ids |= self.env.ref(
            "office_functions.group_office_director"
        )
        for name in ("uphold", "refuse"):
            with self.assertRaisesRegex(UserError, "had a part in this"):
                mine.do_transition(name, "Because")
        with self.assertRaises(UserError):
            mine.write({"text": "Forged"})
        self.assertFalse(objection.with_user(self.head_b).has_access("read"))

    def test_s3_11_involved_director_leaves_it_to_a_leader(self):
        ticket = self.make_assigned()
        for task in ticket.task_ids:
            self.report(task)
        ticket.with_user(self.director).do_transition("verify")
        check = (
            self.env["office.supervision.verification"]
            .with_user(self.director)
            .create(
                {
                    "ticket_id": ticket.id,
                    "findings": "Two are missing",
                    "result": "fail",
                    "rectification": "Add them",
                    "rectification_unit_id": self.unit_a.id,
                    "rectification_user_id": self.staff_a.id,
                    "date_rectification": self.day(15),
                }
            )
        )
        check.do_transition("conclude")
        objection = self.object(ticket).sudo()
        if objection.handler_id._get_office_director(self.company) == self.director:
            self.assertTrue(
                objection.handler_id.has_group("office_functions.group_office_leader")
            )
        with self.assertRaisesRegex(UserError, "had a part in this"):
            objection.with_user(self.director).do_transition("uphold", "Mine")

    def test_s3_11_objection_to_a_bulletin_revokes_it(self):
        ticket = self.make_late()
        Bulletin = self.env["office.supervision.bulletin"].with_user(self.supervisor)
        bulletin = Bulletin._begin_for_ticket(ticket, "criticism", "Nothing was done.")
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.object(ticket, verification_id=False, bulletin_id=bulletin.id)
        bulletin.do_transition("submit")
        bulletin.with_user(self.leader).do_transition("approve")
        bulletin.do_transition("issue")
        objection = self.object(ticket, verification_id=False, bulletin_id=bulletin.id)
        self.assertEqual(objection.sudo().handler_id, self.director)
        for user in (self.leader, self.supervisor):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                objection.with_user(user).do_transition("uphold", "Mine")
        objection.with_user(self.other_leader).do_transition("uphold", "It was done")
        self.assertEqual(bulletin.state, "revoked")

    def test_s3_11_objection_to_an_inspection(self):
        inspection = (
            self.env["office.supervision.inspection"]
            .with_user(self.supervisor)
            .create(
                {
                    "name": "Notices in schools",
                    "handler_id": self.supervisor.id,
                    "lead_unit_id": self.unit_b.id,
                    "directive_id": self.make_directive().id,
                    "method_ids": self.env["office.supervision.method"]
                    .search([], limit=1)
                    .ids,
                    "date_from": self.today,
                    "date_to": self.day(3),
                    "date_deadline": self.day(10),
                    "scope": "The notice boards",
                    "object_ids": [Command.create({"unit_id": self.unit_a.id})],
                }
            )
        )
        inspection.do_transition("submit")
        inspection.with_user(self.leader).do_transition("approve")
        inspection.do_transition("start")
        inspection.object_ids.write(
            {
                "date_visited": self.today,
                "facts": "No notice",
                "evidence": "Photograph 1",
                "conclusion": "Not published",
            }
        )
        inspection.do_transition("conclude")
        inspection.do_transition("feed_back")
        objection = self.object(
            self.make_assigned(), verification_id=False, inspection_id=inspection.id
        )
        for user in (self.leader, self.supervisor):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                objection.with_user(user).do_transition("uphold", "Mine")
        objection.with_user(self.director).do_transition("uphold", "It hung there")
        self.assertEqual(inspection.state, "running")
        self.assertFalse(inspection.date_fed_back)

    def test_s3_11_explanation_is_put_on_record(self):
        ticket = self.make_assigned()
        explanation = (
            self.env["office.supervision.objection"]
            .with_user(self.staff_a)
            .create(
                {
                    "name": "Why it takes longer",
                    "unit_id": self.unit_a.id,
                    "ticket_id": ticket.id,
                    "text": "The street committee moves.",
                }
            )
        )
        explanation.do_transition("explain")
        self.assertEqual(explanation.state, "noted")
        self.assertFalse(ticket.is_under_review)
        self.assertFalse(explanation.clock_start)
        self.assertTrue(explanation.with_user(self.supervisor).has_access("read"))

    def test_s3_11_figures(self):
        first = self.object(self.make_concluded("fail"))
        first.with_user(self.director).do_transition("uphold", "Right")
        second = self.object(
            self.make_concluded("fail", directive=self.make_directive())
        )
        second.with_user(self.director).do_transition("refuse", "Wrong")
        self.env.flush_all()
        rows = self.env["office.supervision.objection"]._measure_upheld(
            self.today, self.today
        )
        self.assertIn((self.unit_a.id, None, 1, 2), rows)

    # Conduct --------------------------------------------------------------------------

    def rate(self, ticket, user, rating="4", comment=""):
        dialog = self.env["office.supervision.conduct.rate"].with_user(user)
        dialog.create(
            {"ticket_id": ticket.id, "rating": rating, "comment": comment}
        ).action_apply()

    def test_s3_11_unit_rates_once_after_the_end(self):
        ticket = self.make_concluded("pass")
        with self.assertRaisesRegex(UserError, "after the ticket was struck off"):
            self.rate(ticket, self.staff_a)
        ticket.with_user(self.leader).do_transition("close")
        with self.assertRaisesRegex(UserError, "one to five"):
            self.rate(ticket, self.staff_a, "0")
        self.assertEqual(ticket.with_user(self.staff_a).conduct_unit_id, self.unit_a)
        self.rate(ticket, self.staff_a, comment="Polite, and to the point")
        with self.assertRaisesRegex(UserError, "once"):
            self.rate(ticket, self.head_a)
        self.rate(ticket, self.head_b, "2")
        for user in (self.director, self.supervisor, self.clerk):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                ticket.with_user(user).rate_conduct("1")
        with self.assertRaises(AccessError):
            ticket.with_user(self.outsider).rate_conduct("1")

    def test_s3_11_supervisor_sees_an_average_of_three_only(self):
        Conduct = self.env["office.supervision.conduct"]
        own = self.env["office.supervision.supervisor"].with_user(self.supervisor)
        first = self.make_closed()
        second = self.make_closed(directive=self.make_directive())
        self.rate(first, self.staff_a, "5")
        self.rate(first, self.staff_b, "4")
        self.env.flush_all()
        mine = own.search([("user_id", "=", self.supervisor.id)])
        self.assertEqual((mine.conduct_count, mine.conduct_average), (2, 0))
        self.assertFalse(Conduct._measure_conduct(self.today, self.today))
        self.rate(second, self.staff_b, "3")
        self.env.flush_all()
        mine.invalidate_recordset()
        self.assertEqual((mine.conduct_count, mine.conduct_average), (3, 4))
        self.assertEqual(
            Conduct._measure_conduct(self.today, self.today),
            [(None, self.supervisor.id, 12, 3)],
        )
        measured = Conduct.with_user(self.supervisor).sudo()
        self.assertFalse(measured._measure_conduct(self.today, self.today))
        self.rate(second, self.staff_a, "1")
        self.env.flush_all()
        mine.invalidate_recordset()
        self.assertEqual((mine.conduct_count, mine.conduct_average), (4, 4))
        with self.assertRaises(AccessError):
            Conduct.with_user(self.supervisor).search([])
        self.supervisor.group_ids |= self.env.ref(
            "office_functions.group_office_director"
        )
        self.assertFalse(Conduct.with_user(self.supervisor).search([]))
        found = Conduct.with_user(self.leader).search([])
        self.assertEqual(len(found), 4)
        with self.assertRaises(UserError):
            found.sudo().write({"score": 1})
        with self.assertRaises(UserError):
            found.sudo().unlink()


@tagged("post_install", "-at_install", "office_supervision")
class TestCollective(LawCase):
    """Major measures stand on a collective decision (S3.10)."""

    def test_s3_10_major_criticism_is_decided_by_a_meeting(self):
        ticket = self.make_late()
        bulletin = (
            self.env["office.supervision.bulletin"]
            .with_user(self.supervisor)
            ._begin_for_ticket(ticket, "criticism", "Nothing was done.")
        )
        bulletin.is_major = True
        bulletin.do_transition("submit")
        for approval in ("approve", "approve_and_issue"):
            with self.assertRaisesRegex(UserError, "by a meeting, not by one person"):
                bulletin.with_user(self.leader).do_transition(approval)
        decision = self.env["office.meeting.decision"].create(
            {
                "meeting": "Office meeting 9",
                "name": "Criticise Section A",
                "date": self.day(1),
                "leader_id": self.leader.id,
            }
        )
        for vals in ({"is_major": False}, {"collective_decision_id": decision.id}):
            with self.assertRaisesRegex(ValidationError, "earlier step"):
                bulletin.write(vals)
        bulletin.with_user(self.leader).do_transition("send_back", "Which meeting?")
        bulletin.collective_decision_id = decision
        bulletin.do_transition("submit")
        with self.assertRaisesRegex(UserError, "has not been held yet"):
            bulletin.with_user(self.leader).do_transition("approve")
        decision.sudo().date = self.today
        bulletin.with_user(self.leader).do_transition("approve")
        self.assertEqual(bulletin.state, "approved")


@tagged("post_install", "-at_install", "office_supervision")
class TestLawPrints(PrintCase):
    """The notice quotes what is stored, and which version of it is valid."""

    def test_s3_12_notice_quotes_the_valid_requirements(self):
        ticket = self.make_assigned()
        further = self.make_directive(text="中学一并公布。", date="2026-03-20")
        change = (
            self.env["office.supervision.requirement"]
            .with_user(self.supervisor)
            .create(
                {
                    "ticket_id": ticket.id,
                    "directive_id": further.id,
                    "reason": "The city asked for more",
                    "name": ticket.name,
                    "scope": ticket.scope,
                    "requirement": "公布全部学校学位。",
                    "legal_basis_ids": [Command.set(self.law.ids)],
                }
            )
        )
        change.do_transition("ask")
        before = self.print_text(F1, ticket)
        self.assertHolds(before, "Publish the number of free places.")
        self.assertNotIn("第2版", before)
        change.with_user(self.leader).do_transition("approve")
        self.assertHolds(
            self.print_text(F1, ticket),
            "公布全部学校学位。",
            f"第2版，依V_Leader2026年3月20日批示{further.number}，"
            f"自{self.show(self.today)}起执行",
            ticket.directive_id.text,
        )


@tagged("post_install", "-at_install", "office_supervision")
class TestLawWeb(LawCase, HttpCase):
    """What comes over the wire: the ledger's sheet, and the pages of a school."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.school_user = new_test_user(cls.env, "v_school", SCHOOL, name="V_School")
        cls.school = cls.env["hr.department"].create(
            {
                "name": "School One",
                "unit_kind": "school",
                "office_user_ids": [Command.set(cls.school_user.ids)],
            }
        )

    def test_s3_9_ledger_as_a_sheet(self):
        ticket = self.make_assigned(name="=1+1 places")
        ticket.with_user(self.leader).change_deadline("extend", "Why", self.day(25))
        self.env.flush_all()
        self.authenticate("v_director", "v_director")
        answer = self.url_open("/office/supervision/changes.xlsx")
        self.assertEqual(answer.status_code, 200)
        sheet = load_workbook(io.BytesIO(answer.content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        self.assertEqual(rows[0][0], "督办变更台账")
        [line] = [row for row in rows[3:] if row[4] == "=1+1 places"]
        self.assertEqual(line[12], 5)
        self.assertEqual(line[9], "V_Leader")
        self.assertEqual(
            self.url_open("/office/supervision/changes.xlsx?date_from=x").status_code,
            400,
        )
        self.authenticate("v_head_a", "v_head_a")
        self.assertEqual(
            self.url_open("/office/supervision/changes.xlsx").status_code, 403
        )

    def test_s3_11_school_objects_on_the_portal(self):
        ticket = self.make_concluded("fail", assisting_unit_ids=self.school.ids)
        check = ticket.verification_ids
        self.env.flush_all()
        self.authenticate("v_school", "v_school")
        home = self.url_open("/my/office/objection")
        self.assertEqual(home.status_code, 200)
        page = self.url_open("/my/office/objection/new")
        self.assertIn(f"verification_id,{check.id}", page.text)
        self.assertIn("(until ", page.text)
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        form = {"csrf_token": token, "text": "We are on page two."}
        for subject in ("verification_id,0", "", "state,1", "x"):
            page = self.url_open(
                "/my/office/objection/new", {**form, "subject": subject}
            )
            self.assertIn("We are on page two.", page.text, "what was typed is kept")
            self.assertIn("alert-danger", page.text)
        page = self.url_open(
            "/my/office/objection/new",
            {**form, "subject": f"verification_id,{check.id}"},
            files={"photos": ("page2.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20)},
        )
        self.assertIn("We are on page two.", page.text)
        self.assertIn("page2.png", page.text, "what proves it goes with it")
        objection = self.env["office.supervision.objection"].search(
            [("unit_id", "=", self.school.id)]
        )
        self.assertEqual(objection.state, "submitted")
        self.assertEqual(objection.author_id, self.school_user)
        self.env.invalidate_all()
        self.assertTrue(ticket.is_under_review)
        self.assertIn(objection.number, self.url_open("/my/office/objection").text)
        objection.with_user(self.director).do_transition("uphold", "You are right.")
        self.env.flush_all()
        page = self.url_open(f"/my/office/objection/{objection.id}")
        self.assertIn("You are right.", page.text)
        self.assertIn("Upheld", page.text)

    def test_s3_11_school_explains_and_sees_its_own_only(self):
        ticket = self.make_assigned(assisting_unit_ids=self.school.ids)
        Objection = self.env["office.supervision.objection"]
        explanation = Objection.with_user(self.school_user).submit_from_portal(
            {"subject": f"ticket_id,{ticket.id}", "text": "The bus broke down."}
        )
        self.assertEqual(explanation.state, "noted")
        other = self.make_concluded("fail", directive=self.make_directive())
        theirs = self.object(other)
        self.assertFalse(theirs.with_user(self.school_user).has_access("read"))
        with self.assertRaises(UserError):
            Objection.with_user(self.school_user).submit_from_portal(
                {
                    "subject": f"verification_id,{other.verification_ids.id}",
                    "text": "Not ours",
                }
            )
