# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models

from odoo.addons.office_functions.tools.transition import permit


class OfficeSupervisionTicket(models.Model):
    """What a ticket tells of its verifications, and keeps when one is annulled."""

    _inherit = "office.supervision.ticket"

    def _get_workers(self):
        """Return everybody who worked on this ticket or reported on it.

        :rtype: res.users
        """
        return self.handler_id | self.task_ids.handler_id | self.feedback_ids.author_id

    def _get_latest_verification(self):
        """Return the verification that stands, the last of those concluded.

        :rtype: office.supervision.verification
        """
        return self.verification_ids.filtered(
            lambda one: one.state == "concluded"
        ).sorted("id")[-1:]

    def _settle_date_reported(self):
        """Count what is reported anew by no fault of the unit from its first report."""
        for ticket in self.filtered(lambda one: one.state == "feedback"):
            tasks = ticket.task_ids.filtered(lambda task: task.state != "cancelled")
            dates = [task.date_reported for task in tasks if task.date_reported]
            with permit(ticket):
                ticket.with_context(tracking_disable=True).write(
                    {"date_reported": max(dates, default=ticket.date_reported)}
                )
