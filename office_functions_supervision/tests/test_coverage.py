# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Blank spots, the coverage of duties, and the road from the one to a ticket."""

import io
import zipfile
from base64 import b64decode

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import SupervisionCase
from .test_prints import pdf_pages

F17 = "office_functions_supervision.report_f17_blank_spots"


class CoverageCase(SupervisionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["office.duty.item"].search([]).active = False
        Duty = cls.env["office.duty.item"]
        cls.bus, cls.food, cls.enrol = Duty.create(
            [
                {
                    "name": "School bus safety",
                    "lead_unit_id": cls.unit_a.id,
                    "owner_id": cls.staff_a.id,
                    "regulation_ids": [Command.set(cls.law.ids)],
                },
                {"name": "Food in schools", "lead_unit_id": cls.unit_a.id},
                {
                    "name": "Enrolment in schools",
                    "lead_unit_id": cls.unit_b.id,
                    "owner_id": cls.staff_b.id,
                },
            ]
        )

        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE office_duty_item SET create_date = create_date - interval '3 years' "
            "WHERE id = ANY(%s)",
            [[cls.bus.id, cls.food.id, cls.enrol.id]],
        )
        cls.env.invalidate_all()

    def get_spot(self, duty, user=None):
        """Return the line of a duty in the list of blank spots."""
        self.env.flush_all()
        Spot = self.env["office.supervision.blank.spot"]
        Spot.invalidate_model()
        return Spot.with_user(user or self.supervisor).search([("id", "=", duty.id)])

    def get_rate(self):
        """Return K20 over this month, as the director sees it."""
        [figure] = (
            self.env["office.indicator"]
            .with_user(self.director)
            .measure(["K20"], self.today.replace(day=1), self.today)
        )
        return figure["numerator"], figure["denominator"]

    def propose(self, duties, user=None):
        """Propose to supervise some duties; return the tickets."""
        spots = self.env["office.supervision.blank.spot"].browse(duties.ids)
        action = spots.with_user(user or self.supervisor).action_propose()
        dialog = (
            self.env[action["res_model"]]
            .with_user(user or self.supervisor)
            .with_context(**action["context"])
            .create({"leader_id": self.leader.id})
        )
        self.assertEqual(dialog.duty_item_ids, duties)
        dialog.action_propose()
        return self.env["office.supervision.ticket"].search(
            [("duty_item_ids", "in", duties.ids)]
        )


