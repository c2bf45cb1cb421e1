# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What leaves the office's registers leaves a line: who, what, how many, when (A13)."""

import io
import json
from datetime import date, timedelta

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.http import Request
from odoo.tests import Form

from ..tools.transition import permit
from .common import OfficeCase, OfficeHttpCase
from .rpc_tests import GUARDED


class AuditFixture:
    """Errors on the register, and the log since the test began."""

    def setUp(self):
        super().setUp()
        self.log = self.env["office.audit.log"]
        self.last_id = self.log.search([], limit=1).id or 0
        exporting = self.env.ref("base.group_allow_export")
        exporting.user_ids |= self.users["clerk"] | self.users["director"]
        self.errors = self.env["office.error"].create(
            [{"name": name, "text": name} for name in ("Wrong number", "Wrong date")]
        )

    def attach_plan(self, matter):
        """Return a file that hangs on a matter."""
        return self.env["ir.attachment"].create(
            {
                "name": "plan.txt",
                "raw": b"Quietly",
                "res_model": matter._name,
                "res_id": matter.id,
            }
        )

    def make_restricted(self):
        """Return a directive that only the leader and the director see."""
        directive = self.env["office.directive"].create(
            {
                "name": "Look into it",
                "text": "Quietly",
                "lead_unit_id": self.unit.id,
                "leader_id": self.users["leader"].id,
            }
        )
        directive.with_user(self.users["leader"]).restrict()
        directive.with_user(self.users["leader"]).admit(self.users["director"])
        self.env.flush_all()
        return directive

    def get_lines(self):
        """Return what was noted since the test began."""
        self.env.invalidate_all()
        return self.log.search([("id", ">", self.last_id)])

    def assertNoted(self, role, kind, model, records, detail):
        """Assert that there is one line, with who, what, how many and when."""
        line = self.get_lines()
        self.assertRecordValues(
            line,
            [
                {
                    "user_id": self.users[role].id,
                    "kind": kind,
                    "res_model": model,
                    "res_ids": records.ids,
                    "record_count": len(records),
                    "company_id": self.company.id,
                }
            ],
        )
        self.assertIn(detail, line.detail)
        self.assertEqual(line.model_label, self.env["ir.model"]._get(model).name)
        return line


