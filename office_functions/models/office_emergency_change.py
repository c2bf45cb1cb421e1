# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeEmergencyChange(models.Model):
    """A change of an emergency's grade or class: what it was, what it became, who."""

    _name = "office.emergency.change"
    _inherit = ["office.annex.mixin"]
    _description = "Change of Grade or Class"
    _order = "id desc"

    kind = fields.Selection(
        [("grade", "Grade of the Event"), ("category", "Class")],
        required=True,
        readonly=True,
    )
    value_before = fields.Char(required=True, readonly=True)
    value_after = fields.Char(required=True, readonly=True)
    label_before = fields.Char("Before", compute="_compute_labels")
    label_after = fields.Char("After", compute="_compute_labels")
    user_id = fields.Many2one("res.users", "Changed By", required=True, readonly=True)
    date = fields.Datetime("Changed At", required=True, readonly=True)

    @api.depends("kind", "value_before", "value_after")
    @api.depends_context("lang")
    def _compute_labels(self):
        Emergency = self.env["office.emergency"]
        labels = {
            kind: dict(Emergency._fields[kind]._description_selection(self.env))
            for kind in ("grade", "category")
        }
        for change in self:
            words = labels[change.kind]
            change.label_before = words.get(change.value_before)
            change.label_after = words.get(change.value_after)
