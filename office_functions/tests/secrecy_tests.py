# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What every model of ``office.secrecy.mixin`` must prove (R-SEC-1 to 3)."""

from odoo.exceptions import UserError, ValidationError

from ..models.office_secrecy_mixin import SECRET_LEVELS
from .secrecy_register_tests import SecrecyRegisterTests

WARNING = "strictly forbidden"


class SecrecyTests(SecrecyRegisterTests):
    """Of a state secret only its entry in the register is kept, on every road in."""

    def content_of(self, name):
        """Return a value that fills a content field."""
        kind = self.model._fields[name].type
        return "<p>Secret</p>" if kind == "html" else "Secret"

    def test_register_entry_is_kept(self):
        for level in SECRET_LEVELS:
            self.assertTrue(self.make_secret(level).is_secret)

    def test_original_must_be_somewhere(self):
        with self.assertRaisesRegex(ValidationError, "Original Kept At"):
            self.model.create({**self.secret_vals(), "original_location": False})

    def test_content_is_refused_on_every_road(self):
        for name in self.model._content_fields:
            if self.model._fields[name].type not in ("char", "text", "html"):
                continue
            forged = {name: self.content_of(name)}
            label = self.model._fields[name].string
            with self.subTest(field=name):
                with self.assertRaisesRegex(ValidationError, WARNING) as caught:
                    self.model.create({**self.secret_vals(), **forged})
                self.assertIn(label, str(caught.exception))
                with self.assertRaisesRegex(ValidationError, WARNING):
                    self.make_secret().write(forged)
                open_paper = self.model.create({**self.sample_vals(), **forged})
                with self.assertRaisesRegex(ValidationError, WARNING):
                    open_paper.write(
                        {"secrecy_level": "secret", "original_location": "Safe"}
                    )
                result = self.model.load(
                    [".id", name], [[str(self.make_secret().id), forged[name]]]
                )
                self.assertFalse(result["ids"])

    def test_no_file_hangs_on_it(self):
        record = self.make_secret()
        vals = {"name": "plan.txt", "raw": b"x"}
        home = {"res_model": self.model_name, "res_id": record.id}
        with self.assertRaisesRegex(ValidationError, WARNING):
            self.env["ir.attachment"].create({**vals, **home})
        loose = self.env["ir.attachment"].create(vals)
        with self.assertRaisesRegex(ValidationError, WARNING):
            loose.write(home)

    def test_a_paper_with_files_becomes_no_secret(self):
        record = self.model.create(
            {**self.sample_vals(), **dict.fromkeys(self.model._content_fields, False)}
        )
        self.env["ir.attachment"].create(
            {
                "name": "plan.txt",
                "raw": b"x",
                "res_model": self.model_name,
                "res_id": record.id,
            }
        )
        with self.assertRaisesRegex(ValidationError, "delete the attachments"):
            record.write({"secrecy_level": "secret", "original_location": "Safe"})

    def test_nobody_chats_about_it(self):
        record = self.make_secret()
        with self.assertRaisesRegex(ValidationError, WARNING):
            record.message_post(body="It says that …", message_type="comment")
        user = self.users[self.creator_role]
        for kind in ("comment", "notification"):
            with self.subTest(kind=kind), self.assertRaises(UserError):
                self.env["mail.message"].with_user(user).create(
                    {
                        "model": self.model_name,
                        "res_id": record.id,
                        "body": "It says that …",
                        "message_type": kind,
                    }
                )

    def test_work_secrets_are_for_those_concerned(self):
        record = self.make(secrecy_level="internal", lead_unit_id=False)
        for role, user in self.users.items():
            if not self.model.with_user(user).has_access("read"):
                continue
            tokens = set(user._get_office_tokens())
            concerned = not tokens.isdisjoint(record.office_parties)
            with self.subTest(role=role):
                if role in ("leader", "director"):
                    self.assertTrue(record.with_user(user).has_access("read"))
                elif not concerned:
                    self.assertFalse(record.with_user(user).has_access("read"))

    def test_a13_who_opens_a_work_secret_is_on_record(self):
        record, other = self.make(secrecy_level="internal"), self.make()
        leader = self.users["leader"]
        log = self.env["office.audit.log"].with_user(self.users["director"])
        name = self.model._content_fields[0]
        for paper in record | other:
            paper.with_user(leader).web_read({name: {}})
        self.env.flush_all()
        line = log.search([("kind", "=", "view"), ("user_id", "=", leader.id)])
        self.assertEqual((line.res_model, line.res_ids), (record._name, record.ids))
