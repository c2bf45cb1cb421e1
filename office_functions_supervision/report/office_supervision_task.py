# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class OfficeSupervisionTask(models.Model):
    _inherit = "office.supervision.task"

    def _get_notice_number(self):
        """Return the number by which notices name this task, a part of its ticket's.

        :return: e.g. ``督办〔2026〕3号任务2``, the second task in the notice (F1) of
            that ticket
        :rtype: str
        """
        self.ensure_one()
        ticket_sudo = self.sudo().ticket_id
        position = ticket_sudo._get_numbered_tasks().ids.index(self.id) + 1
        return f"{ticket_sudo.number or ''}任务{position}"
