# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

ACTION = "office_functions.%s_action"

TO_SCREEN = [("state", "=", "submitted")]
TO_DECIDE = [("state", "=", "presented")]
IDLE = [("is_idle", "=", True)]
RUNNING = [("open_deadline", "!=", False)]


class OfficeWorkbench(models.AbstractModel):
    """What the kinds of matters of the core bring to the panels of the workbench."""

    _inherit = "office.workbench"

    @api.model
    def _get_advice_panel(self):
        panel = super()._get_advice_panel()
        panel["figures"] = [
            *self._make_figures(
                "office.advice",
                ACTION % "office_advice",
                [
                    (self.env._("Advice to Be Decided"), TO_DECIDE, "warning"),
                    (self.env._("Advice to Be Screened"), TO_SCREEN, "warning"),
                ],
            ),
            *panel["figures"],
        ]
        return panel

    @api.model
    def _get_coordination_panel(self):
        panel = super()._get_coordination_panel()
        for_me = [("signer_id", "=", self.env.uid), ("state", "=", "signing")]
        panel["figures"] += [
            *self._make_figures(
                "office.document.incoming",
                ACTION % "office_document_incoming",
                [(self.env._("Documents Idle Too Long"), IDLE, "danger")],
            ),
            *self._make_figures(
                "office.document.outgoing",
                ACTION % "office_document_outgoing",
                [(self.env._("Drafts for Me to Sign"), for_me, "warning")],
            ),
            *self._make_figures(
                "office.coordination",
                ACTION % "office_coordination",
                [(self.env._("Coordination Running"), RUNNING, "")],
            ),
        ]
        return panel
