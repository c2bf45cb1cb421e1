# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Several lists of one model, counted while its table is read once."""

from odoo.fields import Domain
from odoo.tools import SQL


def count_each(records, domains, within=None):
    """Return the query of the rows of any of some domains, and how to count each.

    :param records: the model, as who counts: their rights hold
    :param domains: domains on it
    :param within: a domain in which all of them lie, if rows are found by it more quickly
    :return: the query, and one aggregate for each domain
    :rtype: tuple[Query, list[SQL]]
    """
    domains = [Domain(domain).optimize_full(records) for domain in domains]
    query = records._search(Domain.OR(domains) if within is None else within)
    counts = [
        SQL(
            "count(*) FILTER (WHERE %s)",
            domain._to_sql(records, query.table, query),
        )
        for domain in domains
    ]
    return query, counts
