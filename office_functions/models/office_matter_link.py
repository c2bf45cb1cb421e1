# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class OfficeMatterLink(models.Model):
    """Which matter gave rise to which: the chain from decision to proof."""

    _name = "office.matter.link"
    _inherit = ["office.annex.mixin"]
    _description = "Link Between Matters"
    _order = "id"

    # res_model / res_id (from the annex mixin) is the matter it came from.
    target_model = fields.Char("Kind of Result", required=True, readonly=True)
    target_id = fields.Many2oneReference(
        "Result", model_field="target_model", required=True, readonly=True
    )
    target_name = fields.Char("Result Name", compute="_compute_target_name")
    kind = fields.Selection(
        [("result", "Gave Rise To"), ("related", "Related To")],
        required=True,
        readonly=True,
        default="result",
    )

    _target_idx = models.Index("(target_model, target_id)")
    _link_uniq = models.UniqueIndex(
        "(res_model, res_id, target_model, target_id)",
        "These two matters are linked already.",
    )

    @api.depends("target_model", "target_id")
    @api.depends_context("uid", "lang")
    def _compute_target_name(self):
        for model, links in self.grouped("target_model").items():
            matters = self.env[model].browse(links.mapped("target_id")).exists()
            names = {m.id: m.display_name for m in matters._filtered_access("read")}
            for link in links:
                link.target_name = names.get(link.target_id, False)

    @api.model
    def _link(self, source, target, kind="result"):
        """Record that ``source`` gave rise to ``target`` (once, however often asked).

        :param source: one matter
        :param target: one other matter
        :raise UserError: for a matter linked to itself
        """
        if source == target:
            raise UserError(self.env._("A matter cannot be linked to itself."))
        ends = {
            "res_model": source._name,
            "res_id": source.id,
            "target_model": target._name,
            "target_id": target.id,
        }
        found = self.sudo().search_count(
            [(name, "=", value) for name, value in ends.items()], limit=1
        )
        if not found:
            self.sudo().create(dict(ends, kind=kind))

    @api.model
    def _get_neighbours(self, matter, upward):
        """Return the links that lead up (to sources) or down (to results)."""
        ends = ("target_model", "target_id") if upward else ("res_model", "res_id")
        return self.sudo().search(
            Domain(ends[0], "=", matter._name) & Domain(ends[1], "=", matter.id)
        )
