# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class OfficeMatterLink(models.Model):
    """Which matter gave rise to which: the chain from decision to proof."""

    _name = "office.matter.link"
    _inherit = ["office.annex.mixin"]
    _description = "Link Between Matters"
    _order = "id"

    # res_model / res_id (from the annex mixin) is the matter it came from.
    target_model = fields.Char("Kind of Result", required=True, readonly=True)
    target_id = fields.Many2oneReference(
        "Matter That Followed", model_field="target_model", required=True, readonly=True
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
    def _link(self, sources, targets, kind="result"):
        """Record what gave rise to what, pair by pair, once however often asked.

        :param sources: matters of one kind
        :param targets: as many matters, in the same order
        :param str kind: ``result`` or ``related``
        :raise UserError: for a matter linked to itself
        """
        pairs = list(zip(sources, targets, strict=True))
        if any(source == target for source, target in pairs):
            raise UserError(self.env._("A matter cannot be linked to itself."))
        if not pairs:
            return
        self.flush_model()
        self.env.execute_query(
            SQL(
                """INSERT INTO office_matter_link
                          (res_model, res_id, target_model, target_id, kind,
                           create_uid, create_date, write_uid, write_date)
                   SELECT %(source)s, pair.source, %(target)s, pair.target, %(kind)s,
                          %(uid)s, now() AT TIME ZONE 'UTC',
                          %(uid)s, now() AT TIME ZONE 'UTC'
                     FROM unnest(%(sources)s, %(targets)s) AS pair (source, target)
              ON CONFLICT DO NOTHING
                RETURNING id""",
                source=sources._name,
                target=targets._name,
                sources=sources.ids,
                targets=targets.ids,
                kind=kind,
                uid=self.env.uid,
            )
        )
        self.invalidate_model()

    @api.model
    def _get_links(self, matters):
        """Return the links of matters: up to their sources, and down to their results.

        :param matters: matters of one kind
        """
        kind, ids = matters._name, matters.ids
        mine = Domain("res_model", "=", kind) & Domain("res_id", "in", ids)
        theirs = Domain("target_model", "=", kind) & Domain("target_id", "in", ids)
        return self.sudo().search_fetch(
            mine | theirs, ["res_model", "res_id", "target_model", "target_id"]
        )
