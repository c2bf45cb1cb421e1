# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import AccessError

from ..tools.mail_reply import get_reply_text
from .common import TODAY, OfficeCase
from .mail_case import UrgingMailCase


class TestUrgingMail(UrgingMailCase, OfficeCase):
    """A notice is answered by its addressee's e-mail, and by nobody else's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls.users["staff"]
        cls.head = cls.users["section_head"]
        for user in cls.users.values():
            user.email = f"{user.login}@example.com"

    def setUp(self):
        super().setUp()
        self.matter = self.env["office.help.request"].create(
            {
                "name": "Chairs for the hall",
                "text": "Forty chairs",
                "lead_unit_id": self.unit.id,
                "handler_id": self.staff.id,
                "date_deadline": TODAY + timedelta(days=3),
            }
        )
        self.matter._pass_by_system(
            next(
                row.name
                for row in self.matter._get_transitions()
                if row.target in self.matter._clock_start_states
            )
        )
        self.urging = self.matter.with_user(self.users["clerk"]).urge("Hurry", "2")
        self.mail = self.tell(self.urging, self.staff)

    def test_a_reply_by_mail_is_the_reply(self):
        source = self.compose(self.mail, self.staff, "明天办好。", [("a.png", b"x")])
        self.assertFalse(self.receive(source))
        self.assertEqual(self.urging.reply, "明天办好。")
        self.assertEqual(self.urging.replier_id, self.staff)
        kept = self.matter.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertEqual(kept.author_id, self.staff.partner_id)
        self.assertEqual(kept.attachment_ids.name, "a.png")
        self.assertFalse(self.receive(source), "delivered twice, taken once")
        self.assertEqual(
            self.matter.message_ids.filtered(lambda m: m.message_type == "email"), kept
        )

    def test_any_addressee_answers_the_message_they_got(self):
        theirs = self.tell(self.urging, self.head)
        self.assertFalse(self.receive(self.compose(theirs, self.head, "We will.")))
        self.assertEqual(self.urging.replier_id, self.head)

    def assertRefused(self, source, words):
        bounce = self.receive(source)
        self.assertFalse(self.urging.date_replied)
        self.assertFalse(
            self.matter.message_ids.filtered(lambda m: m.message_type == "email")
        )
        if words:
            self.assertIn(words, bounce.body_html)
        else:
            self.assertFalse(bounce)

    def test_foreign_senders_are_refused(self):
        for sender in (
            "stranger@elsewhere.example.org",
            self.users["outsider"],
            self.users["director"],
        ):
            with self.subTest(sender=sender):
                self.assertRefused(
                    self.compose(self.mail, sender, "Done"), "from the address"
                )

    def test_the_message_of_another_is_no_key(self):
        theirs = self.tell(self.urging, self.head)
        self.assertRefused(self.compose(theirs, self.staff, "Done"), "Only those")

    def test_nobody_plays_the_gateway(self):
        for role in ("director", "staff", "admin"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.urging.with_user(self.users[role]).message_post(
                    body="Done",
                    parent_id=self.mail.id,
                    email_from=self.staff.email,
                )

    def test_a_recused_person_is_refused(self):
        self.matter.with_user(self.users["leader"]).recuse(self.staff, "A relative")
        self.assertRefused(self.compose(self.mail, self.staff, "Done"), "Only those")

    def test_machines_are_not_answered(self):
        for headers in (
            {"Auto_Submitted": "auto-replied (vacation)"},
            {"Precedence": "bulk"},
            {"X_Autoreply": "yes"},
            {"Return_Path": "<>"},
        ):
            with self.subTest(headers=headers):
                self.assertRefused(
                    self.compose(self.mail, self.staff, "I am away", **headers), ""
                )
        bounce = self.compose(self.mail, "MAILER-DAEMON@example.com", "Undelivered")
        self.assertRefused(bounce, "")

    def test_answered_once(self):
        self.urging.with_user(self.head).send_reply("By the head")
        bounce = self.receive(self.compose(self.mail, self.staff, "By me"))
        self.assertIn("replied to this notice already", bounce.body_html)
        self.assertEqual(self.urging.reply, "By the head")

    def test_a_reply_without_words(self):
        self.assertRefused(self.compose(self.mail, self.staff, ""), "write a reply")

    def test_new_words_only(self):
        for body, words in (
            ("<p>Done.</p><p>Truly.</p>", "Done.\nTruly."),
            ("<pre>Done.\n-- \nMr Li</pre>", "Done."),
            ("<pre>好。\n在2026年3月1日，王某 写道：\n&gt; 请答复</pre>", "好。"),
            ("<pre>Yes\nOn Monday, office wrote:\n&gt; When?</pre>", "Yes"),
            ("<pre>办结\n发件人: 办公室\n请答复</pre>", "办结"),
            ("<div>Yes</div><blockquote>When?</blockquote>", "Yes"),
            ("<p>a &lt; b</p><script>alert(1)</script>", "a < b"),
            ("", ""),
            (False, ""),
        ):
            with self.subTest(body=body):
                self.assertEqual(get_reply_text(body), words)
