# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeAdvicePortal(models.Model):
    """Rational proposals (合理化建议) that schools send in on the portal."""

    _inherit = "office.advice"
    _portal_kind = "advice"
    _portal_form_fields = ("name", "text")
    _portal_fields = ("text", "public_answer")
    _portal_takes_files = True

    @api.model
    def _get_portal_title(self):
        return self.env._("Rational Proposals")

    @api.model
    def _get_portal_form(self):
        words = {
            "name": {
                "label": self.env._("What is proposed"),
                "help": self.env._("In one sentence."),
            },
            "text": {
                "help": self.env._(
                    "What is so now, what should be done, and what it would bring. "
                    "The office answers on this page."
                ),
            },
        }
        return [field | words[field["name"]] for field in super()._get_portal_form()]

    def _get_portal_values(self):
        """Show when the school handed it in, not when the record was made."""
        values = super()._get_portal_values()
        return values | {"date": self.sudo().date_submitted or values["date"]}

    @api.model
    def _get_public_states(self):
        received = self.env._("Waiting to Be Screened")
        considered = self.env._("Under Consideration")
        adopted = self.env._("Adopted")
        return {
            "submitted": received,
            **dict.fromkeys(("screened", "presented", "deferred"), considered),
            **dict.fromkeys(("adopted", "partly"), adopted),
            **dict.fromkeys(("implementing", "evaluated", "closed"), adopted),
            "rejected": self.env._("Not Adopted"),
        }

    @api.model
    def _get_portal_domain(self):
        return [*super()._get_portal_domain(), ("kind", "=", "proposal")]

    @api.model
    def _prepare_portal_vals(self, unit):
        return super()._prepare_portal_vals(unit) | {
            "kind": "proposal",
            "initiative": "self",
        }

    def _submit_portal(self):
        self.do_transition("submit")

    def _get_explanation_lines(self):
        """Keep from a school why the office let the time stand still."""
        return super()._get_explanation_lines() if self._reads_annexes() else []
