# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.office_functions.tools.transition import is_permitted

SCORED = ("score", "is_scored", "problem", "photo_ids")


class OfficeCleaningLine(models.Model):
    """One item of an inspection: the standard as it was that day, and the score.

    Lines come with the start of their inspection and are scored while it lasts, by
    whoever may inspect; afterwards nobody changes them.
    """

    _name = "office.cleaning.line"
    _inherit = ["office.photo.mixin", "office.part.mixin"]
    _description = "Scored Item"
    _order = "inspection_id, sequence, id"
    _whole = "inspection_id"

    inspection_id = fields.Many2one(
        "office.cleaning.inspection",
        "Cleaning Inspection",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="inspection_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10, readonly=True)
    name = fields.Char("Item", required=True, readonly=True)
    standard = fields.Text("Cleaning Standard", readonly=True)
    weight = fields.Float(required=True, readonly=True, default=10, aggregator=None)
    score = fields.Integer(aggregator="avg", help="0 to 100.")
    is_scored = fields.Boolean(
        "Scored", help="Tells a score of zero from one that was not given yet."
    )
    problem = fields.Text("Problem Found")
    photo_ids = fields.Many2many(
        "ir.attachment",
        "office_cleaning_line_photo_rel",
        "line_id",
        "attachment_id",
        "Photos",
        copy=False,
    )

    _score_range = models.Constraint(
        "CHECK(score BETWEEN 0 AND 100)", "A score lies between 0 and 100."
    )

    @api.onchange("score")
    def _onchange_score(self):
        for line in self:
            line.is_scored = line.is_scored or bool(line.score)

    @api.model_create_multi
    def create(self, vals_list):
        if not is_permitted(self.browse(), {}):
            raise ValidationError(
                self.env._("The items come from the area when the inspection starts.")
            )
        return super().create(vals_list)

    def write(self, vals):
        """Score an item while its inspection lasts.

        :raise AccessError: for who may not inspect
        :raise ValidationError: for another field, or before or after the inspection
        """
        if self and not is_permitted(self, {}):
            self._check_scoring(vals)
            if "score" in vals:
                vals = {"is_scored": True, **vals}
        return super().write(vals)

    def _check_scoring(self, vals):
        inspections = self.sudo().inspection_id
        if set(vals) - set(SCORED) or set(inspections.mapped("state")) != {
            "inspecting"
        }:
            raise ValidationError(
                self.env._(
                    "Items are scored while the inspection lasts; nothing else of "
                    "them changes."
                )
            )
        if not self.env.su and not all(
            inspection._may_score() for inspection in inspections
        ):
            raise AccessError(
                self.env._("Only the inspector and logistics score an area.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_scored(self):
        if any(line.inspection_id.state != "planned" for line in self):
            raise ValidationError(
                self.env._("What was inspected is kept with its inspection.")
            )

    def action_full_marks(self):
        """Score items as being all they should be."""
        self.write({"score": 100})
