# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.rate_window import parse_networks


class ResCompany(models.Model):
    _inherit = "res.company"

    hall_place = fields.Char(
        "Place of Reception",
        help="Where citizens are received. Empty: the address of the company.",
    )
    hall_phone = fields.Char(
        "Phone for Citizens", help="Empty: the phone of the company."
    )
    hall_hours = fields.Char("Reception Hours", help="E.g. on workdays 9–11:30, 14–17.")
    hall_filing_burst = fields.Integer(
        "Filings in Ten Minutes",
        default=5,
        help="From one address, and by one phone number. 0: no limit.",
    )
    hall_filing_sustained = fields.Integer(
        "Filings in a Day",
        default=20,
        help="From one address, and by one phone number. 0: no limit.",
    )
    hall_query_burst = fields.Integer(
        "Queries in Ten Minutes",
        default=10,
        help="From one address, and by one query code. 0: no limit.",
    )
    hall_query_sustained = fields.Integer(
        "Queries in a Day",
        default=60,
        help="From one address, and by one query code. 0: no limit.",
    )
    hall_query_failures = fields.Integer(
        "Wrong Tries for One Code",
        default=30,
        help="After so many a query code opens no more, and the office gives a new one. "
        "0: no limit.",
    )
    hall_search_burst = fields.Integer(
        "Searches in Ten Minutes", default=200, help="From one address. 0: no limit."
    )
    hall_search_sustained = fields.Integer(
        "Searches in a Day", default=2000, help="From one address. 0: no limit."
    )
    hall_networks = fields.Char(
        "Networks Without Limits",
        help="E.g. the terminals in the reception room: 10.1.2.0/24, 10.1.3.4.",
    )
    hall_file_mb = fields.Integer("Largest File (MB)", default=10)
    hall_file_count = fields.Integer("Most Files at Once", default=5)
    open311 = fields.Boolean(
        help="Other applications file and follow questions by GeoReport v2.",
    )
    open311_keys = fields.Char(
        groups="base.group_system",
        help="Keys of the applications that may file, separated by blanks.",
    )

    @api.constrains("hall_networks")
    def _check_hall_networks(self):
        for company in self:
            try:
                parse_networks(company.hall_networks)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "Networks are written like 10.1.2.0/24: %(problem)s",
                        problem=error,
                    )
                ) from error

    @api.constrains("hall_file_mb", "hall_file_count")
    def _check_hall_files(self):
        for company in self:
            if not (
                1 <= company.hall_file_mb <= 50 and 1 <= company.hall_file_count <= 20
            ):
                raise ValidationError(
                    self.env._("Files: 1 to 50 MB each, and 1 to 20 at once.")
                )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hall_place = fields.Char(related="company_id.hall_place", readonly=False)
    hall_phone = fields.Char(related="company_id.hall_phone", readonly=False)
    hall_hours = fields.Char(related="company_id.hall_hours", readonly=False)
    hall_filing_burst = fields.Integer(
        related="company_id.hall_filing_burst", readonly=False
    )
    hall_filing_sustained = fields.Integer(
        related="company_id.hall_filing_sustained", readonly=False
    )
    hall_query_burst = fields.Integer(
        related="company_id.hall_query_burst", readonly=False
    )
    hall_query_sustained = fields.Integer(
        related="company_id.hall_query_sustained", readonly=False
    )
    hall_query_failures = fields.Integer(
        related="company_id.hall_query_failures", readonly=False
    )
    hall_search_burst = fields.Integer(
        related="company_id.hall_search_burst", readonly=False
    )
    hall_search_sustained = fields.Integer(
        related="company_id.hall_search_sustained", readonly=False
    )
    hall_networks = fields.Char(related="company_id.hall_networks", readonly=False)
    hall_file_mb = fields.Integer(related="company_id.hall_file_mb", readonly=False)
    hall_file_count = fields.Integer(
        related="company_id.hall_file_count", readonly=False
    )
    open311 = fields.Boolean(related="company_id.open311", readonly=False)
    open311_keys = fields.Char(related="company_id.open311_keys", readonly=False)
