# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Indicators 指标: one row each, like transitions. No Odoo here."""

from dataclasses import dataclass
from statistics import median


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
        denominator), ``count`` (the numerator) or ``median`` (of the numerators: a row
        for each record, its denominator 1)
    :param str better: ``high``, ``low``, or empty where neither is
    :param bool standing: it tells how things stand, whatever the period, not what was
        done in it
    :param str person: the field of the records by which their person is known; where
        it is given, the figure is shown by person too
    """

    code: str
    label: object
    function: str
    model: str
    method: str
    domain: str
    unit: str = "percent"
    better: str = "high"
    standing: bool = False
    person: str = ""

    @property
    def tells_activity(self):
        """Whether it shows that somebody did something in the period.

        A count of what should not be does not: who did nothing made no mistake either.

        >>> Indicator("K08", "", "", "", "", "", "count", "low").tells_activity
        False
        """
        is_fault = self.unit == "count" and self.better == "low"
        return not is_fault and not self.standing

    def combine(self, rows):
        """Return what some rows say together.

        :param list rows: ``(numerator, denominator)``
        :return: ``(figure or None, numerator, denominator)``; a median has the number
            of its rows for both, for its figure cannot be had from two sums
        :rtype: tuple
        """
        if self.unit == "median":
            values = [float(numerator) for numerator, _one in rows]
            return (median(values) if values else None), len(values), len(values)
        sums = [
            sum(number or 0 for number in column) for column in zip(*rows, strict=True)
        ]
        numerator, denominator = sums or (0, 0)
        return self.value(numerator, denominator), numerator, denominator

    def value(self, numerator, denominator):
        """Return the figure of two sums, or ``None`` where there is nothing to measure.

        >>> Indicator("K01", "", "", "", "", "").value(3, 5)
        60.0
        """
        if self.unit == "count":
            return float(numerator or 0)
        if not denominator:
            return None
        factor = 100 if self.unit == "percent" else 1
        return factor * float(numerator or 0) / float(denominator)
