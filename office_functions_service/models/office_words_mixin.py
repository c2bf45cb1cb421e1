# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.cjk_search import parse_query, to_vector

LEAST_SHARE = 3
"""One piece in so many of what was typed has to be found."""


class OfficeWordsMixin(models.AbstractModel):
    """Found by Chinese words, by PostgreSQL itself: see :mod:`..tools.cjk_search`.

    The model says in :meth:`_get_searched_texts` what is searched, and redeclares
    ``_compute_search_vector`` with what that depends on.
    """

    _name = "office.words.mixin"
    _description = "Found by Words"

    search_vector = fields.Text(
        compute="_compute_search_vector",
        store=True,
        prefetch=False,
    )
    words = fields.Char(compute="_compute_words", search="_search_words", store=False)

    _search_vector_idx = models.Index("USING gin ((search_vector::tsvector))")

    def _get_searched_texts(self):
        """Return what a record is found by.

        :return: ``(weight, text)``, the weight one of ``A`` (weighs most) to ``D``
        :rtype: list[tuple[str, str]]
        """
        return []

    def _compute_search_vector(self):
        for record in self:
            record.search_vector = to_vector(*record._get_searched_texts())

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
    def _search_best(self, domain, words, tie, limit, offset=0):
        """Return what holds some words, the best first.

        What holds all words comes before what holds some; the weights of the texts
        count; a field breaks a tie. The user's own rights hold.

        :param Domain domain: among what
        :param str words: as somebody types them
        :param str tie: a stored field, the higher the better
        :param int limit: how many at most
        :param int offset: how many are passed over
        """
        query = parse_query(words)
        if not query:
            return self.browse()
        found = self._search(domain & self._get_words_domain(words))
        vector = self._get_vector(found.table)
        found.order = SQL(
            """(%s @@ %s::tsquery) DESC, ts_rank(%s, %s::tsquery) DESC,
               %s DESC NULLS LAST, %s DESC""",
            vector,
            query.all,
            vector,
            query.any,
            self._field_to_sql(found.table, tie, found),
            SQL.identifier(found.table, "id"),
        )
        found.limit = limit
        found.offset = offset
        return self.browse(found.get_result_ids())
