# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import UserError

REPLIES = {"down": ("report", "up"), "up": ("reply", "down")}
"""Where the sender stands → type and direction of what we answer with."""


class OfficeDocumentIncoming(models.Model):
    """What grows from a document beside the directive: a reply, a coordination (S0.3)."""

    _inherit = "office.document.incoming"

    def action_make_reply(self):
        """Begin the document that answers this one, and open it.

        :return: the action that opens the draft
        :rtype: dict
        """
        return self._begin_result(
            "office.document.outgoing", self._prepare_reply_vals()
        )

    def action_make_coordination(self):
        """Raise what several units must settle together about this document.

        :return: the action that opens it
        :rtype: dict
        """
        return self._begin_result(
            "office.coordination", self._prepare_coordination_vals()
        )

    def _begin_result(self, model, vals):
        """Refuse it for a state secret, of which nothing is written here.

        :raise UserError: for a state secret
        """
        if self.is_secret:
            raise UserError(self._get_secrecy_warning())
        return super()._begin_result(model, vals)

    def _prepare_reply_vals(self):
        """Return the values of the document that answers this one.

        :rtype: dict
        """
        document_type, direction = REPLIES.get(self.direction, ("letter", "lateral"))
        unit = self.env["hr.department"]._get_own_unit() or self.lead_unit_id
        return {
            "name": self.env._("Reply to: %s", self.name),
            "document_type": document_type,
            "direction": direction,
            "is_passed_on": self.direction == "up",
            "urgency": "urgent" if self.is_urgent else "ordinary",
            "main_organs": self.sender,
            "lead_unit_id": unit.id,
            "secrecy_level": self.secrecy_level,
            "company_id": self.company_id.id,
        }

    def _prepare_coordination_vals(self):
        """Return the values of the coordination that this document calls for.

        :rtype: dict
        """
        words = [self.name, self.proposal, self.instruction]
        basis = [self.sender, self.sender_number, self.number]
        return {
            "name": self.name,
            "text": "\n".join(filter(None, words)),
            "basis": " ".join(filter(None, basis)),
            "lead_unit_id": self.lead_unit_id.id,
            "leader_id": self.leader_id.id,
            "company_id": self.company_id.id,
        }
