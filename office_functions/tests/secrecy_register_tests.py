# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""How long secret papers stay secret, who knows of them, where their copies are."""

from datetime import date

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError, UserError, ValidationError

from ..models.office_secrecy_period import CEILINGS
from ..tools.transition import permit
from .common import MatterFixture

KEEPERS = ("clerk", "director", "leader")


class SecrecyRegisterTests(MatterFixture):
    """The register of secret papers: periods, reviews, readers and copies."""

    copies_field = "copies"

    def secret_vals(self, level="secret"):
        emptied = dict.fromkeys(self.model._content_fields, False)
        return {
            **self.sample_vals(),
            **emptied,
            "secrecy_level": level,
            "original_location": "Safe 3, shelf 2",
        }

    def make_secret(self, level="secret"):
        return self.model.create(self.secret_vals(level))

    def register(self, level="confidential", **vals):
        """Return a secret paper that has a number, as superuser."""
        paper = self.make_secret(level)
        with permit(paper):
            paper.write({"number": f"Test {paper.id}", **vals})
        return paper

    # R-SEC-1: periods -----------------------------------------------------------------

    def test_r_sec_1_a_level_has_a_longest_period(self):
        for level, longest in CEILINGS.items():
            paper = self.make_secret(level)
            latest = paper.secrecy_start + relativedelta(years=longest)
            with self.subTest(level=level):
                self.assertEqual(paper.secrecy_years, longest, "none is marked")
                self.assertEqual(paper.secrecy_until, latest)
                paper.secrecy_years = 1
                self.assertEqual(paper._get_secrecy_period(), "1年")
                for vals in (
                    {"secrecy_years": longest + 1},
                    {"secrecy_until": latest + relativedelta(days=1)},
                    {"secrecy_until": paper.secrecy_start - relativedelta(days=1)},
                    {"secrecy_start": False},
                ):
                    with self.undone(), self.assertRaises(ValidationError):
                        paper.write(vals)
                        self.env.flush_all()
                    with self.undone(), self.assertRaises(ValidationError):
                        self.model.create({**self.secret_vals(level), **vals})
                        self.env.flush_all()
                answer = self.model.load(
                    [".id", "secrecy_years"], [[str(paper.id), str(longest + 1)]]
                )
                self.assertFalse(answer["ids"])
                paper.secrecy_until = latest
                self.assertEqual(paper.secrecy_until, latest)

    def test_r_sec_1_a_day_instead_of_years(self):
        paper = self.make_secret("secret")
        paper.write({"secrecy_start": "2026-03-10", "secrecy_until": "2026-09-01"})
        self.assertEqual(paper._get_secrecy_period(), "2026年9月1日前")

    def test_r_sec_1_a_paper_is_found_secret_later(self):
        emptied = dict.fromkeys(self.model._content_fields, False)
        paper = self.make(**emptied)
        paper.write(
            {
                "secrecy_level": "confidential",
                "secrecy_start": "2025-03-10",
                "original_location": "Safe 3",
            }
        )
        self.env.flush_all()
        self.assertEqual(paper.secrecy_until, date(2045, 3, 10))
        with self.undone(), self.assertRaisesRegex(ValidationError, "10 years"):
            paper.write({"secrecy_level": "secret", "secrecy_until": "2045-03-10"})
            self.env.flush_all()
        paper.secrecy_level = "secret"
        self.assertEqual(paper.secrecy_until, date(2035, 3, 10))

    def test_r_sec_1_beyond_it_by_a_provision_and_under_a_name(self):
        clerk = self.users["clerk"]
        paper = self.make_secret("secret").with_user(clerk)
        with self.undone(), self.assertRaises(ValidationError):
            paper.write({"secrecy_years": 12, "secrecy_exception": "  "})
            self.env.flush_all()
        paper.write({"secrecy_years": 12, "secrecy_exception": "Provision 5"})
        self.assertEqual(paper.secrecy_exception_by_id, clerk)
        with self.assertRaises(UserError):
            paper.secrecy_exception_by_id = self.users["leader"]

    def test_r_sec_1_what_is_no_secret_has_no_period(self):
        for level in ("none", "internal"):
            paper = self.make(secrecy_level=level)
            self.assertFalse(paper.secrecy_until or paper.secrecy_review_due)

    # R-SEC-1: the yearly review -------------------------------------------------------

    def test_r_sec_1_in_the_register_a_review_alone_changes_it(self):
        paper = self.register("confidential")
        for vals in (
            {"secrecy_level": "none"},
            {"secrecy_years": 1},
            {"secrecy_until": "2027-01-01"},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                paper.write(vals)
        clerk = self.users["clerk"]
        mine = paper.with_user(clerk)
        mine.review_secrecy("changed", "Less grave", "secret", "2027-01-01")
        self.assertEqual(paper.secrecy_level, "secret")
        self.assertEqual(paper.secrecy_until, date(2027, 1, 1))
        mine.review_secrecy("declassified", "Made public")
        self.assertFalse(paper.is_secret or paper.secrecy_review_due)
        self.assertTrue(paper.date_declassified)
        self.assertRecordValues(
            paper.secrecy_review_ids.sorted("id"),
            [
                {
                    "outcome": "changed",
                    "level_before": "confidential",
                    "level_after": "secret",
                    "until_after": date(2027, 1, 1),
                    "user_id": clerk.id,
                },
                {
                    "outcome": "declassified",
                    "level_before": "secret",
                    "level_after": "none",
                    "until_after": False,
                    "user_id": clerk.id,
                },
            ],
        )

    def test_r_sec_1_a_review_says_all_that_is_missing(self):
        paper = self.register().with_user(self.users["clerk"])
        for outcome, note, words in (
            ("kept", " ", ("reason",)),
            ("lost", "Because", ("came to",)),
            ("changed", "", ("reason", "Say which level")),
        ):
            with self.subTest(outcome=outcome):
                with self.assertRaises(UserError) as caught:
                    paper.review_secrecy(outcome, note)
                self.assertSays(caught.exception, *words)
        with self.undone(), self.assertRaisesRegex(ValidationError, "20 years"):
            paper.review_secrecy("changed", "Because", until="2099-01-01")
            self.env.flush_all()
        self.to_day(paper.secrecy_until + relativedelta(days=1))
        with self.assertRaisesRegex(UserError, "period is over"):
            paper.review_secrecy("kept", "Because")
        plain = self.make().with_user(self.users["clerk"])
        with self.assertRaisesRegex(UserError, "Not state secrets"):
            plain.review_secrecy("kept", "Because")

    def test_r_sec_1_who_keeps_the_register(self):
        paper = self.register("secret")
        other = self.users["staff"]
        for role, user in self.users.items():
            mine = paper.with_user(user)
            with self.subTest(role=role), self.undone():
                if role in KEEPERS:
                    mine.review_secrecy("kept", "Because")
                    mine.let_know(other, "Because")
                    mine.action_review_secrecy()
                    mine.action_let_know()
                    continue
                for call in (
                    lambda mine=mine: mine.review_secrecy("kept", "Because"),
                    lambda mine=mine: mine.let_know(other, "Because"),
                    lambda mine=mine: mine.action_let_know(),
                ):
                    with self.assertRaises(AccessError):
                        call()

    def test_r_sec_1_the_dialogs_put_down_what_is_filled_in(self):
        mine = self.register("confidential").with_user(self.users["clerk"])

        def fill_in(action, **vals):
            dialog = self.env[action["res_model"]].with_user(mine.env.user)
            dialog.with_context(**action["context"]).create(vals).action_apply()

        leader = self.users["leader"]
        fill_in(mine.action_let_know(), user_id=leader.id, reason="Decides")
        self.assertIn(leader, mine.secrecy_reader_ids.user_id)
        fill_in(
            mine.action_review_secrecy(),
            outcome="changed",
            level="secret",
            until="2027-01-01",
            note="Less grave",
        )
        self.assertEqual(mine.secrecy_level, "secret")
        self.assertEqual(mine.secrecy_until, date(2027, 1, 1))
        self.assertEqual(mine.secrecy_review_ids.note, "Less grave")
        with self.assertRaisesRegex(UserError, "reason"):
            fill_in(mine.action_review_secrecy(), note=" ")

    def test_r_sec_1_what_nobody_reviewed_is_an_omission(self):
        def find():
            self.env["office.omission"]._cron_check()
            return self.env["office.omission"].search(
                [
                    ("res_model", "=", self.model_name),
                    ("res_id", "=", paper.id),
                    ("code", "like", "secrecy"),
                    ("date_cleared", "=", False),
                ]
            )

        paper = self.register("secret", secrecy_start="2026-03-10")
        self.to_day(date(2027, 3, 10))
        self.assertFalse(find())
        self.to_day(date(2027, 3, 11))
        self.assertTrue(find().label)
        paper.with_user(self.users["clerk"]).review_secrecy("kept", "Still so")
        self.assertFalse(find())
        self.assertEqual(paper.secrecy_review_due, date(2028, 3, 11))
        names = [name for _label, name, _domain in self.model._get_matter_filters()]
        self.assertIn("secrecy_review", names)

    # R-SEC-3: who knows, and copies ---------------------------------------------------

    def test_r_sec_3_who_registers_or_handles_it_knows(self):
        clerk = self.users["clerk"]
        for level, known in (("secret", False), ("confidential", True)):
            paper = self.model.with_user(clerk).create(self.secret_vals(level))
            with self.subTest(level=level):
                self.assertEqual(paper.secrecy_reader_ids.user_id == clerk, known)
        leader = self.users["leader"]
        paper.with_user(leader)._record_knowledge()
        paper.with_user(leader)._record_knowledge()
        self.assertEqual(len(paper.secrecy_reader_ids), 2)
        self.assertEqual(paper.secrecy_reader_ids[0].user_id, leader)

    def test_r_sec_3_a_step_makes_known(self):
        paper = self.make_secret("top_secret")
        row, user = next(
            (row, user)
            for row in self.model._get_transitions()
            if paper.state in row.sources and row.by
            for role, user in self.users.items()
            if self.may(row, role) and paper.with_user(user).has_access("read")
        )
        self.prepare(paper, row)
        paper.with_user(user).sudo()._apply_transition(row, "Because")
        self.assertIn(user, paper.secrecy_reader_ids.user_id)

    def test_r_sec_3_a_copy_goes_out_and_comes_back(self):
        paper = self.register("top_secret")
        clerk, leader = self.users["clerk"], self.users["leader"]
        mine = paper.with_user(clerk)
        paper.update({self.copies_field: 2})
        mine.let_know(leader, "Decides", "000012")
        line = paper.secrecy_reader_ids
        self.assertRecordValues(
            line,
            [
                {
                    "user_id": leader.id,
                    "recorded_by_id": clerk.id,
                    "copy_number": "000012",
                    "date_signed": False,
                }
            ],
        )
        with self.assertRaises(AccessError):
            line.with_user(clerk).action_sign()
        line.with_user(leader).action_sign()
        self.assertTrue(line.date_signed)
        with self.assertRaises(UserError):
            line.with_user(leader).action_sign()
        director = self.users["director"]
        with self.assertRaisesRegex(UserError, "000012 is with"):
            mine.let_know(director, "Reads it", "000012")
        mine.let_know(director, "Reads it", "000013")
        with self.assertRaisesRegex(UserError, "All copies are out: there are 2"):
            mine.let_know(self.users["staff"], "Reads it", "000014")
        row = next(
            row for row in self.model._get_transitions() if row.target == "archived"
        )
        gaps = paper._explain_gaps(row, "")
        self.assertTrue([gap for gap in gaps if "000012" in gap and "000013" in gap])
        with self.assertRaises(AccessError):
            line.with_user(self.users["section_head"]).action_take_back()
        paper.secrecy_reader_ids.with_user(clerk).action_take_back()
        self.assertEqual(line.returned_to_id, clerk)
        self.assertFalse(
            [gap for gap in paper._explain_gaps(row, "") if "000012" in gap]
        )
        with self.assertRaises(UserError):
            line.with_user(clerk).action_take_back()

    def test_r_sec_3_who_is_from_outside_is_put_down_by_name(self):
        paper = self.register("top_secret")
        clerk = self.users["clerk"]
        mine = paper.with_user(clerk)
        paper.update({self.copies_field: 2})
        who = "Zhang San, City Secrecy Bureau"
        mine.let_know(False, "Inspects", "000012", who)
        line = paper.secrecy_reader_ids
        self.assertRecordValues(
            line, [{"user_id": False, "outsider": who, "recorded_by_id": clerk.id}]
        )
        self.assertEqual(line.display_name, who)
        with self.assertRaises(AccessError):
            line.with_user(self.users["section_head"]).action_sign()
        line.with_user(clerk).action_sign()
        self.assertTrue(line.date_signed)
        row = next(
            row for row in self.model._get_transitions() if row.target == "archived"
        )
        self.assertIn(who, str(paper._explain_gaps(row, "")))
        for user, outsider, words in (
            (False, who, "put down already"),
            (False, "  ", "or somebody from outside"),
            (self.users["leader"], "Li Si", "Name one person"),
        ):
            with self.subTest(outsider=outsider), self.undone():
                with self.assertRaisesRegex(UserError, words):
                    mine.let_know(user, "Reads it", False, outsider)
        mine.let_know(False, "Reads it", False, "Li Si, City Secrecy Bureau")
        dialog = self.env["office.secrecy.reader.make"].with_user(clerk)
        dialog.with_context(**mine.action_let_know()["context"]).create(
            {"outsider": "Wang Wu, Archives", "reason": "Keeps it"}
        ).action_apply()
        self.assertEqual(
            set(paper.secrecy_reader_ids.mapped("outsider")),
            {who, "Li Si, City Secrecy Bureau", "Wang Wu, Archives"},
        )

    def test_r_sec_3_whom_one_may_let_know(self):
        paper = self.register("confidential")
        mine = paper.with_user(self.users["clerk"])
        their_company = self.env["res.company"].create({"name": "Other District"})
        stranger = self.make_user(
            "test_stranger",
            "office_functions.group_office_staff",
            company_id=their_company.id,
            company_ids=their_company.ids,
        )
        recused = self.users["section_head"]
        paper.with_user(self.users["director"]).recuse(recused, "Relative")
        staff = self.make_user("test_reader", "office_functions.group_office_staff")
        mine.let_know(staff.id, "Writes the plan")
        self.assertTrue(paper.with_user(staff).has_access("read"))
        for user, reason, copy_number, words in (
            (stranger, "Because", False, ("this organization",)),
            (self.users["school"], "Because", False, ("this organization",)),
            (self.env["res.users"], "Because", False, ("this organization",)),
            (recused, "", False, ("reason", "stepped aside")),
            (staff, "Because", False, ("put down already",)),
            (staff, "Because", "12a", ("six digits",)),
        ):
            with self.subTest(user=user.name, copy=copy_number):
                with self.assertRaises(UserError) as caught:
                    mine.let_know(user, reason, copy_number)
                self.assertSays(caught.exception, *words)

    def test_r_sec_3_the_register_is_written_by_no_other_road(self):
        paper = self.register("confidential")
        paper.with_user(self.users["clerk"]).let_know(self.users["staff"], "Reads")
        line = paper.secrecy_reader_ids[0]
        vals = {
            "res_model": self.model_name,
            "res_id": paper.id,
            "user_id": self.users["leader"].id,
        }
        for role in ("clerk", "director", "leader", "admin"):
            Reader = line.browse().with_user(self.users[role])
            for call in (
                lambda Reader=Reader: Reader.create(vals),
                lambda Reader=Reader: Reader.browse(line.id).write({"reason": "x"}),
                lambda Reader=Reader: Reader.browse(line.id).unlink(),
            ):
                with self.subTest(role=role), self.assertRaises(UserError):
                    call()
            answer = Reader.load(list(vals), [[str(one) for one in vals.values()]])
            self.assertFalse(answer["ids"])
        stranger = self.users["canteen"]
        with self.assertRaises(AccessError):
            line.with_user(stranger).read(["user_id"])
        self.assertFalse(line.with_user(stranger).search([("id", "=", line.id)]))
