# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

BLANK = [("is_blank_quarter", "=", True)]
SUBMITTED = [("state", "=", "submitted")]


class OfficeWorkbenchCoverage(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_supervision_panel(self):
        panel = super()._get_supervision_panel()
        panel["figures"] += self._make_figures(
            "office.supervision.blank.spot",
            "office_functions_supervision.office_supervision_blank_spot_action",
            [(self.env._("Blank Spots This Quarter"), BLANK, "warning")],
        )
        panel["figures"] += self._make_figures(
            "office.supervision.inspection",
            "office_functions_supervision.office_supervision_inspection_action",
            [(self.env._("Inspections to Approve"), SUBMITTED, "warning")],
        )
        return panel
