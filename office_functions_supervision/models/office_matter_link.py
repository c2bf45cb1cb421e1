# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeMatterLink(models.Model):
    """What a matter gives rise to touches the duties that the matter touches."""

    _inherit = "office.matter.link"

    @api.model
    def _link(self, sources, targets, kind="result"):
        result = super()._link(sources, targets, kind)
        if kind == "result":
            self.env["office.duty.touch"]._hand_down(sources, targets)
        return result
