# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

WAITING = {
    "objection": [("state", "=", "submitted")],
    "requirement": [("state", "=", "asked")],
    "finding": [("state", "=", "recorded")],
}
"""Last part of a model's name → which of its records wait for somebody."""


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_supervision_panel(self):
        """Add what waits for a decision by law: objections, changes, findings."""
        panel = super()._get_supervision_panel()
        labels = self._get_law_labels()
        figures = list(panel["figures"])
        for name, domain in WAITING.items():
            figures += self._make_figures(
                f"office.supervision.{name}",
                f"office_functions_supervision.office_supervision_{name}_action",
                [(labels[name], domain, "warning")],
            )
        return panel | {"figures": figures}

    @api.model
    def _get_law_labels(self):
        objections = self.env._("Objections under Review")
        changes = self.env._("Changes of Requirements to Approve")
        findings = self.env._("Findings Open")
        return dict(zip(WAITING, (objections, changes, findings), strict=True))
