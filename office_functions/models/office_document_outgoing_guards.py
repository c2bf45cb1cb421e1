# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from .office_document_outgoing import WRITING
from .office_secrecy_period import SETTLED

OPEN_TEXT = (*WRITING, "reviewing")
"""The states in which what is to be signed may still change."""


class OfficeDocumentOutgoing(models.Model):
    """Until when each part of a document may change, and who wrote it."""

    _inherit = "office.document.outgoing"

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "date_issued",
            "date_reviewed",
            "date_signed",
            "date_void",
            "drafters",
            "has_difference",
            "return_count",
            "seal_approver_id",
            "signed_by_id",
            "signed_digest",
            "signing_opinion",
        }

    @api.model
    def _get_frozen_fields(self):
        text = dict.fromkeys(("name", "body"), (*OPEN_TEXT, "verified"))
        settled = dict.fromkeys(
            (
                "document_type",
                "direction",
                "is_important",
                "is_passed_on",
                "own_view",
                "main_unit_ids",
                "main_organs",
                "disclosure",
                *SETTLED,
                "reviewer_id",
                "countersign_unit_ids",
            ),
            OPEN_TEXT,
        )
        signer = {"signer_id": (*OPEN_TEXT, "countersigning", "signing")}
        return super()._get_frozen_fields() | text | settled | signer

    def write(self, vals):
        if {"name", "body", "handler_id"} & vals.keys():
            for document in self.filtered(lambda doc: doc.state in WRITING):
                writers = document.handler_id
                if not self.env.su:
                    writers |= self.env.user
                document._add_drafters(writers - document.create_uid)
        return super().write(vals)
