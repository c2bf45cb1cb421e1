# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import ormcache


class OfficeInformationScore(models.Model):
    """How many points a use of information brings, or a fault takes off."""

    _name = "office.information.score"
    _inherit = ["office.cached.mixin"]
    _description = "Information Points"
    _order = "sequence, id"
    _rec_name = "kind"

    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("adopted", "Adopted"),
            ("special", "Special Issue"),
            ("comment", "Leader's Comment"),
            ("late", "Requested Piece Late or Missing"),
            ("false", "Not True"),
        ],
        required=True,
    )
    level = fields.Selection(
        [
            ("own", "Own Level"),
            ("city", "City"),
            ("province", "Province"),
            ("state", "National"),
        ],
        "Adoption Level",
        help="Empty: whatever the level.",
    )
    points = fields.Integer(required=True, aggregator=None)
    legal_basis = fields.Char(translate=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: for all companies. A company's own points go before.",
    )

    _rule_uniq = models.UniqueIndex(
        "(kind, COALESCE(level, ''), COALESCE(company_id, 0))",
        "There are points for this already.",
    )

    @api.model
    @ormcache("kind", "level", "company_id")
    def _get_points(self, kind, level, company_id):
        """Return the points of a use or a fault; nought where none are set up.

        :rtype: int
        """
        scores = self.sudo().search(
            [
                ("kind", "=", kind),
                ("level", "in", (level, False)),
                ("company_id", "in", (company_id, False)),
            ]
        )
        best = scores.sorted(lambda score: (not score.company_id, not score.level))
        return best[:1].points
