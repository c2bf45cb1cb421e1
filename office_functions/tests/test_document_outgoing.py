# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import io

from docx import Document

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from ..tools.transition import permit
from .common import TODAY, ClockFixture, OfficeCase, OfficeHttpCase, OfficeRaceCase
from .matter_tests import MatterTests
from .race_tests import MatterRaceTests
from .receipt_tests import ReceiptTests
from .rpc_tests import RpcTests
from .secrecy_tests import SecrecyTests
from .step_tests import StepTests
from .test_paper import pdf_text


class OutgoingFixture(ClockFixture):
    model_name = "office.document.outgoing"
    creator_role = "staff"
    relations = {
        "drafter": "staff",
        "handler": "staff",
        "reviewer": "director",
        "signer": "leader",
        "countersigner": "section_head",
        "unit_head": "section_head",
    }
    copies_field = "print_copies"

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.subunit.manager_id = cls.unit.manager_id
        cls.basis = cls.env["office.regulation"].create({"name": "Basis"})
        cls.company.office_principal_leader_id = cls.users["leader"]
        return result

    @classmethod
    def sample_vals(cls):
        return {
            "name": "关于做好校舍检查工作的通知",
            "document_type": "notice",
            "body": "<p>请各校于本月底前完成检查。</p>",
            "disclosure": "active",
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "reviewer_id": cls.users["director"].id,
            "signer_id": cls.users["leader"].id,
            "main_text": "各学校",
        }

    def prepare(self, record, row):
        vals = {
            "policy_basis_ids": [Command.set(self.basis.ids)],
            "print_copies": 20,
            "proofreader_id": self.users["staff"].id,
            "seal_copies": 20,
            "retention": "30",
        }
        guarded = {}
        if row.sources == ("reviewing",):
            findings = self.env["office.document.finding"]
            record.finding_ids.filtered("is_resolved").is_resolved = True
            asked = row.name == "ask_countersign"
            vals["countersign_unit_ids"] = [
                Command.set(self.subunit.ids if asked else [])
            ]
            record.finding_ids.is_resolved = True
            if row.name == "return_draft":
                findings.create({"document_id": record.id, "name": "数字不对"})
        if row.name == "resubmit":
            record.finding_ids.is_resolved = True
        if row.name in ("agree", "differ"):
            record.countersign_ids.write({"result": "pending"})
        if row.name == "send_to_sign":
            record.countersign_ids.write({"result": "agreed"})
        if row.name in ("ask_seal", "issue_unsealed"):
            vals["with_seal"] = row.name == "ask_seal"
        if row.name in ("seal", "issue"):
            guarded["seal_approver_id"] = self.users["leader"].id
        with permit(record):
            record.write(vals | guarded)
        if row.name == "issue" and not record.seal_use_ids:
            record._after_seal(False)


class TestDocumentOutgoing(
    OutgoingFixture, MatterTests, StepTests, SecrecyTests, ReceiptTests, OfficeCase
):
    """An outgoing document passes the tests of all its mechanisms."""


class TestDocumentOutgoingRpc(OutgoingFixture, RpcTests, OfficeHttpCase):
    """No client comes by another road than the transitions."""


class TestDocumentOutgoingRace(OutgoingFixture, MatterRaceTests, OfficeRaceCase):
    """Two people at once make one step, and get two numbers."""