class TestAuditLog(AuditFixture, OfficeCase):
    """Who writes and who reads the log, at a stopped clock."""

    def note(self, role="clerk", company=None):
        """Let somebody export the errors, and return the line."""
        errors = self.errors.with_user(self.users[role])
        if company:
            errors = errors.with_company(company)
        errors.export_data(["name", "number"])
        return self.get_lines()[:1]

    def test_export_is_noted(self):
        self.note()
        line = self.assertNoted(
            "clerk", "export", "office.error", self.errors, "name, number"
        )
        self.assertEqual(line.date, Datetime.to_datetime("2026-03-10 02:00:00"))

    def test_export_of_a_table_made_of_many_is_noted(self):
        overview = self.env["office.matter.overview"].with_user(self.users["director"])
        rows = overview.search([("res_model", "=", "office.error")])
        self.assertTrue(rows)
        rows.export_data(["name"])
        self.assertNoted("director", "export", "office.matter.overview", rows, "name")

    def test_export_of_praise_is_noted(self):
        praise = self.env["office.praise"].create(
            {"name": "Helped", "department_id": self.school.id}
        )
        praise.with_user(self.users["director"]).export_data(["name", "points"])
        self.assertNoted("director", "export", "office.praise", praise, "points")

    def test_export_of_what_is_not_the_office_s_is_not_noted(self):
        partners = self.env["res.partner"].with_user(self.users["clerk"])
        self.assertTrue(partners.search([], limit=2).export_data(["name"])["datas"])
        self.assertFalse(self.get_lines())

    def test_print_is_noted(self):
        document = self.env["office.document.incoming"].create(
            {"name": "Notice on exams", "sender": "City Commission"}
        )
        report = self.env.ref("office_functions.report_f6_document_slip")
        report.with_user(self.users["clerk"])._render_qweb_pdf(report, document.ids)
        line = self.assertNoted(
            "clerk", "print", "office.document.incoming", document, report.name
        )
        self.assertEqual(line.date, Datetime.to_datetime("2026-03-10 02:00:00"))

    def test_refused_print_is_not_noted(self):
        report = self.env.ref("office_functions.report_f6_document_slip")
        document = self.env["office.document.incoming"].create(
            {"name": "Notice on exams", "sender": "City Commission"}
        )
        with self.assertRaises(AccessError):
            report.with_user(self.users["canteen"])._render_qweb_pdf(
                report, document.ids
            )
        self.assertFalse(self.get_lines())

    def test_bulletin_download_is_noted(self):
        information = self.env["office.information"]
        information.create(
            {"name": "Mended roof", "lead_unit_id": self.unit.id, "direction": "up"}
        )
        wizard = Form(
            self.env["office.information.bulletin"].with_user(self.users["clerk"])
        ).save()
        rows = wizard._get_rows()
        wizard.action_download()
        line = self.get_lines()
        self.assertEqual(len(line), 1)
        self.assertEqual((line.kind, line.detail), ("export", "F14"))
        self.assertEqual(line.record_count, len(rows))

    def test_each_day_and_each_person_has_a_line_of_its_own(self):
        directive = self.make_restricted()
        for day, role in ((0, "leader"), (0, "director"), (0, "leader"), (2, "leader")):
            self.to_day(date(2026, 3, 10) + timedelta(days=day))
            directive.with_user(self.users[role]).read(["text"])
        lines = self.get_lines().filtered(lambda line: line.kind == "view")
        self.assertEqual(
            [line.user_id for line in lines.sorted("id")],
            [self.users[role] for role in ("leader", "director", "leader")],
        )
        self.assertNotIn("Quietly", str(lines.read()))
        director, other = (
            self.users["director"],
            self.make_user(
                "test_other_director", "office_functions.group_office_director"
            ),
        )
        mine, theirs = (lines.with_user(user) for user in (director, other))
        self.assertEqual(set(mine.mapped("record_names")), {directive.display_name})
        self.assertEqual(set(theirs.mapped("record_names")), {False})

    def test_a_line_is_for_the_company_of_what_was_read(self):
        directive = self.make_restricted()
        theirs = self.env["res.company"].create({"name": "Other District"})
        leader = self.users["leader"]
        leader.company_ids |= theirs
        companies = (theirs | self.company).ids
        mine = directive.with_user(leader).with_context(allowed_company_ids=companies)
        mine.read(["text"])
        self.assertNoted("leader", "view", directive._name, directive, "")

    def test_a_page_of_the_portal_is_a_reading(self):
        directive = self.make_restricted()
        school = self.users["school"]
        directive.with_user(self.users["leader"]).admit(school)
        with permit(directive, "issued"):
            directive.state = "issued"
        theirs = directive.with_user(school)
        for _nth in range(2):
            theirs._get_portal_page()
        self.assertNoted("school", "view", directive._name, directive, "")

    def test_a_preview_of_a_print_is_a_reading(self):
        document = self.env["office.document.incoming"].create(
            {
                "name": "Notice",
                "sender": "City Commission",
                "secrecy_level": "internal",
            }
        )
        report = "office_functions.report_f6_document_slip"
        reports = self.env["ir.actions.report"].with_user(self.users["leader"])
        reports._render_qweb_pdf(report, document.ids)
        self.assertEqual(self.get_lines().mapped("kind"), ["print"])
        reports._render_qweb_html(report, document.ids, {"report_type": "html"})
        self.assertEqual(self.get_lines().mapped("kind"), ["view", "print"])

    def test_each_road_to_what_hangs_on_a_matter_is_a_reading(self):
        """The log, the messages and the files alone tell as much as the form."""
        directive = self.make_restricted()
        file = self.attach_plan(directive)
        message = directive.message_post(body="Quietly")
        leader = self.users["leader"]
        theirs = directive.with_user(leader)
        Message = message.browse().with_user(leader)
        self.env.flush_all()
        for road in (
            theirs.get_matter_panel,
            lambda: Message._message_fetch(None, thread=theirs),
            lambda: Message.search([("id", "=", message.id)]).read(["body"]),
            lambda: file.with_user(leader).read(["raw"]),
        ):
            self.last_id = self.log.search([], limit=1).id or 0
            self.clock.tick(timedelta(days=2))
            self.env.invalidate_all()
            road()
            self.assertNoted("leader", "view", directive._name, directive, "")
        self.last_id = self.log.search([], limit=1).id
        self.clock.tick(timedelta(days=2))
        self.env.invalidate_all()
        file.with_user(leader).read(["name"])
        Message.browse(message.id).read(["date"])
        self.assertFalse(self.get_lines(), "names and dates tell nothing")

    def test_what_hangs_on_an_open_matter_is_read_unseen(self):
        error = self.errors[0].with_user(self.users["clerk"])
        error.get_matter_panel()
        error.message_ids._message_fetch(None, thread=error)
        error.message_ids.read(["body"])
        self.assertFalse(self.get_lines())

    def test_changes_of_points_are_noted(self):
        Score = self.env["office.information.score"].with_user(self.users["director"])
        own = Score.create(
            {
                "kind": "late",
                "level": "city",
                "points": -3,
                "company_id": self.company.id,
            }
        )
        self.assertNoted("director", "points", Score._name, own, "— →")
        own.write({"points": -3, "sequence": 7})
        own.points = -5
        line = self.get_lines()[0]
        self.assertEqual(len(self.get_lines()), 2)
        self.assertRegex(line.detail, r": -3 → .*: -5$")
        own.unlink()
        self.assertTrue(self.get_lines()[0].detail.endswith("→ —"))

    def test_common_points_are_every_company_s_concern(self):
        theirs = self.env["res.company"].create({"name": "Other District"})
        Score = self.env["office.information.score"].with_user(self.users["director"])
        answer = Score.load(["kind", "level", "points"], [["false", "city", "-3"]])
        self.assertTrue(answer["ids"], answer)
        self.assertLessEqual(theirs | self.company, self.get_lines().company_id)
        with self.assertRaises(AccessError):
            Score.search([], limit=1).with_user(self.users["clerk"]).points = 100

    def test_only_the_first_thousand_ids_are_kept(self):
        many = self.env["office.error"].browse(range(1, 1502))
        self.log.with_user(self.users["clerk"])._note("export", many)
        line = self.get_lines()
        self.assertEqual(line.record_count, 1501)
        self.assertEqual(line.res_ids, list(range(1, 1001)))

    def test_nobody_writes_the_log(self):
        line = self.note()
        values = {"user_id": self.users["staff"].id, "kind": "print", "res_model": "x"}
        for role in self.users:
            log = self.log.with_user(self.users[role])
            for attempt in (
                lambda log=log: log.create(values),
                lambda log=log: log.browse(line.id).write({"record_count": 0}),
                lambda log=log: log.browse(line.id).unlink(),
            ):
                with self.subTest(role=role), self.assertRaises(UserError):
                    attempt()
        self.assertEqual(self.get_lines(), line)
        self.assertEqual(line.record_count, 2)

    def test_the_system_itself_changes_nothing(self):
        line = self.note()
        with self.assertRaisesRegex(UserError, "never changed"):
            line.record_count = 0
        with self.assertRaisesRegex(UserError, "never deleted"):
            line.unlink()

    def test_who_reads_the_log(self):
        line = self.note()
        readers = {"director", "leader"}
        for role in self.users:
            log = self.log.with_user(self.users[role])
            with self.subTest(role=role):
                self.assertEqual(log.has_access("read"), role in readers)
                if role in readers:
                    self.assertIn(line, log.search([]))
                else:
                    with self.assertRaises(AccessError):
                        log.search([])

    def test_lines_of_another_company_stay_unseen(self):
        theirs = self.env["res.company"].create({"name": "Other District"})
        director = self.make_user(
            "test_their_director",
            "office_functions.group_office_director",
            company_id=theirs.id,
            company_ids=theirs.ids,
        )
        self.env.ref("base.group_allow_export").user_ids |= director
        line = self.note()
        log = self.log.with_user(director)
        self.assertNotIn(line, log.search([]))
        with self.assertRaises(AccessError):
            log.browse(line.id).read(["detail"])
        own = self.env["office.praise"].with_user(director)
        own.create({"name": "Helped", "department_id": self.school.id}).export_data(
            ["name"]
        )
        self.assertEqual(log.search([]).company_id, theirs)
        reader = self.log.with_user(self.users["director"])
        self.assertEqual(reader.search([("id", ">=", line.id)]), line)

    def test_the_screen_offers_no_change(self):
        log = self.log.with_user(self.users["director"])
        arch = log.get_view(view_type="list")["arch"]
        for name in ("create", "edit", "delete"):
            self.assertIn(f'{name}="0"', arch)