@tagged("post_install", "-at_install", "office_supervision")
class TestTouch(CoverageCase):
    """A matter touches its duties once it has begun."""

    def make_draft(self, **vals):
        return (
            self.env["office.directive"]
            .with_user(self.clerk)
            .create(
                {
                    "name": "Buses are to be checked",
                    "leader_id": self.leader.id,
                    "text": "Check them.",
                    "lead_unit_id": self.unit_a.id,
                    "handler_id": self.staff_a.id,
                    "date_deadline": self.day(20),
                    **vals,
                }
            )
        )

    def test_draft_touches_nothing_and_its_beginning_does(self):
        directive = self.make_draft(duty_item_ids=[Command.set(self.bus.ids)])
        self.assertTrue(directive.has_duties)
        self.assertFalse(self.get_spot(self.bus).date_touched)
        self.assertEqual(self.get_rate(), (0, 3))
        directive.do_transition("issue")
        spot = self.get_spot(self.bus)
        self.assertEqual((spot.date_touched, spot.days), (self.today, 0))
        self.assertFalse(spot.is_blank_month)
        self.assertTrue(self.get_spot(self.food).is_blank_quarter)
        self.assertEqual(self.get_rate(), (1, 3))
        row = self.env["office.supervision.coverage"].search(
            [("duty_item_id", "=", self.bus.id), ("is_touched", "=", True)]
        )
        self.assertRecordValues(
            row,
            [
                {
                    "month": self.today.replace(day=1),
                    "touch_count": 1,
                    "directive_count": 1,
                    "ticket_count": 0,
                    "other_count": 0,
                    "coverage": 100,
                    "lead_unit_id": self.unit_a.id,
                }
            ],
        )

    def test_withdrawn_draft_never_touches(self):
        directive = self.make_draft(duty_item_ids=[Command.set(self.bus.ids)])
        directive.with_user(self.leader).do_transition("withdraw", "No need")
        self.assertFalse(self.get_spot(self.bus).date_touched)
        self.assertFalse(self.bus.touch_ids)

    def test_deleted_draft_leaves_nothing(self):
        draft = self.make_draft(duty_item_ids=[Command.set(self.bus.ids)])
        touches = self.env["office.duty.touch"].search([("res_id", "=", draft.id)])
        self.assertEqual(touches.duty_item_id, self.bus)
        draft.sudo().unlink()
        self.assertFalse(touches.exists())

    def test_named_later_it_counts_from_the_day_the_matter_began(self):
        directive = self.make_draft()
        directive.do_transition("issue")
        begun = fields.Datetime.now() - relativedelta(days=40)
        self.env.cr.execute(
            "UPDATE office_transition SET date = %s WHERE res_id = %s AND res_model = %s",
            [begun, directive.id, directive._name],
        )
        directive.duty_item_ids = self.bus | self.food
        self.assertEqual(directive.duty_item_ids, self.bus | self.food)
        days = (self.today - self.bus.touch_ids.date).days
        self.assertAlmostEqual(days, 40, delta=1)
        self.assertEqual(self.get_spot(self.bus).days, 0, "It is still running")
        directive.duty_item_ids = self.food
        self.assertFalse(self.get_spot(self.bus).date_touched)
        self.assertEqual(
            self.env["office.directive"].search(
                [("duty_item_ids", "in", self.food.ids)]
            ),
            directive,
        )
        directive.duty_item_ids = False
        self.assertFalse(directive.has_duties)
        found = self.env["office.directive"].search([("duty_item_ids", "=", False)])
        self.assertIn(directive, found)

    def test_likely_duties_are_offered(self):
        self.bus.name, self.food.name = "校车安全管理", "学校食品安全监管"
        directive = self.make_draft(name="开展校车安全检查")
        self.assertEqual(directive.duty_hint_ids, self.bus)
        directive.action_take_duty_hints()
        self.assertEqual(directive.duty_item_ids, self.bus)
        self.assertFalse(directive.duty_hint_ids)

    def test_ticket_of_a_directive_inherits_its_duties(self):
        directive = self.make_draft(duty_item_ids=[Command.set(self.bus.ids)])
        directive.do_transition("issue")
        directive.with_user(self.director).do_transition("escalate")
        ticket = directive.ticket_ids
        self.assertEqual(ticket.duty_item_ids, self.bus)
        self.assertEqual(len(self.bus.touch_ids), 1, "Proposed, it touches nothing yet")
        other = self.make_draft(duty_item_ids=[Command.set(self.food.ids)])
        other.do_transition("issue")
        own = self.make_ticket(
            directive=other,
            name="Kitchens",
            duty_item_ids=[Command.set(self.enrol.ids)],
        )
        own.with_user(self.director).do_transition("file")
        self.assertEqual(own.duty_item_ids, self.enrol, "It named its own")
        self.assertEqual(self.enrol.touch_ids.date, self.today)
        plain = self.make_ticket(directive=other, name="Canteens")
        self.assertFalse(plain.has_duties)
        plain.with_user(self.director).do_transition("file")
        self.assertEqual(plain.duty_item_ids, self.food)
        self.assertEqual(len(self.food.touch_ids), 2)

    def test_the_number_is_known_and_the_matter_is_not(self):
        directive = self.make_draft(duty_item_ids=[Command.set(self.bus.ids)])
        directive.do_transition("issue")
        directive.with_user(self.other_leader).restrict()
        row = self.env["office.supervision.coverage"].with_user(self.supervisor)
        row = row.search(
            [("duty_item_id", "=", self.bus.id), ("is_touched", "=", True)]
        )
        self.assertEqual(row.touch_count, 1)
        action = row.action_open_touches()
        touches = self.env["office.duty.touch"]
        self.assertTrue(touches.search(action["domain"]))
        hidden = touches.with_user(self.supervisor).search(action["domain"])
        self.assertFalse(hidden)
        touch = touches.search(action["domain"]).with_user(self.supervisor)
        with self.assertRaises(AccessError):
            touch.read(["res_id"])
        seen = touches.with_user(self.other_leader).search(action["domain"])
        self.assertEqual(seen.res_name, directive.display_name)

    def test_nobody_writes_touches(self):
        directive = self.make_draft(duty_item_ids=[Command.set(self.bus.ids)])
        Touch = self.env["office.duty.touch"].with_user(self.director)
        with self.assertRaises(AccessError):
            Touch.create(
                {
                    "res_model": directive._name,
                    "res_id": directive.id,
                    "duty_item_id": self.food.id,
                    "date": self.today,
                }
            )
        with self.assertRaises(AccessError):
            directive.with_user(self.staff_a).duty_item_ids = self.food
        with self.assertRaises(ValidationError):
            directive.has_duties = False

    def test_duty_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Other"})
        unit = self.env["hr.department"].create(
            {"name": "Theirs", "company_id": company.id}
        )
        strange = self.bus.create(
            {
                "name": "Theirs",
                "lead_unit_id": unit.id,
                "company_id": company.id,
            }
        )
        with self.assertRaisesRegex(ValidationError, "another company"):
            self.make_draft(duty_item_ids=[Command.set(strange.ids)])
        self.assertFalse(self.get_spot(strange))
        rows = self.env["office.supervision.coverage"].with_user(self.supervisor)
        self.assertFalse(rows.search([("duty_item_id", "=", strange.id)]))

    def test_the_form_of_every_kind_asks_for_the_duties(self):
        for name in ("office.directive", "office.information", "office.coordination"):
            arch = self.env[name].with_user(self.director).get_view(view_type="form")
            self.assertEqual(arch["arch"].count('name="duty_item_ids"'), 1, name)


