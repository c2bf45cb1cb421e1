# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class OfficeDutyPlan(models.TransientModel):
    """Plans the shifts of a month from the rota, going on from where it stopped."""

    _name = "office.duty.plan"
    _description = "Plan Duty Shifts"

    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: self._default_date_from(),
    )
    date_to = fields.Date(
        "Until", compute="_compute_date_to", store=True, readonly=False, required=True
    )
    hour = fields.Float("Shift Begins At", required=True, default=8.5)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    @api.model
    def _default_date_from(self):
        return fields.Date.context_today(self) + relativedelta(months=1, day=1)

    @api.depends("date_from")
    def _compute_date_to(self):
        for plan in self:
            plan.date_to = plan.date_from and fields.Date.end_of(
                plan.date_from, "month"
            )

    def action_plan(self):
        """Create a shift of 24 hours for each day that has none yet.

        :return: the action with the shifts planned
        :rtype: dict
        :raise UserError: without a rota, or for a period of no days
        """
        self.ensure_one()
        rota = self.env["office.duty.rota"].search(
            [("company_id", "=", self.company_id.id)]
        )
        if not rota:
            raise UserError(
                self.env._("The rota is empty: add whose turn it is under Duty Rota.")
            )
        if self.date_to < self.date_from:
            raise UserError(self.env._("A period ends after it begins."))
        Shift = self.env["office.duty.shift"]
        shifts = Shift.create(self._prepare_shifts(rota))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_duty_shift_action"
        )
        return {**action, "domain": [("id", "in", shifts.ids)], "context": {}}

    def _prepare_shifts(self, rota):
        """Return the values of the shifts, whoever's turn it is after the last one."""
        zone = ZoneInfo(self.company_id.sudo().resource_calendar_id.tz or "UTC")
        length = (self.date_to - self.date_from).days + 1
        days = [self.date_from + timedelta(days=n) for n in range(length)]
        begins = [self._to_utc(day, zone) for day in days]
        Shift = self.env["office.duty.shift"].sudo()
        company = ("company_id", "=", self.company_id.id)
        taken = Shift.search_fetch(
            [
                company,
                ("date_start", "<", begins[-1] + timedelta(days=1)),
                ("date_end", ">", begins[0]),
            ],
            ["date_start", "date_end"],
        )
        free = [
            begin
            for begin in begins
            if not any(
                shift.date_start < begin + timedelta(days=1) and begin < shift.date_end
                for shift in taken
            )
        ]
        last = Shift.search(
            [company, ("date_start", "<", begins[0])], order="date_start desc", limit=1
        )
        first = self._find_turn(rota, last)
        return [
            {
                "date_start": begin,
                "date_end": begin + timedelta(days=1),
                "leader_id": rota[(first + nth) % len(rota)].leader_id.id,
                "user_id": rota[(first + nth) % len(rota)].user_id.id,
                "company_id": self.company_id.id,
            }
            for nth, begin in enumerate(free)
        ]

    def _to_utc(self, day, zone):
        """Return when the shift of a day begins, naive UTC."""
        minutes = round(self.hour * 60)
        clock = time(minutes // 60 % 24, minutes % 60)
        local = datetime.combine(day, clock, zone)
        return local.astimezone(UTC).replace(tzinfo=None)

    @staticmethod
    def _find_turn(rota, last):
        """Return the index in the rota of whose turn follows a shift."""
        people = rota.mapped(lambda turn: turn.user_id.id)
        return people.index(last.user_id.id) + 1 if last.user_id.id in people else 0
