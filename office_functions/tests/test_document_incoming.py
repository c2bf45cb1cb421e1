# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from ast import literal_eval
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..tools.transition import permit
from .common import TODAY, ClockFixture, OfficeCase, OfficeHttpCase, OfficeRaceCase
from .matter_tests import MatterTests
from .race_tests import MatterRaceTests
from .rpc_tests import RpcTests
from .secrecy_tests import SecrecyTests
from .step_tests import StepTests

SCREENED = {
    "propose": ("action", "submit"),
    "circulate": ("reading", "submit"),
    "merge": ("action", "merge"),
    "send_back": ("action", "return"),
    "transfer": ("action", "section"),
}
"""Transition → the kind and the finding of the screening it asks for."""


class DocumentFixture(ClockFixture):
    model_name = "office.document.incoming"
    relations = {
        "leader": "leader",
        "handler": "staff",
        "unit_head": "section_head",
        "reader": "staff",
    }
    closed_at_first = ("insist",)

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Notice on school buses",
            "sender": "District Government",
            "leader_id": cls.users["leader"].id,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "screening": "submit",
            "screening_reason": "Needs a decision.",
            "proposal": "The section should check every bus.",
            "return_reason": "not_ours",
            "retention": "30",
            "no_reply_needed": True,
        }

    def prepare(self, record, row):
        # Settled by an earlier step: only the suite's own code may put it right now.
        with permit(record):
            if row.name in SCREENED:
                kind, screening = SCREENED[row.name]
                record.write({"kind": kind, "screening": screening})
            if row.name == "merge":
                record.merged_into_id = self.get_other()
            if row.name == "insist":
                record.is_given_back = True
                record.given_back_unit_id = record.lead_unit_id
        lines = record.circulation_ids
        if row.name in ("circulate", "read", "remark"):
            if not lines._get_unread():
                self.circulate_to(record, "staff")
        elif record.state == "circulating":
            self.sign_all(record)

    def get_other(self):
        """Return another registered document, the same one each time."""
        other = self.model.search([("name", "=", "Other document")], limit=1)
        return other or self.make("registered", name="Other document")

    def circulate_to(self, record, *roles):
        """Put readers on the list, or put one back who has signed."""
        users = [self.users[role] for role in roles]
        signed = record.circulation_ids.filtered(lambda line: line.user_id in users)
        with permit(signed):
            signed.write({"date_read": False, "note": False})
        self.env["office.document.circulation"].create(
            [
                {"document_id": record.id, "user_id": user.id, "sequence": nth}
                for nth, user in enumerate(users)
                if user not in record.circulation_ids.user_id
            ]
        )

    def sign_all(self, record):
        unread = record.circulation_ids._get_unread()
        with permit(unread):
            unread.date_read = fields.Datetime.now()

    def do(self, role, record, name, note=False):
        """Make a transition as a role, with all the checks."""
        return record.with_user(self.users[role]).do_transition(name, note)

    def fill(self, record, **vals):
        """Let the clerk fill something in."""
        record.with_user(self.users["clerk"]).write(vals)


