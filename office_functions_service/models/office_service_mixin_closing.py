# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain


class OfficeServiceMixin(models.AbstractModel):
    """Services are closed by themselves: once rated, or when nobody rates them."""

    _inherit = "office.service.mixin"

    _closing_limits = {}
    """State → code of the time limit after which it is closed; ``None``: at once."""

    @api.model
    def _get_closing_domain(self):
        """Return what is to be closed by now.

        :rtype: Domain
        """
        now = fields.Datetime.now()
        companies = self.env["res.company"].sudo().search(Domain.TRUE)
        TimeLimit = self.env["office.time.limit"]
        domains = []
        for state, code in self._closing_limits.items():
            here = Domain("state", "=", state)
            if code:
                here &= Domain.OR(
                    Domain("company_id", "=", company.id)
                    & Domain(
                        "state_since",
                        "<",
                        TimeLimit._get(code, company)._get_begin(now, company),
                    )
                    for company in companies
                )
            domains.append(here)
        return Domain.OR(domains)

    @api.model
    def _close_due(self, limit=500):
        """Close some of what is to be closed by now.

        :return: how many were closed
        :rtype: int
        """
        due = self.search(self._get_closing_domain(), limit=limit, order="id")
        due = due.try_lock_for_update()
        due._pass_by_system("close")
        return len(due)

    @api.model
    def _cron_close(self):
        """Close what is due of this kind, or of all kinds made of this mixin."""
        for name in self.env.registry.descendants([self._name], "_inherit"):
            if not self.env[name]._abstract:
                while closed := self.env[name]._close_due():
                    self.env["ir.cron"]._commit_progress(closed)
