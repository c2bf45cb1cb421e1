# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Indicators 指标: one row each, like transitions. No Odoo here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Indicator:
    """One figure by which an office is measured (domain.md, K01 …).

    :param str code: ``"K01"``
    :param label: what people call it (str or lazy translation)
    :param str function: ``advice``, ``coordination``, ``supervision`` or ``service``
    :param str model: the model that measures it
    :param str method: name of its method ``(date_from, date_to) -> rows``, each row
        ``(unit id or None, user id or None, numerator, denominator)``; both dates belong
        to the period
    :param str domain: name of its method ``(date_from, date_to) -> Domain`` of the
        records behind the figure
    :param str unit: ``percent`` (100 × numerator ÷ denominator), ``mean`` (numerator ÷
        denominator) or ``count`` (the numerator)
    :param str better: ``high``, ``low``, or empty where neither is
    """

    code: str
    label: object
    function: str
    model: str
    method: str
    domain: str
    unit: str = "percent"
    better: str = "high"

    def value(self, numerator, denominator):
        """Return the figure, or ``None`` where there is nothing to measure.

        >>> Indicator("K01", "", "", "", "", "").value(3, 5)
        60.0
        """
        if self.unit == "count":
            return float(numerator or 0)
        if not denominator:
            return None
        factor = 100 if self.unit == "percent" else 1
        return factor * float(numerator or 0) / float(denominator)
