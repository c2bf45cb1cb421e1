# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""How a document comes in, reaches the leader, and is filed."""

import base64
from datetime import timedelta
from email.message import EmailMessage
from statistics import median

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, Form, tagged

from ..tools.document_number import find_number, make_key, normalize
from ..tools.paper import render_pdf
from ..tools.transition import permit
from .common import TODAY, OfficeCase
from .test_document_incoming import DocumentFixture
from .test_paper import pdf_text, picture

PRINTED = """<html><body><p>江滨区人民政府文件</p><p>江政发〔2026〕7号</p>
<p>关于加强校车安全管理的通知</p></body></html>"""


class TestDocumentNumber(BaseCase):
    """Numbers of documents are compared as a clerk compares them."""

    def test_spellings_of_one_number(self):
        for spelling in (
            "府发〔2026〕7号",
            "府发[2026]7号",
            "府发（2026）第07号",
            "府发【２０２６】７号",
            " 府发 (2026) 7 号 ",
        ):
            with self.subTest(spelling=spelling):
                self.assertEqual(normalize(spelling), "府发〔2026〕7号")
        self.assertNotEqual(normalize("府发〔2026〕7号"), normalize("府发〔2026〕70号"))

    def test_key_needs_both(self):
        self.assertIsNone(make_key("政府", ""))
        self.assertIsNone(make_key("", "府发〔2026〕7号"))
        self.assertIsNone(make_key(False, False))

    def test_number_in_a_text(self):
        self.assertEqual(
            find_number("文件\n 江政发〔2026〕 7号\n关于"), "江政发〔2026〕7号"
        )
        self.assertEqual(find_number("二〇二六年三月"), "")
        self.assertEqual(find_number(False), "")


class RoadCase(DocumentFixture, OfficeCase):
    def make_file(self, name, content, user="clerk"):
        return (
            self.env["ir.attachment"]
            .with_user(self.users[user])
            .create({"name": name, "raw": content})
        )

    def receive(self, *files, **vals):
        """Take files through the dialog, as the clerk."""
        wizard = self.env["office.document.scan"].with_user(self.users["clerk"])
        dialog = wizard.create({"attachment_ids": [file.id for file in files], **vals})
        action = dialog.action_receive()
        ids = [action["res_id"]] if action.get("res_id") else action["domain"][0][2]
        return self.model.browse(ids)


