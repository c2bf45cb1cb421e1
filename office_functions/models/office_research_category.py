# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OfficeResearchCategory(models.Model):
    """What research is about: reform, development, the leading role …, as a tree."""

    _name = "office.research.category"
    _description = "Research Category"
    _parent_store = True
    _order = "parent_path, id"

    name = fields.Char(required=True, translate=True)
    parent_id = fields.Many2one(
        "office.research.category", "Above", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    active = fields.Boolean(default=True)
    display_name = fields.Char(recursive=True)

    @api.depends("name", "parent_id.display_name")
    def _compute_display_name(self):
        for category in self:
            names = (category.parent_id.display_name, category.name)
            category.display_name = " / ".join(filter(None, names))

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A category cannot stand below itself in the tree.")
            )
