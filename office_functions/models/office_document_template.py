# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeDocumentTemplate(models.Model):
    """The text that a new document of some type begins with."""

    _name = "office.document.template"
    _description = "Document Template"
    _order = "document_type, id"
    _rec_name = "document_type"

    document_type = fields.Selection(lambda self: self._get_types(), required=True)
    body = fields.Html(help="Blanks are written as ××; none may be left in a draft.")
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: for all companies."
    )

    _type_uniq = models.UniqueIndex(
        "(document_type, COALESCE(company_id, 0))",
        "This type has its template already.",
    )

    @api.model
    def _get_types(self):
        field = self.env["office.document.outgoing"]._fields["document_type"]
        return field._description_selection(self.env)

    @api.model
    def _get_bodies(self, companies):
        """Return the templates of some companies and those for all.

        :rtype: dict[tuple[str, int], str]
        """
        found = self.sudo().search_fetch(
            [("company_id", "in", [*companies.ids, False])],
            ["document_type", "company_id", "body"],
        )
        return {
            (each.document_type, each.company_id.id): str(each.body) for each in found
        }
