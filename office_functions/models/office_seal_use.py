# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeSealUse(models.Model):
    """One use of the unit's seal: on what, how often, by whom, with whose approval.

    The seal itself is never kept here, not even its picture (国发〔1999〕25号).
    """

    _name = "office.seal.use"
    _inherit = ["office.annex.mixin"]
    _description = "Use of the Seal"
    _order = "id desc"
    _rec_name = "date"

    date = fields.Datetime(
        "Sealed On", required=True, readonly=True, default=fields.Datetime.now
    )
    copies = fields.Integer("Copies Sealed", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Sealed By", required=True, readonly=True)
    approver_id = fields.Many2one(
        "res.users", "Approved By", required=True, readonly=True
    )
    note = fields.Text(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)

    _copies_positive = models.Constraint(
        "CHECK(copies > 0)", "A seal is put on one copy at least."
    )
