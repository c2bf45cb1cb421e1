# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.indicator import Indicator

ACTION = "office_functions_service.office_repair_action"
EQUIPMENT_ACTION = "office_functions_service.office_equipment_action"


class OfficeServiceCorrection(models.Model):
    _inherit = "office.service.correction"

    kind = fields.Selection(
        selection_add=[("repair", "Repair")], ondelete={"repair": "set default"}
    )


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        model = "maintenance.request"
        return [
            *super()._get_indicators(),
            Indicator(
                "K23-response",
                self.env._("Working hours until a repair is answered"),
                "service",
                model,
                "_measure_response",
                "_get_answered_domain",
                unit="mean",
                better="low",
            ),
            Indicator(
                "K23-repair",
                self.env._("Working hours until it is repaired"),
                "service",
                model,
                "_measure_repair",
                "_get_repaired_domain",
                unit="mean",
                better="low",
            ),
            Indicator(
                "K23-reopened",
                self.env._("Repairs that came back"),
                "service",
                model,
                "_measure_reopened",
                "_get_repaired_domain",
                better="low",
            ),
        ]


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_service_figures(self):
        figures = super()._get_service_figures()
        figures += self._make_figures(
            "maintenance.request",
            ACTION,
            [
                (
                    self.env._("Repairs to Take On"),
                    [("state", "=", "submitted")],
                    "warning",
                ),
                (
                    self.env._("Repairs Overdue"),
                    [("is_office_repair", "=", True), ("light", "=", "red")],
                    "danger",
                ),
            ],
        )
        if self.env.user.has_group("office_functions.group_office_director"):
            figures += self._make_figures(
                "maintenance.equipment",
                EQUIPMENT_ACTION,
                [
                    (
                        self.env._("Replacements to Decide"),
                        [("replacement_state", "=", "proposed")],
                        "warning",
                    )
                ],
            )
        return figures
