# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import io
from base64 import b64decode
from datetime import date, timedelta
from zipfile import ZipFile

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import TODAY, ClockFixture, OfficeCase, OfficeHttpCase, OfficeRaceCase
from .matter_tests import MatterTests
from .race_tests import MatterRaceTests
from .receipt_tests import ReceiptTests
from .rpc_tests import RpcTests
from .step_tests import StepTests
from .test_paper import pdf_text


class InformationFixture(ClockFixture):
    model_name = "office.information"
    relations = {
        "handler": "staff",
        "unit_head": "section_head",
        "drafter": "section_head",
        "leader": "leader",
    }

    @classmethod
    def sample_vals(cls):
        return {
            "name": "More pupils than places in the west",
            "kind": "problem",
            "nature": "bad",
            "moment_event": "2026-03-09 01:00:00",
            "place": "Western district",
            "source": "Registration lists of three schools",
            "text": "Two hundred pupils, one hundred and fifty places.",
            "verified_by": "The three headmasters",
            "request_text": "Figures of the western district",
            "date_deadline": TODAY + timedelta(days=5),
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "editor_id": cls.users["clerk"].id,
            "leader_id": cls.users["leader"].id,
        }

    def prepare(self, record, row):
        """Bring about what the steps and the freeze of a report guard otherwise."""
        if row.name == "present_urgent":
            record._set_facts(kind="urgent")
        elif row.guard == "_guard_unchecked":
            record._set_facts(verification="none")
        elif row.name in ("adopt", "leave_unused", "archive"):
            record._set_facts(verification="true")
        if row.name == "archive" and record.state == "edited":
            record._set_facts(direction="down")


class InformationCase(InformationFixture, OfficeCase):
    """Reports as people make them, step by step."""

    def act(self, record, name, role="clerk", note=False):
        """Make a step as a role."""
        return record.with_user(self.users[role]).do_transition(name, note)

    def make_by_staff(self, **vals):
        """Return a draft of the staff member."""
        staff = self.users["staff"]
        return self.model.with_user(staff).create({**self.sample_vals(), **vals}).sudo()

    def lead(self, record, *steps):
        """Make some steps in turn, as the clerk; the staff member submits."""
        for step in steps:
            self.act(record, step, "staff" if step == "submit" else "clerk")
        return record

    def present(self, **vals):
        steps = ("submit", "screen", "verify", "edit", "present")
        return self.lead(self.make_by_staff(**vals), *steps)


class TestInformation(
    InformationFixture, MatterTests, StepTests, ReceiptTests, OfficeCase
):
    """An information report passes every generic test."""


