# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeWorkbench(models.AbstractModel):
    """What cleaning and the service desk bring to the panel of the fourth function."""

    _inherit = "office.workbench"

    @api.model
    def _get_service_figures(self):
        return [
            *super()._get_service_figures(),
            *self._make_figures(
                "office.service.request",
                "office_functions_service.office_service_request_action",
                [
                    (
                        self.env._("Requests to Accept"),
                        [("state", "=", "submitted")],
                        "warning",
                    ),
                    (
                        self.env._("My Requests under Way"),
                        [
                            ("create_uid", "=", self.env.uid),
                            ("open_deadline", "!=", False),
                        ],
                        "",
                    ),
                ],
            ),
            *self._make_figures(
                "office.cleaning.inspection",
                "office_functions_service.office_cleaning_inspection_action",
                [
                    (
                        self.env._("Inspections Not Begun in Time"),
                        [("state", "=", "planned"), ("date_planned", "<", "today")],
                        "danger",
                    ),
                ],
            ),
        ]
