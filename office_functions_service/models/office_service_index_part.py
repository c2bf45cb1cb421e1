# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from .office_service_mixin import TARGETS


class OfficeServiceIndexPart(models.Model):
    """What one of the eight parts came to in a month."""

    _name = "office.service.index.part"
    _inherit = ["office.service.index.line"]
    _description = "Part of a Month's Index"

    target = fields.Selection(TARGETS, "Served", readonly=True)
    weight = fields.Float(readonly=True, aggregator=None)
    score = fields.Float(readonly=True, digits=(16, 1), aggregator="avg")
    has_figures = fields.Boolean(readonly=True)
    score_text = fields.Char("Score of the Part", compute="_compute_score_text")

    @api.depends("score", "has_figures")
    @api.depends_context("lang")
    def _compute_score_text(self):
        for part in self:
            part.score_text = (
                f"{part.score:.1f}" if part.has_figures else self.env._("No figures")
            )
