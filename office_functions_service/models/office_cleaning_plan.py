# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import permit

BATCH = 500


class OfficeCleaningInspection(models.Model):
    """The plan of inspections, and what the nights bring about."""

    _inherit = "office.cleaning.inspection"

    @api.model
    def _cron_plan(self):
        """Plan the inspections that are due, and close those that are re-checked.

        An area whose last planned inspection is not even begun gets no second one.
        Areas that another host is planning are left to it.
        """
        cron = self.env["ir.cron"]
        while planned := self._plan_due(BATCH):
            cron._commit_progress(len(planned))
        while checked := self.search([("state", "=", "rechecked")], limit=BATCH):
            checked._pass_by_system("close")
            cron._commit_progress(len(checked))

    @api.model
    def _plan_due(self, limit):
        """Plan the inspections of some areas that are due today or before.

        :param int limit: of how many areas at once
        :return: the new inspections
        :rtype: office.cleaning.inspection
        """
        today = fields.Date.context_today(self)
        Area = self.env["office.cleaning.area"]
        self.env.flush_all()
        ids = [
            area_id
            for (area_id,) in self.env.execute_query(
                SQL(
                    """SELECT area.id
                         FROM office_cleaning_area area
                        WHERE area.active
                          AND area.interval_days > 0
                          AND area.date_next <= %s
                          AND NOT EXISTS (
                              SELECT FROM office_cleaning_inspection inspection
                               WHERE inspection.area_id = area.id
                                 AND inspection.state = 'planned'
                                 AND inspection.is_from_plan
                                 AND inspection.active)
                     ORDER BY area.date_next, area.id
                        LIMIT %s
                   FOR NO KEY UPDATE SKIP LOCKED""",
                    today,
                    limit,
                )
            )
        ]
        areas = Area.browse(ids)
        areas.invalidate_recordset()
        inspections = self._create_planned(areas, today)
        for area in areas:
            # What was missed is not made up for: the rhythm goes on from today.
            missed = (today - area.date_next).days // area.interval_days + 1
            area.date_next += timedelta(days=missed * area.interval_days)
        return inspections

    @api.model
    def _create_planned(self, areas, today):
        """Create the inspections of some areas for today, or the next working day.

        :param date today: the day on which the plan is made
        :rtype: office.cleaning.inspection
        """
        days = {
            company: self._get_working_day(today, company)
            for company in areas.company_id
        }
        limits = {
            company: self.env["office.time.limit"]._get("cleaning_inspection", company)
            for company in areas.company_id
        }
        vals_list = [
            {
                **area._prepare_inspection(days[area.company_id]),
                "date_deadline": limits[area.company_id]
                ._count(days[area.company_id], area.company_id)
                .deadline,
                "time_limit_id": limits[area.company_id].id,
                "is_from_plan": True,
            }
            for area in areas
        ]
        with permit(self.browse()):
            return self.create(vals_list)

    @api.model
    def _get_working_day(self, day, company):
        """Return a day, or the next one on which a company works.

        :rtype: date
        """
        calendar = self.env["office.calendar.day"]._get_work_calendar(company)
        for _n in range(60):
            if calendar.is_working_day(day):
                break
            day += timedelta(days=1)
        return day
