# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
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

    @api.model_create_multi
    def create(self, vals_list):
        scores = super().create(vals_list)
        scores._note_points(dict.fromkeys(scores))
        return scores

    def write(self, vals):
        before = {score: score._get_rule() for score in self}
        result = super().write(vals)
        self._note_points(before)
        return result

    @api.ondelete(at_uninstall=False)
    def _note_removal(self):
        self._note_points({score: score._get_rule() for score in self}, removed=True)

    def _get_rule(self):
        """Return what is rated, and with how many points, in words.

        :rtype: str
        """
        labels = [
            dict(self._fields[name]._description_selection(self.env)).get(self[name])
            for name in ("kind", "level")
        ]
        return f"{' '.join(filter(None, labels))}: {self.points}"

    def _note_points(self, before, removed=False):
        """Put changes of points on record for the directors of whom they concern (A13).

        What an installation brings is changed by nobody.

        :param dict before: points rule → what it said, None where it is new
        :param bool removed: whether they are about to go
        """
        if not self.env.registry.ready:
            return
        companies = self.env["res.company"].sudo()
        for company, scores in self.grouped("company_id").items():
            said = {
                score: (before[score] or "—", "—" if removed else score._get_rule())
                for score in scores
            }
            changed = scores.filtered(lambda one, said=said: len(set(said[one])) > 1)
            detail = "; ".join(" → ".join(said[score]) for score in changed)
            for reader in changed and (company or companies.search(Domain.TRUE)):
                log = self.env["office.audit.log"].sudo().with_company(reader)
                log._note("points", changed, detail)
