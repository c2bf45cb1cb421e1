# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.fields import Domain

TICKET = "office.supervision.ticket"
TASK = "office.supervision.task"


class OfficeSupervisionFeedbackAnswer(models.Model):
    """Who hands in feedback has answered what they were urged for."""

    _inherit = "office.supervision.feedback"

    def _after_submit(self, note):
        result = super()._after_submit(note)
        notices = self._find_answered_notices()
        if notices:
            notices._record_reply(self.env._("Feedback was given."))
        return result

    def _find_answered_notices(self):
        """Return the open notices on the tasks, and on the ticket of the lead unit.

        :rtype: office.urging
        """
        tasks = self.task_id
        led = tasks.filtered(
            lambda task: task.lead_unit_id == task.ticket_id.lead_unit_id
        )
        about = Domain("res_model", "=", TASK) & Domain("res_id", "in", tasks.ids)
        if led:
            about |= Domain("res_model", "=", TICKET) & Domain(
                "res_id", "in", led.ticket_id.ids
            )
        Urging = self.env["office.urging"].sudo()
        return Urging.search(about & Domain("date_replied", "=", False))
