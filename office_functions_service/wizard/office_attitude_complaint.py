# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError


class OfficeAttitudeComplaint(models.TransientModel):
    """Takes down how a citizen says that somebody treated them (S4.13)."""

    _name = "office.attitude.complaint"
    _description = "Complaint about Attitude"

    # A link would show the name of any matter to whoever puts in its number.
    res_model = fields.Char(
        readonly=True, default=lambda self: self.env.context.get("active_model")
    )
    res_id = fields.Integer(
        readonly=True, default=lambda self: self.env.context.get("active_id")
    )
    person_id = fields.Many2one(
        "res.users", "Whose Attitude", required=True, domain="[('share', '=', False)]"
    )
    problem = fields.Text("What Happened", required=True)

    def send(self):
        """Open the correction; see :meth:`OfficePublicMixin.open_attitude_complaint`.

        :return: the notice that closes the dialog
        :rtype: dict
        :raise UserError: for what is no matter of a citizen, or is complained of already
        """
        self.ensure_one()
        kinds = self.env.registry.descendants(["office.public.mixin"], "_inherit")
        if self.res_model not in kinds or self.env[self.res_model]._abstract:
            raise UserError(self.env._("Citizens complain of their own matters."))
        record = self.env[self.res_model].browse(self.res_id)
        if not record.open_attitude_complaint(self.person_id, self.problem):
            raise UserError(
                self.env._("The attitude in this matter is being looked into already.")
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Who stands above them looks into it."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
