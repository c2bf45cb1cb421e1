# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError


class OfficeCanteenDisinfection(models.Model):
    """What was disinfected after a meal, and how (食品安全法 Art. 56)."""

    _name = "office.canteen.disinfection"
    _inherit = ["office.canteen.mixin"]
    _description = "Disinfection Record"
    _order = "date desc, id desc"

    check_id = fields.Many2one(
        "office.canteen.check",
        "Checklist",
        required=True,
        index=True,
        ondelete="restrict",
    )
    canteen_id = fields.Many2one(
        related="check_id.canteen_id",
        store=True,
        precompute=True,
        default=None,
        required=False,
    )
    name = fields.Char("Tableware", required=True)
    quantity = fields.Integer("Pieces")
    method = fields.Selection(
        [
            ("steam", "Steam"),
            ("hot_air", "Hot Air"),
            ("boiling", "Boiling Water"),
            ("chemical", "Disinfectant"),
        ],
        "Way of Disinfection",
        required=True,
        default="steam",
    )
    temperature = fields.Float(digits=(5, 1), help="In degrees Celsius.")
    minutes = fields.Integer("Duration (minutes)")
    date = fields.Datetime(
        "Disinfected At", required=True, default=lambda self: fields.Datetime.now()
    )
    user_id = fields.Many2one(
        "res.users", "Noted By", required=True, default=lambda self: self.env.user
    )

    _minutes_positive = models.Constraint(
        "CHECK(minutes > 0)", "Disinfection takes some minutes."
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_running()
        return records

    def write(self, vals):
        self._check_running()
        result = super().write(vals)
        self._check_running()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settled(self):
        self._check_running()

    def _check_running(self):
        """Refuse to note, change or delete it at any other time.

        :raise UserError: unless the meal is served and the step is not done yet
        """
        if any(check.state != "served" for check in self.sudo().check_id):
            raise UserError(
                self.env._(
                    "Disinfection is noted after the meal, and stays as it was noted."
                )
            )