class TestInformationRules(InformationCase):
    """The sentences of the seed, one by one."""

    # S1.24 flows down, up, through ----------------------------------------------------

    def test_s1_24_twenty_schools_eighteen_read_one_click_reminds_two(self):
        heads, schools = [], self.env["hr.department"]
        for nth in range(20):
            head = self.make_user(f"head{nth}", "office_functions.group_office_liaison")
            schools += schools.create(
                {
                    "name": f"School {nth + 1:02}",
                    "unit_kind": "school",
                    "office_user_ids": [Command.set(head.ids)],
                    "company_id": False,
                }
            )
            heads.append(head)
        record = self.make_by_staff(
            name="New rules of enrolment",
            direction="down",
            addressee_unit_ids=[Command.set(schools.ids)],
        )
        self.lead(record, "submit", "screen", "verify", "edit")
        self.assertEqual((record.receipt_count, record.read_count), (20, 0))
        for head in heads[:18]:
            record.with_user(head).action_confirm_receipt()
        self.assertEqual((record.receipt_count, record.read_count), (20, 18))
        self.assertEqual(record.unread_names, "School 19、School 20")
        record.with_user(self.users["clerk"]).action_remind_unread()
        reminded = record.receipt_ids.filtered("reminder_count").department_id
        self.assertEqual(reminded, schools[18:])
        self.assertEqual(self.env["office.receipt"]._tell_all(), 2)
        rows = self.measure("S1.24")
        self.assertEqual(sum(row[2] for row in rows), 18)
        self.assertEqual(sum(row[3] for row in rows), 20)
        unread = self.open_filter("unread")
        self.assertIn(record, unread)

    def test_s1_24_downward_names_its_addressees(self):
        record = self.make_by_staff(direction="down")
        self.lead(record, "submit", "screen", "verify")
        with self.assertRaisesRegex(UserError, "units that it is sent to"):
            self.act(record, "edit")

    # S1.25 true, detailed, reliable ---------------------------------------------------

    def test_s1_25_all_that_is_missing_is_told_at_once(self):
        record = self.make_by_staff(
            source=False, place=False, moment_event=False, text=False, verified_by=False
        )
        with self.assertRaises(UserError) as caught:
            self.act(record, "submit", "staff")
        self.assertSays(
            caught.exception,
            "Time of the Event",
            "Place",
            "Source of Information",
            "Facts",
            "Facts Confirmed By",
        )
        self.assertEqual(record.state, "draft")

    def test_s1_25_what_was_submitted_is_not_rewritten(self):
        record = self.lead(self.make_by_staff(), "submit")
        for name in ("text", "source", "nature", "kind"):
            with self.subTest(field=name), self.assertRaises(ValidationError):
                record.with_user(self.users["director"]).write({name: False})
        self.act(record, "give_back", note="Which three schools?")
        record.with_user(self.users["staff"]).source = "Schools 1, 2 and 3"
        self.act(record, "submit", "staff")

    # S1.26 no falsehood ---------------------------------------------------------------

    def test_s1_26_not_true_needs_a_reason_tells_the_head_takes_points(self):
        record = self.lead(self.make_by_staff(), "submit", "screen")
        with self.assertRaisesRegex(UserError, "write down the reason"):
            self.act(record, "mark_false")
        self.act(record, "mark_false", note="There are places enough.")
        self.assertRecordValues(
            record,
            [
                {
                    "state": "false",
                    "verification": "false",
                    "verifier_id": self.users["clerk"].id,
                    "verification_note": "There are places enough.",
                    "points": -10,
                }
            ],
        )
        head = self.users["section_head"]
        self.assertEqual(record.receipt_ids.user_id, head)
        self.env["office.receipt"]._tell_all()
        told = self.env["mail.message"].search(
            [("partner_ids", "in", head.partner_id.ids), ("res_id", "=", record.id)]
        )
        self.assertTrue(told)
        self.assertEqual(self.measure("K07"), [(*self.who(), 0, 1)])

    def test_s1_26_found_not_true_later(self):
        record = self.present()
        self.act(record, "adopt")
        self.act(record, "archive")
        self.act(record, "mark_false", note="A visit showed otherwise.")
        self.assertEqual(record.points, 2 - 10)
        (error,) = self.find_image_errors(record)
        self.assertEqual((error.kind, error.state), ("image", "registered"))
        self.assertEqual(error.lead_unit_id, record.lead_unit_id)

    def test_s2_18_found_out_before_it_was_issued_it_hurts_nobodys_image(self):
        record = self.lead(self.make_by_staff(), "submit", "screen")
        self.act(record, "mark_false", note="There are places enough.")
        self.assertFalse(self.find_image_errors(record))

    def find_image_errors(self, record):
        key = f"{record._name},{record.id},false"
        return self.env["office.error"].search([("origin_key", "=", key)])

    def test_s1_26_who_reported_it_does_not_check_it(self):
        record = self.make_by_staff(handler_id=self.users["clerk"].id)
        self.act(record, "submit", "clerk")
        with self.assertRaisesRegex(UserError, "had a part in this"):
            self.act(record, "screen")
        self.act(record, "screen", "director")

    def test_s1_26_result_of_the_check_is_no_field_to_fill_in(self):
        record = self.lead(self.make_by_staff(), "submit")
        with self.assertRaises(ValidationError):
            record.with_user(self.users["director"]).verification = "true"

    def test_m6_urgent_is_presented_at_once_and_checked_afterwards(self):
        calm = self.lead(self.make_by_staff(), "submit", "screen")
        with self.assertRaisesRegex(UserError, "Only urgent"):
            self.act(calm, "present_urgent")
        record = self.lead(self.make_by_staff(kind="urgent"), "submit", "screen")
        self.act(record, "present_urgent")
        self.assertEqual(record.state, "presented")
        with self.assertRaisesRegex(UserError, "not been checked"):
            self.act(record, "adopt")
        self.act(record, "verify_after")
        self.act(record, "adopt")
        self.assertEqual((record.state, record.verification), ("adopted", "true"))

    # S1.30 kinds ----------------------------------------------------------------------

    def open_filter(self, name):
        """Return what a filter of the search view finds."""
        arch = etree.fromstring(self.model.get_view(view_type="search")["arch"])
        (node,) = arch.xpath(f"//filter[@name='{name}']")
        return self.model.search(
            fields.Domain(safe_eval(node.get("domain"), {"uid": self.env.uid}))
        )

    def test_s1_30_each_kind_has_its_list_and_count(self):
        kinds = self.model._fields["kind"].get_values(self.env)
        self.assertEqual(len(kinds), 6)
        made = {kind: self.make_by_staff(kind=kind) for kind in kinds}
        for kind, record in made.items():
            found = self.open_filter(kind)
            self.assertIn(record, found)
            self.assertEqual(set(found.mapped("kind")), {kind})
        counts = dict(self.model._read_group([], ["kind"], ["__count"]))
        self.assertEqual(set(counts), set(kinds))

    # S1.33 good and bad news ----------------------------------------------------------

    def who(self):
        return self.unit.id, self.users["staff"].id

    def measure(self, code):
        today = fields.Date.context_today(self.model)
        indicator = self.env["office.indicator"]._get_indicator(code)
        director = self.env["office.indicator"].with_user(self.users["director"])
        return director._measure(indicator, today, today)

    def test_s1_33_good_news_only_is_marked_by_quarter(self):
        for _nth in range(3):
            self.lead(self.make_by_staff(nature="good"), "submit")
        Balance = self.env["office.information.balance"]
        line = Balance.search([("lead_unit_id", "=", self.unit.id)])
        self.assertEqual(line.quarter, date(2026, 1, 1))
        self.assertTrue(line.is_one_sided)
        self.to_day(date(2026, 4, 7))
        self.lead(self.make_by_staff(nature="bad"), "submit")
        lines = Balance.search([("lead_unit_id", "=", self.unit.id)])
        self.assertEqual(lines.mapped("is_one_sided"), [False, True])
        self.assertEqual(lines.mapped("total"), [1, 3])
        found = self.model.search(lines[1].action_open_reports()["domain"])
        self.assertEqual(len(found), 3)

    def test_s1_33_balance_is_for_those_who_answer(self):
        self.lead(self.make_by_staff(), "submit")
        Balance = self.env["office.information.balance"]
        other = self.make_by_staff(lead_unit_id=self.other_unit.id)
        self.lead(other, "submit")
        for role, units in (
            ("director", self.unit | self.other_unit),
            ("leader", self.unit | self.other_unit),
            ("section_head", self.unit),
        ):
            found = Balance.with_user(self.users[role]).search([]).lead_unit_id
            self.assertEqual(found & (self.unit | self.other_unit), units, role)
        with self.assertRaises(AccessError):
            Balance.with_user(self.users["staff"]).search([])

    def test_k06_share_of_bad_news(self):
        for nature in ("good", "bad", "neutral", "bad"):
            self.lead(self.make_by_staff(nature=nature), "submit")
        self.assertEqual(self.measure("K06"), [(*self.who(), 2, 4)])

    def test_k07_share_found_true(self):
        for step in ("verify", "verify", "verify_partly"):
            record = self.lead(self.make_by_staff(), "submit", "screen")
            self.act(record, step, note="Checked")
        self.assertEqual(self.measure("K07"), [(*self.who(), 2, 3)])

    # S1.34 neither inflate nor shrink -------------------------------------------------

    def make_quoting(self, value=95.0):
        record = self.make_by_staff(
            figure_ids=[Command.create({"name": "Attendance", "value": value})]
        )
        return record, record.figure_ids

    def attach(self, figure):
        figure.attachment_ids = [
            Command.create({"name": "lists.txt", "raw": b"95", "res_id": 0})
        ]

    def test_s1_34_quoted_figures_carry_their_source(self):
        record, figure = self.make_quoting()
        with self.assertRaisesRegex(UserError, "Missing for: Attendance"):
            self.act(record, "submit", "staff")
        self.attach(figure)
        self.act(record, "submit", "staff")

    def test_s1_34_reported_95_found_88_is_inflated(self):
        for actual, flag in ((88, "inflated"), (97, "understated"), (95, False)):
            record, figure = self.make_quoting()
            self.attach(figure)
            self.lead(record, "submit")
            with self.assertRaisesRegex(UserError, "never who reported"):
                figure.with_user(self.users["staff"]).check_figure(actual)
            figure.with_user(self.users["clerk"]).check_figure(actual)
            self.assertEqual(record.misstatement, flag)
            self.assertEqual(figure.checker_id, self.users["clerk"])
            if flag:
                self.assertIn(record, self.open_filter("misstated"))

    def test_s1_34_reported_figures_are_not_touched_afterwards(self):
        record, figure = self.make_quoting()
        self.attach(figure)
        with self.assertRaises(ValidationError):
            figure.with_user(self.users["clerk"]).actual = 95
        self.lead(record, "submit")
        clerk = figure.with_user(self.users["clerk"])
        with self.assertRaisesRegex(ValidationError, "not changed any more"):
            clerk.value = 88
        with self.assertRaisesRegex(ValidationError, "not changed any more"):
            clerk.unlink()
        with self.assertRaisesRegex(ValidationError, "not changed any more"):
            clerk.create({"information_id": record.id, "name": "New", "value": 1})
        with self.assertRaises(AccessError):
            figure.with_user(self.users["liaison"]).read(["value"])

    # S1.35 use ------------------------------------------------------------------------

    def test_s1_35_adopted_by_the_city_brings_its_points_and_is_listed(self):
        record = self.present(adoption_level="city", publication="City Bulletin 7")
        self.act(record, "adopt")
        self.assertRecordValues(
            record.adoption_ids,
            [{"level": "city", "points": 3, "publication": "City Bulletin 7"}],
        )
        self.act(record, "instruct", "leader", note="Find the places by June.")
        self.assertEqual(record.points, 3 + 2)
        bulletin = self.make_bulletin()
        (row,) = [r for r in bulletin._get_rows() if r["unit_id"] == self.unit.id]
        self.assertEqual(
            (row["submitted"], row["adopted"], row["city"], row["comments"]),
            (1, 1, 1, 1),
        )
        self.assertEqual((row["points"], row["rate"]), (5, 100.0))
        html = self.env["ir.actions.report"]._render_qweb_html(
            "office_functions.report_f14_information_bulletin", bulletin.ids
        )[0]
        self.assertSays(html.decode(), "信息采用通报", record.name, "City Bulletin 7")
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "office_functions.report_f14_information_bulletin", bulletin.ids
        )
        page = "".join(pdf_text(content).split())
        self.assertSays(
            page,
            *("期间", "单位", "报送数", "采用数", "本级", "市", "省", "国家", "采用率"),
            *("领导批示数", "积分", "排名", "扣分", "优秀条目"),
        )
        self.assertSays(page, "CityBulletin7")
        self.assertEqual(self.measure("S1.35"), [(*self.who(), 1, 1)])

    def make_bulletin(self, role="clerk"):
        return (
            self.env["office.information.bulletin"]
            .with_user(self.users[role])
            .create({"date_from": "2026-01-01", "date_to": "2026-03-31"})
        )

    def test_s1_35_bulletin_lists_who_was_not_adopted(self):
        self.lead(self.make_by_staff(), "submit")
        (row,) = [
            r for r in self.make_bulletin()._get_rows() if r["unit_id"] == self.unit.id
        ]
        self.assertEqual(
            (row["submitted"], row["adopted"], row["own"], row["rate"], row["points"]),
            (1, 0, 0, 0.0, 0),
        )

    def test_s1_35_as_many_points_the_same_rank(self):
        for unit in (self.unit, self.other_unit, self.subunit):
            self.make("submitted", lead_unit_id=unit.id)
        self.act(self.present(), "adopt")
        rows = {row["unit_id"]: row["rank"] for row in self.make_bulletin()._get_rows()}
        self.assertEqual(rows[self.unit.id], 1)
        self.assertEqual(rows[self.other_unit.id], rows[self.subunit.id])
        self.assertGreater(rows[self.other_unit.id], 1)

    def test_s1_35_bulletin_as_a_workbook(self):
        self.act(self.present(), "adopt")
        bulletin = self.make_bulletin()
        self.assertIn("download=true", bulletin.action_download()["url"])
        with ZipFile(io.BytesIO(b64decode(bulletin.file))) as book:
            words = book.read("xl/sharedStrings.xml").decode()
        self.assertSays(words, "信息采用通报", "采用率", self.unit.name)

    def test_s1_35_bulletin_is_not_for_everybody(self):
        for role in ("staff", "liaison", "section_head"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.make_bulletin(role)

    def test_s1_35_further_use_is_recorded_by_the_office(self):
        record = self.present()
        with self.assertRaisesRegex(UserError, "Only information that was adopted"):
            record.with_user(self.users["clerk"]).record_use("adopted", "city")
        self.act(record, "adopt")
        with self.assertRaisesRegex(UserError, "The office records"):
            record.with_user(self.users["staff"]).record_use("adopted", "state")
        with self.assertRaises(UserError) as caught:
            record.with_user(self.users["clerk"]).record_use("comment", "galaxy")
        self.assertSays(caught.exception, "no such level", "words and who wrote it")
        clerk = record.with_user(self.users["clerk"])
        dialog = self.env["office.information.adopt"].with_user(self.users["clerk"])
        action = clerk.action_open_use()
        dialog.with_context(**action["context"]).create(
            {"kind": "adopted", "level": "province", "publication": "Province"}
        ).action_record()
        clerk.record_use("comment", "province", comment="Good", leader="Mr Qian")
        self.assertEqual(record.points, 2 + 5 + 10)

    def test_s1_35_points_of_the_past_stand(self):
        record = self.present()
        self.act(record, "adopt")
        self.env["office.information.score"].search(
            [("kind", "=", "adopted")]
        ).points = 9
        self.assertEqual(record.points, 2)
        other = self.present()
        self.act(other, "adopt")
        self.assertEqual(other.points, 9)
        with self.assertRaises(UserError):
            record.adoption_ids.points = 100

    def test_s1_35_points_of_a_company_go_before(self):
        Score = self.env["office.information.score"]
        Score.create(
            {
                "kind": "adopted",
                "level": "own",
                "points": 4,
                "company_id": self.company.id,
            }
        )
        other = self.env["res.company"].create({"name": "Other District"})
        self.assertEqual(Score._get_points("adopted", "own", self.company.id), 4)
        self.assertEqual(Score._get_points("adopted", "own", other.id), 2)
        self.assertEqual(Score._get_points("special", "state", other.id), 5)

    def test_s1_35_requested_piece_late_or_missing(self):
        late, missing = (self.make_by_staff() for _nth in range(2))
        for record in late | missing:
            self.act(record, "request")
        self.to_day(late.date_deadline + timedelta(days=1))
        self.act(late, "submit", "staff")
        self.assertEqual(late.points, -10)
        (row,) = [
            r for r in self.make_bulletin()._get_rows() if r["unit_id"] == self.unit.id
        ]
        self.assertEqual((row["faults"], row["points"]), (-20, -20))

    def test_request_says_what_until_when_by_whom(self):
        record = self.make_by_staff(date_deadline=False, request_text=False)
        with self.assertRaises(UserError) as caught:
            self.act(record, "request")
        self.assertSays(caught.exception, "Deadline", "What Is Requested")

    # S1.1 -----------------------------------------------------------------------------

    def test_s1_1_form_an_advice(self):
        record = self.make_by_staff().with_user(self.users["staff"])
        self.assertTrue(record.can_make_advice)
        action = record.action_make_advice()
        self.assertEqual(action["res_model"], "office.advice")
        links = self.env["office.matter.link"]._get_links(record)
        self.assertEqual(links.target_id, action["res_id"])


@tagged("post_install", "-at_install")
class TestInformationRpc(InformationFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to information."""


@tagged("post_install", "-at_install")
class TestInformationRace(InformationFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on information at the same moment."""
