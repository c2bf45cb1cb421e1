# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_supervision_panel(self):
        """Add what waits for a decision by law: objections, changes, findings."""
        panel = super()._get_supervision_panel()
        prefix = "office_functions_supervision.office_supervision"
        waiting = (
            (
                "objection",
                self.env._("Objections under Review"),
                [("state", "=", "submitted")],
            ),
            (
                "requirement",
                self.env._("Changes of Requirements to Approve"),
                [("state", "=", "asked")],
            ),
            ("finding", self.env._("Findings Open"), [("state", "=", "recorded")]),
        )
        for name, label, domain in waiting:
            model = f"office.supervision.{name}"
            panel["figures"] = panel["figures"] + self._make_figures(
                model, f"{prefix}_{name}_action", [(label, domain, "warning")]
            )
        return panel
