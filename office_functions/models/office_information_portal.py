# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain

from .office_information import DRAFTING


class OfficeInformationPortal(models.Model):
    """The pages on which schools report, mend what was given back, and read what the
    office passes down to them (下情上达, 上情下达).
    """

    _name = "office.information"
    _inherit = ["office.information", "office.portal.receipt.mixin"]
    _portal_kind = "information"
    _portal_form_fields = (
        "name",
        "kind",
        "nature",
        "moment_event",
        "place",
        "source",
        "verified_by",
        "text",
    )
    _portal_fields = ("request_text", *_portal_form_fields[1:])
    _portal_again_states = ("requested", "returned")
    _portal_void_states = ("false",)
    _portal_reads_annexes = False
    _portal_takes_files = True

    @api.model
    def _get_portal_title(self):
        return self.env._("Information Reports")

    @api.model
    def _get_portal_hints(self):
        return {
            "card": self.env._("Report what is new, and read what is passed on to you"),
            "empty": self.env._("Nothing has been reported or passed on yet."),
        }

    @api.model
    def _get_public_states(self):
        considered = self.env._("Under Consideration")
        used = self.env._("Adopted")
        return {
            "requested": self.env._("Piece Requested"),
            "submitted": self.env._("Report Submitted"),
            "returned": self.env._("Given Back"),
            **dict.fromkeys(
                ("screened", "verified", "edited", "presented"), considered
            ),
            **dict.fromkeys(("adopted", "instructed"), used),
            "unused": self.env._("Not Adopted"),
            "archived": self.env._("Report Archived"),
            "false": self.env._("Not True"),
        }

    @api.model
    def _get_portal_domain(self):
        """Show what one's schools report, and what they are sent once it is issued."""
        ours = Domain("handler_id", "=", self.env.uid) | Domain(
            "lead_unit_id", "in", self._get_portal_units().ids
        )
        issued = Domain("state", "not in", (*DRAFTING, "submitted", "screened"))
        shown = Domain("state", "in", list(self._get_public_states()))
        return shown & (ours | (issued & self._get_addressed_domain()))

    def _is_own_on_portal(self):
        """Tell whether the current user's side reported it."""
        ours = self.sudo().lead_unit_id & self._get_portal_units()
        return bool(ours) or self.sudo().handler_id == self.env.user

    def _get_portal_values(self):
        """Show others no more of a report than was issued."""
        values = super()._get_portal_values()
        report = self.sudo()
        values["date"] = report.date_submitted or values["date"]
        if not self._is_own_on_portal():
            text = report.edited_text or report.text
            values["lines"] = [(self.env._("Text"), text)]
        return values

    def _get_portal_page(self):
        page = super()._get_portal_page()
        if self._is_own_on_portal() and self.sudo().state in ("returned", "false"):
            step = self.sudo().transition_ids.sorted("id")[-1:]
            page["lines"].insert(0, (self.env._("Why It Was Returned"), step.note))
        return page

    @api.model
    def _prepare_portal_vals(self, unit):
        return super()._prepare_portal_vals(unit) | {"handler_id": self.env.uid}

    def _submit_portal(self):
        self.do_transition("submit")