class TestRoadsIn(RoadCase):
    """Three roads in: by hand, by scan, by mail."""

    # Scan -----------------------------------------------------------------------------

    def test_scan_with_text_can_be_found_by_its_words(self):
        pdf = render_pdf(PRINTED, "http://localhost", {"base", "office_functions"})
        record = self.receive(self.make_file("校车安全通知.pdf", pdf), sender="区政府")
        self.assertRecordValues(
            record,
            [
                {
                    "name": "校车安全通知",
                    "sender": "区政府",
                    "sender_number": "江政发〔2026〕7号",
                    "state": "received",
                    "clerk_id": self.users["clerk"].id,
                    "scan_note": False,
                }
            ],
        )
        found = self.model.search([("text_content", "ilike", "校车安全管理")])
        self.assertEqual(found, record)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", self.model_name), ("res_id", "=", record.id)]
        )
        self.assertEqual(files.mapped("name"), ["校车安全通知.pdf"])
        self.do("clerk", record, "register")

    def test_scan_without_text_is_registered_all_the_same(self):
        page = base64.b64encode(picture()).decode()
        html = f'<html><body><img src="data:image/png;base64,{page}"/></body></html>'
        pdf = render_pdf(html, "http://localhost", {"base", "office_functions"})
        record = self.receive(self.make_file("扫描件.pdf", pdf), sender="区政府")
        self.assertSays(record.scan_note, "扫描件.pdf", "pictures and no text", "kept")
        self.assertFalse(record.text_content)
        self.do("clerk", record, "register")

    def test_each_file_becomes_a_document(self):
        files = [self.make_file(f"第{n}件.txt", f"内容{n}".encode()) for n in "一二"]
        files.append(self.make_file("照片.png", picture()))
        records = self.receive(*files)
        self.assertEqual(records.mapped("name"), ["第一件", "第二件", "照片"])
        self.assertEqual(records.mapped("text_content"), ["内容一", "内容二", False])
        self.assertIn("no text", records[2].scan_note)

    def test_scan_added_to_a_document(self):
        record = self.make("registered", text_content="正文")
        self.receive(
            self.make_file("附件.txt", "附件内容".encode()), document_id=record.id
        )
        self.assertEqual(record.text_content, "正文\n附件内容")
        secret = self.model.create(
            {
                **self.sample_vals(),
                "secrecy_level": "secret",
                "original_location": "Safe",
            }
        )
        with self.assertRaisesRegex(ValidationError, "strictly forbidden"):
            self.receive(self.make_file("密.txt", b"x"), document_id=secret.id)

    def test_scan_bad_input(self):
        with self.assertRaisesRegex(UserError, "choose the files"):
            self.receive()
        broken = self.receive(self.make_file("坏.pdf", b"%PDF-1.7 nonsense"))
        self.assertIn("damaged", broken.scan_note)
        with self.assertRaises(AccessError):
            self.env["office.document.scan"].with_user(self.users["staff"]).create({})

    # Mail -----------------------------------------------------------------------------

    def send(
        self, subject="关于校车的通知", files=(), to="incoming@office.example.com"
    ):
        message = EmailMessage()
        message["From"] = "江滨区人民政府办公室 <gov@example.org>"
        message["To"] = to
        message["Subject"] = subject
        message["Message-Id"] = "<1@example.org>"
        message.set_content("请查收附件。")
        for name, content in files:
            message.add_attachment(
                content, maintype="text", subtype="plain", filename=name
            )
        found = self.env["mail.thread"].message_process(None, message.as_bytes())
        return self.model.browse(found)

    def set_up_mail(self):
        domain = self.env["mail.alias.domain"].create({"name": "office.example.com"})
        self.company.alias_domain_id = domain
        self.company.office_document_clerk_id = self.users["clerk"]
        settings = self.env["res.config.settings"].create(
            {"office_document_alias_name": "incoming"}
        )
        settings.execute()

    def test_mail_is_signed_for(self):
        self.set_up_mail()
        text = "江政发〔2026〕9号\n关于校车的通知".encode()
        record = self.send(files=[("通知.txt", text)])
        self.assertRecordValues(
            record,
            [
                {
                    "name": "关于校车的通知",
                    "sender": "江滨区人民政府办公室",
                    "sender_email": '"江滨区人民政府办公室" <gov@example.org>',
                    "sender_number": "江政发〔2026〕9号",
                    "state": "received",
                    "number": False,
                    "clerk_id": self.users["clerk"].id,
                    "holder_id": self.users["clerk"].id,
                    "company_id": self.company.id,
                }
            ],
        )
        self.assertSays(record.text_content, "请查收附件", "关于校车的通知")
        files = self.env["ir.attachment"].search(
            [("res_model", "=", self.model_name), ("res_id", "=", record.id)]
        )
        self.assertEqual(files.mapped("name"), ["通知.txt"])
        self.assertSays(record.message_ids.mapped("body"), "请查收附件")
        self.do("clerk", record, "register")

    def test_mail_address_is_changed_in_settings(self):
        self.set_up_mail()
        alias = self.company.office_document_alias_id
        self.assertEqual(alias.alias_full_name, "incoming@office.example.com")
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.office_document_alias_name, "incoming")
        settings.office_document_alias_name = "shouwen"
        settings.execute()
        self.assertEqual(alias.alias_name, "shouwen")
        record = self.send(to="shouwen@office.example.com")
        self.assertEqual(record.state, "received")

    def test_mail_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other District"})
        clerk = self.make_user(
            "test_their_clerk",
            "office_functions.group_office_clerk",
            company_id=other.id,
            company_ids=other.ids,
        )
        self.set_up_mail()
        other.office_document_clerk_id = clerk
        other.alias_domain_id = self.company.alias_domain_id
        other._set_document_alias("theirs")
        record = self.send(to="theirs@office.example.com")
        self.assertEqual((record.company_id, record.clerk_id), (other, clerk))

    def test_mail_without_a_subject(self):
        self.set_up_mail()
        self.assertEqual(self.send(subject="").name, "(no subject)")


