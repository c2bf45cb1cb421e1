# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.redaction import BAR


class OfficeGuidancePublic(models.Model):
    """Guidance that everybody reads in the service hall: the hot questions (S4.14).

    The library already has the question, its approval by another person, its date of
    expiry and its search; a list of hot questions beside it would say it twice.
    """

    _inherit = "office.guidance"

    keywords = fields.Char(
        "Other Words for It",
        help="Words that people use for it and that stand neither in the question nor "
        "in the answer.",
    )
    is_hot = fields.Boolean(
        "Hot Question",
        copy=False,
        help="Stands on the first page of the service hall, if it is for the public.",
    )
    visitor_count = fields.Integer(
        "Answered Without Asking",
        compute="_compute_visitor_count",
        help="How many people said in the service hall that it answers their question.",
    )

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {"keywords": ("draft",)}

    @api.depends("use_ids")
    def _compute_visitor_count(self):
        counts = dict(
            self.env["office.guidance.use"]
            .sudo()
            ._read_group(
                [("guidance_id", "in", self.ids), ("visitor", "!=", False)],
                ["guidance_id"],
                ["__count"],
            )
        )
        for guidance in self:
            guidance.visitor_count = counts.get(guidance._origin, 0)

    @api.model
    def _get_public_domain(self):
        """Return what everybody may read today, without an account.

        :rtype: Domain
        """
        return (
            self._get_valid_domain()
            & Domain("audience", "in", ("public", "all"))
            & Domain("company_id", "=", self.env.company.id)
        )

    @api.model
    def _get_hot(self, limit=8):
        """Return the hot questions, and what helps most where they are few.

        :param int limit: how many at most
        :return: in superuser mode
        """
        return self.sudo().search(
            self._get_public_domain(),
            limit=limit,
            order="is_hot desc, use_count desc, id desc",
        )

    @api.model
    def _search_public(self, words, limit=10):
        """Return what answers some words, the best first, for everybody.

        :param str words: as somebody types them
        :param int limit: how many at most
        :return: in superuser mode
        """
        return self.sudo()._find_by_words(words, self._get_public_domain(), limit)

    def _is_redacted(self):
        """Tell whether something was taken out of it that the page has to speak of.

        :rtype: bool
        """
        return BAR in f"{self.name}{self.answer}"

    def _count_visitor(self, visitor):
        """Note that it answered a visitor's question: once for each (K26).

        :param str visitor: what the visitor is recognised by for this visit
        """
        self.ensure_one()
        record = self.sudo()
        record._lock_for_transition()
        Use = self.env["office.guidance.use"].sudo()
        known = [("guidance_id", "=", record.id), ("visitor", "=", visitor)]
        if not Use.search_count(known, limit=1):
            stranger = self.env.ref("base.public_user")
            Use.create(
                {
                    "guidance_id": record.id,
                    "visitor": visitor,
                    "user_id": stranger.id,
                }
            )


class OfficeGuidanceUse(models.Model):
    _inherit = "office.guidance.use"

    visitor = fields.Char(
        "Visitor Key",
        readonly=True,
        help="What a visitor of the service hall is recognised by, for that visit only.",
    )

    _visitor_uniq = models.UniqueIndex(
        "(guidance_id, visitor) WHERE visitor IS NOT NULL"
    )

    @api.model
    def _get_self_served_domain(self, date_from, date_to):
        """Return what was answered in the hall and not asked any more."""
        return self._get_used_domain(date_from, date_to) & Domain(
            "visitor", "!=", False
        )

    @api.model
    def _measure_self_served(self, date_from, date_to):
        """Return answered in the hall ÷ that and what was asked there (K26)."""
        rows = [
            (unit.id, None, number, number)
            for unit, number in self._read_group(
                self._get_self_served_domain(date_from, date_to),
                ["lead_unit_id"],
                ["__count"],
            )
        ]
        end = fields.Date.add(date_to, days=1)
        for unit, number in self.env["office.consultation"]._read_group(
            Domain("is_filed_online", "=", True)
            & Domain("date_submitted", ">=", date_from)
            & Domain("date_submitted", "<", end),
            ["lead_unit_id"],
            ["__count"],
        ):
            rows.append((unit.id, None, 0, number))
        return rows
