# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

ENDED = ("final", "reviewed", "closed")


class OfficeEmergencyRules(models.Model):
    """What the law says of certain emergencies, beside the reports of all (R-EMG-1–4)."""

    _inherit = "office.emergency"
    _change_fields = frozenset(
        ("grade", "category", "casualties", "warning", "response_level")
    )

    category = fields.Selection(
        selection_add=[("leak", "Leak of Secrets"), ("food", "Food Safety Incident")],
        ondelete={"leak": "set default", "food": "set default"},
        help="Of a leak only that it happened is told here, never what was leaked.",
    )
    warning = fields.Selection(
        [("1", "Red"), ("2", "Orange"), ("3", "Yellow"), ("4", "Blue")],
        "Warning Colour",
        help="The warning in force (突发事件应对法 第63条).",
    )
    response_level = fields.Selection(
        [
            ("1", "Response Level I"),
            ("2", "Response Level II"),
            ("3", "Response Level III"),
            ("4", "Response Level IV"),
        ],
        help="The response begun (突发事件应对法 第71条).",
    )
    is_fire = fields.Boolean(
        "Fire or Road Accident",
        help="Casualties that change are reported for 7 days in place of 30 "
        "(生产安全事故报告和调查处理条例 第13条).",
    )
    samples_kept = fields.Boolean(
        "Food and Samples Secured",
        help="The food, its ingredients, tools and samples are kept "
        "(食品安全法 第103条).",
    )

    @api.model
    def _get_transitions(self):
        return [
            row.but(guard="_guard_verify") if row.name == "verify" else row
            for row in super()._get_transitions()
        ]

    def _guard_verify(self, row, note):
        """Nothing that shows the cause is thrown away (食品安全法 第103、108条)."""
        if self.category != "food" or self.samples_kept:
            return []
        return [self.env._("Secure the food and the samples first, and say so here.")]

    def _hasten_follow_up(self):
        """Report also what changes after the end, for the days that the law names."""
        result = super()._hasten_follow_up()
        ended = self.filtered(lambda event: event._is_change_reported())
        waiting = ended.report_ids.filtered(
            lambda report: report.kind == "supplement" and report.state == "draft"
        )
        Report = self.env["office.emergency.report"]
        Report._open(ended - waiting.emergency_id, "supplement")
        return result

    def _is_change_reported(self):
        """Tell whether a change after the final report is still to be reported."""
        if self.state not in ENDED:
            return False
        code = "emergency_casualties_fire" if self.is_fire else "emergency_casualties"
        limit = self.env["office.time.limit"]._get(code, self.company_id)
        moment = self.moment_event or self.moment_received
        begin = fields.Datetime.context_timestamp(self, moment).date()
        last = limit._count(begin, self.company_id).deadline
        return fields.Date.context_today(self) <= last

    def _pass_reports(self, kind):
        """A supplement moves nothing on: the emergency has ended."""
        return None if kind == "supplement" else super()._pass_reports(kind)


class OfficeEmergencyReportRules(models.Model):
    _inherit = "office.emergency.report"

    @api.depends("kind", "channel")
    def _compute_moment_limit(self):
        """A leak is reported within 24 hours (保密法实施条例 第61条)."""
        result = super()._compute_moment_limit()
        for report in self:
            if report.kind == "supplement":
                report.moment_limit = "emergency_change"
            elif report.kind == "first" and report.emergency_id.category == "leak":
                report.moment_limit = "emergency_leak"
        return result

    @api.model
    def _open(self, emergencies, kind, channels=("written",)):
        """Let a supplement begin with the casualties as they are now."""
        reports = super()._open(emergencies, kind, channels)
        if kind == "supplement":
            for report in reports:
                report.casualties = report.emergency_id.casualties
        return reports
