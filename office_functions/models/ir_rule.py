# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _compute_domain(self, model_name, mode="read"):
        """Add the need-to-know of matters, which is one rule for all their kinds."""
        domain = super()._compute_domain(model_name, mode)
        model = self.env[model_name]
        if self.env.su or not hasattr(model, "_get_need_to_know_domain"):
            return domain
        return (domain & model._get_need_to_know_domain(mode)).optimize(model)
