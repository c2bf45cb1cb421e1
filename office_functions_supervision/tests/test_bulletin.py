# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Bulletins of praise and criticism, by people who answer for them."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import (
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

from .common import SupervisionCase
from .test_mechanisms import DEADLINE, SupervisionOffice


class BulletinFixture(SupervisionOffice, ClockFixture):
    model_name = "office.supervision.bulletin"
    creator_role = "supervisor"
    deadline_owner_role = "supervisor"
    relations = {"handler": "staff", "author": "supervisor staff"}
    readers = "leader director clerk section_head staff supervisor"
    # It numbers and sends out: what else are two steps.
    dear_steps = {"approve_and_issue": 11}

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Bulletin of the first quarter",
            "overview": "Most of what was due is done.",
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "audience_unit_ids": [Command.set(cls.other_unit.ids)],
            "date_deadline": DEADLINE,
        }


@tagged("office_supervision")
class TestBulletin(BulletinFixture, MatterTests, ReceiptTests, OfficeCase):
    """A bulletin passes the generic tests of matters and receipts."""


@tagged("post_install", "-at_install", "office_supervision")
class TestBulletinRpc(BulletinFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a bulletin."""


@tagged("post_install", "-at_install", "office_supervision")
class TestBulletinRace(BulletinFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on bulletins at the same moment."""


@tagged("office_supervision")
class TestBulletinRules(SupervisionCase):
    """Who drafts does not approve; who is named is told; what was approved stays."""

    def begin(self, kind="criticism", ticket=None, user=None):
        """Return the draft of a bulletin about the lead unit of a ticket."""
        ticket = ticket or self.make_late()
        Bulletin = self.env["office.supervision.bulletin"]
        return Bulletin.with_user(user or self.supervisor)._begin_for_ticket(
            ticket.with_user(user or self.supervisor), kind, "No report in two months."
        )

    def test_draft_about_a_ticket_is_linked_to_it(self):
        ticket = self.make_assigned()
        bulletin = self.begin(ticket=ticket)
        self.assertEqual(bulletin.state, "draft")
        self.assertEqual(bulletin.create_uid, self.supervisor)
        self.assertEqual(bulletin.ticket_ids, ticket)
        self.assertRecordValues(
            bulletin.line_ids,
            [{"department_id": self.unit_a.id, "verdict": "criticism", "due": 0}],
        )
        self.assertEqual((ticket.link_count, bulletin.link_count), (2, 1))

    def test_leader_approves_never_who_drafted(self):
        bulletin = self.begin()
        bulletin.do_transition("submit")
        with self.assertRaises(AccessError):
            bulletin.with_user(self.head_a).do_transition("approve")
        for user in (self.supervisor, self.director):
            with self.subTest(user=user.name), self.assertRaises(UserError):
                bulletin.with_user(user).do_transition("approve")
        self.supervisor.group_ids |= self.env.ref(
            "office_functions.group_office_leader"
        )
        with self.assertRaisesRegex(UserError, "had a part in this yourself"):
            bulletin.do_transition("approve")
        bulletin.with_user(self.leader).do_transition("approve")
        self.assertTrue(bulletin.number)

    def test_s3_17_the_approval_by_a_leader_sends_it(self):
        ticket = self.make_late()
        bulletin = self.begin(ticket=ticket)
        bulletin.do_transition("submit")
        head = bulletin.with_user(self.head_a)
        self.assertFalse(head.has_access("read"))
        for user in (self.supervisor, self.director):
            with self.subTest(user=user.name), self.assertRaises(UserError):
                bulletin.with_user(user).do_transition("approve_and_issue")
        bulletin.with_user(self.leader).do_transition("approve_and_issue")
        self.assertEqual(bulletin.state, "issued")
        self.assertTrue(bulletin.number)
        self.assertEqual(bulletin.date_issued, self.day(0))
        self.assertEqual(bulletin.receipt_ids.department_id, self.unit_a)
        self.assertTrue(head.has_access("read"))
        self.assertEqual(bulletin._get_paper_signer(), self.leader.name)
        makers = bulletin.sudo()._get_conclusion_makers()
        self.assertEqual(makers, self.supervisor | self.leader)
        self.assertEqual(ticket.state, "assigned", "the ticket remains open")

    def test_s3_17_criticism_is_counted_for_the_unit_once_it_is_sent(self):
        Indicator = self.env["office.indicator"].with_user(self.leader)
        period = (self.day(0), self.day(0))

        def count():
            [row] = Indicator.measure(["S3.17-bulletins"], *period)
            return {unit["id"]: unit["value"] for unit in row["units"]}

        bulletin = self.begin()
        bulletin.do_transition("submit")
        self.assertFalse(count())
        bulletin.with_user(self.leader).do_transition("approve_and_issue")
        self.assertEqual(count(), {self.unit_a.id: 1})
        for unit, found in (
            (self.unit_a, bulletin),
            (self.unit_b, self.env[bulletin._name]),
        ):
            action = Indicator.open_records("S3.17-bulletins", *period, unit_id=unit.id)
            records = bulletin.with_user(self.leader).search(action["domain"])
            self.assertEqual(records.ids, found.ids)
        bulletin.with_user(self.leader).do_transition("revoke", "Wrong figures")
        self.assertFalse(count())

    def test_what_is_sent_to_nobody_is_approved_only(self):
        bulletin = self.begin(kind="general")
        bulletin.do_transition("submit")
        leader = bulletin.with_user(self.leader)
        with self.assertRaisesRegex(UserError, "Choose the units"):
            leader.do_transition("approve_and_issue")
        leader.do_transition("approve")
        self.assertEqual(bulletin.state, "approved")

    def test_who_is_named_sees_it_once_it_is_issued(self):
        bulletin = self.begin()
        head = bulletin.with_user(self.head_a)
        self.assertFalse(head.has_access("read"))
        bulletin.do_transition("submit")
        bulletin.with_user(self.leader).do_transition("approve")
        self.assertFalse(head.has_access("read"))
        bulletin.do_transition("issue")
        self.assertTrue(head.has_access("read"))
        self.assertTrue(head.line_ids.has_access("read"))
        self.assertFalse(bulletin.with_user(self.head_b).has_access("read"))
        head.action_confirm_receipt()
        self.assertFalse(bulletin.unread_names)
        bulletin.with_user(self.leader).do_transition("revoke", "The report was lost")
        self.assertEqual(bulletin.unread_names, self.unit_a.name)

    def test_criticism_stands_on_facts(self):
        bulletin = self.begin()
        bulletin.ticket_ids = False
        bulletin.line_ids.reason = False
        with self.assertRaisesRegex(UserError, "(?s)for what.*stands on facts"):
            bulletin.do_transition("submit")
        bulletin.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "Name the units"):
            bulletin.do_transition("submit")

    def test_no_criticism_of_what_goes_well(self):
        bulletin = self.begin(ticket=self.make_assigned())
        with self.assertRaisesRegex(UserError, "Criticism stands on facts.*Section A"):
            bulletin.do_transition("submit")
        bulletin.write({"kind": "praise"})
        bulletin.line_ids.verdict = "praise"
        bulletin.do_transition("submit")
        with permit(bulletin.line_ids):
            bulletin.line_ids.verdict = "criticism"
        with self.assertRaisesRegex(UserError, "Criticism stands on facts"):
            bulletin.with_user(self.leader).do_transition("approve")
        with permit(bulletin.line_ids):
            bulletin.line_ids.write({"due": 2, "done": 2, "on_time": 1})
        self.assertTrue(bulletin.line_ids._has_facts())

    def test_nothing_is_said_of_what_is_under_review(self):
        bulletin = self.begin()
        bulletin.do_transition("submit")
        bulletin.with_user(self.leader).do_transition("approve")
        ticket = bulletin.ticket_ids.sudo()
        with permit(ticket):
            ticket.review_count = 1
        with self.assertRaisesRegex(UserError, "under review"):
            bulletin.do_transition("issue")
        with permit(ticket):
            ticket.review_count = 0
        bulletin.do_transition("issue")

    def test_who_is_related_to_the_unit_does_not_approve(self):
        bulletin = self.begin()
        bulletin.do_transition("submit")
        head = self.env["hr.employee"].create(
            {"name": "Leader", "user_id": self.leader.id}
        )
        self.unit_a.manager_id = head
        for approval in ("approve", "approve_and_issue"):
            with self.assertRaisesRegex(UserError, "a part in this"):
                bulletin.with_user(self.leader).do_transition(approval)
        bulletin.with_user(self.other_leader).do_transition("approve")

    def test_a_unit_that_is_only_ranked_may_contest_its_figures(self):
        bulletin = self.begin()
        bulletin.line_ids = [Command.create({"department_id": self.unit_b.id})]
        bulletin.audience_unit_ids = self.unit_b
        bulletin.do_transition("submit")
        bulletin.with_user(self.leader).do_transition("approve")
        bulletin.do_transition("issue")
        objection = (
            self.env["office.supervision.objection"]
            .with_user(self.head_b)
            .create(
                {
                    "name": "Our figures",
                    "unit_id": self.unit_b.id,
                    "bulletin_id": bulletin.id,
                    "text": "Two were done.",
                }
            )
        )
        objection.do_transition("submit")
        self.assertEqual(objection.state, "submitted")

    def test_what_a_leader_was_shown_stays(self):
        bulletin = self.begin()
        line = bulletin.line_ids
        with self.assertRaisesRegex(ValidationError, "nobody types them"):
            line.due = 5
        with self.assertRaisesRegex(ValidationError, "nobody types them"):
            bulletin.line_ids = [
                Command.create({"department_id": self.unit_b.id, "rank": 1})
            ]
        bulletin.do_transition("submit")
        for change in (
            lambda: line.write({"reason": "Another"}),
            lambda: line.unlink(),
            lambda: bulletin.write({"line_ids": [Command.clear()]}),
            lambda: line.sudo().write({"verdict": "praise"}),
            lambda: bulletin.write({"problems": "None"}),
        ):
            with self.assertRaises(ValidationError):
                change()

    def test_supervisors_change_their_own_only(self):
        bulletin = self.begin()
        other = bulletin.with_user(self.other_supervisor)
        self.assertTrue(other.has_access("read"))
        for record in (other, other.line_ids):
            with self.assertRaises(AccessError):
                record.check_access("write")
        bulletin.with_user(self.director).overview = "Better words"
