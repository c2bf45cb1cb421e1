# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition

from .office_canteen import CANTEEN

# How long the record of goods is kept, 食品安全法 Art. 50 and 53.
AFTER_SHELF_LIFE = relativedelta(months=6)
WITHOUT_SHELF_LIFE = relativedelta(years=2)


class OfficeCanteenSupplier(models.Model):
    """Who delivers food, with the licence that is looked at (食品安全法 Art. 53)."""

    _name = "office.canteen.supplier"
    _inherit = ["office.canteen.mixin", "mail.thread"]
    _description = "Supplier of Food"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    license_number = fields.Char("Licence Number", tracking=True)
    date_license = fields.Date("Licence Valid Until", tracking=True)
    contact = fields.Char()
    phone = fields.Char()


class OfficeCanteenDelivery(models.Model):
    """Goods received and inspected (进货查验, 食品安全法 Art. 50 and 53; R-FOOD-1).

    The record is kept for six months past the shelf life, else two years; once goods
    are accepted or refused, nobody deletes it at all.
    """

    _name = "office.canteen.delivery"
    _inherit = ["office.workflow.mixin", "office.canteen.mixin", "mail.thread"]
    _description = "Delivery of Goods"
    _order = "date desc, id desc"

    name = fields.Char("Goods", required=True)
    spec = fields.Char("Specification")
    quantity = fields.Float(digits=(12, 2))
    uom = fields.Char("Unit of Measure", default=lambda self: self.env._("kg"))
    batch = fields.Char("Batch Number")
    date = fields.Date(
        "Delivered On", required=True, index=True, default=fields.Date.context_today
    )
    produced_on = fields.Date()
    shelf_life = fields.Integer("Shelf Life (days)")
    date_expiry = fields.Date(
        "Best Before", compute="_compute_dates", store=True, precompute=True
    )
    date_retention = fields.Date(
        "Record Kept Until", compute="_compute_dates", store=True, precompute=True
    )
    supplier_id = fields.Many2one(
        "office.canteen.supplier", index=True, ondelete="restrict"
    )
    certificate = fields.Char(help="Of conformity, of inspection or of quarantine.")
    inspector_id = fields.Many2one(
        "res.users", "Inspected By", default=lambda self: self.env.user
    )
    state = fields.Selection(
        [
            ("draft", "To Be Inspected"),
            ("accepted", "Goods Accepted"),
            ("refused", "Goods Refused"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    _shelf_life_positive = models.Constraint(
        "CHECK(shelf_life >= 0)", "A shelf life cannot be negative."
    )

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "accept",
                label=self.env._("Accept the Goods"),
                sources=("draft",),
                target="accepted",
                by=(CANTEEN,),
                needs=(
                    "spec",
                    "quantity",
                    "batch",
                    "produced_on",
                    "supplier_id",
                    "certificate",
                ),
                guard="_guard_accept",
                style="primary",
            ),
            Transition(
                "refuse",
                label=self.env._("Refuse the Goods"),
                sources=("draft",),
                target="refused",
                by=(CANTEEN,),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | dict.fromkeys(
            (
                "name",
                "canteen_id",
                "spec",
                "quantity",
                "uom",
                "batch",
                "date",
                "produced_on",
                "shelf_life",
                "supplier_id",
                "certificate",
                "inspector_id",
            ),
            ("draft",),
        )

    @api.depends("date", "produced_on", "shelf_life")
    def _compute_dates(self):
        for goods in self:
            made, days = goods.produced_on, goods.shelf_life
            goods.date_expiry = made and days and made + relativedelta(days=days)
            if goods.date_expiry:
                goods.date_retention = goods.date_expiry + AFTER_SHELF_LIFE
            else:
                goods.date_retention = goods.date and goods.date + WITHOUT_SHELF_LIFE

    def _guard_accept(self, row, note):
        reasons = []
        supplier = self.supplier_id
        if supplier and not supplier.license_number:
            reasons.append(
                self.env._("The licence of “%(name)s” is missing.", name=supplier.name)
            )
        expired = supplier.date_license and supplier.date_license < self.date
        if supplier and (not supplier.date_license or expired):
            reasons.append(
                self.env._(
                    "The licence of “%(name)s” is not valid on that day.",
                    name=supplier.name,
                )
            )
        if self.date_expiry and self.date_expiry < self.date:
            reasons.append(self.env._("These goods are past their shelf life."))
        return reasons
