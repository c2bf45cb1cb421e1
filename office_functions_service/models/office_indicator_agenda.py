# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from odoo.addons.office_functions.tools.indicator import Indicator


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        function = "service"
        return [
            *super()._get_indicators(),
            Indicator(
                "K21",
                self.env._("Leaders reminded in time"),
                function,
                "calendar.event",
                "_measure_reminders",
                "_get_diary_domain",
            ),
            Indicator(
                "K21-papers",
                self.env._("Diary papers ready in time"),
                function,
                "office.agenda.material",
                "_measure_ready",
                "_get_due_domain",
            ),
            Indicator(
                "K21-missed",
                self.env._("Diary items missed"),
                function,
                "calendar.event",
                "_measure_missed",
                "_get_missed_domain",
                unit="count",
                better="low",
            ),
        ]
