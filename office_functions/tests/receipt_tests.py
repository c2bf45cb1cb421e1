# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What every model of ``office.acknowledgement.mixin`` must prove, and its matters."""

from odoo.exceptions import AccessError, UserError

from .common import MatterFixture


class AcknowledgementTests(MatterFixture):
    """Who has not read what they were sent is known by name."""

    def make_sent(self):
        """Return a record sent to the school and to the staff member."""
        record = self.make(**self.sent_vals())
        record._send_receipts(self.school, self.users["staff"])
        return record

    def sent_vals(self):
        """Return values with which only receipts let the addressees see a record."""
        return {"lead_unit_id": False, "handler_id": False}

    def test_sent_once_however_often(self):
        record = self.make_sent()
        record._send_receipts(self.school | self.other_unit, self.users["staff"])
        self.assertEqual(record.receipt_count, 3)

    def test_many_tell_who_has_not_read_in_as_few_queries_as_one(self):
        units = self.env["hr.department"].create(
            [{"name": f"Addressed {nth}"} for nth in range(6)]
        )
        records = self.model.browse()
        for unit in units:
            record = self.make(**self.sent_vals())
            record._send_receipts(unit)
            records += record
        self.env.flush_all()

        def count(some):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertTrue(all(some.mapped("unread_names")))
            return self.cr.sql_log_count - before

        count(records)
        self.assertEqual(count(records), count(records[:1]))

    def test_confirmed_by_one_of_the_unit(self):
        record = self.make_sent()
        self.assertEqual((record.receipt_count, record.read_count), (2, 0))
        self.assertIn(self.school.name, record.unread_names)
        mine = record.with_user(self.users["staff"])
        self.assertTrue(mine.may_confirm_receipt)
        mine.action_confirm_receipt()
        self.assertEqual(record.read_count, 1)
        self.assertEqual(record.unread_names, self.school.name)
        receipt = record.receipt_ids.filtered("date_read")
        self.assertEqual(receipt.reader_id, self.users["staff"])
        with self.assertRaisesRegex(UserError, "nothing here that waits"):
            mine.action_confirm_receipt()

    def test_strangers_confirm_nothing(self):
        record = self.make_sent()
        with self.assertRaises(UserError):
            record.with_user(self.users["director"]).action_confirm_receipt()
        with self.assertRaises(AccessError):
            record.with_user(self.users["outsider"]).action_confirm_receipt()
        self.assertEqual(record.read_count, 0)

    def test_one_click_reminds_only_the_unread(self):
        record = self.make_sent()
        record.with_user(self.users["staff"]).action_confirm_receipt()
        self.env["office.receipt"]._tell_all()
        record.with_user(self.users["director"]).action_remind_unread()
        by_unit = record.receipt_ids.filtered("department_id")
        self.assertEqual(record.receipt_ids.mapped("reminder_count"), [1, 0])
        self.assertEqual(by_unit.reminder_count, 1)
        if record.create_uid != self.users["staff"]:
            with self.assertRaises(UserError):
                record.with_user(self.users["staff"]).action_remind_unread()

    def test_told_once(self):
        record = self.make_sent()
        staff = self.users["staff"].partner_id
        domain = [("partner_ids", "in", staff.ids), ("model", "=", self.model_name)]
        Message = self.env["mail.message"]
        before = Message.search_count(domain)
        self.assertEqual(self.env["office.receipt"]._tell_all(), 2)
        self.assertEqual(self.env["office.receipt"]._tell_all(), 0)
        self.assertEqual(Message.search_count(domain), before + 1)
        self.assertTrue(all(record.receipt_ids.mapped("date_notified")))


class ReceiptTests(AcknowledgementTests):
    """Who was sent a matter may see it."""

    def test_addressees_see_it(self):
        record = self.make(lead_unit_id=False, handler_id=False)
        addressees = [self.users[role] for role in ("liaison", "school", "staff")]
        for user in addressees:
            if user != record.create_uid:
                self.assertFalse(record.with_user(user).has_access("read"))
        record._send_receipts(self.school, self.users["staff"])
        for user in addressees:
            may = self.model.with_user(user).has_access("read")
            self.assertEqual(record.with_user(user).has_access("read"), may)
        self.assertTrue(record.with_user(self.users["staff"]).has_access("read"))
