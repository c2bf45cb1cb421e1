# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Any matter can be put under supervision, by one button (S3.2, A3)."""

import base64

from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.office_functions.tests.common import OfficeRaceCase
from odoo.addons.office_functions.tests.race_tests import RaceTests

from .common import SupervisionCase
from .test_mechanisms import SupervisionOffice

TICKET = "office.supervision.ticket"


@tagged("post_install", "-at_install", "office_supervision")
class TestAnyMatter(SupervisionCase):
    def get_kinds(self):
        """Return the kinds of what can be supervised, those of other addons too."""
        kinds = self.env["office.matter.mixin"]._get_concrete_matters()
        return [
            *(kind for kind in kinds if not self.env[kind]._belongs_to_supervision()),
            "office.meeting.decision",
            "office.plan.line",
        ]

    def make(self, kind, **vals):
        """Return a matter of any kind, with whatever it asks for filled in."""
        model = self.env[kind]
        vals = {
            "name": "Broken windows",
            "lead_unit_id": self.unit_a.id,
            "handler_id": self.staff_a.id,
            **vals,
        }
        if kind == "maintenance.request":
            # Others of Odoo's own requests are no matters of the office.
            vals["is_office_repair"] = True
        asked = [
            field
            for name, field in model._fields.items()
            if field.required and field.store and name not in vals and name != "id"
        ]
        given = model.default_get([field.name for field in asked])
        for field in asked:
            if field.related or given.get(field.name) or field.readonly:
                continue
            vals[field.name] = self.fill(field)
        return model.create(vals)

    def fill(self, field):
        """Return some value for a field that must have one."""
        if field.comodel_name == "res.users":
            return self.leader.id
        if field.comodel_name == "office.plan":
            return self.make_plan().id
        if field.type == "many2one":
            found = self.env[field.comodel_name].search([], limit=1)
            return (found or found.create({"name": "Words"})).id
        if field.type == "selection":
            return field.get_values(self.env)[0]
        if field.type in ("date", "datetime"):
            return self.today
        return "Words"

    def make_plan(self):
        return self.env["office.plan"].create(
            {"kind": "year", "lead_unit_id": self.unit_a.id}
        )

    def make_coordination(self, **vals):
        return self.make("office.coordination", **vals)

    def supervise(self, matter, user=None):
        action = matter.with_user(user or self.leader).action_supervise()
        return self.env[TICKET].browse(action["res_id"])

    def test_any_kind_becomes_a_proposed_ticket(self):
        for kind in self.get_kinds():
            with self.subTest(kind=kind):
                matter = self.make(kind)
                if kind == "office.meeting.decision":
                    matter.leader_id = self.leader
                if kind == "office.directive":
                    matter._pass_by_system("issue")
                ticket = self.supervise(matter)
                self.assertEqual(ticket.state, "proposed")
                self.assertEqual(ticket.name, matter.name)
                self.assertEqual(ticket.lead_unit_id, self.unit_a)
                self.assertEqual(ticket.handler_id, self.staff_a)
                self.assertEqual(ticket.supervised_key, f"{kind},{matter.id}")
                panel = ticket.with_user(self.leader).get_matter_panel()
                self.assertIn(
                    (kind, matter.id), [(s["model"], s["id"]) for s in panel["sources"]]
                )
                self.assertEqual(
                    matter.with_user(self.leader).supervision_ticket_count, 1
                )
                self.assertFalse(matter.with_user(self.leader).can_be_supervised)
                again = self.supervise(matter, self.director)
                self.assertEqual(again, ticket, "a double click opens the same one")

    def test_button_in_the_form_of_every_kind(self):
        for kind in self.get_kinds():
            arch = etree.fromstring(self.env[kind].get_view(view_type="form")["arch"])
            for name in ("action_supervise", "action_open_proof"):
                with self.subTest(kind=kind, button=name):
                    self.assertEqual(len(arch.findall(f".//button[@name='{name}']")), 1)
        for kind in (TICKET, "office.supervision.task"):
            arch = self.env[kind].get_view(view_type="form")["arch"]
            self.assertNotIn("action_supervise", arch)

    def test_a_part_of_supervision_is_not_supervised(self):
        ticket = self.make_ticket()
        for record in (ticket, ticket.task_ids[0]):
            self.assertFalse(record.with_user(self.leader).can_be_supervised)
            with self.assertRaisesRegex(UserError, "part of supervision"):
                record.with_user(self.leader).action_supervise()

    def test_who_may(self):
        matter = self.make_coordination()
        for user in (self.leader, self.director):
            self.assertTrue(matter.with_user(user).can_be_supervised, user.login)
        for user in (self.clerk, self.staff_a, self.head_a):
            self.assertFalse(matter.with_user(user).can_be_supervised, user.login)
            with self.assertRaisesRegex(UserError, "Leaders, the director"):
                matter.with_user(user).action_supervise()
        for user in (self.outsider, self.supervisor):
            with self.assertRaises(AccessError):
                matter.with_user(user).action_supervise()
        mine = self.make_coordination(handler_id=self.supervisor.id)
        ticket = self.supervise(mine, self.supervisor)
        self.assertEqual(ticket.supervisor_id, self.supervisor)

    def test_proposal_says_what_authority_is_missing(self):
        ticket = self.supervise(self.make_coordination())
        ticket = ticket.with_user(self.director)
        self.assertFalse(ticket.directive_id)
        for words in ("authorising directive", "basis", "Please fill in"):
            self.assertIn(words, ticket.filing_gaps)
        with self.assertRaisesRegex(UserError, "authorising directive"):
            ticket.do_transition("file")
        complete = self.make_ticket()
        self.assertFalse(complete.filing_gaps)

    def test_the_directive_a_matter_stands_on(self):
        directive = self.make_directive()
        document = self.make("office.document.incoming", direction="down")
        self.env["office.matter.link"]._link(directive, document)
        ticket = self.supervise(document)
        self.assertEqual(ticket.directive_id, directive)
        self.assertEqual(ticket.requirement, directive.text)
        self.assertEqual(ticket.source_type, "upper_document")
        self.assertEqual(directive.ticket_ids, ticket)

    def test_directive_under_supervision_is_not_supervised_twice(self):
        ticket = self.make_assigned()
        advice = self.make("office.advice")
        self.env.cr.execute(
            "UPDATE office_advice SET directive_id = %s WHERE id = %s",
            [ticket.directive_id.id, advice.id],
        )
        self.env.invalidate_all()
        self.assertFalse(advice.with_user(self.leader).can_be_supervised)
        self.assertEqual(self.supervise(advice), ticket)
        decision = self.make("office.meeting.decision", leader_id=self.leader.id)
        decision.with_user(self.clerk).do_transition("make_directive")
        decision.directive_id.lead_unit_id = self.unit_a
        decision.directive_id.date_deadline = self.day(9)
        decision.directive_id.handler_id = self.staff_a
        decision.directive_id._pass_by_system("issue")
        decision.directive_id.with_user(self.leader).do_transition("escalate")
        decision.with_user(self.clerk).do_transition("make_ticket")
        self.assertEqual(decision.ticket_ids, decision.directive_id.ticket_ids)
        self.assertEqual(len(decision.ticket_ids), 1)

    def test_a_new_ticket_after_the_old_one_has_ended(self):
        matter = self.make_coordination()
        ticket = self.supervise(matter)
        ticket._pass_by_system("terminate", "Settled otherwise")
        self.assertTrue(matter.with_user(self.leader).can_be_supervised)
        second = self.supervise(matter)
        self.assertNotEqual(second, ticket)
        self.assertEqual(matter.with_user(self.leader).supervision_ticket_count, 2)
        action = matter.with_user(self.leader).action_open_supervision_tickets()
        self.assertEqual(set(action["domain"][0][2]), set((ticket | second).ids))

    def test_decision_that_needs_none(self):
        decision = self.make("office.meeting.decision", leader_id=self.leader.id)
        decision.with_user(self.clerk).do_transition("dismiss", "Done on the spot")
        self.assertFalse(decision.with_user(self.leader).can_be_supervised)
        with self.assertRaisesRegex(UserError, "needs no supervision"):
            decision.with_user(self.leader).action_supervise()

    def test_nobody_forges_where_a_ticket_came_from(self):
        matter = self.make_coordination()
        vals = {"supervised_key": f"{matter._name},{matter.id}"}
        with self.assertRaises(ValidationError):
            self.make_ticket(**vals)
        with self.assertRaises(ValidationError):
            self.make_ticket().write(vals)

    # What a ticket gives away ---------------------------------------------------------

    def test_restricted_matter(self):
        matter = self.make_coordination(name="Accusation against Wang")
        matter.with_user(self.director).restrict()
        matter.with_user(self.director).admit(self.leader)
        matter.with_user(self.director).recuse(self.staff_a, "It is about him")
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.supervise(matter, self.other_leader)
        ticket = self.supervise(matter)
        self.assertNotIn("Wang", ticket.name)
        self.assertIn("Coordination", ticket.name)
        self.assertFalse(ticket.requirement)
        self.assertFalse(ticket.handler_id)
        for user in (self.leader, self.director):
            self.assertTrue(ticket.with_user(user).has_access("read"), user.login)
        for user in (self.clerk, self.supervisor, self.other_leader, self.staff_a):
            self.assertFalse(ticket.with_user(user).has_access("read"), user.login)

    def test_recused_person_hears_nothing_of_the_ticket(self):
        matter = self.make_coordination()
        matter.with_user(self.director).recuse(self.head_a, "A relative")
        ticket = self.supervise(matter)
        self.assertFalse(ticket.with_user(self.head_a).has_access("read"))
        self.assertTrue(ticket.with_user(self.supervisor).has_access("read"))

    def test_secret_papers(self):
        secret = self.make(
            "office.document.incoming",
            secrecy_level="secret",
            original_location="Safe 3",
        )
        self.assertFalse(secret.with_user(self.leader).can_be_supervised)
        with self.assertRaisesRegex(UserError, "state secret"):
            self.supervise(secret)
        internal = self.make(
            "office.document.incoming", name="Plan X", secrecy_level="internal"
        )
        ticket = self.supervise(internal)
        self.assertNotIn("Plan X", ticket.name)
        self.assertFalse(internal.with_user(self.supervisor).has_access("read"))
        panel = ticket.with_user(self.supervisor).get_matter_panel()
        self.assertFalse(panel["sources"])

    def test_second_company(self):
        company = self.env["res.company"].create({"name": "Other Commission"})
        matter = self.make_coordination(
            company_id=company.id, lead_unit_id=False, handler_id=False
        )
        with self.assertRaises(AccessError):
            self.supervise(matter)
        self.leader.company_ids = [Command.link(company.id)]
        both = matter.with_user(self.leader).with_context(
            allowed_company_ids=[self.company.id, company.id]
        )
        ticket = self.env[TICKET].browse(both.action_supervise()["res_id"])
        self.assertEqual(ticket.company_id, company)

    # From the decision to the proof ---------------------------------------------------

    def attach(self, user, **vals):
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create({"name": "p.png", "datas": base64.b64encode(b"proof"), **vals})
        )

    def test_s3_2_from_the_decision_to_the_proof_in_three_clicks(self):
        decision = self.make("office.meeting.decision", leader_id=self.leader.id)
        decision.date_deadline = self.day(20)
        decision.with_user(self.clerk).do_transition("make_ticket")
        directive = decision.directive_id
        directive._pass_by_system("issue")
        ticket = decision.ticket_ids
        ticket.with_user(self.director).write(
            {
                "supervisor_id": self.supervisor.id,
                "scope": "All",
                "requirement": "Mend them",
                "legal_basis_ids": [Command.link(self.law.id)],
                "date_deadline": self.day(20),
            }
        )
        self.env["office.supervision.task"].with_user(self.supervisor).create(
            {
                "ticket_id": ticket.id,
                "name": "Mend",
                "lead_unit_id": self.unit_a.id,
                "handler_id": self.staff_a.id,
                "date_deadline": self.day(10),
                "weight": 100,
            }
        )
        ticket.with_user(self.director).do_transition("file")
        ticket.with_user(self.supervisor).do_transition("assign")
        file = self.attach(self.staff_a, res_model="office.supervision.feedback")
        with self.assertRaises(AccessError):
            file.with_user(self.leader).read(["datas"])
        self.report(ticket.task_ids, attachment_ids=[Command.link(file.id)])
        self.env.invalidate_all()
        for source in (decision, directive, ticket):
            source = source.with_user(self.leader)
            with self.subTest(source=source._name):
                # First click: the button “Proof” of the form …
                action = source.action_open_proof()
                found = self.env["ir.attachment"].with_user(self.leader)
                found = found.search(action["domain"])
                self.assertEqual(found.ids, file.ids)
                # … second click: the file itself.
                self.assertTrue(found.read(["datas"]))
        self.assertEqual(decision.with_user(self.leader).supervision_proof_count, 1)
        # Or by way of the ticket: three clicks.
        action = decision.with_user(self.leader).action_open_supervision_tickets()
        self.assertEqual(action["res_id"], ticket.id)
        self.assertEqual(ticket.with_user(self.leader).supervision_proof_count, 1)

    def test_nobody_hands_in_files_of_others_or_swaps_them(self):
        ticket = self.make_assigned()
        foreign = self.attach(self.clerk)
        with self.assertRaises(AccessError):
            self.report(ticket.task_ids[0], attachment_ids=[Command.link(foreign.id)])
        own = self.attach(self.staff_b)
        self.report(ticket.task_ids[1], attachment_ids=[Command.link(own.id)])
        for step in (
            lambda: own.write({"datas": base64.b64encode(b"other")}),
            lambda: own.unlink(),
        ):
            with self.assertRaisesRegex(UserError, "Proof stays"):
                step()
        self.assertFalse(own.with_user(self.outsider).has_access("read"))

    def test_menus_stand_in_groups(self):
        root = self.env.ref("office_functions_supervision.office_menu_supervision")
        self.assertEqual(
            root.child_id.mapped("name"),
            [
                "Handling",
                "Inspections",
                "Bottlenecks and Ladder",
                "Blank Spots",
                "Figures",
                "Law and Discipline",
                "Import",
            ],
        )

    def test_of_a_file_of_another_record_a_copy_is_handed_in(self):
        ticket = self.make_assigned()
        task = ticket.task_ids[0]
        Feedback = self.env["office.supervision.feedback"].with_user(self.staff_a)
        other = Feedback.create({"task_id": task.id, "text": "To be looked through"})
        file = self.attach(self.staff_a, res_model=other._name, res_id=other.id)
        feedback = self.report(task, attachment_ids=[Command.link(file.id)]).sudo()
        proof = feedback.attachment_ids
        self.assertEqual(len(proof), 1)
        self.assertNotEqual(proof, file)
        self.assertEqual((proof.res_model, proof.res_id), (feedback._name, feedback.id))
        file.write({"datas": base64.b64encode(b"other")})
        self.assertEqual(proof.raw, b"proof")
        with self.assertRaisesRegex(UserError, "Proof stays"):
            proof.with_user(self.staff_a).unlink()


@tagged("office_supervision")
class TestAnyMatterRace(SupervisionOffice, RaceTests, OfficeRaceCase):
    """Two people put one matter under supervision at the same moment."""

    model_name = "office.help.request"
    test_two_people_make_the_same_step = None

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Chairs for the hall",
            "text": "Forty chairs",
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
        }

    @mute_logger("odoo.sql_db")
    def test_two_people_make_one_ticket(self):
        matter = self.make_committed()

        def press(env):
            return env[matter._name].browse(matter.id).action_supervise()

        first, second = self.race(press, uid=self.users["director"].id)
        self.assertIsNone(first.error)
        self.assertSays(second.error, "under supervision already")
        self.reread(matter)
        tickets = self.env[TICKET].search(
            [("supervised_key", "=", f"{matter._name},{matter.id}")]
        )
        self.assertEqual(len(tickets), 1)
        self.assertEqual(
            press(self.env(user=self.users["leader"]))["res_id"], tickets.id
        )
