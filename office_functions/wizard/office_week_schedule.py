# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain


class OfficeWeekSchedule(models.TransientModel):
    """Asks for which leaders and which week the schedule is printed (F12)."""

    _name = "office.week.schedule"
    _description = "Week Schedule of Leaders"

    day = fields.Date(
        "Day of the Week", required=True, default=fields.Date.context_today
    )
    leader_ids = fields.Many2many(
        "res.users",
        string="Leaders",
        required=True,
        default=lambda self: self._default_leader_ids(),
    )
    first_day = fields.Date("Monday", compute="_compute_first_day")

    @api.model
    def _default_leader_ids(self):
        group = self.env.ref("office_functions.group_office_leader")
        return group.sudo().all_user_ids.filtered(
            lambda user: self.env.company in user.company_ids
        )

    @api.depends("day")
    def _compute_first_day(self):
        for schedule in self:
            day = schedule.day
            schedule.first_day = day and day - timedelta(days=day.weekday())

    def action_print(self):
        """Print the schedule.

        :return: the report action
        :rtype: dict
        """
        self.ensure_one()
        report = self.env.ref("office_functions.report_f12_week_schedule")
        return report.report_action(self)

    def _get_rows(self, leader):
        """Return what a leader does in the week, an event a row, in order.

        What is private and not the reader's own business is shown as 公务 (A11).

        :param res.users leader: whose week
        :return: ``day, morning, afternoon, place, company, materials`` for each
        :rtype: list[dict]
        """
        zone = ZoneInfo(self.env["office.clash.mixin"]._get_office_zone())
        to_utc = self.env["office.clash.mixin"]._to_utc
        first = self.first_day
        taken = Domain("partner_ids", "in", leader.sudo().partner_id.ids)
        week = Domain("start", "<", to_utc(first + timedelta(days=7))) & Domain(
            "stop", ">=", to_utc(first)
        )
        events = self.env["calendar.event"].search(taken & week, order="start, id")
        return [self._get_row(event, leader, zone) for event in events]

    def _get_row(self, event, leader, zone):
        """Return one event as the schedule shows it."""
        begin = event.start.replace(tzinfo=UTC).astimezone(zone)
        hidden = event._check_private_event_conditions()
        name = "公务" if hidden else event.name
        text = name if event.allday else f"{begin:%H:%M} {name}"
        meeting = event.sudo().office_meeting_ids[:1]
        others = event.partner_ids - leader.sudo().partner_id
        return {
            "day": event.start_date if event.allday else begin.date(),
            "morning": text if event.allday or begin.hour < 12 else "",
            "afternoon": text if event.allday or begin.hour >= 12 else "",
            "place": "" if hidden else event.office_room_id.name or event.location,
            "company": "" if hidden else "、".join(others.mapped("name")),
            "materials": "" if hidden else meeting.materials,
        }
