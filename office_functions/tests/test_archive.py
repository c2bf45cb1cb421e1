# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import date

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools.transition import permit
from .common import OfficeCase
from .test_document_incoming import DocumentFixture
from .test_document_outgoing import OutgoingFixture


class ArchiveTests:
    """R-DOC-7: handed over by March, filed by June, one day moved out."""

    done_state = ""

    def make_done(self, **vals):
        record = self.make(self.done_state, **vals)
        with permit(record):
            record.write({"date_done": "2026-11-02", "retention": "30"})
        return record

    def as_(self, role, record):
        return record.with_user(self.users[role])

    def is_omitted(self, record, code, day):
        self.to_day(fields.Date.to_date(day))
        self.env["office.omission"]._cron_check()
        return bool(
            self.env["office.omission"].search_count(
                [
                    ("code", "=", code),
                    ("res_model", "=", record._name),
                    ("res_id", "=", record.id),
                    ("date_cleared", "=", False),
                ]
            )
        )

    def test_r_doc_7_sections_hand_over_by_the_end_of_march(self):
        record = self.make_done()
        code = f"{self.omission}_not_handed_over"
        self.assertFalse(self.is_omitted(record, code, "2027-03-31"))
        self.assertTrue(self.is_omitted(record, code, "2027-04-01"))
        with self.assertRaises(AccessError):
            self.as_("canteen", record).action_hand_over()
        with self.assertRaisesRegex(UserError, "not yours to make"):
            self.as_("leader", record).action_hand_over()
        self.as_("staff", record).action_hand_over()
        self.assertEqual(record.date_handed_over, date(2027, 4, 1))
        self.assertEqual(record.state, self.done_state)
        with self.assertRaisesRegex(UserError, "already"):
            self.as_("staff", record).action_hand_over()
        self.assertFalse(self.is_omitted(record, code, "2027-04-02"))

    def test_r_doc_7_sections_are_reminded_in_march_once(self):
        def remind(day):
            self.to_day(fields.Date.to_date(day))
            before = self.env["mail.message"].search([], order="id desc", limit=1).id
            self.env["office.archive.mixin"]._cron_remind_hand_over()
            return self.env["mail.message"].search(
                [
                    ("id", ">", before),
                    ("partner_ids", "in", self.users["staff"].partner_id.ids),
                ]
            )

        records = self.make_done() | self.make_done() | self.make_done()
        with permit(records[2]):
            records[2].date_done = "2027-01-04"
        self.assertFalse(remind("2027-02-28"))
        message = remind("2027-03-01")
        label = self.env["ir.model"]._get_office_label(self.model_name)
        self.assertIn("by 31 March", message.subject)
        self.assertIn(f"{label} 2.", message.body)
        self.assertFalse(remind("2027-03-02"))
        self.as_("staff", records).action_hand_over()
        self.assertFalse(remind("2028-03-01"))

    def test_r_doc_7_the_archive_of_a_year_is_closed_by_the_end_of_june(self):
        record = self.make_done()
        code = f"{self.omission}_not_filed"
        self.assertFalse(self.is_omitted(record, code, "2027-06-30"))
        self.assertTrue(self.is_omitted(record, code, "2027-07-01"))
        self.as_("clerk", record).do_transition("archive")
        self.assertFalse(self.is_omitted(record, code, "2027-07-02"))

    def test_r_doc_7_filing_gives_a_number_that_stays(self):
        self.env["office.number.counter"].search([]).unlink()
        records = self.make_done() | self.make_done()
        for name in ("archive_number", "date_handed_over", "date_transferred"):
            with self.subTest(field=name), self.assertRaises(UserError):
                self.as_("clerk", records)[name] = "2026-11-01"
        self.as_("clerk", records).do_transition("archive")
        self.assertEqual(
            records.mapped("archive_number"), ["2026-30年-0001", "2026-30年-0002"]
        )
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            self.as_("clerk", records[0]).retention = "10"

    def test_r_doc_7_state_archives_after_ten_years(self):
        record, brief, running = (self.make_done() for _nth in range(3))
        with permit(brief):
            brief.retention = "10"
        with self.assertRaisesRegex(UserError, "Not in the archive"):
            self.as_("clerk", running).action_transfer_out()
        self.as_("clerk", record | brief).do_transition("archive")
        code = f"{self.omission}_not_transferred"
        self.assertFalse(self.is_omitted(record, code, "2036-11-01"))
        self.assertTrue(self.is_omitted(record, code, "2036-11-03"))
        self.assertFalse(self.is_omitted(brief, code, "2036-11-03"))
        with self.assertRaisesRegex(UserError, "clerk or director"):
            self.as_("staff", record).action_transfer_out()
        self.as_("clerk", record).action_transfer_out()
        self.assertEqual(record.date_transferred, date(2036, 11, 3))
        with self.assertRaisesRegex(UserError, "moved already"):
            self.as_("clerk", record).action_transfer_out()
        self.assertFalse(self.is_omitted(record, code, "2036-11-04"))

    def test_filter_shows_what_is_still_to_be_handed_over(self):
        search = self.model.get_view(view_type="search")["arch"]
        self.assertIn('name="hand_over"', search)
        arch = self.as_("staff", self.model).get_view(view_type="list")["arch"]
        self.assertIn("action_hand_over", arch)
        self.assertNotIn("action_transfer_out", arch)


class TestIncomingArchive(ArchiveTests, DocumentFixture, OfficeCase):
    """What came in is filed."""

    done_state = "replied"
    omission = "document"


class TestOutgoingArchive(ArchiveTests, OutgoingFixture, OfficeCase):
    """What was issued is filed, in the same series of numbers."""

    done_state = "issued"
    omission = "outgoing"
