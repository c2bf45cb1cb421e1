# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class OfficeSupervisionTaskReach(models.Model):
    _inherit = "office.supervision.task"

    def action_give_feedback(self):
        """Open the short form, made for a phone: what was done, a photo, hand in."""
        action = super().action_give_feedback()
        form = self.env.ref(
            "office_functions_supervision.office_supervision_feedback_view_form_short"
        )
        return action | {"views": [(form.id, "form")]}
