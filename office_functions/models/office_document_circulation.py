# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.transition import is_permitted

SIGNED = ("date_read", "note")
"""Written by the step of the reader alone."""

OVER = ("closed", "archived")
"""The states of a document in which nobody reads any more."""


class OfficeDocumentCirculation(models.Model):
    """One reader of a circulated document, who signs for having read it (传阅)."""

    _name = "office.document.circulation"
    _inherit = ["office.part.mixin"]
    _description = "Circulation"
    _order = "document_id, sequence, id"
    _rec_name = "user_id"
    _whole = "document_id"

    document_id = fields.Many2one(
        "office.document.incoming",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10, aggregator=None)
    user_id = fields.Many2one("res.users", "Reader", required=True, index=True)
    date_read = fields.Datetime("Read On", readonly=True, copy=False)
    note = fields.Text("Remark", readonly=True, copy=False)

    _reader_uniq = models.UniqueIndex(
        "(document_id, user_id)", "Nobody reads a document twice in one round."
    )

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get(name) for vals in vals_list for name in SIGNED):
            self._refuse_forgery()
        lines = super().create(vals_list)
        lines._check_over()
        return lines

    def write(self, vals):
        if self and set(SIGNED) & vals.keys() and not is_permitted(self, vals):
            self._refuse_forgery()
        if {"document_id", "user_id"} & vals.keys():
            if any(line.date_read for line in self):
                raise UserError(
                    self.env._("Who has signed stays on the list of readers.")
                )
        result = super().write(vals)
        if vals.keys() - set(SIGNED):
            self._check_over()
        return result

    def _refuse_forgery(self):
        """Raise the error for an attempt to sign by another road.

        :raise ValidationError: always
        """
        raise ValidationError(
            self.env._(
                "Each reader signs for themselves: please use “Have Read” on the "
                "form of the document."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_circulating(self):
        documents = self.document_id
        if any(d.state in ("circulating", *OVER) for d in documents):
            raise UserError(
                self.env._(
                    "Nobody is skipped: a reader is not taken off while it goes "
                    "round. Name somebody else in their place."
                )
            )

    def _check_over(self):
        """Refuse to change the list of readers once the round is over.

        :raise UserError: when it is
        """
        if any(doc.state in OVER for doc in self.document_id):
            raise UserError(self.env._("This round of reading is over."))

    def _get_unread(self):
        """Return the lines not signed yet, in the order of reading."""
        unread = self.filtered(lambda line: not line.date_read)
        return unread.sorted(lambda line: (line.sequence, line._origin.id or 0))

    def _explain_unable(self):
        """Return why some of these readers could not read the document.

        :rtype: list[str]
        """
        able = ("group_office_staff", "group_office_leader")
        unable = self.user_id.filtered(
            lambda user: (
                not any(user.has_group(f"office_functions.{group}") for group in able)
            )
        )
        if not unable:
            return []
        return [
            self.env._(
                "These may not see incoming documents: %(names)s.",
                names=", ".join(unable.mapped("name")),
            )
        ]
