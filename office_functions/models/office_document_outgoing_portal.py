# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from pathlib import PurePath

from odoo import api, models


class OfficeDocumentOutgoingPortal(models.Model):
    """The pages on which schools read the documents addressed to them.

    They get what was dispatched. How it came about, its review and the opinion of who
    signed it, stays inside (A9).
    """

    _name = "office.document.outgoing"
    _inherit = ["office.document.outgoing", "office.portal.receipt.mixin"]
    _portal_kind = "document"
    _portal_fields = ("document_type", "urgency", "main_text", "annex_names")
    _portal_void_states = ("revoked", "repealed")
    _portal_reads_annexes = False

    @api.model
    def _get_portal_title(self):
        return self.env._("Official Documents")

    @api.model
    def _get_public_states(self):
        dispatched = self.env._("Dispatched")
        return {
            "issued": dispatched,
            "archived": dispatched,
            "revoked": self.env._("Revoked"),
            "repealed": self.env._("Repealed"),
        }

    @api.model
    def _get_portal_labels(self):
        return super()._get_portal_labels() | {
            "main_text": self.env._("Main Addressees"),
        }

    def _get_portal_values(self):
        return super()._get_portal_values() | {"date": self.date_issued}

    def _get_portal_body(self):
        return self.body

    def _get_portal_files(self):
        """Return the document as it is printed, and the files named among its annexes.

        Whatever else is attached stays at the office.
        """
        if self.is_secret:
            return []
        layout = {
            "name": self.env._("Document to Print"),
            "url": f"/my/office/document/{self.id}/print",
        }
        annexes = self._get_attached_files().filtered(self._is_annex)
        return [layout, *self._get_file_links(annexes)]

    def _is_annex(self, file):
        """Tell whether a file goes out with the document: it is named as an annex."""
        self.ensure_one()
        lines = (self.sudo().annex_names or "").splitlines()
        named = {name.strip() for name in lines} - {""}
        return bool({file.name, PurePath(file.name).stem} & named)
