# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .hall_case import HallCase
from .petition_secret_case import MARKER, SecretCase, SecretFixture
from .test_upload import make_pdf

READERS = ("director", "leader", "section_head", "petition_officer", "staff")
FEW = ("petition_officer", "staff")
"""The handler and the petition officers."""


class FilesFixture(SecretFixture):
    def make_petition(self, **vals):
        """Register a petition that staff handles."""
        return self.register(
            handler_id=self.users["staff"].id, lead_unit_id=self.unit.id, **vals
        )

    def put_in(self, petition, visibility="internal", role="petition_officer"):
        """Let somebody add a file.

        :return: the file, in superuser mode
        """
        file = (
            self.env["ir.attachment"]
            .with_user(self.users[role])
            .create(
                {
                    "name": f"{MARKER}.txt",
                    "raw": MARKER.encode(),
                    "res_model": petition._name,
                    "res_id": petition.id,
                }
            )
        )
        if visibility != "internal":
            file.office_visibility = visibility
        self.env.flush_all()
        self.env.invalidate_all()
        return file.sudo()

    def assertReaders(self, file, roles):
        """Assert who finds, counts and reads a file."""
        users = self.env["res.users"].union(*(self.users[role] for role in READERS))
        export = self.env.ref("base.group_allow_export")
        users.write({"group_ids": [Command.link(export.id)]})
        for role in READERS:
            self.env.invalidate_all()
            mine = file.with_user(self.users[role]).sudo(False)
            on_it = [("res_model", "=", file.res_model), ("res_id", "=", file.res_id)]
            with self.subTest(role=role):
                seen = role in roles
                self.assertEqual(mine.has_access("read"), seen)
                self.assertEqual(mine.search_count(on_it), int(seen))
                self.assertEqual(mine.search_count([("id", "=", file.id)]), int(seen))
                self.assertEqual(
                    mine.search_count([("name", "=", file.name)]), int(seen)
                )
                petition = mine.env[file.res_model].browse(file.res_id)
                if petition.has_access("read"):
                    shown = mine if seen else mine.browse()
                    self.assertEqual(petition.file_ids, shown)
                    self.assertEqual(petition.message_attachment_count, int(seen))
                if not seen:
                    with self.assertRaises(AccessError):
                        mine.read(["name", "raw"])
                    with self.assertRaises(AccessError):
                        mine.copy({"res_model": False, "res_id": False})
                    with self.assertRaises(AccessError):
                        mine.write({"name": "?"})
                    with self.assertRaises(AccessError):
                        mine.export_data(["name"])


