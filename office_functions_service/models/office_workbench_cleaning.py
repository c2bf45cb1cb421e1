# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

TO_ACCEPT = [("state", "=", "submitted")]
NOT_BEGUN = [("state", "=", "planned"), ("date_planned", "<", "today")]


class OfficeWorkbench(models.AbstractModel):
    """What cleaning and the service desk bring to the panel of the fourth function."""

    _inherit = "office.workbench"

    @api.model
    def _get_service_figures(self):
        mine = [("create_uid", "=", self.env.uid), ("open_deadline", "!=", False)]
        return [
            *super()._get_service_figures(),
            *self._make_figures(
                "office.service.request",
                "office_functions_service.office_service_request_action",
                [
                    (
                        self.env._("Requests to Accept"),
                        TO_ACCEPT,
                        "warning",
                    ),
                    (
                        self.env._("My Requests under Way"),
                        mine,
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
                        NOT_BEGUN,
                        "danger",
                    ),
                ],
            ),
        ]
