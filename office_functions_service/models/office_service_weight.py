# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from .office_service_mixin import TARGETS


class OfficeServiceWeight(models.Model):
    """One of the eight parts of the service quality index, and how much it counts."""

    _name = "office.service.weight"
    _description = "Part of the Service Quality Index"
    _order = "code, id"

    code = fields.Char(
        required=True, help="Of the indicators whose codes begin with it: K21 … K28."
    )
    name = fields.Char("Part", required=True, translate=True)
    target = fields.Selection(TARGETS, "Served", required=True)
    weight = fields.Float(default=10, required=True, aggregator=None)
    company_id = fields.Many2one(
        "res.company", help="Empty: for all companies. A company's own goes before it."
    )

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "This part has a weight already."
    )
    _weight_not_negative = models.Constraint(
        "CHECK(weight >= 0)", "A weight cannot be negative."
    )

    @api.model
    def _get_for(self, company):
        """Return the parts that count for a company, its own before the common ones.

        :rtype: office.service.weight
        """
        found = self.search([("company_id", "in", (company.id, False))])
        own = {part.code: part for part in found.sorted(lambda p: bool(p.company_id))}
        return self.union(*own.values()).sorted("code")
