# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.office_functions.tools.omission import Omission

from .office_open_info import OUT
from .office_open_report import DUE

TODO = "mail.mail_activity_data_todo"


class OfficeOpenReport(models.Model):
    """From 1 January on the office is reminded of the report, until it is out."""

    _name = "office.open.report"
    _inherit = ["office.open.report", "mail.thread", "mail.activity.mixin"]

    @api.model
    def _get_unpublished_domain(self):
        return Domain("info_id", "=", False) | Domain("info_id.state", "not in", OUT)

    @api.model
    def _get_omitted_domain(self):
        """Return the reports that should be published by now (art. 49).

        :rtype: Domain
        """
        today = fields.Date.context_today(self)
        past = today > date(today.year, *DUE)
        last = today.year - (1 if past else 2)
        return Domain("year", "<=", last) & self._get_unpublished_domain()

    @api.model
    def _cron_remind(self):
        """Begin the report of last year, and remind of it; once a day.

        Of every organ that has published something, or was asked for something.
        """
        year = fields.Date.context_today(self).year - 1
        companies = self.env["res.company"]
        for name in ("office.open.info", "office.info.request"):
            rows = self.env[name].sudo()._read_group([], ["company_id"])
            companies = companies.union(*(company for (company,) in rows))
        of_year = Domain("year", "=", year)
        begun = self.sudo().search(of_year)
        begun += begun.create(
            [
                {"year": year, "company_id": company.id}
                for company in companies - begun.company_id
            ]
        )
        waiting = begun.filtered_domain(self._get_unpublished_domain())
        (begun - waiting).activity_unlink([TODO])
        for report in waiting.filtered(lambda one: not one.activity_ids):
            person = report._get_reminded()
            spoken = report.with_context(lang=person.lang)
            if person:
                spoken.activity_schedule(
                    TODO,
                    date_deadline=report.date_due,
                    summary=spoken.env._("Publish the annual report on openness"),
                    user_id=person.id,
                )

    def _get_reminded(self):
        """Return who began it, if a person did; else the director of the office.

        :rtype: res.users
        """
        self.ensure_one()
        if not self.create_uid._is_superuser():
            return self.create_uid
        return self.env["res.users"]._get_office_director(self.company_id)


class OfficeOmission(models.Model):
    _inherit = "office.omission"

    @api.model
    def _get_omissions(self):
        return [
            *super()._get_omissions(),
            Omission(
                "open_report_late",
                self.env._("Annual report on openness not published by 31 January"),
                "office.open.report",
                "_get_omitted_domain",
            ),
        ]
