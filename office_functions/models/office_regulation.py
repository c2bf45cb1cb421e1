# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeRegulation(models.Model):
    """A law, a policy or a rule of the house that an act can be founded on."""

    _name = "office.regulation"
    _inherit = ["mail.thread"]
    _description = "Regulation"
    _order = "kind, name, id"
    _rec_names_search = ["name", "number"]

    name = fields.Char("Title", required=True, index="trigram", tracking=True)
    number = fields.Char("Document Number", index="trigram", tracking=True)
    kind = fields.Selection(
        [("law", "Law"), ("policy", "Policy"), ("internal", "Internal Rule")],
        required=True,
        default="policy",
    )
    issuer = fields.Char("Issued By")
    date_issued = fields.Date("Issued On")
    date_effective = fields.Date("In Force Since")
    summary = fields.Text()
    url = fields.Char("Address")
    active = fields.Boolean("In Force", default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: for all companies.",
    )

    @api.depends("name", "number")
    def _compute_display_name(self):
        for regulation in self:
            number = regulation.number and f"（{regulation.number}）"
            regulation.display_name = f"《{regulation.name}》{number or ''}"
