# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain


class OfficeDirectivePortal(models.Model):
    """The pages on which schools sign for what a leader assigned to them, and report."""

    _name = "office.directive"
    _inherit = ["office.directive", "office.portal.mixin"]
    _portal_kind = "directive"
    _portal_fields = ("leader_id", "date", "text", "source", "date_deadline")
    _portal_steps = ("accept", "start", "report")

    @api.model
    def _get_portal_title(self):
        return self.env._("Directives")

    @api.model
    def _get_portal_hints(self):
        return {
            "card": self.env._("Sign for what is assigned to you, and report on it"),
            "empty": self.env._("Nothing is assigned to you."),
        }

    @api.model
    def _get_public_states(self):
        return {
            "issued": self.env._("To Be Signed For"),
            "accepted": self.env._("Signed For"),
            "handling": self.env._("In Hand"),
            "reported": self.env._("Reported"),
            "returned": self.env._("Returned for Rework"),
            "confirmed": self.env._("Confirmed"),
            "withdrawn": self.env._("Withdrawn"),
        }

    @api.model
    def _get_portal_domain(self):
        """Show everybody what they and their schools do, whatever else they read."""
        mine = Domain("handler_id", "=", self.env.uid) | Domain(
            "lead_unit_id", "in", self._get_portal_units().ids
        )
        return [*super()._get_portal_domain(), *mine]

    def _get_portal_values(self):
        """Show the light of the deadline."""
        return super()._get_portal_values() | self._get_portal_light()

    def _get_portal_page(self):
        page = super()._get_portal_page()
        if self.state == "returned":
            step = self.transition_ids.sorted("id")[-1:]
            page["lines"].append((self.env._("Why It Was Returned"), step.note))
        return page