@tagged("post_install", "-at_install", "office_service")
class TestPetitionFiles(FilesFixture, SecretCase):
    """For whom each file of a petition is, file by file (R-PET-10, A4, A9)."""

    def test_a_new_file_is_inside_the_house(self):
        petition = self.make_petition()
        opened = {"default_office_visibility": "person"}
        Files = self.env["ir.attachment"].with_user(self.users["petition_officer"])
        file = Files.with_context(**opened).create(
            {"name": "a", "res_model": petition._name, "res_id": petition.id}
        )
        self.assertEqual(file.office_visibility, "internal")
        message = petition.with_context(**opened).message_post(
            body="?", attachments=[("b.txt", b"b")]
        )
        self.assertEqual(message.attachment_ids.office_visibility, "internal")
        # Nor is what was opened elsewhere open here.
        loose = Files.create({"name": "c", "office_visibility": "person"})
        loose.with_user(self.users["petition_officer"]).sudo().write(
            {"res_model": petition._name, "res_id": petition.id}
        )
        self.assertEqual(loose.sudo().office_visibility, "internal")
        self.assertFalse(petition.sudo()._get_public_downloads())

    def mail_in(self, petition, sender):
        """Let an e-mail bring a file to a petition.

        :return: the file, as the petition officer sees it
        """
        message = petition.sudo().message_post(
            body="See there",
            message_type="email",
            email_from=sender,
            attachments=[("bill.txt", b"bill")],
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return message.attachment_ids.with_user(self.users["petition_officer"])

    def test_a9_what_came_by_mail_says_from_whom_and_is_sorted_in_one_click(self):
        petition = self.make_petition()
        petition.sudo().identity_ids[:1].email = "zhang@example.com"
        officer = petition.with_user(self.users["petition_officer"])
        own = self.mail_in(petition, '"张三丰" <Zhang@Example.com>')
        strange = self.mail_in(petition, "mallory@example.org")
        self.assertIn("the person's own address: z****@", own.office_sender)
        self.assertIn("we do not know: m******@", strange.office_sender)
        self.assertNotIn("zhang", own.office_sender.lower())
        self.assertEqual((own | strange).mapped("office_visibility"), ["internal"] * 2)
        self.assertTrue(officer.has_unsorted_files)
        self.assertFalse(petition.sudo()._get_public_downloads())
        liaison = own.with_user(self.users["section_head"])
        with self.assertRaises(AccessError):
            liaison.with_context(office_audience="person").action_sort()
        with self.assertRaises(AccessError):
            own.with_context(office_audience="everybody").action_sort()
        own.with_context(office_audience="person").action_sort()
        self.assertEqual(
            [*petition.sudo()._get_public_downloads().values()], ["bill.txt"]
        )
        self.assertTrue(officer.has_unsorted_files)
        strange.with_context(office_audience="internal").action_sort()
        self.assertFalse(officer.has_unsorted_files)
        self.assertFalse(strange.office_unsorted)
        strange.office_unsorted = True
        self.env.invalidate_all()
        self.assertFalse(strange.office_unsorted)
        by_hand = self.put_in(petition)
        self.assertFalse(by_hand.office_unsorted)
        self.assertEqual(
            by_hand.office_sender, self.users["petition_officer"].display_name
        )

    def test_who_reads_the_petition_reads_what_is_inside(self):
        file = self.put_in(self.make_petition())
        self.assertReaders(file, READERS)

    def test_what_is_restricted_is_for_handler_and_officers(self):
        file = self.put_in(self.make_petition(), "restricted")
        self.assertReaders(file, FEW)
        file.with_user(self.users["staff"]).sudo(False).office_visibility = "internal"
        self.assertReaders(file, READERS)

    def test_of_a_report_only_those_admitted_read_what_is_restricted(self):
        report = self.register(self.keeper, is_report=True)
        file = self.put_in(report, role="keeper")
        file.with_user(self.keeper).sudo(False).office_visibility = "restricted"
        self.assertReaders(file, ())
        mine = file.with_user(self.keeper).sudo(False)
        self.assertTrue(mine.has_access("read"))

    def test_who_handles_on_behalf_reads_what_is_restricted(self):
        file = self.put_in(self.make_petition(), "restricted")
        lent = self.make_user("test_files_lent", "office_functions.group_office_leader")
        mine = file.with_user(lent).sudo(False)
        self.assertFalse(mine.has_access("read"))
        self.env["office.delegation"].create(
            {
                "principal_id": self.users["staff"].id,
                "delegate_id": lent.id,
                "date_to": "2099-12-31",
            }
        )
        self.env.invalidate_all()
        self.assertTrue(mine.has_access("read"))
        self.assertTrue(mine.search_count([("id", "=", file.id)]))

    def test_only_few_say_for_whom_a_file_is(self):
        petition = self.make_petition()
        file = self.put_in(petition)
        for role in ("director", "leader", "section_head"):
            mine = file.with_user(self.users[role]).sudo(False)
            for visibility in ("person", "restricted"):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    mine.office_visibility = visibility
        director = self.env["ir.attachment"].with_user(self.users["director"])
        with self.assertRaises(AccessError):
            director.create(
                {
                    "name": "a",
                    "res_model": petition._name,
                    "res_id": petition.id,
                    "office_visibility": "person",
                }
            )
        self.assertEqual(file.office_visibility, "internal")
        self.assertFalse(petition.sudo()._get_public_downloads())
        file.with_user(self.users["staff"]).sudo(False).office_visibility = "person"
        self.assertTrue(petition.sudo()._get_public_downloads())

    def test_each_change_is_put_on_record(self):
        petition = self.make_petition()
        file = self.put_in(petition, "person")
        mine = file.with_user(self.users["staff"]).sudo(False)
        mine.office_visibility = "restricted"
        mine.office_visibility = "restricted"
        mine.office_visibility = "internal"
        lines = self.env["office.audit.log"].search([("kind", "=", "file")], order="id")
        self.assertEqual(
            lines.mapped("detail"),
            [
                "Inside the House → Also for the Person",
                "Also for the Person → Handler and Petition Officers Only",
                "Handler and Petition Officers Only → Inside the House",
            ],
        )
        self.assertEqual(lines[1:].user_id, self.users["staff"])
        said = petition.sudo().message_ids.sorted("id")[-3:].mapped("body")
        self.assertIn(MARKER, said[0])
        # Who reads the petition learns that there is one, not what it is.
        self.assertNotIn(MARKER, said[1] + said[2])

    def test_no_message_carries_what_is_restricted(self):
        petition = self.make_petition()
        message = petition.message_post(body="?", attachments=[("b.txt", b"b")])
        file = message.attachment_ids
        file.sudo().generate_access_token()
        file.office_visibility = "restricted"
        self.assertFalse(message.attachment_ids)
        self.assertFalse(file.sudo().access_token)
        for record in (petition, self.users["petition_officer"].partner_id):
            with self.assertRaises(ValidationError):
                record.message_post(body="?", attachment_ids=file.ids)
        with self.assertRaises(ValidationError):
            message.sudo().attachment_ids = [Command.link(file.id)]
        with self.assertRaises(ValidationError):
            file.res_id = self.make_petition().id

    def test_no_mail_takes_outside_what_is_inside(self):
        petition = self.make_petition()
        outside = self.env["res.partner"].create({"name": "X", "email": "x@x.example"})
        file = self.put_in(petition)
        with self.assertRaisesRegex(UserError, MARKER):
            petition.message_post(
                body="?", partner_ids=outside.ids, attachment_ids=file.ids
            )
        file.with_user(self.users["staff"]).sudo(False).office_visibility = "person"
        self.assertTrue(
            petition.message_post(
                body="?", partner_ids=outside.ids, attachment_ids=file.ids
            )
        )

    def test_no_file_is_public(self):
        file = self.put_in(self.make_petition())
        with self.assertRaises(ValidationError):
            file.public = True

    def test_a_copy_of_what_is_restricted_is_restricted(self):
        file = self.put_in(self.make_petition(), "restricted")
        mine = file.with_user(self.users["staff"]).sudo(False)
        self.assertEqual(mine.copy().office_visibility, "restricted")
        mine.office_visibility = "person"
        self.assertEqual(mine.copy().office_visibility, "internal")


@tagged("post_install", "-at_install", "office_service")
class TestPetitionFilesHttp(FilesFixture, HallCase):
    """The same by every address that gives out files."""

    def test_no_address_gives_what_is_restricted(self):
        file = self.put_in(self.make_petition())
        token = file.generate_access_token()[0]
        raw, thumb = file._get_raw_access_token(), file._get_thumbnail_token()
        own = file._get_ownership_token()
        file.with_user(self.users["staff"]).sudo(False).office_visibility = "restricted"
        # A link that somebody kept, or made again, opens nothing.
        file.access_token = token
        self.env.flush_all()
        paths = (
            f"/web/content/{file.id}",
            f"/web/content/{file.id}?download=1&access_token={token}",
            f"/web/content/{file.id}?access_token={raw}",
            f"/web/content/{file.id}/thumbnail?access_token={thumb}",
            f"/web/content/ir.attachment/{file.id}/datas?access_token={token}",
            f"/web/image/{file.id}?access_token={token}",
            f"/web/image/{file.id}?access_token={raw}",
            f"/mail/attachment/pdf_first_page/{file.id}?access_token={own}",
        )
        delete = {"attachment_id": file.id, "access_token": own}
        for login in (None, "director", "school", "staff"):
            user = login and self.users[login].login
            self.authenticate(user, user)
            with self.subTest(login=login), mute_logger("odoo.http"):
                said = [self.url_open(path).text for path in paths]
                said.append(
                    self.url_open(
                        "/mail/attachment/zip",
                        data={
                            "file_ids": f"[{file.id}]",
                            "zip_name": "a.zip",
                            "csrf_token": "x",
                        },
                    ).text
                )
                thread = {
                    "thread_model": file.res_model,
                    "thread_id": file.res_id,
                    "request_list": ["attachments"],
                }
                said.append(
                    self.url_open(
                        "/mail/data",
                        data=json.dumps(
                            {"params": {"fetch_params": [["mail.thread", thread]]}}
                        ),
                        headers={"Content-Type": "application/json"},
                    ).text
                )
                if login != "staff":
                    self.url_open(
                        "/mail/attachment/delete",
                        data=json.dumps({"params": delete}),
                        headers={"Content-Type": "application/json"},
                    )
                    self.assertTrue(file.exists())
                seen = [MARKER in text for text in said]
                if login == "staff":
                    self.assertTrue(seen[0])
                else:
                    self.assertFalse(any(seen), said)

    def test_the_hall_gives_what_is_for_the_person_and_nothing_else(self):
        petition, _page = self.file(
            "petition", files=[("files", ("a.pdf", make_pdf(), "application/pdf"))]
        )
        own = petition.sudo().file_ids
        self.assertEqual(own.office_visibility, "person")
        annex = self.put_in(petition)
        self.leave()
        self.follow("petition", petition.query_code)
        url = "/office/petition/track/files/{}"
        for visibility, status in (
            ("internal", 404),
            ("person", 200),
            ("restricted", 404),
        ):
            annex.office_visibility = visibility
            self.env.flush_all()
            with self.subTest(visibility):
                answer = self.url_open(url.format(annex.id))
                self.assertEqual(answer.status_code, status)
                self.assertEqual(MARKER in answer.text, status == 200)
                page = self.url_open("/office/petition/track").text
                self.assertEqual(f"/files/{annex.id}" in page, status == 200)
                self.assertIn(f"/files/{own.id}", page)
                # Without the code, nothing by any other address.
                for path in (f"/web/content/{annex.id}", f"/web/image/{annex.id}"):
                    self.assertNotIn(MARKER, self.url_open(path).text)

    def test_a_strangers_document_is_saved_never_opened(self):
        petition, _page = self.file(
            "petition", files=[("files", ("a.pdf", make_pdf(), "application/pdf"))]
        )
        theirs, ours = petition.sudo().file_ids, self.put_in(petition)
        self.env.flush_all()
        officer = self.users["petition_officer"].login
        self.authenticate(officer, officer)
        for file, shown in ((theirs, "attachment"), (ours, "inline")):
            for path in (f"/web/content/{file.id}?foo=1", f"/web/content/{file.id}/a"):
                answer = self.url_open(path)
                with self.subTest(path):
                    self.assertEqual(answer.status_code, 200)
                    said = answer.headers["Content-Disposition"]
                    self.assertTrue(said.startswith(shown), said)