class TestAuditLogRoads(AuditFixture, OfficeHttpCase):
    """The roads a browser takes."""

    def sign_in(self, role):
        login = self.users[role].login
        self.authenticate(login, login)

    def call(self, method, *args):
        params = {
            "model": "office.audit.log",
            "method": method,
            "args": args,
            "kwargs": {},
        }
        answer = self.url_open("/web/dataset/call_kw", json={"params": params})
        return answer.json()

    def export(self, **options):
        """Export the errors as the list does, and return the sheet."""
        data = {
            "model": "office.error",
            "fields": [
                {"name": "name", "label": "Name", "type": "char"},
                {"name": "kind", "label": "Kind", "type": "selection"},
            ],
            "ids": self.errors.ids,
            "domain": [],
            "groupby": [],
            "import_compat": False,
            **options,
        }
        token = Request.csrf_token(self)
        answer = self.url_open(
            "/web/export/xlsx", data={"data": json.dumps(data), "csrf_token": token}
        )
        self.assertEqual(answer.status_code, 200)
        return load_workbook(io.BytesIO(answer.content)).active

    def test_list_export_is_noted_once(self):
        self.sign_in("clerk")
        before = Datetime.now()
        names = {row[0].value for row in self.export()}
        self.assertLessEqual(set(self.errors.mapped("name")), names)
        line = self.assertNoted(
            "clerk", "export", "office.error", self.errors, "name, kind"
        )
        self.assertLessEqual(before, line.date)
        self.assertLessEqual(line.date, Datetime.now())

    def test_grouped_export_is_noted_once(self):
        self.sign_in("clerk")
        self.export(groupby=["kind"])
        self.assertNoted("clerk", "export", "office.error", self.errors, "name, kind")

    def test_pdf_download_is_noted_once(self):
        document = self.env["office.document.incoming"].create(
            {"name": "Notice on exams", "sender": "City Commission"}
        )
        report = self.env.ref("office_functions.report_f6_document_slip")
        self.sign_in("clerk")
        answer = self.url_open(f"/report/pdf/{report.report_name}/{document.id}")
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.content.startswith(b"%PDF"))
        self.assertNoted(
            "clerk", "print", "office.document.incoming", document, report.name
        )

    def test_a_browser_that_opens_a_restricted_matter_is_noted_once(self):
        directive = self.make_restricted()
        self.sign_in("leader")
        for _nth in range(2):
            params = {
                "model": directive._name,
                "method": "web_read",
                "args": [directive.ids, {"text": {}}],
                "kwargs": {},
            }
            self.url_open("/web/dataset/call_kw", json={"params": params})
        self.assertNoted("leader", "view", directive._name, directive, "")

    def test_a_browser_that_fetches_a_file_or_messages_is_noted(self):
        directive = self.make_restricted()
        file = self.attach_plan(directive)
        self.sign_in("leader")
        answer = self.url_open(f"/web/content/{file.id}?download=1")
        self.assertEqual(answer.content, b"Quietly")
        self.assertNoted("leader", "view", directive._name, directive, "")
        self.sign_in("director")
        self.last_id = self.log.search([], limit=1).id
        params = {"thread_model": directive._name, "thread_id": directive.id}
        self.url_open("/mail/thread/messages", json={"params": params})
        self.assertNoted("director", "view", directive._name, directive, "")

    def test_no_road_by_rpc(self):
        self.sign_in("clerk")
        self.export()
        line = self.get_lines()
        values = {"user_id": 2, "kind": "print", "res_model": "office.error"}
        for role in ("staff", "director", "leader", "admin"):
            self.sign_in(role)
            for method, args in (
                ("create", [values]),
                ("name_create", ["office.error"]),
                ("copy", [line.ids]),
                ("write", [line.ids, {"record_count": 0}]),
                ("web_save", [line.ids, {"record_count": 0}, {}]),
                ("unlink", [line.ids]),
                ("_note", ["export", "office.error"]),
                ("load", [["kind", "res_model"], [["print", "office.error"]]]),
            ):
                with self.subTest(role=role, method=method):
                    answer = self.call(method, *args)
                    if method == "load":
                        refused = not answer.get("result", {}).get("ids")
                    else:
                        name = answer["error"]["data"]["name"].split(".")[-1]
                        refused = name in GUARDED
                    self.assertTrue(refused, answer)
        self.assertEqual(self.get_lines(), line)
        self.assertEqual(line.record_count, 2)
        self.sign_in("director")
        self.assertTrue(self.call("search", [("id", "=", line.id)])["result"])
        self.sign_in("staff")
        self.assertIn("error", self.call("search", [("id", "=", line.id)]))
