# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import AccessError, UserError

from .common import TODAY, OfficeCase
from .test_directive import DirectiveFixture


class TestDelegation(DirectiveFixture, OfficeCase):
    """A power is lent for a time and a kind of matter, and used in the open (代)."""

    def delegate(self, principal="leader", to="director", days=(-1, 1), **vals):
        return self.env["office.delegation"].create(
            {
                "principal_id": self.users[principal].id,
                "delegate_id": self.users[to].id,
                "date_from": TODAY + timedelta(days=days[0]),
                "date_to": TODAY + timedelta(days=days[1]),
                **vals,
            }
        )

    def confirm(self, role="director"):
        record = self.make("reported")
        record.with_user(self.users[role]).do_transition("confirm")
        return record

    def test_delegate_acts_and_the_log_says_for_whom(self):
        self.delegate()
        record = self.confirm()
        self.assertRecordValues(
            record.transition_ids[0],
            [
                {
                    "name": "confirm",
                    "user_id": self.users["director"].id,
                    "principal_id": self.users["leader"].id,
                }
            ],
        )
        line = record.get_matter_panel()["log"][0]
        self.assertEqual(line["for_whom"], self.users["leader"].name)

    def test_in_ones_own_right_nobody_is_named(self):
        self.delegate(principal="director", to="leader")
        record = self.confirm("leader")
        self.assertFalse(record.transition_ids[0].principal_id)

    def test_scope_of_one_kind_of_matter(self):
        model = self.env["ir.model"]._get
        delegation = self.delegate(model_id=model("office.meeting.decision").id)
        with self.assertRaisesRegex(UserError, "not yours to make"):
            self.confirm()
        delegation.model_id = model("office.directive")
        self.assertEqual(self.confirm().state, "confirmed")

    def test_outside_its_days_it_is_nothing(self):
        for days in ((-5, -1), (1, 5)):
            with self.subTest(days=days), self.undone():
                self.delegate(days=days)
                with self.assertRaisesRegex(UserError, "not yours to make"):
                    self.confirm()
        for days in ((0, 0), (-5, 0), (0, 5)):
            with self.subTest(days=days), self.undone():
                self.delegate(days=days)
                self.assertEqual(self.confirm().state, "confirmed")

    def test_ended_before_its_time(self):
        delegation = self.delegate()
        delegation.with_user(self.users["leader"]).action_end()
        with self.assertRaisesRegex(UserError, "not yours to make"):
            self.confirm()

    def test_power_of_a_group_is_not_lent(self):
        self.delegate(principal="clerk", to="staff")
        record = self.make()
        with self.assertRaisesRegex(UserError, "not yours to make"):
            record.with_user(self.users["staff"]).do_transition("issue")

    def test_lent_power_is_not_lent_on(self):
        self.delegate(to="director")
        self.delegate(principal="director", to="section_head")
        with self.assertRaisesRegex(UserError, "not yours to make"):
            self.confirm("section_head")

    def test_delegate_who_may_not_read_may_not_act(self):
        self.delegate(to="canteen")
        with self.assertRaises(AccessError):
            self.confirm("canteen")

    def test_deadline_changed_by_a_delegate(self):
        record = self.make("issued")
        self.assertEqual(record.deadline_owner_id, self.users["leader"])
        later = record.date_deadline + timedelta(days=1)
        mine = record.with_user(self.users["section_head"])
        with self.assertRaisesRegex(UserError, self.users["leader"].name):
            mine.change_deadline("extend", "Because", later)
        self.delegate(to="section_head")
        self.assertTrue(mine.get_matter_panel()["can"]["change_deadline"])
        mine.change_deadline("extend", "Because", later)
        self.assertEqual(record.date_deadline, later)
        event = record.deadline_event_ids[0]
        self.assertEqual(event.user_id, self.users["section_head"])
        self.assertEqual(event.principal_id, self.users["leader"])
        names = [self.users[role].name for role in ("section_head", "leader")]
        self.assertIn(" on behalf of ".join(names), "\n".join(mine.explain_deadline()))

    def test_deadline_of_who_stepped_aside_is_nobodys_to_change(self):
        self.delegate(to="section_head")
        record = self.make("issued")
        record.with_user(self.users["director"]).recuse(self.users["leader"], "Kin")
        later = record.date_deadline + timedelta(days=1)
        mine = record.with_user(self.users["section_head"])
        with self.assertRaisesRegex(UserError, "set this deadline"):
            mine.change_deadline("extend", "Because", later)

    def test_wording_confirmed_by_a_delegate(self):
        record = self.make(kind="oral")
        with self.assertRaisesRegex(UserError, self.users["leader"].name):
            record.with_user(self.users["director"]).action_confirm_text()
        self.delegate()
        record.with_user(self.users["director"]).action_confirm_text()
        self.assertFalse(record.is_unconfirmed)

    def test_who_sets_one_up(self):
        for role, principal, allowed in (
            ("leader", "leader", True),
            ("leader", "director", False),
            ("director", "leader", True),
            ("clerk", "clerk", False),
            ("clerk", "leader", False),
            ("staff", "staff", False),
            ("admin", "leader", False),
        ):
            vals = {
                "principal_id": self.users[principal].id,
                "delegate_id": self.users["section_head"].id,
                "date_to": TODAY,
            }
            model = self.env["office.delegation"].with_user(self.users[role])
            with self.subTest(role=role, principal=principal):
                if allowed:
                    self.assertTrue(model.create(vals))
                else:
                    with self.assertRaises(UserError):
                        model.create(vals)

    def test_the_delegate_does_not_stretch_it(self):
        delegation = self.delegate().with_user(self.users["section_head"])
        with self.assertRaises(AccessError):
            delegation.read(["date_to"])
        lent = self.delegate(principal="leader", to="staff")
        with self.assertRaises(AccessError):
            lent.with_user(self.users["staff"]).date_to = "2027-01-01"

    def test_what_has_begun_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "is ended, not deleted"):
            self.delegate().unlink()
        self.assertTrue(self.delegate(days=(1, 2)).unlink())
