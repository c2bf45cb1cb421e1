# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeDocumentCountersign(models.Model):
    """What one unit answered when it was asked to countersign a document (会签)."""

    _name = "office.document.countersign"
    _inherit = ["office.annex.mixin"]
    _description = "Countersignature"
    _order = "id"
    _rec_name = "department_id"
    _append_only = False

    department_id = fields.Many2one("hr.department", "Unit", readonly=True, index=True)
    result = fields.Selection(
        [
            ("pending", "To Be Countersigned"),
            ("agreed", "Agrees"),
            ("differed", "Differed"),
            ("superseded", "Superseded"),
        ],
        required=True,
        readonly=True,
        default="pending",
    )
    opinion = fields.Text(readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True)
    principal_id = fields.Many2one("res.users", "On Behalf Of", readonly=True)
    date = fields.Datetime("Answered On", readonly=True)
