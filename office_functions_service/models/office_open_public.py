# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import uuid

from odoo import api, models
from odoo.fields import Domain

from .office_open_info import PUBLIC

PAGE_SIZE = 20
FEED_SIZE = 50


class OfficeOpenPublic(models.Model):
    """What anybody reads of the catalogue (政府信息公开条例 第24条): these values only."""

    _inherit = "office.open.info"

    @api.model
    def _get_public_domain(self):
        """Return the entries that stand on the pages now.

        :rtype: Domain
        """
        return Domain("state", "in", PUBLIC) & self._get_shown_domain()

    @api.model
    def _get_shown_domain(self):
        """Return the entries that are for the pages, whatever has become of them.

        :rtype: Domain
        """
        return (
            Domain("disclosure", "=", "active")
            & Domain("active", "=", True)
            & Domain("is_restricted", "=", False)
        )

    @api.model
    def _search_public(self, words="", category_id=0, year=0, page=1):
        """Search the catalogue as the public does, by words in any script.

        :param str words: title, number, subject; nothing in them is an operator
        :param int category_id: only of this category, group or subject; 0: of all
        :param int year: only what was formed in this year; 0: in any
        :param int page: which page, from 1
        :return: the entries in superuser mode, and how many there are in all
        :rtype: tuple[office.open.info, int]
        """
        Info = self.sudo()
        domain = self._get_public_domain()
        if category_id:
            domain &= Domain("category_id", "=", category_id) | Domain(
                "subject_id", "=", category_id
            )
        if year:
            domain &= Domain("date_formed", ">=", f"{year:04}-01-01") & Domain(
                "date_formed", "<=", f"{year:04}-12-31"
            )
        offset = (page - 1) * PAGE_SIZE
        if words.strip():
            found = Info._search_best(
                domain, words, "date_published", PAGE_SIZE, offset
            )
            return found, Info.search_count(domain & Info._get_words_domain(words))
        order = "date_published desc, id desc"
        found = Info.search(domain, order=order, limit=PAGE_SIZE, offset=offset)
        return found, Info.search_count(domain)

    @api.model
    def _find_public(self, info_id):
        """Return an entry on the pages; for an earlier version, the newest.

        :param int info_id: which
        :return: in superuser mode; nothing for what is not, or no longer, there
        """
        Info = self.sudo()
        found = Info.search(
            Domain("id", "=", info_id) & self._get_public_domain(), limit=1
        )
        if found:
            return found
        old = Info.search([("id", "=", info_id), ("state", "=", "updated")], limit=1)
        if not old:
            return old
        root = old.root_id or old
        return Info.search(
            (Domain("root_id", "=", root.id) | Domain("id", "=", root.id))
            & self._get_public_domain(),
            order="version desc",
            limit=1,
        )

    @api.model
    def _get_public_filters(self):
        """Return the categories and years that have entries on the pages.

        :return: ``(id, name, number)`` of categories, and years, the newest first
        :rtype: tuple[list, list]
        """
        Info = self.sudo()
        domain = self._get_public_domain()
        categories = [
            (category.id, category.name, number)
            for name in ("category_id", "subject_id")
            for category, number in Info._read_group(domain, [name], ["__count"])
            if category
        ]
        years = [
            date.year
            for (date,) in Info._read_group(domain, ["date_formed:year"])
            if date
        ]
        return categories, sorted(years, reverse=True)

    def _describe_public(self):
        """Return what a line of the catalogue shows (F16).

        :rtype: list[dict]
        """
        ways = dict(self._fields["way"]._description_selection(self.env))
        return [
            {
                "id": info.id,
                "number": info.number or "",
                "name": info.name,
                "category": info.category_id.name,
                "subject": info.subject_id.name or "",
                "publisher": info.publisher or "",
                "document_number": info.document_number or "",
                "formed": info.date_formed,
                "published": info.date_published,
                "way": ways.get(info.way, ""),
                "summary": info.summary or "",
                "in_force": info.state == "published",
                "valid_until": info.date_valid_until,
                "version": info.version,
            }
            for info in self
        ]

    def _get_public_page(self):
        """Return what the page of one entry shows.

        :return: the line of the catalogue, with ``files`` and ``history``
        :rtype: dict
        """
        self.ensure_one()
        return {
            **self._describe_public()[0],
            "files": self.file_ids._get_released()._describe_public(),
            "history": self._get_public_history(),
        }

    def _get_public_history(self):
        """Return when which version was published, the newest first.

        :return: ``version``, ``date`` and ``formed`` of each
        :rtype: list[dict]
        """
        root = self.root_id or self
        versions = self.search(
            (Domain("root_id", "=", root.id) | Domain("id", "=", root.id))
            & Domain("state", "in", (*PUBLIC, "updated")),
            order="version desc",
        )
        return [
            {
                "version": one.version,
                "date": one.date_published,
                "formed": one.date_formed,
            }
            for one in versions
        ]

    @api.model
    def _get_feed(self):
        """Return the newest entries for the feed.

        :return: ``id`` (an urn that stays the same for all versions), ``title``,
            ``updated``, ``summary``, ``category``, ``author`` and ``info_id`` of each
        :rtype: list[dict]
        """
        name = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        space = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:{name}:office.open.info")
        found = self.sudo().search(
            self._get_public_domain(),
            order="date_published desc, id desc",
            limit=FEED_SIZE,
        )
        return [
            {
                "id": uuid.uuid5(space, str((info.root_id or info).id)).urn,
                "info_id": info.id,
                "title": info.name,
                "updated": info.date_published,
                "summary": info.summary or info.name,
                "category": info.category_id.name or "",
                "author": info.publisher or info.company_id.name,
            }
            for info in found
        ]
