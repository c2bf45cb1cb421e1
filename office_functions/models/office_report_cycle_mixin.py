# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.transition import permit

CYCLES = {
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
}


class OfficeReportCycleMixin(models.AbstractModel):
    """A long task that reports at a rhythm: the next report opens by itself.

    The next date is counted from the report really made, not from the plan, so that
    reporting early does not bring a second one the day after. A matter implements
    ``_open_cycle_report`` and calls ``_cycle_reported`` when a report comes in.
    """

    _name = "office.report.cycle.mixin"
    _inherit = ["office.deadline.mixin"]
    _description = "Report Cycle"

    report_cycle = fields.Selection(
        [("week", "Weekly"), ("month", "Monthly"), ("quarter", "Quarterly")],
        help="How often the one who handles it reports while the matter runs.",
    )
    date_next_report = fields.Date(
        "Next Report Due",
        compute="_compute_date_next_report",
        store=True,
        precompute=True,
        copy=False,
        index="btree_not_null",
    )
    date_last_report = fields.Date("Last Report", readonly=True, copy=False)

    @api.depends("report_cycle", "clock_start", "date_done", "date_last_report")
    def _compute_date_next_report(self):
        for record in self:
            start = record.date_last_report or record.clock_start
            running = record.report_cycle and start and not record.date_done
            record.date_next_report = running and start + CYCLES[record.report_cycle]

    def _cycle_reported(self):
        """Note that a report came in today; the next one is counted from here."""
        with permit(self):
            self.write({"date_last_report": fields.Date.context_today(self)})

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_last_report"}

    def _open_cycle_report(self):
        """Open the report that is due, for all records at once.

        Must be harmless when a report is open already.
        """

    @api.model
    def _cron_open_cycle_reports(self, limit=500):
        """Open the reports that are due, for every kind of matter that reports."""
        today = fields.Date.context_today(self)
        for name in self.env.registry.descendants([self._name], "_inherit"):
            if self.env[name]._abstract:
                continue
            last = 0
            while True:
                due = self.env[name].search(
                    Domain("date_next_report", "<=", today)
                    & Domain("is_paused", "=", False)
                    & Domain("id", ">", last),
                    order="id",
                    limit=limit,
                )
                if not due:
                    break
                last = due[-1].id
                due._open_cycle_report()
                self.env["ir.cron"]._commit_progress(len(due))
                self.env.invalidate_all()
