# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.period import get_span
from ..tools.transition import Transition
from .office_emergency import CLERK, DIRECTOR

COUNTED = ("follow_up", "supplement")
"""The reports of which there are several; the director may drop one."""

TOLD = ("sent_to", "course", "casualties", "measures", "signer_id")
"""What a report may take over from the one before it."""


class OfficeEmergencyReport(models.Model):
    """One report on an emergency (突发事件信息专报), against its clock.

    Its contents follow 生产安全事故报告和调查处理条例 第12条: unit, time, place and
    scene, course, casualties and loss, measures, other.
    """

    _name = "office.emergency.report"
    _inherit = ["office.part.mixin", "office.moment.mixin"]
    _description = "Emergency Report"
    _order = "emergency_id desc, id"
    _moment_done_states = ("sent",)
    _moment_void_states = ("void",)
    _whole = "emergency_id"

    emergency_id = fields.Many2one(
        "office.emergency", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="emergency_id.company_id", store=True, precompute=True, index=True
    )
    lead_unit_id = fields.Many2one(
        related="emergency_id.lead_unit_id", store=True, precompute=True
    )
    handler_id = fields.Many2one(
        related="emergency_id.handler_id", store=True, precompute=True
    )
    kind = fields.Selection(
        [
            ("first", "First Report"),
            ("follow_up", "Follow-up Report"),
            ("final", "Final Report"),
            ("supplement", "Supplementary Report"),
        ],
        required=True,
        default="follow_up",
    )
    channel = fields.Selection(
        [("phone", "By Telephone"), ("written", "In Writing")],
        required=True,
        default="written",
        help="The telephone first, then in writing.",
    )
    nth = fields.Integer(
        "No.", aggregator=None, help="Which of the follow-up reports it is."
    )
    name = fields.Char(
        "Title", compute="_compute_name", store=True, precompute=True, readonly=False
    )
    sent_to = fields.Char(
        "Reported To", help="The superior body, and who took the report there."
    )
    course = fields.Text(help="What happened, as far as it is known.")
    casualties = fields.Char("Casualties and Loss")
    impact = fields.Text()
    measures = fields.Text("Measures Taken")
    leaders_present = fields.Char("Leaders on the Spot")
    trend = fields.Text("Expected Course")
    request = fields.Text("What Is Asked For")
    signer_id = fields.Many2one("res.users", "Signed By")
    moment_start = fields.Datetime(
        compute="_compute_moment_start", store=True, precompute=True
    )
    moment_limit = fields.Char(
        compute="_compute_moment_limit", store=True, precompute=True
    )
    moment_done = fields.Datetime("Sent At")
    late_reason = fields.Text("Reason for the Late Report")
    state = fields.Selection(
        [
            ("draft", "Report to Be Sent"),
            ("sent", "Report Sent"),
            ("void", "Not Needed Any More"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "send",
                label=self.env._("Send Report"),
                sources=("draft",),
                target="sent",
                by=("handler", "unit_head", CLERK, DIRECTOR),
                needs=("sent_to", "course"),
                guard="_guard_send",
                style="primary",
            ),
            Transition(
                "drop",
                label=self.env._("Not Needed"),
                sources=("draft",),
                target="void",
                by=(DIRECTOR,),
                guard="_guard_drop",
                note=True,
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        content = ("name", "sent_to", "course", "casualties", "impact", "measures")
        content += ("leaders_present", "trend", "request", "signer_id")
        content += ("emergency_id", "kind", "channel", "nth")
        return super()._get_frozen_fields() | dict.fromkeys(content, ("draft",))

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the reports on emergencies that the user may see, or change.

        :rtype: Domain
        """
        if operation == "read":
            return super()._get_need_to_know_domain(operation)
        may = self.env["ir.rule"]._compute_domain("office.emergency", "write")
        return Domain("emergency_id", "any!", may)

    @api.depends("emergency_id", "kind", "nth", "channel")
    def _compute_name(self):
        # What is computed late is computed in no language.
        for report in self.with_context(lang=self.env.lang or self.env.user.lang):
            report.name = f"{report.emergency_id.name} {report._get_title()}"

    @api.depends("emergency_id.moment_received", "kind")
    def _compute_moment_start(self):
        for report in self:
            event = report.emergency_id
            starts = {"first": event.moment_received, "final": event.moment_settled}
            report.moment_start = starts.get(report.kind) or fields.Datetime.now()

    @api.depends("kind", "channel")
    def _compute_moment_limit(self):
        for report in self:
            name = report.channel if report.kind == "first" else report.kind
            report.moment_limit = f"emergency_{name}"

    def _get_title(self):
        """Return what kind of report it is, in words: 首报, 续报（2） …"""
        word = {
            "first": self.env._("First Report"),
            "follow_up": self.env._("Follow-up Report"),
            "final": self.env._("Final Report"),
            "supplement": self.env._("Supplementary Report"),
        }[self.kind]
        nth = f"（{self.nth}）" if self.nth else ""
        phone = self.channel == "phone" and self.env._("By Telephone")
        return f"{word}{nth}（{phone}）" if phone else f"{word}{nth}"

    @api.model
    def _open(self, emergencies, kind, channels=("written",)):
        """Open reports on each emergency, with what the last one said.

        :param emergencies: ``office.emergency``
        :param tuple channels: a report for each
        :rtype: office.emergency.report
        """
        vals_list = []
        for emergency in emergencies.sudo():
            earlier = emergency.report_ids.filtered(lambda r: r.state == "sent")
            last = earlier.sorted("id")[-1:]
            nth = len(emergency.report_ids.filtered(lambda r: r.kind == kind)) + 1
            vals_list += [
                {
                    "emergency_id": emergency.id,
                    "kind": kind,
                    "channel": channel,
                    "nth": nth if kind in COUNTED else 0,
                    "course": last.course or emergency.course,
                    "casualties": last.casualties or emergency.casualties,
                    "measures": last.measures or emergency.measures,
                    "sent_to": last.sent_to,
                    "signer_id": last.signer_id.id,
                }
                for channel in channels
            ]
        return self.sudo().create(vals_list)

    # Guards and hooks -----------------------------------------------------------------

    def _relation_handler(self):
        return self.emergency_id._get_relation_users("handler")

    def _relation_unit_head(self):
        return self.emergency_id._get_relation_users("unit_head")

    def _guard_send(self, row, note):
        reasons = self._explain_order()
        if self.channel == "written":
            missing = [
                name
                for name in ("casualties", "measures", "signer_id")
                if not self[name]
            ]
            if missing:
                labels = self.fields_get(missing, ["string"])
                reasons.append(
                    self.env._(
                        "A written report also needs: %(fields)s.",
                        fields=", ".join(labels[name]["string"] for name in missing),
                    )
                )
        return reasons

    def _explain_order(self):
        """Return why it is not yet this report's turn."""
        emergency = self.sudo().emergency_id
        sent = emergency.report_ids.filtered(lambda report: report.state == "sent")
        firsts = sent.filtered(lambda report: report.kind == "first")
        if self.kind == "first":
            if self.channel == "phone":
                return []
            if not firsts:
                return [
                    self.env._("The telephone first: send the report by telephone.")
                ]
            if emergency.state == "reported":
                return [self.env._("Check the facts of the emergency first.")]
        elif not firsts.filtered(lambda report: report.channel == "written"):
            return [self.env._("The first report in writing comes before.")]
        elif self.kind == "final" and not emergency.moment_settled:
            return [self.env._("The final report comes when the response has ended.")]
        elif self.kind == "supplement" and "final" not in sent.mapped("kind"):
            return [self.env._("The final report comes before.")]
        return []

    def _guard_drop(self, row, note):
        if self.kind in COUNTED:
            return []
        return [self.env._("First and final reports are always sent.")]

    def _after_send(self, note):
        self._carry_over()
        written = self.filtered(lambda report: report.channel == "written")
        for kind, reports in written.grouped("kind").items():
            reports.emergency_id._pass_reports(kind)

    def _carry_over(self):
        """Let the first report in writing begin with what was told by telephone."""
        told = {
            report.emergency_id: report
            for report in self.filtered(lambda report: report.channel == "phone")
        }
        firsts = (
            self.browse()
            .union(*(event.report_ids for event in told))
            .filtered(
                lambda report: report.channel == "written" and report.state == "draft"
            )
        )
        for report in firsts:
            call = told[report.emergency_id]
            report.write(
                {name: call[name] for name in TOLD if call[name] and not report[name]}
            )

    # Figures --------------------------------------------------------------------------

    @api.model
    def _get_due_domain(self, date_from, date_to):
        """Return the reports that were due in a period and have been needed."""
        zone = self.env.company.sudo().resource_calendar_id.tz or "UTC"
        begin, end = get_span(date_from, date_to, zone)
        return (
            Domain("moment_due", ">=", begin)
            & Domain("moment_due", "<", min(end, fields.Datetime.now()))
            & Domain("state", "!=", "void")
        )

    @api.model
    def _measure_punctuality(self, date_from, date_to):
        """Count the reports sent in time, and all that were due, by unit and person."""
        sums = {}
        for unit, user, state, late, count in self._read_group(
            self._get_due_domain(date_from, date_to),
            ["lead_unit_id", "handler_id", "state", "is_late"],
            ["__count"],
        ):
            row = sums.setdefault((unit.id or None, user.id or None), [0, 0])
            row[0] += count if state == "sent" and not late else 0
            row[1] += count
        return [(*key, *row) for key, row in sums.items()]
