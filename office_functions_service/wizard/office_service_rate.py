# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeServiceRate(models.TransientModel):
    """Five stars and a word, for whatever service was done."""

    _name = "office.service.rate"
    _description = "Rate a Service"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    stars = fields.Selection(
        [
            ("0", "Not Rated"),
            ("1", "Very Dissatisfied"),
            ("2", "Dissatisfied"),
            ("3", "Fair"),
            ("4", "Satisfied"),
            ("5", "Very Satisfied"),
        ],
        "Satisfaction",
        default="0",
    )
    comment = fields.Text()

    @api.model
    def default_get(self, fields):
        """Rate the record from which the form was opened."""
        context = self.env.context
        return super().default_get(fields) | {
            "res_model": context.get("active_model"),
            "res_id": context.get("active_id"),
        }

    def rate(self):
        """Give the stars; see :meth:`OfficeServiceMixin.rate`.

        :raise UserError: with all the reasons against it
        """
        self.ensure_one()
        record = self.env[self.res_model].browse(self.res_id)
        record.rate(int(self.stars or 0), self.comment or "")
