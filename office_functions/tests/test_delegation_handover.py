# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError

from ..tools.transition import permit
from .common import TODAY, OfficeCase
from .test_directive import DirectiveFixture


class TestDelegationHandover(DirectiveFixture, OfficeCase):
    """Open matters go over, come back, and are seen to be lent (A12, S2.19)."""

    def delegate(self, principal="leader", to="director", days=(0, 5), **vals):
        return self.env["office.delegation"].create(
            {
                "principal_id": self.users[principal].id,
                "delegate_id": self.users[to].id,
                "date_from": TODAY + timedelta(days=days[0]),
                "date_to": TODAY + timedelta(days=days[1]),
                **vals,
            }
        )

    def directives_only(self):
        return self.env["ir.model"]._get("office.directive").id

    def waiting(self, role, *records):
        """Return which of some matters are on somebody's list."""
        ids = [record.id for record in records]
        model = self.model.with_user(self.users[role])
        found = model.search([("is_waiting_for_me", "=", True), ("id", "in", ids)])
        for record in records:
            mine = record.with_user(self.users[role])
            if mine.has_access("read"):
                mine.invalidate_recordset(["is_waiting_for_me"])
                self.assertEqual(mine.is_waiting_for_me, record.id in found.ids)
        return found.ids

    # S2.19 ----------------------------------------------------------------------------

    def test_s2_19_routine_items_never_reach_the_leaders_list(self):
        routine = self.make("reported", kind="assignment")
        grave = self.make("reported", kind="written")
        running = self.make("handling", kind="assignment")
        matters = (routine, grave, running)
        self.assertEqual(self.waiting("leader", *matters), [routine.id, grave.id])
        self.assertEqual(self.waiting("staff", *matters), [running.id])
        self.delegate(
            model_id=self.directives_only(),
            matter_domain="[('kind', '=', 'assignment')]",
        )
        self.assertEqual(self.waiting("leader", *matters), [grave.id])
        self.assertEqual(self.waiting("director", *matters), [routine.id])
        mine = routine.with_user(self.users["leader"])
        self.assertEqual(mine.search([("id", "=", mine.id)]), mine, "still found")
        routine.with_user(self.users["director"]).do_transition("confirm")
        with self.assertRaisesRegex(UserError, "not yours to make"):
            grave.with_user(self.users["director"]).do_transition("confirm")
        figure = self.env["office.indicator"].measure(["S2.19"], TODAY, TODAY)[0]
        # The leader issued three by own hand, and one step was made in their place.
        self.assertEqual((figure["numerator"], figure["denominator"]), (1, 4))
        action = self.env["office.indicator"].open_records("S2.19", TODAY, TODAY)
        log = self.env["office.transition"].search(action["domain"])
        self.assertEqual(log, routine.transition_ids[0])
        self.assertEqual(log._get_signature(), "Test Director（代Test Leader）")

    def test_after_its_days_it_is_the_leaders_again(self):
        record = self.make("reported")
        self.delegate()
        self.assertFalse(self.waiting("leader", record))
        self.to_day(6)
        self.env.registry.clear_cache()
        self.assertTrue(self.waiting("leader", record))

    def test_what_the_delegate_stepped_aside_from_stays_with_the_leader(self):
        record = self.make("reported")
        self.delegate()
        record.with_user(self.users["director"]).recuse(reason="A relative")
        self.assertTrue(self.waiting("leader", record))
        self.assertFalse(self.waiting("director", record))
        self.assertFalse(record.delegation_banner)

    def test_head_of_the_unit_waits_where_nobody_handles_it(self):
        record = self.make("issued")
        self.assertFalse(self.waiting("section_head", record))
        record.handler_id = False
        self.assertTrue(self.waiting("section_head", record))

    def test_bad_rules(self):
        for rule in ("nonsense", "[('nothing', '=', 1)]", "[1, 2]", "[('kind',)]"):
            with self.subTest(rule=rule), self.assertRaises(ValidationError):
                self.delegate(model_id=self.directives_only(), matter_domain=rule)
        with self.assertRaisesRegex(ValidationError, "Choose a kind"):
            self.delegate(matter_domain="[('kind', '=', 'oral')]")

    # The banner -----------------------------------------------------------------------

    def test_banner_lasts_as_long_as_the_delegation(self):
        record, done = self.make("handling"), self.make("confirmed")
        self.assertFalse(record.delegation_banner)
        delegation = self.delegate()
        (record | done).invalidate_recordset()
        self.assertSays(record.delegation_banner, "Test Director", "Test Leader")
        self.assertFalse(done.delegation_banner)
        view = self.model.with_user(self.users["staff"]).get_view(view_type="form")
        self.assertIn('name="delegation_banner"', view["arch"])
        delegation.action_end()
        record.invalidate_recordset()
        self.assertFalse(record.delegation_banner)

    # Taking over and giving back ------------------------------------------------------

    def kinds(self, delegation):
        return sorted(delegation.item_ids.mapped("kind"))

    def test_open_items_are_taken_over_and_given_back(self):
        waiting = self.make("reported")
        self.make("handling")
        self.make("confirmed")
        delegation = self.delegate(days=(1, 5))
        self.env["office.delegation"]._cron_hand_over()
        self.assertFalse(delegation.item_ids, "it has not begun")
        self.to_day(1)
        self.env["office.delegation"]._cron_hand_over()
        self.env["office.delegation"]._cron_hand_over()
        self.assertEqual(self.kinds(delegation), ["taken"])
        self.assertEqual(delegation.item_ids._get_matter(), waiting)
        self.assertEqual(delegation.open_item_count, 1)
        late = self.make("reported")
        delegation.with_user(self.users["director"]).action_take_over()
        self.assertEqual(delegation.open_item_count, 2, "what comes later, too")
        self.to_day(6)
        self.env["office.delegation"]._cron_hand_over()
        self.env["office.delegation"]._cron_hand_over()
        self.assertEqual(
            self.kinds(delegation), ["returned", "returned", "taken", "taken"]
        )
        self.assertIn(late.id, delegation.item_ids.mapped("res_id"))
        self.assertEqual(delegation.open_item_count, 0)

    def test_delegate_sees_what_they_took_over_for_the_time(self):
        deputy = self.make_user("test_deputy", "office_functions.group_office_staff")
        record = self.make("handling")
        delegation = self.env["office.delegation"].create(
            {
                "principal_id": self.users["staff"].id,
                "delegate_id": deputy.id,
                "date_to": TODAY + timedelta(days=3),
            }
        )
        mine = record.with_user(deputy)
        self.assertFalse(mine.has_access("read"))
        delegation.action_take_over()
        self.assertTrue(mine.has_access("read"))
        mine.do_transition("report", "Done in their place")
        self.assertEqual(record.transition_ids[0].principal_id, self.users["staff"])
        delegation.action_end()
        self.assertFalse(mine.has_access("read"))
        self.assertEqual(self.kinds(delegation), ["returned", "taken"])

    def test_never_to_the_recused_nor_what_is_restricted(self):
        recused, restricted = self.make("reported"), self.make("reported")
        recused.with_user(self.users["director"]).recuse(reason="A relative")
        with permit(restricted):
            restricted.is_restricted = True
        delegation = self.delegate()
        delegation.action_take_over()
        fates = {item.res_id: item.kind for item in delegation.item_ids}
        self.assertEqual(fates, {recused.id: "recused", restricted.id: "restricted"})
        self.assertEqual(delegation.open_item_count, 0)
        self.assertFalse(recused.with_user(self.users["director"]).has_access("read"))

    def test_never_to_who_drafted_it(self):
        """One drafts, another decides, and no delegation makes the two one."""
        table = [
            row.but(never=("handler",)) if row.name == "confirm" else row
            for row in self.model._get_transitions()
        ]
        self.patch(
            self.registry["office.directive"], "_get_transitions", lambda s: table
        )
        record = self.make("reported", handler_id=self.users["director"].id)
        delegation = self.delegate()
        delegation.action_take_over()
        self.assertEqual(self.kinds(delegation), ["part"])
        with self.assertRaisesRegex(UserError, "a part in this yourself"):
            record.with_user(self.users["director"]).do_transition("confirm")

    def test_items_are_never_changed(self):
        self.make("reported")
        delegation = self.delegate()
        delegation.action_take_over()
        with self.assertRaisesRegex(UserError, "append-only"):
            delegation.item_ids.date = fields.Datetime.now()
        with self.assertRaises(UserError):
            delegation.item_ids.unlink()
