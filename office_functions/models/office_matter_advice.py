# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class OfficeMatterAdvice(models.AbstractModel):
    """Any matter may set somebody thinking (形成建议)."""

    _inherit = "office.matter.mixin"

    def action_make_advice(self):
        """Begin an advice that this matter gave rise to, and open it.

        :return: the action that opens the draft
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        advice = self.env["office.advice"].create(self._prepare_advice_vals())
        self.env["office.matter.link"].sudo()._link(self.sudo(), advice.sudo())
        return {
            "type": "ir.actions.act_window",
            "res_model": advice._name,
            "res_id": advice.id,
            "views": [(False, "form")],
        }

    def _prepare_advice_vals(self):
        """Return the values of an advice drawn from this matter.

        :rtype: dict
        """
        user = self.env.user
        unit = user.sudo().employee_id.department_id or self.sudo().lead_unit_id
        return {
            "name": self.env._("Advice on: %s", self.name),
            "lead_unit_id": unit.id,
            "drafter_id": user.id,
            "handler_id": user.id,
            "company_id": self.company_id.id,
        }