class TestDocumentIncoming(
    DocumentFixture, MatterTests, StepTests, SecrecyTests, OfficeCase
):
    """An incoming document passes what every kind of matter must, and its own rules."""

    def test_s2_18_a_late_reply_opens_an_image_record(self):
        late, silent, in_time = (
            self.make("handling", no_reply_needed=no_reply, reply_text="Checked.")
            for no_reply in (False, True, False)
        )
        deadline = TODAY + timedelta(days=2)
        with permit(late | silent | in_time):
            (late | silent | in_time).date_deadline = deadline
        self.do("staff", in_time, "reply")
        self.to_day(3)
        for record in (late, silent):
            self.do("staff", record, "reply")
        errors = self.env["office.error"].search(
            [("origin_key", "=like", f"{self.model_name},%")]
        )
        self.assertEqual(errors.matter_ref, late)
        self.assertEqual((errors.kind, errors.state), ("image", "registered"))

    # Receiving ------------------------------------------------------------------------

    def test_registration_asks_for_the_sender(self):
        record = self.make(sender=False)
        with self.assertRaisesRegex(UserError, "Sent By"):
            self.do("clerk", record, "register")

    def test_duplicates_are_shown_while_typing_and_refused(self):
        first = self.make("registered", sender_number="府发〔2026〕7号")
        form = Form(self.model.with_user(self.users["clerk"]))
        form.name = "The same once more"
        form.sender = " District  Government"
        self.assertFalse(form.duplicate_warning)
        form.sender_number = "府发[2026]第07号"
        self.assertIn(first.number, form.duplicate_warning)
        twin = form.save()
        with self.assertRaisesRegex(UserError, first.number):
            twin.do_transition("register")
        twin.sender_number = "府发〔2026〕8号"
        self.assertFalse(twin.duplicate_warning)
        twin.do_transition("register")
        self.assertEqual(twin.state, "registered")

    def test_returned_document_may_come_again(self):
        vals = {"sender_number": "府发〔2026〕9号"}
        self.make("returned", **vals)
        self.make("registered", **vals)
        other = self.env["res.company"].create({"name": "Other District"})
        self.make("registered", company_id=other.id, **vals)

    def test_registration_of_many_looks_for_twins_once(self):
        def count(number):
            records = self.model.union(
                *(
                    self.make(sender_number=f"{number}发〔2026〕{n}号")
                    for n in range(number)
                )
            )
            user = self.users["clerk"]
            return self.count_queries(
                records, user, lambda mine: mine.do_transition("register")
            )

        self.assertLessEqual(count(30), count(5) + 2)

    def test_second_registration_is_refused_on_every_road(self):
        self.make("registered", sender_number="府发〔2026〕7号")
        twin = self.make("registered", sender_number="府发〔2026〕8号")
        with self.assertRaises(Exception) as caught, self.cr.savepoint():
            twin.sender_number = "府发〔2026〕7号"
            self.env.flush_all()
        self.assertIn("duplicate_uniq", str(caught.exception))

    # Screening (S1.28) ----------------------------------------------------------------

    def test_s1_28_what_a_section_may_decide_never_reaches_the_leader(self):
        record = self.make("registered", direction="up", screening=False)
        leader = self.users["leader"]
        with self.assertRaises(UserError) as caught:
            self.fill(record, screening_reason=False)
            self.do("clerk", record, "screen")
        self.assertSays(caught.exception, "Screening", "Reason of the Screening")
        self.fill(record, screening="section", screening_reason="In its power.")
        self.do("clerk", record, "screen")
        self.do("director", record, "transfer")
        self.assertEqual(record.state, "handling")
        self.assertEqual(record.holder_id, self.users["staff"])
        self.assertNotIn("instruct", record.transition_ids.mapped("name"))
        mine = [("holder_id", "=", leader.id), ("id", "=", record.id)]
        self.assertFalse(self.model.with_user(leader).search(mine))
        found = self.model.with_user(leader).search([("id", "=", record.id)])
        self.assertTrue(found, "the leader can still find it")

    def test_s1_28_the_way_found_right_is_the_way_it_goes(self):
        record = self.make("screened")
        for name in ("merge", "send_back", "transfer"):
            self.fill(record, merged_into_id=self.get_other().id)
            role = "director" if name == "transfer" else "clerk"
            with self.subTest(transition=name), self.assertRaises(UserError):
                self.do(role, record, name, "Because")
        self.fill(record, kind="reading")
        with self.assertRaisesRegex(UserError, "is circulated"):
            self.do("clerk", record, "propose")

    def test_s1_28_the_form_stresses_the_way_found_right(self):
        document = self.make("screened").with_user(self.users["director"])
        for kind, screening, step in (
            ("action", "submit", "propose"),
            ("action", "merge", "merge"),
            ("reading", "submit", "circulate"),
        ):
            document.sudo().write({"kind": kind, "screening": screening})
            stressed = [
                button["name"]
                for button in document.open_transitions
                if button["style"] == "primary"
            ]
            self.assertEqual(stressed, [step])

    def test_s0_3_what_grows_from_it_is_linked(self):
        document = self.make("proposed").with_user(self.users["section_head"])
        for direction, kind, goes in (
            ("down", "report", "up"),
            ("up", "reply", "down"),
            ("lateral", "letter", "lateral"),
        ):
            document.sudo().direction = direction
            action = document.action_make_reply()
            reply = self.env[action["res_model"]].browse(action["res_id"])
            self.assertRecordValues(
                reply,
                [
                    {
                        "document_type": kind,
                        "direction": goes,
                        "main_organs": "District Government",
                        "handler_id": self.users["section_head"].id,
                        "lead_unit_id": self.unit.id,
                    }
                ],
            )
        action = document.action_make_coordination()
        coordination = self.env[action["res_model"]].browse(action["res_id"])
        self.assertIn("check every bus", coordination.text)
        links = self.env["office.matter.link"]._get_links(document)
        self.assertIn(reply.id, links.mapped("target_id"))
        self.assertIn(coordination.id, links.mapped("target_id"))

    def test_s0_3_nothing_is_written_of_a_state_secret(self):
        document = self.make(
            secrecy_level="secret",
            original_location="Safe 1",
            proposal=False,
        ).with_user(self.users["clerk"])
        for grow in (document.action_make_reply, document.action_make_coordination):
            with self.assertRaisesRegex(UserError, "not classified"):
                grow()

    def test_returned_with_its_reason(self):
        record = self.make("screened", screening="return", return_reason=False)
        with self.assertRaises(UserError) as caught:
            self.do("clerk", record, "send_back")
        self.assertSays(caught.exception, "Returned Because", "write down the reason")
        self.fill(record, return_reason="wrong_form")
        self.do("clerk", record, "send_back", "A report holds a request.")
        self.assertEqual(record.state, "returned")
        self.assertFalse(record.holder_id)

    def test_merged_is_linked(self):
        other = self.get_other()
        record = self.make("screened", screening="merge", merged_into_id=False)
        self.fill(record, merged_into_id=record.id)
        with self.assertRaisesRegex(UserError, "with itself"):
            self.do("clerk", record, "merge")
        self.fill(record, merged_into_id=other.id)
        self.do("clerk", record, "merge")
        self.assertEqual(record.state, "closed")
        self.assertEqual(record.link_count, 1)

    # From the leader's desk to the reply ----------------------------------------------

    def test_leaders_instruction_becomes_a_directive_word_for_word(self):
        record = self.make("proposed", assisting_unit_ids=[self.other_unit.id])
        self.assertEqual(record.holder_id, self.users["leader"])
        words = "Check every bus before the term begins. Report to me."
        self.do("leader", record, "instruct", words)
        directive = record.directive_id
        self.assertRecordValues(
            directive,
            [
                {
                    "text": words,
                    "leader_id": self.users["leader"].id,
                    "lead_unit_id": self.unit.id,
                    "assisting_unit_ids": self.other_unit.ids,
                    "create_uid": self.users["clerk"].id,
                    "kind": "written",
                    "state": "recorded",
                }
            ],
        )
        self.assertIn(record.number, directive.source)
        self.assertEqual(record.instruction, words)
        for role in ("clerk", "director"):
            with self.subTest(role=role):
                with self.assertRaisesRegex(ValidationError, "own words"):
                    directive.with_user(self.users[role]).text = "Check some buses."
        self.assertEqual(record.get_matter_panel()["results"][0]["id"], directive.id)
        self.assertEqual(record.holder_id, self.users["clerk"])
        self.do("clerk", record, "assign")
        self.assertEqual(record.deadline_owner_id, self.users["leader"])
        self.do("staff", record, "reply")
        self.do("clerk", record, "archive")

    def test_director_decides_under_delegation_only(self):
        record = self.make("proposed")
        with self.assertRaisesRegex(UserError, "decides or delegates"):
            self.do("director", record, "transfer")
        with self.assertRaisesRegex(UserError, "not yours to make"):
            self.do("director", record, "entrust")
        self.env["office.delegation"].create(
            {
                "principal_id": self.users["leader"].id,
                "delegate_id": self.users["director"].id,
                "date_from": TODAY,
                "date_to": TODAY,
            }
        )
        self.do("director", record, "entrust")
        line = record.transition_ids.filtered(lambda line: line.name == "entrust")
        self.assertEqual(line.principal_id, self.users["leader"])
        self.assertEqual(line.user_id, self.users["director"])

    def test_two_units_need_one_lead_unit(self):
        units = [self.unit.id, self.other_unit.id]
        record = self.make("instructed", assisting_unit_ids=units, lead_unit_id=False)
        with self.assertRaises(UserError) as caught:
            self.do("clerk", record, "assign")
        self.assertSays(caught.exception, "Lead Unit", "answers for the whole")
        self.fill(record, lead_unit_id=self.unit.id)
        with self.assertRaisesRegex(UserError, "does not assist itself"):
            self.do("clerk", record, "assign")
        self.fill(record, assisting_unit_ids=[Command.set(self.other_unit.ids)])
        self.do("clerk", record, "assign")

    def test_urgent_documents_state_a_deadline(self):
        record = self.make("screened", urgency="urgent")
        with self.assertRaisesRegex(UserError, "states its deadline"):
            self.do("clerk", record, "propose")
        self.fill(record, date_deadline=TODAY + timedelta(days=2))
        self.do("clerk", record, "propose")

    def test_deadline_by_urgency(self):
        for urgency, days in (
            ("extra_urgent", 1),
            ("urgent", 3),
            ("ordinary", 9),
            ("telegram_top", 1),
            ("telegram_extra", 3),
            ("telegram_urgent", 6),  # the fifth day is a Sunday
            ("telegram_ordinary", 10),
        ):
            record = self.make("handling", urgency=urgency)
            with self.subTest(urgency=urgency):
                self.assertEqual(record.date_deadline, TODAY + timedelta(days=days))

    def test_unit_gives_back_once_and_the_director_rules(self):
        record = self.make("handling")
        with self.assertRaisesRegex(UserError, "write down the reason"):
            self.do("section_head", record, "give_back")
        self.do("section_head", record, "give_back", "It is about teachers.")
        self.assertEqual(record.state, "proposed")
        self.assertEqual(record.holder_id, self.company._get_office_director())
        self.assertEqual(record.return_count, 1)
        with self.assertRaisesRegex(UserError, "Test Section gave it back"):
            self.do("director", record, "transfer")
        self.do("director", record, "insist", "It is about your teachers.")
        self.assertEqual(record.state, "handling")
        self.assertFalse(record.is_given_back)
        with self.assertRaisesRegex(UserError, "once already"):
            self.do("staff", record, "give_back", "Still not ours.")

    def test_s2_25_another_unit_gets_what_was_rightly_given_back(self):
        record = self.make("handling")
        self.do("staff", record, "give_back", "It is about canteens.")
        self.fill(record, lead_unit_id=self.other_unit.id)
        with self.assertRaisesRegex(UserError, "Test Section that gave it back"):
            self.do("director", record, "insist", "It is yours.")
        self.do("director", record, "transfer")
        self.assertEqual(record.state, "handling")

    def test_k13_groundless_returns_by_unit_and_person(self):
        groundless, right = self.make("handling"), self.make("handling")
        for record in groundless | right:
            self.do("staff", record, "give_back", "Not ours.")
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        [figure] = Indicator.measure(["K13-returns"], TODAY, TODAY)
        before = figure["value"]
        self.do("director", groundless, "insist", "It is yours.")
        self.fill(right, lead_unit_id=self.other_unit.id)
        self.do("director", right, "transfer")
        [figure] = Indicator.measure(["K13-returns"], TODAY, TODAY)
        self.assertEqual(figure["value"], before + 1)
        [unit] = [unit for unit in figure["units"] if unit["id"] == self.unit.id]
        self.assertEqual(
            [(person["id"], person["value"]) for person in unit["persons"]],
            [(self.users["staff"].id, 1)],
        )
        action = Indicator.open_records(
            "K13-returns", TODAY, TODAY, user_id=self.users["staff"].id
        )
        lines = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(lines.mapped("res_id"), groundless.ids)
        self.assertEqual(lines.mapped("note"), ["Not ours."])

    def test_who_directs_the_office(self):
        director = self.users["director"]
        self.assertFalse(director._is_system())
        found = self.company._get_office_director()
        self.assertTrue(found.has_group("office_functions.group_office_director"))
        self.assertFalse(found._is_system())
        self.company.office_director_id = self.users["section_head"]
        self.assertEqual(
            self.company._get_office_director(), self.users["section_head"]
        )
        other = self.env["res.company"].create({"name": "Other District"})
        other.office_director_id = director
        self.assertEqual(other._get_office_director(), director)
        record = self.make("handling")
        self.do("staff", record, "give_back", "It is about teachers.")
        self.assertEqual(record.holder_id, self.users["section_head"])

    def test_reply_or_none_needed(self):
        record = self.make("handling", no_reply_needed=False)
        with self.assertRaisesRegex(UserError, "No Reply Needed"):
            self.do("staff", record, "reply")
        record.with_user(self.users["staff"]).reply_text = "All buses were checked."
        self.do("staff", record, "reply")
        self.assertTrue(record.date_done)
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            self.fill(record, reply_text="Forged")

    def test_unit_fills_in_its_own_step_only(self):
        record = self.make("handling")
        staff = record.with_user(self.users["staff"])
        staff.result = "Checked."
        for name, value in (
            ("name", "Forged"),
            ("handler_id", self.users["leader"].id),
            ("retention", "10"),
            ("secrecy_level", "internal"),
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                staff.write({name: value})
        head = record.with_user(self.users["section_head"])
        head.handler_id = self.users["section_head"]
        with self.assertRaises(AccessError):
            head.clerk_id = self.users["section_head"]
        early = self.make("registered").with_user(self.users["section_head"])
        with self.assertRaises(AccessError):
            early.result = "Too early"

    # Circulation ----------------------------------------------------------------------

    def make_round(self, mode="ordered"):
        record = self.make("screened", kind="reading", circulation_mode=mode)
        self.circulate_to(record, "leader", "section_head", "staff")
        self.do("clerk", record, "circulate")
        return record

    def test_circulation_in_order_skips_nobody(self):
        record = self.make_round()
        self.assertEqual(record.holder_id, self.users["leader"])
        with self.assertRaisesRegex(UserError, self.users["leader"].name):
            self.do("staff", record, "read")
        self.clock.tick(timedelta(hours=3))
        self.do("leader", record, "remark", "The section may go ahead.")
        limit = self.env["office.time.limit"]._get("document_circulate", self.company)
        self.assertEqual(
            record.step_due, limit._get_due(fields.Datetime.now(), self.company)
        )
        self.assertEqual(record.holder_id, self.users["section_head"])
        with self.assertRaisesRegex(UserError, "Section Head.*Staff"):
            self.do("clerk", record, "archive_read")
        self.do("section_head", record, "read")
        self.do("staff", record, "read")
        self.assertEqual(record.holder_id, self.users["clerk"])
        self.assertRecordValues(
            record.circulation_ids,
            [
                {"note": "The section may go ahead."},
                {"note": False},
                {"note": False},
            ],
        )
        self.assertTrue(all(record.circulation_ids.mapped("date_read")))
        self.do("clerk", record, "archive_read")
        self.assertEqual(record.state, "archived")
        self.assertNotIn("propose", record.transition_ids.mapped("name"))

    def test_circulation_all_at_once(self):
        record = self.make_round("parallel")
        self.do("staff", record, "read")
        self.assertEqual(record.holder_id, self.users["leader"])
        self.assertNotIn(self.users["staff"].name, record.unread_names)
        with self.assertRaisesRegex(UserError, "not yours to make"):
            self.do("staff", record, "read")

    def test_reader_sees_it_and_signs_by_no_other_road(self):
        stranger = self.make_user("test_reader", "office_functions.group_office_staff")
        record = self.make("screened", kind="reading", handler_id=False)
        self.assertFalse(record.with_user(stranger).has_access("read"))
        line = self.env["office.document.circulation"].create(
            {"document_id": record.id, "user_id": stranger.id}
        )
        self.assertTrue(record.with_user(stranger).has_access("read"))
        self.do("clerk", record, "circulate")
        with self.assertRaises(AccessError):
            line.with_user(stranger).sequence = 1
        clerk = line.with_user(self.users["clerk"])
        for vals in ({"date_read": "2026-03-10"}, {"note": "Forged"}):
            with self.assertRaisesRegex(ValidationError, "signs for themselves"):
                clerk.write(vals)
            with self.assertRaisesRegex(ValidationError, "signs for themselves"):
                clerk.create({**vals, "document_id": record.id, "user_id": 1})
        with self.assertRaisesRegex(UserError, "Nobody is skipped"):
            clerk.unlink()
        clerk.user_id = self.users["section_head"]
        self.do("section_head", record, "read")
        with self.assertRaisesRegex(UserError, "stays on the list"):
            clerk.user_id = stranger
        self.do("clerk", record, "archive_read")
        with self.assertRaisesRegex(UserError, "is over"):
            clerk.create({"document_id": record.id, "user_id": self.users["staff"].id})

    def test_lines_are_read_with_their_document_only(self):
        record = self.make("screened", lead_unit_id=False, handler_id=False)
        self.circulate_to(record, "leader")
        line = record.circulation_ids
        for role, sees in (("clerk", True), ("leader", True), ("staff", False)):
            mine = line.with_user(self.users[role])
            with self.subTest(role=role):
                self.assertEqual(mine.has_access("read"), sees)
                self.assertEqual(bool(mine.search([("id", "=", line.id)])), sees)

    def test_readers_who_may_see_no_documents_are_named(self):
        record = self.make("screened", kind="reading")
        self.circulate_to(record, "canteen", "staff")
        with self.assertRaisesRegex(UserError, self.users["canteen"].name):
            self.do("clerk", record, "circulate")

    def test_deputy_signs_for_a_leader(self):
        record = self.make_round()
        self.env["office.delegation"].create(
            {
                "principal_id": self.users["leader"].id,
                "delegate_id": self.users["director"].id,
                "date_from": TODAY,
                "date_to": TODAY,
            }
        )
        self.do("director", record, "read")
        self.assertTrue(record.circulation_ids[0].date_read)
        self.assertEqual(
            record.transition_ids[0].principal_id, self.users["leader"], "代"
        )

    # Archive --------------------------------------------------------------------------

    def test_archive_needs_its_period_and_gives_a_number(self):
        self.env["office.number.counter"].search([]).unlink()
        numbers = []
        for retention in ("permanent", "30", "30", "10"):
            record = self.make("replied", retention=False)
            with self.assertRaisesRegex(UserError, "Retention Period"):
                self.do("clerk", record, "archive")
            self.fill(record, retention=retention)
            self.do("clerk", record, "archive")
            numbers.append(record.archive_number)
        self.assertEqual(
            numbers,
            ["2026-永久-0001", "2026-30年-0001", "2026-30年-0002", "2026-10年-0001"],
        )
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            self.fill(record, retention="30")

    # Nobody's desk hides anything -----------------------------------------------------

    def test_s2_16_what_idles_stands_under_its_holders_name(self):
        record = self.make("proposed")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_document_incoming_action_backlog"
        )
        self.assertIn("group_holder_id", action["context"])
        domain = [*literal_eval(action["domain"]), ("id", "=", record.id)]
        leader = self.model.with_user(self.users["leader"])
        self.assertFalse(leader.search(domain))
        self.clock.move_to(record.step_due + timedelta(seconds=1))
        groups = leader._read_group(domain, ["holder_id"], ["__count"])
        self.assertEqual(groups, [(self.users["leader"], 1)])
        self.do("leader", record, "instruct", "Do it.")
        self.assertFalse(leader.search(domain))

    def test_s2_26_nightly_check_lists_what_was_forgotten(self):
        forgotten, handled, filed = (
            self.make(state) for state in ("screened", "handling", "replied")
        )
        records = forgotten | handled | filed

        def check(day):
            self.to_day(day)
            self.model._cron_check_omissions()
            return dict(zip(records, records.mapped("omission"), strict=True))

        nothing = dict.fromkeys(records, False)
        self.assertEqual(check(29), nothing)
        self.assertEqual(check(31), {**nothing, forgotten: "no_outcome"})
        later = check(TODAY.replace(year=2027, month=6, day=30))
        self.assertFalse(later[filed])
        later = check(TODAY.replace(year=2027, month=7, day=1))
        self.assertEqual(later[filed], "not_filed")
        with permit(forgotten):
            forgotten.screening = "section"
        self.do("director", forgotten, "transfer")
        self.assertFalse(forgotten.omission)


@tagged("post_install", "-at_install")
class TestDocumentIncomingRpc(DocumentFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a document."""


@tagged("post_install", "-at_install")
class TestDocumentIncomingRace(DocumentFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on documents at the same moment."""
