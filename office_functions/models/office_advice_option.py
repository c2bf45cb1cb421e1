# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.transition import is_permitted


class OfficeAdviceOption(models.Model):
    """One of the ways (备选方案) between which the leader chooses."""

    _name = "office.advice.option"
    _inherit = ["office.part.mixin"]
    _description = "Option of an Advice"
    _order = "advice_id, sequence, id"
    _whole = "advice_id"

    advice_id = fields.Many2one(
        "office.advice", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10, aggregator=None)
    name = fields.Char("Option", required=True)
    pros = fields.Text("In Favour")
    cons = fields.Text("Against")
    cost = fields.Char("Option: Cost")
    risk = fields.Char("Option: Risk")
    is_recommended = fields.Boolean("Recommended")

    @api.model_create_multi
    def create(self, vals_list):
        options = super().create(vals_list)
        options._check_open()
        options._keep_one_recommended(vals_list)
        return options

    def write(self, vals):
        self._check_open()
        result = super().write(vals)
        self._keep_one_recommended([vals])
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_in(self):
        self._check_open()

    def _keep_one_recommended(self, vals_list):
        """Let the last recommendation of an advice replace the one before."""
        if any(vals.get("is_recommended") for vals in vals_list):
            for options in self.advice_id.option_ids.grouped("advice_id").values():
                chosen = (options & self).filtered("is_recommended")[-1:]
                others = (options - chosen).filtered("is_recommended")
                if chosen and others:
                    others.write({"is_recommended": False})

    def _check_open(self):
        """Refuse to change what the leader chooses between, once it is handed in.

        :raise ValidationError: naming the advice
        :raise AccessError: for who may not change the advice itself
        """
        self.advice_id.check_access("write")
        settled = self.sudo().advice_id.filtered(lambda advice: advice.state != "draft")
        if settled and not is_permitted(settled, {}):
            raise ValidationError(
                self.env._(
                    "This was handed in, its options stay as they are: %(names)s.",
                    names=", ".join(settled.mapped("display_name")),
                )
            )
