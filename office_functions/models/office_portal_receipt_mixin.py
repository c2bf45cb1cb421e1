# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain


class OfficePortalReceiptMixin(models.AbstractModel):
    """What a school is sent: it reads it on the portal and confirms the receipt (S1.24).

    For models of ``office.acknowledgement.mixin``.
    """

    _name = "office.portal.receipt.mixin"
    _inherit = ["office.portal.mixin"]
    _description = "Sent to a School on the Portal"
    # In these states its own word says more than whether it was read.
    _portal_void_states = ()

    @api.model
    def _get_portal_hints(self):
        return {
            "card": self.env._("Read what you are sent, and confirm the receipt"),
            "empty": self.env._("Nothing has been sent to you."),
        }

    @api.model
    def _get_addressed_domain(self):
        """Return what was sent to the current user or their schools.

        :rtype: Domain
        """
        mine = Domain("user_id", "=", self.env.uid) | Domain(
            "department_id", "in", self._get_portal_units().ids
        )
        return Domain("receipt_ids", "any!", mine)

    @api.model
    def _get_portal_domain(self):
        return Domain(super()._get_portal_domain()) & self._get_addressed_domain()

    def _get_portal_values(self):
        """Say of what was sent whether it has been read."""
        values = super()._get_portal_values()
        if self._get_own_receipts() and self.sudo().state not in (
            self._portal_void_states
        ):
            waits = self.may_confirm_receipt
            values["state"] = self.env._("To Be Read") if waits else self.env._("Read")
        return values

    def _get_portal_page(self):
        """Return what the page of something sent shows.

        :return: beside the values of the list: ``waits``, whether the user has to
            confirm the receipt, and what they ``confirm`` by it, ``receipt``, when that
            was done, ``warning`` and ``body``
        :rtype: dict
        """
        warning = self._get_portal_warning()
        receipt = self.env._("Confirm Receipt")
        dates = [date for date in self._get_own_receipts().mapped("date_read") if date]
        return super()._get_portal_page() | {
            "waits": self.may_confirm_receipt,
            "confirm": self.env._("I Have Noted This") if warning else receipt,
            "warning": warning,
            "receipt": max(dates, default=False),
            "body": self._get_portal_body(),
        }

    def _get_portal_warning(self):
        """Return the warning not to act on what is without effect, if it is.

        :rtype: str or bool
        """
        if self.sudo().state not in self._portal_void_states:
            return False
        return self.env._(
            "This is marked “%(state)s”. Please do not act on it any more.",
            state=self._get_portal_values()["state"],
        )

    def _get_portal_body(self):
        """Return the text that was sent, where it is more than a field.

        :rtype: Markup
        """
        return False
