# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain


class OfficeOpenCategory(models.Model):
    """How published information is ordered: by group (组配) or by subject (主题).

    A group category says which rule asks for it, who keeps it, and how old its newest
    entry may grow (政府信息公开条例 第20条; 国办秘函〔2019〕19号).
    """

    _name = "office.open.category"
    _description = "Category of Open Information"
    _order = "kind, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [("group", "Group Category"), ("subject", "Subject Category")],
        "Orders By",
        required=True,
        default="group",
        index=True,
    )
    legal_basis = fields.Char(help="The rule that asks for such information.")
    lead_unit_id = fields.Many2one(
        "hr.department",
        "Kept Up By",
        index="btree_not_null",
        help="The unit that answers for what is missing or out of date here.",
    )
    fresh_limit_id = fields.Many2one(
        "office.time.limit",
        "Freshness Limit",
        ondelete="restrict",
        help="How old the newest entry may grow; empty: what was published once stays.",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: for all companies."
    )
    date_last = fields.Date(
        "Newest Entry", compute="_compute_date_last", compute_sudo=True
    )
    is_stale = fields.Boolean(
        "Empty or Out of Date",
        compute="_compute_date_last",
        search="_search_is_stale",
        compute_sudo=True,
    )

    @api.depends_context("tz", "company")
    def _compute_date_last(self):
        newest = dict(
            self.env["office.open.info"]._read_group(
                Domain("category_id", "in", self.ids)
                & Domain("company_id", "=", self.env.company.id)
                & self.env["office.open.info"]._get_public_domain(),
                ["category_id"],
                ["date_published:max"],
            )
        )
        today = fields.Date.context_today(self)
        for category in self:
            moment = newest.get(category._origin)
            date = moment and fields.Datetime.context_timestamp(self, moment).date()
            category.date_last = date
            category.is_stale = category.kind == "group" and (
                not date or category._get_fresh_until(date) < today
            )

    def _get_fresh_until(self, date):
        """Return the last day on which an entry of a day is fresh enough."""
        limit = self.fresh_limit_id
        if not limit:
            return date + relativedelta(years=100)
        return limit._count(date, self.company_id or self.env.company).deadline

    @api.model
    def _search_is_stale(self, operator, value):
        if operator != "in":
            return NotImplemented
        stale = self.sudo().search([("kind", "=", "group")]).filtered("is_stale")
        found = Domain("id", "in", stale.ids)
        if True in value and False in value:
            return Domain.TRUE
        return found if True in value else ~found

    # Indicator ------------------------------------------------------------------------

    @api.model
    def _get_stale_domain(self, date_from, date_to):
        """Return the categories without an entry, or past their freshness, now."""
        return Domain("is_stale", "=", True)

    @api.model
    def _measure_stale(self, date_from, date_to):
        """Return how many categories are empty or out of date, unit by unit (K28)."""
        return [
            (unit.id, None, number, 0)
            for unit, number in self._read_group(
                self._get_stale_domain(date_from, date_to),
                ["lead_unit_id"],
                ["__count"],
            )
        ]