class TestDelivery(RoadCase):
    """K05: how fast a document reaches the leader it is meant for."""

    def open_form(self, record, role):
        view = Form(record.with_user(self.users[role]))._view
        spec = {name: {} for name in view["fields"] if "." not in name}
        return record.with_user(self.users[role]).web_read(spec)

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "office_functions.ir_cron_remind_unopened"
            ).method_direct_trigger()

    def messages_to(self, role):
        return self.env["mail.message"].search(
            [
                ("partner_ids", "in", self.users[role].partner_id.ids),
                ("subject", "like", "no leader has opened"),
            ]
        )

    def test_s1_27_first_opening_by_the_leader_counts(self):
        record = self.make("proposed")
        self.clock.tick(timedelta(hours=3))
        leader = record.with_user(self.users["leader"])
        leader.web_search_read([("id", "=", record.id)], {"name": {}, "state": {}})
        self.open_form(record, "director")
        self.assertFalse(record.date_opened, "a list is no opening")
        self.open_form(record, "leader")
        first = fields.Datetime.now()
        self.assertEqual((record.date_opened, record.opening_hours), (first, 3))
        self.clock.tick(timedelta(hours=3))
        self.open_form(record, "leader")
        self.assertEqual(record.date_opened, first)

    def test_s1_27_decision_is_an_opening(self):
        record = self.make("proposed")
        self.do("leader", record, "instruct", "Do it.")
        self.assertEqual(record.date_opened, fields.Datetime.now())

    def test_s1_27_urgent_unopened_is_red_and_reminds_the_clerk(self):
        late = self.make("screened", urgency="extra_urgent")
        calm = self.make("screened")
        by_section = self.make("screened", urgency="urgent", screening="section")
        opened = self.make("screened", urgency="urgent")
        opened.with_user(self.users["leader"])._note_opening()
        records = late | calm | by_section | opened
        mine = [("id", "in", records.ids)]
        self.run_job()
        self.assertFalse(self.messages_to("clerk"), "still in time")
        self.clock.move_to(late.opening_due + timedelta(seconds=1))
        records.invalidate_recordset()
        self.assertEqual(records.filtered("is_opening_late"), late)
        for value, expected in ((True, late), (False, records - late)):
            found = self.model.search([("is_opening_late", "=", value), *mine])
            self.assertEqual(found, expected)
        arch = self.model.get_view(view_type="list")["arch"]
        self.assertIn('decoration-danger="is_opening_late"', arch)
        shift = self.env["office.duty.shift"].create(
            {
                "date_start": fields.Datetime.now() - timedelta(hours=1),
                "date_end": fields.Datetime.now() + timedelta(hours=8),
                "user_id": self.users["liaison"].id,
                "leader_id": self.users["leader"].id,
            }
        )
        with permit(shift, "on_duty"):
            shift.state = "on_duty"
        self.run_job()
        message = self.messages_to("clerk")
        self.assertEqual(len(message), 1)
        self.assertEqual(len(self.messages_to("liaison")), 1, "who is on duty")
        self.assertIn(late.display_name, message.body)
        self.run_job()
        self.assertEqual(len(self.messages_to("clerk")), 1, "reminded once")
        self.open_form(late, "leader")
        self.assertFalse(late.is_opening_late)

    def test_k05_share_opened_in_time(self):
        before = self.env["office.indicator"].measure(["K05"], TODAY, TODAY)[0]
        in_time, too_late, unopened = (self.make("proposed") for _nth in range(3))
        in_time.with_user(self.users["leader"])._note_opening()
        self.to_day(3)
        too_late.with_user(self.users["leader"])._note_opening()
        Indicator = self.env["office.indicator"].with_user(self.users["leader"])
        (figure,) = Indicator.measure(["K05"], TODAY, TODAY)
        self.assertEqual(figure["numerator"] - before["numerator"], 1)
        self.assertEqual(figure["denominator"] - before["denominator"], 3)
        action = Indicator.open_records("K05", TODAY, TODAY)
        found = self.model.search(action["domain"])
        self.assertLessEqual(in_time | too_late | unopened, found)
        (other,) = Indicator.measure(["K05"], "2026-03-11", "2026-03-12")
        self.assertFalse(other["denominator"])

    def test_k05_median_of_the_hours(self):
        records = [self.make("proposed") for _nth in range(4)]
        for record, hours in zip(records[:3], (1, 1, 7), strict=True):
            self.clock.tick(timedelta(hours=hours))
            record.with_user(self.users["leader"])._note_opening()
        Indicator = self.env["office.indicator"].with_user(self.users["leader"])
        day = fields.Date.context_today(self.model)
        (figure,) = Indicator.measure(["K05M"], day, day)
        found = self.model.search(
            Indicator.open_records("K05M", day, day)["domain"]
        ).mapped("opening_hours")
        self.assertEqual(figure["value"], median(found))
        self.assertEqual(figure["denominator"], len(found))
        self.assertIn(9.0, found)
        self.assertNotEqual(figure["value"], sum(found) / len(found))

    def test_k09_backlog_by_holder(self):
        record, calm = self.make("proposed"), self.make("replied")
        self.clock.move_to(record.step_due + timedelta(seconds=1))
        Indicator = self.env["office.indicator"].with_user(self.users["leader"])
        (figure,) = Indicator.measure(["K09"], TODAY, TODAY)
        found = self.model.search(Indicator.open_records("K09", TODAY, TODAY)["domain"])
        self.assertIn(record, found)
        self.assertNotIn(calm, found)
        self.assertEqual(figure["value"], len(found))
        late = self.make("handling")
        self.to_day(late.date_deadline + timedelta(days=1))
        (figure,) = Indicator.measure(["K09"], TODAY, TODAY)
        unit = [unit for unit in figure["units"] if unit["id"] == self.unit.id]
        self.assertEqual([unit["numerator"] for unit in unit], [1])
        action = Indicator.open_records("K09", TODAY, TODAY, self.unit.id)
        self.assertEqual(self.model.search(action["domain"]), late)


