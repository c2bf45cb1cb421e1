# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import hmac
from secrets import token_hex
from string import Formatter

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.orm.models import NO_ACCESS
from odoo.tools import SQL, ormcache

HALF = 100
"""Numbers are scattered within blocks of HALF², by two halves of two digits."""


class OfficeNumberSeries(models.Model):
    """How the numbers of one register look, e.g. ``教督〔2026〕12号``."""

    _name = "office.number.series"
    _inherit = ["office.cached.mixin"]
    _description = "Number Series"
    _order = "code, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The name by which programs find it.")
    pattern = fields.Char(
        required=True,
        default="{prefix}〔{year}〕{number}号",
        help="May hold {prefix}, {year} and {number}; {number} once. Without {year} the "
        "numbers go on from year to year.",
    )
    prefix = fields.Char(help="代字, the organization's short name in its numbers.")
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: for all companies. Each company still counts by itself.",
    )
    counter_ids = fields.One2many("office.number.counter", "series_id", readonly=True)

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "This code is taken already."
    )

    @api.constrains("pattern")
    def _check_pattern(self):
        for series in self:
            try:
                names = [
                    name for _text, name, *_spec in Formatter().parse(series.pattern)
                ]
                series._format(series.pattern, series.prefix, 2026, 1)
            except (AttributeError, KeyError, IndexError, ValueError):
                names = []
            holds = set(names) - {None}
            if names.count("number") != 1 or holds - {"prefix", "year", "number"}:
                raise ValidationError(
                    self.env._(
                        "The pattern needs {number} once, and may hold {prefix} and "
                        "{year}."
                    )
                )

    @staticmethod
    def _format(pattern, prefix, year, number):
        """Return a number as it is written, e.g. ``教督〔2026〕12号``."""
        return pattern.format(prefix=prefix or "", year=year, number=number)

    @api.model
    def _get_scattered_codes(self):
        """Return the codes of registers whose numbers show no order: see ``_scatter``.

        :rtype: frozenset[str]
        """
        return frozenset()

    @staticmethod
    def _scatter(number, key):
        """Return what is written for a running number, of five digits or more.

        For registers of which some records are hidden from some readers: where numbers
        follow one another, a missing one tells that there is such a record. The running
        numbers have no gap; the written ones are their permutation by the secret key of
        the register, so that none comes twice, and nobody can tell what stands between
        two of them, nor how many there are.

        :param int number: counted from 1
        :param str key: of the counter
        :rtype: int
        """
        block, place = divmod(number, HALF**2)
        left, right = divmod(place, HALF)
        for turn in range(6):
            said = f"{block}/{turn}/{right}".encode()
            digest = hmac.digest(key.encode(), said, "sha256")
            left, right = right, (left + int.from_bytes(digest, "big")) % HALF
        return (block + 1) * HALF**2 + left * HALF + right

    @api.model
    @ormcache("code", "company_id")
    def _find(self, code, company_id):
        """Return the id, pattern and prefix of a company's series, else the common.

        :return: a tuple, empty when nobody has set up such a series
        """
        found = self.sudo().search_fetch(
            [("code", "=", code), ("company_id", "in", (company_id, False))],
            ["company_id", "pattern", "prefix"],
        )
        series = found.sorted(lambda series: not series.company_id)[:1]
        return (series.id, series.pattern, series.prefix) if series else ()

    @api.model
    def _take(self, code, company, year, amount):
        """Take the next numbers of a register, without gaps and without doubles.

        One statement locks the counter's row until the transaction ends: a second
        clerk waits, and a transaction that fails gives its numbers back.

        :param str code: the series
        :param res.company company: who counts
        :param int year: the register's year; of no account where the pattern does not
            show it: such a register counts on
        :param int amount: how many
        :return: the numbers as they are written, in order
        :raise UserError: when nobody has set up such a series
        :rtype: list[str]
        """
        found = self._find(code, company.id)
        if not found:
            raise UserError(
                self.env._(
                    "The number series “%(code)s” is missing. An administrator adds "
                    "it under Office / Configuration / Number Series.",
                    code=code,
                )
            )
        series_id, pattern, prefix = found
        counted_year = year if "{year" in pattern else 0
        scattered = code in self._get_scattered_codes()
        self.env["office.number.counter"].flush_model()
        # Of two who count at the same moment one begins anew: no error to log.
        self.env.cr.execute(
            SQL(
                """INSERT INTO office_number_counter
                          (series_id, company_id, year, last, key)
                   VALUES (%(series)s, %(company)s, %(year)s, %(amount)s, %(key)s)
                   ON CONFLICT (series_id, company_id, year)
                   DO UPDATE SET last = office_number_counter.last + EXCLUDED.last,
                                 key = COALESCE(office_number_counter.key, EXCLUDED.key)
                   RETURNING last, key""",
                series=series_id,
                company=company.id,
                year=counted_year,
                amount=amount,
                key=token_hex(16) if scattered else None,
            ),
            log_exceptions=False,
        )
        last, key = self.env.cr.fetchone()
        self.env["office.number.counter"].invalidate_model()
        return [
            self._format(
                pattern,
                prefix,
                year,
                self._scatter(number, key) if scattered else number,
            )
            for number in range(last - amount + 1, last + 1)
        ]


class OfficeNumberCounter(models.Model):
    """The last number given in one register, one year, one company."""

    _name = "office.number.counter"
    _description = "Number Counter"
    _order = "year desc, id"
    _log_access = False

    series_id = fields.Many2one(
        "office.number.series",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    last = fields.Integer(required=True, readonly=True, aggregator=None)
    key = fields.Char(
        readonly=True, groups=NO_ACCESS, help="By which its numbers are scattered."
    )

    _register_uniq = models.UniqueIndex("(series_id, company_id, year)")

    @api.model
    def _wait_in_line(self):
        """Let nobody else be given a number until the transaction ends.

        First thing in a transaction, before anything is read: it waits for who is being
        given one now, and so does not miss what they count.
        """
        table = SQL.identifier(self._table)
        self.env.cr.execute(SQL("LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE", table))
