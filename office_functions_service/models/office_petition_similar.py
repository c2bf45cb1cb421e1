# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.office_functions.tools.similarity import ALIKE, compare

SHOWN = 5
CANDIDATES = 40
"""Petitions alike by their three letters that are looked at while somebody types."""
STAR = "*"


class OfficePetition(models.Model):
    """Who wrote before, and on the same matter: found while the officer types.

    Only petitions that the officer may see are shown. Whether somebody comes again
    (重信、重访) is told from restricted ones, too, for it is a figure, not a name; but
    never from those that must not be known of: it would tell who wrote them.
    """

    _inherit = "office.petition"

    repeat_kind = fields.Selection(
        [("first", "First Time"), ("repeated", "Repeated")],
        "First or Repeated",
        compute="_compute_repeat_kind",
        store=True,
        readonly=False,
        copy=False,
        help="Repeated: the same person brought the same matter before. The officer "
        "may correct it.",
    )
    same_person_ids = fields.Many2many(
        "office.petition",
        compute="_compute_similar",
        string="Earlier Petitions of the Same Person",
    )
    similar_ids = fields.Many2many(
        "office.petition", compute="_compute_similar", string="Similar Petitions"
    )

    @api.depends("name", "identity_ids.phone_hash", "identity_ids.id_number_hash")
    def _compute_repeat_kind(self):
        earlier = self._find_earlier_subjects()
        for petition in self:
            again = any(
                compare(petition.name, name) >= ALIKE
                for name in earlier.get(petition.id, ())
            )
            petition.repeat_kind = "repeated" if again else "first"

    def _find_earlier_subjects(self):
        """Return what the persons of some petitions had petitioned for before them.

        :return: id → subjects
        :rtype: dict[int, list[str]]
        """
        if not self.ids:
            return {}
        self.env["office.petition"].flush_model(
            ["name", "state", "company_id", "is_report", "office_accused"]
        )
        self.env["office.petition.identity"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT mine.petition_id, array_agg(DISTINCT earlier.name)
                     FROM office_petition_identity mine
                     JOIN office_petition petition ON petition.id = mine.petition_id
                     JOIN office_petition_identity other
                       ON other.petition_id < mine.petition_id
                      AND (other.phone_hash = mine.phone_hash
                           OR other.id_number_hash = mine.id_number_hash)
                     JOIN office_petition earlier
                       ON earlier.id = other.petition_id
                      AND earlier.company_id = petition.company_id
                      AND earlier.state != 'withdrawn'
                      AND earlier.is_report IS NOT TRUE
                      AND earlier.office_accused IS NULL
                    WHERE mine.petition_id IN %s
                 GROUP BY mine.petition_id""",
                tuple(self.ids),
            )
        )
        return dict(rows)

    @api.depends("name", "person_phone", "person_id_number")
    @api.depends_context("uid")
    def _compute_similar(self):
        for petition in self:
            petition.same_person_ids = petition._find_same_person_typed()
            petition.similar_ids = petition._find_similar()

    def _find_same_person_typed(self):
        """Return the petitions of the person whose number is typed or known here.

        :return: those that the current user may see, the latest first
        :rtype: office.petition
        """
        Identity = self.env["office.petition.identity"].sudo()
        known = self._origin.sudo().identity_ids[:1]
        same = Domain.FALSE
        for name in ("phone", "id_number"):
            typed = self[self._get_person_field(name)] or ""
            # What is shown masked is known; what is typed has no stars.
            digest = (
                Identity._hash(typed) if STAR not in typed else known[f"{name}_hash"]
            )
            if digest:
                same |= Domain(f"{name}_hash", "=", digest)
        if same == Domain.FALSE:
            return self.browse()
        found = Identity.search(same, order="id desc", limit=CANDIDATES)
        return self.search(
            Domain("id", "in", found.petition_id.ids)
            & Domain("id", "!=", self._origin.id),
            order="id desc",
            limit=SHOWN,
        )

    def _find_similar(self):
        """Return the petitions on what seems to be the same matter.

        The trigram index of the subject gives the candidates; of these are left whose
        pairs of letters are alike.

        :return: those that the current user may see, the most alike first
        :rtype: office.petition
        """
        subject = (self.name or "").strip()
        if len(subject) < 4:
            return self.browse()
        query = self._search(Domain("id", "!=", self._origin.id))
        if query.is_empty():
            return self.browse()
        unaccent = self.env.registry.unaccent
        name = unaccent(self._field_to_sql(query.table, "name", query))
        typed = unaccent(SQL("%s", subject))
        query.add_where(SQL("%s %% %s", name, typed))
        query.order = SQL("similarity(%s, %s) DESC", name, typed)
        query.limit = CANDIDATES
        found = self.browse(query.get_result_ids())
        alike = sorted(
            (
                (-compare(other.name, subject), other.id)
                for other in found
                if compare(other.name, subject) >= ALIKE
            ),
        )
        return self.browse(petition_id for _likeness, petition_id in alike[:SHOWN])
