# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import ormcache


class IrRule(models.Model):
    _inherit = "ir.rule"

    @api.model
    @ormcache(
        "self.env.uid",
        "self.env.su",
        "model_name",
        "mode",
        "tuple(self._compute_domain_context_values())",
    )
    def _compute_domain(self, model_name, mode="read"):
        """Add the need-to-know of matters, which is one rule for all their kinds.

        Kept as long as the host keeps its own part, for every query asks for it; so
        a need-to-know holds no query and nothing else of the current transaction.
        """
        domain = super()._compute_domain(model_name, mode)
        model = self.env[model_name]
        if self.env.su or not hasattr(model, "_get_need_to_know_domain"):
            return domain
        return (domain & model._get_need_to_know_domain(mode)).optimize(model)
