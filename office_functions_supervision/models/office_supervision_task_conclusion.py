# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from odoo.addons.office_functions.tools.transition import Transition


class OfficeSupervisionTask(models.Model):
    """A task goes back to being reported when its verification is annulled."""

    _inherit = "office.supervision.task"

    @api.model
    def _get_transitions(self):
        return [
            *super()._get_transitions(),
            Transition(
                "unverify",
                label=self.env._("Verification Annulled"),
                sources=("verified",),
                target="reported",
            ),
        ]

    def _prepare_transition_vals(self, row):
        """Leave the report its date when it waits for another verification."""
        vals = super()._prepare_transition_vals(row)
        if row.name == "unverify":
            vals.pop("date_reported", None)
            vals["date_done"] = False
        return vals
