# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeCanteenDishChange(models.TransientModel):
    """Other dishes for a meal of a posted menu, with the reason."""

    _name = "office.canteen.dish.change"
    _description = "Change of Dishes"

    meal_id = fields.Many2one(
        "office.canteen.meal", required=True, readonly=True, ondelete="cascade"
    )
    dish_ids = fields.Many2many(
        "office.canteen.dish",
        "office_canteen_dish_change_rel",
        "change_id",
        "dish_id",
        "Dishes from Now On",
    )
    reason = fields.Char(required=True)

    def action_change(self):
        """Change the dishes of the meal; the menu keeps which, and why.

        :raise UserError: with all the reasons against it
        """
        self.ensure_one()
        self.meal_id._change_dishes(self.dish_ids, self.reason)
