# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

EXCERPT = 160


class OfficeGuidanceSearch(models.Model):
    """Guidance is found by the words of its question, and of its answer."""

    _name = "office.guidance"
    _inherit = ["office.guidance", "office.words.mixin"]

    @api.depends("name", "keywords", "answer")
    def _compute_search_vector(self):
        return super()._compute_search_vector()

    def _get_searched_texts(self):
        """Let the question weigh more than the answer."""
        return [("A", self.name), ("A", self.keywords), ("B", self.answer)]

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
        limit = limit if isinstance(limit, int) and 0 < limit <= 100 else 10
        return self._search_best(domain, words, "use_count", limit)

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
