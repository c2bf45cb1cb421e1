# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from odoo.addons.office_functions.tools.indicator import Indicator
from odoo.addons.office_functions.tools.omission import Omission

WAITING = [("state", "in", ("classified", "checked", "approved"))]


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        return [
            *super()._get_indicators(),
            Indicator(
                "K28",
                self.env._("Information published in time"),
                "service",
                "office.open.info",
                "_measure_timely",
                "_get_published_domain",
            ),
            Indicator(
                "K28-categories",
                self.env._("Categories empty or out of date"),
                "service",
                "office.open.category",
                "_measure_stale",
                "_get_stale_domain",
                unit="count",
                better="low",
                standing=True,
            ),
            Indicator(
                "K28-requests",
                self.env._("Requests for information answered in time"),
                "service",
                "office.info.request",
                "_measure_on_time",
                "_get_replied_domain",
            ),
        ]


class OfficeOmission(models.Model):
    _inherit = "office.omission"

    @api.model
    def _get_omissions(self):
        return [
            *super()._get_omissions(),
            Omission(
                "open_info_left",
                self.env._("Information not published, or not examined again"),
                "office.open.info",
                "_get_omitted_domain",
            ),
            Omission(
                "info_request_unconfirmed",
                self.env._("Request for information whose receipt nobody confirmed"),
                "office.info.request",
                "_get_omitted_domain",
            ),
        ]


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_service_figures(self):
        addon = "office_functions_service"
        red = [("light", "=", "red")]
        return (
            super()._get_service_figures()
            + self._make_figures(
                "office.open.info",
                f"{addon}.office_open_info_action",
                [(self.env._("Information to Be Released"), WAITING, "info")],
            )
            + self._make_figures(
                "office.info.request",
                f"{addon}.office_info_request_action",
                [(self.env._("Requests for Information Overdue"), red, "danger")],
            )
        )
