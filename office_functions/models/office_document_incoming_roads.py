# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import html2plaintext
from odoo.tools.mail import parse_contact_from_email

from ..tools.decision_text import DecisionTextError, extract_text
from ..tools.document_number import find_number, make_key
from ..tools.transition import permit


class OfficeDocumentIncoming(models.Model):
    """The roads in: by hand, by scan, by mail; and no document comes in twice."""

    _inherit = "office.document.incoming"

    text_content = fields.Text(
        "Full Text",
        index="trigram",
        copy=False,
        help="Read from the scan or the mail, so that its words can be searched.",
    )
    scan_note = fields.Char(
        "Reading of the Scan", readonly=True, copy=False, help="What could not be read."
    )
    duplicate_key = fields.Char(
        compute="_compute_duplicate_key", store=True, precompute=True
    )
    duplicate_warning = fields.Char(compute="_compute_duplicate_warning")

    _duplicate_uniq = models.UniqueIndex(
        "(company_id, duplicate_key) WHERE duplicate_key IS NOT NULL "
        "AND state NOT IN ('received', 'returned')",
        "This document of the same sender is registered already.",
    )
    _key_idx = models.Index("(duplicate_key) WHERE duplicate_key IS NOT NULL")

    @api.depends("sender", "sender_number")
    def _compute_duplicate_key(self):
        for document in self:
            document.duplicate_key = make_key(document.sender, document.sender_number)

    @api.depends("sender", "sender_number", "state")
    def _compute_duplicate_warning(self):
        twins = self._find_twins()
        for document in self:
            document.duplicate_warning = document._describe_twin(
                twins.get(document, self.browse())
            )

    def _find_twins(self):
        """Return document → an earlier one of the same sender and number.

        What was returned to its sender may come again.

        :rtype: dict
        """
        keys = {
            document: make_key(document.sender, document.sender_number)
            for document in self
            if document.state in ("received", "returned", False)
        }
        domain = Domain("duplicate_key", "in", [*filter(None, keys.values())])
        domain &= Domain("company_id", "in", self.company_id.ids)
        domain &= Domain("state", "not in", ("received", "returned"))
        found = {}
        if any(keys.values()):
            others = self.sudo().with_context(active_test=False).search(domain)
            found = {(o.company_id.id, o.duplicate_key): o for o in others}
        return {
            document: found[document.company_id.id, key]
            for document, key in keys.items()
            if (document.company_id.id, key) in found
        }

    def _describe_twin(self, twin):
        """Return the sentence that names the document registered before, if any."""
        if not twin:
            return False
        return self.env._(
            "This document is registered already: %(number)s, received on %(date)s.",
            number=twin.number,
            date=fields.Date.to_string(
                fields.Datetime.context_timestamp(self, twin.date_received)
            ),
        )

    # Scan -----------------------------------------------------------------------------

    def _read_files(self, files):
        """Keep the words of attached files, so that they can be searched.

        A file that cannot be read stays attached, and the form says why it cannot
        be searched.

        :param files: ``ir.attachment``
        """
        self.ensure_one()
        texts, notes = [self.text_content or ""], []
        for file in files:
            try:
                texts.append(extract_text(file.raw or b"", file.name))
            except DecisionTextError as error:
                notes.append(f"{file.name}: {self._explain_unreadable(error.code)}")
        vals = {
            "text_content": "\n".join(filter(None, texts)) or False,
            "scan_note": " ".join(notes) or False,
        }
        if not self.sender_number:
            vals["sender_number"] = find_number(vals["text_content"]) or False
        with permit(self):
            self.with_context(tracking_disable=True).write(vals)

    @api.model
    def _explain_unreadable(self, code):
        """Return one sentence for a code of ``DecisionTextError``.

        :rtype: str
        """
        sentences = {
            "scanned": self.env._(
                "the scan holds pictures and no text; it is kept, but its words "
                "cannot be searched."
            ),
            "encrypted": self.env._(
                "it is protected by a password; it is kept, but cannot be searched."
            ),
            "broken": self.env._(
                "the file is damaged; please scan the paper once more."
            ),
            "too_large": self.env._(
                "the file is too long to be read; it is kept, but cannot be searched."
            ),
            "empty": self.env._("the file is empty; please scan the paper once more."),
        }
        return sentences.get(
            code,
            self.env._(
                "this kind of file holds no text that could be read; it is kept, but "
                "cannot be searched."
            ),
        )

    # Mail -----------------------------------------------------------------------------

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Sign for a document that comes by mail; it still has to be registered.

        The organ it comes from is the sender's name, and its files stay attached.
        """
        name, address = parse_contact_from_email(msg_dict.get("email_from") or "")
        vals = {
            "name": msg_dict.get("subject") or self.env._("(no subject)"),
            "sender": name or address,
            "text_content": html2plaintext(msg_dict.get("body") or "").strip(),
            **(custom_values or {}),
        }
        if vals.get("company_id"):
            company = self.env["res.company"].browse(vals["company_id"])
            vals.setdefault("clerk_id", company.sudo().office_document_clerk_id.id)
        return super().message_new(msg_dict, vals)

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        if message.message_type == "email" and self.state == "received":
            files = message.sudo().attachment_ids
            if files:
                self.sudo()._read_files(files)
        return result