@tagged("post_install", "-at_install")
class TestDocumentSlip(RoadCase):
    """F6 收文处理签: what stands on it, and that it is put away with the document."""

    def print(self, record):
        report = self.env["ir.actions.report"].with_context(tz="Asia/Shanghai")
        content, _kind = report._render_qweb_pdf(
            "office_functions.report_f6_document_slip", record.ids
        )
        return content

    def files(self, record):
        return self.env["ir.attachment"].search(
            [("res_model", "=", self.model_name), ("res_id", "=", record.id)]
        )

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "office_functions.ir_cron_freeze_slips"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def test_f6_document_for_action(self):
        record = self.make(
            "proposed",
            sender_number="府发〔2026〕7号",
            copies=2,
            page_count=5,
            annexes="Form",
            assisting_unit_ids=[self.other_unit.id],
        )
        self.do("leader", record, "instruct", "Check every bus.")
        self.do("clerk", record, "assign")
        record.with_user(self.users["staff"]).write(
            {"result": "All 80 checked.", "reply_text": "Done.", "no_reply_needed": 0}
        )
        self.do("staff", record, "reply")
        text = pdf_text(self.print(record))
        for words in (
            "收文处理签",
            record.number,
            "DistrictGovernment",
            "府发〔2026〕7号",
            "2026年3月10日10:00",
            "2份/5页",
            "Form",
            "办件/阅件",
            "Thesectionshouldcheckeverybus.",
            "TestDirector",
            "Checkeverybus.",
            "TestLeader",
            "主办：TestSection",
            "协办：TestOtherSection",
            "2026年3月19日",
            "All80checked.",
            "Done.",
            "非密",
            "平件",
        ):
            self.assertIn(words, text)

    def test_f6_signatures_of_the_readers(self):
        record = self.make("screened", kind="reading")
        self.circulate_to(record, "leader", "staff")
        self.do("clerk", record, "circulate")
        self.do("leader", record, "remark", "Well done.")
        text = pdf_text(self.print(record))
        for words in ("传阅人", "TestLeader", "Welldone.", "2026.3.1010:00"):
            self.assertIn(words, text)
        self.assertNotIn("已阅", text)
        self.do("staff", record, "read")
        self.assertIn("已阅", pdf_text(self.print(record)))
        self.assertFalse(self.files(record))

    def test_slip_is_put_away_and_stays_as_it_was(self):
        record = self.make("archived")
        secret = self.make("replied", reply_text=False)
        with permit(secret):
            secret.write({"secrecy_level": "secret", "original_location": "Safe"})
        self.do("clerk", secret, "archive")
        self.run_job()
        self.assertTrue(record.is_slip_frozen)
        self.assertEqual(
            self.files(record).mapped("name"),
            [f"收文处理签 {record.archive_number}.pdf"],
        )
        self.assertTrue(secret.is_slip_frozen)
        self.assertFalse(self.files(secret))
        noted = self.env["office.audit.log"].search([], order="id desc", limit=1)
        self.assertEqual(noted.res_model, record._name)
        self.assertIn("收文", noted.detail, "the job names it as the paper does")
        self.assertIn("收文处理签", pdf_text(self.print(secret)))
        first = self.print(record)
        received = "2026年3月10日10:00"
        self.assertIn(received, pdf_text(first), "by the clock of the company")
        with permit(record):
            record.name = "Another title"
        self.assertEqual(self.print(record), first)
        self.run_job()
        self.assertEqual(len(self.files(record)), 1)
