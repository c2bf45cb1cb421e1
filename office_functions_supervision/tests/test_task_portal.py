# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import re

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import HttpCase, new_test_user, tagged

from .common import SupervisionCase

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


class SchoolCase(SupervisionCase):
    """A school with a task of its own, and a second school without."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        school = "office_functions.group_office_school"
        cls.school_user = new_test_user(cls.env, "v_school", school, name="School One")
        cls.other_user = new_test_user(cls.env, "v_school2", school, name="School Two")
        cls.citizen = new_test_user(cls.env, "v_citizen", "base.group_portal")
        cls.school, cls.other_school = cls.env["hr.department"].create(
            [
                {"name": name, "unit_kind": "school", "office_user_ids": user.ids}
                for name, user in (
                    ("School One", cls.school_user),
                    ("School Two", cls.other_user),
                )
            ]
        )
        ticket = cls.make_ticket()
        cls.task = ticket.task_ids[0]
        cls.task.write(
            {
                "name": "Open two more classes",
                "requirement": "With paint and chairs",
                "lead_unit_id": cls.school.id,
                "handler_id": cls.school_user.id,
            }
        )
        ticket.with_user(cls.director).do_transition("file")
        ticket.with_user(cls.supervisor).do_transition("assign")
        cls.ticket = ticket

    @property
    def mine(self):
        """The task, as the school sees it."""
        return self.task.with_user(self.school_user)


@tagged("post_install", "-at_install", "office_supervision")
class TestTaskPortal(SchoolCase):
    def find(self, user):
        Task = self.env["office.supervision.task"].with_user(user)
        return Task.search(Task._get_portal_domain())

    def test_a_school_finds_its_own_tasks_only(self):
        self.assertEqual(self.find(self.school_user), self.task)
        self.assertFalse(self.find(self.other_user))
        self.assertFalse(self.find(self.leader), "the pages are of one's own work")
        self.assertEqual(self.find(self.staff_b), self.ticket.task_ids[1])
        with self.assertRaises(AccessError):
            self.find(self.citizen)

    def test_states_have_public_words(self):
        states = set(self.task._fields["state"].get_values(self.env))
        self.assertEqual(
            states - set(self.task._get_public_states()), {"draft", "cancelled"}
        )

    def test_page_offers_what_is_open(self):
        self.assertEqual(
            self.mine._get_portal_page()["steps"], {"accept", "give_back", "extension"}
        )
        self.mine.do_transition("accept")
        self.assertEqual(
            self.mine._get_portal_page()["steps"], {"feedback", "extension"}
        )
        colleague = new_test_user(
            self.env, "v_school3", "office_functions.group_office_school"
        )
        self.school.office_user_ids = [Command.link(colleague.id)]
        self.env.invalidate_all()
        theirs = self.task.with_user(colleague)
        self.assertFalse(theirs._get_portal_page()["steps"], "not theirs to do")
        with self.assertRaises(UserError):
            theirs.report_from_portal({"text": "Done"})

    def test_feedback_with_files(self):
        self.mine.do_transition("accept")
        values = {"kind": "final", "text": "Opened.", "progress": ""}
        with self.assertRaisesRegex(UserError, "proof"):
            self.mine.report_from_portal(values)
        feedback = self.mine.report_from_portal(values, [("a.png", PNG)])
        self.assertEqual(feedback.state, "submitted")
        self.assertEqual(feedback.author_id, self.school_user)
        self.assertEqual(self.task.state, "reported")
        self.env.invalidate_all()
        proof = feedback.sudo().attachment_ids
        self.assertEqual(proof.with_user(self.leader).raw, PNG)
        self.assertFalse(proof.with_user(self.other_user).has_access("read"))
        [shown] = self.mine._get_portal_page()["feedback"]
        [file] = shown["files"]
        self.assertEqual((file["id"], file["name"]), (proof.id, "a.png"))
        with self.assertRaises(AccessError):
            feedback.with_user(self.other_user)._get_portal_files()

    def test_feedback_sent_back_is_mended(self):
        self.mine.do_transition("accept")
        feedback = self.mine.report_from_portal(
            {"kind": "final", "text": "Opened.", "proof": "Room 3"}
        )
        feedback.with_user(self.supervisor).do_transition("send_back", "Which class?")
        draft = self.mine._get_portal_page()["draft"]
        self.assertEqual((draft["text"], draft["kind"]), ("Opened.", "final"))
        again = self.mine.report_from_portal({"text": "Class 1", "progress": "50"})
        self.assertEqual(again, feedback)
        self.assertEqual((again.kind, again.progress), ("stage", 50))

    def test_bad_forms_tell_all_that_is_wrong(self):
        self.mine.do_transition("accept")
        with self.assertRaises(UserError) as refusal:
            self.mine.report_from_portal({"kind": "x", "progress": "many"})
        for words in ("the result", "what was done", "between 0 and 100"):
            self.assertIn(words, str(refusal.exception))
        with self.assertRaisesRegex(UserError, "files at most"):
            self.mine.report_from_portal({"text": "x"}, [("a", b"a")] * 11)
        for files in (5, "ab", [1], [("a", "text")], [(None, b"x")]):
            with self.assertRaisesRegex(UserError, "cannot be read"):
                self.mine.report_from_portal({"text": "x"}, files)
        with self.assertRaises(UserError) as refusal:
            self.mine.ask_extension_from_portal("tomorrow", " ")
        for words in ("new deadline", "reason"):
            self.assertIn(words, str(refusal.exception))
        for values in (None, "text", {"text": "x", "author_id": self.leader.id}):
            with self.subTest(values=values):
                try:
                    feedback = self.mine.report_from_portal(values)
                except UserError:
                    continue
                self.assertEqual(feedback.author_id, self.school_user)

    def test_extension_goes_to_who_set_the_deadline(self):
        extension = self.mine.ask_extension_from_portal(
            Date.to_string(self.day(15)), "The builder is late"
        )
        self.assertEqual(extension.state, "asked")
        self.assertEqual(self.task.date_deadline, self.day(10))
        extension.with_user(self.leader).do_transition("approve")
        self.assertEqual(self.task.date_deadline, self.day(15))

    def test_other_schools_stay_outside(self):
        theirs = self.task.with_user(self.other_user)
        for step in (
            lambda: theirs.report_from_portal({"text": "x"}),
            lambda: theirs.ask_extension_from_portal("2030-01-01", "x"),
            lambda: theirs.do_transition("accept"),
            theirs._get_portal_page,
        ):
            with self.assertRaises(AccessError):
                step()


@tagged("post_install", "-at_install", "office_supervision")
class TestTaskPages(SchoolCase, HttpCase):
    """The pages under /my/office/task, as a school's browser gets them."""

    def setUp(self):
        super().setUp()
        self.page = f"/my/office/task/{self.task.id}"
        self.authenticate("v_school", "v_school")

    def post(self, step, files=None, token=True, **values):
        found = re.search(
            r'name="csrf_token" value="(\w+)"', self.url_open(self.page).text
        )
        if token:
            values["csrf_token"] = found[1]
        answer = self.url_open(f"{self.page}/{step}", data=values, files=files)
        self.env.invalidate_all()
        return answer

    def test_a_school_signs_reports_asks_and_replies(self):
        self.assertIn("/my/office/task", self.url_open("/my").text)
        self.assertIn("Open two more classes", self.url_open("/my/office/task").text)
        page = self.post("accept")
        self.assertTrue(page.url.endswith("?done=accept"))
        self.assertEqual(self.task.state, "accepted")
        self.task.with_user(self.supervisor).urge("How far is it?")
        urging = self.task.urging_ids
        text = self.url_open(self.page).text
        self.assertLess(
            text.index(self.task.requirement),
            text.index("How far is it?"),
            "what is asked for stands above the forms",
        )
        self.post("urging", urging_id=urging.id, reply="Half done")
        self.assertEqual(urging.replier_id, self.school_user)
        self.post("extension", date_to=str(self.day(15)), reason="Paint dries slowly")
        self.assertEqual(self.ticket.extension_ids.state, "asked")
        page = self.post(
            "feedback",
            files={"photos": ("p.png", PNG), "files": ("plan.txt", b"A plan")},
            kind="final",
            text="Both are open",
        )
        self.assertTrue(page.url.endswith("?done=feedback"), page.text[-500:])
        self.assertEqual(self.task.state, "reported")
        files = self.task.last_feedback_id.attachment_ids
        self.assertEqual(sorted(files.mapped("name")), ["p.png", "plan.txt"])
        links = re.findall(r"/web/content/[^\"]+", self.url_open(self.page).text)
        self.assertEqual(len(links), 2)
        for link in links:
            answer = self.url_open(link.replace("&amp;", "&"))
            self.assertIn(answer.content, (PNG, b"A plan"))
        answer = self.url_open(f"/web/content/{files[0].id}")
        self.assertEqual(answer.status_code, 404, "not without its token")

    def test_given_back_with_a_reason(self):
        page = self.post("give_back", note=" ")
        self.assertIn("Please write down the reason", page.text)
        self.post("give_back", note="This school has no room")
        self.assertEqual(self.task.state, "returned")

    def test_nothing_typed_is_lost(self):
        self.post("accept")
        page = self.post(
            "feedback",
            kind="final",
            text="All <b>open</b>",
            problem="None",
            progress="7",
        )
        self.assertIn("needs its proof", page.text)
        for words in ("All &lt;b&gt;open&lt;/b&gt;", ">None<", 'value="7"'):
            self.assertIn(words, page.text)
        self.assertFalse(self.task.feedback_ids)
        page = self.post("extension", date_to=str(self.day(1)), reason="Rain & snow")
        self.assertIn("after the present deadline", page.text)
        self.assertIn("Rain &amp; snow", page.text)
        self.assertFalse(self.ticket.extension_ids)

    def test_refused(self):
        with self.subTest("without a token"):
            page = self.post("accept", token=False, note="Mine")
            self.assertEqual(page.status_code, 400)
        with self.subTest("no such step"):
            self.assertEqual(self.post("verify").status_code, 404)
        with self.subTest("somebody else's notice"):
            other = self.ticket.task_ids[1]
            other.with_user(self.supervisor).urge("And you?")
            page = self.post("urging", urging_id=other.urging_ids.id, reply="Hm")
            self.assertIn("There is no such urging notice", page.text)
        for login in ("v_school2", "v_citizen"):
            self.authenticate(login, login)
            for path in (self.page, f"{self.page}/accept"):
                with self.subTest(login=login, path=path):
                    page = self.url_open(path)
                    self.assertEqual(page.status_code, 404)
                    self.assertNotIn("two more classes", page.text)
        self.assertEqual(self.task.state, "assigned")
