# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import TODAY, MatterFixture, OfficeCase, OfficeHttpCase
from .receipt_tests import AcknowledgementTests
from .rpc_tests import RpcTests
from .workflow_tests import WorkflowTests


class RegulationFixture(MatterFixture):
    model_name = "office.regulation"
    relations = {"drafter": "clerk", "unit_head": "section_head"}

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Use of the Seal",
            "kind": "internal",
            "number": "No. 9",
            "full_text": "Whoever wants the seal asks the director.",
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["clerk"].id,
            "audience_unit_ids": [(6, 0, cls.other_unit.ids)],
            "date_comments_due": TODAY,
            "date_effective": TODAY,
        }

    def find_path(self, start, targets):
        """Return the way by which rules are made, not that by which laws enter."""
        rows = [r for r in self.model._get_transitions() if r.name != "register"]
        with patch.object(type(self.model), "_get_transitions", lambda model: rows):
            return super().find_path(start, targets)


class TestRegulation(
    RegulationFixture, WorkflowTests, AcknowledgementTests, OfficeCase
):
    """A rule of the house is made step by step; a law is simply there."""

    def sent_vals(self):
        return {"audience_unit_ids": False}

    def test_s2_3_two_valid_rules_on_one_matter_are_shown(self):
        valid = self.make_effective(name="印章使用管理办法（试行）")
        draft = self.make(name="关于印章使用的规定")
        other = self.make(name="车辆使用管理办法")
        self.assertEqual(draft.conflict_ids, valid)
        self.assertFalse(other.conflict_ids, "only the form of the title is the same")
        self.assertFalse(valid.conflict_ids, "a draft binds nobody yet")
        arch = self.model.get_view(view_type="form")["arch"]
        self.assertIn('invisible="not conflict_ids"', arch)
        organ = self.company.name
        ours = self.make_effective(name=f"{organ}值班工作规定")
        self.assertEqual(self.make(name=f"{organ}机关值班规定").conflict_ids, ours)
        self.assertFalse(self.make(name=f"{organ}公务接待管理规定").conflict_ids)
        typed = self.model.new({"name": "印章使用制度", "kind": "internal"})
        self.assertEqual(typed.conflict_ids._origin, valid)
        law = self.make(name="印章使用管理办法", kind="policy")
        self.assertFalse(law.conflict_ids, "policies from above stand beside our rules")
        self.act(valid, "director", "revise", "New seals")
        newer = self.model.search([("previous_id", "=", valid.id)])
        self.assertTrue(newer)
        self.assertNotIn(valid, newer.conflict_ids, "what it replaces")

    def act(self, record, role, name, note=False):
        record.with_user(self.users[role]).do_transition(name, note)

    def make_effective(self, **vals):
        """Return a rule in force, made by all the steps that people make."""
        record = self.make(**vals)
        for role, name, note in (
            ("director", "draft", False),
            ("clerk", "consult", False),
            ("section_head", "check", False),
            ("director", "deliberate", "Lawful"),
            ("leader", "issue", False),
            ("clerk", "take_effect", False),
        ):
            self.act(record, role, name, note)
        return record

    # S2.20 ----------------------------------------------------------------------------

    def test_s2_20_draft_consultation_issued_and_the_old_version_readable(self):
        old = self.make_effective()
        self.assertTrue(old.in_force)
        self.act(old, "director", "revise", "The seal office has moved")
        new = old.next_ids
        self.assertEqual((new.state, new.version, new.name), ("planned", 2, old.name))
        self.assertTrue(old.in_force, "the old one holds until the new one does")
        new.write({"number": "No. 10", "date_effective": TODAY})
        new.date_comments_due = TODAY
        for role, name, note in (
            ("director", "draft", False),
            ("clerk", "consult", False),
            ("clerk", "check", False),
            ("director", "deliberate", "Lawful"),
            ("leader", "issue", False),
            ("clerk", "take_effect", False),
        ):
            self.act(new, role, name, note)
        self.assertEqual((old.state, new.state), ("repealed", "effective"))
        self.assertFalse(old.in_force)
        mine = old.with_user(self.users["staff"])
        self.assertEqual(mine.read(["full_text"])[0]["full_text"], old.full_text)
        found = mine.search([("name", "=", old.name), ("in_force", "=", True)])
        self.assertEqual(found, new.with_user(self.users["staff"]))
        rows = self.model._measure_revised(TODAY, TODAY)
        self.assertEqual(rows, [(self.unit.id, None, 1, 0)])

    def test_s2_20_acknowledged_by_the_units_it_applies_to(self):
        record = self.make("issued")
        self.assertEqual(record.receipt_ids.department_id, self.other_unit)
        self.assertEqual(record.unread_names, self.other_unit.name)
        everybody = self.make("issued", audience_unit_ids=False)
        self.assertGreaterEqual(
            set(everybody.receipt_ids.department_id.ids),
            {self.unit.id, self.other_unit.id, self.subunit.id},
        )
        self.assertNotIn(self.school, everybody.receipt_ids.department_id)

    def test_takes_effect_on_its_day(self):
        record = self.make(date_effective=TODAY + timedelta(days=5))
        self.lead_to(record, {"issued"})
        with self.assertRaisesRegex(UserError, "2026-03-15"):
            self.act(record, "clerk", "take_effect")
        self.model._cron_follow()
        self.assertEqual(record.state, "issued")
        self.to_day(5)
        self.model._cron_follow()
        self.assertEqual(record.state, "effective")

    def test_evaluation_is_asked_for_after_two_years(self):
        record = self.make_effective()
        due = record.date_evaluation
        self.assertEqual((due - TODAY).days, 730)
        self.to_day((due - TODAY).days - 1)
        self.model._cron_follow()
        self.assertFalse(record.activity_ids)
        self.to_day((due - TODAY).days)
        self.model._cron_follow()
        self.model._cron_follow()
        self.assertEqual(record.activity_ids.user_id, self.users["clerk"])
        self.assertEqual(len(record.activity_ids), 1)
        self.act(record, "clerk", "evaluate", "Still good")
        self.assertFalse(record.activity_ids)
        self.assertGreaterEqual((record.date_evaluation - due).days, 730)

    # Comments -------------------------------------------------------------------------

    def comment(self, record, role="section_head", text="Art. 3 is too strict"):
        model = self.env["office.regulation.comment"].with_user(self.users[role])
        return model.create({"regulation_id": record.id, "text": text})

    def test_every_comment_is_answered_before_the_check(self):
        record = self.make("consulting")
        comment = self.comment(record)
        self.assertEqual(comment.department_id, self.unit)
        with self.assertRaisesRegex(UserError, self.unit.name):
            self.act(record, "clerk", "check")
        comment.with_user(self.users["clerk"]).write({"answer": "taken"})
        self.act(record, "clerk", "check")
        with self.assertRaisesRegex(UserError, "while the rule is out for comments"):
            self.comment(record)
        with self.assertRaises(UserError):
            comment.with_user(self.users["clerk"]).answer = "partly"

    def test_who_comments_and_who_answers(self):
        record = self.make("consulting")
        comment = self.comment(record)
        for role in ("staff", "liaison", "citizen"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.comment(record, role)
        with self.assertRaises(AccessError):
            comment.with_user(self.users["section_head"]).answer = "taken"
        with self.assertRaises(AccessError):
            comment.with_user(self.users["clerk"]).text = "Never mind"
        with self.assertRaisesRegex(UserError, "stays with who wrote it"):
            comment.user_id = self.users["staff"]
        forged = comment.create(
            {"regulation_id": record.id, "text": "x", "answer": "taken"}
        )
        self.assertFalse(forged.answer)

    # Laws and policies ----------------------------------------------------------------

    def test_a_law_is_in_force_when_it_is_entered(self):
        law, policy = self.model.with_user(self.users["clerk"]).create(
            [
                {"name": "Education Law", "kind": "law", "number": "Order 45"},
                {"name": "Opinion", "kind": "policy"},
            ]
        )
        for record in (law, policy):
            self.assertEqual(record.state, "effective")
            self.assertTrue(record.in_force)
            self.assertFalse(record.company_id)
            self.assertEqual(record.transition_ids.user_id, self.users["clerk"])
        law.summary = "Art. 1"
        policy.kind = "law"
        policy.active = False
        self.assertFalse(policy.in_force)
        self.assertFalse(law.with_user(self.users["clerk"]).open_transitions)
        names = law.with_user(self.users["leader"]).open_transitions
        self.assertEqual([row["name"] for row in names], ["repeal"])
        with self.assertRaisesRegex(UserError, "by those who issue them"):
            self.act(law, "leader", "revise", "Because")
        self.act(law, "leader", "repeal", "Replaced by a code")
        self.assertFalse(law.in_force)
        self.assertTrue(policy.with_user(self.users["director"]).unlink())

    def test_a_law_does_not_become_a_rule_of_the_house(self):
        law = self.model.create({"name": "Education Law", "kind": "law"})
        with self.assertRaisesRegex(ValidationError, "does not become a rule"):
            law.kind = "internal"

    def test_a_rule_issued_before_the_register_began(self):
        old = self.make(date_issued="2021-04-06", date_effective="2021-05-01")
        self.assertEqual((old.state, old.date_evaluation.year), ("effective", 2028))

    def test_import_of_laws(self):
        result = self.model.load(
            ["name", "kind", "number"], [["Teachers Law", "law", "Order 15"]]
        )
        self.assertTrue(self.model.browse(result["ids"]).in_force)

    def test_what_stood_there_before_there_were_states_is_in_force(self):
        kept, gone = self.make(), self.make(active=False)
        ids = (kept | gone)._ids
        self.env.flush_all()
        self.cr.execute("ALTER TABLE office_regulation ALTER state DROP NOT NULL")
        self.cr.execute(
            "UPDATE office_regulation SET state = NULL WHERE id IN %s", [ids]
        )
        self.model._init_column("state")
        (kept | gone).invalidate_recordset()
        self.assertEqual((kept.state, gone.state), ("effective", "repealed"))

    # Who reads ------------------------------------------------------------------------

    def reads(self, record):
        return {
            role
            for role, user in self.users.items()
            if record.with_user(user).has_access("read")
        }

    def test_drafts_are_read_by_who_makes_them(self):
        makers = {"leader", "director", "clerk", "section_head"}
        record = self.make("drafting", lead_unit_id=self.other_unit.id)
        self.assertEqual(self.reads(record), makers - {"section_head"})
        self.lead_to(record, {"consulting"})
        self.assertEqual(self.reads(record), makers)
        self.lead_to(record, {"effective"})
        inside = set(self.users) - {"school", "citizen", "outsider"}
        self.assertEqual(self.reads(record), inside)
        record.is_public = True
        self.assertEqual(self.reads(record), inside | {"school", "citizen"})

    def test_a_school_reads_what_it_was_sent(self):
        record = self.make("effective", audience_unit_ids=[(6, 0, self.school.ids)])
        self.assertIn("school", self.reads(record))
        self.assertNotIn("citizen", self.reads(record))


@tagged("post_install", "-at_install")
class TestRegulationRpc(RegulationFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a rule."""