@tagged("post_install", "-at_install", "office_supervision")
class TestBlankSpot(CoverageCase):
    """From the blank spot to the ticket, on a leader's approval (S3.20, S3.21)."""

    def test_s3_21_approving_turns_the_proposal_into_a_ticket_and_coverage_rises(self):
        self.assertEqual(self.get_rate(), (0, 3))
        self.assertEqual(self.get_spot(self.bus).suggestion, "ticket")
        ticket = self.propose(self.bus)
        self.assertRecordValues(
            ticket,
            [
                {
                    "state": "proposed",
                    "source_type": "self_check",
                    "directive_id": False,
                    "asked_leader_id": self.leader.id,
                    "lead_unit_id": self.unit_a.id,
                    "handler_id": self.staff_a.id,
                    "supervisor_id": self.supervisor.id,
                    "legal_basis_ids": self.law.ids,
                }
            ],
        )
        self.assertEqual(self.get_rate(), (0, 3), "A proposal covers nothing")
        spot = self.get_spot(self.bus)
        self.assertTrue(spot.is_proposed)
        self.assertEqual(spot.suggestion, "pending")
        # Without the leader nobody files it.
        with self.assertRaisesRegex(UserError, "authorising directive"):
            ticket.with_user(self.director).do_transition("file")
        for user in (self.other_leader, self.director, self.supervisor):
            with self.assertRaises(UserError):
                ticket.with_user(user).do_transition("approve")
            with self.assertRaises(UserError):
                ticket.with_user(user).approve_proposal()
        waiting = self.env["office.supervision.ticket"].with_user(self.leader)
        self.assertIn(ticket, waiting.search([("is_waiting_for_me", "=", True)]))
        action = ticket.with_user(self.leader).do_transition("approve")
        self.assertEqual(action["res_model"], "office.supervision.approval")
        dialog = (
            self.env[action["res_model"]]
            .with_user(self.leader)
            .with_context(**action["context"])
            .create({})
        )
        words = dialog.text
        self.assertIn(ticket.requirement, words)
        dialog.action_approve()
        self.assertEqual(ticket.state, "filed")
        self.assertTrue(ticket.number)
        directive = ticket.directive_id
        self.assertRecordValues(
            directive,
            [
                {
                    "leader_id": self.leader.id,
                    "text": words,
                    "state": "escalated",
                    "duty_item_ids": self.bus.ids,
                }
            ],
        )
        with self.assertRaisesRegex(ValidationError, "leader's own words"):
            directive.text = "Something else"
        with self.assertRaisesRegex(UserError, "approved this proposal"):
            ticket.requirement = "Something else"
        self.assertEqual(self.get_rate(), (1, 3))
        self.assertFalse(self.get_spot(self.bus).is_blank_month)
        log = ticket.transition_ids.filtered(lambda line: line.name == "approve")
        self.assertEqual(log.user_id, self.leader)

    def test_s3_20_the_list_holds_what_nobody_touched_in_the_period(self):
        self.make_directive(duty_item_ids=[Command.set(self.bus.ids)])
        blank_list = (
            self.env["office.supervision.blank.list"]
            .with_user(self.supervisor)
            .create({"date_from": self.today.replace(day=1), "date_to": self.today})
        )
        self.assertEqual(
            [row["duty"] for row in blank_list._get_rows()],
            ["Food in schools", "Enrolment in schools"],
        )
        pdf = self.env["ir.actions.report"].with_user(self.supervisor)
        pages = pdf_pages(pdf._render_qweb_pdf(F17, blank_list.ids)[0])
        text = "".join(pages)
        for part in (
            "空白点清单",
            "Foodinschools",
            "从未触及",
            "先明确责任人",
            "33.3%",
        ):
            self.assertIn(part, text)
        self.assertNotIn("Schoolbussafety", text)
        blank_list.action_download()
        book = zipfile.ZipFile(io.BytesIO(b64decode(blank_list.file)))
        strings = book.read("xl/sharedStrings.xml").decode()
        for part in ("职责事项", "上次触及日期", "建议", "Enrolment in schools"):
            self.assertIn(part, strings)
        before = self.env["office.supervision.blank.list"].create(
            {"date_from": self.day(-60), "date_to": self.day(-40)}
        )
        self.assertEqual(len(before._get_rows()), 3, "Then nothing was touched yet")

    def test_a_head_sees_the_blank_spots_of_the_unit_only(self):
        self.assertTrue(self.get_spot(self.bus, self.head_a))
        self.assertFalse(self.get_spot(self.enrol, self.head_a))
        for user in (self.leader, self.director, self.clerk, self.supervisor):
            self.assertTrue(self.get_spot(self.enrol, user), user.name)
        with self.assertRaises(AccessError):
            self.get_spot(self.bus, self.staff_a)
        with self.assertRaises(AccessError):
            self.propose(self.bus, self.head_a)

    def test_proposed_once(self):
        self.propose(self.bus | self.enrol)
        with self.assertRaisesRegex(UserError, "School bus safety"):
            self.propose(self.bus)

    def test_what_is_missing_is_told_at_once(self):
        ticket = self.propose(self.food)
        with self.assertRaises(UserError) as caught:
            ticket.with_user(self.leader).do_transition("approve")
        for words in ("Handler", "legal or policy basis"):
            self.assertIn(words, str(caught.exception))
        self.assertEqual(ticket.state, "proposed")
        with self.assertRaises(ValidationError):
            ticket.asked_leader_id = self.director

    def test_declined_by_the_leader_asked(self):
        ticket = self.propose(self.bus)
        ticket.with_user(self.leader).do_transition("terminate", "Not now")
        self.assertEqual(ticket.state, "terminated")
        spot = self.get_spot(self.bus)
        self.assertFalse(spot.is_proposed)
        self.assertFalse(spot.date_touched)

    def test_a_delegate_approves_on_behalf_of_the_leader(self):
        ticket = self.propose(self.bus)
        self.env["office.delegation"].create(
            {
                "principal_id": self.leader.id,
                "delegate_id": self.other_leader.id,
                "date_from": self.day(-1),
                "date_to": self.day(1),
            }
        )
        ticket.with_user(self.other_leader).approve_proposal()
        self.assertEqual(ticket.directive_id.leader_id, self.leader)
        log = ticket.transition_ids.filtered(lambda line: line.name == "approve")
        self.assertEqual(
            (log.user_id, log.principal_id), (self.other_leader, self.leader)
        )

    def test_coverage_by_month_is_as_counted_by_hand(self):
        last_month = self.today.replace(day=1) - relativedelta(days=3)
        directive = self.make_directive(
            duty_item_ids=[Command.set((self.bus | self.enrol).ids)]
        )
        self.env.cr.execute(
            "UPDATE office_duty_touch SET date = %(day)s, date_end = %(day)s "
            "WHERE res_id = %(id)s AND duty_item_id = %(duty)s",
            {"day": last_month, "id": directive.id, "duty": self.bus.id},
        )
        self.env.invalidate_all()
        rows = self.env["office.supervision.coverage"].with_user(self.director)
        groups = rows._read_group(
            [("month", ">=", last_month.replace(day=1))],
            ["month:month", "lead_unit_id"],
            ["coverage:avg", "touch_count:sum", "blank_count:sum"],
        )
        self.assertEqual(
            groups,
            [
                (last_month.replace(day=1), self.unit_a, 50.0, 1, 1),
                (last_month.replace(day=1), self.unit_b, 0.0, 0, 1),
                (self.today.replace(day=1), self.unit_a, 0.0, 0, 2),
                (self.today.replace(day=1), self.unit_b, 100.0, 1, 0),
            ],
        )
        self.assertEqual(rows.search_count([]), 3 * 24)

    def test_s3_20_documents_and_information_are_counted_in_their_columns(self):
        """A draft touches nothing; what came in, goes out or is reported does."""
        touching = {"duty_item_ids": [Command.set(self.food.ids)]}
        unit = {"lead_unit_id": self.unit_a.id, "handler_id": self.staff_a.id}
        head = self.unit_a.manager_id.user_id
        received = self.env["office.document.incoming"].with_user(self.clerk)
        drafted = self.env["office.document.outgoing"].with_user(self.staff_a)
        reported = self.env["office.information"].with_user(self.staff_a)
        matters = {
            "incoming_count": received.create(
                {"name": "On canteens", "sender": "The district", **touching}
            ),
            "outgoing_count": drafted.create(
                {
                    "name": "关于学校食堂的通知",
                    "body": "<p>请检查食堂。</p>",
                    "disclosure": "active",
                    "policy_basis_ids": [Command.set(self.law.ids)],
                    "main_text": "各学校",
                    "reviewer_id": self.director.id,
                    "signer_id": self.leader.id,
                    **unit,
                    **touching,
                }
            ),
            "information_count": reported.create(
                {
                    "name": "A canteen was closed",
                    "kind": "problem",
                    "nature": "bad",
                    "moment_event": fields.Datetime.now(),
                    "place": "A school",
                    "source": "The school",
                    "verified_by": "The section",
                    "text": "Two fridges did not work.",
                    **unit,
                    **touching,
                }
            ),
        }
        steps = {
            "incoming_count": ("register", self.clerk),
            "outgoing_count": ("submit", head),
            "information_count": ("submit", self.staff_a),
        }
        counted = dict.fromkeys(matters, 0)

        def read_row():
            self.env.flush_all()
            self.env.invalidate_all()
            row = self.env["office.supervision.coverage"].with_user(self.director)
            row = row.search(
                [
                    ("duty_item_id", "=", self.food.id),
                    ("month", "=", self.today.replace(day=1)),
                ]
            )
            return {name: row[name] for name in (*matters, "touch_count")}

        self.assertEqual(read_row(), {**counted, "touch_count": 0})
        for name, (step, user) in steps.items():
            matters[name].with_user(user).do_transition(step)
            counted[name] = 1
            with self.subTest(column=name):
                self.assertEqual(
                    read_row(), {**counted, "touch_count": sum(counted.values())}
                )

    def test_history_counts_what_was_there_then(self):
        """Touched for four months; food was entered last month, enrolment archived."""
        month = self.today.replace(day=1)
        begun, ended = month - relativedelta(months=5), month - relativedelta(months=2)
        directive = self.make_directive(duty_item_ids=[Command.set(self.bus.ids)])
        self.assertFalse(self.bus.touch_ids.date_end, "It is running")
        directive.with_user(self.leader).do_transition("withdraw", "No need")
        self.assertEqual(self.bus.touch_ids.date_end, self.today)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE office_duty_touch SET date = %s, date_end = %s WHERE res_id = %s",
            [begun, ended, directive.id],
        )
        self.enrol.active = False
        self.env.flush_all()
        for duty, name, day in (
            (self.food, "create_date", month - relativedelta(days=9)),
            (self.enrol, "write_date", ended + relativedelta(days=9)),
        ):
            self.env.cr.execute(
                f"UPDATE office_duty_item SET {name} = %s WHERE id = %s", [day, duty.id]
            )
        self.env.invalidate_all()
        rows = self.env["office.supervision.coverage"].with_user(self.director)
        groups = rows._read_group(
            [("month", ">=", begun - relativedelta(months=1))],
            ["month:month"],
            ["touched_count:sum", "blank_count:sum"],
        )
        self.assertEqual(
            [counts for _month, *counts in groups],
            [[0, 2], [1, 1], [1, 1], [1, 1], [1, 0], [0, 2], [0, 2]],
        )
        Duty = self.env["office.duty.item"]
        for back, touched, total in ((6, 0, 2), (4, 1, 2), (2, 1, 1), (1, 0, 2)):
            first = month - relativedelta(months=back)
            last = first + relativedelta(months=1, days=-1)
            found = Duty._measure_coverage(first, last)
            counted = sum(row[2] for row in found), sum(row[3] for row in found)
            self.assertEqual(counted, (touched, total), first)
        quarter = self.env["office.supervision.blank.spot"]._get_blank_rows(
            begun + relativedelta(months=1), ended - relativedelta(days=1)
        )
        self.assertNotIn(self.bus.id, [row["spot"].id for row in quarter])
        later = self.env["office.supervision.blank.spot"]._get_blank_rows(
            month - relativedelta(months=1), month - relativedelta(days=1)
        )
        [row] = [row for row in later if row["spot"].id == self.bus.id]
        self.assertEqual((row["date"], row["suggestion"]), (ended, "watch"))

    def test_a_restricted_proposal_becomes_a_restricted_directive(self):
        ticket = self.propose(self.bus)
        ticket.with_user(self.leader).restrict()
        ticket.with_user(self.leader).approve_proposal()
        directive = ticket.sudo().directive_id
        self.assertTrue(directive.is_restricted)
        self.assertFalse(directive.with_user(self.clerk).has_access("read"))
        self.assertTrue(directive.with_user(self.leader).has_access("read"))

    def test_the_workbench_counts_blank_spots(self):
        for user, number in ((self.supervisor, 3), (self.head_a, 2)):
            bench = self.env["office.workbench"].with_user(user).get_workbench()
            [panel] = [p for p in bench["panels"] if p["key"] == "supervision"]
            figures = {f["label"]: f["value"] for f in panel["figures"]}
            self.assertEqual(figures["Blank Spots This Quarter"], number)
