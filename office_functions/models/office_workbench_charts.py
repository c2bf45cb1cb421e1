# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import format_date

LIGHTS = ("red", "yellow", "green")


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    @api.readonly
    def get_workbench(self):
        return {**super().get_workbench(), "charts": self._get_charts()}

    @api.model
    def _get_charts(self):
        """Return what people would rather look at than read.

        :return: ``units``: running matters of each unit by light; ``months``: share of
            what was done on time, the last six months. Each ``{title, labels,
            datasets: [{label, key, data}]}``, ``labels`` empty where there is nothing
        :rtype: dict
        """
        if not self.env["office.matter.overview"].has_access("read"):
            nothing = {"title": "", "labels": [], "datasets": []}
            return {"units": nothing, "months": nothing}
        return {"units": self._get_unit_chart(), "months": self._get_month_chart()}

    @api.model
    def _get_unit_chart(self, limit=10):
        Overview = self.env["office.matter.overview"]
        groups = Overview._read_group(
            [("open_deadline", "!=", False)], ["lead_unit_id", "light"], ["__count"]
        )
        counts = {}
        for unit, light, number in groups:
            counts.setdefault(unit.sudo(), {})[light] = number
        units = sorted(counts, key=lambda unit: -sum(counts[unit].values()))[:limit]
        words = dict(Overview._fields["light"]._description_selection(self.env))
        return {
            "title": self.env._("Running Matters by Unit"),
            "labels": [unit.name or self.env._("No unit yet") for unit in units],
            "ids": [unit.id for unit in units],
            "datasets": [
                {
                    "key": light,
                    "label": words[light],
                    "data": [counts[unit].get(light, 0) for unit in units],
                }
                for light in LIGHTS
            ],
        }

    @api.model
    def _get_month_chart(self, months=6):
        Overview = self.env["office.matter.overview"]
        today = fields.Date.context_today(self)
        begin = today.replace(day=1) - relativedelta(months=months - 1)
        groups = Overview._read_group(
            [("date_done", ">=", begin)],
            ["date_done:month", "is_on_time"],
            ["__count"],
        )
        found = {}
        for month, on_time, number in groups:
            sums = found.setdefault(fields.Date.to_date(month), [0, 0])
            sums[0] += number if on_time else 0
            sums[1] += number
        span = [begin + relativedelta(months=n) for n in range(months)]
        return {
            "title": self.env._("Done on Time, by Month (%)"),
            "labels": found
            and [format_date(self.env, month, date_format="MMM") for month in span]
            or [],
            "datasets": [
                {
                    "key": "rate",
                    "label": self.env._("On Time"),
                    "data": [
                        round(100 * found[month][0] / found[month][1])
                        if month in found
                        else None
                        for month in span
                    ],
                }
            ],
        }
