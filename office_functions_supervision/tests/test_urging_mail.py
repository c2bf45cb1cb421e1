# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.tests import tagged

from odoo.addons.office_functions.tests.mail_case import UrgingMailCase

from .common import SupervisionCase


@tagged("post_install", "-at_install", "office_supervision")
class TestUrgingMail(UrgingMailCase, SupervisionCase):
    """The reply to the e-mail of a notice is a draft of the stage feedback too."""

    def answer(self, matter, user, text, files=()):
        urging = matter.with_user(self.supervisor).urge("How far is it?")
        message = self.tell(urging, user)
        self.assertFalse(self.receive(self.compose(message, user, text, files)))
        self.assertEqual(urging.reply, text)

    def test_reply_becomes_a_draft_with_its_files_as_proof(self):
        task = self.make_assigned().task_ids[0]
        task.with_user(self.staff_a).do_transition("accept")
        self.answer(task, self.staff_a, "完成一半。", [("photo.png", b"picture")])
        feedback = task.feedback_ids
        self.assertEqual(feedback.state, "draft", "handed in by the person only")
        self.assertEqual(feedback.author_id, self.staff_a)
        self.assertEqual((feedback.kind, feedback.text), ("stage", "完成一半。"))
        mine = feedback.with_user(self.staff_a)
        self.assertEqual(mine.attachment_ids.mapped("name"), ["photo.png"])
        mine.do_transition("submit")
        proof = feedback.attachment_ids.with_user(self.leader)
        self.assertEqual(proof.raw, b"picture")

    def test_a_second_reply_adds_to_the_draft(self):
        task = self.make_assigned().task_ids[0]
        task.with_user(self.staff_a).do_transition("accept")
        self.answer(task, self.staff_a, "First")
        self.answer(task, self.staff_a, "Second", [("b.png", b"b")])
        self.assertEqual(task.feedback_ids.text, "First\nSecond")
        self.assertEqual(len(task.feedback_ids.attachment_ids), 1)

    def test_notice_about_the_ticket(self):
        ticket = self.make_assigned()
        self.answer(ticket, self.staff_a, "Going on")
        self.assertEqual(ticket.task_ids[0].feedback_ids.text, "Going on")
        self.assertFalse(ticket.task_ids[1].feedback_ids)

    def test_no_feedback_where_nothing_is_in_hand(self):
        ticket = self.make_assigned(tasks=1)
        ticket.task_ids.handler_id = self.staff_b
        self.answer(ticket, self.staff_a, "Somebody else has it")
        self.assertFalse(ticket.task_ids.feedback_ids)
