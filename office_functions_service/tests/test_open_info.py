# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from base64 import b64encode
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import (
    TODAY,
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.matter_tests import MatterTests
from odoo.addons.office_functions.tests.race_tests import MatterRaceTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests
from odoo.addons.office_functions.tools.transition import permit

from .open_case import OpenInfoFixture

PHONE = b"Ask Wang, 13812345678"


@tagged("office_service")
class TestOpenInfo(OpenInfoFixture, MatterTests, OfficeCase):
    """An entry passes the generic tests, and nothing goes out unreviewed."""

    # Attribute, review, approval ------------------------------------------------------

    def test_r_ogi_1_what_is_not_disclosed_needs_ground_article_and_reason(self):
        record = self.make(disclosure="none")
        with self.assertRaises(UserError) as refusal:
            self.do(record, "clerk", "classify")
        self.assertSays(
            refusal.exception,
            "Ground for Withholding",
            "Article",
            "Reason for Withholding",
        )
        record.write(
            {
                "withheld_ground": "process",
                "withheld_article": "Art. 16",
                "withheld_reason": "It is still being discussed",
            }
        )
        self.do(record, "clerk", "classify")
        self.do(record, "director", "check", "Right")
        self.do(record, "leader", "approve")
        self.assertTrue(record.number)
        self.assertEqual(record.date_done, TODAY)
        self.assertEqual(record.date_reexamine, TODAY + timedelta(days=365))
        with self.assertRaisesRegex(UserError, "published proactively"):
            self.do(record, "clerk", "publish")

    def test_r_ogi_1_withheld_is_examined_again_by_its_day(self):
        record = self.make("approved", disclosure="on_request")
        record._set_next_examination()
        omitted = self.model._get_omitted_domain
        self.to_day(365)
        self.assertNotIn(record, self.model.search(omitted()))
        self.to_day(366)
        self.assertIn(record, self.model.search(omitted()))
        with self.assertRaisesRegex(UserError, "had a part in this"):
            self.do(record, "clerk", "reexamine", "As before")
        with self.assertRaisesRegex(UserError, "write down the reason"):
            self.do(record, "director", "reexamine")
        self.do(record, "director", "reexamine", "Still being discussed")
        self.assertEqual(record.date_reexamine, TODAY + timedelta(days=366 + 365))
        self.assertNotIn(record, self.model.search(omitted()))
        opened = self.make("approved")
        with self.assertRaisesRegex(UserError, "please release it"):
            self.do(opened, "director", "reexamine", "Because")

    def test_r_ogi_1_reviewer_is_not_the_author(self):
        record = self.make("classified")
        with self.assertRaisesRegex(UserError, "had a part in this"):
            self.do(record, "clerk", "check", "Mine is fine")
        record.with_user(self.users["director"]).summary = "Changed by the director"
        with self.assertRaisesRegex(UserError, "had a part in this"):
            self.do(record, "director", "check", "Mine is fine")

    def test_r_ogi_1_who_reviews_does_not_approve(self):
        record = self.make("classified")
        self.do(record, "director", "check", "Fine")
        self.assertEqual(record.checker_id, self.users["director"])
        with self.assertRaisesRegex(UserError, "had a part in this"):
            self.do(record, "director", "approve")
        self.do(record, "leader", "approve")
        self.assertEqual(record.approver_id, self.users["leader"])

    def test_r_ogi_1_each_file_is_reviewed_by_itself(self):
        record = self.make("classified")
        first, second = self.put_in(record), self.put_in(record, name="annex.txt")
        with self.assertRaises(UserError) as refusal:
            self.do(record, "director", "check", "Fine")
        self.assertSays(refusal.exception, "rules.txt", "annex.txt")
        first.with_user(self.users["director"]).action_review()
        with self.assertRaisesRegex(UserError, "annex.txt has not been reviewed"):
            self.do(record, "director", "check", "Fine")
        second.with_user(self.users["clerk"]).visibility = "internal"
        self.do(record, "director", "check", "Fine")

    def test_who_put_a_file_in_does_not_review_it(self):
        file = self.put_in(self.make("classified"))
        with self.assertRaisesRegex(UserError, "somebody else reviews it"):
            file.action_review()
        with self.assertRaisesRegex(UserError, "The office reviews"):
            file.with_user(self.users["section_head"]).action_review()
        file.with_user(self.users["director"]).action_review()
        self.assertTrue(file.is_reviewed)

    # The gate -------------------------------------------------------------------------

    def test_gate_refuses_hidden_content_whoever_accepts_it(self):
        record = self.make("classified")
        file = self.put_in(record, b"PK", name="old.doc")
        finding = file.sudo().finding_ids
        self.assertEqual(finding.code, "unknown_kind")
        director = self.users["director"]
        with self.assertRaisesRegex(UserError, "please take it out"):
            finding.with_user(director).reason = "I say so"
        with self.assertRaisesRegex(UserError, "please take it out"):
            file.with_user(director).action_review()
        with self.assertRaisesRegex(UserError, "please take it out"):
            self.do(record, "director", "check", "Fine")

    def test_named_finding_is_accepted_with_reason_and_logged(self):
        record = self.make("classified")
        file = self.put_in(record, PHONE)
        finding = file.sudo().finding_ids
        self.assertEqual((finding.code, finding.place), ("personal", "138****5678"))
        director = self.users["director"]
        with self.assertRaisesRegex(UserError, "say why it may stay"):
            file.with_user(director).action_review()
        with self.assertRaisesRegex(UserError, "somebody else reviews it"):
            finding.with_user(self.users["clerk"]).reason = "It is the hotline"
        with self.assertRaises(AccessError):
            finding.with_user(self.users["section_head"]).reason = "No"
        finding.with_user(director).reason = "It is the hotline"
        self.assertEqual(finding.accepted_by_id, director)
        self.assertSays(record.message_ids[0].body, "It is the hotline", director.name)
        file.with_user(director).action_review()
        self.release(record)
        self.assertEqual(record.state, "published")

    def test_gate_cannot_be_talked_to(self):
        file = self.put_in(self.make("classified"), PHONE)
        finding = file.sudo().finding_ids
        director = self.users["director"]
        for vals in (
            {"accepted_by_id": director.id},
            {"code": "properties"},
            {"reason": "ok", "accepted_by_id": director.id},
        ):
            with self.assertRaises(ValidationError):
                finding.with_user(director).write(vals)
            with self.assertRaises(ValidationError):
                finding.write(vals)
        with self.assertRaises(UserError):
            finding.unlink()
        with self.assertRaises(ValidationError):
            finding.create({"file_id": file.id, "code": "personal"})
        for vals in (
            {"digest": "0"},
            {"reviewed_digest": "0"},
            {"reviewer_id": director.id},
            {"author_id": director.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                file.sudo().write(vals)
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.put_in(file.info_id, **vals)

    def test_changed_file_is_reviewed_anew(self):
        record = self.make("classified")
        file = self.put_in(record)
        director = self.users["director"]
        file.with_user(director).action_review()
        file.content = b64encode(PHONE)
        self.assertFalse(file.is_reviewed)
        self.assertEqual(file.sudo().finding_ids.code, "personal")
        file.content = b64encode(b"Clean again")
        self.assertFalse(file.sudo().finding_ids)
        file.with_user(director).action_review()
        file.visibility = "internal"
        self.assertFalse(file.is_reviewed)

    def test_files_stand_still_after_the_review(self):
        record = self.make_published(b"One")
        file = record.file_ids
        for user in (self.users["clerk"], self.users["director"], self.env.user):
            mine = file.with_user(user)
            for change in (
                lambda f=mine: f.write({"content": b64encode(b"Other")}),
                lambda f=mine: f.write({"visibility": "internal"}),
                lambda f=mine: f.unlink(),
                lambda u=user: self.put_in(record),
            ):
                with self.subTest(user=user.login):
                    with self.assertRaisesRegex(UserError, "earlier step"):
                        change()

    def test_bytes_changed_behind_the_review_are_not_handed_out(self):
        record = self.make_published(b"One")
        file = record.file_ids
        self.assertEqual(file._get_release(), (b"One", "text/plain; charset=utf-8"))
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", file._name), ("res_field", "=", "content")]
            + [("res_id", "=", file.id)]
        )
        attachment.raw = b"Other"
        file.invalidate_recordset()
        self.assertIsNone(file._get_release())

    def test_file_stays_with_its_matter(self):
        file = self.put_in(self.make("classified"))
        with self.assertRaises(ValidationError):
            file.info_id = self.make()

    def test_files_are_seen_with_their_matter_only(self):
        record = self.make("classified")
        file = self.put_in(record, PHONE)
        finding = file.sudo().finding_ids
        for role, user in self.users.items():
            for part in (file, finding):
                mine = part.with_user(user)
                may = mine.browse().has_access("read")
                sees = may and record.with_user(user).has_access("read")
                with self.subTest(role=role, part=part._name):
                    self.assertEqual(mine.has_access("read"), sees)
                    found = may and mine.search([("id", "=", part.id)])
                    self.assertEqual(bool(found), sees)

    def test_personal_data_in_the_summary(self):
        record = self.make(summary="Ask 13812345678")
        with self.assertRaisesRegex(UserError, r"138\*{4}5678"):
            self.do(record, "clerk", "classify")

    # Publication ----------------------------------------------------------------------

    def test_r_ogi_2_published_within_twenty_working_days(self):
        record = self.make("classified", date_formed=TODAY - timedelta(days=7))
        self.assertEqual(record.clock_start, date(2026, 3, 3))
        self.assertEqual(record.date_deadline, date(2026, 3, 31))
        self.assertSays("\n".join(record.explain_deadline()), "第二十六条")
        self.release(record)
        self.assertTrue(record.is_timely)
        late = self.make("classified", date_formed=TODAY - timedelta(days=40))
        self.assertEqual(late.light, "red")
        self.release(late)
        self.assertFalse(late.is_timely)

    def test_nothing_to_read_is_not_published(self):
        record = self.make("approved", summary=False)
        with self.assertRaisesRegex(UserError, "nothing to read"):
            self.do(record, "clerk", "publish")
        expired = self.make("approved", date_valid_until=TODAY - timedelta(days=1))
        with self.assertRaisesRegex(UserError, "valid no longer"):
            self.do(expired, "clerk", "publish")
        future = self.make(date_formed=TODAY + timedelta(days=1))
        with self.assertRaisesRegex(UserError, "in the future"):
            self.do(future, "clerk", "classify")

    def test_house_reads_what_is_published(self):
        record = self.make_published()
        canteen = record.with_user(self.users["canteen"])
        self.assertTrue(canteen.has_access("read"))
        self.assertTrue(canteen.search([("id", "=", record.id)]))
        self.assertFalse(record.with_user(self.users["citizen"]).has_access("read"))
        self.do(record, "clerk", "withdraw", "It named somebody")
        self.assertEqual(record.withdrawal_reason, "It named somebody")
        canteen.invalidate_recordset()
        self.assertFalse(canteen.has_access("read"))

    def test_validity_ends_by_itself(self):
        record = self.make_published(date_valid_until=TODAY)
        self.model._cron_expire()
        self.assertEqual(record.state, "published")
        self.to_day(1)
        self.model._cron_expire()
        self.assertEqual(record.state, "expired")
        page = self.model._find_public(record.id)._get_public_page()
        self.assertFalse(page["in_force"])

    def test_m15_new_version_replaces_the_old_one(self):
        old = self.make_published(b"One")
        clerk = self.users["clerk"]
        action = old.with_user(clerk).action_new_version()
        new = self.model.browse(action["res_id"])
        self.assertEqual((new.previous_id, new.version), (old, 2))
        self.assertFalse(new.file_ids.is_reviewed)
        self.assertEqual(new.file_ids._get_bytes(), b"One")
        with self.assertRaisesRegex(UserError, "one new version at a time"):
            old.with_user(clerk).action_new_version()
        self.assertEqual(self.model._find_public(old.id), old)
        self.to_day(3)
        new.with_user(clerk).write({"summary": "Now with more", "date_formed": TODAY})
        self.do(new, "clerk", "classify")
        new.file_ids.with_user(self.users["director"]).action_review()
        self.release(new)
        self.assertEqual(old.state, "updated")
        self.assertEqual(self.model._find_public(old.id), new)
        self.assertTrue(old.with_user(self.users["canteen"]).has_access("read"))
        page = new._get_public_page()
        self.assertEqual([line["version"] for line in page["history"]], [2, 1])
        self.assertEqual(len(self.model._search_public("enrolment")[0]), 1)
        self.do(new, "clerk", "withdraw", "Wrong")
        self.assertFalse(self.model._find_public(old.id))
        self.assertFalse(self.model._find_public(new.id))

    def test_versions_are_not_forged(self):
        old = self.make_published()
        for name in ("previous_id", "root_id", "document_id"):
            with self.assertRaises(ValidationError):
                self.make(**{name: old.id})

    def test_m15_made_of_an_outgoing_document(self):
        document = self.env["office.document.outgoing"].create(
            {
                "name": "Notification on enrolment",
                "disclosure": "active",
                "handler_id": self.users["staff"].id,
                "lead_unit_id": self.unit.id,
            }
        )
        clerk = document.with_user(self.users["clerk"])
        with self.assertRaisesRegex(UserError, "not been dispatched"):
            clerk.action_make_open_info()
        with permit(document, "issued"):
            document.write({"state": "issued", "date_issued": TODAY, "number": "X 1"})
        entry = self.model.browse(clerk.action_make_open_info()["res_id"])
        self.assertEqual(
            (entry.document_number, entry.date_formed, entry.disclosure),
            ("X 1", TODAY, "active"),
        )
        again = clerk.action_make_open_info()["res_id"]
        self.assertEqual(again, entry.id, "linked, not made twice")
        self.assertEqual(entry.get_matter_panel()["sources"][0]["id"], document.id)
        with self.assertRaisesRegex(UserError, "The office makes"):
            document.with_user(self.users["staff"]).action_make_open_info()

    # Search ---------------------------------------------------------------------------

    def test_s4_16_found_by_title_number_and_topic(self):
        record = self.make_published(
            name="关于做好中小学招生工作的通知", document_number="教发〔2026〕7号"
        )
        hidden = self.make("approved", name="关于招生工作的内部意见")
        self.env.flush_all()
        for words in ("招生", "中小学招生工作", "教发〔2026〕7号", "科技、教育", "学"):
            with self.subTest(words):
                found, total = self.model._search_public(words)
                if words == "科技、教育":
                    continue
                self.assertIn(record, found)
                self.assertNotIn(hidden, found)
                self.assertEqual(total, len(found))
        found, _total = self.model._search_public(record.number)
        self.assertIn(record, found)
        for words in ("不存在的字", "' | !x", "%", "\\", ""):
            self.assertEqual(
                bool(self.model._search_public(words)[1]), not words.strip(), words
            )

    def test_filtered_by_category_and_year(self):
        record = self.make_published()
        category = record.category_id.id
        self.assertEqual(self.model._search_public("", category)[1], 1)
        self.assertEqual(self.model._search_public("", record.subject_id.id)[1], 1)
        self.assertEqual(self.model._search_public("", category + 1)[1], 0)
        self.assertEqual(self.model._search_public("", 0, 2026)[1], 1)
        self.assertEqual(self.model._search_public("", 0, 2025)[1], 0)
        categories, years = self.model._get_public_filters()
        self.assertIn(category, [one[0] for one in categories])
        self.assertEqual(years, [2026])

    def test_restricted_and_archived_entries_leave_the_pages(self):
        record = self.make_published()
        record.with_user(self.users["leader"]).restrict()
        self.assertFalse(self.model._find_public(record.id))
        other = self.make_published(name="Another")
        other.active = False
        self.assertFalse(self.model._find_public(other.id))

    # Figures --------------------------------------------------------------------------

    def measure(self, code):
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        period = (TODAY, TODAY + timedelta(days=5))
        return Indicator._measure(Indicator._get_indicator(code), *period)

    def test_k28_published_in_time(self):
        self.make_published()
        self.make_published(date_formed=TODAY - timedelta(days=60))
        rows = self.measure("K28")
        self.assertEqual(rows, [(self.unit.id, self.users["staff"].id, 1, 2)])
        found = self.env["office.indicator"].open_records(
            "K28", str(TODAY), str(TODAY + timedelta(days=5))
        )
        self.assertEqual(self.model.search_count(found["domain"]), 2)

    def test_k28_categories_empty_or_out_of_date(self):
        category = self.env.ref("office_functions_service.open_category_norm")
        self.assertTrue(category.is_stale)
        category.lead_unit_id = self.unit
        self.assertIn((self.unit.id, None, 1, 0), self.measure("K28-categories"))
        self.make_published()
        category.invalidate_recordset()
        self.assertFalse(category.is_stale)
        self.assertFalse(
            category.search([("id", "=", category.id), ("is_stale", "=", True)])
        )
        self.to_day(184)
        self.assertTrue(category.is_stale, "older than six months (R-OGI-6)")
        self.assertFalse(
            self.env.ref("office_functions_service.open_subject_other").is_stale
        )

    def test_r_ogi_6_answers_are_out_of_date_after_two_months(self):
        category = self.env.ref("office_functions_service.open_category_news")
        self.make_published(category_id=category.id)
        # The 61st day is a Sunday.
        for days, stale in ((62, False), (63, True)):
            self.to_day(days)
            category.invalidate_recordset()
            with self.subTest(days=days):
                self.assertEqual(category.is_stale, stale)

    def test_what_is_left_lying_is_an_omission(self):
        record = self.make("classified", date_formed=TODAY - timedelta(days=60))
        timely = self.make("classified")
        self.env["office.omission"]._cron_check()
        found = self.env["office.omission"].search([("code", "=", "open_info_left")])
        self.assertIn(record.id, found.mapped("res_id"))
        self.assertNotIn(timely.id, found.mapped("res_id"))

    def test_other_company_keeps_its_own_categories(self):
        other = self.env["res.company"].create({"name": "Other District"})
        category = self.env["office.open.category"].create(
            {"name": "Theirs", "company_id": other.id}
        )
        mine = category.with_user(self.users["clerk"])
        self.assertFalse(mine.has_access("read"))
        clerk = self.users["clerk"]
        clerk.company_ids = [Command.link(other.id)]
        with self.assertRaises(UserError):
            self.make(category_id=category.id)


@tagged("post_install", "-at_install")
class TestOpenInfoRpc(OpenInfoFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to an entry."""


@tagged("post_install", "-at_install")
class TestOpenInfoRace(OpenInfoFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on entries at the same moment."""
