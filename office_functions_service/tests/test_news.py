# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeCase

from .answered_fixture import AnsweredFixture
from .repair_case import RepairFixture


class NewsCase:
    """Runs the job, and tells what somebody was sent."""

    def tell(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            job = self.env.ref("office_functions_service.ir_cron_tell_news")
            job.method_direct_trigger()
        self.env.invalidate_all()

    def get_news(self, user):
        """Return the messages to a user, the last one first."""
        domain = [("message_type", "=", "user_notification")]
        domain += [("partner_ids", "in", user.partner_id.ids)]
        return self.env["mail.message"].search(domain, order="id desc")


@tagged("office_service")
class TestNewsOfAnswers(NewsCase, AnsweredFixture, OfficeCase):
    """A school hears that it was answered, once, and where to read it."""

    model_name = "office.school.request"

    def send(self, user):
        record = (
            self.env[self.model_name]
            .with_user(user)
            .submit_from_portal(
                {
                    "name": "The roof leaks",
                    "topic_id": str(self.topic.id),
                    "text": "In the gym.",
                }
            )
        )
        staff = record.with_user(self.users["staff"])
        staff.do_transition("accept")
        return staff

    def test_school_is_told_once_when_its_request_is_answered(self):
        record = self.send(self.asking_user)
        self.tell()
        self.assertFalse(self.get_news(self.asking_user))
        record.answer_draft = "Fixed on Monday."
        record.do_transition("answer")
        self.assertFalse(self.get_news(self.asking_user), "No request waits for mails")
        self.tell()
        self.tell()
        [message] = self.get_news(self.asking_user)
        self.assertSays(message.subject, "The roof leaks")
        self.assertSays(
            message.body, record.number, f"/my/office/school-request/{record.id}"
        )
        self.assertNotIn("Fixed on Monday.", message.body)
        mail = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        self.assertEqual(mail.state, "outgoing", "It leaves by the queue")

    def test_school_is_told_the_right_channel(self):
        record = self.send(self.asking_user)
        record.guide_channel = "petition"
        record.do_transition("guide", "Please file it as a petition")
        self.tell()
        [message] = self.get_news(self.asking_user)
        self.assertSays(message.body, "Please file it as a petition")

    def test_many_are_told_in_few_transactions(self):
        records = self.env[self.model_name].browse()
        for _nth in range(3):
            record = self.send(self.asking_user)
            record.answer_draft = "Yes"
            record.do_transition("answer")
            records |= record
        self.assertEqual(records._tell_news(limit=2), 2)
        self.assertEqual(records._tell_news(limit=2), 1)
        self.assertEqual(records._tell_news(limit=2), 0)
        self.assertEqual(len(self.get_news(self.asking_user)), 3)


@tagged("office_service")
class TestNewsOfRepairs(NewsCase, RepairFixture, OfficeCase):
    """The technician hears of the repair, and who asked that it is done."""

    def test_technician_and_asker_are_told(self):
        technician, asker = self.make_technician(), self.users["clerk"]
        repair = self.make()
        logistics = repair.with_user(self.users["logistics"])
        logistics.do_transition("accept")
        logistics.handler_id = technician
        logistics.do_transition("dispatch")
        self.tell()
        [message] = self.get_news(technician)
        self.assertSays(message.subject, repair.name)
        self.assertSays(message.body, "Room 305", asker.name)
        self.assertFalse(self.get_news(asker))
        mine = repair.with_user(technician)
        mine.do_transition("start")
        mine.work_done = "Roller changed."
        mine.do_transition("fix")
        self.tell()
        [message] = self.get_news(asker)
        self.assertSays(message.body, "accept the repair")

    def test_plain_maintenance_tells_nothing_of_ours(self):
        plain = self.env["maintenance.request"].create({"name": "Of Odoo's own"})
        plain.stage_id = self.env["maintenance.stage"].search([], limit=1, offset=1)
        self.assertEqual(plain._tell_news(), 0)
