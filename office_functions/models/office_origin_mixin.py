# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class OfficeOriginMixin(models.AbstractModel):
    """What gives rise to matters: a matter, a decision of a meeting, planned work."""

    _name = "office.origin.mixin"
    _description = "Gives Rise to Matters"

    def _begin_result(self, model, vals):
        """Create as the user what this gives rise to, link the two, and open it.

        :param str model: the kind of matter that it becomes
        :param dict vals: its values
        :return: the action that opens it
        :raise AccessError: for who may not read the one, or create the other
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        result = self.env[model].create(vals)
        self.env["office.matter.link"].sudo()._link(self.sudo(), result.sudo())
        return result._get_form_action()
