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
        return self._begin_result("office.advice", self._prepare_advice_vals())

    def _prepare_advice_vals(self):
        """Return the values of an advice drawn from this matter.

        :rtype: dict
        """
        user = self.env.user
        unit = self.env["hr.department"]._get_own_unit() or self.sudo().lead_unit_id
        return {
            "name": self.env._("Advice on: %s", self._get_result_name()),
            "lead_unit_id": unit.id,
            "drafter_id": user.id,
            "handler_id": user.id,
            "company_id": self.company_id.id,
        }
