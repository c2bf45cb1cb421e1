# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeSupervisionVerification(models.Model):
    """The look-back (回头看): a verification some time after the striking off.

    What does not hold any more is reopened on the directive that the ticket stands on
    (M4), with a rectification and its date; the authorising leader is told.
    """

    _inherit = "office.supervision.verification"

    kind = fields.Selection(
        [("check", "Verification"), ("look_back", "Look-back")],
        "Verification or Look-back",
        required=True,
        default="check",
    )

    _look_back_idx = models.Index(
        "(date) WHERE kind = 'look_back' AND state = 'concluded'"
    )

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {"kind": ("draft",)}

    def _explain_ticket_state(self):
        if self.kind != "look_back":
            return super()._explain_ticket_state()
        if self.ticket_id.state != "closed":
            return [self.env._("Only what was struck off is looked back at.")]
        return []

    def _after_conclude(self, note):
        looks = self.filtered(lambda verification: verification.kind == "look_back")
        result = super(OfficeSupervisionVerification, self - looks)._after_conclude(
            note
        )
        looks._conclude_look_back()
        return result

    def _conclude_look_back(self):
        """Note that the tickets hold, or reopen them."""
        self.ticket_id._end_look_back()
        for look in self.filtered(lambda look: look.result == "fail"):
            ticket = look.ticket_id
            ticket._keep_first_done()
            ticket._pass_by_system("reopen", look.findings)
            ticket._restart_until(look.date_rectification, look.rectification)
            look._open_rectification()
            ticket._tell_leader_of_reopening(look)
