# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.cjk_search import parse_query, to_vector

LEAST_SHARE = 3
"""One piece in so many of what was typed has to be found."""
EXCERPT = 160


class OfficeGuidanceSearch(models.Model):
    """Found by Chinese words, by PostgreSQL itself: see :mod:`..tools.cjk_search`."""

    _inherit = "office.guidance"

    search_vector = fields.Text(
        compute="_compute_search_vector",
        store=True,
        prefetch=False,
    )
    words = fields.Char(compute="_compute_words", search="_search_words", store=False)

    _search_vector_idx = models.Index("USING gin ((search_vector::tsvector))")

    @api.depends("name", "keywords", "answer")
    def _compute_search_vector(self):
        """Let the question weigh more than the answer."""
        for guidance in self:
            guidance.search_vector = to_vector(
                ("A", guidance.name),
                ("A", guidance.keywords),
                ("B", guidance.answer),
            )

    def _compute_words(self):
        self.words = False

    @api.model
    def _get_vector(self, alias):
        field = self._fields["search_vector"]
        return SQL("(%s::tsvector)", SQL.identifier(alias, field.name, to_flush=field))

    @api.model
    def _get_words_domain(self, words):
        """Return what holds some words: all of them, or a third of a whole sentence.

        :param str words: as somebody types them; nothing in them is an operator
        :rtype: Domain
        """
        query = parse_query(words)
        if not query:
            return Domain.FALSE

        def to_sql(model, alias, _query):
            vector = model._get_vector(alias)
            return SQL(
                """(%(vector)s @@ %(any)s::tsquery
                    AND (SELECT count(*) * %(share)s >= %(number)s
                           FROM unnest(%(terms)s::text[]) term
                          WHERE %(vector)s @@ term::tsquery))""",
                vector=vector,
                any=query.any,
                share=LEAST_SHARE,
                number=len(query.terms),
                terms=list(query.terms),
            )

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _search_words(self, operator, value):
        if operator not in ("ilike", "like", "=", "in"):
            return NotImplemented
        words = value if isinstance(value, str) else " ".join(map(str, value))
        return self._get_words_domain(words)

    @api.model
    def _get_valid_domain(self):
        """Return what stands in the library today."""
        today = fields.Date.context_today(self)
        return Domain("state", "=", "published") & (
            Domain("date_valid_until", "=", False)
            | Domain("date_valid_until", ">=", today)
        )

    @api.model
    @api.readonly
    def search_guidance(self, words, limit=10):
        """Return the guidance of the library that answers some words, the best first.

        What holds all words comes before what holds some; a word in the question
        weighs more than one in the answer; what helped more often breaks a tie. The
        user's own rights hold.

        :param str words: as somebody types them, in any script; one character is enough
        :param int limit: how many at most
        :rtype: office.guidance
        """
        return self._find_by_words(words, self._get_valid_domain(), limit)

    @api.model
    def _find_by_words(self, words, domain, limit):
        """Return what answers some words, the best first, within a domain."""
        query = parse_query(words)
        if not query:
            return self.browse()
        limit = limit if isinstance(limit, int) and 0 < limit <= 100 else 10
        found = self._search(domain & self._get_words_domain(words))
        vector = self._get_vector(found.table)
        found.order = SQL(
            "(%s @@ %s::tsquery) DESC, ts_rank(%s, %s::tsquery) DESC, %s DESC, %s DESC",
            vector,
            query.all,
            vector,
            query.any,
            self._field_to_sql(found.table, "use_count", found),
            SQL.identifier(found.table, "id"),
        )
        found.limit = limit
        return self.browse(found.get_result_ids())

    @api.model
    @api.readonly
    def get_offers(self, words, limit=5):
        """Return guidance for what somebody is about to ask, for the portal.

        :param str words: the question so far
        :param int limit: how many at most
        :return: ``id``, ``name`` and the beginning of the answer, ``excerpt``
        :rtype: list[dict]
        """
        return [
            guidance._get_offer() for guidance in self.search_guidance(words, limit)
        ]

    def _get_offer(self):
        """Return what is shown of guidance while somebody types.

        :return: ``id``, ``name`` and the beginning of the answer, ``excerpt``
        :rtype: dict
        """
        self.ensure_one()
        return {"id": self.id, "name": self.name, "excerpt": self.answer[:EXCERPT]}