class TestOutgoingRules(OutgoingFixture, OfficeCase):
    """The rules of domain.md: M2, R-DOC-1 … R-DOC-9, S1.17, S1.24."""

    def as_(self, record, role):
        return record.with_user(self.users[role])

    def refused(self, record, role, name, *words, note=False):
        with self.assertRaises(UserError) as caught:
            self.as_(record, role).do_transition(name, note)
        self.assertSays(caught.exception, *words)

    def make_draft(self, **vals):
        return self.make(policy_basis_ids=[Command.set(self.basis.ids)], **vals)

    def find(self, record, name, kind="wording"):
        finding = self.env["office.document.finding"].with_user(self.users["clerk"])
        return finding.create({"document_id": record.id, "name": name, "kind": kind})

    # The whole road -------------------------------------------------------------------

    def test_m2_from_draft_to_archive(self):
        record = self.make_draft(
            main_unit_ids=[Command.set(self.other_unit.ids)],
            countersign_unit_ids=[Command.set(self.subunit.ids)],
        )
        self.as_(record, "section_head").do_transition("submit")
        self.as_(record, "director").do_transition("ask_countersign")
        self.assertEqual(record.holder_id, self.users["section_head"])
        self.refused(record, "director", "send_to_sign", self.subunit.name)
        self.as_(record, "section_head").do_transition("agree", "同意")
        self.assertEqual(record.holder_id, self.users["director"])
        self.as_(record, "director").do_transition("send_to_sign")
        self.as_(record, "leader").do_transition("sign", "同意印发。")
        self.assertRecordValues(
            record,
            [
                {
                    "signed_by_id": self.users["leader"].id,
                    "date_signed": TODAY,
                    "signing_opinion": "同意印发。",
                    "number": False,
                }
            ],
        )
        self.refused(record, "clerk", "register", "Print Copies")
        self.as_(record, "clerk").print_copies = 30
        self.as_(record, "clerk").do_transition("register")
        self.assertRegex(record.number, r"^教发〔2026〕\d+号$")
        self.as_(record, "clerk").do_transition("print")
        self.as_(record, "clerk").proofreader_id = self.users["clerk"]
        self.as_(record, "clerk").do_transition("ask_seal")
        self.assertEqual(record.holder_id, self.users["leader"])
        self.as_(record, "clerk").seal_copies = 30
        self.refused(record, "clerk", "seal", "without a leader's approval")
        self.refused(record, "clerk", "issue", "has not been logged")
        self.as_(record, "leader").do_transition("approve_seal")
        self.refused(record, "leader", "approve_seal", "approved already")
        self.as_(record, "clerk").do_transition("seal")
        self.assertRecordValues(
            record.seal_use_ids,
            [
                {
                    "copies": 30,
                    "user_id": self.users["clerk"].id,
                    "approver_id": self.users["leader"].id,
                }
            ],
        )
        self.as_(record, "clerk").do_transition("issue")
        self.assertEqual(record.receipt_ids.department_id, self.other_unit)
        self.refused(record, "clerk", "archive", "Retention")
        self.as_(record, "clerk").retention = "30"
        self.as_(record, "clerk").do_transition("archive")
        self.assertEqual(record.state, "archived")

    # Before the review ----------------------------------------------------------------

    def test_m2_all_gaps_are_told_at_once(self):
        record = self.make(disclosure=False, body="<p>根据××××，通知如下。</p>")
        self.refused(
            record,
            "section_head",
            "submit",
            "disclosure attribute",
            "policy or law",
            "blanks of the template",
        )

    def test_r_doc_9_reason_unless_published(self):
        for attribute in ("on_request", "none"):
            record = self.make_draft(disclosure=attribute)
            self.refused(record, "section_head", "submit", "why it is not published")
            record.disclosure_reason = "内部管理事项"
            self.as_(record, "section_head").do_transition("submit")

    def test_r_doc_3_request(self):
        record = self.make_draft(
            document_type="request",
            main_text=False,
            main_organs="区人民政府、区财政局",
        )
        self.assertEqual(record.direction, "up")
        self.refused(
            record,
            "section_head",
            "submit",
            "one main addressee; here are 2",
            "One Matter Only",
            "contact person",
        )
        record.write(
            {
                "main_organs": "区人民政府",
                "main_text": "区人民政府",
                "is_single_matter": True,
                "contact_name": "何静",
                "contact_phone": "12345678",
            }
        )
        self.as_(record, "section_head").do_transition("submit")
        with self.assertRaisesRegex(ValidationError, "goes to a superior"):
            self.make_draft(document_type="request", direction="down")

    def test_r_doc_3_a_subordinates_request_goes_up_with_our_own_view(self):
        came = self.env["office.document.incoming"].create(
            {"name": "关于增加编制的请示", "sender": "第一小学", "direction": "up"}
        )
        draft = self.model.browse(came.action_make_reply()["res_id"])
        self.assertTrue(draft.is_passed_on)
        record = self.make_draft(
            document_type="request",
            main_organs="区人民政府",
            main_text="区人民政府",
            is_single_matter=True,
            contact_name="何静",
            contact_phone="12345678",
            is_passed_on=True,
        )
        self.refused(record, "section_head", "submit", "with our own view")
        record.own_view = "建议增加两名教师编制。"
        self.as_(record, "section_head").do_transition("submit")

    def test_r_doc_3_no_request_in_a_report(self):
        record = self.make_draft(
            document_type="report", body="<p>情况如上。妥否，请批示。</p>"
        )
        self.refused(record, "section_head", "submit", "妥否、请批示")

    def test_r_doc_3_not_to_leaders_in_person(self):
        record = self.make_draft(main_text="王建国区长")
        self.refused(record, "section_head", "submit", "leaders in person: 王建国区长")
        record.is_leader_order = True
        self.as_(record, "section_head").do_transition("submit")

    def test_r_doc_1_fifteen_types_with_their_templates(self):
        types = self.model._fields["document_type"].get_values(self.env)
        self.assertEqual(len(types), 15)
        templates = self.env["office.document.template"].search([])
        self.assertEqual(set(templates.mapped("document_type")), set(types))
        vals = self.sample_vals()
        del vals["body"]
        for kind in types:
            document = self.model.create({**vals, "document_type": kind})
            self.assertIn("××", document.body, kind)

    def test_templates_are_the_administrators(self):
        template = self.env["office.document.template"].search([], limit=1)
        self.as_(template, "admin").body = "<p>新的</p>"
        for role in ("director", "staff"):
            with self.assertRaises(AccessError):
                self.as_(template, role).body = "<p>改</p>"

    def test_template_gives_way_to_what_was_written(self):
        vals = self.sample_vals()
        body = vals.pop("body")
        document = self.model.create(vals)
        document.document_type = "letter"
        self.assertIn("函商", document.body)
        document.body = body
        document.document_type = "notice"
        self.assertEqual(document.body, body)

    def test_template_of_a_company_goes_first(self):
        self.env["office.document.template"].create(
            {
                "document_type": "notice",
                "body": "<p>本单位</p>",
                "company_id": self.company.id,
            }
        )
        vals = self.sample_vals()
        del vals["body"]
        self.assertEqual(self.model.create(vals).body, "<p>本单位</p>")
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self.model.create({**vals, "company_id": other.id})
        self.assertNotEqual(theirs.body, "<p>本单位</p>")

    # Who drafted it -------------------------------------------------------------------

    def test_a2_whoever_wrote_it_neither_reviews_nor_signs(self):
        record = self.make_draft()
        self.as_(record, "director").body = "<p>主任改写的正文。</p>"
        self.refused(record, "director", "submit", "a part in this yourself")
        self.refused(record, "section_head", "submit", "does not review it")
        record = self.make_draft(signer_id=self.users["director"].id)
        self.refused(record, "section_head", "submit", "does not sign it")

    def test_a2_a_former_drafter_stays_one(self):
        record = self.make_draft(handler_id=self.users["director"].id)
        record.handler_id = self.users["staff"]
        self.assertIn(self.users["director"], record._relation_drafter())
        with self.assertRaises(UserError):
            record.drafters = []

    def test_staff_write_their_drafts_only_while_they_are_drafts(self):
        record = self.make_draft()
        self.as_(record, "staff").body = "<p>修改。</p>"
        self.as_(record, "section_head").do_transition("submit")
        with self.assertRaises(AccessError):
            self.as_(record, "staff").body = "<p>再改。</p>"

    # Review: S1.17, K04 ---------------------------------------------------------------

    def measure(self, code):
        indicator = self.env["office.indicator"].with_user(self.users["director"])
        [figure] = indicator.measure([code], TODAY, TODAY)
        return figure["value"]

    def test_s1_17_findings_lower_the_first_pass_rate(self):
        first = self.make("reviewing", policy_basis_ids=[Command.set(self.basis.ids)])
        self.as_(first, "director").do_transition("pass_review")
        self.assertEqual((self.measure("K04"), self.measure("K04E")), (100, 0))
        second = self.make("reviewing", policy_basis_ids=[Command.set(self.basis.ids)])
        self.refused(second, "director", "return_draft", "at least one review finding")
        self.find(second, "文号写错", "format")
        self.find(second, "数据与年报不符", "fact")
        self.as_(second, "director").do_transition("return_draft")
        self.assertEqual(second.return_count, 1)
        self.assertEqual((self.measure("K04"), self.measure("K04E")), (50, 1))
        [row] = self.model._measure_first_pass(TODAY, TODAY)
        self.assertEqual(row[1], self.users["staff"].id, "the drafter's own rate")
        action = self.env["office.indicator"].open_records("K04", TODAY, TODAY)
        self.assertEqual(self.model.search(action["domain"]), first | second)

    def test_s1_17_returned_draft_comes_back_with_its_findings_resolved(self):
        record = self.make("reviewing", policy_basis_ids=[Command.set(self.basis.ids)])
        finding = self.find(record, "标题与正文不符")
        self.refused(record, "director", "pass_review", "标题与正文不符")
        self.as_(record, "director").do_transition("return_draft")
        self.refused(record, "staff", "resubmit", "标题与正文不符")
        with self.assertRaises(UserError):
            self.as_(finding, "staff").name = "没有问题"
        self.as_(finding, "staff").is_resolved = True
        self.as_(record, "staff").do_transition("resubmit")
        self.as_(record, "director").do_transition("pass_review")
        self.assertEqual((record.state, record.return_count), ("signing", 1))

    def test_findings_are_the_offices_and_of_the_review(self):
        draft, reviewed = self.make_draft(), self.make("reviewing")
        with self.assertRaises(UserError):
            self.find(draft, "早了")
        finding = self.find(reviewed, "错字")
        self.assertTrue(self.as_(finding, "staff").has_access("read"))
        for role in ("section_head", "staff"):
            with self.assertRaises(UserError):
                self.as_(finding, role).create(
                    {"document_id": reviewed.id, "name": "我的"}
                )
        stranger = self.make_user("test_x", "office_functions.group_office_staff")
        self.assertFalse(finding.with_user(stranger).has_access("read"))
        self.as_(finding, "clerk").unlink()
        signed = self.make("verified")
        with self.assertRaises(UserError):
            self.find(signed, "晚了")

    # Countersigning -------------------------------------------------------------------

    def test_m2_difference_is_recorded_and_the_leader_decides(self):
        record = self.make("reviewing")
        self.prepare(record, record._get_transition("ask_countersign"))
        self.as_(record, "director").do_transition("ask_countersign")
        self.refused(record, "section_head", "differ", "write down the reason")
        self.as_(record, "section_head").do_transition("differ", "经费来源未落实")
        self.assertTrue(record.has_difference)
        self.assertRecordValues(
            record.countersign_ids,
            [{"result": "differed", "opinion": "经费来源未落实"}],
        )
        self.refused(record, "section_head", "agree", "not yours to make")
        self.as_(record, "director").do_transition("send_to_sign")
        self.as_(record, "leader").do_transition("sign", "按第一方案办。")
        with self.assertRaises(UserError):
            record.countersign_ids.unlink()

    def test_m2_asked_anew_after_a_change(self):
        record = self.make("countersigning")
        self.as_(record, "section_head").do_transition("agree")
        self.as_(record, "director").do_transition("send_to_sign")
        self.as_(record, "leader").do_transition("send_back", "重写第二段")
        self.as_(record, "staff").do_transition("resubmit")
        self.as_(record, "director").do_transition("ask_countersign")
        self.assertEqual(
            record.countersign_ids.mapped("result"), ["superseded", "pending"]
        )

    # Signature ------------------------------------------------------------------------

    def test_r_doc_4_principal_leader_signs_upward_and_important(self):
        deputy = self.make_user("test_deputy", "office_functions.group_office_leader")
        for vals in ({"document_type": "report"}, {"is_important": True}):
            record = self.make("reviewing", **vals)
            self.assertEqual(record.signer_id, self.users["leader"])
            record.signer_id = deputy
            self.prepare(record, record._get_transition("pass_review"))
            self.refused(record, "director", "pass_review", self.users["leader"].name)
            self.company.office_principal_leader_id = False
            self.refused(record, "director", "pass_review", "administrator names")
            self.company.office_principal_leader_id = self.users["leader"]
        ordinary = self.make("signing", signer_id=deputy.id)
        ordinary.with_user(deputy).do_transition("sign", "同意")
        self.assertEqual(ordinary.signed_by_id, deputy)

    def test_a12_signed_by_delegation_says_so(self):
        record = self.make("signing")
        deputy = self.make_user("test_deputy", "office_functions.group_office_leader")
        self.env["office.delegation"].create(
            {
                "principal_id": self.users["leader"].id,
                "delegate_id": deputy.id,
                "date_from": "2026-03-01",
                "date_to": "2026-03-31",
            }
        )
        record.with_user(deputy).do_transition("sign", "同意")
        step = record._get_step("sign")
        self.assertEqual(step.principal_id, self.users["leader"])
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "office_functions.report_f7_draft_sheet", record.ids
        )
        self.assertIn("TestDeputy（代TestLeader）", pdf_text(pdf))

    # Verification and number ----------------------------------------------------------

    def test_m2_change_of_substance_goes_back_to_the_signer(self):
        record = self.make("verified", print_copies=5)
        clerk = self.as_(record, "clerk")
        clerk.body = "<p>请各校，于本月底前完成检查！</p>"
        with self.undone():
            clerk.do_transition("register")
        clerk.body = "<p>请各校于本月中旬前完成检查。</p>"
        self.refused(record, "clerk", "register", "goes back to the signer")
        clerk.do_transition("back_to_signer", "时限有改动")
        self.assertFalse(record.signed_by_id)
        self.as_(record, "leader").do_transition("sign", "同意修改")
        clerk.do_transition("register")
        self.assertTrue(record.number)

    def test_r_doc_number_of_letters_and_minutes(self):
        numbers = {
            kind: self.make("registered", document_type=kind).number
            for kind in ("notice", "letter", "minutes")
        }
        for kind, prefix in (
            ("notice", "教发"),
            ("letter", "教函"),
            ("minutes", "教纪"),
        ):
            self.assertTrue(numbers[kind].startswith(f"{prefix}〔2026〕"), numbers)

    def test_r_doc_8_no_seal_without_approval_and_every_use_logged(self):
        record = self.make("sealing", seal_copies=3)
        use = self.env["office.seal.use"]
        with self.assertRaises(AccessError):
            self.as_(use, "clerk").create(
                {
                    "res_model": record._name,
                    "res_id": record.id,
                    "copies": 1,
                    "user_id": 1,
                    "approver_id": 1,
                }
            )
        self.refused(record, "clerk", "seal", "第25条")
        self.as_(record, "leader").do_transition("approve_seal")
        self.as_(record, "clerk").do_transition("seal")
        self.as_(record, "clerk").do_transition("seal", "补盖一次")
        self.assertEqual(len(record.seal_use_ids), 2)
        for act in (
            lambda: record.seal_use_ids[0].write({"copies": 1}),
            lambda: record.seal_use_ids[0].unlink(),
        ):
            with self.assertRaises(UserError):
                act()

    # Distribution ---------------------------------------------------------------------

    def issue_to(self, units, **vals):
        record = self.make("sealing", main_unit_ids=[Command.set(units.ids)], **vals)
        self.walk(record, record._get_transition("issue"))
        return record

    def test_s1_24_who_has_not_read_it_is_known_by_name(self):
        schools = self.env["hr.department"].create(
            [
                {"name": f"School {nth}", "unit_kind": "school", "company_id": False}
                for nth in range(19)
            ]
        )
        for nth, school in enumerate(schools):
            login = f"test_school_{nth}"
            user = self.make_user(login, "office_functions.group_office_school")
            school.office_user_ids = [Command.set(user.ids)]
        record = self.issue_to(schools | self.school)
        self.assertEqual(record.receipt_count, 20)
        for school in schools[:18]:
            record.with_user(school.office_user_ids).action_confirm_receipt()
        self.assertEqual(record.read_count, 18)
        self.assertEqual(
            set(record.unread_names.split("、")), {self.school.name, "School 18"}
        )
        view = self.model.get_view(view_type="list")["arch"]
        self.assertIn('name="unread_names"', view)
        self.env["office.receipt"]._tell_all()
        self.as_(record, "clerk").action_remind_unread()
        reminded = record.receipt_ids.filtered("reminder_count")
        self.assertEqual(reminded.department_id, self.school | schools[18])

    def test_schools_see_what_is_addressed_to_them_once_it_is_issued(self):
        record = self.make("sealing", main_unit_ids=[Command.set(self.school.ids)])
        self.assertFalse(self.as_(record, "school").has_access("read"))
        self.walk(record, record._get_transition("issue"))
        self.assertTrue(self.as_(record, "school").has_access("read"))
        self.assertFalse(self.as_(record, "liaison").has_access("read"))

    def test_m2_revoked_is_void_from_the_start_and_all_are_told(self):
        record = self.issue_to(self.school)
        self.as_(record, "school").action_confirm_receipt()
        self.to_day(5)
        self.as_(record, "leader").do_transition("revoke", "依据已废止")
        self.assertEqual(record.date_void, record.date_issued)
        self.check_told_again(record, "counts as void from the day")

    def test_m2_repealed_is_void_from_that_day_and_all_are_told(self):
        record = self.issue_to(self.school)
        self.as_(record, "school").action_confirm_receipt()
        self.to_day(5)
        self.as_(record, "leader").do_transition("repeal", "工作已经完成")
        self.assertEqual((record.date_void - record.date_issued).days, 5)
        self.check_told_again(record, "no effect from today")

    def check_told_again(self, record, words):
        self.assertEqual(record.unread_names, self.school.name)
        self.assertTrue(record.receipt_ids.date_first_read)
        self.env["office.receipt"]._tell_all()
        partner = self.users["school"].partner_id
        message = self.env["mail.message"].search(
            [("partner_ids", "in", partner.ids)], order="id desc", limit=1
        )
        self.assertSays(message.subject, "Without effect", record.number)
        self.assertSays(message.body, words)
        self.as_(record, "school").action_confirm_receipt()
        self.assertFalse(record.unread_names)

    # Bad input ------------------------------------------------------------------------

    def test_bad_input(self):
        with self.assertRaisesRegex(ValidationError, "digits only"):
            self.make(copy_number="12a")
        with self.assertRaisesRegex(ValidationError, "same words"):
            self.make(title_lines="关于做好\n别的事的通知")
        record = self.make(title_lines="关于做好校舍\n检查工作的通知")
        self.assertEqual(record._prepare_layout().title[1], "检查工作的通知")


class TestOutgoingDownload(OutgoingFixture, OfficeHttpCase):
    """The DOCX file over HTTP."""

    def test_docx_is_for_those_who_read_the_document(self):
        record = self.make()
        address = f"/office/document/{record.id}.docx"
        self.authenticate("test_staff", "test_staff")
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200)
        document = Document(io.BytesIO(answer.content))
        texts = [paragraph.text for paragraph in document.paragraphs]
        self.assertIn("请各校于本月底前完成检查。", texts)
        line = self.env["office.audit.log"].search([], limit=1)
        self.assertEqual((line.detail, line.res_ids), ("DOCX", record.ids))
        self.authenticate("test_canteen", "test_canteen")
        self.assertEqual(self.url_open(address).status_code, 403)
        self.authenticate("test_director", "test_director")
        self.assertEqual(self.url_open("/office/document/0.docx").status_code, 404)
