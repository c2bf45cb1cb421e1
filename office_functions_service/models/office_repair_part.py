# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OfficeRepairPart(models.Model):
    """A part used in a repair, with its price (更换件)."""

    _name = "office.repair.part"
    _inherit = ["office.part.mixin"]
    _description = "Part Used in a Repair"
    _order = "request_id, id"
    _whole = "request_id"

    request_id = fields.Many2one(
        "maintenance.request",
        "Repair Request",
        required=True,
        index=True,
        ondelete="cascade",
    )
    name = fields.Char("Spare Part", required=True)
    quantity = fields.Float("Number of Parts", required=True, default=1)
    price = fields.Float("Price Each", digits=(16, 2), required=True, default=0)
    subtotal = fields.Float(
        "Amount",
        digits=(16, 2),
        compute="_compute_subtotal",
        store=True,
        precompute=True,
    )

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "Please say how many parts were used."
    )
    _price_positive = models.Constraint(
        "CHECK(price >= 0)", "A price cannot be negative."
    )

    @api.depends("quantity", "price")
    def _compute_subtotal(self):
        for part in self:
            part.subtotal = part.quantity * part.price

    @api.model_create_multi
    def create(self, vals_list):
        default = self.default_get(["request_id"]).get("request_id")
        requests = {vals.get("request_id", default) for vals in vals_list} - {None}
        self.env["maintenance.request"].browse(requests)._check_parts()
        # A sum comes from its factors on every road.
        return super().create(
            [
                {name: vals[name] for name in vals if name != "subtotal"}
                for vals in vals_list
            ]
        )

    def write(self, vals):
        if "subtotal" in vals:
            raise ValidationError(
                self.env._("The amount comes from number and price of the parts.")
            )
        self.request_id._check_parts()
        result = super().write(vals)
        self.request_id._check_parts()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settled(self):
        self.request_id._check_parts()


class MaintenanceRequestParts(models.Model):
    _inherit = "maintenance.request"

    def _check_parts(self):
        """Refuse to change parts that are settled, or somebody else's to fill in.

        :raise AccessError: for who neither sends technicians nor repairs it
        :raise ValidationError: once the repair is reported as done
        """
        self._check_hands({"part_ids": []})
        self._check_frozen({"part_ids": []})
