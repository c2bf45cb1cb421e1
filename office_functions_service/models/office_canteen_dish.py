# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.fields import Domain


class OfficeCanteenAllergen(models.Model):
    """What some people must not eat: the eight kinds of GB 7718-2011, 4.4.3."""

    _name = "office.canteen.allergen"
    _description = "Allergen"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex("(name)", "There is such an allergen already.")


class OfficeCanteenDish(models.Model):
    """A dish (菜品): what it is made of, whom it may harm, what it costs."""

    _name = "office.canteen.dish"
    _inherit = ["image.mixin"]
    _description = "Dish"
    _order = "name, id"

    name = fields.Char(required=True, index="trigram")
    ingredients = fields.Char("Main Ingredients")
    allergen_ids = fields.Many2many("office.canteen.allergen", string="Allergens")
    price = fields.Float(digits=(16, 2), help="In yuan.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    _name_uniq = models.UniqueIndex(
        "(company_id, name) WHERE active", "There is a dish of this name already."
    )
    _price_positive = models.Constraint(
        "CHECK(price >= 0)", "A price cannot be negative."
    )

    def _get_need_to_know_domain(self, operation):
        """Return the dishes of the companies one works in."""
        return Domain("company_id", "in", self.env.companies.ids)
