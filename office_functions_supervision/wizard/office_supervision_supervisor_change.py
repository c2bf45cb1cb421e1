# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeSupervisionSupervisorChange(models.TransientModel):
    """Asks who carries a ticket from now on, and why."""

    _name = "office.supervision.supervisor.change"
    _inherit = ["office.readable.mixin"]
    _description = "Change Supervisor"
    _must_read = ("ticket_id",)

    ticket_id = fields.Many2one("office.supervision.ticket", required=True)
    user_id = fields.Many2one(
        "res.users",
        "New Supervisor",
        required=True,
        domain=lambda self: self._get_supervisor_domain(),
    )
    reason = fields.Text("Reason of the Change", required=True)

    @api.model
    def _get_supervisor_domain(self):
        group = self.env.ref("office_functions_supervision.group_office_supervisor")
        return [("all_group_ids", "in", group.ids)]

    def action_apply(self):
        """Give the ticket to the new supervisor.

        :return: closes the dialog
        :rtype: dict
        """
        self.ensure_one()
        self.ticket_id.change_supervisor(self.user_id, self.reason)
        return {"type": "ir.actions.act_window_close"}
