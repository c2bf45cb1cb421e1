# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models

from ..tools.redaction import redact


class OfficePetition(models.Model):
    """What a petition is about, for those who need not know whom it is from (R-PII-1)."""

    _inherit = "office.petition"

    def _get_names(self):
        """Return the words by which a text would tell whom this is from, or against.

        :rtype: list[str]
        """
        raw = self.sudo()
        return [
            *(word for person in raw.identity_ids for word in person._get_raw_words()),
            *raw.accused_ids.mapped("name"),
            *(raw.words_to_erase or "").replace("，", ",").split(","),
        ]

    def _get_gist(self):
        """Return what a petition is about, with nobody in it.

        :rtype: str
        """
        return redact(self.name, self._get_names())[0]
