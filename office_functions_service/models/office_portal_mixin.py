# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficePortalMixin(models.AbstractModel):
    _inherit = "office.portal.mixin"

    @api.model
    def _get_portal_scale(self):
        """Return what one to five stars mean, in words.

        :rtype: list[tuple[int, str]]
        """
        words = (
            self.env._("Very Dissatisfied"),
            self.env._("Dissatisfied"),
            self.env._("Fair"),
            self.env._("Satisfied"),
            self.env._("Very Satisfied"),
        )
        return list(enumerate(words, 1))
