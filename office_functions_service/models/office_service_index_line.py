# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.office_functions.tools.transition import is_permitted


class OfficeServiceIndexLine(models.AbstractModel):
    """A line of a kept index: born with it and never changed."""

    _name = "office.service.index.line"
    _description = "Line of a Service Quality Index"
    _order = "index_id, code, id"

    index_id = fields.Many2one(
        "office.service.index",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="index_id.company_id", store=True, precompute=True, index=True
    )
    month = fields.Date(related="index_id.month", store=True, precompute=True)
    is_latest = fields.Boolean(related="index_id.is_latest")
    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        if not is_permitted(self.browse(), {}):
            raise UserError(self.env._("The index is measured, not written."))
        return super().create(vals_list)

    def write(self, vals):
        if self:
            raise UserError(self.env._("The index is measured, not written."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        raise UserError(self.env._("What a month was is kept."))
