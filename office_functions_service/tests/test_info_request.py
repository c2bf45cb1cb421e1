# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import io
from base64 import b64decode, b64encode
from datetime import date, timedelta
from unittest.mock import patch

import openpyxl

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import (
    TODAY,
    ClockFixture,
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.matter_tests import MatterTests
from odoo.addons.office_functions.tests.race_tests import MatterRaceTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests
from odoo.addons.office_functions.tools.transition import permit

from .open_case import OpenInfoFixture


class InfoRequestFixture(ClockFixture):
    model_name = "office.info.request"
    deadline_owner_role = "director"
    relations = {
        "handler": "staff",
        "unit_head": "section_head",
        "reply_author": "clerk",
    }

    @classmethod
    def sample_vals(cls):
        return {
            "name": "Costs of the new sports hall",
            "text": "The final accounts of the sports hall of 2025.",
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "reply_kind": "absent",
            "reply_text": "There are no such accounts yet.",
            "reply_reason": "The register of accounts was searched.",
            "redirect_channel": "petition",
        }

    def ask(self, record, **vals):
        """Name somebody whose opinion is asked for."""
        return (
            self.env["office.info.request.opinion"]
            .with_user(self.users["staff"])
            .create({"request_id": record.id, "name": "Builder Ltd", **vals})
        )

    def prepare(self, record, row):
        if row.name == "consult" and not record.opinion_ids:
            self.env["office.info.request.opinion"].create(
                {"request_id": record.id, "name": "Builder Ltd"}
            )
        elif row.name == "collect":
            record.opinion_ids.write({"answer": "agree"})
        elif row.name == "correct":
            with permit(record):
                record.date_corrected = TODAY
        elif row.name == "abandon":
            past = TODAY - timedelta(days=1)
            record._set(date_correction_due=past, date_fee_due=past)
        elif row.name == "ask_fee":
            with permit(record):
                record.write(
                    {"fee_basis": "pages", "page_count": 40, "date_fee_asked": False}
                )
        elif row.name == "pay":
            with permit(record):
                record.date_fee_paid = TODAY


@tagged("office_service")
class TestInfoRequest(InfoRequestFixture, MatterTests, OfficeCase):
    """A request passes the generic tests, and its clocks keep to the law."""

    put_in = OpenInfoFixture.put_in
    do = OpenInfoFixture.do

    def make_received(self, **vals):
        return self.make("received", **vals)

    # Receipt and clock (art. 31, 33) --------------------------------------------------

    def test_r_ogi_3_clock_runs_from_the_day_of_receipt(self):
        record = self.make_received(channel="mail", date_received=date(2026, 3, 6))
        self.assertEqual(record.clock_start, date(2026, 3, 6))
        self.assertEqual(record.date_deadline, date(2026, 4, 3))
        self.assertSays("\n".join(record.explain_deadline()), "第三十三条")
        self.assertTrue(record.query_code)
        with self.assertRaises(ValidationError):
            record.date_received = TODAY

    def test_r_ogi_3_receipt_by_internet_counts_once_confirmed(self):
        record = self.make(channel="web")
        self.assertFalse(record.clock_start, "it waits for the confirmation")
        self.to_day(2)
        record.date_received = TODAY + timedelta(days=2)
        self.do(record, "clerk", "receive")
        self.assertEqual(record.clock_start, TODAY + timedelta(days=2))

    def test_receipt_in_the_future_or_of_nothing(self):
        record = self.make(date_received=TODAY + timedelta(days=1), text=" ")
        with self.assertRaises(UserError) as refusal:
            self.do(record, "clerk", "receive")
        self.assertSays(refusal.exception, "in the future", "which information")

    def test_r_ogi_3_extended_once_by_twenty_working_days_at_most(self):
        record = self.make_received()
        self.assertEqual(record.date_deadline, date(2026, 4, 8))
        latest = record.time_limit_id._count(
            record.date_deadline, record.company_id
        ).deadline
        staff = record.with_user(self.users["staff"])
        director = record.with_user(self.users["director"])
        with self.assertRaisesRegex(UserError, "or a superior changes it"):
            staff.change_deadline("extend", "Much to look for", latest)
        with self.assertRaises(UserError) as refusal:
            director.change_deadline("extend", "Much", latest + timedelta(days=1))
        self.assertSays(refusal.exception, latest, "第三十三条")
        director.change_deadline("extend", "Much to look for", latest)
        letter = record._get_letter()
        self.assertSays(letter["title"], "延期")
        self.assertSays(letter["lines"][0], "Much to look for")
        with self.assertRaisesRegex(UserError, "1 times"):
            director.change_deadline("extend", "Again", latest)
        page = record._get_public_page()
        shown = "\n".join(page["explanation"])
        self.assertSays(shown, "第三十三条")
        self.assertNotIn("Much to look for", shown, "the letter tells the reason (A9)")

    # Correction (art. 30) -------------------------------------------------------------

    def test_r_ogi_3_correction_once_and_the_clock_runs_anew(self):
        record = self.make_received()
        with self.assertRaisesRegex(UserError, "write down the reason"):
            self.do(record, "staff", "ask_correction")
        self.to_day(date(2026, 3, 12))
        self.do(record, "staff", "ask_correction", "Which hall is meant?")
        self.assertTrue(record.is_paused)
        self.assertEqual(record.correction_text, "Which hall is meant?")
        self.assertEqual(record.deadline_event_ids[0].legal_basis[-4:], "第三十条")
        self.assertSays(record._get_public_answer(), "Which hall is meant?")
        self.to_day(date(2026, 3, 20))
        with self.assertRaisesRegex(UserError, "Correction Received On"):
            self.do(record, "staff", "correct")
        record.with_user(self.users["staff"]).date_corrected = date(2026, 3, 20)
        self.do(record, "staff", "correct")
        self.assertFalse(record.is_paused)
        self.assertEqual(record.clock_start, date(2026, 3, 20))
        self.assertEqual(record.date_corrected, date(2026, 3, 20))
        counted = record.time_limit_id._count(date(2026, 3, 20), record.company_id)
        self.assertEqual(record.date_deadline, counted.deadline)
        self.assertEqual(record.date_deadline_original, date(2026, 4, 8))
        with self.assertRaisesRegex(UserError, "once only"):
            self.do(record, "staff", "ask_correction", "And which year?")

    def test_r_ogi_3_correction_within_seven_working_days(self):
        record = self.make_received()
        self.to_day(date(2026, 3, 20))
        with self.assertRaisesRegex(UserError, "2026-03-19"):
            self.do(record, "staff", "ask_correction", "Which hall?")

    def test_no_correction_in_time_is_taken_as_given_up(self):
        record = self.make_received()
        self.do(record, "staff", "ask_correction", "Which hall?")
        self.assertEqual(record.date_correction_due, date(2026, 3, 31))
        self.to_day(date(2026, 3, 31))
        with self.assertRaisesRegex(UserError, "until 2026-03-31"):
            self.do(record, "clerk", "abandon", "Nothing came")
        self.to_day(date(2026, 4, 1))
        self.do(record, "clerk", "abandon", "Nothing came")
        self.assertEqual(record.state, "abandoned")
        self.assertEqual(record.date_done, date(2026, 4, 1))

    def test_r_ogi_3_restarts_on_the_day_the_correction_came_not_of_the_click(self):
        record = self.make_received()
        self.to_day(date(2026, 3, 12))
        self.do(record, "staff", "ask_correction", "Which hall is meant?")
        staff = record.with_user(self.users["staff"])
        self.to_day(date(2026, 3, 25))
        for day in (date(2026, 3, 11), date(2026, 3, 26)):
            staff.date_corrected = day
            with self.assertRaisesRegex(UserError, "between 2026-03-12 and today"):
                self.do(record, "staff", "correct")
        staff.date_corrected = date(2026, 3, 16)
        self.do(record, "staff", "correct")
        self.assertEqual(record.clock_start, date(2026, 3, 16))
        counted = record.time_limit_id._count(date(2026, 3, 16), record.company_id)
        self.assertEqual(record.date_deadline, counted.deadline)
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            staff.date_corrected = date(2026, 3, 25)

    def test_r_ogi_3_nobody_stops_or_restarts_the_clock_at_will(self):
        record = self.make_received()
        for role in ("director", "leader"):
            for kind in ("pause", "restart", "resume"):
                with self.subTest(role=role, kind=kind):
                    with self.assertRaisesRegex(UserError, "at no other time"):
                        record.with_user(self.users[role]).change_deadline(
                            kind, "Because"
                        )
        self.assertEqual(record.deadline_event_ids.mapped("kind"), ["start"])

    def test_r_ogi_3_filed_online_is_confirmed_in_time_and_not_dated_back(self):
        with permit(self.model):
            record = self.model.create(
                {
                    **self.sample_vals(),
                    "is_filed_online": True,
                    "date_received": TODAY - timedelta(days=1),
                }
            )
        with self.assertRaisesRegex(UserError, "not received before"):
            self.do(record, "clerk", "receive")
        Omission = self.env["office.omission"]
        mine = [("res_model", "=", self.model_name), ("res_id", "=", record.id)]
        Omission._cron_check()
        self.assertFalse(Omission.search(mine))
        self.to_day(10)
        Omission._cron_check()
        found = Omission.search(mine)
        self.assertEqual(found.code, "info_request_unconfirmed")
        record.date_received = TODAY
        self.do(record, "clerk", "receive")
        Omission._cron_check()
        self.assertTrue(found.date_cleared)

    # Opinions (art. 32, 34) -----------------------------------------------------------

    def test_r_ogi_3_days_of_those_who_are_asked_are_not_counted(self):
        record = self.make_received()
        with self.assertRaisesRegex(UserError, "whose opinion"):
            self.do(record, "staff", "consult")
        opinion = self.ask(record)
        self.to_day(date(2026, 3, 11))
        self.do(record, "staff", "consult")
        self.assertEqual(opinion.date_due, date(2026, 4, 1))
        self.assertEqual(record.light, "paused")
        with self.assertRaisesRegex(UserError, "does not start from"):
            self.do(record, "section_head", "reply")
        with self.assertRaisesRegex(UserError, "Builder Ltd may still answer"):
            self.do(record, "staff", "collect")
        self.to_day(date(2026, 3, 18))
        opinion.answer = "agree"
        self.assertEqual(opinion.date_answered, date(2026, 3, 18))
        self.do(record, "staff", "collect")
        self.assertEqual(record.date_deadline, date(2026, 4, 15))
        self.assertSays(record.deadline_event_ids[0].legal_basis, "第三十三条")

    def test_r_ogi_3_days_after_the_last_answer_are_counted(self):
        record, silent, prompt = (self.make_received() for _n in range(3))
        for one in record, silent, prompt:
            self.ask(one)
        self.to_day(date(2026, 3, 11))
        for one in record, silent, prompt:
            self.do(one, "staff", "consult")
        self.to_day(date(2026, 3, 18))
        (record | prompt).opinion_ids.answer = "agree"
        self.do(prompt, "staff", "collect")
        self.to_day(date(2026, 3, 25))
        record.opinion_ids.answer = "refuse"
        self.assertEqual(record.opinion_ids.date_answered, date(2026, 3, 18))
        with self.assertRaisesRegex(UserError, "stays on record"):
            record.opinion_ids.answer = False
        self.do(record, "staff", "collect")
        self.assertEqual(record.date_deadline, prompt.date_deadline)
        self.assertEqual(record.deadline_event_ids[0].date, date(2026, 3, 18))
        self.to_day(date(2026, 4, 20))
        self.do(silent, "staff", "collect")
        self.assertEqual(silent.deadline_event_ids[0].date, date(2026, 4, 1))

    def test_r_ogi_3_the_clock_goes_on_without_anybody(self):
        record, waiting = self.make_received(), self.make_received()
        for one in record, waiting:
            self.ask(one)
        self.to_day(date(2026, 3, 11))
        for one in record, waiting:
            self.do(one, "staff", "consult")
        self.to_day(date(2026, 3, 18))
        record.opinion_ids.answer = "agree"
        self.to_day(date(2026, 3, 20))
        cron = self.registry["ir.cron"]
        with patch.object(cron, "_commit_progress", lambda *args, **kwargs: 0):
            self.model._cron_collect()
            self.model._cron_collect()
        self.assertEqual((record.state, waiting.state), ("received", "consulting"))
        self.assertEqual(record.deadline_event_ids[0].date, date(2026, 3, 18))

    def test_r_ogi_3_silent_third_party_and_silent_co_maker(self):
        record = self.make_received()
        third = self.ask(record)
        maker = self.ask(record, kind="co_maker", name="Bureau of Finance")
        self.do(record, "staff", "consult")
        self.assertEqual((third | maker).mapped("outcome"), ["waiting", "waiting"])
        self.to_day(date(2026, 4, 1))
        self.assertEqual(third.outcome, "silent_organ")
        self.assertEqual(maker.outcome, "silent_agree")
        self.do(record, "staff", "collect")
        record.with_user(self.users["staff"]).write(
            {
                "reply_kind": "open",
                "reply_text": "Here they are",
                "reply_where": "Reading room",
            }
        )
        with self.assertRaises(UserError) as refusal:
            self.do(record, "section_head", "reply")
        self.assertSays(refusal.exception, "Builder Ltd did not agree")
        self.assertNotIn("Bureau", str(refusal.exception))
        record.with_user(self.users["staff"]).over_objection = "Public money"
        self.do(record, "section_head", "reply")

    def test_what_was_asked_stays_on_record(self):
        record = self.make_received()
        opinion = self.ask(record)
        for vals in ({"date_asked": TODAY}, {"date_due": TODAY}, {"request_id": 1}):
            with self.assertRaises(ValidationError):
                opinion.sudo().write(vals)
        with self.assertRaises(ValidationError):
            self.ask(record, date_asked=TODAY)
        self.do(record, "staff", "consult")
        with self.assertRaisesRegex(UserError, "been asked already"):
            opinion.name = "Somebody else"
        with self.assertRaisesRegex(UserError, "stays on record"):
            opinion.unlink()
        with self.assertRaises(AccessError):
            opinion.with_user(self.users["canteen"]).answer = "agree"

    # Reply (art. 36, 37) --------------------------------------------------------------

    def reply(self, record, **vals):
        record.with_user(self.users["staff"]).write(vals)
        self.do(record, "section_head", "reply")

    def test_r_ogi_4_each_kind_of_reply_says_what_it_needs(self):
        same = {"person": "张三丰", "person_phone": "13812345678"}
        earlier = self.make("replied", **same)
        needed = {
            "known": {"reply_where": "/office/open/7"},
            "open": {"reply_where": "Reading room"},
            "partial": {
                "withheld_ground": "third_party",
                "withheld_article": "Art. 15",
                "withheld_reason": "Names of private persons",
                "reply_where": "Reading room",
            },
            "refused": {
                "withheld_ground": "process",
                "withheld_article": "Art. 16",
                "withheld_reason": "Not decided yet",
            },
            "absent": {"reply_reason": "The register was searched."},
            "elsewhere": {"reply_reason": "The Bureau of Finance keeps it."},
            "repeated": {"repeated_id": earlier.id},
            "other_law": {"withheld_article": "Archives Law, art. 27"},
        }
        kinds = self.model._fields["reply_kind"].get_values(self.env)
        self.assertEqual(set(kinds), set(needed))
        for kind, vals in needed.items():
            with self.subTest(kind=kind):
                record = self.make_received(
                    reply_kind=False, reply_text=False, reply_reason=False, **same
                )
                with self.assertRaises(UserError) as refusal:
                    self.do(record, "section_head", "reply")
                self.assertSays(refusal.exception, "Kind of Reply", "Text of the Reply")
                given = {"reply_kind": kind, "reply_text": "So it is."}
                if vals:
                    with self.assertRaises(UserError) as refusal, self.cr.savepoint():
                        self.reply(record, **given)
                    labels = record.fields_get([*vals], ["string"]).values()
                    self.assertSays(
                        refusal.exception, *(one["string"] for one in labels)
                    )
                    record.invalidate_recordset()
                self.reply(record, **given, **vals)
                self.assertEqual(record.state, "replied")
                self.assertSays(record._get_public_answer(), "So it is.")
                self.assertEqual(record.date_done, TODAY, "on the spot")
                letter = record._get_letter()
                self.assertTrue(letter["remedy"])
                self.assertTrue(all(letter["lines"]))
                self.assertSays(record._get_public_answer(), *letter["lines"])

    def test_r_ogi_4_a_released_file_is_an_opening(self):
        record = self.make_received(reply_kind="open", reply_text="Here it is")
        with self.assertRaisesRegex(UserError, "add the file that is opened"):
            self.do(record, "section_head", "reply")
        self.put_in(record).with_user(self.users["director"]).action_review()
        self.do(record, "section_head", "reply")

    def test_r_ogi_4_repeated_is_what_the_same_person_was_answered(self):
        same = {"person": "张三丰", "person_phone": "138 1234 5678"}
        others = self.make("replied", person="李四", person_phone="13900001111")
        open_one = self.make_received(**same)
        nameless = self.make("replied")
        record = self.make_received(**same)
        vals = {"reply_kind": "repeated", "reply_text": "See there"}
        for earlier in (others, open_one, nameless, record):
            record.with_user(self.users["staff"]).write(
                {**vals, "repeated_id": earlier.id}
            )
            with self.assertRaisesRegex(UserError, "same person"):
                self.do(record, "section_head", "reply")
        answered = self.make("replied", person_phone="13812345678")
        record.with_user(self.users["staff"]).repeated_id = answered
        self.do(record, "section_head", "reply")

    def test_r_ogi_4_the_page_shows_a_refusal_as_the_letter_does(self):
        record = self.make_received(
            reply_kind="refused",
            reply_text="It is not opened.",
            withheld_ground="process",
            withheld_article="Art. 16",
            withheld_reason="Not decided yet",
        )
        self.do(record, "section_head", "reply")
        page = record._get_public_page()["answer"]
        self.assertSays(page, "Not decided yet", "Art. 16", "行政复议", "行政诉讼")
        self.assertSays(page, *record._get_letter()["lines"])

    def test_r_ogi_4_partial_release_gives_the_redacted_copy_only(self):
        record = self.make_received(reply_kind=False, reply_text=False)
        staff = self.env["office.open.file"].with_user(self.users["staff"])
        whole = staff.create(
            {
                "request_id": record.id,
                "name": "whole.txt",
                "content": b64encode(b"Wang got 3 000"),
            }
        )
        self.assertEqual(whole.visibility, "internal")
        copy = self.put_in(
            record, b"[out] got 3 000", name="copy.txt", is_redacted=True
        )
        vals = {
            "reply_kind": "partial",
            "reply_text": "The names were taken out.",
            "withheld_ground": "third_party",
            "withheld_article": "Art. 15",
            "withheld_reason": "Names of private persons",
        }
        record.with_user(self.users["staff"]).write(vals)
        with self.assertRaisesRegex(UserError, "copy.txt has not been reviewed"):
            self.do(record, "section_head", "reply")
        copy.with_user(self.users["director"]).action_review()
        self.assertFalse(record._get_released_files(), "not before the reply")
        self.do(record, "section_head", "reply")
        self.assertEqual(record._get_released_files(), copy.sudo())
        self.assertNotIn(whole.sudo(), record._get_released_files())
        self.assertTrue(copy._describe_public()[0]["redacted"])
        self.assertSays(record._get_letter()["files"], "copy.txt", "删减")

    def test_other_kinds_of_reply_open_no_file(self):
        record = self.make_received()
        file = self.put_in(record)
        with self.assertRaisesRegex(UserError, "opens no file"):
            self.do(record, "section_head", "reply")
        file.visibility = "internal"
        self.do(record, "section_head", "reply")
        self.assertFalse(record._get_released_files())

    def test_who_drafts_the_reply_does_not_sign_it(self):
        record = self.make_received()
        head = self.users["section_head"]
        record.with_user(head).reply_text = "By the head"
        self.assertEqual(record.reply_author_id, head)
        with self.assertRaisesRegex(UserError, "had a part in this"):
            self.do(record, "section_head", "reply")
        self.do(record, "director", "reply")
        self.assertEqual(record.replied_by_id, self.users["director"])
        self.do(record, "clerk", "close")

    def test_r_ogi_4_a_petition_is_pointed_to_its_channel(self):
        record = self.make_received()
        record.redirect_channel = False
        with self.assertRaises(UserError) as refusal:
            self.do(record, "clerk", "redirect")
        self.assertSays(refusal.exception, "Right Channel", "write down the reason")
        record.redirect_channel = "petition"
        self.do(record, "clerk", "redirect", "Please write to the petition office.")
        self.assertSays(record._get_public_answer(), "petition office")
        self.assertFalse(record._get_letter()["remedy"])

    def test_nothing_to_tell_yet(self):
        with self.assertRaisesRegex(UserError, "nothing to tell"):
            self.make()._get_letter()

    def test_receipt_says_who_answers_and_by_when(self):
        record = self.make_received()
        letter = record._get_letter()
        self.assertSays(letter["title"], "登记回执")
        due = record.date_deadline
        self.assertSays(
            letter["lines"][0],
            self.unit.name,
            f"{due.year}年{due.month}月{due.day}日前答复",
        )
        code = record.sudo().query_code
        clerk = record.with_user(self.users["clerk"])
        self.assertSays(clerk._get_letter()["lines"][-1], code)
        officer = record.with_user(self.users["petition_officer"]).sudo()
        self.assertSays(officer._get_letter()["lines"][-1], code)
        director = record.with_user(self.users["director"])
        self.assertNotIn(code, str(director._get_letter()), "Did not hand it out")
        record.sudo()._set(handler_id=self.users["clerk"].id)
        self.assertNotIn(code, str(clerk._get_letter()), "Could rate with it")

    # Letters to who is asked (art. 32, 34) --------------------------------------------

    def test_r_ogi_3_third_party_and_co_maker_are_asked_in_writing(self):
        record = self.make_received(person="张三丰", person_phone="13812345678")
        third = self.ask(record)
        with self.assertRaisesRegex(UserError, "nothing to send yet"):
            third._get_letter()
        maker = self.ask(record, kind="co_maker", name="Bureau of Sports")
        self.do(record, "staff", "consult")
        due = third.date_due
        until = f"{due.year}年{due.month}月{due.day}日前"
        asked = third._get_letter()
        self.assertSays(asked["title"], "征求意见书")
        self.assertSays("".join(asked["lines"]), "15个工作日", until, "第三十二条")
        joint = "".join(maker._get_letter()["lines"])
        self.assertSays(joint, until, "视为同意公开", "第三十四条")
        self.assertSays(record._get_letter()["title"], "征求意见告知书")
        report = "office_functions_service.report_info_opinion_letter"
        Report = self.env["ir.actions.report"].with_user(self.users["staff"])
        page = Report._render_qweb_html(report, (third | maker).ids)[0].decode()
        self.assertSays(page, "Builder Ltd", "Bureau of Sports", record.name)
        self.assertNotIn("张", page, "Who asks is nobody's business")

    def test_r_ogi_3_opened_over_an_objection_the_third_party_is_told_why(self):
        record = self.make_received(
            reply_kind="open",
            reply_text="The accounts are opened.",
            reply_where="In the catalogue",
            over_objection="Public money was spent.",
        )
        third = self.ask(record)
        self.do(record, "staff", "consult")
        third.write({"answer": "refuse", "reason": "Secret prices"})
        self.do(record, "staff", "collect")
        self.assertSays(third._get_letter()["title"], "征求意见书")
        self.do(record, "director", "reply")
        letter = third._get_letter()
        self.assertSays(letter["title"], "决定告知书")
        self.assertSays(
            "".join(letter["lines"]),
            "The accounts are opened.",
            "Public money was spent.",
        )

    def test_page_and_paper_say_the_same_in_any_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        record = self.make_received(
            reply_kind="absent", reply_reason="Looked for in vain"
        ).with_context(lang="en_US")
        selection = self.env["ir.model.fields.selection"].search(
            [("field_id.model", "=", record._name), ("value", "=", "absent")]
        )
        selection.with_context(lang="zh_CN").name = "信息不存在"
        self.assertSays(record._get_reply_lines()[0], "信息不存在")

    def test_what_is_withheld_goes_to_reconsideration_before_the_court(self):
        record = self.make_received()
        record.company_id.open_review_organ = "District Government"
        for kind, is_first in (
            ("partial", True),
            ("refused", True),
            ("absent", False),
            ("elsewhere", False),
            ("open", False),
        ):
            with self.subTest(kind):
                record.reply_kind = kind
                remedy = record._get_remedy()
                self.assertSays(remedy, "District Government", "行政复议", "行政诉讼")
                self.assertEqual("先向" in remedy, is_first)
                self.assertEqual("六个月" in remedy, not is_first)

    # Who asks -------------------------------------------------------------------------

    def test_r_pii_1_who_asks_is_masked(self):
        record = self.make_received(person="张三丰", person_phone="13812345678")
        for role in ("leader", "clerk", "section_head", "staff"):
            mine = record.with_user(self.users[role])
            mine.invalidate_recordset()
            self.assertEqual((mine.person, mine.person_phone), ("张**", "138****5678"))
        clerk = record.identity_ids.with_user(self.users["clerk"])
        self.assertEqual(clerk.reveal()["person"], "张三丰")
        self.assertEqual(self.env["office.audit.log"].search([], limit=1).kind, "view")
        with self.assertRaises(AccessError):
            record.identity_ids.with_user(self.users["leader"]).reveal()
        staff = record.with_user(self.users["staff"])
        self.do(record, "section_head", "reply")
        self.assertEqual(staff._get_letter()["person"], "张三丰")
        self.assertEqual(
            record.with_user(self.users["leader"])._get_letter()["person"], "张**"
        )

    def test_filed_online_waits_for_its_confirmation(self):
        with permit(self.model):
            record = self.model.create(
                {"name": "Costs", "text": "All", "is_filed_online": True}
            )
        self.assertEqual((record.channel, record.state), ("web", "filed"))
        self.assertFalse(record.date_deadline)

    def test_followed_in_public(self):
        record = self.make_received(person="张三丰", person_phone="13812345678")
        found = self.model._find_public(record.query_code, "5678")
        self.assertEqual(found, record)
        page = found._get_public_page()
        self.assertEqual(page["state"], "Being Worked On")
        self.assertFalse(page["answer"], "a draft is no answer")
        states = set(self.model._fields["state"].get_values(self.env))
        self.assertEqual(set(self.model._get_public_states()), states)

    def test_a_correction_asked_for_is_not_rated(self):
        """The rating is asked for once: not before the answer is there (S4.13)."""
        record = self.make_received(person="张三丰", person_phone="13812345678")
        self.do(record, "staff", "ask_correction", "Which hall is meant?")
        page = record._get_public_page()
        self.assertSays(page["answer"], "Which hall is meant?")
        self.assertEqual(page["date"], record.date_received)
        self.assertFalse(page["may_rate"])
        with self.assertRaisesRegex(UserError, "when it has been answered"):
            record.rate_publicly(5, "yes")
        with permit(record, "replied"):
            record.state = "replied"
        self.assertTrue(record._get_public_page()["may_rate"])

    # Register and figures -------------------------------------------------------------

    def read_book(self, kind, role="clerk"):
        Ledger = self.env["office.open.ledger"].with_user(self.users[role])
        ledger = Ledger.create({"kind": kind})
        self.assertEqual(ledger.action_download()["type"], "ir.actions.act_url")
        book = openpyxl.load_workbook(io.BytesIO(b64decode(ledger.file)))
        return [row for row in book.active.iter_rows(values_only=True)]

    def test_r_ogi_4_register_as_a_workbook(self):
        record = self.make("replied", person="张三丰", reply_text="=1+1")
        rows = self.read_book("register")
        self.assertIn("答复方式", rows[2])
        line = dict(zip(rows[2], rows[-1], strict=True))
        self.assertEqual(line["登记编号"], record.number)
        self.assertEqual(line["申请人"], "张**")
        self.assertEqual(line["申请内容"], record.name)
        log = self.env["office.audit.log"].search([], limit=1)
        self.assertEqual((log.kind, log.res_model), ("export", self.model_name))
        outside = self.read_book("register", "canteen")
        self.assertEqual(len(outside), 3, "who sees no request gets an empty register")

    def test_k28_requests_answered_in_time(self):
        record, late, _open = (self.make_received() for _n in range(3))
        self.do(record, "section_head", "reply")
        self.to_day(date(2026, 4, 9))
        self.do(late, "section_head", "reply")
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        rows = Indicator._measure(
            Indicator._get_indicator("K28-requests"), TODAY, date(2026, 4, 30)
        )
        self.assertEqual(rows, [(self.unit.id, self.users["staff"].id, 1, 3)])


@tagged("post_install", "-at_install")
class TestInfoRequestRpc(InfoRequestFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a request."""


@tagged("post_install", "-at_install")
class TestInfoRequestRace(InfoRequestFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on requests at the same moment."""
