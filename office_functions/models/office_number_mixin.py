# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.transition import permit


class OfficeNumberMixin(models.AbstractModel):
    """A number given once, at registration, and never used for anything else.

    ``_number_series`` names the series; the number is given when the record enters
    one of ``_number_states``. If it is born in one of them, it is born numbered.
    """

    _name = "office.number.mixin"
    _inherit = ["office.workflow.mixin"]
    _description = "Number"
    _number_series = ""
    _number_states = ()

    number = fields.Char(readonly=True, copy=False, index="trigram")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _number_uniq = models.UniqueIndex(
        "(number, company_id) WHERE number IS NOT NULL",
        "This number is taken already.",
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"number"}

    @api.model
    def _get_frozen_fields(self):
        born = (self._get_initial_state(),)
        return super()._get_frozen_fields() | {"company_id": born}

    @api.model
    def _is_born_numbered(self):
        """Tell whether recording is registering: the first state gives the number."""
        return self._get_initial_state() in self._number_states

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if self._is_born_numbered():
            records._give_numbers()
        return records

    @api.ondelete(at_uninstall=False)
    def _unlink_except_numbered(self):
        if any(record.number for record in self):
            raise UserError(
                self.env._(
                    "What has a number stays in the register. Withdraw, cancel or "
                    "archive it instead."
                )
            )

    def _after_transition(self, row, note):
        result = super()._after_transition(row, note)
        if row.target in self._number_states:
            self.filtered(lambda record: not record.number)._give_numbers()
        return result

    def _get_number_series(self):
        """Return the code of the series that this record is numbered in."""
        return self._number_series

    def _give_numbers(self):
        """Number the records in the order of the recordset."""
        year = fields.Date.context_today(self).year
        registers = self.grouped(lambda rec: (rec.company_id, rec._get_number_series()))
        for (company, code), records in registers.items():
            numbers = self.env["office.number.series"]._take(
                code, company, year, len(records)
            )
            for record, number in zip(records, numbers, strict=True):
                with permit(record):
                    record.with_context(tracking_disable=True).write({"number": number})
