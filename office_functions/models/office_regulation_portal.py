# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain


class OfficeRegulationPortal(models.Model):
    """The pages on which schools read the rules that apply to them, and the public
    those that are open to it.
    """

    _name = "office.regulation"
    _inherit = ["office.regulation", "office.portal.receipt.mixin"]
    _portal_kind = "regulation"
    _portal_fields = ("issuer", "date_issued", "date_effective", "summary", "url")
    _portal_void_states = ("repealed",)

    @api.model
    def _get_portal_title(self):
        return self.env._("Regulations")

    @api.model
    def _get_portal_hints(self):
        return super()._get_portal_hints() | {
            "card": self.env._("Read the rules that apply to you"),
        }

    @api.model
    def _get_public_states(self):
        effective = self.env._("In Force")
        return {
            "issued": self.env._("Promulgated"),
            "effective": effective,
            "revising": effective,
            "repealed": self.env._("Repealed"),
        }

    @api.model
    def _get_addressed_domain(self):
        """Show what is open to the public too."""
        return super()._get_addressed_domain() | Domain("is_public", "=", True)

    def _get_portal_values(self):
        values = super()._get_portal_values()
        return values | {"date": self.date_issued or self.date_effective}

    def _get_portal_body(self):
        return self.full_text
