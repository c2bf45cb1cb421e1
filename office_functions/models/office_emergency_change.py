# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeEmergencyChange(models.Model):
    """A change of what was told of an emergency: what it was, what it became, who."""

    _name = "office.emergency.change"
    _inherit = ["office.annex.mixin"]
    _description = "Change of an Emergency"
    _order = "id desc"

    kind = fields.Selection(
        [
            ("grade", "Grade of the Event"),
            ("category", "Class"),
            ("casualties", "Casualties and Loss"),
            ("warning", "Warning Colour"),
            ("response_level", "Response Level"),
        ],
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
            for kind in set(self.mapped("kind")) - {"casualties"}
        }
        for change in self:
            words = labels.get(change.kind, {})
            before, after = change.value_before, change.value_after
            change.label_before = words.get(before, before)
            change.label_after = words.get(after, after)
