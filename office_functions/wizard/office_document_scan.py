# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from pathlib import PurePath

from odoo import fields, models
from odoo.exceptions import UserError


class OfficeDocumentScan(models.TransientModel):
    """The road in by scan: each file becomes a document, or goes to one."""

    _name = "office.document.scan"
    _description = "Scan of Incoming Documents"

    document_id = fields.Many2one(
        "office.document.incoming",
        "Belongs To",
        help="Empty: each file is a new document.",
    )
    sender = fields.Char("Sent By", help="If all of them come from one organ.")
    attachment_ids = fields.Many2many("ir.attachment", string="Scans")

    def action_receive(self):
        """Keep the files and their words, and open what has come in.

        :return: a window action
        :rtype: dict
        :raise UserError: without a file
        """
        self.ensure_one()
        if not self.attachment_ids:
            raise UserError(self.env._("Please choose the files of the scan."))
        documents = self.document_id
        if documents:
            documents.check_access("write")
            self._hang(documents, self.attachment_ids)
        else:
            documents = documents.create(
                [
                    {"name": PurePath(file.name).stem, "sender": self.sender}
                    for file in self.attachment_ids
                ]
            )
            for document, file in zip(documents, self.attachment_ids, strict=True):
                self._hang(document, file)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_document_incoming_action"
        )
        if len(documents) == 1:
            return {**action, "views": [(False, "form")], "res_id": documents.id}
        return {**action, "domain": [("id", "in", documents.ids)], "context": {}}

    def _hang(self, document, files):
        """Attach files to a document and read them."""
        files.write({"res_model": document._name, "res_id": document.id})
        document._read_files(files)
