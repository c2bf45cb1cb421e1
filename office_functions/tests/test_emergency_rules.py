# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError

from .common import OfficeCase
from .test_emergency import CONTENT, EmergencyFixture
from .test_paper import pdf_text


class TestEmergencyRules(EmergencyFixture, OfficeCase):
    """What the law says of certain emergencies, and how a report prints (F11b)."""

    def end(self, **vals):
        """Return an emergency whose final report was sent."""
        emergency = self.record(moment_event=fields.Datetime.now(), **vals)
        self.send(emergency, "first", "phone")
        self.send(emergency, "first")
        emergency.with_user(self.users["clerk"]).action_settle()
        self.send(emergency, "final")
        return emergency

    def get_supplement(self, emergency):
        return emergency.report_ids.filtered(lambda r: r.kind == "supplement")

    def change_casualties(self, emergency, text):
        emergency.with_user(self.users["clerk"]).casualties = text
        return self.get_supplement(emergency)

    def test_r_emg_2_casualties_of_thirty_days_are_reported(self):
        first, last, over = self.end(), self.end(), self.end()
        self.to_day(29)
        report = self.change_casualties(first, "One died in hospital")
        self.assertEqual(report.casualties, "One died in hospital")
        self.assertEqual(report.moment_due, fields.Datetime.now() + timedelta(hours=1))
        self.change_casualties(first, "Two died in hospital")
        self.assertEqual(self.get_supplement(first), report, "one waits already")
        report.casualties = "Two died in hospital"
        report.with_user(self.users["clerk"]).do_transition("send")
        self.assertEqual((report.state, first.state), ("sent", "final"))
        self.assertEqual(
            first.change_ids.sorted("id").mapped("label_after"),
            ["One died in hospital", "Two died in hospital"],
        )
        self.to_day(30)
        self.assertTrue(self.change_casualties(last, "One died"))
        self.to_day(31)
        self.assertFalse(self.change_casualties(over, "One died"))

    def test_r_emg_2_of_a_fire_for_seven_days(self):
        in_time, over = self.end(is_fire=True), self.end(is_fire=True)
        self.to_day(7)
        self.assertTrue(self.change_casualties(in_time, "One died"))
        self.to_day(8)
        self.assertFalse(self.change_casualties(over, "One died"))

    def test_r_emg_2_before_the_final_report_the_next_one_tells_it(self):
        emergency = self.record_reported()
        self.assertFalse(self.change_casualties(emergency, "One hurt"))
        waiting = emergency.report_ids.filtered(lambda r: r.state == "draft")
        soon = fields.Datetime.now() + timedelta(hours=1)
        self.assertEqual((waiting.kind, waiting.moment_due), ("follow_up", soon))

    def test_r_emg_4_a_leak_is_reported_within_24_hours(self):
        leak = self.record(category="leak")
        due = leak.moment_received + timedelta(hours=24)
        self.assertEqual(set(leak.report_ids.mapped("moment_due")), {due})

    def test_r_emg_4_food_and_samples_are_kept(self):
        with self.assertRaisesRegex(UserError, "Secure the food"):
            self.record(category="food")
        kept = self.record(category="food", samples_kept=True)
        self.assertEqual(kept.state, "verified")

    def print_out(self, report):
        reports = self.env["ir.actions.report"].with_context(tz="Asia/Shanghai")
        content, kind = reports._render_qweb_pdf(
            "office_functions.report_f11b_emergency_report", report.ids
        )
        self.assertEqual(kind, "pdf")
        return "".join(pdf_text(content).split())

    def test_f11b_prints_all_that_the_form_asks_for(self):
        emergency = self.record(warning="2", response_level="3")
        self.send(emergency, "first", "phone")
        self.clock.tick(timedelta(hours=2))
        said = {
            "impact": "Thirty pupils moved out",
            "leaders_present": "Mr Zhou",
            "trend": "It will dry",
            "request": "Two pumps",
            "late_reason": "The line was dead",
        }
        first = self.send(emergency, "first", **said)
        page = self.print_out(first)
        values = (*CONTENT.values(), *said.values())
        values += (emergency.name, emergency.place, emergency.source)
        self.assertSays(page, *("".join(value.split()) for value in values))
        self.assertSays(page, "突发事件信息专报", "首报", "事故灾难", "一般（Ⅳ级）")
        self.assertSays(page, "预警级别橙色", "响应级别Ⅲ级")
        self.assertSays(
            page,
            *("时间", "地点", "信息来源", "事件经过", "伤亡损失", "影响范围", "措施"),
            *("领导到位", "发展趋势", "请求事项", "签发", "报送时间", "迟报原因"),
        )
        self.assertSays(page, "".join(first.signer_id.name.split()))
        follow_up = self.send(emergency, "follow_up")
        page = self.print_out(follow_up)
        self.assertIn("续报（1）", page)
        self.assertNotIn("迟报原因", page)
        emergency.with_user(self.users["clerk"]).action_settle()
        self.assertIn("终报", self.print_out(self.send(emergency, "final")))
        self.change_casualties(emergency, "One died")
        self.assertIn("补报（1）", self.print_out(self.get_supplement(emergency)))
