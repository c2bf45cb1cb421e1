# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models

ISSUED = ("edited", "presented", "adopted", "unused", "instructed", "archived")
"""The states of an information report that has left the office's own hands."""


class OfficeMatterMixin(models.AbstractModel):
    """What reaches somebody outside too late hurts the organ's image (S2.18)."""

    _inherit = "office.matter.mixin"
    # The states in which an answer has reached somebody outside.
    _answered_states = ()

    def _after_transition(self, row, note):
        result = super()._after_transition(row, note)
        if row.target in self._answered_states and row.target not in row.sources:
            late = self.filtered(lambda matter: matter._is_answered_late())
            self.env["office.error"]._open_image_errors(
                late,
                "late",
                self.env._("Answered late"),
                self.env._("The answer came after its deadline."),
            )
        return result

    def _is_answered_late(self):
        """Tell whether an answer to somebody outside came after its deadline."""
        return bool(self.date_done and self.date_deadline and not self.is_on_time)


class OfficeDocumentIncoming(models.Model):
    _inherit = "office.document.incoming"
    _answered_states = ("replied",)

    def _is_answered_late(self):
        return not self.no_reply_needed and super()._is_answered_late()


class OfficeInformation(models.Model):
    _inherit = "office.information"

    def _apply_transition(self, row, note=False, principals=None, **vals):
        """What proved false after it was issued hurts the image; before, nobody knew."""
        issued = self.sudo().filtered(lambda report: report.state in ISSUED)
        result = super()._apply_transition(row, note, principals, **vals)
        if row.name == "mark_false":
            self.env["office.error"]._open_image_errors(
                issued,
                "false",
                self.env._("Untrue information was issued"),
                note or "",
            )
        return result
